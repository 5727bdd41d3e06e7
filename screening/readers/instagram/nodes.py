"""Instagram's own post objects as tools keep them: graph (`shortcode`, `edge_*`), v1 (`code`, `taken_at`), partial."""

from __future__ import annotations

from typing import Any

from screening.readers.core.reader import Row, at, filled, listed
from screening.readers.times.moment import epoch


def post_row(node: dict[str, Any], pointer: str, platform: str = "instagram") -> Row:
    """A post object as an activity."""
    address = post_address(node)
    return {
        "record_id": filled(node.get("id"), node.get("pk"), shortcode(node)),
        "platform": platform,
        "actor": author(node),
        "kind": "post",
        "text": caption(node),
        "target_url": address,
        "media_text": _alt(node),
        "tagged": ";".join(dict.fromkeys(filter(None, _tagged(node)))) or None,
        "visibility": _visibility(node),
        "source_pointer": pointer,
        **epoch(filled(node.get("taken_at_timestamp"), node.get("taken_at"), node.get("date")))._asdict(),
    }


def shortcode(node: dict[str, Any]) -> str | None:
    """The short code in a post's address."""
    return filled(node.get("shortcode"), node.get("code"))


def post_address(node: dict[str, Any]) -> str | None:
    """The address of a post."""
    code = shortcode(node)
    return f"https://www.instagram.com/p/{code}/" if code else None


def author(node: dict[str, Any]) -> str | None:
    """Who posted: user name, else account number."""
    return filled(
        at(node, "owner", "username"), at(node, "user", "username"), at(node, "iphone_struct", "user", "username"),
        node.get("owner_username"), at(node, "owner", "id"), at(node, "user", "pk"),
    )  # fmt: skip


def caption(node: dict[str, Any]) -> str | None:
    """The caption in any of its shapes; an empty one is the empty string."""
    for value in (
        at(node, "edge_media_to_caption", "edges", 0, "node", "text"), at(node, "caption", "text"), node.get("caption"),
        at(node, "iphone_struct", "caption", "text"),
    ):  # fmt: skip
        if isinstance(value, str):
            return value
    return "" if {"edge_media_to_caption", "caption"} & node.keys() else None


def _alt(node: dict[str, Any]) -> str | None:
    children = [at(edge, "node") for edge in listed(at(node, "edge_sidecar_to_children", "edges"))]
    items = [node, *children, *listed(node.get("carousel_media"))]
    found = dict.fromkeys(filter(None, (filled(at(item, "accessibility_caption")) for item in items)))
    return "\n".join(found) or None


def _tagged(node: dict[str, Any]) -> list[str | None]:
    graph = [at(edge, "node", "user", "username") for edge in listed(at(node, "edge_media_to_tagged_user", "edges"))]
    first = [at(item, "user", "username") for item in listed(at(node, "usertags", "in"))]
    return [filled(name) for name in (*graph, *first)]


def _visibility(node: dict[str, Any]) -> str:
    private = at(node, "owner", "is_private")
    private = at(node, "user", "is_private") if private is None else private
    return {True: "private", False: "public"}.get(private, "unknown") if isinstance(private, bool) else "unknown"
