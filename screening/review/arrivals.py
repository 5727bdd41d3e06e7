"""Files that come back from reviewers, as rows of text: CSV of any dialect and XLSX; nothing is judged here.

Recognised: `;`, `,`, TAB, `|`; UTF-8 with or without BOM, UTF-16, cp1252; a `sep=` line; re-ordered, extra and lacking
columns. A cell is kept as it came (`raw`) together with what a spreadsheet made of it (`kind`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.errors import UsageError
from screening.limits import limit
from screening.sheets import unguard

KEY = "id_temuan"
NEEDED = frozenset({KEY, "putusan"})
SEPARATORS = ";,\t|"


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it (header = 1), cells by column name, names of cells holding formulas."""

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()
    surplus: int = 0


@dataclass(frozen=True)
class Arrival:
    """One file: `encoding` tells whether characters can have been lost ("cp1252"); `header` the columns it has."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def read_file(path: Path, *, guarded: bool = False) -> Arrival:
    """Read one file; `guarded`: undo the guard of every cell (for the program's own files).

    Raises UsageError with cause and remedy when the file cannot be a review file.
    """
    if not path.is_file():
        raise UsageError(f"{path}: berkas tidak ada.")
    if path.stat().st_size > limit("small_table", "bytes"):
        raise UsageError(f"{path}: lebih besar dari {limit('max_bytes') // 1_000_000} MB; ini bukan berkas telaah.")
    with path.open("rb") as stream:
        start = stream.read(8)
    if start[:4] == b"PK\x03\x04":
        from screening.review.worksheets import read_workbook

        return read_workbook(path)
    if start[:4] == b"\xd0\xcf\x11\xe0":
        raise UsageError(f"{path}: format Excel lama atau bersandi; simpan sebagai .xlsx tanpa kata sandi.")
    arrival = _read_csv(path)
    if not guarded:
        return arrival
    rows = [Row(row.number, {name: unguard(cell) for name, cell in row.cells.items()}) for row in arrival.rows]
    return Arrival(path, arrival.header, tuple(rows), arrival.encoding)


def table_of(path: Path, lines: Sequence[Sequence[str]], formulas: Sequence[frozenset[int]], encoding: str) -> Arrival:
    """Rows under the header line that has the key column; raises UsageError when none of the first lines has it."""
    at = header_at(lines)
    if at is None:
        raise UsageError(
            f"{path}: tidak ada kolom {KEY} dan putusan; ini bukan berkas telaah, atau judul kolomnya terhapus."
        )
    header = tuple(column_name(name) for name in lines[at])
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise UsageError(f"{path}: kolom tertulis dua kali: {', '.join(twice)}; sisakan satu.")
    rows = []
    for n, line in enumerate(lines[at + 1 :], at + 1):
        if any(cell.strip() for cell in line):
            cells = {name: cell for name, cell in zip(header, line, strict=False) if name}
            named = frozenset(header[k] for k in formulas[n] if k < len(header)) if formulas else frozenset()
            surplus = sum(1 for cell in line[len(header) :] if cell)
            rows.append(Row(n + 1, {name: cells.get(name, "") for name in header if name}, named, surplus))
    return Arrival(path, tuple(name for name in header if name), tuple(rows), encoding)


def header_at(lines: Sequence[Sequence[str]]) -> int | None:
    """Which of the first lines is the header of a review file; people put titles above it."""
    return next((n for n, line in enumerate(lines[:20]) if set(map(column_name, line)) >= NEEDED), None)


def column_name(text: str) -> str:
    """A header cell as our column name: case, blanks, BOM and a leading apostrophe do not matter."""
    return text.strip().lstrip("\ufeff'").strip().lower().replace(" ", "_")


def _read_csv(path: Path) -> Arrival:
    text, encoding = _decode(path.read_bytes(), path)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        text = rest
    separator = _separator(text)
    csv.field_size_limit(limit("small_table", "bytes"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[list[str]] = []
    try:
        for line in reader:
            if len(line) > 10 * limit("small_table", "columns") or len(lines) > limit("small_table", "rows"):
                raise UsageError(f"{path}: terlalu banyak kolom atau baris untuk berkas telaah.")
            lines.append(line)
    except csv.Error as error:
        where = f"{path}:{reader.line_num}"
        raise UsageError(
            f"{where}: tanda kutip tidak ditutup atau rusak ({error}); simpan ulang dari lembar kerja."
        ) from error
    return table_of(path, lines, (), encoding)


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16", path)
    if content[:3] == b"\xef\xbb\xbf":
        return _strict(content, "utf-8-sig", path)
    sample = content[:4000]
    if sample[1::2].count(0) > len(sample) // 4:
        return _strict(content, "utf-16-le", path)
    if sample[::2].count(0) > len(sample) // 4:
        return _strict(content, "utf-16-be", path)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _strict(content: bytes, encoding: str, path: Path) -> tuple[str, str]:
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: rusak pada bita {error.start} ({encoding}); simpan ulang dari lembar kerja."
        ) from error


def _separator(text: str) -> str:
    """The separator under which the header line has most columns; the key column must be one of them."""

    def found(separator: str) -> int:
        for line in text.splitlines()[:20]:
            names = [column_name(cell.strip('"')) for cell in line.split(separator)]
            if KEY in names:
                return len(names)
        return 0

    return max(SEPARATORS, key=found)
