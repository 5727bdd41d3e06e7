"""Facebook as Zeeschuimer sees it: posts of the feed ("Story") and comments under a post ("Feedback").

The objects are those of Facebook's own pages, deep and often changed; what is looked for is found by its key wherever it
stands below the part it belongs to. Fields after Zeeschuimer's modules of 2025–26 and 4CAT's mapping; no file was at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core.reader import Row, at, filled, listed
from screening.readers.times.moment import epoch

_DEEP = 14  # levels looked through for a key
_REPLIES = 5  # levels of answers
_NO_NAME = ("profile.php", "people", "groups", "")


def posts(raw: dict[str, Any], pointer: str) -> Iterator[Row]:
    """The post of a story, or the share with what it shares."""
    story = at(raw, "comet_sections", "content", "story")
    if not isinstance(story, dict):
        return
    context = at(raw, "comet_sections", "context_layout", "story") or {}
    shared = _shared(story) or _shared(raw)
    text = filled(at(story, "message", "text"), _below(at(story, "comet_sections", "message"), "text"))
    address = filled(story.get("wwwURL"), raw.get("wwwURL"), raw.get("permalink_url"), _below(context, "url"))
    group = _group(story, context, address)
    row: Row = {
        "record_id": filled(story.get("post_id"), raw.get("post_id")),
        "platform": "facebook",
        "actor": _name(_first(story.get("actors")) or _first(raw.get("actors"))),
        "kind": "post",
        "text": text,
        "media_text": _pictured(story),
        "target_account": group,
        "target_kind": "group" if group else None,
        "target_url": address,
        "visibility": "public",
        "source_pointer": pointer,
        **epoch(_below(context, "creation_time") or _below(raw, "creation_time"))._asdict(),
    }
    if shared is not None:
        told = filled(at(shared, "message", "text"), _below(at(shared, "comet_sections"), "text"))
        in_group = "\n".join(part for part in (row["media_text"], f"di grup: {group}" if group else None) if part)
        row |= {
            "kind": "share", "target_account": _name(_first(shared.get("actors")) or _below(shared, "actors")),
            "target_text": told, "target_url": filled(shared.get("wwwURL"), _below(shared, "wwwURL")) or address,
            "target_kind": "content", "media_text": in_group or None,
        }  # fmt: skip
    yield row


def comments(raw: dict[str, Any], pointer: str) -> Iterator[Row]:
    """The comments under a post and the answers to them, each an act of its author."""
    number = filled(raw.get("id")) or ""
    post = number.removeprefix("feedback:")
    above = f"https://www.facebook.com/{post}" if post.isdigit() else None
    for key in ("comment_rendering_instance_for_feed_location", "comment_rendering_instance"):
        edges = listed(at(raw, key, "comments", "edges"))
        if edges:
            yield from _comments(edges, above, pointer, 0)
            return


def _comments(edges: list[Any], above: str | None, pointer: str, depth: int) -> Iterator[Row]:
    for number, edge in enumerate(edges):
        node = at(edge, "node")
        if not isinstance(node, dict):
            continue
        where = f"{pointer}/{number}"
        text = filled(at(node, "body", "text"), at(node, "preferred_body", "text"), at(node, "body_renderer", "text"))
        stamp = node.get("created_time") or _below(node.get("comment_action_links"), "created_time")
        address = filled(at(node, "feedback", "url"), _below(node.get("comment_action_links"), "url"))
        yield {
            "record_id": filled(node.get("legacy_fbid"), node.get("id")),
            "platform": "facebook",
            "actor": _name(node.get("author")),
            "kind": "comment",
            "text": text or "",
            "target_account": _name(at(node, "comment_direct_parent", "author")),
            "target_url": above or (address or "").split("?")[0] or None,
            "target_kind": "content",
            "visibility": "public",
            "source_pointer": where,
            **epoch(stamp)._asdict(),
        }
        replies = listed(at(node, "feedback", "replies_connection", "edges"))
        if replies and depth < _REPLIES:
            yield from _comments(replies, above, where, depth + 1)


def _name(person: Any) -> str | None:
    """The account of a person: the name in the profile's address, else the name shown."""
    person = _first(person) if isinstance(person, list) else person
    address = filled(at(person, "url"), at(person, "profile_url"))
    last = re.sub(r"[?#].*", "", address or "").rstrip("/").rpartition("/")[2]
    if last in _NO_NAME or last.isdigit() or "/people/" in (address or ""):
        last = ""
    return last or filled(at(person, "name"), at(person, "id"))


def _group(story: dict[str, Any], context: Any, address: str | None) -> str | None:
    """The group a post stands in, by name, else by what its address says."""
    to = at(context, "comet_sections", "title", "story", "to") or story.get("to")
    if filled(at(to, "name")) and at(to, "__typename") in (None, "Group"):
        return filled(at(to, "name"))
    match = re.search(r"/groups/([^/?#]+)", filled(_below(context, "url"), address) or "")
    return match[1] if match else None


def _shared(story: dict[str, Any]) -> dict[str, Any] | None:
    """The story a story shares."""
    for found in (
        story.get("attached_story"),
        at(story, "comet_sections", "attached_story", "story", "attached_story"),
    ):
        if isinstance(found, dict) and found:
            inner = at(found, "comet_sections", "attached_story_layout", "story")
            return {**(inner if isinstance(inner, dict) else {}), **{k: v for k, v in found.items() if v}}
    return None


def _pictured(story: dict[str, Any]) -> str | None:
    """What is written in or under pictures and links of a post."""
    found = []
    for item in listed(story.get("attachments")):
        for key in ("ocr_text", "title_with_entities", "title", "description", "media_caption"):
            value = _below(item, key)
            found.append(filled(at(value, "text") if isinstance(value, dict) else value))
    return "\n".join(dict.fromkeys(text for text in found if text)) or None


def _first(items: Any) -> Any:
    return items[0] if isinstance(items, list) and items else None


def _below(value: Any, key: str) -> Any:
    """The first filled value under a key, nearest level first."""
    level = [value]
    for _ in range(_DEEP):
        further: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                if item.get(key) not in (None, "", [], {}):
                    return item[key]
                further += [each for each in item.values() if isinstance(each, (dict, list))]
            elif isinstance(item, list):
                further += [each for each in item if isinstance(each, (dict, list))]
        level = further
    return None
