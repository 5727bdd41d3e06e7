"""Which of the program's own rules, lexicons and model files differ from those it was released with (`data/release.json`).

The list is written by `python -m screening.release` when a release is made; it lies beside the data, so it shows accidents and
edits, not an attacker who rewrites both: for that the release's own hash is compared with the published one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from screening.shipped import shipped

LIST = "data/release.json"
_FOLDERS = ("lexicons", "data")
_ENDINGS = (".csv", ".toml", ".json", ".npz")


def changed() -> list[str] | None:
    """Names of files that were altered, are missing or were added since the release; None where no list is there."""
    path = shipped(LIST)
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return [LIST]
    now = hashes()
    return sorted(name for name in known.keys() | now.keys() if known.get(name) != now.get(name))


def hashes() -> dict[str, str]:
    """Name -> SHA-256 of every file that results depend on; line ends of texts are unified, as some systems change them."""
    found = {}
    for folder in _FOLDERS:
        root = shipped(folder)
        for path in sorted(root.rglob("*")):
            name = f"{folder}/{path.relative_to(root).as_posix()}"
            if path.is_file() and path.suffix in _ENDINGS and name != LIST and "sample" not in path.parts:
                found[name] = _sha256(path)
    return found


def _sha256(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha256(content if path.suffix == ".npz" else content.replace(b"\r\n", b"\n")).hexdigest()


def write() -> Path:
    """Write the list anew; returns where."""
    path = shipped(LIST)
    path.write_text(json.dumps(hashes(), indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    print(write())
