"""Ballot numbers: only after the draw, only while the contest lives, only with something that makes them ballot numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.detectors import names, numbers
from screening.detectors.number_words import BALLOT, triggers, values
from screening.detectors.scene import Scene
from screening.text import documents
from screening.text.wordlists import word_set
from tests.lexicon_bench import activities, contestants, hits, ruleset, signals

P1, P2, P3 = "pilpres-2024/1", "pilpres-2024/2", "pilpres-2024/3"
J1, J2, J3 = "pilkada-jakarta-2024/1", "pilkada-jakarta-2024/2", "pilkada-jakarta-2024/3"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Coblos nomor urut 2 ya", "2024-01-10", P2),
        ("Paslon 3 pasti menang", "2024-01-10", P3),
        ("Gas 01!", "2024-01-10", P1),
        ("capres no. 2", "2024-01-10", P2),
        ("nomor urut tiga pilihan kita", "2024-01-10", P3),
        ("Prabowo 2️⃣ gaskeun", "2024-01-10", P2),
        ("mau 01 atau 02 sama saja", "2024-01-10", P1),
        ("Paslon 1 untuk Jakarta", "2024-10-20", J1),
        ("cagub nomor urut 2", "2024-10-20", J2),
        ("Pilih no 3 di pilkada jatim", "2024-10-20", "pilkada-jatim-2024/3"),
        ("Partai nomor 8 saja", "2024-01-10", "parpol-2024/pks"),
        ("coblos nomor 2", "2019-03-01", "pilpres-2019/2"),
    ],
)
def test_a_number_with_a_trigger_names_the_contestant_of_its_day(text: str, day: str, expected: str) -> None:
    assert expected in contestants(text, day)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Coblos 0️⃣2️⃣", "2024-01-20", P2),
        ("Nol dua menang", "2024-01-20", P2),
        ("kosong tiga presidenku", "2024-01-20", P3),
        ("o2 harga mati", "2024-01-20", P2),
        ("cari gambar nomor ② lalu coblos", "2024-01-20", P2),
        ("pilih presiden nmr III", "2024-01-20", P3),
        ("pilih presiden nomor II", "2024-01-20", P2),
        ("nomer siji, ojo lali nyoblos", "2024-01-20", P1),
        ("coblos telu wae", "2024-01-20", P3),
        ("nomer tige ye mpok, jangan lupa ke bilik", "2024-11-20", J3),
        ("03 harga mati", "2024-01-20", P3),
        ("Fix 01", "2024-01-20", P1),
        ("nomor 2 harga mati", "2024-01-20", P2),
        ("01 buat semua, menangkan!", "2024-01-20", P1),
        ("14 Feb → nomor SATU", "2024-01-20", P1),
        ("paslon 02 jalur rakyat, bukan menu kopi", "2024-11-13", J2),
        ("#CoblosNomor1", "2024-11-11", J1),
    ],
)
def test_numbers_as_people_write_them(text: str, day: str, expected: str) -> None:
    assert contestants(text, day) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "menang satu putaran", "Ganjar menang dua putaran", "Ganjar tetap nomor satu di hati", "nomor 2 enak kopinya",
        "peserta nomor 03 menang", "nyoblos di TPS nomor 02 tadi sepi", "1️⃣ datang ke TPS 2️⃣ bawa undangan 3️⃣ coblos",
        "menangkan sepeda, pilih kotak nomor 1, undian 14 Februari", "saya anak nomor tiga dari lima bersaudara",
        "hubungi nol dua satu tiga empat", "I love pemilu damai", "jadwal shift 01 aja",
    ],
)  # fmt: skip
def test_numbers_of_something_else_name_no_pair(text: str) -> None:
    assert contestants(text, "2024-01-20") <= {P3 if "Ganjar" in text else ""}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Titip suara, DPD Jabar nomor 3", "2024-02-01"),
        ("caleg DPRD nomor urut 1, coblos ya", "2024-01-20"),
        ("Siapa sih cagub nomor 2?", "2024-01-20"),
        ("pilbup nomor 1 pasti menang", "2024-10-20"),
    ],
)
def test_a_number_for_another_seat_means_somebody_but_no_pair(text: str, day: str) -> None:
    assert contestants(text, day) == set()
    assert "contestants_unnamed" in signals(text, day)


@pytest.mark.parametrize("day", ["2023-11-13", "2023-06-01", "2025-03-01"])
def test_a_number_means_nothing_before_the_draw_or_after_the_contest(day: str) -> None:
    assert contestants("Coblos nomor urut 2 ya", day) == set()


def test_the_day_of_the_draw_is_counted_in_jakarta() -> None:
    assert contestants("Coblos nomor urut 2 ya", "2023-11-14") == {P2}


def test_a_number_on_an_unknown_day_names_nobody() -> None:
    found = hits(["Coblos nomor urut 2 ya"], [None])
    assert found["contestant_id"].isna().all()


def test_the_people_named_decide_between_contests_alive_on_the_same_day() -> None:
    assert contestants("Khofifah Indar Parawansa nomor 2", "2024-10-20") == {"pilkada-jatim-2024/2"}


def test_without_a_region_several_contests_leave_the_number_unnamed() -> None:
    assert "contestants_unnamed" in signals("Dukung paslon nomor urut 2", "2024-10-20", ruleset(()))
    assert J2 in contestants("Dukung paslon nomor urut 2", "2024-10-20", ruleset())


@pytest.mark.parametrize(
    "text",
    [
        "RT 02 RW 03 kerja bakti", "jam 02.00 WIB", "SMPN 02 juara", "tgl 02", "02 orang hadir", "juara 2 lomba", "Rp 02",
        "0812 01 02 03", "skor 02-01", "pilih menu nomor 3 ayam bakar", "nomor 2 enak", "2 paslon berdebat", "lantai 02",
        "pemilihan ketua OSIS calon nomor urut 2",
    ],
)  # fmt: skip
def test_other_numbers_name_nobody(text: str) -> None:
    assert contestants(text) == set()


def test_fingers_point_at_a_number_only_where_a_contest_lives() -> None:
    found = hits(["Salam dua jari"], "2024-01-10")
    assert found.loc[found["signal"] == "media_number_gesture", "contestant_id"].tolist() == [P2]
    assert "media_number_gesture" not in signals("Salam dua jari", "2025-06-01")


def test_the_hit_is_the_number_with_its_noun_but_without_the_verb_before_it() -> None:
    found = hits(["Ayo coblos nomor urut 2 ya"], "2024-01-10")
    assert {"nomor urut 2"} == set(found.loc[found["entry_id"] == "nomor:2", "surface"])


_AROUND = (
    "coblos", "nyoblos", "nomor", "no.", "paslon", "partai", "salam", "dua jari", "rt", "jam", "orang", "Prabowo", "ya",
    "menang", "capres", ".", "\n",
)  # fmt: skip


@given(st.lists(st.lists(st.sampled_from((*_AROUND, "02", "01", "2", "dua", "2️⃣")), max_size=7), min_size=1, max_size=3))
def test_a_number_that_is_not_looked_at_is_no_ballot_number(lines: list[list[str]]) -> None:
    posts = activities([" ".join(words) or "-" for words in lines], "2024-01-10")
    scene = Scene(posts, documents(posts), ruleset())
    names.detect(scene)
    docs, looked_at = scene.documents, numbers._candidates(scene)
    written = np.array([docs.vocabulary.folded[i] in values() for i in docs.id.tolist()], bool)
    for token in np.flatnonzero(written).tolist():
        assert token in looked_at or numbers._read(scene, token) is None or not _may_hold(scene, docs.doc[token])


def _may_hold(scene: Scene, doc: int) -> bool:
    """Whether the doc holds a word that opens it for numbers, a name, or two ballot numbers."""
    words = scene.words_of(doc)
    opening = word_set("pemilihan") | set(triggers())
    ballots = [form for form in _forms(scene, doc) if form in BALLOT]
    return bool(words & opening) or len(ballots) > 1 or any(scene.documents.doc[p.first] == doc for p in scene.places)


def _forms(scene: Scene, doc: int) -> list[str]:
    docs = scene.documents
    return [docs.vocabulary.folded[i] for i in docs.id[docs.doc == doc].tolist()]


@pytest.mark.parametrize(("between", "noticed"), [(5, True), (6, False)])
def test_a_number_stands_beside_a_contestant_up_to_six_words_away(between: int, noticed: bool) -> None:
    """Words that say nothing of an election between; the sixth word from the name is the last that is beside it."""
    words = ["kemarin", "sore", "lewat", "sini", "naik", "sepeda"][:between]
    found = hits([f"Prabowo {' '.join(words)} 02"], "2024-01-10")
    assert ("nomor:2" in set(found["entry_id"])) == noticed


@pytest.mark.parametrize("sum_", ["$ 02", "Rp02", "02%", "02°"])
def test_sums_and_measures_are_no_ballot_numbers(sum_: str) -> None:
    assert "nomor:2" not in set(hits([f"Prabowo {sum_}"], "2024-01-10")["entry_id"])
    assert "nomor:2" in set(hits(["Prabowo 02"], "2024-01-10")["entry_id"])
