"""Facebook's own-data download as JSON, every folder generation from 2018: recognised by root key or record shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core.acts import EMPTY, owner_note, says_nothing
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.facebook.acts import comment_row, name_row, reaction_row
from screening.readers.facebook.lists import FILES, KEYS, SECTIONS
from screening.readers.facebook.posts import media_row, post_row
from screening.readers.meta.files import bare_list, export_place, export_root, labelled, root_keys, sample, stem
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
    key = _by_shape(source) or bare_list(source, FILES)
    return _claim(source, [key]) if key else None


def _claim(source: Source, keys: list[str]) -> Claim:
    """Read late: photo lists (their posts say more), group comments, and old reactions (the new ones have addresses)."""
    which = KEYS[keys[0]]
    old = which == "reaction" and not any("label_values" in item for item in sample(source) or [])
    late = which == "media" or keys[0].startswith("group_comments") or old
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


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    root = tree(source)
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
    make = _maker(which, context.owner or export_place(source, SECTIONS), filled(at(tree(source), "name")))
    actor = context.owner or _only_author(source, path)
    for item in records(source, path):
        if isinstance(item, Rejection):
            yield item
        elif not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan catatan", item[1])
        else:
            made = make(actor, item[0], repaired(item[1]))
            yield Rejection(item[0], EMPTY, item[1]) if isinstance(made, dict) and says_nothing(made) else made


def _only_author(source: Source, path: tuple[str, ...]) -> str | None:
    """The one person a list of own comments or reactions names, for the records that lost theirs."""
    head = [item for item in listed(at(tree(source), *path)) if isinstance(item, dict)]
    parts = [part for item in head for part in _data(item)]
    names = {filled(at(part, "comment", "author"), at(part, "reaction", "actor")) for part in parts} - {None}
    return repair(names.pop() or "") if len(names) == 1 else None


def _maker(which: str, who: str, album: str | None) -> Callable[[str | None, str, dict[str, Any]], Row | Rejection]:
    if which in ("post", "group_post"):
        return lambda actor, pointer, record: post_row(actor, pointer, record, who, which == "group_post")
    if which in ("media", "album"):
        name = repair(album) if album and which == "album" else None
        return lambda actor, pointer, record: media_row(actor, pointer, record, who, name)
    if which.startswith("comment"):
        label = which.partition(" ")[2]
        return lambda actor, pointer, record: comment_row(actor, pointer, record, who, label)
    if which == "reaction":
        return lambda actor, pointer, record: reaction_row(actor, pointer, record, who)
    return lambda actor, pointer, record: name_row(actor, pointer, record, which)


READER = Reader("facebook", _recognise, _read, owner=_owner, platform="facebook", title="Facebook (JSON)")
