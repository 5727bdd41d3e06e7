"""Scenes: examples of acts that state status, stage and day, judged on a stage made for them.

A plain example finds its own day among those the act allows, so it cannot notice that the act allows another one. A scene
says where it stands; a change of an element, a status or a date of the act is then noticed by the act's own scenes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from screening.errors import Problem
from screening.judge import Bench
from screening.judge.elements import SETTLE
from screening.judge.evidence import Statement
from screening.judge.judging import read_statements
from screening.ruleset.accounts import ROLES, Account, register
from screening.ruleset.acts import Act, Scene
from screening.ruleset.contests import Contest, Phase, Status
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Period, Person, Roster
from screening.tables import ACTIVITIES

_CONTESTS = {
    "president": "pilpres-2024",
    "regional": "pilkada-jakarta-2024",
    "legislative": "pileg-2024",
    "party": "parpol-2024",
}
_EVER = (date(1990, 1, 1), date(2090, 12, 31))
_LIMITS = "keberlakuan"
Stage = tuple[str, str, str, bool]  # kind of contest, status, phase, independent


@dataclass(frozen=True)
class Staged:
    """One scene ready to be judged: what was noticed in it does not depend on any act."""

    act_id: str
    scene: Scene
    status: str
    holds: bool | None  # whether the document must hold on the day; None: not asked
    stage: Stage
    record: Mapping[str, Any]
    statements: tuple[Statement, ...]
    person: Person


def check_scenes(ruleset: Ruleset, staged: Iterable[Staged] | None = None) -> list[Problem]:
    """Every scene whose act comes to another result than it says. `staged`: the scenes of these acts, noticed before."""
    files = {act.id: act.file for act in ruleset.acts}
    benches: dict[Stage, Bench] = {}
    problems = []
    for one in setting(ruleset) if staged is None else staged:
        if one.stage not in benches:
            benches[one.stage] = Bench(_on(ruleset, one.stage))
        came = _came(benches[one.stage], one)
        if came != _wanted(one):
            words = one.scene.text or one.scene.media or one.scene.content or one.scene.account
            what = f"{one.act_id}: adegan ({one.status}, {one.scene.on}) menjadi {came}, bukan {_wanted(one)}: {words}"
            problems.append(Problem(files.get(one.act_id, ""), 0, what, "periksa unsur, status, dan masa berlaku"))
    return problems


def setting(ruleset: Ruleset) -> list[Staged]:
    """The scenes of all acts with what is noticed in them, stage by stage. Acts another one carries have theirs there."""
    from screening.pipeline import notice

    carried = {act.carries for act in ruleset.acts}
    stages: dict[Stage, list[tuple[Act, Scene, str, bool | None]]] = {}
    for act in ruleset.acts:
        for scene, status, holds in _scenes(act) if act.id not in carried else ():
            stage = (scene.contest, status, scene.phase, scene.independent)
            stages.setdefault(stage, []).append((act, scene, status, holds))
    made: list[Staged] = []
    for stage, scenes in stages.items():
        rules = _on(ruleset, stage)
        rows = [_record(str(number), scene, rules, stage) for number, (_, scene, _, _) in enumerate(scenes)]
        activities = ACTIVITIES.build(rows)
        said = read_statements(notice(activities, rules)[1], Bench(rules))
        for row, (act, scene, status, holds) in zip(rows, scenes, strict=True):
            person = _person(scene, rules, stage)
            told = tuple(said.get(str(row["activity_id"]), ()))
            made.append(Staged(act.id, scene, status, holds, stage, row, told, person))
    return made


def _scenes(act: Act) -> Iterator[tuple[Scene, str, bool | None]]:
    """Each scene with each of its statuses; the first that fits also on the edges of the document's validity."""
    document = act.document
    for scene in act.scenes:
        # Scenes taken over from the act it carries may lie before a circular that says nothing of its own days.
        taken = act.carries and not document.edges and not document.in_force(scene.on)
        played = replace(scene, on=document.valid_from) if taken and document.valid_from else scene
        yield from ((played, status, None) for status in scene.status)
    first = next((scene for scene in act.scenes if scene.result != "none"), None)
    if first is not None:
        for day, holds in document.edges:
            yield replace(first, on=day), first.status[0], holds


def _wanted(one: Staged) -> str:
    return "none" if one.holds is False else one.scene.result


def _came(bench: Bench, one: Staged) -> str:
    """finding, needs_clarification, or none: not at all, cleared, or not in force (where that is asked)."""
    case = bench.case(one.record, one.statements, one.person)
    found = next((fit for fit in case.fits if fit.act.id == one.act_id), None)
    if found is None or found.result in ("clear", "out_of_scope"):
        return "none"
    assert _LIMITS in SETTLE
    if any(name == _LIMITS for name, _, _ in found.missing):
        return "none"
    return found.result


def _on(ruleset: Ruleset, stage: Stage) -> Ruleset:
    """The same rules where one contest of the kind stands at a status and a phase for ever, with an account of each role."""
    kind, status, phase, independent = stage
    name = _CONTESTS[kind]
    standing = (Status(status, _EVER[0], "derived", "adegan"),)
    contest = ruleset.contests[name]
    contestants = {
        key: replace(one, statuses=standing, number_from=_EVER[0], independent=independent)
        for key, one in contest.contestants.items()
    }
    played = replace(
        contest, statuses=standing, phases=(Phase(phase, *_EVER, "derived", "adegan"),), contestants=contestants,
        number_from=_EVER[0],
    )  # fmt: skip
    about = next(iter(contestants), f"{name}/1")
    accounts = register([Account("", f"uji_{role}", about, role) for role in ROLES])
    return replace(ruleset, contests={**ruleset.contests, name: played}, accounts=accounts, roster=Roster())


def _somebody(contest: Contest) -> str:
    """A name of the first contestant: the first member of a pair."""
    first = next(iter(contest.contestants.values()), None)
    return (first.members[0] if first.members else first.name) if first is not None else "caleg"


def _record(name: str, scene: Scene, ruleset: Ruleset, stage: Stage) -> dict[str, Any]:
    contest = ruleset.contests[_CONTESTS[stage[0]]]
    party = next(iter(ruleset.contests["parpol-2024"].contestants.values())).name
    noon = datetime.combine(scene.on, time(12), ZoneInfo(contest.timezone))
    words = {
        key: text.replace("{contestant}", _somebody(contest)).replace("{party}", party)
        for key, text in (("text", scene.text), ("media_text", scene.media), ("target_text", scene.content))
        if text
    }
    account = {"target_account": f"uji_{scene.account}"} if scene.account else {}
    where = {"join": "group", "follow": "account"}.get(scene.kind, "content")
    return {
        "activity_id": name, "record_id": name, "platform": "facebook", "actor": "asn_uji", "kind": scene.kind,
        "happened_at": pd.Timestamp(noon).tz_convert("UTC"), "time_basis": "exact_utc", "visibility": scene.visibility,
        "target_kind": where if scene.account or scene.content else None, "tagged": None, "source_file": "adegan",
        "source_pointer": name, **words, **account,
    }  # fmt: skip


def _person(scene: Scene, ruleset: Ruleset, stage: Stage) -> Person:
    contest = ruleset.contests[_CONTESTS[stage[0]]]
    spouse = next(iter(contest.contestants), "") if scene.spouse else ""
    month = timedelta(days=30)
    shift = {"yes": timedelta(), "no": -4 * month}.get(scene.leave)
    leave = () if shift is None else (Period(scene.on + shift - month, scene.on + shift + month),)
    return Person("pegawai-uji", spouse_contestant=spouse, leave=leave, account_control="confirmed")
