"""Judge a table of activities by their statements: findings (one row per activity and act) and judged activities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.judge.bench import Bench
from screening.judge.elements import RANK
from screening.judge.evidence import Statement, weighed
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
_STATEMENT = (
    "activity_id", "statement_id", "field", "predicate", "speaker", "meant", "toward", "channel", "quote", "quote_start",
    "quote_end", "strength", "how", "supported", "entry_id",
)  # fmt: skip


def judge(
    activities: pd.DataFrame, statements: pd.DataFrame, ruleset: Ruleset, bench: Bench | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(FINDINGS, JUDGED) of ACTIVITIES and STATEMENTS; Python-level work only where one can matter to an act.

    `bench`: of this ruleset, used for an earlier table; it remembers how evidence was judged, and changes only the time.
    """
    bench = Bench(ruleset) if bench is None else bench
    owners = bench.accounts.owners(activities)
    activities = activities.assign(subject_id=owners.subjects(activities["subject_id"]))
    by_id = {one: said for one, said in read_statements(statements, bench).items() if opens(said, bench)}
    chosen = _rows_with(activities, list(by_id))
    rows: list[dict[str, Any]] = []
    counts = [0]
    for activity, person in zip(_records(activities, chosen), owners.of[chosen].tolist(), strict=True):
        behind = owners.people[person]
        if ruleset.roster is None or behind is not None:
            case = bench.case(activity, by_id[activity["activity_id"]], behind)
            rows.extend(rows_of(activity, case, ruleset.risk))
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


def read_statements(statements: pd.DataFrame, bench: Bench) -> dict[str, list[Statement]]:
    """Statements by activity, in an order that does not depend on the detectors'."""
    columns = [_cells(statements[name]) for name in _STATEMENT]
    activity = columns.pop(0)
    toward = [one or "" for one in columns[5]]
    columns[5] = toward
    risk = bench.ruleset.risk
    grouped: dict[str, list[Statement]] = {}
    kept = [Statement(*values) for values in zip(*columns, strict=True)]
    weights = [weighed(one, risk) for one in kept]
    looks: dict[Any, tuple[Any, ...]] = {}

    def place(i: int) -> tuple[Any, ...]:
        one = kept[i]
        return activity[i], one.field, one.start, one.end, one.predicate, not one.toward, one.toward, one.quote

    for at in sorted(range(len(kept)), key=place):
        one = kept[at]
        weak = one.strength if weights[at] == 1 and one.predicate in bench.cues and one.how != "model" else 0.0
        model = one.how == "model"
        look = (one.field, one.predicate, one.meant, bool(one.toward), weights[at], weak, one.strength > 0, model)
        grouped.setdefault(activity[at], []).append(one._replace(look=looks.setdefault(look, look)))
    return grouped


def opens(statements: Iterable[Statement], bench: Bench) -> bool:
    """Whether one of them carries a signal an act can arise from: somebody or an account named, or a claim."""
    return any(one.predicate in bench.gates and one.strength > 0 for one in statements)


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
