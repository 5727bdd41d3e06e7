"""Files appear whole or not at all: written beside their places, moved there when complete.

A failure leaves what was there before and nothing half-written; a link that somebody planted at a place is replaced, not followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Where to write so many files; all of them take their places when the body is done."""
    parts = [path.with_name(f"{path.stem}.part{path.suffix}") for path in paths]
    for part in parts:
        part.unlink(missing_ok=True)
    try:
        yield parts
        for part, path in zip(parts, paths, strict=True):
            os.replace(part, path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """A text file as UTF-8, its line ends as they are."""
    with whole([path]) as (place,):
        place.write_text(text, encoding="utf-8", newline="")
