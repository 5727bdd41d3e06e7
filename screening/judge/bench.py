"""One activity on the bench: every act held against it at every standing, and the fits worth a reviewer's time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from screening.judge.elements import RANK, Fit, Reach, fit
from screening.judge.evidence import Evidence, Hit, facts_of, gather
from screening.judge.score import Scale
from screening.judge.standing import Calendar, Moment, Standing, standing_of, standings, unnamed
from screening.ruleset.acts import Act, Exemption, atoms_of
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Person

NOT_THEIRS = Exemption("akun_bukan_miliknya", "akun tidak dikuasai pegawai menurut daftar pegawai", (), "clear")
PERMITTED = Exemption(
    "izin_pasangan", "dibolehkan bagi suami atau istri peserta (SE Menteri PANRB 18/2023)", (), "clear"
)


@dataclass(frozen=True)
class Case:
    """What the bench found about one activity: all fits, the chosen ones, who stands where, and the hits that stood."""

    fits: tuple[Fit, ...]
    chosen: tuple[Fit, ...]
    contestants: Mapping[Standing | None, str]
    hits: tuple[Hit, ...]
    control: str


@dataclass
class Bench:
    """The acts made ready for one table; remembers the fits of equal evidence, for most activities look alike."""

    ruleset: Ruleset
    gates: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    memo: dict[Any, tuple[tuple[Fit, ...], tuple[Fit, ...]]] = field(default_factory=dict)
    acts: dict[frozenset[str], tuple[Act, ...]] = field(default_factory=dict)
    moments: dict[tuple[datetime | None, str], tuple[Moment, date | None]] = field(default_factory=dict)
    stretches: dict[Any, Moment] = field(default_factory=dict)
    nameless: dict[Moment, Standing | None] = field(default_factory=dict)
    places: dict[tuple[str, Moment], Standing | None] = field(default_factory=dict)
    forces: dict[date | None, tuple[bool, ...]] = field(default_factory=dict)
    scale: Scale = field(init=False)
    reach: Reach = field(init=False)
    calendar: Calendar = field(init=False)

    def __post_init__(self) -> None:
        self.scale = Scale(self.ruleset.risk)
        self.reach = Reach(self.ruleset.acts)
        self.calendar = Calendar(self.ruleset.contests, self.ruleset.risk)
        groups = self.ruleset.signal_groups
        orphans = {atom.partition(":")[2] for act in self.ruleset.acts for atom in atoms_of(act.orphan)}
        named = {signal for signal, group in groups.items() if group in ("target", "account", "claim")}
        self.cues = frozenset(signal for signal, group in groups.items() if group == "context")
        self.gates = frozenset(named | {signal for signal in orphans if signal in groups})

    def case(self, activity: Mapping[str, Any], hits: Sequence[Hit], person: Person | None) -> Case:
        """Hold the acts against one activity (a record of ACTIVITIES) with its hits."""
        evidence, stood = gather(hits, self.ruleset.risk, self.cues)
        moment, day = self._moment(activity)
        stands = self._stands(stood, evidence, moment, person)
        control = person.account_control if person is not None else "no_roster"
        leave = person.on_leave(day) if person is not None else None
        facts = facts_of(activity) | ({"is:on_leave" if leave else "is:off_leave"} if leave is not None else set())
        fits, chosen = self._fits(evidence.with_facts(facts), tuple(stands), day, control)
        return Case(fits, chosen, stands, stood, control)

    def _moment(self, activity: Mapping[str, Any]) -> tuple[Moment, date | None]:
        """The first moment met that no contest can tell from the activity's, and the activity's own day."""
        at = activity["happened_at"]
        # The hour is enough: every zone and every doubt about one is whole hours, so the local day stays the same.
        hour = None if pd.isna(at) else datetime(at.year, at.month, at.day, at.hour, tzinfo=at.tzinfo)
        key = (hour, str(activity["time_basis"]))
        known = self.moments.get(key)
        if known is None:
            moment = Moment(*key)
            alike = self.stretches.setdefault(self.calendar.stretches(moment), moment)
            known = self.moments[key] = alike, self._day(moment)
        return known

    def _place(self, contestant: str, moment: Moment) -> Standing | None:
        key = (contestant, moment)
        if key not in self.places:
            self.places[key] = standing_of(self.ruleset.contests, contestant, moment, self.ruleset.risk)
        return self.places[key]

    def _stands(
        self, hits: Sequence[Hit], evidence: Evidence, moment: Moment, person: Person | None
    ) -> dict[Standing | None, str]:
        """Who is in play, with the contestant to show; None stands for acts that need nobody."""
        spouses = (person.spouse_contestant,) if person is not None and person.spouse_contestant else ()
        named = standings(hits, lambda contestant: self._place(contestant, moment), self.ruleset.risk, spouses)
        made: dict[Standing | None, str] = dict(named.items())
        if "any:claim_self_candidate" in evidence.strong:
            made.setdefault(Standing("", "", ("bakal_calon",), ""), "")
        if not any(one is not None and one.contest and not one.contest.startswith("parpol") for one in made):
            if moment not in self.nameless:
                self.nameless[moment] = unnamed(self.ruleset.contests, moment, self.ruleset.risk)
            if self.nameless[moment] is not None:
                made.setdefault(self.nameless[moment], "")
        made[None] = ""
        return made

    def _day(self, moment: Moment) -> date | None:
        """The stated local day, in the zone of the first contest (documents hold nationwide)."""
        contest = next(iter(self.ruleset.contests.values()), None)
        days = moment.days(contest, self.ruleset.risk) if contest is not None else ()
        return days[0] if days else None

    def _fits(
        self, evidence: Evidence, stands: tuple[Standing | None, ...], day: date | None, control: str
    ) -> tuple[tuple[Fit, ...], tuple[Fit, ...]]:
        """The best fit of every act over all standings, permissions applied; and those chosen as rows."""
        key = (evidence, stands, self._in_force(day), control)
        if key not in self.memo:
            at = [(one, evidence if one is None else evidence.with_facts(one.atoms())) for one in stands]
            nobody, somebody = [pair for pair in at if pair[0] is None], [pair for pair in at if pair[0] is not None]
            best = []
            for act in self._within_reach(evidence):
                fitting = somebody if act.target == "contestant" else nobody
                found = [fit(act, evidence, one, stood, day, control) for one, stood in fitting]
                made = [self.scale.weighed(one, control) for one in found if one is not None]
                if made:
                    best.append(min(made, key=lambda one: (RANK[one.result], -one.points)))
            fits = _permitted(best)
            if control == "not_theirs":
                fits = tuple(one.cleared(NOT_THEIRS) for one in fits)
            self.memo[key] = fits, tuple(self._chosen(fits))
        return self.memo[key]

    def _within_reach(self, evidence: Evidence) -> tuple[Act, ...]:
        if evidence.every not in self.acts:
            self.acts[evidence.every] = self.reach.within(evidence)
        return self.acts[evidence.every]

    def _in_force(self, day: date | None) -> tuple[bool, ...]:
        if day not in self.forces:
            documents = {act.document.id: act.document for act in self.ruleset.acts}.values()
            self.forces[day] = tuple(day is None or one.in_force(day) for one in documents)
        return self.forces[day]

    def _stands_alone(self, act: Act) -> bool:
        """An act beside the circulars makes rows only where its own jurisdiction was chosen; advice never does."""
        return (
            act.role == "pendamping" and act.severity != "imbauan"
            and act.document.jurisdiction in self.ruleset.jurisdictions
        )  # fmt: skip

    def _chosen(self, fits: Sequence[Fit]) -> list[Fit]:
        """Rows worth a reviewer's time: acts of the best result, or what removed them; the rest are alternatives."""
        main = [one for one in fits if one.act.role == "utama"]
        live = [one for one in main if one.result != "clear"]
        if not live and not main:
            live = [one for one in fits if self._stands_alone(one.act) and one.result != "clear"]
        if not live:
            return [one for one in fits if one.act.role == "izin"] + [one for one in main if one.result == "clear"]
        best = min(RANK[one.result] for one in live)
        first = [one for one in live if RANK[one.result] == best]
        if best == RANK["needs_clarification"]:
            fewest = min(len(one.missing) for one in first)
            spread = self.ruleset.risk.thresholds["missing_spread"]
            first = [one for one in first if len(one.missing) <= fewest + spread]
        top = max(one.points for one in first)
        first += [one for one in live if one not in first and one.points > top]
        return sorted(first, key=lambda one: (RANK[one.result], -one.points, one.act.id))


def _permitted(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    freed = {act_id for one in fits if one.act.role == "izin" for act_id in one.act.permits}
    return tuple(one.cleared(PERMITTED) if one.act.id in freed else one for one in fits)
