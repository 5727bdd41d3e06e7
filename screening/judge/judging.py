"""Judge a table of activities by their hits: findings (one row per activity and act) and judged activities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from screening.judge.bench import Bench
from screening.judge.elements import RANK
from screening.judge.evidence import Hit
from screening.judge.rows import other_rule, rows_of
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Person
from screening.tables import FINDINGS, HITS, JUDGED

_READ = (
    "activity_id", "record_id", "platform", "actor", "subject_id", "kind", "happened_at", "time_basis", "target_kind",
    "tagged", "visibility",
)  # fmt: skip
_HIT = ("activity_id", "field", "signal", "contestant_id", "surface", "start", "end", "strength", "how")
_ORDER = ["activity_id", "field", "start", "end", "signal", "contestant_id", "detector"]


def judge(
    activities: pd.DataFrame, hits: pd.DataFrame, ruleset: Ruleset, bench: Bench | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(FINDINGS, JUDGED) of ACTIVITIES and HITS; Python-level work only where a signal can matter to an act.

    `bench`: of this ruleset, used for an earlier table; it remembers how evidence was judged, and changes only the time.
    """
    people = _people(activities, ruleset)
    judged = _scope(activities, people, ruleset)
    bench = Bench(ruleset) if bench is None else bench
    by_id = _hits_by_activity(_gate(hits, bench.gates))
    rows: list[dict[str, Any]] = []
    chosen = judged[judged["activity_id"].isin(set(by_id))]
    for values in chosen[list(_READ)].itertuples(index=False, name=None):
        activity = dict(zip(_READ, values, strict=True))
        person = people.get((activity["platform"], activity["actor"]))
        if ruleset.roster is not None and person is None:
            continue
        case = bench.case(activity, by_id[activity["activity_id"]], person)
        outside = person is not None and person.employment == "non_asn"
        rows.extend((other_rule if outside else rows_of)(activity, case, ruleset))
    findings = FINDINGS.build(rows)
    return findings, _with_outcome(judged, findings, ruleset)


def _people(activities: pd.DataFrame, ruleset: Ruleset) -> dict[tuple[str, str], Person]:
    """Who is behind each (platform, actor) of the table, looked up once per distinct account."""
    if ruleset.roster is None:
        return {}
    pairs = activities[["platform", "actor"]].dropna().drop_duplicates().itertuples(index=False, name=None)
    found = {pair: ruleset.roster.person(*pair) for pair in pairs}
    return {pair: person for pair, person in found.items() if person is not None}


def _scope(activities: pd.DataFrame, people: Mapping[tuple[str, str], Person], ruleset: Ruleset) -> pd.DataFrame:
    """Every activity as `clear`, or `out_of_scope` when a roster says so; subjects filled from the roster."""
    judged = activities.assign(result="clear", score=0, band=None)
    if ruleset.roster is not None and len(judged):
        pairs = zip(judged["platform"].tolist(), judged["actor"].fillna("").tolist(), strict=True)
        found = [people.get(pair) for pair in pairs]
        subjects = [None if person is None else person.subject_id for person in found]
        judged = judged.assign(
            result=["clear" if one is not None and one.employment != "non_asn" else "out_of_scope" for one in found],
            subject_id=pd.Series(subjects, index=judged.index, dtype="str").fillna(judged["subject_id"]),
        )
    return JUDGED.cast(judged)


def _gate(hits: pd.DataFrame, gates: frozenset[str]) -> pd.DataFrame:
    """Hits of the activities that carry at least one signal an act can arise from."""
    ids = hits.loc[hits["signal"].isin(gates), "activity_id"].unique()
    return hits[hits["activity_id"].isin(ids)] if len(ids) else HITS.empty()


def _hits_by_activity(hits: pd.DataFrame) -> dict[str, list[Hit]]:
    """Hits per activity in an order that does not depend on the detectors'."""
    ordered = hits.sort_values(_ORDER, kind="stable")
    grouped: dict[str, list[Hit]] = {}
    for activity, place, signal, contestant, *rest in zip(*(ordered[name].tolist() for name in _HIT), strict=True):
        named = contestant if isinstance(contestant, str) else ""
        grouped.setdefault(activity, []).append(Hit(place, signal, named, *rest))
    return grouped


def _with_outcome(judged: pd.DataFrame, findings: pd.DataFrame, ruleset: Ruleset) -> pd.DataFrame:
    """The best result and the highest score of each activity's rows; activities without rows stay as they are."""
    if not len(findings):
        return judged
    ranked = findings.assign(rank=findings["result"].map(RANK)).groupby("activity_id")
    best = ranked["rank"].min().map({rank: result for result, rank in RANK.items()})
    scores = ranked["score"].max()
    met = judged["activity_id"].isin(best.index)
    ids = judged.loc[met, "activity_id"]
    result, score, band = judged["result"].copy(), judged["score"].copy(), judged["band"].astype("object").copy()
    result[met] = ids.map(best).to_numpy()
    score[met] = ids.map(scores).to_numpy()
    band[met] = ids.map(scores).map(ruleset.risk.band).to_numpy()
    return JUDGED.cast(judged.assign(result=result, score=score, band=band))
