"""What stands within some tokens of a match, for many matches at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screening.detectors.found import Bools, Found, Ints
from screening.text import Documents


@dataclass(frozen=True)
class Places:
    """Where things of several kinds stand (tokens `first`..`last`), sorted by kind, then by first token."""

    kind: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True)
class Asked:
    """What each match asks for: a kind of place, within how many tokens, and whether one `inside` the match counts."""

    kind: Ints
    window: Ints
    inside: Bools


def near(docs: Documents, found: Found, asked: Asked, places: Places) -> Bools:
    """Whether a place of the kind asked for begins within the window around each match, in the same doc."""
    bounds, doc = docs.first_token, docs.doc[found.first]
    width = len(docs.doc) + 1
    line, start = places.kind * width + places.first, asked.kind * width
    low = np.maximum(bounds[doc], found.first - asked.window)
    high = np.minimum(bounds[doc + 1] - 1, found.last + asked.window)
    count = np.searchsorted(line, start + high, side="right") - np.searchsorted(line, start + low)
    rest = np.flatnonzero((count > 0) & ~asked.inside)
    for offset in range(int((found.last - found.first)[rest].max(initial=-1)) + 1):
        token, last = found.first[rest] + offset, found.last[rest]
        at = np.minimum(np.searchsorted(line, start[rest] + token), len(line) - 1)
        count[rest] -= (token <= last) & (line[at] == start[rest] + token) & (places.last[at] <= last)
    return count > 0
