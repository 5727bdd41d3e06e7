"""Builders of activities and hits for tests, and the reported case patterns of kasus.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Period, Person, Roster
from screening.tables import ACTIVITIES, HITS

HERE = Path(__file__).parent
FIELDS = {
    "own": "text",
    "content": "target_text",
    "media": "media_text",
    "account": "target_account",
    "tagged": "tagged",
}
ACTOR = "asn_0001"


def cases() -> list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """(label, case, one wording of it) for every wording in kasus.toml."""
    table = tomllib.loads((HERE / "kasus.toml").read_text(encoding="utf-8"))
    return [
        (f"{case['id']}-{number}", case, wording)
        for case in table["case"]
        for number, wording in enumerate(case["as"], start=1)
    ]


def activity(name: str = "a1", **given: Any) -> dict[str, Any]:
    """A record of ACTIVITIES; `at` is local (WIB) time unless it ends in Z, None is unknown."""
    at = given.pop("at", "2024-01-10 09:00")
    basis = given.pop("time_basis", "exact_utc" if at else "absent")
    if at is None:
        moment = None
    elif at.endswith("Z"):
        moment = pd.Timestamp(at)
    else:
        moment = pd.Timestamp(at).tz_localize("Asia/Jakarta").tz_convert("UTC")
    row = {
        "activity_id": name, "platform": "instagram", "actor": ACTOR, "kind": "post", "happened_at": moment,
        "time_basis": basis, "visibility": "unknown", "source_file": "uji.csv", "source_pointer": "1",
    }  # fmt: skip
    known = set(ACTIVITIES.columns)
    return row | {key: value for key, value in given.items() if key in known}


def hit(name: str, words: str, row: Mapping[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """A record of HITS from `place:signal[@contestant]`."""
    place, _, rest = words.partition(":")
    signal, _, contestant = rest.partition("@")
    text = str((row or {}).get(FIELDS[place]) or "xxxxx")
    made = {
        "activity_id": name, "field": FIELDS[place], "signal": signal, "entry_id": "uji", "contestant_id": contestant or None,
        "surface": text[:5], "start": 0, "end": len(text[:5]), "strength": 0.9, "detector": "uji", "how": "exact",
    }  # fmt: skip
    return made | given


def tables(row: Mapping[str, Any], words: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ACTIVITIES and HITS of one activity."""
    return ACTIVITIES.build([row]), HITS.build([hit(row["activity_id"], one, row) for one in words])


def with_roster(ruleset: Ruleset, given: Mapping[str, Any] | None, actor: str = ACTOR) -> Ruleset:
    """The same ruleset with a roster of one person, or unchanged."""
    if not given:
        return ruleset
    cells = {key: value for key, value in given.items() if not key.startswith("leave")}
    if "leave_from" in given or "leave_to" in given:
        days = (date.fromisoformat(given[key]) if key in given else None for key in ("leave_from", "leave_to"))
        cells["leave"] = (Period(*days),)
    return replace(ruleset, roster=Roster({("", actor): Person(subject_id="pegawai-1", **cells)}))
