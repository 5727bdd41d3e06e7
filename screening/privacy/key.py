"""The key of the pseudonyms: a small text file that only its owner may read, made on first use, never inside a run folder.

A file holds the key in force and, after a rotation, the earlier ones, so that people of older runs can still be looked up.
Who has a run's outputs without this file cannot tell whose a pseudonym is, not even by trying every possible NIP.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from screening.errors import UsageError

NAME = "kunci-samaran.key"
_BYTES = 32  # as long as the digest of HMAC-SHA-256: longer adds nothing
_HEAD = (
    "# Kunci penyamaran program screening. RAHASIA: jangan dikirim, jangan ditaruh bersama hasil, simpan cadangannya terpisah.\n"
    "# Bila hilang: hasil lama tetap terbaca, tetapi nomor samaran pegawai tidak dapat dicocokkan lagi dengan NIP.\n"
)
_IN_FORCE, _EARLIER = "berlaku", "lama"


@dataclass(frozen=True)
class Key:
    """The secret in force and those before it (newest first). Never shown: what may be told is `id`."""

    secret: bytes = field(repr=False)
    since: str = ""
    earlier: tuple[Key, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """Eight hex digits that tell keys apart and nothing about the secret."""
        return hmac.new(self.secret, b"screening|id", hashlib.sha256).hexdigest()[:8]


# The bundled sample has invented people only: its key is no secret, so that its outputs are the same everywhere.
SAMPLE = Key(b"screening: sample of invented people")


def ready(path: Path, today: date | None = None) -> tuple[Key, bool]:
    """The key in a file, and whether it was made just now; two processes at once get the same one."""
    if os.path.lexists(path):
        return read(path), False
    made = Key(secrets.token_bytes(_BYTES), (today or date.today()).isoformat())  # noqa: DTZ011 - the day people see
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(path)
    _write(unfinished, made)
    try:
        try:
            os.link(unfinished, path)  # fails where another process was first
        except FileExistsError:
            return read(path), False
        except OSError:  # a file system without links
            if path.exists():
                return read(path), False
            os.replace(unfinished, path)
        return made, True
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: Path) -> Key:
    """The key in a file; UsageError where there is none. What stands in the file is never quoted."""
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        raise UsageError(f"{path}: kunci penyamaran tidak ada; sebut letaknya dengan --key.") from None
    found: dict[str, list[Key]] = {_IN_FORCE: [], _EARLIER: []}
    for line in lines:
        parts = line.split()
        if not parts or line.startswith("#"):
            continue
        if len(parts) != 3 or parts[0] not in found or len(parts[2]) != 2 * _BYTES:
            raise UsageError(_damaged(path))
        try:
            found[parts[0]].append(Key(bytes.fromhex(parts[2]), parts[1]))
        except ValueError:
            raise UsageError(_damaged(path)) from None
    if len(found[_IN_FORCE]) != 1:
        raise UsageError(_damaged(path))
    now = found[_IN_FORCE][0]
    return Key(now.secret, now.since, tuple(found[_EARLIER]))


def rotated(path: Path, *, forget: bool = False, today: date | None = None) -> Key:
    """Put a new key in force; the old ones stay for looking up older runs, unless they are to be forgotten."""
    before = read(path)
    earlier = () if forget else (Key(before.secret, before.since), *before.earlier)
    made = Key(secrets.token_bytes(_BYTES), (today or date.today()).isoformat(), earlier)  # noqa: DTZ011
    unfinished = _beside(path)
    _write(unfinished, made)
    os.replace(unfinished, path)
    return made


def open_to_others(path: Path) -> bool:
    """Whether other users of the computer may read the file (never told on Windows, where rights are not in the mode)."""
    with suppress(OSError):
        return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    return False


def _write(path: Path, key: Key) -> None:
    lines = [f"{_IN_FORCE} {key.since} {key.secret.hex()}"]
    lines += [f"{_EARLIER} {one.since} {one.secret.hex()}" for one in key.earlier]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as out:
            out.write(_HEAD + "\n".join(lines) + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError:  # no room: nothing half-written stays
        path.unlink(missing_ok=True)
        raise


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}.tmp")


def _damaged(path: Path) -> str:
    return f"{path}: bukan kunci penyamaran, atau rusak; kembalikan dari cadangan."
