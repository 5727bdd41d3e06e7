"""Shapes of pieces that need no careful cutting, told for many pieces at once by their bytes.

A piece of a shape has the tokens that `pieces.cut` would give (a test compares them); every other piece is OTHER.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from screening.text.pieces import MENTION, NUMBER, URL, WORD

# A piece that is one token has that token's kind as its shape; the others: a word and a mark behind it ("kata,"), words
# and numbers joined by underscores (handles), a hashtag of small letters, everything else.
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


def by_shape(pieces: list[str]) -> dict[int, list[str]]:
    """The pieces (not empty, without white space) of each shape."""
    shape = _shapes(pieces)
    return {int(one): [pieces[i] for i in np.flatnonzero(shape == one).tolist()] for one in np.unique(shape)}


def _shapes(pieces: list[str]) -> npt.NDArray[np.int64]:
    data = np.frombuffer("".join(pieces).encode("utf-8", "replace"), np.uint8)
    ascii_only = "".join(pieces).isascii()
    length = np.fromiter(map(len, pieces) if ascii_only else map(_bytes, pieces), np.int64, len(pieces))
    end = np.cumsum(length)
    first, last = end - length, end - 1
    kind = _CLASS[data]
    holds = np.bitwise_or.reduceat(kind, first)
    at_first, at_last = kind[first], kind[last]
    beyond = kind.copy()
    beyond[first] = 0
    behind = np.bitwise_or.reduceat(beyond, first)  # what follows the first byte
    small = np.add.reduceat((kind == _SMALL).astype(np.int64), first)
    capitals = np.add.reduceat((kind == _CAPITAL).astype(np.int64), first)

    shape = np.full(len(pieces), OTHER)
    even = (
        (capitals == 0) | (small == 0) | ((capitals == 1) & (at_first == _CAPITAL))
    )  # kata, KATA, Kata: no inner capital
    shape[(holds & ~_LETTERS == 0) & even] = WORD
    shape[holds == _DIGIT] = NUMBER
    shape[(at_first == _AT) & (behind > 0) & (behind & ~(_LETTERS | _DIGIT | _LINE) == 0)] = MENTION
    shape[(at_first == _HASH) & (behind == _SMALL)] = TAGGED
    for i in np.flatnonzero(
        (holds & _MARK > 0) & (holds & ~(_LETTERS | _MARK) == 0) & (at_last == _MARK) & even
    ).tolist():
        head = pieces[i].rstrip(pieces[i][-1])
        if head.isalpha() and head.lower() != "www":
            shape[i] = MARKED
    for i in np.flatnonzero(
        (holds & ~(_SMALL | _DIGIT | _LINE) == 0) & (holds & (_DIGIT | _LINE) > 0) & (holds != _DIGIT)
    ).tolist():
        if all(len(part) > 1 or part.isdigit() for part in pieces[i].split("_")):
            shape[i] = JOINED
    for i in np.flatnonzero((shape == OTHER) & (data[first] == ord("h"))).tolist():
        if pieces[i].startswith(("https://", "http://")) and not pieces[i].endswith("//"):
            shape[i] = URL
    return shape


def _bytes(piece: str) -> int:
    return len(piece.encode("utf-8", "replace"))
