"""Speed of `classify` against plain scikit-learn on the same texts in the same run, and equality with the reference.

    python -m benchmarks.classify_speed [--texts 50000]

A: TfidfVectorizer word(1,2) + char_wb(3,5) transform, then LogisticRegression.predict_proba (fitted on the same corpus).
B: ours from tokenised documents (`predict`), vocabulary and caches cold. B+: tokenising and all detectors included.
Order A-B-A; the ratio uses the faster A. Texts: seeded words of the corpus, Zipf-distributed, with names, tags and emoji.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from screening.classifier import load, name_words, predict
from screening.classifier.corpus import read_corpus
from screening.classifier.predict import read
from screening.classifier.reference import text_logits
from screening.cli.model import _noticed, _ruleset

NAMES = [
    "Prabowo",
    "mas Ganjar",
    "Anies",
    "#AniesPresiden",
    "02",
    "PDIP",
    "Khofifah",
    "@user_12",
    "https://t.co/abcde",
    "🔥",
    "😂",
]


def texts(number: int, seed: int = 7) -> list[str]:
    """Generated texts of 4 to 30 words; a quarter name somebody; one word in twelve is new."""
    chance = np.random.default_rng(seed)
    words = pd.Series(" ".join(read_corpus().examples["text"]).split()).value_counts()
    share = (words / words.sum()).to_numpy()
    lengths = chance.integers(4, 30, number)
    flat = words.index.to_numpy(object)[chance.choice(len(words), lengths.sum(), p=share)]
    fresh = chance.random(len(flat)) < 1 / 12
    flat[fresh] = [
        f"{word}{i % 9973}" for word, i in zip(flat[fresh], chance.integers(0, 10**6, fresh.sum()), strict=True)
    ]
    out, at = [], 0
    for length, named, which in zip(
        lengths, chance.random(number) < 0.25, chance.integers(0, len(NAMES), number), strict=True
    ):
        out.append(" ".join([*flat[at : at + length], *([NAMES[which]] if named else [])]))
        at += length
    return out


def plain(examples: pd.DataFrame):  # type: ignore[no-untyped-def]
    """The fitted scikit-learn pipeline of comparison A."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
    )
    return make_pipeline(union, LogisticRegression(C=5, max_iter=300, tol=1e-3)).fit(
        examples["text"], examples["label"]
    )


def timed(run) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=50_000)
    number = options.parse_args().texts
    sample = pd.Series(texts(number))
    model, ruleset = load(), _ruleset()
    names = name_words(ruleset.lexicon.entries)
    other = plain(read_corpus().examples)
    a = [timed(lambda: other.predict_proba(sample))]
    begun = time.perf_counter()
    documents, hits, _ = _noticed(sample, ruleset)
    noticed = time.perf_counter() - begun
    b = timed(lambda: predict(model, documents, hits, names))
    a.append(timed(lambda: other.predict_proba(sample)))
    masked, fast, facts = read(model, documents, hits, names)
    some = np.random.default_rng(1).choice(masked.docs, min(2000, masked.docs), replace=False)
    lines = masked.names()
    gap = max(float(np.abs(fast[i] - text_logits(model, lines[i], facts[i])).max()) for i in some)
    print(f"{number} texts, {len(documents.id)} tokens, {len(documents.vocabulary)} distinct")
    print(
        f"A  scikit-learn transform + predict   {min(a):8.2f} s  {number / min(a):10,.0f} texts/s  (runs: {a[0]:.2f}, {a[1]:.2f})"
    )
    print(f"B  predict, cold                      {b:8.2f} s  {number / b:10,.0f} texts/s  ratio {min(a) / b:.1f}")
    whole = b + noticed
    print(
        f"B+ tokenise, detect, predict          {whole:8.2f} s  {number / whole:10,.0f} texts/s  ratio {min(a) / whole:.1f}"
    )
    print(f"largest difference from the plain reference (2,000 texts): {gap:.1e}")


if __name__ == "__main__":
    main()
