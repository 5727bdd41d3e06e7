"""Threads lies inside the Instagram download (`threads/`); its file names collide with Instagram's, its root keys do not."""

from __future__ import annotations

from collections.abc import Iterator

from screening.readers.core.acts import owner_note
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.instagram.download import listing, place_of
from screening.readers.meta.files import bare_list, root_keys

KEYS = {
    "text_post_app_text_posts": "media",
    "text_post_app_media_likes": "like",
    "text_post_app_text_post_app_following": "follow",
    "text_post_app_text_post_app_follow_requests_sent": "pending",
}
FILES = {"threads_and_replies": "text_post_app_text_posts", "liked_threads": "text_post_app_media_likes"}


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".json":
        return None
    key = next(iter(root_keys(source, KEYS)), "") or bare_list(source, FILES)
    return Claim(same_as=f"threads/{key}", place=place_of(source), detail=key) if key else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    yield from listing(source, context, context.detail, KEYS[context.detail], "threads")


# The account is the Instagram one, found in the same download.
READER = Reader("threads", _recognise, _read, platform="instagram", title="Threads (JSON)")
