"""A table written in the form its name asks for: Parquet, CSV, XLSX or JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screening.whole import whole

if TYPE_CHECKING:
    import pandas as pd

FORMS = (".parquet", ".csv", ".xlsx", ".jsonl")


def check_form(path: Path) -> None:
    """UsageError unless the name ends in a form that can be written."""
    from screening.errors import UsageError

    if path.suffix.lower() not in FORMS:
        raise UsageError(f"{path}: pilih nama yang berakhir dengan {', '.join(FORMS)}.")


def write(table: pd.DataFrame, path: Path) -> None:
    """Write the table; cells of CSV and XLSX are guarded so that no spreadsheet runs or converts them."""
    check_form(path)
    with whole([path]) as (place,):
        _write(table, place)


def _write(table: pd.DataFrame, path: Path) -> None:
    form = path.suffix.lower()
    if form == ".parquet":
        table.to_parquet(path, index=False, compression="zstd")
        return
    plain = table.copy()
    for name in plain.select_dtypes("datetimetz"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    if form == ".jsonl":
        plain.to_json(path, orient="records", lines=True, force_ascii=False)
        return
    cells = plain.astype("object").where(plain.notna(), "").to_numpy().tolist()
    if form == ".csv":
        from screening.sheets import EXCEL_ID, write_table

        write_table(path, [str(name) for name in plain.columns], cells, EXCEL_ID)
        return
    write_book(path, {"AKTIVITAS": [[str(name) for name in plain.columns], *cells]})


def write_book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """Sheets of cells, the first row of each its heading; text stays text."""
    import xlsxwriter

    from screening.sheets import guard

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    head = book.add_format(
        {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
    )
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(line, at, cell)
                elif cell != "":
                    sheet.write_string(line, at, guard(str(cell)), head if line == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max((len(row) for row in rows), default=1) - 1, 22)
    book.close()
