"""Roots for inflected campaign words, never for protected ones."""

from __future__ import annotations

import pytest

from screening.text.slang import slang, standard
from screening.text.stem import roots, stem


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("mendukung", "dukung"),
        ("didukung", "dukung"),
        ("memenangkan", "menang"),
        ("kupasang", "pasang"),
        ("kerja", "kerja"),
    ],
)
def test_inflected_words_have_one_root(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize("word", ["relawan", "pemilu", "petahana", "bekasi", "sandi", "bersama", "menangis"])
def test_protected_words_stay(word: str) -> None:
    assert stem(word) == word


def test_what_is_no_single_word_is_returned_as_it_is() -> None:
    assert stem("me" * 30_000) == "me" * 30_000
    assert stem("dua kata") == "dua kata"
    assert stem("02") == "02"


def test_slang_leads_to_standard_words_in_one_step() -> None:
    assert standard("nyoblos") == "mencoblos"
    assert standard("brg") == "bareng"
    assert not [word for word, usual in slang().items() if usual in slang() and slang()[usual] != usual]


def test_the_dictionary_has_constant_time_membership() -> None:
    assert isinstance(roots(), frozenset)
    assert len(roots()) > 25_000
