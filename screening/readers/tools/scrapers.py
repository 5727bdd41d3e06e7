"""twscrape and snscrape JSON lines (export-formats §10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import early_lines, tree
from screening.readers.core.vocabulary import canonical
from screening.readers.times.moment import lenient
from screening.readers.x.scraped import Target, Tweet, tweet_row


def _recognise(source: Source) -> Claim | None:
    root = tree(source)
    first = root[:1] if isinstance(root, list) else []
    return Claim() if any(_is_ours(line) for line in [*early_lines(source), *first]) else None


def _is_ours(line: Any) -> bool:
    if not isinstance(line, dict):
        return False
    named = str(line.get("_type", "")).startswith("snscrape.")
    tweet = "date" in line and "id" in line and bool({"rawContent", "renderedContent"} & line.keys())
    person = {"username", "rawDescription", "displayname"} <= line.keys()
    return named or tweet or person


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    lines = jsonstream.lines(source) if early_lines(source) else jsonstream.records(source)
    for item in lines:
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "baris bukan rekaman", item[1])
        else:
            yield _record(item[1], item[0], context)


def _record(record: dict[str, Any], pointer: str, context: Context) -> Row | Rejection:
    platform = _platform(record)
    if not {"rawContent", "content", "renderedContent"} & record.keys():
        if filled(record.get("username")):
            return _bio(record, platform, pointer)
        return Rejection(pointer, "rekaman tanpa isi", record)
    if platform != "x":
        return _elsewhere(record, platform, pointer, context)
    return tweet_row(
        Tweet(
            filled(record.get("id_str"), record.get("id")),
            _author(record),
            lenient(record.get("date"), context.zone),
            _content(record),
            _reply(record),
            _target(record.get("retweetedTweet")),
            _target(record.get("quotedTweet")),
            _alt(record.get("media")),
        ),
        pointer,
    )


def _platform(record: dict[str, Any]) -> str:
    parts = str(record.get("_type", "")).split(".")
    return (canonical("platform", parts[2]) if len(parts) > 3 else None) or ("x" if len(parts) < 4 else "other")


def _author(record: dict[str, Any]) -> str | None:
    return filled(at(record, "user", "username"), record.get("username"), at(record, "user", "id"))


def _content(record: dict[str, Any]) -> str | None:
    return next(
        (record[name] for name in ("rawContent", "content", "renderedContent") if isinstance(record.get(name), str)),
        None,
    )


def _reply(record: dict[str, Any]) -> Target | None:
    number = filled(record.get("inReplyToTweetIdStr"), record.get("inReplyToTweetId"))
    account = filled(at(record, "inReplyToUser", "username"), at(record, "inReplyToUser", "id"))
    return Target(account, number) if number or account else None


def _target(original: Any) -> Target | None:
    if not isinstance(original, dict) or not original:
        return None
    return Target(_author(original), filled(original.get("id_str"), original.get("id")), _content(original))


def _alt(media: Any) -> str | None:
    items = [item for group in media.values() for item in listed(group)] if isinstance(media, dict) else listed(media)
    return "\n".join(filter(None, (filled(at(item, "altText")) for item in items))) or None


def _bio(user: dict[str, Any], platform: str, pointer: str) -> Row:
    text = user.get("rawDescription")
    return {
        "platform": platform, "actor": filled(user.get("username")), "kind": "bio",
        "text": text if isinstance(text, str) else None, "visibility": "public", "source_pointer": pointer,
    }  # fmt: skip


def _elsewhere(record: dict[str, Any], platform: str, pointer: str, context: Context) -> Row:
    return {
        "record_id": filled(record.get("id")), "platform": platform, "actor": _author(record), "kind": "post",
        "text": _content(record), "target_url": filled(record.get("url")), "visibility": "public",
        "source_pointer": pointer, **lenient(record.get("date"), context.zone)._asdict(),
    }  # fmt: skip


READER = Reader("twscrape-snscrape", _recognise, read=_read, title="twscrape/snscrape (JSONL)")
