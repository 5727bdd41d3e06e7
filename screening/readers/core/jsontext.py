"""JSON as bytes, walked forward with bounded memory: the elements of a list, and a sketch of a whole document.

Everything that reads JSON goes through here or through `shallow`, so nothing nests deeper than `text.depth`: a bomb of
brackets costs the record it stands in, never the machine.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from screening.limits import limit

_BLOCK = 1 << 18
# Everything up to the next bracket outside a string; with commas and colons as well; the rest of a string.
_TO_BRACKET = re.compile(rb'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+', re.S)
_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.S)
_OPENING, _CLOSING = np.frombuffer(b"[{", dtype=np.uint8), np.frombuffer(b"]}", dtype=np.uint8)
_NO_SIGNS, _QUOTE = bytes(set(range(256)) - set(b'"[]{}')), 0x22
_RUN = re.compile(rb"[\[{]++|[\]}]++")
_SPACE = re.compile(rb"[ \t\r\n\x00]*+")
_LITERAL = re.compile(rb"[^ \t\r\n,\]}\[{\":]*+")


class End(Exception):
    """The text breaks off, or is no JSON from here on."""


class Taken(NamedTuple):
    """One value as bytes, or why it is not there: too deep, too long."""

    raw: bytes | None
    why: str = ""


DEEP, LONG = "JSON bersarang terlalu dalam", "rekaman terlalu panjang"


class Cursor:
    """A place in a stream of UTF-8 JSON that only moves forward; memory is one block and what `take` keeps."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._held, self._at, self._before = stream, b"", 0, 0

    @property
    def position(self) -> int:
        """Bytes behind the cursor."""
        return self._before + self._at

    def _more(self) -> bool:
        block = self._stream.read(_BLOCK)
        if not block:
            return False
        self._before += self._at
        self._held, self._at = self._held[self._at :] + block, 0
        return True

    def peek(self) -> bytes:
        """The next byte that is no white space, not consumed; empty at the end."""
        while True:
            match = _SPACE.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held):
                return self._held[self._at : self._at + 1]
            if not self._more():
                return b""

    def step(self, expected: bytes) -> None:
        """Consume one of the expected marks; raises End."""
        if self.peek() not in expected or not self.peek():
            raise End
        self._at += 1

    def take(self, most: int) -> Taken:
        """The next value, whole; what is longer than `most` bytes or too deep is passed over. Raises End."""
        kept, size, deepest = [], 0, 0
        for piece, depth in self._pieces():
            size += len(piece)
            deepest = max(deepest, depth)
            if size <= most and deepest <= limit("text", "depth"):
                kept.append(piece)
            else:
                kept.clear()
        if deepest > limit("text", "depth"):
            return Taken(None, DEEP)
        return Taken(b"".join(kept)) if size <= most else Taken(None, LONG)

    def skip(self) -> None:
        """Pass over the next value; raises End."""
        for _ in self._pieces():
            pass

    def rest_of_list(self) -> None:
        """Pass over what is left of the list the cursor is in, with its bracket; raises End."""
        depth = 1
        while inside := self._leaped(depth):
            depth = inside
        for _ in self._bracketed(depth):
            pass

    def _leaped(self, depth: int) -> int:
        """Pass over what is held of the list as far as it does not end there; the depth then, 0 when it may end there (or
        a string is longer than what is held, which is for others to look at)."""
        if self._at >= len(self._held) and not self._more():
            raise End
        held = self._held[self._at :]
        steps, inside = _steps(held)
        end = self._at + (_last_quote(held) if inside else len(held))
        if end == self._at:
            return 0
        depths = depth + np.cumsum(steps)
        if not len(depths) or depths.min() < 1:
            return 0
        self._at = end
        if end < len(self._held) and not self._more():  # the beginning of a string that never ends
            raise End
        return int(depths[-1])

    def _pieces(self) -> Iterator[tuple[bytes, int]]:
        """The bytes of the next value, with the depth reached."""
        first = self.peek()
        if first in (b"{", b"["):
            yield from self._bracketed(0)
        elif first == b'"':
            self._at += 1
            yield b'"', 0
            yield from ((piece, 0) for piece in self._string())
        elif first in (b"", b",", b":", b"]", b"}"):
            raise End
        else:
            yield from ((piece, 0) for piece in self._literal())

    def _bracketed(self, depth: int) -> Iterator[tuple[bytes, int]]:
        while True:
            start = self._at
            match = _TO_BRACKET.match(self._held, start)
            end = match.end() if match else start
            if end < len(self._held) and self._held[end] != 0x22:
                run = _run(self._held, end)
                depth, self._at = (
                    (depth + run, end + run) if run > 0 else (depth + max(run, -depth), end - max(run, -depth))
                )
                yield self._held[start : self._at], depth
                if depth == 0:
                    return
                continue
            if end < len(self._held):  # a string that goes on beyond the block
                self._at = end + 1
                yield self._held[start : self._at], depth
                yield from ((piece, depth) for piece in self._string())
                continue
            self._at = end
            yield self._held[start:end], depth
            if not self._more():
                raise End

    def _string(self) -> Iterator[bytes]:
        """The rest of a string behind its opening quote, with the closing one."""
        while True:
            start = self._at
            match = _STRING.match(self._held, start)
            end = match.end() if match else start
            if end < len(self._held) and self._held[end] == 0x22:
                self._at = end + 1
                yield self._held[start : self._at]
                return
            self._at = end  # at the end, or at a backslash whose sign is in the next block
            yield self._held[start:end]
            if not self._more():
                raise End

    def _literal(self) -> Iterator[bytes]:
        while True:
            start = self._at
            match = _LITERAL.match(self._held, start)
            self._at = match.end() if match else start
            yield self._held[start : self._at]
            if self._at < len(self._held):
                if self._at == start:
                    raise End
                return
            if not self._more():
                return

    def key(self) -> str:
        """The next key of an object, with its colon; raises End."""
        if self.peek() != b'"':
            raise End
        taken = self.take(1 << 16)
        self.step(b":")
        found = parsed(taken.raw) if taken.raw is not None else None
        return found if isinstance(found, str) else ""


def parsed(raw: bytes | str) -> Any:
    """The JSON value of a whole text; absurd numbers stay text, NaN becomes None. Raises ValueError, RecursionError."""
    return json.loads(raw, parse_int=integer, parse_constant=lambda name: None)


def integer(digits: str) -> int | str:
    """The number, or its digits when there are absurdly many (Python refuses to convert over 4,300)."""
    return int(digits) if len(digits) <= limit("text", "digits") else digits


def too_deep(text: str) -> bool:
    """Whether a JSON text nests deeper than any export."""
    most = limit("text", "depth")
    if text.count("[") + text.count("{") <= most:
        return False
    return int(np.cumsum(_steps(text.encode("utf-8", "replace"))[0]).max(initial=0)) > most


def _steps(raw: bytes) -> tuple[np.ndarray, bool]:
    """For each bracket outside a string 1 where it opens and -1 where it closes (0 for those inside), and whether the text
    ends inside a string. All at once: what is no quote or bracket is left out first, and so are two quotes side by
    side, behind which everything is where it was without them."""
    signs = raw.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_SIGNS).replace(b'""', b"")
    codes = np.frombuffer(signs, dtype=np.uint8)
    inside = np.cumsum(codes == _QUOTE, dtype=np.int64) % 2 == 1
    steps = np.isin(codes, _OPENING).astype(np.int64) - np.isin(codes, _CLOSING)
    steps[inside] = 0
    return steps, bool(len(inside)) and bool(inside[-1])


def _run(text: bytes, at: int) -> int:
    """How many brackets open (positive) or close (negative) one after another at a place."""
    match = _RUN.match(text, at)
    length = match.end() - at if match else 0
    return length if text[at] in b"{[" else -length


def _last_quote(raw: bytes) -> int:
    """Where the last quote stands that is not escaped; there is one."""
    place = raw.rfind(b'"')
    while place > 0 and (place - len(raw[:place].rstrip(b"\\"))) % 2:
        place = raw.rfind(b'"', 0, place)
    return place


def elements(stream: Any, path: tuple[str, ...]) -> Iterator[Taken]:
    """The elements of the list below `path` (object keys), one by one; an object there is one element. Raises End where
    the text breaks off or is damaged; what is not there gives nothing."""
    cursor = Cursor(stream)
    if not cursor.peek():
        raise End
    if not _entered(cursor, path):
        return
    most = limit("text", "line_bytes")
    if cursor.peek() != b"[":
        if cursor.peek() == b"{":
            yield cursor.take(most)
        return
    cursor.step(b"[")
    while cursor.peek() != b"]":
        yield cursor.take(most)
        if cursor.peek() == b",":
            cursor.step(b",")
        elif cursor.peek() != b"]":
            raise End


def _entered(cursor: Cursor, path: tuple[str, ...]) -> bool:
    """Whether the cursor could be moved to the value below the keys."""
    for wanted in path:
        if cursor.peek() != b"{":
            return False
        cursor.step(b"{")
        while cursor.peek() != b"}":
            if cursor.key() == wanted:
                break
            cursor.skip()
            if cursor.peek() == b",":
                cursor.step(b",")
        else:
            return False
    return True


class _Enough(Exception):
    """All that a recogniser may ask for is there."""


def sketch(stream: Any) -> Any:
    """The tree of a JSON text of any size as far as recognising needs it: all keys of objects, of every list the first
    element whole and further ones only within the first `head_bytes`. None when it is no object or list.

    Long strings are cut, too deep values are left out; at most `sketch_bytes` are looked at.
    """
    drawing = _Drawing(Cursor(stream))
    with suppress(End, _Enough, ValueError, RecursionError):
        drawing.value(0, lambda made: None)
    return drawing.root


class _Drawing:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor, self.root, self.nodes = cursor, None, 0
        self.head, self.most = limit("text", "head_bytes"), limit("text", "sketch_bytes")

    def value(self, depth: int, put: Any) -> None:
        """Read the next value; `put` is told of it at once, so that a text that breaks off leaves what was there."""
        first = self.cursor.peek()
        self.nodes += 1
        if self.cursor.position > self.most:
            raise _Enough
        if first not in (b"{", b"["):
            if not depth:
                raise End
            taken = self.cursor.take(limit("text", "sketch_value"))
            put(parsed(taken.raw) if taken.raw is not None else "")
            return
        made: Any = {} if first == b"{" else []
        self.root = made if not depth else self.root
        put(made)
        if depth >= limit("text", "depth") or self.nodes > limit("text", "sketch_nodes"):
            self.cursor.skip()
        elif first == b"{":
            self._object(made, depth)
        else:
            self._list(made, depth)

    def _object(self, made: dict[str, Any], depth: int) -> None:
        self.cursor.step(b"{")
        while self.cursor.peek() != b"}":
            name = self.cursor.key()
            made[name] = None
            self.value(depth + 1, lambda inner, name=name: made.__setitem__(name, inner))
            if self.cursor.peek() != b"}":
                self.cursor.step(b",")
        self.cursor.step(b"}")

    def _list(self, made: list[Any], depth: int) -> None:
        self.cursor.step(b"[")
        while self.cursor.peek() != b"]":
            if made and self.cursor.position > self.head:
                if not depth:
                    raise _Enough
                self.cursor.rest_of_list()
                return
            self.value(depth + 1, made.append)
            if self.cursor.peek() != b"]":
                self.cursor.step(b",")
        self.cursor.step(b"]")


class Shallow(io.RawIOBase):
    """A stream of JSON whose values below the deepest level become null, for parsers that would build them.

    `cut`: how many values were left out.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._depth, self._most = stream, 0, limit("text", "depth")
        self._string, self._escaped, self._left = False, False, b""
        self.cut = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at least one but at the end."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        while not self._left:
            block = self._stream.read(max(size, 1))
            if not block:
                return b""
            self._left = self._filtered(block)
        found, self._left = self._left[:size], self._left[size:]
        return found

    def readinto(self, buffer: Any) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def _filtered(self, block: bytes) -> bytes:
        return block if self._plain(block) else self._cut(block)

    def _plain(self, block: bytes) -> bool:
        """Whether nothing of the block lies too deep, looked at as a whole; then it is behind us."""
        rest = block[1:] if self._escaped else block
        steps, inside = _steps(b'"' + rest if self._string else rest)
        depths = np.cumsum(steps)
        if self._depth > self._most or self._depth + int(depths.max(initial=0)) > self._most:
            return False
        self._depth += int(depths[-1]) if len(depths) else 0
        self._string, self._escaped = inside, inside and rest.replace(b"\\\\", b"").endswith(b"\\")
        return True

    def _cut(self, block: bytes) -> bytes:
        kept: list[bytes] = []
        at = start = 0
        while at < len(block):
            if self._string:
                at = self._through_string(block, at)
                continue
            match = _TO_BRACKET.match(block, at)
            at = match.end() if match else at
            if at >= len(block):
                break
            sign = block[at]
            if sign == 0x22:
                self._string = True
                at += 1
                continue
            run, before = _run(block, at), self._depth
            self._depth += run
            if before <= self._most < self._depth:
                kept += [block[start : at + self._most - before], b"null"]
                self.cut += 1
            elif self._depth <= self._most < before:
                start = at + before - self._most
            at += abs(run)
        if self._depth <= self._most:
            kept.append(block[start:])
        return b"".join(kept)

    def _through_string(self, block: bytes, at: int) -> int:
        if self._escaped:
            self._escaped, at = False, at + 1
        match = _STRING.match(block, at)
        end = match.end() if match else at
        if end >= len(block):
            return len(block)
        if block[end] == 0x22:
            self._string = False
        else:
            self._escaped = True
        return end + 1
