"""What workers are asked to do in the tests: functions of a module, so that a spawned process can load them."""

from __future__ import annotations

import os
import time
from typing import Any


def fragile(data: bytes, masked: bool) -> dict[str, Any]:
    """Dies, hangs, fails or reads, as the bytes say."""
    if data == b"mati":
        os._exit(9)
    if data == b"macet":
        time.sleep(60)
    if data == b"galat":
        raise ValueError("rusak")
    return {
        "lines": [[data.decode(), 0.9, [0.0, 0.0, 1.0, 1.0]]],
        "codes": [],
        "taken": "",
        "size": [1, 1],
        "small": b"",
        "pid": os.getpid(),
    }


def telling(data: bytes, masked: bool) -> dict[str, Any]:
    """Reads a file's bytes as its words; "KODE …" as a QR code; "mati" ends the process."""
    words = data.decode()
    if words == "mati":
        os._exit(9)
    place = [0.1, 0.1, 0.9, 0.2]
    if words.startswith("KODE "):
        return {"lines": [], "codes": [[words[5:], place]], "taken": "", "size": [9, 9], "small": b"j"}
    return {"lines": [[words, 0.99, place]], "codes": [], "taken": "", "size": [9, 9], "small": b"j"}
