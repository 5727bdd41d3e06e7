"""Skimming: which pieces stand in which text of a chunk, without laying out any token. All texts, at the cost of a glance.

Works on the UTF-8 bytes that Arrow holds anyway; only *distinct* pieces become Python strings. What is learnt about a piece
(`Vocabulary`) then tells which few texts deserve `documents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.tables import FIELDS, texts
from screening.text.hashed import Bools, Bytes, Ints
from screening.text.sentences import SPACES
from screening.text.vocabulary import Vocabulary

_LAST_NARROW = 0x20  # all ASCII characters up to the blank are white space, none beyond
_BLANKS = "".join(map(chr, SPACES))
_WIDE = [chr(c).encode() for c in SPACES if c > _LAST_NARROW]


@dataclass(frozen=True)
class Skim:
    """`row` (position in the activities) of each non-empty text, and the place of its `first` piece in reading order (and
    behind the last); the ids of the distinct pieces (`listed`, some twice), and `which` of them stands at each place."""

    row: Ints
    first: Ints
    listed: Ints
    which: npt.NDArray[np.int32]

    def at_places(self, told: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """At each place what is told of its piece (`told`: by id)."""
        return told[self.listed][self.which]

    def texts_at(self, places: Ints) -> Ints:
        """The text in which each of the places lies."""
        return np.searchsorted(self.first, places, side="right") - 1

    def piece_at(self, places: Ints) -> Ints:
        """The piece at each of the places."""
        return self.listed[self.which[places]]

    def pieces_of(self, texts: Bools) -> tuple[Ints, Ints]:
        """Text and piece at each place of the texts that are marked."""
        some = np.flatnonzero(texts)
        count = np.diff(self.first)[some]
        place = np.arange(int(count.sum())) + np.repeat(self.first[some] - (np.cumsum(count) - count), count)
        return np.repeat(some, count), self.piece_at(place)


@dataclass(frozen=True)
class Cut:
    """One field of a chunk, cut at white space: `row` of its non-empty texts, how many pieces each has (`count`), a list
    that holds every piece, and `which` of them stands at each place. Needs no vocabulary, so any thread can make it."""

    row: Ints
    count: Ints
    pieces: list[str]
    which: Ints


def cut(activities: pd.DataFrame, fields: tuple[str, ...] = FIELDS) -> list[Cut]:
    """The given text fields of ACTIVITIES."""
    return [_cut(utf8(activities[field])) for field in fields if field in activities]


def skim(activities: pd.DataFrame, vocabulary: Vocabulary, cuts: list[Cut] | None = None) -> Skim:
    """The pieces of the readable fields of ACTIVITIES (`cuts`, if they are cut already), as `documents` would cut them."""
    cuts = cut(activities) if cuts is None else cuts
    listed = [vocabulary.pieces(one.pieces) for one in cuts]
    before = np.cumsum([0, *map(len, listed)], dtype=np.int32)
    count = np.concatenate([one.count for one in cuts])
    return Skim(
        row=np.concatenate([one.row for one in cuts]),
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(count)]),
        listed=np.concatenate(listed),
        which=np.concatenate([one.which + start for one, start in zip(cuts, before, strict=False)], dtype=np.int32),
    )


@dataclass(frozen=True)
class Utf8:
    """A column as bytes: text i is `data[offsets[i]:offsets[i + 1]]`."""

    data: Bytes
    offsets: Ints


def utf8(column: pd.Series) -> Utf8:
    """A column's UTF-8 bytes and where each text starts; a missing text is an empty one."""
    array = pc.fill_null(texts(column), "")
    _, offsets, data = array.buffers()
    at = np.frombuffer(offsets, np.int64, len(array) + 1, array.offset * 8)
    return Utf8(np.frombuffer(data or b"", np.uint8), at)


def _cut(texts: Utf8) -> Cut:
    row = np.flatnonzero(np.diff(texts.offsets) > 0)
    start, end = texts.offsets[row], texts.offsets[row + 1]
    if not len(row):
        return Cut(row, row, [], row)
    low, high = int(start[0]), int(end[-1])
    data = texts.data[low:high]
    inside = np.zeros(len(data) + 1, bool)  # what lies before the first byte is outside
    np.logical_not(_spaces(data), out=inside[1:])
    new = ~inside[:-1]
    new[start - low] = True  # a text begins here, so a piece of the one before has ended
    begins = np.flatnonzero(inside[1:] & new)
    count = np.diff(np.searchsorted(begins, np.append(start - low, len(data))))
    return Cut(row, count, *pieces_at(begins, data))


def pieces_at(begins: Ints, data: Bytes | bytes) -> tuple[list[str], Ints]:
    """Pieces of UTF-8 `data` that begin at these bytes, the next one or the end behind each: a list that holds every one
    of them, some twice, and which stands at each place."""
    edges = np.append(begins, len(data))
    held = pa.LargeStringArray.from_buffers(len(begins), pa.py_buffer(edges), pa.py_buffer(data))
    runs = held.dictionary_encode()  # each with the white space behind it
    distinct = pc.utf8_rtrim(runs.dictionary, characters=_BLANKS)
    return distinct.to_numpy(zero_copy_only=False).tolist(), runs.indices.to_numpy()


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
