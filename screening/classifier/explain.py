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
from screening.classifier.predict import lengths, per_doc, token_scores

_LONGEST_SPAN = 12  # tokens: a reviewer should see the words that tell, not the paragraph


@dataclass(frozen=True)
class Piece:
    """Characters `start`..`end` of the text and what they contributed; a fact about the whole text has start = end = 0."""

    start: int
    end: int
    name: str
    weight: float


def toward(label: str) -> Floats:
    """Weights over OUTPUTS whose sum is the log-odds of `label` against a neutral mention, politics included."""
    gain = np.zeros(len(OUTPUTS))
    gain[OUTPUTS.index("political")] = 1.0
    if label in OUTPUTS:
        gain[OUTPUTS.index(label)] += 1.0
        gain[OUTPUTS.index("political_neutral")] -= 1.0
    return gain if label != "non_political" else -gain


def contributions(model: Model, masked: Stream, gains: Floats) -> Floats:
    """What every stream token contributed; `gains`: docs × OUTPUTS (see `toward`). Pairs are shared between their tokens."""
    out = np.zeros(len(masked.code))
    for first, last, values in token_scores(model, masked).values():
        doc = masked.doc[first]
        length = lengths(per_doc(doc, values, masked.docs)[:, -1])
        value = (values[:, :-1] * gains[doc]).sum(axis=1) / length[doc]
        out += np.bincount(first, value / 2, len(out)) + np.bincount(last, value / 2, len(out))
    return out


def telling_spans(masked: Stream, values: Floats, docs: Ints) -> list[tuple[int, int]]:
    """Characters (start, end) of the run of at most twelve tokens that contributed most, per doc; (0, 0) where none did."""
    bounds = np.searchsorted(masked.doc, np.column_stack([docs, docs + 1]))
    spans = []
    for low, high in bounds.tolist():
        best, at = 0.0, (0, 0)
        sums = np.concatenate([[0.0], np.cumsum(values[low:high])])
        for size in range(1, min(_LONGEST_SPAN, high - low) + 1):
            gain = sums[size:] - sums[:-size]
            i = int(gain.argmax())
            if gain[i] > best:
                best, at = float(gain[i]), (int(masked.start[low + i]), int(masked.end[low + i + size - 1]))
        spans.append(at)
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
