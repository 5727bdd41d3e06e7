"""Inline SVG without any style attribute or script (the page's content policy forbids both): bars, months, heat.

Colours are classes of the page's own style sheet; every chart has a title, and its numbers stand beside it as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup, escape

from screening.reports.labels import count, label, long_date, month_name, number

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 960, 300, 44, 64, 40


def bars(rows: Sequence[tuple[str, int | None]], threshold: int = 0) -> Markup:
    """Horizontal bars as list items: words, bar, number; a withheld number (None) shows only `<threshold`."""
    limit = number("chart_rows")
    shown = [*rows[:limit]]
    rest = [value for _, value in rows[limit:]]
    if rest:
        shown.append((f"lainnya ({len(rest)})", None if None in rest else sum(value or 0 for value in rest)))
    largest = max((value for _, value in shown if value), default=1)
    return Markup('<ul class="bars" role="list">{}</ul>').format(
        Markup("").join(_bar(name, value, largest, threshold) for name, value in shown)
    )


def _bar(name: str, value: int | None, largest: int, threshold: int) -> Markup:
    share = round(100 * (value or 0) / largest, 2)
    text = f"<{threshold} orang" if value is None else count(value)
    return Markup(
        '<li><span class="bar-name">{}</span><svg class="bar" aria-hidden="true" focusable="false">'
        '<rect class="rail" width="100%" height="100%" rx="3"/><rect class="fill" width="{}%" height="100%" rx="3"/></svg>'
        '<span class="bar-value">{}</span></li>'
    ).format(name, share, text)


def months(rows: Sequence[tuple[str, int]], phases: pd.DataFrame, title: str) -> Markup:
    """Columns per month with the stages of the contests marked above; `phases` has contest, phase, start, end (ISO)."""
    if not rows:
        return Markup('<p class="empty">Tidak ada peristiwa bertanggal.</p>')
    first = date.fromisoformat(rows[0][0] + "-01")
    last = pd.Period(rows[-1][0], "M").end_time.date()
    days = (last - first).days + 1
    plot = _WIDTH - _LEFT - 8

    def x(day: date) -> float:
        return round(_LEFT + plot * (day - first).days / days, 1)

    largest = max(value for _, value in rows) or 1
    parts = [*_stages(phases, first, last, x), *_axis(largest)]
    every = max(1, -(-len(rows) // 14))
    for at, (month, value) in enumerate(rows):
        start = date.fromisoformat(month + "-01")
        width = round(plot * pd.Period(month, "M").days_in_month / days, 1)
        height = round((_HEIGHT - _TOP - _BOTTOM) * value / largest, 1)
        name = f"{month_name(start.month)} {start.year}"
        parts.append(
            Markup('<rect class="column" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
                x(start) + 1, _HEIGHT - _BOTTOM - height, max(width - 2, 1), height, name, count(value)
            )
        )
        if at % every == 0:
            words = (month_name(start.month)[:3], str(start.year) if start.month == 1 or at == 0 else "")
            for line, text in enumerate(words):
                parts.append(_text(x(start) + width / 2, _HEIGHT - _BOTTOM + 16 + 15 * line, text, "tick", "middle"))
    return Markup('<svg class="months" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, _HEIGHT, title, Markup("").join(parts)
    )


def _stages(phases: pd.DataFrame, first: date, last: date, x: object) -> list[Markup]:
    """Bands of the stages that fall into the time shown; labels stand in three rows so that short stages stay readable."""
    out = []
    seen: set[tuple[str, str, str]] = set()
    table = phases.reindex(columns=["phase", "start", "end"]).dropna().sort_values(["start", "end"])
    for at, (phase, start, end) in enumerate(table.itertuples(index=False)):
        begin, stop = max(date.fromisoformat(start[:10]), first), min(date.fromisoformat(end[:10]), last)
        if begin > stop or (phase, start, end) in seen or phase in ("pre", "after"):
            continue
        seen.add((phase, start, end))
        left, right = x(begin), x(stop + (date.resolution if stop < last else 0 * date.resolution))  # type: ignore[operator]
        left = min(left, _WIDTH - 12)
        band = Markup('<rect class="stage stage-{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
            phase, left, _TOP - 8, max(round(right - left, 1), 2), _HEIGHT - _TOP - _BOTTOM + 8,
            f"{label('phase', phase)}: {long_date(date.fromisoformat(start[:10]))} – {long_date(date.fromisoformat(end[:10]))}",
        )  # fmt: skip
        row = len(out) // 2 % 3
        anchor = "end" if left > _WIDTH * 0.75 else "start"
        out += [band, _text(left, 14 + 17 * row, ("▾ " if anchor == "start" else "") + label("phase", phase), "stage-name", anchor)]
    return out


def _axis(largest: int) -> list[Markup]:
    out = []
    for share in (0, 0.5, 1):
        value = largest * share
        if value != int(value):
            continue
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share
        out.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, _WIDTH - 8, y, y))
        out.append(_text(_LEFT - 6, y + 4, count(value), "tick", "end"))
    return out


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        kind, round(x, 1), round(y, 1), anchor, escape(words)
    )


def heat(table: pd.DataFrame, caption: str, threshold: int) -> Markup:
    """A table whose cells are shaded by their number in five steps; a withheld cell says so in words."""
    if table.empty:
        return Markup('<p class="empty">Belum ada temuan untuk dipetakan.</p>')
    largest = int(table.max(skipna=True).max(skipna=True) or 0) or 1
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in table.columns)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            name, Markup("").join(_heat_cell(value, largest, threshold) for value in row)
        )
        for name, row in zip(table.index, table.itertuples(index=False), strict=True)
    )
    return Markup('<table class="heat"><caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>').format(
        caption, head, body
    )


def _heat_cell(value: object, largest: int, threshold: int) -> Markup:
    if pd.isna(value):
        return Markup('<td class="hidden-cell" title="kurang dari {} orang: disamarkan">&lt;{}</td>').format(threshold, threshold)
    number_ = int(value)  # type: ignore[call-overload]
    step = 0 if number_ == 0 else min(5, 1 + 4 * number_ // largest)
    return Markup('<td class="heat-{}">{}</td>').format(step, count(number_) if number_ else "·")
