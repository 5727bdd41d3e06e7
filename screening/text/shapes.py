"""Shapes of pieces that need no careful cutting, told for many pieces at once by their bytes.

A piece of a shape has the tokens that `pieces.cut` would give (a test compares them); every other piece is OTHER.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.text.fold import fold
from screening.text.pieces import MENTION, NUMBER, URL, WORD

# A piece that is one token has that token's kind as its shape; the others: a word and a mark behind it ("kata,"), words
# and numbers joined by underscores or full stops (handles), a hashtag of small letters, everything else.
_RUN = re.compile(r"([a-z])\1\1")
MARKED, JOINED, TAGGED, OTHER = 100, 101, 102, 103
_SMALL, _CAPITAL, _DIGIT, _LINE, _MARK, _AT, _HASH, _REST = (1 << i for i in range(8))
_CLASS = np.full(256, _REST, np.int16)
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


# Neither an address (nama.com) nor a number (1.000), nor single letters written apart (a_b_c).
_JOINED_PIECE = re.compile(
    r"(?!.*[0-9]\.[0-9])(?!.*www\.)(?!.*\.(?:com|co|id|net|org|me|be|ly)(?![a-z0-9]))"
    r"(?:[a-z0-9]{2,}|[0-9])(?:[._](?:[a-z0-9]{2,}|[0-9]))*"
)
_JOINTS = str.maketrans("_", ".")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Glance:
    """What many pieces hold, as far as it can be told without cutting them: `words` tokens that are no punctuation each,
    and their folded `forms` (a hashtag's body beside it) with the piece each belongs to. `careful`: must be cut."""

    words: Ints
    forms: list[str]
    owner: Ints
    careful: npt.NDArray[np.bool_]


def glance(pieces: list[str]) -> Glance:
    """Look at pieces (distinct, not empty, without white space)."""
    shape = shapes(pieces)
    words = np.ones(len(pieces), np.int64)
    # A single letter may be part of a word that is written apart.
    careful = (shape == OTHER) | (np.fromiter(map(len, pieces), np.int64, len(pieces)) < 3)
    forms: list[str] = []
    owners = [np.zeros(0, np.int64)]

    def add(owner: Ints, found: list[str]) -> None:
        at, folded = squeezed(found)
        careful[owner[at]] = True  # a stretched word may also stand for one with a doubled letter
        owners.append(owner)
        forms.extend(folded)

    for one in np.unique(shape).tolist():
        at = np.flatnonzero(shape == one)
        mine = [pieces[i] for i in at.tolist()]
        if one == JOINED:
            split = [segments(piece) for piece in mine]
            words[at] = np.fromiter(map(len, split), np.int64, len(split))
            add(np.repeat(at, words[at]), list(itertools.chain.from_iterable(split)))
        elif one == MARKED:
            add(at, [piece.rstrip(piece[-1]).lower() for piece in mine])
        elif one == TAGGED:
            add(at, mine)
            add(at, [piece[1:] for piece in mine])
        elif one == MENTION:
            owners.append(at)
            forms += map(str.lower, mine)
        elif one in (WORD, NUMBER):
            add(at, list(map(str.lower, mine)))
    return Glance(words, forms, np.concatenate(owners), careful)


def segments(piece: str) -> list[str]:
    """The words and numbers of a JOINED piece; one underscore or full stop lies between each two."""
    return piece.translate(_JOINTS).split(".")


def squeezed(words: list[str]) -> tuple[Ints, list[str]]:
    """`fold` of ASCII words in small letters, and the positions of the few it changes: a letter three times in a row."""
    found = list(words)
    starts = [run.start() for run in _RUN.finditer("\n".join(words))]
    if not starts:
        return np.zeros(0, np.int64), found
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)
    changed = np.unique(np.searchsorted(ends, starts, side="right"))
    for i in changed.tolist():
        found[i] = fold(words[i])
    return changed, found


def shapes(pieces: list[str]) -> Ints:
    """The shape of each piece (not empty, without white space)."""
    shape = np.full(len(pieces), OTHER)
    plain = np.flatnonzero(np.fromiter(map(str.isascii, pieces), bool, len(pieces)))
    if len(plain):
        shape[plain] = _shapes([pieces[i] for i in plain.tolist()])
    return shape


def _shapes(pieces: list[str]) -> Ints:
    data = np.frombuffer("".join(pieces).encode("ascii"), np.uint8)
    end = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    first = np.concatenate([[0], end[:-1]])
    kind = _CLASS[data]
    holds = np.bitwise_or.reduceat(kind, first)
    at_first, at_last = kind[first], kind[end - 1]
    beyond = kind.copy()
    beyond[first] = 0
    behind = np.bitwise_or.reduceat(beyond, first)  # what follows the first letter
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
    joined &= (at_first | at_last) & _MARK == 0
    for i in np.flatnonzero(joined).tolist():
        if _JOINED_PIECE.fullmatch(pieces[i]):
            shape[i] = JOINED
    for i in np.flatnonzero((shape == OTHER) & (data[first] == ord("h"))).tolist():
        if pieces[i].startswith(("https://", "http://")) and not pieces[i].endswith("//"):
            shape[i] = URL
    return shape
