"""The commands of the reviewers' loop as people type them: messages, files, exit codes."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import typer
from report_builder import build
from review_builder import FACTS, VERDICTS, fill, returned, run_folder
from typer.testing import CliRunner

from screening.cli import review
from screening.errors import IntegrityError, UsageError
from screening.review.arrivals import read_file
from screening.review.ledger import head, read
from screening.sheets import unguard

PROGRAM = typer.Typer()


@PROGRAM.callback()
def _program() -> None:
    """A program with only these commands."""


review.add_to(PROGRAM)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("proses") / "run", build(40)).folder


@pytest.fixture
def place(tmp_path: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(first, tmp_path / "run")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def screening(*words: str) -> str:
    """Output of a command that succeeds."""
    done = CliRunner().invoke(PROGRAM, [*words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def answer(name: str, verdict: str, day: str = "2024-02-28") -> Path:
    """The file of that name filled in."""
    rows = [{key: unguard(cell) for key, cell in row.cells.items()} for row in read_file(Path(name)).rows]
    return returned(Path(name), [fill(row, verdict, day=day) for row in rows])


def test_the_loop_on_the_command_line(place: Path) -> None:
    assert "telaah_Ani.xlsx" in screening("review", "export", "--run", "run", "--reviewer", "Ani")
    screening("review", "export", "--run", "run", "--reviewer", "Budi S.", "--blind", "--out", "kirim")
    answer("telaah_Ani.csv", VERDICTS[0])
    answer("kirim/telaah_Budi_S.csv", VERDICTS[1])
    text = screening("review", "import", "telaah_Ani.csv", "kirim/telaah_Budi_S.csv")
    assert text.count("0 ditolak") == 2
    assert head(read(Path("buku-telaah.sqlite"))) in text
    assert "berbeda, menunggu penengah" in screening("review", "status")
    assert "sama 0,0 %" in screening("review", "agreement", "--out", "kesepakatan.csv")
    assert "menunggu penengah" in screening(
        "review", "conflicts", "--run", "run", "--reviewer", "Citra", "--out", "kirim"
    )
    answer("kirim/konflik.csv", VERDICTS[1], "2024-02-29")
    screening("review", "import", "kirim/konflik.csv", "--by", "petugas")
    text = screening("review", "status", "--anchor", head(read(Path("buku-telaah.sqlite")))[:16])
    assert "diputus penengah" in text
    assert "Tidak ada perbedaan" in screening("review", "conflicts", "--run", "run")
    text = screening("review", "labels", "--run", "run", "--out", "label.csv")
    assert "BIAS VERIFIKASI" in text
    assert "BIAS VERIFIKASI" in Path("label.keterangan.txt").read_text(encoding="utf-8")
    run_folder(place / "run-2", build(40), version="aturan-2", facts=FACTS | {"lexicons/nama.csv": "l2"})
    text = screening("compare", "run", "run-2", "--ledger", "buku-telaah.sqlite", "--out", "banding.csv")
    assert "leksikon berubah (lexicons/nama.csv)" in text
    assert "dibuka kembali" in text
    assert Path("banding.csv").exists()


def test_a_case_moves_on_the_command_line(place: Path) -> None:
    screening("review", "export", "--run", "run", "--reviewer", "Ani")
    case = read_file(Path("telaah_Ani.csv")).rows[0].cells["id_kasus"]
    text = screening(
        "review",
        "case",
        case,
        "--stage",
        "KAJIAN",
        "--why",
        "klarifikasi selesai",
        "--on",
        "07/03/2024",
        "--letter",
        "800/1",
    )
    assert "tahap kajian sejak 2024-03-07; tenggat 2024-03-14" in text
    assert f"{case}: tahap kajian, tenggat 2024-03-14" in screening("review", "status")
    with pytest.raises(UsageError, match="tidak dikenal"):
        screening("review", "case", "K-000", "--stage", "kajian", "--why", "x")
    with pytest.raises(UsageError, match=r"--on besok(.|\n)*--due lusa"):
        screening("review", "case", case, "--stage", "kajian", "--why", "x", "--on", "besok", "--due", "lusa")


def test_refused_rows_are_written_and_strict_says_so_in_the_exit_code(place: Path) -> None:
    screening("review", "export", "--run", "run", "--reviewer", "Ani")
    answer("telaah_Ani.csv", "BERSALAH")
    text = screening("review", "import", "telaah_Ani.csv", "--rejected", "tolak.csv")
    assert "DITOLAK: telaah_Ani.csv baris 2, kolom putusan: putusan tidak dikenal" in text
    assert Path("tolak.csv").exists()
    done = CliRunner().invoke(PROGRAM, ["review", "import", "telaah_Ani.csv", "--strict"])
    assert done.exit_code == 1


def test_a_file_that_may_hold_decisions_is_not_overwritten(place: Path) -> None:
    screening("review", "export", "--run", "run", "--reviewer", "Ani")
    before = Path("telaah_Ani.csv").read_bytes()
    with pytest.raises(UsageError, match="--force"):
        screening("review", "export", "--run", "run", "--reviewer", "Ani")
    screening("review", "export", "--run", "run", "--reviewer", "Ani", "--force")
    assert Path("telaah_Ani.csv").read_bytes() == before  # the same rows for the same person keep their token


def test_a_run_without_findings_gives_empty_files_that_import(place: Path) -> None:
    run_folder(place / "kosong", build(0))
    assert "0 baris untuk Ani" in screening("review", "export", "--run", "kosong", "--reviewer", "Ani")
    assert screening("review", "import", "telaah_Ani.csv", "telaah_Ani.xlsx").count("0 baris =") == 2
    assert "Baris: 0" in screening("review", "status")


def test_a_sample_needs_blind_to_be_unrecognisable(place: Path) -> None:
    text = screening("review", "export", "--run", "run", "--reviewer", "Ani", "--sample-unflagged", "5")
    assert "5 di antaranya sampel acak" in text
    assert "tanpa --blind" in text
    text = screening("review", "export", "--run", "run", "--reviewer", "Budi", "--sample-unflagged", "5", "--blind")
    assert "PERINGATAN" not in text


def test_damage_is_an_integrity_error(place: Path) -> None:
    screening("review", "export", "--run", "run", "--reviewer", "Ani")
    with closing(sqlite3.connect("buku-telaah.sqlite")) as base:
        base.execute("DROP TRIGGER entries_no_update")
    with pytest.raises(IntegrityError) as caught:
        screening("review", "status")
    assert caught.value.exit_code == 5
    (place / "run" / "temuan.csv").write_text("id_temuan;putusan\r\n", encoding="utf-8")
    with pytest.raises(IntegrityError, match=r"manifest\.json"):
        screening("review", "export", "--run", "run", "--reviewer", "Ani", "--ledger", "lain.sqlite", "--out", "kirim")


@pytest.mark.parametrize(
    "words",
    [
        ("review", "status"),
        ("review", "agreement"),
        ("review", "export", "--run", "tidak-ada", "--reviewer", "A"),
        ("compare", "x", "y"),
    ],
)
def test_what_is_not_there_is_named(place: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=r"tidak ada|bukan folder hasil"):
        screening(*words)


def test_help_is_indonesian_and_shows_every_command(place: Path) -> None:
    text = screening("review", "--help")
    assert set(re.findall(r"^\W*(\w+) ", text, re.M)) >= {
        "export",
        "import",
        "status",
        "agreement",
        "conflicts",
        "case",
        "labels",
    }
    assert "Membuat berkas telaah" in text


def test_file_names_do_not_leave_the_folder_and_work_on_windows(place: Path) -> None:
    screening("review", "export", "--run", "run", "--reviewer", "../../CON: Ani*?", "--out", "kirim")
    assert sorted(path.name for path in Path("kirim").iterdir()) == ["telaah_CON_Ani.csv", "telaah_CON_Ani.xlsx"]


def test_two_names_that_look_alike_without_marks_get_two_files(place: Path) -> None:
    for name in ("Änne", "Önne"):
        screening("review", "export", "--run", "run", "--reviewer", name, "--out", "kirim")
    assert len(list(Path("kirim").glob("*.csv"))) == 2
