"""One activity on the bench: every act held against it at every standing, and the fits worth a reviewer's time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from screening.judge.elements import RANK, Fit, Reach, Situation, fit, needs_no_name, status_for
from screening.judge.evidence import NAMING, Evidence, Statement, facts_of, gather
from screening.judge.lineup import Lineup, Lineups
from screening.judge.owners import Accounts
from screening.judge.rows import Case, Draft, draft
from screening.judge.score import Scale
from screening.judge.standing import NO_TIES, Moment, Standing, Ties, named_by
from screening.ruleset.acts import Act, Exemption, atoms_of
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Person, Roster

NOT_THEIRS = Exemption("akun_bukan_miliknya", "akun tidak dikuasai pegawai menurut daftar pegawai", (), "clear")
PERMITTED = Exemption(
    "izin_pasangan", "dibolehkan bagi suami atau istri peserta (SE Menteri PANRB 18/2023)", (), "clear"
)


class Seen(NamedTuple):
    """What statements and facts say: the evidence, the acts it could fit, and those that need no name.

    Equal evidence has the same `number`.
    """

    evidence: Evidence
    acts: tuple[Act, ...]
    nameless: tuple[Act, ...]
    number: int


About = tuple[Standing | None, str, tuple[Statement, ...]]  # who, and what is said about them


class Bench:
    """The acts made ready for one table; remembers the fits of equal evidence, for most activities look alike."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.scale = Scale(ruleset.risk)
        self.reach = Reach(ruleset.acts)
        self.lineups = Lineups(ruleset)
        self.accounts = Accounts(ruleset.roster or Roster())
        self.leaders: dict[str, frozenset[str]] = {}
        self.looks: dict[Any, Seen] = {}
        self.numbers: dict[Evidence, int] = {}
        self.statuses: dict[Standing | None, dict[str, str]] = {}
        self.fitting: dict[Any, dict[str, Fit]] = {}
        self.memo: dict[Any, tuple[tuple[tuple[Fit, int], ...], tuple[tuple[Draft, int], ...]]] = {}
        self.carriers = _carriers(ruleset.acts)
        self.replaced: dict[date | None, frozenset[str]] = {}
        groups = ruleset.signal_groups
        orphans = {atom.partition(":")[2] for act in ruleset.acts for atom in atoms_of(act.orphan)}
        named = {signal for signal, group in groups.items() if group in ("target", "account", "claim")}
        self.cues = frozenset(signal for signal, group in groups.items() if group == "context")
        self.gates = frozenset(named | {signal for signal in orphans if signal in groups})

    def case(self, activity: Mapping[str, Any], statements: Sequence[Statement], person: Person | None) -> Case:
        """Hold the acts against one activity (a record of ACTIVITIES) with its statements."""
        moment, facts = self.facts(activity, person)
        whole = self.seen(statements, facts)
        if not whole.acts:
            return Case((), (), (), tuple(statements))
        lineup, about = self.about(moment, whole, statements, person)
        fits, drafts = self._judged([(standing, self.seen(some, facts)) for standing, _, some in about], lineup, person)
        return Case(
            tuple(one for one, _ in fits),
            tuple((one, about[at][1], about[at][2]) for one, at in drafts),
            lineup.contestants, tuple(statements),
        )  # fmt: skip

    def facts(self, activity: Mapping[str, Any], person: Person | None) -> tuple[Moment, frozenset[str]]:
        """When an activity (a record of ACTIVITIES) happened, and what is simply so about it and the person."""
        at = activity["happened_at"]
        moment = Moment(None if at is pd.NaT else at, activity["time_basis"])
        facts, known = facts_of(activity), self._known(person, moment)
        return moment, facts | known if known else facts

    def about(
        self, moment: Moment, whole: Seen, statements: Sequence[Statement], person: Person | None
    ) -> tuple[Lineup, list[About]]:
        """Who is in play, and for each of them the statements that are about them or about nobody in particular."""
        named = named_by(statements, self.ruleset.risk.thresholds["hint"])
        lineup = self.lineups.at(
            moment, named, _ties(person, whole), "any:claim_self_candidate" in whole.evidence.strong
        )
        return lineup, [
            (standing, contestant, _about(statements, standing, contestant))
            for standing, contestant in lineup.contestants
        ]

    def _known(self, person: Person | None, moment: Moment) -> frozenset[str]:
        """What the roster says of the person: whether they lead, and whether they were on leave that day, where it states
        leave at all."""
        if person is None:
            return frozenset()
        if person.position not in self.leaders:
            leads = self.ruleset.risk.leading.holds(person.position)
            self.leaders[person.position] = frozenset({"is:leader"} if leads else ())
        known = self.leaders[person.position]
        leave = person.on_leave(self.lineups.day(moment)) if person.leave_from is not None else None
        return known if leave is None else known | {"is:on_leave" if leave else "is:off_leave"}

    def seen(self, statements: Sequence[Statement], facts: frozenset[str]) -> Seen:
        """What statements and facts say, worked out once for all that look the same."""
        look = tuple([one.look for one in statements])
        known = self.looks.get((look, facts))
        if known is None:
            evidence = gather(statements, self.ruleset.risk, self.cues).with_facts(facts)
            acts = self.reach.within(evidence)
            nameless = tuple(act for act in acts if needs_no_name(act, evidence))
            number = self.numbers.setdefault(evidence, len(self.numbers))
            known = Seen(evidence, acts, nameless, number)
            if all(look):
                self.looks[look, facts] = known
        return known

    def _judged(
        self, about: Sequence[tuple[Standing | None, Seen]], lineup: Lineup, person: Person | None
    ) -> tuple[tuple[tuple[Fit, int], ...], tuple[tuple[Draft, int], ...]]:
        """The best fit of every act over all who stand somewhere, permissions applied, and the rows to be; each with the
        place of whom it is about."""
        control = person.account_control if person is not None else "no_roster"
        employment = person.employment if person is not None else ""
        key = (tuple([seen.number for _, seen in about]), lineup.number, control, employment)
        if key not in self.memo:
            best: dict[str, tuple[Fit, int]] = {}
            for place, (standing, seen) in enumerate(about):
                for act_id, one in self._fits(standing, seen, lineup, control).items():
                    if one.act.binds and employment and employment not in one.act.binds:
                        continue
                    if act_id not in best or _order(one) < _order(best[act_id][0]):
                        best[act_id] = one, place
            ordered = [best[act.id] for act in self.ruleset.acts if act.id in best]
            freed = _permitted([one for one, _ in ordered])
            if control == "not_theirs":
                freed = tuple(one.cleared(NOT_THEIRS) for one in freed)
            fits = tuple((one, place) for one, (_, place) in zip(freed, ordered, strict=True))
            self.memo[key] = fits, tuple(self._drafts(fits, control, employment))
        return self.memo[key]

    def _fits(self, standing: Standing | None, seen: Seen, lineup: Lineup, control: str) -> dict[str, Fit]:
        """How the acts fit what is said of one of them."""
        key = (seen.number, standing, lineup.number, control)
        if key in self.fitting:
            return self.fitting[key]
        found: dict[str, Fit] = {}
        statuses = self._statuses(standing)
        some = seen.acts if standing is None or standing.named else seen.nameless
        stood = seen.evidence if standing is None else seen.evidence.with_facts(standing.atoms())
        at = Situation(seen.evidence, standing, stood, lineup.day, control)
        replaced = self.replaced_on(lineup.day)
        for act in some:
            if act.id in statuses and act.id not in replaced:
                one = fit(act, statuses[act.id], at)
                if one is not None:
                    found[act.id] = self.scale.weighed(one, control)
        self.fitting[key] = found
        return found

    def replaced_on(self, day: date | None) -> frozenset[str]:
        """The acts that do not count on a day. Of those that say the same (a circular carrying the national table) the one
        carried where a carrier is in force, else the carriers; on an unknown day the carriers count. What merely stands
        beside the table is not named when it was not in force: an expired piece of advice helps nobody."""
        if day not in self.replaced:
            beside = [act for act in self.ruleset.acts if act.role == "pendamping"]
            held = {act.id for act in beside if day is not None and not act.document.in_force(day)}
            for carried, carriers in self.carriers.items():
                valid = [act.id for act in carriers if day is None or act.document.in_force(day)]
                held |= {act.id for act in carriers if act.id not in valid}
                held |= {carried} if valid else set()
            self.replaced[day] = frozenset(held)
        return self.replaced[day]

    def _drafts(self, fits: Sequence[tuple[Fit, int]], control: str, employment: str) -> Iterator[tuple[Draft, int]]:
        """The rows worth a reviewer's time. For staff who are no civil servants the table does not apply, the act with
        role non_asn does; what it would be for a civil servant stands among the alternatives."""
        live = [(one, place) for one, place in fits if one.result != "clear" and one.act.role != "izin"]
        others = [one.act.id for one, _ in live]
        if employment != "non_asn":
            where = {one.act.id: place for one, place in fits}
            chosen = self._chosen([one for one, _ in fits])
            yield from ((draft(one, others, control, self.ruleset, employment), where[one.act.id]) for one in chosen)
            return
        rule = next((act for act in self.ruleset.acts if act.role == "non_asn"), None)
        if live and rule is not None:
            first, place = live[0]
            moved = Fit(rule, first.standing, first.evidence, first.status, "out_of_scope", (), ())
            yield draft(self.scale.weighed(moved, control), others, control, self.ruleset, employment), place

    def _statuses(self, standing: Standing | None) -> dict[str, str]:
        """The acts that can fit at a standing at all, with the status that lets them."""
        if standing not in self.statuses:
            told = ((act.id, status_for(act, standing)) for act in self.ruleset.acts)
            self.statuses[standing] = {act_id: status for act_id, status in told if status is not None}
        return self.statuses[standing]

    def _chosen(self, fits: Sequence[Fit]) -> list[Fit]:
        """Rows worth a reviewer's time: acts of the best result, or what removed them; the rest are alternatives."""
        main = [one for one in fits if one.act.role == "utama"]
        live = [one for one in main if one.result != "clear"]
        if not live and all(PERMITTED in [item for item, _ in one.spoken] for one in main):
            # What stands beside the table makes rows where the table is silent or permits; advice only where all else is.
            beside = [one for one in fits if one.act.role == "pendamping" and one.result != "clear"]
            binding = [one for one in beside if one.act.severity != "imbauan"]
            live = binding or ([] if main else beside)
        if not live:
            return [one for one in fits if one.act.role == "izin"] + [one for one in main if one.result == "clear"]
        best = min(RANK[one.result] for one in live)
        first = [one for one in live if RANK[one.result] == best]
        if best == RANK["needs_clarification"]:
            fewest = min(len(one.missing) for one in first)
            spread = self.ruleset.risk.thresholds["missing_spread"]
            first = [one for one in first if len(one.missing) <= fewest + spread]
        top = max(one.points for one in first)
        first += [one for one in live if one.points > top and one not in first]
        return sorted(first, key=lambda one: (RANK[one.result], -one.points, one.act.id))


def _ties(person: Person | None, whole: Seen) -> Ties:
    """What the roster says of the person's ties to contestants."""
    if person is None or not (person.spouse_contestant or person.candidate_contestant):
        return NO_TIES
    said = whole.evidence.strong
    speaks = bool(person.spouse_contestant) and not said.isdisjoint(_OF_SPOUSE)
    return Ties(person.spouse_contestant, person.candidate_contestant, speaks)


_OF_SPOUSE = ("own:spouse", "own:claim_spouse_campaign")
_FAVOUR = frozenset({"own:support", "own:solicitation"})


def _order(one: Fit) -> tuple[int, bool, int]:
    """Which of several whom an activity is about a row names: by result, then whom it favours, then by points."""
    return RANK[one.result], _FAVOUR.isdisjoint(one.evidence.strong), -one.points


def _about(statements: Sequence[Statement], standing: Standing | None, contestant: str) -> tuple[Statement, ...]:
    """The statements that speak of a contestant (or of nobody in particular); of somebody unnamed those that name nobody; all
    for acts that need nobody."""
    if standing is None:
        return tuple(statements)
    if not standing.named or not contestant:
        return tuple(one for one in statements if one.toward in ("", "unresolved") or one.predicate not in NAMING)
    return tuple(
        one for one in statements
        if one.toward in (contestant, "", "unresolved")
        # A shirt or flag of a party in a picture is also an attribute beside its candidate.
        or (one.predicate.startswith("media_") and one.toward.startswith("parpol"))
    )  # fmt: skip


def _permitted(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    freed = {act_id for one in fits if one.act.role == "izin" for act_id in one.act.permits}
    return tuple(one.cleared(PERMITTED) if permits(freed, one.act) else one for one in fits)


def permits(freed: Collection[str], act: Act) -> bool:
    """Whether an act is among those freed, itself or as the one it carries."""
    return act.id in freed or act.carries in freed


def _carriers(acts: Iterable[Act]) -> dict[str, list[Act]]:
    """The acts that carry another one, by the one they carry."""
    made: dict[str, list[Act]] = {}
    for act in acts:
        if act.carries:
            made.setdefault(act.carries, []).append(act)
    return made
