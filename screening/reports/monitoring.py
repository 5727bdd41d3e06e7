"""The periodic monitoring report: places and stages, never people, as print-ready HTML and as Markdown.

Same period, same tables, same text. Numbers behind which too few people stand are withheld (`labels.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.reports import charts, labels
from screening.reports.context import ReportContext
from screening.reports.html import render
from screening.reports.page import manifest_hash
from screening.reports.queue import queue
from screening.reports.summary import by_time, described
from screening.reports.summary_sheets import map_note
from screening.reports.vulnerability import grids, suppressed_tally, vulnerability

_AXES = {"phase": "Tahapan", "act": "Butir", "platform": "Platform", "unit": "Unit kerja", "band": "Prioritas telaah"}
_RESULTS = ("finding", "needs_clarification", "clear", "out_of_scope")


@dataclass(frozen=True)
class Monitoring:
    """The same report twice: a page to print and text to edit."""

    html: str
    markdown: str
    activities: int = 0  # dated in the period


def monitoring(
    activities: pd.DataFrame,
    findings: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    start: date,
    end: date,
    *,
    times: pd.DataFrame | None = None,
) -> Monitoring:
    """What was seen from `start` to `end` (local days, both included), beside the period of equal length before.

    `activities` JUDGED (all, or only those with finding rows; then `times` has happened_at and result of all), `findings`
    FINDINGS. Undated activities belong to no period and are counted apart. Raises
    UsageError when the period ends before it starts.
    """
    if end < start:
        raise UsageError(f"Masa laporan terbalik: {start} sampai {end}; tukar --from dan --to.")
    judged = activities if times is None else times
    days = judged["happened_at"].dt.tz_convert(context.zone).dt.date
    length = end - start + timedelta(days=1)
    now, before = (
        judged.loc[days.ge(first).fillna(False) & days.le(last).fillna(False), "result"].value_counts()
        for first, last in ((start, end), (start - length, start - timedelta(days=1)))
    )
    waiting = described(queue(findings, activities, context), context)
    words = waiting[waiting["day"].between(start.isoformat(), end.isoformat()).fillna(False).astype(bool)]
    places, tables = vulnerability(words), grids(words)
    rows, step = by_time(words)
    values: dict[str, Any] = {
        "start": start,
        "end": end,
        "results": [(labels.label("result", r), int(now.get(r, 0)), int(before.get(r, 0))) for r in _RESULTS],
        "total": (int(now.sum()), int(before.sum())),
        "undated": int(judged["happened_at"].isna().sum()),
        "findings": len(words),
        "tallies": {title: suppressed_tally(words, axis, places.threshold) for axis, title in _AXES.items()},
        "map_note": map_note(places),
        "points": _points(places.cells, tables),
        "stages": _stages(context.phase_table(waiting["contest"]), context.contest_names(), start, end),
        "limits": labels.limits(),
        "run": str(manifest.get("run_id") or manifest_hash(manifest)[:12]),
        "manifest_hash": manifest_hash(manifest),
    }
    live = context.phase_table(waiting["contest"])
    page = render(
        "pemantauan.html.j2",
        styles=("halaman.css", "berkas.css"),
        **values,
        chart=charts.timeline(rows, step, live, context.contest_names(), "Temuan menurut waktu") if len(words) else "",
        stage_key=charts.stage_key(),
        bars={title: charts.bars(tally) for title, tally in values["tallies"].items()},
        grids=[charts.heat(table, title) for title, table in tables.items()],
    )
    return Monitoring(page, _markdown(values), int(now.sum()))


def _points(cells: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The five largest cells as sentences: of the full map, and where that withholds most, of the tables per stage."""
    full = [
        f"{cell['phase']}: {cell['act']} di {cell['platform']}, {cell['unit']} "
        f"— {labels.count(cell['findings'])} temuan."
        for cell in cells.head(5).to_dict("records")
    ]
    pairs = [
        (-int(value), f"{stage}: {name} — {labels.count(value)} temuan.")
        for table in tables.values()
        for name, row in table.iterrows()
        for stage, value in row.items()
        if not pd.isna(value) and value
    ]
    return [*full, *(words for _, words in sorted(pairs))][:5]


def _stages(phases: pd.DataFrame, names: Mapping[str, str], start: date, end: date) -> list[str]:
    """Stages that overlap the period, and the next one after it, per contest."""
    lines = []
    for contest, stages in phases.sort_values("start").groupby("contest", sort=True):
        for stage in stages.to_dict("records"):
            first, last = date.fromisoformat(stage["start"][:10]), date.fromisoformat(stage["end"][:10])
            if first <= end and last >= start:
                lines.append(_stage_words("Berlangsung", contest, names, stage["phase"], first, last))
            elif first > end:
                lines.append(_stage_words("Berikutnya", contest, names, stage["phase"], first, last))
                break
    return lines


def _stage_words(when: str, contest: Any, names: Mapping[str, str], phase: str, first: date, last: date) -> str:
    span = labels.long_date(first) if first == last else f"{labels.long_date(first)} – {labels.long_date(last)}"
    return f"{when}: {names.get(contest, contest)}, {labels.label('phase', phase)} ({span})."


def _markdown(values: Mapping[str, Any]) -> str:
    def number(value: int | None) -> str:
        return labels.WITHHELD if value is None else labels.count(value)

    parts = [
        "# Laporan pemantauan netralitas ASN di media sosial",
        "**BAHAN TELAAH — BUKAN PUTUSAN**",
        f"Masa: {labels.long_date(values['start'])} – {labels.long_date(values['end'])}. Proses {values['run']}.",
        "## Yang dibaca",
        _table(
            ("Hasil awal", "Masa ini", "Masa sebelumnya"),
            [(name, number(a), number(b)) for name, a, b in values["results"]]
            + [("Jumlah", number(values["total"][0]), number(values["total"][1]))],
        ),
        f"Aktivitas tanpa tanggal (tidak masuk masa mana pun): {labels.count(values['undated'])}. "
        f"Baris telaah pada masa ini: {labels.count(values['findings'])}.",
        "## Tahapan",
        *_bullets(values["stages"], "Tidak ada tahapan yang tercatat."),
        "## Titik rawan",
        *_bullets(values["points"], "Tidak ada sel di atas ambang penyamaran."),
        values["map_note"],
    ]
    for title, tally in values["tallies"].items():
        parts += [
            f"## Menurut {title.lower()}",
            _table((title, "Temuan"), [(name, number(value)) for name, value in tally]),
        ]
    parts += ["## Batas", *_bullets(values["limits"], ""), f"Sidik catatan proses: `{values['manifest_hash']}`"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _bullets(lines: Sequence[str], empty: str) -> list[str]:
    return ["\n".join(f"- {_plain(line)}" for line in lines) or empty]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "Tidak ada."
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in rows])


def _plain(text: str) -> str:
    """Text that cannot break out of a Markdown cell or start markup of its own."""
    flat = " ".join(text.split())
    return "".join("\\" + character if character in "\\|`*_[]<>#!" else character for character in flat)
