"""Fit the two steps of the model; the same examples, libraries and machine give the same bytes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier import calibration
from screening.classifier.features import BLOCKS, CUES, char_items, class_items, cues, named_elsewhere, word_items
from screening.classifier.masking import stream
from screening.classifier.model import DIRECTIONS, Block, Floats, Model
from screening.shipped import shipped
from screening.text import Documents

Bools = npt.NDArray[np.bool_]
PLAIN = {"political_slope": 1.0, "political_shift": 0.0, "direction_slope": 1.0}


@dataclass(frozen=True)
class Counted:
    """One training text set as counts: per block a sparse matrix of items and the squares' weights, and the cues."""

    names: list[list[str]]
    facts: Bools


def read_settings() -> dict[str, Any]:
    """`data/model/settings.toml`."""
    return tomllib.loads(shipped("data/model/settings.toml").read_text(encoding="utf-8"))


def counted(documents: Documents, hits: pd.DataFrame, name_words: Mapping[str, str]) -> Counted:
    """Masked streams and cues of all documents."""
    masked = stream(documents, hits, name_words)
    return Counted(masked.names(), cues(masked, documents, hits, named_elsewhere(documents, hits)))


def block_items(block: str, names: Sequence[str]) -> list[str]:
    """Items of one text in one block, with repeats."""
    if block == "char":
        return [item for name in names for item in char_items(name)]
    return word_items(names) if block == "word" else class_items(names)


class Items:
    """The items of one block learnt from some texts: their rows and idf, and the matrix any texts make with them."""

    def __init__(self, block: str, texts: Sequence[Sequence[str]], least: int) -> None:
        self.block = block
        seen: Counter[str] = Counter()
        for names in texts:
            seen.update(set(block_items(block, names)))
        kept = sorted(item for item, times in seen.items() if times >= least)
        self.rows = {item: row for row, item in enumerate(kept)}
        self.idf = np.log((1 + len(texts)) / (1 + np.array([seen[item] for item in kept], float))) + 1

    def matrix(self, texts: Sequence[Sequence[str]]) -> Any:
        """Sparse texts × items: count × idf / length."""
        from scipy.sparse import csr_matrix, diags

        squares: Callable[[Sequence[str]], float] = self._char_square if self.block == "char" else self._plain_square
        bounds, columns, total = [0], [], []
        for names in texts:
            found = [row for item in block_items(self.block, names) if (row := self.rows.get(item)) is not None]
            columns += found
            bounds.append(len(columns))
            total.append(squares(names))
        matrix = csr_matrix((np.ones(len(columns)), columns, bounds), (len(texts), len(self.rows)))
        matrix.sum_duplicates()
        lengths = np.sqrt(np.where(np.array(total) > 0, total, 1.0))
        return (diags(1 / lengths) @ matrix @ diags(self.idf)).tocsr()

    def _plain_square(self, names: Sequence[str]) -> float:
        return float(sum(self.idf[row] ** 2 for i in block_items(self.block, names) if (row := self.rows.get(i)) is not None))

    def _char_square(self, names: Sequence[str]) -> float:
        return sum(self._word_square(name) for name in names)

    def _word_square(self, name: str) -> float:
        kept = self.__dict__.setdefault("_squares", {})
        if name not in kept:
            times = Counter(row for item in char_items(name) if (row := self.rows.get(item)) is not None)
            kept[name] = float(sum((n * self.idf[row]) ** 2 for row, n in times.items()))
        return float(kept[name])


@dataclass(frozen=True)
class Matrices:
    """Learnt items per block and the function that turns texts into the full matrix."""

    items: Mapping[str, Items]
    cue_scale: float

    def of(self, texts: Counted) -> Any:
        from scipy.sparse import csr_matrix, hstack

        parts = [self.items[name].matrix(texts.names) for name in BLOCKS if name in self.items]
        return hstack([*parts, csr_matrix(texts.facts * self.cue_scale)], format="csr")

    def without(self, blocks: Sequence[str]) -> Matrices:
        """The same without some blocks (for measuring what each is worth)."""
        return Matrices({name: items for name, items in self.items.items() if name not in blocks}, self.cue_scale)


def learn_items(texts: Counted, settings: Mapping[str, Any]) -> Matrices:
    """Items of every block from the training texts."""
    least = settings["features"]["least"]
    return Matrices({name: Items(name, texts.names, least) for name in BLOCKS}, settings["training"]["cue_scale"])


def row_weights(texts: Counted, labels: npt.NDArray[Any], settings: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Weights of the training rows for the two steps (see settings.toml: rows without name or election word)."""
    loose = texts.facts[:, CUES.index("no_anchor")] & (labels != "non_political")
    plan = settings["training"]
    return np.where(loose, plan["unanchored_political"], 1.0), np.where(loose, plan["unanchored_direction"], 1.0)


def fit_steps(matrix: Any, labels: npt.NDArray[Any], weights: tuple[Floats, Floats], settings: Mapping[str, Any]) -> Floats:
    """(columns + 1) × 4 coefficients, intercept last: political, attack, political_neutral, support."""
    from sklearn.linear_model import LogisticRegression

    def plan() -> LogisticRegression:
        return LogisticRegression(C=settings["training"]["regularisation"], class_weight="balanced", max_iter=2000, tol=1e-5)

    political = labels != "non_political"
    first = plan().fit(matrix, political, sample_weight=weights[0])
    second = plan().fit(matrix[political], labels[political], sample_weight=weights[1][political])
    assert tuple(second.classes_) == DIRECTIONS
    return np.vstack([
        np.column_stack([first.coef_.T, second.coef_.T]),
        np.concatenate([first.intercept_, second.intercept_])[None, :],
    ])  # fmt: skip


def assemble(matrices: Matrices, coefficients: Floats, calibration: Mapping[str, float], settings: Mapping[str, Any], about: Mapping[str, Any]) -> Model:
    """The storable model; weights are rounded to single precision, as they are stored."""
    blocks: dict[str, Block] = {}
    at = 0
    for name in BLOCKS:
        items = matrices.items[name]
        weights = coefficients[at : at + len(items.rows)] * items.idf[:, None]
        at += len(items.rows)
        blocks[name] = Block(items.rows, _single(weights), _single(items.idf**2))
    cue_weights = coefficients[at : at + len(CUES)] * matrices.cue_scale
    return Model(blocks, _single(cue_weights), _single(coefficients[-1]), calibration, settings["thresholds"], about, "")


def _single(values: Floats) -> Floats:
    return values.astype(np.float32).astype(np.float64)


def part(texts: Counted, rows: Bools) -> Counted:
    """The texts where `rows` is true."""
    return Counted([names for names, kept in zip(texts.names, rows, strict=True) if kept], texts.facts[rows])


def left_out(texts: Counted, labels: npt.NDArray[Any], groups: npt.NDArray[Any], settings: Mapping[str, Any]) -> Floats:
    """Logits of every text from a model that saw none of its group (author)."""
    out = np.zeros((len(labels), len(DIRECTIONS) + 1))
    for group in sorted(set(groups)):
        rest, own = groups != group, groups == group
        known = part(texts, rest)
        matrices = learn_items(known, settings)
        weights = row_weights(known, labels[rest], settings)
        coefficients = fit_steps(matrices.of(known), labels[rest], weights, settings)
        out[own] = matrices.of(part(texts, own)) @ coefficients[:-1] + coefficients[-1]
    return out


def train(
    examples: pd.DataFrame,
    texts: Counted,
    settings: Mapping[str, Any],
    about: Mapping[str, Any],
    calibrated: Mapping[str, float] | None = None,
) -> Model:
    """A model from labelled texts (`examples`: label, author; same rows as `texts`).

    Calibrated on authors left out unless `calibrated` gives the slopes. Same input, same libraries: same model (one
    thread: the order of additions must not depend on the machine's load).
    """
    from threadpoolctl import threadpool_limits

    labels, groups = examples["label"].to_numpy(object), examples["author"].to_numpy(object)
    weights = row_weights(texts, labels, settings)
    with threadpool_limits(1):
        if calibrated is None:
            calibrated = calibration.fit(left_out(texts, labels, groups, settings), labels, weights)
        matrices = learn_items(texts, settings)
        coefficients = fit_steps(matrices.of(texts), labels, weights, settings)
    return assemble(matrices, coefficients, calibrated, settings, about)
