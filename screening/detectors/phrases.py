"""Phrases of direction and audience: solicitation, support, attack; tied to the contestant they stand beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np

from screening.detectors.found import Found
from screening.detectors.hits import Hits
from screening.detectors.matching import layer_matches, uncrossed, widest
from screening.detectors.scene import Scene
from screening.tables import FIELDS

_AROUND = 3  # target hits looked at on either side of a match
GROUPS = ("stance", "audience", "account", "target")


def detect(scene: Scene) -> Hits:
    """Hits of the groups stance and audience; leaves the claims and media words for `claims`."""
    # An account's name says nothing, and print in a picture is nobody's sentence (`statements/printed.py`).
    opened = scene.opened & ~np.isin(
        scene.documents.number, [FIELDS.index(name) for name in ("target_account", "picture_text")]
    )
    found = uncrossed(scene, layer_matches(scene, "phrases", opened, scene.targets))
    found = widest(scene, found, scene.lexicon.columns.signal_code[found.entry])
    scene.found["phrases"] = found
    return hits_of_groups(scene, found, GROUPS, "phrases")


def hits_of_groups(scene: Scene, found: Found, groups: tuple[str, ...], detector: str) -> Hits:
    """Hits of the matches whose signal belongs to `groups`, with the contestant they stand beside."""
    found = found.keep(np.isin(scene.lexicon.columns.group[found.entry].astype(str), list(groups)))
    return scene.hits(found, detector, contestants_of(scene, found))


def contestants_of(scene: Scene, found: Found) -> np.ndarray:
    """The contestant inside the match, else the nearest in its sentence, else the only one of its doc."""
    docs = scene.documents
    chosen = scene.lexicon.columns.contestant[found.entry]
    doc = docs.doc[found.first].tolist()
    places = zip(found.first.tolist(), found.last.tolist(), doc, strict=True)
    for i, (first, last, here) in enumerate(places):
        named = scene.contestants.get(here)
        if named and not chosen[i]:
            everyone = {contestant for _, _, contestant in named}
            chosen[i] = _nearest(named, first, last, docs.sentence) or (named[0][2] if len(everyone) == 1 else None)
    return chosen


def _nearest(places: list[tuple[int, int, str]], first: int, last: int, sentence: np.ndarray) -> str | None:
    """Of the few places around the match (`places` sorted), the nearest in its sentence."""
    low, high = bisect_left(places, (first,)), bisect_right(places, (last + 1,))
    around = places[max(low - _AROUND, 0) : high + _AROUND]
    here = [p for p in around if sentence[p[0]] == sentence[first] or first <= p[0] <= last]
    return min(here, key=lambda p: (max(p[0] - last, first - p[1], 0), p[0], p[2]))[2] if here else None
