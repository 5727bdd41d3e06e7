"""Instagram's and Facebook's HTML downloads as blocks: heading, labelled cells, links, loose words, date.

Class names are obfuscated and change; blocks are found by the few that lasted since 2019, their inside by position
(export-formats §1.1). Text is correct UTF-8; dates are wall-clock minutes or seconds without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from screening.limits import limit
from screening.readers.core.html_text import date_behind, date_of, own_text, squeezed, text_of
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import encoding_of, head_text
from screening.readers.times.moment import ABSENT, Moment

# Elements that hold words of their own; which of them Meta uses changes.
_TEXTUAL = "a, div, span, p, li, time, label, blockquote, pre, article, section, footer, dd, dt, h4, h5, h6"
_RECORD = "._a6-g, .uiBoxWhite.noborder, ._2lej"
_MARKS = re.compile(r"uiBoxWhite|\b_a6-[gp]\b|\b_2le[jm]\b|class=\"_a70[46e]|\b_5vb_\b")


class Piece(NamedTuple):
    """One run of text of a block in document order, with the address it links to."""

    text: str
    href: str | None


class Block(NamedTuple):
    """One record of a page. `cells`: label and value; `pieces`: the body's runs of text; `media`: file paths shown, each
    once; `link`: the address behind the date; `icons`: names of pictures the platform serves (a reaction's sign);
    `covers`: the still pictures of videos."""

    heading: str | None
    cells: list[tuple[str, str]]
    pieces: list[Piece]
    when: Moment
    media: list[str]
    link: str | None = None
    icons: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    @property
    def files(self) -> list[dict[str, Any]]:
        """The media and covers as the JSON edition writes them."""
        return [{"uri": path} for path in self.media] + [{"uri": path, "cover": True} for path in self.covers]


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
    depth = source.path.count("/")
    for node in _records(main, zone) if main is not None else ():
        tables = [table for table in node.css("table") if any(date_of(value, zone) for _, value in _cells(table))]
        for part in tables if len(tables) > 1 else [node]:
            yield from _apart(_block(part, zone, depth), zone)


def _records(main: Any, zone: tzinfo) -> list[Any]:
    """The elements that hold one record each: by class whatever their tag (`div` to 2024, `section` since), else around
    each date, else the parts of the page."""
    found = {node.mem_id: node for node in main.css(_RECORD)}  # a node may match several selectors
    return _outermost(found, main) or _around_dates(main, zone) or list(main.iter())


def _outermost(found: dict[int, Any], inside: Any) -> list[Any]:
    """Those of some elements that lie in no other of them. Every element above them is looked at once, so that a page whose
    elements were never closed, and lie each in the one before, costs no more than any other."""
    covered = {inside.mem_id: False}  # whether an element is one of the found or lies in one
    outer = []
    for node in found.values():
        steps = []
        above = node.parent
        while above is not None and above.mem_id not in covered and above.mem_id not in found:
            steps.append(above.mem_id)
            above = above.parent
        within = above is not None and (above.mem_id in found or covered[above.mem_id])
        covered |= dict.fromkeys(steps, within)
        if not within:
            outer.append(node)
    return outer


def _around_dates(main: Any, zone: tzinfo) -> list[Any]:
    """The largest elements that hold one date each: what is left when Meta renames its classes."""
    dated = {node.mem_id: node for node in main.css(f"{_TEXTUAL}, td") if date_of(own_text(node), zone) is not None}
    around: dict[int, int] = {main.mem_id: 0}  # an element: the one date it holds (the element of it), 0 for several
    for key, node in dated.items():
        step = node
        while step is not None and around.get(step.mem_id, key) != 0:
            # Above what holds several dates everything does, so nothing is passed more than twice.
            around[step.mem_id] = 0 if around.get(step.mem_id, key) != key else key
            step = step.parent
    found = {}
    for key, node in dated.items():
        step = node if around[key] == key else None
        while step is not None and step.parent is not None and around.get(step.parent.mem_id) == key:
            step = step.parent
        if step is not None:
            found[step.mem_id] = step
    return list(found.values())


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


def _block(node: Any, zone: tzinfo, depth: int) -> Block:
    heading = _heading(node)
    title = squeezed(heading.text()) if heading is not None else None
    if heading is not None:
        heading.decompose()
    cells = list(_cells(node))
    tags = node.css("img, video, source, a")
    named = [_inside(tag.attributes.get("src") or tag.attributes.get("href"), depth) for tag in tags]
    media = list(dict.fromkeys(path for path in named if path))  # a picture links to itself
    covers = tuple(path for tag in tags if (path := _inside(tag.attributes.get("poster"), depth)) and path not in media)
    icons = tuple(name for tag in node.css("img") if (name := _icon(tag)))
    for table in node.css("table"):
        table.decompose()
    cells += _labelled(node)
    pieces = list(_pieces(node))
    dates = [(place, when) for place, piece in enumerate(pieces) if (when := date_of(piece.text, zone)) is not None]
    link = None
    if dates:
        place, when = dates[-1]
        link = pieces[place].href
        pieces = pieces[:place] + pieces[place + 1 :]
    else:
        told = [value for _, value in cells] + [date for piece in pieces if (date := date_behind(piece.text, zone))]
        when = next((when for value in told if (when := date_of(value, zone)) is not None), ABSENT)
    return Block(title or None, cells, pieces, when, media, link, icons, covers)


def _labelled(node: Any) -> list[tuple[str, str]]:
    """Label and value outside of tables: a value of class `_a6-q` behind its label (Instagram), or `<span>Label: </span>`
    before its value (Facebook). They are taken out of the record, so that no label is read as words of the person."""
    found: list[tuple[str, str]] = []
    if node.css_first("span, ._a6-q") is None:
        return found
    used: dict[int, Any] = {}  # removed at the end: a node below a removed one may not be touched any more
    last = None
    for part in node.css("div, span"):
        if "_a6-q" in (part.attributes.get("class") or "").split():
            label = squeezed(last.text(deep=False)) if last is not None else ""
            if label and last is not None:
                found.append((label.rstrip(" :"), text_of(part)))
                used |= {last.mem_id: last, part.mem_id: part}
            last = None
        elif part.tag == "span" and (label := squeezed(part.text())).endswith(":") and part.parent is not None:
            if part.parent.mem_id != node.mem_id and (value := own_text(part.parent)):
                found.append((label.rstrip(" :"), value))
                used[part.parent.mem_id] = part.parent
        elif squeezed(part.text(deep=False)):
            last = part
    for part in _outermost(used, node):
        part.decompose()
    return found


def _icon(tag: Any) -> str | None:
    """The name of a picture of the platform's own (`…/icons/love.png` -> `love`)."""
    match = re.search(r"/([a-z_]{2,20})(?:[-_]?\d+)?\.(?:png|svg|gif)(?:\?|$)", tag.attributes.get("src") or "", re.I)
    return match[1].lower() if match and "://" in (tag.attributes.get("src") or "") else None


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
    linked: dict[int, bool] = {}
    for child in node.css(_TEXTUAL):
        if child.tag == "a":
            text = text_of(child)
            if text or child.attributes.get("href"):
                yield Piece(text, child.attributes.get("href"))
        elif not _in_link(child, linked) and (own := own_text(child)):
            yield Piece(own, None)


def _in_link(node: Any, known: dict[int, bool]) -> bool:
    """Whether an element lies in a link; `known` remembers it for those above."""
    steps = []
    above = node.parent
    while above is not None and above.mem_id not in known and above.tag != "a":
        steps.append(above.mem_id)
        above = above.parent
    inside = above is not None and (above.tag == "a" or known[above.mem_id])
    known.update(dict.fromkeys(steps, inside))
    return inside


def _inside(path: str | None, depth: int) -> str | None:
    """The path of a media file of the download without the steps up to its beginning, or None; `depth`: folders above the
    page, beyond which no step leads."""
    if not path or "://" in path or path.startswith(("#", "data:")):
        return None
    up = re.match(r"(?:\.\.?/)*", path)
    steps = up[0].count("../") if up else 0
    if steps > depth or not re.search(r"\.(jpe?g|png|webp|heic|gif|mp4|mov|webm|srt)$", path, re.I):
        return None
    return path[up.end() :] if up else path
