"""DAG-CBOR as far as repositories use it: maps, lists, text, bytes, whole numbers, links, and nothing that could harm."""

from __future__ import annotations

import struct
from typing import Any

from screening.limits import limit

_LINK = 42  # the tag of a content id


class CborError(ValueError):
    """The bytes are no DAG-CBOR."""


class Link(bytes):
    """A content id."""


def decoded(block: bytes) -> Any:
    """The value of a block; raises CborError."""
    try:
        value, end = _value(block, 0, 0)
    except (IndexError, struct.error, UnicodeDecodeError, RecursionError) as error:
        raise CborError("terpotong atau rusak") from error
    if end != len(block):
        raise CborError("sisa di belakang nilai")
    return value


def _value(block: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > limit("text", "depth"):
        raise CborError("bersarang terlalu dalam")
    kind, number, at = _head(block, at)
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind in (2, 3):
        if number > len(block) - at:
            raise CborError("terpotong")
        raw = block[at : at + number]
        return (raw if kind == 2 else raw.decode("utf-8")), at + number
    if kind == 4:
        return _list(block, at, number, depth)
    if kind == 5:
        return _map(block, at, number, depth)
    if kind == 6:
        value, at = _value(block, at, depth + 1)
        return (Link(value[1:]) if number == _LINK and isinstance(value, bytes) else value), at
    return {20: False, 21: True, 22: None}.get(number), at


def _head(block: bytes, at: int) -> tuple[int, int, int]:
    """Major type, its number, and where the rest begins."""
    kind, small = block[at] >> 5, block[at] & 31
    at += 1
    if small < 24:
        return kind, small, at
    if kind == 7 and small == 27:  # a number with a fraction: nothing of ours holds one
        return kind, 22, at + 8
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(small)
    if width is None or len(block) < at + width:
        raise CborError("panjang tidak didukung")
    return kind, int.from_bytes(block[at : at + width], "big"), at + width


def _list(block: bytes, at: int, number: int, depth: int) -> tuple[list[Any], int]:
    if number > len(block) - at:
        raise CborError("terpotong")
    found = []
    for _ in range(number):
        value, at = _value(block, at, depth + 1)
        found.append(value)
    return found, at


def _map(block: bytes, at: int, number: int, depth: int) -> tuple[dict[str, Any], int]:
    if number > len(block) - at:
        raise CborError("terpotong")
    found: dict[str, Any] = {}
    for _ in range(number):
        key, at = _value(block, at, depth + 1)
        if not isinstance(key, str):
            raise CborError("kunci bukan teks")
        found[key], at = _value(block, at, depth + 1)
    return found, at
