"""What reports show of the rules: acts, contests, phases, contestants, signals and persons, as plain frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from screening.reports.context import ReportContext

if TYPE_CHECKING:
    from screening.ruleset.load import Ruleset
    from screening.ruleset.roster import Person

# How sure we are that an account is the person's, in the words of the review file (reference: review workflow §2.1).
IDENTITY = {"confirmed": "pasti", "likely": "mungkin", "unconfirmed": "lemah", "not_theirs": "bukan miliknya"}
EMPLOYMENT = {"pns": "PNS", "pppk": "PPPK", "non_asn": "bukan ASN"}


def context_of(ruleset: Ruleset, zone: str = "Asia/Jakarta") -> ReportContext:
    """The report context a ruleset gives; persons come from its roster, when there is one."""
    return ReportContext(
        acts=pd.DataFrame(list(_acts(ruleset))),
        contests=pd.DataFrame([{"contest": key, "name": contest.name} for key, contest in ruleset.contests.items()]),
        phases=pd.DataFrame(list(_phases(ruleset))),
        contestants=pd.DataFrame(list(_contestants(ruleset))),
        subjects=pd.DataFrame(_subjects(ruleset), dtype="str"),
        signals=ruleset.signals,
        jurisdictions=ruleset.jurisdictions,
        zone=zone,
    )


def _acts(ruleset: Ruleset) -> Iterator[dict[str, str]]:
    for act in ruleset.acts:
        unverified = "" if act.certainty == "verified" else " (belum terverifikasi)"
        yield {
            "act_id": act.id,
            "document": act.document.id,
            "title": act.document.title,
            "provision": act.provision + unverified,
            "category": act.category,
            "summary": act.wording,
            "observability": act.observability,
            "source": act.source or act.document.source,
            "statuses": " ".join(sorted(act.statuses)) if act.role == "utama" else "",
        }


_PERSONAL = ("name", "nip", "position", "rank", "grade", "unit", "agency")


def _phases(ruleset: Ruleset) -> Iterator[dict[str, str]]:
    for key, contest in ruleset.contests.items():
        for stage in contest.phases:
            yield {"contest": key, "phase": stage.phase, "start": stage.start.isoformat(), "end": stage.end.isoformat()}


def _contestants(ruleset: Ruleset) -> Iterator[dict[str, str]]:
    for contest in ruleset.contests.values():
        for key, contestant in contest.contestants.items():
            yield {"contestant_id": key, "name": contestant.name}


def _subjects(ruleset: Ruleset) -> dict[str, list[str]]:
    """One row a subject; where a person has several accounts, the surest one speaks for the identity."""
    people = ruleset.roster.people.values() if ruleset.roster else ()
    order = {control: at for at, control in enumerate(IDENTITY)}
    surest: dict[str, Person] = {}
    for person in sorted(people, key=lambda one: order[one.account_control]):
        surest.setdefault(person.subject_id, person)
    return {
        "subject_id": [*surest],
        **{name: [getattr(person, name) for person in surest.values()] for name in _PERSONAL},
        "asn_status": [EMPLOYMENT.get(person.employment, "") for person in surest.values()],
        "identity": [IDENTITY[person.account_control] for person in surest.values()],
    }
