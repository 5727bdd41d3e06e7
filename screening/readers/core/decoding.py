"""Text files as UTF-8, whatever their bytes: one byte that is no UTF-8 costs itself, never the file."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from screening.readers.core.source import Source

# The name of the error handler: bytes that are no UTF-8 are read as the cp1252 they nearly always are.
MIXED = "screening-utf8-or-cp1252"
_BLOCK = 1 << 18  # bytes decoded at once: larger blocks leave the processor's cache and take three times as long
_TOLD = 5  # line numbers kept to be shown
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if not error.encoding.lower().startswith("utf-8"):
        return "\ufffd", error.end
    bad = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "replace") for byte in bad), error.end


codecs.register_error(MIXED, _as_cp1252)


def encoding_of(head: bytes) -> str:
    """The encoding the first bytes announce: BOM, UTF-16 without one, else UTF-8; cp1252 where no character beyond
    ASCII is UTF-8 but some are there."""
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
        return "utf-8" if any(sign > "\x7f" for sign in head.decode("utf-8", "ignore")) else "cp1252"
    return "utf-8"


def decoded(content: bytes) -> str:
    """A whole file's bytes as text without BOM."""
    encoding = encoding_of(content[: 1 << 16])
    return content.decode("utf-8" if encoding == "cp1252" else encoding, MIXED).lstrip("\ufeff")


@dataclass
class Mended:
    """How many lines held bytes that are no UTF-8, and the numbers of the first of them."""

    number: int = 0
    lines: list[int] = field(default_factory=list)


class Utf8(io.RawIOBase):
    """A byte stream of any encoding as valid UTF-8 without BOM; `cr` turns bare carriage returns into line ends.

    `mended` is told which lines held bytes that are no UTF-8 (read as cp1252).
    """

    def __init__(self, stream: BinaryIO, encoding: str, *, cr: bool = False, mended: Mended | None = None) -> None:
        self._stream, self._cr = stream, cr
        self._plain = encoding in ("utf-8", "utf-8-sig", "cp1252")
        self._decoder = None if self._plain else codecs.getincrementaldecoder(encoding)("replace")
        self._left, self._at = b"", 0  # decoded, and how much of it is handed out
        self._cut = b""  # the beginning of a character that goes on in the next block
        self._line, self._last_mended, self._begun = 1, 0, False
        self._told = mended or Mended()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._at >= len(self._left):
            block = self._stream.read(_BLOCK)
            self._left, self._at = self._converted(block or b"", final=not block), 0
            if not block and not self._left:
                return 0
        size = min(len(buffer), len(self._left) - self._at)
        buffer[:size] = self._left[self._at : self._at + size]
        self._at += size
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _converted(self, block: bytes, final: bool) -> bytes:
        if self._decoder is not None:
            made = self._decoder.decode(block, final).encode("utf-8", "replace")
        else:
            made = self._checked(self._cut + block, final)
        if not self._begun and made:
            made, self._begun = made.removeprefix(codecs.BOM_UTF8), True
        return made.replace(b"\r", b"\n") if self._cr else made

    def _checked(self, block: bytes, final: bool) -> bytes:
        """The block as it is when it is UTF-8 (nearly always), else with its bad bytes mended, line by line."""
        end = len(block) if final else len(block) - _unfinished(block)
        self._cut, block = block[end:], block[:end]
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            self._line += block.count(b"\n")
            return block
        return b"".join(map(self._mended, block.splitlines(keepends=True) if self._cr else _lines(block)))

    def _mended(self, line: bytes) -> bytes:
        try:
            line.decode("utf-8")
            made = line
        except UnicodeDecodeError:
            made = line.decode("utf-8", MIXED).encode("utf-8")
            self._note()
        self._line += line.endswith((b"\n", b"\r") if self._cr else b"\n")
        return made

    def _note(self) -> None:
        if self._line == self._last_mended:
            return
        self._last_mended = self._line
        self._told.number += 1
        if len(self._told.lines) < _TOLD:
            self._told.lines.append(self._line)


def _unfinished(block: bytes) -> int:
    """How many bytes at the end are the beginning of one character of UTF-8 that goes on."""
    for length in range(1, min(4, len(block) + 1)):
        byte = block[-length]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return length if length < needed else 0
        if byte < 0x80:
            break
    return 0


def _lines(block: bytes) -> list[bytes]:
    parts = block.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def opened(source: Source, *, cr: bool = False) -> Utf8:
    """The file as a stream of valid UTF-8."""
    mended = Mended()
    source.remember("mended", list).append(mended)
    return Utf8(source.open(), encoding_of(source.head()), cr=cr, mended=mended)


def mended_note(source: Source) -> str:
    """What is to be said, after the file was read, about bytes that are no UTF-8; usually the empty string."""
    most = max(source.remember("mended", list), key=lambda mended: mended.number, default=Mended())
    if not most.number:
        return ""
    if encoding_of(source.head()) == "cp1252":
        return "berkas berenkode cp1252, bukan UTF-8"
    where = ", ".join(map(str, most.lines)) + (", …" if most.number > len(most.lines) else "")
    return f"{most.number} baris memuat bita yang bukan UTF-8, dibaca sebagai cp1252 (baris berkas {where})"
