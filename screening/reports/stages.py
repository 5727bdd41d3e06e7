"""Stages of contests in a report: what gathered at each, whether that is more than before, and which stage comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.labels import label, long_date, number
from screening.reports.summary import Tally, tally

_AHEAD = 183  # days: half a year is as far as a task force plans
_NAMED = 3  # contests named in a line; the rest is counted
# Before candidates are designated the acts about prospective candidates apply, afterwards those about candidates.
_STATUS = {"pre": "bakal_calon", "registration": "bakal_calon"}


class Trend(NamedTuple):
    """One stage of one contest up to the end of a report, in words and numbers of activities."""

    contest: str
    stage: str
    span: str
    tally: Tally
    per_week: str
    change: str


def trends(
    described: pd.DataFrame, phases: pd.DataFrame, names: Mapping[str, str], start: date, end: date
) -> list[Trend]:
    """Each stage that has begun by `end`, in order, of each contest with any activity to review from `start` on.

    Stages differ in length, so they are compared per week. `described`: the queue up to `end`. Numbers of a whole stage point
    at nobody, so none is withheld: the head of a report of that period says them anyway.
    """
    made: list[Trend] = []
    for contest, stages in phases.sort_values("start").groupby("contest", sort=True):
        mine = described[described["contest"] == contest]
        if not mine["day"].ge(start.isoformat()).any():
            continue
        own = {one.name: one for one in tally(mine, "phase")}
        name, before = names.get(str(contest), str(contest)), None
        for stage in stages.to_dict("records"):
            first, last = (date.fromisoformat(str(stage[key])[:10]) for key in ("start", "end"))
            if first > end:
                break
            words = label("phase", stage["phase"])
            one = own.get(words, Tally(words, 0, 0))
            now = 7 * (one.total or 0) / ((min(last, end) - first).days + 1)
            last = min(last, end)
            span = f"{first}" if first == last else f"{first} s.d. {last}"
            made.append(Trend(name, words, span, one, f"{now:.1f}".replace(".", ","), _change(before, now)))
            before = now
    return made


def _change(before: float | None, now: float) -> str:
    if before is None:
        return "tahapan pertama"
    return "naik" if now > before else "turun" if now < before else "tetap"


def coming(context: ReportContext, contests: pd.Series, names: Mapping[str, str], end: date) -> list[str]:
    """The next stages within half a year after `end` of these contests, those that begin together in one line, with acts that
    then apply; nothing is counted and nobody is foretold."""
    phases = context.phase_table(contests)
    last = (end + timedelta(days=_AHEAD)).isoformat()
    ahead = phases[(phases["start"] > end.isoformat()) & (phases["start"] <= last)].sort_values(["start", "contest"])
    lines = []
    for (start, phase), rows in ahead.drop_duplicates("contest").groupby(["start", "phase"], sort=True):
        status = _STATUS.get(str(phase), "calon")
        who = [names.get(str(one), str(one)) for one in rows["contest"]]
        told = ", ".join(who[:_NAMED]) + (f", dan {len(who) - _NAMED} pemilihan lain" if len(who) > _NAMED else "")
        line = f"{told}: {label('phase', phase)} mulai {long_date(date.fromisoformat(str(start)[:10]))}"
        typical = _typical(context, status)
        if typical:
            line += f"; butir yang lalu berlaku bagi {label('status', status)} dan terlihat di media sosial: {typical}"
        lines.append(line + ".")
    return lines


def _typical(context: ReportContext, status: str) -> str:
    """A few provisions about contestants of that status whose acts an export can show."""
    rows = context.act_table().astype("object").fillna("").to_dict("index")
    own = [
        f"{code} ({row['summary']})"
        for code, row in rows.items()
        if status in row["statuses"].split() and row["observability"] == "A"
    ]
    return "; ".join(own[: number("main_reasons")])
