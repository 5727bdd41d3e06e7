"""A mapping profile: one small TOML that says how a vendor's table becomes activities (`profiles/*.toml`).

```toml
schema = 1
name = "contoh"                      # shown as the reader's name
title = "Contoh Vendor (CSV/XLSX)"
requires = ["Mention Id", "Body"]    # headers that must all be there (case and punctuation do not matter)
excludes = []                        # headers that must not be there
any_of = [["Author", "Handle"]]      # of each group at least one
json = true                          # JSON lists and JSON lines with these keys (nested ones joined with a dot) too
source = "documentation this rests on, and how sure"

[constants]                          # values every row gets unless a column gives them
platform = "x"
kind = "post"
visibility = "public"

[columns]                            # canonical column -> headers, first filled one wins; `tags.*.name` of a list: all, joined
record_id = ["Mention Id"]
actor = ["Author"]
text = ["Body"]
happened_at = ["Date"]
clock = ["Time"]                     # time of day in a column of its own
own_url = ["Url"]                    # the act's own address: shown for a post; a comment's or share's is its record id

[time]
reading = "written"                  # written | epoch | utc | local
order = "DMY"                        # day first, or MDY

[words.kind]                         # the vendor's words where the common vocabulary is not enough
"quote tweet" = "share"

[[kinds]]                            # first rule whose patterns all match sets kind and targets
when = { "Body" = "^RT @" }
kind = "share"
target_account = ["Original Author"]
move_text = true                     # the text is the target's, not the actor's
[[nested]]                           # JSON only: lists inside a record whose entries are acts of their own
list = "latestComments"              # the key of the list
again = ["replies"]                  # lists of the same kind inside an entry
constants = { kind = "comment" }
columns = { actor = ["owner.username"], text = ["text"], happened_at = ["timestamp"] }
above = { target_url = ["url"] }     # canonical column of the entry -> headers of the record it stands in

[[skip]]                             # rows that are no activity (error rows, other people's)
when = { "errorCode" = "." }
why = "baris galat dari alat"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from screening.errors import Problem, RulesetError
from screening.readers.core.headers import folded
from screening.tables import ACTIVITIES

FIELDS = frozenset(
    set(ACTIVITIES.columns)
    - {"activity_id", "source_file", "source_sha256", "source_pointer", "time_basis", "time_raw"}
) | {"clock", "fallback_actor", "own_url", "description", "evidence", "remarks", "coauthors", "place", "nip"}
_KEYS = {"schema", "name", "title", "requires", "excludes", "source", "constants", "columns", "time", "words", "kinds",
         "skip", "any_of", "parser", "json", "nested"}  # fmt: skip
READINGS = ("written", "epoch", "utc", "local")
_RULE_KEYS = {"when", "kind", "target_account", "target_text", "target_url", "target_kind", "move_text", "why", "text"}


@dataclass(frozen=True)
class Rule:
    """When every named column matches its pattern: this kind, and these columns for the target."""

    when: Mapping[str, re.Pattern[str]]
    kind: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    target_kind: str = ""
    move_text: bool = False
    why: str = ""


@dataclass(frozen=True)
class Nested:
    """A list inside a record whose entries are acts: its key, the keys of lists of the same kind inside an entry, how an
    entry is mapped, and which of its columns come from the record above."""

    list: str
    again: tuple[str, ...]
    profile: Profile
    above: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Profile:
    """One vendor's table; header names are folded (`headers.folded`)."""

    name: str
    title: str
    requires: frozenset[str]
    excludes: frozenset[str] = frozenset()
    any_of: tuple[frozenset[str], ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: str = "written"
    order: str = "DMY"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: tuple[Rule, ...] = ()
    skip: tuple[Rule, ...] = ()
    parser: str = ""
    json: bool = False
    nested: tuple[Nested, ...] = ()

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a table with these folded headers is this vendor's."""
        present = set(header)
        return (
            bool(self.requires)
            and self.requires <= present
            and not self.excludes & present
            and all(choice & present for choice in self.any_of)
        )


def profile_of(text: str, file: str) -> Profile:
    """The profile in a TOML text; raises RulesetError with every problem."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesetError([Problem(file, 0, f"bukan TOML yang sah ({error})")]) from None
    if problems := list(_problems(raw, file)):
        raise RulesetError(problems)
    time = raw.get("time", {})
    return Profile(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        requires=frozenset(map(folded, raw["requires"])),
        excludes=frozenset(map(folded, raw.get("excludes", []))),
        any_of=tuple(frozenset(map(folded, choice)) for choice in raw.get("any_of", [])),
        constants=raw.get("constants", {}),
        columns={name: _headers(value) for name, value in raw.get("columns", {}).items()},
        reading=time.get("reading", "written"),
        order=time.get("order", "DMY"),
        words={name: {folded(word): to for word, to in words.items()} for name, words in raw.get("words", {}).items()},
        kinds=tuple(_rule(rule) for rule in raw.get("kinds", [])),
        skip=tuple(_rule(rule) for rule in raw.get("skip", [])),
        parser=raw.get("parser", ""),
        json=bool(raw.get("json", False)),
        nested=tuple(_nested(rule, raw) for rule in raw.get("nested", [])),
    )


def _nested(rule: Mapping[str, Any], raw: Mapping[str, Any]) -> Nested:
    time = raw.get("time", {})
    mapped = Profile(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        requires=frozenset(),
        constants={**raw.get("constants", {}), **rule.get("constants", {})},
        columns={name: _headers(value) for name, value in rule["columns"].items()},
        reading=time.get("reading", "written"),
        order=time.get("order", "DMY"),
    )
    above = {name: _headers(value) for name, value in rule.get("above", {}).items()}
    return Nested(rule["list"], tuple(rule.get("again", ())), mapped, above)


EVERY = "every9entry"  # stands in a folded header for the index of any entry of a list


def _headers(value: str | list[str]) -> tuple[str, ...]:
    return tuple(folded(name.replace("*", EVERY)) for name in ([value] if isinstance(value, str) else value))


def _rule(raw: Mapping[str, Any]) -> Rule:
    return Rule(
        when={folded(name): re.compile(pattern, re.I | re.S) for name, pattern in raw["when"].items()},
        kind=raw.get("kind", ""),
        columns={
            name: _headers(raw[name]) for name in ("target_account", "target_text", "target_url", "text") if name in raw
        },
        target_kind=raw.get("target_kind", ""),
        move_text=raw.get("move_text", False),
        why=raw.get("why", ""),
    )


def _problems(raw: Mapping[str, Any], file: str) -> Iterable[Problem]:
    if raw.get("schema") != 1:
        yield Problem(file, 0, "schema harus 1")
    for key in sorted(raw.keys() - _KEYS):
        yield Problem(file, 0, f"kunci '{key}' tidak dikenal")
    for key in ("name", "requires", "columns"):
        if not raw.get(key):
            yield Problem(file, 0, f"'{key}' tidak ada")
    for section in ("columns", "constants"):
        for name in sorted(raw.get(section, {}).keys() - FIELDS):
            yield Problem(
                file, 0, f"[{section}] '{name}' bukan kolom kanonik", "pilih dari " + ", ".join(sorted(FIELDS))
            )
    if raw.get("time", {}).get("reading", "written") not in READINGS:
        yield Problem(file, 0, "[time] reading harus salah satu dari " + ", ".join(READINGS))
    for rule in raw.get("nested", []):
        for key in sorted({"list", "columns"} - rule.keys()):
            yield Problem(file, 0, f"[[nested]] tanpa '{key}'")
        for name in sorted({*rule.get("columns", {}), *rule.get("above", {}), *rule.get("constants", {})} - FIELDS):
            yield Problem(file, 0, f"[[nested]] '{name}' bukan kolom kanonik")
    for rule in [*raw.get("kinds", []), *raw.get("skip", [])]:
        yield from _rule_problems(rule, file)


def _rule_problems(rule: Mapping[str, Any], file: str) -> Iterable[Problem]:
    for key in sorted(rule.keys() - _RULE_KEYS):
        yield Problem(file, 0, f"kunci aturan '{key}' tidak dikenal")
    if not rule.get("when"):
        yield Problem(file, 0, "aturan tanpa 'when'")
    for name, pattern in rule.get("when", {}).items():
        try:
            re.compile(pattern)
        except re.error as error:
            yield Problem(file, 0, f"pola untuk '{name}' tidak sah ({error})")


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the program, by file name."""
    folder = Path(__file__).with_name("profiles")
    return tuple(profile_of(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.toml")))


@cache
def shipped_profile(name: str) -> Profile:
    """One shipped profile by name."""
    return next(profile for profile in shipped_profiles() if profile.name == name)
