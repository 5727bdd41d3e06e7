"""Judge a table of activities by their hits: findings (one row per activity and act) and judged activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from operator import not_
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.judge.bench import Bench
from screening.judge.elements import RANK
from screening.judge.evidence import OUTER, Hit, weights
from screening.judge.rows import rows_of
from screening.judge.score import FULL
from screening.ruleset.load import Ruleset
from screening.ruleset.risk import Risk
from screening.tables import BANDS, FINDINGS, JUDGED, texts

Ints = npt.NDArray[np.int64]
_READ = (
    "activity_id", "record_id", "platform", "actor", "subject_id", "kind", "happened_at", "time_basis", "target_kind",
    "tagged", "visibility",
)  # fmt: skip
_HIT = (
    "activity_id", "field", "start", "end", "signal", "contestant_id", "detector", "surface", "strength", "how",
)  # fmt: skip


def judge(
    activities: pd.DataFrame, hits: pd.DataFrame, ruleset: Ruleset, bench: Bench | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(FINDINGS, JUDGED) of ACTIVITIES and HITS; Python-level work only where a signal can matter to an act.

    `bench`: of this ruleset, used for an earlier table; it remembers how evidence was judged, and changes only the time.
    """
    bench = Bench(ruleset) if bench is None else bench
    owners = bench.accounts.owners(activities)
    activities = activities.assign(subject_id=owners.subjects(activities["subject_id"]))
    by_id = _hits_by_activity(hits, bench)
    chosen = _rows_with(activities, list(by_id))
    rows: list[dict[str, Any]] = []
    counts = [0]
    for activity, person in zip(_records(activities, chosen), owners.of[chosen].tolist(), strict=True):
        behind = owners.people[person]
        if ruleset.roster is None or behind is not None:
            rows.extend(rows_of(activity, bench.case(activity, by_id[activity["activity_id"]], behind)))
        counts.append(len(rows))
    scope = np.where(owners.inside() | (ruleset.roster is None), RANK["clear"], RANK["out_of_scope"])
    return FINDINGS.build(rows), _with_outcome(
        activities, scope, rows, np.repeat(chosen, np.diff(counts)), ruleset.risk
    )


def _rows_with(activities: pd.DataFrame, ids: Sequence[str]) -> Ints:
    """Positions of the activities with these ids."""
    return np.flatnonzero(np.asarray(pc.is_in(texts(activities["activity_id"]), pa.array(ids, pa.large_string()))))


def _records(activities: pd.DataFrame, rows: Ints) -> list[dict[str, Any]]:
    """The cells the bench reads, of some rows."""
    table = activities[list(_READ)].take(rows)
    instants = table["happened_at"].dt.tz_localize(None).to_numpy().tolist()  # None where there is none
    columns = {name: _cells(table[name]) for name in _READ if name != "happened_at"}
    columns["happened_at"] = [at if at is None else at.replace(tzinfo=UTC) for at in instants]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _hits_by_activity(hits: pd.DataFrame, bench: Bench) -> dict[str, list[Hit]]:
    """Hits of the activities that carry at least one signal an act can arise from, in an order that does not depend on
    the detectors'."""
    activity, place, start, end, signal, contestant, detector, surface, strength, how = (
        _cells(hits[name]) for name in _HIT
    )
    named = [bool(one) for one in contestant]
    contestant = [one or "" for one in contestant]
    weight = weights(hits, bench.ruleset.risk, bench.cues).tolist()
    look = [one if one[1] not in OUTER else None for one in zip(place, signal, named, weight, strict=True)]
    notes = list(map(Hit, place, signal, contestant, surface, start, end, strength, how, look))
    # Hits that name none come last.
    keys = list(zip(activity, place, start, end, signal, map(not_, named), contestant, detector, surface, strict=True))
    grouped: dict[str, list[Hit]] = {}
    for at in sorted(range(len(keys)), key=keys.__getitem__):
        grouped.setdefault(activity[at], []).append(notes[at])
    return {one: found for one, found in grouped.items() if any(hit.signal in bench.gates for hit in found)}


def _cells(column: pd.Series) -> list[Any]:
    """The cells of a column, None where there is nothing; equal texts are one object, so that they are compared at once."""
    if column.dtype != "str":
        return column.tolist()
    found = texts(column).dictionary_encode()
    distinct = np.array([*found.dictionary.to_pylist(), None], object)
    return distinct[pc.fill_null(found.indices, -1).to_numpy()].tolist()


def _with_outcome(
    activities: pd.DataFrame, scope: Ints, rows: Sequence[dict[str, Any]], of: Ints, risk: Risk
) -> pd.DataFrame:
    """JUDGED: the best result and the highest score of each activity's rows; without rows its `scope` is its result.

    `of`: the position of each row's activity.
    """
    ranks, scores = scope.copy(), np.zeros(len(scope), np.int64)
    np.minimum.at(ranks, of, [RANK[row["result"]] for row in rows])
    np.maximum.at(scores, of, [row["score"] for row in rows])
    bands = np.full(len(scope), -1)
    bands[of] = np.array([BANDS.index(risk.band(score)) for score in range(FULL + 1)])[scores[of]]
    return JUDGED.cast(
        activities.assign(
            result=pd.array(list(RANK), dtype="str").take(ranks),
            score=scores,
            band=pd.array(list(BANDS), dtype="str").take(bands, allow_fill=True),
        )
    )
