"""One Telegram message as rows: a post or forwarded share of its sender, joins, and the reactions of named people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from screening.readers.core.acts import ADDED, act
from screening.readers.core.reader import Rejection, Row, at, filled, listed
from screening.readers.times.moment import Moment, epoch, lenient

_JOINS = ("join_group_by_link", "join_group_by_request")


def message_rows(pointer: str, message: dict[str, Any], chat: str | None, zone: tzinfo) -> Iterator[Row | Rejection]:
    """The acts in one message; other service messages (titles, pins, calls) are none."""
    kind = message.get("type")
    if kind == "service":
        yield from _service(pointer, message, chat, zone)
        return
    if kind not in (None, "message"):
        yield Rejection(pointer, "jenis pesan tidak didukung oleh ekspor Telegram", message)
        return
    sender = filled(message.get("from"), message.get("from_id"))
    if sender is None and not listed(message.get("text")) and not listed(message.get("text_entities")):
        yield Rejection(pointer, "pesan tanpa pengirim dan isi", message)
        return
    when, words = _when(message, zone), text_of(message)
    origin = filled(message.get("forwarded_from"))
    common = {
        "target_account": chat, "target_kind": "group", "record_id": filled(message.get("id")),
        "media_text": filled(message.get("sticker_emoji"), at(message, "poll", "question")),
    }  # fmt: skip
    if "forwarded_from" in message:
        forward = {
            **common,
            "target_account": origin,
            "target_text": words,
            "target_kind": "account" if origin else "content",
        }
        yield act("telegram", "share", sender, pointer, when, text="", **forward)
    else:
        yield act("telegram", "post", sender, pointer, when, text=words, **common)
    yield from _reactions(pointer, message, sender, words, zone)


def _when(message: dict[str, Any], zone: tzinfo) -> Moment:
    """`date_unixtime` is exact; `date` is the wall clock of the exporting computer."""
    exact = epoch(message.get("date_unixtime"))
    return exact if exact.happened_at is not None else lenient(filled(message.get("date")), zone)


def text_of(message: dict[str, Any]) -> str:
    """The words: `text_entities`, else `text`, which is a string or a list of strings and pieces."""
    pieces = listed(message.get("text_entities")) or listed(message.get("text"))
    return "".join(piece if isinstance(piece, str) else filled(at(piece, "text")) or "" for piece in pieces)


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
