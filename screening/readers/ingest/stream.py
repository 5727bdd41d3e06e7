"""Read the planned files one after another and hand out Readings of bounded size."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from screening.errors import UsageError
from screening.limits import limit
from screening.readers.core.archive import close_all
from screening.readers.core.contents import holds_something
from screening.readers.core.decoding import mended_note
from screening.readers.core.reader import Columns, Context, Counted, Item, Note, Rejection, Unread
from screening.readers.core.source import Source, SourceError
from screening.readers.ingest import faulty
from screening.readers.ingest.assemble import Reading
from screening.readers.ingest.later import Later
from screening.readers.ingest.pile import Pile, Tally
from screening.readers.ingest.plan import Planned, plan


def zone_of(timezone: str) -> tzinfo:
    """The zone of that name; raises UsageError."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"{timezone}: bukan nama zona waktu; contoh: Asia/Jakarta, Asia/Makassar.") from error


def stream(
    inputs: Iterable[Path | str],
    timezone: str,
    owner: str | None,
    rows: int,
    *,
    whole: bool = False,
    pictures: bool = False,
    later: Later | None = None,
) -> Iterator[Reading]:
    """The inputs as Readings of about `rows` activities, the first of half as many, so that somebody can begin with it
    while the next is read; at least one, so that even an unreadable input is told. `whole`: all in one Reading. `later`:
    what repeats acts of earlier Readings is kept there for a second pass, or in that pass completes them."""
    zone, unit = zone_of(timezone), max(rows // 2, 1)
    planned = plan(inputs)
    places = {item.source.name: item.source for item in planned}
    sizes = [item.source.size if item.outcome == "read" else 0 for item in planned]
    total, behind = max(sum(sizes), 1), 0
    pile = Pile(pictures, later)
    enough, told = unit, False
    try:
        for item, size in zip(planned, sizes, strict=True):
            tally = Tally(item.source, item.reader.name if item.reader else "", item.outcome, notes=[item.note])
            for _ in _read(item, tally, _context(item, zone, owner, places), pile, unit):
                if whole:
                    pile.settle(unit)
                elif pile.size >= enough:
                    yield pile.reading((behind + min(item.source.position(), size)) / total)
                    enough, told = rows, True
            pile.close(tally)
            behind += size
            item.source.forget()
        if not told or not pile.empty:
            yield pile.reading()
    finally:
        close_all()


def _context(item: Planned, zone: tzinfo, owner: str | None, places: dict[str, Source]) -> Context:
    folder = item.source.name.rpartition("/")[0]
    return Context(zone, item.owner or owner, item.claim.detail, lambda name: places.get(f"{folder}/{name}"))


def _read(item: Planned, tally: Tally, context: Context, pile: Pile, rows: int) -> Iterator[None]:
    """Put one file on the pile, pausing after each record; a file that breaks off keeps what was read, and the break
    is a rejected row."""
    if item.outcome != "read" or item.reader is None:
        return
    try:
        _ = item.source.sha256  # the whole file is readable, or it is an error before anything is kept
        until = time.monotonic() + _seconds(item.source.size)
        for found in _items(item, context, rows):
            if time.monotonic() > until:
                raise SourceError("membacanya terlalu lama; sisanya tidak dibaca")
            if isinstance(found, (Note, Counted, Unread)):
                tally.remark(found)
            else:
                pile.add(tally, found)
                yield
        if item.source.changed():
            tally.warning = "berubah selagi dibaca; jalankan ulang setelah berkasnya selesai disalin"
        if mended := mended_note(item.source):
            tally.notes.append(mended)
        if not (tally.read or tally.explained or tally.unread) and holds_something(item.source):
            tally.outcome = "error"
            tally.notes.append(f"dikenali sebagai {item.reader.shown} dan berisi data, tetapi tidak satu pun terbaca")
        return
    except SourceError as error:
        why = str(error)
    except OSError as error:
        why = f"tidak dapat dibaca ({error.strerror or 'galat sistem'})"
    except Exception as error:
        if faulty.STRICT:
            raise
        # One file must never stop the others.
        why = faulty.OUR_FAULT.format(where="pembaca", what=f"{item.reader.name}, {type(error).__name__}")
    if tally.read:
        tally.warning = f"berkas terputus: {why}"
        pile.add(tally, Rejection("", f"berkas terputus: {why}"))
    else:
        tally.outcome, tally.notes = "error", [*tally.notes, why]


def _seconds(size: int) -> float:
    """How long a file of so many bytes may be read."""
    return max(limit("time", "seconds"), limit("time", "seconds_per_mebibyte") * size / (1 << 20))


def _items(item: Planned, context: Context, rows: int) -> Iterable[Item | Columns]:
    assert item.reader is not None
    if item.reader.tables is not None:
        return item.reader.tables(item.source, context, rows)
    assert item.reader.read is not None
    return item.reader.read(item.source, context)
