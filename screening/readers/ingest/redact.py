"""What is kept of a rejected record: its shape. No free text, no names, no digits that identify reach `rejected.csv`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from screening.tables import encode

_KEY = re.compile(r"^[\w .:/@_-]{1,40}$")
# A number somebody may want to mend: a date, a time, a count. Eight digits are a date at most, and a date has its own shape; more
# digits, with whatever between them, are a telephone number, a NIK or a NIP.
_SHORT = re.compile(r"^(?=.{1,24}$)(?!(?:\D*\d){8})(?!.*\d{7})[\d\s:./,+\-TZ]+$")
_MOMENT = re.compile(
    r"^(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d)"
    r"(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
)
_LONGEST = 400


def redacted(raw: Any) -> str:
    """The record with every value replaced by its kind and length; short dates and numbers stay, to be mended."""
    if isinstance(raw, str):
        text = _words(raw)
    else:
        shape = _shape(raw, 0)
        flat = isinstance(shape, dict) and all(value is None or type(value) is str for value in shape.values())
        text = _encoded(tuple(shape.items())) if flat else encode(shape)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@lru_cache(maxsize=4_096)
def _encoded(shape: tuple[tuple[str, str | None], ...]) -> str:
    """A flat record as text, remembered: the rows of a table are alike."""
    return encode(dict(shape))


@lru_cache(maxsize=4_096)
def _key(key: Any) -> Any:
    return key if _KEY.match(str(key)) and not re.search(r"(?:\d[\s.:/_-]*){7}", str(key)) else "…"


def _shape(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        if depth > 3:
            return "{…}"
        return {_key(key): _shape(item, depth + 1) for key, item in list(value.items())[:20]}
    if isinstance(value, (list, tuple)):
        return [_shape(item, depth + 1) for item in list(value)[:5]] if depth <= 3 else "[…]"
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, bool) or value is None:
        return value
    return _words(str(value))


@lru_cache(maxsize=4_096)
def _words(text: str) -> str:
    plain = text.strip()
    return text if not text or _SHORT.match(plain) or _MOMENT.match(plain) else f"<{len(text)} karakter>"
