"""The sheets RINGKASAN (counts with charts) and PETA KERAWANAN of the workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from screening.completeness import Gap
from screening.reports.labels import WITHHELD, number
from screening.reports.summary import Counts, Tally
from screening.reports.vulnerability import Map
from screening.sheets import guard

TALLY_TITLES = {
    "band": "Menurut prioritas telaah",
    "result": "Menurut hasil",
    "phase": "Menurut tahapan",
    "act": "Menurut butir",
    "platform": "Menurut platform",
    "unit": "Menurut unit kerja",
    "contestant": "Menurut sasaran",
    "month": "Menurut bulan",
}
_MONTH = re.compile(r"[A-Z][a-z]{2} \d{4}")  # our own labels: a text cell is enough, no apostrophe on the chart
STAGE_COLOURS = ("#1F3A5F", "#2F5D62", "#7A4B00", "#B5651D", "#7A1020", "#4A4E69", "#8A8D91", "#5C5C5C")
_AXIS = {"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}, "num_format": "0"}


def write_summary(
    book: Any, sheet: Any, counts: Counts, tallies: dict[str, list[Tally]], gaps: Sequence[Gap] = ()
) -> None:
    """Reconciling counts, then one table with a bar chart beside it for each tally (name -> rows)."""
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3A5F"})
    head = book.add_format({"bold": True, "bg_color": "#E8ECF3", "bottom": 1})
    text = book.add_format({"valign": "top", "text_wrap": True})
    good = book.add_format({"bold": True, "font_color": "#14532D" if counts.reconciles else "#7A1020"})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 2, 12)
    sheet.write_string(0, 0, "RINGKASAN — BAHAN TELAAH, BUKAN PUTUSAN", title)
    told = counts.numbers
    lines = (
        ("Untuk ditelaah: pegawai (atau akun yang pemiliknya belum dikenali)", told.people),
        ("Untuk ditelaah: kasus (satu pegawai dalam satu pemilihan)", told.cases),
        ("Untuk ditelaah: aktivitas", told.activities),
        ("Untuk ditelaah: penilaian (satu aktivitas terhadap satu butir; baris lembar TELAAH)", told.assessments),
        ("Aktivitas dibaca", counts.read),
        ("  disaring", counts.screened),
        ("  duplikat", counts.duplicate),
        ("  ditolak", counts.rejected),
        ("  di luar lingkup", counts.out_of_scope),
        ("Dari yang disaring: aktivitas dengan temuan", counts.finding),
        ("Dari yang disaring: aktivitas yang perlu klarifikasi", counts.needs_clarification),
        ("Dari yang disaring: aktivitas bukan temuan", counts.clear),
    )
    for at, (name, value) in enumerate(lines, 2):
        sheet.write_string(at, 0, name, text)
        sheet.write_number(at, 1, value)
    line = len(lines) + 2
    verdict = "Jumlah cocok: dibaca = disaring + duplikat + ditolak + di luar lingkup."
    sheet.write_string(line, 0, verdict if counts.reconciles else "JUMLAH TIDAK COCOK — periksa manifest.json.", good)
    line = _gaps(sheet, line + 2, gaps, head, text)
    for name, rows in tallies.items():
        line = _table(book, sheet, line, TALLY_TITLES[name], rows, (head, text))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _gaps(sheet: Any, line: int, gaps: Sequence[Gap], head: Any, text: Any) -> int:
    """The block Kelengkapan; returns the line for the next."""
    sheet.write_string(line, 0, "Kelengkapan: yang tidak dapat dilihat proses ini", head)
    sheet.write_string(line, 1, "", head)
    for gap in gaps:
        line += 1
        mark = "PERINGATAN: " if gap.level == "peringatan" else ""
        sheet.write_string(line, 0, guard(f"{mark}{gap.what}" + (f" — {gap.remedy}" if gap.remedy else "")), text)
        sheet.write_number(line, 1, gap.count)
        for case in gap.cases:
            line += 1
            sheet.write_string(line, 0, guard(f"    {case}"), text)
    if not gaps:
        line += 1
        sheet.write_string(line, 0, "(tidak ada yang hilang atau terlewat)", text)
    return line + 3


def _table(book: Any, sheet: Any, line: int, title: str, rows: Sequence[Tally], styles: tuple[Any, Any]) -> int:
    """One table at `line` with its chart on the right; returns the line for the next."""
    head, text = styles
    sheet.set_row(line, 48)
    sheet.write_string(line, 0, title, head)
    for column, words in enumerate(("Temuan (aktivitas)", "Perlu klarifikasi (aktivitas)"), 1):
        sheet.write_string(line, column, words, head)
    for at, row in enumerate(rows, line + 1):
        _label(sheet, at, row.name, text)
        sheet.write_number(at, 1, row.findings or 0)
        sheet.write_number(at, 2, row.clarifications or 0)
    if not rows:
        sheet.write_string(line + 1, 0, "(tidak ada)", text)
        return line + 4
    shown = min(len(rows), number("chart_rows"))
    months = title == TALLY_TITLES["month"]
    last = line + (len(rows) if months else shown)
    chart = book.add_chart({"type": "column" if months else "bar", "subtype": "stacked"})
    for column, (words, colour) in enumerate((("temuan", "#2F5D62"), ("perlu klarifikasi", "#9CC3C4")), 1):
        chart.add_series(
            {
                "name": words,
                "categories": ["RINGKASAN", line + 1, 0, last, 0],
                "values": ["RINGKASAN", line + 1, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_x_axis(_AXIS if title != TALLY_TITLES["month"] else {})
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(
        _AXIS
        if title == TALLY_TITLES["month"]
        else {"reverse": True, "interval_unit": 1, "major_gridlines": {"visible": False}}
    )
    height = max(200, 60 + (36 if max(len(row.name) for row in rows) > 40 else 26) * shown)
    chart.set_size({"width": 640, "height": height})
    sheet.insert_chart(line, 4, chart, {"description": title})
    return line + max(len(rows) + 3, height // 20 + 2)


def write_map(book: Any, sheet: Any, places: Map, grids: dict[str, Any]) -> None:
    """Three tables against the stages with a chart, then the cells of the map, most findings first."""
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3A5F"})
    head = book.add_format(
        {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "text_wrap": True, "valign": "top"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5D9E0"})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 56)
    sheet.set_column(1, 3, 26)
    sheet.set_column(4, 9, 16)
    sheet.write_string(0, 0, "PETA KERAWANAN", title)
    sheet.write_string(1, 0, map_note(places))
    line = 3
    for name, table in grids.items():
        line = _grid(book, sheet, line, name, table, (head, text))
    sheet.write_string(line, 0, "Sel tahapan × butir × platform × unit", title)
    for at, name in enumerate(
        ("Butir", "Tahapan", "Unit kerja", "Platform", "Temuan (aktivitas)", "Perlu klarifikasi (aktivitas)", "Pegawai")
    ):
        sheet.write_string(line + 1, at, name, head)
    for at, cell in enumerate(places.cells.itertuples(index=False), line + 2):
        _label(sheet, at, str(cell.act), text)
        for column, value in enumerate((cell.phase, cell.unit, cell.platform), 1):
            sheet.write_string(at, column, guard(str(value)), text)
        sheet.write_number(at, 4, cell.findings, text)
        sheet.write_number(at, 5, cell.clarifications, text)
        sheet.write_number(at, 6, cell.subjects, text)
    if places.cells.empty:
        sheet.write_string(line + 2, 0, "(tidak ada sel di atas ambang)", text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _grid(book: Any, sheet: Any, line: int, name: str, table: Any, styles: tuple[Any, Any]) -> int:
    """One table against the stages with its stacked bars; returns the line for the next."""
    head, text = styles
    sheet.set_row(line, 32)
    for at, words in enumerate((name, *table.columns)):
        sheet.write_string(line, at, words, head)
    for at, (row, values) in enumerate(zip(table.index, table.itertuples(index=False), strict=True), line + 1):
        _label(sheet, at, str(row), text)
        for column, value in enumerate(values, 1):
            if value is pd.NA or pd.isna(value):
                sheet.write_string(at, column, WITHHELD, text)
            else:
                sheet.write_number(at, column, int(value), text)
    if table.empty:
        sheet.write_string(line + 1, 0, "(tidak ada)", text)
        return line + 3
    if not (table.fillna(0) > 0).any(axis=None):
        return line + len(table) + 3  # everything withheld: an empty chart would only puzzle
    shown = min(len(table), number("chart_rows"))
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for at, stage in enumerate(table.columns, 1):
        chart.add_series(
            {
                "name": stage,
                "categories": ["PETA KERAWANAN", line + 1, 0, line + shown, 0],
                "values": ["PETA KERAWANAN", line + 1, at, line + shown, at],
                "fill": {"color": STAGE_COLOURS[(at - 1) % len(STAGE_COLOURS)]},
            }
        )
    chart.set_title({"name": name, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis(_AXIS)
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    height = 140 + 36 * shown
    chart.set_size({"width": 760, "height": height})
    sheet.insert_chart(line, len(table.columns) + 2, chart, {"description": name})
    return line + max(len(table) + 3, height // 20 + 2)


def _label(sheet: Any, line: int, words: str, style: Any) -> None:
    """The first cell of a row, with room for its words: a spreadsheet without auto-height would cut them."""
    sheet.set_row(line, 16.0 * (1 + len(words) // 56))
    sheet.write_string(line, 0, words if _MONTH.fullmatch(words) else guard(words), style)


def map_note(places: Map) -> str:
    """What was withheld and why, in one sentence."""
    if not places.withheld:
        return f"Tidak ada sel yang disamarkan; ambang: kurang dari {places.threshold} pegawai berbeda."
    total = (
        "jumlahnya juga disamarkan"
        if places.withheld_activities is None
        else f"berisi {places.withheld_activities} aktivitas"
    )
    return (
        f"{places.withheld} sel (tahapan × butir × platform × unit) dengan kurang dari {places.threshold} pegawai "
        f"berbeda disamarkan ({total}), agar orang tidak dapat dikenali."
    )
