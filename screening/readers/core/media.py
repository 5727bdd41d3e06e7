"""Which pictures an act shows: what an export says of its own media files. No picture is opened here."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote

from screening.readers.core.reader import at, filled, listed

# A media file's name in the words about a picture: what WhatsApp writes for an attachment, and what people put into tables.
FILE_NAME = re.compile(
    r"[^\s\\/:*?\"<>|;,()\[\]][^\\/:*?\"<>|;,()\[\]\n]*?\.(?:jpe?g|png|webp|gif|bmp|mp4|3gp|mov|m4v|webm)(?![\w.])",
    re.I,
)
_VIDEO = re.compile(r"\.(?:mp4|m4v|mov|avi|mkv|webm|3gp)$", re.I)
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|\\)|(?:^|[/\\])\.\.(?:[/\\]|$)", re.I)


class Shown(NamedTuple):
    """One media file of a row: `paths` it may have, the likeliest first, relative to the folder of the file that names it
    or (`above`) to a folder above that; `taken`: seconds since 1970 of the exposure, as the export tells it.

    `below`: it may lie in any folder below, if its name is the only one. `video`: it is one, and stays unopened. `cover`: the
    still picture of a video. `sought`: nobody names it, it is looked for, and its absence is nothing to tell.
    """

    paths: tuple[str, ...]
    taken: int | None = None
    above: bool = False
    below: bool = False
    video: bool = False
    cover: bool = False
    sought: bool = False


class Picture(NamedTuple):
    """One media file of an act: where the naming file lies (`container`, `folder`; the download it is part of begins in
    the folder `root`), whose act it is (`actor`), and what is said of it."""

    activity_id: str
    actor: str
    container: str
    folder: str
    root: str
    file: Shown


def shown(*paths: Any, taken: Any = None, **more: bool) -> list[Shown]:
    """A list with the file, or without it where no path can be one inside the export (an address, a way out of it);
    `more`: of the fields of Shown."""
    kept = tuple(path for path in paths if isinstance(path, str) and path and not _OUTSIDE.search(unquote(path)))
    return [Shown(kept, _seconds(taken), video=is_video(kept[0]), **more)] if kept else []


def is_video(path: str) -> bool:
    """Whether a name is that of a video."""
    return bool(_VIDEO.search(path))


def of_meta(media: Any) -> list[Shown]:
    """The files of Meta's media records: `uri` from the root of the export, the exposure in the technical data."""
    return [
        one
        for item in listed(media)
        if isinstance(item, dict)
        for one in (
            *shown(item.get("uri"), taken=_exposed(item), above=True, cover=item.get("cover") is True),
            *shown(at(item, "thumbnail", "uri"), above=True, cover=True),
        )
    ]


def _exposed(item: dict[str, Any]) -> Any:
    photo = at(item, "media_metadata", "photo_metadata")
    parts = [photo, *listed(at(photo, "exif_data"))]
    return next((found for part in parts if (found := filled(at(part, "taken_timestamp")))), None)


def _seconds(value: Any) -> int | None:
    try:
        seconds = int(value)
    except (TypeError, ValueError):
        return None
    return seconds if 0 < seconds < 4_102_444_800 else None  # before the year 2100
