"""Where a contestant stands on the day of an activity: possible statuses, phase, and what about that is uncertain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from screening.judge.evidence import PLACES, Hit
from screening.ruleset.contests import Contest, contest_of, phase, status
from screening.ruleset.risk import Risk

LIVE = ("bakal_calon", "calon", "party")
OPEN = ("designated", "campaign", "quiet", "voting")
_PLACE_ORDER = ("own", "media", "account", "content", "tagged")


@dataclass(frozen=True, order=True)
class Standing:
    """`statuses`: the possible ones, the likeliest first; `uncertain`: names of elements that are not shown."""

    contest: str
    contest_kind: str
    statuses: tuple[str, ...]
    phase: str
    uncertain: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True)
class Moment:
    """When an activity happened: an instant and how far it can be trusted."""

    instant: datetime | None
    basis: str

    def days(self, contest: Contest, risk: Risk) -> tuple[date, ...]:
        """Possible local days, the stated one first; empty when unknown."""
        if self.instant is None or self.basis == "absent":
            return ()
        if self.basis == "date_only":
            # The instant is the local day's midnight; noon of that day lies on the same day in every Indonesian zone.
            day = contest.day(self.instant + timedelta(hours=12))
            near = timedelta(days=risk.time["near_days"])
            return (day, day - near, day + near)
        day = contest.day(self.instant)
        if self.basis == "local_naive":
            early = contest.day(self.instant - timedelta(hours=risk.time["naive_before_hours"]))
            late = contest.day(self.instant + timedelta(hours=risk.time["naive_after_hours"]))
            return tuple(dict.fromkeys((day, early, late)))
        return (day,)


def standing_of(contests: Mapping[str, Contest], contestant: str, moment: Moment, risk: Risk) -> Standing | None:
    """Where one contestant stands; None when the contest is not alive on that day."""
    contest = contest_of(contests, contestant)
    if contest is None:
        return Standing(contestant.split("/", 1)[0], "", ("bakal_calon", "calon"), "", ("status",))
    days = moment.days(contest, risk)
    facts = _facts(contest, contestant)
    if not days:
        possible = _ever(contest, contestant)
        return Standing(contest.id, contest.kind, possible, "", ("waktu",), facts) if possible else None
    found = [_on(contests, contest, contestant, day) for day in days]
    stages = [phase(contest, day) for day in days]
    statuses = tuple(dict.fromkeys(held for held, _ in found if held))
    if not statuses:
        return None
    uncertain = {reason for _, reason in found if reason}
    if len({held for held, _ in found}) > 1:
        uncertain.add("waktu")
    return Standing(contest.id, contest.kind, statuses, stages[0], tuple(sorted(uncertain)), facts)


def _on(contests: Mapping[str, Contest], contest: Contest, contestant: str, day: date) -> tuple[str, str]:
    """The status that counts on a day, and why it is uncertain; "" when the person is no contestant then."""
    held = status(contests, contestant, day)
    if held in LIVE and (held == "party" or phase(contest, day)):
        return held, ""
    if held == "figure" and phase(contest, day) in ("pre", "registration"):
        return "bakal_calon", "status"  # may already be a prospective candidate in fact, not yet by the calendar
    return "", ""


def _ever(contest: Contest, contestant: str) -> tuple[str, ...]:
    listed = contest.contestants.get(contestant)
    timeline = listed.statuses if listed is not None else contest.statuses
    return tuple(dict.fromkeys(step.status for step in timeline if step.status in LIVE))


def _facts(contest: Contest, contestant: str) -> tuple[str, ...]:
    listed = contest.contestants.get(contestant)
    facts = ["is:party"] if contest.kind == "party" else []
    if listed is not None and listed.independent:
        facts.append("is:independent")
    return tuple(facts)


def standings(
    hits: Sequence[Hit], place: Callable[[str], Standing | None], risk: Risk, spouses: Iterable[str]
) -> dict[Standing, str]:
    """Every distinct standing among the contestants the hits name (`place` tells it), with the contestant to show."""
    best: dict[str, tuple[bool, int, int]] = {}
    for hit in hits:
        if hit.contestant:
            rank = (hit.strength < risk.thresholds["hint"], _PLACE_ORDER.index(PLACES[hit.field]), hit.start)
            best[hit.contestant] = min(rank, best.get(hit.contestant, rank))
    married = frozenset(spouses)
    made: dict[Standing, str] = {}
    for contestant, (weak, _, _) in sorted(best.items(), key=lambda item: (item[1], item[0])):
        found = place(contestant)
        if found is None:
            continue
        uncertain = tuple(sorted({*found.uncertain, "peserta"})) if weak else found.uncertain
        facts = (*found.facts, "is:spouse") if contestant in married else found.facts
        key = Standing(found.contest, found.contest_kind, found.statuses, found.phase, uncertain, facts)
        made.setdefault(key, contestant)
    return made


def _somewhere(contests: Mapping[str, Contest], moment: Moment, risk: Risk) -> Standing | None:
    """No nationwide contest is alive: perhaps a re-vote somewhere is, and then its region is what must be settled."""
    alive = [
        standing_of(contests, f"{name}/", moment, risk) for name, one in contests.items() if one.kind == "regional"
    ]
    found = [one for one in alive if one is not None]
    if not found:
        return None
    statuses = tuple(held for held in ("calon", "bakal_calon") if any(held in one.statuses for one in found))
    return Standing("", "", statuses, found[0].phase, ("peserta", "status"), (), named=False)


def unnamed(contests: Mapping[str, Contest], moment: Moment, risk: Risk) -> Standing | None:
    """Somebody who stands for something on that day, not named: what any nationwide contest makes of the day."""
    statuses: list[str] = []
    doubts: list[set[str]] = []
    stage = ""
    for contest in contests.values():
        if contest.kind == "party" or not (contest.region == "nasional" or contest.covers):
            continue
        found = standing_of(contests, f"{contest.id}/", moment, risk)
        if found is not None:
            statuses += found.statuses
            doubts.append(set(found.uncertain))
            stage = found.phase if found.phase in OPEN or not stage else stage
    if not statuses:
        return _somewhere(contests, moment, risk)
    # Somebody called a candidate while candidates exist is one: the strictest status comes first.
    ordered = tuple(held for held in ("calon", "bakal_calon") if held in statuses)
    uncertain = tuple(sorted(set.intersection(*doubts)))
    return Standing("", "", ordered, stage, uncertain, (), named=False)
