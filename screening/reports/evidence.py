"""Evidence as the page shows it: each field cut into pieces, those that were noticed marked with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.labels import label, number
from screening.reports.queue import plain
from screening.reports.reasons import reasons_of
from screening.tables import MARKED

SHOWN = ("text", "target_text", "media_text", "picture_text", "target_account", "tagged")
_WHEN_MARKED = (
    "target_url",
)  # an address is shown among the facts anyway; as evidence only where something was noticed
_HIT, _REASON = 1, 2
Mark = tuple[int, int, int, str]  # start, end, kind, meaning
Hit = tuple[str, str, str, str, int, int]  # the columns MARKED


def hits_of(hits: pd.DataFrame, activity_ids: pd.Series) -> dict[str, list[Hit]]:
    """HITS of these activities only, grouped by activity."""
    grouped: dict[str, list[Hit]] = {activity: [] for activity in plain(activity_ids)}
    for hit in zip(*(plain(hits[name]) for name in MARKED), strict=True):
        if hit[0] in grouped:
            grouped[hit[0]].append(hit)
    return grouped


def fields(row: Mapping[Any, Any], hits: Iterable[Hit], context: ReportContext) -> list[list[Any]]:
    """`[label, [piece, …]]` per field with text; a piece is `[text]` or `[text, kind, meaning]` (2 = has points)."""
    marks = _marks(row, hits, context)
    return [
        [label("field", name), pieces(row[name], marks.get(name, []))]
        for name in (*SHOWN, *(name for name in _WHEN_MARKED if name in marks))
        if isinstance(row.get(name), str) and row[name]
    ]


def pieces(text: str, marks: Iterable[Mark]) -> list[list[Any]]:
    """The text cut at every mark's ends; joined again the pieces are the text (of a very long one, the part shown)."""
    marks = [*marks]
    if not marks and len(text) <= number("text_shown"):
        return [[text]] if text else []
    valid = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    begin, end = 0, len(text)
    if end > number("text_shown"):
        begin, end = _window(end, valid)
        # None begins before what is shown; a megabyte of marks stays quick.
        valid = [(start, min(stop, end), kind, words) for start, stop, kind, words in valid if start < end]
    out: list[list[Any]] = [[f"[… {begin} huruf sebelumnya tidak ditampilkan] "]] if begin else []
    edges = {begin, end, *[mark[0] for mark in valid], *[mark[1] for mark in valid]}
    for left, right in pairwise(sorted(edges)):
        kind = 0
        said: dict[str, None] = {}
        for start, stop, own, words in valid:
            if start <= left < stop and own >= kind:  # no mark begins or ends inside a piece
                if own > kind:  # where a reason stands, the mere hits need no words
                    kind, said = own, {}
                said[words] = None
        piece = text[left:right]
        out.append([piece, kind, "; ".join(filter(None, said))] if kind else [piece])
    return out + ([[f" [… {len(text) - end} huruf berikutnya tidak ditampilkan]"]] if end < len(text) else [])


def _window(length: int, marks: list[Mark]) -> tuple[int, int]:
    """What is shown of a text that is too long: around its first mark."""
    limit = number("text_shown")
    first = min((mark[0] for mark in marks), default=0)
    begin = max(0, min(first - limit // 8, length - limit))
    return begin, begin + limit


def _marks(row: Mapping[Any, Any], hits: Iterable[Hit], context: ReportContext) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for _, name, signal, surface, start, end in hits:
        text = row.get(name)
        if isinstance(text, str) and text[start:end] == surface:
            marks.setdefault(name, []).append((start, end, _HIT, context.signals.get(signal, signal)))
    for one in reasons_of(row["reasons"]):
        text = row.get(one.field) if one.quote else None
        if isinstance(text, str) and text[one.start : one.end] == one.quote:
            marks.setdefault(one.field, []).append((one.start, one.end, _REASON, one.text))
    return marks
