"""The one tolerant reader of small tables people keep: CSV of any dialect and XLSX, as rows of text with line numbers.

It knows title rows, merged cells, headings on two rows, numbered heading rows, repeated headings and cover sheets; which
words are headings is told by its caller. Never opens a link, runs nothing, computes no formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from screening.limits import limit

LOOKED_AT = 40  # rows from the top among which the heading is looked for: letter heads are longer than one thinks
_APART = re.compile(r"\b[a-z](?: [a-z]){2,}\b")
_GAP = 1_000  # empty rows between two filled ones that are kept; what lies farther apart is two tables
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SIGNS = re.compile(r"[\W_]+")
_EXACT = 10**15  # from here on a spreadsheet's number has lost digits (15 significant ones are kept)

Meaning = Callable[[str], str | None]


class UnreadableTable(ValueError):
    """What is wrong with the file, in words, and how to mend it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet counts, its cells as text, and the columns whose number has lost digits."""

    number: int
    cells: tuple[str, ...]
    rounded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Grid:
    """One sheet: title, rows; `across` are horizontally merged cells as row number -> columns that repeat their left one."""

    title: str
    lines: tuple[Line, ...]
    across: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table found in a file. `columns`: position -> meaning; `headings`: all heading texts; `unused`: those nobody asked
    for; `rows`: the rows below the heading, empty ones left out."""

    title: str
    line: int
    columns: Mapping[int, str]
    headings: tuple[str, ...]
    rows: tuple[Line, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        return tuple(text for at, text in enumerate(self.headings) if text and at not in self.columns)

    def cells(self, row: Line) -> dict[str, str]:
        """Meaning -> text of a row; of several columns with one meaning the first filled one."""
        found: dict[str, str] = {}
        for at, name in self.columns.items():
            text = row.cells[at].strip() if at < len(row.cells) else ""
            if not found.get(name):
                found[name] = text
        return found

    def every(self, row: Line, name: str) -> list[str]:
        """The filled cells of all columns with that meaning."""
        places = [at for at, one in self.columns.items() if one == name and at < len(row.cells)]
        return [text for at in places if (text := row.cells[at].strip())]


def find_table(path: Path, meaning: Meaning, enough: Callable[[set[str]], bool]) -> Table | None:
    """The table whose heading names most things `meaning` knows; None when no sheet has one that is `enough`.

    `meaning` gets a heading as written (both rows of a two-row heading joined by a space). Raises UnreadableTable.
    """
    best: tuple[int, Table] | None = None
    for grid in open_grids(path):
        for table in _tables(grid, meaning):
            names = {*table.columns.values()}
            if enough(names) and (best is None or len(names) > best[0]):
                best = len(names), table
    return best[1] if best else None


def first_headings(path: Path) -> list[str]:
    """What most looks like the headings of the first sheet, to name them in a message: the widest of its first rows."""
    grids = open_grids(path)
    rows = [line for grid in grids[:1] for line in grid.lines[:LOOKED_AT]]
    widest = max(rows, key=lambda line: sum(1 for cell in line.cells if cell.strip()), default=None)
    return [cell.strip()[:40] for cell in widest.cells if cell.strip()] if widest else []


def open_grids(path: Path) -> list[Grid]:
    """All sheets of a workbook, or the one of a CSV; raises UnreadableTable."""
    try:
        if path.stat().st_size > limit("small_table", "bytes"):
            raise UnreadableTable("berkas terlalu besar untuk tabel seperti ini", "pecah, atau beri berkas yang benar")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableTable("berkas tidak ditemukan", "periksa nama berkas dan foldernya") from None
    except IsADirectoryError:
        raise UnreadableTable("ini folder, bukan berkas", "sebut nama berkasnya") from None
    except PermissionError:
        raise UnreadableTable(
            "berkas tidak boleh dibaca atau sedang terbuka di program lain", "tutup berkas itu, lalu ulangi"
        ) from None
    except OSError as error:
        raise UnreadableTable(f"berkas tidak dapat dibaca ({type(error).__name__})", "periksa letak berkas") from None
    if raw[:4] == b"PK\x03\x04":
        return _workbook(raw)
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableTable("berkas .xls lama atau terkunci kata sandi", "simpan sebagai .xlsx tanpa kata sandi")
    if path.suffix.lower() in (".xlsx", ".xlsm") and raw.strip():
        raise UnreadableTable("berkas bukan buku kerja XLSX", "simpan ulang sebagai .xlsx atau CSV")
    return [Grid("", tuple(_delimited(raw)))]


def _delimited(raw: bytes) -> Iterator[Line]:
    text = _decoded(raw)
    first, _, rest = text.partition("\n")
    skipped, delimiter = 0, ""
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip()) <= 6:
        text, skipped, delimiter = rest, 1, first.strip().strip('"')[4:5]
    delimiter = delimiter or max(";,\t|", key=lambda mark: _consistency(text, mark))
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    start = 1 + skipped
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableTable("tanda kutip pada CSV tidak berpasangan", "simpan ulang sebagai CSV UTF-8") from error
        yield Line(start, tuple(cells))
        start = reader.line_num + 1 + skipped


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _consistency(text: str, mark: str) -> int:
    """How many of the first rows share the most common width above one, weighted by that width."""
    try:
        reader = csv.reader(io.StringIO(text[:65_536], newline=""), delimiter=mark)
        widths = Counter(len(row) for _, row in zip(range(60), reader, strict=False) if len(row) > 1)
    except csv.Error:
        return 0
    return max((number * min(width, 12) for width, number in widths.items()), default=0)


def check_package(raw: Any) -> list[zipfile.ZipInfo]:
    """The members of a workbook (bytes, or a seekable stream), none of which is a bomb; raises UnreadableTable."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw) if isinstance(raw, bytes) else raw) as archive:
            members = archive.infolist()
    except Exception as error:  # a damaged directory fails in many ways; none of them is ours
        raise UnreadableTable("XLSX rusak atau terpotong", "simpan ulang sebagai .xlsx") from error
    size, packed = sum(one.file_size for one in members), max(sum(one.compress_size for one in members), 1)
    bomb = size > limit("small_table", "ratio_after") and size > limit("small_table", "ratio") * packed
    if bomb or size > limit("small_table", "unpacked"):
        raise UnreadableTable("isi buku kerja tidak wajar besar", "simpan hanya lembar yang diperlukan")
    return members


def _workbook(raw: bytes) -> list[Grid]:
    import warnings

    import defusedxml  # noqa: F401 - openpyxl parses with it when it is importable
    from openpyxl import load_workbook

    check_package(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Streamed: a sheet costs the cells it holds, whatever it claims to be.
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
                left = Budget()
                return [_grid(sheet, _merged(book, sheet), left) for sheet in sheets]
            finally:
                book.close()
    except UnreadableTable:
        raise
    except Exception as error:  # a broken workbook fails in many ways; none of them is ours
        raise UnreadableTable(
            "buku kerja rusak atau terkunci", "simpan ulang sebagai .xlsx tanpa kata sandi"
        ) from error


class Budget:
    """The rows and cells that a table people keep may hold; counted over all its sheets."""

    def __init__(self) -> None:
        self.rows, self.cells = limit("small_table", "rows"), limit("small_table", "cells")

    def spend(self, cells: int) -> None:
        """One row with so many cells; raises UnreadableTable."""
        self.rows -= 1
        self.cells -= cells
        if self.rows < 0 or self.cells < 0:
            raise UnreadableTable("tabel terlalu besar", "pecah menjadi beberapa berkas")


def filled_rows(sheet: Any, left: Budget) -> Iterator[tuple[int, list[Any]]]:
    """(number, cells) of the rows of a streamed sheet up to their last filled cell; empty ones only while they are few.

    Raises UnreadableTable where they are over budget, and whatever the library raises for damaged sheets.
    """
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a sheet says of its size may be anything
    widest, empty = limit("small_table", "columns"), 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = list(row[:widest])
        while cells and cells[-1].value in (None, ""):
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty <= _GAP:
            left.spend(len(cells))
            yield number, cells


def _merged(book: Any, sheet: Any) -> list[tuple[int, int, int, int]]:
    """First column, first row, last column, last row of the merged ranges of a streamed sheet; none where they cover more
    than a table can."""
    with book._archive.open(sheet._worksheet_path) as stream:
        found = [(letters_number(left), int(top), letters_number(right), int(bottom))
                 for left, top, right, bottom in _MERGED.findall(stream.read())]  # fmt: skip
    area = sum((abs(right - left) + 1) * (abs(bottom - top) + 1) for left, top, right, bottom in found)
    return found if area <= limit("workbook", "merged_cells") else []


def letters_number(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(sheet: Any, merged: Sequence[tuple[int, int, int, int]], left: Budget) -> Grid:
    held = [(number, [cell.value for cell in cells]) for number, cells in filled_rows(sheet, left)]
    values = dict(held)
    down: dict[tuple[int, int], Any] = {}
    across: dict[int, set[int]] = {}
    for first, top, last, bottom in merged:
        begin = values.get(top, [])
        value = begin[first - 1] if 0 < first <= len(begin) else None
        for row in range(top, bottom + 1):
            if row > top:
                down[row, first] = value
            across.setdefault(row, set()).update(range(first, last))
    widest = max((len(row) for _, row in held), default=0)
    lines: list[Line] = []
    for number, cells in held:
        cells += [None] * (widest - len(cells))
        filled = [down.get((number, at), cell) if cell is None else cell for at, cell in enumerate(cells, start=1)]
        lost = frozenset(at for at, value in enumerate(filled) if _lost_digits(value))
        lines.append(Line(number, tuple(map(_text, filled)), lost))
    return Grid(sheet.title, tuple(lines), {row: frozenset(places) for row, places in across.items()})


def _lost_digits(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _EXACT


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e20:
        return str(int(value))
    return str(value)


def _tables(grid: Grid, meaning: Meaning) -> Iterator[Table]:
    """The table under the likeliest heading of a sheet, with a heading of one row and of two."""
    found = []
    for at, line in enumerate(grid.lines[:LOOKED_AT]):
        for rows in (1, 2):
            headings = _headings(grid, at, rows)
            columns = {place: name for place, text in enumerate(headings) if text and (name := meaning(text))}
            if columns:
                found.append(
                    (len({*columns.values()}), len(columns), -rows, -at, line.number, at + rows, columns, headings)
                )
    if not found:
        return
    *_, number, below, columns, headings = max(found, key=lambda one: one[:4])
    rows_ = [line for line in grid.lines[below:] if any(cell.strip() for cell in line.cells)]
    rows_ = [line for line in rows_ if not _repeats(line, columns, meaning) and not _is_numbering(line)]
    yield Table(grid.title, number, columns, headings, tuple(rows_))


def _headings(grid: Grid, at: int, rows: int) -> tuple[str, ...]:
    """The heading texts of one row, or of a row and the one below it."""
    top = [cell.strip() for cell in grid.lines[at].cells]
    if rows == 1:
        return tuple(top)
    if at + 1 >= len(grid.lines):
        return ()
    low = [cell.strip() for cell in grid.lines[at + 1].cells]
    width = max(len(top), len(low))
    top, low = top + [""] * (width - len(top)), low + [""] * (width - len(low))
    merged = grid.across.get(grid.lines[at].number, frozenset())
    for place in range(1, width):
        # A heading above several columns stands in the first of them only.
        if not top[place] and low[place] and (place in merged or not grid.across) and top[place - 1] and low[place - 1]:
            top[place] = top[place - 1]
    return tuple(
        one if not other or one == other else f"{one} {other}".strip() for one, other in zip(top, low, strict=True)
    )


def _repeats(line: Line, columns: Mapping[int, str], meaning: Meaning) -> bool:
    """Whether the row is the heading once more (a new printed page)."""
    named = other = 0
    for at, name in columns.items():
        if at < len(line.cells) and meaning(line.cells[at]) == name:
            named += 1
        else:
            other += 1
            if other * 2 >= len(columns):
                return False  # a row of a person is told by its first cells
    return named > 1


def _is_numbering(line: Line) -> bool:
    """`(1) (2) (3)` or `1 2 3` below the heading."""
    filled = [cell.strip().strip("()[].") for cell in line.cells if cell.strip()]
    return len(filled) > 2 and filled == [str(at) for at in range(1, len(filled) + 1)]


def words_of(columns: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Folded heading -> meaning, from a table of accepted headings."""
    return {fold(form): name for name, forms in columns.items() for form in (name, *forms)}


def fold(heading: str) -> str:
    """A heading as it is compared: letters and digits, lower case, single spaces; letters written apart ("N I P") as a word."""
    return _APART.sub(lambda found: found[0].replace(" ", ""), _SIGNS.sub(" ", heading.casefold()).strip())
