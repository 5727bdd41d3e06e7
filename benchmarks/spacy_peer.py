"""The same with spaCy: blank("id"), EntityRuler, and its bag-of-words text classifier, trained beforehand.

python -m benchmarks.spacy_peer train FOLDER; python -m benchmarks.spacy_peer run FOLDER
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

import pandas as pd
import spacy
from spacy.training import Example

from benchmarks.analyst import texts

TRAINING, ROUNDS = 4_000, 3
LABELS = ("support", "attack", "neutral", "none")


def train(folder: Path) -> None:
    nlp = spacy.blank("id")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
    ruler.add_patterns([{"label": "TARGET", "pattern": term} for term in terms])
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 1,
        "no_output_layer": False,
    }
    sorter = nlp.add_pipe("textcat", config={"model": model})
    activities = pd.read_csv(folder / "activities.csv", nrows=TRAINING)
    labels = pd.read_csv(folder / "labels.csv", nrows=TRAINING, keep_default_na=False)["label"]
    for label in LABELS:
        sorter.add_label(label)
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {name: float(name == label) for name in LABELS}})
        for text, label in zip(texts(activities), labels, strict=True)
    ]
    chance = random.Random(7)
    with nlp.select_pipes(enable="textcat"):
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(ROUNDS):
            chance.shuffle(examples)
            for start in range(0, len(examples), 256):
                nlp.update(examples[start : start + 256], sgd=optimizer)
    nlp.to_disk(folder / "spacy-model")


def run(folder: Path) -> None:
    nlp = spacy.load(folder / "spacy-model")
    activities = pd.read_csv(folder / "activities.csv")
    found = 0
    with (folder / "spacy.csv").open("w", encoding="utf-8", newline="") as table:
        out = csv.writer(table)
        for record, doc in zip(activities["record_id"], nlp.pipe(texts(activities), batch_size=1_000), strict=True):
            label = max(doc.cats, key=doc.cats.__getitem__)
            if doc.ents and label in ("support", "attack"):
                found += 1
                out.writerow((record, label, round(doc.cats[label], 4), *(ent.text for ent in doc.ents)))
    print(found)


if __name__ == "__main__":
    {"train": train, "run": run}[sys.argv[1]](Path(sys.argv[2]))
