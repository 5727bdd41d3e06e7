"""The words of PANDUAN (`guide.toml`), for the workbook's first sheet and the page's help."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from screening.reports.labels import count, limits
from screening.sheets import guard


@cache
def guide() -> dict[str, Any]:
    """Title, lead and parts (head, lines) of the guide."""
    return tomllib.loads(files("screening.reports").joinpath("guide.toml").read_text(encoding="utf-8"))


def parts(place: Literal["sheet", "page"]) -> list[dict[str, Any]]:
    """The parts of the guide for one place, the limits of this program last."""
    chosen = [part for part in guide()["part"] if part["on"] in (place, "both")]
    return [*chosen, {"head": "Batas alat ini", "lines": limits()}]


def write_guide(book: Any, sheet: Any, rows: int, found: int, warnings: Sequence[str] = ()) -> None:
    """Fill the sheet PANDUAN of an XlsxWriter book; `rows` of `found` assessments are in it; `warnings` of completeness."""
    title = book.add_format({"bold": True, "font_size": 18, "font_color": "#7A1020"})
    lead = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11, "italic": True})
    head = book.add_format({"bold": True, "font_size": 12, "font_color": "#1F3A5F", "bottom": 1})
    line = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 98)  # what fits a sheet of A4
    cells = [
        (guide()["title"], title, 28),
        (guide()["lead"], lead, 34),
        (_amount(rows, found), line, 18),
    ]
    if warnings:
        cells += [("", line, 8), ("Kelengkapan: yang tidak dapat dilihat proses ini (rincian di RINGKASAN)", head, 20)]
        cells += [(guard(text), line, 17 * (1 + len(text) // 95)) for text in warnings]
    for part in parts("sheet"):
        cells += [("", line, 8), (part["head"], head, 20)]
        steps = [f"{at}. {text}" if part.get("numbered") else text for at, text in enumerate(part["lines"], 1)]
        cells += [(text, line, 17 * (1 + len(text) // 95)) for text in steps]
    for at, (text, style, height) in enumerate(cells):
        sheet.set_row(at, height)
        sheet.write_string(at, 0, text, style)
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.print_area(0, 0, len(cells) - 1, 0)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _amount(rows: int, found: int) -> str:
    if rows == found:
        return f"Jumlah baris telaah: {count(rows)}"
    return f"Buku ini memuat {count(rows)} baris teratas dari {count(found)}; selebihnya ada di temuan.csv."
