"""Husband or wife, own candidacy and leave as the roster states them: facts for whoever decides, never guilt by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers
from screening.pipeline import screen
from screening.ruleset.load import load_ruleset
from screening.tables import decode

PAIR = "pilkada-jakarta-2024/3"
ROSTER = f"""ID Pegawai;Status ASN;Platform;Akun;Status Akun;Pasangan Calon;Mencalonkan Diri;CLTN Mulai;CLTN Selesai
p1;PNS;IG;@asn_1;pasti;{PAIR};;;
p2;PNS;IG;@asn_2;pasti;{PAIR};;01/10/2024;30/11/2024
p3;PNS;IG;@asn_3;pasti;{PAIR};;01/09/2024;12/10/2024
p4;PNS;IG;@asn_4;pasti;;;;
p5;PNS;IG;@asn_5;pasti;;{PAIR};;
"""


def judged(tmp_path: Path, person: int, words: str) -> tuple[str, dict[str, set[str]], set[str]]:
    """(result, act -> elements that are missing, what speaks for the person) of one post of 14 October 2024."""
    roster, export = tmp_path / "pegawai.csv", tmp_path / "rekap.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    export.write_text(f"Tanggal;Akun;Platform;Jenis;Isi\n14/10/2024 10:00;asn_{person};IG;Posting;{words}\n", "utf-8")
    done = screen(readers.read([export]).activities, load_ruleset(("dki-jakarta",), roster=roster))
    rows = done.findings.to_dict("records")
    missing = {row["act_id"]: {one["element"] for one in decode(row["missing"])} for row in rows}
    return done.activities.iloc[0]["result"], missing, {o["code"] for row in rows for o in decode(row["mitigating"])}


@pytest.mark.parametrize("words", ["Menemani suami kampanye di Cilincing", "Ikut orasi di panggung kampanye suami"])
def test_a_husband_who_stands_is_looked_up_and_leave_decides_nothing_alone(tmp_path: Path, words: str) -> None:
    assert judged(tmp_path, 1, words) == (
        "needs_clarification", {"BKD-KE-07": {"pasangan_calon", "perbuatan_nyata", "tanpa_cuti"}}, set(),
    )  # fmt: skip
    result, _, speaks = judged(tmp_path, 2, words)  # on unpaid leave that day
    assert (result, speaks) == ("clear", {"cuti"})
    assert judged(tmp_path, 3, words)[:2] == (
        "needs_clarification",
        {"BKD-KE-07": {"pasangan_calon", "perbuatan_nyata"}},
    )  # leave is over
    assert judged(tmp_path, 4, words)[:2] == ("clear", {})  # marriage is personnel data, never derived from posts


@pytest.mark.parametrize("words", ["Suami saya pulang kerja", "Menemani suami berobat ke rumah sakit"])
def test_a_husband_alone_is_no_campaign(tmp_path: Path, words: str) -> None:
    assert judged(tmp_path, 1, words)[:2] == ("clear", {})


def test_who_stands_himself_is_asked_about_his_employment_and_not_found_guilty(tmp_path: Path) -> None:
    words = "Coblos nomor 3 Pramono-Rano ya"
    result, missing, _ = judged(tmp_path, 5, words)
    assert result == "needs_clarification"
    assert missing
    assert all("pencalonan" in elements for elements in missing.values())
    assert judged(tmp_path, 4, words)[0] == "finding"


def test_a_tie_to_one_contestant_says_nothing_about_another(tmp_path: Path) -> None:
    words = "Coblos nomor 1 Ridwan Kamil - Suswono ya"
    assert judged(tmp_path, 5, words)[:2] == judged(tmp_path, 4, words)[:2]
    assert judged(tmp_path, 1, words)[:2] == judged(tmp_path, 4, words)[:2]
