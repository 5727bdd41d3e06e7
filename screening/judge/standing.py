"""Where a contestant stands on the day of an activity: possible statuses, phase, and what about that is uncertain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from screening.judge.evidence import PLACES, Statement
from screening.ruleset.acts import Document
from screening.ruleset.contests import PHASES, Contest, contest_of, phase, status, zone
from screening.ruleset.risk import Risk

LIVE = ("bakal_calon", "calon", "party")
OPEN = ("designated", "campaign", "quiet", "voting")
FACTS = frozenset({"is:party", "is:independent", "is:spouse"} | {f"phase:{stage}" for stage in PHASES})
_PLACE_ORDER = ("own", "media", "account", "content", "tagged")
_RANK = {field: _PLACE_ORDER.index(place) for field, place in PLACES.items()}


class Standing(NamedTuple):
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


class Ties(NamedTuple):
    """Contestants a person is bound to by the roster ("" for none): husband or wife, the person's own candidacy; `unnamed`: the
    person speaks of husband or wife and names no contestant."""

    spouse: str = ""
    own: str = ""
    unnamed: bool = False


NO_TIES = Ties()


class Moment(NamedTuple):
    """When an activity happened: an instant and how far it can be trusted."""

    instant: datetime | None
    basis: str

    def days(self, contest: Contest, risk: Risk) -> tuple[date, ...]:
        """Possible local days, the stated one first; empty when unknown."""
        if self.instant is None or self.basis == "absent":
            return ()
        doubts = _doubts(self.basis, risk)
        return tuple(dict.fromkeys(contest.day(self.instant + hours) + days for hours, days in doubts))


def _doubts(basis: str, risk: Risk) -> tuple[tuple[timedelta, timedelta], ...]:
    """How the possible local days come from an instant: hours are added to it, then days to its local day."""
    none = timedelta()
    if basis == "date_only":
        # The instant is the local day's midnight; noon of that day lies on the same day in every Indonesian zone.
        noon, near = timedelta(hours=12), timedelta(days=int(risk.time["near_days"]))
        return (noon, none), (noon, -near), (noon, near)
    if basis == "local_naive":
        early, late = (timedelta(hours=risk.time[f"naive_{name}_hours"]) for name in ("before", "after"))
        return (none, none), (-early, none), (late, none)
    return ((none, none),)


class Calendar:
    """The instants at which a phase, a status or a document begins or ends: between two of them all stays as it was."""

    def __init__(self, contests: Mapping[str, Contest], documents: Collection[Document], risk: Risk) -> None:
        self.zones = {zone(contest.timezone) for contest in contests.values()}
        self.risk = risk
        week = timedelta(days=7)  # nothing turns in the first and the last week there are dates for
        turning = set(_turning(contests.values(), documents))
        self.days = sorted(day for day in turning if date.min + week < day < date.max - week)
        self.turns: dict[str, list[datetime]] = {}

    def stretch(self, moment: Moment) -> tuple[str, int]:
        """Where the moment lies between two turns: no contest and no document can tell two moments with the same."""
        if moment.instant is None or moment.basis == "absent":
            return "absent", 0
        if moment.basis not in self.turns:
            self.turns[moment.basis] = sorted(set(self._turns(_doubts(moment.basis, self.risk))))
        return moment.basis, bisect_right(self.turns[moment.basis], moment.instant)

    def _turns(self, doubts: Iterable[tuple[timedelta, timedelta]]) -> Iterator[datetime]:
        """The instants from which on a possible day is another one that matters."""
        for hours, days in doubts:
            for day in self.days:
                for one in self.zones:
                    yield datetime.combine(day - days, time(), one).astimezone(UTC) - hours


def _turning(contests: Collection[Contest], documents: Collection[Document]) -> Iterator[date]:
    """The first days on which something is not as it was the day before."""
    stages = [stage for contest in contests for stage in contest.phases]
    yield from (stage.start for stage in stages)
    timelines = [contest.statuses for contest in contests]
    timelines += [listed.statuses for contest in contests for listed in contest.contestants.values()]
    yield from (step.start for timeline in timelines for step in timeline)
    yield from (document.valid_from for document in documents if document.valid_from)
    last = [*(stage.end for stage in stages), *(document.valid_to for document in documents if document.valid_to)]
    yield from (day + timedelta(days=1) for day in last if day < date.max)


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


def named_by(statements: Sequence[Statement], hint: float) -> tuple[tuple[str, bool], ...]:
    """The contestants that are named, the best shown first; True where names weaker than `hint` are all there is."""
    best: dict[str, tuple[bool, int, int]] = {}
    for one in statements:
        if one.toward and one.strength > 0 and one.toward not in ("all", "unresolved") and one.names:
            rank = (one.strength < hint, _RANK[one.field], one.start)
            best[one.toward] = min(rank, best.get(one.toward, rank))
    return tuple((one, weak) for one, (weak, _, _) in sorted(best.items(), key=lambda item: (item[1], item[0])))


def standings(
    named: Sequence[tuple[str, bool]], place: Callable[[str], Standing | None], ties: Ties = NO_TIES
) -> list[tuple[Standing, str]]:
    """The standing of each of the `named_by` contestants that stands for something (`place` tells it), with what the roster
    says of the person's ties to them: facts for whoever decides, never guilt."""
    made: list[tuple[Standing, str]] = []
    wed = ties.unnamed and ties.spouse not in {contestant for contestant, _ in named}
    for contestant, weak in (*named, *(((ties.spouse, False),) if wed else ())):
        found = place(contestant)
        if found is None:
            continue
        if weak:
            found = found._replace(uncertain=tuple(sorted({*found.uncertain, "peserta"})))
        if contestant == ties.spouse:
            found = found._replace(facts=(*found.facts, "is:spouse"))
            if wed:
                found = found._replace(uncertain=tuple(sorted({*found.uncertain, "pasangan_calon"})))
        if contestant == ties.own:
            found = found._replace(uncertain=tuple(sorted({*found.uncertain, "pencalonan"})))
        made.append((found, contestant))
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
