"""The Twitter archive to 2018 ("Grailbird"): `data/js/tweets/YYYY_MM.js` and, with the same tweets, `tweets.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core.acts import owner_note
from screening.readers.core.delimited import dialect, head_rows, rows
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row, at, filled
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, tree
from screening.readers.x.tweets import tweet_row

_TWEETS = re.compile(r"^\s*Grailbird\.data\.tweets_\d{4}_\d{2}\s*=")
_OTHERS = re.compile(r"^\s*(?:Grailbird\.data\.\w+|var (?:tweet_index|payload_details|user_details))\s*=")
_COLUMNS = {"tweet_id", "timestamp", "source", "text", "expanded_urls"}


def _recognise(source: Source) -> Claim | None:
    if source.suffix == ".csv":
        header = {cell.strip() for cell in next(iter(head_rows(source, 1)), [])}
        return Claim(same_as="x/grailbird", rank=1, place=_place(source), detail="csv") if header >= _COLUMNS else None
    start = head_text(source)[:200] if source.suffix == ".js" else ""
    if _TWEETS.match(start):
        return Claim(same_as="x/grailbird", place=_place(source), detail="js")
    return (
        Claim(ignored="daftar isi dan identitas arsip; hanya dipakai untuk mengenali akunnya")
        if _OTHERS.match(start)
        else None
    )


def _place(source: Source) -> str:
    return f"{source.container}/{_root(source)}"


def _root(source: Source) -> str:
    return re.sub(r"/?data/js(/tweets)?$", "", source.path.rpartition("/")[0])


def _owner(source: Source) -> Owner | None:
    handle = filled(at(tree(source), "screen_name")) if "user_details" in head_text(source)[:100] else None
    return Owner("x", handle, _root(source)) if handle else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    if context.detail == "csv":
        yield from owner_note(context)
        yield from _table(source, context)
        return
    for item in records(source):
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, tweet = item
        if not isinstance(tweet, dict):
            yield Rejection(pointer, "bukan catatan", tweet)
            continue
        yield tweet_row(filled(at(tweet, "user", "screen_name"), context.owner), pointer, tweet, context.zone)


def _table(source: Source, context: Context) -> Iterator[Row | Rejection]:
    found = dialect(source)
    header: list[str] = []
    for number, cells in rows(source, found) if found else ():
        if not header:
            header = [cell.strip() for cell in cells]
            continue
        if any(cells):
            yield tweet_row(
                context.owner, f"row {number}", _tweet(dict(zip(header, cells, strict=False))), context.zone
            )


def _tweet(cells: dict[str, str]) -> dict[str, Any]:
    """A row of tweets.csv in the shape of a tweet object; the addresses stand in order of the short ones in the text."""
    text = cells.get("text", "")
    shorts = re.findall(r"https?://t\.co/\w+", text)
    longs = [url for url in cells.get("expanded_urls", "").split(",") if url]
    urls = [{"url": short, "expanded_url": long} for short, long in zip(shorts, longs, strict=False)]
    mention = re.match(r"@(\w+)", text)
    parent = cells.get("in_reply_to_status_id") or None
    return {
        "id_str": cells.get("tweet_id"),
        "text": text,
        "created_at": cells.get("timestamp"),
        "in_reply_to_status_id_str": parent,
        "in_reply_to_user_id_str": cells.get("in_reply_to_user_id"),
        "in_reply_to_screen_name": mention[1] if mention and (parent or cells.get("in_reply_to_user_id")) else None,
        "entities": {"urls": urls},
    }


READER = Reader("x-grailbird", _recognise, _read, owner=_owner, platform="x", title="arsip Twitter s.d. 2018")
