"""Telegram Desktop's JSON: groups and channels of a full export, or one chat; one-to-one chats are never read.

Two passes, both streamed: the first looks only at what each chat is, the second builds only the messages of groups and
channels (export-formats §7). Every message is a post of its sender with the chat as target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.reader import Claim, Context, Item, Note, Reader, Rejection, Unread, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.telegram.chats import GROUPS, Chat, chats
from screening.readers.telegram.messages import Answered, message_rows
from screening.readers.telegram.stream import messages


def _recognise(source: Source) -> Claim | None:
    root = tree(source) if source.suffix == ".json" else None
    if not isinstance(root, dict):
        return None
    full = isinstance(at(root, "chats"), dict) and (at(root, "chats", "list") is not None or "about" in root)
    return Claim(same_as="telegram", place=place_of(source)) if full or _single(root) else None


def place_of(source: Source) -> str:
    """Where the export that holds a file begins: pages of a full export lie in `chats/chat_001/`."""
    folder = source.path.rpartition("/")[0]
    return f"{source.container}/{re.sub(r'(^|/)(chats|lists)/[^/]+$', '', folder)}"


def _single(root: dict[str, Any]) -> bool:
    if not isinstance(root.get("messages"), list):
        return False
    marks = ("date_unixtime", "from_id", "actor_id", "text_entities")
    found = [item for item in root["messages"] if isinstance(item, dict)]
    telling = any("type" in item and any(mark in item for mark in marks) for item in found)
    return telling or (not found and root.get("type") in GROUPS)


def _read(source: Source, context: Context) -> Iterator[Item]:
    yield from _unread(source)
    found = chats(source)
    owner = next((chat.owner for chat in found.values() if chat.owner), None) or context.owner
    skipped = [chat for chat in found.values() if not chat.readable]
    for number, why in _reasons(skipped):
        yield Note(f"{number} obrolan tidak dibaca: {why}", explains=True)
    readable = {path: chat for path, chat in found.items() if chat.readable}
    joined: set[tuple[str, str | None]] = set()
    answered: dict[str, Answered] = {}
    nameless = 0
    for path, pointer, message in messages(source, readable):
        if isinstance(message, Rejection):
            yield message
            continue
        nameless += sum(
            filled(member) is None for member in listed(message.get("members")) if not isinstance(member, dict)
        )
        for row in message_rows(pointer, message, found[path], context.zone, answered.setdefault(path, Answered())):
            if isinstance(row, dict):
                row["visibility"] = found[path].visibility
            if isinstance(row, dict) and row["kind"] == "join":
                joined.add((path, row["actor"]))
            yield row
    if nameless:
        yield Note(f"{nameless} anggota yang ditambahkan tidak disebut namanya (akun terhapus)")
    for path, chat in readable.items():
        if chat.member and owner and (path, owner) not in joined:
            # The export lists the chat among those of its owner: a member, since when is not told.
            yield act("telegram", "join", owner, chat.pointer, target_account=chat.name, target_kind="group",
                      visibility=chat.visibility)  # fmt: skip


# Sections of a full export besides its chats: identity, contacts and sessions, which are never read.
_PRIVATE = (
    "personal_information",
    "profile_pictures",
    "contacts",
    "frequent_contacts",
    "sessions",
    "web_sessions",
    "other_data",
    "ips",
)


def _unread(source: Source) -> Iterator[Unread]:
    """Sections of a full export that nobody taught us (stories)."""
    root = tree(source)
    for key, value in root.items() if isinstance(root, dict) and "chats" in root else ():
        held = value if isinstance(value, list) else at(value, "list")
        if isinstance(held, list) and held and key not in (*_PRIVATE, "chats", "left_chats"):
            yield Unread(key, len(held))


def _reasons(skipped: list[Chat]) -> Iterator[tuple[int, str]]:
    whys = dict.fromkeys(chat.why for chat in skipped)
    for why in whys:
        yield sum(chat.why == why for chat in skipped), why


READER = Reader("telegram", _recognise, _read, title="Telegram Desktop (JSON)")
