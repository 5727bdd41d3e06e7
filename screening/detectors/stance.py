"""The classifier as one more detector: support or attack, where the words leave little doubt; otherwise it is silent.

Only texts of activities in which something was noticed are read (no finding exists without it); `everything` reads all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from screening.classifier.explain import contributions, telling_spans, toward
from screening.classifier.masking import narrowed
from screening.classifier.model import OUTPUTS, Floats, Model, load
from screening.classifier.names import name_words
from screening.classifier.predict import arrows, probabilities, sides, weighed
from screening.classifier.slices import sliced, slices_of, told_of
from screening.classifier.told import Told
from screening.detectors.found import Ints
from screening.detectors.hits import Hit, Hits, hits_of
from screening.detectors.scene import Scene
from screening.tables import FIELDS, HIT_FIELDS, UNSURE
from screening.text import Documents
from screening.text.clauses import clauses
from screening.text.wordlists import word_set

# What the subject or the author of the content wrote. `media_text` is an analyst's or a machine's description of a picture:
# who stands in front of a billboard has not said anything, so a direction is never read out of it.
FIELDS_READ = ("text", "target_text")


class Said(NamedTuple):
    """An opinion: support or attack, how likely it takes a side at all, and whether the direction is sure."""

    label: str
    strength: float
    sure: bool


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """The model shipped with the program, read once."""
    return load()


def detect(scene: Scene, hits: Hits, model: Model | None = None) -> Hits:
    """`support` and `attack` hits of a model (default: the shipped one); `hits` are those of the other detectors.

    Strength: probability of taking sides, for both are the same act; where the direction is unsure, the entry ends in UNSURE.

    A text is read as a whole (entry `model:…`), and each stretch in which one contestant is spoken of by itself (entry
    `model-clause:…`; the surface is the stretch): what is said in another clause is none of its business.
    """
    docs = _worth_reading(scene)
    if not len(docs):
        return hits_of(())
    told, model = _told(scene, hits, docs), model or bundled_model()
    stretches, opened = _stretches(scene, docs)
    found: list[Hit] = []
    agreed = {doc: 0.0 for doc, _, _ in stretches}
    if stretches:
        some = slices_of(scene.documents, stretches)
        known = told_of(_told(scene, hits, np.arange(len(scene.documents))), some)
        p, opinions = _opinions(scene, model, sliced(scene.documents, some), known, _least(scene, model, some.doc))
        for i, said, _ in opinions:
            place = int(some.start[i]), int(scene.documents.end[some.last[i]])
            found.append(_hit(scene, int(some.doc[i]), said, place, "model-clause:"))
        for doc, support, attack in zip(some.doc.tolist(), p[:, 0].tolist(), p[:, 1].tolist(), strict=True):
            agreed[doc] = max(support + attack, agreed[doc])
    for doc, said, span in _opinions(scene, model, narrowed(scene.documents, docs), told, _least(scene, model, docs))[
        1
    ]:
        row = int(docs[doc])
        # What stands before the first name must not make an opinion of what is said about it.
        if row not in agreed or (row not in opened and agreed[row] >= model.thresholds["unsure"]):
            found.append(_hit(scene, row, said, span))
    return hits_of(found)


def _least(scene: Scene, model: Model, docs: Ints) -> Floats:
    """From which probability of taking sides an opinion is reported: of own words about somebody named early, for the statements
    stage weighs it with all other signs."""
    limits = model.thresholds
    own = scene.documents.number[docs] == FIELDS.index("text")
    named = np.fromiter((doc in scene.contestants for doc in docs.tolist()), bool, len(docs))
    return np.where(own & named, limits["weighed"], limits["partisan"])


def _opinions(
    scene: Scene, model: Model, documents: Documents, told: Told, least: Floats
) -> tuple[Floats, list[tuple[int, Said, tuple[int, int]]]]:
    """Probabilities (documents x labels), and (doc, what it says, telling characters) of those that take a side with a
    probability of at least `least`."""
    masked, values, _ = weighed(model, documents, told, _name_words(scene))
    p = probabilities(model.calibration, values)
    said = sides(model, p)
    flagged = np.flatnonzero(p[:, :2].sum(axis=1) >= least)
    if not len(flagged):
        return p, []
    gains = np.zeros((masked.docs, len(OUTPUTS)))
    for label in ("support", "attack"):
        gains[flagged[said[flagged] == label]] = toward(label)
    masked = masked.only(flagged)
    spans = telling_spans(masked, contributions(model, masked, gains), flagged)
    sure = (arrows(model, p[flagged]) != "").tolist()
    sided = map(Said, said[flagged].tolist(), p[flagged, :2].sum(axis=1).tolist(), sure)
    return p, list(zip(flagged.tolist(), sided, spans, strict=True))


_MOST_STRETCHES = 8  # a text that names more contestants in turn is a list
_BARE = 3  # words of a clause that is hardly more than a name
_LEAD_IN = 3  # words of a clause before the first name that only opens: "Selamat pagi semua,", "Menurut saya,"


def _stretches(scene: Scene, docs: Ints) -> tuple[list[tuple[int, int, int]], set[int]]:
    """(doc, first word, last word) from each clause that names contestants to the last before the next that names others, and
    the docs in which nothing but short openers stands before the first of them."""
    found: list[tuple[int, int, int]] = []
    opened: set[int] = set()
    documents, contrast, first_token = scene.documents, scene.contrast.tolist(), scene.documents.first_token.tolist()
    for doc in docs.tolist():
        named = scene.contestants.get(doc)
        if not named:
            continue
        low, high = first_token[doc], first_token[doc + 1]
        clause, marks = clauses(
            documents.texts[doc], documents.start[low:high].tolist(), documents.end[low:high].tolist(),
            documents.sentence[low:high].tolist(), contrast[low:high],
        )  # fmt: skip
        who: dict[int, set[str]] = {}
        for first, _, contestant in named:
            who.setdefault(clause[first - low], set()).add(contestant)
        begins: list[int] = []
        held: set[str] = set()
        for number in sorted(who):
            if who[number] != held:
                begin = at = bisect_left(clause, number)
                # "saya sendiri tetap: X"; what follows a label ("Opini saya: X hadir …") is read by itself
                bare = bisect_left(clause, number + 1) - at <= _BARE
                while bare and ":" in marks[at] and begin and clause[begin - 1] == number - 1 and number - 1 not in who:
                    begin -= 1
                begins.append(low + begin)
                held = who[number]
        end = high - _closing(documents, low, high)
        if begins and begins[-1] < end and len(begins) <= _MOST_STRETCHES and (begins != [low] or end < high):
            found += [(doc, begin, end - 1) for begin, end in zip(begins, [*begins[1:], end], strict=True)]
            if begins == [low]:
                opened.add(doc)  # "ya", "gaes" at the end say nothing of it
                continue
            before = Counter(clause[: begins[0] - low])
            if len(begins) == 1 and max(before.values()) <= _LEAD_IN:
                opened.add(doc)
    return found, opened


def _closing(documents: Documents, low: int, high: int) -> int:
    """How many words at the end of a text only close it: "ya", "gaes", "wkwk"."""
    words = word_set("penutup")
    count = 0
    while low < high - count and documents.vocabulary.folded[int(documents.id[high - count - 1])] in words:
        count += 1
    return count


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
    known: Mapping[str, str] = scene.lexicon.remembered("classifier.names", lambda: name_words(scene.lexicon.entries))
    return known


def _hit(scene: Scene, doc: int, said: Said, span: tuple[int, int], entry: str = "model:") -> Hit:
    label, strength, sure = said
    docs, text = scene.documents, scene.documents.texts[doc]
    start, end = span if span[1] > span[0] else (0, len(text))
    named = scene.named_in_activity(doc)
    return Hit(
        row=int(docs.row[doc]), number=int(docs.number[doc]), start=start, end=end, strength=round(strength, 4),
        signal=label, entry_id=entry + label + ("" if sure else UNSURE),
        contestant_id=next(iter(named)) if len(named) == 1 else None,
        surface=text[start:end], detector="stance", how="model",
    )  # fmt: skip
