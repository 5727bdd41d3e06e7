"""How well a score puts texts that take sides above neutral mentions, with 95 % intervals, and how often an arrow is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

MOST = 0.10  # P10 looks at false-positive rates up to here
LENGTHS = (40, 80, 140, 280)  # characters; the last part is open
_DRAWS = 400
_Z = 1.959964  # two-sided 95 %


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share; (0, 1) when nothing was tried."""
    if not trials:
        return 0.0, 1.0
    p, z2 = hits / trials, _Z**2
    middle = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z * np.sqrt(p * (1 - p) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def share(hit: Bools) -> dict[str, float]:
    """A share with its interval; NaN of nothing."""
    low, high = wilson(int(hit.sum()), len(hit))
    return {"bagian": float(hit.mean()) if len(hit) else float("nan"), "low": low, "high": high}


def recall_at(sided: Floats, neutral: Floats, rate: float) -> float:
    """Share of `sided` scores above the neutral one at this false-positive rate; source: shared text scorer."""
    return float((sided > np.sort(neutral)[::-1][int(rate * len(neutral))]).mean())


def p10(sided: Floats, neutral: Floats) -> float:
    """Mean recall over false-positive rates 0–10 %: far steadier than the recall at one rate."""
    limits = np.sort(neutral)[::-1][: int(MOST * len(neutral)) + 1]
    return float(np.mean([(sided > limit).mean() for limit in limits]))


def ranking(score: Floats, truth: npt.NDArray[Any]) -> dict[str, tuple[float, float, float]]:
    """P10 and the recall at 5 % with bootstrap intervals (value, low, high); empty where either side is missing."""
    sided, neutral = score[np.isin(truth, ["support", "attack"])], score[truth == "political_neutral"]
    if not len(sided) or not len(neutral):
        return {}
    chance = np.random.default_rng(0)
    drawn = [(chance.choice(sided, len(sided)), chance.choice(neutral, len(neutral))) for _ in range(_DRAWS)]
    found = {}
    for name, of in (("P10", p10), ("perolehan pada 5 %", lambda a, b: recall_at(a, b, 0.05))):
        low, high = np.quantile([of(a, b) for a, b in drawn], [0.025, 0.975])
        found[name] = (of(sided, neutral), float(low), float(high))
    return found


def directions(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the texts found that take sides: how often label and arrow are right or wrong, and how often no arrow is given.

    `rows`: truth, label and, where there are arrows, direction.
    """
    found = []
    for truth, wrong in (("support", "attack"), ("attack", "support")):
        at = rows[(rows["truth"] == truth) & rows["label"].isin(["support", "attack"])]
        label, arrow = at["label"].to_numpy(object), at.get("direction", at["label"]).to_numpy(object)
        turned = share(arrow == wrong)
        found.append({
            "sebenarnya": truth, "ditemukan": len(at), "label_benar": share(label == truth)["bagian"],
            "panah_benar": share(arrow == truth)["bagian"], "panah_keliru": turned["bagian"],
            "keliru_low": turned["low"], "keliru_high": turned["high"], "tanpa_panah": share(arrow == "")["bagian"],
        })  # fmt: skip
    return pd.DataFrame(found)


def length_of(texts: pd.Series) -> pd.Series:
    """The class of length of each text, in characters: "1–40", …, "281–"."""
    sizes = texts.str.len().to_numpy()
    names = [f"{low + 1:03}–{high:03}" for low, high in zip((0, *LENGTHS), LENGTHS, strict=False)]
    return pd.Series(np.array([*names, f"{LENGTHS[-1] + 1}–"], object)[np.searchsorted(LENGTHS, sizes)], texts.index)


def told(found: Mapping[str, tuple[float, float, float]]) -> str:
    """One line for people."""
    return "; ".join(f"{name} {value:.3f} ({low:.3f}–{high:.3f})" for name, (value, low, high) in found.items())
