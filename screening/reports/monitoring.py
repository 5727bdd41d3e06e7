"""The report of a period to the patron of the task force: places and stages, never people, as HTML and as Markdown.

It answers the duties of a task force (`data/satgas.toml`) from a run and its ledger alone: where the weak points lie at each
stage and whether they grow, what stage comes next, what became of recommendations. It counts activities, findings apart from
what needs clarification. Numbers behind which too few people stand are withheld (`labels.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.reports import charts, labels, task_force
from screening.reports.context import ReportContext
from screening.reports.html import render
from screening.reports.page import manifest_hash
from screening.reports.queue import queue
from screening.reports.stages import Trend, coming, trends
from screening.reports.summary import by_activity, by_time, described
from screening.reports.summary_sheets import map_note
from screening.reports.vulnerability import grids, suppressed_tally, vulnerability

Progress = Mapping[str, Sequence[tuple[str, int, int]]]
_AXES = {
    "phase": "Tahapan", "act": "Butir", "platform": "Platform", "unit": "Unit kerja", "band": "Prioritas telaah",
}  # fmt: skip
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
    progress: Progress | None = None,
    recipients: Iterable[tuple[str, str]] = (),
) -> Monitoring:
    """What was seen from `start` to `end` (local days, both included), beside the period of equal length before.

    `activities` JUDGED (all, or only those with finding rows; then `times` has happened_at and result of all), `findings`
    FINDINGS. `progress`: what the ledger tells of cases (`review.cases.progress`), None without a ledger; `recipients`: who is
    competent at the end, as (name, stage). Undated activities belong to no period and are counted apart. Raises UsageError
    when the period ends before it starts.
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
    until = waiting[waiting["day"].le(end.isoformat()).fillna(False).astype(bool)]
    places, tables = vulnerability(words), grids(words)
    rows, step = by_time(words)
    live = context.phase_table(waiting["contest"])
    names = context.contest_names()
    whole = by_activity(words)["found"]
    values: dict[str, Any] = {
        "start": start,
        "end": end,
        "force": task_force.force(context.jurisdictions),
        "duties": task_force.duties(),
        "results": [(labels.label("result", r), int(now.get(r, 0)), int(before.get(r, 0))) for r in _RESULTS],
        "total": (int(now.sum()), int(before.sum())),
        "undated": int(judged["happened_at"].isna().sum()),
        "findings": int(whole.sum()),
        "clarifications": int((~whole).sum()) if len(whole) else 0,
        "assessments": len(words),
        "tallies": {title: suppressed_tally(words, axis, places.threshold) for axis, title in _AXES.items()},
        "map_note": map_note(places),
        "points": _points(places.cells, tables),
        "stages": _stages(live, names, start, end),
        "trends": trends(until, live, names, start, end),
        "coming": coming(context, waiting["contest"], names, end),
        "progress": progress,
        "recipients": list(recipients),
        "limits": labels.limits(),
        "run": str(manifest.get("run_id") or manifest_hash(manifest)[:12]),
        "manifest_hash": manifest_hash(manifest),
    }
    page = render(
        "pemantauan.html.j2",
        styles=("halaman.css", "berkas.css"),
        **values,
        chart=charts.timeline(rows, step, live, names, "Aktivitas untuk ditelaah menurut waktu") if len(words) else "",
        stage_key=charts.stage_key(),
        bars={title: charts.bars(tally) for title, tally in values["tallies"].items()},
        grids=[charts.heat(table, title) for title, table in tables.items()],
    )
    return Monitoring(page, _markdown(values), int(now.sum()))


def _points(cells: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The five largest cells as sentences: of the full map, and where that withholds most, of the tables per stage."""
    full = [
        f"{cell['phase']}: {cell['act']} di {cell['platform']}, {cell['unit']} — "
        f"{labels.count(cell['findings'])} aktivitas dengan temuan, {labels.count(cell['clarifications'])} perlu klarifikasi."
        for cell in cells.head(5).to_dict("records")
    ]
    pairs = [
        (-int(value), f"{stage}: {name} — {labels.count(value)} {title.partition(': ')[2]}.")
        for title, table in tables.items()
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
    force = values["force"]
    parts = [
        "# Laporan pemantauan netralitas ASN di media sosial",
        "**BAHAN TELAAH — BUKAN PUTUSAN**",
        f"Kepada: {force.patron or '(pembina satgas)'}. Dari: {force.name}.",
        f"Masa: {labels.long_date(values['start'])} – {labels.long_date(values['end'])}. Proses {values['run']}.",
        "## Yang dibaca",
        _table(
            ("Hasil awal", "Masa ini", "Masa sebelumnya"),
            [(name, _number(a), _number(b)) for name, a, b in values["results"]]
            + [("Jumlah", _number(values["total"][0]), _number(values["total"][1]))],
        ),
        f"Aktivitas tanpa tanggal (tidak masuk masa mana pun): {labels.count(values['undated'])}. Untuk ditelaah pada masa ini: "
        f"{labels.count(values['findings'])} aktivitas dengan temuan awal dan {labels.count(values['clarifications'])} yang perlu "
        f"klarifikasi. Satu aktivitas dihitung satu kali, berapa pun butir yang dinilai ({labels.count(values['assessments'])} "
        "penilaian).",
        "## Tahapan",
        *_bullets(values["stages"], "Tidak ada tahapan yang tercatat."),
        _table(
            (
                "Pemilihan",
                "Tahapan",
                "Masa",
                "Temuan",
                "Perlu klarifikasi",
                "Per pekan",
                "Dibanding tahapan sebelumnya",
            ),
            [_trend(one) for one in values["trends"]],
        ),
        "### Tahapan berikutnya",
        *_bullets(values["coming"], "Tidak ada tahapan berikutnya yang tercatat dalam data pemilihan."),
        "## Titik rawan",
        *_bullets(values["points"], "Tidak ada sel di atas ambang penyamaran."),
        values["map_note"],
        "## Tindak lanjut",
        *_progress(values["progress"]),
        "## Penerima",
        *_bullets([f"{stage}: {name}" for name, stage in values["recipients"]], "Tidak ada penerima yang tercatat."),
    ]
    for title, tally in values["tallies"].items():
        parts += [
            f"## Menurut {title.lower()}",
            _table(
                (title, "Temuan (aktivitas)", "Perlu klarifikasi (aktivitas)"),
                [(one.name, _number(one.findings), _number(one.clarifications)) for one in tally],
            ),
        ]
    parts += ["## Susunan satgas", *_bullets([f"{role}: {office}" for role, office in force.members], "(diisi satgas)")]
    parts += ["## Batas", *_bullets(values["limits"], ""), f"Sidik catatan proses: `{values['manifest_hash']}`"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _number(value: int | None) -> str:
    return labels.WITHHELD if value is None else labels.count(value)


def _trend(one: Trend) -> tuple[str, ...]:
    return (
        one.contest, one.stage, one.span, _number(one.tally.findings), _number(one.tally.clarifications), one.per_week,
        one.change,
    )  # fmt: skip


def _progress(progress: Progress | None) -> list[str]:
    if progress is None:
        return ["Tanpa buku telaah (`--ledger`): tindak lanjut tidak dapat dihitung."]
    late, still = progress["late"][0][1:]
    return [
        _table(
            ("Tahap", "Kasus tercatat pada masa ini", "Kasus berada pada tahap ini"),
            [(name, str(inside), str(now)) for name, inside, now in progress["stages"]],
        ),
        _table(
            ("Peristiwa", "Kasus pada masa ini", "Kasus seluruhnya"),
            [(name, str(inside), str(ever)) for name, inside, ever in progress["events"]],
        ),
        f"Kasus terbuka: {still}; melewati tenggat: {late}.",
    ]


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
