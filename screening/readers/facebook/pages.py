"""Facebook's HTML download: the blocks become the records of the JSON edition and are read like them.

Times are wall-clock seconds of an unknown zone. Where JSON lies beside it, JSON is read instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from screening.readers.core.acts import owner_note
from screening.readers.core.html_text import ends_in_date
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.facebook import download as facebook
from screening.readers.facebook.acts import comment_row, name_row, reaction_row
from screening.readers.facebook.editions import Editions
from screening.readers.facebook.posts import app_post_row, event_row, note_row, post_row
from screening.readers.facebook.titles import shared, sort_shared
from screening.readers.meta.files import export_place, export_root, stem
from screening.readers.meta.pages import Block, blocks, is_meta_page
from screening.readers.meta.records import role, split_address

_CHROME = ("/dyi/", "/help/", "/settings")
_NAMES = ("page_like", "page_follow", "follow", "join", "admin", "recommended")
_SIGNS = {"like", "love", "care", "support", "haha", "wow", "sad", "sorry", "anger", "angry"}


def _recognise(source: Source) -> Claim | None:
    if not is_meta_page(source):
        return None
    name = stem(source)
    if name == "profile_information":
        return Claim(ignored="identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya")
    key = facebook.FILES.get(name, "") if facebook.placed(source) else ""
    which = facebook.KEYS.get(key, "")
    if not which or which in ("events", "recent_follow"):
        return None
    return Claim(same_as=facebook.edition(key), rank=1, place=export_place(source, facebook.SECTIONS), detail=which)


def _owner(source: Source) -> Owner | None:
    if stem(source) != "profile_information":
        return None
    cells = [cell for block in blocks(source, UTC) for cell in block.cells]
    named = next((value for label, value in cells if role(label) == "name" and value), None)
    return Owner("facebook", named, export_root(source.path, facebook.SECTIONS)) if named else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    rows = list(_rows(source, context))
    posts = context.detail in ("post", "group_post", "app_post")
    yield from Editions(rows).once(rows) if posts else rows


def _rows(source: Source, context: Context) -> Iterator[Row | Rejection]:
    who = context.owner or export_place(source, facebook.SECTIONS)
    for number, block in enumerate(blocks(source, context.zone), start=1):
        pointer = f"block {number}"
        if not (block.heading or block.pieces or block.cells or block.media or block.when.happened_at):
            yield Rejection(pointer, "blok kosong", {})
            continue
        row = _row(context.detail, context.owner, pointer, block, who)
        if isinstance(row, dict):
            row = {**row, **block.when._asdict(), "twin": ()}
        yield row


def _row(which: str, actor: str | None, pointer: str, block: Block, who: str) -> Row | Rejection:
    words = [
        piece.text for piece in block.pieces if piece.text and not piece.href and not ends_in_date(piece.text, UTC)
    ]
    record: dict[str, Any] = {"title": block.heading}
    labels = [(label, text) for label, text in block.cells if text != block.when.time_raw]
    if labels:
        record["label_values"] = [{"label": label, "value": text} for label, text in labels]
    if which == "comment":
        where = next((text for label, text in labels if role(label) == "group"), None)
        record["data"] = [{"comment": {"comment": words[0] if words else None, "group": where}}]
        record["attachments"] = [{"data": [{"media": file} for file in block.files]}]
        return comment_row(actor, pointer, record, who)
    if which == "reaction":
        sign = next((icon for icon in block.icons if icon in _SIGNS), None)
        record["data"] = [{"reaction": {"reaction": sign.upper()}}] if sign else []
        return reaction_row(actor, pointer, record, who)
    if which in _NAMES:
        linked = next((piece for piece in block.pieces if piece.href and _foreign(piece.href)), None)
        own = block.link if block.link and _foreign(block.link) else None
        record["data"] = [{"name": words[0] if words else (linked.text or None if linked else None)}]
        record["url"] = linked.href if linked else own
        return name_row(actor, pointer, record, which)
    if which == "own_event":
        return event_row(actor, pointer, {"name": block.heading, "description": "\n".join(words)})
    if which == "note":
        return note_row(actor, pointer, {"title": block.heading, "text": "\n".join(words)})
    return _post(which, actor, pointer, block, record, words, who)


def _post(
    which: str, actor: str | None, pointer: str, block: Block, record: dict[str, Any], words: list[str], who: str
) -> Row:
    """A post. Where the sentence says that somebody's content was shared and a page shows one run of words and no
    link, the words are taken for that content: nobody is said to have written what they may only have shared."""
    link = next((piece for piece in block.pieces if piece.href and _foreign(piece.href)), None)
    foreign = bool(words) and len(words) == 1 and link is None and _shares_content(block.heading)
    own, rest = ([], words) if foreign else (words[:1], words[1:])
    parts: list[dict[str, Any]] = [
        {"media": {"uri": path, "description": word}}
        for path, word in zip(block.media, [*([] if foreign else rest), *[""] * len(block.media)], strict=False)
    ]
    if foreign:
        parts.append({"name": words[0]})
    elif len(rest) > len(block.media):
        parts += [{"name": word} for word in rest[len(block.media) :]]
    parts += [{"media": {"uri": path, "cover": True}} for path in block.covers]
    if link:
        parts.append({"external_context": {"url": link.href, "name": link.text if link.text != link.href else ""}})
    record["data"] = [{"post": word} for word in own]
    record["attachments"] = [{"data": parts}]
    row = app_post_row(actor, pointer, record, who) if which == "app_post" else None
    return row or post_row(actor, pointer, record, who, which == "group_post")


def _shares_content(title: str | None) -> bool:
    return shared(title) and sort_shared(title) != "memory"


def _foreign(address: str) -> bool:
    """Whether a link leads to something shared and not to Facebook's own help and download pages."""
    parts = split_address(address)
    return parts is not None and not any(step in parts.path for step in _CHROME)


READER = Reader("facebook-html", _recognise, _read, owner=_owner, platform="facebook", title="Facebook (HTML)")
