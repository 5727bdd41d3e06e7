"""What the manifest of an X archive promises, against what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.readers.core.jsonstream import document
from screening.readers.core.reader import Context, Note, at, filled, listed
from screening.readers.core.source import Source


def completeness(source: Source, context: Context, wanted_types: tuple[str, ...]) -> Iterator[Note]:
    """What the manifest promises and the folder does not hold."""
    root = document(source)
    yield Note("", explains=True)  # a manifest holds no acts
    if at(root, "archiveInfo", "isPartialArchive") is True:
        yield Note("tidak lengkap: arsip ini hanya sebagian (isPartialArchive)", explains=True)
    types = at(root, "dataTypes")
    for name, kind in types.items() if isinstance(types, dict) else ():
        for entry in listed(at(kind, "files")):
            leaf = (filled(at(entry, "fileName")) or "").rsplit("/", 1)[-1]
            wanted = _snake(name) in wanted_types
            if (
                wanted
                and re.fullmatch(r"[A-Za-z0-9._-]{1,80}", leaf)
                and _count(entry)
                and context.sibling(leaf) is None
            ):
                yield Note(f"tidak lengkap: {leaf} ({_count(entry)} catatan) tidak ada", explains=True)


def promised(source: Source, context: Context) -> int | None:
    manifest = context.sibling("manifest.js")
    types = at(document(manifest), "dataTypes") if manifest is not None else None
    for kind in types.values() if isinstance(types, dict) else ():
        for entry in listed(at(kind, "files")):
            if (filled(at(entry, "fileName")) or "").rsplit("/", 1)[-1] == source.leaf:
                return _count(entry)
    return None


def _count(entry: Any) -> int:
    text = filled(at(entry, "count")) or ""
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
