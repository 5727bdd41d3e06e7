"""Evidence as the page shows it: each field cut into pieces, those that were noticed marked with what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.labels import label, number
from screening.reports.queue import plain
from screening.tables import MARKED, decode

SHOWN = ("text", "target_text", "media_text", "target_account", "tagged")
_WHEN_MARKED = (
    "target_url",
)  # an address is shown among the facts anyway; as evidence only where something was noticed
_HIT, _REASON = 1, 2
Mark = tuple[int, int, int, str]  # start, end, kind, meaning


def hits_of(hits: pd.DataFrame, activity_ids: pd.Series) -> dict[str, list[dict[str, Any]]]:
    """HITS of these activities only, grouped by activity; other rows are never touched."""
    columns = list(MARKED)
    ids = {*plain(activity_ids)}
    wanted = hits.loc[[one in ids for one in plain(hits["activity_id"])], columns]
    grouped: dict[str, list[dict[str, Any]]] = {}
    for hit in zip(*(plain(wanted[name]) for name in columns), strict=True):
        grouped.setdefault(hit[0], []).append(dict(zip(columns, hit, strict=True)))
    return grouped


def fields(row: Mapping[Any, Any], hits: Iterable[Mapping[str, Any]], context: ReportContext) -> list[list[Any]]:
    """`[label, [piece, …]]` per field with text; a piece is `[text]` or `[text, kind, meaning]` (2 = has points)."""
    marks = _marks(row, hits, context)
    return [
        [label("field", name), pieces(row[name], marks.get(name, []))]
        for name in (*SHOWN, *(name for name in _WHEN_MARKED if name in marks))
        if isinstance(row[name], str) and row[name]
    ]


def pieces(text: str, marks: Iterable[Mark]) -> list[list[Any]]:
    """The text cut at every mark's ends; joined again the pieces are the text (of a very long one, the part shown)."""
    marks = [*marks]
    if not marks and len(text) <= number("text_shown"):
        return [[text]] if text else []
    valid = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    begin, end = _window(len(text), valid)
    valid = [mark for mark in valid if mark[0] < end and mark[1] > begin]  # a megabyte of marks stays quick
    edges = sorted({begin, end, *(edge for mark in valid for edge in mark[:2] if begin <= edge <= end)})
    out: list[list[Any]] = [[f"[… {begin} huruf sebelumnya tidak ditampilkan] "]] if begin else []
    for left, right in pairwise(edges):
        here = [(kind, words) for start, stop, kind, words in valid if start <= left and right <= stop]
        if not here:
            out.append([text[left:right]])
            continue
        kind = max(here)[0]  # where a reason stands, the mere hits need no words
        meaning = "; ".join(dict.fromkeys([words for own, words in here if own == kind and words]))
        out.append([text[left:right], kind, meaning])
    return out + ([[f" [… {len(text) - end} huruf berikutnya tidak ditampilkan]"]] if end < len(text) else [])


def _window(length: int, marks: list[Mark]) -> tuple[int, int]:
    limit = number("text_shown")
    if length <= limit:
        return 0, length
    first = min((mark[0] for mark in marks), default=0)
    begin = max(0, min(first - limit // 8, length - limit))
    return begin, begin + limit


def _marks(row: Mapping[Any, Any], hits: Iterable[Mapping[str, Any]], context: ReportContext) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for hit in hits:
        text = row.get(hit["field"])
        if isinstance(text, str) and text[hit["start"] : hit["end"]] == hit["surface"]:
            meaning = context.signals.get(hit["signal"], hit["signal"])
            marks.setdefault(hit["field"], []).append((hit["start"], hit["end"], _HIT, meaning))
    for part in decode(row["reasons"]):
        text = row.get(part.get("field") or "")
        start, end = part.get("start") or 0, part.get("end") or 0
        if isinstance(text, str) and part.get("quote") and text[start:end] == part["quote"]:
            marks.setdefault(part["field"], []).append((start, end, _REASON, str(part.get("text") or "")))
    return marks
