"""Instagram's download up to 2020: one flat file per subject at the root of the ZIP (export-formats §1, era "up to 2020").

`media.json` {photos|videos|stories|profile|direct: [{caption, taken_at, path}]}, `comments.json` {media_comments:
[[time, text, owner]]}, `likes.json` {media_likes: [[time, owner]]}, `connections.json` {following: {user: time}},
`profile.json` {username, …}.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.acts import act, owner_note
from screening.readers.core.jsonstream import document
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.meta.mojibake import repaired
from screening.readers.times.moment import lenient

MEDIA = ("photos", "videos", "stories", "profile")
COMMENTS = ("media_comments", "live_comments")
LIKES = ("media_likes", "comment_likes")
FOLLOWS = {
    "following": "",
    "follow_requests_sent": "permintaan mengikuti; belum tentu diterima",
    "following_hashtags": "",
}


def _recognise(source: Source) -> Claim | None:
    root = tree(source) if source.suffix == ".json" else None
    if not isinstance(root, dict):
        return None
    if "username" in root and ("biography" in root or "date_joined" in root):
        return Claim(ignored="identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya")
    if any(_media_like(item) for key in MEDIA for item in listed(root.get(key))):
        return Claim(detail="media")
    if any(_times_first(root.get(key)) for key in (*COMMENTS, *LIKES)):
        return Claim(detail="lists")
    if isinstance(root.get("following"), dict) and all(isinstance(value, str) for value in root["following"].values()):
        return Claim(detail="connections")
    return None


def _media_like(item: Any) -> bool:
    return isinstance(item, dict) and "taken_at" in item and ("path" in item or "caption" in item)


def _times_first(items: Any) -> bool:
    return isinstance(items, list) and (not items or any(isinstance(item, list) and len(item) >= 2 for item in items))


def _owner(source: Source) -> Owner | None:
    root = tree(source)
    handle = filled(at(root, "username"))
    known = handle and ("biography" in root or "date_joined" in root)
    return Owner("instagram", handle, source.path.rpartition("/")[0]) if handle and known else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    root = repaired(document(source))
    if isinstance(root, Rejection) or not isinstance(root, dict):
        yield root if isinstance(root, Rejection) else Rejection("", "JSON terpotong atau rusak")
        return
    if context.detail == "media":
        for key in MEDIA:
            yield from _media(listed(root.get(key)), key, context)
    elif context.detail == "lists":
        for key in (*COMMENTS, *LIKES):
            yield from _lists(listed(root.get(key)), key, context)
    else:
        for key, remark in FOLLOWS.items():
            yield from _follows(root.get(key), key, remark, context)


def _media(items: list[Any], key: str, context: Context) -> Iterator[Row | Rejection]:
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            yield Rejection(f"/{key}/{index}", "bukan catatan", item)
            continue
        path = filled(item.get("path")) or ""
        yield act(
            "instagram", "post", context.owner, f"/{key}/{index}", lenient(item.get("taken_at"), context.zone),
            text=filled(item.get("caption")) or "", record_id=path.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        )  # fmt: skip


def _lists(items: list[Any], key: str, context: Context) -> Iterator[Row | Rejection]:
    kind = "comment" if key in COMMENTS else "like"
    for index, item in enumerate(items):
        if not isinstance(item, list) or len(item) < 2:
            yield Rejection(f"/{key}/{index}", "bukan catatan", item)
            continue
        yield act(
            "instagram", kind, context.owner, f"/{key}/{index}", lenient(filled(item[0]), context.zone),
            text=(filled(item[1]) or "") if kind == "comment" else None,
            target_account=filled(item[-1]) if kind == "like" or len(item) > 2 else None, target_kind="content",
        )  # fmt: skip


def _follows(people: Any, key: str, remark: str, context: Context) -> Iterator[Row | Rejection]:
    hashtag = key == "following_hashtags"
    for name, time in people.items() if isinstance(people, dict) else ():
        yield act(
            "instagram", "follow", context.owner, f"/{key}/{name}", lenient(filled(time), context.zone),
            target_account=f"#{name.lstrip('#')}" if hashtag else name,
            target_kind="content" if hashtag else "account", media_text=remark or None,
        )  # fmt: skip


READER = Reader(
    "instagram-2020", _recognise, _read, owner=_owner, platform="instagram", title="Instagram (JSON s.d. 2020)"
)
