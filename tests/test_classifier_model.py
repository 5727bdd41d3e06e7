"""The stored model: the fast path equals the plain one, tampering is noticed, training is reproducible."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.classifier import load, predict
from screening.classifier.corpus import read_corpus
from screening.classifier.features import CUES
from screening.classifier.model import LABELS, OUTPUTS, save
from screening.classifier.predict import PROBABILITIES, arrows, labels, probabilities, read
from screening.classifier.reference import text_logits
from screening.classifier.train import PLAIN, counted, read_settings, train
from screening.errors import IntegrityError, RulesetError
from tests.classifier_texts import CONTESTANT_FREE, NAMED, model, names, noticed

ROOT = Path(__file__).resolve().parent.parent
WORDS = [
    "prabowo",
    "Mas Ganjar",
    "#AniesMenang",
    "semoga",
    "menang",
    "bohong",
    "wkwkwk",
    "KPU",
    "02",
    "😂",
    "!!!",
    "?",
    "rapat",
    "goblok",
    "@user",
    "pilih",
    "\n",
    "xqzt",
]


def same_as_reference(texts: list[str]) -> None:
    documents, hits = noticed(texts)
    masked, fast, facts = read(model(), documents, hits, names())
    for line, row, told in zip(masked.names(), fast, facts, strict=True):
        assert np.abs(row - text_logits(model(), line, told)).max() <= 1e-9


def test_the_fast_path_equals_the_reference() -> None:
    same_as_reference([*CONTESTANT_FREE, *NAMED])


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=6))
@settings(max_examples=40)
def test_the_fast_path_equals_the_reference_on_any_mixture(texts: list[str]) -> None:
    same_as_reference(texts)


def test_what_is_known_from_earlier_texts_changes_nothing() -> None:
    from screening.detectors import detect
    from screening.text import documents
    from screening.text.vocabulary import Vocabulary
    from tests.classifier_texts import activities, ruleset

    vocabulary, out = Vocabulary(), []
    for texts in (CONTESTANT_FREE, NAMED, [*NAMED, *CONTESTANT_FREE]):
        rows = activities(texts)
        docs = documents(rows, vocabulary=vocabulary)
        out.append(predict(model(), docs, detect(rows, docs, ruleset(), everything=True, stances=False), names()))
    together = pd.concat([out[1], out[0]], ignore_index=True)
    pd.testing.assert_frame_equal(out[2], together)


def test_probabilities_add_up_and_labels_follow_them() -> None:
    documents, hits = noticed([*CONTESTANT_FREE, *NAMED])
    found = predict(model(), documents, hits, names())
    assert list(found.columns) == ["label", "direction", "abstain", *PROBABILITIES]
    assert np.allclose(found[list(PROBABILITIES)].sum(axis=1), 1)
    assert set(found["label"]) <= set(LABELS)
    partisan = found["p_support"] + found["p_attack"]
    assert ((partisan >= model().thresholds["partisan"]) == found["label"].isin(["support", "attack"])).all()
    assert not (found["abstain"] & found["label"].isin(["support", "attack"])).any()


def test_an_arrow_is_given_only_where_it_is_sure() -> None:
    """The cuts of the settings, on shares of attack worked out by hand: below .1 support, from .5 attack, between them none."""
    at = model().thresholds
    assert 0 < at["surely_for"] < at["against"] < at["surely_against"] < 1
    shares = np.array(
        [0.0, at["surely_for"] - 0.01, at["surely_for"] + 0.01, at["surely_against"] - 0.01, at["surely_against"]]
    )
    p = np.column_stack([0.9 * (1 - shares), 0.9 * shares, np.full(5, 0.1), np.zeros(5)])
    assert list(arrows(model(), p)) == ["support", "support", "", "", "attack"]
    assert list(labels(model(), p)) == ["support", "support", "support", "attack", "attack"]
    assert list(arrows(model(), p[:, [2, 3, 0, 1]])) == [""] * 5  # what takes no side has no arrow


def test_against_parts_the_sides_and_leaves_their_sum() -> None:
    values = np.array([[2.0, 0.5, -1.0, 0.3, -4.0], [2.0, 0.5, -1.0, 0.3, 4.0]])
    p = probabilities(model().calibration, values)
    assert np.allclose(p.sum(axis=1), 1)
    assert p[0, :2].sum() == pytest.approx(p[1, :2].sum())
    assert p[0, 0] > p[0, 1]
    assert p[1, 1] > p[1, 0]


def test_no_texts_are_no_rows() -> None:
    documents, hits = noticed([])
    assert list(predict(model(), documents, hits, names()).columns) == ["label", "direction", "abstain", *PROBABILITIES]


def test_the_obvious_is_read_rightly() -> None:
    documents, hits = noticed(
        [
            "ayo pilih Ganjar, pemimpin terbaik, pasti menang! 🔥",
            "Prabowo pembohong, jangan dipilih, memalukan",
            "KPU menggelar sosialisasi pemilu 2024 bagi pemilih pemula",
            "resep ayam geprek sambal matah enak banget",
        ]
    )
    assert predict(model(), documents, hits, names())["label"].tolist() == [
        "support",
        "attack",
        "political_neutral",
        "non_political",
    ]


def test_training_twice_gives_the_same_bytes_and_survives_storing(tmp_path: Path) -> None:
    examples = read_corpus().examples.groupby("label").head(60).reset_index(drop=True)
    documents, hits = noticed(examples["text"].tolist())
    texts, plan = counted(documents, hits, names()), read_settings()
    first, second = (train(examples, texts, plan, {"texts": len(examples)}, PLAIN) for _ in range(2))
    assert save(first, tmp_path / "a") == save(second, tmp_path / "b")
    for name in ("model.json", "model.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    stored = load(tmp_path / "a")
    documents, hits = noticed(NAMED)
    fresh, kept = (read(m, documents, hits, names())[1] for m in (first, stored))
    assert np.array_equal(fresh, kept)


def test_the_stored_model_is_the_one_its_settings_describe() -> None:
    about = load().about
    assert about["settings"] == read_settings(), "settings.toml changed: run `screening train --out data/model`"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("model.json", "model.npz"):
        (tmp_path / name).write_bytes((ROOT / "data" / "model" / name).read_bytes())
    return tmp_path


def test_changed_weights_are_noticed(copied: Path) -> None:
    data = bytearray((copied / "model.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (copied / "model.npz").write_bytes(bytes(data))
    with pytest.raises(IntegrityError) as error:
        load(copied)
    assert error.value.exit_code == 5


def test_a_changed_threshold_is_noticed(copied: Path) -> None:
    page = json.loads((copied / "model.json").read_text(encoding="utf-8"))
    page["thresholds"]["partisan"] = 0.01
    (copied / "model.json").write_text(json.dumps(page), encoding="utf-8")
    with pytest.raises(IntegrityError):
        load(copied)


@pytest.mark.parametrize("broken", ["missing", "empty", "not json", "a list"])
def test_an_unreadable_model_is_told_without_a_traceback(copied: Path, broken: str) -> None:
    page = copied / "model.json"
    if broken == "missing":
        page.unlink()
    else:
        page.write_text({"empty": "", "not json": "{", "a list": "[]"}[broken], encoding="utf-8")
    with pytest.raises(IntegrityError, match="screening train"):
        load(copied)


def test_a_model_of_another_version_is_refused(copied: Path) -> None:
    from screening.classifier.model import _digest

    page = json.loads((copied / "model.json").read_text(encoding="utf-8"))
    page["cues"] = page["cues"][1:]
    page["sha256"] = _digest((copied / "model.npz").read_bytes(), page)
    (copied / "model.json").write_text(json.dumps(page), encoding="utf-8")
    with pytest.raises(IntegrityError, match="versi lain"):
        load(copied)


def test_loading_and_predicting_need_no_scikit_learn() -> None:
    script = (
        "import sys; from screening.classifier import load; load(); import screening.detectors;"
        "print([m for m in ('sklearn', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_no_weight_belongs_to_a_name() -> None:
    known = set(names())
    for block in ("word", "class"):
        assert not {part for item in model().blocks[block].rows for part in item.split()} & known


def test_the_cues_of_the_stored_model_are_those_of_the_code() -> None:
    assert model().cues.shape == (len(CUES), len(OUTPUTS))


def test_wrong_local_files_are_told_with_every_line(tmp_path: Path) -> None:
    (tmp_path / "lokal.csv").write_text("text,label\nhalo,suka\n,support\nbaik,support\n", encoding="utf-8")
    with pytest.raises(RulesetError) as error:
        read_corpus(added=(tmp_path / "lokal.csv",))
    assert [(p.file, p.line) for p in error.value.problems] == [("lokal.csv", 2), ("lokal.csv", 3)]


def test_added_files_carry_their_provenance(tmp_path: Path) -> None:
    (tmp_path / "telaah.csv").write_text("text,label\nteks baru dari penelaah,support\n", encoding="utf-8")
    corpus = read_corpus(added=(tmp_path / "telaah.csv",))
    row = corpus.examples[corpus.examples["source"] == "telaah.csv"].iloc[0]
    assert (row["author"], row["label"]) == ("lokal:telaah", "support")
    assert corpus.files["telaah.csv"]["local"] is True
    assert len(str(corpus.files["telaah.csv"]["sha256"])) == 64
