"""The classifier as one more detector: support or attack, where the words leave little doubt; otherwise it is silent.

Only texts of activities in which something was noticed are read (no finding exists without it); `everything` reads all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier.explain import contributions, telling_spans, toward
from screening.classifier.masking import narrowed
from screening.classifier.model import Model, load
from screening.classifier.names import name_words
from screening.classifier.predict import decide, probabilities, read
from screening.detectors.scene import Scene
from screening.tables import HITS

# What the subject or the author of the content wrote. `media_text` is an analyst's or a machine's description of a picture:
# who stands in front of a billboard has not said anything, so a direction is never read out of it.
FIELDS_READ = ("text", "target_text")


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """The model shipped with the program, read once."""
    return load()


def detect(scene: Scene, hits: pd.DataFrame, model: Model | None = None) -> pd.DataFrame:
    """`support` and `attack` hits; `hits` are those of the other detectors. Strength: probability of taking sides."""
    docs = _worth_reading(scene)
    if not len(docs):
        return HITS.empty()
    model = bundled_model() if model is None else model
    masked, values, _ = read(model, narrowed(scene.documents, docs), hits, _name_words(scene))
    p = probabilities(model.calibration, values)
    labels = decide(model, p)["label"].to_numpy(object)
    flagged = np.flatnonzero((labels == "support") | (labels == "attack"))
    if not len(flagged):
        return HITS.empty()
    gains = np.zeros((masked.docs, 4))
    for label in ("support", "attack"):
        gains[flagged[labels[flagged] == label]] = toward(label)
    masked = masked.only(flagged)
    spans = telling_spans(masked, contributions(model, masked, gains), flagged)
    ids = scene.documents.frame["activity_id"].take(docs[flagged]).to_numpy(object).tolist()
    rows = [
        {"activity_id": activity, **_row(scene, int(docs[at]), labels[at], span, float(p[at, :2].sum()))}
        for activity, at, span in zip(ids, flagged, spans, strict=True)
    ]
    return HITS.build(rows)


def _worth_reading(scene: Scene) -> npt.NDArray[np.int64]:
    """The docs worth reading, ascending: few activities of a large table are opened."""
    opened, fields = np.flatnonzero(scene.opened), scene.documents.field
    return np.array([doc for doc in opened.tolist() if fields[doc] in FIELDS_READ], np.int64)


def _name_words(scene: Scene) -> Mapping[str, str]:
    known = scene.documents.vocabulary
    return known.remembered(("classifier.names", id(scene.lexicon)), lambda: name_words(scene.lexicon.entries))


def _row(scene: Scene, doc: int, label: str, span: tuple[int, int], strength: float) -> dict[str, Any]:
    text = scene.documents.texts[doc]
    start, end = span if span[1] > span[0] else (0, len(text))
    named = scene.named_in_activity(doc)
    return {
        "field": scene.documents.field[doc],
        "signal": label,
        "entry_id": f"model:{label}",
        "contestant_id": next(iter(named)) if len(named) == 1 else None,
        "surface": text[start:end],
        "start": start,
        "end": end,
        "strength": round(strength, 4),
        "detector": "stance",
        "how": "model",
    }
