"""Blanks that a machine lost between the words of a printed line: "PARTAIHANURA", "NOMOR3".

Only a word of capitals that nobody knows is parted, and only where every part is a known word: roots of the language, and the
words of the shipped names of people and parties, of all of them alike; "PramonoAnung" is parted at its capital. Addresses and
handles are left alone. What the machine read itself stays in the cache.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from screening.shipped import shipped
from screening.text.fold import fold
from screening.text.stem import roots, stem

_WORD = re.compile(r"(?<![\w@#./])[^\W\d_]{7,40}(?![\w@/]|\.\w)")
_CAPITAL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_NUMBER = re.compile(r"(?<![\w@#./])([^\W\d_]*(?:nomor|nomer|urut|paslon|coblos|pilih|capres|cagub))(\d{1,2})\b", re.I)
_SHORT = frozenset(
    {"dan", "di", "ke", "ini", "itu", "kpu", "dpr", "dprd", "dpd", "no", "se", "tim", "yang"}
)  # parts that may be so short
_LEAST, _MOST = 4, 4  # letters of any other part; parts of one word
_NAMED = ("name", "alias", "party", "pair", "nickname", "slogan")
_LISTS = (("pilkada-2024-pasangan.csv", ("head", "running_mate")), ("pileg-2024-dki-jakarta.csv", ("name",)))


def spaced(line: str) -> str:
    """The line with the blanks its words need; the same line where nothing is missing."""
    return _WORD.sub(lambda found: _parted(found[0]), _NUMBER.sub(r"\1 \2", line))


def _parted(word: str) -> str:
    if not word.isupper():
        pieces = _CAPITAL.split(word)
        return " ".join(pieces) if all(_known(fold(one)) for one in pieces) else word
    parts = _parts(fold(word))
    if len(parts) < 2 or sum(map(len, parts)) != len(word):
        return word
    ends = [sum(len(part) for part in parts[:number]) for number in range(len(parts) + 1)]
    return " ".join(word[start:end] for start, end in pairwise(ends))


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """The fewest known words the word is made of, the longest first where there are several ways; () where it needs none."""
    if _known(word):
        return ()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 24), end):
            before, part = best[start], word[start:end]
            if before is None or len(before) == _MOST or not _part(part):
                continue
            if (now := best[end]) is None or len(before) + 1 < len(now):
                best[end] = (*before, part)
    return best[-1] or ()


def _part(part: str) -> bool:
    return part in _SHORT or (len(part) >= _LEAST and _known(part))


@lru_cache(maxsize=100_000)
def _known(word: str) -> bool:
    return word in roots() or word in _names() or (len(word) >= 6 and stem(word) != word and stem(word) in roots())


@cache
def _names() -> frozenset[str]:
    """The words of all shipped names, of printed words and of parties."""
    return frozenset(word for text in _texts() for word in re.split(r"[^a-z]+", fold(text)) if len(word) >= _LEAST)


def _texts() -> Iterator[str]:
    for file in sorted(Path(shipped("lexicons")).glob("*.csv")):
        yield from (row.get("term") or "" for row in _rows(file) if row.get("kind") in _NAMED)
    yield from (row["word"] for row in _rows(Path(shipped("lexicons")) / "words" / "cetak.csv"))
    for name, columns in _LISTS:
        for row in _rows(Path(shipped("data")) / "elections" / name):
            yield from (row[column] for column in columns)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)
