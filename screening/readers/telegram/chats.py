"""Which chats a Telegram export holds and which of them may be read; then their messages, streamed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from screening.readers.core.jsonstream import utf8
from screening.readers.core.source import Source
from screening.readers.core.structure import tree

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
LISTS = ("chats.list.item", "left_chats.list.item")


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
        """Whether it is a group or channel: by its type, or (of a kind unknown to us) by more than two senders or group
        events. Telegram always names the kind of a one-to-one chat, so a single chat without any kind is none."""
        shown = len(self.senders) >= _ENOUGH or self.group_sign or not (self.kind or self.pointer)
        return self.kind in GROUPS or (self.kind not in _PRIVATE and shown)

    @property
    def visibility(self) -> str:
        """Public or private as the type says, else unknown."""
        start = self.kind.partition("_")[0]
        return start if start in ("public", "private") else "unknown"

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
                if event == "start_map" and prefix in (*LISTS, ""):
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
    if root["type"] not in GROUPS and root["type"] not in _PRIVATE:
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
