"""What a token becomes before it is counted: roles instead of names, one form for all numbers, classes of ordinary words.

No contestant, party, number or handle reaches the features as itself: hits turn names into role tokens (`masking`), every
small number is the same token whichever ballot it is on, every mention and address is dropped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache

from screening.shipped import shipped
from screening.text.pieces import EMOJI, MENTION, NUMBER, URL

# Signal of a hit -> role token; where hits overlap, the one named first here wins.
ROLES: Mapping[str, str] = {
    "pejorative": "<ejekan>",
    "contestant": "<peserta>",
    "legislative_name": "<peserta>",
    "team": "<tim>",
    "slogan": "<slogan>",
    "party": "<partai>",
    "number_form": "<jari>",
    "gesture": "<jari>",
    "media_number_gesture": "<jari>",
    "party_symbol": "<simbol>",
}
ROLE_TOKENS = tuple(dict.fromkeys(ROLES.values()))
NAMED = ("<ejekan>", "<peserta>", "<tim>", "<slogan>", "<partai>", "<nol>")
HASH = "#"

# Signs made with fingers stand for ballot numbers; all of them are one token, so that no number has a weight.
_FINGERS = frozenset("☝👆👇👉👈✌🤟👌🤘🖐✋👍🤙🖖🤞🤌🫰✊👊")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LAUGHTER = re.compile(r"(?:w?k*(?:wk){2,}w?|(?:ha|he|hi|xi){3,}h?|(?:awok|wok){2,})$")
_CLITIC = re.compile(r"(?:nya|lah|kah|pun|ku|mu|an|in|kan|i)$")
_SHORTEST_ROOT = 4


def form(surface: str, folded: str, kind: int) -> str:
    """The token as features see it; "" when it is dropped (mentions, addresses)."""
    if kind in (MENTION, URL):
        return ""
    if kind == NUMBER:
        return _number(surface)
    if kind == EMOJI:
        if surface[:1].isdigit():
            return "<angka>"
        return "<jari>" if folded[:1] in _FINGERS else folded
    if folded in _word_table("number"):
        return "<angka>"
    return folded


def _number(surface: str) -> str:
    digits = re.sub(r"\D", "", surface)
    if digits != surface:
        return "<bilangan>"
    if _YEAR.match(digits):
        return "<tahun>"
    if len(digits) == 2 and digits.startswith("0"):
        return "<nol>"
    return "<angka>" if len(digits) == 1 else "<bilangan>"


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with shipped("data/model/words.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@lru_cache(maxsize=8)
def _word_table(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows() if row["class"] == name for word in row["words"].split())


def honorifics() -> frozenset[str]:
    """Forms of address that join the name behind them: "mas Ganjar" and "bu Risma" are one and the same role."""
    return _word_table("honorific")


def ordinary() -> frozenset[str]:
    """Names that are everyday words as well: only capitals throughout make them names."""
    return _word_table("ordinary")


def not_names() -> frozenset[str]:
    """Names that are mostly everyday words, even in capitals."""
    return _word_table("not_names")


@lru_cache(maxsize=1)
def _classes() -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    whole: dict[str, set[str]] = {}
    stems: dict[str, list[str]] = {}
    for row in _rows():
        if row["class"] in ("honorific", "number", "ordinary", "not_names"):
            continue
        for word in row["words"].split():
            if word.endswith("*"):
                stems.setdefault(row["class"], []).append(re.escape(word[:-1]))
            else:
                whole.setdefault(word, set()).add(row["class"])
    for role in ROLE_TOKENS:
        whole[role] = {role}
    starts = tuple((name, re.compile("|".join(parts))) for name, parts in sorted(stems.items()))
    worth = "|".join([_LAUGHTER.pattern, *(start.pattern for _, start in starts)])  # most words match none of them
    return {word: tuple(sorted(found)) for word, found in whole.items()}, starts, re.compile(worth)


@lru_cache(maxsize=200_000)
def word_classes(word: str) -> tuple[str, ...]:
    """Classes of one form from `data/model/words.csv`, sorted; a light clitic is taken off where the whole is unknown."""
    whole, stems, worth = _classes()
    known = whole.get(word, ())
    if not known and len(root := _CLITIC.sub("", word)) >= _SHORTEST_ROOT:
        known = whole.get(root, ())
    if not worth.match(word):
        return known
    found = set(known)
    found |= {name for name, start in stems if start.match(word)}
    if _LAUGHTER.match(word):
        found.add("laugh")
    return tuple(sorted(found))
