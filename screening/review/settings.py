"""Numbers and choices of the reviewers' loop (`settings.toml`, each with its reason)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def settings() -> dict[str, Any]:
    """The whole file, read once."""
    return tomllib.loads(files("screening.review").joinpath("settings.toml").read_text(encoding="utf-8"))


def limit(name: str) -> int:
    """One number of [files]."""
    return int(settings()["files"][name])
