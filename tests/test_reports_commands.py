"""screening report and screening dossier over a finished run folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from report_builder import Tables, build

from screening.cli.app import run


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(80)


@pytest.fixture
def folder(tables: Tables, tmp_path: Path) -> Path:
    place = tmp_path / "hasil"
    place.mkdir()
    for name in ("activities", "hits", "findings", "files", "rejected"):
        getattr(tables, name).to_parquet(place / f"{name}.parquet", index=False)
    (place / "manifest.json").write_text(json.dumps(tables.manifest), encoding="utf-8")
    return place


def test_report_writes_a_page_and_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--run", str(folder), "--from", "2023-09-01", "--to", "2024-03-31"]) == 0
    names = [Path(line).name for line in capsys.readouterr().out.split()]
    assert names == ["pemantauan_2023-09-01_2024-03-31.html", "pemantauan_2023-09-01_2024-03-31.md"]
    assert "BUKAN PUTUSAN" in (folder / names[0]).read_text("utf-8")


def test_report_counts_all_activities_not_only_those_with_findings(folder: Path, tables: Tables) -> None:
    run(["report", "--run", str(folder), "--from", "2000-01-01", "--to", "2030-01-01", "--out", str(folder / "baru")])
    text = (folder / "baru" / "pemantauan_2000-01-01_2030-01-01.md").read_text("utf-8")
    assert f"| Jumlah | {tables.activities['happened_at'].notna().sum()} | 0 |" in text


def test_dossier_writes_one_page(folder: Path, tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    finding = tables.findings[tables.findings["result"] == "finding"]["finding_id"].iloc[0]
    assert run(["dossier", f"T-{finding}", "--run", str(folder)]) == 0
    target = Path(capsys.readouterr().out.strip())
    assert target.parent == folder.resolve()
    assert re.fullmatch(r"berkas_K-[0-9a-f]{10}\.html", target.name)  # of the case, whatever number was asked for
    assert finding in target.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["dossier", "../../x"],
        ["report", "--from", "2024-02-01", "--to", "2024-01-01"],
        ["report", "--from", "kemarin", "--to", "2024-01-01"],
    ],
)
def test_wrong_use_is_exit_code_2_without_a_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert run([*words, "--run", str(folder)]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_a_folder_that_is_no_finished_run_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dossier", "x", "--run", str(tmp_path)]) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_rules_that_changed_since_the_run_are_announced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads((folder / "manifest.json").read_text("utf-8")) | {"ruleset": {"version": "lama"}}
    (folder / "manifest.json").write_text(json.dumps(facts), encoding="utf-8")
    run(["report", "--run", str(folder), "--from", "2024-01-01", "--to", "2024-01-31"])
    assert "dinilai dengan aturan lama" in capsys.readouterr().err
