"""Where the words stand that conditions of ambiguous entries ask for (`word`, `region`, `trigger`)."""

from __future__ import annotations

import numpy as np

from screening.detectors.found import Bools
from screening.ruleset.automaton import Matches, Occurrences
from screening.ruleset.lexicon import Lexicon
from screening.text import Documents


def word_conditions(lexicon: Lexicon, docs: Documents, occurrences: Occurrences, wanted: Bools) -> Matches:
    """Where those words stand in the docs marked in `wanted`; of several of one condition at one place the longest."""
    here = occurrences.keep(wanted[docs.doc[occurrences.first]])
    found = lexicon.condition_automaton.run(here, docs.doc, docs.sentence)
    if not len(found):
        return found
    # Matches come by first and last token: behind a stable sort the longest of a condition at a place is its last one.
    place = found.first * (int(found.output.max()) + 1) + found.output
    order = np.argsort(place, kind="stable")
    longest = order[np.append(np.diff(place[order]) != 0, True)]
    return Matches(found.first[longest], found.last[longest], found.output[longest], found.how[longest])


def with_more(*parts: Matches) -> Matches:
    """All matches of the parts, sorted by condition number, then place."""
    first, last, output, how = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "last", "output", "how")
    )
    order = np.argsort(output * (int(first.max(initial=0)) + 1) + first, kind="stable")
    return Matches(first[order], last[order], output[order], how[order])
