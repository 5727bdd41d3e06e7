"""Words for platforms, kinds, visibilities and kinds of target (`vocabulary.toml`) turned into those of the contract."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_SQUEEZE = re.compile(r"[\s_/\\&+,;:()\[\]'\"-]+")


@cache
def _tables() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
    tables = {
        field: {_plain(word): name for name, words in raw[field].items() for word in [name, *words]}
        for field in ("platform", "kind", "visibility", "target_kind")
    }
    return {**tables, "hosts": raw["hosts"]}


def _plain(word: str) -> str:
    return _SQUEEZE.sub(" ", word).strip().casefold()


@lru_cache(maxsize=4096)
def canonical(field: str, word: str) -> str | None:
    """The contract's value for a word people use, or None when nobody taught us the word."""
    return _tables()[field].get(_plain(word))


_HOST = re.compile(
    r"^(?:https?:)?(?://)?(?:www\.|m\.|mobile\.|web\.|vt\.|vm\.|id-id\.|id\.|l\.|mbasic\.)*([a-z0-9.-]+\.[a-z]{2,})(?:[/?#:]|$)",
    re.I,
)


def platform_of_address(address: str | None) -> str | None:
    """The platform an address lies on, or None."""
    match = _HOST.match((address or "").strip())
    return _tables()["hosts"].get(match[1].lower()) if match else None
