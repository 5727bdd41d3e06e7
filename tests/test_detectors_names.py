"""Names: which contest, whose name, and what is no contestant at all."""

from __future__ import annotations

import pytest

from tests.lexicon_bench import contestants, hits, named, ruleset, signals


def test_one_name_stands_for_the_contest_nearest_to_the_day() -> None:
    assert contestants("Prabowo hadir", "2019-03-01") == {"pilpres-2019/2"}
    assert contestants("Prabowo hadir", "2024-01-10") == {"pilpres-2024/2"}
    assert contestants("Anies hadir", "2017-01-10") == {"pilkada-jakarta-2017/3"}
    assert contestants("Anies hadir", "2018-06-01") == {"pilkada-jakarta-2017/3"}
    assert contestants("Prabowo hadir", "2026-01-10") == {"pilpres-2024/2"}


def test_the_full_name_stands_for_its_parts() -> None:
    found = hits(["Prabowo Subianto dan Gibran Rakabuming Raka"], "2024-01-10")
    named = found[found["signal"] == "contestant"]
    assert named["surface"].tolist() == ["Prabowo Subianto", "Gibran Rakabuming Raka"]


def test_people_who_share_a_name_are_themselves() -> None:
    assert signals("Puisi Kahlil Gibran") == set()
    found = hits(["Anis Matta bertemu Prabowo"], "2024-01-10")
    assert "own_name" in set(found["signal"])
    assert found.loc[found["signal"] == "contestant", "surface"].tolist() == ["Prabowo"]


def test_links_pasted_below_an_article_accuse_nobody() -> None:
    text = "Jalan rusak diperbaiki\nBaca juga: Prabowo dan Anies debat\nDukung Ganjar ya"
    assert contestants(text) == {"pilpres-2024/3"}


def test_a_shared_name_is_weak_and_only_while_the_contest_is_on() -> None:
    for text in ("Semangat terus Pak Dharma", "Semangat terus Bu Risma", "semangat terus bu airin"):
        weak = hits([text], "2024-10-20")
        assert weak.loc[weak["signal"] == "contestant", "strength"].tolist() == [0.35]
        assert contestants(text, "2025-10-20") == set()
        assert named(text, "2024-10-20") == set()
    assert named("Bu Risma cagub pilihan", "2024-10-20") == {"pilkada-jatim-2024/3"}


@pytest.mark.parametrize(
    ("text", "day", "who"),
    [
        ("Bismillah, bu airin gubernur kita", "2024-10-20", "pilkada-banten-2024/1"),
        ("kang andra paling pantas memimpin warga", "2024-10-20", "pilkada-banten-2024/2"),
        ("mbak luluk jago debat", "2024-10-20", "pilkada-jatim-2024/1"),
        ("kofifah kinerja nya jelas, lanjut dua periode", "2024-10-20", "pilkada-jatim-2024/2"),
        ("Pilih bu risma aja lah, dukung", "2024-10-20", "pilkada-jatim-2024/3"),
        ("emil bisa benahi jakarta, coblos", "2024-10-20", "pilkada-jakarta-2024/1"),
        ("darma itu tegas, calon dari rakyat", "2024-10-20", "pilkada-jakarta-2024/2"),
        ("bang dul buat jakarta, gas dukung", "2024-10-20", "pilkada-jakarta-2024/3"),
        ("anis presiden harapan rakyat", "2024-01-20", "pilpres-2024/1"),
        ("all in amin demi perubahan", "2024-01-20", "pilpres-2024/1"),
        ("wowo menang debat", "2024-01-20", "pilpres-2024/2"),
        ("samsul dinasti politik", "2024-01-20", "pilpres-2024/2"),
        ("mahfut lawan koruptor, dukung", "2024-01-20", "pilpres-2024/3"),
        ("#RanoMenang", "2024-10-20", "pilkada-jakarta-2024/3"),
        ("#RIDOmenang", "2024-10-20", "pilkada-jakarta-2024/1"),
        ("mendingprabowo", "2024-01-20", "pilpres-2024/2"),
        ("P r 4 b 0 w 0 menang", "2024-01-20", "pilpres-2024/2"),
        ("₱Ɽ₳฿Ø₩Ø presidenku", "2024-01-20", "pilpres-2024/2"),
    ],
)
def test_names_as_people_write_them_count_where_politics_stands_beside_them(text: str, day: str, who: str) -> None:
    assert who in named(text, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Semoga cepat sembuh ya kak, AMIN", "2024-01-20"),
        ("amin menang lomba azan, alhamdulillah", "2024-01-20"),
        ("bu airin wali kelas anakku", "2024-10-20"),
        ("pipi bayi gemoy banget", "2024-01-20"),
        ("kang emil tukang servis AC langganan", "2024-10-20"),
        ("wowo tetangga saya pinjam tangga", "2024-01-20"),
        ("jadwal piket: Risma, Luluk, Andra, Rano", "2024-10-20"),
        ("kami puas kamil hamil anas anis lutut banjar pramuka drama", "2024-01-10"),
    ],
)
def test_the_same_names_of_private_people_count_nothing(text: str, day: str) -> None:
    assert named(text, day) == set()


@pytest.mark.parametrize(
    ("text", "day", "who"),
    [
        ("@aniesbaswedan bohong terus kerjanya", "2024-01-20", "pilpres-2024/1"),
        ("@Prabowo bapak terbaik, kami setia mendukung", "2024-01-20", "pilpres-2024/2"),
        ("@prabowo menang", "2019-03-01", "pilpres-2019/2"),
        ("@mohmahfudmd tegas, dukung", "2024-01-20", "pilpres-2024/3"),
        ("@pongrekundharma88 gas menang", "2024-10-20", "pilkada-jakarta-2024/2"),
    ],
)
def test_the_accounts_that_everybody_knows_name_their_owners(text: str, day: str, who: str) -> None:
    assert named(text, day) == {who}


@pytest.mark.parametrize("text", ["@prabowo.jaya.furniture mantap", "@aniesbaswedan_hijab menang", "prabowo@contoh.id"])
def test_other_accounts_name_nobody(text: str) -> None:
    assert named(text, "2024-01-20") == set()


def test_in_each_contest_all_contestants_have_known_accounts_or_none() -> None:
    rules = ruleset()
    holders: dict[str, set[str]] = {}
    for entry in rules.lexicon.entries:
        if entry.term.startswith("@"):
            holders.setdefault(str(entry.contest), set()).add(str(entry.contestant_id))
    assert holders
    for contest, held in holders.items():
        assert held == set(rules.contests[contest].contestants), contest


def test_a_name_inside_a_fuller_name_of_another_names_nobody() -> None:
    assert named("Dukung Emil Dardak", "2024-10-20") == {"pilkada-jatim-2024/2"}
    assert named("Partai Nasional Demokrat menang", "2024-01-20") == {"parpol-2024/nasdem"}
    assert named("Anies Baswedan menang", "2017-01-10") == {"pilkada-jakarta-2017/3"}


def test_mocking_names_have_their_time() -> None:
    assert "pejorative" in signals("Dasar el sulfat", "2024-01-10")
    assert "pejorative" not in signals("Dasar el sulfat", "2023-10-10")


def test_stand_alone_claims_are_noticed_without_a_contestant() -> None:
    assert "claim_self_candidate" in signals("Bismillah, saya siap maju sebagai bakal calon bupati", "2024-06-10")
    assert "empty_box" in signals("Menangkan kotak kosong!", "2024-10-10")


def test_every_field_is_read_and_each_hit_is_a_slice_of_its_own_field() -> None:
    cells = {"target_text": "Dukung Ganjar", "media_text": "poster Anies Baswedan", "target_account": "relawan_prabowo"}
    found = hits(["Gibran"], "2024-01-10", **cells)
    assert set(found["field"]) == {"text", "target_text", "media_text", "target_account"}
    for hit in found.itertuples():
        source = {"text": "Gibran", **cells}[hit.field]
        assert source[hit.start : hit.end] == hit.surface


def test_zero_rows_give_zero_hits() -> None:
    assert hits([], []).empty
    assert hits([None, ""], "2024-01-10").empty


def test_a_weak_row_yields_to_its_strong_one() -> None:
    found = hits(["Pak Dharma cagub pilihan"], "2024-10-20")
    assert found.loc[found["signal"] == "contestant", "entry_id"].tolist() == ["pilkada-jakarta-2024-2-pak-dharma"]


def test_a_name_on_an_unknown_day_stands_for_its_latest_contest() -> None:
    found = hits(["Prabowo hadir"], [None])
    assert found.loc[found["signal"] == "contestant", "contestant_id"].tolist() == ["pilpres-2024/2"]
