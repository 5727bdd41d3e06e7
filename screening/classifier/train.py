"""Fit the two steps of the model; the same examples, libraries and machine give the same bytes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier import calibration
from screening.classifier.features import BLOCKS, CUES, char_items, class_items, cues, named_elsewhere, word_items
from screening.classifier.masking import masked
from screening.classifier.model import DIRECTIONS, OUTPUTS, Block, Floats, Model
from screening.classifier.predict import probabilities
from screening.classifier.told import told
from screening.shipped import shipped
from screening.text import Documents

Bools = npt.NDArray[np.bool_]
PLAIN = {
    "political_slope": 1.0, "political_shift": 0.0, "direction_slope": 1.0, "against_slope": 1.0, "against_shift": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Items of one block and how often each text has them; `words`: for letter n-grams, texts × words and words × items."""

    items: tuple[str, ...]
    counts: Any
    words: tuple[Any, Any] | None = None

    def rows(self, kept: Bools) -> Table:
        return Table(self.items, self.counts[kept], (self.words[0][kept], self.words[1]) if self.words else None)

    def squares(self, columns: npt.NDArray[np.int64], idf: Floats) -> Floats:
        """Summed squared weights per text: every item by itself, letter n-grams per word."""
        if self.words is None:
            return np.asarray(self.counts[:, columns] @ idf**2)
        texts, items = self.words
        return np.asarray(texts @ (items[:, columns].power(2) @ idf**2))


@dataclass(frozen=True)
class Counted:
    """Masked texts, their cues, and their items counted once for all the models that will be fitted on parts of them."""

    names: list[list[str]]
    facts: Bools
    tables: Mapping[str, Table]


def read_settings() -> dict[str, Any]:
    """`data/model/settings.toml`."""
    return tomllib.loads(shipped("data/model/settings.toml").read_text(encoding="utf-8"))


def counted(documents: Documents, hits: pd.DataFrame, name_words: Mapping[str, str]) -> Counted:
    """Masked streams, cues and counted items of all documents."""
    known = told(documents, hits)
    stream = masked(documents, known, name_words)
    names = stream.names()
    facts = cues(stream, documents, known, named_elsewhere(documents, known))
    plain = {
        "word": _count([word_items(line) for line in names]),
        "class": _count([class_items(line) for line in names]),
    }
    words = _count(names)
    letters = _count([char_items(word) for word in words.items])
    tables = {**plain, "char": Table(letters.items, words.counts @ letters.counts, (words.counts, letters.counts))}
    return Counted(names, facts, tables)


def _count(lists: Sequence[Sequence[str]]) -> Table:
    from scipy.sparse import csr_matrix

    items = sorted({item for found in lists for item in found})
    row = {item: i for i, item in enumerate(items)}
    columns = np.array([row[item] for found in lists for item in found], np.int64)
    bounds = np.concatenate([[0], np.cumsum([len(found) for found in lists])]).astype(np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, bounds), (len(lists), len(items)))
    matrix.sum_duplicates()
    return Table(tuple(items), matrix)


class Items:
    """The items of one block learnt from some texts: their rows and idf, and the matrix any texts make with them."""

    def __init__(self, table: Table, least: int) -> None:
        seen = np.asarray((table.counts > 0).sum(axis=0)).ravel()
        kept = np.flatnonzero(seen >= least)
        self.rows = {table.items[column]: row for row, column in enumerate(kept.tolist())}
        self.idf = np.log((1 + table.counts.shape[0]) / (1 + seen[kept])) + 1

    def matrix(self, table: Table) -> Any:
        """Sparse texts × items: count × idf / length."""
        from scipy.sparse import csr_matrix, diags

        place = {item: column for column, item in enumerate(table.items)}
        known = [(row, place[item]) for item, row in self.rows.items() if item in place]
        rows, columns = np.array(known, np.int64).reshape(-1, 2).T
        squares = table.squares(columns, self.idf[rows])
        lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
        spread = csr_matrix((np.ones(len(rows)), (np.arange(len(rows)), rows)), (len(rows), len(self.rows)))
        return (diags(1 / lengths) @ (table.counts[:, columns] @ spread) @ diags(self.idf)).tocsr()


@dataclass(frozen=True)
class Matrices:
    """Learnt items per block and the function that turns texts into the full matrix."""

    items: Mapping[str, Items]
    cue_scale: float

    def of(self, texts: Counted) -> Any:
        from scipy.sparse import csr_matrix, hstack

        parts = [self.items[name].matrix(texts.tables[name]) for name in BLOCKS if name in self.items]
        return hstack([*parts, csr_matrix(texts.facts * self.cue_scale)], format="csr")

    def without(self, blocks: Sequence[str]) -> Matrices:
        """The same without some blocks (for measuring what each is worth)."""
        return Matrices({name: items for name, items in self.items.items() if name not in blocks}, self.cue_scale)


def learn_items(texts: Counted, settings: Mapping[str, Any]) -> Matrices:
    """Items of every block from the training texts."""
    least = settings["features"]["least"]
    return Matrices({name: Items(texts.tables[name], least) for name in BLOCKS}, settings["training"]["cue_scale"])


def row_weights(texts: Counted, labels: npt.NDArray[Any], settings: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Weights of the training rows for the two steps (see settings.toml: rows without name or election word)."""
    loose = texts.facts[:, CUES.index("no_anchor")] & (labels != "non_political")
    plan = settings["training"]
    below = np.where(texts.facts[:, CUES.index("only_context")], plan["under_a_post"], 1.0)
    return (
        below * np.where(loose, plan["unanchored_political"], 1.0),
        below * np.where(loose, plan["unanchored_direction"], 1.0),
    )


def fit_steps(
    matrix: Any, labels: npt.NDArray[Any], weights: tuple[Floats, Floats], settings: Mapping[str, Any]
) -> Floats:
    """(columns + 1) × OUTPUTS coefficients, intercept last."""
    from sklearn.linear_model import LogisticRegression

    def plan(name: str = "regularisation") -> LogisticRegression:
        return LogisticRegression(C=settings["training"][name], class_weight="balanced", max_iter=2000, tol=1e-4)

    political, sided = labels != "non_political", np.isin(labels, ["support", "attack"])
    first = plan().fit(matrix, political, sample_weight=weights[0])
    second = plan().fit(matrix[political], labels[political], sample_weight=weights[1][political])
    third = plan("regularisation_against").fit(
        matrix[sided], labels[sided] == "attack", sample_weight=weights[1][sided]
    )
    assert tuple(second.classes_) == DIRECTIONS
    three, two = _coefficients(second), _coefficients(third)
    shared = settings["training"]["against_shared"] * (three[:, :1] - three[:, 2:])  # attack less support
    return np.hstack([_coefficients(first), three, two + shared])


def _coefficients(fitted: Any) -> Floats:
    """(columns + 1) × classes, intercept last."""
    return np.vstack([fitted.coef_.T, fitted.intercept_[None, :]])


def assemble(
    matrices: Matrices,
    coefficients: Floats,
    calibration: Mapping[str, float],
    settings: Mapping[str, Any],
    about: Mapping[str, Any],
) -> Model:
    """The storable model; weights are rounded to single precision, as they are stored."""
    blocks: dict[str, Block] = {}
    at = 0
    for name in BLOCKS:
        items = matrices.items[name]
        weights = coefficients[at : at + len(items.rows)] * items.idf[:, None]
        at += len(items.rows)
        blocks[name] = Block(items.rows, _single(weights), _single(items.idf**2))
    cue_weights = coefficients[at : at + len(CUES)] * matrices.cue_scale
    return Model(
        blocks, _single(cue_weights), _single(coefficients[-1]), calibration, settings["thresholds"], about, ""
    )


def _single(values: Floats) -> Floats:
    return values.astype(np.float32).astype(np.float64)


def part(texts: Counted, rows: Bools) -> Counted:
    """The texts where `rows` is true."""
    names = [line for line, kept in zip(texts.names, rows, strict=True) if kept]
    return Counted(names, texts.facts[rows], {name: table.rows(rows) for name, table in texts.tables.items()})


def left_out(texts: Counted, labels: npt.NDArray[Any], groups: npt.NDArray[Any], settings: Mapping[str, Any]) -> Floats:
    """Logits of every text from a model that saw none of its group (author)."""
    out = np.zeros((len(labels), len(OUTPUTS)))
    for group in sorted(set(groups)):
        rest, own = groups != group, groups == group
        known = part(texts, rest)
        matrices = learn_items(known, settings)
        weights = row_weights(known, labels[rest], settings)
        coefficients = fit_steps(matrices.of(known), labels[rest], weights, settings)
        out[own] = matrices.of(part(texts, own)) @ coefficients[:-1] + coefficients[-1]
    return out


def rates(p: Floats, labels: npt.NDArray[Any], anchored: Bools) -> dict[str, dict[str, float]]:
    """Threshold -> recall of partisan texts and false positives, on texts with a name or an election word."""
    partisan = p[:, 0] + p[:, 1]
    wanted = {"recall": np.isin(labels, ["support", "attack"]), "neutral": labels == "political_neutral"}
    wanted["non_political"] = labels == "non_political"
    return {
        f"{limit / 100:.2f}": {
            name: round(float((partisan[at & anchored] >= limit / 100).mean()), 3) for name, at in wanted.items()
        }
        for limit in range(40, 100, 5)
    }


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
            unseen = left_out(texts, labels, groups, settings)
            calibrated = calibration.fit(unseen, labels, weights)
            about = {**about, "authors_left_out": rates(probabilities(calibrated, unseen), labels, weights[0] == 1)}
        matrices = learn_items(texts, settings)
        coefficients = fit_steps(matrices.of(texts), labels, weights, settings)
    return assemble(matrices, coefficients, calibrated, settings, about)
