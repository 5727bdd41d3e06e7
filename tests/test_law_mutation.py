"""The law changed in one thing: every mutant of the 24 + 4 acts is noticed by the acts' own scenes, and by them alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from screening.audit.scenes import check_scenes, setting
from screening.ruleset.acts import Act, Document
from screening.ruleset.load import load_ruleset

RULES = load_ruleset(["dki-jakarta"])
STAGED = setting(RULES)
TABLE = [act for act in RULES.acts if act.id.startswith(("BKD-", "SEKDA-"))]
ELEMENTS = {one.name: one for pack in RULES.packs.values() for act in pack.acts for one in act.elements}
STATUSES = ("bakal_calon", "calon", "party")
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def other_elements(act: Act) -> list[str]:
    """Three elements the act does not ask for, others for each act."""
    names = [name for name in sorted(ELEMENTS) if ELEMENTS[name] not in act.elements]
    first = sum(map(ord, act.id))
    return [names[(first + step) % len(names)] for step in (0, 11, 23)]


def in_elements(act: Act) -> Iterator[tuple[str, Act]]:
    for at, element in enumerate(act.elements):
        rest = act.elements[:at] + act.elements[at + 1 :]
        if rest:
            yield f"tanpa {element.name}", replace(act, elements=rest)
        for name in other_elements(act):
            yield f"{element.name} -> {name}", replace(act, elements=(*rest, ELEMENTS[name]))


def in_statuses(act: Act) -> Iterator[tuple[str, Act]]:
    if act.target != "contestant":  # such an act asks for no status; that it does not is part of it
        yield "hanya calon", replace(act, target="contestant", statuses=frozenset({"calon"}))
        return
    for status in STATUSES:
        if status in act.statuses:
            yield f"tanpa {status}", replace(act, statuses=act.statuses - {status})
            yield (
                f"{status} diragukan",
                replace(act, statuses=act.statuses - {status}, doubtful=act.doubtful | {status}),
            )
        else:
            yield f"juga {status}", replace(act, statuses=act.statuses | {status}, doubtful=act.doubtful - {status})
    for status in act.doubtful:
        yield f"tanpa ragu {status}", replace(act, doubtful=act.doubtful - {status})
    for status in STATUSES:
        if act.statuses != {status}:
            yield f"hanya {status}", replace(act, statuses=frozenset({status}))


def in_dates(act: Act) -> Iterator[tuple[str, Act]]:
    document = act.document
    assert document.valid_from is not None

    def at(**days: date | None) -> Act:
        changed: Document = replace(document, **days)
        return replace(act, document=changed)

    for step in (-YEAR, -DAY, DAY, YEAR):
        yield f"mulai {step.days:+}", at(valid_from=document.valid_from + step)
        if document.valid_to:
            yield f"akhir {step.days:+}", at(valid_to=document.valid_to + step)
    yield "tanpa mulai", at(valid_from=None)
    yield ("tanpa akhir", at(valid_to=None)) if document.valid_to else ("berakhir", at(valid_to=date(2026, 11, 29)))


def test_the_24_and_4_acts_have_scenes_for_each_element():
    assert len(TABLE) == 28
    for act in TABLE:
        assert sum(scene.result == "finding" for scene in act.scenes) >= 1, act.id
        assert len(act.scenes) > len(act.elements), act.id
    assert check_scenes(RULES, STAGED) == []


@pytest.mark.parametrize("act", TABLE, ids=[act.id for act in TABLE])
@pytest.mark.parametrize("changes", [in_elements, in_statuses, in_dates])
def test_every_change_of_an_act_is_noticed_by_its_own_scenes(act, changes):
    own = [one for one in STAGED if one.act_id == act.id]
    unnoticed = []
    mutants = list(changes(act))
    assert mutants
    for what, mutant in mutants:
        acts = tuple(mutant if one.id == act.id else one for one in RULES.acts if one.id in (act.id, act.carries))
        if not check_scenes(replace(RULES, acts=acts), own):
            unnoticed.append(what)
    assert unnoticed == []


def test_scenes_of_the_national_table_hold_where_nothing_carries_it():
    assert check_scenes(load_ruleset(["nasional"])) == []
