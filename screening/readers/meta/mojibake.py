"""Undo Meta's encoding fault: every UTF-8 byte written as its own `\\u00XX` (export-formats §2), in keys too."""

from __future__ import annotations

import re
from typing import Any

_BROKEN = re.compile(r"[\x80-\xff]")
_BEYOND = re.compile(r"[^\x00-\xff]")


def repair(text: str) -> str:
    """The text as it was meant; correct text (also `café`) comes back unchanged."""
    if text.isascii() or not _BROKEN.search(text) or _BEYOND.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def repaired(value: Any) -> Any:
    """A JSON value with every string repaired once, keys included."""
    if isinstance(value, str):
        return repair(value)
    if isinstance(value, list):
        return [repaired(item) for item in value]
    if isinstance(value, dict):
        return {repair(key): repaired(item) for key, item in value.items()}
    return value
