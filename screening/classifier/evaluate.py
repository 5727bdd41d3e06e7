"""How good the model is on labelled texts: per label with confidence intervals, per platform and contest, calibration,
thresholds, learning curve and the worst errors. Never quote precision without prevalence: see docs/model-card.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier.model import LABELS, Floats, Model
from screening.classifier.predict import PROBABILITIES, probabilities
from screening.classifier.ranking import MOST, directions, length_of, p10, ranking, share, told, wilson
from screening.classifier.train import PLAIN, Counted, fit_steps, learn_items, part, row_weights

PARTISAN = ("support", "attack")
RATES = (0.01, 0.02, 0.05, 0.10)
_DRAWS = 400


@dataclass(frozen=True)
class Evaluation:
    """Tables for people; `rows` holds texts and must stay local."""

    scope: str
    labels: pd.DataFrame
    groups: pd.DataFrame
    thresholds: pd.DataFrame
    reliability: pd.DataFrame
    confusion: pd.DataFrame
    directions: pd.DataFrame
    ranking: Mapping[str, tuple[float, float, float]]
    summary: Mapping[str, float]
    rows: pd.DataFrame


def evaluate(table: pd.DataFrame, found: pd.DataFrame, model: Model) -> list[Evaluation]:
    """`table`: text, truth, optionally confidence, platform, contest, period; `found`: what the model said, row by row.

    Where `confidence` is given, the sure rows ("high") come first, then those of each `period`, and all rows last.
    """
    joined = pd.concat(
        [table.reset_index(drop=True), found.drop(columns=["text"], errors="ignore").reset_index(drop=True)], axis=1
    )
    joined = joined.assign(partisan=joined["p_support"] + joined["p_attack"])
    scopes = [("semua baris", joined)]
    if "confidence" in joined and (joined["confidence"] == "high").any():
        sure = joined[joined["confidence"] == "high"].reset_index(drop=True)
        periods = sorted(sure["period"].unique()) if "period" in sure else []
        parts = [(f"baris yang pasti, {name}", sure[sure["period"] == name].reset_index(drop=True)) for name in periods]
        scopes = [("baris yang pasti", sure), *parts, *scopes]
    return [_measure(scope, rows, model) for scope, rows in scopes]


def _measure(scope: str, rows: pd.DataFrame, model: Model) -> Evaluation:
    truth, said = rows["truth"].to_numpy(object), rows["label"].to_numpy(object)
    labels = pd.DataFrame([_label_row(name, truth, said) for name in LABELS])
    partisan = np.isin(truth, PARTISAN)
    labels = pd.concat(
        [labels, pd.DataFrame([_binary_row("memihak", partisan, np.isin(said, PARTISAN))])], ignore_index=True
    )
    p = rows[list(PROBABILITIES)].to_numpy(float)
    right = np.column_stack([truth == name for name in LABELS]).astype(float)
    low, high = _bootstrap(truth, said)
    summary = {
        "n": len(rows),
        "macro_f1": float(labels["f1"][: len(LABELS)].mean()),
        "macro_f1_low": low,
        "macro_f1_high": high,
        "brier": float(((p - right) ** 2).sum(axis=1).mean()),
        "brier_partisan": float(((rows["partisan"] - partisan) ** 2).mean()),
        "abstain": float(rows["abstain"].mean()),
    }
    return Evaluation(
        scope,
        labels,
        _groups(rows, truth, said),
        _thresholds(rows["partisan"].to_numpy(float), truth, model),
        _reliability(rows["partisan"].to_numpy(float), partisan),
        pd.crosstab(pd.Series(truth, name="sebenarnya"), pd.Series(said, name="model")),
        directions(rows),
        ranking(rows["partisan"].to_numpy(float), truth),
        summary,
        rows,
    )


def _label_row(name: str, truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> dict[str, Any]:
    return _binary_row(name, truth == name, said == name)


def _binary_row(name: str, truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> dict[str, Any]:
    both, told, real = int((truth & said).sum()), int(said.sum()), int(truth.sum())
    precision, recall = both / told if told else 0.0, both / real if real else 0.0
    return {
        "label": name, "n": real,
        "precision": precision, "precision_low": wilson(both, told)[0], "precision_high": wilson(both, told)[1],
        "recall": recall, "recall_low": wilson(both, real)[0], "recall_high": wilson(both, real)[1],
        "f1": 2 * precision * recall / (precision + recall) if both else 0.0,
    }  # fmt: skip


def macro_f1(truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> float:
    """Mean F1 of the four labels; a label nobody used counts 0."""
    return float(np.mean([_label_row(name, truth, said)["f1"] for name in LABELS]))


def _bootstrap(truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> tuple[float, float]:
    chance = np.random.default_rng(0)
    codes = {name: i for i, name in enumerate(LABELS)}
    pairs = np.array([codes.get(a, 0) * 4 + codes[b] for a, b in zip(truth, said, strict=True)])
    scores = []
    for _ in range(_DRAWS):
        table = np.bincount(chance.choice(pairs, len(pairs)), minlength=16).reshape(4, 4)
        right = np.diag(table)
        total = table.sum(axis=0) + table.sum(axis=1)
        scores.append(float(np.mean(2 * right / np.where(total > 0, total, 1))))
    return float(np.quantile(scores, 0.025)), float(np.quantile(scores, 0.975))


def _groups(rows: pd.DataFrame, truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> pd.DataFrame:
    """Per platform, contest, period and length: what is found and what is flagged wrongly, with intervals, and P10."""
    found = []
    views = {name: rows[name].fillna("") for name in ("platform", "contest", "period") if name in rows}
    if "text" in rows:
        views["panjang"] = length_of(rows["text"].fillna(""))
    score = rows["partisan"].to_numpy(float)
    for column, values in views.items():
        for value in sorted(values.unique()):
            at = (values == value).to_numpy()
            partisan, flagged = np.isin(truth[at], PARTISAN), np.isin(said[at], PARTISAN)
            neutral, other = truth[at] == "political_neutral", truth[at] == "non_political"
            sided, wrong = share(flagged[partisan]), share(flagged[neutral])
            both = partisan.any() and neutral.sum() >= 1 / MOST
            found.append({
                "menurut": column, "nilai": value, "n": int(at.sum()), "memihak": int(partisan.sum()),
                "recall": sided["bagian"], "recall_low": sided["low"], "recall_high": sided["high"],
                "netral": int(neutral.sum()), "fp_netral": wrong["bagian"], "fp_low": wrong["low"], "fp_high": wrong["high"],
                "fp_nonpolitik": _share(flagged, other), "benar": float((truth[at] == said[at]).mean()),
                "P10": p10(score[at][partisan], score[at][neutral]) if both else float("nan"),
            })  # fmt: skip
    return pd.DataFrame(found)


def _share(flagged: npt.NDArray[Any], among: npt.NDArray[Any]) -> float:
    return float(flagged[among].mean()) if among.any() else float("nan")


def _thresholds(score: Floats, truth: npt.NDArray[Any], model: Model) -> pd.DataFrame:
    """At each false-positive rate on political_neutral, and at the stored thresholds: what is found."""
    neutral = np.sort(score[truth == "political_neutral"])[::-1]
    rows = []
    for rate in RATES if len(neutral) else ():
        limit = float(neutral[int(rate * len(neutral))])
        rows.append((f"≤ {rate:.0%} netral", limit, score > limit))
    for name in ("partisan", "unsure"):
        limit = float(model.thresholds[name])
        rows.append((f"tersimpan: {name}", limit, score >= limit))
    return pd.DataFrame([
        {
            "ambang": name, "nilai": limit,
            **{f"recall_{label}": _share(flagged, truth == label) for label in PARTISAN},
            "recall": _share(flagged, np.isin(truth, PARTISAN)),
            "fp_netral": _share(flagged, truth == "political_neutral"),
            "fp_nonpolitik": _share(flagged, truth == "non_political"),
        }
        for name, limit, flagged in rows
    ])  # fmt: skip


def _reliability(score: Floats, truth: npt.NDArray[np.bool_]) -> pd.DataFrame:
    bins = np.minimum((score * 10).astype(int), 9)
    rows = []
    for i in range(10):
        at = bins == i
        if at.any():
            low, high = wilson(int(truth[at].sum()), int(at.sum()))
            rows.append(
                {
                    "dari": i / 10,
                    "n": int(at.sum()),
                    "peluang": float(score[at].mean()),
                    "nyata": float(truth[at].mean()),
                    "low": low,
                    "high": high,
                }
            )
    return pd.DataFrame(rows)


def learning_curve(
    examples: pd.DataFrame, texts: Counted, unseen: Counted, truth: npt.NDArray[Any], settings: Mapping[str, Any],
    shares: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 1.0),
) -> pd.DataFrame:  # fmt: skip
    """Corpus -> recall at 5 % false positives on political_neutral, P10 and macro-F1 (uncalibrated): seeded samples of the whole
    corpus (`tanpa` is ""), then the corpus without each author's texts, for an author wrote kinds of texts that were missing."""
    labels = examples["label"].to_numpy(object)
    order = np.random.default_rng(0).permutation(len(labels))
    plans: list[tuple[str, npt.NDArray[np.bool_]]] = []
    for part_of in shares:
        kept = np.zeros(len(labels), bool)
        kept[order[: int(part_of * len(labels))]] = True
        plans.append(("", kept))
    authors = examples["author"].to_numpy(object)
    plans += [
        (name, authors != name) for name in sorted(set(authors)) if (authors != name).any() and len(set(authors)) > 1
    ]
    rows = []
    for without, kept in plans:
        known = part(texts, kept)
        matrices = learn_items(known, settings)
        coefficients = fit_steps(matrices.of(known), labels[kept], row_weights(known, labels[kept], settings), settings)
        values = np.asarray(matrices.of(unseen) @ coefficients[:-1] + coefficients[-1])
        p = probabilities(PLAIN, values)
        score = p[:, 0] + p[:, 1]
        neutral = np.sort(score[truth == "political_neutral"])[::-1]
        limit = neutral[int(0.05 * len(neutral))] if len(neutral) else 0.5
        sided = np.isin(truth, PARTISAN)
        rows.append({
            "tanpa": without, "teks": int(kept.sum()), "P10": p10(score[sided], neutral) if len(neutral) else float("nan"),
            "recall_5": _share(score > limit, sided),
            "macro_f1": macro_f1(truth, np.array(LABELS, object)[p.argmax(axis=1)]),
        })  # fmt: skip
    return pd.DataFrame(rows)


def worst(rows: pd.DataFrame, most: int = 25) -> pd.DataFrame:
    """The surest errors: partisan texts least noticed and other texts most suspected. Holds texts."""
    partisan = rows["truth"].isin(PARTISAN)
    gap = np.where(partisan, 1 - rows["partisan"], rows["partisan"])
    return rows.assign(gap=gap).sort_values("gap", ascending=False, kind="stable").head(most)


def printed(results: Sequence[Evaluation], curve: pd.DataFrame | None, seen: pd.DataFrame | None = None) -> str:
    """The figures as text, without any of the texts themselves; `seen`: what a whole run makes of the texts."""
    out = []
    for result in results:
        s = result.summary
        out += [
            f"— {result.scope}: {s['n']} teks",
            result.labels.round(3).to_string(index=False),
            f"Makro-F1 {s['macro_f1']:.3f} ({s['macro_f1_low']:.3f}–{s['macro_f1_high']:.3f}); Brier {s['brier']:.3f}, "
            f"memihak {s['brier_partisan']:.3f}; ragu {s['abstain']:.1%}",
            told(result.ranking),
            result.directions.round(3).to_string(index=False),
            result.thresholds.round(3).to_string(index=False),
        ]
        if len(result.groups):
            out.append(result.groups.round(3).to_string(index=False))
        out.append(result.reliability.round(3).to_string(index=False))
    if seen is not None:
        out += ["— hasil akhir, sebagai unggahan sendiri", seen.round(3).to_string(index=False)]
    if curve is not None:
        out.append(curve.round(3).to_string(index=False))
    return "\n".join(out)
