"""Folding: what reads the same becomes the same, and nothing loses its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text import fold
from screening.text.fold import confusables, fold_with_offsets
from tests.disguises import DISGUISES

READ_AS = [
    ("Рrаbоwо", "prabowo"), ("ᴀɴɪᴇꜱ", "anies"), ("🅶🅰🅽🅹🅰🆁", "ganjar"), ("Ｇｉｂｒａｎ", "gibran"), ("𝓜𝓪𝓱𝓯𝓾𝓭", "mahfud"),
    ("g\u200ba\u200bn", "gan"), ("a\u202enies", "anies"), ("m̶a̶h̶", "mah"), ("Jum'at", "jumat"), ("semangaaaat", "semangat"),
    ("10000", "10000"), ("²", "2"), ("①", "1"), ("İ", "i"), ("ﬁ", "fi"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "read"), READ_AS)
def test_a_disguise_reads_as_what_it_looks_like(written: str, read: str) -> None:
    assert fold(written) == read


def test_two_equal_letters_stay_two() -> None:
    assert fold("ummat maaf anggota") == "ummat maaf anggota"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    plain, source = fold_with_offsets(text)
    assert plain == fold(text)
    assert len(source) == len(plain)
    assert source == sorted(source)
    assert all(0 <= place < len(text) for place in source)


def test_the_look_alike_table_leads_to_latin_letters_and_digits_only() -> None:
    assert all(
        (latin.isascii() and latin.isalnum() and latin.islower()) or latin.isdigit() for latin in confusables().values()
    )
    assert not {c for c in confusables() if c.isascii()}


@pytest.mark.parametrize(
    "kind", ["huruf Kiril", "huruf Yunani", "lebar penuh", "huruf kotak", "spasi nol", "tanda gabung"]
)
def test_single_letter_disguises_fold_away(kind: str) -> None:
    assert fold(DISGUISES[kind]("Baswedan")) == "baswedan"
