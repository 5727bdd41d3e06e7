"""Instagram's (and Threads') HTML download: the blocks become the records of the JSON edition and are read like them.

Times are minutes on the wall clock of an unknown zone. Where JSON lies beside it, JSON is read instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.acts import owner_note
from screening.readers.core.media import of_meta
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.instagram import download as instagram
from screening.readers.instagram import threads
from screening.readers.instagram.acts import comment_row, follow_row, like_row
from screening.readers.instagram.media import media_row
from screening.readers.instagram.reposts import repost_row
from screening.readers.instagram.stories import story_answer_row, story_reaction_row
from screening.readers.meta.files import export_root, stem
from screening.readers.meta.pages import Block, blocks, is_meta_page
from screening.readers.meta.records import USERNAME, label_roles, profile_name, role

_POST = ("/p/", "/reel/", "/tv/", "/post/", "/stories/", "/t/")
_IDENTITY = ("personal_information", "instagram_profile_information")


def _recognise(source: Source) -> Claim | None:
    if not is_meta_page(source):
        return None
    name = stem(source)
    in_threads = "/threads/" in f"/{source.path.lower()}"
    if name == "personal_information":
        return Claim(ignored="identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya")
    if name in threads.FILES or (in_threads and name == "following"):
        key = threads.FILES.get(name, "text_post_app_text_post_app_following")
        return Claim(
            same_as=f"threads/{key}", rank=1, place=instagram.place_of(source), detail=("threads", threads.KEYS[key])
        )
    key = instagram.FILES.get(name, "")
    if not key or in_threads:
        return None
    return Claim(
        same_as=f"instagram/{key}", rank=1, place=instagram.place_of(source), detail=("instagram", instagram.KEYS[key])
    )


def _owner(source: Source) -> Owner | None:
    from datetime import UTC

    if stem(source) not in _IDENTITY:
        return None
    cells = [cell for block in blocks(source, UTC) for cell in block.cells]
    named = [value for label, value in cells if role(label) == "username" and USERNAME.match(value)]
    root = export_root(source.path, instagram.SECTIONS)
    return Owner("instagram", named[0], root) if named else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    platform, which = context.detail
    found = list(blocks(source, context.zone))
    shapes = [_record(block) for block in found]
    roles = label_roles(shapes) if which == "comment" else {}
    for number, (block, record) in enumerate(zip(found, shapes, strict=True), start=1):
        pointer = f"block {number}"
        row = _row(platform, which, context.owner, pointer, block, record, roles)
        if row is None:
            yield Rejection(
                pointer, "blok tidak memuat akun, tautan, teks, atau waktu yang dikenal", {"cells": len(block.cells)}
            )
            continue
        yield row if row["happened_at"] is not None else {**row, **block.when._asdict()}


def _row(
    platform: str,
    which: str,
    actor: str | None,
    pointer: str,
    block: Block,
    record: dict[str, Any],
    roles: dict[str, str],
) -> Row | None:
    if which == "comment":
        row = comment_row(platform, actor, pointer, record, roles)
        if not block.cells:  # the older layout: heading = media owner, then the words
            row["text"] = "\n".join(piece.text for piece in block.pieces if piece.text)
        row["media_files"] = of_meta(block.files)
        return row if row["text"] or row["target_account"] or block.when.happened_at else None
    if which == "like":
        return (
            like_row(platform, actor, pointer, record)
            if block.heading or _link(block) or block.when.happened_at
            else None
        )
    if which == "media":
        return _media(platform, actor, pointer, block)
    if which in ("repost", "story_reaction", "story_answer"):
        return _shown(platform, which, actor, pointer, block, record)
    return follow_row(platform, actor, pointer, record, which)


def _shown(
    platform: str, which: str, actor: str | None, pointer: str, block: Block, record: dict[str, Any]
) -> Row | None:
    """A repost, or a reaction or an answer to a story, whose heading is the owner's name."""
    if not (block.heading or _link(block) or block.cells or block.when.happened_at):
        return None
    words = [piece.text for piece in block.pieces if piece.text and not piece.href]
    said = [{"value": word} for word in words if which != "repost"]
    record = {**record, "string_list_data": [*record.get("string_list_data", []), *said]}
    make = {"repost": repost_row, "story_reaction": story_reaction_row, "story_answer": story_answer_row}[which]
    return make(platform, actor, pointer, record)


def _media(platform: str, actor: str | None, pointer: str, block: Block) -> Row | None:
    words = [piece.text for piece in block.pieces if piece.text and not piece.href]
    if not (block.heading or words or block.media or block.when.happened_at):
        return None
    labels = [
        {"label": label, "value": text} for label, text in block.cells if role(label) in ("tagged", "place", "caption")
    ]
    record = {"title": block.heading or next(iter(words), ""), "media": block.files, "label_values": labels}
    return media_row(platform, actor, pointer, record)


def _record(block: Block) -> dict[str, Any]:
    """The block in the shape of the JSON edition."""
    link = _link(block)
    record: dict[str, Any] = {"title": block.heading or "", "string_list_data": []}
    if link:
        record["string_list_data"] = [{"href": link, "value": _name(block, link)}]
    if block.cells:
        record = {
            "title": block.heading or "",
            "string_map_data": {label: {"value": text} for label, text in block.cells},
        }
        for label, text in block.cells:
            if block.when.time_raw == text:
                del record["string_map_data"][label]
        if link:
            record["string_map_data"][""] = {"href": link}
    return record


def _name(block: Block, link: str) -> str:
    """The words of a profile link, when they are a user name."""
    words = next((piece.text for piece in block.pieces if piece.href == link), "")
    return words if profile_name(link) and USERNAME.match(words) else ""


def _link(block: Block) -> str | None:
    """The first address of a post or a profile on the right host; help pages and the like are page chrome."""
    links = [piece.href for piece in block.pieces if piece.href]
    posts = [link for link in links if _on_host(link) and any(step in link for step in _POST)]
    return next(iter(posts), None) or next((link for link in links if profile_name(link)), None)


def _on_host(link: str) -> bool:
    return link.lower().startswith(
        ("https://www.instagram.com/", "https://instagram.com/", "https://www.threads.", "http://www.instagram.com/")
    )


READER = Reader("instagram-html", _recognise, _read, owner=_owner, platform="instagram", title="Instagram (HTML)")
