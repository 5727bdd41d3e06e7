"""The short ways of cutting and folding give what the long ways give."""

from __future__ import annotations

import random
import re

import numpy as np
import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from screening.tables import ACTIVITIES
from screening.text import documents, pieces
from screening.text.fold import fold, squeeze
from screening.text.pieces import cut
from screening.text.sentences import SPACES
from screening.text.shapes import JOINED, MARKED, OTHER, TAGGED, glance, shapes
from screening.text.skim import skim
from screening.text.vocabulary import Vocabulary, all_folded, folded, letter_case

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


_SHAPED = (
    st.text("abkAB_109.,!?;:@#w/hp'é", min_size=1, max_size=9)
    | st.from_regex(r"[@#]?[a-zA-Z]{1,6}([_.]?([a-z0-9]{1,4}|co|id)){0,3}[.,!?;:]{0,3}", fullmatch=True)
    | st.sampled_from(
        [
            "https://",
            "http://a",
            "https://a.b/c",
            "www.a",
            "WWW.",
            "a_b_c",
            "1_2",
            "ab.cd_12",
            "ab.com",
            "ab.id.cd",
            "12.34",
            "ab.12.cd",
            "ab.co_cd",
            "www.ab",
            "_",
            "aa__bb",
            "@",
            "#",
            "#a",
        ]
    )
)


@given(
    st.lists(st.text("abkAB1éÀ'`’’_", min_size=1, max_size=7), max_size=30), st.sampled_from(range(len(pieces.KINDS)))
)
@example(["Ka`bah", "Ka'bah", "aaAa", "ÀÀÀ", "a'aa", "1000"], pieces.WORD)
def test_words_folded_together_are_as_if_folded_one_by_one(surfaces: list[str], kind: int) -> None:
    signed = [{pieces.HASHTAG: "#", pieces.MENTION: "@"}.get(kind, "") + surface for surface in surfaces]
    assert all_folded(signed, kind) == [folded(surface, kind) for surface in signed]


@given(st.lists(_SHAPED, unique=True, max_size=40))
def test_pieces_cut_by_their_shape_are_as_if_cut_one_by_one(pieces_met: list[str]) -> None:
    known = Vocabulary()
    ids = known.pieces(pieces_met)
    rows, owner = known.tokens_of(ids)
    spans, span_owner = known.spans_of(ids)
    for i, piece in enumerate(pieces_met):
        tokens, wholes = cut(piece)
        found = rows[owner == i].tolist()
        assert [(known.kinds[s], low, high, known.surfaces[s]) for s, low, high in found] == [
            (t.kind, t.start, t.end, piece[t.start : t.end]) for t in tokens
        ]
        assert [(known.kinds[s], *rest) for s, *rest in spans[span_owner == i].tolist()] == [tuple(w) for w in wholes]
    assert known.folded == [folded(s, k) for s, k in zip(known.surfaces, known.kinds, strict=True)]
    assert known.cases == list(map(letter_case, known.surfaces))


@given(st.lists(_SHAPED, unique=True, max_size=40))
@example(["ummmat", "KAAAta,", "a_bbb", "#kaaa", "1000", "@aaa___bbbb"])
def test_a_glance_sees_the_words_of_pieces_it_does_not_leave_to_careful_cutting(pieces_met: list[str]) -> None:
    seen = glance(pieces_met)
    for i, piece in enumerate(pieces_met):
        tokens, wholes = cut(piece)
        words = [(t.kind, piece[t.start : t.end]) for t in tokens if t.kind != pieces.PUNCT]
        if not seen.careful[i]:
            assert seen.words[i] == len(words)
            told = {seen.forms[k] for k in np.flatnonzero(seen.owner == i).tolist()}
            told |= {seen.signed[k] for k in np.flatnonzero(seen.signer == i).tolist()}
            whole = {folded(piece[w.start : w.end], w.kind) for w in wholes}
            written = {text.lower() for kind, text in words if kind != pieces.URL}
            written |= {piece[w.start : w.end].lower() for w in wholes}
            assert told == {squeeze(word, keep) for word in written for keep in (1, 2)} | written
            assert told >= whole | {folded(text, kind) for kind, text in words if kind != pieces.URL}
            assert all(kind != pieces.WORD or len(text) > 1 for kind, text in words)


def test_every_shape_occurs() -> None:
    met = [
        "kata",
        "12",
        "kata,",
        "warga_12",
        "@warga_12",
        "#kata",
        "https://contoh.example/1",
        "kAta",
        "é",
        "Kata",
        "KATA",
    ]
    assert shapes(met).tolist() == [
        pieces.WORD, pieces.NUMBER, MARKED, JOINED, pieces.MENTION, TAGGED, pieces.URL, OTHER, OTHER, pieces.WORD, pieces.WORD,
    ]  # fmt: skip


_SPACED = st.text(st.sampled_from([*"ab_.é😂", *map(chr, SPACES)]), max_size=14)


@given(st.lists(st.tuples(st.none() | _SPACED, st.none() | _SPACED), max_size=12))
def test_skimming_sees_the_pieces_that_white_space_leaves(texts: list[tuple[str | None, str | None]]) -> None:
    rows = [
        {"activity_id": f"{n:020x}", "platform": "x", "kind": "post", "time_basis": "absent", "visibility": "public",
         "source_file": "a", "source_pointer": str(n), "text": text, "target_text": target}
        for n, (text, target) in enumerate(texts)
    ]  # fmt: skip
    known = Vocabulary()
    seen = skim(ACTIVITIES.build(rows), known)
    names = {known.pieces([piece])[0]: piece for both in texts for text in both for piece in _split(text)}
    docs, met = seen.pieces_of(np.ones(len(seen.row), bool))
    found = sorted((seen.row[doc], [names[p] for p in met[docs == doc]]) for doc in set(docs.tolist()))
    assert seen.texts_at(np.arange(len(met))).tolist() == docs.tolist()
    assert seen.at_places(np.arange(len(known.met))).tolist() == met.tolist()
    assert found == sorted((n, _split(text)) for n, both in enumerate(texts) for text in both if _split(text))


def _split(text: str | None) -> list[str]:
    return [piece for piece in re.split(f"[{re.escape(''.join(map(chr, SPACES)))}]+", text or "") if piece]


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
