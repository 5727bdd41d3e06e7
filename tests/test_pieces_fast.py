"""The short ways of cutting and folding give what the long ways give."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from screening.tables import ACTIVITIES
from screening.text import documents, pieces
from screening.text.fold import fold
from screening.text.pieces import cut
from screening.text.vocabulary import Vocabulary, letter_case

_PIECES = st.text("abkuwzABKUWZ.,!?;:-_/@#1", min_size=1, max_size=9) | st.from_regex(
    r"[A-Za-z]{1,8}[.,!?;:]{0,3}", fullmatch=True
)


@given(_PIECES)
def test_the_short_way_of_cutting_is_the_long_way(piece: str) -> None:
    tokens, _ = cut(piece)
    assert [tuple(token) for token in tokens] == [(m.kind, m.start, m.end) for m in _long(piece)]


def _long(piece: str) -> list:
    found = []
    for match in pieces._CUT.finditer(piece):
        name = match.lastgroup if match.lastgroup != "same" else "punct"
        start, end = match.span()
        if (name == "hashtag" and (inner := pieces.parts(piece, start + 1, end))) or (
            name == "word"
            and pieces._INNER_CAPITAL.match(match[0])
            and len(inner := pieces.parts(piece, start, end)) > 1
        ):
            found += inner
        else:
            found.append(pieces.Token(pieces._KIND.get(name, pieces.PUNCT), start, end))
    return found


@given(st.lists(st.text("abk", min_size=1, max_size=9), max_size=30))
def test_words_learnt_in_bulk_are_as_if_learnt_one_by_one(words: list[str]) -> None:
    vocabulary = Vocabulary()
    vocabulary.pieces(list(dict.fromkeys(words)))
    assert vocabulary.folded == [fold(surface) for surface in vocabulary.surfaces]
    assert vocabulary.cases == [letter_case(surface) for surface in vocabulary.surfaces]
    rows, owner = vocabulary.tokens_of(vocabulary.pieces(words))
    assert [vocabulary.surfaces[i] for i in rows[:, 0]] == words
    assert owner.tolist() == list(range(len(words)))
    assert rows[:, 2].tolist() == list(map(len, words))


def test_docs_are_found_by_activity_and_field() -> None:
    chance = random.Random(1)
    rows = [
        {"activity_id": f"{n:020x}", "platform": "x", "kind": "post", "time_basis": "absent", "visibility": "public",
         "source_file": "a", "source_pointer": str(n),
         **{name: "teks" for name in ("text", "target_text", "tagged") if chance.random() < 0.5}}
        for n in range(60)
    ]  # fmt: skip
    docs = documents(ACTIVITIES.build(rows))
    frame = docs.frame
    assert docs.find(frame["activity_id"], frame["field"]).tolist() == list(range(len(frame)))
    absent = pd.DataFrame(
        {"activity_id": [rows[0]["activity_id"], "lain"], "field": ["target_url", "text"]}, dtype="str"
    )
    assert docs.find(absent["activity_id"], absent["field"]).tolist() == [-1, -1]
    assert documents(ACTIVITIES.empty()).find(absent["activity_id"], absent["field"]).tolist() == [-1, -1]
