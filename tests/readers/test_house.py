"""The house of readers: plumbing knows no platform, and a platform is one folder and one line."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screening.platforms import platforms
from screening.readers.ingest.registry import PLATFORMS
from tests.readers.scaffold import scaffold

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = ROOT / "screening" / "readers"
PLUMBING = ("core", "times", "tables", "meta")
NO_PLATFORM = (*PLUMBING, "ingest", "tools")


def imported(path: Path) -> set[str]:
    """The packages of `screening.readers` that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[2] for name in names if name.startswith("screening.readers.")}
    return found


def test_plumbing_never_imports_a_platform() -> None:
    guilty = {
        path.relative_to(READERS).as_posix(): imported(path) - set(PLUMBING)
        for room in PLUMBING
        for path in (READERS / room).glob("*.py")
        if imported(path) - set(PLUMBING)
    }
    assert guilty == {}


def test_platforms_do_not_import_each_other_nor_the_ingest() -> None:
    rooms = [
        path.name for path in READERS.iterdir() if path.is_dir() and path.name not in (*NO_PLATFORM, "__pycache__")
    ]
    guilty = {
        path.relative_to(READERS).as_posix(): others
        for room in rooms
        for path in (READERS / room).glob("*.py")
        if (others := imported(path) - {*PLUMBING, room})
    }
    assert guilty == {}


def test_every_room_says_what_it_reads_and_every_platform_is_registered() -> None:
    named = {each.readers for each in platforms() if each.readers}
    rooms = {path.name for path in READERS.iterdir() if path.is_dir()} - {*NO_PLATFORM, "__pycache__"}
    assert named == rooms
    assert len(PLATFORMS) == len(named)
    assert [room for room in sorted({*rooms, *NO_PLATFORM}) if not (READERS / room / "README.md").is_file()] == []


@pytest.mark.slow
def test_a_new_platform_is_one_folder_and_one_line(tmp_path: Path) -> None:
    for name in ("screening", "lexicons", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests/readers").mkdir(parents=True)
    (tmp_path / "tests/__init__.py").touch()
    before = {path: path.read_bytes() for path in (tmp_path / "screening").rglob("*") if path.is_file()}
    scaffold(tmp_path, "contohnet", "Contoh Net", ["contohnet.test"])
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    assert [path.name for path in changed] == ["platforms.toml"]
    assert len(changed[0].read_text().splitlines()) == len(before[changed[0]].splitlines()) + 1
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/readers/contohnet"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_name_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="small letters"):
        scaffold(tmp_path, "../Jahat", "x", [])
