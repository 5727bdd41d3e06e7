"""Readers: every export people really have becomes ACTIVITIES, REJECTED and FILES. No opinion, nothing lost silently.

`read` takes files, folders and ZIPs, mixed; `batches` streams the same with bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.readers.ingest.assemble import Reading
    from screening.readers.ingest.later import Later

_ROWS = 100_000

__all__ = ["Reading", "batches", "read"]


def read(
    inputs: Iterable[Path | str], *, timezone: str = "Asia/Jakarta", owner: str | None = None, pictures: bool = False
) -> Reading:
    """Everything in the inputs as one Reading(activities, rejected, files); contracts in `screening.tables`.

    `timezone`: zone of times that carry none. `owner`: the account of own-data downloads that do not name theirs.
    `pictures`: also tell which media files the activities show (`Reading.pictures`); none is opened.
    Raises UsageError for an input that does not exist or an unknown zone; every other fault is a row in `files`.
    """
    from screening.readers.ingest.stream import stream

    (reading,) = stream(inputs, timezone, owner, _ROWS, whole=True, pictures=pictures)
    return reading


def batches(
    inputs: Iterable[Path | str],
    *,
    timezone: str = "Asia/Jakarta",
    owner: str | None = None,
    rows: int = _ROWS,
    pictures: bool = False,
    later: Later | None = None,
) -> Iterator[Reading]:
    """The same in pieces of at most about `rows` activities; a file is told in the piece in which it ends. A row that
    repeats an act of an earlier piece cannot complete it any more, which its file's note says; with a `Later` such rows
    are kept, and a second pass with it (`Later.fill`) completes the pieces as `read` does."""
    from screening.readers.ingest.stream import stream

    return stream(inputs, timezone, owner, rows, pictures=pictures, later=later)


def __getattr__(name: str) -> object:
    if name == "Reading":
        from screening.readers.ingest.assemble import Reading

        return Reading
    raise AttributeError(name)
