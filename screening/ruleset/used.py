"""Roster and accounts as a run used them, as tables for its folder and back again. Names and numbers are masked for good:
what can be read there is what reports show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from screening.ruleset.accounts import Account, Register, register
from screening.ruleset.roster import Employment, Period, Person, Roster
from screening.sheets.masking import mask_name, mask_nip

ROSTER = (
    "platform", "handle", "subject_id", "employment", "unit", "region", "spouse_contestant", "leave", "account_control", "name",
    "nip", "position", "rank", "grade", "agency", "candidate_contestant", "employments",
)  # fmt: skip
ACCOUNTS = ("platform", "handle", "contestant_id", "role", "valid_from", "valid_to")


def roster_table(roster: Roster) -> pd.DataFrame:
    """One row per account, columns ROSTER as text: name and NIP masked, leave and employments as JSON of ISO dates."""
    rows = [
        {
            **{name: getattr(person, name) for name in ROSTER[2:]},
            "platform": platform,
            "handle": handle,
            "name": mask_name(person.name),
            "nip": mask_nip(person.nip),
            "leave": json.dumps([_days(period) for period in person.leave]),
            "employments": json.dumps([[one.kind, *_days(one.period)] for one in person.employments]),
        }
        for (platform, handle), person in sorted(roster.people.items())
    ]
    return pd.DataFrame(rows, columns=list(ROSTER)).astype("str")


def roster_of(table: pd.DataFrame) -> Roster:
    """The roster of a `roster_table`."""
    return Roster({(row["platform"], row["handle"]): _person(row) for row in table.to_dict("records")})


def _person(row: Mapping[Any, Any]) -> Person:
    plain = {name: row[name] for name in ROSTER[2:] if name not in ("leave", "employments")}
    leave = tuple(_period(*days) for days in json.loads(row["leave"]))
    held = tuple(Employment(kind, _period(*days)) for kind, *days in json.loads(row["employments"]))
    return Person(**plain, leave=leave, employments=held)


def accounts_table(accounts: Register) -> pd.DataFrame:
    """One row per registered account, columns ACCOUNTS as text, empty where there is nothing."""
    rows = [
        [one.platform, one.handle, one.contestant_id or "", one.role, _iso(one.valid_from), _iso(one.valid_to)]
        for found in accounts.by_handle.values()
        for one in found
    ]
    return pd.DataFrame(rows, columns=list(ACCOUNTS)).astype("str")


def accounts_of(table: pd.DataFrame) -> Register:
    """The register of an `accounts_table`."""
    return register(
        [
            Account(row["platform"], row["handle"], row["contestant_id"] or None, row["role"], _day(row["valid_from"]),
                    _day(row["valid_to"]))
            for row in table.to_dict("records")
        ]
    )  # fmt: skip


def _days(period: Period) -> list[str]:
    return [_iso(period.start), _iso(period.end)]


def _period(start: str, end: str) -> Period:
    return Period(_day(start), _day(end))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
