"""Facebook posts, group posts, albums, loose photos and videos; a post that carries a foreign address is a share."""

from __future__ import annotations

from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.reader import Row, at, filled, listed
from screening.readers.facebook.titles import group, person, shared
from screening.readers.meta.records import content_address, entries, role_of, stamp


def post_row(actor: str | None, pointer: str, record: dict[str, Any], who: str, in_group: bool) -> Row:
    """One record of your_posts or group_posts_v2; `who` separates the twins of different people."""
    parts = [part for item in listed(record.get("attachments")) for part in listed(at(item, "data"))]
    media = [part["media"] for part in parts if isinstance(at(part, "media"), dict)]
    link = next((part["external_context"] for part in parts if filled(at(part, "external_context", "url"))), None)
    found = entries(record)
    title = filled(record.get("title"))
    text = "\n".join(dict.fromkeys(_texts(record, parts))) or _labelled_text(found)
    when = stamp(record, found)
    where = group(title) if in_group else None
    whose = person(title)
    sharing = link is not None or shared(title)
    uris = [uri for item in media if (uri := filled(item.get("uri")))]
    return act(
        "facebook", "share" if sharing else "post", actor, pointer, when,
        text=text,
        target_account=where or whose,
        target_text=filled(at(link, "name")),
        target_url=filled(at(link, "url")) or (content_address(found) if sharing else None),
        target_kind="group" if in_group else ("content" if sharing else ("account" if whose else None)),
        media_text=_words(media, text),
        tagged=";".join(_tags(record)) or None,
        record_id=filled(record.get("fbid")),
        twin=((who, "post", when.time_raw, text, title), *((who, uri) for uri in uris)) if when.happened_at else (),
    )  # fmt: skip


def _texts(record: dict[str, Any], parts: list[Any]) -> list[str]:
    """What the subject wrote: `data[].post`, else the `text` of an attachment."""
    written = [text for item in listed(record.get("data")) if (text := filled(at(item, "post")))]
    return written or [text for part in parts if (text := filled(at(part, "text")))]


def _labelled_text(found: list[Any]) -> str:
    words = [entry.words for entry in found if entry.words and not entry.within and role_of(entry) in ("", "comment")]
    return words[0] if words else ""


def _words(media: list[dict[str, Any]], text: str) -> str | None:
    """Titles and descriptions of pictures that do not merely repeat the post."""
    words = [filled(item.get(name)) for item in media for name in ("title", "description")]
    return "\n".join(dict.fromkeys(word for word in words if word and word != text)) or None


def _tags(record: dict[str, Any]) -> list[str]:
    names = [filled(at(tag, "name"), tag if isinstance(tag, str) else None) for tag in listed(record.get("tags"))]
    return [name for name in names if name]


def media_row(actor: str | None, pointer: str, record: dict[str, Any], who: str, album: str | None = None) -> Row:
    """One photo or video of an album or a loose list; its twin is the post that carries the same file."""
    uri = filled(record.get("uri"))
    title = filled(record.get("title"))
    text = filled(record.get("description")) or ""
    return act(
        "facebook", "post", actor, pointer, stamp(record),
        text=text,
        media_text="\n".join(word for word in dict.fromkeys((title, album)) if word and word != text) or None,
        record_id=uri.rsplit("/", 1)[-1].rsplit(".", 1)[0] if uri else None,
        twin=((who, uri),) if uri else (),
    )  # fmt: skip
