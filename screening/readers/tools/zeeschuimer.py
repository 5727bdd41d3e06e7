"""Zeeschuimer NDJSON: what a browser saw, raw objects of each platform (export-formats §10); also 4CAT's raw NDJSON.

A feed holds other people's posts too: every author is kept as actor, and the roster decides who is in scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import early_lines
from screening.readers.instagram.nodes import author, caption, post_row, shortcode
from screening.readers.times.moment import Moment, epoch, lenient
from screening.readers.x.scraped import Target, Tweet, tweet_row

Make = Callable[[dict[str, Any], str, Context], Row | None]


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
        row = make(raw, pointer, context)
        yield row if row is not None else Rejection(pointer, "rekaman tanpa isi yang dikenal", line)


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
    legacy = tweet.get("legacy") if isinstance(tweet.get("legacy"), dict) else None
    if legacy is None or "full_text" not in legacy:
        return None
    reply = None
    if filled(legacy.get("in_reply_to_screen_name"), legacy.get("in_reply_to_status_id_str")):
        reply = Target(filled(legacy.get("in_reply_to_screen_name")), filled(legacy.get("in_reply_to_status_id_str")))
    return tweet_row(
        Tweet(
            filled(legacy.get("id_str"), tweet.get("rest_id"), raw.get("id")),
            _screen_name(tweet),
            lenient(legacy.get("created_at"), context.zone),
            _x_text(tweet),
            reply,
            _original(
                at(legacy, "retweeted_status_result", "result") or at(tweet, "retweeted_status_result", "result")
            ),
            _original(at(tweet, "quoted_status_result", "result")),
            _x_alt(legacy),
        ),
        pointer,
    )


def _inner(tweet: Any) -> dict[str, Any]:
    """Some results wrap the tweet once more (`TweetWithVisibilityResults`)."""
    inner = at(tweet, "tweet")
    return inner if isinstance(inner, dict) else tweet if isinstance(tweet, dict) else {}


def _screen_name(tweet: dict[str, Any]) -> str | None:
    user = at(tweet, "core", "user_results", "result")
    return filled(
        at(user, "legacy", "screen_name"), at(user, "core", "screen_name"), at(tweet, "legacy", "user_id_str")
    )


def _x_text(tweet: dict[str, Any]) -> str | None:
    return filled(at(tweet, "note_tweet", "note_tweet_results", "result", "text")) or at(tweet, "legacy", "full_text")


def _original(result: Any) -> Target | None:
    tweet = _inner(result)
    if not tweet:
        return None
    return Target(
        _screen_name(tweet), filled(at(tweet, "legacy", "id_str"), tweet.get("rest_id")), filled(_x_text(tweet))
    )


def _x_alt(legacy: dict[str, Any]) -> str | None:
    media = at(legacy, "extended_entities", "media") or at(legacy, "entities", "media")
    items = media if isinstance(media, list) else []
    return "\n".join(filter(None, (filled(at(item, "ext_alt_text")) for item in items))) or None


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
    "threads": _threads,
    "twitter": _x,
    "x.com": _x,
    "linkedin": _linkedin,
}

READER = Reader("zeeschuimer", _recognise, read=_read, title="Zeeschuimer (NDJSON)")
