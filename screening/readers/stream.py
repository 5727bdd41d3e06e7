"""Read the planned files one after another and hand out Readings of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from screening.errors import UsageError
from screening.readers.assemble import Reading, Tally, finish, frame_of, pieces, reading
from screening.readers.identity import Seen
from screening.readers.plan import Planned, plan
from screening.readers.reader import Columns, Context, Note, Rejection
from screening.readers.source import Source, SourceError
from screening.readers.twins import Twins
from screening.readers.zipped import close_all

STRICT = False  # tests and `--debug` set it: a fault of ours is raised instead of told


def zone_of(timezone: str) -> tzinfo:
    """The zone of that name; raises UsageError."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"{timezone}: bukan nama zona waktu; contoh: Asia/Jakarta, Asia/Makassar.") from error


def stream(inputs: Iterable[Path | str], timezone: str, owner: str | None, rows: int) -> Iterator[Reading]:
    """The inputs as Readings of about `rows` activities; at least one, so that even an unreadable input is told."""
    zone = zone_of(timezone)
    planned = plan(inputs)
    places = {item.source.name: item.source for item in planned}
    sizes = [item.source.size if item.outcome == "read" else 0 for item in planned]
    total, behind = max(sum(sizes), 1), 0
    seen, twins = Seen(), Twins()
    activities: list[pd.DataFrame] = []
    rejected: list[pd.DataFrame] = []
    done: list[Tally] = []
    told = False
    try:
        for item, size in zip(planned, sizes, strict=True):
            tally = Tally(item.source, item.reader.name if item.reader else "", item.outcome, notes=[item.note])
            for kept, refused in _read(item, tally, _context(item, zone, owner, places), seen, twins, rows):
                activities.append(kept)
                rejected.append(refused)
                if sum(map(len, activities)) >= rows or sum(map(len, rejected)) >= rows:
                    share = (behind + min(item.source.position(), size)) / total
                    yield reading(activities, rejected, done, share)
                    activities, rejected, done, told = [], [], [], True
            done.append(tally)
            behind += size
            item.source.forget()
        if not told or activities or rejected or done:
            yield reading(activities, rejected, done)
    finally:
        close_all()


def _context(item: Planned, zone: tzinfo, owner: str | None, places: dict[str, Source]) -> Context:
    folder = item.source.name.rpartition("/")[0]
    return Context(zone, item.owner or owner, item.claim.detail, lambda name: places.get(f"{folder}/{name}"))


def _read(
    item: Planned, tally: Tally, context: Context, seen: Seen, twins: Twins, rows: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """The pieces of one file; a file that breaks off keeps what was read, and the break is a rejected row."""
    if item.outcome != "read" or item.reader is None:
        return
    try:
        _ = item.source.sha256  # the whole file is readable, or it is an error before anything is kept
        for piece in pieces(item.reader, item.source, context, rows, twins):
            if isinstance(piece, Note):
                tally.notes.append(piece.text)
            else:
                yield finish(piece, tally, seen)
        return
    except SourceError as error:
        why = str(error)
    except OSError as error:
        why = f"tidak dapat dibaca ({error.strerror or 'galat sistem'})"
    except Exception as error:
        if STRICT:
            raise
        # One file must never stop the others; the message could quote a post, the type cannot.
        why = f"galat pembaca {item.reader.name} ({type(error).__name__}); laporkan kepada pengembang"
    if tally.activities + tally.duplicate + tally.rejected:
        yield finish(Columns(frame_of([]), [Rejection("", f"berkas terputus: {why}")]), tally, seen)
    else:
        tally.outcome, tally.notes = "error", [*tally.notes, why]
