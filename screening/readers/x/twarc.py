"""twarc v2 JSON lines: response pages, `twarc2 flatten` output, streams (export-formats §10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.reader import Claim, Context, Counted, Item, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.core.structure import early_lines, tree
from screening.readers.times.moment import lenient
from screening.readers.x.scraped import Target, Tweet, tweet_row
from screening.readers.x.tweets import expanded

_TWEET = {
    "author_id",
    "edit_history_tweet_ids",
    "conversation_id",
    "referenced_tweets",
}  # beside id and text in a bare page
_PAGE = {"includes", "meta", "__twarc", "matching_rules", "errors"}


def _recognise(source: Source) -> Claim | None:
    return Claim() if any(_is_ours(line) for line in _candidates(source)) else None


def _candidates(source: Source) -> list[Any]:
    root = tree(source)
    return [*early_lines(source), root, *(root[:1] if isinstance(root, list) else [])]


def _is_ours(line: Any) -> bool:
    if not isinstance(line, dict) or {"source_platform", "rawContent", "_type", "__import_meta"} & line.keys():
        return False
    data = listed(line.get("data"))[:5]
    bare = any(isinstance(item, dict) and {"id", "text"} <= item.keys() and bool(_TWEET & item.keys()) for item in data)
    page = isinstance(line.get("data"), (list, dict)) and (bool(_PAGE & line.keys()) or bare)
    flat = {"id", "text", "created_at"} <= line.keys() and bool({"author_id", "__twarc"} & line.keys())
    return page or flat


def _read(source: Source, context: Context) -> Iterator[Item]:
    others = 0
    lines = jsonstream.lines(source) if early_lines(source) else _documents(source)
    for item in lines:
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, line = item
        if not isinstance(line, dict):
            yield Rejection(pointer, "baris bukan rekaman twarc", line)
        elif (
            "data" in line
            or "includes" in line
            or set(line) <= {"errors", "__twarc", "title", "detail", "type", "meta"}
        ):
            found = list(_page(line, pointer, context))
            others += not found
            yield from found
        else:
            yield _record(line, {}, pointer, context)
    yield Counted(others, "baris tanpa cuitan (galat, hitungan, atau halaman kosong)")


def _documents(source: Source) -> Iterator[Any]:
    """A file that is one page or one list of tweets."""
    whole = jsonstream.document(source)
    if isinstance(whole, dict):
        yield "", whole
    elif isinstance(tree(source), dict):
        yield whole
    else:
        yield from jsonstream.records(source)


def _page(page: dict[str, Any], pointer: str, context: Context) -> Iterator[Row | Rejection]:
    known = {
        "users": {filled(user.get("id")): user for user in _dicts(at(page, "includes", "users"))},
        "tweets": {filled(tweet.get("id")): tweet for tweet in _dicts(at(page, "includes", "tweets"))},
        "media": {filled(item.get("media_key")): item for item in _dicts(at(page, "includes", "media"))},
    }
    for index, record in enumerate(listed(page.get("data"))):
        where = f"{pointer}/data/{index}"
        if isinstance(record, dict) and {"tweet_count", "start", "end"} <= record.keys():
            continue
        yield (
            _record(record, known, where, context)
            if isinstance(record, dict)
            else Rejection(where, "bukan cuitan", record)
        )


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in listed(value) if isinstance(item, dict))


def _record(record: dict[str, Any], known: dict[str, Any], pointer: str, context: Context) -> Row | Rejection:
    if "text" not in record and "username" in record:
        return _bio(record, pointer)
    if "text" not in record:  # lists, spaces, places
        return Rejection(pointer, "rekaman tanpa teks cuitan", record)
    targets = _targets(record, known)
    return tweet_row(
        Tweet(
            filled(record.get("id")),
            _user(record, known),
            lenient(record.get("created_at"), context.zone),
            _words(record),
            targets.get("replied_to") or _reply(record, known),
            targets.get("retweeted"),
            targets.get("quoted"),
            _media(record, known),
        ),
        pointer,
    )


def _words(record: dict[str, Any]) -> str | None:
    """The text as people saw it: the long text of a long tweet, short addresses expanded, those of pictures dropped."""
    note = filled(at(record, "note_tweet", "text"))
    text = note or _text(record.get("text"))
    if not text:
        return text
    urls = [*_dicts(at(record, "note_tweet", "entities", "urls")), *_dicts(at(record, "entities", "urls"))]
    shown = [url for url in urls if url.get("media_key")]
    # Entities are resolved where all tools meet (`scraped.tweet_row`).
    return expanded(text, [url for url in urls if not url.get("media_key")], shown)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _bio(user: dict[str, Any], pointer: str) -> Row:
    return {
        "record_id": None, "platform": "x", "actor": filled(user.get("username")), "kind": "bio",
        "text": _text(user.get("description")), "visibility": "public", "source_pointer": pointer,
    }  # fmt: skip


def _user(record: dict[str, Any], known: dict[str, Any]) -> str | None:
    number = filled(record.get("author_id"))
    return filled(at(record, "author", "username"), at(known, "users", number or "", "username"), number)


def _targets(record: dict[str, Any], known: dict[str, Any]) -> dict[str, Target]:
    found = {}
    for reference in _dicts(record.get("referenced_tweets")):
        number = filled(reference.get("id"))
        original = {**(at(known, "tweets", number or "") or {}), **reference}
        text = _words(original)
        account = _user(original, known)
        if reference.get("type") == "replied_to":
            account = account or _replied_user(record, known)
        found[str(reference.get("type"))] = Target(account, number, text)
    return found


def _reply(record: dict[str, Any], known: dict[str, Any]) -> Target | None:
    account = _replied_user(record, known)
    return Target(account) if account else None


def _replied_user(record: dict[str, Any], known: dict[str, Any]) -> str | None:
    number = filled(record.get("in_reply_to_user_id"))
    return filled(at(record, "in_reply_to_user", "username"), at(known, "users", number or "", "username"), number)


def _media(record: dict[str, Any], known: dict[str, Any]) -> str | None:
    keys = listed(at(record, "attachments", "media_keys"))
    media = [*_dicts(at(record, "attachments", "media")), *(at(known, "media", str(key)) for key in keys)]
    return "\n".join(filter(None, (filled(at(item, "alt_text")) for item in media))) or None


READER = Reader("twarc", _recognise, read=_read, title="twarc v2 (JSONL)")
