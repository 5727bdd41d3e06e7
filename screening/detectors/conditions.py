"""`requires` and `barred_by`: every atom is judged once, for all matches that ask for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screening.detectors.atoms import ATOMS
from screening.detectors.condition_words import words_near
from screening.detectors.found import Bools, Found, Ints
from screening.detectors.near import Asked
from screening.detectors.scene import Scene
from screening.ruleset.conditions import WHOLE, Atom
from screening.ruleset.entries import Entry
from screening.ruleset.lexicon import Lexicon
from screening.text.vocabulary import Rows
from screening.text.wordlists import word_set

_BESIDE = 4  # tokens: what bars a name as a trade or a title stands this near


@dataclass(frozen=True)
class _Conditions:
    """What the entries ask for. `rows`: per entry (clause, atom), the atoms of a clause together; a clause is what must hold
    together, `barring` or required. `number`: of an atom in the lexicon's automaton of condition words, or -1."""

    atoms: tuple[Atom, ...]
    number: Ints
    window: Ints
    rows: Rows
    barring: Bools
    requires: Bools


def allowed(scene: Scene, found: Found, others: Found) -> Bools:
    """Which matches fulfil `requires` and no `barred_by`; `others`: the accepted matches that `signal` atoms look at."""
    known = _known(scene)
    rows, owner = known.rows.take(found.entry)
    ok = ~known.requires[found.entry]
    if not len(rows):
        return ok
    holds = _atoms_hold(scene, found.keep(owner), rows[:, 1], others, known.barring[rows[:, 0]])
    begins = np.flatnonzero((np.diff(owner, prepend=-1) != 0) | (np.diff(rows[:, 0], prepend=-1) != 0))
    near = np.logical_and.reduceat(known.window[rows[:, 1]] <= _BESIDE, begins)
    holds, owner = np.logical_and.reduceat(holds, begins), owner[begins]
    barring = known.barring[rows[begins, 0]]
    ok[owner[holds & ~barring]] = True
    aside = near & _chosen(scene, found)[owner]  # "staf yang tidak dukung X": X is no member of staff
    ok[owner[holds & barring & ~aside]] = False
    return ok


def _chosen(scene: Scene, found: Found) -> Bools:
    """Which matches are names right behind a word of supporting somebody ("dukung X", "mendukung Pak X")."""
    docs = scene.documents
    words, naming = word_set("memilih"), scene.lexicon.columns.alias
    chosen = np.zeros(len(found), bool)
    for i in np.flatnonzero(naming[found.entry]).tolist():
        before = int(found.first[i]) - 1
        chosen[i] = (
            before >= 0
            and docs.doc[before] == docs.doc[found.first[i]]
            and docs.vocabulary.folded[docs.id[before]] in words
        )
    return chosen


def _atoms_hold(scene: Scene, found: Found, asked: Ints, others: Found, barring: Bools) -> Bools:
    """Whether the atom asked for (its number) holds for each match; what bars a phrase must stand in its own sentence, unless
    it is asked of the whole text."""
    known = _known(scene)
    holds = np.zeros(len(found), bool)
    number = known.number[asked]
    words = np.flatnonzero(number >= 0)
    # A word inside a name is part of the name; inside a pattern it stands in a gap and counts.
    inside = scene.lexicon.columns.pattern[found.entry[words]]
    window = known.window[asked[words]]
    holds[words] = words_near(
        scene, found.keep(words), Asked(number[words], window, inside, inside & barring[words] & (window < WHOLE))
    )
    for i in np.unique(asked[number < 0]).tolist():
        at, atom = np.flatnonzero(asked == i), known.atoms[i]
        if atom.name in ATOMS:  # a word condition without words never holds
            holds[at] = ATOMS[atom.name](scene, found.keep(at), atom, others)
    return holds


def _known(scene: Scene) -> _Conditions:
    """What the entries of the scene's lexicon ask for; found once."""
    known: _Conditions = scene.lexicon.remembered("conditions", lambda: _conditions(scene.lexicon))
    return known


def _conditions(lexicon: Lexicon) -> _Conditions:
    entries = lexicon.entries
    number: dict[Atom, int] = {}
    barring: list[bool] = []
    rows = [_rows_of(entry, number, barring) for entry in entries]
    held = Rows(2)
    held.extend(np.array(list(map(len, rows)), np.int64), np.array([row for some in rows for row in some], np.int64))
    return _Conditions(
        atoms=tuple(number),
        number=np.array([lexicon.condition_numbers.get(atom, -1) for atom in number], np.int64),
        window=np.array([atom.window for atom in number], np.int64),
        rows=held,
        barring=np.array(barring, bool),
        requires=np.array([bool(entry.requires) for entry in entries], bool),
    )


def _rows_of(entry: Entry, number: dict[Atom, int], barring: list[bool]) -> list[tuple[int, int]]:
    """(clause, atom) of one entry; new clauses and atoms are numbered."""
    rows = []
    for alternatives, bars in ((entry.requires, False), (entry.barred_by, True)):
        for clause in alternatives:
            rows += [(len(barring), number.setdefault(atom, len(number))) for atom in clause]
            barring.append(bars)
    return rows


def told_apart(scene: Scene, match: Found, others: Found) -> tuple[list[bool], list[bool]]:
    """For one match: which alternatives of its entry's `requires` hold, and which of `barred_by`, in the entry's order."""
    known = _known(scene)
    rows, owner = known.rows.take(match.entry)
    if not len(rows):
        return [], []
    holds = _atoms_hold(scene, match.keep(owner), rows[:, 1], others, known.barring[rows[:, 0]])
    begins = np.flatnonzero(np.diff(rows[:, 0], prepend=-1) != 0)
    holds, barring = np.logical_and.reduceat(holds, begins), known.barring[rows[begins, 0]]
    return holds[~barring].tolist(), holds[barring].tolist()
