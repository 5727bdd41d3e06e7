"""The limits of `limits.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def limit(section: str, name: str) -> int:
    """One number of `limits.toml`; its reason stands beside it as `<name>_why`."""
    return int(_limits()[section][name])


@cache
def _limits() -> dict:
    return tomllib.loads(Path(__file__).with_name("limits.toml").read_text(encoding="utf-8"))
