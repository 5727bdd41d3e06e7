"""What detectors pass between them inside one chunk: lexicon matches on tokens, and the places of named targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
HOW_NAMES = np.array(["exact", "folded", "fuzzy"], object)


@dataclass
class Found:
    """Lexicon matches that passed their conditions: tokens, entry numbers, manner, doc."""

    first: Ints
    last: Ints
    entry: Ints
    how: Ints

    def __len__(self) -> int:
        return len(self.first)

    def keep(self, mask: Bools | Ints) -> Found:
        return Found(self.first[mask], self.last[mask], self.entry[mask], self.how[mask])


def joined(parts: list[Found]) -> Found:
    """All matches of the parts, in reading order."""
    both = Found(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("first", "last", "entry", "how")))
    length = both.last - both.first
    place = both.first * (int(length.max(initial=0)) + 1) + length
    return both.keep(np.argsort(place * (int(both.entry.max(initial=0)) + 1) + both.entry, kind="stable"))


class Place(NamedTuple):
    """A hit of a target signal on tokens, wherever it came from."""

    first: int
    last: int
    signal: str
    contestant: str | None
