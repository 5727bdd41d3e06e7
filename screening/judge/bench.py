"""One activity on the bench: every act held against it at every standing, and the fits worth a reviewer's time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from screening.judge.elements import RANK, Fit, Reach, Situation, fit, needs_no_name, status_for
from screening.judge.evidence import Evidence, Hit, facts_of, gather
from screening.judge.lineup import Lineup, Lineups
from screening.judge.owners import Accounts
from screening.judge.rows import Case, Draft, draft
from screening.judge.score import Scale
from screening.judge.standing import Moment, Standing, named_by
from screening.ruleset.acts import Act, Exemption, atoms_of
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Person, Roster

NOT_THEIRS = Exemption("akun_bukan_miliknya", "akun tidak dikuasai pegawai menurut daftar pegawai", (), "clear")
PERMITTED = Exemption(
    "izin_pasangan", "dibolehkan bagi suami atau istri peserta (SE Menteri PANRB 18/2023)", (), "clear"
)


class Seen(NamedTuple):
    """What hits and facts say: the evidence, which hits stand, the acts it could fit, and those that need no name.

    Equal evidence has the same `number`.
    """

    evidence: Evidence
    standing: tuple[int, ...]
    acts: tuple[Act, ...]
    nameless: tuple[Act, ...]
    number: int


class Bench:
    """The acts made ready for one table; remembers the fits of equal evidence, for most activities look alike."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.scale = Scale(ruleset.risk)
        self.reach = Reach(ruleset.acts)
        self.lineups = Lineups(ruleset)
        self.accounts = Accounts(ruleset.roster or Roster())
        self.looks: dict[Any, Seen] = {}
        self.numbers: dict[Evidence, int] = {}
        self.statuses: dict[Standing | None, dict[str, str]] = {}
        self.memo: dict[Any, tuple[tuple[Fit, ...], tuple[Draft, ...]]] = {}
        groups = ruleset.signal_groups
        orphans = {atom.partition(":")[2] for act in ruleset.acts for atom in atoms_of(act.orphan)}
        named = {signal for signal, group in groups.items() if group in ("target", "account", "claim")}
        self.cues = frozenset(signal for signal, group in groups.items() if group == "context")
        self.gates = frozenset(named | {signal for signal in orphans if signal in groups})

    def case(self, activity: Mapping[str, Any], hits: Sequence[Hit], person: Person | None) -> Case:
        """Hold the acts against one activity (a record of ACTIVITIES) with its hits."""
        at = activity["happened_at"]
        moment = Moment(None if at is pd.NaT else at, activity["time_basis"])
        facts, leave = facts_of(activity), self._leave(person, moment)
        seen = self._seen(hits, facts | leave if leave else facts)
        stood = tuple([hits[place] for place in seen.standing])
        if not seen.acts:
            return Case((), (), {}, stood)
        named = named_by(stood, self.ruleset.risk.thresholds["hint"])
        spouse = person.spouse_contestant if person is not None else ""
        lineup = self.lineups.at(moment, named, spouse, "any:claim_self_candidate" in seen.evidence.strong)
        fits, drafts = self._judged(seen, lineup, person)
        return Case(fits, drafts, lineup.contestants, stood)

    def _leave(self, person: Person | None, moment: Moment) -> frozenset[str]:
        """Whether the person was on leave that day, where the roster states leave at all."""
        if person is None or person.leave_from is None:
            return frozenset()
        leave = person.on_leave(self.lineups.day(moment))
        return frozenset() if leave is None else frozenset({"is:on_leave" if leave else "is:off_leave"})

    def _seen(self, hits: Sequence[Hit], facts: frozenset[str]) -> Seen:
        look = tuple([hit.look for hit in hits])
        known = self.looks.get((look, facts))
        if known is None:
            bare, standing = gather(hits, self.ruleset.risk, self.cues)
            evidence = bare.with_facts(facts)
            acts = self.reach.within(evidence)
            nameless = tuple(act for act in acts if needs_no_name(act, evidence))
            number = self.numbers.setdefault(evidence, len(self.numbers))
            known = Seen(evidence, standing, acts, nameless, number)
            if None not in look:
                self.looks[look, facts] = known
        return known

    def _judged(self, seen: Seen, lineup: Lineup, person: Person | None) -> tuple[tuple[Fit, ...], tuple[Draft, ...]]:
        """The best fit of every act over all standings, permissions applied; and the rows to be."""
        control = person.account_control if person is not None else "no_roster"
        outside = person is not None and person.employment == "non_asn"
        key = (seen.number, lineup.number, control, outside)
        if key not in self.memo:
            fits = self._fits(seen, lineup, control)
            self.memo[key] = fits, tuple(self._drafts(fits, control, outside))
        return self.memo[key]

    def _fits(self, seen: Seen, lineup: Lineup, control: str) -> tuple[Fit, ...]:
        found: dict[str, list[Fit]] = {}
        for standing in lineup.contestants:
            statuses = self._statuses(standing)
            some = seen.acts if standing is None or standing.named else seen.nameless
            acts = [act for act in some if act.id in statuses]
            if not acts:
                continue
            stood = seen.evidence if standing is None else seen.evidence.with_facts(standing.atoms())
            at = Situation(seen.evidence, standing, stood, lineup.day, control)
            for act in acts:
                one = fit(act, statuses[act.id], at)
                if one is not None:
                    found.setdefault(act.id, []).append(self.scale.weighed(one, control))
        best = [
            min(found[act.id], key=lambda one: (RANK[one.result], -one.points)) for act in seen.acts if act.id in found
        ]
        fits = _permitted(best)
        return tuple(one.cleared(NOT_THEIRS) for one in fits) if control == "not_theirs" else fits

    def _drafts(self, fits: Sequence[Fit], control: str, outside: bool) -> Iterator[Draft]:
        """The rows worth a reviewer's time. For staff who are no civil servants the table does not apply, the act with
        role non_asn does."""
        live = [one for one in fits if one.result != "clear" and one.act.role != "izin"]
        if not outside:
            others = [one.act.id for one in live]
            yield from (draft(one, others, control, self.ruleset) for one in self._chosen(fits))
            return
        rule = next((act for act in self.ruleset.acts if act.role == "non_asn"), None)
        if live and rule is not None:
            moved = Fit(rule, live[0].standing, live[0].evidence, live[0].status, "out_of_scope", (), ())
            yield draft(self.scale.weighed(moved, control), (), control, self.ruleset)

    def _statuses(self, standing: Standing | None) -> dict[str, str]:
        """The acts that can fit at a standing at all, with the status that lets them."""
        if standing not in self.statuses:
            told = ((act.id, status_for(act, standing)) for act in self.ruleset.acts)
            self.statuses[standing] = {act_id: status for act_id, status in told if status is not None}
        return self.statuses[standing]

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
        first += [one for one in live if one.points > top and one not in first]
        return sorted(first, key=lambda one: (RANK[one.result], -one.points, one.act.id))


def _permitted(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    freed = {act_id for one in fits if one.act.role == "izin" for act_id in one.act.permits}
    return tuple(one.cleared(PERMITTED) if one.act.id in freed else one for one in fits)
