"""One row of an own-data download: what every such reader fills in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.reader import Context, Note, Row
from screening.readers.times.moment import ABSENT, Moment

UNKNOWN_OWNER = Note(
    "pemilik ekspor tidak ditemukan dalam berkasnya; kolom actor kosong (dapat diisi lewat pilihan owner)"
)


def act(platform: str, kind: str, actor: str | None, pointer: str, when: Moment = ABSENT, **more: Any) -> Row:
    """A row of ACTIVITIES: who did what when; `more` are further columns. Empty targets become missing."""
    row = {"platform": platform, "kind": kind, "actor": actor, "source_pointer": pointer, **when._asdict()}
    for name, value in more.items():
        row[name] = None if value == "" and name != "text" else value
    return row


ADDED = "ditambahkan oleh anggota lain"
EMPTY = "catatan tidak memuat apa pun yang dapat dibaca"


def says_nothing(row: Row) -> bool:
    """Whether a row names no time, words, target or id: the record was empty."""
    told = ("happened_at", "text", "target_account", "target_text", "target_url", "media_text", "tagged", "record_id")
    return not any(row.get(name) for name in told)


def owner_note(context: Context) -> Iterator[Note]:
    """The remark that nobody knows whose export this is, when nobody does."""
    if context.owner is None:
        yield UNKNOWN_OWNER
