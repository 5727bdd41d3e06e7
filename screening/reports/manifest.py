"""manifest.json: what went in, which rules and versions judged it, what came out, so a run can be checked and repeated."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screening.version import version

LIBRARIES = ("pandas", "pyarrow", "numpy", "scikit-learn", "PySastrawi", "rapidfuzz", "ahocorasick-rs")
NAME = "manifest.json"


def identity(facts: Mapping[str, Any]) -> dict[str, Any]:
    """`run_id` and `software`, known before anything is written, so that the report can show them.

    `run_id` depends on inputs, rules and options only; times and the machine's name of the system do not enter it.
    """
    key = json.dumps({name: facts[name] for name in ("files", "ruleset", "options")}, sort_keys=True, default=str)
    software = {"screening": version(), "python": platform.python_version(), "system": platform.system(), **libraries()}
    return {"run_id": hashlib.sha256(key.encode()).hexdigest()[:16], "software": software}


def write(folder: Path, facts: Mapping[str, Any]) -> Path:
    """Write manifest.json into a run folder: `facts` (counts, files, ruleset, options) plus versions and output hashes."""
    now = datetime.now(UTC)
    outputs = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != NAME]
    with ThreadPoolExecutor(2) as pool:  # hashing needs no Python
        hashes = pool.map(sha256, outputs)
    manifest = {
        **identity(facts),
        "created_utc": now.isoformat(timespec="seconds"),
        "created_wib": now.astimezone(ZoneInfo("Asia/Jakarta")).isoformat(timespec="seconds"),
        **facts,
        "outputs": {path.name: digest for path, digest in zip(outputs, hashes, strict=True)},
    }
    target = folder / NAME
    target.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return target


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder."""
    return json.loads((folder / NAME).read_text(encoding="utf-8"))


def altered(folder: Path) -> list[str]:
    """Names of outputs whose bytes no longer match the manifest, or are gone."""
    outputs = read(folder)["outputs"]
    return sorted(
        name for name, digest in outputs.items() if not (folder / name).is_file() or sha256(folder / name) != digest
    )


@cache
def libraries() -> dict[str, str]:
    """Versions of the libraries that can change a result."""
    return {name: metadata.version(name) for name in LIBRARIES}


def sha256(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
