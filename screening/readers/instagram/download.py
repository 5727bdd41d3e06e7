"""Instagram's own-data download as JSON, layouts of 2021 to 2026: recognised by root key, bare lists by shape and name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core.acts import EMPTY, owner_note, says_nothing
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Item, Owner, Reader, Rejection, Row, at, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.instagram.acts import comment_row, follow_row, like_row
from screening.readers.instagram.media import media_row
from screening.readers.instagram.reposts import repost_row
from screening.readers.instagram.stories import story_answer_row, story_reaction_row
from screening.readers.meta.files import (
    bare_list,
    export_place,
    export_root,
    labelled,
    root_keys,
    sample,
    stem,
    unread_lists,
)
from screening.readers.meta.mojibake import repaired
from screening.readers.meta.records import USERNAME, entries, label_roles, role_of

# Root key -> which list it is.
KEYS = {
    "ig_reels_media": "media", "ig_stories": "media", "ig_archived_post_media": "media", "ig_igtv_media": "media",
    "ig_other_media": "media", "ig_recently_deleted_media": "media", "ig_profile_picture": "media",
    "ig_posts_media": "media",
    "comments_media_comments": "comment", "comments_reels_comments": "comment", "comments_story_comments": "comment",
    "likes_media_likes": "like", "likes_comment_likes": "like", "story_activities_story_likes": "like",
    "story_activities_emoji_quick_reactions": "story_reaction", "story_activities_avatar_quick_reactions": "story_reaction",
    "story_activities_reaction_sticker_reactions": "story_reaction",
    "story_activities_questions": "story_answer", "story_activities_questions_media": "story_answer",
    "profile_media_reposts": "repost", "ig_reposts": "repost",
    "relationships_following": "follow", "relationships_following_hashtags": "hashtag",
    "relationships_follow_requests_sent": "pending", "relationships_permanent_follow_requests": "pending",
}  # fmt: skip

# File name of a bare list -> the root key it would have had.
FILES = {
    "posts": "ig_posts_media", "reels": "ig_reels_media", "stories": "ig_stories",
    "archived_posts": "ig_archived_post_media", "igtv_videos": "ig_igtv_media", "other_content": "ig_other_media",
    "recently_deleted_content": "ig_recently_deleted_media", "profile_photos": "ig_profile_picture",
    "post_comments": "comments_media_comments", "reels_comments": "comments_reels_comments",
    "hype": "comments_story_comments",
    "liked_posts": "likes_media_likes", "liked_comments": "likes_comment_likes",
    "story_likes": "story_activities_story_likes",
    "emoji_story_reactions": "story_activities_emoji_quick_reactions",
    "avatar_story_reactions": "story_activities_avatar_quick_reactions",
    "story_reaction_sticker_reactions": "story_activities_reaction_sticker_reactions",
    "questions": "story_activities_questions", "question_media_response": "story_activities_questions_media",
    "reposts": "profile_media_reposts",
    "following": "relationships_following", "following_hashtags": "relationships_following_hashtags",
    "pending_follow_requests": "relationships_follow_requests_sent",
    "recent_follow_requests": "relationships_permanent_follow_requests",
}  # fmt: skip

# Folders a download consists of; the export begins above the first of them.
SECTIONS = ("your_instagram_activity", "personal_information", "account_information", "connections", "content",
            "comments", "likes", "followers_and_following", "profile")  # fmt: skip


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".json":
        return None
    if root_keys(source, ("profile_user",)):
        return Claim(ignored="identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya")
    if keys := root_keys(source, KEYS):
        return Claim(same_as=f"instagram/{keys[0]}", place=place_of(source), detail=keys)
    key = bare_list(source, FILES) or _media_list(source)
    return Claim(same_as=f"instagram/{key}", place=place_of(source), detail=[key]) if key else None


def place_of(source: Source) -> str:
    """Where the download that holds the file begins, whatever its form."""
    return export_place(source, SECTIONS)


def _media_list(source: Source) -> str:
    """The root key of a bare list of media (`posts_1.json`), or the empty string."""
    found = sample(source) or []
    if not found or labelled(found) or any("data" in item or "attachments" in item for item in found):
        return ""
    parts = [part for item in found for part in listed(item.get("media")) if isinstance(part, dict)]
    return FILES.get(stem(source), "ig_posts_media") if any("uri" in part for part in parts) else ""


def _owner(source: Source) -> Owner | None:
    for record in listed(at(tree(source), "profile_user")):
        found = [entry for entry in entries(repaired(record)) if entry.words and not entry.stamp]
        named = [entry.words for entry in found if role_of(entry) == "username"]
        # Unknown language: a user name has no blanks and is the only value that could be one.
        shaped = [
            entry.words for entry in found if USERNAME.match(entry.words or "") and not entry.label.startswith("+")
        ]
        handle = named[0] if named else (shaped[0] if len(shaped) == 1 else None)
        if handle:
            return Owner("instagram", handle, export_root(source.path, SECTIONS))
    return None


def _read(source: Source, context: Context) -> Iterator[Item]:
    yield from owner_note(context)
    yield from unread_lists(source, KEYS)
    for key in context.detail:
        yield from listing(source, context, key, KEYS[key], "instagram")


def listing(source: Source, context: Context, key: str, which: str, platform: str) -> Iterator[Row | Rejection]:
    """The rows of one list of one file; also used for Threads, whose records have the same shapes."""
    root = tree(source)
    path = (key,) if isinstance(root, dict) and key in root else ()
    row = _row_maker(source, path, which, platform)
    for item in records(source, path):
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, record = item
        made = row(context.owner, pointer, repaired(record)) if isinstance(record, dict) else None
        yield Rejection(pointer, EMPTY, record) if made is None or says_nothing(made) else made


def _row_maker(
    source: Source, path: tuple[str, ...], which: str, platform: str
) -> Callable[[str | None, str, dict[str, Any]], Row | None]:
    if which == "comment":
        roles = label_roles(repaired(item[1]) for item in records(source, path) if not isinstance(item, Rejection))
        return lambda actor, pointer, record: comment_row(platform, actor, pointer, record, roles)
    if which in _PLAIN:
        return lambda actor, pointer, record: _PLAIN[which](platform, actor, pointer, record)
    return lambda actor, pointer, record: follow_row(platform, actor, pointer, record, which)


# The lists whose records need nothing but themselves.
_PLAIN: dict[str, Callable[[str, str | None, str, dict[str, Any]], Row | None]] = {
    "like": like_row,
    "media": media_row,
    "repost": repost_row,
    "story_reaction": story_reaction_row,
    "story_answer": story_answer_row,
}

READER = Reader("instagram", _recognise, _read, owner=_owner, platform="instagram", title="Instagram (JSON)")
