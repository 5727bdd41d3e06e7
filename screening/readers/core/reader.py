"""What a reader is: a name, how it recognises a file, how it reads it. Every reader module ends in `READER = Reader(…)`.

A reader yields activities and rejected rows, never an opinion. `recognise` looks at structure (root keys, header shape),
never at archive names or human labels, and answers with a Claim or None. Per-row readers yield dicts of ACTIVITIES
columns or Rejections (a row may also carry `twin`, see `twins.py`); `tables` is the columnar way for files that already
are tables (millions of rows).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple

import pandas as pd

from screening.readers.core.source import Source

Row = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """`This file is mine`: to be read, or (with `ignored`) known and deliberately left alone, with the reason.

    `same_as` and `rank`: of all files of one person with the same `same_as`, only those of the lowest rank are read (a
    JSON and an HTML edition of one list). One person: the same known owner, or the same `place` (where the export
    begins; by default the whole input) unless the owners are known to differ. `late` files are read after all others,
    so that of two lists with the same acts the fuller one comes first. `detail` is handed to `read`.
    """

    ignored: str = ""
    same_as: str = ""
    rank: int = 0
    place: str | None = None
    late: bool = False
    detail: Any = None


class Rejection(NamedTuple):
    """One record that cannot be used: where, why (Indonesian), and the record, which is redacted before it is kept."""

    pointer: str
    reason: str
    raw: Any = None


class Note(NamedTuple):
    """A remark about the file as a whole (Indonesian), shown in FILES; no record.

    `explains`: it says why the file gives no activity (a one-to-one chat, rows that are no acts). A claimed file that
    holds something, gives nothing and explains nothing is told as an error.
    """

    text: str
    explains: bool = False


class Unread(NamedTuple):
    """A non-empty list inside a claimed file that is neither read nor known as private: its name and how many entries
    it has. It becomes a warning."""

    name: str
    number: int = 1


class Counted(NamedTuple):
    """Lines or records that are no acts and are counted instead of listed (blank lines, totals, continuation lines):
    how many, and what they are (Indonesian). `told`: whether FILES shows it. It explains a file without activities."""

    number: int
    what: str
    told: bool = True


class Owner(NamedTuple):
    """Whose export this is: platform, handle, and the folder inside the container that the export starts in."""

    platform: str
    handle: str
    root: str


@dataclass(frozen=True)
class Context:
    """What a reader may know besides its file.

    `zone`: for times without one. `owner`: the account whose export this is, or None. `detail`: what `recognise`
    found. `sibling(name)`: the source of that name in the same folder, or None.
    """

    zone: tzinfo
    owner: str | None = None
    detail: Any = None
    sibling: Callable[[str], Source | None] = lambda name: None


class Columns(NamedTuple):
    """A piece of a table that already has canonical columns: the frame (ACTIVITIES without ids and source columns,
    but with `source_pointer`), and what was rejected in it."""

    frame: pd.DataFrame
    rejected: list[Rejection]


Remark = Note | Unread | Counted
Item = Row | Rejection | Remark


@dataclass(frozen=True)
class Reader:
    """One export format; `read` (rows) or `tables` (columnar) must be given. `platform`: of own-data downloads, whose
    `owner` finds the account in a profile file (asked for every file this reader claims, ignored ones too)."""

    name: str
    recognise: Callable[[Source], Claim | None]
    read: Callable[[Source, Context], Iterable[Item]] | None = None
    tables: Callable[[Source, Context, int], Iterable[Columns | Remark]] | None = None
    owner: Callable[[Source], Owner | None] | None = None
    platform: str = ""
    title: str = ""

    @property
    def shown(self) -> str:
        """The name people read."""
        return self.title or self.name


def tidy(value: Any) -> str | None:
    """A cell or JSON value as text; None stays None; numbers that are whole lose their `.0`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def filled(*values: Any) -> str | None:
    """The first value that is non-empty text (or a number), else None."""
    for value in values:
        text = tidy(value)
        if text is not None and text.strip():
            return text
    return None


def at(record: Any, *path: str | int) -> Any:
    """The value under keys and indexes, or None where the shape differs."""
    for step in path:
        if isinstance(record, dict) and isinstance(step, str):
            record = record.get(step)
        elif isinstance(record, list) and isinstance(step, int) and -len(record) <= step < len(record):
            record = record[step]
        else:
            return None
    return record


def listed(value: Any) -> list[Any]:
    """A list whatever the export made of it: None and `{}` are empty, a single record is a list of one."""
    if value is None or value == {} or value == "":
        return []
    return value if isinstance(value, list) else [value]
