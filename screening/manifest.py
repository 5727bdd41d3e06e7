"""manifest.json: what went in, which rules and versions judged it, what came out, so a run can be checked and repeated."""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screening.errors import IntegrityError, UsageError
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
    outputs = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in (NAME, f"{NAME}.tmp")]
    with ThreadPoolExecutor(2) as pool:  # hashing needs no Python
        hashes = pool.map(sha256, outputs)
    manifest = {
        **identity(facts),
        "created_utc": now.isoformat(timespec="seconds"),
        "created_wib": now.astimezone(ZoneInfo("Asia/Jakarta")).isoformat(timespec="seconds"),
        **facts,
        "outputs": {path.name: digest for path, digest in zip(outputs, hashes, strict=True)},
    }
    target, unfinished = folder / NAME, folder / f"{NAME}.tmp"
    text = json.dumps(_strict(manifest), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
    with unfinished.open("wb") as out:
        out.write(text.encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, target)
    return target


def _strict(value: Any) -> Any:
    """The same with null for what is missing: NaN is no JSON."""
    if isinstance(value, Mapping):
        return {key: _strict(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder; raises UsageError where there is none, IntegrityError where it is no manifest."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"{folder}: bukan folder hasil yang selesai (tidak ada {NAME}); sebut folder --out dari `screening run`."
        ) from None
    except ValueError as error:
        raise IntegrityError(f"{folder / NAME}: rusak; jalankan ulang `screening run`.") from error
    if not isinstance(content, dict):
        raise IntegrityError(f"{folder / NAME}: rusak; jalankan ulang `screening run`.")
    return content


def altered(folder: Path, only: Callable[[str], bool] = lambda name: True) -> list[str]:
    """Names of outputs (those that `only` wants) whose bytes no longer match the manifest, or are gone."""
    outputs = {name: digest for name, digest in read(folder).get("outputs", {}).items() if only(name)}
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
