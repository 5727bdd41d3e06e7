"""Retention, a person's copy and erasure, the log of use, rotation, encryption, self check: on a small office of two people."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from screening import uselog
from screening.cli.app import run
from screening.errors import IntegrityError, UsageError
from screening.folder import Run, opened
from screening.privacy import key
from screening.privacy.pseudonyms import Pseudonyms
from screening.review.ledger import head, read
from screening.review.purge import PURGE

NIPS = {"andi.contoh": "198501012010011001", "budi.contoh": "199002022015011002"}
ROWS = """Platform;Nama Akun;Tanggal;Jenis;Isi
Instagram;andi.contoh;01/10/2024;unggahan;Ayo pilih RIDO nomor 1, kata warga Kebon
Instagram;andi.contoh;02/10/2024;unggahan;Apel pagi seperti biasa
Instagram;budi.contoh;03/10/2024;unggahan;Coblos Pramono-Rano nomor 3 demi taman kota
Instagram;orang_luar;04/10/2024;unggahan;Ayo pilih RIDO nomor 1 di luar kantor
"""


def screen(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("daur")
    (folder / "rekap.csv").write_text(ROWS, encoding="utf-8")
    people = "".join(
        f"'{nip};Orang {at};Dinas Rekaan;Instagram;{handle}\n" for at, (handle, nip) in enumerate(NIPS.items())
    )
    (folder / "pegawai.csv").write_text(f"NIP;Nama;Unit Kerja;Platform;Akun\n{people}", encoding="utf-8")
    assert (
        screen(
            "run", folder / "rekap.csv", "--roster", folder / "pegawai.csv", "--identities", "--out", folder / "hasil"
        )
        == 0
    )
    assert (
        screen(
            "review",
            "export",
            "--run",
            folder / "hasil",
            "--reviewer",
            "Ani",
            "--ledger",
            folder / "b.sqlite",
            "--out",
            folder,
        )
        == 0
    )
    assert screen("dossier", NIPS["andi.contoh"], "--run", folder / "hasil") == 0
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "kantor"))


def content(folder: Path) -> str:
    """All bytes below a folder as text, Parquet and workbooks opened."""
    import pandas as pd

    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if path.suffix == ".parquet":
            found.append(pd.read_parquet(path).to_csv())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        else:
            found.append(path.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(found)


def test_a_person_gets_a_copy_of_what_is_held(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = office / "salinan.zip"
    words = ["--run", office / "hasil", "--ledger", office / "b.sqlite", "--out"]
    assert screen("subject", "export", NIPS["andi.contoh"], *words, out) == 0
    with zipfile.ZipFile(out) as packed:
        told = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert "Kebon" in told["aktivitas.csv"]
    assert told["aktivitas.csv"].count("\r\n") == 3  # heading and two
    assert "taman kota" not in "".join(told.values())
    assert screen("subject", "export", NIPS["andi.contoh"], *words, out) == 2  # never over a file
    assert screen("subject", "export", "@andi.contoh", *words, office / "b.zip") == 0
    assert screen("subject", "export", "199912312020121009", *words, office / "c.zip") == 2
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_nothing_is_erased_without_being_asked_twice(office: Path) -> None:
    before = content(office / "hasil")
    words = ["subject", "erase", "andi.contoh", "--run", office / "hasil", "--ledger", office / "b.sqlite"]
    assert screen(*words) == 0
    assert screen(*words, "--apply") == 2  # no reason
    assert content(office / "hasil") == before


def test_a_person_is_erased_from_everything(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, ledger = office / "hasil", office / "b.sqlite"
    name = Pseudonyms(key.read(office / key.NAME)).looked_up(NIPS["andi.contoh"])[1]
    activities = {*Run(out).table("activities").query("subject_id == @name")["activity_id"]}
    assert len(activities) == 2
    before = head(read(ledger))
    assert any(one.startswith("berkas_") for one in (path.name for path in out.iterdir()))
    words = [
        "subject",
        "erase",
        NIPS["andi.contoh"],
        "--run",
        out,
        "--ledger",
        ledger,
        "--apply",
        "--why",
        "permintaan",
        "--by",
        "Petugas",
    ]
    assert screen(*words, "--certificate", office / "ba.json") == 0
    left = content(out) + ledger.read_bytes().decode("latin-1")
    for one in (name, "andi.contoh", "Kebon", *activities):
        assert one not in left, one
    assert "taman kota" in left  # the other person stays
    assert not [path for path in out.parent.iterdir() if "-lama" in path.name]
    opened(out)
    assert screen("list", "--run", out) == 0
    entries = read(ledger)
    assert entries[-1].kind == PURGE
    assert read(ledger, anchor=before) == entries  # what was written down earlier is still recognised
    with sqlite3.connect(ledger) as base:
        assert not [row for row in base.execute("SELECT activity_id FROM hasil_mesin") if row[0] in activities]
    made = json.loads((office / "ba.json").read_text(encoding="utf-8"))
    assert made["hasil"][0]["aktivitas"] == 2
    assert made["hasil"][0]["baris"]["activities.parquet"] == 2
    assert made["salinan_di_luar"] == ["Ani", "telaah_Ani.csv", "telaah_Ani.xlsx"]
    assert made["buku_telaah"]["sebelum"] == before
    assert NIPS["andi.contoh"] not in json.dumps(made)
    assert uselog.read(office / uselog.NAME)[-1].what == "subject erase"
    assert screen("subject", "erase", NIPS["andi.contoh"], "--run", out) == 2  # there is nobody left


def test_filled_files_are_not_thrown_away_unseen(office: Path) -> None:
    out = office / "hasil"
    (out / "catatan saya.txt").write_text("x", encoding="utf-8")
    words = ["subject", "erase", "andi.contoh", "--run", out, "--apply", "--why", "x"]
    assert screen(*words) == 2
    assert screen(*words, "--force") == 0


def test_retention_takes_old_runs_whole_and_leaves_new_ones(office: Path) -> None:
    out, ledger = office / "hasil", office / "b.sqlite"
    words = ["retention", out, "--ledger", ledger, "--certificate", office / "ba.json"]
    assert screen(*words, "--before", "01/01/2020", "--apply", "--why", "habis") == 0
    assert out.is_dir()
    assert screen(*words, "--before", "01/01/2100") == 0
    assert out.is_dir()
    assert screen(*words, "--before", "01/01/2100", "--apply", "--why", "habis") == 0
    assert not out.exists()
    made = json.loads((office / "ba.json").read_text(encoding="utf-8"))
    assert {"temuan.csv", "activities.parquet", "identitas.csv"} < made["hasil"][0]["berkas"].keys()
    assert made["hasil"][0]["aktivitas"] == 4
    assert {entry.kind for entry in read(ledger)} == {PURGE}


def test_a_run_kept_elsewhere_keeps_its_rows_in_the_ledger(office: Path) -> None:
    again = [
        "run",
        office / "rekap.csv",
        "--roster",
        office / "pegawai.csv",
        "--key",
        office / key.NAME,
        "--out",
        office / "baru",
    ]
    assert screen(*again) == 0
    manifest = office / "hasil" / "manifest.json"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('"created_wib": "2', '"created_wib": "1'), encoding="utf-8"
    )
    rows = [entry for entry in read(office / "b.sqlite") if entry.kind == "daftar"]
    words = ["retention", office / "hasil", office / "baru", "--before", "01/01/2020", "--ledger", office / "b.sqlite"]
    assert screen(*words, "--apply", "--why", "habis") == 0
    assert not (office / "hasil").exists()
    assert [entry for entry in read(office / "b.sqlite") if entry.kind == "daftar"] == rows


def test_decisions_still_meet_findings_after_the_key_is_replaced(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger of an older run: a decision taken then, a case opened then."""
    import csv

    ledger = office / "b.sqlite"
    with (office / "telaah_Ani.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    case = rows[0]["id_kasus"]
    assert (
        screen("review", "case", case, "--stage", "klarifikasi", "--why", "uji", "--ledger", ledger, "--by", "Petugas")
        == 0
    )
    assert screen("key", "rotate", office / key.NAME) == 0
    words = [
        "run",
        office / "rekap.csv",
        "--roster",
        office / "pegawai.csv",
        "--ledger",
        ledger,
        "--key",
        office / key.NAME,
    ]
    assert screen(*words, "--out", office / "baru") == 0
    old, new = (Run(office / name).table("findings") for name in ("hasil", "baru"))
    assert old["finding_id"].tolist() == new["finding_id"].tolist()
    assert not set(old["subject_id"]) & set(new["subject_id"])
    assert (
        screen("review", "export", "--run", office / "baru", "--reviewer", "Beni", "--ledger", ledger, "--out", office)
        == 0
    )
    capsys.readouterr()
    assert screen("review", "status", "--ledger", ledger) == 0
    from screening.review.cases import cases

    stages = {one.case_id: one.stage for one in cases(read(ledger))}
    fresh = {row["id_kasus"] for row in _csv(office / "baru" / "temuan.csv")}
    assert case not in fresh
    assert "klarifikasi" in {stages.get(one) for one in fresh}  # the case goes on under its new number
    assert (
        screen("explain", NIPS["andi.contoh"], "--run", office / "hasil", "--key", office / key.NAME) == 0
    )  # earlier keys still find


def _csv(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_a_lost_key_is_noticed_and_an_altered_log_stops_the_run(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / key.NAME).unlink()
    words = ["run", office / "rekap.csv", "--roster", office / "pegawai.csv", "--out"]
    assert screen(*words, office / "lagi") == 0
    assert "kunci lain yang tidak ditemukan lagi" in capsys.readouterr().err
    log = office / uselog.NAME
    log.write_text(
        log.read_text(encoding="utf-8").replace('"identities":true', '"identities":false', 1), encoding="utf-8"
    )
    assert screen(*words, office / "lagi2") == 5
    assert not (office / "lagi2").exists()


@pytest.mark.parametrize("change", ["edit", "cut", "swap", "junk", "delete"])
def test_the_log_shows_every_change(tmp_path: Path, change: str) -> None:
    path = tmp_path / "c.log"
    for number in range(4):
        last = uselog.append(path, "siapa", "run", {"number": number})
    lines = path.read_text(encoding="ascii").splitlines()
    lines = {
        "edit": [lines[0].replace('"number":0', '"number":9'), *lines[1:]], "cut": lines[:-1], "swap": [lines[1], lines[0], *lines[2:]],
        "junk": [*lines, "x"], "delete": [lines[0], *lines[2:]],
    }[change]  # fmt: skip
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    with pytest.raises(IntegrityError):
        uselog.read(path, anchor=last.hash)


@pytest.mark.parametrize(
    "text", ["", "x", "berlaku 2026-01-01 zz", "berlaku 2026-01-01 " + "g" * 64, "# nur\nlama 2026-01-01 " + "a" * 64]
)
def test_a_damaged_key_is_told_and_never_quoted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "k.key"
    path.write_text(text, encoding="ascii")
    with pytest.raises(UsageError) as told:
        key.read(path)
    assert "a" * 64 not in str(told.value)
    assert path.read_text(encoding="ascii") == text


def test_a_key_is_made_once_for_its_owner_and_rotated(tmp_path: Path) -> None:
    path = tmp_path / "k.key"
    first, new = key.ready(path)
    assert new
    assert key.ready(path) == (first, False)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = key.rotated(path)
    assert second.secret != first.secret
    assert [one.secret for one in key.read(path).earlier] == [first.secret]
    assert key.rotated(path, forget=True).earlier == ()
    assert first.secret.hex() not in repr(Pseudonyms(first)) + repr(first)
    assert [one.name for one in tmp_path.iterdir()] == ["k.key"]


def test_a_run_folder_is_encrypted_for_its_recipient_only(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pyrage = pytest.importorskip("pyrage")
    mine, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    for name, identity in (("saya.txt", mine), ("lain.txt", other)):
        (office / name).write_text(f"{identity}\n", encoding="ascii")
    assert screen("seal", office / "hasil", "--recipient", str(mine.to_public()), "--remove") == 0
    sealed = office / "hasil.zip.age"
    assert not (office / "hasil").exists()
    assert b"andi.contoh" not in sealed.read_bytes()
    assert screen("unseal", sealed, "--identity", office / "lain.txt", "--out", office / "x") == 2
    assert screen("unseal", sealed, "--identity", office / "saya.txt", "--out", office / "hasil") == 0
    opened(office / "hasil")
    sealed.write_bytes(sealed.read_bytes()[:-20] + b"x" * 20)
    assert screen("unseal", sealed, "--identity", office / "saya.txt", "--out", office / "y") == 5
    assert not (office / "y").exists()
    assert screen("seal", office / "hasil", "--recipient", "age1bukan") == 2


def test_without_the_library_the_extra_is_named(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert screen("seal", office / "hasil", "--recipient", "age1x") == 2
    assert "screening[encrypt]" in capsys.readouterr().err


def test_a_person_checks_the_own_export_and_nothing_is_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text(ROWS, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert screen("self", path) == 2  # several accounts: whose?
    assert screen("self", path, "--owner", "andi.contoh") == 0
    told = capsys.readouterr().out
    assert "2 aktivitas dibaca; 1 sebaiknya" in told
    assert "RIDO" in told
    assert "taman kota" not in told
    assert "bukan putusan" in told
    assert not re.search(r"pelanggaran|hukuman|sanksi", told)
    assert sorted(tmp_path.iterdir()) == before
