"""What pictures said, kept from run to run: one file that holds nothing for whoever does not hold the pictures themselves.

Both the name under which a reading is kept and the key it is locked with are made from the picture's bytes, and neither can
be made from the hash that reports show. So the file may travel with a run: no name, no path, no word of it can be read.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any


class Cache:
    """Readings by picture and `engine`; `path` None keeps nothing. A damaged file or entry is as good as none."""

    def __init__(self, path: Path | None, engine: str) -> None:
        self.engine, self._held = engine, None
        if path is not None:
            try:
                self._held = _opened(path)
            except sqlite3.DatabaseError:
                path.unlink()
                self._held = _opened(path)

    def get(self, data: bytes) -> dict[str, Any] | None:
        """The reading of a picture, or None."""
        if self._held is None:
            return None
        name, _ = self._keys(data, 0)
        found = self._held.execute("SELECT content FROM readings WHERE name = ?", (name,)).fetchone()
        if found is None:
            return None
        try:
            kept = json.loads(_locked(found[0], self._keys(data, len(found[0]))[1]))
        except ValueError:
            return None
        return {**kept, "small": b64decode(kept["small"])} if "small" in kept else kept

    def put(self, data: bytes, reading: dict[str, Any]) -> None:
        """Keep the reading of a picture; a later one of the same picture and engine changes nothing."""
        if self._held is None:
            return
        kept = {**reading, "small": b64encode(reading["small"]).decode()} if "small" in reading else reading
        plain = json.dumps(kept, sort_keys=True).encode()
        name, stream = self._keys(data, len(plain))
        with self._held:
            self._held.execute("INSERT OR IGNORE INTO readings VALUES (?, ?)", (name, _locked(plain, stream)))

    def close(self) -> None:
        """Give the file back."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _keys(self, data: bytes, size: int) -> tuple[bytes, bytes]:
        """The name of a picture's reading and `size` bytes to lock it with."""
        engine = self.engine.encode()
        secret = hashlib.sha256(b"kunci" + engine + data).digest()
        return hashlib.sha256(b"nama" + engine + data).digest(), hashlib.shake_256(secret).digest(size)


def _opened(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, check_same_thread=False)
    held.execute("CREATE TABLE IF NOT EXISTS readings (name BLOB PRIMARY KEY, content BLOB NOT NULL)")
    return held


def _locked(content: bytes, stream: bytes) -> bytes:
    """The content under a key stream of its length; the same again unlocks it."""
    if not content:
        return b""
    return (int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(content), "big")
