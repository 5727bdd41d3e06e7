"""The wheel holds all that the program needs, and runs from an empty folder without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TRAVELS = {"screening": "screening", "lexicons": "screening/_shipped/lexicons", "data": "screening/_shipped/data"}
LEFT_BEHIND = ("__pycache__", ".pyc", ".DS_Store")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `make wheel` builds it, without the network."""
    pytest.importorskip("hatchling")
    there = tmp_path_factory.mktemp("roda")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", str(there), str(ROOT)], check=True, timeout=300)
    (built,) = there.glob("screening-*.whl")
    return built


@pytest.mark.slow
def test_every_file_of_program_rules_model_and_sample_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.getinfo(name).file_size for name in archive.namelist()}
    here = {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}": path.stat().st_size
        for folder, place in TRAVELS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not any(part in str(path) for part in LEFT_BEHIND)
    }
    assert {name for name in here if inside.get(name) != here[name]} == set()
    foreign = {name for name in inside if name not in here and ".dist-info/" not in name}
    assert foreign == set()  # no test, note or file of a workplace travels
    for needed in ("data/model/model.npz", "data/sample/daftar-pegawai.csv", "lexicons/pilpres-2024.csv"):
        assert f"screening/_shipped/{needed}" in inside


@pytest.mark.slow
def test_an_installed_wheel_screens_its_sample_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    place, empty = tmp_path / "terpasang", tmp_path / "kosong"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONSAFEPATH": "1"}

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=empty, env=environment, capture_output=True, text=True, encoding="utf-8",
            timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    where = subprocess.run(
        [sys.executable, "-c", "import screening; print(screening.__file__)"],
        cwd=empty, env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert str(place) in where.stdout
    assert "aktivitas: temuan awal" in run("screening", "demo", "--out", "hasil")
    assert sorted(path.name for path in (empty / "hasil").glob("*.xlsx")) == ["temuan.xlsx"]
    assert " kasus" in run("screening", "list", "--run", "hasil")
    run("screening", "template", "roster")
    assert (empty / "contoh-daftar-pegawai.xlsx").exists()
