"""Facebook comments, reactions, follows, page likes, groups joined and events (export-formats §2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.media import of_meta
from screening.readers.core.reader import Rejection, Row, at, filled, listed
from screening.readers.facebook.mentions import unmarked
from screening.readers.facebook.titles import followed, group, joined, left, person, requested
from screening.readers.meta.records import Entry, account, content_address, entries, role, role_of, split_address, stamp
from screening.readers.times.moment import Moment, epoch

# What a comment carries besides its words.
_ATTACHED = (("external_context", "name"), ("external_context", "url"), ("media", "title"), ("media", "description"))


def comment_row(actor: str | None, pointer: str, record: dict[str, Any], who: str, label: str = "") -> Row:
    """A comment; `data` is missing for deleted and sticker-only ones, the target person is only in the title. `label`:
    the one that holds the text in a labelled list of an unknown language."""
    comment = _inner(record, "comment")
    found = entries(record)
    title = filled(record.get("title"))
    where = filled(comment.get("group")) or member(found, "group") or group(title)
    target = filled(person(title), member(found, "owner"))
    parts = [part for item in listed(record.get("attachments")) for part in listed(at(item, "data"))]
    attached = [word for part in parts for place in _ATTACHED if (word := filled(at(part, *place)))]
    labelled = next((entry.value for entry in found if not entry.within and _is_text(entry, label)), None)
    text, mentioned = unmarked(filled(comment.get("comment"), labelled) or "")
    when = _time(record, comment, found)
    return act(
        "facebook", "comment", actor or filled(comment.get("author")), pointer, when,
        text=text,
        media_text="\n".join(dict.fromkeys([*attached, *(_inside(where) if target else [])])) or None,
        target_account=target or where,
        target_url=content_address(found),
        target_kind="group" if where and not target else "content",
        tagged=";".join(mentioned) or None,
        record_id=filled(record.get("fbid")),
        media_files=of_meta([part["media"] for part in parts if isinstance(at(part, "media"), dict)]),
        twin=((who, "comment", when.time_raw, text),) if when.happened_at else (),
    )  # fmt: skip


def photo_comments(actor: str | None, pointer: str, photo: dict[str, Any], who: str) -> Iterator[Row]:
    """The comments a photo or video carries with it; most stand in the list of comments too, and count once."""
    for number, comment in enumerate(listed(photo.get("comments"))):
        if isinstance(comment, dict) and (filled(comment.get("comment")) or comment.get("timestamp")):
            author = filled(comment.get("author"), actor)
            record = {"timestamp": comment.get("timestamp"), "data": [{"comment": comment}]}
            yield comment_row(author, f"{pointer}/comments/{number}", record, who)


def _inside(where: str | None) -> list[str]:
    """The group something happened in, where the target is a person."""
    return [f"di grup: {where}"] if where else []


def _is_text(entry: Entry, label: str) -> bool:
    return role_of(entry) == "comment" or bool(label and entry.label == label)


def _inner(record: dict[str, Any], name: str) -> dict[str, Any]:
    """The first `data[].<name>`; empty where there is none (deleted, sticker-only)."""
    inner = [item[name] for item in listed(record.get("data")) if isinstance(at(item, name), dict)]
    return inner[0] if inner else {}


def _time(record: dict[str, Any], inner: dict[str, Any], found: list[Entry]) -> Moment:
    own = stamp(record, found)
    return own if own.happened_at is not None else (epoch(inner.get("timestamp")) if inner else own)


def member(found: list[Entry], meaning: str) -> str | None:
    """The account in the nested group of that meaning."""
    inside = [entry for entry in found if any(role(step) == meaning for step in entry.within)]
    return account_name(inside) if inside else None


def named(found: list[Entry], meaning: str) -> str | None:
    """The name that a labelled record gives under a meaning, in a group of its own or as a plain value."""
    flat = next((entry.words for entry in found if not entry.within and role_of(entry) == meaning), None)
    return member(found, meaning) or flat


def account_name(found: list[Entry]) -> str | None:
    """The name in a nested group: by role, else the only words there."""
    named = next((entry.words for entry in found if role_of(entry) == "name" and entry.words), None)
    return named or account(found)


def reaction_row(actor: str | None, pointer: str, record: dict[str, Any], who: str) -> Row:
    """A reaction, old (`data[].reaction`) or new (`label_values`); both editions in one ZIP are twins by their time."""
    reaction = _inner(record, "reaction")
    found = entries(record)
    when = _time(record, reaction, found)
    nested = [entry for entry in found if entry.within]
    where = member(found, "group") or next((account_name([e]) for e in nested if _is_group(e.address)), None)
    author = member(found, "owner")
    others = account_name(nested) if nested and not author and not where else None
    title = filled(record.get("title"))
    address = content_address(found)
    target = author or where or others or person(title)
    sign = filled(reaction.get("reaction")) or _sign(found)
    told = [] if sign is None or role_word(sign) == "like" else [f"reaksi: {sign}"]
    return act(
        "facebook", "like", actor or filled(reaction.get("actor")), pointer, when,
        target_account=target,
        target_url=address,
        target_kind="group" if target and target == where and not address else "content",
        media_text="\n".join([*told, *(_inside(where) if target != where else [])]) or None,
        record_id=filled(record.get("fbid")),
        twin=((who, "reaction", when.time_raw),) if when.happened_at is not None else (),
    )  # fmt: skip


def role_word(sign: str) -> str:
    """`like` for the plain thumb in the languages we know, else the reaction as written, lower case."""
    return (
        "like"
        if sign.casefold() in ("like", "suka", "👍", "me gusta", "vind ik leuk", "gefällt mir")
        else sign.casefold()
    )


def _sign(found: list[Entry]) -> str | None:
    flat = [entry for entry in found if not entry.within]
    return next((entry.words for entry in flat if role_of(entry) == "reaction"), None)


def _is_group(address: str | None) -> bool:
    parts = split_address(address)
    return parts is not None and "/groups/" in parts.path


def name_row(actor: str | None, pointer: str, record: dict[str, Any], which: str, who: str = "") -> Row | Rejection:
    """A page liked or followed, a person followed, a group joined, an event attended: a name and a time."""
    found = entries(record)
    title = filled(record.get("title"))
    inner = next((name for item in listed(record.get("data")) if (name := filled(at(item, "name")))), None)
    name = inner or filled(record.get("name")) or account_name(found)
    if which == "join" and left(title):
        return Rejection(pointer, "judulnya menyatakan keluar dari grup, bukan bergabung", record)
    if which == "join" and requested(title):
        return Rejection(pointer, "judulnya menyatakan permintaan atau undangan, bukan keanggotaan grup", record)
    name = name or (joined(title) if which in ("join", "admin") else followed(title) or title)
    if not name and not title and stamp(record, found).happened_at is None:
        return Rejection(pointer, "catatan tidak memuat nama dan waktu", record)
    address = filled(record.get("url"), record.get("uri"), record.get("href"), content_address(found))
    safe = address if address and address.lower().startswith(("http://", "https://")) else None
    kind, target_kind = _WHAT[which]
    return act(
        "facebook", kind, actor, pointer, stamp(record, found),
        target_account=name, target_url=safe, target_kind=target_kind,
        media_text=_REMARKS.get(which),
        record_id=filled(record.get("fbid")),
        twin=_follow_keys(who, which, name, stamp(record, found)),
    )  # fmt: skip


def _follow_keys(who: str, which: str, name: str | None, when: Moment) -> tuple[tuple[object, ...], ...]:
    """A follow met again in the history of recent follows is the same follow; two lists of follows are not compared."""
    if which == "recent_follow":
        return ((who, "follow", name),)
    return ((who, which, name, when.time_raw), (who, "follow", name)) if _WHAT[which][0] in ("follow", "like") else ()


_WHAT = {
    "page_like": ("like", "page"),
    "page_follow": ("follow", "page"),
    "follow": ("follow", "account"),
    "join": ("join", "group"),
    "admin": ("join", "group"),
    "event": ("join", "group"),
    "recommended": ("like", "page"),
    "recent_follow": ("follow", "account"),
}

_REMARKS = {"admin": "pengelola grup", "recommended": "merekomendasikan halaman"}
