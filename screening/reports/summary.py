"""Counts for people: what was read and where it went, and the queue by act, phase, platform, unit and month.

Everything here is counted in columns (no loop over activities), so a run of millions of rows is summarised in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.labels import count, label, month_name, words
from screening.reports.persons import person_keys
from screening.reports.queue import QUEUE_RESULTS, plain
from screening.reports.rows import case_ids

UNKNOWN = "tidak diketahui"
FOUND = label("result", "finding")


@dataclass(frozen=True)
class Numbers:
    """The review queue in the four words every output uses: people (without a roster: accounts), cases (one person in one
    contest), activities, and assessments (one activity held against one provision)."""

    people: int
    cases: int
    activities: int
    assessments: int

    def __str__(self) -> str:
        return " · ".join(
            f"{count(value)} {word}"
            for value, word in (
                (self.people, "pegawai"), (self.cases, "kasus"), (self.activities, "aktivitas"), (self.assessments, "penilaian"),
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """Activities read and where each of them went; `reconciles` says that nothing was lost."""

    read: int
    screened: int
    duplicate: int
    rejected: int
    out_of_scope: int
    finding: int
    needs_clarification: int
    clear: int
    subjects: int
    numbers: Numbers

    @property
    def reconciles(self) -> bool:
        return self.read == self.screened + self.duplicate + self.rejected + self.out_of_scope


def counts(
    activities: pd.DataFrame,
    files: pd.DataFrame,
    results: Mapping[str, int] | None = None,
    told: Numbers | None = None,
) -> Counts:
    """Count JUDGED activities and FILES; `read` comes from the files, the rest from the rows that are really there.

    `results`: how many activities had each result, where `activities` holds only those with finding rows.
    """
    results = dict(activities["result"].value_counts()) if results is None else results
    outside = int(results.get("out_of_scope", 0))
    flagged = activities["result"].isin(("finding", "needs_clarification"))
    return Counts(
        read=int(files["read"].sum()),
        screened=int(sum(results.values())) - outside,
        duplicate=int(files["duplicate"].sum()),
        rejected=int(files["rejected"].sum()),
        out_of_scope=outside,
        finding=int(results.get("finding", 0)),
        needs_clarification=int(results.get("needs_clarification", 0)),
        clear=int(results.get("clear", 0)),
        subjects=int(person_keys(activities.loc[flagged]).nunique()),
        numbers=told or Numbers(0, 0, 0, 0),
    )


def numbers(findings: pd.DataFrame, activities: pd.DataFrame) -> Numbers:
    """The Numbers of FINDINGS and the JUDGED activities they belong to."""
    wanted = findings[findings["result"].isin(QUEUE_RESULTS)]
    people = activities.drop_duplicates("activity_id").set_index("activity_id")
    keys = person_keys(people.loc[plain(wanted["activity_id"]), ["subject_id", "platform", "actor"]])
    return Numbers(
        int(keys.nunique()), len({*case_ids(wanted, activities)}), int(wanted["activity_id"].nunique()), len(wanted)
    )


def described(queue: pd.DataFrame, context: ReportContext) -> pd.DataFrame:
    """The queue in the words people count by: act, phase, platform, unit, band, result, target; unknown is a word."""
    acts = context.act_table()["summary"]
    units = context.subject_table()["unit"]
    codes = queue["act_id"].astype("object")
    return pd.DataFrame(
        {
            "finding_id": queue["finding_id"],
            "activity_id": queue["activity_id"],
            "subject_id": person_keys(queue),
            "contest": queue["contest"],
            "day": queue["day"],
            "act": codes + codes.map(acts).map(lambda text: f" · {text}" if isinstance(text, str) else ""),
            "phase": _words(queue["phase"], "phase"),
            "platform": _words(queue["platform"], "platform"),
            "unit": queue["subject_id"].map(units).astype("object").fillna(UNKNOWN),
            "band": _words(queue["band"], "band"),
            "result": _words(queue["result"], "result"),
            "contestant": queue["contestant"]
            .map(context.contestant_names())
            .fillna(queue["contestant"])
            .fillna(UNKNOWN),
        }
    )


class Tally(NamedTuple):
    """How many activities hold a finding, and how many hold nothing but what needs clarification; None where withheld."""

    name: str
    findings: int | None
    clarifications: int | None

    @property
    def total(self) -> int | None:
        """All of them; None where withheld."""
        return None if self.findings is None or self.clarifications is None else self.findings + self.clarifications


def by_activity(described: pd.DataFrame, column: str = "") -> pd.DataFrame:
    """One row per activity (and value of a column) with `found`: a finding among its assessments, not only a clarification.

    The unit people count by: one activity assessed against several provisions is one activity.
    """
    keys = [column, "activity_id"] if column else ["activity_id"]
    told = described.assign(found=described["result"] == FOUND)
    return told.groupby(keys, sort=False).agg(found=("found", "any")).reset_index()


def tally(queue: pd.DataFrame, column: str) -> list[Tally]:
    """How many activities per value of a described column: most first, phases and bands in their own order.

    By band an activity counts once, where its first assessment stands in the order of work.
    """
    rows = by_activity(queue.drop_duplicates("activity_id") if column == "band" else queue, column)
    found = rows.groupby(column)["found"].agg(["sum", "size"])
    made = {str(name): Tally(str(name), int(yes), int(size - yes)) for name, yes, size in found.itertuples()}
    if column in ("phase", "band", "result"):
        return [made[name] for name in (*words(column).values(), UNKNOWN) if name in made]
    return sorted(made.values(), key=lambda one: (-(one.total or 0), one.name))


def month_words(rows: list[Tally]) -> list[Tally]:
    """The same with `Nov 2023` for `2023-11`."""
    return [row._replace(name=f"{month_name(int(row.name[5:]))[:3]} {row.name[:4]}") for row in rows]


def by_month(queue: pd.DataFrame) -> list[Tally]:
    """Activities per month `YYYY-MM` without gaps between the first and the last; undated ones are left out."""
    rows = by_activity(queue.assign(month=queue["day"].str.slice(0, 7)), "month")
    if rows.empty:
        return []
    found = {str(name): own for name, own in rows.groupby("month")["found"]}
    span = pd.period_range(min(found), max(found), freq="M").strftime("%Y-%m")
    none = pd.Series([], dtype=bool)
    counted = ((month, found.get(month, none)) for month in span)
    return [Tally(month, int(own.sum()), int(len(own) - own.sum())) for month, own in counted]


def by_time(queue: pd.DataFrame, weeks: int = 70) -> tuple[list[tuple[date, int]], int]:
    """Activities per week (step 7), or per calendar month (step 0) when the span is longer than `weeks`; no gaps."""
    months = by_month(queue)
    if len(months) * 30 > weeks * 7:
        return [(date.fromisoformat(f"{row.name}-01"), row.total or 0) for row in months], 0
    days = pd.to_datetime(queue.drop_duplicates("activity_id")["day"].dropna())
    if days.empty:
        return [], 7
    found = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).value_counts()
    span = pd.date_range(found.index.min(), found.index.max(), freq="7D")
    return [(day.date(), int(found.get(day, 0))) for day in span], 7


def undated(queue: pd.DataFrame) -> int:
    """Activities whose day is unknown: they are in no time chart."""
    return int(queue.drop_duplicates("activity_id")["day"].isna().sum())


def _words(values: pd.Series, group: str) -> pd.Series:
    known = {value: label(group, value) for value in values.dropna().unique()}
    return pd.Series([known.get(value, UNKNOWN) for value in plain(values)], values.index, dtype="object")
