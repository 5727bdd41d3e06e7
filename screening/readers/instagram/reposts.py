"""Instagram reposts: somebody else's content put into one's own feed, with or without words of one's own.

Layouts of 2025 and 2026: a bare list of labelled records (`media/reposts.json`: own `Text`, group `Media` with URL, caption
and, deeper, `Owner`), and `profile_media_reposts` with `string_map_data` (`personal_information/reposts.json`).
"""

from __future__ import annotations

from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.reader import Row, filled
from screening.readers.meta.records import Entry, account, entries, profile_name, role, role_of, stamp


def repost_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """A repost: the original is the target; only what stands outside of its group is said by the person."""
    found = entries(record)
    owners = _of_owner(found)
    rest = [entry for entry in found if entry not in owners]
    inner = [entry for entry in rest if entry.within]
    own = next((entry.words for entry in rest if not entry.within and role_of(entry) in ("caption", "comment")), None)
    address = next((entry.address for entry in rest if entry.address and not profile_name(entry.address)), None)
    flat = next((entry.words for entry in rest if not entry.within and role_of(entry) in ("owner", "username")), None)
    return act(
        platform, "share", actor, pointer, stamp(record, found),
        text=own or "",
        target_account=filled(account(owners) if owners else None, flat, record.get("title"), _by_address(found)),
        target_text=next((entry.words for entry in inner if role_of(entry) == "caption"), None) or _longest(inner),
        target_url=address,
        target_kind="content",
        record_id=filled(record.get("fbid")),
    )  # fmt: skip


def _of_owner(found: list[Entry]) -> list[Entry]:
    """The entries about the owner of the original: by the name of their group, else those that lie deepest."""
    named = [entry for entry in found if any(role(step) == "owner" for step in entry.within)]
    depths = sorted({len(entry.within) for entry in found if entry.within})
    return named or ([entry for entry in found if len(entry.within) == depths[-1]] if len(depths) > 1 else [])


def _by_address(found: list[Entry]) -> str | None:
    return next((name for entry in found if (name := profile_name(entry.address))), None)


def _longest(inner: list[Entry]) -> str | None:
    """The caption in a language nobody taught us: the longest free words of several."""
    free = [
        entry.words for entry in inner if entry.words and not role_of(entry) and not entry.stamp and " " in entry.words
    ]
    return max(free, key=len, default=None)
