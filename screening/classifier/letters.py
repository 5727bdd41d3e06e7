"""Letter n-grams of many words at once: numbers instead of strings. Same items as `char_items`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier.features import LONGEST, SHORTEST, marked

Ints = npt.NDArray[np.int64]
_BITS = 12  # bits of one letter in an n-gram's number; five of them fit into 64


@dataclass(frozen=True)
class Letters:
    """The n-grams a model knows: its letters in order, and per length the n-grams as numbers with their rows."""

    alphabet: Ints
    keys: Mapping[int, pd.Index]
    rows: Mapping[int, Ints]


def letters_of(known: Mapping[str, int]) -> Letters:
    """Prepare the n-grams of a model (n-gram -> row); raises ValueError when they use more than 4,095 letters."""
    alphabet = np.unique(_points("".join(known)))
    if len(alphabet) >= 1 << _BITS:
        raise ValueError("more letters than an n-gram's number can tell apart")
    keys, rows = {}, {}
    for size in range(SHORTEST, LONGEST + 1):
        grams = [gram for gram in known if len(gram) == size]
        numbers = _numbers(_ids(_points("".join(grams)), alphabet), size)[::size] if grams else np.zeros(0, np.int64)
        keys[size], rows[size] = pd.Index(numbers), np.array([known[gram] for gram in grams], np.int64)
    return Letters(alphabet, keys, rows)


def grams_of(letters: Letters, words: Sequence[str]) -> tuple[Ints, Ints]:
    """(word number, row) of every known n-gram in every word, word by word; an n-gram said twice stands twice."""
    edged = [marked(word) for word in words]
    lengths = np.array([len(word) for word in edged], np.int64)
    owner = np.repeat(np.arange(len(edged)), lengths)
    ids = _ids(_points("".join(edged)), letters.alphabet)
    behind = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(ids))  # letters left in the word, this one included
    owners, found = [], []
    for size, keys in letters.keys.items():
        starts = np.flatnonzero(behind >= size)
        if not len(starts):
            continue
        place = keys.get_indexer(pd.Index(_numbers(ids, size)[starts]))
        here = place >= 0
        owners.append(owner[starts[here]])
        found.append(letters.rows[size][place[here]])
    if not owners:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    flat = np.concatenate(owners)
    order = np.argsort(flat, kind="stable")
    return flat[order], np.concatenate(found)[order]


def _points(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def _ids(points: Ints, alphabet: Ints) -> Ints:
    """Numbers from 1 for known letters; 0 for any other, which no known n-gram holds."""
    if not len(alphabet):
        return np.zeros(len(points), np.int64)
    place = np.minimum(np.searchsorted(alphabet, points), len(alphabet) - 1)
    return np.where(alphabet[place] == points, place + 1, 0)


def _numbers(ids: Ints, size: int) -> Ints:
    """The number of the n-gram that begins at each letter (meaningless where fewer letters follow)."""
    numbers = np.zeros(len(ids), np.int64)
    for step in range(size):
        numbers[: len(ids) - step] |= ids[step:] << (_BITS * step)
    return numbers
