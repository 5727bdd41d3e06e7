"""Stages, periods and recipients of cases, read from data/tindak_lanjut.toml with every problem told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from screening.errors import Problem, RulesetError
from screening.shipped import shipped

FILE = "data/tindak_lanjut.toml"


@dataclass(frozen=True)
class Period:
    """So many days for a stage, counted from the day of knowledge or the day the stage began."""

    stage: str
    days: int
    start: str
    count: str
    text: str
    source: str
    status: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Recipient:
    """Who receives a case at a stage, and from when to when."""

    id: str
    name: str
    stage: str
    source: str
    status: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Event:
    """Something that may happen to a case besides moving to a stage: a recommendation, a decision, a remedy."""

    id: str
    meaning: str
    group: str


@dataclass(frozen=True)
class FollowUpRules:
    """The whole file."""

    stages: tuple[str, ...]
    closed: frozenset[str]
    periods: tuple[Period, ...]
    recipients: tuple[Recipient, ...]
    holidays: frozenset[date]
    zone: str
    events: tuple[Event, ...] = ()

    def recipients_on(self, day: date) -> tuple[Recipient, ...]:
        """Who is competent on that day."""
        return tuple(one for one in self.recipients if _valid(one, day))

    def due(self, stage: str, known: date | None, since: date | None) -> tuple[date | None, str]:
        """The earliest due date of a stage and the period it comes from; (None, why not) without one."""
        found = []
        for period in self.periods:
            start = known if period.start == "known" else since
            if period.stage == stage and start and _valid(period, start):
                found.append((self.after(start, period.days, period.count), period.text))
        if not found:
            return (
                None,
                "" if stage in self.closed else "jangka waktu tahap ini belum diisi pada data/tindak_lanjut.toml",
            )
        return min(found)

    def after(self, start: date, days: int, count: str) -> date:
        """The last day of a period; the starting day itself does not count."""
        if count == "calendar":
            return start + timedelta(days=days)
        day = start
        while days:
            day += timedelta(days=1)
            days -= day.weekday() < 5 and day not in self.holidays
        return day


def read_rules(path: Path | None = None) -> FollowUpRules:
    """The rules in `path` (the shipped file by default); raises RulesetError with every problem."""
    path = path or shipped(FILE)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulesetError([Problem(FILE, 0, f"tidak dapat dibaca: {error}")]) from error
    problems: list[Problem] = []
    stages = tuple(str(row.get("name", "")) for row in table.get("stage", []))
    closed = frozenset(str(row["name"]) for row in table.get("stage", []) if row.get("closed"))
    periods = tuple(_period(row, stages, problems) for row in table.get("period", []))
    recipients = tuple(_recipient(row, stages, problems) for row in table.get("recipient", []))
    holidays = frozenset(day for text in table.get("holidays", []) if (day := _day(text, "holidays", problems)))
    for row in table.get("event", []):
        if not all(row.get(name) for name in ("id", "meaning", "group")):
            problems.append(Problem(FILE, 0, f"event {row.get('id')}: perlu id, meaning, dan group"))
    if not closed:
        problems.append(Problem(FILE, 0, "tidak ada tahap penutup", "beri closed = true pada satu tahap"))
    if problems:
        raise RulesetError(problems)
    events = tuple(
        Event(*(str(row.get(name, "")) for name in ("id", "meaning", "group"))) for row in table.get("event", [])
    )
    return FollowUpRules(stages, closed, periods, recipients, holidays, str(table.get("zone", "Asia/Jakarta")), events)


def _period(row: Mapping[str, Any], stages: tuple[str, ...], problems: list[Problem]) -> Period:
    _need(row, ("stage", "days", "from", "count", "text", "source", "status"), stages, "stage", problems)
    if row.get("from") not in ("known", "stage") or row.get("count") not in ("calendar", "working"):
        problems.append(
            Problem(FILE, 0, f"period {row.get('stage')}: from atau count keliru", "known|stage dan calendar|working")
        )
    if not isinstance(row.get("days"), int) or not 0 < row["days"] < 1000:
        problems.append(Problem(FILE, 0, f"period {row.get('stage')}: days harus bilangan bulat positif"))
    start, count, text, source, status = (
        str(row.get(name, "")) for name in ("from", "count", "text", "source", "status")
    )
    first, last = (_day(row.get(name), "period", problems) for name in ("valid_from", "valid_to"))
    return Period(row.get("stage", ""), row.get("days", 0), start, count, text, source, status, first, last)


def _recipient(row: Mapping[str, Any], stages: tuple[str, ...], problems: list[Problem]) -> Recipient:
    _need(row, ("id", "name", "for", "source", "status"), stages, "for", problems)
    return Recipient(
        row.get("id", ""), row.get("name", ""), row.get("for", ""), row.get("source", ""), row.get("status", ""),
        _day(row.get("valid_from"), "recipient", problems), _day(row.get("valid_to"), "recipient", problems),
    )  # fmt: skip


def _need(
    row: Mapping[str, Any], names: tuple[str, ...], stages: tuple[str, ...], key: str, problems: list[Problem]
) -> None:
    lacking = [name for name in names if not row.get(name)]
    if lacking:
        problems.append(Problem(FILE, 0, f"{row.get(key) or row.get('id')}: kurang {', '.join(lacking)}"))
    if row.get(key) not in stages:
        problems.append(Problem(FILE, 0, f"tahap tidak dikenal: {row.get(key)}", "pilih: " + ", ".join(stages)))


def _day(value: Any, where: str, problems: list[Problem]) -> date | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem(FILE, 0, f"{where}: tanggal keliru: {value}", "tulis seperti 2024-01-31"))
        return None


def _valid(row: Period | Recipient, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
