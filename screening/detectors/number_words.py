"""The words around ballot numbers, as the number detector asks for them; each distinct form is looked up once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from screening.detectors.found import Ints
from screening.text import words
from screening.text.slang import slang, standard
from screening.text.vocabulary import Vocabulary
from screening.text.wordlists import word_rows, word_set

BALLOT = ("01", "02", "03")
NUMBERS, OPENS, BALLOTS, SHOWN = 1, 2, 4, 8  # bits: a form may be several of them
TRIGGER, FINGERS, BARS_BEHIND, BARS_AHEAD = 1, 2, 4, 8  # bits of a form beside a number: what it makes of it


@lru_cache(maxsize=1)
def values() -> dict[str, tuple[int, str]]:
    """Folded number form -> (value, form: digit, padded, keycap, word, roman)."""
    return {
        words(row["word"])[0]: (int(row["value"]), row["form"]) for row in word_rows("angka") if row["form"] != "zero"
    }


@lru_cache(maxsize=1)
def zeros() -> frozenset[str]:
    """Folded forms of a nought that is spelt before a digit: "nol dua", "0️⃣2️⃣"."""
    return frozenset(words(row["word"])[0] for row in word_rows("angka") if row["form"] == "zero")


@lru_cache(maxsize=1)
def cheers() -> dict[str, str]:
    """Folded word behind a number -> how far it makes it a ballot number: sure ("02 harga mati"), loose ("02 aja")."""
    return {words(row["word"])[0]: row["kind"] for row in word_rows("sesudah_angka")}


@lru_cache(maxsize=1)
def triggers() -> dict[str, str]:
    """Folded trigger word -> its kind: sure (whatever else the text is about), strong (alone), weak (needs election words),
    choose (a verb), party."""
    return {words(row["word"])[0]: row["kind"] for row in word_rows("pemicu")}


@lru_cache(maxsize=2)
def barriers(side: str) -> frozenset[str]:
    return frozenset(words(row["word"])[0] for row in word_rows("penghalang") if row["side"] in (side, "both"))


@lru_cache(maxsize=1)
def neighbour_marks() -> dict[str, int]:
    """The forms (in any spelling) that say something about a number beside them."""
    marks: dict[str, int] = {}
    for mark, said in (
        (TRIGGER, triggers().keys() | zeros()), (FINGERS, word_set("jari")),
        (BARS_BEHIND, barriers("before")), (BARS_AHEAD, barriers("after")),
    ):  # fmt: skip
        for form in {*said, *slang()}:
            if standard(form) in said:
                marks[form] = marks.get(form, 0) | mark
    return marks


def marks_beside(vocabulary: Vocabulary, ids: Ints) -> Ints:
    """What the surfaces say about a number beside them."""
    distinct, which = np.unique(ids, return_inverse=True)
    marks, folded = neighbour_marks(), vocabulary.folded
    return np.array([marks.get(folded[i], 0) for i in distinct.tolist()], np.int64)[which]


def marks_of(vocabulary: Vocabulary) -> npt.NDArray[np.int8]:
    """What every form known now means to numbers; looked up once per form."""
    known = vocabulary.memo.get("numbers", np.zeros(0, np.int8))
    new = vocabulary.folded[len(known) :]
    marks = form_marks()
    vocabulary.memo["numbers"] = np.concatenate([known, np.array([marks.get(form, 0) for form in new], np.int8)])
    return vocabulary.memo["numbers"]


@lru_cache(maxsize=1)
def form_marks() -> dict[str, int]:
    """The few forms that are numbers, open a text for them (in any spelling), or are written as on ballots (02, a keycap):
    those need no word that opens right beside them."""
    opening = (
        word_set("pemilihan") | word_set("memilih") | word_set("kursi") | triggers().keys() | cheers().keys() | zeros()
    )
    opening |= {row["word"] for row in word_rows("jabatan")}
    spellings = [form for form in {*opening, *slang()} if standard(form) in opening]
    marks: dict[str, int] = {}
    shown = [form for form, (_, written) in values().items() if written in ("padded", "keycap")]
    for mark, forms in ((NUMBERS, values()), (OPENS, spellings), (BALLOTS, BALLOT), (SHOWN, shown)):
        for form in forms:
            marks[form] = marks.get(form, 0) | mark
    return marks
