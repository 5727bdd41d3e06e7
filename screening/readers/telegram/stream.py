"""The messages of the chats that may be read, streamed; those of the others are never built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.jsonstream import utf8
from screening.readers.core.reader import Rejection
from screening.readers.core.source import Source
from screening.readers.telegram.chats import LISTS, Chat

_MESSAGES = ("chats.list.item.messages.item", "left_chats.list.item.messages.item")
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
            elif prefix in LISTS and event == "start_map":
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
