"""Shapes of pieces that need no careful cutting, told for many pieces at once by their bytes.

A piece of a shape has the tokens that `pieces.cut` would give (a test compares them); every other piece is OTHER.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.text.hashed import Bools, Ints, Words
from screening.text.pieces import MENTION, NUMBER, URL, WORD

# A piece that is one token has that token's kind as its shape; the others: a word and a mark behind it ("kata,"), words
# and numbers joined by underscores or full stops (handles), a hashtag of small letters, everything else.
MARKED, JOINED, TAGGED, OTHER = 100, 101, 102, 103
_SMALL, _CAPITAL, _DIGIT, _LINE, _MARK, _AT, _HASH, _REST = (1 << i for i in range(8))
_CLASS = np.full(256, _REST, np.int16)
_CLASS[ord("\n")] = 0  # between two pieces
for _class, _letters in (
    (_SMALL, b"abcdefghijklmnopqrstuvwxyz"),
    (_CAPITAL, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (_DIGIT, b"0123456789"),
    (_LINE, b"_"),
    (_MARK, b".,!?;:"),
    (_AT, b"@"),
    (_HASH, b"#"),
):
    _CLASS[list(_letters)] = _class
_LETTERS = _SMALL | _CAPITAL
_PLAIN = (WORD, NUMBER, MARKED, JOINED, TAGGED)


# Neither an address (nama.com) nor a number (1.000), nor single letters written apart (a_b_c).
_JOINED_PIECE = re.compile(
    r"(?!.*[0-9]\.[0-9])(?!.*www\.)(?!.*\.(?:com|co|id|net|org|me|be|ly)(?![a-z0-9]))"
    r"(?:[a-z0-9]{2,}|[0-9])(?:[._](?:[a-z0-9]{2,}|[0-9]))*"
)
_JOINTS = str.maketrans("_", ".")


@dataclass(frozen=True)
class Glance:
    """What many pieces hold, as far as it can be told without cutting them: `words` tokens that are no punctuation each.

    `forms`: their words and numbers in small letters; `signed`: mentions and hashtags, sign included; of stretched ones also
    what they may be meant as. `owner` and `signer`: the piece each of these belongs to. `careful`: must be cut, what is told
    of them does not count.
    """

    words: Ints
    forms: Words
    owner: Ints
    signed: Words
    signer: Ints
    careful: Bools


def glance(pieces: list[str]) -> Glance:
    """Look at pieces (distinct, not empty, without white space)."""
    held = Words.of(pieces)
    shape = _shapes(pieces, held)
    small = held.small().data
    alike = np.repeat(np.isin(shape, _PLAIN), held.length + 1)
    inside = alike & (_CLASS[small] & (_SMALL | _DIGIT) > 0)
    forms = Words(small, np.flatnonzero(_new(inside)), np.flatnonzero(_new(inside[::-1])[::-1]) + 1)
    owner = held.owners(forms.start)
    signs = np.flatnonzero((shape == MENTION) | (shape == TAGGED))
    words = np.ones(len(pieces), np.int64)
    joined = shape == JOINED
    words[joined] = np.bincount(owner, minlength=len(pieces))[joined]
    careful = (shape == OTHER) | (held.length < 3)  # a single letter may be part of a word that is written apart
    forms, owner = _squeezed(forms, owner)
    signed, signs = _squeezed(Words(small, held.start[signs], held.end[signs]), signs)
    return Glance(words, forms, owner, signed, signs, careful)


def _squeezed(words: Words, owner: Ints) -> tuple[Words, Ints]:
    """The words, and those with a letter in a row as they may be meant: with one of it, or with two."""
    at = np.flatnonzero(words.stretched)
    if not len(at):
        return words, owner
    long = words.keep(at).alone()
    return words.beside(long.squeezed(1)).beside(long.squeezed(2)), np.concatenate([owner, owner[at], owner[at]])


def _new(inside: Bools) -> Bools:
    """Where a run of marked bytes begins."""
    found = inside.copy()
    found[1:] &= ~inside[:-1]
    return found


def segments(piece: str) -> list[str]:
    """The words and numbers of a JOINED piece; one underscore or full stop lies between each two."""
    return piece.translate(_JOINTS).split(".")


def shapes(pieces: list[str]) -> Ints:
    """The shape of each piece (not empty, without white space)."""
    return _shapes(pieces, Words.of(pieces))


def _shapes(pieces: list[str], held: Words) -> Ints:
    first = held.start
    kind = _CLASS[held.data]
    holds = np.bitwise_or.reduceat(kind, first) if len(first) else np.zeros(0, kind.dtype)
    at_first, at_last = kind[first], kind[held.end - 1]
    beyond = kind.copy()
    beyond[first] = 0
    behind = np.bitwise_or.reduceat(beyond, first) if len(first) else holds  # what follows the first letter
    # kata, KATA, Kata: no capital inside, which would begin a new word
    even = (holds & _CAPITAL == 0) | (holds & _SMALL == 0) | ((at_first == _CAPITAL) & (behind & _CAPITAL == 0))

    shape = np.full(len(pieces), OTHER)
    shape[(holds & ~_LETTERS == 0) & even] = WORD
    shape[holds == _DIGIT] = NUMBER
    shape[(at_first == _AT) & (behind > 0) & (behind & ~(_LETTERS | _DIGIT | _LINE) == 0)] = MENTION
    shape[(at_first == _HASH) & (behind == _SMALL)] = TAGGED
    marked = (holds & _MARK > 0) & (holds & ~(_LETTERS | _MARK) == 0) & (at_last == _MARK) & even
    for i in np.flatnonzero(marked).tolist():
        head = pieces[i].rstrip(pieces[i][-1])
        if len(head) > 1 and head.isalpha() and head.lower() != "www":
            shape[i] = MARKED
    joined = (holds & ~(_SMALL | _DIGIT | _LINE | _MARK) == 0) & (holds & ~_SMALL > 0) & (holds != _DIGIT)
    joined &= (at_first | at_last) & (_MARK | _LINE) == 0
    dotted = joined & (holds & _MARK > 0)
    shape[joined & ~dotted & ~_apart(kind, held)] = JOINED
    for i in np.flatnonzero(dotted).tolist():
        if _JOINED_PIECE.fullmatch(pieces[i]):
            shape[i] = JOINED
    for i in np.flatnonzero((shape == OTHER) & (held.data[first] == ord("h"))).tolist():
        if pieces[i].startswith(("https://", "http://")) and not pieces[i].endswith("//"):
            shape[i] = URL
    return shape


def _apart(kind: npt.NDArray[np.int16], held: Words) -> Bools:
    """Pieces with two underscores in a row or a single letter between them (a_b_c)."""
    gap = kind & (_SMALL | _DIGIT) == 0
    before = np.concatenate([[True], gap[:-1]])
    behind = np.concatenate([gap[1:], [True]])
    bad = np.where(kind == _LINE, behind, (kind == _SMALL) & before & behind)
    found = np.zeros(len(held), bool)
    found[held.owners(np.flatnonzero(bad))] = True
    return found
