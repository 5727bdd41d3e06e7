"""Long tweets: `tweets.js` holds them cut, `note-tweet.js` whole; both are one act."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Context, Rejection, Row, at, filled, listed
from screening.readers.x.tweets import ABSURD, absurd_year, exact, plain, tweet_row

_NOTE_FILES = ("note-tweet.js", "note-tweets.js", "deleted-note-tweet.js", "deleted-note-tweets.js")
_TWEET_FILES = ("tweets.js", "tweet.js", "deleted-tweets.js", "deleted-tweet.js", "community-tweet.js")
_CUT = 140  # shorter tweets were never cut
_SAMPLE = 40  # characters of a cut tweet that must agree with the long text


class Notes:
    """The long texts beside a tweets file, and the cut tweets beside a notes file, by second."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._texts: dict[datetime, list[str]] | None = None
        self._tweets: dict[datetime, list[dict[str, Any]]] | None = None

    def of(self, tweet: dict[str, Any]) -> str | None:
        """The whole text of a cut tweet, or None."""
        if len(filled(tweet.get("full_text")) or "") <= _CUT:
            return None  # whole as it is, however like the beginning of a long one
        if self._texts is None:
            self._texts = {}
            for note in self._beside(_NOTE_FILES, "noteTweet"):
                when = exact(note.get("createdAt"), self._context.zone).happened_at
                if when is not None:
                    self._texts.setdefault(when.replace(microsecond=0), []).append(note_text(note))
        when = exact(tweet.get("created_at"), self._context.zone).happened_at if self._texts else None
        texts = self._texts.get(when, []) if when is not None else []
        return next((text for text in texts if _begins(tweet, text)), None)

    def tweet(self, when: datetime, text: str) -> dict[str, Any] | None:
        """The cut tweet of a long text, or None."""
        if self._tweets is None:
            self._tweets = {}
            for tweet in self._beside(_TWEET_FILES, "tweet"):
                created = exact(tweet.get("created_at"), self._context.zone).happened_at
                if created is not None and len(filled(tweet.get("full_text")) or "") > _CUT:
                    self._tweets.setdefault(created, []).append(tweet)
        return next((tweet for tweet in self._tweets.get(when, []) if _begins(tweet, text)), None)

    def _beside(self, names: tuple[str, ...], key: str) -> list[dict[str, Any]]:
        found = []
        for name in names:
            parts = [name, *(name.replace(".js", f"-part{number}.js") for number in range(1, 20))]
            for source in (self._context.sibling(part) for part in parts):
                for item in records(source) if source is not None else ():
                    record = None if isinstance(item, Rejection) else item[1]
                    inner = at(record, key) if isinstance(at(record, key), dict) else record
                    found += [inner] if isinstance(inner, dict) else []
        return found


def _begins(tweet: dict[str, Any], text: str) -> bool:
    short = re.sub(r"^(?:@\w+ )+", "", plain(filled(tweet.get("full_text")) or "", tweet))
    return bool(short) and text.startswith(short[:_SAMPLE].rstrip("… "))


def note_text(note: dict[str, Any]) -> str:
    """The whole text with its addresses expanded."""
    urls = [
        {"url": filled(at(url, "shortUrl")), "expanded_url": filled(at(url, "expandedUrl"))}
        for url in listed(at(note, "core", "urls"))
    ]
    return plain(filled(at(note, "core", "text"), note.get("text")) or "", {"entities": {"urls": urls}})


def note_row(actor: str | None, pointer: str, note: dict[str, Any], zone: tzinfo, notes: Notes) -> Row | Rejection:
    """The long text as the tweet it belongs to (counted once with it), or as a post of its own where that is missing."""
    created = filled(note.get("createdAt"), note.get("created_at"))
    if absurd_year(created):
        return Rejection(pointer, ABSURD, note)
    when, text = exact(created, zone), note_text(note)
    tweet = notes.tweet(when.happened_at.replace(microsecond=0), text) if when.happened_at else None
    if tweet is not None:
        return tweet_row(actor, pointer, tweet, zone, text)
    number = filled(note.get("noteTweetId"))
    if not text and not number:
        return Rejection(pointer, "catatan bukan cuitan panjang", note)
    return act("x", "post", actor, pointer, when, text=text, record_id=number)
