"""Acts held against one activity: which elements are there, which are not, and what cleared it; also those that never fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from screening.judge import Bench
from screening.judge.bench import NOT_THEIRS, PERMITTED, permits
from screening.judge.elements import Situation, fit, status_for
from screening.judge.evidence import NAMING, Evidence, Statement, gather, holds
from screening.judge.standing import Standing
from screening.ruleset.acts import Act, atoms_of
from screening.ruleset.roster import Person

_UNLIKE = ("status", "masa")  # why an act cannot fit at all: the contestant's status, or the stage of the contest


class Tried(NamedTuple):
    """An act and how far it fits towards one contestant ("": nobody in particular).

    `shown`, `doubtful`, `absent`: texts of its elements and of what else is uncertain; `cleared`: texts of exceptions;
    `unlike`: why it cannot fit at all ("status", "masa" or ""); `result`: of RESULTS, or "" where it does not fit.
    """

    act: Act
    contestant: str
    result: str
    shown: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    unlike: str = ""


def tried(
    bench: Bench, activity: Mapping[str, Any], statements: Sequence[Statement], person: Person | None
) -> list[Tried]:
    """The acts for which at least one element was noticed beyond a mere name, the best-fitting first; `activity` is a record
    of ACTIVITIES, `statements` as `judging` reads them."""
    moment, facts = bench.facts(activity, person)
    lineup, about = bench.about(moment, bench.seen(statements, facts), statements, person)
    control = person.account_control if person is not None else "no_roster"
    best: dict[str, Tried] = {}
    employment = person.employment if person is not None else ""
    replaced = bench.replaced_on(lineup.day)
    for standing, contestant, some in about:
        evidence = bench.seen(some, facts).evidence
        noticed = gather(some, bench.ruleset.risk, bench.cues).every
        stood = evidence if standing is None else evidence.with_facts(standing.atoms())
        at = Situation(evidence, standing, stood, lineup.day, control)
        for act in bench.ruleset.acts:
            if act.id in replaced or (act.binds and employment and employment not in act.binds):
                continue
            if activity["kind"] in act.kinds and act.role != "non_asn" and _touched(act, noticed):
                one = _held(act, contestant, standing, at)
                if one is not None and (act.id not in best or _order(one) < _order(best[act.id])):
                    best[act.id] = one
    permitted = {other for one in best.values() if one.act.role == "izin" and one.result for other in one.act.permits}
    ended = [_freed(one, permitted, control) for one in best.values()]
    return sorted(ended, key=lambda one: (*_order(one), one.act.id))


def _freed(one: Tried, permitted: set[str], control: str) -> Tried:
    """The same act, cleared where it is permitted to this person or the account is not theirs."""
    free = [PERMITTED] if permits(permitted, one.act) else []
    free += [NOT_THEIRS] if control == "not_theirs" else []
    if not free or not one.result:
        return one
    return one._replace(result="clear", cleared=(*one.cleared, *(item.text for item in free)))


def _touched(act: Act, noticed: frozenset[str]) -> bool:
    """Whether something but a name speaks for an element of the act."""
    asked = frozenset().union(*(atoms_of(one.shown) | atoms_of(one.hinted) for one in act.elements))
    return any(atom.partition(":")[2] not in NAMING and not atom.startswith("is:") for atom in asked & noticed)


def _held(act: Act, contestant: str, standing: Standing | None, at: Situation) -> Tried | None:
    if (act.target == "contestant") != (standing is not None):
        return None
    shown, doubtful, absent = _elements(act, at.stood)
    status = status_for(act, standing)
    if status is None:
        stage = standing is not None and bool(set(standing.statuses) & (act.statuses | act.doubtful))
        return Tried(act, contestant, "", shown, doubtful, absent, unlike=_UNLIKE[stage])
    one = fit(act, status, at)
    if one is None:
        return Tried(act, contestant, "", shown, doubtful, absent)
    cleared = tuple(item.text for item, effect in one.spoken if effect == "clear")
    return Tried(act, contestant, one.result, shown, tuple(text for _, text, _ in one.missing), (), cleared)


def _elements(act: Act, stood: Evidence) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Texts of the elements that are shown, hinted at, and absent."""
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    for element in act.elements:
        hinted = holds(element.shown, stood.every) or holds(element.hinted, stood.every)
        parts[0 if holds(element.shown, stood.strong) else 1 if hinted else 2].append(element.text)
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])


def _order(one: Tried) -> tuple[int, int, int]:
    ranks = ("finding", "needs_clarification", "clear")
    return ranks.index(one.result) if one.result else len(ranks) + bool(one.unlike), len(one.absent), len(one.doubtful)
