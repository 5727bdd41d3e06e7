"""Delimited text: which encoding, which delimiter, where the table starts; rows one by one, or the stream for pyarrow.

A file is read by line: a quote that is never closed costs its own row, a byte that is no UTF-8 its own cell. Rows are
numbered as a spreadsheet numbers them (a cell over several lines is one row, a blank line is one too).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from screening.limits import limit
from screening.readers.core.decoding import MIXED, Utf8, encoding_of, opened
from screening.readers.core.jsontext import LONG
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, is_binary

DELIMITERS = (",", ";", "\t", "|")
OPEN = "kutip pembuka tidak ditutup"
_ROWS = 3  # lines like rows inside a quote that prove it wrong where its own line does not look like a whole row
_SHAPES = 200  # different shapes of first cells remembered; a table has a handful
_ALL, _EVERY = (
    2_000,
    16,
)  # rows whose first cell is remembered: the first ones, later only some (it costs more than reading)
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written; `skip` lines before the table (`sep=;`), `cr`: lines end with a bare `\\r`."""

    encoding: str
    delimiter: str
    skip: int = 0
    cr: bool = False


class Record(NamedTuple):
    """One row: its number in a spreadsheet, its cells, over how many lines it goes, and what is wrong with it (an open
    quote, too long) or the empty string. `literal`: an open quote was taken as a sign like any other, because the row
    has as many cells as the others all the same."""

    number: int
    cells: list[str]
    lines: int = 1
    why: str = ""
    literal: bool = False


def dialect(source: Source) -> Dialect | None:
    """The dialect of a text file, or None when it is no delimited text. Decided by many rows, not by one line."""
    return source.remember("dialect", lambda: _dialect(source))


def _dialect(source: Source) -> Dialect | None:
    if is_binary(source):
        return None
    text, cr = _lines_of(head_text(source))
    if not text.strip() or text.lstrip()[:1] in "{[<":
        return None
    skip, first = 0, text.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) <= 5:
        skip, text = 1, text.partition("\n")[2]
        if first[4:]:
            return Dialect(encoding_of(source.head()), first[4:], 1, cr)
    best = max(DELIMITERS, key=lambda mark: _consistency(text, mark))
    return Dialect(encoding_of(source.head()), best, skip, cr) if _consistency(text, best) > 0 else None


def _lines_of(text: str) -> tuple[str, bool]:
    """The text with `\\n` line ends, and whether its lines end with a bare `\\r` as on old Macs."""
    if "\n" in text or "\r" not in text:
        return text, False
    return text.replace("\r", "\n"), True


def _consistency(text: str, mark: str) -> float:
    """How many rows share the most common width above one, weighted by that width."""
    try:
        rows = [row for _, row in zip(range(60), csv.reader(io.StringIO(text[:32_768]), delimiter=mark), strict=False)]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, number = max(widths.items(), key=lambda item: (item[1] * min(item[0], 12), item[0]))
    return number * min(width, 12)


def head_rows(source: Source, rows: int = 40) -> list[list[str]]:
    """The first rows (of the head) as lists of text; empty when the file is no delimited text."""
    found = dialect(source)
    if found is None:
        return []
    text = _lines_of(head_text(source))[0]
    for _ in range(found.skip):
        text = text.partition("\n")[2]
    lines = io.StringIO(text, newline="\n")
    return [record.cells for _, record in zip(range(rows), _records(lines, found.delimiter), strict=False)]


def records(source: Source, found: Dialect) -> Iterator[Record]:
    """Every row of the file, blank ones too."""
    with opened(source, cr=found.cr) as stream:
        lines = _physical(stream)
        for _ in range(found.skip):
            next(lines, None)
        yield from _records(lines, found.delimiter)


def rows(source: Source, found: Dialect) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet counts, cells) of the whole file; a row with an open quote as its line stands."""
    for record in records(source, found):
        yield record.number, record.cells


def _physical(stream: Utf8) -> Iterator[str]:
    """The lines of a stream; of one that is too long only the beginning, marked by a missing line end."""
    most = limit("text", "line_bytes")
    text = io.TextIOWrapper(io.BufferedReader(stream, 1 << 18), encoding="utf-8", errors=MIXED, newline="\n")
    while line := text.readline(most):
        yield line
        while len(line) >= most and not line.endswith("\n"):
            line = text.readline(most)


def _records(lines: Iterator[str], mark: str) -> Iterator[Record]:
    ahead = _Ahead(lines)
    table = _Table(mark)
    number = 0
    while (line := ahead.take()) is not None:
        number += 1
        yield table.record(number, line.replace("\x00", "") if "\x00" in line else line, ahead)


class _Ahead:
    """Lines with a look ahead of bounded size."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._held = lines, deque[str]()

    def take(self) -> str | None:
        """The next line, or None at the end."""
        return self._held.popleft() if self._held else next(self._lines, None)

    def drop(self, lines: int) -> None:
        """Pass over lines that were looked at."""
        for _ in range(lines):
            self.take()

    def following(self) -> Iterator[str]:
        """The lines that come next, without taking them."""
        for place in range(limit("text", "cell_lines")):
            if place >= len(self._held):
                line = next(self._lines, None)
                if line is None:
                    return
                self._held.append(line)
            yield self._held[place].replace("\x00", "")


_INSIDE = re.compile(r'[^"]*+(?:""[^"]*+)*+')  # of an open quote: up to the sign that closes it


@cache
def _cell(mark: str) -> re.Pattern[str]:
    """One cell and the delimiter behind it; group 1 is the inside of quotes, 2 what follows them, 3 a bare cell."""
    other = re.escape(mark)
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"([^{other}\n]*+)|([^{other}\n]*+))({other}|\n?\Z)', re.S)


class _Table:
    """What is known of the rows so far: how wide they are, and what their first cells look like."""

    def __init__(self, mark: str) -> None:
        self.mark, self.widths, self.shapes = mark, Counter[int](), Counter[str]()
        self._learned, self._longest = 0, limit("text", "line_bytes")

    @property
    def width(self) -> int:
        """The most common number of cells so far; 0 at the start."""
        return max(self.widths.items(), key=lambda item: item[1])[0] if self.widths else 0

    def record(self, number: int, line: str, ahead: _Ahead) -> Record:
        """The row that begins with a line; it takes as many lines more as it goes over."""
        if len(line) >= self._longest and not line.endswith("\n"):
            return Record(number, [line[:80]], 1, LONG)
        if '"' not in line:
            cells = line.rstrip("\r\n").split(self.mark)
            cells[0] = cells[0].lstrip("\ufeff") if number == 1 else cells[0]
            self._learn(cells)
            return Record(number, cells if line.strip() else [])
        line = line.lstrip("\ufeff") if number == 1 else line
        cells, open_at = self._split(line)
        if open_at < 0:
            self._learn(cells)
            return Record(number, cells)
        joined = self._closed(line, open_at, ahead, 1 if len(cells) == self.width else _ROWS)
        if joined is not None:
            cells, more = joined
            ahead.drop(more)
            self._learn(cells)
            return Record(number, cells, 1 + more)
        fits = len(cells) == self.width
        if fits:
            self._learn(cells)
        return Record(number, cells, 1, "" if fits else OPEN, fits)

    def _learn(self, cells: list[str]) -> None:
        if len(cells) > 1:
            self.widths[len(cells)] += 1
            self._learned += 1
            if (self._learned < _ALL or not self._learned % _EVERY) and len(self.shapes) < _SHAPES:
                self.shapes[shape(cells[0])] += 1

    def _split(self, text: str) -> tuple[list[str], int]:
        """The cells of a line, and where a cell begins whose quote is not closed in it (-1: nowhere)."""
        pattern, at, open_at = _cell(self.mark), 0, -1
        cells: list[str] = []
        text = text.removesuffix("\n").removesuffix("\r")
        while True:
            match = pattern.match(text, at)
            if match is None:  # cannot be: a bare cell fits everything but a line end
                return [*cells, text[at:]], open_at
            if match[1] is not None:
                cells.append(match[1].replace('""', '"') + match[2])
            else:
                open_at = at if open_at < 0 and text[at : at + 1] == '"' else open_at
                cells.append(match[3])
            at = match.end()
            if not match[4] or match[4] == "\n":
                return cells, open_at

    def _closed(self, line: str, open_at: int, ahead: _Ahead, most: int) -> tuple[list[str], int] | None:
        """The cells of a row over several lines and how many lines more it takes; None when the quote is closed by no
        line near, or only by swallowing lines that are rows themselves (`most` of them). Every line is looked at once."""
        cells = self._split(line[:open_at])[0][:-1]
        pieces, size, swallowed = [line[open_at + 1 :]], len(line), 0
        for more, following in enumerate(ahead.following(), start=1):
            swallowed += self._is_row(following)
            size += len(following)
            if swallowed >= most or size > limit("text", "cell_bytes"):
                return None
            inside = _INSIDE.match(following)
            end = inside.end() if inside else 0
            pieces.append(following[:end])
            if end == len(following):
                continue
            rest = following[end + 1 :]
            behind, mark, tail = rest.partition(self.mark)
            if behind.strip():
                return None  # something follows the closing quote: it was another row's
            cells.append("".join(pieces).replace('""', '"'))
            if not mark:
                return cells, more
            others, open_at = self._split(tail)
            if open_at < 0:
                return cells + others, more
            cells += self._split(tail[:open_at])[0][:-1]
            pieces = [tail[open_at + 1 :]]
        return None

    def _is_row(self, line: str) -> bool:
        """Whether a line inside an open quote is a row of its own: as wide as the table, and begun like its rows."""
        width = self.width
        if width < 2 or line.count(self.mark) < width - 1:
            return False
        cells, _ = self._split(line)
        return len(cells) == width and (not self.shapes or shape(cells[0]) in self.shapes)


def shape(cell: str) -> str:
    """What a cell looks like: `asn_0201` and `budi_7` are alike."""
    return _DIGITS.sub("9", _LETTERS.sub("a", cell[:40].strip()))[:24]


def literal_note(number: int) -> str:
    """What is said about rows whose open quote was taken as a sign like any other."""
    return f"{number} baris dengan kutip pembuka yang tidak ditutup; kutipnya dibaca sebagai bagian isi"


def looks_swallowed(text: str, mark: str, width: int, shapes: Container[str] = ()) -> bool:
    """Whether a cell over several lines may hold rows: a line with as many delimiters as a row has, or one that begins
    as rows do (`shapes` of their first cells) and goes on behind a delimiter."""
    for line in text.split("\n")[1:]:
        first, found, _ = line.partition(mark)
        if line.count(mark) >= width - 1 or (found and shape(first) in shapes):
            return True
    return False


def true_encoding(source: Source, announced: str) -> str:
    """The encoding to decode with; bytes that do not fit it cost themselves (`decoding.MIXED`)."""
    return "utf-8" if announced == "cp1252" else announced


def text_stream(source: Source, encoding: str) -> io.TextIOWrapper:
    """The file as text; line ends kept as written."""
    return io.TextIOWrapper(io.BufferedReader(opened(source), 1 << 18), encoding="utf-8", errors=MIXED, newline="")


def utf8_stream(source: Source, found: Dialect) -> Any:
    """The file as a byte stream in UTF-8 without BOM and `sep=` line, for pyarrow."""
    stream = opened(source, cr=found.cr)
    for _ in range(found.skip):
        while stream.read(1) not in (b"\n", b""):
            pass
    return stream
