"""Rosters as personnel offices keep them: wide and long, letter heads, merged cells, NIP as the key. All people are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from screening.ruleset.load import load_ruleset
from screening.ruleset.platforms import platform_named, platforms_named
from screening.ruleset.roster import read_roster
from screening.ruleset.roster_columns import heading_meaning

CONTESTS = load_ruleset().contests
NIP = ("199001012015011001", "198505052010012002", "199912122024211003")


def book(path: Path, rows: list[list[object]], merge: tuple[str, ...] = (), text: bool = True) -> Path:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    made.save(path)
    return path


def wide(nip: object = NIP[0]) -> list[list[object]]:
    return [
        ["PEMERINTAH CONTOH"],
        ["DAFTAR PEGAWAI DINAS REKAAN TAHUN 2024"],
        [],
        ["No", "NIP", "Nama Lengkap", "Pangkat/Gol", "Jabatan", "Unit Kerja", "SKPD", "Status", "Akun IG", "Akun FB", "Akun X/Twitter", "No. WA"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"],
        [1, nip, "Andi Contoh, S.E.", "Penata Muda (III/a)", "Analis Rekaan", "Seksi Umum", "Dinas Rekaan", "PNS",
         "@andi.contoh", "Andi Contoh", "https://x.com/andi_contoh", "0812-3456-7890"],
        [2, NIP[1], "Budi Rekaan", "Pembina (IV/a)", "Kepala Seksi", "Seksi Umum", "Dinas Rekaan", "CPNS", "budi1, budi.dua", "-", "tidak punya", None],
        [3, NIP[2], "Cici Umpama", "IX", "Guru", "Sekolah Rekaan", "Dinas Rekaan", "PPPK", None, None, None, None],
        ["Jumlah", 3],
    ]  # fmt: skip


def test_a_wide_roster_with_letter_head_is_read(tmp_path: Path) -> None:
    roster, problems = read_roster(book(tmp_path / "Data Pegawai.xlsx", wide(), ("A1:L1", "A2:L2")), CONTESTS)
    assert problems == []
    andi = roster.person("instagram", "andi.contoh")
    assert andi is not None
    assert andi == roster.person("facebook", "Andi Contoh") == roster.person("x", "ANDI_contoh")
    assert andi == roster.person("whatsapp", "+62 812-3456-7890") == roster.person("whatsapp", "081234567890")
    told = (andi.name, andi.nip, andi.rank, andi.grade, andi.position, andi.unit, andi.agency, andi.employment)
    assert told == (
        "Andi Contoh, S.E.",
        NIP[0],
        "Penata Muda",
        "III/a",
        "Analis Rekaan",
        "Seksi Umum",
        "Dinas Rekaan",
        "pns",
    )
    assert NIP[0] not in andi.subject_id
    budi = roster.person("instagram", "budi1")
    assert budi == roster.person("instagram", "budi.dua")
    assert budi.subject_id != andi.subject_id
    assert len(roster.people) == 6
    assert roster.without_account == 1


@pytest.mark.parametrize(
    "nip", [199001012015011001, 1.99001012015011e17, "1,99001E+17", "1.99001012015011E+17", "199001012015011000"]
)
def test_a_rounded_nip_is_refused_with_the_remedy(tmp_path: Path, nip: object) -> None:
    _, problems = read_roster(book(tmp_path / "p.xlsx", wide(nip)), CONTESTS)
    assert len(problems) == 1
    assert "dibulatkan" in problems[0].what
    assert "Teks" in problems[0].remedy
    assert "19900101" not in str(problems[0])


def test_the_same_nip_on_two_rows_is_one_person_in_any_spelling(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "NIP;Nama;Unit Kerja;Status ASN;Platform;Akun\n"
        "19900101 201501 1 001;Andi Contoh;Kel. A;PNS;IG;@andi.contoh\n"
        "'199001012015011001;Andi Contoh;Kel. A;PNS;FB;andi.c\n;;;;WA;0812 3456 7890\n",
        encoding="utf-8",
    )
    roster, problems = read_roster(path, CONTESTS)
    assert problems == []
    assert set(roster.people) == {
        ("instagram", "andi.contoh"),
        ("facebook", "andi.c"),
        ("whatsapp", "6281234567890"),
    }
    assert roster.subjects() == 1


def test_two_heading_rows_and_merged_people_are_read(tmp_path: Path) -> None:
    rows = [
        ["No", "Nama ASN", "NIP/NRK", "Akun Media Sosial", None, None],
        [None, None, None, "Instagram", "Facebook", "TikTok"],
        [1, "Andi Contoh", NIP[0], "andi.a", "andi.b", None],
        [None, None, None, "andi.kedua", None, "andi_tt"],
        [2, "Budi Rekaan", NIP[1], None, "budi.b", None],
    ]
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "A3:A4", "B3:B4", "C3:C4")
    roster, problems = read_roster(book(tmp_path / "p.xlsx", rows, merges), CONTESTS)
    assert problems == []
    andi = {key for key, one in roster.people.items() if one.nip == NIP[0]}
    assert andi == {("instagram", "andi.a"), ("facebook", "andi.b"), ("instagram", "andi.kedua"), ("tiktok", "andi_tt")}
    assert roster.person("facebook", "budi.b").nip == NIP[1]


def test_an_unknown_platform_is_an_error_with_the_list(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Akun;Platform\nandi;Friendster\n", encoding="utf-8")
    _, problems = read_roster(path, CONTESTS)
    assert [problem.line for problem in problems] == [2]
    assert "Instagram (IG)" in problems[0].remedy


@pytest.mark.parametrize(
    "words", ["IG", "Insta", "instagram.com", "FB", "fesbuk", "WA", "Tele", "tik tok", "Twitter", "X/Twitter", "YT"]
)
def test_synonyms_name_one_platform(words: str) -> None:
    assert platform_named(words) is not None
    assert platforms_named(words) == (platform_named(words),)


def test_several_platforms_stand_in_one_cell() -> None:
    assert platforms_named("IG, FB dan X") == ("instagram", "facebook", "x")
    assert platforms_named("IG/FB") == ("instagram", "facebook")
    assert platforms_named("IG, Friendster") is None
    assert platforms_named("semua") == ("",)


def test_employment_by_date_several_leaves_and_candidacy(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "Akun;NIP;Status ASN;TMT PPPK;Status Sebelumnya;Cuti;Pasangan Calon;Mencalonkan Diri\n"
        "asn_0001;19991212 202421 1 003;PPPK;1 Maret 2025;Honorer;1/9/2024 s.d. 30/9/2024; Pram - Rano;pilkada-jakarta-2024/1\n"
        "asn_0001;19991212 202421 1 003;PPPK;1 Maret 2025;Honorer;1 November 2024 - 23 November 2024;Pram - Rano;pilkada-jakarta-2024/1\n",
        encoding="utf-8",
    )
    roster, problems = read_roster(path, CONTESTS)
    assert problems == []
    person = roster.person("instagram", "asn_0001")
    assert (person.employed_on(date(2024, 10, 1)), person.employed_on(date(2025, 3, 1))) == ("non_asn", "pppk")
    assert [person.on_leave(date(2024, month, 10)) for month in (9, 10, 11)] == [True, False, True]
    assert person.spouse_contestant == "pilkada-jakarta-2024/3"
    assert person.candidate_contestant == "pilkada-jakarta-2024/1"


def test_an_activity_is_judged_by_the_employment_of_its_day() -> None:
    import pandas as pd

    from screening.judge.owners import Accounts
    from screening.ruleset.roster import Employment, Period, Person, Roster
    from screening.tables import ACTIVITIES

    held = (Employment("non_asn", Period(None, date(2025, 2, 28))), Employment("pppk", Period(date(2025, 3, 1))))
    roster = Roster({("instagram", "asn_0001"): Person("P-1", "pppk", employments=held)})
    base = {
        "platform": "instagram",
        "actor": "asn_0001",
        "kind": "post",
        "time_basis": "exact_utc",
        "visibility": "public",
    }
    days = ["2025-02-28T16:59:59Z", "2025-02-28T17:00:00Z", None]  # midnight in Jakarta is 17:00 UTC
    rows = ACTIVITIES.build(
        [
            {**base, "activity_id": str(at), "happened_at": pd.Timestamp(day) if day else None}
            for at, day in enumerate(days)
        ]
    )
    owners = Accounts(roster).owners(rows)
    assert owners.inside().tolist() == [False, True, True]
    assert owners.subjects(rows["subject_id"]).tolist() == ["P-1"] * 3


def test_a_roster_without_accounts_names_found_and_accepted_headings(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Nomor;Nama Orang;Alamat Rumah\n1;x;y\n", encoding="utf-8")
    _, problems = read_roster(path, CONTESTS)
    text = str(problems[0])
    assert "Akun" in text
    assert "Akun IG" in text
    assert "Alamat Rumah" in text
    assert "actor" not in text


def test_what_nobody_reads_is_said(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Akun;Hobi;Golongan Darah\nasn_1;catur;O\n", encoding="utf-8")
    roster, _ = read_roster(path, CONTESTS)
    assert roster.unused == ("Hobi", "Golongan Darah")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("NIP (18 digit)", "nip"), ("Instansi/OPD", "agency"), ("Akun Instagram 2", "account:instagram"), ("Link Facebook", "account:facebook"),
        ("Username TikTok", "account:tiktok"), ("Nomor WhatsApp", "account:whatsapp"), ("Gol. Ruang", "grade"), ("Pangkat / Gol. Ruang", "rank"),
        ("STATUS KEPEGAWAIAN", "employment"), ("Hobi", None), ("Tanggal Lahir", None), ("Media Sosial", "platform"),
    ],
)  # fmt: skip
def test_headings(heading: str, column: str | None) -> None:
    assert heading_meaning(heading) == column


def test_a_missing_roster_is_told_as_missing(tmp_path: Path) -> None:
    _, problems = read_roster(tmp_path / "tidak-ada.csv", CONTESTS)
    assert "tidak ditemukan" in str(problems[0])
    assert "CSV atau XLSX" not in str(problems[0])
