"""XLSX in both directions: the reviewer's workbook that is handed out, and any workbook that comes back.

Written: strings only, no formula, no link, no macro; evidence locked, decision cells open with lists. Read: with defusedxml,
size limits, macro workbooks and external links refused; formulas are not computed but reported.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from screening.errors import UsageError
from screening.review.arrivals import KEY, Arrival, header_at, table_of
from screening.sheets import COLUMNS, LISTS, Column, guard
from screening.sheets.opened import Budget, UnreadableTable, check_package, filled_rows

SHEET = "TELAAH"


def read_workbook(path: Path) -> Arrival:
    """The sheet with the key column (TELAAH first); raises UsageError for macros, bombs and foreign workbooks."""
    _inspect(path)
    import defusedxml  # noqa: F401 - openpyxl parses with it when it is importable; without it we would not open the file
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about lists it does not keep; we only read cells
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
            try:
                left = Budget()
                for sheet in sorted(book.worksheets, key=lambda one: one.title != SHEET):
                    lines, formulas = _cells(sheet, left)
                    if header_at(lines) is not None:
                        return table_of(path, lines, formulas, "xlsx")
            finally:
                book.close()
    except UsageError:
        raise
    except UnreadableTable as error:
        raise UsageError(f"{path}: {error.what}; {error.remedy}.") from error
    except Exception as error:  # a broken workbook fails in many ways, some only while its rows are read; none is ours
        raise UsageError(f"{path}: XLSX tidak dapat dibaca ({type(error).__name__}); simpan ulang.") from error
    raise UsageError(f"{path}: tidak ada lembar dengan kolom {KEY}; kembalikan berkas yang dikirim kepada Anda.")


def _inspect(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            members = check_package(stream)
    except UnreadableTable as error:
        raise UsageError(f"{path}: {error.what}; {error.remedy}.") from error
    names = {member.filename.lower() for member in members}
    if "[content_types].xml" not in names:
        raise UsageError(f"{path}: bukan XLSX (mungkin ZIP atau ODS); simpan sebagai .xlsx atau CSV.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UsageError(f"{path}: berisi makro; simpan sebagai .xlsx tanpa makro.")
    if any("externallinks/" in name for name in names):
        raise UsageError(f"{path}: berisi tautan ke berkas lain; putuskan tautannya lalu simpan ulang.")


def _cells(sheet: Any, left: Budget) -> tuple[list[list[str]], list[frozenset[int]]]:
    """The lines of a sheet as text, each at its number, and the places of formulas."""
    lines: list[list[str]] = []
    formulas: list[frozenset[int]] = []
    for number, row in filled_rows(sheet, left):
        while len(lines) < number - 1:  # rows are numbered as the spreadsheet numbers them
            lines.append([])
            formulas.append(frozenset())
        line = [_text(cell.value) for cell in row]
        while line and not line[-1]:
            line.pop()
        lines.append(line)
        formulas.append(frozenset(at for at, cell in enumerate(row) if cell.data_type == "f"))
    return lines, formulas


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def write_workbook(
    path: Path, rows: Sequence[Mapping[str, Any]], acts: Sequence[str], guide: Sequence[str], extra: Sequence[str] = ()
) -> None:
    """The workbook for one reviewer: PANDUAN (`guide`, one line each), TELAAH (`rows`), hidden RUJUKAN (lists; `acts` codes).

    `extra` names further locked text columns at the end.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": "Berkas telaah — bahan telaah, bukan putusan", "created": datetime(2024, 1, 1)})  # noqa: DTZ001 - same rows, same bytes
    manual, sheet, reference = book.add_worksheet("PANDUAN"), book.add_worksheet(SHEET), book.add_worksheet("RUJUKAN")
    plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5D9E0", "font_size": 10}
    head = book.add_format({**plain, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F"})
    locked, number = book.add_format({**plain, "num_format": "@"}), book.add_format({**plain, "align": "center"})
    opened = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "@"})
    day = book.add_format({**plain, "locked": False, "bg_color": "#FFFBEA", "num_format": "yyyy-mm-dd"})
    manual.set_column(0, 0, 110)
    for line, text in enumerate(guide):
        manual.write_string(line, 0, guard(text), book.add_format({"text_wrap": True, "valign": "top"}))
    ranges = _write_lists(reference, {**{name: list(values) for name, values in LISTS.items()}, "butir": list(acts)})
    columns = [*COLUMNS, *(Column(name, "", "", 30) for name in extra)]
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, head)
        style = (
            number if column.kind == "number" else locked if column.locked else day if column.kind == "date" else opened
        )
        for line, row in enumerate(rows, 1):
            value = row.get(column.name, "")
            if isinstance(value, int):
                sheet.write_number(line, at, value, style)
            elif value == "":
                sheet.write_blank(line, at, None, style)
            else:
                sheet.write_string(line, at, guard(value), style)
        if column.list and rows:
            source = {"validate": "list", "source": f"={ranges[column.list]}", "input_title": column.name[:32],
                      "input_message": column.meaning[:255], "error_title": "Pilihan tidak dikenal",
                      "error_message": "Pilih salah satu dari daftar, atau kosongkan sel."}  # fmt: skip
            sheet.data_validation(1, at, len(rows), at, source)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_header("&L&BBAHAN TELAAH — BUKAN PUTUSAN&RRAHASIA")
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    sheet.activate()
    book.close()


def _write_lists(sheet: Any, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    ranges = {}
    for at, (name, values) in enumerate(sorted(lists.items())):
        sheet.write_string(0, at, name)
        for line, value in enumerate(values, 1):
            sheet.write_string(line, at, guard(value))
        letter = chr(ord("A") + at)
        ranges[name] = f"RUJUKAN!${letter}$2:${letter}${max(len(values), 1) + 1}"
    sheet.hide()
    return ranges
