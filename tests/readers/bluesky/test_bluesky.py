"""The Bluesky repository, fact by fact."""

from __future__ import annotations

from pathlib import Path

from screening import readers
from screening.readers.bluesky.cbor import CborError, decoded
from tests.readers.cases import write
from tests.readers.open_network_cases import DID, bluesky, cbor


def test_every_record_of_the_tree_is_an_act_of_the_account(tmp_path: Path) -> None:
    read = readers.read([write(bluesky(), tmp_path)])
    acts = read.activities.set_index("source_pointer")
    assert sorted(acts["kind"]) == ["bio", "comment", "follow", "like", "post", "post", "share", "share"]
    assert set(acts["actor"]) == {DID}
    assert acts.loc["app.bsky.feed.post/3kc", "text"] == "Selamat pagi 🙂"
    assert str(acts.loc["app.bsky.feed.post/3kc", "happened_at"]) == "2024-10-01 08:00:05.123000+00:00"
    assert acts.loc["app.bsky.feed.post/3kd", "target_account"] == "did:plc:contohkawanxxxxxxxxxxxxxx"
    assert acts.loc["app.bsky.feed.post/3ke", "kind"] == "share"
    assert acts.loc["app.bsky.feed.post/3kf", "media_text"] == "Perahu di sungai"
    assert acts.loc["app.bsky.feed.like/3kb", "target_url"].endswith("/post/3kaaaaaaaaa2a")
    assert acts.loc["app.bsky.actor.profile/self", "text"] == "Pegawai\nHobi memancing"


def test_deleted_and_private_records_are_counted_and_never_read(tmp_path: Path) -> None:
    read = readers.read([write(bluesky(), tmp_path)])
    assert "RAHASIA" not in read.activities.to_csv() + read.rejected.to_csv() + read.files.to_csv()
    note = read.files["note"].iloc[0]
    assert "1 catatan lain" in note
    assert "1 blok yang tidak lagi ditunjuk" in note


def test_a_repository_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "repo.car"
    path.write_bytes(bluesky()["unduhan/repo.car"][:-40])
    read = readers.read([path])
    assert read.files["warning"].iloc[0]


def test_blocks_are_read_as_they_were_written() -> None:
    value = {"a": [1, -5, 300, 70_000, True, None, "teks", b"bita"], "b": {"c": "é🙂"}}
    assert decoded(cbor(value)) == value


def test_a_block_nested_too_deep_or_cut_is_refused() -> None:
    for raw in (b"\x81" * 100_000 + b"\x00", b"\x9b" + b"\xff" * 8, b"\x62a", b""):
        try:
            decoded(raw)
        except CborError:
            continue
        raise AssertionError(raw[:10])
