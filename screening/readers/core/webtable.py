"""Tables that call themselves `.xls` and are a web page or Office's old XML: what many office systems call an Excel export."""

from __future__ import annotations

import re
from typing import Any

from screening.limits import limit
from screening.readers.core.decoding import decoded
from screening.readers.core.html_text import text_of
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import head_text

_NAMES = (".xls", ".xlsx", ".xlsm")
_WIDEST = 500  # columns a span may cover; a wider one is a mistake or an attack


def is_web_table(source: Source) -> bool:
    """Whether a file with a spreadsheet's name is a page with a table, or SpreadsheetML."""
    if source.suffix not in _NAMES:
        return False
    start = head_text(source).lstrip()[:65_536].lower()
    return start.startswith("<") and ("<table" in start or "<workbook" in start or ":workbook" in start)


def web_tables(source: Source) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """(title, rows as (pointer, cells)) of each table; raises SourceError when the page is too large."""
    from selectolax.lexbor import LexborHTMLParser

    if source.size > limit("text", "html_bytes"):
        raise SourceError("tabel HTML terlalu besar; simpan ulang sebagai .xlsx.")
    with source.open() as stream:
        markup = decoded(stream.read())
    if "<workbook" in markup[:65_536].lower() or ":workbook" in markup[:65_536].lower():
        page = LexborHTMLParser(_plain_names(markup))
        return [("", _numbered([_placed(row.css("xcell")) for row in page.css("xrow")]))]
    page = LexborHTMLParser(markup)
    found = [table for table in page.css("table") if all(inner.mem_id == table.mem_id for inner in table.css("table"))]
    return [
        ("" if len(found) == 1 else f"tabel {n}", _numbered(_rows(table))) for n, table in enumerate(found, start=1)
    ]


def _plain_names(markup: str) -> str:
    """SpreadsheetML with names that a page parser leaves where they are."""
    return re.sub(r"<(/?)(?:\w+:)?(row|cell)\b", r"<\1x\2", re.sub(r"/>", "></xcell>", markup, flags=re.I), flags=re.I)


def _placed(cells: list[Any]) -> list[Any]:
    """The cells of a SpreadsheetML row; `ss:Index` says in which column one stands that follows a gap."""
    row: list[Any] = []
    for cell in cells:
        at = _number(cell.attributes.get("ss:index"), _WIDEST)
        row += [None] * (at - 1 - len(row)) + [text_of(cell) or None]
    return row


def _numbered(rows: list[list[Any]]) -> list[tuple[str, list[Any]]]:
    return [(f"row {number}", cells) for number, cells in enumerate(rows, start=1)]


def _rows(table: Any) -> list[list[Any]]:
    """The rows of a table; a cell over several columns stands in the first, one over several rows in each."""
    rows: list[list[Any]] = []
    above: dict[int, tuple[int, Any]] = {}  # column -> how many rows more a cell goes down, and its value
    for line in table.css("tr"):
        cells: list[Any] = []
        down: dict[int, tuple[int, Any]] = {}
        for cell in [node for node in line.iter() if node.tag in ("td", "th")]:
            _carry(cells, above, down)
            deep, wide, value = _span(cell, "rowspan"), _span(cell, "colspan"), text_of(cell) or None
            if deep > 1:
                down[len(cells)] = (deep - 1, value)
            cells += [value, *[None] * (wide - 1)]
        _carry(cells, above, down)
        above = down
        rows.append(cells)
    return rows


def _carry(cells: list[Any], above: dict[int, tuple[int, Any]], down: dict[int, tuple[int, Any]]) -> None:
    """Put in the cells that reach down into the next columns of a row."""
    while len(cells) in above:
        left, value = above.pop(len(cells))
        if left > 1:
            down[len(cells)] = (left - 1, value)
        cells.append(value)


def _span(cell: Any, name: str) -> int:
    return max(_number(cell.attributes.get(name), _WIDEST), 1)


def _number(written: str | None, most: int) -> int:
    plain = (written or "").strip()
    return min(int(plain), most) if plain.isascii() and plain.isdecimal() and len(plain) < 6 else 0
