"""The classifier as a detector: spans are true, gating loses nothing, explanations add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.classifier.explain import explain, toward
from screening.classifier.predict import predict, read
from screening.detectors import detect
from screening.tables import HITS, UNSURE
from screening.text import documents
from screening.text.wordlists import word_set
from tests.classifier_texts import CONTESTANT_FREE, NAMED, activities, model, names, noticed, ruleset
from tests.test_classifier_model import WORDS


def stances(texts: list[str], everything: bool = False, **cells: str) -> pd.DataFrame:
    rows = activities(texts, **cells)
    hits = detect(rows, documents(rows), ruleset(), everything=everything)
    HITS.check(hits)
    return hits[hits["detector"] == "stance"]


def test_clear_support_and_attack_are_hits_with_true_offsets() -> None:
    texts = ["ayo pilih Ganjar, pemimpin terbaik, pasti menang! 🔥", "Prabowo pembohong, jangan dipilih, memalukan"]
    found = stances(texts)
    assert found["signal"].tolist() == ["support", "attack"]
    assert found["contestant_id"].tolist() == ["pilpres-2024/3", "pilpres-2024/2"]
    assert (found["how"] == "model").all()
    assert found["strength"].between(model().thresholds["partisan"], 1).all()
    for row in found.itertuples():
        assert texts[int(row.activity_id)][row.start : row.end] == row.surface != ""


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join), min_size=1, max_size=5))
@settings(max_examples=25)
def test_every_span_is_the_text_it_says(texts: list[str]) -> None:
    for row in stances(texts, everything=True).itertuples():
        assert texts[int(row.activity_id)][row.start : row.end] == row.surface


def test_gating_loses_no_stance_of_an_activity_that_names_somebody() -> None:
    texts = [*NAMED, *CONTESTANT_FREE]
    rows = activities(texts)
    gated, free = (detect(rows, documents(rows), ruleset(), everything=e) for e in (False, True))
    target = set(gated[gated["signal"].isin(["contestant", "party", "pejorative"])]["activity_id"])
    a, b = (
        h[(h["detector"] == "stance") & h["activity_id"].isin(target)].reset_index(drop=True) for h in (gated, free)
    )
    assert target
    pd.testing.assert_frame_equal(a, b)


# Words that only close a text are not read with it, so such a text is read as a stretch.
OPEN_ENDED = [text for text in (*NAMED, *CONTESTANT_FREE) if not word_set("penutup").intersection(text.split()[-1:])]


@given(st.lists(st.tuples(*[st.sampled_from([*OPEN_ENDED, None])] * 2), min_size=1, max_size=4))
@settings(max_examples=40)
def test_inside_a_run_the_model_says_what_it_says_of_the_table_of_hits(
    pairs: list[tuple[str | None, str | None]],
) -> None:
    pairs = [*pairs, (NAMED[0], None)]  # without any hit nothing is read
    rows = activities([text for text, _ in pairs]).assign(target_text=pd.array([b for _, b in pairs], dtype="str"))
    docs = documents(rows)
    hits = detect(rows, docs, ruleset(), everything=True)
    others = hits[hits["detector"] != "stance"].reset_index(drop=True)
    found = predict(model(), docs, others, names()).assign(activity_id=docs.frame["activity_id"], field=docs.field)
    found = found[found["label"].isin(["support", "attack"])]
    sided = found[["p_support", "p_attack"]].sum(axis=1).round(4)  # either side is the same act
    entry = "model:" + found["label"] + np.where(found["direction"] == "", UNSURE, "")
    expected = set(zip(found["activity_id"], found["field"], entry, sided, strict=True))
    said = hits[(hits["detector"] == "stance") & hits["entry_id"].str.startswith("model:")]  # of whole texts
    assert set(zip(said["activity_id"], said["field"], said["entry_id"], said["strength"], strict=True)) == expected


def test_nobody_named_means_nothing_read() -> None:
    assert stances(CONTESTANT_FREE).empty
    assert stances([]).empty


def test_neutral_mentions_get_no_direction() -> None:
    """Doubtful opinions are handed on to be weighed with the other signs; none of them says which side."""
    found = stances(
        ["Prabowo bertemu Ganjar di Istana, bahas pangan", "Jadwal debat: Anies, Prabowo, Ganjar hadir pukul 19.00"]
    )
    assert found["entry_id"].str.endswith(UNSURE).all()
    assert found["contestant_id"].isna().all()


def test_the_text_above_tells_whom_a_comment_is_about() -> None:
    """A cheer without a name is read in the light of the post it answers."""
    alone = stances(["mantap, gas terus sampai menang pak!"], everything=True)
    below = stances(["mantap, gas terus sampai menang pak!"], target_text="Prabowo menyapa warga Bogor")
    strength = dict(zip(alone["field"], alone["strength"], strict=True))
    assert "text" in set(below["field"])
    assert below.loc[below["field"] == "text", "strength"].iloc[0] > strength.get("text", 0.0)


@pytest.mark.parametrize("label", ["support", "attack", "political_neutral", "non_political"])
def test_explanations_add_up_to_the_log_odds(label: str) -> None:
    documents_, hits = noticed(NAMED)
    masked, values, facts = read(model(), documents_, hits, names())
    for doc in range(len(NAMED)):
        words, told, start = explain(model(), masked, facts, doc, label)
        total = sum(p.weight for p in words) + sum(p.weight for p in told) + start
        assert total == pytest.approx(float(values[doc] @ toward(label)), abs=1e-9)
        for piece in words:
            assert 0 <= piece.start < piece.end <= len(NAMED[doc])
        assert np.all(np.diff([p.start for p in words]) >= 0)
