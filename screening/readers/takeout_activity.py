"""YouTube likes and subscriptions in Google's My Activity (JSON, HTML), `likes.json` and the old `my-comments.html`.

My Activity mixes watching and searching, which are never read; only what a title in a known language calls a like or a
subscription is. Everything else is counted in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import Any

from screening.readers.acts import act, owner_note
from screening.readers.jsonstream import records
from screening.readers.limits import limit
from screening.readers.meta_html import squeezed, text_of
from screening.readers.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.source import Source, SourceError
from screening.readers.structure import encoding_of, head_text, tree
from screening.readers.takeout_columns import place_of, words
from screening.readers.times import ABSENT, Moment, TimeError, lenient, moment

_OTHER = "My Activity produk Google selain YouTube; tidak dibaca"


def _recognise(source: Source) -> Claim | None:
    claim = _claim(source)
    return None if claim is None else replace(claim, place=place_of(source))


def _claim(source: Source) -> Claim | None:
    if source.suffix == ".json":
        return _json_claim(tree(source))
    if source.suffix not in (".html", ".htm"):
        return None
    head = head_text(source)
    if "content-cell" in head and "outer-cell" in head:
        body = head[head.find('<div class="outer-cell') :]
        return (
            Claim(same_as="youtube/activity", rank=1, detail="html")
            if "youtube" in body.lower()
            else Claim(ignored=_OTHER)
        )
    comments = re.search(r"<li>[^<]*<a[^>]+href=\"https?://www\.youtube\.com/", head) and "uiBoxWhite" not in head
    return Claim(same_as="youtube/comments", rank=1, detail="comments") if comments else None


def _json_claim(root: Any) -> Claim | None:
    first = [item for item in listed(root)[:50] if isinstance(item, dict)] if isinstance(root, list) else []
    if first and all("header" in item and "title" in item and "time" in item for item in first[:1]):
        return (
            Claim(same_as="youtube/activity", detail="json") if any(map(_on_youtube, first)) else Claim(ignored=_OTHER)
        )
    if first and at(first[0], "snippet", "playlistId") is not None and at(first[0], "contentDetails") is not None:
        liked = str(at(first[0], "snippet", "playlistId")).startswith("LL")
        return Claim(detail="likes") if liked else Claim(ignored="daftar putar: menyimpan video bukan tanda suka")
    return None


def _on_youtube(item: dict[str, Any]) -> bool:
    return "youtube" in f"{item.get('header')} {item.get('products')} {item.get('titleUrl')}".lower()


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    if context.detail in ("html", "comments"):
        page = _page(source)
        yield from (_activity_page(page, context) if context.detail == "html" else _comment_page(page, context))
        return
    other = 0
    for item in records(source):
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan catatan", item[1])
        elif context.detail == "likes":
            yield _playlist_item(item[0], item[1], context)
        elif row := _activity(item[0], item[1], context):
            yield row
        else:
            other += 1
    yield from _left_alone(other)


def _left_alone(number: int) -> Iterator[Note]:
    if number:
        yield Note(f"{number} catatan tontonan, penelusuran, atau berjudul tak dikenal tidak dibaca")


def _playlist_item(pointer: str, item: dict[str, Any], context: Context) -> Row:
    snippet = item.get("snippet")
    video = filled(at(item, "contentDetails", "videoId"), at(snippet, "resourceId", "videoId"))
    when = lenient(filled(at(snippet, "publishedAt")), context.zone)
    address = f"https://www.youtube.com/watch?v={video}" if video else None
    return _act("like", pointer, context, when, (filled(at(snippet, "title")), address, None))


def _activity(pointer: str, item: dict[str, Any], context: Context) -> Row | None:
    kind, what = _meaning(filled(item.get("title")) or "")
    if not kind or not _on_youtube(item):
        return None
    when = lenient(filled(item.get("time")), context.zone)
    channel = filled(at(item, "subtitles", 0, "name"))
    return _act(kind, pointer, context, when, (what, filled(item.get("titleUrl")), channel))


def _meaning(title: str) -> tuple[str, str]:
    """`like` or `follow` and of what, or empty strings."""
    for kind, section in (("like", "liked_titles"), ("follow", "subscribed_titles")):
        for pattern in words(section):
            if match := re.match(pattern, title, re.S):
                return kind, match["what"].strip()
    return "", ""


def _act(
    kind: str, pointer: str, context: Context, when: Moment, target: tuple[str | None, str | None, str | None]
) -> Row:
    """`target`: title of the video or channel, its address, the video's channel."""
    what, address, channel = target
    if kind == "follow":
        return act("youtube", "follow", context.owner, pointer, when, target_account=what, target_url=address,
                   target_kind="account")  # fmt: skip
    titled = what if what and not what.startswith(("http://", "https://")) else None
    return act("youtube", "like", context.owner, pointer, when, target_account=channel, target_text=titled,
               target_url=address, target_kind="content")  # fmt: skip


def _page(source: Source) -> Any:
    from selectolax.lexbor import LexborHTMLParser

    if source.size > limit("text", "html_bytes"):
        raise SourceError("halaman HTML terlalu besar; minta unduhan dalam bentuk JSON.")
    with source.open() as stream:
        content = stream.read()
    return LexborHTMLParser(content.decode(encoding_of(content), "replace"))


def _activity_page(page: Any, context: Context) -> Iterator[Row | Note]:
    other = 0
    cells = [
        cell
        for cell in page.css("div.content-cell")
        if cell.css_first("a") is not None and "text-right" not in (cell.attributes.get("class") or "")
    ]
    for number, cell in enumerate(cells, start=1):
        links = cell.css("a")
        lines = [squeezed(line) for line in text_of(cell).split("\n") if line.strip()]
        kind, what = _meaning(lines[0]) if lines else ("", "")
        if not kind:
            other += 1
            continue
        channel = squeezed(links[1].text()) if len(links) > 1 else None
        target = (what, links[0].attributes.get("href"), channel)
        yield _act(kind, f"cell {number}", context, _page_time(lines[-1]), target)
    yield from _left_alone(other)


def _page_time(text: str) -> Moment:
    """To 2018 pages named no zone and meant UTC; later they name one (export-formats §5)."""
    try:
        when = moment(text, UTC)
    except TimeError:
        return ABSENT._replace(time_raw=text)
    return when._replace(time_basis="exact_utc") if when.time_basis == "local_naive" else when


def _comment_page(page: Any, context: Context) -> Iterator[Row | Rejection]:
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


READER = Reader("takeout-activity", _recognise, _read, platform="youtube", title="YouTube (Takeout, aktivitas)")
