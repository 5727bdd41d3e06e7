"""Documents: every non-empty readable field of a chunk of activities, tokenised once into integer ids.

The texts of a chunk are joined, split at white space by numpy, and made distinct by Arrow; only a *new* distinct piece is
cut by Python (`pieces.cut`). Punctuation is kept apart from the words, so that "Prabowo-Gibran" is two neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.tables import FIELDS
from screening.text.fold import fold
from screening.text.hashed import Ints
from screening.text.pieces import LETTERS, NUMBER, PUNCT, WORD
from screening.text.sentences import IS_SPACE, sentences
from screening.text.skim import pieces_at
from screening.text.vocabulary import Vocabulary

SPACED_LETTERS = 4  # so many single letters in a row are read as one word: "p r a b o w o", not "A n i"


@dataclass(frozen=True)
class Documents:
    """One chunk, tokenised. Per doc: `row` (position in the activities; grows, for the docs of an activity lie together),
    `activity` (a number: the same for docs of activities with one id), `number` of its field in FIELDS, and `texts`.

    Per word token, in reading order: `doc`, `start`, `end` (characters in the doc's text), `id` (surface id in
    `vocabulary`), `sentence` (grows at every sentence end, never shared by two docs; a line break ends none). `span_*`: wholes
    (hashtags, CamelCase words, spaced letters) over the tokens `span_first`..`span_last`. `punct_*`: punctuation.
    Valid until `vocabulary` is renewed.
    """

    activity_ids: npt.NDArray[np.object_]  # by number of the activity
    activity: Ints
    row: Ints
    number: Ints
    texts: list[str]
    vocabulary: Vocabulary
    doc: Ints
    start: Ints
    end: Ints
    id: Ints
    sentence: Ints
    span_doc: Ints
    span_start: Ints
    span_end: Ints
    span_id: Ints
    span_first: Ints
    span_last: Ints
    punct_doc: Ints
    punct_start: Ints
    punct_id: Ints

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The docs as a table for people and tests: doc, row, activity_id, field, text."""
        ids = self.activity_ids[self.activity]
        columns = {
            "doc": np.arange(len(self)),
            "row": self.row,
            "activity_id": ids,
            "field": self.field,
            "text": self.texts,
        }
        return pd.DataFrame(columns).astype({"activity_id": "str", "field": "str", "text": "str"})

    @cached_property
    def first_token(self) -> Ints:
        """Index of each doc's first token, plus the total number of tokens at the end."""
        return np.searchsorted(self.doc, np.arange(len(self) + 1))

    @cached_property
    def field(self) -> list[str]:
        """The field each doc was read from."""
        return [FIELDS[number] for number in self.number.tolist()]

    def activities_of(self, ids: pd.Series) -> Ints:
        """The numbers of activities with these ids; -1 where no doc belongs to one."""
        return pd.Index(self.activity_ids).get_indexer(pd.Index(ids.to_numpy(object)))

    def find(self, activity_ids: pd.Series, fields: pd.Series) -> Ints:
        """The doc of each (activity, field); -1 where there is none. Activities with one id are one."""
        activity = self.activities_of(activity_ids)
        number = pd.Index(FIELDS).get_indexer(pd.Index(fields.to_numpy(object)))
        doc = np.full((len(self.activity_ids) + 1, len(FIELDS) + 1), -1, np.int64)  # the last ones: not found
        doc[self.activity, self.number] = np.arange(len(self))
        return doc[activity, number]

    def kinds(self) -> npt.NDArray[np.int8]:
        """Kind (`pieces.WORD` …) of every word token."""
        return self.vocabulary.column("kinds")[self.id]


def documents(
    activities: pd.DataFrame, fields: tuple[str, ...] = FIELDS, vocabulary: Vocabulary | None = None
) -> Documents:
    """Tokenise the given text fields of ACTIVITIES; `vocabulary` carries what is known from chunk to chunk."""
    vocabulary = Vocabulary() if vocabulary is None else vocabulary
    row, number, texts = _texts(activities, fields)
    activity, activity_ids = pd.factorize(activities["activity_id"].to_numpy(object)[row])
    joined, doc_start = _join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    piece_start, piece_id = _pieces(joined, codes, vocabulary)
    pieces = np.diff(np.searchsorted(piece_start, doc_start), append=len(piece_start))
    piece_doc = np.repeat(np.arange(len(row)), pieces)

    rows, owner = vocabulary.tokens_of(piece_id)
    start = rows[:, 1] + piece_start[owner]
    end = rows[:, 2] + piece_start[owner]
    doc = piece_doc[owner]
    punct = vocabulary.column("kinds")[rows[:, 0]] == PUNCT
    word = ~punct
    number_of = np.cumsum(word) - 1  # index among the words of each token that is one

    spans, span_owner = vocabulary.spans_of(piece_id)
    first_of_piece = np.searchsorted(owner, span_owner)
    span_first = number_of[first_of_piece + spans[:, 3]]
    span_last = number_of[first_of_piece + spans[:, 4]]
    shift = doc_start[doc]
    plain = Documents(
        activity_ids=activity_ids,
        activity=activity,
        row=row,
        number=number,
        texts=texts,
        vocabulary=vocabulary,
        doc=doc[word],
        start=(start - shift)[word],
        end=(end - shift)[word],
        id=rows[word, 0],
        sentence=sentences(codes, start, doc, rows[:, 0], vocabulary, word),
        span_doc=piece_doc[span_owner],
        span_start=spans[:, 1] + piece_start[span_owner] - doc_start[piece_doc[span_owner]],
        span_end=spans[:, 2] + piece_start[span_owner] - doc_start[piece_doc[span_owner]],
        span_id=spans[:, 0],
        span_first=span_first,
        span_last=span_last,
        punct_doc=doc[punct],
        punct_start=(start - shift)[punct],
        punct_id=rows[punct, 0],
    )
    return _with_spaced_letters(plain)


def _texts(activities: pd.DataFrame, fields: tuple[str, ...]) -> tuple[Ints, Ints, list[str]]:
    """Row, number of the field in FIELDS, and text of every non-empty field; row by row, the fields in the order given."""
    rows, texts = [np.zeros(0, np.int64)], [np.zeros(0, object)]
    for field in fields:
        if field not in activities:  # the optional one
            rows.append(np.zeros(0, np.int64))
            texts.append(np.zeros(0, object))
            continue
        column = activities[field].to_numpy(object, na_value="")
        rows.append(np.flatnonzero(column != ""))
        texts.append(column[rows[-1]])
    row, rank = np.concatenate(rows), np.repeat(np.arange(len(fields) + 1), list(map(len, rows)))
    order = np.argsort(row * (len(fields) + 1) + rank)
    numbers = np.array([-1, *map(FIELDS.index, fields)])
    return row[order], numbers[rank[order]], np.concatenate(texts)[order].tolist()


def _join(texts: list[str]) -> tuple[str, Ints]:
    lengths = np.fromiter((len(t) + 1 for t in texts), np.int64, len(texts))
    return "\n".join(texts) + "\n", np.concatenate([[0], np.cumsum(lengths)[:-1]]) if texts else np.zeros(0, np.int64)


def _pieces(joined: str, codes: npt.NDArray[np.uint32], vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """Start (characters) and id of every run of non-space characters."""
    space = IS_SPACE[codes]
    edges = np.flatnonzero(np.diff(space, prepend=True, append=True))  # start, end, start, end, …
    if not len(edges):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    width = 1 + (codes >= 0x80).view(np.int8) + (codes >= 0x800).view(np.int8) + (codes >= 0x10000).view(np.int8)
    behind = np.zeros(len(codes) + 1, np.int32 if len(codes) < 1 << 29 else np.int64)
    np.cumsum(width, out=behind[1:])
    begins = edges[::2].astype(np.int64)
    distinct, which = pieces_at(behind[begins].astype(np.int64), joined.encode("utf-8", "replace"))
    return begins, vocabulary.pieces(distinct)[which]


def _with_spaced_letters(documents: Documents) -> Documents:
    """Add a whole for every run of single letters: "p r a b o w o" also reads as one word, with digits among them, too."""
    length, kinds = documents.end - documents.start, documents.kinds()
    letter = (length == 1) & (kinds == WORD)
    single = letter | ((length == 1) & (kinds == NUMBER))
    apart = np.diff(documents.doc, prepend=-1) != 0
    gap = np.concatenate([[9], documents.start[1:] - documents.end[:-1]]) if len(length) else length
    # A wider gap than one character separates two spaced words.
    begins = single & ~(np.concatenate([[False], single[:-1]]) & ~apart & (gap <= 1))
    first = np.flatnonzero(begins)
    if not len(first):
        return documents
    group = np.cumsum(begins) - 1
    size = np.bincount(group[single & (group >= 0)], minlength=len(first))
    letters = np.bincount(group[letter & (group >= 0)], minlength=len(first))
    long = letters >= SPACED_LETTERS
    runs = [(int(f), int(f + n - 1)) for f, n in zip(first[long], size[long], strict=True)]
    if not runs:
        return documents
    rows = []
    for low, high in runs:
        text = documents.texts[documents.doc[low]]
        begin, finish = int(documents.start[low]), int(documents.end[high])
        surface = documents.vocabulary.surface_id(text[begin:finish], LETTERS)
        rows.append((int(documents.doc[low]), begin, finish, surface, low, high))
    extra = np.array(rows, np.int64).T
    joined = [np.concatenate([old, new]) for old, new in zip(_spans(documents), extra, strict=True)]
    doc, start, end, ids, first, last = (values[np.argsort(joined[4], kind="stable")] for values in joined)
    return replace(
        documents, span_doc=doc, span_start=start, span_end=end, span_id=ids, span_first=first, span_last=last
    )


def _spans(documents: Documents) -> tuple[Ints, ...]:
    d = documents
    return d.span_doc, d.span_start, d.span_end, d.span_id, d.span_first, d.span_last


def words(text: str) -> list[str]:
    """Folded word tokens of one short text, in order: how lexicon terms are read, by the same rules as documents."""
    from screening.text.pieces import cut
    from screening.text.vocabulary import folded

    found = []
    for piece in text.split():
        for token in cut(piece)[0]:
            if token.kind != PUNCT:
                found.append(folded(piece[token.start : token.end], token.kind))
    return [word for word in found if word] or [fold(text)]
