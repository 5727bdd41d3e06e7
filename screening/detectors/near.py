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
    sentence: Bools | None = None  # where set: only within the match's sentences


def near(docs: Documents, found: Found, asked: Asked, places: Places) -> Bools:
    """Whether a place of the kind asked for begins within the window around each match, in the same doc."""
    bounds, doc = docs.first_token, docs.doc[found.first]
    width = len(docs.doc) + 1
    line, start = places.kind * width + places.first, asked.kind * width
    low = np.maximum(bounds[doc], found.first - asked.window)
    high = np.minimum(bounds[doc + 1] - 1, found.last + asked.window)
    if asked.sentence is not None and asked.sentence.any():
        begins = np.flatnonzero(np.diff(docs.sentence, prepend=-1))  # first token of every sentence
        opens = begins[np.searchsorted(begins, found.first, side="right") - 1]
        closes = np.append(begins, len(docs.sentence))[np.searchsorted(begins, found.last, side="right")] - 1
        low = np.where(asked.sentence, np.maximum(low, opens), low)
        high = np.where(asked.sentence, np.minimum(high, closes), high)
    count = np.searchsorted(line, start + high, side="right") - np.searchsorted(line, start + low)
    rest = np.flatnonzero((count > 0) & ~asked.inside)
    for offset in range(int((found.last - found.first)[rest].max(initial=-1)) + 1):
        token, last = found.first[rest] + offset, found.last[rest]
        at = np.minimum(np.searchsorted(line, start[rest] + token), len(line) - 1)
        count[rest] -= (token <= last) & (line[at] == start[rest] + token) & (places.last[at] <= last)
    return count > 0
