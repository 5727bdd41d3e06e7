"""Where the words stand that conditions of ambiguous entries ask for (`word`, `region`, `trigger`)."""

from __future__ import annotations

import numpy as np

from screening.detectors.found import Bools, Found, Ints
from screening.detectors.near import Asked, Places, near
from screening.detectors.scene import Scene


def words_near(scene: Scene, found: Found, asked: Asked) -> Bools:
    """Whether words of a condition (its number in the lexicon is the kind asked for) stand near each match."""
    if not len(found):
        return np.zeros(0, bool)
    return near(scene.documents, found, asked, _places(scene, found, asked.kind))


def _places(scene: Scene, found: Found, numbers: Ints) -> Places:
    """Where words of these conditions stand in the docs of these matches; of several of one condition at one place the
    longest."""
    docs, lexicon = scene.documents, scene.lexicon
    here = np.zeros(len(docs), bool)
    here[docs.doc[found.first]] = True
    wanted = np.zeros(len(lexicon.condition_numbers), bool)
    wanted[numbers] = True
    occurrences = scene.occurrences.keep(here[docs.doc[scene.occurrences.first]])
    words = lexicon.condition_automaton.reporting(wanted).run(occurrences, docs.doc, docs.sentence)
    # Matches come by first and last token: behind a stable sort the longest of a condition at a place is its last one.
    place = words.output * len(docs.doc) + words.first
    order = np.argsort(place, kind="stable")
    longest = order[np.append(np.diff(place[order]) != 0, True)] if len(order) else order
    return Places(words.output[longest], words.first[longest], words.last[longest])
