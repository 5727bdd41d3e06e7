"""How likely a text or stretch takes a side about whom it names: the classifier's opinion weighed with every other sign.

The classifier reads words and knows no grammar; the reading knows who speaks, how it is meant and what else is said, but only by
rules, each of which errs. A logistic regression over both decides how far each is believed, and another whether a first name is the
contestant's. Their weights (`data/model/weighing.json`) are fitted on written cases and texts (`audit.weights`); signs never hold a
name, so whoever is named weighs the same.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from screening.classifier import load
from screening.shipped import shipped
from screening.statements.bind_types import OWN_SPEAKERS, Hit, Statement
from screening.statements.opinions import campaigns, everyday
from screening.statements.reading import Reading
from screening.statements.words import BIT, limits
from screening.tables import UNSURE

WEIGHTS = "data/model/weighing.json"
Signs = dict[str, float]
Weigh = Callable[[str, Signs], float]  # whom it is about (only those who collect signs look at it), the signs


def opinion_signs(
    reading: Reading,
    hit: Hit,
    span: tuple[int, int],
    surest: float,
    rivals: int,
    meant: str,
    supported: bool,
    made: Sequence[Statement],
    markers: Sequence[Hit],
) -> Signs:
    """What speaks for and against an opinion `hit` about words `span`, each as a number between -1 and 1.

    `surest`: the strength of the name it is about; `rivals`: contestants named in the whole text; `meant`: how the rules take it;
    `supported`: words of choosing or blame stand there; `made`, `markers`: the other statements and context of the text.
    """
    first, last = span
    start, end = reading.start[first], reading.end[last]
    held: Signs = {"likely": odds(hit.strength), f"side:{hit.signal}": 1.0}
    if hit.entry_id.endswith(UNSURE):
        held["side:unsure"] = 1.0
    if (first, last) != (0, len(reading) - 1):
        held["stretch"] = 1.0
    held["named:surely" if surest > limits()["political_name"] else "named:weakly"] = 1.0
    if rivals > 1:
        held["rivals"] = min(rivals - 1, 2) / 2
    held[f"meant:{meant}"] = 1.0
    said = {
        "supported": supported,
        "campaigns": campaigns(reading, first, last),
        "everyday": everyday(reading, first, last),
    }
    held.update((name, 1.0) for name, holds in said.items() if holds)
    outside = reading.outside
    inside = 0
    for bits in outside[first : last + 1]:
        inside |= bits
    held.update((f"word:{name}", 1.0) for name in words_of(inside))
    if "?" in reading.text[start : end + 2]:
        held["asks"] = 1.0
    if "!" in reading.text[start : end + 2]:
        held["calls"] = 1.0
    if reading.writes_of_self(first, last):
        held["of self"] = 1.0
    held["words"] = math.log1p(sum(1 for at in range(first, last + 1) if reading.named_at(at) is None)) / 4
    for one in made:
        if one.proof.start < end and start < one.proof.end and one.proof.group != "target":
            voice = "own" if one.speaker in OWN_SPEAKERS else "others"
            held[f"said:{one.predicate}:{one.meant}:{voice}" + ("" if one.strength else ":void")] = 1.0
    for marker in markers:
        if marker.start < end and start < marker.end:
            held[f"context:{marker.signal}"] = 1.0
    return held


def odds(p: float) -> float:
    """Log odds of a probability, about -1 to 1."""
    return math.log((p + 0.01) / (1.01 - p)) / 4


def words_of(bits: int) -> Iterator[str]:
    """The classes of a word, by name."""
    return (name for name, bit in BIT.items() if bits & bit)


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    held: Mapping[str, Mapping[str, float]] = json.loads(shipped(WEIGHTS).read_text(encoding="utf-8"))["weights"]
    return held


@lru_cache(maxsize=1)
def identity() -> str:
    """SHA-256 over the classifier and the weights: what a run's results depend on besides the rules."""
    return hashlib.sha256(load().sha256.encode() + shipped(WEIGHTS).read_bytes()).hexdigest()


def of_opinion(_: str, held: Signs) -> float:
    """The probability that words with these signs take a side."""
    return weighed(_weights()["opinion"], held)


def of_name(_: str, held: Signs) -> float:
    """The probability that a name with these signs is the contestant's."""
    return weighed(_weights()["name"], held)


class Weighers(NamedTuple):
    """How signs become probabilities."""

    opinion: Weigh = of_opinion
    name: Weigh = of_name


def moves(what: str, held: Signs) -> list[tuple[str, float]]:
    """How far each sign moves the log odds of an `opinion` or a `name`, the place where every text starts ("") included."""
    weights = _weights()[what]
    return [("", weights[""]), *((name, weights[name] * value) for name, value in held.items() if name in weights)]


def weighed(weights: Mapping[str, float], held: Signs) -> float:
    """Logistic: `weights[""]` is where every text starts; a sign without a weight says nothing."""
    total = weights[""] + sum(weights.get(name, 0.0) * value for name, value in held.items())
    return 1.0 / (1.0 + math.exp(-total))
