"""Where a contestant stands on the day of an activity: possible statuses, phase, and what about that is uncertain."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from screening.judge.evidence import PLACES, Hit
from screening.ruleset.contests import PHASES, Contest, contest_of, phase, status
from screening.ruleset.risk import Risk

LIVE = ("bakal_calon", "calon", "party")
OPEN = ("designated", "campaign", "quiet", "voting")
FACTS = frozenset({"is:party", "is:independent", "is:spouse"} | {f"phase:{stage}" for stage in PHASES})
_PLACE_ORDER = ("own", "media", "account", "content", "tagged")
_RANK = {field: _PLACE_ORDER.index(place) for field, place in PLACES.items()}


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

    def atoms(self) -> tuple[str, ...]:
        """What acts can ask about it (see FACTS)."""
        return (*self.facts, f"phase:{self.phase}") if self.phase else self.facts


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


class Calendar:
    """The days on which a phase or a status begins or ends; from one to the next every contestant stands as before."""

    def __init__(self, contests: Mapping[str, Contest], risk: Risk) -> None:
        self.zones = list({contest.timezone: contest for contest in contests.values()}.values())
        self.risk = risk
        stages = [stage for contest in contests.values() for stage in contest.phases]
        timelines = [contest.statuses for contest in contests.values()]
        timelines += [one.statuses for contest in contests.values() for one in contest.contestants.values()]
        steps = [step.start for timeline in timelines for step in timeline]
        self.starts = sorted({*steps, *(stage.start for stage in stages)})
        self.ends = sorted({stage.end for stage in stages})

    def stretches(self, moment: Moment) -> tuple[tuple[int, ...], ...]:
        """Per zone, the stretches of the calendar the moment may lie in: no contest can tell two moments with the same."""
        return tuple(tuple(map(self._stretch, moment.days(contest, self.risk))) for contest in self.zones)

    def _stretch(self, day: date) -> int:
        return bisect_right(self.starts, day) + bisect_left(self.ends, day)


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
    hint = risk.thresholds["hint"]
    best: dict[str, tuple[bool, int, int]] = {}
    for hit in hits:
        if hit.contestant:
            rank = (hit.strength < hint, _RANK[hit.field], hit.start)
            best[hit.contestant] = min(rank, best.get(hit.contestant, rank))
    married = frozenset(spouses)
    made: dict[Standing, str] = {}
    for contestant, (weak, _, _) in sorted(best.items(), key=lambda item: (item[1], item[0])):
        found = place(contestant)
        if found is None:
            continue
        if weak:
            found = replace(found, uncertain=tuple(sorted({*found.uncertain, "peserta"})))
        if contestant in married:
            found = replace(found, facts=(*found.facts, "is:spouse"))
        made.setdefault(found, contestant)
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
