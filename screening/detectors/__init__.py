"""Detectors notice; they know no law. The list below is the registry: each takes the scene and returns HITS.

Order matters only in this: `names`, `numbers` and `accounts` say whom an activity may be about, the later ones look only
where something was noticed (no finding exists without it), and `context` speaks about what the others found. The
classifier (`stance`) comes last: it sees the text only through the hits of the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from screening.detectors import accounts, claims, context, names, numbers, phrases, stance, symbols
from screening.detectors.gate import worth_reading
from screening.detectors.scene import Scene
from screening.tables import HITS
from screening.text import Documents

DETECTORS: tuple[Callable[[Scene], pd.DataFrame], ...] = (
    names.detect,
    numbers.detect,
    accounts.detect,
    symbols.detect,
    phrases.detect,
    claims.detect,
    context.detect,
)

__all__ = ["DETECTORS", "detect", "worth_reading"]

_ORDER = ["activity_id", "field", "start", "end", "signal", "entry_id", "contestant_id", "detector"]


def detect(
    activities: pd.DataFrame,
    documents: Documents,
    ruleset: Any,
    *,
    everything: bool = False,
    shadowed: bool = False,
    stances: bool = True,
) -> pd.DataFrame:
    """HITS of all detectors, in a stable order.

    `everything` also reads texts in which nobody was named; `shadowed` also keeps matches inside a wider one of the same
    meaning (for checking single entries); without `stances` the classifier is not asked (it reads the other hits).

    `ruleset` needs `lexicon` (`ruleset.lexicon.Lexicon`), `contests` (id -> Contest) and `accounts` (register or None).
    """
    scene = Scene(activities, documents, ruleset, everything=everything, shadowed=shadowed)
    found = [hits for detector in DETECTORS if len(hits := detector(scene))]
    if not found:
        return HITS.empty()
    hits = HITS.cast(pd.concat(found, ignore_index=True)).drop_duplicates(ignore_index=True)
    if stances and len(read := stance.detect(scene, hits)):
        hits = pd.concat([hits, read], ignore_index=True)
    return hits.sort_values(_ORDER, kind="stable", ignore_index=True)
