"""Phrases of direction and audience: solicitation, support, attack; tied to the contestant they stand beside."""

from __future__ import annotations

import numpy as np
import pandas as pd

from screening.detectors.found import Found
from screening.detectors.matching import layer_matches, widest
from screening.detectors.negation import split_negated
from screening.detectors.scene import Scene
from screening.ruleset.automaton import Occurrences

GROUPS = ("stance", "audience", "account", "target")


def detect(scene: Scene) -> pd.DataFrame:
    """HITS of the groups stance and audience; leaves the claims and media words for `claims`."""
    found = layer_matches(scene, "phrases", scene.opened, named_places(scene))
    found = widest(scene, found, scene.lexicon.columns.signal_code[found.entry])
    found = split_negated(scene, found)
    scene.found["phrases"] = found
    return hits_of_groups(scene, found, GROUPS, "phrases")


def hits_of_groups(scene: Scene, found: Found, groups: tuple[str, ...], detector: str) -> pd.DataFrame:
    """HITS rows of the matches whose signal belongs to `groups`, with the contestant they stand beside."""
    found = found.keep(np.isin(scene.lexicon.columns.group[found.entry].astype(str), list(groups)))
    return scene.frame(found, detector, contestants_of(scene, found))


def named_places(scene: Scene) -> Occurrences:
    """Earlier target hits as pseudo-words `{contestant}`, `{party}` … for the patterns."""
    ids = scene.lexicon.forms.ids
    rows = [(p.first, p.last, ids[f"{{{p.signal}}}"], 0) for p in scene.places if f"{{{p.signal}}}" in ids]
    table = np.array(sorted(set(rows)), np.int64).reshape(-1, 4)
    return Occurrences(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def contestants_of(scene: Scene, found: Found) -> np.ndarray:
    """The contestant inside the match, else the nearest in its sentence, else the only one of its doc."""
    docs = scene.documents
    by_doc: dict[int, list[tuple[int, int, str]]] = {}
    for place in scene.places:
        if place.contestant:
            by_doc.setdefault(int(docs.doc[place.first]), []).append((place.first, place.last, place.contestant))
    chosen = np.full(len(found), None, object)
    for i, (first, last, number) in enumerate(
        zip(found.first.tolist(), found.last.tolist(), found.entry.tolist(), strict=True)
    ):
        own = scene.lexicon.entries[number].contestant_id
        near = by_doc.get(int(docs.doc[first]), [])
        chosen[i] = own or _nearest(near, first, last, docs.sentence)
    return chosen


def _nearest(places: list[tuple[int, int, str]], first: int, last: int, sentence: np.ndarray) -> str | None:
    here = [p for p in places if sentence[p[0]] == sentence[first] or first <= p[0] <= last]
    if here:
        return min(here, key=lambda p: (max(p[0] - last, first - p[1], 0), p[0], p[2]))[2]
    everyone = {contestant for _, _, contestant in places}
    return everyone.pop() if len(everyone) == 1 else None
