"""Which pictures an act shows: what an export says of its own media files. No picture is opened here."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from screening.readers.core.reader import at, filled, listed

# A picture's file name in the words about a picture: what WhatsApp writes for an attachment, and what people put into tables.
FILE_NAME = re.compile(r"[^\s\\/:*?\"<>|;,()\[\]][^\\/:*?\"<>|;,()\[\]\n]*?\.(?:jpe?g|png|webp|gif|bmp)(?![\w.])", re.I)
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|\\)|(?:^|[/\\])\.\.(?:[/\\]|$)", re.I)


class Shown(NamedTuple):
    """One media file of a row: `paths` it may have, the likeliest first, relative to the folder of the file that names it
    or (`above`) to a folder above that; `taken`: seconds since 1970 of the exposure, as the export tells it."""

    paths: tuple[str, ...]
    taken: int | None = None
    above: bool = False


class Picture(NamedTuple):
    """One media file of an act: where the naming file lies (`container`, `folder`), and what it says.

    `below`: the file may lie in any folder below, if its name is the only one (a folder of screenshots beside a table).
    """

    activity_id: str
    container: str
    folder: str
    paths: tuple[str, ...]
    taken: int | None
    above: bool
    below: bool


def shown(*paths: Any, taken: Any = None, above: bool = False) -> list[Shown]:
    """A list with the file, or without it where no path can be one inside the export (an address, a way out of it)."""
    kept = tuple(path for path in paths if isinstance(path, str) and path and not _OUTSIDE.search(path))
    return [Shown(kept, _seconds(taken), above)] if kept else []


def of_meta(media: Any) -> list[Shown]:
    """The files of Meta's media records: `uri` from the root of the export, the exposure in the technical data."""
    return [
        one
        for item in listed(media)
        if isinstance(item, dict)
        for one in shown(item.get("uri"), taken=_exposed(item), above=True)
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
