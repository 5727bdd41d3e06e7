"""Zeeschuimer NDJSON: what a browser saw, raw objects of each platform (export-formats §10); also 4CAT's raw NDJSON.

A feed holds other people's posts too: every author is kept as actor, and the roster decides who is in scope.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import early_lines
from screening.readers.instagram.nodes import author, caption, post_row, shortcode
from screening.readers.times.moment import Moment, epoch, lenient
from screening.readers.tools.zeeschuimer_facebook import comments, posts
from screening.readers.x.scraped import Target, Tweet, tweet_row

Make = Callable[[dict[str, Any], str, Context], Row | Iterator[Row] | None]

_SNOWFLAKE_EPOCH = 1_288_834_974_657  # milliseconds of 1970 from which X counts the time in its ids
_SNOWFLAKE_DIGITS = 15  # ids with fewer digits are older than that way of numbering
_STATUS_OF = re.compile(r"^https?://(?:x|twitter)\.com/(\w{1,20})/status/", re.I)


def _recognise(source: Source) -> Claim | None:
    return Claim() if any(_is_ours(line) for line in early_lines(source)) else None


def _is_ours(line: dict[str, Any]) -> bool:
    seen = {"source_platform", "data"} <= line.keys() or {"source_platform", "item_id"} <= line.keys()
    return seen or isinstance(line.get("__import_meta"), dict)


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    for item in jsonstream.lines(source):
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, line = item
        raw, platform = _unwrapped(line)
        make = _maker(platform)
        if make is None or not isinstance(raw, dict):
            yield Rejection(pointer, "platform Zeeschuimer ini belum dikenal, atau rekamannya kosong", line)
            continue
        rows = make(raw, pointer, context)
        if rows is None or isinstance(rows, dict):
            rows = iter([rows] if rows is not None else [])
        made = list(rows)
        yield from made
        if not made:
            yield Rejection(pointer, "rekaman tanpa isi yang dikenal", line)


def _unwrapped(line: Any) -> tuple[Any, str]:
    meta = at(line, "__import_meta")
    if isinstance(meta, dict):
        return line, str(meta.get("source_platform", ""))
    return at(line, "data"), str(at(line, "source_platform") or "")


def _maker(platform: str) -> Make | None:
    name = platform.lower()
    return next((make for word, make in _MAKERS.items() if word in name), None)


def _tiktok(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    if "desc" not in raw and "createTime" not in raw:
        return None
    who = filled(at(raw, "author", "uniqueId"), at(raw, "author", "unique_id"), raw.get("author"), raw.get("authorId"))
    number = filled(raw.get("id"), raw.get("aweme_id"))
    text = raw.get("desc")
    private = at(raw, "author", "privateAccount")
    return {
        "record_id": number, "platform": "tiktok", "actor": who, "kind": "post",
        "text": text if isinstance(text, str) else None,
        "target_url": f"https://www.tiktok.com/@{who}/video/{number}" if who and number else None,
        "visibility": "private" if private is True or raw.get("privateItem") is True else "public",
        "source_pointer": pointer, **epoch(raw.get("createTime"))._asdict(),
    }  # fmt: skip


def _tiktok_comment(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    if "text" not in raw:
        return None
    video = filled(raw.get("aweme_id"))
    text = raw.get("text")
    return {
        "record_id": filled(raw.get("cid"), raw.get("id")), "platform": "tiktok", "kind": "comment",
        "actor": filled(at(raw, "user", "unique_id"), at(raw, "user", "uniqueId"), at(raw, "user", "uid")),
        "text": text if isinstance(text, str) else None,
        "target_url": f"https://www.tiktok.com/@/video/{video}" if video else None, "target_kind": "content",
        "visibility": "public", "source_pointer": pointer,
        **epoch(filled(raw.get("create_time"), raw.get("createTime")))._asdict(),
    }  # fmt: skip


def _instagram(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    node = raw.get("node") if isinstance(raw.get("node"), dict) else raw
    node = node.get("media") if isinstance(node, dict) and isinstance(node.get("media"), dict) else node
    if not isinstance(node, dict) or not shortcode(node):
        return None
    row = post_row(node, pointer)
    partners = [filled(at(item, "username")) for item in listed(node.get("coauthor_producers"))]
    named = [name for name in partners if name and name != row["actor"]]
    if named:
        row["tagged"] = ";".join(dict.fromkeys([*filter(None, (row["tagged"] or "").split(";")), *named]))
        row["media_text"] = "\n".join(filter(None, (row["media_text"], f"unggahan bersama: {', '.join(named)}")))
    return row


def _instagram_comment(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    text = raw.get("text")
    if not isinstance(text, str):
        return None
    who = filled(*(at(raw, place, name) for place in ("user", "owner") for name in ("unique_id", "username", "id")))
    return {
        "record_id": filled(raw.get("id"), raw.get("pk")), "platform": "instagram", "kind": "comment", "actor": who,
        "text": text, "target_url": filled(raw.get("post_url"), raw.get("media_url")), "target_kind": "content",
        "visibility": "public", "source_pointer": pointer,
        **epoch(filled(raw.get("created_at"), raw.get("timestamp"), raw.get("created_at_utc")))._asdict(),
    }  # fmt: skip


def _threads(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    node = raw.get("post") if isinstance(raw.get("post"), dict) else raw
    if not isinstance(node, dict) or not shortcode(node):
        return None
    row = post_row(node, pointer, "threads")
    row["target_url"] = _threads_address(node)
    info = node.get("text_post_app_info")
    for name in ("reposted_post", "quoted_post"):
        original = at(info, "share_info", name)
        if isinstance(original, dict) and original:
            own = None if name == "reposted_post" else row["text"]
            return {
                **row, "kind": "share", "text": own, "target_account": author(original), "target_text": caption(original),
                "target_url": _threads_address(original), "target_kind": "content",
            }  # fmt: skip
    above = filled(at(info, "reply_to_author", "username"))
    if above or at(info, "is_reply") is True:
        row |= {"kind": "comment", "target_account": above, "target_url": None, "target_kind": "content"}
    return row


def _threads_address(node: dict[str, Any]) -> str | None:
    code, who = shortcode(node), author(node)
    return f"https://www.threads.net/@{who}/post/{code}" if code and who else None


def _x(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    tweet = _inner(raw)
    body = _body(tweet)
    if body is None:
        return None
    number = filled(body.get("id_str"), tweet.get("rest_id"), tweet.get("id_str"), raw.get("rest_id"), raw.get("id"))
    return tweet_row(
        Tweet(
            number,
            _screen_name(tweet),
            _x_time(tweet, body, number, context),
            _x_text(tweet),
            _x_reply(tweet, body, number),
            _original(
                _result(tweet, body, "retweeted_status_result", "reposted_tweet_results", "retweeted_tweet_results")
            ),
            _original(_result(tweet, body, "quoted_status_result", "quoted_tweet_results")),
            _x_alt(body),
        ),
        pointer,
    )


def _body(tweet: dict[str, Any]) -> dict[str, Any] | None:
    """The part of a tweet that holds its words: `legacy` until 2026, since then another part or the tweet itself."""
    parts = [tweet.get("legacy"), tweet, *tweet.values()]
    held = [part for part in parts if isinstance(part, dict)]
    for name in ("full_text", "text"):
        found = next((part for part in held if isinstance(part.get(name), str)), None)
        if found is not None:
            return found
    return held[0] if _note(tweet) else None


def _x_time(tweet: dict[str, Any], body: dict[str, Any], number: str | None, context: Context) -> Moment:
    """When a tweet was written: as it says, else by its id, whose upper bits are the millisecond (ids since November 2010)."""
    written = filled(body.get("created_at"), tweet.get("created_at"))
    if written:
        return lenient(written, context.zone)
    stamp = filled(body.get("created_at_ms"), tweet.get("created_at_ms"))
    if stamp:
        return epoch(stamp)
    if number and number.isdigit() and len(number) >= _SNOWFLAKE_DIGITS:
        return epoch((int(number) >> 22) + _SNOWFLAKE_EPOCH)
    return lenient(None, context.zone)


def _x_reply(tweet: dict[str, Any], body: dict[str, Any], number: str | None) -> Target | None:
    """What a tweet answers to; only that it answers where the conversation is another's and nothing else is said."""
    above = _result(tweet, body, "reply_to_results", "in_reply_to_results")
    account = filled(body.get("in_reply_to_screen_name"), tweet.get("in_reply_to_screen_name"),
                     _person(_result(tweet, body, "reply_to_user_results", "in_reply_to_user_results")))  # fmt: skip
    status = filled(body.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_status_id_str"), at(above, "rest_id"))
    if account or status:
        return Target(account, status)
    conversation = filled(body.get("conversation_id_str"), tweet.get("conversation_id_str"))
    return Target() if conversation and number and conversation != number else None


def _result(tweet: dict[str, Any], body: dict[str, Any], *names: str) -> Any:
    """The first of the named objects that a tweet or its body refers to."""
    found = (at(part, name, "result") or at(part, name) for name in names for part in (body, tweet))
    return next((each for each in found if isinstance(each, dict) and each), None)


def _inner(tweet: Any) -> dict[str, Any]:
    """Some results wrap the tweet once more (`TweetWithVisibilityResults`)."""
    inner = at(tweet, "tweet")
    return inner if isinstance(inner, dict) else tweet if isinstance(tweet, dict) else {}


def _screen_name(tweet: dict[str, Any]) -> str | None:
    named = _person(at(tweet, "core", "user_results", "result")) or _person(tweet.get("user"))
    return named or _of_pictures(tweet) or filled(at(tweet, "legacy", "user_id_str"))


def _person(user: Any) -> str | None:
    parts = (at(user, "legacy"), at(user, "core"), user)
    return filled(*(at(part, name) for part in parts for name in ("screen_name", "unique_id", "username")))


def _of_pictures(tweet: dict[str, Any]) -> str | None:
    """The author by the address of a picture of the tweet, where X leaves the author out."""
    body = _body(tweet) or {}
    for place in ("extended_entities", "entities"):
        for item in listed(at(body, place, "media")):
            if match := _STATUS_OF.match(filled(at(item, "expanded_url")) or ""):
                return match[1]
    return None


def _note(tweet: dict[str, Any]) -> str | None:
    return filled(at(tweet, "note_tweet", "note_tweet_results", "result", "text"))


def _x_text(tweet: dict[str, Any]) -> str | None:
    body = _body(tweet) or {}
    return _note(tweet) or filled(body.get("full_text"), body.get("text"))


def _original(result: Any) -> Target | None:
    tweet = _inner(result)
    if not tweet:
        return None
    number = filled(at(tweet, "legacy", "id_str"), tweet.get("rest_id"))
    return Target(_screen_name(tweet), number, filled(_x_text(tweet)))


def _x_alt(legacy: dict[str, Any]) -> str | None:
    media = at(legacy, "extended_entities", "media") or at(legacy, "entities", "media")
    items = media if isinstance(media, list) else []
    return "\n".join(filter(None, (filled(at(item, "ext_alt_text")) for item in items))) or None


def _facebook(raw: dict[str, Any], pointer: str, context: Context) -> Iterator[Row]:
    return posts(raw, pointer)


def _facebook_comments(raw: dict[str, Any], pointer: str, context: Context) -> Iterator[Row]:
    return comments(raw, pointer)


def _linkedin(raw: dict[str, Any], pointer: str, context: Context) -> Row | None:
    text = filled(at(raw, "commentary", "text", "text"), at(raw, "commentary", "text"), at(raw, "text", "text"))
    who = filled(at(raw, "actor", "name", "text"), at(raw, "actor", "name"), at(raw, "actor", "*author", "name"))
    if text is None and who is None:
        return None
    number = filled(at(raw, "updateMetadata", "urn"), raw.get("entityUrn"), raw.get("id"))
    return {
        "record_id": number, "platform": "linkedin", "actor": who, "kind": "post", "text": text, "source_pointer": pointer,
        **Moment(None, "absent", filled(at(raw, "actor", "subDescription", "text")))._asdict(),
    }  # fmt: skip


_MAKERS: dict[str, Make] = {
    "tiktok-comments": _tiktok_comment,
    "tiktok.com-comments": _tiktok_comment,
    "tiktok": _tiktok,
    "instagram-comments": _instagram_comment,
    "instagram.com-comments": _instagram_comment,
    "instagram": _instagram,
    "facebook-comments": _facebook_comments,
    "facebook.com-comments": _facebook_comments,
    "facebook": _facebook,
    "threads": _threads,
    "twitter": _x,
    "x.com": _x,
    "linkedin": _linkedin,
}

READER = Reader("zeeschuimer", _recognise, read=_read, title="Zeeschuimer (NDJSON)")
