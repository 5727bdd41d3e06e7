"""Facebook posts, group posts, stories, reels, albums, loose photos and videos, events of one's own.

A post that carries somebody else's content is a share, with what was shared as its target: a link, a post, a page, a
group, an event. A place, a poll, a life event and a fundraiser are what the post shows (`media_text`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from screening.readers.core.acts import act
from screening.readers.core.media import of_meta
from screening.readers.core.reader import Row, at, filled, listed
from screening.readers.facebook import titles
from screening.readers.facebook.acts import named
from screening.readers.facebook.mentions import unmarked
from screening.readers.meta.records import Entry, content_address, entries, role_of, stamp
from screening.readers.times.moment import epoch

# Parts of an attachment with a shape of their own; any other is looked through for words.
_OWN_SHAPE = ("external_context", "media", "text", "name")
_WORDS = ("name", "title", "question", "description", "option")
_DEEPEST = 4


class _Shared(NamedTuple):
    """What a post shares: `sort` is group, page or content; `name` the group's, page's or the content's words."""

    sort: str = "content"
    name: str | None = None
    address: str | None = None


def post_row(actor: str | None, pointer: str, record: dict[str, Any], who: str, in_group: bool) -> Row:
    """One record of your_posts or group_posts_v2, old or labelled; `who` separates the twins of different people."""
    parts = [part for item in listed(record.get("attachments")) for part in listed(at(item, "data"))]
    media = [part["media"] for part in parts if isinstance(at(part, "media"), dict)]
    media += [item for item in listed(record.get("media")) if isinstance(item, dict)]
    found = entries(record)
    title = filled(record.get("title"))
    shared = _shared(parts, title, found)
    written = "\n".join(dict.fromkeys(_texts(record, parts))) or _labelled_text(found)
    text, mentioned = unmarked(written)
    when = stamp(record, found)
    where = _group(title, found, in_group)
    whose = titles.timeline(title) or titles.person(title) or named(found, "target")
    recommended = titles.recommended(title) if shared is None else None
    target, kind = _target(shared, where, whose, recommended)
    uris = [uri for item in media if (uri := filled(item.get("uri")))]
    content = shared is not None and shared.sort == "content"
    return act(
        "facebook", "post" if shared is None else "share", actor, pointer, when,
        text=text,
        target_account=target,
        target_text=shared.name if shared is not None and content else None,
        target_url=shared.address if shared is not None else None,
        target_kind=kind,
        media_text=_media_text(media, parts, found, text, shared, [
            f"merekomendasikan {recommended}" if recommended else None,
            f"kiriman dari: {whose}" if whose and where and shared is not None else None,
        ]),
        tagged=";".join(dict.fromkeys([*_tags(record), *mentioned])) or None,
        record_id=filled(record.get("fbid")),
        media_files=of_meta(media),
        twin=((who, "post", when.time_raw, text, title), *((who, uri) for uri in uris)) if when.happened_at else (),
    )  # fmt: skip


def _target(
    shared: _Shared | None, where: str | None, whose: str | None, recommended: str | None
) -> tuple[str | None, str | None]:
    """The account, group or page a post is aimed at, and what the target is. The group a post stands in comes first:
    that is where it was said; then a shared group or page, then the person whose content or timeline it is."""
    if where:
        return where, "group"
    if shared is not None and shared.sort != "content":
        return shared.name, shared.sort
    if recommended:
        return recommended, "page"
    return whose, "content" if shared is not None else ("account" if whose else None)


def _shared(parts: list[Any], title: str | None, found: list[Entry]) -> _Shared | None:
    """What was shared, or None for the person's own content."""
    link = next((part["external_context"] for part in parts if _links(part)), None)
    says = titles.shared(title)
    if link is None and not says:
        return None
    sort = titles.sort_shared(title)
    bare = next((name for part in parts if (name := filled(at(part, "name")))), None)
    event = next((name for part in parts if (name := filled(at(part, "event", "name")))), None)
    address = filled(at(link, "url")) or (content_address(found) if says else None)
    if sort in ("group", "page"):
        return _Shared(sort, bare or filled(at(link, "name")), address)
    return _Shared("content", filled(at(link, "name"), event, bare) if sort != "memory" else None, address)


def _links(part: Any) -> bool:
    return bool(filled(at(part, "external_context", "url"), at(part, "external_context", "name")))


def _group(title: str | None, found: list[Entry], in_group: bool) -> str | None:
    return (titles.group(title) if in_group else titles.named_group(title)) or named(found, "group")


def _texts(record: dict[str, Any], parts: list[Any]) -> list[str]:
    """What the subject wrote: `data[].post`, else the `text` of an attachment."""
    written = [text for item in listed(record.get("data")) if (text := filled(at(item, "post")))]
    return written or [text for part in parts if (text := filled(at(part, "text")))]


def _labelled_text(found: list[Entry]) -> str:
    """The words of a labelled record: by label, else the first free ones."""
    flat = [entry for entry in found if entry.words and not entry.within]
    labelled = [entry.words for entry in flat if role_of(entry) in ("caption", "comment")]
    free = [entry.words for entry in flat if role_of(entry) == ""]
    return next(iter([*labelled, *free]), None) or ""


def _media_text(
    media: list[dict[str, Any]],
    parts: list[Any],
    found: list[Entry],
    text: str,
    shared: _Shared | None,
    remarks: list[str | None],
) -> str | None:
    """Titles and descriptions of pictures, and what the post shows besides: place, poll, life event, fundraiser."""
    words = [filled(item.get(name)) for item in media for name in ("title", "description")]
    words += [word for part in parts if isinstance(part, dict) for word in _shown(part)]
    words += [filled(at(part, "name")) for part in parts if shared is None]
    words += [entry.words for entry in found if role_of(entry) == "place"] + [named(found, "place")]
    words += remarks
    told = (text, shared.name if shared is not None else None)
    plain = [unmarked(word)[0] for word in words if word]
    return "\n".join(dict.fromkeys(word for word in plain if word not in told)) or None


def _shown(part: dict[str, Any]) -> list[str]:
    """The words of the parts of an attachment that have no shape of their own: place, poll, event, life event …"""
    inner = {name: value for name, value in part.items() if name not in _OWN_SHAPE}
    return [word for value in inner.values() if isinstance(value, (dict, list)) for word in _words(value, 0)]


def _words(value: Any, depth: int) -> list[str]:
    """The names, titles, questions and descriptions in a value, in order."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [word for item in value for word in _words(item, depth + 1)]
    if not isinstance(value, dict):
        return []
    own = [word for name in _WORDS if isinstance(value.get(name), str) and (word := filled(value.get(name)))]
    return own + [word for item in value.values() if isinstance(item, (dict, list)) for word in _words(item, depth + 1)]


def _tags(record: dict[str, Any]) -> list[str]:
    names = [filled(at(tag, "name"), tag if isinstance(tag, str) else None) for tag in listed(record.get("tags"))]
    return [name for name in names if name]


def media_row(actor: str | None, pointer: str, record: dict[str, Any], who: str, album: str | None = None) -> Row:
    """One photo or video of an album or a loose list; its twin is the post that carries the same file."""
    uri = filled(record.get("uri"))
    title = filled(record.get("title"))
    text, mentioned = unmarked(filled(record.get("description")) or "")
    return act(
        "facebook", "post", actor, pointer, stamp(record),
        text=text,
        media_text="\n".join(word for word in dict.fromkeys((title, album)) if word and word != text) or None,
        tagged=";".join(mentioned) or None,
        record_id=uri.rsplit("/", 1)[-1].rsplit(".", 1)[0] if uri else None,
        media_files=of_meta(record),
        twin=((who, uri),) if uri else (),
    )  # fmt: skip


def event_row(actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """An event the person created: its name and description are the person's words, its place is shown."""
    words = (filled(record.get(name)) for name in ("name", "title", "description"))
    when = epoch(record.get("create_timestamp"))
    return act(
        "facebook", "post", actor, pointer, when if when.happened_at is not None else stamp(record),
        text="\n".join(dict.fromkeys(word for word in words if word)),
        media_text=filled(at(record, "place", "name")),
        record_id=filled(record.get("fbid")),
    )  # fmt: skip


def app_post_row(actor: str | None, pointer: str, record: dict[str, Any], who: str) -> Row:
    """A post that an app made for the person; where it says nothing else, its sentence is what is known of it."""
    row = post_row(actor, pointer, record, who, False)
    told = any(row.get(name) for name in ("text", "media_text", "target_text", "target_url"))
    return row if told else {**row, "media_text": filled(record.get("title"))}


def note_row(actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """A note (an essay of its own, to 2020): title and text are the person's words."""
    words = (filled(record.get(name)) for name in ("title", "text", "description"))
    text, mentioned = unmarked("\n".join(dict.fromkeys(word for word in words if word)))
    times = (epoch(record.get(name)) for name in ("created_timestamp", "creation_timestamp", "timestamp"))
    when = next((found for found in times if found.happened_at is not None), stamp(record))
    return act("facebook", "post", actor, pointer, when, text=text, record_id=filled(record.get("fbid")),
               tagged=";".join(dict.fromkeys([*_tags(record), *mentioned])) or None)  # fmt: skip
