"""Claims, media words and directions in the informal Indonesian people write, for every contestant alike."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from tests.lexicon_bench import hits

FILE = Path(__file__).parent / "data" / "claims.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
NAMES = ("Anies", "Prabowo", "Ganjar")


@lru_cache(maxsize=1)
def found() -> list[set[str]]:
    texts = [row["text"].replace("{party}", "PDIP").replace("{}", name) for row in ROWS for name in NAMES]
    table = hits(texts, "2024-01-10")
    table = table[table["how"] != "model"]
    return [set(table.loc[table["row"] == i, "signal"]) for i in range(len(texts))]


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[f"{r['signal']}: {r['text'][:40]}" for r in ROWS])
def test_informal_sentences_say_what_they_say(number: int) -> None:
    for name, signals in zip(NAMES, found()[number * 3 : number * 3 + 3], strict=True):
        assert ROWS[number]["signal"] in signals, (name, signals)
