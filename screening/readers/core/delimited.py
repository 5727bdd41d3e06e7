"""Delimited text: which encoding, which delimiter, where the table starts; rows as lists, or the stream for pyarrow."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from screening.readers.core.source import Source
from screening.readers.core.structure import encoding_of, head_text, is_binary

DELIMITERS = (",", ";", "\t", "|")
_BLOCK = 1 << 18  # bytes decoded at once: larger blocks leave the processor's cache and take three times as long
csv.field_size_limit(64 << 20)


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written; `skip` lines before the table (`sep=;`)."""

    encoding: str
    delimiter: str
    skip: int = 0


def dialect(source: Source) -> Dialect | None:
    """The dialect of a text file, or None when it is no delimited text. Decided by many rows, not by one line."""
    return source.remember("dialect", lambda: _dialect(source))


def _dialect(source: Source) -> Dialect | None:
    if is_binary(source):
        return None
    text = head_text(source)
    if not text.strip() or text.lstrip()[:1] in "{[<":
        return None
    skip, first = 0, text.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) <= 5:
        skip, text = 1, text.partition("\n")[2]
        if first[4:]:
            return Dialect(encoding_of(source.head()), first[4:], 1)
    best = max(DELIMITERS, key=lambda mark: _consistency(text, mark))
    return Dialect(encoding_of(source.head()), best, skip) if _consistency(text, best) > 0 else None


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
    text = head_text(source)
    for _ in range(found.skip):
        text = text.partition("\n")[2]
    try:
        return [
            row for _, row in zip(range(rows), csv.reader(io.StringIO(text), delimiter=found.delimiter), strict=False)
        ]
    except csv.Error:
        return []


def true_encoding(source: Source, announced: str) -> str:
    """The announced encoding, or cp1252 where the file beyond its head is no UTF-8 after all."""
    if not announced.startswith("utf-8"):
        return announced
    decoder = codecs.getincrementaldecoder(announced)()
    with source.open() as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return announced


def text_stream(source: Source, encoding: str) -> io.TextIOWrapper:
    """The file as text; `\\n`, `\\r\\n` kept as written inside quotes."""
    return io.TextIOWrapper(source.open(), encoding=encoding, errors="replace", newline="")


def rows(source: Source, found: Dialect) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet counts, cells) of the whole file."""
    with text_stream(source, true_encoding(source, found.encoding)) as stream:
        for _ in range(found.skip):
            stream.readline()
        reader = csv.reader((line.replace("\x00", "") for line in stream), delimiter=found.delimiter)
        number = 0
        while True:
            number += 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                continue
            if number == 1 and row:
                row[0] = row[0].lstrip("\ufeff")
            yield number, row


def utf8_stream(source: Source, found: Dialect) -> Any:
    """The file as a byte stream in UTF-8 without BOM and `sep=` line, for pyarrow."""
    encoding = true_encoding(source, found.encoding)
    stream: Any
    if encoding in ("utf-8", "utf-8-sig"):
        stream = source.open()
        stream.read(3 if encoding == "utf-8-sig" else 0)
    else:
        stream = _Transcoded(text_stream(source, encoding))
    for _ in range(found.skip):
        _skip_line(stream)
    return stream


def _skip_line(stream: Any) -> None:
    while stream.read(1) not in (b"\n", b""):
        pass


class _Transcoded(io.RawIOBase):
    """A text stream as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._left = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._left) < len(buffer):
            block = self._text.read(1 << 18)
            if not block:
                break
            self._left += block.encode("utf-8", "replace")
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def close(self) -> None:
        self._text.close()
        super().close()
