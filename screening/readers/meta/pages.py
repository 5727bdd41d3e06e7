"""Instagram's and Facebook's HTML downloads as blocks: heading, labelled cells, links, loose words, date.

Class names are obfuscated and change; blocks are found by the few that lasted since 2019, their inside by position
(export-formats §1.1). Text is correct UTF-8; dates are wall-clock minutes or seconds without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from screening.readers.core.html_text import date_of, own_text, squeezed, text_of
from screening.readers.core.limits import limit
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import encoding_of, head_text
from screening.readers.times.moment import ABSENT, Moment

_MARKS = re.compile(r"uiBoxWhite|\b_a6-[gp]\b|\b_2le[jm]\b|class=\"_a70[46e]|\b_5vb_\b")


class Piece(NamedTuple):
    """One run of text of a block in document order, with the address it links to."""

    text: str
    href: str | None


class Block(NamedTuple):
    """One record of a page. `cells`: label and value; `pieces`: the body's runs of text; `media`: file paths shown."""

    heading: str | None
    cells: list[tuple[str, str]]
    pieces: list[Piece]
    when: Moment
    media: list[str]


def is_meta_page(source: Source) -> bool:
    """Whether the file is a page of a Meta HTML download."""
    if source.suffix not in (".html", ".htm"):
        return False
    return "<html" in head_text(source)[:2000].lower() and bool(_MARKS.search(head_text(source)))


def blocks(source: Source, zone: tzinfo) -> Iterator[Block]:
    """The records of the page, in order; raises SourceError when the page is too large."""
    from selectolax.lexbor import LexborHTMLParser

    if source.size > limit("text", "html_bytes"):
        raise SourceError("halaman HTML terlalu besar; minta unduhan dalam bentuk JSON.")
    with source.open() as stream:
        content = stream.read()
    page = LexborHTMLParser(content.decode(encoding_of(content), "replace"))
    main = page.css_first('[role="main"]') or page.body
    found = main.css("div.uiBoxWhite.noborder, div._a6-g, div._2lej") if main is not None else []
    found = list({node.mem_id: node for node in found}.values())  # a node matches both selectors
    outer = [node for node in found if not _inside_another(node, main)]
    if not outer and main is not None:
        outer = [node for node in main.iter() if node.tag == "div"]
    for node in outer:
        tables = [table for table in node.css("table") if any(date_of(value, zone) for _, value in _cells(table))]
        for part in tables if len(tables) > 1 else [node]:
            yield from _apart(_block(part, zone), zone)


def _apart(block: Block, zone: tzinfo) -> Iterator[Block]:
    """A block that lists several links, each followed by its date, as one block per link."""
    dates = [place for place, piece in enumerate(block.pieces) if date_of(piece.text, zone)]
    links = [place for place, piece in enumerate(block.pieces) if piece.href]
    if block.cells or not dates or len(links) != len(dates) + 1:
        yield block
        return
    ends = [*dates, len(block.pieces)]
    start = 0
    for end in ends:
        when = date_of(block.pieces[end].text, zone) if end < len(block.pieces) else block.when
        yield block._replace(pieces=block.pieces[start:end], when=when or ABSENT)
        start = end + 1


def _inside_another(node: Any, main: Any) -> bool:
    above = node.parent
    while above is not None and above != main:
        names = (above.attributes.get("class") or "").split()
        if "_a6-g" in names or "_2lej" in names or ("uiBoxWhite" in names and "noborder" in names):
            return True
        above = above.parent
    return False


def _block(node: Any, zone: tzinfo) -> Block:
    heading = _heading(node)
    title = squeezed(heading.text()) if heading is not None else None
    if heading is not None:
        heading.decompose()
    cells = list(_cells(node))
    media = [path for tag in node.css("img, video, source, a") if (path := _media_path(tag))]
    for table in node.css("table"):
        table.decompose()
    pieces = list(_pieces(node))
    dates = [(place, when) for place, piece in enumerate(pieces) if (when := date_of(piece.text, zone)) is not None]
    if dates:
        place, when = dates[-1]
        pieces = pieces[:place] + pieces[place + 1 :]
    else:
        when = next((when for _, value in cells if (when := date_of(value, zone)) is not None), ABSENT)
    return Block(title or None, cells, pieces, when, media)


def _heading(node: Any) -> Any:
    named = node.css_first("h1, h2, h3, ._a6-h, ._2lel")
    if named is not None:
        return named
    children = [child for child in node.iter() if squeezed(child.text())]
    first = children[0] if len(children) > 2 else None
    plain = first is not None and not first.css("a, table") and first.tag != "table"
    return first if plain else None


def _cells(node: Any) -> Iterator[tuple[str, str]]:
    """Label and value of table rows: two cells, or one cell with the value in a nested division."""
    for line in node.css("tr"):
        cells = [cell for cell in line.iter() if cell.tag in ("td", "th")]
        if len(cells) >= 2:
            yield squeezed(cells[0].text()), text_of(cells[1])
        elif cells:
            inner = cells[0].css_first("div")
            label = squeezed(cells[0].text(deep=False))
            if inner is not None and label:
                yield label, text_of(inner)


def _pieces(node: Any) -> Iterator[Piece]:
    """Runs of text between block elements, each with the link around it."""
    for child in node.css("a, div, span, p, li"):
        if child.tag == "a":
            text = text_of(child)
            if text or child.attributes.get("href"):
                yield Piece(text, child.attributes.get("href"))
        elif not _in_link(child) and (own := own_text(child)):
            yield Piece(own, None)


def _in_link(node: Any) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == "a":
            return True
        above = above.parent
    return False


def _media_path(tag: Any) -> str | None:
    path = tag.attributes.get("src") or tag.attributes.get("href")
    if not path or "://" in path or path.startswith(("#", "data:")):
        return None
    return path if re.search(r"\.(jpe?g|png|webp|heic|gif|mp4|mov|webm|srt)$", path, re.I) else None
