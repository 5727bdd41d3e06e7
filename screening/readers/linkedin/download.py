"""LinkedIn's own-data CSVs: shares, comments, reactions, company follows; recognised by their English headers.

A notes preamble may precede the header; since March 2026 every field is quoted (export-formats §9). Private tables
(connections, messages, invitations …) are known and left alone, so that no other reader takes them for a list of posts.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from screening.readers.core.acts import act, owner_note
from screening.readers.core.delimited import Dialect, rows
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.core.structure import encoding_of, head_text, is_binary
from screening.readers.core.vocabulary import canonical
from screening.readers.times.moment import Moment, lenient

_WORDS = ("message", "sharecommentary")


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("linkedin.toml").read_text(encoding="utf-8"))


def _recognise(source: Source) -> Claim | None:
    found = _header(source)
    if found is None:
        return None
    name, number, header = found
    table = _tables()["table"][name]
    if why := table.get("ignored"):
        return Claim(ignored=why)
    return Claim(detail=(name, number, header))


def _header(source: Source) -> tuple[str, int, list[str]] | None:
    """Which table it is, the number of its header row (1-based) and the header, or None."""
    if source.suffix != ".csv" or is_binary(source):
        return None
    try:
        lines = [row for _, row in zip(range(12), csv.reader(io.StringIO(head_text(source))), strict=False)]
    except csv.Error:
        return None
    for number, row in enumerate(lines, start=1):
        header = [" ".join(cell.split()).casefold() for cell in row]
        for name, table in _tables()["table"].items():
            allowed = {*table["columns"], *table.get("optional", []), ""}
            if not set(table["columns"]) <= set(header) <= allowed:
                continue
            if source.leaf.casefold().startswith(table.get("file", "")) or _leads(table, header, lines[number:]):
                return name, number, header
    return None


def _leads(table: dict[str, Any], header: list[str], body: list[list[str]]) -> bool:
    """Whether the links of a table of two common words lead where those of LinkedIn's table do."""
    if "links" not in table:
        return False
    place = header.index("link")
    links = [row[place].strip() for row in body if len(row) > place and row[place].strip()]
    return bool(links) and all(re.match(table["links"], link, re.I) for link in links)


def _owner(source: Source) -> Owner | None:
    found = _header(source)
    if found is None or found[0] != "profile":
        return None
    _, number, header = found
    for place, cells in rows(source, Dialect(encoding_of(source.head()), ",")):
        if place > number and any(cells):
            record = dict(zip(header, cells, strict=False))
            name = " ".join(
                part for part in (record.get("first name", "").strip(), record.get("last name", "").strip()) if part
            )
            return Owner("linkedin", name, source.path.rpartition("/")[0]) if name else None
    return None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    name, start, header = context.detail
    if name == "shares":
        yield Note("bagikan dengan komentar sendiri tidak menyebut kiriman asalnya; periksa lewat tautannya")
    quoted = _all_quoted(source, start, header)
    for number, cells in rows(source, Dialect(encoding_of(source.head()), ",")):
        if number > start and any(cell.strip() for cell in cells):
            record = {key: cell for key, cell in zip(header, cells, strict=False) if key}
            if quoted:
                record |= {key: _unquoted(record[key]) for key in _WORDS if key in record}
            yield _row(name, record, context, f"row {number}")


def _all_quoted(source: Source, start: int, header: list[str]) -> bool:
    """Whether the export put every text of the table between quotation marks of its own (line by line): then they are
    no quotation. One text without them, and all stay as they are."""
    places = [place for place, key in enumerate(header) if key in _WORDS]
    met = False
    for number, cells in rows(source, Dialect(encoding_of(source.head()), ",")) if places else ():
        for text in (cells[place].strip() for place in places if number > start and place < len(cells)):
            if text and not (len(text) > 1 and text[0] == text[-1] == '"'):
                return False
            met |= bool(text)
    return met


def _unquoted(text: str) -> str:
    plain = text.strip()
    return plain[1:-1].replace('"\r\n"', "\n").replace('"\n"', "\n") if len(plain) > 1 else text


def _when(value: str | None, context: Context) -> Moment:
    """LinkedIn's times are UTC and do not say so; a day alone is a day of the configured zone."""
    read = lenient(value, UTC, order="MDY")
    if read.time_basis == "local_naive":
        return read._replace(time_basis="exact_utc")
    return lenient(value, context.zone, order="MDY") if read.time_basis == "date_only" else read


def _row(name: str, cells: dict[str, str], context: Context, pointer: str) -> Row | Rejection:
    values = {key: cell.strip() for key, cell in cells.items()}
    when = _when(values.get("date") or values.get("followed on") or None, context)
    if name == "shares":
        shared, own = values.get("sharedurl"), values.get("sharelink")
        return act("linkedin", "share" if shared else "post", context.owner, pointer, when,
                   text=cells.get("sharecommentary", ""), target_url=shared or own,
                   target_kind="content" if shared else None, record_id=own,
                   visibility=canonical("visibility", values.get("visibility", "")) or "unknown")  # fmt: skip
    if name.startswith("comments"):
        return act("linkedin", "comment", context.owner, pointer, when, text=cells.get("message", ""),
                   target_url=values.get("link"), target_kind="content")  # fmt: skip
    if name == "instant_reposts":
        return act("linkedin", "share", context.owner, pointer, when, text="", target_url=values.get("link"),
                   target_kind="content")  # fmt: skip
    if name == "reactions":
        sign = values.get("type", "")
        return act("linkedin", "like", context.owner, pointer, when, target_url=values.get("link"), target_kind="content",
                   media_text=f"reaksi: {sign}" if sign and sign.casefold() != "like" else None)  # fmt: skip
    hashtag = values.get("hashtag", "")
    followed = values.get("organization") or values.get("fullname") or (hashtag and f"#{hashtag.lstrip('#')}")
    if not followed:
        return Rejection(pointer, "akun yang diikuti tidak disebut", cells)
    if "unfollow" in values.get("status", "").casefold() or values.get("status", "").casefold() == "inactive":
        return Rejection(pointer, "berhenti mengikuti: bukan perbuatan yang disaring", cells)
    return act("linkedin", "follow", context.owner, pointer, when, target_account=followed,
               target_kind="content" if hashtag else "page" if "organization" in cells else "account")  # fmt: skip


READER = Reader("linkedin", _recognise, _read, owner=_owner, platform="linkedin", title="LinkedIn (CSV)")
