"""YouTube in Google Takeout, as CSV: comments, live chats, own videos and posts, subscriptions, liked videos.

Folder names, file names, headers and their order are localised, so columns are found by the shape of their values:
`Ug…` comment id, `UC…` channel, ISO time, JSON text; a header word only breaks ties.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from screening.readers.core.acts import act, owner_note
from screening.readers.core.delimited import Dialect, rows
from screening.readers.core.media import Shown, shown
from screening.readers.core.reader import Claim, Context, Note, Owner, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.core.structure import encoding_of, head_text, is_binary
from screening.readers.core.vocabulary import canonical
from screening.readers.times.moment import lenient
from screening.readers.youtube.columns import (
    Columns,
    columns_of,
    liked_list,
    mentioned,
    place_of,
    root_of,
    segments,
)

_OWN_CHANNEL = "identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya"
_STILL = re.compile(r"^\s*[^:?#\n{}]+\.(?:jpe?g|png|webp|gif)\s*$", re.I)
_PLAYLIST = "daftar putar: menyimpan video bukan tanda suka"


def _recognise(source: Source) -> Claim | None:
    found = _columns(source)
    if found is None:
        return None
    if found.kind == "channel":
        return Claim(ignored=_OWN_CHANNEL)
    if found.kind == "playlist" and not liked_list(source):
        return Claim(ignored=_PLAYLIST)
    return Claim(
        detail=found, same_as=f"youtube/{found.kind}" if found.kind == "comments" else "", place=place_of(source)
    )


def _columns(source: Source) -> Columns | None:
    if source.suffix != ".csv" or is_binary(source):
        return None
    return source.remember("takeout", lambda: columns_of(_sample(source)))


def _sample(source: Source) -> list[list[str]]:
    try:
        return [row for _, row in zip(range(60), csv.reader(io.StringIO(head_text(source))), strict=False)]
    except csv.Error:
        return []


def _owner(source: Source) -> Owner | None:
    found = _columns(source)
    if found is None or found.kind not in ("comments", "channel", "videos", "posts") or found.channel is None:
        return None
    place = found.channel
    ids = {row[place] for row in _sample(source)[1:] if len(row) > place and re.match(r"UC\S*$", row[place])}
    return Owner("youtube", ids.pop(), root_of(source)) if len(ids) == 1 else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    columns: Columns = context.detail
    if columns.kind not in ("comments", "videos", "posts") or columns.channel is None:
        yield from owner_note(context)
    make = _MAKERS[columns.kind]
    for number, cells in rows(source, Dialect(encoding_of(source.head()), ",")):
        if number <= columns.header or not any(cell.strip() for cell in cells):
            continue
        yield make(cells, columns, context, f"row {number}")


def _cell(cells: list[str], place: int | None) -> str | None:
    """The cell there, or None where the row is shorter or the cell is blank."""
    return cells[place].strip() or None if place is not None and place < len(cells) else None


def _comment(cells: list[str], columns: Columns, context: Context, pointer: str) -> Row | Rejection:
    number, channel = _cell(cells, columns.comment), _cell(cells, columns.channel)
    raw = cells[columns.text] if columns.text is not None and columns.text < len(cells) else None
    when = lenient(_cell(cells, columns.time), context.zone)
    if number is None and raw is None and when.happened_at is None:
        return Rejection(pointer, "baris bukan komentar", cells)
    video, post = _cell(cells, columns.video), _cell(cells, columns.post)
    return act(
        "youtube", "comment", channel or context.owner, pointer, when,
        text=segments(raw or ""),
        tagged=";".join(mentioned(raw or "")) or None,
        target_url=_watch(video) or (f"https://www.youtube.com/post/{post}" if post else None),
        target_kind="content",
        record_id=number,
    )  # fmt: skip


def _watch(video: str | None) -> str | None:
    return f"https://www.youtube.com/watch?v={video}" if video else None


def _subscription(cells: list[str], columns: Columns, context: Context, pointer: str) -> Row | Rejection:
    address, title, channel = (_cell(cells, place) for place in (columns.address, columns.text, columns.channel))
    if not (address or title or channel):
        return Rejection(pointer, "baris bukan langganan", cells)
    return act("youtube", "follow", context.owner, pointer, target_account=title or channel, target_url=address,
               target_kind="account", record_id=channel)  # fmt: skip


def _liked(cells: list[str], columns: Columns, context: Context, pointer: str) -> Row | Rejection:
    video = _cell(cells, columns.video)
    when = lenient(_cell(cells, columns.time), context.zone)
    if video is None or not re.fullmatch(r"[\w-]{2,20}", video):
        return Rejection(pointer, "baris bukan video", cells)
    return act("youtube", "like", context.owner, pointer, when, target_url=_watch(video), target_kind="content")


def _own_video(cells: list[str], columns: Columns, context: Context, pointer: str) -> Row | Rejection:
    """A video of the channel's own: title and description are its words."""
    video, title, more = (_cell(cells, place) for place in (columns.video, columns.text, columns.more))
    if not (video or title or more):
        return Rejection(pointer, "baris bukan video", cells)
    return act(
        "youtube", "post", _cell(cells, columns.channel) or context.owner, pointer,
        lenient(_cell(cells, columns.time), context.zone),
        text="\n".join(part for part in (title, more) if part),
        target_url=_watch(video),
        visibility=canonical("visibility", _cell(cells, columns.privacy) or "") or "unknown",
        record_id=video,
        media_files=[Shown((f"{_watch(video)}",), video=True), *_stills(video)] if video else [],
    )  # fmt: skip


def _own_post(cells: list[str], columns: Columns, context: Context, pointer: str) -> Row | Rejection:
    """A post in the channel's community."""
    post = _cell(cells, columns.post)
    raw = cells[columns.text] if columns.text is not None and columns.text < len(cells) else ""
    if post is None and not raw.strip():
        return Rejection(pointer, "baris bukan kiriman", cells)
    return act(
        "youtube", "post", _cell(cells, columns.channel) or context.owner, pointer,
        lenient(_cell(cells, columns.time), context.zone),
        text=segments(raw),
        tagged=";".join(mentioned(raw)) or None,
        target_url=f"https://www.youtube.com/post/{post}" if post else None,
        record_id=post,
        media_files=[one for cell in cells if _STILL.search(cell) for one in shown(cell.strip(), below=True)],
    )  # fmt: skip


def _stills(video: str) -> list[Shown]:
    """The cover of a video, where a tool put it beside the download under the video's number; Takeout has none."""
    return shown(*(f"{video}{suffix}" for suffix in (".jpg", ".webp", ".png")), below=True, cover=True, sought=True)


_MAKERS: dict[str, Callable[[list[str], Columns, Context, str], Row | Rejection]] = {
    "comments": _comment,
    "subscriptions": _subscription,
    "playlist": _liked,
    "videos": _own_video,
    "posts": _own_post,
}

READER = Reader("takeout", _recognise, _read, owner=_owner, platform="youtube", title="YouTube (Takeout, CSV)")
