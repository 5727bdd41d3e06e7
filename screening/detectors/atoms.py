"""The atoms of `requires` and `barred_by` that ask for no words, each judged for many matches: signals, case, phase, home."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from screening.detectors.found import Bools, Found
from screening.detectors.near import Asked, Places, near
from screening.detectors.scene import Scene
from screening.ruleset.conditions import Atom
from screening.tables import FIELDS
from screening.text.vocabulary import CASES

_SHOUTING = 0.6  # above this share of capitalised words, capitals say nothing about a single word
_CASE = {name: code for code, name in enumerate(CASES)}


def _signal_near(scene: Scene, found: Found, atom: Atom, others: Found) -> Bools:
    """Another accepted match of one of the signals (or, `same`, of the same contestant) near."""
    columns = scene.lexicon.columns
    if atom.values == ("same",):
        whose = pd.factorize(np.concatenate([columns.contestant[found.entry], columns.contestant[others.entry]]))[0]
        mine, theirs = whose[: len(found)], whose[len(found) :]
    else:
        signalled = np.array([signal in atom.values for signal in columns.signal.tolist()], bool)
        mine, theirs = np.zeros(len(found), np.int64), np.where(signalled[others.entry], 0, -1)
    order = np.argsort(theirs, kind="stable")
    places = Places(theirs[order], others.first[order], others.last[order])
    asked = Asked(mine, np.full(len(found), atom.window), np.zeros(len(found), bool))
    return (mine >= 0) & near(scene.documents, found, asked, places)


def _case_is(scene: Scene, found: Found, atom: Atom, others: Found) -> Bools:
    allowed = [_CASE[value] for value in atom.values]
    ok = np.isin(scene.cases[found.first], allowed) & np.isin(scene.cases[found.last], allowed)
    if "upper" in atom.values:
        doc = scene.documents.doc[found.first]
        # Around a match that is the whole text nothing can be shouting.
        beside = scene.tokens[doc] > found.last - found.first + 1
        printed = scene.documents.number[doc] == FIELDS.index(
            "picture_text"
        )  # posters are set in capitals: no shouting
        ok &= ~((scene.capitals[doc] > _SHOUTING) & beside & ~printed)
    return ok


def _phase_is(scene: Scene, found: Found, atom: Atom, others: Found) -> Bools:
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


def _at_home(scene: Scene, found: Found, atom: Atom, others: Found) -> Bools:
    contests = scene.ruleset.contests
    mine = scene.lexicon.columns.contest[found.entry]
    away = [
        name for name in set(mine.tolist())
        if name in contests and contests[name].kind == "regional" and name not in scene.home_contests
    ]  # fmt: skip
    return ~np.isin(mine.astype(str), away)


ATOMS: dict[str, Callable[[Scene, Found, Atom, Found], Bools]] = {
    "signal": _signal_near,
    "case": _case_is,
    "home": _at_home,
    "phase": _phase_is,
    "after": _phase_is,
}
