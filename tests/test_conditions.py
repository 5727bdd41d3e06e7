"""Conditions of ambiguous entries: judged for all matches at once, as one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.detectors.found import Found
from screening.detectors.near import Asked, Places, near
from screening.ruleset.automaton import Occurrences
from tests.lexicon_bench import hits, ruleset

TOKEN = st.integers(0, 11)
SPAN = st.tuples(TOKEN, st.integers(0, 3))
BOUNDS = np.array([0, 4, 4, 9, 12])  # four docs, one of them empty
DOC = np.repeat(np.arange(4), np.diff(BOUNDS))
DOCS: Any = SimpleNamespace(doc=DOC, first_token=BOUNDS)


def within_a_doc(first: int, length: int) -> int:
    """The last token of a match."""
    return min(first + length, int(BOUNDS[DOC[first] + 1]) - 1)


@given(
    st.lists(st.tuples(SPAN, st.integers(0, 2), st.sampled_from([0, 1, 3, 10**6]), st.booleans())),
    st.sets(st.tuples(st.integers(0, 2), TOKEN)),
    st.lists(st.integers(0, 3), min_size=36, max_size=36),
)
def test_what_stands_near_is_told_for_all_matches_as_for_each(
    asked: list[tuple[tuple[int, int], int, int, bool]], at: set[tuple[int, int]], lengths: list[int]
) -> None:
    places = sorted((kind, first, within_a_doc(first, lengths[kind * 12 + first])) for kind, first in at)
    matches = [(first, within_a_doc(first, length)) for (first, length), *_ in asked]

    def told(match: tuple[int, int], kind: int, window: int, inside: bool) -> bool:
        """One match against every place, in plain words."""
        first, last = match
        beside = [
            (a, b) for one, a, b in places
            if one == kind and DOC[a] == DOC[first] and first - window <= a <= last + window
        ]  # fmt: skip
        return any(inside or not (first <= a and b <= last) for a, b in beside)

    table = np.array(matches, np.int64).reshape(-1, 2)
    nothing = np.zeros(len(asked), np.int64)
    kind, window, inside = (np.array([one[i] for one in asked], np.int64) for i in (1, 2, 3))
    found = near(
        DOCS,
        Found(table[:, 0], table[:, 1], nothing, nothing),
        Asked(kind, window, inside.astype(bool)),
        Places(*np.array(places, np.int64).reshape(-1, 3).T),
    )
    assert found.tolist() == [told(match, *rest) for match, (_, *rest) in zip(matches, asked, strict=True)]


@given(st.data())
def test_an_automaton_that_reports_some_outputs_finds_those_and_no_others(data: st.DataObject) -> None:
    whole = ruleset().lexicon.condition_automaton
    words = np.flatnonzero(np.isin(np.arange(whole.words), whole.keys % whole.words))
    word = np.array(data.draw(st.lists(st.sampled_from(words.tolist()), max_size=30)), np.int64)
    # The seed stands for the choice: one drawn truth for each of some thousand outputs is more than Hypothesis can shrink.
    wanted = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1))).random(int(whole.outputs.max()) + 1) < 0.5
    place, zero = np.arange(len(word)), np.zeros(len(word), np.int64)
    occurrences = Occurrences(place, place, word, zero)
    every, some = (one.run(occurrences, zero, zero) for one in (whole, whole.reporting(wanted)))
    kept = wanted[every.output]
    for name in ("first", "last", "output", "how"):
        assert getattr(some, name).tolist() == getattr(every, name)[kept].tolist()


def test_a_text_is_read_alike_whatever_else_is_read_with_it() -> None:
    texts = ["PASANGANAMIN HEBAT", "PASANGAN AMIN", "pasangan AMIN hadir"]
    together = hits(texts, "2024-01-10")
    alone = [hits([text], "2024-01-10") for text in texts]
    assert [together[together["row"] == i]["entry_id"].tolist() for i in range(3)] == [
        found["entry_id"].tolist() for found in alone
    ]
