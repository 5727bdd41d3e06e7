"""Fit the weights with which signs are believed (`statements/weighing.py`) on texts and cases whose reading is known.

Two kinds of examples: written cases (`data/cases`, with the result a careful reader gives) and the labelled texts of the corpus.
Of the corpus only opinions of a classifier are taken that has not seen the author: its opinion of what it learnt is too sure.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from screening.classifier.model import Model
from screening.classifier.train import Counted, part, train
from screening.detectors import detect
from screening.errors import Problem, RulesetError
from screening.ruleset import Ruleset
from screening.shipped import shipped
from screening.statements.bind import bound
from screening.statements.binder import Binder
from screening.statements.weighing import Signs, Weighers, of_name, of_opinion
from screening.tables import ACTIVITIES
from screening.text import documents

CASES = ("record_id", "kind", "happened_at", "text", "expected_result", "expected_contestant", "group")
DAYS = {
    "pilpres": "2024-01-20",
    "pemilu": "2024-01-20",
    "": "2024-10-20",
}  # inside the contest a text of the corpus is about


class Example(NamedTuple):
    """Signs of one opinion or name, whether it is right, and how much it counts."""

    signs: Signs
    right: bool
    weight: float


class Noticed(NamedTuple):
    """What was weighed in one activity: (whom it is about, signs)."""

    opinions: list[tuple[str, Signs]]
    names: list[tuple[str, Signs]]


def collected(activities: pd.DataFrame, ruleset: Ruleset, model: Model | None = None) -> dict[str, Noticed]:
    """Activity id -> what a run weighs in its own text and content; `activities`: ACTIVITIES."""
    opinions: list[tuple[str, Signs]] = []
    names: list[tuple[str, Signs]] = []

    def opinion(whom: str, held: Signs) -> float:
        opinions.append((whom, held))
        return of_opinion(whom, held)

    def name(whom: str, held: Signs) -> float:
        names.append((whom, held))
        return of_name(whom, held)

    read = documents(activities)
    hits = detect(activities, read, ruleset, model=model)
    held = Binder(ruleset.lexicon, ruleset.contests, ruleset.signal_groups, Weighers(opinion, name))
    found: dict[str, Noticed] = {}
    for activity, _ in bound(activities, read, hits, held) if len(hits) else ():
        found[activity] = Noticed(opinions.copy(), names.copy())
        opinions.clear()
        names.clear()
    return found


def read_cases(folder: Path | None = None) -> pd.DataFrame:
    """All written cases (`data/cases/*.csv`), CASES and the columns of ACTIVITIES as text; RulesetError names wrong lines."""
    folder = shipped("data/cases") if folder is None else folder
    problems: list[Problem] = []
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in CASES if name not in (reader.fieldnames or ())]
            if missing:
                problems.append(Problem(path.name, 1, f"kolom tidak ada: {', '.join(missing)}", "tambahkan kolomnya"))
                continue
            rows += list(reader)
    if problems:
        raise RulesetError(problems)
    return pd.DataFrame(rows).fillna("")


def case_examples(cases: pd.DataFrame, ruleset: Ruleset, model: Model | None, plan: dict[str, Any]) -> Examples:
    """Examples of the cases: what is said of the one a finding may name is right, what is said in a clear case is wrong."""
    found = collected(_of_cases(cases), ruleset, model)
    made = Examples([], [])
    for case in cases.itertuples():
        noticed = found.get(str(case.record_id), Noticed([], []))
        sided, private = str(case.expected_result) == "finding", case.group in plan["private_groups"]
        for whom, held in noticed.opinions:
            if sided or case.expected_result == "clear":
                right = sided and str(case.expected_contestant) in ("", whom)
                made.opinions.append(Example(held, right, 1.0))
        for whom, held in noticed.names:
            if (sided and case.expected_contestant in ("", whom)) or (case.expected_result == "clear" and private):
                made.names.append(Example(held, sided, 1.0))
    return made


class Examples(NamedTuple):
    """What the two weighings learn from."""

    opinions: list[Example]
    names: list[Example]


def corpus_examples(
    examples: pd.DataFrame, texts: Counted, ruleset: Ruleset, settings: dict[str, Any], calibration: dict[str, float]
) -> Examples:
    """Examples of the corpus (columns text, label, contest, parent, author; same rows as `texts`), each read by a classifier
    that knows none of its author's texts."""
    plan = settings["weighing"]
    authors = sorted(set(examples["author"]))
    made = Examples([], [])
    for fold in range(plan["folds"]):
        own = examples["author"].isin(authors[fold :: plan["folds"]]).to_numpy()
        rest = examples[~own].reset_index(drop=True)
        model = train(rest, part(texts, ~own), settings, {}, calibration)
        some = examples[own & (examples["parent"] == "").to_numpy()].reset_index(drop=True)
        found = collected(_of_texts(some), ruleset, model)
        for at, label in enumerate(some["label"]):
            noticed = found.get(f"{at:06d}", Noticed([], []))
            sided, political = label in ("support", "attack"), label != "non_political"
            made.opinions.extend(Example(held, sided, plan["corpus_opinion"]) for _, held in noticed.opinions)
            made.names.extend(Example(held, political, plan["corpus_name"]) for _, held in noticed.names)
    return made


def _of_cases(cases: pd.DataFrame) -> pd.DataFrame:
    kept = [name for name in ACTIVITIES.columns if name in cases]
    rows = cases[kept].replace("", None).assign(
        activity_id=cases["record_id"], time_basis="exact_utc", source_file="-", source_pointer=cases["record_id"],
        happened_at=pd.to_datetime(cases["happened_at"], utc=True, format="ISO8601"), tagged=None,
    )  # fmt: skip
    return ACTIVITIES.cast(rows)


def _of_texts(texts: pd.DataFrame) -> pd.DataFrame:
    day = [next(on for start, on in DAYS.items() if str(contest).startswith(start)) for contest in texts["contest"]]
    ids = [f"{at:06d}" for at in range(len(texts))]
    rows = pd.DataFrame({"text": texts["text"], "activity_id": ids, "source_pointer": ids})
    fixed = {"platform": "x", "kind": "post", "time_basis": "exact_utc", "visibility": "public", "source_file": "-"}
    return ACTIVITIES.cast(rows.assign(**fixed, happened_at=pd.to_datetime(day, utc=True)))


def fit(examples: Sequence[Example], plan: dict[str, Any]) -> dict[str, float]:
    """Sign -> weight, and "" for where all start; signs seen in fewer than `least` examples are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    table = DictVectorizer()
    matrix = table.fit_transform([one.signs for one in examples])
    kept = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= plan["least"])
    with threadpool_limits(1):  # the order of additions must not depend on the machine's load
        found = LogisticRegression(C=plan["regularisation"], max_iter=3000).fit(
            matrix[:, kept], [one.right for one in examples], sample_weight=[one.weight for one in examples]
        )
    names = table.get_feature_names_out()[kept]
    weights = dict(zip(names.tolist(), found.coef_[0].tolist(), strict=True))
    return {name: round(value, 4) for name, value in sorted({"": float(found.intercept_[0]), **weights}.items())}


def save(made: Iterable[Examples], plan: dict[str, Any], path: Path) -> dict[str, int]:
    """Write the weights of both weighings; how many examples each had."""
    parts = list(made)
    opinions = [one for some in parts for one in some.opinions]
    names = [one for some in parts for one in some.names]
    counts = {"opinion": len(opinions), "name": len(names)}
    weights = {"opinion": fit(opinions, plan), "name": fit(names, plan)}
    page = {"format": 1, "examples": counts, "weights": weights}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return counts
