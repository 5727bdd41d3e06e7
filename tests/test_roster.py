"""The roster in the shapes people send it, with every problem at once and nothing private in a message."""

from __future__ import annotations

from datetime import date

import pytest

from screening.errors import RulesetError
from screening.ruleset.load import load_ruleset
from screening.ruleset.resolve import UNKNOWN, names_index, resolve
from screening.ruleset.roster import read_roster

RULES = load_ruleset()
CONTESTS = RULES.contests
NIP = "198001012005011001"


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_dialect_is_read(tmp_path, encoding, separator):
    head = ["Platform", "Akun", "ID Pegawai", "Status Pegawai", "Unit Kerja", "Penguasaan Akun"]
    row = ["Instagram", "@ASN_Contoh", "P-1", "PPPK", "Kecamatan Pulau Café", "Mungkin"]
    path = write(tmp_path / "daftar.csv", "\n".join(separator.join(cells) for cells in (head, row)), encoding)
    roster, problems = read_roster(path, CONTESTS)
    assert problems == []
    person = roster.person("instagram", "asn_contoh")
    assert (person.employment, person.account_control, person.unit) == ("pppk", "likely", "Kecamatan Pulau Café")
    assert roster.person("x", "asn_contoh") is None
    assert roster.person("instagram", "https://www.instagram.com/asn_contoh/") == person


def test_a_workbook_is_read_with_its_dates(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["akun", "pasangan calon", "cuti mulai", "cuti selesai", "status akun"])
    book.active.append(["asn_0001", "Anies-Muhaimin", date(2023, 11, 28), "10/02/2024", "pasti"])
    book.active.append(["asn_0002", "Seseorang Entah", 45260, None, ""])
    book.save(tmp_path / "daftar.xlsx")
    roster, problems = read_roster(tmp_path / "daftar.xlsx", CONTESTS)
    assert problems == []
    first, second = roster.person("x", "asn_0001"), roster.person("x", "asn_0002")
    assert first.spouse_contestant == "pilpres-2024/1"
    assert (first.leave_from, first.leave_to) == (date(2023, 11, 28), date(2024, 2, 10))
    assert first.on_leave(date(2024, 1, 1)) is True
    assert first.on_leave(date(2024, 2, 11)) is False
    assert first.on_leave(None) is None
    assert second.leave_from == date(2023, 11, 30)
    assert second.spouse_contestant.startswith(UNKNOWN)
    assert second.account_control == "unconfirmed"
    assert len(roster.warnings) == 1


def test_every_problem_comes_at_once_with_its_line_and_without_private_cells(tmp_path):
    path = write(
        tmp_path / "daftar.csv",
        "akun;status pegawai;cuti mulai;cuti selesai;penguasaan akun\n"
        f";pns;;;\n{NIP};tenaga ahli;32/13/2024;;entahlah\nasn_1;pns;2024-02-01;2024-01-01;pasti\nasn_1;pns;;;\n",
    )
    _, problems = read_roster(path, CONTESTS)
    assert [problem.line for problem in problems] == [2, 3, 3, 3, 4, 5]
    assert NIP not in " ".join(map(str, problems))
    assert "tenaga ahli" not in " ".join(map(str, problems))
    with pytest.raises(RulesetError) as raised:
        load_ruleset(roster=path)
    assert len(raised.value.problems) == 6


@pytest.mark.parametrize("content", [b"", b"\n\n", b"nama;umur\nx;1\n", b"PK\x03\x04rusak"])
def test_an_unusable_roster_is_one_clear_problem(tmp_path, content):
    for name in ("daftar.csv", "daftar.xlsx"):
        (tmp_path / name).write_bytes(content)
        _, problems = read_roster(tmp_path / name, CONTESTS)
        assert len(problems) == 1
        assert problems[0].remedy


@pytest.mark.parametrize(
    ("name", "contestant"),
    [
        ("pilpres-2024/1", "pilpres-2024/1"), ("Anies-Muhaimin", "pilpres-2024/1"), ("AMIN", "pilpres-2024/1"),
        ("prabowo subianto", "pilpres-2024/2"), ("H. Anies Baswedan", "pilpres-2024/1"), ("PDI-P", "parpol-2024/pdip"),
        ("Partai Golongan Karya", "parpol-2024/golkar"), ("Pram - Rano", "pilkada-jakarta-2024/3"),
        ("Joko Widodo", "pilpres-2019/1"), ("pilkada-bogor-2024/2", "pilkada-bogor-2024/2"),
        ("Si Fulan", "tidak-dikenal/si-fulan"), ("paslon 1", "tidak-dikenal/paslon-1"),
    ],
)  # fmt: skip
def test_free_text_names_resolve(name, contestant):
    assert resolve(name, CONTESTS, names_index(CONTESTS)) == contestant


def test_a_contest_narrows_a_number_or_a_name():
    index = names_index(CONTESTS)
    assert resolve("paslon 1", CONTESTS, index, "pilpres-2024") == "pilpres-2024/1"
    assert resolve("Prabowo Subianto", CONTESTS, index, "pilpres-2019") == "pilpres-2019/2"


REGISTER = (
    "BEZETTING PER 1 OKTOBER 2024\nNo;Nama Lengkap;NIP/NRK;Unit Kerja;Status Kepegawaian\n"
    f"1;Rekaan Satu, S.E.;{NIP};Kelurahan Rekaan;PNS\n2;Rekaan Dua;199202022019032002;Dinas Contoh;PPPK\n"
    "3;Rekaan Tiga;199303032020121003;Dinas Contoh;PNS\n"
)


def test_a_register_without_accounts_says_what_to_give(tmp_path):
    _, problems = read_roster(write(tmp_path / "bezetting.csv", REGISTER), CONTESTS)
    told = str(problems[0])
    assert len(problems) == 1
    assert all(words in told for words in ("--roster-accounts", "Akun IG", "template roster", "Nama Lengkap"))


@pytest.mark.parametrize(
    "accounts",
    [
        f"NIP;Medsos;Nama Akun;Status Akun\n{NIP};IG;@rekaan.satu;pasti\n{NIP};FB;Rekaan Satu FB;pasti\n"
        "199202022019032002;TikTok;@rekaan2;\n199909092020121009;IG;@lain;\n",
        f"Data akun\nNama Pegawai;NIP;Akun IG;Akun FB;TikTok\nSatu;{NIP};@rekaan.satu;Rekaan Satu FB;-\n"
        "Rekaan Dua;;-;;rekaan2\nOrang Lain;;@lain;;\n",
    ],
)
def test_accounts_in_a_file_of_their_own_meet_their_people(tmp_path, accounts):
    register = write(tmp_path / "bezetting.csv", REGISTER)
    roster, problems = read_roster(register, CONTESTS, write(tmp_path / "akun.csv", accounts))
    assert problems == []
    one, two = roster.person("instagram", "rekaan.satu"), roster.person("tiktok", "rekaan2")
    assert (one.unit, two.employment, roster.subjects(), roster.without_account) == ("Kelurahan Rekaan", "pppk", 2, 1)
    assert roster.person("facebook", "Rekaan Satu FB") == one
    assert roster.person("instagram", "lain") is None
    assert any("1 orang dengan akun tidak ada pada daftar" in str(warning) for warning in roster.warnings)
    assert (one.account_control == "confirmed") is ("Status Akun" in accounts)


@pytest.mark.parametrize(
    ("accounts", "words"),
    [
        ("Platform;Akun\nIG;@a\n", "tidak jelas milik siapa"),
        ("NIP;Platform;Akun\n1,99001E+17;IG;@a\n", "dibulatkan"),
        ("NIP;Platform;Akun\n;IG;@a\n", "akun tanpa NIP"),
        ("NIP;Platform;Akun\n1990;Frenzter;@a\n", "platform tidak dikenal"),
        ("NIP;Nama\n1990;Rekaan\n", "kolom Akun tidak ditemukan"),
    ],
)
def test_faults_of_the_accounts_file_are_told(tmp_path, accounts, words):
    register = write(tmp_path / "bezetting.csv", REGISTER)
    _, problems = read_roster(register, CONTESTS, write(tmp_path / "akun.csv", accounts))
    assert any(words in str(one) for one in problems), problems
    assert all(one.file == "akun.csv" for one in problems)


def test_accounts_without_a_roster_are_refused(tmp_path):
    _, problems = read_roster(None, CONTESTS, write(tmp_path / "akun.csv", "NIP;Akun\n1;@a\n"))
    assert "--roster" in str(problems[0])
