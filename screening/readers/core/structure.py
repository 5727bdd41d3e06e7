"""The shape of a file's beginning: what recognisers look at. Truncated JSON gives as much of its tree as is there."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any

from screening.readers.core.limits import limit
from screening.readers.core.source import Source

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(head: bytes) -> str:
    """The encoding the first bytes announce: BOM, UTF-16 without one, else UTF-8 (cp1252 when that is impossible)."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    sample = head[:4096]
    if len(sample) > 3 and sample[1::2].count(0) > len(sample) // 4 and not sample[::2].count(0):
        return "utf-16-le"
    if len(sample) > 3 and sample[::2].count(0) > len(sample) // 4 and not sample[1::2].count(0):
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def head_text(source: Source) -> str:
    """The beginning of the file as text, without BOM; undecodable bytes become the replacement sign."""

    def decode() -> str:
        head = source.head()
        decoder = codecs.getincrementaldecoder(encoding_of(head))("replace")
        return decoder.decode(head).lstrip("\ufeff")

    return source.remember("text", decode)


def is_binary(source: Source) -> bool:
    """Whether the file cannot be text: NULs outside UTF-16/32."""
    head = source.head()
    return b"\x00" in head[:8192] and not encoding_of(head).startswith(("utf-16", "utf-32"))


def tree(source: Source) -> Any:
    """As much of the first JSON value as the head holds (also behind `window.YTD.x.part0 =`); None when it is no JSON."""
    return source.remember("tree", lambda: partial(_json_start(head_text(source))))


def first_line(source: Source) -> Any:
    """The first line of a JSON-lines file that is a JSON object (some begin with blank or cut lines), or None."""
    return next(iter(early_lines(source)), None)


def early_lines(source: Source) -> list[dict[str, Any]]:
    """The JSON objects among the first lines; empty when the file is no JSON lines. A last line cut by the head counts
    as far as it goes."""
    return source.remember("early_lines", lambda: list(_early_lines(source)))


def _early_lines(source: Source) -> Iterator[dict[str, Any]]:
    text = head_text(source).lstrip()
    if not text.startswith("{") or text[1:2] in ("\n", "\r"):
        return
    lines = text.split("\n")
    cut = len(source.head()) < source.size
    for number, line in enumerate(lines[:20]):
        value = None
        if line.startswith("{"):
            value = partial(line) if cut and number == len(lines) - 1 else whole(line)
        if isinstance(value, dict) and value:
            yield value


def _json_start(text: str) -> str:
    stripped = text.lstrip()
    if stripped[:1] in "[{":
        return stripped
    start = min((i for i in (stripped.find("["), stripped.find("{")) if i >= 0), default=-1)
    return stripped[start:] if 0 <= start < 200 and "=" in stripped[:start] else ""


def whole(text: str) -> Any:
    """The JSON value of a whole text, or None; huge numbers stay text, NaN becomes None, deep nesting is refused."""
    try:
        return json.loads(text, parse_int=integer, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return None


def integer(digits: str) -> int | str:
    """The number, or its digits when there are absurdly many (Python refuses to convert over 4,300)."""
    return int(digits) if len(digits) <= limit("text", "digits") else digits


def partial(text: str) -> Any:
    """The tree of a JSON text that may break off anywhere; None when it does not begin as an object or list."""
    import ijson

    if text[:1] not in ("{", "["):
        return None
    root: Any = None
    stack: list[Any] = []
    key = ""

    def put(value: Any) -> None:
        nonlocal root
        if not stack:
            root = value
        elif isinstance(stack[-1], list):
            stack[-1].append(value)
        else:
            stack[-1][keys[-1]] = value

    keys: list[str] = []
    try:
        for event, value in ijson.basic_parse(io.BytesIO(text.encode("utf-8", "replace")), use_float=True):
            if event in ("start_map", "start_array"):
                made: Any = {} if event == "start_map" else []
                put(made)
                stack.append(made)
                keys.append(key)
                if len(stack) > limit("text", "depth"):
                    break
            elif event in ("end_map", "end_array"):
                stack.pop()
                keys.pop()
                if not stack:
                    break
            elif event == "map_key":
                keys[-1] = value
            else:
                put(value)
    except (ijson.JSONError, ValueError, RecursionError):
        pass
    return root
