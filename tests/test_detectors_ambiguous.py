"""Words that are both politics and ordinary life: each found where politics stands beside it, and not elsewhere."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from tests.lexicon_bench import hits, ruleset, statements

FILE = Path(__file__).parent / "data" / "ambiguous.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=1)
def noticed() -> pd.DataFrame:
    """Target and media hits of all rows, found in one go."""
    found = hits([row["text"] for row in ROWS], [row["day"] for row in ROWS], ruleset(()))
    return found[found["group"].isin(["target", "media"])]


@lru_cache(maxsize=1)
def targets() -> pd.DataFrame:
    """What all rows say of targets and pictures, found in one go."""
    said = statements([row["text"] for row in ROWS], [row["day"] for row in ROWS], ruleset(()))
    return said[said["group"].isin(["target", "media"])]


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[f"{r['term']}: {r['text'][:40]}" for r in ROWS])
def test_an_ambiguous_word_counts_only_in_its_context(number: int) -> None:
    row = ROWS[number]
    if row["expected"] == "-":
        said = targets()[targets()["row"] == number]
        assert said[["quote", "entry_id"]].to_numpy().tolist() == []
    else:
        target = noticed()[noticed()["row"] == number]
        named = set(target["contestant_id"].dropna()) | set(target.loc[target["contestant_id"].isna(), "signal"])
        assert row["expected"] in named


@pytest.mark.shared
def test_every_row_of_the_reference_is_covered(shared: Path) -> None:
    lines = (shared / "reference" / "law" / "ambiguous.csv").read_text(encoding="utf-8").splitlines()
    terms = [row["term"] for row in csv.DictReader(lines)]
    covered = {row["term"] for row in ROWS}
    special = {"boilerplate": "baca juga", "cak": "sapaan", "nama kandidat": "nama umum", "mas gibran": "gibran"}
    missing = [
        term
        for term in terms
        if not any(part.strip().lower() in covered for part in term.replace(";", "/").split("/"))
        and not any(term.lower().startswith(start) and name in covered for start, name in special.items())
    ]
    assert missing == []
