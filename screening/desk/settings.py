"""Numbers of the review desk (`settings.toml`, each with its reason) and its words (`words.toml`, the only place of them)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _file(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("screening.desk").joinpath(name).read_text(encoding="utf-8"))


def number(section: str, name: str) -> int:
    """One number of `settings.toml`; KeyError for what is not there."""
    return int(_file("settings.toml")[section][name])


def words() -> Mapping[str, Any]:
    """Every word people see at the desk, by page."""
    return _file("words.toml")


def word(section: str, name: str, /, **values: object) -> str:
    """One sentence of `words.toml` with its values filled in."""
    return str(words()[section][name]).format(**values)
