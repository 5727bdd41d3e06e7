"""Answers and reactions to other people's stories: a reaction is a like with its sign, an answer to a question a comment."""

from __future__ import annotations

import re
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.reader import Row, filled
from screening.readers.instagram.acts import like_row
from screening.readers.meta.records import Entry, account, entries, stamp

_HEARTS = re.compile("(?:👍|❤|♥)[\ufe0f\U0001f3fb-\U0001f3ff]?")


def story_reaction_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """A quick reaction; any sign but a thumb or a heart is told, for it may be the opposite of approval."""
    sign = _said(entries(record), record)
    row = like_row(platform, actor, pointer, record)
    return {**row, "media_text": f"reaksi: {sign}" if sign and not _HEARTS.fullmatch(sign) else None}


def story_answer_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """What the person answered to a question in somebody's story."""
    found = entries(record)
    nested = [entry for entry in found if entry.within]
    return act(
        platform, "comment", actor, pointer, stamp(record, found),
        text=_said(found, record) or "",
        target_account=filled(record.get("title"), account(nested) if nested else None),
        target_url=next((entry.address for entry in found if entry.address), None),
        target_kind="content",
        record_id=filled(record.get("fbid")),
    )  # fmt: skip


def _said(found: list[Entry], record: dict[str, Any]) -> str | None:
    """The value of the record that is not merely the name of the story's owner."""
    flat = (entry.words for entry in found if not entry.within and not entry.label)
    labelled = (entry.words for entry in found if not entry.within and entry.label and not entry.stamp)
    return next((words for words in (*flat, *labelled) if words and words != record.get("title")), None)
