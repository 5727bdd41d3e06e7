"""Emoji and words for gestures, numbers and party symbols: weak on their own, so they never open a text by themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from screening.detectors.scene import Scene
from screening.ruleset.entries import signal_groups


def detect(scene: Scene) -> pd.DataFrame:
    """HITS of group `symbol` in texts where something else was noticed."""
    found = scene.found["names"]
    entries = scene.lexicon.entries
    mine = np.array([signal_groups()[e.signal] == "symbol" for e in entries], bool)
    found = found.keep(mine[found.entry])
    return scene.frame(found.keep(scene.opened[scene.documents.doc[found.first]]), "symbols")
