"""Why a text was read as it was: which characters and which facts moved it, in units of log-odds.

The model is linear per step, so the pieces are exact: what the tokens, the facts and the starting value contribute adds
up to the text's log-odds of its direction against a neutral mention, plus those of being about politics at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.classifier.features import CUES
from screening.classifier.masking import Ints, Stream
from screening.classifier.model import OUTPUTS, Floats, Model
from screening.classifier.predict import lengths, sums_of, token_scores

_LONGEST_SPAN = 12  # tokens: a reviewer should see the words that tell, not the paragraph
_TOGETHER = 256  # texts looked at in one go


@dataclass(frozen=True)
class Piece:
    """Characters `start`..`end` of the text and what they contributed; a fact about the whole text has start = end = 0."""

    start: int
    end: int
    name: str
    weight: float


def toward(label: str) -> Floats:
    """Weights over OUTPUTS whose sum is the log-odds of `label` against a neutral mention, politics included, in the first two
    questions (the third only parts support from attack)."""
    gain = np.zeros(len(OUTPUTS))
    gain[OUTPUTS.index("political")] = 1.0
    if label in OUTPUTS:
        gain[OUTPUTS.index(label)] += 1.0
        gain[OUTPUTS.index("political_neutral")] -= 1.0
    return gain if label != "non_political" else -gain


def contributions(model: Model, masked: Stream, gains: Floats) -> Floats:
    """What every stream token contributed; `gains`: docs × OUTPUTS (see `toward`). Pairs are shared between their tokens."""
    out = np.zeros(len(masked.code))
    for items in token_scores(model, masked).values():
        length = lengths(sums_of(items, masked)[:, -1])
        for first, last, values in items:
            doc = masked.doc[first]
            value = (values[:, :-1] * gains[doc]).sum(axis=1) / length[doc]
            out += np.bincount(first, value / 2, len(out)) + np.bincount(last, value / 2, len(out))
    return out


def telling_spans(masked: Stream, values: Floats, docs: Ints) -> list[tuple[int, int]]:
    """Characters (start, end) of the run of at most twelve tokens that contributed most, per doc; (0, 0) where none did."""
    bounds = np.searchsorted(masked.doc, np.column_stack([docs, docs + 1]))
    low, size = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    spans = np.zeros((len(docs), 2), np.int64)
    order = np.argsort(size, kind="stable")
    for at in np.split(order, range(_TOGETHER, len(order), _TOGETHER)):  # texts of like length side by side
        if len(at):
            spans[at] = _best_runs(masked, values, low[at], size[at])
    return [(start, end) for start, end in spans.tolist()]


def _best_runs(masked: Stream, values: Floats, low: Ints, size: Ints) -> Ints:
    """`telling_spans` of texts that begin at the tokens `low` and are `size` tokens long."""
    inside = np.arange(int(size.max())) < size[:, None]
    padded = np.zeros(inside.shape)
    padded[inside] = values[np.repeat(low - np.cumsum(size) + size, size) + np.arange(size.sum())]
    sums = np.concatenate([np.zeros((len(size), 1)), np.cumsum(padded, axis=1)], axis=1)
    best, first, length = np.zeros(len(size)), low.copy(), np.zeros(len(size), np.int64)
    for run in range(1, min(_LONGEST_SPAN, inside.shape[1]) + 1):
        gain = np.where(inside[:, run - 1 :], sums[:, run:] - sums[:, :-run], -np.inf)
        i = gain.argmax(axis=1)
        top = gain[np.arange(len(i)), i]
        better = top > best
        best[better], first[better], length[better] = top[better], (low + i)[better], run
    found = length > 0
    spans = np.zeros((len(size), 2), np.int64)
    spans[found] = np.column_stack([masked.start[first[found]], masked.end[(first + length - 1)[found]]])
    return spans


def explain(
    model: Model, masked: Stream, facts: npt.NDArray[np.bool_], doc: int, label: str
) -> tuple[list[Piece], list[Piece], float]:
    """Pieces of one doc's text in reading order, its facts, and the starting value; together they are its log-odds."""
    gain = toward(label)
    values = contributions(model, masked, np.tile(gain, (masked.docs, 1)))
    at = np.flatnonzero(masked.doc == doc)
    words = [
        Piece(int(masked.start[i]), int(masked.end[i]), masked.forms.names[int(masked.code[i])], float(values[i]))
        for i in at
    ]
    told = [Piece(0, 0, CUES[i], float(model.cues[i] @ gain)) for i in np.flatnonzero(facts[doc])]
    return words, told, float(model.bias @ gain)
