"""What is counted in a masked stream, as plain strings: the definition that training, prediction and reference share.

Three blocks, each a sum over its items divided by the root of the items' summed squares, so that a text's value is a sum
over its tokens and everything costly is done once per distinct token:
`word` words and pairs of neighbours; `char` letter n-grams inside a word; `class` word classes and ordered pairs of
classes that stand close together. Beside them `cues`, yes-or-no facts about the whole text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from screening.classifier.masking import Stream
from screening.classifier.told import Told
from screening.classifier.words import NAMED, word_classes
from screening.tables import HIT_FIELDS
from screening.text import Documents
from screening.text.vocabulary import LOWER, MIXED, TITLE, UPPER

BLOCKS = ("word", "char", "class")
SHORTEST, LONGEST = 3, 5  # letters of a character n-gram, the edge mark included
_FEW, _MOST = 4, 0.6  # a way of writing is told from at least four words and six tenths of them
_SIZES = range(SHORTEST, LONGEST + 1)
NEAR = 4  # tokens between two classed words that still make a pair
AHEAD = 2  # each classed word is paired with so many classed words behind it

# Context only. Signals of direction are left out on purpose: their phrases may hold a part of a name, and the classifier
# shall be evidence of its own beside them.
_SIGNAL_CUES = (
    "news_style", "official_style", "reported_speech", "quotation", "question", "neutrality", "election_information",
    "official_duty",
)  # fmt: skip
CUES = (
    "target", "several_targets", "party", "politics", "much_politics", "no_anchor", "only_context", "asks", "quotes",
    "headline", "shouts", "no_capitals",
    *(f"signal_{name}" for name in _SIGNAL_CUES),
)  # fmt: skip
_MARKS = {"asks": "?", "quotes": "\"“”„«»'‘’"}


def word_items(names: Sequence[str]) -> list[str]:
    """Words and pairs of neighbours."""
    return [*names, *(f"{a} {b}" for a, b in pairwise(names))]


@lru_cache(maxsize=200_000)
def char_items(name: str) -> tuple[str, ...]:
    """Letter n-grams of one word with its edges marked; none for roles, numbers, signs and emoji."""
    edged = marked(name)
    end = len(edged) + 1
    return tuple([edged[i : i + n] for n in _SIZES for i in range(end - n)])


def marked(name: str) -> str:
    """The letters of one word with its edges marked; "" for roles, numbers, signs and emoji."""
    return f"_{name[:40]}_" if name[:1].isalnum() else ""


def class_items(names: Sequence[str]) -> list[str]:
    """Classes, and ordered pairs of classes of words that stand close together."""
    found = [(place, classes) for place, name in enumerate(names) if (classes := word_classes(name))]
    items = [name for _, classes in found for name in classes]
    for i, (place, classes) in enumerate(found):
        for other, behind in found[i + 1 : i + 1 + AHEAD]:
            if other - place <= NEAR:
                items += [f"{a} {b}" for a in classes for b in behind]
    return items


def cues(stream: Stream, documents: Documents, hits: Told, context: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """One row per doc, one column per name in `CUES`. `context`: another field of the activity names a target."""
    table = np.zeros((stream.docs, len(CUES)), bool)
    column = {name: i for i, name in enumerate(CUES)}

    def put(name: str, values: npt.NDArray[np.bool_]) -> None:
        table[:, column[name]] = values

    codes = stream.forms.code
    named = np.isin(stream.code, [codes[role] for role in NAMED])
    targets = np.bincount(stream.doc[named], minlength=stream.docs)
    politics = np.bincount(stream.doc[_political(stream)], minlength=stream.docs)
    put("target", (targets > 0) | context)
    put("several_targets", targets > 1)
    put("party", np.bincount(stream.doc[stream.code == codes["<partai>"]], minlength=stream.docs) > 0)
    put("politics", politics > 0)
    put("much_politics", politics > 1)
    put("no_anchor", (targets == 0) & (politics == 0) & ~context)
    put("only_context", (targets == 0) & context)  # the post above names somebody, the words do not
    surfaces = documents.vocabulary.surfaces
    present = np.unique(documents.punct_id)
    for name, marks in _MARKS.items():
        ids = [i for i in present.tolist() if surfaces[i][0] in marks]
        put(name, np.bincount(documents.punct_doc[np.isin(documents.punct_id, ids)], minlength=stream.docs) > 0)
    for name, values in _letter_cases(stream).items():
        put(name, values)
    for name in _SIGNAL_CUES:
        doc = hits.doc[hits.signal == name]
        table[doc[doc >= 0], column[f"signal_{name}"]] = True
    return table


def _letter_cases(stream: Stream) -> dict[str, npt.NDArray[np.bool_]]:
    """How the words beside the names are written: Most Words With A Capital, MOST IN CAPITALS, or none with one."""

    def count(*cases: int) -> npt.NDArray[np.int64]:
        return np.bincount(stream.doc[np.isin(stream.case, cases)], minlength=stream.docs)

    words = count(LOWER, UPPER, TITLE, MIXED)
    enough = words >= _FEW
    return {
        "headline": enough & (count(TITLE) >= _MOST * words),
        "shouts": enough & (count(UPPER) >= _MOST * words),
        "no_capitals": enough & (count(LOWER) == words),
    }


def _political(stream: Stream) -> npt.NDArray[np.bool_]:
    return stream.forms.political()[stream.code]


def named_elsewhere(documents: Documents, hits: Told) -> npt.NDArray[np.bool_]:
    """Docs of activities that name a target, or concern a registered account, in another field."""
    signals = ("contestant", "party", "pejorative", "slogan", "team", "legislative_name",
               "account_official", "account_team", "account_volunteer", "account_party")  # fmt: skip
    named = hits.of(signals)
    known = named.activity >= 0
    fields = np.zeros((len(documents.activity_ids), len(HIT_FIELDS)), bool)
    fields[named.activity[known], named.number[known]] = True
    here = fields[documents.activity, documents.number]
    return fields.sum(axis=1)[documents.activity] > here
