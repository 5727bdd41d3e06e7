"""No contestant has a weight: who is named changes nothing, exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.classifier.masking import stream
from tests.classifier_texts import chances, names, noticed, ruleset

FRAMES = [
    "{X} memang paling cocok jadi pemimpin, gas terus",
    "semoga {X} menang telak ya allah",
    "@user {X} bisanya cuma janji doang wkwkwk",
    "{X} hadiri rapat koordinasi di Semarang",
    "apa program {X} soal pendidikan?",
    "masa {X} ga bisa jawab pertanyaan segampang itu",
    "Survei: {X} unggul 40 persen",
    "pokoknya {X}, {X}, sekali lagi {X} 😂",
]


def forms(*kinds: str) -> list[str]:
    """Unconditional terms of contestants."""
    return sorted(
        e.term
        for e in ruleset().lexicon.entries
        if e.signal == "contestant" and e.kind in kinds and not e.requires and not e.barred_by
    )


def masked(text: str) -> list[str]:
    read, hits = noticed([text])
    return stream(read, hits, names()).names()[0]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_name_alias_nickname_and_pair_label_gives_the_same_probabilities(frame: str) -> None:
    terms = forms("name", "alias", "nickname", "pair")
    assert len(terms) > 100
    p = chances([frame.replace("{X}", term) for term in terms])
    odd = [term for term, row in zip(terms, p, strict=True) if not np.array_equal(row, p[0])]
    assert odd == []


@pytest.mark.parametrize(
    "frame",
    [
        "coblos paslon {N} ya",
        "{N} menang telak",
        "nomor urut {N} cuma pencitraan",
        "salam {N} jari dari kami",
        "debat tadi no {N} kelihatan gugup",
    ],
)
@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("01", "02", "03"), ("satu", "dua", "tiga")])
def test_every_ballot_number_gives_the_same_probabilities(frame: str, numbers: tuple[str, ...]) -> None:
    p = chances([frame.replace("{N}", number) for number in numbers])
    assert np.array_equal(p, np.tile(p[0], (len(numbers), 1)))


@pytest.mark.parametrize("signs", [("☝️", "✌️", "🤟"), ("1️⃣", "2️⃣", "3️⃣")])
def test_every_finger_and_keycap_gives_the_same_probabilities(signs: tuple[str, ...]) -> None:
    p = chances([f"gas terus {sign} menang" for sign in signs])
    assert np.array_equal(p, np.tile(p[0], (len(signs), 1)))


def test_a_campaign_hashtag_is_the_same_for_everybody() -> None:
    tags = [
        "AniesPresiden",
        "PrabowoPresiden",
        "GanjarPresiden",
        "MuhaiminPresiden",
        "GibranPresiden",
        "MahfudPresiden",
    ]
    p = chances([f"bismillah #{tag}" for tag in tags])
    assert np.array_equal(p, np.tile(p[0], (len(tags), 1)))


@given(st.sampled_from(FRAMES), st.data())
@settings(max_examples=25)
def test_swapping_two_contestants_changes_nothing(frame: str, data: st.DataObject) -> None:
    terms = forms("name", "alias", "pair")
    a, b = data.draw(st.sampled_from(terms)), data.draw(st.sampled_from(terms))
    both = frame + " daripada {Y}"
    p = chances([both.replace("{X}", a).replace("{Y}", b), both.replace("{X}", b).replace("{Y}", a)])
    assert np.array_equal(p[0], p[1])


def test_names_become_roles_with_their_form_of_address() -> None:
    assert masked("Mas Ganjar keren") == masked("pak Prabowo keren") == ["<peserta>", "keren"]


def test_an_ambiguous_name_is_masked_although_no_detector_vouches_for_it() -> None:
    read, hits = noticed(["kata bu risma lucu"])
    assert not (hits["signal"] == "contestant").any()  # too ambiguous for a hit, without date and place
    assert "risma" not in stream(read, hits, names()).names()[0]


def test_a_pair_and_its_label_are_one_role() -> None:
    assert masked("Anies-Muhaimin menang") == masked("Prabowo menang") == masked("GANJAR PRANOWO menang")


def test_parts_of_a_hashtag_are_masked() -> None:
    assert masked("#GanjarPresiden") == ["#", "<peserta>", "presiden"]


def test_handles_addresses_and_years_do_not_reach_the_features() -> None:
    assert masked("@prabowo_fans99 lihat https://x.co/abc tahun 2024") == ["lihat", "tahun", "<tahun>"]


def test_two_hashtags_are_not_glued_together() -> None:
    assert masked("#Prabowo #Ganjar") == ["#", "<peserta>", "#", "<peserta>"]


def test_parties_are_one_role() -> None:
    p = chances(
        [
            f"{party} mantap, menang terus"
            for party in (
                "PKB",
                "Gerindra",
                "PDIP",
                "Golkar",
                "PKS",
                "NasDem",
                "DEMOKRAT",
                "PAN",
                "PPP",
                "Hanura",
                "Perindo",
                "PSI",
                "Partai Golkar",
            )
        ]
    )
    assert np.array_equal(p, np.tile(p[0], (len(p), 1)))


def test_two_forms_of_address_join_a_name_and_a_third_does_not() -> None:
    """ "Bapak haji …" addresses one person; more words of address in a row are a list of people."""
    alone = masked("Prabowo menang")
    assert masked("pak Prabowo menang") == masked("bapak haji Prabowo menang") == alone
    assert masked("bapak mas haji Prabowo menang") == ["bapak", *alone]
