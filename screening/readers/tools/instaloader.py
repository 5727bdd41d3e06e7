"""instaloader: posts, profiles and stories (.json, .json.xz), comment lists, caption files (export-formats §10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.media import Shown, shown
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.instagram.nodes import author, caption, post_address, post_row
from screening.readers.times.moment import epoch, naive_utc

_CAPTION = re.compile(r"^(\d{4}-\d{2}-\d{2})_(\d{2})-(\d{2})-(\d{2})_UTC\.txt$")
_DEPTH = 5


def _recognise(source: Source) -> Claim | None:
    same = f"instaloader:{re.sub(r'[.](json([.]xz)?|txt)$', '', source.path or source.container)}"
    if _CAPTION.match(source.leaf):
        return Claim(detail="caption", same_as=same, rank=1)
    root = tree(source)
    if isinstance(root, dict):
        if "node" in root and ("instaloader" in root or at(root, "node", "shortcode") or at(root, "node", "biography")):
            return Claim(detail="node", same_as=same)
        if "shortcode" in root and {"taken_at_timestamp", "edge_media_to_caption", "owner"} & root.keys():
            return Claim(detail="node", same_as=same)
    if isinstance(root, list) and root and _is_comment(root[0]):
        return Claim(detail="comments")
    return None


def _is_comment(record: Any) -> bool:
    return (
        isinstance(record, dict)
        and {"id", "created_at", "text", "owner"} <= record.keys()
        and not {"platform", "shortCode", "_type"} & record.keys()
    )


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    if context.detail == "caption":
        yield _caption_file(source)
    elif context.detail == "comments":
        yield from _comments(source, context)
    else:
        yield from _node(source)


def _node(source: Source) -> Iterator[Row | Rejection | Note]:
    whole = jsonstream.document(source)
    if isinstance(whole, Rejection):
        yield whole
        return
    node = whole.get("node") if isinstance(whole, dict) and "node" in whole else whole
    kind = at(whole, "instaloader", "node_type")
    if not isinstance(node, dict):
        yield Rejection("/node", "rekaman instaloader tanpa isi", node)
    elif kind == "Profile" or ("biography" in node and "shortcode" not in node):
        yield {
            "platform": "instagram", "actor": filled(node.get("username")), "kind": "bio",
            "text": node["biography"] if isinstance(node.get("biography"), str) else None, "source_pointer": "/node",
            "visibility": "private" if node.get("is_private") is True else "public",
        }  # fmt: skip
    elif kind in (None, "Post", "StoryItem"):
        row = post_row(node, "/node" if "node" in whole else "")
        yield {**row, "media_files": _files(source, node)}
    else:
        yield Note("berkas keterangan instaloader, bukan aktivitas", explains=True)


def _files(source: Source, node: dict[str, Any]) -> list[Shown]:
    """The pictures of a post, which the tool writes beside it under the same name, several of them numbered from 1."""
    stem = re.sub(r"\.json(?:\.xz)?$", "", source.leaf)
    parts = listed(at(node, "edge_sidecar_to_children", "edges"))
    names = [f"{stem}_{number}" for number in range(1, len(parts) + 1)] or [stem]
    films = [at(part, "node", "is_video") is True for part in parts] or [node.get("is_video") is True]
    found = []
    for name, film in zip(names, films, strict=True):
        found += shown(f"{name}.mp4") if film else []
        found += shown(f"{name}.jpg", f"{name}.webp", f"{name}.png", cover=film, sought=True)
    return found


def _caption_file(source: Source) -> Row:
    """A caption whose JSON is gone: the time stands in the file's name, the author nowhere."""
    match = _CAPTION.match(source.leaf)
    assert match is not None
    with source.open() as stream:
        text = stream.read(1 << 20).decode("utf-8", "replace")
    time = naive_utc(f"{match[1]} {match[2]}:{match[3]}:{match[4]}")
    return {"platform": "instagram", "kind": "post", "text": text, "source_pointer": "line 1", **time._asdict()}


def _comments(source: Source, context: Context) -> Iterator[Row | Rejection]:
    post = _post_beside(source, context)
    target = {
        "target_account": author(post),
        "target_text": caption(post) or None,
        "target_url": post_address(post),
        "target_kind": "content",
    }
    for item in jsonstream.records(source):
        if isinstance(item, Rejection):
            yield item
        else:
            yield from _comment(item[1], item[0], target, 0)


def _post_beside(source: Source, context: Context) -> dict[str, Any]:
    """The post a comment list belongs to: the file of the same name without `_comments`."""
    stem = re.sub(r"_comments\.json(\.xz)?$", "", source.leaf)
    for name in (f"{stem}.json", f"{stem}.json.xz"):
        beside = context.sibling(name) if stem != source.leaf else None
        whole = jsonstream.document(beside) if beside is not None and not beside.problem else None
        if isinstance(whole, dict):
            node = whole.get("node", whole)
            return node if isinstance(node, dict) else {}
    return {}


def _comment(record: Any, pointer: str, target: Row, depth: int) -> Iterator[Row | Rejection]:
    if not isinstance(record, dict):
        yield Rejection(pointer, "bukan komentar", record)
        return
    text = record.get("text")
    yield {
        "record_id": filled(record.get("id")), "platform": "instagram", "kind": "comment",
        "actor": filled(at(record, "owner", "username"), at(record, "owner", "id")),
        "text": text if isinstance(text, str) else None, "source_pointer": pointer, **target,
        **epoch(record.get("created_at"))._asdict(),
    }  # fmt: skip
    above = {**target, "target_account": filled(at(record, "owner", "username")), "target_text": filled(text)}
    for index, answer in enumerate(listed(record.get("answers")) if depth < _DEPTH else ()):
        yield from _comment(answer, f"{pointer}/answers/{index}", above, depth + 1)


READER = Reader("instaloader", _recognise, read=_read, title="instaloader")
