"""Hand-made tables in any layout: the header is found by its words (`profiles/analyst.toml`), wherever it stands.

Reads title rows, repeated headers, one sheet per person, totals, continuation rows, date and time in two columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from screening.platforms import platform_of_address
from screening.readers.core.headers import LOOK_AHEAD, folded, header_row, names
from screening.readers.core.reader import Claim, Context, Counted, Item, Note, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.core.tabular import all_headers, beginnings, is_json, tables
from screening.readers.core.vocabulary import canonical
from screening.readers.core.workbook import Broken, Sheet
from screening.readers.tables.analyst_acts import Act, acts_of, is_nil
from screening.readers.tables.analyst_header import (
    LEAST,
    Header,
    header_of,
    is_correspondence,
    is_empty,
    may_be_header,
    meaning,
    record_of,
    score,
)
from screening.readers.tables.column_values import SAMPLE, SHOWN, Values, is_day, judged
from screening.readers.tables.footer import signs, told
from screening.readers.tables.heading_words import DESCRIPTION
from screening.readers.tables.mapped import activity, bound, cell_text, is_dead_id
from screening.readers.tables.profile import Profile, shipped_profile
from screening.readers.times.order import Order, Orders
from screening.ruleset.accounts import normalise_handle
from screening.ruleset.roster_keys import number_key

_IDENTITY = frozenset({"actor", "fallback_actor"})
_SUBSTANCE = frozenset({"happened_at", "text", "target_url", "target_account", "kind", "description"})
_SAYING = frozenset({"actor", "fallback_actor", "text", "target_url"})
_RUNS_OVER = {"text": "text", "description": "media_text"}  # cells that go on in the next row
_AGAIN, _TOTALS, _JOINED = "kepala tabel berulang", "baris jumlah", "baris lanjutan digabung"
_BELOW = "baris di bawah tabel (tempat, tanggal, tanda tangan) dilewati"
_WHOLE = 3  # who, when and what: a row that tells all is a record wherever it stands
_NIL = "baris yang menyatakan tidak ada temuan"
_PERSON_NUMBER = re.compile(r"(?:\b(?:nip|nrk|nipppk|nik|nrp)\b[.: ]*)?\d(?:[ .]?\d){7,}", re.I)
_BREAK, _TAG = re.compile(r"<br\s*/?>", re.I), re.compile(r"</?[a-z][^<>]*>", re.I)
_TOLD = (_AGAIN, _TOTALS, _JOINED, _NIL, _BELOW)
# What the acts of a row may hold beside the columns of the table (`acts_of`).
_DERIVED = ("platform", "actor", "text", "target_text", "target_account", "target_url", "media_text")


def _recognise(source: Source) -> Claim | None:
    if is_json(source):
        return None
    if any(map(is_correspondence, all_headers(source))):
        return Claim(ignored="surat atau pesan antarorang; tidak pernah dibaca")
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
    mapped: Profile | None = None  # the profile with the columns of this header only
    above: dict[str, Any] = field(default_factory=dict)
    pending: Row | None = None
    counts: Counter[str] = field(default_factory=Counter)
    values: Values = field(default_factory=Values)
    gap: bool = False  # whether an empty row or a sum came just before, so that the records may be over
    over: bool = False  # whether signatures began
    begun: list[Any] = field(default_factory=list)  # the cells of the heading we are under
    row: int = 0  # the row of a workbook that was read last
    named: bool = False  # whether a header names accounts or people
    lines: Counter[str] = field(default_factory=Counter)  # rows that are no records


def _read(source: Source, context: Context) -> Iterator[Item]:
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


def _sheet(sheet: Sheet, state: _State, context: Context) -> Generator[Item, None, int]:
    taken = 0
    for number, (pointer, cells) in enumerate(sheet.rows):
        if not state.header.plan:
            if score(names(cells)) >= LEAST:
                _begin(state, cells)
                yield from _unused(cells, state)
            elif number > LOOK_AHEAD + 20:
                return 0
            state.lines["baris kepala tabel dan di atasnya"] += 1
            continue
        state.gap |= _left_out(pointer, state)
        for item in _row(pointer, cells, state, context):
            taken += 1
            yield item
    if state.pending is not None:
        yield state.pending
        taken += 1
    if state.header.plan and not state.named:
        yield Note("tidak ada kolom akun atau nama")
    yield from (Note(f"{count} {what}") for what, count in state.counts.items() if count)
    for what, count in (state.lines + sheet.counts).items():
        yield Counted(count, what, told=what in _TOLD)
    return taken


def _left_out(pointer: str, state: _State) -> bool:
    """Whether rows of a workbook are missing before this one: Excel writes no row that was never touched."""
    cell = _CELL.search(pointer)
    if cell is None:
        return False
    before, state.row = state.row, int(cell[1])
    return 0 < before < state.row - 1


_CELL = re.compile(r"![A-Z]+(\d+)$")


def _begin(state: _State, cells: list[Any]) -> None:
    if state.begun and cells == state.begun:
        return  # the same heading on every printed page
    state.begun = list(cells)
    header = header_of(names(cells))
    state.header = header.with_values(state.values.columns) if header.names == state.values.names else header
    state.mapped = bound(state.profile, {*_DERIVED, *(column for _, column, _ in state.header.plan)})
    state.named |= any(column in _IDENTITY or column.startswith("actor:") for _, column, _ in state.header.plan)


def _unused(cells: list[Any], state: _State) -> Iterable[Note]:
    """Columns nobody uses: those that hold texts or addresses apart, for they may be what the table is about."""
    used = {at: column for at, column, _ in state.header.plan}
    titles = {at: str(cell).strip() for at, (cell, name) in enumerate(zip(cells, names(cells), strict=True)) if name}
    rich = [titles[at] for at in state.values.rich if at in titles and at not in used]
    plain = [
        title for at, title in titles.items() if at not in used and title not in rich and not meaning(folded(title))
    ]
    own = [titles[at] for at, column in used.items() if column == DESCRIPTION and at in titles]
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
    if isinstance(cells, Broken):
        yield Rejection(pointer, cells.why, list(cells))
        return
    if may_be_header(cells) and score(names(cells)) >= LEAST and not _is_record(cells, state.header):
        _begin(state, cells)
        state.gap = state.over = False
        state.lines[_AGAIN] += 1
        return
    record = record_of(state.header, cells)
    if not record and all(is_empty(cell) for cell in cells):
        state.lines["baris kosong"] += 1
        state.gap = True
        return
    bare = "happened_at" not in record or _SAYING.isdisjoint(record)
    if bare and _is_total(cells, state):  # a sum may stand in any column
        state.lines[_TOTALS] += 1
        state.gap = True
        return
    if state.over or state.gap:
        said = told(record)
        state.over = len(said) < _WHOLE and (state.over or signs(cells))
        if state.over or not said or said in ({"who"}, {"when"}):
            state.lines[_BELOW] += 1
            return
        if said == {"what"}:
            yield Rejection(pointer, "baris sesudah baris kosong tanpa akun dan waktu", _shown(record))
            return
        state.gap = False
    if len(record) == 1 and (column := next(iter(record))) in _RUNS_OVER and state.pending is not None:
        held = _RUNS_OVER[column]
        joined = [state.pending.get(held), cell_text(record[column])]
        state.pending[held] = "\n".join(text for text in joined if text)
        state.lines[_JOINED] += 1
        return
    if state.pending is not None:
        yield state.pending
        state.pending = None
    *before, last = _activities(pointer, record, state, context)
    yield from (made for made in before if made is not None)
    if isinstance(last, Rejection):
        yield last
    else:
        state.pending = last


def _is_record(cells: list[Any], header: Header) -> bool:
    """Whether a row with words that a heading may hold ("Instagram", "Unggahan") is a record all the same: under the heading
    above it a time can be read, or both a kind and a platform stand there, or one of them beside words of no heading."""
    told = 0
    for index, column, _ in header.plan:
        cell = cells[index] if index < len(cells) else None
        if column == "happened_at" and is_day(cell):
            return True
        told += column in ("kind", "platform") and canonical(column, cell_text(cell) or "") is not None
    return told > 1 or (told > 0 and not all(meaning(name) for name in names(cells) if name))


def _is_total(cells: list[Any], state: _State) -> bool:
    words = next((text for cell in cells if (text := cell_text(cell))), "")
    return len(words) < 30 and folded(words) in state.profile.words["total"]


def _activities(pointer: str, record: dict[str, Any], state: _State, context: Context) -> list[Row | Rejection | None]:
    """The acts of a row, at least one entry; None for a row that says nothing was found."""
    if _SUBSTANCE.isdisjoint(record):
        return [Rejection(pointer, "baris tanpa waktu, isi, tautan, dan jenis", _shown(record))]
    if not _IDENTITY.isdisjoint(record) or any(name.startswith("actor:") for name in record):
        state.above = record
    elif record.keys().isdisjoint({"ignored", "nip"}) and state.above:  # a number of its own is somebody of his own
        above = {
            name: cell for name, cell in state.above.items() if name in (*_IDENTITY, "platform", "nip") or ":" in name
        }
        record = {**above, **record}
        state.counts["baris tanpa akun memakai akun baris di atasnya"] += 1
    if is_nil(record):
        state.lines[_NIL] += 1
        return [None]
    if "record_id" in record and is_dead_id(record["record_id"]):
        state.counts["id rusak oleh Excel (misalnya 1,79E+18) tidak dipakai"] += 1
    if state.header.platform:
        record.setdefault("platform", state.header.platform)
    acts = acts_of(record)
    if len(acts) > 1:
        state.counts["aktivitas tambahan dari baris yang memuat beberapa perbuatan, akun, atau alamat"] += len(acts) - 1
    return [_activity(pointer, act, cell_text(record.get("kind")), state, context) for act in acts]


def _activity(pointer: str, act: Act, written: str | None, state: _State, context: Context) -> Row | Rejection:
    made = activity(act.record, pointer, state.mapped or state.profile, context.zone)
    if made is None or isinstance(made, Rejection):
        return made or Rejection(pointer, "bukan aktivitas")
    if made["time_basis"] == "absent" and made["time_raw"]:
        state.counts["waktu yang tidak dapat dipastikan; dikosongkan, kata-katanya disimpan"] += 1
    made["actor"] = made.get("actor") or _named(act.record.get("fallback_actor")) or _person(state)
    made["subject_id"] = made.get("subject_id") or _person_key(act.record) or None
    if state.header.is_marked_up and made.get("text"):
        made["text"] = unescape(_TAG.sub("", _BREAK.sub("\n", made["text"])))
    if act.kind:
        made["kind"] = act.kind
    elif written is None and state.header.says_comment:
        made["kind"] = "comment"
    elif written is not None:
        state.counts["jenis aktivitas tidak dikenal, dianggap unggahan"] += 1
    elif (author := normalise_handle(made.get("target_url"))) and "/" in made["target_url"].split("://")[-1].rstrip(
        "/"
    ):
        _by_its_address(made, author, state.header.of_video)
    if made["kind"] in ("like", "share", "comment") and made.get("target_url"):
        made["target_kind"] = made.get("target_kind") or "content"
    if made["kind"] == "follow" and not made.get("target_account"):
        made["target_account"] = normalise_handle(made.get("target_url")) or None
    return made


def _named(cell: Any) -> str | None:
    """The name in a cell that may also hold a number of the person ("Andi Contoh / NIP. 19900101 …"): the number goes nowhere."""
    words = cell_text(cell)
    return (_PERSON_NUMBER.split(words)[0].strip(" \n-/,;:(|") or None) if words else None


def _person_key(record: Mapping[str, Any]) -> str:
    """Who it is by the number in a column of its own or beside the name."""
    if number := cell_text(record.get("nip")):
        return number_key(number)
    found = _PERSON_NUMBER.search(cell_text(record.get("fallback_actor")) or "")
    return number_key(found[0]) if found else ""


def _by_its_address(made: Row, author: str, of_video: bool) -> None:
    """An address that names its author tells whose a nameless row is; beside the address of a *video* (as tools write it)
    words of somebody else are a comment."""
    if platform_of_address(made["target_url"]) in (None, "other"):
        return  # a page of the press: nobody's account
    if made["kind"] != "post" or not re.search(r"/(?:status|video|photo|post)/\w", made["target_url"]):
        return
    if not made["actor"]:
        made["actor"] = author
    elif of_video and normalise_handle(made["actor"]) != author and made.get("text"):
        made.update(kind="comment", target_account=made.get("target_account") or author)


def _person(state: _State) -> str | None:
    """The person a sheet is named after; `Sheet1`, `Rekap` and the like name nobody."""
    plain = folded(state.title).rstrip("0123456789 ")
    if not plain or plain in state.profile.words["titles"]:
        return None
    state.counts["baris memakai judul lembar sebagai akun"] += 1
    return state.title.strip()


def _shown(record: Mapping[str, Any]) -> dict[str, str]:
    return {name: cell_text(cell) or "" for name, cell in record.items() if name != "ignored"}


READER = Reader("analyst", _recognise, read=_read, title="tabel analis")
