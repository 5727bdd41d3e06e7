"""Negation and its scope: "saya tidak mendukung X" is no support. Words: `lexicons/words/penyangkal.csv`."""

from __future__ import annotations

import numpy as np

from screening.detectors.found import Found
from screening.detectors.scene import Scene
from screening.text.slang import standard
from screening.text.wordlists import word_set

_REACH = 3  # tokens between the negator and what it denies
_GROUPS = ["stance", "claim"]


def split_negated(scene: Scene, found: Found) -> Found:
    """The matches that are not denied; denied ones are noted in `scene.denied` as (negator token, last token)."""
    columns, keep = scene.lexicon.columns, np.ones(len(found), bool)
    deniable = np.isin(columns.group[found.entry].astype(str), _GROUPS)
    for i in np.flatnonzero(deniable).tolist():
        first, last, number = int(found.first[i]), int(found.last[i]), int(found.entry[i])
        negator = _negator(scene, first, last, number)
        if negator is not None:
            keep[i] = False
            scene.denied.append((negator, last, number))
    return found.keep(keep)


def _negator(scene: Scene, first: int, last: int, number: int) -> int | None:
    """The negator that governs a match: inside one of its gaps, or shortly before it in the same sentence and clause."""
    docs = scene.documents
    words, breaks, pairs = word_set("penyangkal"), word_set("pemutus"), word_set("bukan_sangkalan")
    own = {key for sequence in scene.lexicon.entries[number].sequences for step in sequence for key in step.keys}
    for token in range(last - 1, max(first - 2 - _REACH, -1), -1):
        if docs.sentence[token] != docs.sentence[first] or docs.doc[token] != docs.doc[first]:
            return None
        written = docs.vocabulary.folded[docs.id[token]]
        word = standard(written)
        if token < first and word in breaks:
            return None
        if word in words and not own & {word, written}:
            after = standard(docs.vocabulary.folded[docs.id[token + 1]])
            if f"{word} {after}" not in pairs:
                return token
    return None
