"""Where clauses of a text part: at commas, colons, brackets, dashes between blanks, sentence ends, and before words of contrast.

A line break is layout and parts nothing: posters and captions break lines where the picture ends.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    number, numbers, marks = 0, [], []
    for at in range(len(start)):
        between = text[end[at - 1] : start[at]] if at else ""
        if between == " " or not between:
            if at and (sentence[at] != sentence[at - 1] or contrast[at]):
                number += 1
            numbers.append(number)
            marks.append("")
            continue
        mark = ""
        if between:
            mark = "".join(one for one in between if one in _MARKS)
            if not mark and " - " in between.replace("\n", " "):
                mark = "-"
        stop = (
            "." in mark and not between.endswith(".") and text[start[at - 1] : end[at - 1]].lower() not in _ABBREVIATED
        )
        if at and (sentence[at] != sentence[at - 1] or contrast[at] or stop or not _PARTING.isdisjoint(mark)):
            number += 1
        numbers.append(number)
        marks.append(mark)
    return numbers, marks
