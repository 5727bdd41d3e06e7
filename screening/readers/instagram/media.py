"""Instagram and Threads media lists: posts, reels, stories, archived, deleted, IGTV, other content, profile photos.

Layouts 2021–26: `[].media[]{uri, creation_timestamp, title}`; a single picture carries the caption itself, several
pictures leave it to the post level (export-formats §1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.media import of_meta
from screening.readers.core.reader import Row, at, filled, listed
from screening.readers.meta.records import USERNAME, Entry, content_address, entries, role, role_of, stamp
from screening.readers.times.moment import Moment, epoch


def media_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """One post, reel, story or thread; a reshared reel is a share. The media's file name is its id."""
    media = [item for item in listed(record.get("media")) if isinstance(item, dict)] or [record]
    captions = [text for item in media if (text := filled(item.get("title"), item.get("caption")))]
    found = entries(record)
    text = filled(record.get("title"), record.get("caption"), *captions[:1], _labelled_caption(found))
    others = [caption for caption in dict.fromkeys(captions) if caption != text]
    return act(
        platform,
        "share" if any(_reshared(item) for item in media) else "post",
        actor,
        pointer,
        _when(record, media, found),
        text=text or "",
        media_text="\n".join([*others, *places(found)]) or None,
        tagged=";".join(tagged(found)) or None,
        record_id=filled(record.get("fbid")) or _file_name(at(media, 0, "uri")),
        media_files=of_meta(media),
        target_url=content_address(found),
    )


def places(found: Iterable[Entry]) -> list[str]:
    """Where the person says a post was made."""
    told = [entry for entry in found if _about(entry, "place")]
    named = [entry.words for entry in told if not entry.within or role_of(entry) in ("name", "place")]
    return list(dict.fromkeys(words for words in named or [entry.words for entry in told] if words))


def tagged(found: Iterable[Entry]) -> list[str]:
    """The accounts tagged in a post: labelled user names, or one text "satu.akun (Nama Satu), dua.akun (Nama Dua)"."""
    told = [entry for entry in found if _about(entry, "tagged") and entry.words]
    users = [entry.words for entry in told if role_of(entry) == "username"]
    listed_names = [name for entry in told if not entry.within for name in _names(entry.words or "")]
    others = [entry.words for entry in told if entry.within and USERNAME.match(entry.words or "")]
    return list(dict.fromkeys(name for name in (users or others) + listed_names if name))


def _about(entry: Entry, meaning: str) -> bool:
    return role_of(entry) == meaning or any(role(step) == meaning for step in entry.within)


def _names(words: str) -> list[str]:
    """User names in a list of people, each perhaps with a full name in brackets."""
    parts = (part.strip().lstrip("@") for part in re.split(r"[,;\n]", re.sub(r"\([^()]*\)", "", words)))
    return [part for part in parts if USERNAME.match(part)]


def _labelled_caption(found: list[Entry]) -> str | None:
    """The caption of a `label_values` post: by its label, else the longest words there that are no time."""
    flat = [entry for entry in found if entry.words and not entry.within and not entry.stamp]
    named = [entry.words for entry in flat if role_of(entry) == "caption"]
    free = [entry.words or "" for entry in flat if role_of(entry) == ""]
    return named[0] if named else max(free, key=len, default=None)


def _when(record: dict[str, Any], media: list[dict[str, Any]], found: Any) -> Moment:
    """The post's time, else that of its first picture."""
    own = stamp(record, found)
    times = [own, *(epoch(item.get("creation_timestamp")) for item in media)]
    return next((when for when in times if when.happened_at is not None), own)


def _reshared(item: dict[str, Any]) -> bool:
    """Whether the picture's technical data call it a reshared reel."""
    metadata = item.get("media_metadata")
    groups = metadata.values() if isinstance(metadata, dict) else []
    return any(
        isinstance(part, dict) and part.get("source_type") == "reel_reshare"
        for group in groups
        for part in listed(at(group, "exif_data"))
    )


def _file_name(uri: Any) -> str | None:
    """The last part of a path without its extension."""
    name = uri.rsplit("/", 1)[-1].split("?")[0] if isinstance(uri, str) else ""
    return name.rsplit(".", 1)[0] or None
