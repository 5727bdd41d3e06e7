"""What Facebook's title sentences may add: a person or group they name, in English or Indonesian only.

A title is in the account's language and is no fact by itself (export-formats §2). Verbs are looked up in
`facebook_titles.toml`; a sentence nobody taught us adds nothing and costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{one})" for one in raw[name]["patterns"]), re.I)
        for name in raw
        if name != "schema"
    }


def person(title: str | None) -> str | None:
    """Whose content the sentence says it was, or None ("his own photo" names nobody)."""
    return _named("person", title)


def group(title: str | None) -> str | None:
    """The group the sentence says it was in, or None."""
    return _named("group", title)


def _named(rule: str, title: str | None) -> str | None:
    match = _rules()[rule].search(title or "")
    if not match:
        return None
    name = next((found for found in match.groups() if found), "").strip(" .")
    return name if name and not _rules()["nobody"].fullmatch(name) else None


def joined(title: str | None) -> str | None:
    """The group the sentence says somebody joined, or None."""
    return _named("joined", title)


def shared(title: str | None) -> bool:
    """Whether the sentence says that something was shared."""
    return bool(title and _rules()["shared"].search(title))


def left(title: str | None) -> bool:
    """Whether the sentence says that a group was left."""
    return bool(title and _rules()["left"].search(title))
