"""The log of use: who ran what, when, on which inputs, with which versions; one line each, chained by hashes.

A text file of JSON lines beside the key of the pseudonyms. It names files by name and hash and people by pseudonym only; no word of
an export stands in it. `read` recomputes the chain; a cut-off tail shows where a hash was written down elsewhere (`anchor`).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screening import publish
from screening.errors import IntegrityError, UsageError
from screening.version import version

NAME = "catatan-pemakaian.log"
GENESIS = "0" * 64
_WAIT = 10.0  # seconds for another process to finish its line


@dataclass(frozen=True)
class Use:
    """One line of the log."""

    number: int
    at: str
    who: str
    what: str
    facts: Mapping[str, Any]
    prev: str
    hash: str


def read(path: Path, *, anchor: str = "") -> tuple[Use, ...]:
    """Every line, verified; none where there is no file. IntegrityError (exit 5) where a line was changed, removed or swapped, or
    where `anchor` (a hash or its beginning) is not in the chain."""
    if not path.exists():
        if anchor:
            raise IntegrityError(
                f"{path}: catatan pemakaian tidak ada, padahal sidiknya tercatat. Kembalikan dari cadangan."
            )
        return ()
    with path.open("rb") as stream:
        return _verified(path, stream.read(), anchor)


def append(path: Path, who: str, what: str, facts: Mapping[str, Any]) -> Use:
    """Add a line to a whole log; the file is made where there is none, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "r+b") as stream:
        until = time.monotonic() + _WAIT
        while not publish.lock(stream):
            if time.monotonic() > until:
                raise UsageError(f"{path}: sedang ditulis proses lain; ulangi sebentar lagi.")
            time.sleep(0.02)
        try:
            stream.seek(0)
            uses = _verified(path, stream.read(), "")
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            told = {"screening": version(), **facts}
            parts = (len(uses) + 1, moment, who, what, told, uses[-1].hash if uses else GENESIS)
            made = Use(*parts, _digest(*parts))
            stream.seek(0, os.SEEK_END)
            stream.write((_canonical(vars(made)) + "\n").encode("ascii"))
            stream.flush()
            os.fsync(stream.fileno())
            return made
        finally:
            publish.unlock(stream)


def _verified(path: Path, content: bytes, anchor: str) -> tuple[Use, ...]:
    uses: list[Use] = []
    prev = GENESIS
    for number, line in enumerate(content.decode("ascii", "replace").splitlines(), 1):
        try:
            use = Use(**json.loads(line))
        except (ValueError, TypeError):
            raise IntegrityError(
                f"{path}: baris {number} bukan catatan pemakaian; pindahkan berkas ini dan simpan."
            ) from None
        if use.number != number or use.prev != prev:
            raise IntegrityError(f"{path}: rantai putus pada baris {number}: ada yang dihapus atau ditukar.")
        if use.hash != _digest(use.number, use.at, use.who, use.what, use.facts, use.prev):
            raise IntegrityError(f"{path}: baris {number} berubah setelah ditulis.")
        prev = use.hash
        uses.append(use)
    if anchor and not any(use.hash.startswith(anchor.lower()) for use in uses):
        raise IntegrityError(
            f"{path}: sidik {anchor[:16]} tidak ada dalam catatan ini: ekornya terpotong atau berkasnya lain."
        )
    return tuple(uses)


def _digest(*parts: Any) -> str:
    return hashlib.sha256(_canonical(parts).encode("ascii")).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
