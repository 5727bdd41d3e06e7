"""YouTube likes and subscriptions in Google's My Activity (JSON, HTML), `likes.json` and the old `my-comments.html`.

My Activity mixes watching and searching, which are never read; only what a title in a known language calls a like or a
subscription is. Everything else is counted in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from screening.readers.core.acts import owner_note
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, tree
from screening.readers.times.moment import lenient
from screening.readers.youtube.columns import place_of
from screening.readers.youtube.pages import activity_page, comment_page, page_of
from screening.readers.youtube.titles import activity_row, left_alone, meaning

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
        page = page_of(source)
        yield from (activity_page(page, context) if context.detail == "html" else comment_page(page, context))
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
    yield from left_alone(other)


def _playlist_item(pointer: str, item: dict[str, Any], context: Context) -> Row:
    snippet = item.get("snippet")
    video = filled(at(item, "contentDetails", "videoId"), at(snippet, "resourceId", "videoId"))
    when = lenient(filled(at(snippet, "publishedAt")), context.zone)
    address = f"https://www.youtube.com/watch?v={video}" if video else None
    return activity_row("like", pointer, context, when, (filled(at(snippet, "title")), address, None))


def _activity(pointer: str, item: dict[str, Any], context: Context) -> Row | None:
    kind, what = meaning(filled(item.get("title")) or "")
    if not kind or not _on_youtube(item):
        return None
    when = lenient(filled(item.get("time")), context.zone)
    channel = filled(at(item, "subtitles", 0, "name"))
    return activity_row(kind, pointer, context, when, (what, filled(item.get("titleUrl")), channel))


READER = Reader("takeout-activity", _recognise, _read, platform="youtube", title="YouTube (Takeout, aktivitas)")
