"""When an ambiguous entry counts: the little language of the `requires` and `barred_by` columns.

`;` separates alternatives (any one suffices), `&` joins atoms that must hold together, `@n` is a window in tokens before
and after the match (default 8, `@doc` the whole text). Atoms: `word:partai|nomor urut|~coblos`, `signal:contestant`
(`signal:same`: another hit of the same contestant), `case:upper|title`, `phase:campaign|quiet`, `after:draw`,
`region:aceh|banda aceh`, `cue:seat|party` (a word of
these classes of `lexicons/words/isyarat_calon.csv`: whole lists by their name), `trigger` (the number triggers of
`lexicons/words/pemicu.csv`), `home` (the contest is national or that of the ruleset's own jurisdiction: a Jakarta employee's
"Bu Risma" is hardly the one who stands in East Java).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from screening.text.wordlists import word_rows

WINDOW = 8
WHOLE = 10**6
_ATOM = re.compile(
    r"^(?P<name>word|cue|signal|case|phase|after|region|trigger|home)(?::(?P<values>.*?))?(?:@(?P<window>\d+|doc))?$"
)
_CASES = {"upper", "title", "lower", "mixed"}


@dataclass(frozen=True, order=True)
class Atom:
    """One thing to look for: name, alternatives, window in tokens (WHOLE: the whole text)."""

    name: str
    values: tuple[str, ...]
    window: int

    def __hash__(self) -> int:
        return self._hash  # asked tens of thousands of times for the conditions of listed names

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.values, self.window))


@lru_cache(maxsize=1)
def cue_words() -> dict[str, tuple[str, ...]]:
    """Class -> its words (`lexicons/words/isyarat_calon.csv`), each as a word condition writes them."""
    found: dict[str, list[str]] = {}
    for row in word_rows("isyarat_calon"):
        found.setdefault(row["class"], []).append(row["word"].replace("_", " "))
    return {name: tuple(some) for name, some in found.items()}


Alternatives = tuple[tuple[Atom, ...], ...]  # any of: all of


@lru_cache(maxsize=50_000)  # thousands of candidates share their conditions
def parse_conditions(cell: str) -> Alternatives:
    """The alternatives written in a cell; ValueError (Indonesian) when an atom cannot be read."""
    return tuple(tuple(_atom(part) for part in choice.split("&")) for choice in cell.split(";") if choice.strip())


def _atom(text: str) -> Atom:
    match = _ATOM.match(text.strip())
    if not match:
        raise ValueError(f"syarat '{text.strip()}' tidak dikenal")
    name = match["name"]
    values = tuple(sorted(value.strip() for value in (match["values"] or "").split("|") if value.strip()))
    if name not in ("trigger", "home") and not values:
        raise ValueError(f"syarat '{text.strip()}' tidak berisi nilai")
    if name == "cue" and not set(values) <= cue_words().keys():
        raise ValueError(f"syarat '{text.strip()}': kelas harus salah satu dari {', '.join(sorted(cue_words()))}")
    if name == "case" and not set(values) <= _CASES:
        raise ValueError(f"syarat '{text.strip()}': huruf harus salah satu dari {', '.join(sorted(_CASES))}")
    window = match["window"]
    return Atom(name, values, WHOLE if window == "doc" or (name == "region" and not window) else int(window or WINDOW))


def cell_of(conditions: Alternatives) -> str:
    """The conditions as they are written in a cell; `parse_conditions` gives them again."""
    return ";".join("&".join(map(_written, clause)) for clause in conditions)


def _written(atom: Atom) -> str:
    window = {WINDOW: "", WHOLE: "@doc"}.get(atom.window, f"@{atom.window}")
    return atom.name + (f":{'|'.join(atom.values)}" if atom.values else "") + (window if atom.name in _NEAR else "")


_NEAR = ("word", "cue", "signal", "region", "trigger")  # atoms with a window
