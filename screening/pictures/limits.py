"""Limits of reading pictures (`limits.toml`, each with its reason)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _limits() -> dict[str, float]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: part["value"] for name, part in raw.items() if name != "schema"}


def limit(name: str) -> float:
    """The value of one limit; KeyError for a name that `limits.toml` does not hold."""
    return _limits()[name]
