"""Labelled texts seen as posts: in which contest they stand, and what a run makes of them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from screening.audit.labelled import EVERYDAY, LIVE, OUTSIDE, dated, results
from tests.classifier_texts import ruleset


def test_a_text_is_dated_amid_the_campaign_it_names() -> None:
    years = pd.Series(["2024", "2024", "2023-12", "2021", "", "2025"])
    told = dated(years, {1: ["pilkada-jatim-2024"], 3: ["pilpres-2024"]}, ruleset())
    assert list(told["period"]) == [LIVE, LIVE, LIVE, OUTSIDE, OUTSIDE, OUTSIDE]
    first, regional, early, outside, unknown, _ = told["day"]
    assert date(2024, 1, 1) <= first <= date(2024, 2, 10)
    assert date(2024, 9, 25) <= regional <= date(2024, 11, 23)
    assert date(2023, 11, 28) <= early <= date(2023, 12, 31)
    assert outside == date(2021, 6, 15)
    assert unknown is None


def test_results_count_findings_by_period_and_label() -> None:
    table = pd.DataFrame({
        "text": ["Ayo coblos Prabowo Gibran, pasti menang!", "jadwal debat capres jam 7 malam", "sayur asem bikinan ibu enak"] * 2,
        "truth": ["support", "political_neutral", "non_political"] * 2,
        "year": ["2024"] * 3 + ["2021"] * 3,
    })  # fmt: skip
    table[["day", "period"]] = dated(table["year"], {}, ruleset())
    found = results(table, ruleset()).set_index(["masa", "label"])["temuan"]
    assert found[f"{LIVE} 2024", "support"] == 1.0
    assert found[f"{OUTSIDE} 2021", "support"] == 0.0
    assert found[f"{LIVE} 2024", "political_neutral"] == 0.0
    assert found[EVERYDAY, "non_political"] == 0.0
