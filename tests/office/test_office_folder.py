"""The office's real files give the findings of their clean form, and nothing vanishes without a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening.cli.app import run
from screening.folder import Run
from screening.ruleset.accounts import normalise_handle
from tests.office.office_folder import NIP, write_clean, write_office


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("kantor")
    made = {}
    for name, build in (("kantor", write_office), ("bersih", write_clean)):
        (base / name).mkdir()
        inputs, roster, accounts = build(base / name)
        made[name] = base / name / "hasil"
        words = ["run", inputs, "--roster", roster, "--accounts", accounts, "--include-chats", "--out", made[name]]
        words += ["--key", base / "kunci.key"]
        assert run([str(word) for word in words]) == 0
    return made


def found(folder: Path) -> set[tuple[Any, ...]]:
    """Each finding with whose and what it is about; ids and file names left out."""
    finished = Run(folder)
    activities = finished.table("activities")
    activities["actor"] = [normalise_handle(actor) if platform not in ("whatsapp", "telegram") else actor
                           for platform, actor in zip(activities["platform"], activities["actor"], strict=True)]  # fmt: skip
    rows = finished.table("findings").merge(activities, on="activity_id", suffixes=("", "_a"))
    columns = ["platform", "actor", "kind", "text", "act_id", "result", "score", "contestant", "subject_id"]
    return {tuple(None if pd.isna(cell) else cell for cell in row) for row in rows[columns].itertuples(index=False)}


def gaps(folder: Path) -> dict[str, Any]:
    return {
        gap["code"]: gap for gap in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["completeness"]
    }


def test_the_offices_files_give_the_findings_of_their_clean_form(runs: dict[str, Path]) -> None:
    office, clean = found(runs["kantor"]), found(runs["bersih"])
    assert office == clean
    assert len(office) >= 15
    assert {"instagram", "x", "whatsapp", "telegram", "facebook"} <= {row[0] for row in office}


def test_nothing_vanishes_without_a_word(runs: dict[str, Path]) -> None:
    finished = Run(runs["kantor"])
    files = finished.table("files")
    books = finished.manifest["counts"]
    assert books["read"] == sum(value for name, value in books.items() if name != "read")
    assert books["rejected"] == 1  # 32 October
    told = gaps(runs["kantor"])
    assert "baris_tanpa_teks" not in told
    assert "kolom_tidak_dipakai" not in told
    assert told["pegawai_terlihat"]["count"] == 4
    strangers = told["akun_tidak_terdaftar"]["cases"]
    assert strangers
    assert all(one.startswith("whatsapp U-") for one in strangers), (
        strangers
    )  # nobody on the roster is called like them
    unread = files[files["outcome"].isin(("unknown", "error"))]["source_file"].tolist()
    for name in unread:
        assert any(name in case for case in told["berkas_tidak_terbaca"]["cases"])


def test_persons_keep_their_office_and_lose_their_number(runs: dict[str, Path]) -> None:
    import csv

    with (runs["kantor"] / "temuan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    andi = next(row for row in rows if "andi.contoh" in row["akun"])
    assert (andi["jabatan"], andi["golongan"], andi["instansi"], andi["unit_kerja"]) == (
        "Analis Rekaan",
        "Penata Muda, III/a",
        "Dinas Rekaan",
        "Seksi Umum",
    )
    assert andi["nip_tersamar"].endswith("1001")
    assert andi["nama_tersamar"].startswith("A*** C***")
    for path in runs["kantor"].iterdir():
        content = path.read_bytes()
        for number in NIP.values():
            assert number.encode() not in content, path.name
        assert b"Andi Contoh" not in content, path.name


def test_every_paper_of_the_run_agrees_with_it_from_the_folder_alone(
    runs: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = str(runs["kantor"])
    assert run(["list", "--run", folder, "--json"]) == 0
    cases = json.loads(capsys.readouterr().out)
    case = next(one for one in cases if one["unit"] == "Seksi Umum")
    assert run(["dossier", case["nomor"], "--run", folder, "--out", str(tmp_path / "b.html")]) == 0
    page = (tmp_path / "b.html").read_text(encoding="utf-8")
    for words in ("Dinas Rekaan", "Seksi Umum", "Akun yang bersangkutan"):
        assert words in page
    assert "Jabatan" in page
    assert page.count("KURANG") == 0
    assert "belum dinyatakan" not in page
    assert (
        run(["report", "--run", folder, "--from", "01/10/2024", "--to", "31 Oktober 2024", "--out", str(tmp_path)]) == 0
    )
    text = (tmp_path / "pemantauan_2024-10-01_2024-10-31.md").read_text(encoding="utf-8")
    assert "PERINGATAN" not in capsys.readouterr().err
    assert "tidak diketahui" not in text.partition("## Menurut unit kerja")[2].partition("##")[0]
    numbers = json.loads((runs["kantor"] / "manifest.json").read_text(encoding="utf-8"))
    assert sum(one["penilaian"] for one in cases) == len(found_rows(runs["kantor"]))
    assert numbers["options"]["roster"]["name"] == "Data Pegawai Dinas.xlsx"


def found_rows(folder: Path) -> list[Any]:
    table = Run(folder).table("findings")
    return table[table["result"].isin(("finding", "needs_clarification"))].to_dict("records")


def test_a_different_option_is_an_error(runs: dict[str, Path], tmp_path: Path) -> None:
    other = tmp_path / "lain.csv"
    other.write_text("akun;platform\nx;IG\n", encoding="utf-8")
    folder = str(runs["kantor"])
    assert run(["report", "--run", folder, "--from", "01/10/2024", "--to", "31/10/2024", "--roster", str(other)]) == 2
    assert (
        run(["report", "--run", folder, "--from", "01/10/2024", "--to", "31/10/2024", "--timezone", "Asia/Makassar"])
        == 2
    )
    assert run(["report", "--run", folder, "--from", "01/01/2030", "--to", "31/12/2030"]) == 2  # nothing dated then


def test_strict_fails_on_what_could_not_be_seen(tmp_path: Path) -> None:
    inputs, roster, accounts = write_office(tmp_path)
    words = [str(word) for word in ("run", inputs, "--roster", roster, "--accounts", accounts, "--out")]
    assert run([*words, str(tmp_path / "hasil"), "--strict"]) == 1
