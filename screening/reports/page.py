"""laporan.html: one offline file with summary, charts, the findings as embedded data, and a place to decide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from screening.completeness import Gap
from screening.reports import charts, labels
from screening.reports.cases import case_rows, named
from screening.reports.context import ReportContext
from screening.reports.guide import parts
from screening.reports.html import embedded_items, stream
from screening.reports.page_findings import page_findings
from screening.reports.queue import plain
from screening.reports.summary import Counts, by_time, tally, undated
from screening.reports.summary_sheets import map_note
from screening.reports.vulnerability import Map
from screening.sheets import LISTS

TEMPLATE = "laporan.html.j2"
_CASES = 500  # cases listed at the top of the page; the rest is in the rows below


def page_pieces(
    queue: pd.DataFrame,
    columns: Mapping[str, Sequence[Any]],
    words: pd.DataFrame,
    hits: pd.DataFrame,
    counts: Counts,
    files: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    places: Map,
    tables: Mapping[str, pd.DataFrame],
    gaps: Sequence[Gap] = (),
) -> Iterator[str]:
    """The page as pieces of text; `queue`, its review `columns` (both perhaps only the first) and `words` hold the same findings in
    the same order, `places` and `tables` are the map and the grids of `words`."""
    limit = labels.number("page_findings")
    shown = queue.head(limit)
    first = ([*values[:100]] for values in columns.values())
    head = [dict(zip(columns, values, strict=True)) for values in zip(*first, strict=True)]
    yield from stream(
        TEMPLATE,
        styles=("halaman.css", "laporan.css", *(("gambar.css",) if context.pictures else ())),
        scripts=("sel.js", "laporan.js", *(("gambar.js",) if context.pictures else ())),
        counts=counts,
        gaps=gaps,
        about=_about_run(manifest, words, context),
        cases=case_rows(named(_rows(columns), plain(queue["contest"]), context.contest_names()))[:_CASES],
        case_total=counts.numbers.cases,
        findings=len(words),
        shown=min(len(words), len(shown)),
        manifest=_flat(manifest),
        files=_files(files),
        manifest_hash=manifest_hash(manifest),
        run=str(manifest.get("run_id") or manifest_hash(manifest)[:12]),
        guide=parts("page"),
        rules=", ".join(sorted({*map(str, columns["versi_aturan"])})) or str(manifest.get("ruleset_version") or "—"),
        bands=tally(words, "band"),
        undated=undated(words),
        follow_up=context.follow_up.to_dict("records"),
        charts=_charts(words, context),
        stage_key=charts.stage_key(),
        places=places,
        map_note=map_note(places),
        grids=[charts.heat(table, title) for title, table in tables.items()],
        head=head,
        data=embedded_items(
            _about(manifest, context) | _pictures(shown, context),
            "findings",
            page_findings(shown, columns, hits, context),
        ),
    )


def _pictures(shown: pd.DataFrame, context: ReportContext) -> dict[str, Any]:
    """The pictures of the findings that are shown; no member where none were read."""
    if not context.pictures:
        return {}
    wanted = dict.fromkeys(plain(shown["activity_id"]))
    return {
        "pictures": {one: [each.words() for each in context.pictures[one]] for one in wanted if one in context.pictures}
    }


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _about_run(manifest: Mapping[str, Any], words: pd.DataFrame, context: ReportContext) -> list[tuple[str, str]]:
    """What a printed page must say about itself: whose people, which period, with which lists."""
    days = sorted(words["day"].dropna())
    agencies = sorted({*context.subject_table()["agency"].dropna()} - {""})
    options = manifest.get("options")
    options = options if isinstance(options, Mapping) else {}
    lists = (("Daftar pegawai", "roster"), ("Daftar akun", "accounts"))
    given = {name: (options.get(key) or {}).get("name", "tidak dipakai") for name, key in lists}
    shown = ", ".join(agencies[:3]) + (f" dan {len(agencies) - 3} lainnya" if len(agencies) > 3 else "")
    span = (
        " – ".join(dict.fromkeys(labels.long_date(date.fromisoformat(day)) for day in (days[0], days[-1])))
        if days
        else ""
    )
    return [
        ("Instansi", shown or "tidak disebut dalam daftar pegawai"),
        ("Masa peristiwa", span or "tidak ada peristiwa bertanggal"),
        *given.items(),
    ]


def _charts(words: pd.DataFrame, context: ReportContext) -> list[tuple[str, Any]]:
    titles = {
        "act": "Menurut butir",
        "phase": "Menurut tahapan",
        "platform": "Menurut platform",
        "unit": "Menurut unit kerja",
    }
    rows, step = by_time(words)
    live = context.phase_table(words["contest"])
    time = charts.timeline(
        rows, step, live, context.contest_names(), "Aktivitas untuk ditelaah menurut waktu dengan tahapan pemilihan"
    )
    return [("time", time), *((title, charts.bars(tally(words, name))) for name, title in titles.items())]


def _about(manifest: Mapping[str, Any], context: ReportContext) -> dict[str, Any]:
    """What the page's script needs besides the findings."""
    acts = {
        str(code): {
            "text": _text(act["summary"]),
            "seen": _observability(act["observability"]),
        }
        for code, act in context.act_table().to_dict("index").items()
    }
    return {
        "run": str(manifest.get("run_id") or ""),
        "acts": acts,
        "choices": LISTS["putusan"],
        "none": list(LISTS["butir"]),
    }


def _observability(value: Any) -> str:
    """`A`, `B`, `C` (also `A_export` …) or a word, as a phrase."""
    code = _text(value)
    return labels.label("observability", code[:1] if code[1:2] in ("", "_") else code)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _files(files: pd.DataFrame) -> list[dict[str, Any]]:
    """The files that were met, the largest losses first, at most two hundred."""
    lost = files.assign(lost=files["warning"].notna())
    table = lost.sort_values(["lost", "rejected", "source_file"], ascending=[False, False, True]).head(200)
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
