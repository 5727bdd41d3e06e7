"""Ordinary life accuses nobody: no statement that names, sides or claims in more than 300 innocent sentences, on any day."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.lexicon_bench import ruleset, statements

FILE = Path(__file__).parent / "data" / "innocent.csv"
TEXTS = [row["text"] for row in csv.DictReader(FILE.read_text(encoding="utf-8").splitlines())]


def test_there_are_enough_and_none_twice() -> None:
    assert len(set(TEXTS)) == len(TEXTS) >= 300


@pytest.mark.parametrize(
    "day", ["2017-01-10", "2019-03-01", "2023-12-20", "2024-02-12", "2024-10-20", "2025-06-01", None]
)
@pytest.mark.parametrize("jurisdictions", [("dki-jakarta",), ()])
def test_no_innocent_sentence_names_anybody(day: str | None, jurisdictions: tuple[str, ...]) -> None:
    said = statements(TEXTS, [day] * len(TEXTS), ruleset(jurisdictions))
    accused = said[said["group"].isin(["target", "account", "stance", "claim"])]
    assert [(TEXTS[r.row], r.predicate, r.quote, r.entry_id) for r in accused.itertuples()] == []


def test_shouting_does_not_make_acronyms_political() -> None:
    texts = [text.upper() for text in TEXTS]
    said = statements(texts, "2024-01-10")
    accused = said[said["group"].isin(["target", "account", "stance", "claim"])]
    assert [(texts[r.row], r.quote, r.entry_id) for r in accused.itertuples()] == []
