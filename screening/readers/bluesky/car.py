"""CAR files of version 1: a header, then blocks with their content ids, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.limits import limit
from screening.readers.bluesky.cbor import CborError, decoded
from screening.readers.core.source import Source, SourceError

_LONGEST_NUMBER = 9  # bytes


def is_car(head: bytes) -> bool:
    """Whether the first bytes are the header of a CAR file."""
    try:
        size, at = _number(head, 0)
        header = decoded(head[at : at + size])
    except (CborError, IndexError):
        return False
    return isinstance(header, dict) and header.get("version") == 1 and isinstance(header.get("roots"), list)


def _number(raw: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number and where it ends; raises IndexError, CborError."""
    value = 0
    for step in range(_LONGEST_NUMBER):
        byte = raw[at + step]
        value |= (byte & 127) << (7 * step)
        if byte < 128:
            return value, at + step + 1
    raise CborError("panjang tidak didukung")


def blocks(source: Source) -> Iterator[tuple[bytes, bytes]]:
    """(content id, bytes) of every block; raises SourceError where the file breaks off."""
    with source.open() as stream:
        stream.read(_length(stream) or 0)
        while (size := _length(stream)) is not None:
            if size > limit("text", "line_bytes"):
                raise SourceError("blok lebih besar daripada yang mungkin; berkas CAR rusak.")
            raw = stream.read(size)
            if len(raw) < size:
                raise SourceError("berkas CAR terpotong; unduh ulang.")
            try:
                end = _id_end(raw)
            except (CborError, IndexError) as error:
                raise SourceError("berkas CAR rusak; unduh ulang.") from error
            yield raw[:end], raw[end:]


def _length(stream: Any) -> int | None:
    """The next length, or None at the end; raises SourceError."""
    value = 0
    for step in range(_LONGEST_NUMBER):
        byte = stream.read(1)
        if not byte:
            if step:
                raise SourceError("berkas CAR terpotong; unduh ulang.")
            return None
        value |= (byte[0] & 127) << (7 * step)
        if byte[0] < 128:
            return value
    raise SourceError("berkas CAR rusak; unduh ulang.")


def _id_end(raw: bytes) -> int:
    """Where the content id at the beginning of a block ends: version, codec, hash, its length, the hash itself."""
    if raw[:2] == b"\x12\x20":  # version 0: a bare SHA-256
        return 34
    at = 0
    for _ in range(3):
        _, at = _number(raw, at)
    size, at = _number(raw, at)
    if at + size > len(raw):
        raise CborError("terpotong")
    return at + size
