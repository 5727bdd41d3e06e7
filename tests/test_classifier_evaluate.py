"""The figures themselves, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from screening.classifier import calibration
from screening.classifier.evaluate import evaluate, macro_f1
from screening.classifier.predict import PROBABILITIES
from screening.classifier.ranking import directions, length_of, p10, ranking, recall_at, wilson
from tests.classifier_texts import model


def test_wilson_interval_of_eight_in_ten() -> None:
    low, high = wilson(8, 10)
    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_p10_and_recall_count_texts_above_neutral_ones() -> None:
    """Ten neutral scores: at most one false positive is looked at, so P10 is the mean over none and one."""
    neutral = np.arange(10) / 100
    sided = np.array([0.5, 0.085, 0.01])
    assert recall_at(sided, neutral, 0.05) == pytest.approx(1 / 3)
    assert p10(sided, neutral) == pytest.approx((1 / 3 + 2 / 3) / 2)
    found = ranking(np.concatenate([sided, neutral]), np.array(["support"] * 3 + ["political_neutral"] * 10, object))
    value, low, high = found["P10"]
    assert low <= value <= high
    assert ranking(sided, np.array(["support"] * 3, object)) == {}


def test_directions_tell_right_wrong_and_none() -> None:
    rows = pd.DataFrame({
        "truth": ["attack", "attack", "attack", "attack", "support", "political_neutral"],
        "label": ["attack", "support", "support", "political_neutral", "support", "attack"],
        "direction": ["attack", "support", "", "", "support", "attack"],
    })  # fmt: skip
    told = directions(rows).set_index("sebenarnya")
    assert told.loc["attack", "ditemukan"] == 3
    assert told.loc["attack", "label_benar"] == pytest.approx(1 / 3)
    assert told.loc["attack", "panah_keliru"] == pytest.approx(1 / 3)
    assert told.loc["attack", "tanpa_panah"] == pytest.approx(1 / 3)
    assert told.loc["support", "panah_benar"] == 1.0


def test_lengths_are_told_in_order() -> None:
    classes = length_of(pd.Series(["a" * n for n in (1, 40, 41, 280, 281)]))
    assert list(classes) == ["001–040", "001–040", "041–080", "141–280", "281–"]


def said(rows: list[tuple[str, float, float, float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["label", *PROBABILITIES])
    return frame.assign(abstain=False)[["label", "abstain", *PROBABILITIES]]


ROWS = said([
    ("support", 0.9, 0.05, 0.05, 0.0),
    ("attack", 0.2, 0.7, 0.1, 0.0),
    ("support", 0.8, 0.0, 0.2, 0.0),
    ("political_neutral", 0.1, 0.1, 0.7, 0.1),
    ("non_political", 0.0, 0.0, 0.1, 0.9),
])  # fmt: skip
TABLE = pd.DataFrame({
    "text": list("abcde"),
    "truth": ["support", "support", "political_neutral", "political_neutral", "non_political"],
    "confidence": ["high", "high", "high", "high", "low"],
    "platform": ["x", "x", "news", "x", "x"],
})  # fmt: skip


def test_precision_recall_and_rates() -> None:
    sure, everything = evaluate(TABLE, ROWS, model())
    assert (sure.summary["n"], everything.summary["n"]) == (4, 5)
    labels = everything.labels.set_index("label")
    assert labels.loc["support", "precision"] == 0.5
    assert labels.loc["support", "recall"] == 0.5
    assert labels.loc["memihak", "recall"] == 1.0
    assert labels.loc["memihak", "precision"] == pytest.approx(2 / 3)
    groups = everything.groups.set_index("nilai")
    assert groups.loc["news", "fp_netral"] == 1.0
    assert groups.loc["x", "fp_netral"] == 0.0


def test_brier_counts_every_label() -> None:
    result = evaluate(TABLE.drop(columns="confidence"), ROWS, model())[0]
    p = ROWS[list(PROBABILITIES)].to_numpy()
    right = np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    assert result.summary["brier"] == pytest.approx(((p - right) ** 2).sum(axis=1).mean())


def test_macro_f1_of_a_perfect_and_a_useless_reader() -> None:
    truth = TABLE["truth"].to_numpy(object)
    everything = np.array(["support", "attack", "political_neutral", "non_political"], object)
    assert macro_f1(everything, everything) == 1.0
    assert macro_f1(truth, np.array(["attack"] * 5, object)) == 0.0


def test_calibration_finds_the_slopes_that_made_the_labels() -> None:
    chance = np.random.default_rng(1)
    values = chance.normal(0, 2, (20_000, 5))
    political = chance.random(20_000) < 1 / (1 + np.exp(-(1.5 * values[:, 0] + 0.5)))
    heat = np.exp(0.7 * values[:, 1:4])
    pick = (chance.random((20_000, 1)) > np.cumsum(heat / heat.sum(axis=1, keepdims=True), axis=1)).sum(axis=1)
    labels = np.where(
        political, np.array(["attack", "political_neutral", "support"], object)[np.minimum(pick, 2)], "non_political"
    )
    ones = np.ones(20_000)
    found = calibration.fit(values, labels, (ones, ones))
    assert found["political_slope"] == pytest.approx(1.5, abs=0.08)
    assert found["political_shift"] == pytest.approx(0.5, abs=0.08)
    assert found["direction_slope"] == pytest.approx(0.7, abs=0.05)
