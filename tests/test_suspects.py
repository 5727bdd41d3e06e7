"""The sieve in front of the lexicon lets through everything that the careful reading could find."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.words import disguised, misspelt, vocabulary
from screening.ruleset.lexicon import load_lexicon
from screening.ruleset.wordforms import CLITICS, WordForms, variants
from screening.text import Vocabulary
from screening.text.fold import fold, squeeze
from screening.text.hashed import LONGEST, HashSet, Words
from screening.text.pieces import WORD
from screening.text.slang import slang, standard
from screening.text.stem import stem


@pytest.fixture(scope="module")
def forms() -> WordForms:
    return load_lexicon().forms


def passing(forms: WordForms, words: list[str]) -> list[int]:
    return np.flatnonzero(forms.suspects.among(Words.of(words))).tolist()


def lost(forms: WordForms, words: list[str]) -> list[str]:
    """Words for which `read` finds something although the sieve holds them back, or whose stem is a root it overlooks."""
    folded = sorted(set(map(fold, words)))
    plain = [word for word in folded if word.isascii() and word.isalpha()]
    passed = set(passing(forms, plain))
    held_back = [word for i, word in enumerate(plain) if i not in passed and forms.read(word, word, WORD)]
    return held_back + [word for word in folded if any(_overlooked(forms, one) for one in variants(standard(word)))]


def _overlooked(forms: WordForms, word: str) -> bool:
    return f"~{stem(standard(word))}" in forms.ids and not forms.suspects.may_hold_root(word)


def test_nothing_is_lost_among_ordinary_words(forms: WordForms) -> None:
    words = vocabulary(3, 12_000)
    assert lost(forms, words) == []
    assert len(passing(forms, sorted({w for w in words if w.isascii() and w.isalpha()}))) < len(words) / 4


def test_nothing_is_lost_among_words_made_from_the_lexicon(forms: WordForms) -> None:
    chance = random.Random(5)
    keys = sorted(key.lstrip("~#") for key in forms.ids if key.lstrip("~#").isalpha())
    before = (
        "",
        "me",
        "men",
        "meng",
        "mem",
        "meny",
        "di",
        "ber",
        "ter",
        "pe",
        "pen",
        "se",
        "ke",
        "memper",
        "ng",
        "ny",
        "n",
        "diper",
    )
    after = ("", "kan", "i", "an", "in", "nya", "lah", "kannya", "ku", "pun", *CLITICS)
    words = [chance.choice(before) + key + chance.choice(after) for key in keys for _ in range(3)]
    words += [chance.choice(before) + key[1:] + chance.choice(after) for key in keys]
    words += [misspelt(key, chance) for key in keys for _ in range(3)] + [disguised(key, chance) for key in keys]
    words += [a + b for a, b in zip(keys, chance.sample(keys, len(keys)), strict=True)]
    words += list(slang()) + [word + clitic for word in slang() for clitic in CLITICS]
    assert lost(forms, words) == []


def test_nothing_is_lost_among_words_with_digits(forms: WordForms) -> None:
    chance = random.Random(7)
    keys = sorted(key for key in forms.ids if key.isalnum() and key.isascii())
    leet = str.maketrans("aeiostgbzl", "4310579821")
    words = {key.translate(leet) for key in keys} | {misspelt(key, chance).translate(leet) for key in keys}
    words |= {f"{key}{chance.choice(('2', '02', '99', '1nya', '3'))}" for key in keys}
    words |= {key.replace(letter, digit, 1) for key in keys for letter, digit in zip("aeios", "43105", strict=True)}
    words |= {f"{key}{clitic}" for key in keys if not key.isalpha() for clitic in CLITICS}
    mixed = sorted(w for w in map(fold, words) if w.isalnum() and not w.isalpha() and not w.isdigit() and w.isascii())
    passed = set(passing(forms, mixed))
    found = [i for i, word in enumerate(mixed) if forms.read(word, word, WORD)]
    assert len(found) > 1_000
    assert [mixed[i] for i in found if i not in passed] == []


WORDS = st.lists(st.text("abdegiknoprsuw09", min_size=1, max_size=14), min_size=1, max_size=40)


# Around the number of letters a hash is made of, too.
SOME = st.lists(
    st.text("abdegiknoprsuw09", min_size=1, max_size=14) | st.text("ab", min_size=LONGEST - 3, max_size=LONGEST + 3),
    min_size=1, max_size=40,
)  # fmt: skip


@given(SOME, st.data())
def test_words_are_known_that_are_a_member_but_for_one_letter(words: list[str], data: st.DataObject) -> None:
    members = [word[:i] + word[i + 1 :] for word in words if len(word) <= LONGEST for i in range(len(word))]
    members = data.draw(st.lists(st.sampled_from([*members, *words]), max_size=8))
    expected = [
        len(word) <= LONGEST and any(word[:i] + word[i + 1 :] in members for i in range(len(word))) for word in words
    ]
    assert Words.of(words).misspelt(HashSet(members)).tolist() == expected


@given(SOME)
def test_hashes_are_those_of_the_words_however_they_are_held(words: list[str]) -> None:
    held = Words.of(words)
    every, first = held.hashes.tolist(), [word[:LONGEST] for word in words]
    assert every == Words.of(first).hashes.tolist()
    assert len(set(every)) == len(set(first))
    second = held.keep(np.arange(len(words)) % 2 == 1)
    assert second.hashes.tolist() == second.alone().hashes.tolist() == every[1::2]
    assert [second.alone()[i] for i in range(len(second))] == words[1::2]
    assert held.cut(held.length - 1).hashes.tolist() == Words.of(word[:-1] for word in words).hashes.tolist()
    for letters in range(1, 4):
        some = [word for word in words if letters <= len(word) <= LONGEST]
        assert Words.of(some).shortened(letters).tolist() == Words.of(w[:-letters] for w in some).hashes.tolist()


@given(st.lists(st.text("ab0-", max_size=7), max_size=20))
def test_words_with_a_letter_twice_in_a_row(words: list[str]) -> None:
    held = Words.of(words)
    assert held.doubled.tolist() == [bool(re.search(r"([a-z])\1", word)) for word in words]
    once = held.without_doubles()
    assert [once[i] for i in range(len(words))] == [re.sub(r"([a-z])\1+", r"\1", word) for word in words]
    assert held.any(held.data <= ord("9")).tolist() == [not word.isalpha() and word != "" for word in words]


@given(st.lists(st.text("ab0", max_size=7), max_size=20))
def test_words_are_stretched_by_a_letter_three_times_in_a_row(words: list[str]) -> None:
    held = Words.of(words)
    assert held.stretched.tolist() == [bool(re.search(r"([a-z])\1\1", word)) for word in words]
    for keep in (1, 2):
        short = held.squeezed(keep)
        assert [short[i] for i in range(len(short))] == [squeeze(word, keep) for word in words]
        both = held.beside(short)
        assert [both[i] for i in range(len(both))] == words + [squeeze(word, keep) for word in words]


@given(WORDS, WORDS)
def test_a_set_of_hashes_holds_its_words(members: list[str], others: list[str]) -> None:
    asked = Words.of([*members, *others])
    assert HashSet(members).holds(asked.hashes).tolist() == [word in members for word in [*members, *others]]
    assert not HashSet([]).holds(asked.hashes).any()


@given(WORDS, st.sampled_from(["nya", "ku", "an"]))
def test_words_are_told_by_their_ending(words: list[str], ending: str) -> None:
    words = [*words, *(word + ending for word in words), ending]
    assert Words.of(words).ends_with(ending).tolist() == [word != ending and word.endswith(ending) for word in words]


def test_the_column_equals_reading_every_surface(forms: WordForms) -> None:
    chance = random.Random(8)
    keys = [key for key in forms.ids if key.isalpha()]
    told = Vocabulary()
    told.pieces([*{disguised(chance.choice(keys), chance) for _ in range(400)}, *vocabulary(4, 600)])
    rows, owner = forms.column(told).take(np.arange(len(told)))
    expected = [forms.read(s, f, k) for s, f, k in zip(told.surfaces, told.folded, told.kinds, strict=True)]
    assert [tuple(row) for row in rows.tolist()] == [row for one in expected for row in one]
    assert owner.tolist() == [i for i, one in enumerate(expected) for _ in one]


def test_a_word_that_stands_first_is_found_by_what_it_holds(forms: WordForms) -> None:
    """The sieves that look into words (roots, names written together) see the first and the last word, too."""
    for word in ("dukungkan", "mendukungnya", "prabowogibran"):
        assert forms.read(word, word, WORD)
        for words in ([word], [word, "xyzzy"], ["xyzzy", word], ["12", word, "34"]):
            assert words.index(word) in passing(forms, words)


def test_a_two_behind_a_word_repeats_it_where_the_word_is_long_enough(forms: WordForms) -> None:
    """ "teman2" is "teman-teman"; "ibu2" is short enough to be a part of a name or a code."""
    known = sorted(word for word in forms.ids if word.isascii() and word.isalpha() and word not in forms.names)
    short, longer = (next(word for word in known if len(word) == size) for size in (3, 4))
    for sign in "2²":
        assert (forms.ids[longer], 0) in forms.read(longer + sign, longer + sign, WORD)
        assert forms.ids[short] not in {one for one, _ in forms.read(short + sign, short + sign, WORD)}
