"""Inline SVG without any style attribute or script (the page's content policy forbids both): bars, time, heat.

Colours are classes of the page's own style sheet; every chart has a title, and its numbers stand beside it as text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from screening.reports.labels import WITHHELD, count, label, long_date, month_name, number, words
from screening.reports.summary import Tally

_WIDTH, _LEFT = 960, 44


def bars(rows: Sequence[Tally]) -> Markup:
    """Horizontal bars as list items: words, a bar in two tones, both numbers; withheld numbers (None) say so."""
    limit = number("chart_rows")
    shown, rest = [*rows[:limit]], rows[limit:]
    if rest:
        sums = [None if None in column else sum(value or 0 for value in column) for column in (
            [one.findings for one in rest], [one.clarifications for one in rest],
        )]  # fmt: skip
        shown.append(Tally(f"lainnya ({len(rest)})", *sums))
    largest = max((one.total for one in shown if one.total), default=1)
    key = Markup(
        '<p class="small soft bars-key"><svg width="12" height="12" aria-hidden="true"><rect class="fill" width="12" height="12"/>'
        '</svg> temuan · <svg width="12" height="12" aria-hidden="true"><rect class="fill-open" width="12" height="12"/></svg>'
        " perlu klarifikasi (aktivitas)</p>"
    )
    return (key if shown else Markup("")) + Markup('<ul class="bars" role="list">{}</ul>').format(
        Markup("").join(_bar(one, largest) for one in shown)
    )


def _bar(row: Tally, largest: int) -> Markup:
    findings, total = row.findings or 0, row.total or 0
    text = WITHHELD if row.total is None else f"{count(findings)} + {count(total - findings)}"
    return Markup(
        '<li><span class="bar-name">{}</span><svg class="bar" aria-hidden="true" focusable="false">'
        '<rect class="rail" width="100%" height="100%" rx="3"/>'
        '<rect class="fill-open" width="{}%" height="100%" rx="3"/>'
        '<rect class="fill" width="{}%" height="100%" rx="3"/></svg>'
        '<span class="bar-value">{}</span></li>'
    ).format(row.name, round(100 * total / largest, 2), round(100 * findings / largest, 2), text)


def timeline(
    rows: Sequence[tuple[date, int]], days_each: int, phases: pd.DataFrame, names: dict[str, str], title: str
) -> Markup:
    """Columns per week or month under one strip of stages per contest.

    `rows`: first day of each step and its number, without gaps; `days_each`: 7, or 0 for calendar months. `phases` has
    contest, phase, start, end (ISO dates), `names` contest -> name; each contest in the time shown gets a strip.
    """
    if not rows:
        return Markup('<p class="empty">Tidak ada peristiwa bertanggal.</p>')
    first, last = rows[0][0], _next(rows[-1][0], days_each)
    width = _WIDTH - _LEFT - 8

    def x(day: date) -> float:
        return round(_LEFT + width * (min(max(day, first), last) - first).days / (last - first).days, 1)

    strips = _strips(phases, names, first, last, x)
    top = 26 + 34 * len(strips)
    height = top + 200
    largest = max(max(value for _, value in rows), 1)
    parts = [*(part for strip in strips for part in strip), *_axis(largest, top, height)]
    shown_month = 0
    for at, (day, value) in enumerate(rows):
        left, right = x(day), x(_next(day, days_each))
        tall = round(200 * value / largest, 1)
        name = f"pekan mulai {long_date(day)}" if days_each else f"{month_name(day.month)} {day.year}"
        parts.append(
            Markup('<rect class="column" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
                left + 1, round(height - tall, 1), max(round(right - left - 2, 1), 1), tall, name, count(value)
            )
        )
        if day.month != shown_month and (at == 0 or len(rows) < 130 or day.month % 3 == 1):
            shown_month = day.month
            lines = (month_name(day.month)[:3], str(day.year) if day.month == 1 or at == 0 else "")
            parts += [
                _text(left + 2, height + 17 + 16 * line, text, "tick", "start")
                for line, text in enumerate(lines)
                if text
            ]
    return Markup('<svg class="months" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, height + 42, title, Markup("").join(parts)
    )


def _next(day: date, days_each: int) -> date:
    if days_each:
        return day + timedelta(days=days_each)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _strips(
    phases: pd.DataFrame, names: dict[str, str], first: date, last: date, x: Callable[[date], float]
) -> list[list[Markup]]:
    """Per contest (at most four) a labelled strip of its stages; the stage names stand in the page's key beside it."""
    table = phases.reindex(columns=["contest", "phase", "start", "end"]).dropna().sort_values(["contest", "start"])
    strips: list[list[Markup]] = []
    for contest, stages in table.groupby("contest", sort=True):
        top = 34 * len(strips) + 18
        bands = []
        for stage in stages.itertuples():
            begin, stop = date.fromisoformat(str(stage.start)[:10]), date.fromisoformat(str(stage.end)[:10])
            if stop < first or begin >= last or stage.phase in ("pre", "after"):
                continue
            left, right = x(begin), x(stop + timedelta(days=1))
            name = f"{label('phase', stage.phase)}: {long_date(begin)} – {long_date(stop)}"
            bands.append(
                Markup(
                    '<rect class="stage stage-{}" x="{}" y="{}" width="{}" height="12"><title>{}</title></rect>'
                ).format(stage.phase, left, top, max(round(right - left, 1), 3), name)
            )
        if bands and len(strips) < 4:
            strips.append([_text(_LEFT, top - 5, names.get(str(contest), str(contest)), "stage-name", "start"), *bands])
    return strips


def _axis(largest: int, top: int, bottom: int) -> list[Markup]:
    out = []
    for share in (0, 0.5, 1):
        value = largest * share
        if value != int(value):
            continue
        y = bottom - (bottom - top) * share
        out.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, _WIDTH - 8, y, y))
        out.append(_text(_LEFT - 6, y + 4, count(value), "tick", "end"))
    return out


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        kind, round(x, 1), round(y, 1), anchor, escape(text)
    )


def stage_key() -> Markup:
    """The key of the strips: colour and word of every stage that is drawn."""
    names = [(phase, text) for phase, text in words("phase").items() if phase not in ("pre", "after")]
    return Markup('<ul class="key" role="list">{}</ul>').format(
        Markup("").join(
            Markup(
                '<li><svg width="14" height="14" aria-hidden="true">'
                '<rect class="stage stage-{}" width="14" height="14"/></svg> {}</li>'
            ).format(phase, text)
            for phase, text in names
        )
    )


def heat(table: pd.DataFrame, caption: str) -> Markup:
    """A table whose cells are shaded by their number in five steps; a withheld cell says so in words."""
    if table.empty:
        return Markup('<p class="empty">Belum ada temuan untuk dipetakan.</p>')
    largest = int(table.fillna(0).to_numpy().max()) or 1
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in table.columns)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            name, Markup("").join(_heat_cell(value, largest) for value in row)
        )
        for name, row in zip(table.index, table.itertuples(index=False), strict=True)
    )
    return Markup(
        '<table class="heat"><caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, head, body)


def _heat_cell(value: Any, largest: int) -> Markup:
    if pd.isna(value):
        return Markup('<td class="hidden-cell">{}</td>').format(WITHHELD)
    number_ = int(value)
    step = 0 if number_ == 0 else min(5, 1 + 4 * number_ // largest)
    return Markup('<td class="heat-{}">{}</td>').format(step, count(number_) if number_ else "·")
