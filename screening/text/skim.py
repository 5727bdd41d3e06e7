"""Skimming: which pieces stand in which text of a chunk, without laying out any token. All texts, at the cost of a glance.

Works on the UTF-8 bytes that Arrow holds anyway; only *distinct* pieces become Python strings. What is learnt about a piece
(`Vocabulary`) then tells which few texts deserve `documents`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.tables import FIELDS
from screening.text.sentences import SPACES
from screening.text.vocabulary import Ints, Vocabulary

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
_LAST_NARROW = 0x20  # all ASCII characters up to the blank are white space, none beyond
_WIDE = [chr(c).encode() for c in SPACES if c > _LAST_NARROW]


@dataclass(frozen=True)
class Skim:
    """`row` (position in the activities) of each non-empty text; per piece, in reading order, its text and its id."""

    row: Ints
    doc: Ints
    piece: Ints


def skim(activities: pd.DataFrame, vocabulary: Vocabulary, fields: tuple[str, ...] = FIELDS) -> Skim:
    """The pieces of the given text fields of ACTIVITIES, the same as `documents` would cut."""
    vocabulary.make_room()
    rows, docs, pieces, before = [], [], [], 0
    for field in fields:
        texts = _texts(activities[field])
        row = np.flatnonzero(np.diff(texts.offsets) > 0)
        count, distinct, which = _cut(texts, row)
        rows.append(row)
        docs.append(np.repeat(np.arange(before, before + len(row)), count))
        pieces.append(vocabulary.pieces(distinct)[which])
        before += len(row)
    return Skim(np.concatenate(rows), np.concatenate(docs), np.concatenate(pieces))


@dataclass(frozen=True)
class _Texts:
    data: Bytes
    offsets: Ints


def _texts(column: pd.Series) -> _Texts:
    """A column's UTF-8 bytes and where each text starts; a missing text is an empty one."""
    held = pa.array(column, pa.large_string())
    array = pc.fill_null(held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held, "")
    _, offsets, data = array.buffers()
    at = np.frombuffer(offsets, np.int64, len(array) + 1, array.offset * 8)
    return _Texts(np.frombuffer(data or b"", np.uint8), at)


def _cut(texts: _Texts, row: Ints) -> tuple[Ints, list[str], Ints]:
    """Pieces of the texts of `row`: how many each has, the distinct ones, and which of them stands at each place."""
    start, end = texts.offsets[row], texts.offsets[row + 1]
    if not len(row):
        return row, [], row
    low, high = int(start[0]), int(end[-1])
    data = texts.data[low:high]
    inside = np.ones(len(data) + 2, bool)
    inside[0] = inside[-1] = False
    inside[1:-1] = ~_spaces(data)
    new = np.zeros(len(data) + 1, bool)  # a text begins here, so a piece of the one before has ended
    new[start - low] = new[end - low] = True
    begins = np.flatnonzero(inside[1:] & (~inside[:-1] | new))
    ends = np.flatnonzero(inside[:-1] & (~inside[1:] | new))
    edges = np.empty(2 * len(begins), np.int64)
    edges[::2], edges[1::2] = begins, ends
    distinct, which = distinct_pieces(edges, data)
    count = np.diff(np.searchsorted(begins, np.append(start - low, len(data))))
    return count, distinct, which


def distinct_pieces(edges: Ints, data: Bytes | bytes) -> tuple[list[str], Ints]:
    """The distinct pieces of UTF-8 `data`, and which stands at each place; `edges`: start, end, start, end … in bytes."""
    held = pa.LargeStringArray.from_buffers(max(len(edges) - 1, 0), pa.py_buffer(edges), pa.py_buffer(data))
    runs = held.dictionary_encode()  # of what lies between the pieces, too; that is left out
    of_run = runs.indices.to_numpy()[::2]
    used = np.zeros(len(runs.dictionary), bool)
    used[of_run] = True
    distinct = runs.dictionary.filter(pa.array(used)).to_numpy(zero_copy_only=False).tolist()
    return distinct, (np.cumsum(used) - 1)[of_run]


def _spaces(data: Bytes) -> Bools:
    """Which bytes belong to white space; wide spaces (U+00A0, U+2003, U+3000 …) are several bytes long."""
    found = data <= _LAST_NARROW
    leads = np.flatnonzero(data >= _WIDE[0][0])
    leads = leads[np.isin(data[leads], [code[0] for code in _WIDE])]
    if not len(leads):
        return found
    padded = np.concatenate([data, np.zeros(2, np.uint8)])
    for code in _WIDE:
        at = leads
        for i, byte in enumerate(code):
            at = at[padded[at + i] == byte]
        for i in range(len(code)):
            found[at + i] = True
    return found
