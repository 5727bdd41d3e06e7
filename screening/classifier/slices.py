"""Stretches of documents as documents of their own: what the classifier reads where several contestants are spoken of."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from screening.classifier.told import Told
from screening.text import Documents
from screening.text.hashed import Ints


class Slices(NamedTuple):
    """Stretches of docs, in the order of their docs: the doc, its first and last word, and the characters they span."""

    doc: Ints
    first: Ints
    last: Ints
    start: Ints
    end: Ints


def slices_of(documents: Documents, stretches: list[tuple[int, int, int]]) -> Slices:
    """The stretches (doc, first word, last word), marks behind the last word included."""
    doc, first, last = (np.array(column, np.int64) for column in zip(*stretches, strict=True))
    behind = np.minimum(last + 1, len(documents.id) - 1)
    inside = (behind > last) & (documents.doc[behind] == doc)
    length = np.array([len(documents.texts[i]) for i in doc.tolist()], np.int64)
    return Slices(doc, first, last, documents.start[first], np.where(inside, documents.start[behind], length))


def sliced(documents: Documents, some: Slices) -> Documents:
    """The slices as documents, numbered from 0; characters are still those of the whole texts."""
    size = some.last - some.first + 1
    owner = np.repeat(np.arange(len(size)), size)
    token = np.arange(len(owner)) - np.repeat(np.cumsum(size) - size, size) + some.first[owner]
    span, span_owner = _within(documents.span_first, documents.span_last, some.first, some.last)
    mark, mark_owner = _marks(documents, some)
    begin = np.cumsum(size) - size
    return replace(
        documents,
        activity=documents.activity[some.doc],
        row=documents.row[some.doc],
        number=documents.number[some.doc],
        texts=[documents.texts[doc] for doc in some.doc.tolist()],
        doc=owner,
        start=documents.start[token],
        end=documents.end[token],
        id=documents.id[token],
        sentence=documents.sentence[token],
        span_doc=span_owner,
        span_start=documents.span_start[span],
        span_end=documents.span_end[span],
        span_id=documents.span_id[span],
        span_first=documents.span_first[span] - some.first[span_owner] + begin[span_owner],
        span_last=documents.span_last[span] - some.first[span_owner] + begin[span_owner],
        punct_doc=mark_owner,
        punct_start=documents.punct_start[mark],
        punct_id=documents.punct_id[mark],
    )


def _within(first: Ints, last: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Numbers of the spans that lie within each slice, and which slice."""
    begin, end = np.searchsorted(first, low), np.searchsorted(first, high, side="right")
    count = np.maximum(end - begin, 0)
    owner = np.repeat(np.arange(len(low)), count)
    span = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + begin[owner]
    kept = last[span] <= high[owner] if len(span) else np.zeros(0, bool)
    return span[kept], owner[kept]


_FAR = 1 << 32


def _marks(documents: Documents, some: Slices) -> tuple[Ints, Ints]:
    place = documents.punct_doc * _FAR + documents.punct_start
    begin = np.searchsorted(place, some.doc * _FAR + some.start)
    end = np.searchsorted(place, some.doc * _FAR + some.end)
    count = np.maximum(end - begin, 0)
    owner = np.repeat(np.arange(len(begin)), count)
    return np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + begin[owner], owner


def told_of(hits: Told, some: Slices) -> Told:
    """What hits say of the slices; `hits.doc` are the numbers of the docs they were cut from. Hits of other fields stay, for
    they tell that another field names somebody."""
    parts: list[tuple[Ints, Ints]] = []
    order = np.argsort(hits.doc * _FAR + hits.start, kind="stable")
    place = (hits.doc * _FAR + hits.start)[order]
    for number, (doc, _, _, start, end) in enumerate(zip(*(column.tolist() for column in some), strict=True)):
        low, high = np.searchsorted(place, doc * _FAR + start), np.searchsorted(place, doc * _FAR + end)
        mine = order[low:high]
        parts.append((mine, np.full(len(mine), number)))
    chosen = np.concatenate([mine for mine, _ in parts]) if parts else np.zeros(0, np.int64)
    owner = np.concatenate([number for _, number in parts]) if parts else np.zeros(0, np.int64)
    other = np.flatnonzero(~np.isin(hits.doc, np.unique(some.doc)))
    every = np.concatenate([chosen, other])
    doc = np.concatenate([owner, np.full(len(other), -1)])
    return Told(hits.activity[every], hits.number[every], doc, hits.start[every], hits.end[every], hits.signal[every])
