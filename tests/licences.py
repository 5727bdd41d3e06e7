"""The licence gate: every package the program needs at run time has a licence of `licences.toml`. `make licences` runs it."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = ("encrypt", "pictures", "desk")  # what users may install besides


def needed() -> dict[str, str]:
    """Name -> version of every package in the closure of what users install; extras that are not here are left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [*project["dependencies"], *(one for name in EXTRAS for one in project["optional-dependencies"][name])]
    found: dict[str, str] = {}
    while waiting:
        wanted = Requirement(waiting.pop())
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            held = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = held.version
        waiting += held.requires or []
    return found


def licences(name: str) -> list[str]:
    """What a package says of its licence: an SPDX expression, else its classifiers, else a short licence field."""
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return [one for one in re.split(r"\s+(?:AND|WITH)\s+|[()]", expression) if one.strip()]
    classified = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License :: OSI")
    ]
    text = (told.get("License") or "").strip()
    return classified or ([text] if text and len(text) < 60 else [])


def problems() -> list[str]:
    """Packages whose licence is unknown or not allowed."""
    rules = tomllib.loads((ROOT / "tests" / "licences.toml").read_text(encoding="utf-8"))
    allowed, known = set(rules["allowed"]), rules["known"]
    wrong = []
    for name, version in sorted(needed().items()):
        said = [known[name]] if name in known else licences(name)
        choices = [any(each.strip() in allowed for each in re.split(r"\s+OR\s+|\s*;\s*", one)) for one in said]
        if not said or not all(choices):
            wrong.append(f"{name} {version}: {said or 'no licence told'}")
    return wrong


if __name__ == "__main__":
    print("\n".join([*problems(), f"{len(needed())} packages, {len(problems())} with a licence that is not allowed"]))
    sys.exit(bool(problems()))
