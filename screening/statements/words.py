"""Which words open a statement's parts: who speaks, how it is meant, which other matter it may be about.

The lists are data (`lexicons/statements/*.csv`: words, class, example, counterexample, note), one file a subject. A row holds
the words that one example shows, parted by "|"; a word may have several classes and be several words in a row. Short lists that
one step asks for: `daftar.csv`. Distances and thresholds: `data/statements.toml`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, TypedDict, cast

from screening.shipped import shipped
from screening.text import words
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
    "bingkai": ("other_election", "real_election", "politics", "everyday", "javanese"),
}  # fmt: skip
BIT = {name: 1 << i for i, name in enumerate(name for file in FILES for name in CLASSES[file])}


Series = Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]]


@dataclass(frozen=True)
class WordClasses:
    """`single`: word -> bits of its classes; `series`: first word -> second word -> (all words behind the first, bits)."""

    single: Mapping[str, int]
    series: Series

    @cached_property
    def tag_words(self) -> frozenset[str]:
        """Words of politics that are told in a hashtag written in one: "#RanoMenang"."""
        politics = BIT["politics"]
        return frozenset(
            word for word, bits in self.single.items() if bits & politics and len(word) >= _SHORTEST_TAG_WORD
        )

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

    def mark(self, forms: Sequence[str], bits: list[int], opens: Sequence[int]) -> dict[int, int]:
        """Add to the bits of the words those of series that begin at them; the last word of every such series, by its first.

        `opens`: the words that could begin one. A word inside a series keeps its own bits, for "teman kantor saya" is still
        somebody's.
        """
        ends: dict[int, int] = {}
        for at in opens:
            for rest, found in self.series[forms[at]].get(forms[at + 1], ()) if at + 1 < len(forms) else ():
                if len(rest) == 1 or tuple(forms[at + 1 : at + 1 + len(rest)]) == rest:
                    bits[at] |= found
                    ends[at] = max(ends.get(at, at), at + len(rest))
        return ends


_CLITICS = ("nya", "ku", "mu", "lah")
_SHORTEST_STEM = 4
_SHORTEST_TAG_WORD = 4  # shorter ones end many other words


class Row(NamedTuple):
    """One row of a list: words of one class that are shown by the same example and counterexample. `line` is 1-based."""

    file: str
    line: int
    words: tuple[str, ...]
    cls: str
    example: str
    counterexample: str


@lru_cache(maxsize=4)
def rows(name: str) -> tuple[Row, ...]:
    """The rows of one list, in its order."""
    path = shipped("lexicons") / "statements" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        return tuple(
            Row(
                f"statements/{path.name}", table.line_num, tuple(filter(None, row["words"].split("|"))), row["class"],
                row["example"] or "", row["counterexample"] or "",
            )
            for row in table
        )  # fmt: skip


@lru_cache(maxsize=1)
def word_classes() -> WordClasses:
    """All lists together."""
    single: dict[str, int] = {}
    series: _Growing = {}
    for name in FILES:
        for row in rows(name):
            for word in row.words:
                _add(word, BIT[row.cls], single, series)
    settled = {
        first: {second: tuple(found.items()) for second, found in behind.items()} for first, behind in series.items()
    }
    return WordClasses(single, settled)


_PLAIN, _STRETCHED = re.compile(r"[a-z ]+"), re.compile(r"(.)\1\1")
_Growing = dict[str, dict[str, dict[tuple[str, ...], int]]]


def _add(word: str, bit: int, single: dict[str, int], series: _Growing) -> None:
    # Most words are as texts are read: nothing to take apart, no letter stretched ("pppk").
    read = word.split() if _PLAIN.fullmatch(word) and not _STRETCHED.search(word) else words(word)
    if len(read) == 1:
        single[read[0]] = single.get(read[0], 0) | bit
        return
    forms = [standard(form) for form in read]
    known = series.setdefault(forms[0], {}).setdefault(forms[1], {})
    known[tuple(forms[1:])] = known.get(tuple(forms[1:]), 0) | bit


@lru_cache(maxsize=1)
def _short_lists() -> Mapping[str, frozenset[str]]:
    path = shipped("lexicons") / "statements" / "daftar.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["list"]: frozenset(row["words"].split("|")) for row in csv.DictReader(lines)}


def word_list(name: str) -> frozenset[str]:
    """One of the short lists that a single step of the reading asks for (`lexicons/statements/daftar.csv`: list, words, reason).

    Words are standard forms. Raises KeyError where there is no such list.
    """
    return _short_lists()[name]


def mask(names: Iterable[str]) -> int:
    """The bits of several classes."""
    return sum(BIT[name] for name in names)


class Limits(TypedDict):
    """What `data/statements.toml` holds: distances in words, strengths and shares 0–1."""

    negation_reach: int
    private_window: int
    title_case: float
    headline_words: int
    own_words: int
    longest_quotation: int
    weak_name: float
    print_words: float
    private_name: float
    political_name: float
    unsupported_name: float
    model_alone: float
    sided: float
    name_meant: float
    own: float
    own_courtesy: float
    weakly_named: float
    weak_opinion: float
    unheard: float
    name_reach: int
    model_context: float
    carried_strength: float
    last_past_year: int
    choice_reach: int
    choice: float
    choice_words: int
    concession_reach: int
    off_topic_words: int
    legal_words: int
    sure_name: float
    tone: float
    deed_reach: int
    intent_reach: int
    untrue_reach: int
    stands_reach: int
    role_reach: int
    fake_reach: int
    short_answer: int
    affirmed_reach: int
    listed_words: int
    speaker_words: int
    compared_reach: int
    incidental_reach: int
    fuzzy_name: float
    behind_reach: int
    before_reach: int
    beside_reach: int
    rank_reach: int
    shortest_classed: int
    owned_words: int


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Distances and thresholds, each with its reason (`data/statements.toml`)."""
    table = tomllib.loads(shipped("data/statements.toml").read_text(encoding="utf-8"))
    return cast(Limits, {name: row["value"] for name, row in table.items() if isinstance(row, dict)})


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    from screening.classifier.model import load

    return frozenset(item for item in load().blocks["word"].rows if " " not in item)


def ordinary(word: str) -> bool:
    """A word that the corpus knows, so no name of its own."""
    return word in _ordinary_words()
