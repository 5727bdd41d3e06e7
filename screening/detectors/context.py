"""What speaks for the person, or marks what is not shown: quotation, questions, news and official style, and the context
phrases of the lexicon. Only in texts where something was noticed; how a statement is meant is told by `statements`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from screening.detectors.hits import Hit, Hits, hits_of, together
from screening.detectors.matching import layer_matches, widest
from screening.detectors.phrases import contestants_of
from screening.detectors.scene import Scene

_QUOTED = re.compile(r'["“„«]([^"“”„«»\n]{12,400})["”»]|[‘]([^‘’\n]{12,400})[’]')
_QUESTION = re.compile(r"\?")
_STOP = re.compile(r"[.!?\n]")
_RETWEET = re.compile(r"^\s*RT @\w+:")
_DATELINE = re.compile(
    r"^\s*(?:[A-Z][A-Za-z.]+(?:\.(?:com|id|co))?[,\-–— ]+)?[A-Z][A-Z ]{3,24}(?:\s*\([^)]{3,14}\))?\s*[-–—]\s"
)


def detect(scene: Scene) -> Hits:
    """Hits of group `context`."""
    found = layer_matches(scene, "context", scene.opened, scene.targets)
    columns = scene.lexicon.columns
    found = widest(scene, found, columns.signal_code[found.entry])
    scene.found["context"] = found
    names = scene.found["names"]
    also = names.keep(columns.group[names.entry] == "context")
    also = also.keep(scene.opened[scene.documents.doc[also.first]])
    return together(
        [
            scene.hits(found, "context", contestants_of(scene, found)),
            scene.hits(also, "context"),
            hits_of(_marks(scene)),
        ]
    )


def _hit(scene: Scene, doc: int, signal: str, place: tuple[int, int]) -> Hit:
    docs, (start, end) = scene.documents, place
    row, number, surface = int(docs.row[doc]), int(docs.number[doc]), docs.texts[doc][start:end]
    return Hit(row, number, start, end, 0.8, signal, f"bentuk:{signal}", None, surface, "context", "context")


def _marks(scene: Scene) -> Iterator[Hit]:
    """Signs that need no words: a question mark ending a sentence with a target, a quotation around one, RT, a dateline."""
    docs = scene.documents
    by_doc: dict[int, list[tuple[int, int]]] = {}
    for place in scene.places:
        doc = int(docs.doc[place.first])
        by_doc.setdefault(doc, []).append((int(docs.start[place.first]), int(docs.end[place.last])))
    for doc, places in sorted(by_doc.items()):
        text = docs.texts[doc]
        places.sort()
        for match in _QUOTED.finditer(text):
            at = bisect_right(places, (match.start(), len(text)))
            if at < len(places) and places[at][1] <= match.end():
                yield _hit(scene, doc, "quotation", match.span())
        for match in _QUESTION.finditer(text):
            at = bisect_right(places, (match.start(),)) - 1
            if at >= 0 and not _STOP.search(text, places[at][1], match.start()):
                yield _hit(scene, doc, "question", match.span())
                break
        if docs.field[doc] == "text" and (shared := _RETWEET.match(text)):
            yield _hit(scene, doc, "reported_speech", shared.span())
        if line := _DATELINE.match(text):
            yield _hit(scene, doc, "news_style", line.span())
