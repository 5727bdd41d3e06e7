"""What a capable analyst writes in an afternoon: pandas, one big regular expression, PySastrawi on every text, TF-IDF and
logistic regression. Training happens beforehand and is not counted, as our model comes ready, too.

    python -m benchmarks.analyst train FOLDER; python -m benchmarks.analyst run FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import joblib
import pandas as pd
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

TRAINING = 10_000


def texts(activities: pd.DataFrame) -> pd.Series:
    return (activities["text"].fillna("") + " " + activities["target_text"].fillna("")).str.strip()


def train(folder: Path) -> None:
    activities = pd.read_csv(folder / "activities.csv", nrows=TRAINING)
    labels = pd.read_csv(folder / "labels.csv", nrows=TRAINING, keep_default_na=False)["label"]
    stemmer = StemmerFactory().create_stemmer()
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=1_000))
    model.fit(texts(activities).map(stemmer.stem), labels)
    joblib.dump(model, folder / "analyst.joblib")


def run(folder: Path) -> None:
    activities = pd.read_csv(folder / "activities.csv")
    text = texts(activities)
    terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) + r")\b")
    activities["hits"] = text.str.lower().map(pattern.findall)
    stemmer = StemmerFactory().create_stemmer()
    activities["stemmed"] = text.map(stemmer.stem)
    model = joblib.load(folder / "analyst.joblib")
    chances = model.predict_proba(activities["stemmed"])
    activities["label"] = model.classes_[chances.argmax(axis=1)]
    activities["score"] = chances.max(axis=1)
    found = activities[(activities["hits"].str.len() > 0) & activities["label"].isin(("support", "attack"))]
    found.sort_values("score", ascending=False).to_csv(folder / "analyst.csv", index=False)
    print(len(found))


if __name__ == "__main__":
    {"train": train, "run": run}[sys.argv[1]](Path(sys.argv[2]))
