"""Header cells: how they compare, and which row of a sheet is the header."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

_SQUEEZE = re.compile(r"[\W_]+")
_APART = re.compile(r"\b[a-z](?: [a-z]){2,}\b")  # "N I P", "N.I.P."
LOOK_AHEAD = 40


@lru_cache(maxsize=8192)
def folded(header: str) -> str:
    """A header as it is compared: case-folded, punctuation and spaces collapsed to single spaces; letters
    written apart ("N I P") are a word."""
    plain = _SQUEEZE.sub(" ", unicodedata.normalize("NFKC", header)).strip().casefold()
    return _APART.sub(lambda found: found[0].replace(" ", ""), plain)


def names(row: Sequence[Any]) -> list[str]:
    """The folded texts of a row's cells; what is no text is empty."""
    return [folded(cell) if isinstance(cell, str) and len(cell) <= 80 else "" for cell in row]


def header_row(rows: Sequence[Sequence[Any]], score: Callable[[list[str]], int], least: int) -> int | None:
    """Index of the row that looks most like a header (the first of the best), or None below `least` points."""
    scores = [score(names(row)) for row in rows[:LOOK_AHEAD]]
    best = max(scores, default=0)
    return scores.index(best) if best >= least else None
