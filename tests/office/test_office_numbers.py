"""Recaps that name people by NIP and no account: the number tells who it was, never whose the account is, and goes nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers
from screening.cli.app import run as command
from screening.folder import Run
from screening.ruleset.roster_keys import number_key
from screening.tables import decode

ROSTER = """NIP;Nama;Unit Kerja;Status ASN;Akun IG;Status Akun
199001012015011001;Asn Satu;Umum;PNS;@asn_satu;pasti
199002022015012002;Asn Dua;Umum;PNS;@asn_dua;bukan miliknya
"""
RECAP = """No;Nama ASN;NIP;Tanggal;Media;Isi Postingan;Tautan
1;Asn Satu;19900101 201501 1 001;14/10/2024;Facebook;Coblos nomor 3 Pramono-Rano ya gaes;https://www.facebook.com/x/posts/1
2;Asn Dua;199002022015012002;14/10/2024;TikTok;Coblos nomor 1 Ridwan Kamil-Suswono ya;https://www.tiktok.com/@z/video/2
3;Asn Tiga;199003032015013003;14/10/2024;Facebook;Coblos nomor 2 Dharma-Kun ya;https://www.facebook.com/x/posts/3
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pegawai.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "rekap.csv").write_text(RECAP, encoding="utf-8")
    assert command(["run", str(tmp_path / "rekap.csv"), "--keep-all", "--roster", str(tmp_path / "pegawai.csv"),
                    "--out", str(tmp_path / "hasil")]) == 0  # fmt: skip
    return tmp_path / "hasil"


def test_a_number_tells_who_it_was_but_not_whose_the_account_is(folder: Path) -> None:
    run = Run(folder)
    acts = run.table("activities").set_index("actor")
    assert acts["result"].to_dict() == {
        "Asn Satu": "needs_clarification",
        "Asn Dua": "needs_clarification",  # what the roster says of another account says nothing of this one
        "Asn Tiga": "out_of_scope",  # nobody of the roster
    }
    assert all("akun" in {one["element"] for one in decode(missing)} for missing in run.table("findings")["missing"])


def test_the_run_says_that_these_people_were_met(folder: Path) -> None:
    gaps = {gap["code"]: gap for gap in Run(folder).manifest["completeness"]}
    assert gaps["pegawai_terlihat"]["count"] == 2
    assert gaps["akun_tidak_terdaftar"]["count"] == 1
    assert gaps["kepemilikan_akun"]["count"] == 2


def test_the_number_goes_nowhere(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"199001012015011001" not in held
            assert b"19900101 201501" not in held


@pytest.mark.parametrize(
    ("number", "known"),
    [("199001012015011001", True), ("19900101 201501 1 001", True), ("'199001012015011001", True), ("199001012015011001/123456", True),
     ("199001012015011000", False), ("1,99001E+17", False), ("12", False), ("-", False), ("1990010120150110012", False)],
)  # fmt: skip
def test_numbers(number: str, known: bool) -> None:
    assert bool(number_key(number)) is known
    assert not known or number_key(number) == number_key("199001012015011001")


def test_without_a_roster_one_person_is_one_subject_in_every_account(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "Nama ASN;NIP;Akun;Platform;Tanggal;Isi\nAsn Satu;199001012015011001;@a;IG;14/10/2024;Halo\nAsn Satu;199001012015011001;@b;FB;15/10/2024;Halo\n",
        "utf-8",
    )
    assert readers.read([tmp_path]).activities["subject_id"].nunique() == 1


def test_a_row_with_a_number_of_its_own_never_takes_the_account_above(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "Akun;NIP;Platform;Tanggal;Isi\n@a;199001012015011001;IG;14/10/2024;Halo\n;;;15/10/2024;Lagi\n;199002022015012002;IG;16/10/2024;Lain\n",
        "utf-8",
    )
    found = readers.read([tmp_path]).activities
    assert found["actor"].fillna("").tolist() == ["@a", "@a", ""]
    one, again, other = found["subject_id"]
    assert one == again == number_key("199001012015011001")
    assert other == number_key("199002022015012002")
