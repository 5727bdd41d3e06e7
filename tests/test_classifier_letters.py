"""The letter n-grams looked up as numbers are the ones `char_items` names, in every word, as often."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from screening.classifier.features import char_items
from screening.classifier.letters import grams_of, letters_of
from screening.classifier.model import load

KNOWN = load().blocks["char"].rows
LETTERS = letters_of(KNOWN)
WORDS = st.one_of(
    st.text(alphabet="abdegiklmnoprstu01é", max_size=50),
    st.text(max_size=12),
    st.sampled_from(["mantaaap", "aaaa", "", "a", "<peserta>", "🔥", "x" * 60, "menangkan"]),
)


@given(st.lists(WORDS, max_size=12))
@example([])
@example(["a"])  # too short for the longer n-grams
@example(["§"])
def test_numbers_find_what_strings_find(words: list[str]) -> None:
    owners, rows = grams_of(LETTERS, words)
    found = [Counter() for _ in words]  # type: list[Counter[int]]
    for owner, row in zip(owners.tolist(), rows.tolist(), strict=True):
        found[owner][row] += 1
    assert found == [Counter(KNOWN[gram] for gram in char_items(word) if gram in KNOWN) for word in words]


def test_some_words_have_known_letters() -> None:
    owners, _ = grams_of(LETTERS, ["menang", "§", "dukung"])
    assert set(owners.tolist()) == {0, 2}
