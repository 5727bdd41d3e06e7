"""XLSX as sheets of rows: hyperlinks behind words, merged cells, hidden sheets, bombs (export-formats §11, §12)."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from screening.readers.core.limits import limit
from screening.readers.core.source import Source, SourceError
from screening.readers.core.zipped import is_workbook as _is_office
from screening.readers.core.zipped import spooled

Cells = list[Any]
_LARGE = 96 << 20  # bytes of sheet XML beyond which rows are streamed and addresses behind words are not available


class Link(str):
    """A cell's words with the address behind them ("Lihat")."""

    target: str

    def __new__(cls, words: str, target: str) -> Link:
        link = super().__new__(cls, words)
        link.target = target
        return link


class Broken(list[Any]):
    """The cells of a row that cannot be trusted, and why (Indonesian)."""

    def __init__(self, cells: Cells, why: str) -> None:
        super().__init__(cells)
        self.why = why


@dataclass(frozen=True)
class Sheet:
    """One table-like thing: its title, its rows as (pointer, cells), remarks; `counts` what its lines hold besides rows.

    Remarks and counts are complete when the rows are at their end."""

    title: str
    rows: Iterator[tuple[str, Cells]]
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def is_workbook(source: Source) -> bool:
    """Whether the file is an XLSX (by its own structure, whatever its name)."""
    return _is_office(source.head(4096))


def sheets(source: Source) -> list[Sheet]:
    """The sheets of a workbook, hidden ones too (told in their notes); raises SourceError."""
    with source.open() as stream:
        content = stream.read() if source.size <= 64 << 20 else None
    data: Any = io.BytesIO(content) if content is not None else spooled(source)
    large, formulas = _checked(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data, large, formulas)
    except SourceError:
        raise
    except Exception as error:  # openpyxl raises many kinds for damaged workbooks
        raise SourceError(
            f"buku kerja rusak atau tidak didukung ({type(error).__name__}); simpan ulang sebagai .xlsx."
        ) from None


def _checked(data: Any) -> tuple[bool, bool]:
    """Whether the sheets are large, and whether addresses hide in formulas; raises SourceError for bombs."""
    try:
        with zipfile.ZipFile(data) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            packed = max(sum(info.compress_size for info in infos), 1)
            if total > limit("workbook", "bytes") or (
                total > limit("archive", "ratio_after") and total / packed > limit("archive", "ratio")
            ):
                raise SourceError("buku kerja mengembang tidak wajar; tidak dibaca.")
            if any(info.flag_bits & 1 for info in infos):
                raise SourceError("buku kerja terkunci kata sandi; buka kuncinya dahulu.")
            large = total > _LARGE
            formulas = not large and any(
                b"HYPERLINK(" in archive.read(info) for info in infos if info.filename.startswith("xl/worksheets/")
            )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceError("buku kerja terpotong atau rusak; simpan ulang sebagai .xlsx.") from error
    finally:
        data.seek(0)
    return large, formulas


def _sheets(data: Any, large: bool, formulas: bool) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(data, read_only=large, data_only=True, keep_links=False)
    written = None
    if formulas:
        data.seek(0)
        written = openpyxl.load_workbook(data, keep_links=False)
    found = []
    for sheet in book.worksheets:
        notes = []
        if sheet.sheet_state != "visible":
            notes.append(f"lembar tersembunyi '{sheet.title}' ikut dibaca")
        if large:
            notes.append("buku kerja besar: alamat di balik kata tidak terbaca")
        rows = _plain(sheet) if large else _full(sheet, written[sheet.title] if written else None)
        found.append(Sheet(sheet.title, rows, notes))
    return found


def _plain(sheet: Any) -> Iterator[tuple[str, Cells]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield f"{sheet.title}!A{number}", list(row)


def _full(sheet: Any, written: Any) -> Iterator[tuple[str, Cells]]:
    merged = _merged_down(sheet)
    for row in sheet.iter_rows():
        cells = [_cell(cell, written) for cell in row]
        if not row:
            continue
        number = row[0].row
        for column, value in merged.get(number, {}).items():
            if column <= len(cells):
                cells[column - 1] = value
        yield f"{sheet.title}!A{number}", cells


def _cell(cell: Any, written: Any) -> Any:
    value = cell.value
    link = getattr(cell, "hyperlink", None)
    target = link.target if link is not None else None
    if target is None and written is not None:
        target = _formula_target(written.cell(cell.row, cell.column).value)
    if target and value is not None and str(value).strip() != target:
        return Link(str(value), target)
    return target if target and value is None else value


def _formula_target(formula: Any) -> str | None:
    import re

    match = re.match(r'^=HYPERLINK\(\s*"([^"]+)"', formula, re.I) if isinstance(formula, str) else None
    return match[1] if match else None


def _merged_down(sheet: Any) -> dict[int, dict[int, Any]]:
    """Values of cells merged over several rows, for each row below the first: {row: {column: value}}."""
    down: dict[int, dict[int, Any]] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        if area.max_row - area.min_row > 10_000:
            continue
        for row in range(area.min_row + 1, area.max_row + 1):
            down.setdefault(row, {})[area.min_col] = value
    return down
