"""Names and phrases of the lexicon that stand in a text and were not taken, with the condition that failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from screening.detectors.conditions import told_apart
from screening.detectors.found import Found, joined
from screening.detectors.matching import NAMING
from screening.detectors.scene import Scene
from screening.ruleset.conditions import WHOLE, Atom
from screening.ruleset.entries import Entry

_NAMES = "names"
_WORDS = {
    "word": "kata",
    "cue": "kata pemilihan golongan",
    "signal": "petunjuk",
    "case": "huruf",
    "phase": "tahapan",
    "region": "daerah",
}
_ALONE = {
    "trigger": "kata penunjuk nomor",
    "home": "kontes nasional atau daerah sendiri",
    "after": "sesudah undian nomor",
}

# Every condition holds: then letter case, another contest nearer to the day, or a longer name around it decided.
_OTHERWISE = "kalah dari nama lain, huruf lain, atau berada dalam nama orang lain"


class Refused(NamedTuple):
    """A match that was not taken: the characters, the entry, and why in Indonesian."""

    field: str
    surface: str
    entry_id: str
    why: str


def refused(scene: Scene, field_of: list[str]) -> list[Refused]:
    """Matches of the layer of names that the detectors turned down; `scene` after all detectors, `field_of` of its docs.

    Only names are told: a phrase that fails is nearly always one of many for the same words.
    """
    docs, lexicon = scene.documents, scene.lexicon
    fresh = Scene(scene.activities, docs, scene.ruleset)
    matched = []
    for layer in NAMING:
        occurrences = lexicon.restricted(fresh.occurrences, layer)
        matches = lexicon.layers[layer].automaton.run(occurrences, docs.doc, docs.sentence, within=False)
        matched.append(Found(matches.first, matches.last, matches.output, matches.how))
    found = joined(matched)
    taken = scene.found.get(_NAMES, found.keep(np.zeros(len(found), bool)))
    held = set(zip(taken.first.tolist(), taken.last.tolist(), taken.entry.tolist(), strict=True))
    covered = {at for first, last, _ in held for at in range(first, last + 1)}
    made: dict[tuple[str, str, str], Refused] = {}
    for i, (first, last, entry) in enumerate(
        zip(found.first.tolist(), found.last.tolist(), found.entry.tolist(), strict=True)
    ):
        if (first, last, entry) in held or any(at in covered for at in range(first, last + 1)):
            continue
        one, doc = lexicon.entries[entry], int(docs.doc[first])
        surface = docs.texts[doc][int(docs.start[first]) : int(docs.end[last])]
        why = "; ".join(_reasons(scene, found.keep(np.array([i])), taken, one)) or _OTHERWISE
        made.setdefault((field_of[doc], surface, why), Refused(field_of[doc], surface, one.entry_id, why))
    return list(made.values())


def _reasons(scene: Scene, match: Found, taken: Found, entry: Entry) -> Iterator[str]:
    day = scene.days()[scene.documents.doc[match.first[0]]]
    if entry.valid_from and day < np.datetime64(entry.valid_from, "D"):
        yield f"baru berlaku {entry.valid_from.isoformat()}"
    elif entry.valid_to and day > np.datetime64(entry.valid_to, "D"):
        yield f"hanya berlaku sampai {entry.valid_to.isoformat()}"
    required, barring = told_apart(scene, match, joined([taken, match]))
    if entry.requires and not any(required):
        yield "perlu " + " atau ".join(_clause(clause) for clause in entry.requires)
    for clause, bars in zip(entry.barred_by, barring, strict=True):
        if bars:
            yield "dihalangi " + _clause(clause)


def _clause(atoms: tuple[Atom, ...]) -> str:
    return " dan ".join(map(_atom, atoms))


def _atom(atom: Atom) -> str:
    if atom.name in _ALONE:
        return _ALONE[atom.name]
    where = " di seluruh teks" if atom.window == WHOLE else f" dalam {atom.window} kata"
    return f"{_WORDS[atom.name]} {'/'.join(atom.values)}{where if atom.name in ('word', 'cue') else ''}"
