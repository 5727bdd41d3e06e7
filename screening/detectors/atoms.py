"""The atoms of `requires` and `barred_by`, each judged for many matches at once: words near, signals near, case, phase, home."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from screening.detectors.found import Bools, Found, Ints, joined
from screening.detectors.scene import Scene
from screening.ruleset.conditions import Atom
from screening.text.vocabulary import CASES

_SHOUTING = 0.6  # above this share of capitalised words, capitals say nothing about a single word
_CASE = {name: code for code, name in enumerate(CASES)}


def _word_near(scene: Scene, found: Found, atom: Atom, settled: Found | None) -> Bools:
    number = scene.lexicon.condition_numbers.get(atom)
    if number is None:
        return np.zeros(len(found), bool)
    places = scene.conditions
    low, high = np.searchsorted(places.output, [number, number + 1])
    # A word inside a name is part of the name; inside a pattern it stands in a gap and counts.
    patterns = scene.lexicon.columns.pattern[found.entry]
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
    others = joined(sources)
    columns = scene.lexicon.columns
    if atom.values == ("same",):
        ok = np.zeros(len(found), bool)
        whose, mine = columns.contestant[others.entry], columns.contestant[found.entry]
        for contestant in {name for name in mine.tolist() if name}:
            at, theirs = np.flatnonzero(mine == contestant), whose == contestant
            ok[at] = near(scene, found.keep(at), others.first[theirs], others.last[theirs], atom.window)
        return ok
    wanted = np.isin(columns.signal[others.entry].astype(str), list(atom.values))
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
    contests = scene.ruleset.contests
    mine = scene.lexicon.columns.contest[found.entry]
    away = [
        name for name in set(mine.tolist())
        if name in contests and contests[name].kind == "regional" and name not in scene.home_contests
    ]  # fmt: skip
    return ~np.isin(mine.astype(str), away)


ATOMS: dict[str, Callable[[Scene, Found, Atom, Found | None], Bools]] = {
    "word": _word_near,
    "region": _word_near,
    "trigger": _word_near,
    "signal": _signal_near,
    "case": _case_is,
    "home": _at_home,
    "phase": _phase_is,
    "after": _phase_is,
}
