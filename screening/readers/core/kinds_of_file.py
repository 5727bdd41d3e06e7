"""Files told by their name alone: media, system files, office documents (`kinds_of_file.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/|~\$)", re.I)


@cache
def _media() -> frozenset[str]:
    return frozenset(_known()["media"].split())


@cache
def _office() -> dict[str, str]:
    return {suffix: way for way, suffixes in _known()["office"].items() for suffix in suffixes.split()}


def _known() -> dict:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def skipped(path: str) -> str:
    """Why a file is no data ("media", "berkas sistem"), or the empty string."""
    if _SYSTEM.search(path):
        return "berkas sistem"
    dot = path.rfind(".")
    return "media" if dot >= 0 and path[dot:].lower() in _media() else ""


def is_picture(path: str) -> bool:
    """Whether a name is that of a still picture (read only where pictures are asked for)."""
    dot = path.rfind(".")
    return dot >= 0 and path[dot:].lower() in _known()["pictures"].split() and not _SYSTEM.search(path)


def way_out(suffix: str) -> str:
    """What to do with an office document that is not read, or the empty string."""
    return _office().get(suffix, "")
