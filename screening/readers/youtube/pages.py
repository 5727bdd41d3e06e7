"""Google's HTML pages: My Activity and the comments page of before 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from screening.limits import limit
from screening.readers.core.acts import act
from screening.readers.core.html_text import squeezed, text_of
from screening.readers.core.reader import Context, Note, Rejection, Row
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import encoding_of
from screening.readers.times.moment import ABSENT, Moment, TimeError, moment
from screening.readers.youtube.titles import activity_row, left_alone, meaning


def page_of(source: Source) -> Any:
    from selectolax.lexbor import LexborHTMLParser

    if source.size > limit("text", "html_bytes"):
        raise SourceError("halaman HTML terlalu besar; minta unduhan dalam bentuk JSON.")
    with source.open() as stream:
        content = stream.read()
    return LexborHTMLParser(content.decode(encoding_of(content), "replace"))


def activity_page(page: Any, context: Context) -> Iterator[Row | Note]:
    other = 0
    cells = [
        cell
        for cell in page.css("div.content-cell")
        if cell.css_first("a") is not None and "text-right" not in (cell.attributes.get("class") or "")
    ]
    for number, cell in enumerate(cells, start=1):
        links = cell.css("a")
        lines = [squeezed(line) for line in text_of(cell).split("\n") if line.strip()]
        kind, what = meaning(lines[0]) if lines else ("", "")
        if not kind:
            other += 1
            continue
        channel = squeezed(links[1].text()) if len(links) > 1 else None
        target = (what, links[0].attributes.get("href"), channel)
        yield activity_row(kind, f"cell {number}", context, _page_time(lines[-1]), target)
    yield from left_alone(other)


def _page_time(text: str) -> Moment:
    """To 2018 pages named no zone and meant UTC; later they name one (export-formats §5)."""
    try:
        when = moment(text, UTC)
    except TimeError:
        return ABSENT._replace(time_raw=text)
    return when._replace(time_basis="exact_utc") if when.time_basis == "local_naive" else when


def comment_page(page: Any, context: Context) -> Iterator[Row | Rejection]:
    for number, line in enumerate(page.css("li"), start=1):
        links = [(squeezed(link.text()), link.attributes.get("href") or "") for link in line.css("a")]
        video = next((href for _, href in reversed(links) if "watch?v=" in href), None)
        head, _, body = text_of(line).partition("\n")
        stamp = re.search(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?: UTC)?", head)
        if not stamp or video is None:
            yield Rejection(f"li {number}", "bukan komentar", {"links": len(links)})
            continue
        yield act("youtube", "comment", context.owner, f"li {number}", _page_time(stamp[0]), text=body.strip(),
                  target_url=video, target_kind="content")  # fmt: skip
