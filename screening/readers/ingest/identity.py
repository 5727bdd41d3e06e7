"""The id of an activity, and the memory of ids already met.

`activity_id` = first 20 hexadecimal digits of the SHA-256 over platform, actor, kind, time, text, target fields, media
words and record id, so decisions survive a re-export: never file name or order. Missing and empty count as equal, text
is NFC with `\\n` line ends, the time is UTC microseconds (or the raw words where no time could be read), so that the same
table as CSV, XLSX, JSONL or Parquet gives the same ids.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from screening.tables import texts

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = ("platform", "actor", "kind", "happened_at", "text", "target_account", "target_text", "target_url",
         "target_kind", "media_text", "record_id")  # fmt: skip
_SEPARATOR = "\x1f"
_HEX = 20
_CARRIAGE_RETURN = 13
_BLOCK = 1 << 16  # ids merged at a time
# Every character that NFC may change or join to its neighbour (a superset; a test compares it with Unicode's data).
_UNSTABLE = (
    r"[\p{M}\x{0374}\x{037e}\x{0387}\x{0900}-\x{0fff}\x{1100}-\x{11ff}\x{1f00}-\x{1fff}\x{2000}\x{2001}\x{2126}-\x{212b}"
    r"\x{2329}\x{232a}\x{2adc}\x{f900}-\x{fb4f}\x{1d100}-\x{1d1ff}\x{2f800}-\x{2fa1f}]"
)
_EMOJI_STYLE = "\ufe0f"  # a mark, but one that NFC leaves alone, and nearly the only one in posts


def activity_ids(activities: pd.DataFrame) -> pd.Series:
    """The id of every row of a table with the columns of ACTIVITIES (as `str`)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(activities):
        return pd.Series([], dtype="str")
    parts = [_part(activities, name) for name in PARTS]
    separator = pa.scalar(_SEPARATOR, pa.large_string())
    # Neither line ends nor NFC reach across the separator, so the parts become canonical together.
    joined = _composed(
        _line_ends(pc.binary_join_element_wise(*parts, separator, null_handling="replace", null_replacement=""))
    )
    offsets = np.frombuffer(joined.buffers()[1], dtype=np.int64)[joined.offset : joined.offset + len(joined) + 1]
    content = (joined.buffers()[2] or pa.py_buffer(b"")).to_pybytes()
    digests = b"".join([sha256(content[start:end]).digest() for start, end in pairwise(offsets.tolist())])
    short = np.frombuffer(digests, dtype=np.uint8).reshape(len(activities), -1)[:, : _HEX // 2].tobytes()
    ends = np.arange(len(activities) + 1, dtype=np.int64) * _HEX
    ids = pa.LargeStringArray.from_buffers(len(activities), pa.py_buffer(ends), pa.py_buffer(short.hex().encode()))
    return ids.to_pandas().astype("str").set_axis(activities.index)


def _part(activities: pd.DataFrame, name: str) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if name != "happened_at":
        return texts(activities[name])
    stamps = pa.array(activities[name].astype("datetime64[us, UTC]"))
    return pc.coalesce(stamps.cast(pa.int64()).cast(pa.large_string()), texts(activities["time_raw"]))


def _line_ends(texts: pa.Array) -> pa.Array:
    """The texts with `\\n` line ends."""
    import pyarrow.compute as pc

    if _CARRIAGE_RETURN not in np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8):
        return texts
    return pc.replace_substring(pc.replace_substring(texts, "\r\n", "\n"), "\r", "\n")


def _composed(texts: pa.Array) -> pa.Array:
    """The texts in NFC. Nearly all are already: only those with a character that NFC could touch are normalised."""
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
    bare = pc.replace_substring(texts.take(pa.array(odd)), _EMOJI_STYLE, "")
    odd = odd[pc.match_substring_regex(bare, _UNSTABLE).to_numpy(zero_copy_only=False)]
    if not len(odd):
        return texts
    doubtful = np.zeros(len(texts), dtype=bool)
    doubtful[odd] = True
    return pc.replace_with_mask(texts, pa.array(doubtful), pc.utf8_normalize(texts.take(pa.array(odd)), "NFC"))


class Seen:
    """A set of activity ids in ten bytes each: sorted runs that are merged as they grow (as a log-structured tree)."""

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def new(self, ids: pd.Series) -> np.ndarray:
        """True for each id not met before (also not earlier in `ids`); all are remembered."""
        if not len(ids):
            return np.zeros(0, dtype=bool)
        high, low = _numbers(ids)
        order = np.argsort(high)
        if (high[order][1:] == high[order][:-1]).any():  # only then the order of equals matters
            order = np.lexsort((low, high))
        fresh = np.ones(len(ids), dtype=bool)
        same = (high[order][1:] == high[order][:-1]) & (low[order][1:] == low[order][:-1])
        fresh[order[1:][same]] = False
        for known_high, known_low in self._runs:
            fresh[order] &= ~_among(high[order], low[order], known_high, known_low)
        kept = order[fresh[order]]
        self._remember(high[kept], low[kept])
        return fresh

    def _remember(self, high: np.ndarray, low: np.ndarray) -> None:
        if not len(high):
            return
        while self._runs and len(self._runs[-1][0]) <= 2 * len(high):
            high, low = _merged(*self._runs.pop(), high, low)
        self._runs.append((high, low))


def _merged(
    high: np.ndarray, low: np.ndarray, other_high: np.ndarray, other_low: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Two sorted runs as one, block by block: an order of all of them at once would take as much room again."""
    found = np.empty(len(high) + len(other_high), high.dtype), np.empty(len(high) + len(other_high), low.dtype)
    edges = high[::_BLOCK][1:]
    cuts = [0, *np.searchsorted(high, edges).tolist(), len(high)]
    other_cuts = [0, *np.searchsorted(other_high, edges).tolist(), len(other_high)]
    for (start, end), (other_start, other_end) in zip(pairwise(cuts), pairwise(other_cuts), strict=True):
        highs = np.concatenate([high[start:end], other_high[other_start:other_end]])
        lows = np.concatenate([low[start:end], other_low[other_start:other_end]])
        order = np.argsort(highs, kind="stable")
        found[0][start + other_start : end + other_end] = highs[order]
        found[1][start + other_start : end + other_end] = lows[order]
    return found


def _numbers(ids: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    written = texts(ids)
    start, end = np.frombuffer(written.buffers()[1], dtype=np.int64)[[written.offset, written.offset + len(written)]]
    digits = written.buffers()[2].to_pybytes()[start:end].decode("ascii")
    raw = np.frombuffer(bytes.fromhex(digits), dtype=np.uint8).reshape(len(ids), _HEX // 2)
    high = np.ascontiguousarray(raw[:, :8]).view(">u8").ravel().astype(np.uint64)
    return high, np.ascontiguousarray(raw[:, 8:]).view(">u2").ravel().astype(np.uint16)


def _among(high: np.ndarray, low: np.ndarray, known_high: np.ndarray, known_low: np.ndarray) -> np.ndarray:
    """Which pairs lie in the sorted run; ids that share the first 64 bits are compared one by one (they are freak)."""
    place = np.searchsorted(known_high, high, "left")
    candidates = np.flatnonzero(known_high[np.minimum(place, len(known_high) - 1)] == high)
    found = np.zeros(len(high), dtype=bool)
    for index in candidates.tolist():
        end = place[index]
        while end < len(known_high) and known_high[end] == high[index]:
            found[index] |= bool(known_low[end] == low[index])
            end += 1
    return found
