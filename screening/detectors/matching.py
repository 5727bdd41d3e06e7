"""Lexicon matches of one layer, checked against dates, letter case, `barred_by` and `requires`; set-wise, not per text."""

from __future__ import annotations

import numpy as np

from screening.detectors.conditions import allowed
from screening.detectors.found import Bools, Found, Ints, joined
from screening.detectors.scene import Scene
from screening.ruleset.automaton import Occurrences

NAMING = (
    "names",
    "listed",
)  # layers that say whom a text is about: a name may run over the end of a sentence ("Johny B. L.")


def layer_matches(scene: Scene, layer: str, opened: Bools | None = None, extra: Occurrences | None = None) -> Found:
    """Accepted matches of a layer; only in docs marked in `opened`; `extra` adds occurrences of earlier hits."""
    docs, lexicon = scene.documents, scene.lexicon
    occurrences = lexicon.restricted(scene.occurrences, layer)
    if opened is not None:
        occurrences = occurrences.keep(opened[docs.doc[occurrences.first]])
    if extra is not None:
        occurrences = _with(occurrences, lexicon.restricted(extra, layer))
    matches = lexicon.layers[layer].automaton.run(occurrences, docs.doc, docs.sentence, within=layer not in NAMING)
    found = Found(matches.first, matches.last, matches.output, matches.how)
    found = found.keep(_valid(scene, found) & _written(scene, found))
    waiting = lexicon.columns.asks_signal[found.entry]
    settled, late = found.keep(~waiting), found.keep(waiting)
    settled = settled.keep(allowed(scene, settled, settled))
    late = late.keep(allowed(scene, late, joined([*scene.found.values(), settled])))
    return joined([settled, late])


def _with(a: Occurrences, b: Occurrences) -> Occurrences:
    parts = [np.concatenate([getattr(a, n), getattr(b, n)]) for n in ("first", "last", "word", "how")]
    order = np.argsort(parts[0], kind="stable")
    return Occurrences(*(part[order] for part in parts))


def _valid(scene: Scene, found: Found) -> Bools:
    """Within the entry's own dates; a doc without a day passes."""
    entries = scene.lexicon.entries
    days = scene.days()[scene.documents.doc[found.first]]
    ok = np.ones(len(found), bool)
    for i in np.unique(found.entry[scene.lexicon.columns.dated[found.entry]]):
        entry = entries[i]
        if entry.valid_from or entry.valid_to:
            mine = found.entry == i
            if entry.valid_from:
                ok[mine] &= ~(days[mine] < np.datetime64(entry.valid_from, "D"))
            if entry.valid_to:
                ok[mine] &= ~(days[mine] > np.datetime64(entry.valid_to, "D"))
    return ok


def _written(scene: Scene, found: Found) -> Bools:
    """Entries with match `exact` only in their own letter case."""
    wanted = scene.lexicon.columns.case[found.entry]
    ok = np.ones(len(found), bool)
    asked = wanted >= 0
    cases = scene.cases
    ok[asked] = (cases[found.first[asked]] == wanted[asked]) & (cases[found.last[asked]] == wanted[asked])
    return ok


def choose_contest(scene: Scene, found: Found) -> Found:
    """Where one name stands for contestants of several contests, only the contest nearest to the activity's day stays."""
    columns = scene.lexicon.columns
    contests, codes = columns.contest[found.entry], columns.signal_code[found.entry]
    named = contests != ""
    order = np.lexsort((codes, found.last, found.first, ~named))
    same = np.zeros(len(found), bool)
    for key in (found.first, found.last, codes, named):
        same[1:] |= np.diff(key[order].astype(np.int64)) != 0
    group = np.empty(len(found), np.int64)
    group[order] = np.cumsum(same)
    far = np.zeros(len(found), np.int64)
    doc = scene.documents.doc[found.first]
    for contest in {name for name in contests.tolist() if name}:
        at = np.flatnonzero(contests == contest)
        far[at] = scene.distance(contest, doc[at])
    nearest = np.full(len(found) + 1, np.iinfo(np.int64).max)
    np.minimum.at(nearest, group, far)
    return found.keep(~named | (far == nearest[group]))


def uncrossed(scene: Scene, found: Found) -> Found:
    """The matches that reach over no second contestant and no word of contrast: what stands behind it is another matter."""
    keep = np.ones(len(found), bool)
    if not len(found):
        return found
    doc = scene.documents.doc[found.first].tolist()
    before = np.concatenate([[0], np.cumsum(scene.contrast)])
    crossed = before[found.last] - before[np.minimum(found.first + 1, found.last)] > 0
    for i, (first, last, here) in enumerate(zip(found.first.tolist(), found.last.tolist(), doc, strict=True)):
        if crossed[i]:
            keep[i] = False
            continue
        named = scene.contestants.get(here)
        if named and last > first:
            whom = {contestant for begin, end, contestant in named if begin <= last and first <= end}
            standing = {one for one in whom if not one.startswith("parpol")} or whom  # "X caleg Gerindra" is one
            keep[i] = len({one.split("/")[-1] for one in standing}) < 2
    return found.keep(keep)


def widest(scene: Scene, found: Found, groups: Ints) -> Found:
    """Drop a match that lies inside a wider one of the same group (`groups`: a number per match)."""
    if scene.shadowed:
        return found
    order = np.lexsort((-found.last, found.first, groups))
    reach = found.last[order] + groups[order] * (len(scene.documents.id) + 1)
    before = np.concatenate([[-1], np.maximum.accumulate(reach)[:-1]]) if len(order) else reach
    same = np.concatenate([[False], (np.diff(groups[order]) == 0)]) if len(order) else np.zeros(0, bool)
    inside = same & (reach <= before)
    keep = np.ones(len(found), bool)
    keep[order[inside]] = False
    return found.keep(keep)
