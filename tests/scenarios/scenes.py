"""Builders of activities, hits and statements for tests, and the reported case patterns of kasus.toml."""

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
from screening.shipped import shipped
from screening.tables import ACTIVITIES, STATEMENTS

HERE = Path(__file__).parent
# signal -> its group
GROUPS = {
    signal: group
    for group, signals in tomllib.loads(shipped("data/signals.toml").read_text(encoding="utf-8")).items()
    if isinstance(signals, dict)
    for signal in signals
}
FIELDS = {
    "own": "text",
    "content": "target_text",
    "media": "media_text",
    "account": "target_account",
    "tagged": "tagged",
}
CHANNELS = {"own": "own", "content": "content", "media": "picture", "account": "account", "tagged": "account"}
# Groups of signals that are about nobody, or about whom they name themselves.
NOT_CARRIED = ("context", "audience", "target", "account")
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


def statement(name: str, words: str, row: Mapping[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """A record of STATEMENTS from `place:signal[@contestant]`: plain words of the writer about that contestant."""
    place = words.partition(":")[0]
    made = hit(name, words, row)
    return {
        "statement_id": f"{name}-{words}", "activity_id": name, "field": made["field"], "start": 0, "end": made["end"],
        "speaker": "other" if CHANNELS[place] == "content" else "self", "predicate": made["signal"],
        "meant": "asserted", "toward": made["contestant_id"] or "", "election": "", "channel": CHANNELS[place],
        "strength": made["strength"], "supported": False, "detector": "uji", "how": made["how"], "entry_id": "uji",
        "quote": made["surface"], "quote_start": made["start"], "quote_end": made["end"],
    } | given  # fmt: skip


def statements(row: Mapping[str, Any], words: Iterable[str]) -> list[dict[str, Any]]:
    """Records of STATEMENTS of one activity, each a plain one of the writer.

    What is said is about the contestant it names, or else about the one contestant that is named, as in a text about one;
    where nobody or several are named, about nobody in particular.
    """
    words = list(words)
    named = {one.partition("@")[2] for one in words if "@" in one}
    only = next(iter(named)) if len(named) == 1 else ""
    made = []
    for one in words:
        signal = one.partition(":")[2].partition("@")[0]
        own = "@" in one or GROUPS[signal] in NOT_CARRIED
        made.append(statement(row["activity_id"], one if own or not only else f"{one}@{only}", row))
    return made


def tables(row: Mapping[str, Any], words: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ACTIVITIES and STATEMENTS of one activity."""
    return ACTIVITIES.build([row]), STATEMENTS.build(statements(row, words))


def with_roster(ruleset: Ruleset, given: Mapping[str, Any] | None, actor: str = ACTOR) -> Ruleset:
    """The same ruleset with a roster of one person, or unchanged."""
    if not given:
        return ruleset
    cells = {key: value for key, value in given.items() if not key.startswith("leave")}
    if "leave_from" in given or "leave_to" in given:
        days = (date.fromisoformat(given[key]) if key in given else None for key in ("leave_from", "leave_to"))
        cells["leave"] = (Period(*days),)
    return replace(ruleset, roster=Roster({("", actor): Person(subject_id="pegawai-1", **cells)}))
