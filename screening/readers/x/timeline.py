"""Timelines of X's API 1.1 as tools keep them (twarc 1, tweepy, Academic collections): tweet objects as JSON lines, as a list,
or as a search result. The same objects as in the archive, with their author and with what they quote and repeat inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.acts import act
from screening.readers.core.reader import Claim, Context, Counted, Item, Reader, Rejection, Row, at, filled
from screening.readers.core.source import Source
from screening.readers.core.structure import early_lines, tree
from screening.readers.x.tweets import tweet_row

_CREATED = re.compile(r"^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{2} \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}$")
_OTHERS = {"source_platform", "__import_meta", "rawContent", "_type", "author_id", "tweet", "data"}


def _recognise(source: Source) -> Claim | None:
    root = tree(source) if source.suffix in (".json", ".jsonl", ".ndjson", ".txt", ".jsons") else None
    searched = at(root, "statuses")
    if isinstance(searched, list) and any(map(_is_ours, searched[:1])):
        return Claim(detail="statuses")
    first = root[:1] if isinstance(root, list) else []
    return Claim(detail="") if any(_is_ours(line) for line in [*early_lines(source), *first]) else None


def _is_ours(line: Any) -> bool:
    if not isinstance(line, dict) or _OTHERS & line.keys():
        return False
    person = at(line, "user", "screen_name") is not None or at(line, "user", "id_str") is not None
    words = "full_text" in line or "text" in line
    return person and words and "id_str" in line and bool(_CREATED.match(filled(line.get("created_at")) or ""))


def _read(source: Source, context: Context) -> Iterator[Item]:
    if context.detail:
        found = jsonstream.records(source, (context.detail,))
    else:
        found = jsonstream.lines(source) if early_lines(source) else jsonstream.records(source)
    notices = 0
    for item in found:
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan cuitan", item[1])
        elif set(item[1]) <= {
            "delete",
            "limit",
            "scrub_geo",
            "status_withheld",
            "user_withheld",
            "warning",
            "disconnect",
        }:
            notices += 1
        else:
            yield _row(item[0], item[1], context)
    if notices:
        yield Counted(notices, "pemberitahuan aliran (penghapusan, batas) bukan cuitan")


def _row(pointer: str, tweet: dict[str, Any], context: Context) -> Row | Rejection:
    actor = filled(at(tweet, "user", "screen_name"), tweet.get("screen_name"), at(tweet, "user", "id_str"))
    if "id_str" not in tweet and "id" not in tweet and filled(tweet.get("description")):
        return act("x", "bio", actor, pointer, text=filled(tweet.get("description")), visibility="public")
    row = tweet_row(actor, pointer, _whole(tweet), context.zone)
    private = at(tweet, "user", "protected")
    return {**row, "visibility": "private" if private is True else "public"} if isinstance(row, dict) else row


def _whole(tweet: dict[str, Any]) -> dict[str, Any]:
    """The tweet with its long text where the stream cut it (`extended_tweet`), also in what it repeats and quotes."""
    long = tweet.get("extended_tweet")
    inner = {
        name: _whole(tweet[name]) for name in ("retweeted_status", "quoted_status") if isinstance(tweet.get(name), dict)
    }
    return {**tweet, **(long if isinstance(long, dict) else {}), **inner}


READER = Reader("x-timeline", _recognise, read=_read, title="X API 1.1 (JSON)")
