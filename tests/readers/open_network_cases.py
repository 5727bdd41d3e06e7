"""Own-data exports of Mastodon and Bluesky, built here; every person and text is invented. Case name -> files."""

from __future__ import annotations

import io
import json
import tarfile
from hashlib import sha256
from typing import Any

Files = dict[str, bytes]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ME = "https://sosial.contoh.test/users/asn_0701"
DID = "did:plc:contohasn0702xxxxxxxxxxxx"


def note(number: int, text: str, *, to: str = PUBLIC, **more: Any) -> dict[str, Any]:
    """A `Create` of an outbox."""
    address = f"{ME}/statuses/{number}"
    inner = {"id": address, "type": "Note", "published": f"2024-10-0{number}T08:00:05Z", "url": f"https://sosial.contoh.test/@asn_0701/{number}",
             "content": text, "inReplyTo": None, "tag": [], "attachment": [], **more}  # fmt: skip
    return {"id": f"{address}/activity", "type": "Create", "actor": ME, "published": inner["published"], "to": [to],
            "cc": [f"{ME}/followers"] if to == PUBLIC else [], "object": inner}  # fmt: skip


def mastodon() -> Files:
    """An unpacked archive: posts, an answer, a boost, a favourite, a private message, a bookmark, the profile."""
    items = [
        note(1, "<p>Selamat pagi warga</p><p>Semangat &amp; sehat</p>"),
        note(2, '<p><span class="h-card"><a href="https://lain.contoh.test/@kawan">@<span>kawan</span></a></span> setuju</p>',
             inReplyTo="https://lain.contoh.test/users/kawan/statuses/9", tag=[{"type": "Mention", "name": "@kawan@lain.contoh.test"}]),
        {"id": f"{ME}/statuses/3/activity", "type": "Announce", "actor": ME, "published": "2024-10-03T09:00:00Z", "to": [PUBLIC],
         "cc": [], "object": "https://lain.contoh.test/users/kawan/statuses/10"},
        note(4, "<p>RAHASIA</p>", to="https://lain.contoh.test/users/kawan"),
        note(5, "<p>Foto</p>", summary="makanan", attachment=[{"type": "Document", "mediaType": "image/png", "name": "Semangkuk soto"}]),
    ]  # fmt: skip

    def collection(name: str, held: list[Any]) -> bytes:
        return json.dumps({"@context": "https://www.w3.org/ns/activitystreams", "id": name, "type": "OrderedCollection",
                           "totalItems": len(held), "orderedItems": held}).encode()  # fmt: skip

    return {
        "arsip/actor.json": json.dumps({"id": ME, "type": "Person", "preferredUsername": "asn_0701", "outbox": "outbox.json",
                                        "summary": "<p>Pegawai biasa</p>", "url": "https://sosial.contoh.test/@asn_0701"}).encode(),
        "arsip/outbox.json": collection("outbox.json", items),
        "arsip/likes.json": collection("likes.json", ["https://lain.contoh.test/users/kawan/statuses/11"]),
        "arsip/bookmarks.json": collection("bookmarks.json", ["https://lain.contoh.test/users/kawan/statuses/12"]),
        "following_accounts.csv": b"Account address,Show boosts,Notify on new posts,Languages\nkawan@lain.contoh.test,true,false,\n",
    }  # fmt: skip


def packed(files: Files) -> bytes:
    """Files as a `.tar.gz`."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


class Cid(bytes):
    """A content id, written as a link."""


def cbor(value: Any) -> bytes:
    """A value as DAG-CBOR."""
    if isinstance(value, Cid):
        return b"\xd8\x2a" + _sized(2, len(value) + 1) + b"\x00" + value
    if isinstance(value, bool) or value is None:
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return _sized(0, value) if value >= 0 else _sized(1, -1 - value)
    if isinstance(value, bytes):
        return _sized(2, len(value)) + value
    if isinstance(value, str):
        return _sized(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _sized(4, len(value)) + b"".join(map(cbor, value))
    keys = sorted(value, key=lambda key: (len(key), key))
    return _sized(5, len(value)) + b"".join(cbor(key) + cbor(value[key]) for key in keys)


def _sized(kind: int, number: int) -> bytes:
    for small, width in ((24, 1), (25, 2), (26, 4)):
        if number < 24:
            return bytes([kind << 5 | number])
        if number < 256**width:
            return bytes([kind << 5 | small]) + number.to_bytes(width, "big")
    raise ValueError(number)


def _number(value: int) -> bytes:
    made = b""
    while value > 127:
        made, value = made + bytes([value & 127 | 128]), value >> 7
    return made + bytes([value])


def repository(records: dict[str, Any], deleted: list[Any] = []) -> bytes:  # noqa: B006 - never changed
    """A `repo.car` with the records by `collection/key`, and blocks no entry points to."""
    blocks: list[tuple[Cid, bytes]] = []

    def put(value: Any) -> Cid:
        raw = cbor(value)
        name = Cid(b"\x01\x71\x12\x20" + sha256(raw).digest())
        blocks.append((name, raw))
        return name

    entries, before = [], b""
    for key in sorted(records):
        now = key.encode()
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), min(len(before), len(now))
        )
        entries.append({"p": shared, "k": now[shared:], "v": put(records[key]), "t": None})
        before = now
    for value in deleted:
        put(value)
    root = put(
        {"did": DID, "rev": "3k", "prev": None, "data": put({"l": None, "e": entries}), "version": 3, "sig": b"x" * 64}
    )
    header = cbor({"roots": [root], "version": 1})
    return _number(len(header)) + header + b"".join(_number(len(n) + len(raw)) + n + raw for n, raw in blocks)


def bluesky() -> Files:
    """A repository with every record that is read, two that are not, and a deleted post."""
    other = "at://did:plc:contohkawanxxxxxxxxxxxxxx/app.bsky.feed.post/3kaaaaaaaaa2a"
    at = {"createdAt": "2024-10-01T08:00:05.123Z"}
    link = {"uri": other, "cid": "bafycontoh"}
    return {"unduhan/repo.car": repository({
        "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Pegawai", "description": "Hobi memancing"},
        "app.bsky.feed.like/3kb": {"$type": "app.bsky.feed.like", "subject": link, **at},
        "app.bsky.feed.post/3kc": {"$type": "app.bsky.feed.post", "text": "Selamat pagi 🙂", "langs": ["id"], **at},
        "app.bsky.feed.post/3kd": {"$type": "app.bsky.feed.post", "text": "setuju", "reply": {"root": link, "parent": link}, **at},
        "app.bsky.feed.post/3ke": {"$type": "app.bsky.feed.post", "text": "lihat ini", "embed": {"$type": "app.bsky.embed.record", "record": link}, **at},
        "app.bsky.feed.post/3kf": {"$type": "app.bsky.feed.post", "text": "foto", "embed": {"$type": "app.bsky.embed.images", "images": [{"alt": "Perahu di sungai"}]}, **at},
        "app.bsky.feed.repost/3kg": {"$type": "app.bsky.feed.repost", "subject": link, **at},
        "app.bsky.graph.block/3kh": {"$type": "app.bsky.graph.block", "subject": "did:plc:RAHASIA", **at},
        "app.bsky.graph.follow/3ki": {"$type": "app.bsky.graph.follow", "subject": "did:plc:contohkawanxxxxxxxxxxxxxx", **at},
    }, deleted=[{"$type": "app.bsky.feed.post", "text": "RAHASIA dihapus", **at}])}  # fmt: skip


def cases() -> dict[str, Files]:
    """Every case by name."""
    poll = note(
        6,
        "<p>Kapan kerja bakti?</p>",
        type="Question",
        oneOf=[{"type": "Note", "name": "Sabtu"}, {"type": "Note", "name": "Minggu"}],
    )
    alone = json.dumps({"id": "outbox.json", "type": "OrderedCollection", "orderedItems": [poll]}).encode()
    return {
        "mastodon_outbox_alone": {"outbox.json": alone},
        "mastodon": mastodon(),
        "mastodon_tar": {"archive-2024.tar.gz": packed(mastodon())},
        "bluesky": bluesky(),
    }
