"""Hits become statements: who says or did what about whom, how it is meant, in which election and which channel.

One statement a hit; what cannot be bound has strength 0 and is evidence against nobody. Adding a detector adds statements
and takes none away. Binding knows no law.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from screening.statements.bind_types import Hit, Statement
from screening.statements.binder import Binder
from screening.statements.reading import Reading
from screening.statements.words import word_classes
from screening.tables import FIELDS, STATEMENTS, texts
from screening.text import Documents
from screening.text.hashed import Ints
from screening.text.slang import slang

_HIT = ("field", "signal", "entry_id", "contestant_id", "surface", "start", "end", "strength", "detector", "how")


def bind(activities: pd.DataFrame, documents: Documents, hits: pd.DataFrame, ruleset: Any) -> pd.DataFrame:
    """STATEMENTS of the HITS of ACTIVITIES, in the order of the hits; `documents` of the same activities.

    `ruleset` needs `lexicon`, `contests` and `signal_groups`.
    """
    if not len(hits):
        return STATEMENTS.empty()
    held: Binder = documents.vocabulary.remembered_of(
        "statements.binder", ruleset.lexicon, lambda: Binder(ruleset.lexicon, ruleset.contests, ruleset.signal_groups)
    )
    columns = {name: _cells(hits[name]) for name in _HIT}
    ids = _cells(hits["activity_id"])
    doc = documents.find(hits["activity_id"], hits["field"]).tolist()
    own = np.flatnonzero(documents.number == FIELDS.index("text"))
    own_text = dict(zip(documents.activity_ids[documents.activity[own]].tolist(), own.tolist(), strict=True))
    kinds = dict(zip(_cells(activities["activity_id"]), _cells(activities["kind"]), strict=True))
    moments = activities["happened_at"].dt.tz_convert("Asia/Jakarta").dt.date
    days = {
        one: None if at is pd.NaT else at for one, at in zip(_cells(activities["activity_id"]), moments, strict=True)
    }
    rows: list[dict[str, Any]] = []
    cells = list(zip(*columns.values(), strict=True))
    begin = 0
    for end in [*np.flatnonzero(np.array(ids[1:], object) != np.array(ids[:-1], object)).tolist(), len(ids) - 1]:
        activity = ids[begin]
        some = [
            Hit(
                f,
                s,
                e or "",
                c or "",
                u,
                a,
                z,
                float(t),
                d,
                h,
                held.groups.get(s, ""),
                held.kinds.get(e or "", "number"),
            )
            for f, s, e, c, u, a, z, t, d, h in cells[begin : end + 1]
        ]
        wanted = (set(doc[begin : end + 1]) | {own_text.get(activity, -1)}) - {-1}
        readings = {documents.field[one]: reading_of(documents, one) for one in sorted(wanted)}
        for number, one in enumerate(held.statements(readings, some, days.get(activity), kinds.get(activity, "post"))):
            rows.append(_row(activity, number, one))
        begin = end + 1
    return STATEMENTS.build(rows)


def _row(activity: str, number: int, one: Statement) -> dict[str, Any]:
    hit = one.proof
    return {
        "statement_id": f"{activity}-{number}", "activity_id": activity, "field": one.field, "start": one.start,
        "end": one.end, "speaker": one.speaker, "predicate": one.predicate, "meant": one.meant, "toward": one.toward,
        "election": one.election, "channel": one.channel, "strength": one.strength,
        "supported": one.supported,
        "detector": hit.detector, "how": hit.how, "entry_id": hit.entry_id,
        "quote": hit.surface, "quote_start": hit.start, "quote_end": hit.end,
    }  # fmt: skip


def reading_of(documents: Documents, doc: int) -> Reading:
    """One text of `documents` as it is read for binding."""
    low, high = int(documents.first_token[doc]), int(documents.first_token[doc + 1])
    usual, folded = slang().get, documents.vocabulary.folded
    ids = documents.id[low:high]
    forms = [usual(form, form) for form in [folded[i] for i in ids.tolist()]]
    return Reading(
        documents.texts[doc], forms, _bits(documents)[ids].tolist(), documents.start[low:high].tolist(),
        documents.end[low:high].tolist(), documents.sentence[low:high].tolist(), word_classes(),
    )  # fmt: skip


def _bits(documents: Documents) -> Ints:
    """The classes of every surface known now, worked out once each."""
    vocabulary, classes, usual = documents.vocabulary, word_classes(), slang().get
    known: Ints = vocabulary.memo.get("statements.bits", np.zeros(0, np.int64))
    if len(known) < len(vocabulary):
        new = [classes.of(usual(form, form), form) for form in vocabulary.folded[len(known) :]]
        known = vocabulary.memo["statements.bits"] = np.concatenate([known, np.array(new, np.int64)])
    return known


def _cells(column: pd.Series) -> list[Any]:
    """The cells of a column, None where there is nothing."""
    if column.dtype != "str":
        return column.tolist()
    return texts(column).to_pylist()
