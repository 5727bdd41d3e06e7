"""Contests with their dated phases, and contestants with their dated statuses.

Days are local days in the contest's own zone. A status holds from its start until the next one; a phase has both ends.
Source of the dates: each row of `data/elections/*.toml` names its own, with its certainty.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from screening.errors import Problem

KINDS = ("president", "regional", "legislative", "party")
STATUSES = ("figure", "bakal_calon", "calon", "elected", "withdrawn", "party")
PHASES = ("pre", "registration", "designated", "campaign", "quiet", "voting", "after")
CERTAINTIES = ("verified", "unverified", "derived")


@dataclass(frozen=True)
class Phase:
    """A stage of a contest; both days included."""

    phase: str
    start: date
    end: date
    certainty: str = "unverified"
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Status:
    """What a contestant is from `start` on."""

    status: str
    start: date
    certainty: str = "unverified"
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Contestant:
    """Who stands in a contest. `number` means something from `number_from` (the draw) on; `labels` are pair names.

    `listed`: known from a list of names only (`data/elections/*.csv`), so the names are looked for with care
    (`ruleset/listed.py`); `seat` and `district` of a legislative candidate; `former`: members who were replaced, with their
    last day.
    """

    id: str
    name: str
    contest: str
    number: int | None = None
    number_from: date | None = None
    members: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    region: str = ""
    independent: bool = False
    statuses: tuple[Status, ...] = ()
    source: str = ""
    listed: bool = False
    seat: str = ""
    district: str = ""
    former: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Contest:
    """An election in a region. `statuses` is what any contestant of it is who is not listed by name.

    `dates_open`: announced for some year, but its days are not fixed; it has no phases then and nobody is judged by it.
    """

    id: str
    name: str
    kind: str
    region: str
    timezone: str
    phases: tuple[Phase, ...]
    contestants: Mapping[str, Contestant]
    statuses: tuple[Status, ...] = ()
    number_from: date | None = None
    covers: str = ""
    file: str = ""
    province: str = ""
    dates_open: str = ""

    def day(self, moment: datetime) -> date:
        """The local day of an instant in this contest's zone (23:30 UTC is the next day in Jakarta)."""
        return moment.astimezone(zone(self.timezone)).date()


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def contest_of(contests: Mapping[str, Contest], contestant_id: str) -> Contest | None:
    """The contest an id belongs to (`pilpres-2024/1`), by name or by a template that covers it; None when unknown."""
    contest_id = contestant_id.split("/", 1)[0]
    if contest_id in contests:
        return contests[contest_id]
    for template in contests.values():
        if template.covers and fnmatch.fnmatchcase(contest_id, template.covers):
            return replace(template, id=contest_id, covers="")
    return None


def phase(contest: Contest, on: date) -> str:
    """The phase of `contest` on a local day, or "" when the contest is not alive then."""
    return next((stage.phase for stage in contest.phases if stage.start <= on <= stage.end), "")


def status(contests: Mapping[str, Contest], contestant_id: str, on: date) -> str:
    """What the contestant is on a local day; "" when the contest is unknown or has not begun."""
    contest = contest_of(contests, contestant_id)
    if contest is None:
        return ""
    listed = contest.contestants.get(contestant_id)
    timeline = listed.statuses if listed is not None else contest.statuses
    held = [step.status for step in timeline if step.start <= on]
    return held[-1] if held else ""


def undated(contests: Mapping[str, Contest]) -> list[Problem]:
    """One warning per contest that is announced without dates: until they are entered nobody is judged by it."""
    return [
        Problem(
            one.file,
            0,
            f"kontes {one.id} belum bertanggal ({one.dates_open})",
            "isi tahapan dan status setelah ditetapkan",
        )
        for one in contests.values()
        if one.dates_open
    ]


def number_counts(contest: Contest, on: date) -> bool:
    """True from the day the ballot numbers were drawn."""
    return contest.number_from is not None and on >= contest.number_from
