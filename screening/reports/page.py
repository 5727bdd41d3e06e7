"""laporan.html: one offline file with summary, charts, the findings as embedded data, and a place to decide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from screening.reports import charts, labels, sentences
from screening.reports.context import ReportContext
from screening.reports.evidence import fields, hits_of
from screening.reports.guide import parts
from screening.reports.html import embedded_items, stream
from screening.reports.queue import plain
from screening.reports.summary import Counts, by_time, tally, undated
from screening.reports.summary_sheets import map_note
from screening.reports.vulnerability import Map
from screening.sheets import LISTS
from screening.tables import HIT_FIELDS, decode

TEMPLATE = "laporan.html.j2"
_TEXTS = {
    "id": "id_temuan",
    "band": "tingkat",
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
    "missing": "belum_terbukti",
}
# What the page takes from the queue itself: fields in which something may be noticed, and what the rows put together.
_SOURCE = (
    "finding_id", "activity_id", *HIT_FIELDS, "day", "visibility", "time_basis", "reasons", "missing", "mitigating",
    "alternatives",
)  # fmt: skip


def page_pieces(
    queue: pd.DataFrame,
    rows: Sequence[Mapping[str, Any]],
    words: pd.DataFrame,
    hits: pd.DataFrame,
    counts: Counts,
    files: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    places: Map,
    tables: Mapping[str, pd.DataFrame],
) -> Iterator[str]:
    """The page as pieces of text; `queue`, `rows` (both perhaps only the first) and `words` hold the same findings in the same
    order, `places` and `tables` are the map and the grids of `words`."""
    limit = min(labels.number("page_findings"), len(rows))
    yield from stream(
        TEMPLATE,
        styles=("halaman.css", "laporan.css"),
        scripts=("sel.js", "laporan.js"),
        counts=counts,
        findings=len(words),
        shown=min(len(words), limit),
        manifest=_flat(manifest),
        files=_files(files),
        manifest_hash=manifest_hash(manifest),
        run=str(manifest.get("run_id") or manifest_hash(manifest)[:12]),
        guide=parts("page"),
        rules=", ".join(sorted({str(row["versi_aturan"]) for row in rows}))
        or str(manifest.get("ruleset_version") or "—"),
        bands=tally(words, "band"),
        undated=undated(words),
        follow_up=context.follow_up.to_dict("records"),
        charts=_charts(words, context),
        stage_key=charts.stage_key(),
        places=places,
        map_note=map_note(places),
        grids=[charts.heat(table, title) for title, table in tables.items()],
        head=rows[:100],
        data=_data(queue.head(limit), rows[:limit], hits, manifest, context),
    )


def _charts(words: pd.DataFrame, context: ReportContext) -> list[tuple[str, Any]]:
    titles = {
        "act": "Menurut butir",
        "phase": "Menurut tahapan",
        "platform": "Menurut platform",
        "unit": "Menurut unit kerja",
    }
    rows, step = by_time(words)
    live = context.phase_table(words["contest"])
    time = charts.timeline(rows, step, live, context.contest_names(), "Temuan menurut waktu dengan tahapan pemilihan")
    return [("time", time), *((title, charts.bars(tally(words, name))) for name, title in titles.items())]


def _data(
    queue: pd.DataFrame,
    rows: Sequence[Mapping[str, Any]],
    hits: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
) -> Iterator[str]:
    noticed = hits_of(hits, queue["activity_id"])
    acts = {
        str(code): {
            "text": _text(act["summary"]),
            "sanction": _text(act["sanction"]),
            "seen": _observability(act["observability"]),
        }
        for code, act in context.act_table().to_dict("index").items()
    }
    past = context.prior_table().to_dict("index")
    names = [name for name in _SOURCE if name in queue]
    sources = (
        dict(zip(names, values, strict=True)) for values in zip(*(plain(queue[name]) for name in names), strict=True)
    )
    findings = (
        _finding(source, row, noticed.get(source["activity_id"], []), context)
        | _past(past.get(source["finding_id"], {}))
        for source, row in zip(sources, rows, strict=True)
    )
    about = {
        "run": str(manifest.get("run_id") or ""),
        "acts": acts,
        "choices": LISTS["putusan"],
        "none": list(LISTS["butir"]),
    }
    return embedded_items(about, "findings", findings)


def _finding(
    source: Mapping[Any, Any], row: Mapping[str, Any], hits: list[dict[str, Any]], context: ReportContext
) -> dict[str, Any]:
    out: dict[str, Any] = {
        key: value for key, name in _TEXTS.items() if (value := row[name]) != "" and value is not None
    }
    parts = decode(source["reasons"])
    return out | {
        "day": _text(source["day"]),
        "evidence": fields(source, hits, context),
        "parts": [
            [str(part.get("text") or part.get("code")), part.get("points", 0), str(part.get("quote") or "")]
            for part in parts
        ],
        "missing": sentences.missing_text(source["missing"]).split("\n") if decode(source["missing"]) else [],
        "for": [sentences.sentence(part) for part in decode(source["mitigating"])],
        "others": decode(source["alternatives"]),
        "seen": labels.label("visibility", source["visibility"]),
        "clock": labels.label("time_basis", source["time_basis"]),
    }


def _past(prior: Mapping[Any, Any]) -> dict[str, Any]:
    """What people decided before about this finding, in words; nothing when nobody did."""
    memory = _text(prior.get("memory"))
    if not memory:
        return {}
    said = ", ".join(
        part for part in (_text(prior.get(name)) for name in ("prior_verdict", "prior_provision", "prior_on")) if part
    )
    return {"memory": labels.label("memory", memory), "said": said, "why": _text(prior.get("explanation"))}


def _observability(value: Any) -> str:
    """`A`, `B`, `C` (also `A_export` …) or a word, as a phrase."""
    code = _text(value)
    return labels.label("observability", code[:1] if code[1:2] in ("", "_") else code)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _files(files: pd.DataFrame) -> list[dict[str, Any]]:
    """The files that were read, the largest losses first, at most two hundred."""
    table = files.sort_values(["rejected", "source_file"], ascending=[False, True]).head(200)
    return [
        {str(key): (None if pd.isna(value) else value) for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def _flat(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Scalars of the manifest, one level down, for the page; lists stay in manifest.json."""
    out: list[tuple[str, str]] = []
    for key, value in manifest.items():
        inner = value.items() if isinstance(value, Mapping) else [("", value)]
        out += [
            (f"{key}.{name}" if name else str(key), str(item))
            for name, item in inner
            if isinstance(item, str | int | float)
        ]
    return out[:80]


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of the manifest as canonical JSON."""
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
