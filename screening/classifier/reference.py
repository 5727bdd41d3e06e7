"""The model in plain Python, one text at a time: slow, obvious, and what the fast path must equal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from screening.classifier.features import char_items, class_items, word_items
from screening.classifier.model import OUTPUTS, Block, Floats, Model


def items_of(names: Sequence[str]) -> dict[str, Counter[str]]:
    """Counted items of one masked text per block; those of `char` per token, since each token has its own length."""
    return {
        "word": Counter(word_items(names)),
        "class": Counter(class_items(names)),
    }


def text_logits(model: Model, names: Sequence[str], facts: Sequence[bool]) -> Floats:
    """The four logits of one masked text; `facts` in the order of CUES."""
    total = np.array(model.bias, float)
    for fact, weights in zip(facts, model.cues, strict=True):
        if fact:
            total = total + weights
    for name, counted in items_of(names).items():
        known = {item: times for item, times in counted.items() if item in model.blocks[name].rows}
        # Items count once each: a word said twice adds its square twice.
        squares = sum(times * _square(model.blocks[name], item) for item, times in known.items())
        total = total + _weighed(model.blocks[name], known, squares)
    counted = Counter(item for name in names for item in char_items(name) if item in model.blocks["char"].rows)
    squares = sum(
        times**2 * _square(model.blocks["char"], item)
        for name in names
        for item, times in Counter(char_items(name)).items()
        if item in model.blocks["char"].rows
    )
    return total + _weighed(model.blocks["char"], counted, squares)


def _square(block: Block, item: str) -> float:
    return float(block.squares[block.rows[item]])


def _weighed(block: Block, counted: dict[str, int], squares: float) -> Floats:
    total = np.zeros(len(OUTPUTS))
    for item, times in counted.items():
        total = total + times * block.weights[block.rows[item]]
    return total / (math.sqrt(squares) if squares > 0 else 1.0)
