"""The platforms (`platforms.toml`): ids, labels, words and hosts, in one place for every stage."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_HOST = re.compile(
    r"^(?:https?:)?(?://)?(?:[^/?#@]*@)?([a-z0-9.-]+\.[a-z]{2,})(?=[/?#:]|$)",
    re.I,
)


class Platform(NamedTuple):
    """One platform: id in the tables, the label people read, other words for it, hosts of its addresses, and the package
    of its readers in `screening.readers` ("" where another platform's readers know it, or none)."""

    id: str
    label: str
    words: tuple[str, ...]
    hosts: tuple[str, ...]
    readers: str = ""


@cache
def platforms() -> tuple[Platform, ...]:
    """All platforms in the order of the file; the last is `other`."""
    raw = tomllib.loads(Path(__file__).with_name("platforms.toml").read_text(encoding="utf-8"))["platforms"]
    return tuple(
        Platform(name, entry["label"], tuple(entry["words"]), tuple(entry["hosts"]), entry["readers"])
        for name, entry in raw.items()
    )


@cache
def ids() -> tuple[str, ...]:
    """The ids, as the tables hold them."""
    return tuple(platform.id for platform in platforms())


@cache
def labels() -> Mapping[str, str]:
    """Id -> the label people read."""
    return {platform.id: platform.label for platform in platforms()}


@cache
def _by_host() -> Mapping[str, str]:
    return {host: platform.id for platform in platforms() for host in platform.hosts}


@lru_cache(maxsize=4096)
def platform_of_host(host: str) -> str | None:
    """The platform a host or any of its parent domains belongs to, or None."""
    parts = host.lower().rstrip(".").split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((found for tail in tails if (found := _by_host().get(tail))), None)


def platform_of_address(address: str | None) -> str | None:
    """The platform an address lies on (with or without scheme), or None."""
    match = _HOST.match((address or "").strip())
    return platform_of_host(match[1]) if match else None
