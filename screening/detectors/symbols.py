"""Emoji and words for gestures, numbers and party symbols: weak on their own, so they never open a text by themselves."""

from __future__ import annotations

from screening.detectors.hits import Hits
from screening.detectors.scene import Scene


def detect(scene: Scene) -> Hits:
    """Hits of group `symbol` in texts where something else was noticed."""
    found = scene.found["names"]
    found = found.keep(scene.lexicon.columns.group[found.entry] == "symbol")
    return scene.hits(found.keep(scene.opened[scene.documents.doc[found.first]]), "symbols")
