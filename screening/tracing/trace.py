"""Follow one activity through all stages; `trace` does them again, `recorded` tells what a run has kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from screening.judge import Bench, judge
from screening.judge.evidence import weighed
from screening.judge.judging import opens, read_statements
from screening.ruleset.load import Ruleset
from screening.tables import ACTIVITIES
from screening.tracing.acts import Tried, tried
from screening.tracing.refused import Refused, refused
from screening.tracing.weighed import Opinion
from screening.tracing.weighed import weighed as weighed_signs
from screening.tracing.words import why_not

SINGLE = "jejak"  # activity_id of an activity that is of no run


class Clause(NamedTuple):
    """A clause of a field: the number of its sentence, its characters, and its words as the lexicon knows them."""

    field: str
    sentence: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Trace:
    """All that is known of one activity. Tables have the contracts of `screening.tables`; `statements` has besides `weight`
    (3 plain evidence, 2 the classifier is sure, 1 a hint, 0 nothing) and `why` (Indonesian, where it is not plain evidence).

    `clauses`, `refused` (names that stand there and were not taken) and `opinions` (what was weighed, with its signs) are empty
    where a run's tables are all there is.
    """

    activity: Mapping[str, Any]
    clauses: tuple[Clause, ...]
    refused: tuple[Refused, ...]
    hits: pd.DataFrame
    statements: pd.DataFrame
    tried: tuple[Tried, ...]
    findings: pd.DataFrame
    ruleset: Ruleset
    opinions: tuple[Opinion, ...] = ()

    @cached_property
    def text(self) -> str:
        """Every stage in Indonesian."""
        from screening.tracing.tell import whole

        return "\n".join(whole(self))

    @cached_property
    def why(self) -> str:
        """In Indonesian: what was seen, and why it is a finding or none."""
        from screening.tracing.tell import short

        return "\n".join(short(self))


def trace(activity: str | Mapping[str, Any], ruleset: Ruleset) -> Trace:
    """Screen one activity, keeping what every stage made of it.

    `activity`: some columns of ACTIVITIES, or only the text of a post; without `happened_at` its day is unknown. Values that
    the contract does not allow raise pandera's SchemaErrors.
    """
    from screening.detectors import DETECTORS
    from screening.detectors.scene import Scene
    from screening.statements import reading_of
    from screening.text import documents

    given: Mapping[str, Any] = {"text": activity} if isinstance(activity, str) else activity
    table = ACTIVITIES.check(ACTIVITIES.build([_completed(given)]))
    read = documents(table)
    hits, statements, opinions = _noticed(table, read, ruleset)
    scene = Scene(table, read, ruleset)
    for detector in DETECTORS:
        detector(scene)
    clauses: list[Clause] = []
    for doc in range(len(read)):
        reading, field = reading_of(read, doc), read.field[doc]
        for number in sorted(set(reading.clause)):
            at = [i for i, one in enumerate(reading.clause) if one == number]
            text = reading.text[reading.start[at[0]] : reading.end[at[-1]]]
            clauses.append(Clause(field, reading.sentence[at[0]], text, tuple(reading.words[i] for i in at)))
    turned_down = refused(scene, [read.field[doc] for doc in range(len(read))])
    return replace(_judged(table, clauses, turned_down, hits, statements, ruleset), opinions=opinions)


def _noticed(
    table: pd.DataFrame, read: Any, ruleset: Ruleset
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Opinion, ...]]:
    """HITS and STATEMENTS as `pipeline.notice` makes them, a long text in stretches; and what was weighed for them."""
    from screening.detectors import detect
    from screening.statements import bind
    from screening.stretches import stretched, within_budget
    from screening.text import documents

    parts = stretched(table)
    read = documents(parts.rows) if parts.home else read
    hits = within_budget(detect(parts.rows, read, ruleset), parts.home)
    opinions = weighed_signs(parts.rows, read, hits, ruleset)
    return parts.hits(hits), parts.statements(bind(parts.rows, read, hits, ruleset)), opinions


def recorded(
    activity: Mapping[str, Any], hits: pd.DataFrame, statements: pd.DataFrame, findings: pd.DataFrame, ruleset: Ruleset
) -> Trace:
    """The trace of an activity of a run (a record of JUDGED) from what the run kept of it: all its hits, statements, findings."""
    made = _judged(ACTIVITIES.build([activity]), (), (), hits, statements, ruleset)
    return Trace(activity, (), (), hits, made.statements, made.tried, findings.reset_index(drop=True), ruleset)


def _completed(given: Mapping[str, Any]) -> dict[str, Any]:
    day = given.get("happened_at")
    missing: dict[str, Any] = {
        "activity_id": SINGLE, "platform": "other", "kind": "post", "visibility": "unknown",
        "time_basis": "absent" if day is None or pd.isna(day) else "exact_utc", "source_file": SINGLE, "source_pointer": "1",
    }  # fmt: skip
    return missing | {name: value for name, value in given.items() if value is not None}


def _judged(
    table: pd.DataFrame, clauses: Any, turned_down: Any, hits: pd.DataFrame, statements: pd.DataFrame, ruleset: Ruleset
) -> Trace:
    bench = Bench(ruleset)
    findings, judged = judge(table, statements, ruleset, bench)
    owners = bench.accounts.owners(table)
    person = owners.people[int(owners.of[0])]
    said = read_statements(statements, bench)
    found: list[Tried] = []
    every = [one for some in said.values() for one in some]
    if opens(every, bench) and (ruleset.roster is None or person is not None):
        moment = table["happened_at"].dt.tz_convert("UTC").iloc[0]
        row = {str(name): (None if pd.isna(value) else value) for name, value in table.iloc[0].items()}
        row["happened_at"] = None if pd.isna(moment) else moment.to_pydatetime()
        found = tried(bench, row, every, person)
    weights = {one.statement_id: weighed(one, ruleset.risk) for one in every}
    rows = statements.to_dict("records")
    weight = [weights[row["statement_id"]] for row in rows]
    why = [why_not({str(k): v for k, v in row.items()}, one) for row, one in zip(rows, weight, strict=True)]
    told = statements.assign(weight=pd.Series(weight, dtype="int64"), why=pd.Series(why, dtype="str"))
    record = {str(name): value for name, value in judged.iloc[0].items()}
    return Trace(record, tuple(clauses), tuple(turned_down), hits, told, tuple(found), findings, ruleset)
