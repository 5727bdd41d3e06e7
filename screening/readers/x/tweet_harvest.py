"""tweet-harvest CSV, all four generations (export-formats §10): unescaped inner quotes, repeated headers, shifted columns.

Lines are read as they stand, because a correct CSV parser swallows whole records at the first stray quote.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core.delimited import Dialect, dialect, head_rows, text_stream, true_encoding
from screening.readers.core.headers import folded, names
from screening.readers.core.reader import Claim, Context, Item, Note, Reader, Rejection
from screening.readers.core.source import Source
from screening.readers.core.tabular import all_headers, tables
from screening.readers.core.workbook import is_workbook
from screening.readers.tables.mapped import activity, is_dead_id
from screening.readers.tables.profile import shipped_profile
from screening.readers.tables.vendors import from_sheet
from screening.readers.times.moment import TimeError, moment

_MOST_LINES = 60  # of one record: posts of 4,000 characters rarely have more
_ID = re.compile(r"^\d{1,20}$")
_SHAPES: dict[str, Callable[[str], bool]] = {
    "id str": lambda cell: bool(_ID.match(cell)) or is_dead_id(cell),
    "conversation id str": lambda cell: not cell or bool(_ID.match(cell)) or is_dead_id(cell),
    "user id str": lambda cell: not cell or bool(_ID.match(cell)) or is_dead_id(cell),
    "tweet url": lambda cell: not cell or cell.startswith("http"),
    "image url": lambda cell: not cell or cell.startswith("http"),
    "created at": lambda cell: not cell or bool(re.match(r"[A-Z][a-z]{2} [A-Z]|\d{4}-\d|\d{1,2}[/.-]\d", cell)),
    "lang": lambda cell: len(cell) <= 5,
    "username": lambda cell: len(cell) <= 30 and " " not in cell and not cell.startswith("http"),
    "favorite count": lambda cell: not cell or cell.isdigit(),
    "retweet count": lambda cell: not cell or cell.isdigit(),
    "reply count": lambda cell: not cell or cell.isdigit(),
    "quote count": lambda cell: not cell or cell.isdigit(),
}


def _recognise(source: Source) -> Claim | None:
    profile = shipped_profile("tweet-harvest")
    if is_workbook(source):
        return Claim() if any(profile.fits(header) for header in all_headers(source)) else None
    first = head_rows(source, 1)
    return Claim() if first and profile.fits(names(first[0])) else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    profile = shipped_profile("tweet-harvest")
    if is_workbook(source):
        for sheet in tables(source):
            yield from from_sheet(profile, sheet, context)
        return
    damaged = realigned = 0
    for pointer, header, cells in _records(source, context):
        if isinstance(cells, Rejection):
            yield cells
            continue
        if len(cells) != len(header):
            realigned += 1
        record: dict[str, Any] = (
            dict(zip(header, cells, strict=True)) if len(cells) == len(header) else _realigned(header, cells)
        )
        damaged += is_dead_id(record.get("id str"))
        made = activity(_mended(record), pointer, profile, context.zone)
        if made is not None:
            yield made
    if damaged:
        yield Note(f"{damaged} id rusak oleh Excel (misalnya 1,79E+18) dan tidak dipakai")
    if realigned:
        yield Note(f"{realigned} baris dengan kolom bergeser diluruskan")


def _mended(record: dict[str, Any]) -> dict[str, Any]:
    """Builds after X moved its names write `/undefined/` into addresses and no user name."""
    url = record.get("tweet url") or ""
    if "/undefined/" in url and _ID.match(record.get("id str") or ""):
        record = {**record, "tweet url": f"https://x.com/i/status/{record['id str']}"}
    if not record.get("username") and (match := re.match(r"https?://(?:x|twitter)\.com/(\w+)/status/", url)):
        record = {**record, "username": match[1] if match[1] not in ("undefined", "i") else ""}
    return record if not is_dead_id(record.get("user id str")) else {**record, "user id str": None}


def _records(source: Source, context: Context) -> Iterator[tuple[str, list[str], Any]]:
    """(pointer, header, cells or Rejection) of every record; headers that come again are taken over silently."""
    found = dialect(source) or Dialect("utf-8", ",")
    header: list[str] = []
    waiting: list[str] = []
    start = 0
    with text_stream(source, true_encoding(source, found.encoding)) as stream:
        for _ in range(found.skip):
            stream.readline()
        for number, line in enumerate(stream, start=1 + found.skip):
            if not waiting and not line.strip(" \t\r\n\ufeff;,\x00"):
                continue
            again = _header(line, found.delimiter)
            cells = None if again else _split([*waiting, line], header, found.delimiter, context)
            alone = [line] if waiting and cells is None and not again else []
            if waiting and (again or len(waiting) >= _MOST_LINES or _complete(alone, header, found.delimiter, context)):
                yield f"line {start}", header, _refused(start, waiting)
                waiting = []
                cells = None if again else _split([line], header, found.delimiter, context)
            if again:
                header = again
            elif cells is not None:
                yield f"line {start if waiting else number}", header, cells
                waiting = []
            else:
                start = start if waiting else number
                waiting.append(line)
    if waiting:
        yield f"line {start}", header, _refused(start, waiting)


def _refused(start: int, lines: list[str]) -> Rejection:
    return Rejection(f"line {start}", "baris tidak sesuai dengan kepala tabel (kutip atau kolom rusak)", "".join(lines))


def _complete(lines: list[str], header: list[str], mark: str, context: Context) -> bool:
    return bool(lines) and _split(lines, header, mark, context) is not None


def _header(line: str, mark: str) -> list[str] | None:
    """The folded names when the line is a header row, also one that comes again in the middle of the file."""
    if "id_str" not in line:
        return None
    cells = [folded(cell.strip().strip('"')) for cell in line.lstrip("\ufeff").rstrip("\r\n").split(mark)]
    return cells if shipped_profile("tweet-harvest").fits(cells) else None


def _split(lines: list[str], header: list[str], mark: str, context: Context) -> list[str] | None:
    """The cells of a record in whichever way the generations quote, or None while it makes no sense."""
    text = "".join(lines).rstrip("\r\n")
    for way in (_proper, _all_quoted, _text_quoted):
        cells = way(text, header, mark)
        if cells is not None and (_sound(header, cells, context) or _realigned(header, cells)):
            return cells
    return None


def _proper(text: str, header: list[str], mark: str) -> list[str] | None:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _all_quoted(text: str, header: list[str], mark: str) -> list[str] | None:
    """Generation 2.3–2.5.1: every value quoted, inner quotes not escaped."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return None
    cells = text[1:-1].split(f'"{mark}"')
    return _text_joined(cells, header, f'"{mark}"')


def _text_quoted(text: str, header: list[str], mark: str) -> list[str] | None:
    """Generation 1.0–2.2: only full_text quoted, inner quotes not escaped."""
    cells = _text_joined(text.split(mark), header, mark)
    if cells is None:
        return None
    at = header.index("full text")
    words = cells[at]
    return [*cells[:at], words[1:-1] if len(words) > 1 and words[0] == words[-1] == '"' else words, *cells[at + 1 :]]


def _text_joined(cells: list[str], header: list[str], glue: str) -> list[str] | None:
    """Surplus cells belong to the text, which alone may hold the delimiter."""
    surplus = len(cells) - len(header)
    if surplus < 0 or "full text" not in header:
        return None
    at = header.index("full text")
    return [*cells[:at], glue.join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]


def _sound(header: list[str], cells: list[str], context: Context) -> bool:
    if len(cells) != len(header):
        return False
    record = dict(zip(header, cells, strict=True))
    if not all(_SHAPES[name](cell.strip()) for name, cell in record.items() if name in _SHAPES):
        return False
    return _is_time(record.get("created at", ""), context)


def _is_time(cell: str, context: Context | None) -> bool:
    try:
        return not cell or (context is not None and moment(cell, context.zone).happened_at is not None)
    except TimeError:
        return False


def _realigned(header: list[str], cells: list[str]) -> dict[str, str]:
    """From 2.5.3 a batch without one key writes one value less: the place where every shape fits again, if the
    fields that matter agree for all such places; else empty."""
    missing = len(header) - len(cells)
    if missing != 1 or len(cells) < 5:
        return {}
    fits = []
    for gap in range(len(header)):
        kept = [*header[:gap], *header[gap + 1 :]]
        record = dict(zip(kept, cells, strict=True))
        must = all(record.get(name) for name in ("id str", "created at"))
        if must and "full text" in record and all(_SHAPES[n](c.strip()) for n, c in record.items() if n in _SHAPES):
            fits.append(record)
    matter = {tuple(record.get(name) for name in ("id str", "created at", "full text", "username")) for record in fits}
    return fits[0] if len(matter) == 1 else {}


READER = Reader("tweet-harvest", _recognise, read=_read, title="tweet-harvest (CSV/XLSX)")
