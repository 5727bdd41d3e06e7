"""One TAR, plain or compressed (`.tgz` is a choice of Takeout): its members as Sources, read in place, never unpacked."""

from __future__ import annotations

import io
import tarfile
import threading
import unicodedata
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Any, BinaryIO, ClassVar

from screening.limits import limit
from screening.readers.core.source import Source, SourceError
from screening.readers.core.zipped import DANGEROUS, ArchiveError, spooled

_MAGIC, _AT = b"ustar", 257
NAMES = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")


def is_tar(start: bytes) -> bool:
    """Whether the first 512 bytes are the first header of a TAR."""
    return start[_AT : _AT + 5] == _MAGIC


class Tarred:
    """The members of one TAR. `whole` gives the bytes of the TAR itself (already decompressed); what cannot be sought in
    is copied to a temporary file once."""

    _open: ClassVar[OrderedDict[int, tuple[Tarred, BinaryIO]]] = OrderedDict()

    def __init__(self, whole: Source) -> None:
        self.whole, self._lock = whole, threading.Lock()

    def members(self) -> Iterator[Source]:
        """One Source per file, hazards marked; raises ArchiveError when the TAR is damaged from the beginning."""
        met: Counter[str] = Counter()
        number = 0
        try:
            with tarfile.open(fileobj=self._file(), mode="r:") as archive:
                for info in archive:
                    number += 1
                    if number > limit("archive", "members"):
                        raise ArchiveError("terlalu banyak anggota untuk sebuah ekspor; tidak dibaca.")
                    if info.isdir():
                        continue
                    name = (
                        unicodedata.normalize("NFC", info.name.replace("\\", "/").removeprefix("./")) or "(tanpa nama)"
                    )
                    met[name] += 1
                    yield self._member(info, f"{name} ({met[name]})" if met[name] > 1 else name)
        except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error, SourceError) as error:
            if isinstance(error, SourceError) or not number:
                told = str(error) if isinstance(error, SourceError) else ""
                raise ArchiveError(told or "TAR terpotong atau rusak; unduh ulang.") from error
            yield Source(self.whole.name, "(sisanya)", 0, _nothing, problem="TAR terpotong di sini; unduh ulang.")

    def _member(self, info: tarfile.TarInfo, name: str) -> Source:
        member = Source(self.whole.name, name, info.size, lambda: self._slice(info.offset_data, info.size))
        if DANGEROUS.search(name):
            member.problem = "jalur keluar dari arsip (../, akar, atau huruf drive); tidak dibaca."
        elif not info.isreg():
            member.problem = "tautan simbolik atau berkas khusus di dalam arsip; tidak diikuti."
        elif info.issparse() or info.size > limit("archive", "member_bytes"):
            member.problem = "lebih besar daripada batas satu berkas; tidak dibaca."
        return member

    def _slice(self, start: int, size: int) -> BinaryIO:
        return io.BufferedReader(_Slice(self, start, size), 1 << 18)

    def read_at(self, place: int, size: int) -> bytes:
        """Bytes of the TAR from a place on."""
        with self._lock:
            stream = self._file()
            stream.seek(place)
            return stream.read(size)

    def _file(self) -> BinaryIO:
        cache = Tarred._open
        if id(self) in cache:
            cache.move_to_end(id(self))
            return cache[id(self)][1]
        stream: Any = self.whole.open()
        if not stream.seekable():
            stream.close()
            stream = spooled(self.whole)
        cache[id(self)] = (self, stream)
        while len(cache) > limit("archive", "open_archives"):
            cache.popitem(last=False)[1][1].close()
        return stream


def _nothing() -> BinaryIO:
    raise OSError


def close_all() -> None:
    """Close every TAR that is still open."""
    while Tarred._open:
        Tarred._open.popitem()[1][1].close()


class _Slice(io.RawIOBase):
    """One member's bytes inside a TAR."""

    def __init__(self, whole: Tarred, start: int, size: int) -> None:
        self._whole, self._at, self._end = whole, start, start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self._end - self._at)
        if size <= 0:
            return 0
        try:
            block = self._whole.read_at(self._at, size)
        except (OSError, ValueError) as error:
            raise SourceError("isi terpotong atau rusak di dalam arsip; unduh ulang.") from error
        if not block:
            raise SourceError("isi terpotong di dalam arsip; unduh ulang.")
        buffer[: len(block)] = block
        self._at += len(block)
        return len(block)
