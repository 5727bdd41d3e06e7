"""Records of a JSON file, streamed: small files at once, large ones through ijson, damaged ones as far as they go."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from screening.readers.core.limits import limit
from screening.readers.core.reader import Rejection
from screening.readers.core.source import Source
from screening.readers.core.structure import encoding_of, integer

Record = tuple[str, Any]


def records(source: Source, path: tuple[str, ...] = ()) -> Iterator[Record | Rejection]:
    """(JSON pointer, value) of each element of the list at `path` (object keys; none = the root list).

    A dict instead of a list counts as one record; null and a missing path as none. A tail that is cut off or damaged
    becomes one Rejection behind the readable records.
    """
    if source.size <= limit("text", "whole_json_bytes"):
        value = document(source)
        if not isinstance(value, Rejection):
            yield from _under(value, path)
            return
    yield from _streamed(source, path)


def document(source: Source) -> Any:
    """The whole JSON value of a small file, or a Rejection when it is damaged or too large to hold at once."""
    if source.size > limit("text", "whole_json_bytes"):
        return Rejection("", "terlalu besar untuk dibaca sekaligus")
    try:
        return json.loads(_text(source), parse_int=integer, parse_constant=lambda name: None)
    except RecursionError:
        return Rejection("", "JSON bersarang terlalu dalam")
    except ValueError:
        return Rejection("", "JSON terpotong atau rusak")


def lines(source: Source) -> Iterator[Record | Rejection]:
    """(`line N`, value) of each line of a JSON-lines file; a bad line is a Rejection and costs no other."""
    for number, raw in enumerate(text_lines(source), start=1):
        line = raw.strip("\x00 \t\r\n\ufeff")
        if not line:
            continue
        if len(line) > limit("text", "line_bytes"):
            yield Rejection(f"line {number}", "baris terlalu panjang")
            continue
        try:
            yield f"line {number}", json.loads(line, parse_int=integer, parse_constant=lambda name: None)
        except RecursionError:
            yield Rejection(f"line {number}", "JSON bersarang terlalu dalam", line)
        except ValueError:
            yield Rejection(f"line {number}", "baris bukan JSON yang utuh", line)


def text_lines(source: Source) -> Iterator[str]:
    """The lines of a text file, each at most a little longer than the line limit."""
    encoding = encoding_of(source.head())
    with source.open() as stream:
        reader = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
        while line := reader.readline(limit("text", "line_bytes") + 2):
            yield line


def scalars(source: Source) -> dict[str, Any]:
    """The plain values directly under the root object, whatever the size of the file; lists and objects are left out."""
    import ijson

    found: dict[str, Any] = {}
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(_from_bracket(stream, source.head()), use_float=True):
                if prefix and "." not in prefix and event in ("string", "number", "boolean"):
                    found.setdefault(prefix, value)
        except (ijson.JSONError, RecursionError, UnicodeError, ValueError):
            pass
    return found


def _text(source: Source) -> str:
    """The file as text from its first bracket: BOM, `window.YTD… =` in front and `;` behind are no part of it."""
    with source.open() as stream:
        content = stream.read()
    text = content.decode(encoding_of(content), "replace").lstrip("\ufeff").strip().rstrip(";").rstrip()
    if text[:1] in ("{", "["):
        return text
    starts = [index for index in (text.find("["), text.find("{")) if index >= 0]
    return text[min(starts) :] if starts and "=" in text[: min(starts)] else text


def _under(value: Any, path: tuple[str, ...]) -> Iterator[Record]:
    pointer = ""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
        pointer += "/" + _escaped(key)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"{pointer}/{index}", item
    elif isinstance(value, dict) and value:
        yield pointer, value


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _streamed(source: Source, path: tuple[str, ...]) -> Iterator[Record | Rejection]:
    import ijson

    prefix = ".".join([*path, "item"])
    pointer = "".join("/" + _escaped(key) for key in path)
    index = 0
    with source.open() as stream:
        try:
            for item in ijson.items(_from_bracket(stream, source.head()), prefix, use_float=True):
                yield f"{pointer}/{index}", item
                index += 1
        except (ijson.JSONError, RecursionError, UnicodeError, ValueError) as error:
            if "trailing garbage" in str(error):  # the `;` behind X's .js lists
                return
            yield Rejection(f"{pointer}/{index}", "JSON terpotong atau rusak mulai dari sini; sisanya tidak terbaca")


def _from_bracket(stream: BinaryIO, head: bytes) -> Any:
    """The stream as UTF-8 from its first bracket."""
    encoding = encoding_of(head)
    if encoding not in ("utf-8", "utf-8-sig"):
        return _Recoded(stream, encoding)
    start = 0
    if head.lstrip()[:1] not in (b"{", b"["):
        found = [index for index in (head.find(b"["), head.find(b"{")) if index >= 0]
        start = min(found, default=0)
    stream.read(start)
    return stream


class _Recoded:
    """A stream of another encoding as UTF-8; only `read`, because ijson would take the raw `readinto` behind it."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = -1) -> bytes:
        while size:
            block = self._stream.read(size)
            text = self._decoder.decode(block, final=not block)
            if text or not block:
                return text.lstrip("\ufeff").encode("utf-8", "replace")
        return b""


def utf8(source: Source, stream: BinaryIO) -> Any:
    """An opened JSON file as UTF-8 from its first bracket, for readers that stream it themselves."""
    return _from_bracket(stream, source.head())
