"""The Mastodon archive: ActivityPub collections as JSON (`outbox.json`, `likes.json`, `actor.json`), and the list of follows.

Posts hold HTML; answers are comments, boosts are shares of an address. What is addressed to single people only is private
and never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from screening.readers.core.acts import act, owner_note
from screening.readers.core.delimited import Dialect, dialect, head_rows, rows
from screening.readers.core.html_text import squeezed, text_of
from screening.readers.core.jsonstream import document, records
from screening.readers.core.media import shown as pictures
from screening.readers.core.reader import (
    Claim,
    Context,
    Counted,
    Item,
    Owner,
    Reader,
    Rejection,
    Row,
    at,
    filled,
    listed,
)
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.times.moment import lenient

_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_LINE = re.compile(r"</p>\s*<p[^>]*>|<br\s*/?>", re.I)
_FOLLOWS = {"account address", "show boosts"}
_PRIVATE = "unggahan yang hanya ditujukan kepada orang tertentu; pesan pribadi tidak pernah dibaca"


def _recognise(source: Source) -> Claim | None:
    if source.suffix == ".csv":
        header = {cell.strip().casefold() for row in head_rows(source, 1) for cell in row}
        return Claim(detail="follows") if header >= _FOLLOWS else None
    root = tree(source)
    if source.suffix != ".json" or not isinstance(root, dict):
        return None
    if (
        root.get("type") in ("Person", "Service")
        and "preferredUsername" in root
        and ("outbox" in root or "@context" in root)
    ):
        return Claim(detail="actor")
    if root.get("type") != "OrderedCollection" or "orderedItems" not in root:
        return None
    name = f"{root.get('id') or ''} {source.leaf}".casefold()
    if "outbox" in name or any(isinstance(item, dict) for item in listed(root.get("orderedItems"))):
        return Claim(detail="outbox")
    if "like" in name or "favourite" in name:
        return Claim(detail="likes")
    return Claim(ignored="penanda pribadi (bookmark); tidak dibaca")


def _owner(source: Source) -> Owner | None:
    root = tree(source)
    name = filled(at(root, "preferredUsername"))
    return Owner("mastodon", name, source.path.rpartition("/")[0]) if name else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    if context.detail != "outbox":  # there every activity names the account
        yield from owner_note(context)
    if context.detail == "follows":
        yield from _follows(source, context)
    elif context.detail == "actor":
        yield from _bio(document(source), context)
    elif context.detail == "likes":
        for pointer, item in _records(source):
            address = filled(item if not isinstance(item, dict) else item.get("id"))
            yield (
                act("mastodon", "like", context.owner, pointer, target_url=address, target_kind="content",
                    target_account=_account(address))
                if address else Rejection(pointer, "tanda suka tanpa alamat", item)
            )  # fmt: skip
    else:
        yield from _outbox(source, context)


def _records(source: Source) -> Iterator[tuple[str, Any]]:
    for item in records(source, ("orderedItems",)):
        yield (item.pointer, item) if isinstance(item, Rejection) else item


def _outbox(source: Source, context: Context) -> Iterator[Item]:
    private = 0
    for pointer, item in _records(source):
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item, dict):
            yield Rejection(pointer, "bukan kegiatan ActivityPub", item)
        elif _is_private(item):
            private += 1
        else:
            yield _activity(pointer, item, context.owner or _person(item))
    yield Counted(private, _PRIVATE)


def _is_private(item: dict[str, Any]) -> bool:
    """Whether it is addressed to single people: neither to all nor to followers."""
    to = [filled(name) or "" for name in (*listed(item.get("to")), *listed(item.get("cc")))]
    return bool(to) and not any(name in _PUBLIC or name.rstrip("/").endswith("/followers") for name in to)


def _person(item: dict[str, Any]) -> str | None:
    """The account that did it, as the activity itself says; in an outbox that is the owner."""
    steps = (filled(item.get("actor"), at(item, "object", "attributedTo")) or "").rstrip("/").split("/")
    return steps[-1].removeprefix("@") or None if len(steps) > 3 else None


def _activity(pointer: str, item: dict[str, Any], who: str | None) -> Row | Rejection:
    when = lenient(filled(item.get("published"), at(item, "object", "published")), UTC)
    note = item.get("object")
    if item.get("type") == "Announce":
        address = filled(note if not isinstance(note, dict) else note.get("id"))
        return act("mastodon", "share", who, pointer, when, text="", target_url=address, target_kind="content",
                   target_account=_account(address), record_id=filled(item.get("id")),
                   visibility="public" if _to_all(item) else "unknown")  # fmt: skip
    if item.get("type") != "Create" or not isinstance(note, dict):
        return Rejection(pointer, "jenis kegiatan ini tidak dibaca", item)
    above = filled(note.get("inReplyTo"))
    people = [filled(tag.get("name")) or "" for tag in listed(note.get("tag")) if at(tag, "type") == "Mention"]
    shown = [filled(at(media, "name")) for media in listed(note.get("attachment"))]
    shown += [filled(at(choice, "name")) for way in ("oneOf", "anyOf") for choice in listed(note.get(way))]
    warning = filled(note.get("summary"))
    own = filled(note.get("url"), note.get("id"))
    return act(
        "mastodon", "comment" if above else "post", who, pointer, when,
        text=_plain(note.get("content")),
        target_url=above or own,
        target_account=_account(above),
        target_kind="content" if above else None,
        tagged=";".join(dict.fromkeys(name.lstrip("@") for name in people if name)),
        media_text="\n".join(filter(None, (f"peringatan isi: {warning}" if warning else None, *shown))),
        record_id=filled(note.get("id")),
        media_files=[one for media in listed(note.get("attachment")) for one in pictures(str(at(media, "url") or "").lstrip("/"))],
        visibility="public" if _to_all(item) else "private",
    )  # fmt: skip


def _to_all(item: dict[str, Any]) -> bool:
    return any(filled(name) in _PUBLIC for name in (*listed(item.get("to")), *listed(item.get("cc"))))


def _plain(content: Any) -> str:
    """The words of a post's HTML, a line per paragraph."""
    from selectolax.lexbor import LexborHTMLParser

    if not isinstance(content, str) or not content:
        return ""
    bodies = [LexborHTMLParser(part).body for part in _LINE.split(content)]
    return "\n".join(squeezed(text_of(body)) for body in bodies if body is not None).strip()


def _account(address: str | None) -> str | None:
    """`akun@server` out of a post's address `https://server/users/akun/statuses/1` or `https://server/@akun/1`."""
    steps = (address or "").split("/")
    if len(steps) < 5 or not steps[0].startswith("http"):
        return None
    name = steps[4] if steps[3] == "users" else steps[3].removeprefix("@") if steps[3].startswith("@") else ""
    return f"{name}@{steps[2]}" if name and "@" not in name else name or None


def _bio(root: Any, context: Context) -> Iterator[Item]:
    text = _plain(at(root, "summary"))
    if text:
        yield act("mastodon", "bio", context.owner or filled(at(root, "preferredUsername")), "/summary", text=text,
                  target_url=filled(at(root, "url"), at(root, "id")), visibility="public")  # fmt: skip
    else:
        yield Counted(1, "profil tanpa keterangan", told=False)


def _follows(source: Source, context: Context) -> Iterator[Item]:
    for number, cells in rows(source, dialect(source) or Dialect("utf-8", ",")):
        name = cells[0].strip() if cells else ""
        if number == 1 or not name:
            yield Counted(1, "baris kepala tabel" if number == 1 else "baris kosong", told=False)
            continue
        yield act("mastodon", "follow", context.owner, f"row {number}", target_account=name, target_kind="account")


READER = Reader("mastodon", _recognise, _read, owner=_owner, platform="mastodon", title="Mastodon (arsip)")
