"""Tables of research tools and vendors: one reader per profile in `profiles/`, all alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from screening.readers.core.headers import LOOK_AHEAD, folded, names
from screening.readers.core.reader import Claim, Context, Counted, Item, Note, Reader, Rejection, at, listed
from screening.readers.core.source import Source
from screening.readers.core.tabular import all_headers, beginnings, is_json, json_records, named, tables
from screening.readers.core.workbook import Broken, Sheet
from screening.readers.tables.mapped import activity, bound, cell_text, first, is_dead_id
from screening.readers.tables.profile import Nested, Profile, shipped_profiles
from screening.readers.times.order import Order, Orders, is_numeric

Found = Iterator[Item]
_DEEPEST = 5  # answers to answers; platforms show one or two levels
_NO_ACT = "baris bukan aktivitas menurut profil"


def readers() -> tuple[Reader, ...]:
    """A reader for every shipped profile that needs no parser of its own."""
    return tuple(reader(profile) for profile in shipped_profiles() if not profile.parser)


def reader(profile: Profile) -> Reader:
    """The reader of one profile (also of one a user wrote)."""
    return Reader(profile.name, partial(recognise, profile), read=partial(read, profile), title=profile.title)


def recognise(profile: Profile, source: Source) -> Claim | None:
    """A claim when one of the first rows is this profile's header."""
    if is_json(source) and not profile.json:
        return None
    return Claim() if any(profile.fits(header) for header in all_headers(source)) else None


def read(profile: Profile, source: Source, context: Context) -> Found:
    """The activities of all sheets that carry the profile's header."""
    if is_json(source):
        yield from _from_json(profile, source, context)
        return
    orders = [_order(profile, sheet) for sheet in tables(source)] if _dated_by_hand(profile, source) else []
    for number, sheet in enumerate(tables(source)):
        order = orders[number] if number < len(orders) else Order(profile.order)
        yield from from_sheet(replace(profile, order=order.value), sheet, context)
        if order.note:
            yield Note(order.note)


def _dated_by_hand(profile: Profile, source: Source) -> bool:
    """Whether the first rows of a table hold dates of small numbers, so that day or month may come first."""
    if profile.reading == "epoch" or profile.order != "DMY":
        return False
    return any(is_numeric(cell) for _, rows in beginnings(source) for row in rows for cell in row)


def _order(profile: Profile, sheet: Sheet) -> Order:
    """Day or month first in a sheet's time column, from all its values."""
    orders, at = Orders(""), -1
    for number, (_, cells) in enumerate(sheet.rows):
        if at < 0:
            header = names(cells)
            if profile.fits(header):
                at = next((header.index(name) for name in profile.columns.get("happened_at", ()) if name in header), -1)
                orders = Orders(str(cells[at]))
            if (profile.fits(header) and at < 0) or number >= LOOK_AHEAD:
                break
        elif at < len(cells):
            orders.add(cells[at])
    return orders.result()


def _from_json(profile: Profile, source: Source, context: Context) -> Found:
    none = 0
    for item in json_records(source):
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, flat, record = item
        if (found := activity(flat, pointer, profile, context.zone)) is not None:
            yield found
        else:
            none += 1
            continue
        for rule in profile.nested:
            yield from _inner(rule, rule.list, pointer, record, flat, context, 0)
    yield Counted(none, _NO_ACT)


def _inner(
    rule: Nested, key: str, pointer: str, record: Any, above: dict[str, Any] | Any, context: Context, depth: int
) -> Found:
    """The acts in a list inside a record, and in the lists of the same kind inside its entries."""
    for number, entry in enumerate(listed(at(record, key))):
        where = f"{pointer}/{key}/{number}"
        if not isinstance(entry, dict):
            yield Rejection(where, "bukan rekaman JSON", entry)
            continue
        made = activity(named(entry), where, rule.profile, context.zone)
        if isinstance(made, dict):
            given = {name: cell_text(first(above, headers)) for name, headers in rule.above.items()}
            yield {**made, **{name: value for name, value in given.items() if value and not made.get(name)}}
        elif made is not None:
            yield made
        for inner in rule.again if depth < _DEEPEST else ():
            yield from _inner(rule, inner, where, entry, above, context, depth + 1)


def from_sheet(profile: Profile, sheet: Sheet, context: Context) -> Found:
    """The rows below the profile's header; rows before it, blank rows and repeated headers are counted."""
    header: list[str] = []
    mapping = profile
    damaged = 0
    counts: Counter[str] = Counter()
    for number, (pointer, cells) in enumerate(sheet.rows):
        if not header or _is_header(cells, header):
            found = names(cells)
            counts["baris kepala tabel" if header or profile.fits(found) else "baris di atas kepala tabel"] += 1
            if profile.fits(found):
                header, mapping = found, bound(profile, found)
            elif not header and number >= LOOK_AHEAD:
                break
            continue
        if isinstance(cells, Broken):
            yield Rejection(pointer, cells.why, list(cells))
            continue
        if not any(cell_text(cell) for cell in cells):
            counts["baris kosong"] += 1
            continue
        if any(cell_text(cell) for cell in cells[len(header) :]):
            yield Rejection(pointer, f"baris berisi {len(cells)} kolom, seharusnya {len(header)}", cells)
            continue
        record = dict(zip(header, cells, strict=False))
        damaged += is_dead_id(first(record, profile.columns.get("record_id", ())))
        made = activity(record, pointer, mapping, context.zone)
        if made is None:
            counts[_NO_ACT] += 1
        else:
            yield made
    yield from map(Note, sheet.notes if header else [])
    if damaged:
        yield Note(f"{damaged} id rusak oleh Excel (misalnya 1,79E+18) dan tidak dipakai")
    for what, count in (counts + sheet.counts).items():
        yield Counted(count, what, told=what == _NO_ACT)


def _is_header(cells: list[Any], header: list[str]) -> bool:
    """Whether the header comes again; the first cell is looked at before the whole row is folded."""
    at = next(index for index, name in enumerate(header) if name)
    if at >= len(cells) or not isinstance(cells[at], str) or folded(cells[at]) != header[at]:
        return False
    return names(cells)[: len(header)] == header[: len(cells)] and len(cells) > 1
