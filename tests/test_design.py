"""The house rules that code review would otherwise have to repeat."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from screening.tables import ACTIVITIES, FILES, FINDINGS, HITS, JUDGED, REJECTED, STATEMENTS

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "screening").rglob("*.py"))
SILENT = "import sys; import screening.cli.app; print(' '.join(sorted(sys.modules)))"


def imported_by_the_command_line() -> set[str]:
    done = subprocess.run([sys.executable, "-c", SILENT], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


def test_help_imports_no_heavy_library() -> None:
    assert not imported_by_the_command_line() & {"pandas", "numpy", "sklearn", "scipy", "pyarrow", "pandera", "jinja2"}


def test_no_module_can_reach_the_network() -> None:
    forbidden = re.compile(
        r"^\s*(?:import|from)\s+(?:socket|ssl|http|urllib\.request|requests|ftplib|smtplib|aiohttp)\b", re.M
    )
    guilty = [path.name for path in MODULES if forbidden.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_modules_and_folders_stay_readable() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): n
        for path in MODULES
        if (n := len(path.read_text("utf-8").splitlines())) > 600
    }
    assert long == {}
    held = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES)
    assert {folder: n for folder, n in held.items() if n > 25 and "readers" in folder} == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "base", "manager", "misc"}]


@pytest.mark.parametrize(
    "contract", [ACTIVITIES, JUDGED, HITS, STATEMENTS, FINDINGS, REJECTED, FILES], ids=lambda c: c.name
)
def test_every_contract_has_an_empty_table_that_it_accepts(contract) -> None:  # type: ignore[no-untyped-def]
    assert len(contract.check(contract.empty())) == 0


def test_missing_is_not_empty() -> None:
    rows = HITS.build([{"activity_id": "a", "surface": "", "start": 0, "end": 0, "strength": 1.0}])
    assert rows.loc[0, "surface"] == ""
    assert rows["entry_id"].isna().all()


def test_every_command_is_in_the_readme() -> None:
    import typer

    from screening.cli.app import app

    def names(group, prefix=""):  # type: ignore[no-untyped-def]
        for name, command in getattr(group, "commands", {}).items():
            yield from names(command, f"{prefix}{name} ") if getattr(command, "commands", None) else [prefix + name]

    commands = list(names(typer.main.get_command(app)))
    assert "run" in commands
    for readme in ("README.md", "README.id.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        missing = [name for name in commands if f"screening {name}" not in text]
        assert missing == [], f"{readme} does not show: {missing}"
