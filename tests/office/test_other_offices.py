"""Three more offices, not those the program was built for: every act stands under its person, and nothing vanishes without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screening.cli.app import run as command
from screening.folder import Run
from tests.office import other_offices

WANTED = {
    "kelurahan": [
        ("facebook", "post", "Pasangan nomor 1 RK-Su"),
        ("facebook", "post", "Selamat pagi, pelayana"),
        ("instagram", "comment", "Gas pol Bang Doel, cob"),
        ("instagram", "like", ""),
        ("instagram", "share", ""),
        ("tiktok", "post", "Video joget sambil acu"),
        ("whatsapp", "post", "Bapak ibu jangan lupa "),
        ("whatsapp", "post", "Mari kita dukung Mas P"),
    ],
    "dinas": [
        ("facebook", "post", "Selamat ulang tahun un"),
        ("instagram", "comment", "Gas nomor 2 bu, menang"),
        ("instagram", "comment", "Hadir"),
        ("instagram", "post", "“Semangat Bu Risma – G"),
        ("whatsapp", "post", "Tolong yang di kecamat"),
        ("x", "post", "Khofifah-Emil lanjutka"),
    ],
    "inspektorat": [
        ("facebook", "post", "Jakarta Menyala, Pram-"),
        ("instagram", "comment", "Bismillah AMIN menang,"),
        ("instagram", "comment", "Gaspol RIDO nomor 1"),
        ("instagram", "like", ""),
        ("instagram", "post", "Jangan lupa 27 Novembe"),
        ("instagram", "share", "Story: dukung penuh no"),
        ("tiktok", "comment", "keren videonya"),
        ("tiktok", "post", "Duet maut Pram Doel"),
        ("whatsapp", "post", "Kawan2 mohon dukungan "),
        ("whatsapp", "post", "Rapat jam 9 ya"),
        ("whatsapp", "post", "siap"),
        ("x", "follow", ""),
    ],
}
STRANGERS = {"kelurahan": ["Pak RT"], "dinas": ["orang.lain"], "inspektorat": []}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for name in WANTED:
        place = tmp_path_factory.mktemp(name)
        build: Callable[[Path], None] = getattr(other_offices, name)
        (place / "ekspor").mkdir()
        build(place / "ekspor")
        assert command(["run", str(place / "ekspor"), "--roster", str(place / "pegawai.xlsx"), "--include-chats", "--keep-all",
                     "--out", str(place / "hasil")]) == 0  # fmt: skip
        made[name] = place / "hasil"
    return made


@pytest.mark.parametrize("name", [*WANTED])
def test_every_act_stands_under_its_person(runs: dict[str, Path], name: str) -> None:
    acts = Run(runs[name]).table("activities")
    known = acts[acts["subject_id"].notna()]
    told = zip(known["platform"], known["kind"], known["text"].fillna("").str[:22], strict=True)
    assert sorted(told) == WANTED[name]
    assert acts.loc[acts["subject_id"].isna(), "actor"].tolist() == STRANGERS[name]
    assert known["happened_at"].notna().all()


@pytest.mark.parametrize("name", [*WANTED])
def test_nothing_vanishes_without_a_word(runs: dict[str, Path], name: str) -> None:
    run = Run(runs[name])
    files = run.table("files")
    assert {*files["outcome"]} == {"read"}
    gaps = {gap["code"] for gap in run.manifest["completeness"]}
    assert not gaps & {"berkas_tidak_terbaca", "berkas_tanpa_aktivitas", "kolom_tidak_dipakai", "tanpa_tanggal"}
    assert ("baris_ditolak" in gaps) == (name == "dinas")  # the thirty-second of October
    assert ("akun_tidak_terdaftar" in gaps) == bool(STRANGERS[name])
    assert ("kepemilikan_akun" in gaps) == (name != "dinas")  # only that office says whose the accounts are
    assert "ketentuan" in gaps


def test_numbers_of_people_leave_no_trace(runs: dict[str, Path]) -> None:
    for folder in runs.values():
        for path in folder.iterdir():
            if path.suffix in (".csv", ".html", ".json"):
                text = path.read_text(encoding="utf-8-sig")
                assert not any(
                    number in text.replace(" ", "") for number in ("198501012010012001", "198601012010012001")
                )
