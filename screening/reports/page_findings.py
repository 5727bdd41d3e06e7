"""The findings as the page's script reads them: JSON put together from columns, in which most values come again.

Encoding finding by finding takes longer than all else on the page, so a value is encoded once, together with its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from screening.reports import labels, sentences
from screening.reports.context import ReportContext
from screening.reports.evidence import Hit, fields, hits_of
from screening.reports.html import json_text
from screening.reports.queue import plain
from screening.reports.reasons import reasons_of
from screening.sheets.dialects import PIECE
from screening.tables import HIT_FIELDS, decode

# What the page takes from the queue itself: fields in which something may be noticed, and what the columns put together.
_FIELDS = (*HIT_FIELDS, "reasons")
_SOURCE = (
    *_FIELDS, "finding_id", "activity_id", "day", "visibility", "time_basis", "missing", "mitigating", "alternatives",
)  # fmt: skip
_TEXTS = {
    "id": "id_temuan",
    "band": "prioritas_telaah",
    "score": "skor",
    "points": "poin",
    "result": "hasil",
    "who": "nama_tersamar",
    "unit": "unit_kerja",
    "event": "peristiwa",
    "sasaran": "sasaran",
    "status": "status_sasaran",
    "phase": "tahapan_pemilu",
    "act": "kode_perbuatan",
    "law": "dasar_hukum",
    "identity": "keyakinan_identitas",
    "platform": "platform",
    "kind": "jenis_tindakan",
    "when": "waktu_kejadian",
    "link": "tautan",
    "account": "akun",
    "hash": "sha256_bukti",
    "source": "berkas_sumber",
    "activity": "id_aktivitas",
    "case": "id_kasus",
    "print": "sidik_baris",
    "due": "tenggat",
    "round": "putaran",
    "rules": "versi_aturan",
}


def page_findings(
    queue: pd.DataFrame, columns: Mapping[str, Sequence[Any]], hits: pd.DataFrame, context: ReportContext
) -> Iterator[str]:
    """The JSON of each finding of `queue`; `columns` are their review columns (and perhaps those of further ones)."""
    noticed = hits_of(hits, queue["activity_id"])
    past = {key: _past(prior) for key, prior in context.prior_table().to_dict("index").items()}
    every = {name: plain(queue[name]) for name in _SOURCE}
    for low in range(0, len(queue), PIECE):
        part = slice(low, min(low + PIECE, len(queue)))
        got = {name: values[part] for name, values in every.items()}
        missing = {cell: _missing(cell) for cell in dict.fromkeys(got["missing"])}
        # In the order in which the page has always had them.
        members = [
            *(_cells(key, columns[name][part]) for key, name in _TEXTS.items()),
            [missing[cell] for cell in got["missing"]],
            _evidence(got, noticed, context),
            ["" if missing[cell] else ',"missing":[]' for cell in got["missing"]],
            _words("for", got["mitigating"], lambda cell: [sentences.sentence(part) for part in decode(cell)]),
            _words("others", got["alternatives"], decode),
            _words("seen", got["visibility"], partial(labels.label, "visibility")),
            _words("clock", got["time_basis"], partial(labels.label, "time_basis")),
            [past.get(key, "") for key in got["finding_id"]],
        ]
        for found in zip(*members, strict=True):
            yield f"{{{''.join(found)[1:]}}}"


def _cells(key: str, values: Sequence[Any]) -> Iterator[str]:
    """The member of each finding for a review column; none for an empty cell."""
    known = {value: f',"{key}":{json_text(value)}' for value in dict.fromkeys(values)} | {"": ""}
    return map(known.__getitem__, values)


def _words(key: str, values: Sequence[Any], words: Callable[[Any], Any]) -> Iterator[str]:
    """The member of each finding for what `words` makes of a value."""
    known = {value: f',"{key}":{json_text(words(value))}' for value in dict.fromkeys(values)}
    return map(known.__getitem__, values)


def _missing(cell: Any) -> str:
    lines = sentences.missing_text(cell).split("\n")
    return f',"missing":{json_text(lines)}' if decode(cell) else ""


def _evidence(got: Mapping[str, list[Any]], noticed: Mapping[str, list[Hit]], context: ReportContext) -> Iterator[str]:
    """What is each finding's own: its day, its evidence in pieces, the parts of its score."""
    sources = (dict(zip(_FIELDS, values, strict=True)) for values in zip(*(got[name] for name in _FIELDS), strict=True))
    for source, activity, day in zip(sources, got["activity_id"], got["day"], strict=True):
        own = {
            "day": day if isinstance(day, str) else "",
            "evidence": fields(source, noticed.get(activity, []), context),
        }
        parts = ",".join([one.on_page for one in reasons_of(source["reasons"])])
        yield f',{json_text(own)[1:-1]},"parts":[{parts}]'


def _past(prior: Mapping[Any, Any]) -> str:
    """What people decided before about this finding, in words; nothing when nobody did."""
    told = {name: value for name, value in prior.items() if isinstance(value, str)}
    memory = told.get("memory", "")
    if not memory:
        return ""
    said = ", ".join(told[name] for name in ("prior_verdict", "prior_provision", "prior_on") if told.get(name))
    words = {"memory": labels.label("memory", memory), "said": said, "why": told.get("explanation", "")}
    return f",{json_text(words)[1:-1]}"
