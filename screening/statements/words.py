"""Which words open a statement's parts: who speaks, how it is meant, which other matter it may be about.

The lists are data (`lexicons/statements/*.csv`: word, class, example, counterexample, note), one file a subject; a word may
have several classes and be several words in a row. Distances and thresholds: `data/statements.toml`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from screening.shipped import shipped
from screening.text import words
from screening.text.fold import fold
from screening.text.slang import standard

FILES = ("penutur", "makna", "bingkai")
CLASSES = {
    "penutur": (
        "self", "group", "kin", "other", "third", "people", "colleague", "official", "institution", "addressed",
        "honorific", "object", "perceive", "orders", "light",
    ),
    "makna": (
        "negator", "refuse", "asked", "coerced", "past", "quit", "conditional", "question", "wish", "report", "accused",
        "fake", "example", "contrast", "courtesy", "vote", "inner", "affirm", "posing", "incidental", "team_role",
        "campaigning", "imperative", "partisan", "purpose", "prop", "intent", "choice", "compare", "limiting", "legal",
        "facility", "use", "gift", "give", "wear", "steadfast",
        "material", "install", "team", "join",
    ),
    "bingkai": ("other_election", "real_election", "legislative", "politics", "everyday", "javanese"),
}  # fmt: skip
BIT = {name: 1 << i for i, name in enumerate(name for file in FILES for name in CLASSES[file])}


@dataclass(frozen=True)
class WordClasses:
    """`single`: word -> bits of its classes; `series`: first word -> (the words behind it, bits), the longest first."""

    single: Mapping[str, int]
    series: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]

    def _bare(self, form: str) -> int:
        """The classes of a word without its clitic: "tetanggaku", "kampanyenya"."""
        for clitic in _CLITICS:
            if form.endswith(clitic) and len(form) - len(clitic) >= _SHORTEST_STEM:
                return self.single.get(form[: -len(clitic)], 0)
        return 0

    def of(self, form: str, written: str) -> int:
        """The bits of a word in its standard spelling, as it is written ("ogah" is no mere "tidak"), or without a clitic."""
        known = self.single.get
        return (known(form, 0) | known(written, 0)) or self._bare(form)

    def mark(self, forms: Sequence[str], bits: list[int]) -> dict[int, int]:
        """Add to the bits of the words those of series that begin at them; the last word of every such series, by its first.

        A word inside a series keeps its own bits, for "teman kantor saya" is still somebody's.
        """
        ends: dict[int, int] = {}
        for at, form in enumerate(forms):
            if form not in self.series:
                continue
            for rest, found in self.series[form]:
                if tuple(forms[at + 1 : at + 1 + len(rest)]) == rest:
                    bits[at] |= found
                    ends[at] = max(ends.get(at, at), at + len(rest))
        return ends


_CLITICS = ("nya", "ku", "mu", "lah")
_SHORTEST_STEM = 4


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one list, with its column names."""
    with (shipped("lexicons") / "statements" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def word_classes() -> WordClasses:
    """All lists together."""
    single: dict[str, int] = {}
    series: dict[str, dict[tuple[str, ...], int]] = {}
    for name in FILES:
        for row in rows(name):
            _add(row["word"], BIT[row["class"]], single, series)
    ordered = {first: tuple(sorted(found.items(), key=lambda item: -len(item[0]))) for first, found in series.items()}
    return WordClasses(single, ordered)


def _add(word: str, bit: int, single: dict[str, int], series: dict[str, dict[tuple[str, ...], int]]) -> None:
    forms = [standard(form) for form in words(word)]
    if len(forms) == 1:
        single[fold(word)] = single.get(fold(word), 0) | bit
        return
    known = series.setdefault(forms[0], {})
    known[tuple(forms[1:])] = known.get(tuple(forms[1:]), 0) | bit


def mask(names: Iterable[str]) -> int:
    """The bits of several classes."""
    return sum(BIT[name] for name in names)


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Any]:
    """Distances and thresholds, each with its reason (`data/statements.toml`)."""
    table = tomllib.loads(shipped("data/statements.toml").read_text(encoding="utf-8"))
    return {name: row["value"] for name, row in table.items() if isinstance(row, dict)}


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    from screening.classifier.model import load

    return frozenset(item for item in load().blocks["word"].rows if " " not in item)


def ordinary(word: str) -> bool:
    """A word that the corpus knows, so no name of its own."""
    return word in _ordinary_words()
