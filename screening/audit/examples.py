"""Acts test themselves: each example sentence must be judged under its act, each counterexample must make no finding of it.

`{contestant}` and `{party}` in an example stand for a contestant and a party of the contests; the day is one on which the
contestant has a status the act asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from screening.audit.scenes import check_scenes
from screening.errors import Problem
from screening.ruleset.acts import Act
from screening.ruleset.contests import Contest, Contestant, status
from screening.ruleset.load import Ruleset
from screening.tables import ACTIVITIES, decode

_LIVE = ("calon", "bakal_calon")


def check_act_examples(ruleset: Ruleset) -> list[Problem]:
    """Every example that is not found under its act, and every counterexample that is."""
    from screening.pipeline import screen

    scenes = [scene for act in ruleset.acts for scene in _scenes(act, ruleset)]
    rows = [{**row, "activity_id": str(number)} for number, (_, _, _, row) in enumerate(scenes)]
    out = screen(ACTIVITIES.build(rows), replace(ruleset, roster=None))
    problems = check_scenes(ruleset)
    says: dict[str, set[str]] = {}  # an act, and those that carry it
    for act in ruleset.acts:
        says.setdefault(act.id, set()).add(act.id)
        says.setdefault(act.carries or act.id, set()).add(act.id)
    for number, (act, words, wanted, _) in enumerate(scenes):
        found = out.findings[out.findings["activity_id"] == str(number)]
        told = set(found.loc[found["result"] != "clear", "act_id"])
        told |= {other for cell in found["alternatives"] for other in decode(cell)}
        if wanted and told.isdisjoint(says[act.id]):
            problems.append(
                Problem(act.file, 0, f"{act.id}: contoh tidak dikenali: {words}", "periksa unsur dan leksikon")
            )
        if not wanted and not says[act.id].isdisjoint(found.loc[found["result"] == "finding", "act_id"]):
            problems.append(
                Problem(act.file, 0, f"{act.id}: contoh sangkalan menjadi temuan: {words}", "periksa pengecualian")
            )
    return problems


def _scenes(act: Act, ruleset: Ruleset) -> Iterator[tuple[Act, str, bool, dict[str, Any]]]:
    if not (act.examples or act.counterexamples):
        return
    contest, contestant, day = _somebody(act, ruleset)
    party = next((one for one in ruleset.contests.get("parpol-2024", contest).contestants.values()), contestant)
    for texts, wanted in ((act.examples, True), (act.counterexamples, False)):
        for text in texts:
            member = contestant.members[0] if contestant.members else contestant.name
            words = text.replace("{contestant}", member).replace("{party}", party.name)
            noon = datetime.combine(day, time(12), ZoneInfo(contest.timezone))
            yield act, words, wanted, {
                "platform": "facebook", "actor": "asn_uji", "visibility": "public",
                "kind": next(kind for kind in ("post", "comment", "bio", "share", "like") if kind in act.kinds),
                "happened_at": pd.Timestamp(noon).tz_convert("UTC"), "time_basis": "exact_utc", "text": words,
                "source_file": act.file, "source_pointer": act.id,
            }  # fmt: skip


def _somebody(act: Act, ruleset: Ruleset) -> tuple[Contest, Contestant, date]:
    """A contestant and a day on which the act could be met, in a contest it covers."""
    found = None
    for contest in ruleset.contests.values():
        if contest.kind not in (act.contest_kinds or {"president", "regional"}) or not contest.contestants:
            continue
        for contestant in contest.contestants.values():
            if contestant.listed:
                continue  # such a name counts only beside a word of the contest
            for stage in contest.phases:
                held = status(ruleset.contests, contestant.id, stage.end)
                fits = held in act.statuses or (held in _LIVE and not act.statuses & set(_LIVE))
                in_force = act.document.in_force(stage.end) and (not act.phases or stage.phase in act.phases)
                if fits and in_force:
                    return contest, contestant, stage.end
                found = found or (contest, contestant, stage.end)
    if found is None:
        raise LookupError("no contest with contestants")
    return found
