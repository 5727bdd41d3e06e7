"""What is kept of a rejected record: its shape. No free text, no names, no long digit runs reach `rejected.csv`."""

from __future__ import annotations

import re
from typing import Any

from screening.tables import encode

_KEY = re.compile(r"^[\w .:/@_-]{1,40}$")
_HARMLESS = re.compile(r"^(?=.{1,24}$)(?!.*\d{7})[\d\s:./,+\-TZ]+$")
_LONGEST = 400


def redacted(raw: Any) -> str:
    """The record with every value replaced by its kind and length; short dates and numbers stay, to be mended."""
    text = encode(_shape(raw, 0)) if not isinstance(raw, str) else _words(raw)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _shape(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        if depth > 3:
            return "{…}"
        return {(key if _KEY.match(str(key)) and not re.search(r"\d{7}", str(key)) else "…"): _shape(item, depth + 1)
                for key, item in list(value.items())[:20]}  # fmt: skip
    if isinstance(value, (list, tuple)):
        return [_shape(item, depth + 1) for item in list(value)[:5]] if depth <= 3 else "[…]"
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, bool) or value is None:
        return value
    return _words(str(value))


def _words(text: str) -> str:
    return text if _HARMLESS.match(text) or not text else f"<{len(text)} karakter>"
