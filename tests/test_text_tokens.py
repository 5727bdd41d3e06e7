"""Tokens: every surface is exactly the characters of its text, whatever the text holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.tables import ACTIVITIES
from screening.text import Vocabulary, documents, words
from screening.text.pieces import KINDS, cut
from tests.lexicon_bench import activities

ALPHABET = st.sampled_from(list("ab Pz09#@_.-/?!\n\t\u200b\u0336é😀☝️1️⃣🇮🇩Рｐ🅿'’*"))
TEXTS = st.lists(st.one_of(st.none(), st.text(ALPHABET, max_size=30), st.text(max_size=20)), max_size=8)


def tokens(text: str) -> list[str]:
    docs = documents(activities([text], "2024-01-10"))
    return [text[s:e] for s, e in zip(docs.start, docs.end, strict=True)]


def kinds(piece: str) -> list[tuple[str, str]]:
    return [(KINDS[t.kind], piece[t.start : t.end]) for t in cut(piece)[0]]


@given(TEXTS)
def test_surfaces_are_slices_of_their_texts(texts: list[str | None]) -> None:
    docs = documents(activities(texts, "2024-01-10"))
    found = docs.texts
    for doc, start, end, surface in zip(docs.doc, docs.start, docs.end, docs.id, strict=True):
        assert found[doc][start:end] == docs.vocabulary.surfaces[surface]
    for doc, start, end, surface in zip(docs.span_doc, docs.span_start, docs.span_end, docs.span_id, strict=True):
        assert found[doc][start:end] == docs.vocabulary.surfaces[surface]
    assert all(np.diff(docs.doc) >= 0)
    assert all(docs.doc[docs.span_first] == docs.span_doc) if len(docs.span_doc) else True


@settings(max_examples=30)
@given(TEXTS)
def test_a_vocabulary_that_knows_more_changes_nothing(texts: list[str | None]) -> None:
    table = activities(texts, "2024-01-10")
    known = Vocabulary()
    documents(activities(["Prabowo #AMIN lain 02 ya", *[t for t in texts if t]], "2024-01-10"), vocabulary=known)
    fresh, warm = documents(table), documents(table, vocabulary=known)
    assert [fresh.vocabulary.surfaces[i] for i in fresh.id] == [warm.vocabulary.surfaces[i] for i in warm.id]
    assert (fresh.start == warm.start).all()
    assert (fresh.sentence == warm.sentence).all()


def test_missing_and_empty_fields_are_no_documents() -> None:
    docs = documents(activities([None, "", "  ", "ada"], "2024-01-10", media_text="foto"))
    assert docs.frame["field"].tolist() == ["media_text", "media_text", "text", "media_text", "text", "media_text"]
    assert len(documents(ACTIVITIES.empty())) == 0


def test_hashtags_and_camel_case_yield_parts_and_the_whole() -> None:
    docs = documents(activities(["#PrabowoGibran2024 GusImin"], "2024-01-10"))
    assert [docs.vocabulary.surfaces[i] for i in docs.id] == ["Prabowo", "Gibran", "2024", "Gus", "Imin"]
    assert [docs.vocabulary.folded[i] for i in docs.span_id] == ["#prabowogibran2024", "gusimin"]


def test_signs_are_tokens_of_their_own() -> None:
    assert kinds("☝🏽✌️1️⃣🇮🇩") == [("emoji", "☝🏽"), ("emoji", "✌️"), ("emoji", "1️⃣"), ("emoji", "🇮🇩")]
    assert kinds("@akun_a") == [("mention", "@akun_a")]
    assert kinds("https://contoh.id/a?b=1") == [("url", "https://contoh.id/a?b=1")]
    assert kinds("p.r.a.b") == [("letters", "p.r.a.b")]
    assert kinds("10.000") == [("number", "10.000")]
    assert kinds("Rp10.000,-")[0] == ("word", "Rp10")


def test_spaced_letters_read_as_one_word_up_to_a_wider_gap() -> None:
    docs = documents(activities(["a n i e s  g a n j a r ya"], "2024-01-10"))
    assert [docs.vocabulary.folded[i] for i in docs.span_id] == ["anies", "ganjar"]


def test_sentences_end_at_marks_but_not_at_abbreviations_nor_lines() -> None:
    """A line break is layout: posters, captions and broken lines go on in the next line."""
    docs = documents(activities(["Drs. Mahfud hadir. Lalu pulang\nBesok! Lusa"], "2024-01-10"))
    by_word = dict(zip([docs.vocabulary.folded[i] for i in docs.id], docs.sentence.tolist(), strict=True))
    assert (
        by_word["drs"] == by_word["hadir"] < by_word["lalu"] == by_word["pulang"] == by_word["besok"] < by_word["lusa"]
    )


def test_terms_are_read_by_the_same_rules_as_texts() -> None:
    assert words("Prabowo-Gibran") == ["prabowo", "gibran"]
    assert words("Ma'ruf Amin") == ["maruf", "amin"]


def test_a_full_vocabulary_starts_afresh_between_chunks() -> None:
    small = Vocabulary(limit=5)
    documents(activities(["satu dua tiga empat lima enam"], "2024-01-10"), vocabulary=small)
    small.make_room()
    docs = documents(activities(["tujuh delapan"], "2024-01-10"), vocabulary=small)
    assert [small.surfaces[i] for i in docs.id] == ["tujuh", "delapan"]
    assert len(small) == 2


def test_hostile_texts_are_read_in_bounded_time() -> None:
    texts = ["a" * 60_000, "a.b" * 20_000, "#" * 50_000, "@" * 50_000, "x\u0336" * 30_000, "1️⃣" * 20_000, "_" * 50_000]
    docs = documents(activities(texts, "2024-01-10"))
    assert isinstance(docs.frame, pd.DataFrame)
    assert len(docs) == len(texts)


def test_a_line_break_inside_a_text_keeps_the_offsets() -> None:
    assert tokens("satu\r\ndua\n\n tiga") == ["satu", "dua", "tiga"]
