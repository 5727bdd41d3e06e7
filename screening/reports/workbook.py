"""temuan.xlsx: what a reviewer opens. Strings only, no formula, no live link, no macro; evidence cells are locked.

Sheets: PANDUAN (how to review), TELAAH (the queue), RINGKASAN (counts and charts), PETA KERAWANAN, KAMUS KOLOM, and the
hidden RUJUKAN that feeds the drop-down lists. Sheet protection is a guard-rail, not security: the import checks again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from screening.completeness import Gap
from screening.reports.guide import write_guide
from screening.reports.pictured import Shown
from screening.reports.rows import Review
from screening.reports.summary import Counts, Tally
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
BAND_COLOURS = {
    "DIDAHULUKAN": ("#1F3A5F", "#FFFFFF"),
    "BERIKUTNYA": ("#E3ECF7", "#1F3A5F"),
    "KEMUDIAN": ("#F1F3F6", "#3A3F47"),
}
_LINE, _LEAST, _MOST = 15, 30, 210  # row height in points: one line, two lines, fourteen lines
_WIDE = tuple((column.name, column.width) for column in COLUMNS if column.width >= 36)
# At most twenty columns are seen at once: what happened, why it is told, what is missing or speaks for the person, the decision.
VISIBLE = frozenset(
    {
        "id_temuan", "prioritas_telaah", "hasil", "nama_tersamar", "unit_kerja", "peristiwa", "teks_bukti", "konteks_induk",
        "sasaran",
        "kode_perbuatan", "perbuatan", "alasan_utama", "belum_terbukti", "faktor_meringankan", "putusan",
        "kode_perbuatan_koreksi", "catatan", "penelaah", "tanggal_telaah", "benturan_kepentingan",
    }
)  # fmt: skip


def write_workbook(
    path: Path,
    rows: Review,
    acts: dict[str, str],
    counts: Counts,
    tallies: dict[str, list[Tally]],
    places: Map,
    grids: dict[str, Any],
    gaps: Sequence[Gap] = (),
    pictures: Mapping[str, Sequence[Shown]] = MappingProxyType({}),
) -> None:
    """The review workbook; `rows` from `rows.review`, `acts` code -> wording for the list of provisions, `grids` title -> table
    of `vulnerability.grid`, `gaps` what the run could not see.
    """
    from datetime import datetime

    import xlsxwriter

    # In memory: nothing of the evidence lies in a temporary folder.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
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
    write_guide(book, guide, len(rows), counts.numbers.assessments, _warned(gaps))
    ranges = _write_reference(book, reference, lists, acts)
    _write_review(book, review, rows, ranges)
    write_summary(book, summary, counts, tallies, gaps)
    write_map(book, places_sheet, places, grids)
    _write_dictionary(book, dictionary)
    if pictures:
        _write_pictures(book, rows, pictures)
    review.activate()
    review.set_first_sheet()
    book.close()


def _write_pictures(book: Any, rows: Review, pictures: Mapping[str, Sequence[Shown]]) -> None:
    """GAMBAR: the pictures of the rows of TELAAH, small, with what was read in them and their hash."""
    sheet = book.add_worksheet("GAMBAR")
    wrap = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D5D9E0", "num_format": "@"}
    )
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "border": 1})
    titles = (("id_aktivitas", 24), ("gambar", 46), ("tulisan yang dibaca (keyakinan; kotak)", 60), ("difoto", 26),
              ("berkas", 40), ("sha256", 30), ("catatan", 30))  # fmt: skip
    for at, (title, width) in enumerate(titles):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    line = 0
    for activity in dict.fromkeys(rows.cells["id_aktivitas"]):
        for one in pictures.get(activity, ()):
            line += 1
            told = one.words()
            cells = (activity, "", "\n".join(told["lines"]), told["taken"], told["file"], told["sha256"], told["note"])
            for at, text in enumerate(cells):
                sheet.write_string(line, at, guard(text), wrap)
            if one.jpeg:
                sheet.set_row(line, 245)
                sheet.insert_image(line, 1, "gambar.jpg", {"image_data": BytesIO(one.jpeg), "object_position": 2})
    sheet.freeze_panes(1, 1)
    sheet.protect("")


def _warned(gaps: Sequence[Gap]) -> list[str]:
    return [
        f"PERINGATAN: {gap.what}" + (f" — {gap.remedy}" if gap.remedy else "")
        for gap in gaps
        if gap.level == "peringatan"
    ]


def _write_review(book: Any, sheet: Any, rows: Review, ranges: dict[str, str]) -> None:
    """TELAAH: what is read and decided is visible, everything else grouped behind a plus sign beside it."""
    plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5D9E0", "font_size": 10}
    locked = book.add_format({**plain, "locked": True, "num_format": "@"})
    number = book.add_format({**plain, "locked": True, "align": "center"})
    opened = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "@"})
    day = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "yyyy-mm-dd"})
    bands = {
        name: book.add_format({**plain, "bold": True, "align": "center", "bg_color": fill, "font_color": ink})
        for name, (fill, ink) in BAND_COLOURS.items()
    }
    for at, column in enumerate(COLUMNS):
        head = book.add_format(
            {
                "bold": True, "font_color": "#FFFFFF", "bg_color": HEADER_COLOURS[column.group], "text_wrap": True,
                "valign": "vcenter", "border": 1, "border_color": "#FFFFFF", "locked": True,
            }
        )  # fmt: skip
        sheet.set_column(at, at, column.width, None, {} if column.name in VISIBLE else {"level": 1, "hidden": True})
        sheet.write_string(0, at, column.name, head)
    sheet.outline_settings(True, True, False, False)  # the sign stands left of its columns
    sheet.set_row(0, 36)
    for line, height in enumerate(_heights(rows.columns), 1):
        sheet.set_row(line, height)
    for at, column in enumerate(COLUMNS):
        look = (
            number if column.kind == "number" else locked if column.locked else day if column.kind == "date" else opened
        )
        for line, value in enumerate(rows.cells[column.name], 1):
            own = bands.get(str(value), locked) if column.name == "prioritas_telaah" else look
            if isinstance(value, int):
                sheet.write_number(line, at, value, own)
            elif value == "":
                sheet.write_blank(line, at, None, own)
            else:
                sheet.write_string(line, at, value, own)
    last = max(len(rows), 1)
    for at, column in enumerate(COLUMNS):
        if column.kind == "list":
            sheet.data_validation(1, at, last, at, _choice(column, ranges))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    # Printed: the visible columns up to the reviewer's; grouped ones stay on the screen.
    sheet.print_area(0, 0, len(rows), max(at for at, column in enumerate(COLUMNS) if column.group == "telaah"))
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_header("&L&BBAHAN TELAAH — BUKAN PUTUSAN&RRAHASIA")
    sheet.set_footer("&LHalaman &P dari &N")
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})


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
