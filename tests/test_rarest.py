"""A sequence is looked for only where its rarest word stands; no text that holds a whole sequence is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.ruleset.patterns import Step
from screening.ruleset.rarest import Rarest

IDS = {word: number for number, word in enumerate("abcdef")}
WORDS = st.sampled_from(sorted(IDS))
SEQUENCES = st.lists(
    st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple).map(Step), min_size=1, max_size=3).map(tuple),
    max_size=4,
)


@given(SEQUENCES, st.lists(st.lists(WORDS, max_size=6), max_size=6))
def test_every_text_with_a_whole_sequence_holds_a_rarest_word(sequences: list, texts: list[list[str]]) -> None:
    often = np.bincount([IDS[word] for text in texts for word in text], minlength=len(IDS))
    rarest = Rarest(sequences, IDS).among(often)
    for text in texts:
        if any(all(set(step.keys) & set(text) for step in sequence) for sequence in sequences):
            assert any(rarest[IDS[word]] for word in text)


def test_only_the_rarest_step_of_each_sequence_counts() -> None:
    sequences = [(Step(("a", "b")), Step(("c",))), (Step(("d",)),), (Step(("a",)), Step(("unknown",)))]
    rarest = Rarest(sequences, IDS)
    assert rarest.among(np.array([5, 1, 3, 9, 0, 0])).tolist() == [False, False, True, True, False, False]
    assert rarest.among(np.array([1, 1, 3, 9, 0, 0])).tolist() == [True, True, False, True, False, False]
    assert not Rarest([], IDS).among(np.ones(len(IDS), np.int64)).any()
