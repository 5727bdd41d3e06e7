"""Hand-made tables in any layout: the header is found by its words (`profiles/analyst.toml`), wherever it stands.

Reads title rows, repeated headers, one sheet per person, totals, continuation rows, date and time in two columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from screening.readers.core.headers import LOOK_AHEAD, folded, header_row, names
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.core.tabular import beginnings, is_json, tables
from screening.readers.core.workbook import Sheet
from screening.readers.tables.analyst_header import LEAST, Header, header_of, may_be_header, meaning, record_of, score
from screening.readers.tables.column_values import SAMPLE, SHOWN, Values, judged, kinds_in
from screening.readers.tables.heading_words import NOTE
from screening.readers.tables.mapped import activity, cell_text, is_dead_id
from screening.readers.tables.profile import Profile, shipped_profile
from screening.readers.times.order import Order, Orders

_IDENTITY = ("actor", "fallback_actor")
_SUBSTANCE = ("happened_at", "text", "target_url", "target_account", "kind")


def _recognise(source: Source) -> Claim | None:
    if is_json(source):
        return None
    for _, first_rows in beginnings(source):
        if header_row(first_rows, score, LEAST) is not None:
            return Claim()
    return None


_NO_HEADER = Header()


@dataclass
class _State:
    """What is known while going down one sheet."""

    profile: Profile
    title: str
    header: Header = _NO_HEADER
    above: dict[str, Any] = field(default_factory=dict)
    pending: list[Row] = field(default_factory=list)
    values: Values = field(default_factory=Values)
    counts: Counter[str] = field(default_factory=Counter)


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    found = [_first_look(sheet) for sheet in tables(source)]
    taken = 0
    for sheet, (orders, values) in zip(tables(source), found, strict=True):
        state = _State(_profile(orders), sheet.title if len(found) > 1 else "", values=values)
        rows = yield from _sheet(sheet, state, context)
        taken += rows
        if rows:
            yield from map(Note, [*sheet.notes, *(order.note for order in orders if order.note)])
    if not taken:
        yield Note("tabel dikenali, tetapi tidak ada baris data", explains=True)


def _profile(orders: list[Order]) -> Profile:
    """The column names as they are after `record_of`, and the order of day and month of this sheet."""
    profile = shipped_profile("analyst")
    order = next((order.value for order in orders if order.value != "DMY"), "DMY")
    return replace(profile, order=order, columns={name: (name,) for name in profile.columns})


def _first_look(sheet: Sheet) -> tuple[list[Order], Values]:
    """One pass over a sheet: day first or month first for each date column, from all its values; and what the first values
    of its columns say where the heading says nothing, or something else."""
    columns: dict[int, Orders] | None = None
    sample: list[list[Any]] = []
    header = _NO_HEADER
    for number, (_, cells) in enumerate(sheet.rows):
        if columns is None:
            row = names(cells)
            if score(row) >= LEAST:
                header = header_of(row)
                columns = {at: Orders(str(cells[at])) for at, name in enumerate(row) if meaning(name) == "happened_at"}
            elif number > LOOK_AHEAD + 20:
                return [], Values()
            continue
        if len(sample) < SAMPLE:
            sample.append(list(cells))
        elif not columns:
            break
        for at, orders in columns.items():
            orders.add(cells[at] if at < len(cells) else None)
    return [orders.result() for orders in (columns or {}).values()], judged(header, sample)


def _sheet(sheet: Sheet, state: _State, context: Context) -> Generator[Row | Rejection | Note, None, int]:
    taken = 0
    for number, (pointer, cells) in enumerate(sheet.rows):
        if not state.header.plan:
            if score(names(cells)) >= LEAST:
                state.header = _with_values(header_of(names(cells)), state)
                yield from _unused(cells, state)
                if not set(_IDENTITY) & {column for _, column, _ in state.header.plan}:
                    yield Note("tidak ada kolom akun atau nama")
            elif number > LOOK_AHEAD + 20:
                return 0
            continue
        for item in _row(pointer, cells, state, context):
            taken += 1
            yield item
    taken += len(state.pending)
    yield from state.pending
    yield from (Note(f"{count} {what}") for what, count in state.counts.items() if count)
    return taken


def _with_values(header: Header, state: _State) -> Header:
    return header.with_values(state.values.columns) if header.names == state.values.names else header


def _unused(cells: list[Any], state: _State) -> Iterable[Note]:
    """Columns nobody uses: those that hold texts or addresses apart, for they may be what the table is about."""
    used = {at for at, _, _ in state.header.plan}
    titles = {at: str(cell).strip() for at, (cell, name) in enumerate(zip(cells, names(cells), strict=True)) if name}
    rich = [titles[at] for at in state.values.rich if at in titles and at not in used]
    plain = [
        title for at, title in titles.items() if at not in used and title not in rich and not meaning(folded(title))
    ]
    own = [titles[at] for at, column, _ in state.header.plan if column == NOTE and at in titles]
    if rich:
        yield Note("kolom berisi teks atau tautan tidak dipakai: " + ", ".join(rich[:8]))
    if plain:
        yield Note("kolom lain diabaikan: " + ", ".join(plain[:8]))
    if own:
        yield Note("kata-kata pemantau, tidak dinilai sebagai ucapan yang bersangkutan: " + ", ".join(own[:8]))
    for at, column in state.values.columns.items():
        if column and at in titles:
            yield Note(f"kolom '{titles[at]}' dibaca sebagai {SHOWN[column]} menurut isinya; periksa")


def _row(pointer: str, cells: list[Any], state: _State, context: Context) -> Iterator[Row | Rejection]:
    """The previous row when it is complete; rows that only continue it are joined to it."""
    if may_be_header(cells) and score(names(cells)) >= LEAST:
        state.header = _with_values(header_of(names(cells)), state)
        state.counts["kepala tabel berulang"] += 1
        return
    record = record_of(state.header, cells)
    if not record and not any(cell_text(cell) for cell in cells):
        return
    bare = "happened_at" not in record or not record.keys() & {"actor", "fallback_actor", "text", "target_url"}
    if bare and _is_total(cells, state):  # a sum may stand in any column
        state.counts["baris jumlah"] += 1
        return
    if record.keys() == {"text"} and state.pending:  # its text ran over
        row = state.pending[-1]
        joined = [row.get("text"), cell_text(record["text"])]
        row["text"] = "\n".join(text for text in joined if text)
        state.counts["baris lanjutan digabung"] += 1
        return
    yield from state.pending
    state.pending = []
    made = _activity(pointer, record, state, context)
    if isinstance(made, Rejection):
        yield made
    else:
        state.pending = _each_act(made, record, state)


def _is_total(cells: list[Any], state: _State) -> bool:
    words = next((text for cell in cells if (text := cell_text(cell))), "")
    return len(words) < 30 and folded(words) in state.profile.words["total"]


def _activity(pointer: str, record: dict[str, Any], state: _State, context: Context) -> Row | Rejection:
    if not any(name in record for name in _SUBSTANCE):
        return Rejection(pointer, "baris tanpa waktu, isi, tautan, dan jenis", _shown(record))
    if any(name in record for name in _IDENTITY):
        state.above = {name: record[name] for name in (*_IDENTITY, "platform") if name in record}
    elif "ignored" not in record and state.above:
        record = {**state.above, **record}
        state.counts["baris tanpa akun memakai akun baris di atasnya"] += 1
    state.counts["id rusak oleh Excel (misalnya 1,79E+18) tidak dipakai"] += is_dead_id(record.get("record_id"))
    made = activity(record, pointer, state.profile, context.zone)
    if made is None or isinstance(made, Rejection):
        return made or Rejection(pointer, "bukan aktivitas")
    made["actor"] = made.get("actor") or cell_text(record.get("fallback_actor")) or _person(state)
    return _kind(made, record, state)


def _each_act(row: Row, record: Mapping[str, Any], state: _State) -> list[Row]:
    """One row per act its cell names ("menyukai dan mengomentari"); written words belong to the comment or post alone."""
    kinds = kinds_in(cell_text(record.get("kind")) or "")
    if len(kinds) < 2:
        return [row]
    state.counts["baris menyebut beberapa perbuatan; tiap perbuatan dibaca"] += 1
    worded = [kind for kind in kinds if kind in ("comment", "post")]
    rows = [
        {**row, "kind": kind, **({"text": None} if worded and kind not in worded else {}), **_toward(row, kind)}
        for kind in kinds
    ]
    return sorted(rows, key=lambda one: bool(one.get("text")))  # a text that runs over belongs to the last


def _toward(row: Row, kind: str) -> dict[str, Any]:
    if kind in ("like", "share", "comment") and row.get("target_url"):
        return {"target_kind": row.get("target_kind") or "content"}
    return {}


def _person(state: _State) -> str | None:
    """The person a sheet is named after; `Sheet1`, `Rekap` and the like name nobody."""
    plain = folded(state.title).rstrip("0123456789 ")
    if not plain or plain in state.profile.words["titles"]:
        return None
    state.counts["baris memakai judul lembar sebagai akun"] += 1
    return state.title.strip()


def _kind(row: Row, record: Mapping[str, Any], state: _State) -> Row:
    """The kind as written, else what the text column's own name says (komentar), else a post."""
    written = cell_text(record.get("kind"))
    named = kinds_in(written or "")
    if written is None and state.header.says_comment:
        row["kind"] = "comment"
    elif named:
        row["kind"] = named[0]
    elif written is not None:
        state.counts["jenis aktivitas tidak dikenal, dianggap unggahan"] += 1
    if row["kind"] in ("like", "share", "comment") and row.get("target_url"):
        row["target_kind"] = row.get("target_kind") or "content"
    return row


def _shown(record: Mapping[str, Any]) -> dict[str, str]:
    return {name: cell_text(cell) or "" for name, cell in record.items() if name not in ("ignored", NOTE)}


READER = Reader("analyst", _recognise, read=_read, title="tabel analis")
