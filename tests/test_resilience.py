"""Small versions of the long measurements: damaged bulk, SIGKILL, no network. The long ones are `tests.bulk` and `tests.kills`."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screening.cli.app import run as program
from tests import bulk, fuzz_doors, kills

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("form", [*bulk.LINES])
def test_every_good_record_is_screened_and_every_bad_one_listed_at_its_place(tmp_path: Path, form: str) -> None:
    assert len(bulk.CELLS) + len(bulk.LINES[form]) == 20
    kept, refused = bulk.write(tmp_path / f"banyak.{form}", 2_000, form)
    assert program(["run", str(tmp_path / f"banyak.{form}"), "--out", str(tmp_path / "hasil")]) == 0
    assert bulk.compare(tmp_path / "hasil", kept, refused, form) == []
    shorter = set(sorted(kept)[1:])
    assert bulk.compare(tmp_path / "hasil", shorter, refused, form)  # the comparison itself can fail


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize("what", [*kills.KINDS])
def test_killed_at_any_moment_nothing_is_lost_doubled_or_mixed(tmp_path: Path, what: str) -> None:
    times = int(os.environ.get("SCREENING_KILLS", "3"))
    _, left = kills.KINDS[what](tmp_path, times, random.Random(1))
    assert left


NO_NETWORK = """
import sys
def refused(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname", "socket.__new__"):
        raise RuntimeError(f"jaringan: {event}")
    if event == "socket.__new__" and arguments[1] in (2, 10):
        raise RuntimeError("jaringan: soket INET")
sys.addaudithook(refused)
from screening.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("cut", ["sockets refused", "no network at all"])
def test_commands_need_no_network(tmp_path: Path, cut: str) -> None:
    before = []
    if cut == "no network at all":
        if (
            shutil.which("unshare") is None
            or subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode
        ):
            pytest.skip("unshare -n is not possible here")
        before = ["unshare", "-n"]
    table = "record_id,platform,actor,kind,happened_at,text\nr1,x,asn_0001,post,2023-12-20,Ayo coblos Prabowo Gibran nomor 2\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    run, book = str(tmp_path / "hasil"), str(tmp_path / "buku.sqlite")
    for words in (
        ["run", "a.csv", "--out", run, "--workers", "2"], ["read", "a.csv", "--out", "r.parquet"], ["inspect", "a.csv"],
        ["check"],
        ["doctor"], ["list", "--run", run], ["trace", "--text", "Ayo coblos"], ["template", "roster"], ["audit", "verify", run],
        ["audit", "rates", "--run", run], ["audit", "coverage", "--run", run],
        ["report", "--run", run, "--from", "2023-12-01", "--to", "2023-12-31", "--out", "lap"],
        ["review", "export", "--run", run, "--reviewer", "Ani", "--out", "t", "--ledger", book],
        ["review", "status", "--ledger", book],
        ["review", "import", "t/telaah_Ani.csv", "--ledger", book], ["compare", run, run], ["self", "a.csv"],
    ):  # fmt: skip
        done = subprocess.run(
            [*before, sys.executable, "-c", NO_NETWORK, *words], cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        # What `check` finds in the rules is told by its own tests.
        assert done.returncode in (0, 1) or words == ["check"], (words, done.stderr[-500:])
        assert "jaringan" not in done.stderr


def test_damaged_files_through_every_door_give_errors_for_people() -> None:
    assert fuzz_doors.fuzz(40, 7) == []


@pytest.mark.parametrize(
    "text", ['contests = "x"', "contests = [1, 2]", '[[contests]]\nid = "uji-2024"\nphases = "x"', "tables = 5"]
)
def test_own_contests_of_another_shape_are_problems_with_a_place(tmp_path: Path, text: str) -> None:
    from screening.ruleset.elections import read_contests

    (tmp_path / "k.toml").write_text(text, encoding="utf-8")
    assert read_contests([tmp_path / "k.toml"])[1]
