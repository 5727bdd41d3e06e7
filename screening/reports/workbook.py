"""temuan.xlsx: what a reviewer opens. Strings only, no formula, no live link, no macro; evidence cells are locked.

Sheets: PANDUAN (how to review), TELAAH (the queue), RINGKASAN (counts and charts), PETA KERAWANAN, KAMUS KOLOM, and the
hidden RUJUKAN that feeds the drop-down lists. Sheet protection is a guard-rail, not security: the import checks again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from screening.reports.filling import PLACE, Rows, filled
from screening.reports.guide import write_guide
from screening.reports.rows import Review
from screening.reports.summary import Counts
from screening.reports.summary_sheets import write_map, write_summary
from screening.reports.vulnerability import Map
from screening.sheets import COLUMNS, LISTS, Column, guard
from screening.sheets.columns import GROUPS

HEADER_COLOURS = {
    "temuan": "#1F3A5F",
    "peristiwa": "#2F5D62",
    "penilaian": "#4A4E69",
    "telaah": "#7A4B00",
    "perkara": "#6B4226",
    "subjek": "#3D405B",
    "rincian": "#3D405B",
    "teknis": "#5C5C5C",
}
BAND_COLOURS = {"TINGGI": ("#F8D7DA", "#7A1020"), "SEDANG": ("#FFE8B8", "#5C3D00"), "RENDAH": ("#E3ECF7", "#1F3A5F")}
_LINE, _LEAST, _MOST = 15, 30, 210  # row height in points: one line, two lines, fourteen lines
_WIDE = tuple((column.name, column.width) for column in COLUMNS if column.width >= 36)
_REVIEW_SHEET = 2


def workbook_parts(
    rows: Review,
    acts: dict[str, str],
    counts: Counts,
    tallies: dict[str, list[tuple[str, int]]],
    places: Map,
    grids: dict[str, Any],
) -> dict[str, bytes]:
    """The parts of the review workbook's file, which `filling.pack` writes; `rows` from `rows.review`, `acts` code ->
    wording for the list of provisions, `grids` title -> table of `vulnerability.grid`.
    """
    from datetime import datetime
    from io import BytesIO

    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    package = BytesIO()
    book = xlsxwriter.Workbook(package, options)
    # A fixed date: the same run gives the same bytes.
    created = datetime(2024, 1, 1)  # noqa: DTZ001 - the file format knows no zone
    book.set_properties({"title": "Temuan awal — bahan telaah, bukan putusan", "created": created})
    lists = {**{name: list(values) for name, values in LISTS.items()}, "butir": [*LISTS["butir"], *sorted(acts)]}
    guide = book.add_worksheet("PANDUAN")
    review = book.add_worksheet("TELAAH")
    summary = book.add_worksheet("RINGKASAN")
    places_sheet = book.add_worksheet("PETA KERAWANAN")
    dictionary = book.add_worksheet("KAMUS KOLOM")
    reference = book.add_worksheet("RUJUKAN")
    write_guide(book, guide, len(rows), sum(found for _, found in tallies["result"]))
    ranges = _write_reference(book, reference, lists, acts)
    bands = rows.columns["tingkat"]
    patterns = _write_review(book, review, bands, ranges)
    write_summary(book, summary, counts, tallies)
    write_map(book, places_sheet, places, grids)
    _write_dictionary(book, dictionary)
    review.activate()
    review.set_first_sheet()
    book.close()
    looks, cells = [patterns[band] for band in bands], [rows.cells[column.name] for column in COLUMNS]
    return filled(package, _REVIEW_SHEET, Rows(looks, _heights(rows.columns), cells))


def _write_review(book: Any, sheet: Any, rows: Sequence[str], ranges: dict[str, str]) -> dict[str, int]:
    """Everything of TELAAH but its rows (`filling.fill`), of which `rows` are the bands; returns per band the line that
    shows the look of its rows."""
    plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5D9E0", "font_size": 10}
    locked = book.add_format({**plain, "locked": True, "num_format": "@"})
    number = book.add_format({**plain, "locked": True, "align": "center"})
    opened = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "@"})
    day = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "yyyy-mm-dd"})
    bands = {
        name: book.add_format({**plain, "bold": True, "align": "center", "bg_color": fill, "font_color": ink})
        for name, (fill, ink) in BAND_COLOURS.items()
    }
    formats = [
        number if column.kind == "number" else locked if column.locked else day if column.kind == "date" else opened
        for column in COLUMNS
    ]
    for at, column in enumerate(COLUMNS):
        head = book.add_format(
            {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": HEADER_COLOURS[column.group],
                "text_wrap": True,
                "valign": "vcenter",
                "border": 1,
                "border_color": "#FFFFFF",
                "locked": True,
            }
        )
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, head)
    sheet.set_row(0, 36)
    patterns = {band: rows.index(band) + 1 for band in dict.fromkeys(rows)}
    for band, line in patterns.items():
        for at, column in enumerate(COLUMNS):
            look = bands.get(band, locked) if column.name == "tingkat" else formats[at]
            sheet.write_blank(line, at, None, look)
    if rows:
        sheet.write_string(1, 0, PLACE, formats[0])
        sheet.write_blank(len(rows), len(COLUMNS) - 1, None, formats[-1])
    last = max(len(rows), 1)
    for at, column in enumerate(COLUMNS):
        if column.kind == "list":
            sheet.data_validation(1, at, last, at, _choice(column, ranges))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    # Printed: what is read and decided, on three sheets side by side; the technical columns stay on the screen.
    sheet.print_area(0, 0, len(rows), max(at for at, column in enumerate(COLUMNS) if column.group == "telaah"))
    sheet.fit_to_pages(3, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_header("&L&BBAHAN TELAAH — BUKAN PUTUSAN&RRAHASIA")
    sheet.set_footer("&LHalaman &P dari &N")
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    return patterns


def _choice(column: Column, ranges: dict[str, str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={ranges[column.list]}",
        "ignore_blank": True,
        "error_type": "stop",
        "error_title": "Pilihan tidak dikenal",
        "error_message": "Pilih salah satu dari daftar, atau kosongkan sel.",
        "input_title": column.name[:32],
        "input_message": column.meaning[:255],
    }


def _heights(columns: Mapping[str, Sequence[str]]) -> list[float]:
    """Enough lines for the longest cell that is read, within limits: very long evidence scrolls inside its cell."""
    lines = [[*map(partial(_lines, width), columns[name])] for name, width in _WIDE]
    heights = {count: float(min(max(count * _LINE, _LEAST), _MOST)) for count in {*chain.from_iterable(lines)}}
    return [heights[count] for count in map(max, *lines)]


def _lines(width: int, cell: str) -> int:
    if len(cell) < width and "\n" not in cell:
        return 1
    return sum(1 + len(part) // width for part in cell[:2000].split("\n"))


def _write_reference(book: Any, sheet: Any, lists: dict[str, list[str]], acts: dict[str, str]) -> dict[str, str]:
    """The hidden lists, one column each; returns the range of every list (inline lists end at 255 characters)."""
    bold = book.add_format({"bold": True})
    ranges = {}
    for at, (name, values) in enumerate(sorted(lists.items())):
        sheet.write_string(0, at, name, bold)
        for line, value in enumerate(values, 1):
            sheet.write_string(line, at, guard(value))
        letter = chr(ord("A") + at)
        ranges[name] = f"RUJUKAN!${letter}$2:${letter}${max(len(values), 1) + 1}"
    column = len(lists) + 1
    sheet.write_string(0, column, "arti butir", bold)
    for line, code in enumerate(sorted(acts), 1):
        sheet.write_string(line, column, guard(f"{code}: {acts[code]}"))
    sheet.protect("")
    sheet.hide()
    return ranges


def _write_dictionary(book: Any, sheet: Any) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5D9E0"})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "border": 1})
    for at, (title, width) in enumerate(
        (("Kolom", 26), ("Kelompok", 30), ("Diisi oleh", 12), ("Arti", 80), ("Pilihan", 50))
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    for line, column in enumerate(COLUMNS, 1):
        choices = "\n".join(f"{name}: {meaning}" for name, meaning in LISTS.get(column.list, {}).items())
        cells = (column.name, GROUPS[column.group], "mesin" if column.locked else "penelaah", column.meaning, choices)
        for at, text in enumerate(cells):
            sheet.write_string(line, at, guard(text), wrap)
    sheet.freeze_panes(1, 1)
    sheet.protect("")
