"""Every case gives what its golden file says; `python -m tests.readers.golden` rewrites them, the diff is reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.readers.ingest import faulty
from tests.readers.cases import cases
from tests.readers.golden import FOLDER, result, text


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_case_gives_its_golden_file(name: str, tmp_path: Path) -> None:
    assert text(cases()[name], tmp_path) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_case_raises_no_fault_of_ours(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)
    files = result(cases()[name], tmp_path).files
    assert not files["note"].fillna("").str.contains("galat pembaca").any()
    assert (files["read"] == files["activities"] + files["duplicate"] + files["rejected"]).all()


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(cases())
