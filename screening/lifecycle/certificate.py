"""The record of a destruction: how many of what went, from which files, by whom, why and when; never who they were about."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screening.version import version


def certificate(
    by: str, why: str, runs: list[Mapping[str, Any]], ledger: Mapping[str, Any] | None, outside: list[str]
) -> dict[str, Any]:
    """For machines and people. `runs`: per run folder what went (rows by file, or the hashes of files that are gone)
    with hashes of its manifest before and after; `ledger`: rows by kind, last hash before, after; `outside`: whose copies are not
    reached."""
    return {
        "berita_acara": "pemusnahan data pribadi",
        "waktu_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "petugas": by,
        "alasan": why,
        "program": version(),
        "hasil": runs,
        "buku_telaah": ledger,
        "salinan_di_luar": outside,
        "batas": "Cadangan, salinan yang sudah dikirim, dan ekspor asli tidak terjangkau program ini; musnahkan "
        "sendiri. Penghapusan berkas biasa tidak menimpa isi cakram; untuk itu perlu cakram terenkripsi.",
    }


def write(path: Path, made: Mapping[str, Any]) -> Path:
    """The certificate as JSON, for its owner only; an existing file is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    return path
