"""The audit: swapping contestants through the whole pipeline, and flag rates with small cells withheld."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from screening.audit.examples import check_act_examples
from screening.audit.parity import parity
from screening.audit.rates import COLUMNS, flag_rates
from screening.judge import judge
from screening.ruleset.load import load_ruleset
from screening.tables import ACTIVITIES, HITS, JUDGED, STATEMENTS
from tests.scenarios.scenes import activity, hit, statement

RULES = load_ruleset()


def test_sentences_about_any_contestant_are_treated_alike():
    found = parity(RULES, ["pilkada-jakarta-2024", "pilpres-2024"], one_in=5)
    assert found.checks > 1000
    assert found.differences.empty, found.differences.head(8).to_string()


def test_rates_withhold_small_cells_and_cross_nobody_with_anybody():
    rows = [
        activity(f"a{n}", kind="comment", subject_id=f"p{n % 3}", platform="x" if n < 12 else "facebook")
        for n in range(15)
    ]
    hits = []
    for n, row in enumerate(rows):
        hits.append(hit(row["activity_id"], f"own:contestant@pilpres-2024/{1 if n < 12 else 2}", row))
        if n % 2:
            hits.append(hit(row["activity_id"], "own:support", row))
    said = [
        statement(
            one["activity_id"], f"own:{one['signal']}@pilpres-2024/{1 if int(one['activity_id'][1:]) < 12 else 2}"
        )
        for one in hits
    ]
    _, judged = judge(ACTIVITIES.build(rows), STATEMENTS.build(said), RULES)
    table = HITS.build(hits)
    rates = flag_rates(judged, table, {"p0": "Dinas A", "p1": "Dinas A", "p2": "Dinas B"}).set_index(["by", "value"])
    assert tuple(rates.reset_index().columns) == COLUMNS
    assert rates.loc[("contestant", "pilpres-2024/1"), "rate"] == 0.5
    assert pd.isna(rates.loc[("contestant", "pilpres-2024/2"), "activities"])
    assert rates.loc[("platform", "x"), "activities"] == 12
    assert pd.isna(rates.loc[("unit", "Dinas B"), "finding"])
    assert flag_rates(JUDGED.empty(), HITS.empty()).empty


def test_the_examples_of_all_acts_hold():
    for name in RULES.packs:
        assert check_act_examples(load_ruleset([name])) == []


def test_a_wrong_example_and_a_wrong_counterexample_are_told():
    act = next(act for act in RULES.acts if act.id == "BKD-D-02")
    spoiled = replace(act, examples=("Selamat pagi semua",), counterexamples=("Ayo coblos {contestant}",))
    told = [problem.what for problem in check_act_examples(replace(RULES, acts=(spoiled,)))]
    assert ["contoh tidak dikenali" in told[0], "contoh sangkalan menjadi temuan" in told[1]] == [True, True]
