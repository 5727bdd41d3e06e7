"""What Facebook's title sentences may add: a person or group they name, in English or Indonesian only.

A title is in the account's language and is no fact by itself (export-formats §2). Verbs are looked up in
`titles.toml`; a sentence nobody taught us adds nothing and costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path


@cache
def _rules() -> dict[str, list[re.Pattern[str]]]:
    raw = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
    return {name: [re.compile(one, re.I) for one in raw[name]["patterns"]] for name in raw if name != "schema"}


def person(title: str | None) -> str | None:
    """Whose content the sentence says it was, or None ("his own photo" names nobody)."""
    return _named("person", title)


def timeline(title: str | None) -> str | None:
    """On whose timeline or profile the sentence says something was put, or None."""
    return _named("timeline", title)


def group(title: str | None) -> str | None:
    """The group a sentence in a list of groups says it was in, or None."""
    return _named("group", title)


def named_group(title: str | None) -> str | None:
    """The group, only where the sentence calls it a group, or None."""
    return _named("named_group", title)


def joined(title: str | None) -> str | None:
    """The group the sentence says somebody joined, or None."""
    return _named("joined", title)


def followed(title: str | None) -> str | None:
    """Whom the sentence says somebody followed, liked or recommended, or None (a plain name is no sentence)."""
    return _named("followed", title)


def recommended(title: str | None) -> str | None:
    """The page the sentence says somebody recommends, or None."""
    return _named("recommended", title)


def shared(title: str | None) -> bool:
    """Whether the sentence says that something was shared."""
    return _says("shared", title)


def sort_shared(title: str | None) -> str:
    """What the sentence says was shared: `group`, `page`, `memory`, else `content`."""
    return next((sort for sort in ("group", "page", "memory") if _says(f"shared_{sort}", title)), "content")


def left(title: str | None) -> bool:
    """Whether the sentence says that a group was left."""
    return _says("left", title)


def requested(title: str | None) -> bool:
    """Whether the sentence says that somebody asked, or was asked, to join."""
    return _says("requested", title)


@lru_cache(maxsize=8_192)
def _says(rule: str, title: str | None) -> bool:
    return any(pattern.search(title or "") for pattern in _rules()[rule])


@lru_cache(maxsize=8_192)
def _named(rule: str, title: str | None) -> str | None:
    match = next((match for pattern in _rules()[rule] if (match := pattern.search(title or ""))), None)
    if not match:
        return None
    name = match[1].strip(" .")
    return name if name and not any(pattern.fullmatch(name) for pattern in _rules()["nobody"]) else None
