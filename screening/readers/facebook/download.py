"""Facebook's own-data download as JSON, every folder generation from 2018: recognised by root key or record shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from screening.limits import limit
from screening.readers.core.acts import EMPTY, owner_note, says_nothing
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Item, Note, Owner, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.facebook.acts import comment_row, name_row, photo_comments, reaction_row
from screening.readers.facebook.editions import Editions
from screening.readers.facebook.lists import FILES, KEYS, PLAIN, SECTIONS
from screening.readers.facebook.posts import app_post_row, event_row, media_row, note_row, post_row
from screening.readers.meta.files import (
    bare_list,
    export_place,
    export_root,
    labelled,
    root_keys,
    sample,
    stem,
    unread_lists,
)
from screening.readers.meta.mojibake import repair, repaired
from screening.readers.meta.records import label_roles

PROFILE = ("profile_v2", "profile_information", "profile")


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".json":
        return None
    root = tree(source)
    if isinstance(root, dict) and _profile(root):
        return Claim(ignored="identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya")
    if keys := root_keys(source, KEYS):
        return _claim(source, keys) if _facebook_like(root, keys) else None
    if isinstance(root, dict) and isinstance(root.get("photos"), list) and ("cover_photo" in root or "name" in root):
        return Claim(late=True, detail=["photos"])
    key = _by_shape(source) or bare_list(source, FILES if placed(source) else {})
    return _claim(source, [key]) if key else None


def placed(source: Source) -> bool:
    """Whether a file name may be taken for that of a list: names that are plain words only inside of a section."""
    return stem(source) not in PLAIN or any(step in SECTIONS for step in source.path.split("/")[:-1])


def _claim(source: Source, keys: list[str]) -> Claim:
    """Read late: photo lists (their posts say more), group comments, and old reactions (the new ones have addresses)."""
    which = KEYS[keys[0]]
    old = which == "reaction" and not any("label_values" in item for item in sample(source) or [])
    late = which in ("media", "recent_follow") or keys[0].startswith("group_comments") or old
    return Claim(same_as=edition(keys[0]), place=export_place(source, SECTIONS), late=late, detail=keys)


def edition(key: str) -> str:
    """The name under which the JSON and the HTML edition of a list meet."""
    return f"facebook/{re.sub('_v[0-9]$', '', key)}"


def _facebook_like(root: Any, keys: list[str]) -> bool:
    """Keys without a version are plain words: their records must look like Meta's."""
    if any(key[-3:-1] == "_v" for key in keys):
        return True
    found = [item for item in listed(at(root, keys[0])) if isinstance(item, dict)]
    timed = any("timestamp" in item or "creation_timestamp" in item for item in found)
    return timed and len(root) == 1 and any(name in item for item in found for name in ("title", "data", "name", "uri"))


def _by_shape(source: Source) -> str:
    """The root key of a bare list of old reactions or posts, or the empty string."""
    found = sample(source)
    if not found or isinstance(tree(source), dict) or any("label_values" in item for item in found):
        return ""
    if any("reaction" in part for item in found for part in _data(item)):
        return "reactions_v2"
    if any("comment" in part for item in found for part in _data(item)):
        return "comments_v2"
    timed = any(isinstance(item.get("timestamp"), (int, float)) for item in found)
    shaped = any("attachments" in item or any("post" in part for part in _data(item)) for item in found)
    if timed and shaped:
        return FILES.get(stem(source), "status_updates_v2")
    return FILES.get(stem(source), "") if timed and any("title" in item or "data" in item for item in found) else ""


def _data(item: dict[str, Any]) -> list[dict[str, Any]]:
    data = item.get("data")
    return [part for part in data if isinstance(part, dict)] if isinstance(data, list) else []


def _profile(root: dict[str, Any]) -> str | None:
    for key in PROFILE:
        name = at(root, key, "name")
        found = filled(at(name, "full_name"), name if isinstance(name, str) else None)
        if found:
            return repair(found)
    return None


def _owner(source: Source) -> Owner | None:
    root = tree(source)
    name = _profile(root) if isinstance(root, dict) else None
    return Owner("facebook", name, export_root(source.path, SECTIONS)) if name else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    yield from owner_note(context)
    root = tree(source)
    if "photos" not in context.detail:
        yield from unread_lists(source, KEYS)
    for key in context.detail:
        which = "album" if key == "photos" else KEYS[key]
        paths = [(key,)] if isinstance(root, dict) and key in root else [()]
        if which == "events":
            which, paths = "event", [(*path, "events_joined") for path in paths]
            yield Note("undangan acara yang hanya diminati atau ditolak tidak dibaca", explains=True)
        for path in paths:
            yield from _rows(source, context, path, which)


def _rows(source: Source, context: Context, path: tuple[str, ...], which: str) -> Iterator[Row | Rejection]:
    if which == "comment" and labelled(sample(source) or []):
        roles = label_roles(repaired(item[1]) for item in records(source, path) if not isinstance(item, Rejection))
        which = f"comment {next((name for name, role in roles.items() if role == 'comment'), '')}"
    made = partial(_made, source, context, path, which)
    if which not in ("post", "group_post", "app_post"):
        yield from made()
    elif source.size <= limit("text", "whole_json_bytes"):
        rows = list(made())
        yield from Editions(rows).once(rows)
    else:  # too many to be held: made twice
        yield from Editions(made()).once(made())


def _made(source: Source, context: Context, path: tuple[str, ...], which: str) -> Iterator[Row | Rejection]:
    who = context.owner or export_place(source, SECTIONS)
    make = _maker(which, who, filled(at(tree(source), "name")))
    actor = context.owner or _only_author(source, path)
    for item in records(source, path):
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan catatan", item[1])
        else:
            for pointer, record in _spread(item[0], repaired(item[1])) if which == "recent_follow" else [item]:
                row = make(actor, pointer, repaired(record))
                yield Rejection(pointer, EMPTY, record) if isinstance(row, dict) and says_nothing(row) else row
                if which in ("media", "album") and isinstance(record, dict):
                    yield from photo_comments(actor, pointer, repaired(record), who)


def _spread(pointer: str, record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The history of recent follows is one record that holds them all, each a group of labelled values."""
    groups = [group for value in listed(record.get("label_values")) for group in listed(at(value, "vec"))]
    if not groups:
        yield pointer, record
    for number, group in enumerate(groups):
        values = at(group, "dict") if isinstance(group, dict) else [{"label": "Name", "value": group}]
        yield f"{pointer}/{number}", {"label_values": values, "timestamp": at(group, "timestamp")}


def _only_author(source: Source, path: tuple[str, ...]) -> str | None:
    """The one person a list of own comments or reactions names, for the records that lost theirs."""
    head = [item for item in listed(at(tree(source), *path)) if isinstance(item, dict)]
    parts = [part for item in head for part in _data(item)]
    names = {filled(at(part, "comment", "author"), at(part, "reaction", "actor")) for part in parts} - {None}
    return repair(names.pop() or "") if len(names) == 1 else None


def _maker(which: str, who: str, album: str | None) -> Callable[[str | None, str, dict[str, Any]], Row | Rejection]:
    if which in ("post", "group_post"):
        return lambda actor, pointer, record: post_row(actor, pointer, record, who, which == "group_post")
    if which == "app_post":
        return lambda actor, pointer, record: app_post_row(actor, pointer, record, who)
    if which in ("note", "own_event"):
        return note_row if which == "note" else event_row
    if which in ("media", "album"):
        name = repair(album) if album and which == "album" else None
        return lambda actor, pointer, record: media_row(actor, pointer, record, who, name)
    if which.startswith("comment"):
        label = which.partition(" ")[2]
        return lambda actor, pointer, record: comment_row(actor, pointer, record, who, label)
    if which == "reaction":
        return lambda actor, pointer, record: reaction_row(actor, pointer, record, who)
    return lambda actor, pointer, record: name_row(actor, pointer, record, which, who)


READER = Reader("facebook", _recognise, _read, owner=_owner, platform="facebook", title="Facebook (JSON)")
