"""Probabilities that mean what they say: slopes fitted on texts of authors the model had not seen.

`political`: logistic slope and shift (Platt) of the first step; `direction`: one slope (temperature) for the second;
`against`: slope and shift of support or attack.
The slopes are fitted on the authored corpus; how well they hold on real texts is measured by `screening evaluate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.classifier.model import DIRECTIONS, Floats

_STEPS = 60


def fit(values: Floats, labels: npt.NDArray[Any], weights: tuple[Floats, Floats]) -> dict[str, float]:
    """Calibration from out-of-fold logits (rows × OUTPUTS); rounded, so that it is the same everywhere."""
    political = (labels != "non_political").astype(float)
    slope, shift = _platt(values[:, 0], political, weights[0])
    known = labels != "non_political"
    right = np.array([DIRECTIONS.index(label) for label in labels[known]])
    heat = _temperature(values[known, 1:4], right, weights[1][known])
    sided = np.isin(labels, ["support", "attack"])
    against = _platt(values[sided, 4], (labels[sided] == "attack").astype(float), weights[1][sided])
    return {
        "political_slope": round(slope, 4), "political_shift": round(shift, 4), "direction_slope": round(heat, 4),
        "against_slope": round(against[0], 4), "against_shift": round(against[1], 4),
    }  # fmt: skip


def _platt(x: Floats, y: Floats, weights: Floats) -> tuple[float, float]:
    """Newton's method for a logistic curve with two parameters."""
    at = np.zeros(2)
    design = np.column_stack([x, np.ones_like(x)])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(design @ at)))
        gradient = design.T @ (weights * (p - y))
        curve = (design * (weights * p * (1 - p))[:, None]).T @ design
        at = at - np.linalg.solve(curve + 1e-9 * np.eye(2), gradient)
    return float(at[0]), float(at[1])


def _temperature(values: Floats, right: npt.NDArray[np.int64], weights: Floats) -> float:
    """The slope with the least log loss, by golden-section search between 0.2 and 5."""

    def loss(slope: float) -> float:
        heat = values * slope
        top = heat.max(axis=1)
        spread = np.log(np.exp(heat - top[:, None]).sum(axis=1)) + top
        return float((weights * (spread - heat[np.arange(len(right)), right])).sum())

    low, high, ratio = 0.2, 5.0, (5**0.5 - 1) / 2
    for _ in range(_STEPS):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if loss(a) < loss(b) else (a, high)
    return (low + high) / 2


def describe(calibration: Mapping[str, float]) -> str:
    """One line for people."""
    return ", ".join(f"{name} {value:g}" for name, value in sorted(calibration.items()))
