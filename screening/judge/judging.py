"""Judge a table of activities by their hits: findings (one row per activity and act) and judged activities."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.judge.bench import Bench
from screening.judge.elements import RANK
from screening.judge.evidence import Hit
from screening.judge.rows import other_rule, rows_of
from screening.ruleset.load import Ruleset
from screening.ruleset.risk import Risk
from screening.ruleset.roster import Person, Roster
from screening.tables import BANDS, FINDINGS, JUDGED

Ints = npt.NDArray[np.int64]
_READ = (
    "activity_id", "record_id", "platform", "actor", "subject_id", "kind", "happened_at", "time_basis", "target_kind",
    "tagged", "visibility",
)  # fmt: skip
_HIT = ("field", "start", "end", "signal", "contestant_id", "detector", "surface", "strength", "how")


def judge(
    activities: pd.DataFrame, hits: pd.DataFrame, ruleset: Ruleset, bench: Bench | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(FINDINGS, JUDGED) of ACTIVITIES and HITS; Python-level work only where a signal can matter to an act.

    `bench`: of this ruleset, used for an earlier table; it remembers how evidence was judged, and changes only the time.
    """
    people, owner = _people(activities, ruleset.roster)
    activities = activities.assign(subject_id=_subjects(activities, people, owner))
    bench = Bench(ruleset) if bench is None else bench
    by_id = _hits_by_activity(hits, bench.gates)
    chosen = _rows_with(activities, list(by_id))
    rows: list[dict[str, Any]] = []
    for activity, person in zip(_records(activities, chosen), owner[chosen].tolist(), strict=True):
        behind = people[person]
        if ruleset.roster is not None and behind is None:
            continue
        case = bench.case(activity, by_id[activity["activity_id"]], behind)
        outside = behind is not None and behind.employment == "non_asn"
        rows.extend((other_rule if outside else rows_of)(activity, case, ruleset))
    inside = [ruleset.roster is None or (one is not None and one.employment != "non_asn") for one in people]
    scope = np.where(np.array(inside, bool)[owner], RANK["clear"], RANK["out_of_scope"])
    return FINDINGS.build(rows), _with_outcome(activities, scope, chosen, rows, ruleset.risk)


def _people(activities: pd.DataFrame, roster: Roster | None) -> tuple[list[Person | None], Ints]:
    """Who is behind each distinct account, looked up once, and which of them each activity belongs to."""
    if roster is None:
        return [None], np.zeros(len(activities), np.int64)
    platform, platforms = pd.factorize(activities["platform"])
    actor, actors = pd.factorize(activities["actor"])  # -1 where there is none
    owner, accounts = pd.factorize(platform * (len(actors) + 1) + actor + 1)
    places, names = platforms.tolist(), actors.tolist()
    pairs = zip((accounts // (len(actors) + 1)).tolist(), (accounts % (len(actors) + 1)).tolist(), strict=True)
    return [roster.person(places[place], names[name - 1]) if name else None for place, name in pairs], owner


def _subjects(activities: pd.DataFrame, people: Sequence[Person | None], owner: Ints) -> pd.Series:
    """Subjects, from the roster where it knows the account."""
    listed = pd.array([None if one is None else one.subject_id for one in people], dtype="str").take(owner)
    return pd.Series(listed, index=activities.index).fillna(activities["subject_id"])


def _rows_with(activities: pd.DataFrame, ids: Sequence[str]) -> Ints:
    """Positions of the activities with these ids."""
    given = pa.array(activities["activity_id"], pa.large_string())
    return np.flatnonzero(np.asarray(pc.is_in(given, pa.array(ids, pa.large_string()))))


def _records(activities: pd.DataFrame, rows: Ints) -> list[dict[str, Any]]:
    """The cells the bench reads, of some rows."""
    table = activities[list(_READ)].take(rows)
    cells = zip(*(table[name].to_numpy(object).tolist() for name in _READ), strict=True)
    return [dict(zip(_READ, values, strict=True)) for values in cells]


def _hits_by_activity(hits: pd.DataFrame, gates: Collection[str]) -> dict[str, list[Hit]]:
    """Hits of the activities that carry at least one signal an act can arise from, in an order that does not depend on
    the detectors'."""
    told = hits.assign(contestant_id=hits["contestant_id"].fillna(""))
    cells = zip(*(told[name].to_numpy(object).tolist() for name in _HIT), strict=True)
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for activity, values in zip(told["activity_id"].to_numpy(object).tolist(), cells, strict=True):
        grouped.setdefault(activity, []).append(values)
    return {
        activity: [
            Hit(place, signal, contestant, surface, start, end, strength, how)
            for place, start, end, signal, contestant, _, surface, strength, how in sorted(found, key=_order)
        ]
        for activity, found in grouped.items()
        if any(values[3] in gates for values in found)
    }


def _order(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Field, place, signal, contestant (hits that name none come last) and detector."""
    return (*values[:4], not values[4], *values[4:6])


def _with_outcome(
    activities: pd.DataFrame, scope: Ints, chosen: Ints, rows: Sequence[dict[str, Any]], risk: Risk
) -> pd.DataFrame:
    """JUDGED: the best result and the highest score of each activity's rows; without rows its `scope` is its result."""
    best: dict[str, tuple[int, int]] = {}
    for row in rows:
        rank, score = best.get(row["activity_id"], (len(RANK), 0))
        best[row["activity_id"]] = min(rank, RANK[row["result"]]), max(score, row["score"])
    ranks, scores, bands = scope.copy(), np.zeros(len(scope), np.int64), np.full(len(scope), -1)
    for at, activity in zip(chosen.tolist(), activities["activity_id"].take(chosen).tolist(), strict=True):
        if activity in best:
            ranks[at], scores[at] = best[activity]
            bands[at] = BANDS.index(risk.band(best[activity][1]))
    return JUDGED.cast(
        activities.assign(
            result=pd.array(list(RANK), dtype="str").take(ranks),
            score=scores,
            band=pd.array(list(BANDS), dtype="str").take(bands, allow_fill=True),
        )
    )
