"""XLSX as sheets of rows: hyperlinks behind words, merged cells, hidden sheets, bombs (export-formats §11, §12)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from screening.limits import limit
from screening.printable import one_line
from screening.readers.core.source import Source, SourceError
from screening.readers.core.zipped import is_workbook as _is_office
from screening.readers.core.zipped import spooled

Cells = list[Any]
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
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
    large, formulas, flat = _checked(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data, large, formulas, flat)
    except SourceError:
        raise
    except Exception as error:  # openpyxl raises many kinds for damaged workbooks
        raise SourceError(
            f"buku kerja rusak atau tidak didukung ({type(error).__name__}); simpan ulang sebagai .xlsx."
        ) from None


def _checked(data: Any) -> tuple[bool, bool, bool]:
    """Whether the sheets are large, whether addresses hide in formulas, and whether merged cells cover more than a table
    can; raises SourceError for bombs."""
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
            formulas = flat = False
            for info in infos if not large else ():
                if info.filename.startswith("xl/worksheets/"):
                    content = archive.read(info)
                    formulas |= b"HYPERLINK(" in content
                    flat |= _merged_area(content) > limit("workbook", "merged_cells")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise SourceError("buku kerja terpotong atau rusak; simpan ulang sebagai .xlsx.") from error
    finally:
        data.seek(0)
    return large, formulas, flat


def _merged_area(sheet: bytes) -> int:
    """How many cells the merged ranges of a sheet's XML cover."""
    area = 0
    for left, top, right, bottom in _MERGED.findall(sheet):
        area += (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
    return area


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(data: Any, large: bool, formulas: bool, flat: bool) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(data, read_only=large or flat, data_only=True, keep_links=False)
    written = None
    if formulas and not flat:
        data.seek(0)
        written = openpyxl.load_workbook(data, keep_links=False)
    found = []
    for sheet in book.worksheets:
        notes = []
        if sheet.sheet_state != "visible":
            notes.append(f"lembar tersembunyi '{one_line(sheet.title)}' ikut dibaca")
        if large:
            notes.append("buku kerja besar: alamat di balik kata tidak terbaca")
        if flat:
            notes.append("sel gabungan mencakup terlalu banyak sel dan diabaikan; alamat di balik kata tidak terbaca")
        rows = _plain(sheet) if large or flat else _full(sheet, written[sheet.title] if written else None)
        found.append(Sheet(one_line(sheet.title), rows, notes))
    return found


def _plain(sheet: Any) -> Iterator[tuple[str, Cells]]:
    sheet.reset_dimensions()  # what a sheet says of its size may be anything
    for number, row in enumerate(_budgeted(sheet.iter_rows(values_only=True)), start=1):
        if row:
            yield f"{one_line(sheet.title)}!A{number}", list(row)


def _budgeted(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows as long as their cells are those of a table; raises SourceError."""
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > limit("workbook", "cells"):
            raise SourceError("buku kerja memuat terlalu banyak sel; pecah menjadi beberapa berkas.")
        yield row


def _full(sheet: Any, written: Any) -> Iterator[tuple[str, Cells]]:
    merged = _merged_down(sheet)
    for number, row in _real_rows(sheet):
        cells = [None if cell is None else _cell(cell, written) for cell in row]
        for column, value in merged.get(number, {}).items():
            if column <= len(cells):
                cells[column - 1] = value
        yield f"{one_line(sheet.title)}!A{number}", cells


def _real_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold a cell, each up to its last one: a cell in the last corner of a sheet costs one row."""
    columns: dict[int, list[int]] = {}
    for row, column in sheet._cells:  # the sheet's own rows would be as wide and as many as its farthest cell
        columns.setdefault(row, []).append(column)
    width = max((len(found) for found in columns.values()), default=0)
    for number, row in zip(
        sorted(columns), _budgeted([None] * max(columns[row]) for row in sorted(columns)), strict=True
    ):
        for column in columns[number]:
            row[column - 1] = sheet._cells[number, column]
        yield number, row + [None] * (width - len(row))


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
