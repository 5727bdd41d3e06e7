"""classify, train and evaluate as people use them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from screening.cli import model as commands
from screening.errors import UsageError

TEXTS = [
    "ayo pilih Ganjar, pemimpin terbaik, pasti menang! 🔥",
    "",
    "KPU menggelar sosialisasi pemilu 2024",
    "resep ayam geprek",
    '=1+1, "kutip"\nbaris dua',
]


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer(pretty_exceptions_enable=False)
    commands.add_to(made)
    return made


def table(path: Path, **columns: list[str]) -> Path:
    pd.DataFrame(columns).to_csv(path, index=False, encoding="utf-8")
    return path


def test_classify_adds_its_columns_and_keeps_the_rows(tmp_path: Path, app: typer.Typer) -> None:
    source = table(tmp_path / "in.csv", nomor=[str(i) for i in range(5)], isi=TEXTS)
    done = CliRunner().invoke(
        app, ["classify", str(source), "--text", "isi", "--out", str(tmp_path / "out.csv")], catch_exceptions=False
    )
    assert done.exit_code == 0
    found = pd.read_csv(tmp_path / "out.csv", dtype={"nomor": "str", "isi": "str"}, keep_default_na=False)
    assert list(found) == [
        "nomor",
        "isi",
        "label",
        "direction",
        "abstain",
        "p_support",
        "p_attack",
        "p_political_neutral",
        "p_non_political",
    ]
    assert found["nomor"].tolist() == ["0", "1", "2", "3", "4"]
    assert [t.replace("\r\n", "\n") for t in found["isi"]] == TEXTS
    assert found["label"].tolist()[:4] == ["support", "non_political", "political_neutral", "non_political"]
    assert (found.filter(like="p_").sum(axis=1) - 1).abs().max() < 1e-5
    assert "ganjar" not in done.output.lower()  # no text on the screen


def test_a_wrong_column_is_told_with_those_there_are(tmp_path: Path, app: typer.Typer) -> None:
    source = table(tmp_path / "in.csv", isi=["a"], lain=["b"])
    with pytest.raises(UsageError, match="isi, lain"):
        CliRunner().invoke(app, ["classify", str(source), "--text", "teks"], catch_exceptions=False)
    with pytest.raises(UsageError, match="tidak ditemukan"):
        CliRunner().invoke(app, ["classify", str(tmp_path / "tidak-ada.csv")], catch_exceptions=False)


def test_training_from_a_small_corpus_and_local_labels(tmp_path: Path, app: typer.Typer) -> None:
    from screening.classifier import load
    from screening.classifier.corpus import read_corpus

    corpus = tmp_path / "corpus"
    corpus.mkdir()
    examples = read_corpus().examples
    small = examples.groupby(["author", "label"]).head(12)
    for author, rows in small.groupby("author"):
        rows.drop(columns=["author", "source"]).to_csv(corpus / f"{author}-01.csv", index=False, encoding="utf-8")
    local = table(
        tmp_path / "telaah.csv",
        text=["pokoknya menangkan paslon kita", "rapat pleno KPU ditunda"],
        label=["support", "political_neutral"],
    )
    arguments = ["train", "--corpus", str(corpus), "--add", str(local), "--out"]
    for name in ("a", "b"):
        done = CliRunner().invoke(app, [*arguments, str(tmp_path / name)], catch_exceptions=False)
        assert done.exit_code == 0
    assert (tmp_path / "a" / "model.npz").read_bytes() == (tmp_path / "b" / "model.npz").read_bytes()
    about = load(tmp_path / "a").about
    assert about["files"]["telaah.csv"]["local"] is True
    assert about["texts"] == len(small) + 2


def test_evaluate_prints_figures_and_writes_a_page_without_script(tmp_path: Path, app: typer.Typer) -> None:
    texts = [*[t for t in TEXTS if t], "<script>alert(1)</script> Prabowo pembohong"]
    labels = ["support", "political_neutral", "non_political", "non_political", "attack"]
    source = table(tmp_path / "uji.csv", text=texts, label=labels, platform=["x", "x", "news", "x", "x"])
    done = CliRunner().invoke(app, ["evaluate", str(source), "--out", str(tmp_path / "e.html")], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Makro-F1" in done.output
    assert "tersimpan: partisan" in done.output
    assert all(word in done.output for word in ("P10", "tanpa_panah", "panjang"))
    assert "hasil akhir" not in done.output  # without a year nothing says in which contest a text stands
    assert "pembohong" not in done.output
    page = (tmp_path / "e.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<svg" in page
