"""People's work is safe: finished folders are refused, changed files move aside, failures leave nothing, kills leave one result."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from openpyxl import load_workbook

from screening import manifest, publish
from screening.cli.app import run
from screening.errors import IntegrityError, UsageError
from screening.folder import FOR_PEOPLE, WORKBOOK, opened

ROW = "12/10/2024 10:00;{actor};Instagram;Posting;Coblos nomor 3 Pramono - Rano ya gaes\n"
HEAD = "Tanggal;Akun;Platform;Jenis;Isi\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "masukan" / "rekap.csv"
    path.parent.mkdir()
    path.write_text(HEAD + ROW.format(actor="andi.contoh") + ROW.format(actor="asn_0102"), encoding="utf-8")
    return path


def screen(*words: object) -> int:
    return run([str(word) for word in words])


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every output; of the manifest all but when it was written."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    held = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps(
        {name: value for name, value in held.items() if not name.startswith("created")}
    ).encode()
    return found


def test_a_finished_folder_is_refused_and_stays_as_it_is(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    assert screen("run", export, "--out", out) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for further in ((), ("--resume",)):
        assert screen("run", export, "--out", out, *further) == 2
        assert "--overwrite" in capsys.readouterr().err
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_filled_workbook_is_moved_aside_with_its_whole_folder(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    screen("run", export, "--out", out)
    book = load_workbook(out / WORKBOOK)
    book["TELAAH"].cell(2, 22).value = "LAYAK KLARIFIKASI"
    book.save(out / WORKBOOK)
    (out / "catatan saya.txt").write_text("jangan hilang", encoding="utf-8")
    filled = (out / WORKBOOK).read_bytes()
    assert screen("run", export, "--out", out, "--overwrite") == 0
    told = capsys.readouterr().err
    aside = [path for path in tmp_path.iterdir() if path.name.startswith("hasil-lama-")]
    assert len(aside) == 1
    assert (aside[0] / WORKBOOK).read_bytes() == filled
    assert (aside[0] / "catatan saya.txt").read_text(encoding="utf-8") == "jangan hilang"
    assert aside[0].name in told
    assert "temuan.xlsx" in told
    opened(aside[0])
    opened(out)


def test_an_untouched_old_result_goes_without_a_trace(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    screen("run", export, "--out", out)
    before = bytes_of(out)
    assert screen("run", export, "--out", out, "--overwrite") == 0
    assert bytes_of(out) == before
    beside = ["catatan-pemakaian.log", "hasil", "kunci-samaran.key", "masukan"]
    assert sorted(path.name for path in tmp_path.iterdir()) == beside


@pytest.mark.parametrize(
    "words",
    [
        ("tidak-ada.csv",),
        ("aneh.csv",),
        ("rekap.csv", "--include-chats"),
        ("rekap.csv", "--workers", "0"),
        ("rekap.csv", "--roster", "aneh.csv"),
    ],
)
def test_a_run_that_fails_leaves_nothing_and_the_retry_works(
    export: Path, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(export.parent)
    (export.parent / "aneh.csv").write_text("warna;ukuran\nmerah;3\n", encoding="utf-8")
    assert screen("run", *words, "--out", tmp_path / "ha") in (2, 3, 4)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["masukan"]
    assert screen("run", export, "--out", tmp_path / "ha") == 0


def test_a_failure_over_an_old_result_leaves_the_old_result(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    screen("run", export, "--out", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    empty = tmp_path / "masukan" / "kosong.csv"
    empty.write_text("", encoding="utf-8")
    assert screen("run", empty, "--out", out, "--overwrite") == 3
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_that_another_program_holds_stays_and_the_new_result_gets_a_name(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a workbook that is open in Excel keeps its folder where it is."""
    out = tmp_path / "hasil"
    assert screen("run", export, "--out", out) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    real = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(source) == out:
            raise PermissionError(13, "dipakai", str(source))
        real(source, target)

    monkeypatch.setattr(publish.os, "replace", held)
    assert screen("run", export, "--out", out, "--overwrite") == 0
    assert "sedang dipakai program lain" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    fresh = [path for path in tmp_path.iterdir() if path.name.startswith("hasil-baru-")]
    assert len(fresh) == 1
    opened(fresh[0])


def test_a_foreign_folder_is_never_touched(tmp_path: Path, export: Path) -> None:
    out = tmp_path / "surat"
    out.mkdir()
    (out / "penting.docx").write_bytes(b"penting")
    assert screen("run", export, "--out", out, "--overwrite") == 2
    assert (out / "penting.docx").read_bytes() == b"penting"
    work = tmp_path / "baru.proses"
    work.mkdir()
    (work / "anggaran.xlsx").write_bytes(b"penting")
    assert screen("run", export, "--out", tmp_path / "baru") == 2
    assert (work / "anggaran.xlsx").read_bytes() == b"penting"


def test_two_runs_never_build_one_folder(tmp_path: Path) -> None:
    began, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with publish.building(tmp_path / "hasil") as made:
            began.set()
            go_on.wait(20)
            (made.work / manifest.NAME).write_text("{}", encoding="utf-8")

    thread = threading.Thread(target=first)
    thread.start()
    began.wait(20)
    with pytest.raises(UsageError, match="proses lain"), publish.building(tmp_path / "hasil"):
        pass
    go_on.set()
    thread.join()
    assert (tmp_path / "hasil" / manifest.NAME).exists()
    assert not (tmp_path / "hasil.kunci").exists()


def test_the_lock_of_a_killed_run_does_not_stay(tmp_path: Path, export: Path) -> None:
    (tmp_path / "hasil.kunci").write_bytes(b"")
    assert screen("run", export, "--out", tmp_path / "hasil") == 0


def test_ctrl_c_says_how_to_go_on_and_the_run_goes_on(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import screening.cli.finish as end

    whole = end.finish

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(end, "finish", broken_off)
    assert screen("run", export, "--out", tmp_path / "hasil") == 130
    assert "--resume" in capsys.readouterr().err
    assert not (tmp_path / "hasil").exists()
    monkeypatch.setattr(end, "finish", whole)
    assert screen("run", export, "--out", tmp_path / "hasil", "--resume") == 0
    assert screen("run", export, "--out", tmp_path / "tenang") == 0
    assert bytes_of(tmp_path / "hasil") == bytes_of(tmp_path / "tenang")


def test_a_run_whose_folder_lies_among_its_inputs_can_go_on(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import screening.cli.finish as end

    whole = end.finish

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(export.parent)
    monkeypatch.setattr(end, "finish", broken_off)
    assert screen("run", ".", "--out", "hasil") == 130
    monkeypatch.setattr(end, "finish", whole)
    assert screen("run", ".", "--out", "hasil", "--resume") == 0
    assert screen("run", ".", "--out", "hasil2") == 0
    books = [manifest.read(export.parent / name)["counts"] for name in ("hasil", "hasil2")]
    assert books[0] == books[1]
    assert books[0]["read"] == 2


def test_the_machinery_of_renaming_changes_no_byte(export: Path, tmp_path: Path) -> None:
    from screening.cli.finish import Given, finish, get_ready
    from screening.privacy.key import ready
    from screening.privacy.pseudonyms import Pseudonyms
    from screening.ruleset import load_ruleset
    from screening.run import Options
    from screening.run import run as plain

    made = Pseudonyms(ready(tmp_path / "kunci-samaran.key")[0])
    rules, given, options = load_ruleset(), Given(), Options(pseudonyms=made)
    finished = plain([export], tmp_path / "langsung", rules, options)
    finish(finished, rules, get_ready(rules, given), options, given, "excel-id")
    assert screen("run", export, "--out", tmp_path / "hasil") == 0
    assert bytes_of(tmp_path / "hasil") == bytes_of(tmp_path / "langsung")


def test_every_command_that_reads_a_run_notices_changed_tables(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    screen("run", export, "--out", out)
    table = out / "findings.parquet"
    table.write_bytes(table.read_bytes() + b" ")
    with pytest.raises(IntegrityError):
        opened(out)
    commands = [
        ("explain", "T-0000"), ("dossier", "T-0000"), ("list",), ("report", "--from", "01/10/2024", "--to", "31/10/2024"),
        ("audit", "coverage"), ("audit", "rates"),
    ]  # fmt: skip
    for words in commands:
        assert screen(*words, "--run", out) == 5, words
    assert (
        screen(
            "review",
            "export",
            "--run",
            out,
            "--reviewer",
            "Ani",
            "--out",
            tmp_path,
            "--ledger",
            tmp_path / "buku.sqlite",
        )
        == 5
    )
    assert screen("compare", out, out) == 5


def test_filled_workbooks_do_not_stop_later_commands(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    screen("run", export, "--out", out)
    for name in FOR_PEOPLE:
        (out / name).write_bytes((out / name).read_bytes() + b" ")
    assert screen("list", "--run", out) == 0


def test_the_manifest_is_strict_json_and_says_how_the_run_was_made(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "hasil"
    (export.parent / "Thumbs.db").write_bytes(b"x")
    screen("run", export.parent, "--out", out, "--owner", "seseorang")

    def refuse(word: str) -> None:
        raise AssertionError(word)

    held = json.loads((out / "manifest.json").read_text(encoding="utf-8"), parse_constant=refuse)
    assert held["options"]["owner"] == "seseorang"
    assert held["options"]["jurisdictions"] == ["dki-jakarta"]
    assert None in [file["sha256"] for file in held["files"]]


# --- killed at any moment -------------------------------------------------------------------------------------------------

KILLS = int(os.environ.get("SCREENING_KILLS", "6"))  # 200 in the record of the release; a few on every run of the suite


def _started(export: Path, out: Path, rows: int) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from screening.cli.app import run; import screening.run as batch; "
        f"sys.exit(run(['run', {str(export)!r}, '--out', {str(out)!r}, '--overwrite', '--owner', {f'o{rows}'!r}]))"
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_over_an_old_result_there_is_the_old_or_the_new_one(export: Path, tmp_path: Path) -> None:
    """The old result has one owner in its options, the new one another: a mixture would fail its hashes."""
    out, chance = tmp_path / "hasil", random.Random(17)
    import time

    seen = {"o0": 0, "o1": 0}
    assert screen("run", export, "--out", out, "--owner", "o0") == 0
    began = time.monotonic()
    _started(export, tmp_path / "ukur", 1).communicate(timeout=120)
    whole = time.monotonic() - began
    for number in range(KILLS):
        program = _started(export, out, (number + 1) % 2)
        # Half of the kills fall into the finish, where files appear and folders are renamed.
        moment = chance.uniform(0.75, 1.02) if number % 2 else chance.uniform(0.05, 1.0)
        try:
            program.communicate(timeout=moment * whole)
        except subprocess.TimeoutExpired:
            program.kill()
            program.communicate()
        found = opened(out)  # raises on a mixture
        assert manifest.altered(out) == []
        assert {path.name for path in out.iterdir()} == {*manifest.read(out)["outputs"], manifest.NAME}
        seen[found.options["owner"]] += 1
    assert sum(seen.values()) == KILLS


@pytest.mark.parametrize("stop", range(1, 9))
def test_stopped_at_any_rename_there_is_the_old_or_the_new_result(
    export: Path, tmp_path: Path, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends at the n-th step of putting the folder in place; then somebody opens it."""

    class Ended(BaseException):
        pass

    out = tmp_path / "hasil"
    assert screen("run", export, "--out", out, "--owner", "o0") == 0
    steps = 0

    def counted(real: object) -> object:
        def step(*given: object, **further: object) -> object:
            nonlocal steps
            steps += 1
            if steps == stop:
                raise Ended
            return real(*given, **further)  # type: ignore[operator]

        return step

    real_replace, real_rmtree = os.replace, publish.shutil.rmtree
    with pytest.raises(Ended) if stop < 5 else _nothing(), publish.building(out, overwrite=True) as made:
        for path in out.iterdir():
            (made.work / path.name).write_bytes(path.read_bytes())
        monkeypatch.setattr(publish.os, "replace", counted(real_replace))
        monkeypatch.setattr(publish.shutil, "rmtree", counted(real_rmtree))
    monkeypatch.setattr(publish.os, "replace", real_replace)
    monkeypatch.setattr(publish.shutil, "rmtree", real_rmtree)
    opened(out)
    assert manifest.altered(out) == []


def test_the_next_run_finishes_what_a_kill_between_two_renames_left(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    assert screen("run", export, "--out", out) == 0
    os.replace(out, tmp_path / "hasil.proses")  # as a kill leaves it: the new result complete, not yet in its place
    assert screen("run", export, "--out", out) == 2
    assert "sudah berisi hasil" in capsys.readouterr().err
    opened(out)
    assert not (tmp_path / "hasil.proses").exists()


class _nothing:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
