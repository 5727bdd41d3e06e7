"""The X (Twitter) archive since 2019: `window.YTD.<name>.part<N> = [ … ]`, recognised by that name in every file.

Likes carry no time and no author, follows only ids: both stay as they are (export-formats §3). `manifest.js` tells how
much there should be; what is missing is told as a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from screening.readers.core.acts import act, owner_note
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Item, Note, Owner, Reader, Rejection, Row, Unread, at, filled
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, tree
from screening.readers.x.manifest import completeness, promised
from screening.readers.x.notes import Notes, note_row
from screening.readers.x.tweets import plain, tweet_row

_NAME = re.compile(r"^\s*window\.YTD\.([A-Za-z0-9_]+)\.part(\d+)\s*=")
_MANIFEST = re.compile(r"^\s*window\.__THAR_CONFIG\s*=")
TWEETS = ("tweet", "tweets", "deleted_tweet", "deleted_tweets", "community_tweet", "community_tweets")
NOTES = ("note_tweet", "note_tweets", "deleted_note_tweet", "deleted_note_tweets")
OTHERS = ("like", "likes", "following", "lists_member", "lists_subscribed", "article", "articles", "profile")
IGNORED = {
    r"direct_messages?.*|dm_.*": "pesan pribadi; tidak pernah dibaca",
    r"follower|block|mute|smartblock|lists_created|email_address_change|phone_number|contact|verified.*|protected_history":
        "perbuatan orang lain, pengaturan, atau kontak; tidak dibaca",
    r"ad_.*|ads_.*|personalization|ageinfo|twitter_?shop|shop_.*|product_.*|commerce_.*|catalog_.*|key_registry":
        "iklan, preferensi, atau pembayaran; tidak dibaca",
    r"ip_audit|device_token|ni_devices|connected_application|account_.*|app|user_link_clicks|sso|login.*|.*_session":
        "riwayat masuk, perangkat, atau identitas; tidak dibaca",
    r"saved_search|moment|.*_headers|periscope_.*|grok_.*|tweetdeck|screen_name_change|"
    r"reply_prompt|branch_links|community_note.*|professional_data|expanded_profile|.*_metadata|.*_audience|.*_profile.*":
        "tidak memuat perbuatan subjek yang disaring",
}  # fmt: skip
_UNREAD = "?"
_OWNER_FILE = "identitas pemilik ekspor; hanya dipakai untuk mengenali akunnya"


def _recognise(source: Source) -> Claim | None:
    if source.suffix not in (".js", ".json", ".txt"):
        return None
    start = head_text(source)[:300].lstrip("\ufeff")
    if _MANIFEST.match(start):
        return Claim(detail="manifest")
    match = _NAME.match(start)
    if not match:
        return None
    name = match[1].lower()
    if name == "account":
        return Claim(ignored=_OWNER_FILE)
    if name in (*TWEETS, *NOTES, *OTHERS):
        return Claim(detail=name, late=name in NOTES)
    known = next((Claim(ignored=why) for names, why in IGNORED.items() if re.fullmatch(names, name)), None)
    return known or Claim(detail=_UNREAD + name)


def _owner(source: Source) -> Owner | None:
    start = head_text(source)[:300]
    if not _MANIFEST.match(start) and not (_NAME.match(start) and ".account." in start):
        return None
    root = tree(source)
    handle = filled(at(root, 0, "account", "username"), at(root, "userInfo", "userName"))
    folder, _, last = source.path.rpartition("/")[0].rpartition("/")
    return Owner("x", handle, folder if last == "data" else f"{folder}/{last}".strip("/")) if handle else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    if context.detail == "manifest":
        yield from completeness(source, context, (*TWEETS, *NOTES, *OTHERS))
        return
    if context.detail.startswith(_UNREAD):
        yield from _unread(source, context.detail.removeprefix(_UNREAD))
        return
    yield from owner_note(context)
    number = 0
    make = _maker(context.detail, context)
    for item in records(source):
        if isinstance(item, Rejection):
            yield item
            continue
        number += 1
        if not isinstance(item[1], dict):
            yield Rejection(item[0], "bukan catatan", item[1])
            continue
        made = make(item[0], item[1])
        yield made if made is not None else Note("", explains=True)  # a profile that says nothing
    expected = promised(source, context)
    if expected is not None and expected > number:
        yield Note(f"tidak lengkap: manifest menyebut {expected} catatan, terbaca {number}")
    if context.detail == "lists_member":
        yield Note("daftar yang memuat akun ini dapat dibuat orang lain; keanggotaan bukan bukti perbuatan sendiri")


def _unread(source: Source, name: str) -> Iterator[Unread]:
    """A list of the archive that nobody taught us: told with its number, unless it is empty."""
    number = sum(1 for _ in records(source))
    if number:
        yield Unread(name, number)


def _maker(name: str, context: Context) -> Callable[[str, dict[str, Any]], Row | Rejection | None]:
    owner = context.owner
    if name in TWEETS:
        notes = Notes(context)
        return lambda pointer, record: _tweet(pointer, _inner(record, "tweet"), context, notes)
    if name in NOTES:
        notes = Notes(context)
        return lambda pointer, record: note_row(owner, pointer, _inner(record, "noteTweet"), context.zone, notes)
    if name.startswith("article"):
        return lambda pointer, record: _article(owner, pointer, _inner(record, "article"), context)
    if name.startswith("like"):
        return lambda pointer, record: _like(owner, pointer, _inner(record, "like"))
    if name == "profile":
        return lambda pointer, record: _bio(owner, pointer, _inner(record, "profile"))
    if name == "following":
        return lambda pointer, record: _follow(owner, pointer, _inner(record, "following"))
    return lambda pointer, record: _list(owner, pointer, _inner(record, "userListInfo"))


def _tweet(pointer: str, tweet: dict[str, Any], context: Context, notes: Notes) -> Row | Rejection:
    return tweet_row(context.owner, pointer, tweet, context.zone, notes.of(tweet))


def _inner(record: dict[str, Any], key: str) -> dict[str, Any]:
    """The record without its wrapper (unwrapped in 2019)."""
    inner = record.get(key)
    return inner if isinstance(inner, dict) else record


def _article(owner: str | None, pointer: str, article: dict[str, Any], context: Context) -> Row | Rejection:
    metadata = article.get("metadata")
    record = {**article, **metadata} if isinstance(metadata, dict) else article
    body = filled(at(record, "data", "body"), *(record.get(name) for name in ("body", "text", "plainText")))
    title = filled(record.get("title"), at(record, "data", "title"))
    created = filled(*(record.get(name) for name in ("created_at", "createdAt", "publishedAt")))
    text = "\n".join(part for part in (title, body) if part)
    return tweet_row(owner, pointer, {**record, "created_at": created}, context.zone, text or None)


def _like(owner: str | None, pointer: str, like: dict[str, Any]) -> Row | Rejection:
    number, words, address = filled(like.get("tweetId")), filled(like.get("fullText")), filled(like.get("expandedUrl"))
    if not (number or words or address):
        return Rejection(pointer, "catatan bukan tanda suka", like)
    author = re.match(r"https?://(?:twitter|x)\.com/(?!i/)(\w+)/status/", address or "")
    return act("x", "like", owner, pointer, target_account=author[1] if author else None, target_kind="content",
               target_text=plain(words, {}) if words else None, target_url=address, record_id=number)  # fmt: skip


def _bio(owner: str | None, pointer: str, profile: dict[str, Any]) -> Row | None:
    """What the person says of himself; the place and the address are shown beside it."""
    words = filled(at(profile, "description", "bio"))
    if words is None:
        return None
    beside = (filled(at(profile, "description", name)) for name in ("location", "website"))
    return act("x", "bio", owner, pointer, text=plain(words, {}), media_text="\n".join(filter(None, beside)) or None)


def _follow(owner: str | None, pointer: str, follow: dict[str, Any]) -> Row | Rejection:
    number, address = filled(follow.get("accountId")), filled(follow.get("userLink"))
    if not number and not address:
        return Rejection(pointer, "catatan bukan akun yang diikuti", follow)
    return act("x", "follow", owner, pointer, target_account=number, target_url=address, target_kind="account")


def _list(owner: str | None, pointer: str, entry: dict[str, Any]) -> Row | Rejection:
    address = filled(entry.get("url"), entry.get("urls"))
    if not address:
        return Rejection(pointer, "catatan bukan daftar", entry)
    name = re.match(r"https?://(?:twitter|x)\.com/(?!i/)(\w+)/lists/", address)
    return act(
        "x", "join", owner, pointer, target_account=name[1] if name else None, target_url=address, target_kind="group"
    )


READER = Reader("x-archive", _recognise, _read, owner=_owner, platform="x", title="arsip X (Twitter)")
