"""Negation and its scope: "saya tidak mendukung X" is no support. Words: `lexicons/words/penyangkal.csv`."""

from __future__ import annotations

import numpy as np

from screening.detectors.scene import Found, Scene
from screening.ruleset.entries import signal_groups
from screening.text.slang import standard
from screening.text.wordlists import word_set

_REACH = 3  # tokens between the negator and what it denies
_GROUPS = ("stance", "claim", "target")


def split_negated(scene: Scene, found: Found) -> Found:
    """The matches that are not denied; denied ones are noted in `scene.denied` as (negator token, last token)."""
    entries, keep = scene.lexicon.entries, np.ones(len(found), bool)
    for i, (first, last, number) in enumerate(
        zip(found.first.tolist(), found.last.tolist(), found.entry.tolist(), strict=True)
    ):
        if signal_groups()[entries[number].signal] not in _GROUPS:
            continue
        negator = negator_before(scene, first)
        if negator is not None:
            keep[i] = False
            scene.denied.append((negator, last, number))
    return found.keep(keep)


def negator_before(scene: Scene, first: int) -> int | None:
    """The negator that governs the word at `first`, or None."""
    docs = scene.documents
    words, breaks, pairs = word_set("penyangkal"), word_set("pemutus"), word_set("bukan_sangkalan")
    for token in range(first - 1, max(first - 2 - _REACH, -1), -1):
        if docs.sentence[token] != docs.sentence[first] or docs.doc[token] != docs.doc[first]:
            return None
        word = standard(docs.vocabulary.folded[docs.id[token]])
        if word in breaks:
            return None
        if word in words:
            after = standard(docs.vocabulary.folded[docs.id[token + 1]])
            return None if f"{word} {after}" in pairs else token
    return None
