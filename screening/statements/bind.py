"""Hits become statements: who says or did what about whom, how it is meant, in which election and which channel.

One statement a hit; what cannot be bound has strength 0 and is evidence against nobody. Adding a detector adds statements
and takes none away. Binding knows no law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import starmap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from screening.statements.bind_types import Hit, Statement
from screening.statements.binder import Binder
from screening.statements.reading import Reading
from screening.statements.words import WordClasses, word_classes
from screening.tables import FIELDS, STATEMENTS, texts
from screening.text import Documents
from screening.text.slang import slang

if TYPE_CHECKING:
    from screening.ruleset import Ruleset

_HIT = ("field", "signal", "entry_id", "contestant_id", "surface", "start", "end", "strength", "detector", "how")


def bind(activities: pd.DataFrame, documents: Documents, hits: pd.DataFrame, ruleset: Ruleset) -> pd.DataFrame:
    """STATEMENTS of the HITS of ACTIVITIES, in the order of the hits; `documents` of the same activities.

    Of the ruleset only `lexicon`, `contests` and `signal_groups` are looked at.
    """
    if not len(hits):
        return STATEMENTS.empty()
    made = [
        (activity, number, one)
        for activity, found in bound(activities, documents, hits, binder_of(documents, ruleset))
        for number, one in enumerate(found)
    ]
    if not made:
        return STATEMENTS.empty()
    return STATEMENTS.of_columns(
        dict(zip(STATEMENTS.columns, map(list, zip(*starmap(_row, made), strict=True)), strict=True))
    )


def bound(
    activities: pd.DataFrame, documents: Documents, hits: pd.DataFrame, held: Binder
) -> Iterator[tuple[str, list[Statement]]]:
    """The id and the statements of each activity that has hits, in their order."""
    ids = _cells(hits["activity_id"])
    some = hits_of(hits, held)
    doc = documents.find(hits["activity_id"], hits["field"]).tolist()
    own = np.flatnonzero(documents.number == FIELDS.index("text"))
    own_text = dict(zip(documents.activity_ids[documents.activity[own]].tolist(), own.tolist(), strict=True))
    kinds, days = _kinds_and_days(activities, set(ids))
    read, field = Reader(documents).read, documents.field
    begin = 0
    for end in [*np.flatnonzero(np.array(ids[1:], object) != np.array(ids[:-1], object)).tolist(), len(ids) - 1]:
        activity = ids[begin]
        wanted = (set(doc[begin : end + 1]) | {own_text.get(activity, -1)}) - {-1}
        readings = {field[one]: read(one) for one in sorted(wanted)}
        yield (
            activity,
            held.statements(readings, some[begin : end + 1], days.get(activity), kinds.get(activity, "post")),
        )
        begin = end + 1


def binder_of(documents: Documents, ruleset: Ruleset) -> Binder:
    """The binder of a ruleset, made once for the vocabulary of the texts."""
    made: Binder = documents.vocabulary.remembered_of(
        "statements.binder", ruleset.lexicon, lambda: Binder(ruleset.lexicon, ruleset.contests, ruleset.signal_groups)
    )
    return made


def hits_of(hits: pd.DataFrame, held: Binder) -> list[Hit]:
    """The rows of HITS as binding takes them."""
    columns = {name: _cells(hits[name]) for name in _HIT}
    for name in ("entry_id", "contestant_id"):
        columns[name] = [cell or "" for cell in columns[name]]
    columns["strength"] = list(map(float, columns["strength"]))
    columns["group"] = [held.groups.get(signal, "") for signal in columns["signal"]]
    columns["kind"] = [held.kinds.get(entry, "number") for entry in columns["entry_id"]]
    return list(map(Hit._make, zip(*columns.values(), strict=True)))


def _kinds_and_days(activities: pd.DataFrame, ids: set[str]) -> tuple[dict[str, str], dict[str, date | None]]:
    """The kinds and local days of some activities, by their ids."""
    known = _cells(activities["activity_id"])
    kinds = {one: kind for one, kind in zip(known, _cells(activities["kind"]), strict=True) if one in ids}
    moments = activities["happened_at"].dt.tz_convert("Asia/Jakarta").dt.date
    days = {one: None if at is pd.NaT else at for one, at in zip(known, moments, strict=True) if one in ids}
    return kinds, days


def _row(activity: str, number: int, one: Statement) -> tuple[object, ...]:
    """The cells of a statement, in the order of STATEMENTS."""
    hit = one.proof
    return (
        f"{activity}-{number}", activity, one.field, one.start, one.end, one.speaker, one.predicate, one.meant, one.toward,
        one.election, one.channel, one.strength, one.supported, hit.detector, hit.how, hit.entry_id, hit.surface, hit.start,
        hit.end,
    )  # fmt: skip


def reading_of(documents: Documents, doc: int) -> Reading:
    """One text of `documents` as it is read for binding."""
    return Reader(documents).read(doc)


class Reader:
    """Reads texts of `documents` by their numbers; what they share is laid ready once."""

    def __init__(self, documents: Documents) -> None:
        self._texts = documents.texts
        self._first, self._ids = documents.first_token.tolist(), documents.id.tolist()
        self._start, self._end = documents.start.tolist(), documents.end.tolist()
        self._sentence = documents.sentence.tolist()
        self._forms, self._bits, self._opens = _known(documents)
        self._classes = word_classes()

    def read(self, doc: int, classes: WordClasses | None = None) -> Reading:
        """One text; `classes`: what marks its series, where others than those of the lists shall."""
        low, high = self._first[doc], self._first[doc + 1]
        ids, forms, bits, opens = self._ids[low:high], self._forms, self._bits, self._opens
        return Reading(
            self._texts[doc], [forms[one] for one in ids], [bits[one] for one in ids], self._start[low:high],
            self._end[low:high], self._sentence[low:high], self._classes if classes is None else classes,
            [at for at, one in enumerate(ids) if one in opens],
        )  # fmt: skip


def _known(documents: Documents) -> tuple[list[str], list[int], set[int]]:
    """Of every surface known now, worked out once each: its standard form, the bits of its classes, and whether its form
    opens a series (the ids of those that do)."""
    vocabulary = documents.vocabulary
    forms, bits, opens = vocabulary.remembered("statements.forms", lambda: ([], [], set()))
    if len(forms) < len(vocabulary):
        classes, usual = word_classes(), slang().get
        for form in vocabulary.folded[len(forms) :]:
            standard = usual(form, form)
            if standard in classes.series:
                opens.add(len(forms))
            forms.append(standard)
            bits.append(classes.of(standard, form))
    return forms, bits, opens


def _cells(column: pd.Series) -> list[Any]:
    """The cells of a column, None where there is nothing."""
    if column.dtype != "str":
        return column.tolist()
    return texts(column).to_pylist()
