"""Phrases and what takes their weight away: quotation, questions, gating. How words are meant: tests/test_statements.py."""

from __future__ import annotations

from time import process_time

import pytest

from screening.detectors import detect
from screening.text import Vocabulary, documents
from tests.lexicon_bench import activities, hits, ruleset, signals

NAMES = ["Anies", "Prabowo", "Ganjar"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Saya dukung {}", "support"), ("Ayo coblos {} ya semua", "solicitation"), ("Jangan pilih {}", "counter_solicitation"),
        ("{} pembohong", "attack"), ("Barusan masang baliho {} bareng warga", "claim_props"),
        ("Tadi ikutan kampanye {}", "claim_campaign_event"), ("Foto brg {} td siang", "media_photo_with"),
        ("Yuk gaes nyoblos {}", "solicitation"), ("Koordinator relawan {} Jakarta Timur", "claim_team"),
        ("Bagi-bagi kaos {} ke tetangga", "claim_gift"), ("Pasang twibbon {}", "media_frame"),
    ],
)  # fmt: skip
def test_phrases_work_alike_for_every_contestant(name: str, text: str, signal: str) -> None:
    assert signal in signals(text.format(name))


def test_quotations_questions_and_retweets_are_marked() -> None:
    assert "quotation" in signals('Katanya "ayo kita dukung Prabowo semua" begitu')
    assert "question" in signals("Siapa yang akan dukung Prabowo?")
    assert "reported_speech" in signals("RT @akun: dukung Prabowo")


def test_the_defence_is_only_gathered_where_somebody_is_named() -> None:
    assert signals("ASN wajib netral dan dilarang like") == set()
    assert "neutrality" in signals("ASN wajib netral, jangan kampanye untuk Prabowo")


TEXTS = [
    "Ayo dukung Prabowo", "Besok rapat netralitas ASN", "saya pasang spanduk HUT kota", "Paslon 2 menang", "Foto bareng teman",
    "Saya kader PKS sejak lama", "KPU umumkan jadwal", "Semoga menang tim voli", "#AMINajadulu gas", "☝️ Anies",
]  # fmt: skip


def test_gating_loses_no_hit_of_an_activity_in_which_somebody_is_named() -> None:
    posts = activities(TEXTS, "2024-01-10")
    gated = detect(posts, documents(posts), ruleset())
    full = detect(posts, documents(posts), ruleset(), everything=True)
    opened = set(gated["activity_id"])
    assert opened
    assert gated.equals(full[full["activity_id"].isin(opened)].reset_index(drop=True))


def test_order_of_rows_and_a_warm_vocabulary_change_nothing() -> None:
    posts = activities(TEXTS, "2024-01-10")
    turned = posts.iloc[::-1].reset_index(drop=True)
    known = Vocabulary()
    detect(turned, documents(turned, vocabulary=known), ruleset())
    first = detect(posts, documents(posts), ruleset())
    again = detect(turned, documents(turned, vocabulary=known), ruleset())
    assert first.equals(again)


def test_a_phrase_names_the_contestant_beside_it() -> None:
    found = hits(["Saya dukung Anies. Jangan pilih Ganjar"], "2024-01-10")
    found = found[found["detector"] != "stance"]  # the classifier judges the text as a whole
    by_signal = dict(zip(found["signal"], found["contestant_id"], strict=True))
    assert by_signal["support"] == "pilpres-2024/1"
    assert by_signal["counter_solicitation"] == "pilpres-2024/3"


@pytest.mark.parametrize(
    "text", ["Saya dukung Prabowo 02 ya? ", "01 02 x 03 ", '"Anies Baswedan hebat sekali" ', "01 "]
)
def test_a_huge_comment_costs_in_proportion_to_its_length(text: str) -> None:
    def seconds(times: int) -> float:
        begin = process_time()
        hits([text * times], "2024-01-10")
        return process_time() - begin

    seconds(10)
    assert seconds(1600) < 12 * max(seconds(400), 0.05)


@pytest.mark.parametrize(("letters", "quoted"), [(11, False), (12, True), (13, True)])
def test_a_quotation_has_twelve_characters_or_more(letters: int, quoted: bool) -> None:
    """Shorter ones stress a word ("nomor satu") and quote nobody."""
    words = "Prabowo maju sekali"[:letters]
    assert len(words) == letters
    assert ("quotation" in signals(f'Berkata "{words}" di sini')) == quoted
