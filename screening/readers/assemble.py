"""From what readers yield to checked tables: fill, refuse what breaks the contract, identify, drop repetitions, count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.identity import Seen, activity_ids
from screening.readers.reader import Columns, Context, Note, Reader, Rejection, Row
from screening.readers.redact import redacted
from screening.readers.source import Source
from screening.readers.twins import Twins
from screening.tables import (
    ACTIVITIES,
    FILES,
    KINDS,
    PLATFORMS,
    REJECTED,
    TARGET_KINDS,
    TIME_BASES,
    VISIBILITIES,
    Contract,
    encode,
)

_TEXTS = [name for name, dtype in ACTIVITIES.columns.items() if dtype == "str"]
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """A piece of what was read: ACTIVITIES, REJECTED, and FILES for the files that ended in this piece.

    `share`: about how much (0–1) of all bytes to be read lies behind; for progress only.
    """

    activities: pd.DataFrame
    rejected: pd.DataFrame
    files: pd.DataFrame
    share: float = 1.0


@dataclass
class Tally:
    """The books of one file while it is read."""

    source: Source
    reader: str = ""
    outcome: str = "read"
    activities: int = 0
    duplicate: int = 0
    rejected: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """One row of FILES; read = activities + duplicate + rejected."""
        notes = [note for note in dict.fromkeys(["" if self.source.problem else self.source.note, *self.notes]) if note]
        if self.duplicate:
            notes.append(f"{self.duplicate} baris sama dengan yang sudah dibaca, dihitung sekali")
        known = self.outcome == "read"
        return {
            "source_file": self.source.name,
            "source_sha256": self.source.sha256 if known else None,
            "reader": self.reader or None,
            "outcome": self.outcome,
            "read": self.activities + self.duplicate + self.rejected,
            "activities": self.activities,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "kinds": encode(self.kinds),
            "note": "; ".join(notes) or None,
        }


def pieces(reader: Reader, source: Source, context: Context, rows: int, twins: Twins) -> Iterator[Columns | Note]:
    """What a reader yields, as frames of at most about `rows` rows with canonical columns."""
    if reader.tables is not None:
        yield from reader.tables(source, context, rows)
        return
    assert reader.read is not None
    kept: list[Row] = []
    refused: list[Rejection] = []
    repeated = 0
    for item in reader.read(source, context):
        if isinstance(item, Note):
            yield item
            continue
        if isinstance(item, dict) and twins.met(item.pop("twin", ())):
            repeated += 1
            continue
        if not isinstance(item, Rejection) and (why := _unusable(item)):
            item = Rejection(item.get("source_pointer") or "", why, item)
        (refused if isinstance(item, Rejection) else kept).append(item)  # type: ignore[arg-type]
        if len(kept) + len(refused) >= rows:
            yield Columns(frame_of(kept), refused, repeated)
            kept, refused, repeated = [], [], 0
    twins.end_of_file()
    yield Columns(frame_of(kept), refused, repeated)


def _unusable(row: Row) -> str:
    """Why a row breaks the contract, or the empty string."""
    if row.get("kind") not in KINDS:
        return "jenis aktivitas tidak dikenal"
    if row.get("target_kind") is not None and row["target_kind"] not in TARGET_KINDS:
        return "jenis sasaran tidak dikenal"
    if row.get("time_basis", "absent") not in TIME_BASES or row.get("visibility", "unknown") not in VISIBILITIES:
        return "nilai waktu atau keterlihatan tidak dikenal"
    return "" if row.get("platform", "other") in PLATFORMS else "platform tidak dikenal"


def frame_of(rows: list[Row]) -> pd.DataFrame:
    """Rows as a frame with the columns of ACTIVITIES but the id and the file; gaps filled with honest unknowns."""
    columns = [name for name in ACTIVITIES.columns if name not in ("activity_id", "source_file", "source_sha256")]
    table = {name: [_clean(row.get(name)) for row in rows] for name in columns if name != "happened_at"}
    frame = pd.DataFrame({name: pd.array(values, dtype="str") for name, values in table.items()})
    times = [row.get("happened_at") for row in rows]
    frame["happened_at"] = pd.Series(pd.to_datetime(times, utc=True, errors="coerce")).astype("datetime64[us, UTC]")
    frame["time_basis"] = frame["time_basis"].fillna("absent")
    frame["visibility"] = frame["visibility"].fillna("unknown")
    frame["platform"] = frame["platform"].fillna("other")
    frame["source_pointer"] = frame["source_pointer"].fillna("")
    return frame


def _clean(value: Any) -> str | None:
    """Text that every later stage can write: lone surrogates and NULs of damaged exports become the replacement sign."""
    if value is None:
        return None
    text = value if isinstance(value, str) else str(value)
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    return text if text.isascii() else _SURROGATES.sub("\ufffd", _joined_pairs(text))


def _joined_pairs(text: str) -> str:
    """Two `\\ud8xx\\udcxx` escapes that arrived as single characters become the one they mean."""
    if not _SURROGATES.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def finish(piece: Columns, tally: Tally, seen: Seen) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ACTIVITIES without repetitions and REJECTED of one piece; the tally is updated."""
    frame = piece.frame
    source = tally.source
    frame = frame.assign(source_file=source.name, source_sha256=source.sha256)
    frame["activity_id"] = activity_ids(frame)
    fresh = seen.new(frame["activity_id"])
    tally.duplicate += int(len(fresh) - np.count_nonzero(fresh)) + piece.repeated
    activities = ACTIVITIES.cast(frame if fresh.all() else frame[fresh])
    tally.activities += len(activities)
    tally.rejected += len(piece.rejected)
    for kind, number in activities["kind"].value_counts().items():
        tally.kinds[str(kind)] = tally.kinds.get(str(kind), 0) + int(number)
    return activities, REJECTED.build(
        {"source_file": source.name, "source_pointer": item.pointer, "reason": item.reason, "raw": redacted(item.raw)}
        for item in piece.rejected
    )


def reading(
    activities: list[pd.DataFrame], rejected: list[pd.DataFrame], tallies: list[Tally], share: float = 1.0
) -> Reading:
    """One Reading from its pieces."""
    files = FILES.build(tally.row() for tally in tallies)
    return Reading(_joined(ACTIVITIES, activities), _joined(REJECTED, rejected), files, share)


def joined(readings: list[Reading]) -> Reading:
    """Many Readings as one."""
    return Reading(
        _joined(ACTIVITIES, [part.activities for part in readings]),
        _joined(REJECTED, [part.rejected for part in readings]),
        _joined(FILES, [part.files for part in readings]),
    )


def _joined(contract: Contract, frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return contract.empty()
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
