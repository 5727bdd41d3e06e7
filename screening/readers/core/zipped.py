"""One ZIP, read in place: members by index, never by name, never to disk."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter, OrderedDict
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, ClassVar

from screening.limits import limit
from screening.readers.core.source import Guarded, Source, SourceError

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_ENCRYPTED = 0x1
_UTF8 = 0x800
DANGEROUS = re.compile(r"^(/|[A-Za-z]:)|(^|/)\.\.(/|$)|\x00")
_HEADER = 30  # bytes of a local header before its name


class ArchiveError(Exception):
    """The archive as a whole cannot be read; the message is Indonesian."""


def is_zip(start: bytes) -> bool:
    """Whether the first bytes are those of a ZIP (also an empty or a split one)."""
    return start[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_workbook(start: bytes) -> bool:
    """Whether the first kilobytes are those of an office file, whatever it is called."""
    return is_zip(start) and (b"[Content_Types].xml" in start or b"xl/" in start or b"_rels/.rels" in start)


class Archive:
    """The members of one ZIP as Sources; the file is opened when needed and closed when many others are in use."""

    _open: ClassVar[OrderedDict[int, tuple[Archive, zipfile.ZipFile, BinaryIO]]] = OrderedDict()

    def __init__(self, whole: Source) -> None:
        self.whole, self.read_bytes = whole, 0

    def members(self) -> Iterator[Source]:
        """One Source per file, hazards marked; raises ArchiveError when there is no usable directory of members."""
        infos = self._zip().infolist()
        if len(infos) > limit("archive", "members"):
            raise ArchiveError("terlalu banyak anggota untuk sebuah ekspor; tidak dibaca.")
        names = [_clean(info) or "(tanpa nama)" for info in infos]
        exact, folded = Counter(names), Counter(name.casefold() for name in names)
        overlapping = _overlapping(infos)
        met: Counter[str] = Counter()
        for index, (info, name) in enumerate(zip(infos, names, strict=True)):
            if name.endswith("/"):
                continue
            met[name] += 1
            twin = f"{name} ({met[name]})" if met[name] > 1 else name
            member = Source(self._label(), twin, info.file_size, self._opener(index))
            member.problem = _hazard(info, name) or (
                "anggota arsip bertumpuk; tidak dibaca." if index in overlapping else ""
            )
            if exact[name] > 1:
                member.note = "nama ganda di dalam arsip; setiap salinan dibaca"
            elif folded[name.casefold()] > 1:
                member.note = "nama hanya berbeda huruf besar/kecil; keduanya dibaca"
            yield member

    def _label(self) -> str:
        return self.whole.name

    def _opener(self, index: int):
        return lambda: self._member(index)

    def _member(self, index: int) -> BinaryIO:
        archive = self._zip()
        info = archive.infolist()[index]
        try:
            stream = archive.open(info)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
            raise SourceError("anggota arsip rusak atau tidak didukung; unduh ulang.") from error
        return io.BufferedReader(Guarded(stream, info.compress_size, self._guard), 1 << 18)

    def _guard(self, size: int) -> None:
        self.read_bytes += size
        # Heads, hashes and the reading itself each pass over a member: three times the cap is the cap.
        if self.read_bytes > 3 * limit("archive", "total_bytes"):
            raise SourceError("isi arsip melampaui batas keseluruhan; tidak dibaca.")

    def _zip(self) -> zipfile.ZipFile:
        cache = Archive._open
        if id(self) in cache:
            cache.move_to_end(id(self))
            return cache[id(self)][1]
        stream = self.whole.open()
        try:
            opened = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, SourceError) as error:
            stream.close()
            detail = str(error) if isinstance(error, SourceError) else ""
            raise ArchiveError(detail or "ZIP terpotong atau rusak (daftar isi tidak ada); unduh ulang.") from error
        cache[id(self)] = (self, opened, stream)
        while len(cache) > limit("archive", "open_archives"):
            _close(cache.popitem(last=False)[1])
        return opened


def close_all() -> None:
    """Close every ZIP that is still open."""
    while Archive._open:
        _close(Archive._open.popitem()[1])


def _close(entry: tuple[Archive, zipfile.ZipFile, BinaryIO]) -> None:
    entry[1].close()
    entry[2].close()


def spooled(member: Source) -> BinaryIO:
    """A seekable temporary copy of an archive that lies inside an archive; vanishes when closed."""
    copy = tempfile.SpooledTemporaryFile(max_size=64 << 20)  # noqa: SIM115 - the caller closes it
    try:
        with member.open() as stream:
            while block := stream.read(1 << 20):
                if copy.tell() > limit("archive", "nested_bytes"):
                    raise SourceError("arsip di dalam arsip terlalu besar; keluarkan dahulu.")
                copy.write(block)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return copy  # type: ignore[return-value]


def _clean(info: zipfile.ZipInfo) -> str:
    """The name with `/`, in NFC; names in UTF-8 without the flag that says so are read as what they are."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _hazard(info: zipfile.ZipInfo, name: str) -> str:
    mode = info.external_attr >> 16
    packed = max(info.compress_size, 1)
    if DANGEROUS.search(name):
        return "jalur keluar dari arsip (../, akar, atau huruf drive); tidak dibaca."
    if mode & 0o170000 not in (0, 0o100000):
        return "tautan simbolik atau berkas khusus di dalam arsip; tidak diikuti."
    if info.flag_bits & _ENCRYPTED:
        return "terkunci kata sandi; buka kuncinya dahulu."
    if info.compress_type not in _METHODS:
        return f"metode kompresi {info.compress_type} tidak didukung; kemas ulang sebagai ZIP biasa."
    if info.file_size > limit("archive", "member_bytes"):
        return "lebih besar daripada batas satu berkas; tidak dibaca."
    if info.file_size > limit("archive", "ratio_after") and info.file_size / packed > limit("archive", "ratio"):
        return "mengembang tidak wajar (bom kompresi); tidak dibaca."
    return ""


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Members whose bytes overlap (quoted or overlapped entries, CVE-2024-0450)."""
    order = sorted(range(len(infos)), key=lambda index: infos[index].header_offset)
    bad: set[int] = set()
    for first, second in pairwise(order):
        end = infos[first].header_offset + _HEADER + infos[first].compress_size
        if end > infos[second].header_offset:
            bad |= {first, second}
    return bad
