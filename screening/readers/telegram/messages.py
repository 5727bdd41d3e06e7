"""One Telegram message as rows: a post or forwarded share of its sender, joins, and the reactions of named people."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from screening.readers.core import media
from screening.readers.core.acts import ADDED, act
from screening.readers.core.reader import Rejection, Row, at, filled, listed
from screening.readers.telegram.chats import Chat
from screening.readers.times.moment import Moment, epoch, lenient

_JOINS = ("join_group_by_link", "join_group_by_request")
_REMEMBERED = 20_000  # messages of a chat that a reply can be resolved to: some megabytes
_QUOTED = 1_000  # characters of an answered message that are kept


# Keys of a message that shows something besides its words.
_SHOWING = frozenset({"sticker_emoji", "poll", "todo_list", "place_name", "game_title", "invoice_information"})


class Answered:
    """The latest messages of one chat by their number, so that a reply names what it answers."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[str | None, str]] = OrderedDict()

    def note(self, message: dict[str, Any], sender: str | None, words: str) -> None:
        if number := filled(message.get("id")):
            self._found[number] = sender, words[:_QUOTED]
            if len(self._found) > _REMEMBERED:
                self._found.popitem(last=False)

    def by(self, message: dict[str, Any]) -> tuple[str | None, str]:
        """Sender and words of the message that is answered; nothing where it is not in the file or in another chat."""
        if message.get("reply_to_peer_id"):
            return None, ""
        return self._found.get(filled(message.get("reply_to_message_id")) or "", (None, ""))


def message_rows(
    pointer: str, message: dict[str, Any], chat: Chat, zone: tzinfo, answered: Answered
) -> Iterator[Row | Rejection]:
    """The acts in one message; other service messages (titles, pins, calls) are none."""
    kind = message.get("type")
    if kind == "service":
        yield from _service(pointer, message, chat.name, zone)
        return
    if kind not in (None, "message"):
        yield Rejection(pointer, "jenis pesan tidak didukung oleh ekspor Telegram", message)
        return
    signed = filled(message.get("author")) if chat.kind.endswith("channel") else None
    sender = filled(signed, message.get("from"), message.get("from_id"))
    if sender is None and not listed(message.get("text")) and not listed(message.get("text_entities")):
        yield Rejection(pointer, "pesan tanpa pengirim dan isi", message)
        return
    when, words = _when(message, zone), text_of(message)
    yield _written(pointer, message, chat, sender, when, words, answered)
    answered.note(message, sender, words)
    yield from _reactions(pointer, message, sender, words, zone)


def _written(
    pointer: str,
    message: dict[str, Any],
    chat: Chat,
    sender: str | None,
    when: Moment,
    words: str,
    answered: Answered,
) -> Row:
    """A post in the chat, or the share of a message that was forwarded into it. The origin of a forward is its target;
    the chat is where it went, and the target where the origin is not known."""
    shown = _shown(message)
    number = filled(message.get("id"))
    pictures = media.shown(message.get("photo")) or media.shown(_sent_as_file(message)) or _film(message)
    if "forwarded_from" in message or "forwarded_from_id" in message:
        origin = filled(message.get("forwarded_from"), message.get("forwarded_from_id"))
        told = [*shown, f"diteruskan ke: {chat.name}"] if origin and chat.name else shown
        return act(
            "telegram", "share", sender, pointer, when, text="",
            target_account=origin or chat.name, target_text=words, target_kind="account" if origin else "group",
            media_text="\n".join(told) or None, record_id=number, media_files=pictures,
        )  # fmt: skip
    author, parent = answered.by(message)
    told = [*shown, f"membalas: {author}"] if author else shown
    return act(
        "telegram", "post", sender, pointer, when, text=words,
        target_account=chat.name, target_text=parent or None, target_kind="group",
        media_text="\n".join(told) or None, record_id=number, media_files=pictures,
    )  # fmt: skip


def _sent_as_file(message: dict[str, Any]) -> str | None:
    """The path of a picture that was sent as a document."""
    return filled(message.get("file")) if str(message.get("mime_type")).startswith("image/") else None


def _film(message: dict[str, Any]) -> list[media.Shown]:
    """A video and its cover."""
    if not str(message.get("mime_type")).startswith("video/"):
        return []
    return [*media.shown(message.get("file")), *media.shown(message.get("thumbnail"), cover=True)]


def _when(message: dict[str, Any], zone: tzinfo) -> Moment:
    """`date_unixtime` is exact; `date` is the wall clock of the exporting computer."""
    exact = epoch(message.get("date_unixtime"))
    return exact if exact.happened_at is not None else lenient(filled(message.get("date")), zone)


def text_of(message: dict[str, Any]) -> str:
    """The words: `text_entities`, else `text`, which is a string or a list of strings and pieces."""
    return joined(listed(message.get("text_entities")) or listed(message.get("text")))


def joined(pieces: Any) -> str:
    """The pieces of a formatted text as one: blanks and line breaks between them are pieces of their own."""
    parts = (piece if isinstance(piece, str) else at(piece, "text") for piece in listed(pieces))
    return "".join(part for part in parts if isinstance(part, str))


def _shown(message: dict[str, Any]) -> list[str]:
    """What a message shows besides its words: addresses behind words, stickers, polls, tasks, places."""
    pieces = [*listed(message.get("text_entities")), *listed(message.get("text"))]
    linked = [filled(piece.get("href")) for piece in pieces if isinstance(piece, dict) and "href" in piece]
    if _SHOWING.isdisjoint(message):
        return list(dict.fromkeys(word for word in linked if word))
    poll, tasks = message.get("poll"), message.get("todo_list")
    words = [
        *linked,
        filled(message.get("sticker_emoji")),
        joined(at(poll, "question")),
        *(joined(at(answer, "text")) for answer in listed(at(poll, "answers"))),
        joined(at(tasks, "title")),
        *(joined(at(task, "text")) for task in listed(at(tasks, "items")) + listed(at(tasks, "answers"))),
        filled(message.get("place_name")),
        filled(message.get("game_title")),
        filled(at(message, "invoice_information", "title")),
    ]
    return list(dict.fromkeys(word for word in words if word))


def _service(pointer: str, message: dict[str, Any], chat: str | None, zone: tzinfo) -> Iterator[Row]:
    action = message.get("action")
    actor = filled(message.get("actor"), message.get("actor_id"))
    when = _when(message, zone)
    common = {"target_account": chat, "target_kind": "group", "record_id": filled(message.get("id"))}
    if action in _JOINS:
        yield act("telegram", "join", actor, pointer, when, **common)
    elif action == "invite_members":
        for member in listed(message.get("members")):
            name = filled(member if not isinstance(member, dict) else at(member, "name"))
            if name is not None:  # a deleted account: nobody can be named
                added = None if name == actor else ADDED
                yield act("telegram", "join", name, pointer, when, media_text=added, **common)


def _reactions(pointer: str, message: dict[str, Any], author: str | None, words: str, zone: tzinfo) -> Iterator[Row]:
    for reaction in listed(message.get("reactions")):
        sign = filled(at(reaction, "emoji"), at(reaction, "type"))
        for place, recent in enumerate(listed(at(reaction, "recent"))):
            actor = filled(at(recent, "from"), at(recent, "from_id"))
            when = lenient(filled(at(recent, "date")), zone)
            yield act(
                "telegram", "like", actor, f"{pointer}/reactions/{sign}/{place}", when,
                target_account=author, target_text=words or None, target_kind="content",
                media_text=None if re.fullmatch("👍\ufe0f?|❤\ufe0f?", sign or "") else f"reaksi: {sign}",
            )  # fmt: skip


__all__ = ["Answered", "joined", "message_rows", "text_of"]
