"""The two CSV profiles and how a value becomes a cell.

`excel-id` is what Indonesian Excel opens by double-click (UTF-8 with BOM, `;`, decimal comma, CRLF, all text quoted);
`standar` is for programs (UTF-8, `,`, decimal point, LF, quotes as needed). Neither has a `sep=` line: it pollutes
every reader but Excel. Source: reference page on the review workflow, §2.2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screening.sheets.guard import guard

BUFFER = 1 << 20  # bytes put together before they go to the disk
PIECE = (
    1_000  # rows put together at once, where whole columns are written: their cells never lie in memory all together
)
_KEPT = 1 << 16  # texts whose cells are kept while a table is written
_NEEDS_QUOTES = re.compile(r'[",;|\t\r\n]|^\s|\s$')


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written; `quote_text` quotes every text cell, otherwise only those that some reader could split."""

    name: str
    encoding: str
    separator: str
    decimal: str
    line_end: str
    quote_text: bool


EXCEL_ID = Dialect("excel-id", "utf-8-sig", ";", ",", "\r\n", True)
STANDARD = Dialect("standar", "utf-8", ",", ".", "\n", False)
PROFILES = {"excel-id": EXCEL_ID, "standar": STANDARD, "standard": STANDARD}


def cell_text(value: Any) -> str:
    """A value as text: missing is the empty text, whole numbers have no decimals."""
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("<NA>", "NaT"):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], dialect: Dialect) -> None:
    """Write text (guarded) and numbers (plain) as one CSV file; missing values become empty cells."""
    # Each turn to the disk lets other threads of a run go first, so there are few of them.
    with path.open("w", BUFFER, encoding=dialect.encoding, newline="") as out:
        cells = _Cells(dialect)
        out.write(_line(header, cells))
        out.writelines(_line(row, cells) for row in rows)


def write_columns(
    path: Path, header: Sequence[str], parts: Iterable[Sequence[Sequence[str | int]]], dialect: Dialect
) -> None:
    """Write whole columns of guarded texts and whole numbers, some rows of all of them at a time, as one CSV file."""
    with path.open("w", BUFFER, encoding=dialect.encoding, newline="") as out:
        out.write(_line(header, _Cells(dialect)))
        for columns in parts:
            for low in range(0, len(columns[0]), PIECE):
                cells = [_column(column[low : low + PIECE], dialect) for column in columns]
                lines = map(dialect.separator.join, zip(*cells, strict=True))
                out.write(dialect.line_end.join([*lines, ""]))


def _column(values: Sequence[str | int], dialect: Dialect) -> Iterator[str]:
    known = {
        value: str(value) if isinstance(value, int) else _quoted(value, dialect) for value in dict.fromkeys(values)
    }
    return map(known.__getitem__, values)


class _Cells(dict[str, str]):
    """The cells of texts, each made once: most texts of a table repeat. Long ones rarely do and are not kept."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def __missing__(self, text: str) -> str:
        cell = _cell(text, self.dialect)
        if len(text) <= 200 and len(self) < _KEPT:
            self[text] = cell
        return cell


def _line(row: Sequence[Any], cells: _Cells) -> str:
    dialect = cells.dialect
    texts = [cells[value] if value.__class__ is str else _cell(value, dialect) for value in row]
    return dialect.separator.join(texts) + dialect.line_end


def _cell(value: Any, dialect: Dialect) -> str:
    if not isinstance(value, str):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        value = cell_text(value)
        if number:
            return value.replace(".", dialect.decimal)
    return _quoted(guard(value), dialect)


def _quoted(text: str, dialect: Dialect) -> str:
    if dialect.quote_text or _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
