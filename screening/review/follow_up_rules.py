"""Stages, periods and recipients of cases, read from data/tindak_lanjut.toml with every problem told at once.

Working days follow data/hari_libur.csv. An office's own file beside its ledger adds days off and replaces periods.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from screening.errors import Problem, RulesetError
from screening.shipped import shipped

FILE = "data/tindak_lanjut.toml"
HOLIDAYS = "data/hari_libur.csv"
OWN = "tindak_lanjut.toml"
_STATUSES = ("verified", "estimated")


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
    """The whole file. `unsure`: days off by decree that may still move; `years`: those the calendar of days off covers."""

    stages: tuple[str, ...]
    closed: frozenset[str]
    periods: tuple[Period, ...]
    recipients: tuple[Recipient, ...]
    holidays: frozenset[date]
    zone: str
    unsure: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
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
                last = self.after(start, period.days, period.count)
                found.append((last, period.text + self._doubt(start, last, period.count)))
        if not found:
            return (
                None,
                "" if stage in self.closed else "jangka waktu tahap ini belum diisi pada data/tindak_lanjut.toml",
            )
        return min(found)

    def _doubt(self, start: date, last: date, count: str) -> str:
        """What may still move a due date counted in working days; "" when nothing can."""
        if count != "working":
            return ""
        missing = sorted(set(range(start.year, last.year + 1)) - self.years) if self.years else []
        if missing:
            return (
                f"; hari libur {', '.join(map(str, missing))} belum ada pada data, baru Sabtu dan Minggu yang dilewati"
            )
        if any(start < day <= last + timedelta(days=1) for day in self.unsure):
            return "; memuat hari raya yang tanggalnya masih dapat bergeser, hitung ulang setelah ditetapkan"
        return ""

    def after(self, start: date, days: int, count: str) -> date:
        """The last day of a period; the starting day itself does not count."""
        if count == "calendar":
            return start + timedelta(days=days)
        day = start
        while days:
            day += timedelta(days=1)
            days -= day.weekday() < 5 and day not in self.holidays
        return day


def read_rules(path: Path | None = None, own: Path | None = None) -> FollowUpRules:
    """The rules in `path` (the shipped file by default); raises RulesetError with every problem.

    `own`: a file of the office's own where there is one; its periods replace those of their stage, its days off are added.
    """
    table = _table(path or shipped(FILE), FILE)
    problems: list[Problem] = []
    stages = tuple(str(row.get("name", "")) for row in table.get("stage", []))
    closed = frozenset(str(row["name"]) for row in table.get("stage", []) if row.get("closed"))
    periods = tuple(_period(row, stages, problems) for row in table.get("period", []))
    recipients = tuple(_recipient(row, stages, problems) for row in table.get("recipient", []))
    days = [*table.get("holidays", [])]
    if own is not None and own.is_file():
        local = _table(own, own.name)
        replaced = tuple(_period(row, stages, problems) for row in local.get("period", []))
        named = {one.stage for one in replaced}
        periods = (*(one for one in periods if one.stage not in named), *replaced)
        days += local.get("holidays", [])
        problems += [
            Problem(own.name, 0, f"kunci tidak dikenal: {key}", "yang dikenal: holidays, period")
            for key in sorted(set(local) - {"schema", "holidays", "period"})
        ]
    holidays = frozenset(day for text in days if (day := _day(text, "holidays", problems)))
    decreed, unsure = read_holidays(shipped(HOLIDAYS), problems)
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
    return FollowUpRules(
        stages, closed, periods, recipients, holidays | decreed, str(table.get("zone", "Asia/Jakarta")), unsure,
        frozenset(day.year for day in decreed), events,
    )  # fmt: skip


def rules_beside(ledger: Path) -> FollowUpRules:
    """The rules as the office with that ledger has set them (`tindak_lanjut.toml` in the ledger's folder)."""
    return read_rules(own=ledger.with_name(OWN))


def read_holidays(path: Path, problems: list[Problem]) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays and joint leave by decree, and those of them whose day may still move; problems with their line."""
    days: dict[date, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                day = date.fromisoformat(row.get("date") or "")
            except ValueError:
                problems.append(Problem(HOLIDAYS, number, "tanggal keliru", "tulis seperti 2024-01-31"))
                continue
            if row.get("status") not in _STATUSES or not row.get("source"):
                problems.append(Problem(HOLIDAYS, number, "perlu status (verified atau estimated) dan source"))
            days[day] = row.get("status") or ""
    return frozenset(days), frozenset(day for day, status in days.items() if status != "verified")


def _table(path: Path, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesetError([Problem(name, 0, f"tidak dapat dibaca: {error}")]) from error


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
