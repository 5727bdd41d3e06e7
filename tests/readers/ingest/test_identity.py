"""One act is one activity, whatever tool, layout, file or address form tells it, and what is merged is told."""

from __future__ import annotations

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from screening import readers
from screening.readers.ingest.identity import _addresses
from screening.readers.ingest.merging import completed
from screening.readers.ingest.sameness import same_account, same_address, same_profile
from screening.tables import ACTIVITIES

STATUS = "1812345678901234567"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.instagram.com/p/AbC_1/?igsh=xyz", "http://instagram.com/reel/AbC_1"),
        ("https://www.instagram.com/asn.satu/p/AbC_1/", "https://instagram.com/tv/AbC_1/?utm_source=x"),
        ("https://youtu.be/dQw4w9WgXcQ?si=1", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&feature=share"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "https://m.youtube.com/watch?v=dQw4w9WgXcQ"),
        (f"https://twitter.com/a/status/{STATUS}?s=20", f"https://x.com/i/web/status/{STATUS}"),
        ("https://www.tiktok.com/@a/video/74000?is_from_webapp=1", "https://www.tiktokv.com/share/video/74000/"),
        ("https://m.facebook.com/story.php?story_fbid=77&id=5", "https://www.facebook.com/akun/posts/77"),
        ("https://www.facebook.com/groups/9/permalink/77/", "https://facebook.com/groups/9/posts/77?mibextid=a"),
        ("https://www.contoh.go.id/berita/1/?utm_medium=a", "contoh.go.id/berita/1"),
    ],
)
def test_addresses_of_one_thing_are_one(one: str, other: str) -> None:
    assert same_address(one) == same_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.instagram.com/p/AbC/", "https://www.instagram.com/p/aBC/"),
        ("https://youtu.be/aaaaaaaaaaa", "https://youtu.be/aaaaaaaaaab"),
        ("https://www.youtube.com/watch?v=a&lc=1", "https://www.youtube.com/watch?v=a&lc=2"),
        ("https://t.me/relawan/1", "https://t.me/relawan/2"),
        ("https://contoh.test/?id=1", "https://contoh.test/?id=2"),
    ],
)
def test_addresses_of_two_things_are_two(one: str, other: str) -> None:
    assert same_address(one) != same_address(other)


def test_accounts_are_compared_in_one_spelling() -> None:
    assert {
        same_account(name) for name in ("@Asn.Satu", "asn.satu", " asn.satu ", "https://www.instagram.com/_u/asn.satu/")
    } == {"asn.satu"}
    assert (
        same_profile("https://www.instagram.com/_u/asn.satu") == same_profile("instagram.com/asn.satu/") == "asn.satu"
    )
    assert same_account("Budi  Contoh") == same_account("budi contoh")


def x_archive() -> dict[str, bytes]:
    tweet = {"id_str": STATUS, "full_text": "@akun_contoh baik pak https://t.co/1", "created_at": "Tue Jul 16 04:05:06 +0000 2024",
             "in_reply_to_screen_name": "akun_contoh", "in_reply_to_status_id_str": "1812000000000000000", "entities": {"urls": [
                 {"url": "https://t.co/1", "expanded_url": "https://contoh.go.id/a"}]}}  # fmt: skip
    return {
        "arsip/data/account.js": b'window.YTD.account.part0 = [{"account": {"username": "asn_0830"}}]',
        "arsip/data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}])}".encode(),
    }


def harvest() -> dict[str, bytes]:
    out = io.StringIO()
    row = {"conversation_id_str": "1", "created_at": "Tue Jul 16 04:05:06 +0000 2024", "favorite_count": "0",
           "full_text": "@akun_contoh baik pak https://t.co/1", "id_str": STATUS, "image_url": "", "in_reply_to_screen_name": "akun_contoh",
           "lang": "in", "location": "", "quote_count": "0", "reply_count": "0", "retweet_count": "0",
           "tweet_url": f"https://x.com/asn_0830/status/{STATUS}", "user_id_str": "5", "username": "asn_0830"}  # fmt: skip
    made = csv.DictWriter(out, row)
    made.writeheader()
    made.writerow(row)
    return {"hasil/tweets.csv": out.getvalue().encode()}


def flat() -> dict[str, bytes]:
    tweet = {"id": STATUS, "text": "@akun_contoh baik pak https://t.co/1", "author_id": "5", "created_at": "2024-07-16T04:05:06.000Z",
             "author": {"username": "asn_0830"}, "referenced_tweets": [{"type": "replied_to", "id": "1812000000000000000"}],
             "in_reply_to_user": {"username": "akun_contoh"}}  # fmt: skip
    return {"tw/flat.jsonl": json.dumps(tweet).encode() + b"\n"}


def test_a_reply_from_archive_and_tools_is_one_with_all_that_is_known(tmp_path: Path) -> None:
    shown = set()
    for number, order in enumerate(itertools.permutations((x_archive(), harvest(), flat()))):
        paths = []
        for place, files in enumerate(order):
            for name, content in files.items():
                path = tmp_path / str(number) / f"{place}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            paths.append(tmp_path / str(number) / f"{place}")
        read = readers.read(paths)
        assert len(read.activities) == 1
        assert sorted(read.files["duplicate"])[-2:] == [1, 1]
        row = read.activities.iloc[0]
        shown.add(
            tuple(str(row[name]) for name in ("activity_id", "kind", "actor", "text", "target_account", "target_url"))
        )
        assert any(
            name.rpartition("/")[2] in note
            for note in read.files["note"].dropna()
            for name in read.files["source_file"]
        )
    assert len(shown) == 1, shown
    ((_, kind, actor, _, target, address),) = shown
    assert (kind, actor, target) == ("comment", "asn_0830", "akun_contoh")
    assert address == "https://x.com/akun_contoh/status/1812000000000000000"


def table(rows: list[dict[str, Any]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    made = csv.DictWriter(out, names)
    made.writeheader()
    made.writerows(rows)
    return out.getvalue().encode()


ACT = {"platform": "instagram", "actor": "asn_0831", "kind": "like", "happened_at": "2024-07-16T04:05:06Z"}


def test_tool_ids_and_address_forms_make_no_second_act(tmp_path: Path) -> None:
    one = {**ACT, "record_id": "fbid-1", "target_account": "akun", "target_url": "https://www.instagram.com/p/Q1/"}
    other = {
        **ACT,
        "record_id": "",
        "actor": "@ASN_0831",
        "target_account": "",
        "target_url": "http://instagram.com/reel/Q1?igsh=a",
    }
    follow = {**ACT, "kind": "follow", "target_account": "akun.dua", "target_url": "https://www.instagram.com/akun.dua"}
    again = {**follow, "target_account": "", "target_url": "https://www.instagram.com/_u/akun.dua"}
    post = {**ACT, "kind": "post", "text": "halo", "record_id": "111_n", "target_url": ""}
    twice = {**post, "record_id": "17911111", "target_url": "https://www.instagram.com/p/Z9/"}
    (tmp_path / "a.csv").write_bytes(table([one, follow, post]))
    (tmp_path / "b.csv").write_bytes(table([other, again, twice]))
    read = readers.read([tmp_path])
    assert sorted(read.activities["kind"]) == ["follow", "like", "post"]
    assert "(" in read.files["note"].iloc[1]
    assert "a.csv: 3" in read.files["note"].iloc[1]
    assert read.activities.set_index("kind").loc["post", "target_url"] == "https://www.instagram.com/p/Z9/"


def test_different_acts_of_one_day_stay_apart(tmp_path: Path) -> None:
    day = {**ACT, "happened_at": "2024-07-16"}
    rows = [
        {**day, "target_url": "https://www.instagram.com/p/1/"}, {**day, "target_url": "https://www.instagram.com/p/2/"},
        {**day, "kind": "comment", "text": "mantap", "target_url": "https://www.instagram.com/p/1/"},
        {**day, "kind": "comment", "text": "mantap", "target_url": "https://www.instagram.com/p/2/"},
        {**day, "kind": "join", "target_account": "Grup A"}, {**day, "kind": "join", "target_account": "Grup B"},
        {**day, "kind": "post", "media_text": "spanduk"}, {**day, "kind": "post", "media_text": "kaus"},
    ]  # fmt: skip
    (tmp_path / "a.csv").write_bytes(table(rows))
    assert len(readers.read([tmp_path]).activities) == len(rows)


def test_two_records_of_one_file_that_look_alike_are_two_in_every_copy(tmp_path: Path) -> None:
    row = {**ACT, "kind": "post", "text": "ok", "happened_at": "2024-07-16"}
    (tmp_path / "a.csv").write_bytes(
        table([{**row, "record_id": "1"}, {**row, "record_id": "2"}, {**row, "record_id": "2"}])
    )
    (tmp_path / "b.csv").write_bytes(table([{**row, "record_id": "2"}, {**row, "record_id": "1"}]))
    for rows in (1, 2, 100):
        parts = list(readers.batches([tmp_path], rows=rows))
        assert sum(len(part.activities) for part in parts) == 2


def test_the_same_words_to_two_groups_are_two(tmp_path: Path) -> None:
    row = {**ACT, "platform": "whatsapp", "kind": "post", "text": "ok"}
    (tmp_path / "a.csv").write_bytes(table([{**row, "target_account": "Grup A"}, {**row, "target_account": "Grup B"}]))
    assert len(readers.read([tmp_path]).activities) == 2


def test_filling_is_the_same_whatever_the_order() -> None:
    base = {"activity_id": "a", "platform": "x", "actor": "a", "kind": "post", "time_basis": "exact_utc", "visibility": "unknown",
            "source_file": "f", "source_pointer": "1"}  # fmt: skip
    rows = [
        {**base, "text": "pendek", "media_text": "satu"},
        {
            **base,
            "kind": "comment",
            "text": "lebih panjang",
            "media_text": "dua",
            "visibility": "public",
            "target_kind": "content",
        },
        {**base, "tagged": "b;a", "time_basis": "date_only", "target_account": "x"},
    ]
    found = set()
    for order in itertools.permutations(rows):
        kept, *others = order
        whole = completed(ACTIVITIES.build([kept]), ACTIVITIES.build(others))
        found.add(tuple(whole.drop(columns=["source_file", "source_pointer"]).astype(str).iloc[0]))
    assert len(found) == 1


@pytest.mark.parametrize(
    "address",
    ["https://www.instagram.com/p/C1_-a/", "https://www.instagram.com/tv/Ax", "https://www.tiktok.com/@a.b/video/73", "https://www.tiktok.com/p/73/",
     "https://www.instagram.com/@a/video/3", "https://www.tiktok.com/reel/x", "https://www.instagram.com/p/C1/?x=1", "https://www.tiktok.com/@a/photo/73/",
     "https://www.instagram.com/p/é/", "instagram.com/p/C1", "akun", ""],
)  # fmt: skip
def test_plain_addresses_taken_at_once_are_those_taken_one_by_one(address: str) -> None:
    found = _addresses(pa.array([address, None, "https://www.instagram.com/p/satu/"], pa.large_string())).to_pylist()
    assert found == [same_address(address) or None, None, "instagram/satu"]


def _downloads(folder: Path) -> None:
    head = "record_id,platform,kind,actor,happened_at,text,target_url,media_text"
    rows = [f",instagram,comment,asn_0001,2024-10-02T08:00:{n:02d}Z,halo {n}," for n in range(1, 41)]
    (folder / "a.csv").write_text("\n".join([head, *(f"{row}," for row in rows)]), encoding="utf-8")
    more = [f"{row}https://www.instagram.com/p/A{n}/,foto" for n, row in enumerate(rows)]
    (folder / "b.csv").write_text("\n".join([head, *more]), encoding="utf-8")


def test_a_later_download_completes_the_first_however_many_rows_lie_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_ROWS", 10)
    _downloads(tmp_path)
    found = readers.read([tmp_path])
    assert len(found.activities) == 40
    assert found.activities["target_url"].notna().all()
    assert set(found.activities["media_text"]) == {"foto"}


def test_a_streamed_download_says_what_it_could_not_complete(tmp_path: Path) -> None:
    _downloads(tmp_path)
    pieces = list(readers.batches([tmp_path], rows=10))
    assert sum(len(piece.activities) for piece in pieces) == 40
    files = pd.concat([piece.files for piece in pieces]).set_index("source_file")
    late = next(note for name, note in files["note"].items() if str(name).endswith("b.csv"))
    assert "40 baris sama" in late
    assert "40 di antaranya mengulang bagian yang sudah dinilai" in late
    whole = list(readers.batches([tmp_path], rows=1000))
    assert not any("bagian yang sudah dinilai" in str(note) for piece in whole for note in piece.files["note"])
