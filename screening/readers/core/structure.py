"""The shape of a file's beginning: what recognisers look at. Truncated JSON gives as much of its tree as is there."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from screening.limits import limit
from screening.readers.core.decoding import MIXED, encoding_of, opened
from screening.readers.core.jsontext import integer, parsed, sketch, too_deep
from screening.readers.core.source import Source

__all__ = ["early_lines", "encoding_of", "first_line", "head_text", "integer", "is_binary", "partial", "tree", "whole"]

_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|meta|\?xml|!--|style|body)", re.I)


def head_text(source: Source) -> str:
    """The beginning of the file as text, without BOM. Of a page: the beginning of its content, without style sheets and
    scripts, which may be longer than the first 64 KiB."""

    def decode() -> str:
        head = source.head()
        encoding = encoding_of(head)
        text = head.decode(encoding, MIXED if encoding.startswith("utf-8") else "replace").lstrip("\ufeff")
        return _page_start(source) if _MARKUP.match(text) and len(head) < source.size else text

    return source.remember("text", decode)


def _page_start(source: Source) -> str:
    """As much markup as a head holds, without style sheets and scripts; at most `sketch_bytes` are looked at."""
    wanted, kept, looked = limit("text", "head_bytes"), "", 0
    with opened(source) as stream:
        while len(kept) < wanted and looked < limit("text", "sketch_bytes") and (block := stream.read(1 << 18)):
            looked += len(block)
            kept = _undressed(kept + block.decode("utf-8", "ignore"))
    return kept[:wanted]


def _undressed(markup: str) -> str:
    """Without style sheets and scripts; of one that has not ended yet only its beginning is kept, to know of it."""
    markup = re.sub(r"<(style|script)\b[^>]*>.*?</\1\s*>", "", markup, flags=re.I | re.S)
    open_one = re.search(r"<(style|script)\b[^>]*>", markup, re.I)
    if open_one is None:
        return markup
    tail = markup[open_one.end() :][-16:]  # the closing mark may be cut by the end of the block
    return markup[: open_one.end()] + tail


def is_binary(source: Source) -> bool:
    """Whether the file cannot be text: NULs outside UTF-16/32."""
    head = source.head()
    return b"\x00" in head[:8192] and not encoding_of(head).startswith(("utf-16", "utf-32"))


def tree(source: Source) -> Any:
    """The first JSON value (also behind `window.YTD.x.part0 =`) as far as recognising needs it; None when it is no JSON.

    A small file whole; of a larger one all keys, and of every list the first record and what stands in the first 64 KiB.
    """

    def look() -> Any:
        start = _json_start(head_text(source))
        if not start:
            return None
        if len(source.head()) >= source.size:
            return partial(start)
        return _sketched(source, len(head_text(source)) - len(start))

    return source.remember("tree", look)


def _sketched(source: Source, start: int) -> Any:
    """The sketch of the JSON text that begins `start` characters into the file."""
    with opened(source) as stream:
        stream.read(len(head_text(source)[:start].encode("utf-8", "replace")))
        return sketch(stream)


def first_line(source: Source) -> Any:
    """The first line of a JSON-lines file that is a JSON object (some begin with blank or cut lines), or None."""
    return next(iter(early_lines(source)), None)


def early_lines(source: Source) -> list[dict[str, Any]]:
    """The JSON objects among the first lines; empty when the file is no JSON lines. A last line cut by the head counts
    as far as it goes."""
    return source.remember("early_lines", lambda: list(_early_lines(source)))


def _early_lines(source: Source) -> Iterator[dict[str, Any]]:
    head = head_text(source)
    text = head.lstrip()
    start = len(head) - len(text)
    lines = text.split("\n")
    if text.startswith("{") if text[1:2] in ("\n", "\r") else text.startswith("[") and whole(lines[0]) is None:
        return  # one document over many lines
    if not text.startswith("{") and not any(line.startswith('{"') for line in lines[1:20]):
        return
    cut = len(source.head()) < source.size
    met = False
    for number, line in enumerate(lines[:20]):
        value = None
        if line.startswith("{"):
            last = cut and number == len(lines) - 1
            value = (
                (partial(line) if met else tree(source) if not number else _sketched(source, start))
                if last
                else whole(line)
            )
        start += len(line) + 1
        if isinstance(value, dict) and value:
            met = True
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
        return None if too_deep(text) else parsed(text)
    except (ValueError, RecursionError):
        return None


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
