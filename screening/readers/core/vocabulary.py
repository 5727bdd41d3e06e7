"""Words for kinds, visibilities and targets (`vocabulary.toml`) and for platforms become those of the contract."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from screening.platforms import platforms

_SQUEEZE = re.compile(r"[\s_/\\&+,;:()\[\]'\"-]+")


@cache
def _tables() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
    tables = {
        field: {_plain(word): name for name, words in raw[field].items() for word in [name, *words]}
        for field in ("kind", "visibility", "target_kind")
    }
    named = {_plain(word): each.id for each in platforms() for word in (each.id, *each.words)}
    return {**tables, "platform": named}


@cache
def _nothing() -> frozenset[str]:
    raw = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
    return frozenset(raw["nothing"]["words"])


@cache
def _longest_nothing() -> int:
    return max(map(len, _nothing()))


@cache
def nothing_begins() -> frozenset[str]:
    """The characters a cell that says nothing may begin with; a cell that begins with another holds something."""
    first = {word[0] for word in _nothing()}
    return frozenset({*first, *(sign.upper() for sign in first), *map(chr, range(0x21)), "\x7f", "\x85", "\xa0"})


def says_nothing(cell: str) -> bool:
    """Whether a cell is blank, or holds what people write instead of leaving it empty."""
    said = cell.strip()
    return not said or (len(said) <= _longest_nothing() and said.casefold() in _nothing())


def _plain(word: str) -> str:
    return _SQUEEZE.sub(" ", word).strip().casefold()


@lru_cache(maxsize=4096)
def canonical(field: str, word: str) -> str | None:
    """The contract's value for a word people use, or None when nobody taught us the word."""
    return _tables()[field].get(_plain(word))
