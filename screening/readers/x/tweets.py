"""One tweet of an X archive as a row: post, reply (comment), retweet or quote (share with the original as target)."""

from __future__ import annotations

import re
from datetime import tzinfo
from html import unescape
from typing import Any

from screening.readers.core.acts import act
from screening.readers.core.media import Shown, shown
from screening.readers.core.reader import Rejection, Row, at, filled, listed
from screening.readers.times.moment import ABSENT, Moment, TimeError, lenient, moment
from screening.readers.x.scraped import with_quote

FIRST_YEAR = 2006  # X began in March 2006; archives with tweets of 1997 and 2003 exist and are wrong
ABSURD = "tahun tidak mungkin (X baru ada sejak 2006); data arsip rusak"

_MEDIA = ("tweets_media", "tweet_media")  # folders of an archive, newer and older
_RETWEET = re.compile(r"^RT @(\w{1,20}):? ?(.*)$", re.S)
_OLD_QUOTE = re.compile(r"^(.+?\S)[ \n]+(?:RT|rt) @(\w{1,20}): ?(.*)$", re.S)
_STATUS = re.compile(
    r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:#!/)?(\w{1,20})/status(?:es)?/(\d+)(/(?:photo|video)/\d+)?(?=$|[/?#])",
    re.I,
)


def tweet_row(
    actor: str | None, pointer: str, tweet: dict[str, Any], zone: tzinfo, full_text: str | None = None
) -> Row | Rejection:
    """A row from a tweet object of any era; `full_text` is the long text of a note tweet."""
    if absurd_year(filled(tweet.get("created_at"))):
        return Rejection(pointer, ABSURD, tweet)
    when = lenient(filled(tweet.get("created_at")), zone)
    written = filled(full_text, tweet.get("full_text"), tweet.get("text"))
    record_id = filled(tweet.get("id_str"), tweet.get("id"))
    if written is None and record_id is None and when.happened_at is None:
        return Rejection(pointer, "catatan bukan cuitan", tweet)
    text = plain(written or "", tweet)
    common: dict[str, Any] = {
        "record_id": record_id,
        "media_text": _alt_texts(tweet, filled(tweet.get("community_id_str"), tweet.get("community_id"))),
        "media_files": _pictures(tweet, record_id),
    }
    original = _original(tweet, text)
    if original is not None:
        return act("x", "share", actor, pointer, when, **{**common, **original})
    quoted = _quoted(tweet, actor, record_id)
    screen = filled(tweet.get("in_reply_to_screen_name"))
    parent = filled(tweet.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_status_id"))
    if screen or parent:
        address = f"https://x.com/{screen or 'i/web'}/status/{parent}" if parent else None
        target = screen or filled(tweet.get("in_reply_to_user_id_str"), tweet.get("in_reply_to_user_id"))
        common["media_text"] = with_quote(common["media_text"], quoted[1] if quoted is not None else None)
        return act("x", "comment", actor, pointer, when, text=text, target_account=target, target_url=address,
                   target_kind="content" if parent else "account", **common)  # fmt: skip
    if quoted is not None:
        return act("x", "share", actor, pointer, when, text=text, target_account=quoted[0], target_url=quoted[1],
                   target_text=_quoted_words(tweet), target_kind="content", **common)  # fmt: skip
    return act("x", "post", actor, pointer, when, text=text, target_url=own_address(actor, record_id), **common)


def own_address(actor: str | None, number: str | None) -> str | None:
    """Where a reviewer finds the tweet itself."""
    return f"https://x.com/{actor or 'i/web'}/status/{number}" if number else None


def absurd_year(created: str | None) -> bool:
    """Whether the time lies before X existed."""
    years = [int(year) for year in re.findall(r"(?<!\d)(\d{4})(?!\d)", created or "") if "19" <= year[:2] <= "20"]
    return bool(years) and max(years) < FIRST_YEAR


def _original(tweet: dict[str, Any], text: str) -> dict[str, Any] | None:
    """Target and words of a retweet (also the hand-made "setuju! RT @akun: …"), or None."""
    inner = tweet.get("retweeted_status")
    if isinstance(inner, dict):
        author = filled(at(inner, "user", "screen_name"))
        number = filled(inner.get("id_str"), inner.get("id"))
        words = plain(filled(inner.get("full_text"), inner.get("text")) or "", inner)
        return _share("", author, words, f"https://x.com/{author or 'i/web'}/status/{number}" if number else None)
    match = _RETWEET.match(text)
    if match:
        return _share("", match[1], match[2], None)
    match = _OLD_QUOTE.match(text)
    return _share(match[1], match[2], match[3], None) if match else None


def _share(own: str, author: str | None, words: str, address: str | None) -> dict[str, Any]:
    return {
        "text": own,
        "target_account": author,
        "target_text": words or None,
        "target_url": address,
        "target_kind": "content",
    }


def _quoted(tweet: dict[str, Any], actor: str | None, own: str | None) -> tuple[str | None, str] | None:
    """Author and address of the tweet this one quotes: the one attached, else a status address in the text. The address
    of a picture of one's own is none."""
    inner = tweet.get("quoted_status")
    author = filled(at(inner, "user", "screen_name"))
    number = filled(at(inner, "id_str"), tweet.get("quoted_status_id_str"), at(inner, "id"))
    for url in listed(at(tweet, "entities", "urls")):
        match = _STATUS.match(filled(at(url, "expanded_url")) or "")
        if match and match[2] != own and not (match[3] and actor and match[1].lower() == actor.lower()):
            author = author or (None if match[1].lower() == "i" else match[1])
            return author, f"https://x.com/{match[1]}/status/{match[2]}"
    return (author, f"https://x.com/{author or 'i/web'}/status/{number}") if number and number != own else None


def _quoted_words(tweet: dict[str, Any]) -> str | None:
    inner = tweet.get("quoted_status")
    if not isinstance(inner, dict):
        return None
    return plain(filled(inner.get("full_text"), inner.get("text")) or "", inner) or None


def plain(text: str, tweet: dict[str, Any]) -> str:
    """The text as people saw it: short addresses expanded, those of attached pictures dropped, entities resolved."""
    urls, media = listed(at(tweet, "entities", "urls")), listed(at(tweet, "entities", "media"))
    return unescape(expanded(text, urls, [*media, *listed(at(tweet, "extended_entities", "media"))]))


def expanded(text: str, urls: list[Any], media: list[Any]) -> str:
    """The text with its short addresses expanded and those of attached pictures dropped."""
    for url in urls:
        short, long = filled(at(url, "url")), filled(at(url, "expanded_url"), at(url, "unwound_url"))
        if short and long:
            text = text.replace(short, long)
    for picture in media:
        if short := filled(at(picture, "url")):
            text = text.replace(short, "").rstrip()
    return text


def _alt_texts(tweet: dict[str, Any], community: str | None) -> str | None:
    """Descriptions people attached to their pictures, and the community the tweet was put into."""
    media = [*listed(at(tweet, "extended_entities", "media")), *listed(at(tweet, "entities", "media"))]
    words = [filled(at(item, "ext_alt_text"), at(item, "media_alt")) for item in media]
    words += [f"di komunitas X: {community}"] if community else []
    return "\n".join(dict.fromkeys(word for word in words if word)) or None


def _pictures(tweet: dict[str, Any], number: str | None) -> list[Shown]:
    """The photos of a tweet: an archive names them by the tweet's id and the last part of the picture's address. Of a video it
    holds the video; its cover is taken where it lies beside it."""
    media = listed(at(tweet, "extended_entities", "media")) or listed(at(tweet, "entities", "media"))
    found = []
    for one in media if number else ():
        still = _last(filled(at(one, "media_url_https"), at(one, "media_url")))
        films = [name for film in listed(at(one, "video_info", "variants")) if (name := _last(at(film, "url")))]
        films = [name for name in films if name.endswith(".mp4")]
        if films:
            found += shown(f"{_MEDIA[0]}/{number}-{films[0]}")
        if still:
            found += shown(*(f"{folder}/{number}-{still}" for folder in _MEDIA), cover=bool(films), sought=bool(films))
    return found


def _last(address: Any) -> str:
    """The last part of an address, without what follows a question mark."""
    return address.split("?")[0].rsplit("/", 1)[-1] if isinstance(address, str) else ""


def exact(value: Any, zone: tzinfo) -> Moment:
    """A time that may be missing or damaged."""
    try:
        return moment(filled(value), zone)
    except TimeError:
        return ABSENT._replace(time_raw=filled(value))
