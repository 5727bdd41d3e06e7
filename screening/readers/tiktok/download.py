"""TikTok's JSON download, 2020 to 2026: lists are found by their own key below any section path (export-formats §4).

Sections were renamed (`Activity`, `Your Activity`, `Likes and Favorites`, …) while the innermost keys stayed English and
stable. Times are UTC without a zone; comments and likes carry no target account; `N/A`, `None` and "" are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.limits import limit
from screening.readers.core.acts import act, owner_note
from screening.readers.core.jsonstream import document, records, under
from screening.readers.core.media import Shown, shown
from screening.readers.core.reader import Claim, Context, Item, Owner, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, tree
from screening.readers.tiktok.lists import left_alone, lives, paths, streamed_name, which_list
from screening.readers.times.moment import ABSENT, Moment, epoch, naive_utc

_NOTHING = {"n/a", "none"}
_FILE = re.compile(r"^[^:?#\n]+\.(?:jpe?g|png|webp|gif|mp4|mov|webm)$", re.I)
_STILLS = (".jpg", ".jpeg", ".png", ".webp")
_MARKS = {"itemfavoritelist", "commentslist", "videolist", "fanslist", "sharehistorylist", "watchlivemap", "profilemap",
          "searchlist", "favoritevideolist", "blocklist", "chathistory", "postlist", "loginhistorylist"}  # fmt: skip
_SECTIONS = ("activity", "your activity", "comment", "video", "post", "profile", "profile and settings", "likes and favorites",
             "direct message", "direct messages", "tiktok live", "app settings", "ads and data", "tiktok shop",
             "tiktok shopping")  # fmt: skip


def _recognise(source: Source) -> Claim | None:
    if source.suffix not in (".json", ".txt") or head_text(source).lstrip()[:1] != "{":
        return None
    root = tree(source)
    if not isinstance(root, dict) or not any(isinstance(value, dict) for value in root.values()):
        return None
    sections = [key for key in root if key.casefold() in _SECTIONS]
    return Claim() if sections and _marked(root) else None


def _marked(root: dict[str, Any]) -> bool:
    """Whether the innermost keys are TikTok's."""
    return any(key.casefold() in _MARKS for inner in root.values() for key in _keys(inner, 3))


def _keys(value: Any, depth: int) -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) and depth else ():
        yield key
        yield from _keys(inner, depth - 1)


def _owner(source: Source) -> Owner | None:
    handle = _handle(tree(source)) or _handle(document(source)) or _meant(streamed_name(source))
    return Owner("tiktok", handle, source.path.rpartition("/")[0]) if handle else None


def _handle(value: Any, depth: int = 5) -> str | None:
    """`userName` of the profile map, wherever it lies."""
    if not isinstance(value, dict) or not depth:
        return None
    profile = next((inner for key, inner in value.items() if key.casefold() == "profilemap"), None)
    if isinstance(profile, dict):
        return _meant(next((name for key, name in profile.items() if key.casefold() == "username"), None))
    return next((found for inner in value.values() if (found := _handle(inner, depth - 1))), None)


def _read(source: Source, context: Context) -> Iterator[Item]:
    whole = document(source) if source.size <= limit("text", "whole_json_bytes") else None
    if isinstance(whole, Rejection):
        yield whole
        whole = None
    handle = _handle(whole) or _handle(tree(source)) or context.owner
    if handle is None:
        yield from owner_note(context)
    found = paths(source, whole)
    yield from left_alone(found)
    for path in found:
        which = which_list(path)
        if not which:
            continue
        for item in _items(source, path, which, whole):
            if isinstance(item, Rejection):
                yield item
            elif which == "live":
                yield from _live(handle, item[0], item[1])
            elif not isinstance(item[1], dict):
                yield Rejection(item[0], "bukan catatan", item[1])
            else:
                yield row_of(which, handle, item[0], item[1])


def _items(source: Source, path: tuple[str, ...], which: str, whole: Any) -> Iterator[tuple[str, Any] | Rejection]:
    """The records of one list; a small file was parsed once and for all (`whole`)."""
    if whole is not None:
        return under(whole, path)
    return lives(source, path) if which == "live" else records(source, path)


def row_of(which: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row | Rejection:
    """One record of a list; keys are compared without capitals (`Date`, `date`)."""
    cells = {key.casefold(): value for key, value in record.items() if isinstance(key, str)}
    when = _when(cells)
    link = _meant(cells.get("link"), cells.get("url"), cells.get("itemlink"), cells.get("videolink"))
    if which == "follow":
        name = _meant(cells.get("username"), cells.get("user"), cells.get("name"))
        if not name:
            return Rejection(pointer, "akun yang diikuti tidak disebut", record)
        return act("tiktok", "follow", actor, pointer, when, target_account=name, target_kind="account")
    if which == "like":
        if not link and when.happened_at is None:
            return Rejection(pointer, "catatan tanpa tautan dan waktu", record)
        return act("tiktok", "like", actor, pointer, when, target_url=link, target_kind="content")
    if which == "comment":
        text = _meant(
            cells.get("comment"), cells.get("commentcontent"), cells.get("questioncontent"), cells.get("text")
        )
        original = _meant(cells.get("originalposturl"), cells.get("original post link"))
        return act("tiktok", "comment", actor, pointer, when, text=text or "", target_url=original or link,
                   target_account=_account_of(original or link), target_kind="content")  # fmt: skip
    if which == "share":
        return act("tiktok", "share", actor, pointer, when, text="", target_url=link, target_kind="content")
    alt = _meant(cells.get("alttext"), cells.get("alternatetext"))
    text = _meant(*(cells.get(name) for name in ("title", "livetitle", "caption", "description")), alt) or ""
    return act("tiktok", "post", actor, pointer, when, text=text, record_id=_video_id(link),
               target_url=link if _video_id(link) else None,
               media_text=alt if text != alt else None, visibility=_seen_by(cells.get("whocanview")),
               media_files=_media(cells, link))  # fmt: skip


def _media(cells: dict[str, Any], link: str | None) -> list[Shown]:
    """The files a post shows. The download names addresses; a file lies in it where a cell holds a path, or where a tool that
    fetched the media named them by the number of the post."""
    number = _video_id(link)
    paths = [
        value for cell in cells.values() for value in listed(cell) if isinstance(value, str) and _FILE.search(value)
    ]
    named = [one for path in dict.fromkeys(paths) for one in shown(path, above=True)]
    film = number is not None and "/video/" in (link or "")
    beside = shown(*(f"{number}{suffix}" for suffix in _STILLS), below=True, sought=True, cover=film) if number else []
    told = [Shown((link,), video=True)] if film and link and not any(one.video for one in named) else []
    return [*named, *told, *beside]


def _seen_by(value: Any) -> str:
    """Who can see a post: everybody, fewer, or not told."""
    told = (filled(value) or "").casefold()
    return "public" if "public" in told or "everyone" in told else ("private" if _meant(value) else "unknown")


def _account_of(link: str | None) -> str | None:
    """The account a TikTok address names (`/@name/live`, `/@name/video/1`), or None."""
    match = re.search(r"^https?://(?:[\w-]+\.)*tiktok\.com/@([\w.]{2,32})(?=$|[/?#])", link or "", re.I)
    return match[1] if match else None


def _when(cells: dict[str, Any]) -> Moment:
    for name in ("date", "commenttime", "questiontime", "livestarttime", "createtime", "time"):
        if text := _meant(cells.get(name)):
            return naive_utc(text)
    return epoch(cells.get("rawtime")) if cells.get("rawtime") else ABSENT


def _live(actor: str | None, pointer: str, watched: Any) -> Iterator[Row | Rejection]:
    """Comments and questions during other people's LIVEs: one map entry holds those of one LIVE and its address."""
    for number, live in watched.items() if isinstance(watched, dict) else ():
        link = _meant(at(live, "Link"), at(live, "link"))
        for name in ("Comments", "Questions"):
            for index, item in enumerate(listed(at(live, name) or at(live, name.lower()))):
                place = f"{pointer}/{number}/{name}/{index}"
                if isinstance(item, dict):
                    yield row_of("comment", actor, place, {"Link": link, **item})
                else:
                    yield Rejection(place, "bukan catatan", item)


def _video_id(link: str | None) -> str | None:
    match = re.search(r"/(?:video|photo)/(\d{8,})", link or "")
    return match[1] if match else None


def _meant(*values: Any) -> str | None:
    """The first value that is text and no sentinel."""
    return next((text for value in values if (text := filled(value)) and text.strip().casefold() not in _NOTHING), None)


READER = Reader("tiktok", _recognise, _read, owner=_owner, platform="tiktok", title="TikTok (JSON)")
