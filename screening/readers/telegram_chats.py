"""Which chats a Telegram export holds and which of them may be read; then their messages, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from screening.readers.jsonstream import utf8
from screening.readers.reader import Rejection
from screening.readers.source import Source
from screening.readers.structure import tree

GROUPS = ("private_group", "private_supergroup", "public_supergroup", "private_channel", "public_channel")
_PRIVATE = {
    "personal_chat": "obrolan pribadi tidak pernah dibaca",
    "bot_chat": "obrolan dengan bot tidak pernah dibaca",
    "saved_messages": "pesan tersimpan tidak pernah dibaca",
    "replies": "kotak balasan tidak dibaca",
    "verification_codes": "kode verifikasi tidak pernah dibaca",
}
UNDECIDED = "jenis obrolan tidak tertulis dan tidak terbukti grup, jadi diperlakukan sebagai obrolan pribadi"
_ENOUGH = 3  # more than two different senders: no one-to-one chat
_GROUP_ACTIONS = ("create_group", "create_channel", "join_group_by_link", "join_group_by_request", "invite_members",
                  "remove_members", "migrate_to_supergroup", "migrate_from_group",
                  "edit_group_title", "edit_group_photo")  # fmt: skip
_CHATS = ("chats.list.item", "left_chats.list.item")
_MESSAGES = ("chats.list.item.messages.item", "left_chats.list.item.messages.item")


@dataclass
class Chat:
    """What is known of one chat; `pointer` is its place, `member` whether the list names the owner's own chats."""

    pointer: str
    kind: str = ""
    name: str | None = None
    number: str | None = None
    member: bool = False
    owner: str | None = None
    senders: set[str] = field(default_factory=set)
    group_sign: bool = False

    @property
    def readable(self) -> bool:
        """Whether it is a group or channel: by its type, or (without one) by more than two senders or group events."""
        return self.kind in GROUPS or (not self.kind and (len(self.senders) >= _ENOUGH or self.group_sign))

    @property
    def visibility(self) -> str | None:
        """Public or private as the type says, None where there is none."""
        start = self.kind.partition("_")[0]
        return start if start in ("public", "private") else None

    @property
    def why(self) -> str:
        """Why it is not read."""
        return _PRIVATE.get(self.kind, UNDECIDED)


def chats(source: Source) -> dict[str, Chat]:
    """All chats by their ijson prefix, from a pass that keeps no message; damaged ends cost only what lies behind."""
    import ijson

    known = _announced(source)
    if known is not None:
        return {"#0": known}
    found: dict[str, Chat] = {}
    places: dict[str, int] = {}
    names: list[str] = []
    here = Chat("")
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(utf8(source, stream), use_float=True):
                if event == "start_map" and prefix in (*_CHATS, ""):
                    place = places[prefix] = places.get(prefix, -1) + 1
                    pointer = f"/{prefix.removesuffix('.item').replace('.', '/')}/{place}" if prefix else ""
                    here = found[f"{prefix}#{place}"] = Chat(pointer, member=prefix == "chats.list.item")
                elif event in ("string", "number", "null"):
                    names += _look(here, prefix, value)
        except (ijson.JSONError, ValueError):
            pass
    if any(key.startswith(("chats", "left_chats")) for key in found):
        found.pop("#0", None)
    for chat in found.values():
        chat.owner = " ".join(names) or None
    return found


def _announced(source: Source) -> Chat | None:
    """A single chat whose type and name stand before its messages, as Telegram writes them; saves the first pass."""
    root = tree(source)
    if not isinstance(root, dict) or "chats" in root or not isinstance(root.get("type"), str) or "name" not in root:
        return None
    return Chat("", root["type"], None if root["name"] is None else str(root["name"]))


def _look(chat: Chat, prefix: str, value: Any) -> list[str]:
    """Note what one value says about the chat; returns a part of the owner's name."""
    if prefix in ("personal_information.first_name", "personal_information.last_name"):
        return [str(value)] if value else []
    step = prefix.removeprefix("left_chats.list.item.").removeprefix("chats.list.item.")
    if step == "type":
        chat.kind = str(value)
    elif step == "name":
        chat.name = None if value is None else str(value)
    elif step == "id":
        chat.number = str(value)
    elif step in ("messages.item.from_id", "messages.item.from") and value and len(chat.senders) < _ENOUGH * 2:
        _sender(chat, step, str(value))
    elif step == "messages.item.action" and value in _GROUP_ACTIONS:
        chat.group_sign = True
    return []


def _sender(chat: Chat, step: str, value: str) -> None:
    """Ids and names are counted apart, so that one person with both is one sender."""
    kind = "id" if step.endswith("from_id") else "name"
    marked = {sender for sender in chat.senders if sender.startswith("id:")}
    if kind == "id":
        chat.senders = {*marked, f"id:{value}"}
    elif not marked:
        chat.senders.add(f"name:{value}")


Found = tuple[str, str, "dict[str, Any] | Rejection"]


def messages(source: Source, wanted: dict[str, Chat]) -> Iterator[Found]:
    """(chat, pointer, message) of the wanted chats, one at a time; a damaged end is one Rejection."""
    import ijson

    if not wanted:
        return
    last = next(iter(wanted))
    try:
        for found in _of_one(source) if "#0" in wanted else _of_many(source, wanted):
            last = found[0]
            yield found
    except (ijson.JSONError, ValueError):
        yield (
            last,
            "",
            Rejection(wanted[last].pointer, "JSON terpotong atau rusak mulai dari sini; sisanya tidak terbaca"),
        )


def _of_one(source: Source) -> Iterator[Found]:
    """The messages of a single-chat export (built in C: such files reach gigabytes)."""
    import ijson

    with source.open() as stream:
        for number, message in enumerate(ijson.items(utf8(source, stream), "messages.item", use_float=True)):
            yield "#0", *_placed(f"/messages/{number}", message)


def _of_many(source: Source, wanted: dict[str, Chat]) -> Iterator[Found]:
    """The messages of the wanted chats of a full export; those of the others are never built."""
    import ijson
    from ijson.common import ObjectBuilder

    places: dict[str, int] = {}
    path, number = "", -1
    builder: ObjectBuilder | None = None
    with source.open() as stream:
        for prefix, event, value in ijson.parse(utf8(source, stream), use_float=True):
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and prefix in _MESSAGES:
                    yield path, *_placed(f"{wanted[path].pointer}/messages/{number}", builder.value)
                    builder = None
            elif prefix in _CHATS and event == "start_map":
                places[prefix] = places.get(prefix, -1) + 1
                path, number = f"{prefix}#{places[prefix]}", -1
            elif prefix in _MESSAGES and event != "end_map":
                number += 1
                if path in wanted and event == "start_map":
                    builder = ObjectBuilder()
                    builder.event(event, value)
                elif path in wanted:
                    yield path, *_placed(f"{wanted[path].pointer}/messages/{number}", value)


def _placed(pointer: str, message: Any) -> tuple[str, dict[str, Any] | Rejection]:
    return pointer, message if isinstance(message, dict) else Rejection(pointer, "bukan catatan", message)
