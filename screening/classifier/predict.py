"""The fast path: everything costly once per distinct form, texts by indexing and sums per document.

Equal to `reference` within 1e-9. Scores of forms live with the vocabulary's forms and are forgotten with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier.classes import ClassScores
from screening.classifier.features import AHEAD, NEAR, cues, named_elsewhere
from screening.classifier.letters import Letters, grams_of, letters_of
from screening.classifier.masking import Forms, Ints, Stream, masked
from screening.classifier.model import LABELS, OUTPUTS, Block, Floats, Model
from screening.classifier.told import Told, told
from screening.classifier.words import word_classes
from screening.text import Documents

WIDTH = len(OUTPUTS) + 1  # the outputs and the squared length
PROBABILITIES = tuple(f"p_{label}" for label in LABELS)


class Items(NamedTuple):
    """Things counted in a stream: first token (ascending) and last token of each, its weights and its square."""

    first: Ints
    last: Ints
    values: Floats


@dataclass
class FormScores:
    """What one model makes of the forms met so far: part ids for pairs, summed letter n-grams, numbers of class sets."""

    pairs: pd.Index
    pair_rows: Ints
    parts: dict[str, int]
    tables: dict[str, Floats]
    letters: Letters
    classes: ClassScores
    word: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    part: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    chars: Floats = field(default_factory=lambda: np.zeros((0, WIDTH)))
    class_set: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


def table(block: Block) -> Floats:
    """Weights and squares side by side; the last row is nothing, for items the model does not know."""
    known = np.column_stack([block.weights, block.squares])
    return np.vstack([known, np.zeros(WIDTH)])


def scores_of(model: Model, forms: Forms) -> FormScores:
    """The model's scores of all forms known now, worked out once per form."""
    kept = forms.scores.get(model.sha256)
    if kept is None:
        ready: FormScores = model.remembered("forms", lambda: _prepare(model))
        kept = forms.scores[model.sha256] = replace(ready, classes=ClassScores(model.blocks["class"]))
    start = len(kept.word)
    if start < len(forms.names):
        _learn(model, kept, forms.names[start:])
    return kept


def _prepare(model: Model) -> FormScores:
    items = model.blocks["word"].rows
    pairs = [(item.partition(" "), row) for item, row in items.items() if " " in item]
    parts: dict[str, int] = {}
    for (left, _, right), _row in pairs:
        parts.setdefault(left, len(parts))
        parts.setdefault(right, len(parts))
    keys = np.array([parts[left] * len(parts) + parts[right] for (left, _, right), _row in pairs], np.int64)
    rows = np.array([row for _, row in pairs], np.int64)
    tables = {name: table(model.blocks[name]) for name in ("word", "char")}
    letters, classes = letters_of(model.blocks["char"].rows), ClassScores(model.blocks["class"])
    return FormScores(pd.Index(keys), rows, parts, tables, letters, classes)


def _learn(model: Model, kept: FormScores, names: list[str]) -> None:
    word = model.blocks["word"].rows
    kept.word = np.append(kept.word, [word.get(name, -1) for name in names]).astype(np.int64)
    kept.part = np.append(kept.part, [kept.parts.get(name, -1) for name in names]).astype(np.int64)
    values = _letters(kept.tables["char"], kept.letters, names)
    kept.chars = np.vstack([kept.chars, values])
    kept.class_set = np.append(kept.class_set, kept.classes.numbers(list(map(word_classes, names)))).astype(np.int64)


def _letters(weights: Floats, known: Letters, names: list[str]) -> Floats:
    """Summed letter n-grams of each name; the square counts an n-gram said twice in one word four times (times²)."""
    absent = len(weights) - 1
    owner, rows = grams_of(known, names)
    values = per_doc(owner, weights[rows], len(names))
    once, times = np.unique(owner * absent + rows, return_counts=True)
    repeated = np.flatnonzero(times > 1)
    extra = weights[once[repeated] % absent, -1] * (times[repeated] ** 2 - times[repeated])
    values[:, -1] += np.bincount(once[repeated] // absent, extra, len(names))
    return values


def token_scores(model: Model, masked: Stream) -> dict[str, list[Items]]:
    """The items of each block that the model knows."""
    kept = scores_of(model, masked.forms)
    every = np.arange(len(masked.code))
    left, right = kept.part[masked.code[:-1]], kept.part[masked.code[1:]]
    near = np.flatnonzero((masked.doc[:-1] == masked.doc[1:]) & (left >= 0) & (right >= 0))
    pair = kept.pairs.get_indexer(pd.Index(left[near] * len(kept.parts) + right[near]))
    near, rows = near[pair >= 0], kept.pair_rows[pair[pair >= 0]]
    words = Items(every, every, kept.tables["word"][kept.word[masked.code]])
    return {
        "word": [words, Items(near, near + 1, kept.tables["word"][rows])],
        "char": [Items(every, every, kept.chars[masked.code])],
        "class": _class_scores(kept, masked),
    }


def _class_scores(kept: FormScores, masked: Stream) -> list[Items]:
    sets = kept.class_set[masked.code]
    at = np.flatnonzero(sets)
    found = [Items(at, at, kept.classes.alone[sets[at]])]
    for step in range(1, AHEAD + 1):
        a, b = at[:-step], at[step:]
        near = (masked.doc[a] == masked.doc[b]) & (b - a <= NEAR)
        a, b = a[near], b[near]
        found.append(Items(a, b, kept.classes.beside[sets[a], sets[b]]))
    return found


def per_doc(doc: Ints, values: Floats, docs: int) -> Floats:
    """Sums of `values` rows per doc; `doc` ascends."""
    out = np.zeros((docs, values.shape[1]))
    if len(doc):
        starts = np.flatnonzero(np.diff(doc, prepend=-1))
        out[doc[starts]] = np.add.reduceat(values, starts, axis=0)
    return out


def logits(model: Model, masked: Stream, facts: npt.NDArray[np.bool_]) -> Floats:
    """docs × OUTPUTS, before calibration."""
    total = model.bias + facts.astype(np.float64) @ model.cues
    for items in token_scores(model, masked).values():
        sums = sums_of(items, masked)
        total += sums[:, :-1] / lengths(sums[:, -1])[:, None]
    return total


def sums_of(items: list[Items], masked: Stream) -> Floats:
    """Summed weights and squares of all items, per doc."""
    return sum(
        (per_doc(masked.doc[one.first], one.values, masked.docs) for one in items), np.zeros((masked.docs, WIDTH))
    )


def lengths(squares: Floats) -> Floats:
    """Roots of the summed squares; 1 where a text has no known item."""
    return np.sqrt(np.where(squares > 0, squares, 1.0))


def probabilities(at: Mapping[str, float], values: Floats) -> Floats:
    """Probabilities in the order of LABELS from logits and calibration; rows add up to one."""
    political = 1 / (1 + np.exp(-(at["political_slope"] * values[:, 0] + at["political_shift"])))
    heat = values[:, 1:4] * at["direction_slope"]
    spread = np.exp(heat - heat.max(axis=1, keepdims=True))
    attack, neutral, support = (spread / spread.sum(axis=1, keepdims=True) * political[:, None]).T
    against = 1 / (1 + np.exp(-(at["against_slope"] * values[:, 4] + at["against_shift"])))
    return np.column_stack([(attack + support) * (1 - against), (attack + support) * against, neutral, 1 - political])


def read(
    model: Model, documents: Documents, hits: pd.DataFrame, name_words: Mapping[str, str]
) -> tuple[Stream, Floats, npt.NDArray[np.bool_]]:
    """Masked streams, logits and cues of the documents; `hits`: HITS."""
    return weighed(model, documents, told(documents, hits), name_words)


def weighed(
    model: Model, documents: Documents, hits: Told, name_words: Mapping[str, str]
) -> tuple[Stream, Floats, npt.NDArray[np.bool_]]:
    """Masked streams, logits and cues of the documents."""
    stream = masked(documents, hits, name_words)
    facts = cues(stream, documents, hits, named_elsewhere(documents, hits))
    return stream, logits(model, stream, facts), facts


def predict(model: Model, documents: Documents, hits: pd.DataFrame, name_words: Mapping[str, str]) -> pd.DataFrame:
    """One row per document: label, direction ("" where it is unsure), abstain, p_support, p_attack, p_political_neutral,
    p_non_political."""
    return decide(model, probabilities(model.calibration, read(model, documents, hits, name_words)[1]))


def decide(model: Model, p: Floats) -> pd.DataFrame:
    """`labels` from probabilities, and whether the model abstains: the grey zone below the threshold."""
    partisan = p[:, 0] + p[:, 1]
    grey = (partisan < model.thresholds["partisan"]) & (partisan >= model.thresholds["unsure"])
    frame = pd.DataFrame({"label": labels(model, p), "direction": arrows(model, p), "abstain": grey})
    frame = frame.assign(**{name: p[:, i] for i, name in enumerate(PROBABILITIES)})
    return frame.astype({"label": "str", "direction": "str"})


def labels(model: Model, p: Floats) -> npt.NDArray[np.object_]:
    """Labels from probabilities: partisan at or above the threshold, else the likelier of the other two."""
    partisan = p[:, 0] + p[:, 1] >= model.thresholds["partisan"]
    return np.where(partisan, sides(model, p), np.array(LABELS, object)[2 + p[:, 2:].argmax(axis=1)])


def sides(model: Model, p: Floats) -> npt.NDArray[np.object_]:
    """The likelier of support and attack, however unlikely both are."""
    against = p[:, 1] >= model.thresholds["against"] * (p[:, 0] + p[:, 1])
    return np.where(against, LABELS[1], LABELS[0]).astype(object)


def arrows(model: Model, p: Floats) -> npt.NDArray[np.object_]:
    """The direction of what takes sides, "" in the band in which half of the arrows would be wrong, and for all other texts."""
    partisan = p[:, 0] + p[:, 1]
    share = p[:, 1] / np.where(partisan > 0, partisan, 1.0)
    found = np.where(
        share < model.thresholds["surely_for"],
        "support",
        np.where(share >= model.thresholds["surely_against"], "attack", ""),
    )
    return np.where(partisan >= model.thresholds["partisan"], found, "").astype(object)
