"""Detectors notice; they know no law. The list below is the registry: each takes the scene and returns what it noticed.

Order matters only in this: `names`, `numbers` and `accounts` say whom an activity may be about, the later ones look only
where something was noticed (no finding exists without it), and `context` speaks about what the others found. The
classifier (`stance`) comes last: it sees the text only through the hits of the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from screening.classifier.model import Model
from screening.detectors import accounts, claims, context, names, numbers, phrases, stance, symbols
from screening.detectors.gate import worth_reading
from screening.detectors.hits import Hits, table, together
from screening.detectors.scene import Scene
from screening.text import Documents

DETECTORS: tuple[Callable[[Scene], Hits], ...] = (
    names.detect,
    numbers.detect,
    accounts.detect,
    symbols.detect,
    phrases.detect,
    claims.detect,
    context.detect,
)

__all__ = ["DETECTORS", "detect", "worth_reading"]


def detect(
    activities: pd.DataFrame,
    documents: Documents,
    ruleset: Any,
    *,
    everything: bool = False,
    shadowed: bool = False,
    stances: bool = True,
    model: Model | None = None,
) -> pd.DataFrame:
    """HITS of all detectors, in a stable order.

    `everything` also reads texts in which nobody was named; `shadowed` also keeps matches inside a wider one of the same
    meaning (for checking single entries); without `stances` the classifier is not asked (it reads the other hits);
    `model`: the classifier, where it is not the shipped one.

    `ruleset` needs `lexicon` (`ruleset.lexicon.Lexicon`), `contests` (id -> Contest) and `accounts` (register or None).
    """
    scene = Scene(activities, documents, ruleset, everything=everything, shadowed=shadowed)
    hits = together(detector(scene) for detector in DETECTORS)
    if stances and len(hits):
        hits = together([hits, stance.detect(scene, hits, model)])
    return table(hits, activities)
