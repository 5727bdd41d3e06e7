"""Small word lists that are data (`lexicons/words/*.csv`): triggers, negators, titles, protected words, slang …

A list is a CSV with at least the column `word`; a second column, where there is one, is what the word stands for.
Lines that begin with `#` are comments. All words are folded when read.
"""

from __future__ import annotations

import csv
from functools import lru_cache

from screening.shipped import shipped
from screening.text.fold import fold


@lru_cache(maxsize=64)
def word_rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `lexicons/words/<name>.csv`; () when there is no such file."""
    path = shipped("lexicons") / "words" / f"{name}.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache(maxsize=64)
def word_set(name: str) -> frozenset[str]:
    """The folded words of one list."""
    return frozenset(fold(row["word"]) for row in word_rows(name))


@lru_cache(maxsize=1)
def contrast_words() -> frozenset[str]:
    """Words of contrast that part clauses: the class `contrast` of `lexicons/statements/makna.csv`, folded."""
    path = shipped("lexicons") / "statements" / "makna.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row["words"].split("|") for row in csv.DictReader(lines) if row["class"] == "contrast"]
    return frozenset(fold(word) for some in rows for word in some)
