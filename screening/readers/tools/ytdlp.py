"""yt-dlp `*.info.json`: the video as its channel's post, its comments (export-formats §10).

A comment's `timestamp` is computed from words like "2 months ago" at download: as sure as those words, never exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from screening.platforms import platform_of_address
from screening.readers.core import jsonstream
from screening.readers.core.media import Shown, shown
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.core.vocabulary import canonical
from screening.readers.times.moment import ABSENT, Moment, day_only, epoch, naive_utc

# Words of coarse distance: weeks, months, years, in the languages YouTube's pages come in here.
_COARSE = re.compile(r"\b(minggu|bulan|tahun|week|month|year)s?\b", re.I)


def _recognise(source: Source) -> Claim | None:
    root = tree(source)
    if not isinstance(root, dict) or not {"id", "title"} <= root.keys():
        return None
    ours = {"extractor", "extractor_key"} & root.keys() or at(root, "formats", 0, "format_id")
    return Claim() if ours else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    info = jsonstream.scalars(source)
    address = filled(info.get("webpage_url"), info.get("original_url"))
    platform = canonical("platform", str(info.get("extractor_key", ""))) or platform_of_address(address) or "other"
    channel = _channel(info)
    if info.get("_type") not in ("playlist", "multi_video"):
        yield {**_video(info, platform, channel, address), "media_files": _files(source)}
    target = {
        "target_account": channel, "target_text": filled(info.get("title")), "target_url": address, "target_kind": "content",
    }  # fmt: skip
    threads: dict[str, Row] = {}
    for item in jsonstream.records(source, ("comments",)):
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan komentar", item[1])
        else:
            yield _comment(item[1], item[0], {**target, "platform": platform}, threads, context.zone)


def _files(source: Source) -> list[Shown]:
    """The video and its cover, which the tool writes beside its description under the same name."""
    stem = re.sub(r"(?:\.info)?\.json$", "", source.leaf)
    covers = shown(*(f"{stem}.{suffix}" for suffix in ("jpg", "webp", "png")), cover=True, sought=True)
    return [*shown(f"{stem}.mp4"), *covers]


def _channel(info: dict[str, Any]) -> str | None:
    handle = filled(info.get("uploader_id"))
    return handle if handle and handle.startswith("@") else filled(info.get("channel"), info.get("uploader"), handle)


def _video(info: dict[str, Any], platform: str, channel: str | None, address: str | None) -> Row:
    words = [filled(info.get("title")), filled(info.get("description"))]
    time = epoch(info.get("timestamp"))
    if time.happened_at is None and info.get("upload_date"):
        time = naive_utc(info["upload_date"])
    visible = {"public": "public", "unlisted": "public", "private": "private"}
    return {
        "record_id": filled(info.get("id")), "platform": platform, "actor": channel, "kind": "post",
        "text": "\n".join(dict.fromkeys(filter(None, words))) or None, "target_url": address,
        "visibility": visible.get(str(info.get("availability")), "unknown"), "source_pointer": "", **time._asdict(),
    }  # fmt: skip


def _comment(record: dict[str, Any], pointer: str, target: Row, threads: dict[str, Row], zone: tzinfo) -> Row:
    parent = filled(record.get("parent"))
    number = filled(record.get("id"))
    text = record.get("text") if isinstance(record.get("text"), str) else None
    author = filled(record.get("author"), record.get("author_id"))
    if number and parent in (None, "root"):
        threads[number] = {"target_account": author, "target_text": text}
    above = {**target, **threads.get(parent or "", {})}
    return {
        "record_id": number, "actor": author, "kind": "comment", "text": text, **above,
        "visibility": "public", "source_pointer": pointer, **_time(record, zone)._asdict(),
    }  # fmt: skip


def _time(record: dict[str, Any], zone: tzinfo) -> Moment:
    words = filled(record.get("_time_text"), record.get("time_text"))
    read = epoch(record.get("timestamp"))
    if read.happened_at is None or (words and _COARSE.search(words)):
        return ABSENT._replace(time_raw=" ".join(filter(None, [words, read.time_raw])) or None)
    return day_only(read, zone)._replace(time_raw=" ".join(filter(None, [words, read.time_raw])))


READER = Reader("yt-dlp", _recognise, read=_read, title="yt-dlp (info.json)")
