"""Instagram and Threads comments, likes and follows, in every layout since 2021 (export-formats §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.reader import Row, filled
from screening.readers.meta.records import (
    Entry,
    account,
    content_address,
    entries,
    profile_name,
    role,
    role_of,
    stamp,
)

PENDING = "permintaan mengikuti; belum tentu diterima"


def comment_row(
    platform: str, actor: str | None, pointer: str, record: dict[str, Any], roles: Mapping[str, str]
) -> Row:
    """A comment: old layout `title` = media owner and one value; since 2023 labelled values (`roles`: see `label_roles`)."""
    found = entries(record)
    flat = [entry for entry in found if not entry.within]
    text = next((entry.value for entry in flat if _meaning(entry, roles) == "comment"), None)
    owner = next((entry.words for entry in flat if _meaning(entry, roles) == "owner"), None)
    if "string_list_data" in record and text is None:
        text = next((entry.value for entry in flat if not entry.label), None)
    nested = [entry for entry in found if entry.within]
    return act(
        platform, "comment", actor, pointer, stamp(record, found),
        text=text or "",
        target_account=filled(owner, account(nested) if nested else None, record.get("title")),
        target_url=content_address(found),
        target_kind="content",
        record_id=filled(record.get("fbid")),
    )  # fmt: skip


def _meaning(entry: Entry, roles: Mapping[str, str]) -> str:
    return role_of(entry) or roles.get(entry.label, "")


def like_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any]) -> Row:
    """A like: address and owner where the export has them; its emoji is no text of the actor."""
    found = entries(record)
    nested = [entry for entry in found if entry.within]
    owners = [entry for entry in nested if role(entry.within[-1]) == "owner" or "owner" in map(role, entry.within)]
    flat = [entry.words for entry in found if not entry.within and role_of(entry) in ("owner", "username")]
    return act(
        platform, "like", actor, pointer, stamp(record, found),
        target_account=filled(record.get("title"), account(owners or nested), *flat),
        target_url=content_address(found),
        target_kind="content",
        record_id=filled(record.get("fbid")),
    )  # fmt: skip


def follow_row(platform: str, actor: str | None, pointer: str, record: dict[str, Any], which: str = "") -> Row | None:
    """A follow: to 2024 the username is a value, later only the title or the address; None when nobody is named."""
    found = entries(record)
    named = next((entry.words for entry in found if role_of(entry) == "username" and entry.words), None)
    plain = next((entry.words for entry in found if not entry.label and not entry.key and entry.words), None)
    address = next((entry.address for entry in found if entry.address), None)
    followed = filled(named, plain, record.get("title"), profile_name(address)) or account(found)
    if not followed and not address:
        return None
    hashtag = which == "hashtag"
    return act(
        platform, "follow", actor, pointer, stamp(record, found),
        target_account=f"#{followed.lstrip('#')}" if hashtag and followed else followed,
        target_url=address,
        target_kind="content" if hashtag else "account",
        media_text=PENDING if which == "pending" else None,
        record_id=filled(record.get("fbid")),
    )  # fmt: skip
