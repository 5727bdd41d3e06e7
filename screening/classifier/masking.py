"""Documents and hits become streams of masked tokens: the only thing the classifier ever sees of a text.

Hits of names turn tokens into roles; runs of one role are one token, together with the honorific before it, so that
"mas Ganjar", "Prabowo-Gibran" and "AMIN" give the same stream. A hashtag is marked by a token of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.classifier.names import role_of
from screening.classifier.told import Told, told
from screening.classifier.words import HASH, ROLE_TOKENS, ROLES, form, honorifics, word_classes
from screening.text import Documents
from screening.text.pieces import HASHTAG
from screening.text.vocabulary import Vocabulary

Ints = npt.NDArray[np.int64]
_DROPPED = 0
NO_CASE = -1
_FAR = 1 << 32  # more than any text is long: doc * _FAR + character is one sortable place


class Forms:
    """Distinct forms with their codes; kept in a vocabulary's memo, so it is forgotten together with the vocabulary."""

    def __init__(self, name_words: Mapping[str, str]) -> None:
        self.name_words = name_words
        self.names: list[str] = ["", HASH, *ROLE_TOKENS, "<nol>"]
        self.code = {name: i for i, name in enumerate(self.names)}
        self.honorific = [name in honorifics() for name in self.names]
        self._of_surface = np.zeros(0, np.int64)
        self._political = np.zeros(0, bool)
        self.scores: dict[str, Any] = {}  # what each model makes of the forms, by its hash

    def code_of(self, name: str) -> int:
        known = self.code.get(name)
        if known is None:
            known = self.code[name] = len(self.names)
            self.names.append(name)
            self.honorific.append(name in honorifics())
        return known

    def political(self) -> npt.NDArray[np.bool_]:
        """Which forms are words of politics; looked up once per form."""
        new = self.names[len(self._political) :]
        told = [name != HASH and "politics" in word_classes(name) for name in new]
        self._political = np.concatenate([self._political, np.array(told, bool)])
        return self._political

    def of_surfaces(self, vocabulary: Vocabulary, ids: Ints) -> Ints:
        """Form codes of the given surface ids; a form is made when it is met, so unread texts cost nothing."""
        missing = np.full(len(vocabulary) - len(self._of_surface), -1, np.int64)
        self._of_surface = np.concatenate([self._of_surface, missing])
        used = np.unique(ids)
        new = used[self._of_surface[used] < 0].tolist()
        surfaces, folded, kinds = vocabulary.surfaces, vocabulary.folded, vocabulary.kinds
        self._of_surface[new] = [
            self.code_of(role_of(surfaces[i], folded[i], self.name_words) or form(surfaces[i], folded[i], kinds[i]))
            for i in new
        ]
        return self._of_surface[ids]


@dataclass(frozen=True)
class Stream:
    """Masked tokens in reading order: `doc`, `code` (into `forms`), `start` and `end` (characters in the doc's text), and
    `case` (`vocabulary.LOWER` …; NO_CASE for roles and hashtag marks, so that nobody's way of being written counts)."""

    forms: Forms
    docs: int
    doc: Ints
    code: Ints
    start: Ints
    end: Ints
    case: Ints

    def only(self, docs: Ints) -> Stream:
        """The tokens of some docs, which keep their numbers."""
        kept = np.isin(self.doc, docs)
        return Stream(
            self.forms, self.docs, self.doc[kept], self.code[kept], self.start[kept], self.end[kept], self.case[kept]
        )

    def names(self) -> list[list[str]]:
        """The streams as text, one list of forms per doc (for training, the reference and people)."""
        out: list[list[str]] = [[] for _ in range(self.docs)]
        for doc, code in zip(self.doc.tolist(), self.code.tolist(), strict=True):
            out[doc].append(self.forms.names[code])
        return out


def forms_of(vocabulary: Vocabulary, name_words: Mapping[str, str]) -> Forms:
    """The forms that belong to a vocabulary, with these possible names masked (see `names`)."""
    forms = vocabulary.memo.get("classifier.forms")
    if forms is None or forms.name_words != name_words:
        forms = vocabulary.memo["classifier.forms"] = Forms(name_words)
    return forms


def narrowed(documents: Documents, docs: Ints) -> Documents:
    """Some of the docs (ascending) as documents of their own, numbered from 0: reading few texts then costs little."""
    number = np.full(len(documents), -1, np.int64)
    number[docs] = np.arange(len(docs))
    doc, span_doc, punct_doc = number[documents.doc], number[documents.span_doc], number[documents.punct_doc]
    word, span, punct = (np.flatnonzero(owner >= 0) for owner in (doc, span_doc, punct_doc))
    return replace(
        documents,
        activity=documents.activity[docs],
        row=documents.row[docs],
        number=documents.number[docs],
        texts=[documents.texts[doc] for doc in docs.tolist()],
        doc=doc[word],
        start=documents.start[word],
        end=documents.end[word],
        id=documents.id[word],
        sentence=documents.sentence[word],
        span_doc=span_doc[span],
        span_start=documents.span_start[span],
        span_end=documents.span_end[span],
        span_id=documents.span_id[span],
        span_first=np.searchsorted(word, documents.span_first[span]),
        span_last=np.searchsorted(word, documents.span_last[span]),
        punct_doc=punct_doc[punct],
        punct_start=documents.punct_start[punct],
        punct_id=documents.punct_id[punct],
    )


def stream(documents: Documents, hits: pd.DataFrame, name_words: Mapping[str, str]) -> Stream:
    """The masked streams of all documents; `hits`: HITS."""
    return masked(documents, told(documents, hits), name_words)


def masked(documents: Documents, hits: Told, name_words: Mapping[str, str]) -> Stream:
    """The masked streams of all documents."""
    forms = forms_of(documents.vocabulary, name_words)
    tags = documents.vocabulary.column("kinds")[documents.span_id] == HASHTAG
    role = _roles(documents, hits, forms)
    code = np.where(role > 0, role, forms.of_surfaces(documents.vocabulary, documents.id))
    opening = documents.span_first[tags]
    doc = np.concatenate([documents.doc, documents.doc[opening]])
    code = np.concatenate([code, np.full(len(opening), forms.code[HASH])])
    start = np.concatenate([documents.start, documents.span_start[tags]])
    end = np.concatenate([documents.end, documents.start[opening]])
    case = documents.vocabulary.column("cases")[documents.id].astype(np.int64)
    case = np.concatenate([case, np.full(len(opening), NO_CASE)])
    place = np.arange(len(documents.id), dtype=np.float64)
    rank = np.argsort(np.concatenate([place, opening - 0.5]), kind="stable")
    rank = rank[code[rank] != _DROPPED]
    return _merged(Stream(forms, len(documents), doc[rank], code[rank], start[rank], end[rank], case[rank]))


def _roles(documents: Documents, hits: Told, forms: Forms) -> Ints:
    """Role code per word token, 0 where none."""
    role = np.zeros(len(documents.id), np.int64)
    if not len(hits.doc) or not len(role):
        return role  # no hits: only possible names, which are roles already
    signals = list(ROLES)
    named = hits.of(signals)
    doc = named.doc
    begins = documents.doc * _FAR + documents.start
    ends = documents.doc * _FAR + documents.end
    first = np.searchsorted(ends, doc * _FAR + named.start, side="right")
    last = np.searchsorted(begins, doc * _FAR + named.end, side="left")
    weight = np.array([signals.index(signal) for signal in named.signal.tolist()], np.int64)
    size = np.where(doc >= 0, last - first, 0)
    order = np.argsort(-weight, kind="stable")  # the strongest role is written last
    size, first, weight = size[order], first[order], weight[order]
    owner = np.repeat(np.arange(len(order)), size)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(size) - size, size)
    codes = np.array([forms.code[ROLES[signal]] for signal in signals], np.int64)
    role[first[owner] + inner] = codes[weight[owner]]
    role[_plain_in_hashtags(documents, forms, role)] = 0
    return role


def _plain_in_hashtags(documents: Documents, forms: Forms, role: Ints) -> Ints:
    """Tokens of a hashtag beside a name that are ordinary words: "Presiden" in #ContohPresiden2024 is not the name.

    Whether the lexicon holds such a hashtag as a whole differs from contestant to contestant; its parts do not.
    """
    tags = np.flatnonzero(documents.vocabulary.column("kinds")[documents.span_id] == HASHTAG)
    hit = np.concatenate([[0], np.cumsum(role > 0)])
    tags = tags[hit[documents.span_last[tags] + 1] > hit[documents.span_first[tags]]]
    if not len(tags):
        return np.zeros(0, np.int64)
    first, last = documents.span_first[tags], documents.span_last[tags]
    owner = np.repeat(np.arange(len(tags)), last - first + 1)
    tokens = np.concatenate([np.arange(a, b + 1) for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    code = forms.of_surfaces(documents.vocabulary, documents.id[tokens])
    known = np.unique(code).tolist()
    named = np.isin(code, [c for c in known if forms.names[c] in ROLE_TOKENS])
    plain = np.isin(code, [c for c in known if forms.names[c].startswith("<") or word_classes(forms.names[c])])
    beside = np.bincount(owner, named, len(tags))[owner] > 0
    return tokens[plain & beside]


def _merged(stream: Stream) -> Stream:
    """Honorifics before a role join it, and a run of one role is one token from the first to the last character."""
    is_role = (stream.code > 1) & (stream.code < 2 + len(ROLE_TOKENS))
    if not is_role.any():
        return stream
    honorific = np.array(stream.forms.honorific, bool)[stream.code]
    code = stream.code.copy()
    same_doc = np.diff(stream.doc) == 0 if len(code) else np.zeros(0, bool)
    for _ in range(2):  # "bapak haji Contoh": at most two
        joins = np.flatnonzero(honorific[:-1] & is_role[1:] & same_doc & ~is_role[:-1])
        code[joins] = code[joins + 1]
        is_role[joins] = True
    head = np.ones(len(code), bool)
    head[1:] = ~(same_doc & is_role[1:] & is_role[:-1] & (code[1:] == code[:-1]))
    heads = np.flatnonzero(head)
    tail = np.append(heads[1:], len(code)) - 1
    case = np.where(is_role, NO_CASE, stream.case)[heads]
    return Stream(
        stream.forms, stream.docs, stream.doc[heads], code[heads], stream.start[heads], stream.end[tail], case
    )
