"""Files that are known and left alone whichever export they lie in (`known.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from screening.readers.core.source import Source


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    rules = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["ignored"]
    return [(re.compile(path), rule["why"]) for rule in rules for path in rule["paths"]]


def ignored(source: Source) -> str:
    """Why the file is left alone, or the empty string."""
    path = (source.path or source.container).lower()
    return next((why for pattern, why in _rules() if pattern.search(path)), "")
