"""From dicts that readers yield to a frame: fill gaps, refuse what breaks the contract, keep text writable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from screening.limits import limit
from screening.readers.core.media import Picture
from screening.readers.core.reader import Row
from screening.tables import (
    ACTIVITIES,
    KINDS,
    PLATFORMS,
    TARGET_KINDS,
    TIME,
    TIME_BASES,
    VISIBILITIES,
    Contract,
    texts,
)

_TEXTS = [name for name, dtype in ACTIVITIES.columns.items() if dtype == "str"]
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """A piece of what was read: ACTIVITIES, REJECTED, and FILES for the files that ended in this piece.

    `share`: about how much (0–1) of all bytes to be read lies behind; for progress only. `pictures`: the media files its
    activities show, where they were asked for. `learnt`: a hash over what files behind this piece told of it, or "".
    """

    activities: pd.DataFrame
    rejected: pd.DataFrame
    files: pd.DataFrame
    share: float = 1.0
    pictures: tuple[Picture, ...] = ()
    learnt: str = ""


def unusable(row: Row) -> str:
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
    table = {name: [row.get(name) for row in rows] for name in columns if name != "happened_at"}
    frame = pd.DataFrame({name: _texts(values) for name, values in table.items()})
    times = [row.get("happened_at") for row in rows]
    frame["happened_at"] = pd.Series(times, dtype=TIME)
    frame["time_basis"] = frame["time_basis"].fillna("absent")
    frame["visibility"] = frame["visibility"].fillna("unknown")
    frame["platform"] = frame["platform"].fillna("other")
    frame["source_pointer"] = frame["source_pointer"].fillna("")
    return frame


def _texts(values: list[Any]) -> pd.Series:
    """A column of text. Arrow takes nearly every one as it is; what it refuses (numbers, lone surrogates) is cleaned."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        column = pa.array(values, pa.large_string())
    except (pa.ArrowException, UnicodeError, TypeError):
        column = pa.array([_clean(value) for value in values], pa.large_string())
    if pc.any(pc.match_substring(column, "\x00")).as_py():
        column = pc.replace_substring(column, "\x00", "\ufffd")
    return column.to_pandas().astype("str")


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


def shortened(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[int]]:
    """The frame with no text longer than `written.characters`, and the positions of the rows that had one."""
    import numpy as np
    import pyarrow.compute as pc

    most = limit("written", "characters")
    long = np.zeros(len(frame), bool)
    cut: dict[str, Any] = {}
    for name in _TEXTS:
        if name not in frame:
            continue
        column = texts(frame[name])
        if column.nbytes <= most or (pc.max(pc.binary_length(column)).as_py() or 0) <= most:
            continue
        over = pc.fill_null(pc.greater(pc.utf8_length(column), most), False).to_numpy(zero_copy_only=False)
        if over.any():
            long |= over
            cut[name] = pc.utf8_slice_codeunits(column, 0, most).to_pandas().astype("str").set_axis(frame.index)
    return (frame.assign(**cut) if cut else frame), np.flatnonzero(long).tolist()


def stacked(contract: Contract, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of one contract below each other."""
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return contract.empty()
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
