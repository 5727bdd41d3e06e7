"""Where clauses of a text part: at commas, colons, brackets, dashes between blanks, sentence ends, and before words of contrast.

A line break is layout and parts nothing: posters and captions break lines where the picture ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, compress, islice, pairwise

_MARKS = frozenset(",;:()[]{}|/—–•·.!?…")
# Words before a full stop that ends nothing.
_ABBREVIATED = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "h",
        "hj",
        "prof",
        "ir",
        "kh",
        "st",
        "no",
        "nmr",
        "jl",
        "jln",
        "gg",
        "tgl",
        "kab",
        "kec",
        "kel",
        "bpk",
        "sdr",
        "jend",
        "letjen",
        "mayjen",
        "brigjen",
        "purn",
        "alm",
        "r",
        "m",
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "s",
        "t",
    ]
)
_PARTING = frozenset(",;:()[]{}|—–•!?…-")


def clauses(
    text: str, start: Sequence[int], end: Sequence[int], sentence: Sequence[int], contrast: Sequence[bool]
) -> tuple[list[int], list[str]]:
    """A number per word that grows from clause to clause, and the marks that stand before each word.

    `start`, `end`: characters of the words; `sentence`: their sentence numbers; `contrast`: which are words of contrast.
    """
    marks, begins = [""] * len(start), set(compress(range(1, len(start)), contrast[1:]))
    if sentence and sentence[0] != sentence[-1]:
        begins.update(at for at, (before, after) in enumerate(pairwise(sentence), 1) if before != after)
    gaps = enumerate(zip(end, islice(start, 1, None), strict=False), 1)
    for at in [at for at, (before, after) in gaps if after - before != 1 or text[before] != " "]:
        marks[at], parts, stops = _between(text[end[at - 1] : start[at]])
        if parts or (stops and text[start[at - 1] : end[at - 1]].lower() not in _ABBREVIATED):
            begins.add(at)
    if not begins:
        return [0] * len(start), marks
    return list(accumulate(at in begins for at in range(len(start)))), marks


@lru_cache(maxsize=4096)
def _between(between: str) -> tuple[str, bool, bool]:
    """The marks among the characters between two words, whether they part clauses, and whether a full stop with a blank
    behind it is among them."""
    mark = "".join(one for one in between if one in _MARKS) or ("-" if " - " in between.replace("\n", " ") else "")
    return mark, not _PARTING.isdisjoint(mark), "." in mark and not between.endswith(".")
