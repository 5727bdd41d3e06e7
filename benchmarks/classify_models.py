"""Simple models on the same features, authors left out; `--file` measures each on a labelled file as well.

    python -m benchmarks.classify_models [--file labelled.csv]

Columns: recall of partisan texts at 5 % false positives on political_neutral, share of non_political above that
threshold, area under the curve against neutral, macro-F1 of the four labels. Texts without any name or election word are
left out of the authors' figures (no finding can arise from them); a labelled file is measured whole (its sure rows).
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from screening.classifier.corpus import read_corpus
from screening.classifier.features import BLOCKS, CUES
from screening.classifier.model import LABELS
from screening.classifier.names import name_words
from screening.classifier.train import Counted, counted, fit_steps, learn_items, part, read_settings, row_weights
from screening.cli.model import _noticed, _ruleset, _table

ORDER = ("attack", "non_political", "political_neutral", "support")
Scorer = Callable[[Any], np.ndarray]
Fit = Callable[[Any, np.ndarray, tuple[np.ndarray, np.ndarray], Mapping[str, Any]], Scorer]


def softmax(z: np.ndarray) -> np.ndarray:
    spread = np.exp(z - z.max(axis=1, keepdims=True))
    return spread / spread.sum(axis=1, keepdims=True)


def two_steps(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """Ours: political or not, then direction, both logistic regressions."""
    coefficients = fit_steps(x, y, weights, settings)

    def score(z: Any) -> np.ndarray:
        v = z @ coefficients[:-1] + coefficients[-1]
        political = 1 / (1 + np.exp(-v[:, 0]))
        direction = softmax(v[:, 1:4]) * political[:, None]
        return np.column_stack([direction[:, 0], 1 - political, direction[:, 1], direction[:, 2]])

    return score


def one_step(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """One logistic regression over the four labels."""
    plan = LogisticRegression(C=settings["training"]["regularisation"], class_weight="balanced", max_iter=2000)
    return plan.fit(x, y, sample_weight=weights[0]).predict_proba  # type: ignore[no-any-return]


def linear_svm(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """Linear support vectors, one label against the rest; scores through a softmax."""
    plan = LinearSVC(C=0.3, class_weight="balanced", random_state=0).fit(x, y, sample_weight=weights[0])
    return lambda z: softmax(2 * plan.decision_function(z))


def complement_bayes(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """Complement naive Bayes."""
    plan = ComplementNB(alpha=0.3).fit(x, y, sample_weight=weights[0])
    return lambda z: softmax(0.3 * plan.predict_joint_log_proba(z))


def bayes_weighted(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """Two steps with every feature scaled by its naive-Bayes log-count ratio for partisan against neutral."""
    partisan, neutral = np.isin(y, ["support", "attack"]), y == "political_neutral"
    a = np.asarray(x[partisan].sum(axis=0)).ravel() + 1
    b = np.asarray(x[neutral].sum(axis=0)).ravel() + 1
    ratio = np.abs(np.log((a / a.sum()) / (b / b.sum()))) + 0.5
    score = two_steps(x.multiply(ratio).tocsr(), y, weights, settings)
    return lambda z: score(z.multiply(ratio).tocsr())


def averaged(x: Any, y: np.ndarray, weights: Any, settings: Mapping[str, Any]) -> Scorer:
    """Mean of two steps, one step, support vectors and complement Bayes."""
    scorers = [fit(x, y, weights, settings) for fit in (two_steps, one_step, linear_svm, complement_bayes)]
    return lambda z: np.mean([score(z) for score in scorers], axis=0)


MODELS: dict[str, Fit] = {
    "two-step logistic": two_steps, "one-step logistic": one_step, "linear SVM": linear_svm,
    "complement Bayes": complement_bayes, "Bayes-weighted two-step": bayes_weighted, "average of four": averaged,
}  # fmt: skip


def figures(truth: np.ndarray, p: np.ndarray) -> dict[str, float]:
    """The row of the table for one model."""
    score = p[:, 0] + p[:, 3]
    partisan, neutral, other = (
        np.isin(truth, ["support", "attack"]),
        truth == "political_neutral",
        truth == "non_political",
    )
    limit = np.sort(score[neutral])[::-1][int(0.05 * neutral.sum())]
    both = partisan | neutral
    return {
        "recall@5%": (score[partisan] > limit).mean(),
        "support": (score[truth == "support"] > limit).mean(),
        "attack": (score[truth == "attack"] > limit).mean(),
        "non_political above": (score[other] > limit).mean(),
        "AUC": roc_auc_score(partisan[both], score[both]),
        "macro-F1": f1_score(truth, np.array(ORDER)[p.argmax(axis=1)], average="macro"),
    }


def variants(settings: Mapping[str, Any]) -> dict[str, tuple[Fit, Mapping[str, Any], tuple[str, ...]]]:
    """name -> (model, settings, blocks)."""
    out: dict[str, tuple[Fit, Mapping[str, Any], tuple[str, ...]]] = {
        n: (f, settings, BLOCKS) for n, f in MODELS.items()
    }

    def changed(group: str, key: str, value: float) -> Mapping[str, Any]:
        copied = copy.deepcopy(dict(settings))
        copied[group][key] = value
        return copied

    for value in (0.5, 1.0, 5.0):
        out[f"two-step, C={value:g}"] = (two_steps, changed("training", "regularisation", value), BLOCKS)
    for value in (0.0, 1.0):
        out[f"two-step, cues ×{value:g}"] = (two_steps, changed("training", "cue_scale", value), BLOCKS)
    for value in (0.3, 1.0):
        out[f"two-step, unanchored {value:g}"] = (two_steps, changed("training", "unanchored_political", value), BLOCKS)
    for block in BLOCKS:
        out[f"two-step, without {block}"] = (two_steps, settings, tuple(name for name in BLOCKS if name != block))
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--file", type=Path)
    options.add_argument("--corpus", type=Path)
    options.add_argument("--only", default="", help="part of the names of the variants to run")
    chosen = options.parse_args()
    ruleset, settings = _ruleset(), read_settings()
    names = name_words(ruleset.lexicon.entries)
    examples = read_corpus(chosen.corpus).examples
    texts = counted(*_noticed(examples["text"], ruleset)[:2], names)
    truth, authors = examples["label"].to_numpy(object), examples["author"].to_numpy(object)
    anchored = ~(texts.facts[:, CUES.index("no_anchor")] & (truth != "non_political"))
    tests: list[tuple[str, Counted, np.ndarray]] = []
    if chosen.file:
        table = _table(chosen.file, ("text", "label"))
        table = table[table["confidence"] == "high"] if "confidence" in table else table
        tests = [
            (chosen.file.name, counted(*_noticed(table["text"], ruleset)[:2], names), table["label"].to_numpy(object))
        ]
    rows = []
    with threadpool_limits(1):
        for name, (fit, plan, blocks) in variants(settings).items():
            if chosen.only not in name:
                continue
            p = np.zeros((len(truth), 4))
            for author in sorted(set(authors)):
                own = authors == author
                p[own] = fitted(fit, plan, blocks, part(texts, ~own), truth[~own])(part(texts, own))
            rows.append({"model": name, "on": "authors left out", **figures(truth[anchored], p[anchored])})
            print(rows[-1], flush=True)
            for where, unseen, labels in tests:
                score = fitted(fit, plan, blocks, texts, truth)(unseen)
                rows.append({"model": name, "on": where, **figures(labels, score)})
                print(rows[-1], flush=True)
    print(pd.DataFrame(rows).round(3).to_string(index=False))


def fitted(
    fit: Fit, plan: Mapping[str, Any], blocks: tuple[str, ...], texts: Counted, labels: np.ndarray
) -> Callable[[Counted], np.ndarray]:
    """A model from texts, as a function from texts to probabilities in ORDER."""
    matrices = learn_items(texts, plan)
    kept = matrices.without(tuple(name for name in BLOCKS if name not in blocks))
    score = fit(kept.of(texts), labels, row_weights(texts, labels, plan), plan)
    return lambda unseen: score(kept.of(unseen))


if __name__ == "__main__":
    assert set(ORDER) == set(LABELS)
    main()
