"""One file of an export, wherever it lies: on disk, in a ZIP, in a ZIP inside a ZIP. Opened as a stream, never unpacked."""

from __future__ import annotations

import hashlib
import io
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO

from screening.limits import limit
from screening.printable import one_line

_BLOCK = 1 << 20


class SourceError(Exception):
    """The file cannot be read (further); the message is Indonesian and goes to FILES."""


@dataclass(eq=False)
class Source:
    """A file met in the inputs. `container` is the input or archive it lies in, `path` its place inside, with `/`.

    `problem` set: it must not be opened, and why. `skipped` set: it is no data (media, system files). `note` remarks.
    `changed`: whether the file on disk is another than when it was met.
    `packed`: the bytes as they lie on disk where `opener` decompresses a single file (.xz, .gz).
    """

    container: str
    path: str
    size: int
    opener: Callable[[], BinaryIO]
    problem: str = ""
    skipped: str = ""
    note: str = ""
    count: int = 1
    packed: Callable[[], BinaryIO] | None = None
    changed: Callable[[], bool] = lambda: False
    _seen: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def name(self) -> str:
        """How reports name it: container and path, on one line; bytes of a name that are no UTF-8 as `\\xff`."""
        return one_line(f"{self.container}/{self.path}" if self.path else self.container)

    @property
    def suffix(self) -> str:
        """The lower-case extension with its dot, or the empty string."""
        leaf = self.leaf
        return leaf[leaf.rfind(".") :].lower() if "." in leaf else ""

    @property
    def leaf(self) -> str:
        """The last part of the name."""
        return (self.path or self.container).rsplit("/", 1)[-1]

    def open(self) -> BinaryIO:
        """A fresh byte stream; raises SourceError when the file cannot be opened."""
        if self.problem:
            raise SourceError(self.problem)
        stream = self.opener()
        self._seen["stream"] = weakref.ref(stream)
        return stream

    def position(self) -> int:
        """Where the stream opened last stands; 0 when that cannot be told. For progress only."""
        stream = self._seen.get("stream", lambda: None)()
        try:
            return int(stream.tell()) if stream is not None and not stream.closed else 0
        except (OSError, ValueError):
            return 0

    def head(self, size: int = 0) -> bytes:
        """The first bytes (64 KiB by default), read once."""
        size = size or limit("text", "head_bytes")
        if size > self._seen.get("head_size", 0):
            with self.open() as stream:
                self._seen["head"] = _read_up_to(stream, size)
            self._seen["head_size"] = size
        return self._seen["head"][:size]

    def remember(self, key: str, compute: Callable[[], Any]) -> Any:
        """The value of `compute()`, kept while the file is being recognised (`forget` drops it)."""
        if key not in self._seen:
            self._seen[key] = compute()
        return self._seen[key]

    def forget(self) -> None:
        """Drop what was kept while recognising, so that 100,000 files cost no memory."""
        self._seen.clear()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes (one pass over the file)."""
        digest = hashlib.sha256()
        with (self.packed or self.open)() as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    blocks, left = [], size
    while left and (block := stream.read(left)):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)


class Guarded(io.RawIOBase):
    """A stream that stops with SourceError when it grows beyond what is sane, whatever the header promised."""

    def __init__(self, stream: Any, packed: int, guard: Callable[[int], None], below: Any = None) -> None:
        self._below = below
        self._stream, self._packed, self._guard, self._read = stream, max(packed, 1), guard, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        import zlib
        from lzma import LZMAError
        from zipfile import BadZipFile

        try:
            block = self._stream.read(len(buffer))
        except BadZipFile as error:
            raise SourceError("isi rusak di dalam arsip (CRC tidak cocok); unduh ulang.") from error
        except (EOFError, zlib.error, LZMAError, OSError, ValueError, NotImplementedError) as error:
            raise SourceError("isi terpotong atau rusak di dalam arsip; unduh ulang.") from error
        self._read += len(block)
        self._guard(len(block))
        if self._read > limit("archive", "member_bytes"):
            raise SourceError("isi lebih besar daripada batas satu berkas; tidak dibaca.")
        if self._read > max(limit("archive", "ratio_after"), self._packed * limit("archive", "ratio")):
            raise SourceError("isi mengembang tidak wajar (bom kompresi); tidak dibaca.")
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        for stream in (self._stream, self._below):
            if stream is not None:
                stream.close()
        super().close()
