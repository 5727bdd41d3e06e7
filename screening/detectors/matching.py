"""Lexicon matches of one layer, checked against dates, letter case, `barred_by` and `requires`; set-wise, not per text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from screening.detectors.scene import Bools, Found, Ints, Scene
from screening.ruleset.automaton import Occurrences
from screening.ruleset.conditions import Alternatives, Atom
from screening.ruleset.lexicon import written_case
from screening.text.vocabulary import CASES

_SHOUTING = 0.6  # above this share of capitalised words, capitals say nothing about a single word
_CASE = {name: code for code, name in enumerate(CASES)}


def layer_matches(scene: Scene, layer: str, opened: Bools | None = None, extra: Occurrences | None = None) -> Found:
    """Accepted matches of a layer; only in docs marked in `opened`; `extra` adds occurrences of earlier hits."""
    docs, lexicon = scene.documents, scene.lexicon
    occurrences = lexicon.restricted(scene.occurrences, layer)
    if opened is not None:
        occurrences = occurrences.keep(opened[docs.doc[occurrences.first]])
    if extra is not None:
        occurrences = _joined(occurrences, lexicon.restricted(extra, layer))
    matches = lexicon.layers[layer].automaton.run(occurrences, docs.doc, docs.sentence)
    found = Found(matches.first, matches.last, matches.output, matches.how)
    found = found.keep(_valid(scene, found) & _written(scene, found))
    scene.ask_about(found)
    waiting = _asks_signals(scene, found)
    settled = found.keep(~waiting)
    settled = settled.keep(_allowed(scene, settled, None))
    late = found.keep(waiting)
    late = late.keep(_allowed(scene, late, settled))
    return _concatenate([settled, late])


def _concatenate(parts: list[Found]) -> Found:
    joined = Found(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("first", "last", "entry", "how")))
    return joined.keep(np.lexsort((joined.entry, joined.last, joined.first)))


def _joined(a: Occurrences, b: Occurrences) -> Occurrences:
    parts = [np.concatenate([getattr(a, n), getattr(b, n)]) for n in ("first", "last", "word", "how")]
    order = np.argsort(parts[0], kind="stable")
    return Occurrences(*(part[order] for part in parts))


def _valid(scene: Scene, found: Found) -> Bools:
    """Within the entry's own dates; a doc without a day passes."""
    entries = scene.lexicon.entries
    days = scene.days()[scene.documents.doc[found.first]]
    ok = np.ones(len(found), bool)
    for i in np.unique(found.entry):
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
    wanted = np.array([written_case(entry) for entry in scene.lexicon.entries], np.int64)[found.entry]
    ok = np.ones(len(found), bool)
    asked = wanted >= 0
    cases = scene.cases
    ok[asked] = (cases[found.first[asked]] == wanted[asked]) & (cases[found.last[asked]] == wanted[asked])
    return ok


def _asks_signals(scene: Scene, found: Found) -> Bools:
    asks = np.array(
        [any(a.name == "signal" for c in (*e.requires, *e.barred_by) for a in c) for e in scene.lexicon.entries], bool
    )
    return asks[found.entry] if len(found) else np.zeros(0, bool)


def _allowed(scene: Scene, found: Found, settled: Found | None) -> Bools:
    """`requires` holds and `barred_by` does not; entries with the same conditions are judged together."""
    ok = np.ones(len(found), bool)
    groups: dict[tuple[Alternatives, Alternatives], list[int]] = {}
    for i in np.unique(found.entry):
        entry = scene.lexicon.entries[i]
        if entry.requires or entry.barred_by:
            groups.setdefault((entry.requires, entry.barred_by), []).append(int(i))
    for (requires, barred), members in groups.items():
        at = np.flatnonzero(np.isin(found.entry, members))
        some = found.keep(at)
        if requires:
            ok[at] &= _holds(scene, some, requires, settled)
        if barred:
            ok[at] &= ~_holds(scene, some, barred, settled)
    return ok


def _holds(scene: Scene, found: Found, alternatives: Alternatives, settled: Found | None) -> Bools:
    any_holds = np.zeros(len(found), bool)
    for conjunction in alternatives:
        all_hold = np.ones(len(found), bool)
        for atom in conjunction:
            all_hold &= _ATOMS[atom.name](scene, found, atom, settled)
        any_holds |= all_hold
    return any_holds


def _word_near(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    number = scene.lexicon.condition_numbers.get(atom)
    if number is None:
        return np.zeros(len(found), bool)
    places = scene.conditions
    low, high = np.searchsorted(places.output, [number, number + 1])
    # A word inside a name is part of the name; inside a pattern it stands in a gap and counts.
    patterns = np.array([entry.match == "pattern" for entry in scene.lexicon.entries], bool)[found.entry]
    return near(scene, found, places.first[low:high], places.last[low:high], atom.window, inside=patterns)


def near(scene: Scene, found: Found, first: Ints, last: Ints, window: int, *, inside: Bools | None = None) -> Bools:
    """Whether a place (first, last; sorted by first) begins within `window` tokens of each match; places within the match
    count only where `inside` is true."""
    bounds = scene.documents.first_token
    doc = scene.documents.doc[found.first]
    low = np.maximum(bounds[doc], found.first - window)
    high = np.minimum(bounds[doc + 1] - 1, found.last + window)
    count = np.searchsorted(first, high, side="right") - np.searchsorted(first, low, side="left")
    for offset in range(int((found.last - found.first).max(initial=0)) + 1):
        token = found.first + offset
        at = np.searchsorted(first, token)
        safe = np.minimum(at, max(len(first) - 1, 0))
        if len(first):
            own = (token <= found.last) & (at < len(first)) & (first[safe] == token) & (last[safe] <= found.last)
            count -= own if inside is None else own & ~inside
    return count > 0


def _signal_near(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    """Another accepted hit of one of the signals (or, `same`, of the same contestant) near, in this or an earlier layer."""
    sources = [*scene.found.values()] + ([settled] if settled is not None else [])
    if not sources:
        return np.zeros(len(found), bool)
    others = _concatenate(sources)
    entries = scene.lexicon.entries
    if atom.values == ("same",):
        ok = np.zeros(len(found), bool)
        whose = np.array([entries[i].contestant_id or "" for i in others.entry], object)
        mine = np.array([entries[i].contestant_id or "-" for i in found.entry], object)
        for contestant in set(mine.tolist()) - {"-"}:
            at, theirs = np.flatnonzero(mine == contestant), whose == contestant
            ok[at] = near(scene, found.keep(at), others.first[theirs], others.last[theirs], atom.window)
        return ok
    wanted = np.array([entries[i].signal in atom.values for i in others.entry], bool)
    return near(scene, found, others.first[wanted], others.last[wanted], atom.window)


def _case_is(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    allowed = [_CASE[value] for value in atom.values]
    ok = np.isin(scene.cases[found.first], allowed) & np.isin(scene.cases[found.last], allowed)
    if "upper" in atom.values:
        doc = scene.documents.doc[found.first]
        ok &= ~((scene.capitals[doc] > _SHOUTING) & (scene.tokens[doc] > found_size(found)))
    return ok


def found_size(found: Found) -> int:
    """Tokens of the longest match; a text no longer than that cannot be shouting around it."""
    return int((found.last - found.first).max(initial=0)) + 1


def _phase_is(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    ok = np.zeros(len(found), bool)
    doc = scene.documents.doc[found.first]
    for i in np.unique(found.entry):
        entry = scene.lexicon.entries[i]
        contest = scene.ruleset.contests.get(entry.contest or (entry.contestant_id or "").split("/")[0])
        if contest is None:
            continue
        at = np.flatnonzero(found.entry == i)
        days = scene.days(contest.timezone)[doc[at]]
        if atom.name == "after":
            drawn = contest.number_from
            ok[at] = (days >= np.datetime64(drawn, "D")) if drawn else False
            continue
        for stage in contest.phases:
            if stage.phase in atom.values:
                ok[at] |= (days >= np.datetime64(stage.start, "D")) & (days <= np.datetime64(stage.end, "D"))
    return ok


def _at_home(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    entries, contests = scene.lexicon.entries, scene.ruleset.contests
    home = []
    for entry in entries:
        contest = contests.get(entry.contest or (entry.contestant_id or "").split("/")[0])
        home.append(contest is None or contest.kind != "regional" or contest.id in scene.home_contests)
    return np.array(home, bool)[found.entry]


_ATOMS: dict[str, Callable[[Scene, Found, Atom, Found | None], Bools]] = {
    "word": _word_near,
    "region": _word_near,
    "trigger": _word_near,
    "signal": _signal_near,
    "case": _case_is,
    "home": _at_home,
    "phase": _phase_is,
    "after": _phase_is,
}


def choose_contest(scene: Scene, found: Found) -> Found:
    """Where one name stands for contestants of several contests, only the contest nearest to the activity's day stays."""
    entries = scene.lexicon.entries
    contest_of = np.array([e.contest or (e.contestant_id or "").split("/")[0] for e in entries], object)
    contests = contest_of[found.entry] if len(found) else np.zeros(0, object)
    doc = scene.documents.doc[found.first]
    far = np.zeros(len(found), np.int64)
    for contest in set(contests.tolist()):
        at = np.flatnonzero(contests == contest)
        far[at] = scene.distance(contest, doc[at])
    signals = np.array([e.signal for e in entries], object)[found.entry] if len(found) else np.zeros(0, object)
    codes = np.unique(signals.astype(str), return_inverse=True)[1] if len(found) else np.zeros(0, np.int64)
    named = contests != ""
    order = np.lexsort((far, codes, found.last, found.first))
    keep = np.zeros(len(found), bool)
    best: dict[tuple[int, int, int], int] = {}
    for i in order:
        key = (int(found.first[i]), int(found.last[i]), int(codes[i]))
        keep[i] = not named[i] or far[i] == best.setdefault(key, int(far[i]))
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
