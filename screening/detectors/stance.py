"""The classifier as one more detector: support or attack, where the words leave little doubt; otherwise it is silent.

Only texts of activities in which something was noticed are read (no finding exists without it); `everything` reads all.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from screening.classifier.explain import contributions, telling_spans, toward
from screening.classifier.masking import narrowed
from screening.classifier.model import Model, load
from screening.classifier.names import name_words
from screening.classifier.predict import labels, probabilities, weighed
from screening.classifier.told import Told
from screening.detectors.found import Ints
from screening.detectors.hits import Hit, Hits, hits_of
from screening.detectors.scene import Scene
from screening.tables import FIELDS, HIT_FIELDS

# What the subject or the author of the content wrote. `media_text` is an analyst's or a machine's description of a picture:
# who stands in front of a billboard has not said anything, so a direction is never read out of it.
FIELDS_READ = ("text", "target_text")


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """The model shipped with the program, read once."""
    return load()


def detect(scene: Scene, hits: Hits) -> Hits:
    """`support` and `attack` hits; `hits` are those of the other detectors. Strength: probability of the label."""
    docs = _worth_reading(scene)
    if not len(docs):
        return hits_of(())
    model = bundled_model()
    some = narrowed(scene.documents, docs)
    masked, values, _ = weighed(model, some, _told(scene, hits, docs), _name_words(scene))
    p = probabilities(model.calibration, values)
    said = labels(model, p)
    flagged = np.flatnonzero((said == "support") | (said == "attack"))
    if not len(flagged):
        return hits_of(())
    gains = np.zeros((masked.docs, 4))
    for label in ("support", "attack"):
        gains[flagged[said[flagged] == label]] = toward(label)
    masked = masked.only(flagged)
    spans = telling_spans(masked, contributions(model, masked, gains), flagged)
    sure = zip(said[flagged].tolist(), p[flagged, :2].max(axis=1).tolist(), strict=True)
    cells = zip(docs[flagged].tolist(), sure, spans, strict=True)
    return hits_of(_hit(scene, *cell) for cell in cells)


def _worth_reading(scene: Scene) -> Ints:
    """The docs worth reading, ascending: few activities of a large table are opened."""
    return np.flatnonzero(scene.opened & np.isin(scene.documents.number, [FIELDS.index(name) for name in FIELDS_READ]))


def _told(scene: Scene, hits: Hits, docs: Ints) -> Told:
    """What the hits say of some docs, numbered from 0."""
    every = scene.documents
    activity = np.full(len(scene.activities), -1, np.int64)
    activity[every.row] = every.activity
    doc = np.full((len(scene.activities), len(HIT_FIELDS)), -1, np.int64)
    doc[every.row[docs], every.number[docs]] = np.arange(len(docs))
    return Told(activity[hits.row], hits.number, doc[hits.row, hits.number], hits.start, hits.end, hits.signal)


def _name_words(scene: Scene) -> Mapping[str, str]:
    known = scene.documents.vocabulary
    return known.remembered_of("classifier.names", scene.lexicon, lambda: name_words(scene.lexicon.entries))


def _hit(scene: Scene, doc: int, said: tuple[str, float], span: tuple[int, int]) -> Hit:
    label, strength = said
    docs, text = scene.documents, scene.documents.texts[doc]
    start, end = span if span[1] > span[0] else (0, len(text))
    named = scene.named_in_activity(doc)
    return Hit(
        row=int(docs.row[doc]), number=int(docs.number[doc]), start=start, end=end, strength=round(strength, 4),
        signal=label, entry_id=f"model:{label}", contestant_id=next(iter(named)) if len(named) == 1 else None,
        surface=text[start:end], detector="stance", how="model",
    )  # fmt: skip
