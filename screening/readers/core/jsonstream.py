"""Records of a JSON file, streamed: small files at once, large ones through ijson, damaged ones as far as they go."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from screening.limits import limit
from screening.readers.core.decoding import MIXED, Utf8, decoded, encoding_of, opened
from screening.readers.core.jsontext import DEEP, LONG, End, Shallow, elements, parsed, too_deep
from screening.readers.core.reader import Rejection
from screening.readers.core.source import Source

Record = tuple[str, Any]


def records(source: Source, path: tuple[str, ...] = ()) -> Iterator[Record | Rejection]:
    """(JSON pointer, value) of each element of the list at `path` (object keys; none = the root list).

    A dict instead of a list counts as one record; null and a missing path as none. A tail that is cut off or damaged
    becomes one Rejection behind the readable records.
    """
    if source.size <= limit("text", "whole_json_bytes"):
        value = document(source)
        if not isinstance(value, Rejection):
            yield from under(value, path)
            return
    yield from _streamed(source, path)


def document(source: Source) -> Any:
    """The whole JSON value of a small file, or a Rejection when it is damaged or too large to hold at once."""
    if source.size > limit("text", "whole_json_bytes"):
        return Rejection("", "terlalu besar untuk dibaca sekaligus")
    try:
        text = _text(source)
        return Rejection("", DEEP) if too_deep(text) else parsed(text)
    except RecursionError:
        return Rejection("", DEEP)
    except ValueError:
        return Rejection("", "JSON terpotong atau rusak")


def lines(source: Source) -> Iterator[Record | Rejection]:
    """(`line N`, value) of each line of a JSON-lines file; a bad line is a Rejection and costs no other."""
    for number, raw in enumerate(text_lines(source), start=1):
        line = raw.strip("\x00 \t\r\n\ufeff")
        if not line:
            continue
        if len(line) > limit("text", "line_bytes"):
            yield Rejection(f"line {number}", LONG)
            continue
        try:
            if too_deep(line):
                yield Rejection(f"line {number}", DEEP, line)
                continue
            yield f"line {number}", parsed(line)
        except RecursionError:
            yield Rejection(f"line {number}", DEEP, line)
        except ValueError:
            yield Rejection(f"line {number}", "baris bukan JSON yang utuh", line)


def text_lines(source: Source) -> Iterator[str]:
    """The lines of a text file, each at most a little longer than the line limit."""
    most = limit("text", "line_bytes") + 2
    with opened(source) as stream:
        reader = io.TextIOWrapper(io.BufferedReader(stream, 1 << 18), encoding="utf-8", errors=MIXED, newline="\n")
        while line := reader.readline(most):
            longer = len(line) >= most and not line.endswith("\n")
            yield line
            while longer and (rest := reader.readline(most)):  # one line too long is one line, not several
                longer = len(rest) >= most and not rest.endswith("\n")


def scalars(source: Source) -> dict[str, Any]:
    """The plain values directly under the root object, whatever the size of the file; lists and objects are left out."""
    import ijson

    found: dict[str, Any] = {}
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(utf8(source, stream), use_float=True):
                if prefix and "." not in prefix and event in ("string", "number", "boolean"):
                    found.setdefault(prefix, value)
        except (ijson.JSONError, RecursionError, UnicodeError, ValueError):
            pass
    return found


def _text(source: Source) -> str:
    """The file as text from its first bracket: BOM, `window.YTD… =` in front and `;` behind are no part of it."""
    with source.open() as stream:
        content = stream.read()
    text = decoded(content).strip().rstrip(";").rstrip()
    if text[:1] in ("{", "["):
        return text
    starts = [index for index in (text.find("["), text.find("{")) if index >= 0]
    return text[min(starts) :] if starts and "=" in text[: min(starts)] else text


def under(value: Any, path: tuple[str, ...]) -> Iterator[Record]:
    """(JSON pointer, value) of each element of the list at `path` of a parsed document, as `records` gives them."""
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
    pointer = "".join("/" + _escaped(key) for key in path)
    index = 0
    with source.open() as stream:
        try:
            for taken in elements(_from_bracket(stream, source.head()), path):
                where = f"{pointer}/{index}"
                if taken.raw is None:
                    yield Rejection(where, taken.why)
                else:
                    yield where, parsed(taken.raw)
                index += 1
        except (End, ValueError, RecursionError):
            yield Rejection(f"{pointer}/{index}", "JSON terpotong atau rusak mulai dari sini; sisanya tidak terbaca")


def _from_bracket(stream: BinaryIO, head: bytes) -> Utf8:
    """The stream as UTF-8 from its first bracket."""
    encoding = encoding_of(head)
    found = Utf8(stream, encoding)
    if encoding in ("utf-8", "utf-8-sig", "cp1252") and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        marks = [index for index in (head.find(b"["), head.find(b"{")) if index >= 0]
        stream.read(min(marks, default=0))
    return found


def utf8(source: Source, stream: BinaryIO) -> Any:
    """An opened JSON file as UTF-8 from its first bracket and never too deep, for readers that stream it themselves."""
    return Shallow(_from_bracket(stream, source.head()))  # type: ignore[arg-type]
