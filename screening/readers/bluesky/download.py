"""The Bluesky repository (`repo.car`): every record of the account, found through the entries of the tree's nodes.

Two passes: the first learns which block is which record (`collection/key`) and whose repository it is, the second reads the
records. Memory is one short name per record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.bluesky.car import blocks, is_car
from screening.readers.bluesky.cbor import CborError, decoded
from screening.readers.core.acts import act
from screening.readers.core.reader import Claim, Context, Counted, Item, Reader, Rejection, Row, at, filled, listed
from screening.readers.core.source import Source
from screening.readers.times.moment import lenient

_READ = (
    "app.bsky.feed.post",
    "app.bsky.feed.repost",
    "app.bsky.feed.like",
    "app.bsky.graph.follow",
    "app.bsky.actor.profile",
)
_LEFT = "catatan lain (blokir, daftar, setelan); tidak dibaca"
_GONE = "blok yang tidak lagi ditunjuk (sudah dihapus); tidak dibaca"


def _recognise(source: Source) -> Claim | None:
    return Claim() if is_car(source.head(4096)) else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    names, did = _names(source)
    left = gone = 0
    for number, (content_id, block) in enumerate(blocks(source), start=1):
        name = names.get(content_id)
        record = _decoded(block)
        if name is None:
            gone += isinstance(record, dict) and "$type" in record
            continue
        collection, _, key = name.partition("/")
        if collection not in _READ:
            left += 1
            continue
        if not isinstance(record, dict):
            yield Rejection(name, "catatan rusak", {"blok": number})
            continue
        yield _row(name, collection, key, record, did, context)
    yield Counted(left, _LEFT)
    yield Counted(gone, _GONE)


def _names(source: Source) -> tuple[dict[bytes, str], str | None]:
    """Content id -> `collection/key` of every record in the tree, and the DID of the account."""
    names: dict[bytes, str] = {}
    did = None
    for _, block in blocks(source):
        value = _decoded(block)
        if not isinstance(value, dict):
            continue
        if "e" in value and "l" in value and "$type" not in value:
            names |= _entries(value)
        elif isinstance(value.get("did"), str) and "data" in value and "sig" in value:
            did = value["did"]
    return names, did


def _entries(node: dict[str, Any]) -> dict[bytes, str]:
    """The records a node of the tree names; each key repeats the beginning of the one before."""
    found: dict[bytes, str] = {}
    before = b""
    for entry in listed(node.get("e")):
        shared, rest, value = at(entry, "p"), at(entry, "k"), at(entry, "v")
        if not isinstance(shared, int) or not isinstance(rest, bytes) or not isinstance(value, bytes):
            continue
        before = before[: max(shared, 0)] + rest
        found[bytes(value)] = before.decode("utf-8", "replace")
    return found


def _decoded(block: bytes) -> Any:
    try:
        return decoded(block)
    except CborError:
        return None


def _row(name: str, collection: str, key: str, record: dict[str, Any], did: str | None, context: Context) -> Row:
    actor = context.owner or did
    when = lenient(filled(record.get("createdAt")), context.zone)
    own = f"https://bsky.app/profile/{did or actor}/post/{key}" if did or actor else None
    common: dict[str, Any] = {"record_id": name, "visibility": "public"}
    if collection == "app.bsky.actor.profile":
        words = "\n".join(filter(None, (filled(record.get("displayName")), filled(record.get("description")))))
        return act("bluesky", "bio", actor, name, text=words, **common)
    if collection == "app.bsky.graph.follow":
        return act("bluesky", "follow", actor, name, when, target_account=filled(record.get("subject")),
                   target_kind="account", **common)  # fmt: skip
    if collection in ("app.bsky.feed.like", "app.bsky.feed.repost"):
        kind = "like" if collection.endswith("like") else "share"
        account, address = _target(record.get("subject"))
        return act("bluesky", kind, actor, name, when, target_account=account, target_url=address, target_kind="content",
                   text="" if kind == "share" else None, **common)  # fmt: skip
    return _post(name, record, own, actor, when, common)


def _post(
    name: str, record: dict[str, Any], own: str | None, actor: str | None, when: Any, common: dict[str, Any]
) -> Row:
    embed = record.get("embed")
    people = [
        filled(at(feature, "did"))
        for facet in listed(record.get("facets"))
        for feature in listed(at(facet, "features"))
    ]
    shown = [
        filled(at(image, "alt")) for image in (*listed(at(embed, "images")), *listed(at(embed, "media", "images")))
    ]
    linked = [filled(at(embed, "external", part)) for part in ("title", "description", "uri")]
    common = {
        **common,
        "text": filled(record.get("text")) or "",
        "tagged": ";".join(dict.fromkeys(filter(None, people))),
        "media_text": "\n".join(filter(None, (*shown, *linked, filled(at(embed, "alt"))))),
    }
    above = at(record, "reply", "parent")
    quoted = at(embed, "record", "record") or at(embed, "record")
    for kind, target in (("comment", above), ("share", quoted)):
        account, address = _target(target)
        if address:
            return act("bluesky", kind, actor, name, when, target_account=account, target_url=address,
                       target_kind="content", **common)  # fmt: skip
    return act("bluesky", "post", actor, name, when, target_url=own, **common)


def _target(reference: Any) -> tuple[str | None, str | None]:
    """Account and address of the record that `{uri: at://did/collection/key}` points to."""
    uri = filled(at(reference, "uri")) or ""
    parts = uri.removeprefix("at://").split("/")
    if not uri.startswith("at://") or len(parts) < 3:
        return None, None
    account, collection, key = parts[0], parts[1], parts[2]
    if collection == "app.bsky.feed.post":
        return account, f"https://bsky.app/profile/{account}/post/{key}"
    return account, uri


READER = Reader("bluesky", _recognise, _read, platform="bluesky", title="Bluesky (repo.car)")
