"""Folding: what looks or reads the same becomes the same, and every folded character knows where it came from.

Order per character: own look-alike table (`confusables.csv`) → NFKC → marks and invisible characters dropped → the table
again → case. Then letters written three or more times in a row are squeezed to one (never digits: 10000 stays 10000).
Leetspeak is not folded here: only a lexicon can tell `4nies` from `4 anies` (see `ruleset.recognise`).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_INVISIBLE = ("Cf", "Mn", "Me")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_QUOTES = str.maketrans("", "", "'’‘`´ʼʹ")


@lru_cache(maxsize=1)
def confusables() -> dict[str, str]:
    """Look-alike character -> Latin letters or digits (own table, `confusables.csv` beside this module)."""
    with (Path(__file__).parent / "confusables.csv").open(encoding="utf-8", newline="") as lines:
        return {character: row["latin"] for row in csv.DictReader(lines) for character in row["characters"]}


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """One character as its comparable letters; "" when it is invisible or only a mark."""
    table = confusables()
    if character in table:
        return table[character]
    out = []
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character)):
        if unicodedata.category(part) not in _INVISIBLE:
            out += [table.get(letter, letter) for letter in table.get(part, part).casefold()]
    return "".join(out)


def fold(text: str) -> str:
    """The comparable form of `text`; folding twice changes nothing."""
    plain = text.lower() if text.isascii() else "".join(map(fold_character, text))
    return squeeze(plain.translate(_QUOTES))


def squeeze(plain: str, keep: int = 1) -> str:
    """Letters repeated three times or more are kept `keep` times."""
    return _RUN.sub(lambda run: run[1] * keep, plain)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`fold(text)` and, for each of its characters, the index in `text` it came from."""
    letters: list[str] = []
    source: list[int] = []
    for index, character in enumerate(text):
        for letter in fold_character(character).translate(_QUOTES):
            letters.append(letter)
            source.append(index)
    plain = "".join(letters)
    kept: list[int] = []
    end = 0
    for run in _RUN.finditer(plain):
        kept += [*range(end, run.start() + 1)]
        end = run.end()
    kept += range(end, len(plain))
    return "".join(plain[i] for i in kept), [source[i] for i in kept]


def visible(text: str) -> str:
    """`text` without invisible characters and marks, letter case kept (for telling PAN from pan)."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in _INVISIBLE)
