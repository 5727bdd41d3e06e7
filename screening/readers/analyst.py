"""Hand-made tables in any layout: the header is found by its words (`profiles/analyst.toml`), wherever it stands.

Reads title rows, repeated headers, one sheet per person, totals, continuation rows, date and time in two columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from screening.readers.dates import Order, order_of
from screening.readers.headers import folded, header_row, names
from screening.readers.mapped import activity, cell_text, first, is_dead_id
from screening.readers.profile import Profile, shipped_profile
from screening.readers.reader import Claim, Context, Note, Reader, Rejection, Row
from screening.readers.source import Source
from screening.readers.tabular import beginnings, is_json, tables
from screening.readers.vocabulary import canonical
from screening.readers.workbook import Sheet

LEAST = 5  # points of `score`: three columns, or two in a header that is understood as a whole
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?![.\d]*[/-])")
_ZONED = re.compile(r"\b(wib|wita|wit|utc|gmt|z)\b|[+-]\d{2}:?\d{2}$", re.I)
_CONTENT = ("text", "target_url", "kind")
_IDENTITY = ("actor", "fallback_actor")


@cache
def _meanings() -> dict[str, str]:
    """Folded header -> canonical column (or "ignored")."""
    profile = shipped_profile("analyst")
    known = {header: name for name, headers in profile.columns.items() for header in headers}
    return {**dict.fromkeys(profile.words["ignored"], "ignored"), **known}


def meaning(header: str) -> str | None:
    """The canonical column a folded header means, or None; a zone behind it ("Jam (WITA)") does not count."""
    known = _meanings().get(header)
    return known if known or not zone_word(header) else _meanings().get(header.rsplit(" ", 1)[0])


def zone_word(header: str) -> str:
    """WIB, WITA or WIT at the end of a folded header, or the empty string."""
    last = header.rsplit(" ", 1)[-1]
    return last.upper() if last in ("wib", "wita", "wit") and " " in header else ""


def score(header: list[str]) -> int:
    """How much a row looks like a header: two points for each column it names, one more when it names also known other
    things or nothing unknown; 0 without content."""
    found = {meaning(name) for name in header} - {None}
    real = found - {"ignored"}
    if not real & set(_CONTENT) or not real & {"happened_at", "clock", "target_url", "text"} or len(real) < 2:
        return 0
    everything = all(meaning(name) for name in header if name)
    return 2 * len(real) + ("ignored" in found or everything)


def _recognise(source: Source) -> Claim | None:
    if is_json(source):
        return None
    for _, first_rows in beginnings(source):
        if header_row(first_rows, score, LEAST) is not None:
            return Claim()
    return None


@dataclass
class _State:
    """What is known while going down one sheet."""

    profile: Profile
    header: list[str] = field(default_factory=list)
    above: dict[str, Any] = field(default_factory=dict)
    pending: Row | None = None
    counts: Counter[str] = field(default_factory=Counter)


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    orders = {title: list(_orders(sheet)) for title, sheet in ((sheet.title, sheet) for sheet in tables(source))}
    taken = 0
    for sheet in tables(source):
        order = next((order for order in orders.get(sheet.title, []) if order.value != "DMY"), Order())
        profile = replace(shipped_profile("analyst"), order=order.value)
        found = yield from _sheet(sheet, profile, context, named=len(orders) > 1)
        taken += found
        if found:
            yield from map(Note, sheet.notes)
            yield from (Note(order.note) for order in orders.get(sheet.title, []) if order.note)
    if not taken:
        yield Note("tabel dikenali, tetapi tidak ada baris data")


def _orders(sheet: Sheet) -> Iterator[Order]:
    """Day first or month first, for each date column of a sheet, from all its values."""
    rows = [cells for _, cells in sheet.rows]
    at = header_row(rows, score, LEAST)
    if at is None:
        return
    for column, name in enumerate(names(rows[at])):
        if meaning(name) == "happened_at":
            yield order_of(str(rows[at][column]), [row[column] for row in rows[at + 1 :] if column < len(row)])


def _sheet(
    sheet: Sheet, profile: Profile, context: Context, *, named: bool
) -> Generator[Row | Rejection | Note, None, int]:
    state = _State(profile)
    taken = 0
    early: list[tuple[str, list[Any]]] = []
    for pointer, cells in sheet.rows:
        if not state.header:
            early.append((pointer, cells))
            if score(names(cells)) >= LEAST:
                state.header = _best_header(names(cells))
                unused = [
                    str(cell).strip()
                    for cell, name in zip(cells, names(cells), strict=True)
                    if name and not meaning(name)
                ]
                if unused:
                    yield Note("kolom tidak dipakai: " + ", ".join(unused[:8]))
            elif len(early) > 60:
                return 0
            continue
        for item in _row(pointer, cells, state, context, sheet.title if named else ""):
            taken += 1
            yield item
    if state.pending is not None:
        yield state.pending
        taken += 1
    yield from map(Note, _told(state))
    return taken


def _best_header(header: list[str]) -> list[str]:
    """Only the first column of each name counts."""
    return [name if name not in header[:index] else "" for index, name in enumerate(header)]


def _row(pointer: str, cells: list[Any], state: _State, context: Context, title: str) -> Iterator[Any]:
    """The previous row when it is complete; rows that only continue it are joined to it."""
    if not any(cell_text(cell) for cell in cells):
        return
    if score(names(cells)) >= LEAST:
        state.header = _best_header(names(cells))
        state.counts["kepala tabel berulang"] += 1
        return
    record = _by_columns(state.header, cells)
    if _is_total(cells, record, state):
        state.counts["baris jumlah"] += 1
        return
    if _continues(record, state):
        assert state.pending is not None
        joined = [state.pending.get("text"), cell_text(record.get("text"))]
        state.pending["text"] = "\n".join(text for text in joined if text)
        state.counts["baris lanjutan digabung"] += 1
        return
    if state.pending is not None:
        yield state.pending
        state.pending = None
    made = _activity(pointer, record, state, context, title)
    if isinstance(made, Rejection):
        yield made
    else:
        state.pending = made


def _by_columns(header: list[str], cells: list[Any]) -> dict[str, Any]:
    """Canonical column -> cell; of several columns with one meaning the first filled one."""
    record: dict[str, Any] = {}
    order = {name: rank for headers in shipped_profile("analyst").columns.values() for rank, name in enumerate(headers)}
    pairs = [(name, cell) for name, cell in zip(header, cells, strict=False) if meaning(name)]
    for name, cell in sorted(pairs, key=lambda pair: order.get(pair[0], 0)):
        column = meaning(name) or ""
        if zone_word(name) and column in ("clock", "happened_at"):
            cell = _with_zone(cell, zone_word(name))
        if cell_text(record.get(column)) is None:
            record[column] = cell
    return record


def _with_zone(cell: Any, word: str) -> Any:
    """The time in a cell with the zone its header names, unless it is a day only or names one itself."""
    written = cell.isoformat(" ") if isinstance(cell, datetime) else cell_text(cell)
    if isinstance(cell, float) or written is None or not _CLOCK.search(written) or _ZONED.search(written):
        return cell
    return f"{written} {word}"


def _is_total(cells: list[Any], record: Mapping[str, Any], state: _State) -> bool:
    words = next((cell_text(cell) for cell in cells if cell_text(cell)), "") or ""
    return folded(words) in state.profile.words["total"] and cell_text(record.get("happened_at")) is None


def _continues(record: Mapping[str, Any], state: _State) -> bool:
    """A row with nothing but text below a record: its text ran over."""
    filled = {name for name, cell in record.items() if cell_text(cell) is not None}
    return state.pending is not None and filled == {"text"}


def _activity(pointer: str, record: dict[str, Any], state: _State, context: Context, title: str) -> Row | Rejection:
    if all(
        cell_text(record.get(name)) is None for name in ("happened_at", "text", "target_url", "target_account", "kind")
    ):
        return Rejection(pointer, "baris tanpa waktu, isi, tautan, dan jenis", _shown(record))
    named = any(cell_text(record.get(name)) for name in (*_IDENTITY, "ignored"))
    if not named and state.above:
        record = {**record, **{name: cell for name, cell in state.above.items() if cell_text(record.get(name)) is None}}
        state.counts["baris tanpa akun memakai akun baris di atasnya"] += 1
    if any(cell_text(record.get(name)) for name in _IDENTITY):
        state.above = {name: record.get(name) for name in (*_IDENTITY, "platform")}
    state.counts["id rusak oleh Excel (misalnya 1,79E+18) tidak dipakai"] += is_dead_id(record.get("record_id"))
    columns = {name: (name,) for name in state.profile.columns}
    made = activity(record, pointer, replace(state.profile, columns=columns), context.zone)
    if made is None or isinstance(made, Rejection):
        return made or Rejection(pointer, "bukan aktivitas")
    made["actor"] = made.get("actor") or cell_text(first(record, ("fallback_actor",))) or _person(title, state)
    return _kind(made, record, state)


def _person(title: str, state: _State) -> str | None:
    """The person a sheet is named after; `Sheet1`, `Rekap` and the like name nobody."""
    plain = folded(title).rstrip("0123456789 ")
    if not plain or plain in state.profile.words["titles"]:
        return None
    state.counts["baris memakai judul lembar sebagai akun"] += 1
    return title.strip()


def _kind(row: Row, record: Mapping[str, Any], state: _State) -> Row:
    """The kind as written, else what the text column's own name says (komentar), else a post."""
    written = cell_text(record.get("kind"))
    if written is not None and canonical("kind", written) is None:
        state.counts["jenis aktivitas tidak dikenal, dianggap unggahan"] += 1
    if written is None:
        said = next((name for name in state.header if meaning(name) == "text"), "")
        row["kind"] = "comment" if "komentar" in said or "comment" in said else row["kind"]
    if row["kind"] in ("like", "share", "comment") and row.get("target_url"):
        row["target_kind"] = row.get("target_kind") or "content"
    return row


def _shown(record: Mapping[str, Any]) -> dict[str, str]:
    return {name: cell_text(cell) or "" for name, cell in record.items() if name != "ignored"}


def _told(state: _State) -> Iterable[str]:
    return (f"{number} {what}" for what, number in state.counts.items() if number)


READER = Reader("analyst", _recognise, read=_read, title="tabel analis")
