"""What words in a picture say and do not say: the way from `picture_text` to results, without any picture or engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening.pipeline import screen
from screening.ruleset import load_ruleset
from screening.tables import ACTIVITIES, decode

REGIONAL = {"RIDWAN KAMIL": 1, "DHARMA PONGREKUN": 2, "PRAMONO ANUNG": 3}
NATIONAL = {"ANIES BASWEDAN": 1, "PRABOWO SUBIANTO": 2, "GANJAR PRANOWO": 3}
DAYS = {**dict.fromkeys(REGIONAL, "2024-11-05"), **dict.fromkeys(NATIONAL, "2024-01-10")}


@cache
def rules() -> Any:
    return load_ruleset(jurisdictions=("dki-jakarta",))


def judged(*posts: tuple[str, str, str], visibility: str = "public") -> list[dict[str, Any]]:
    """(own text, picture_text, day) of each post -> result, acts, missing elements, what speaks for the person."""
    rows = [
        {"activity_id": f"{at:020d}", "platform": "instagram", "actor": "asn_0001", "kind": "post", "time_basis": "exact_utc",
         "happened_at": pd.Timestamp(day, tz="UTC"), "visibility": visibility, "source_file": "x", "source_pointer": "1", "text": text}
        for at, (text, _, day) in enumerate(posts)
    ]  # fmt: skip
    activities = ACTIVITIES.build(rows).assign(picture_text=pd.array([picture for _, picture, _ in posts], dtype="str"))
    done = screen(activities, rules())
    told = []
    for at in range(len(posts)):
        own = done.findings[done.findings["activity_id"] == f"{at:020d}"]
        told.append({
            "result": done.activities["result"][at], "acts": sorted(own["act_id"]), "score": int(done.activities["score"][at]),
            "missing": {part["element"] for cell in own["missing"] for part in decode(cell)},
            "for": {part["code"] for cell in own["mitigating"] for part in decode(cell)},
            "contestants": set(own["contestant"].dropna()),
        })  # fmt: skip
    return told


def one(picture: str, day: str = "2024-11-05", text: str = "") -> dict[str, Any]:
    return judged((text, picture, day))[0]


@pytest.mark.parametrize("glue", ["\n", " "])
@pytest.mark.parametrize("name", DAYS)
def test_a_poster_is_the_same_in_every_layout_and_for_everybody(name: str, glue: str) -> None:
    number = {**REGIONAL, **NATIONAL}[name]
    wanted = one(f"COBLOS NOMOR {number}{glue}{name.replace(' ', glue)}{glue}MENANGKAN", DAYS[name])
    assert wanted["result"] == "needs_clarification"
    assert {"BKD-D-02", "BKD-D-07c"} <= set(wanted["acts"])
    assert {"foto_alat_peraga", "tujuan_dukungan", "foto_tanpa_tanggal"} <= wanted["missing"]
    assert len({one(f"COBLOS NOMOR {DAYS_NUMBER}\n{other}\nMENANGKAN", DAYS[other])["score"]
                for other, DAYS_NUMBER in {**REGIONAL, **NATIONAL}.items()}) == 1  # fmt: skip


def test_own_words_make_it_a_finding() -> None:
    assert one("PRAMONO ANUNG\nUNTUK JAKARTA", text="Ayo dukung Pramono Anung!")["result"] == "finding"


@pytest.mark.parametrize("picture", [
    "PILIH NOMOR 1\nUNTUK BAHASA INDONESIA", "COBLOS NOMOR 2\nKETUA OSIS", "NOMOR ANTREAN\n3", "PILIH PAKET NOMOR 2", "Rute 1 dan 3",
    "DEBAT PUBLIK\nRidwan Kamil - Suswono\nPramono Anung - Rano Karno", "KPU DKI\n1. Ridwan Kamil - Suswono\n2. Dharma Pongrekun - Kun Wardana",
    "Survei: elektabilitas Pramono Anung 31 persen", "ASN NETRAL\nDILARANG DUKUNG PRAMONO ANUNG", "KUNJUNGAN KERJA PRAMONO ANUNG",
    "Satpol PP menertibkan baliho Ridwan Kamil", "SELAMAT ULANG TAHUN\nPramono", "RAPAT KERJA DINAS PENDIDIKAN",
    "PRAMONO ANUNG", "Piagam penghargaan dari Ridwan Kamil",
])  # fmt: skip
def test_office_and_everyday_pictures_are_clear(picture: str) -> None:
    assert one(picture)["result"] == "clear"


@pytest.mark.parametrize(("picture", "party"), [
    ("PKS\nNOMOR 8\nCOBLOS PARTAINYA", "pks"), ("CALEG DPRD PARTAI NASDEM\nAGUS PURNOMO\nDAPIL 5\nNOMOR URUT 4", "nasdem"),
    ("KAMPANYE AKBAR PARTAI GERINDRA\nLAPANGAN BANTENG", "gerindra"), ("PARTAI GOLKAR\nNOMOR 4\nCOBLOS", "golkar"),
])  # fmt: skip
def test_a_place_a_first_name_and_a_number_are_no_second_party(picture: str, party: str) -> None:
    found = one(picture, "2024-01-10")
    assert (found["result"], found["contestants"]) == ("needs_clarification", {f"parpol-2024/{party}"})


def test_a_rival_by_nickname_makes_a_list() -> None:
    assert one("DUKUNG SIAPA?\nRIDWAN KAMIL\natau Bang Doel Rano Karno\npilih yang mana")["result"] == "clear"


def test_two_pictures_are_two() -> None:
    """A list stands in one picture; two pictures of two contestants are two prints, a list in one does not hide the other."""
    assert (
        one("DEBAT PUBLIK\nRidwan Kamil\nPramono Anung\n\nCOBLOS NOMOR 3\nPRAMONO ANUNG")["result"]
        == "needs_clarification"
    )
    assert one("COBLOS NOMOR 1\nRIDWAN KAMIL\nCOBLOS NOMOR 3\nPRAMONO ANUNG")["result"] == "clear"


def test_a_picture_from_before_speaks_for_the_person() -> None:
    old = "PRAMONO ANUNG\nUNTUK JAKARTA\ndifoto tanggal 3 Mei 2021"
    undated, before, told, after = judged(
        ("", "PRAMONO ANUNG\nUNTUK JAKARTA", "2024-11-05"), ("", old, "2024-11-05"),
        ("Difoto tanggal 3 Mei 2021", "PRAMONO ANUNG\nUNTUK JAKARTA", "2024-11-05"),
        ("", old.replace("2021", "2024").replace("Mei", "November"), "2024-11-05"),
    )  # fmt: skip
    assert undated["result"] == "needs_clarification"
    assert "foto_tanpa_tanggal" in undated["missing"]
    assert before["result"] == told["result"] == "clear"
    assert "foto_lama" in before["for"]
    assert after["result"] == "needs_clarification"
    assert "foto_tanpa_tanggal" not in after["missing"]
    appeal = one("COBLOS NOMOR 3\nPRAMONO ANUNG\ndifoto tanggal 3 Mei 2021")
    assert appeal["result"] == "needs_clarification"  # a ballot number years before: the date must be wrong
    assert appeal["score"] <= one("COBLOS NOMOR 3\nPRAMONO ANUNG")["score"]


def test_parties_and_prospective_candidates_have_acts_of_their_own() -> None:
    assert "BKD-KE-05c" in one("GANJAR PRANOWO\nBAKAL CALON PRESIDEN", "2023-10-01")["acts"]
    assert one("KAMPANYE AKBAR\nPARTAI GOLKAR", "2024-01-10")["contestants"] == {"parpol-2024/golkar"}


def test_nothing_changes_without_pictures() -> None:
    row = {"activity_id": "0" * 20, "platform": "instagram", "actor": "asn_0001", "kind": "post", "time_basis": "exact_utc",
           "happened_at": pd.Timestamp("2024-11-05", tz="UTC"), "visibility": "public", "source_file": "x", "source_pointer": "1",
           "text": "Ayo dukung Pramono Anung!", "media_text": "foto bersama Pramono Anung"}  # fmt: skip
    plain = ACTIVITIES.build([row])
    assert "picture_text" not in plain
    one_, other = screen(plain, rules()), screen(plain.assign(picture_text=pd.array([None], dtype="str")), rules())
    pd.testing.assert_frame_equal(one_.findings, other.findings)
    pd.testing.assert_frame_equal(one_.hits, other.hits)


def test_a_code_leads_to_a_registered_account(tmp_path: Path) -> None:
    (tmp_path / "akun.csv").write_text(
        "platform,handle,role,contestant_id\ninstagram,tim_uji_tiga,team,pilkada-jakarta-2024/3\n", encoding="utf-8"
    )
    ruleset = load_ruleset(jurisdictions=("dki-jakarta",), accounts=tmp_path / "akun.csv")
    row = {"activity_id": "0" * 20, "platform": "instagram", "actor": "asn_0001", "kind": "post", "time_basis": "exact_utc",
           "happened_at": pd.Timestamp("2024-11-05", tz="UTC"), "visibility": "public", "source_file": "x", "source_pointer": "1",
           "text": ""}  # fmt: skip
    for address, wanted in {"tim_uji_tiga": "needs_clarification", "warung_uji": "clear"}.items():
        picture = f"Ayo gabung\nhttps://www.instagram.com/{address}/"
        done = screen(ACTIVITIES.build([row]).assign(picture_text=pd.array([picture], dtype="str")), ruleset)
        assert done.activities["result"].tolist() == [wanted], address
    found = done.hits[done.hits["field"] == "picture_text"]
    assert all(hit.surface == picture[hit.start : hit.end] for hit in found.itertuples())
