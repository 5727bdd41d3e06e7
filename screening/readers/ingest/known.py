"""Files that are known and left alone, or of no use in their form, whichever export they lie in (`known.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from screening.readers.core.source import Source
from screening.readers.core.structure import head_text


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    rules = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["ignored"]
    return [(re.compile(path), rule["why"]) for rule in rules for path in rule["paths"]]


def ignored(source: Source) -> str:
    """Why the file is left alone, or the empty string."""
    path = (source.path or source.container).lower()
    return next((why for pattern, why in _rules() if pattern.search(path)), "")


@cache
def _refusals() -> list[tuple[re.Pattern[str], list[re.Pattern[str]], str]]:
    rules = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["refused"]
    return [(re.compile("|".join(rule["paths"])), [*map(re.compile, rule["marks"])], rule["why"]) for rule in rules]


def refused(source: Source) -> str:
    """Why a file that is known cannot be used in this form, with the way out; or the empty string."""
    path = (source.path or source.container).lower()
    for where, marks, why in _refusals():
        if where.search(path) and all(mark.search(head_text(source)) for mark in marks):
            return why
    return ""
