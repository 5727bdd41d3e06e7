"""The Mastodon archive, fact by fact."""

from __future__ import annotations

from pathlib import Path

from screening import readers
from tests.readers.cases import write
from tests.readers.open_network_cases import mastodon, packed


def test_every_list_of_the_archive_gives_its_acts(tmp_path: Path) -> None:
    read = readers.read([write(mastodon(), tmp_path)])
    acts = read.activities.set_index("record_id", drop=False)
    assert sorted(read.activities["kind"]) == ["bio", "comment", "follow", "like", "post", "post", "share"]
    first = read.activities[read.activities["kind"] == "post"].iloc[0]
    assert first["text"] == "Selamat pagi warga\nSemangat & sehat"
    assert first["actor"] == "asn_0701"
    assert str(first["happened_at"]) == "2024-10-01 08:00:05+00:00"
    answer = acts[acts["kind"] == "comment"].iloc[0]
    assert (answer["target_account"], answer["text"]) == ("kawan@lain.contoh.test", "@kawan setuju")
    assert answer["tagged"] == "kawan@lain.contoh.test"
    boost = acts[acts["kind"] == "share"].iloc[0]
    assert boost["target_url"] == "https://lain.contoh.test/users/kawan/statuses/10"
    assert "Semangkuk soto" in acts[acts["text"] == "Foto"].iloc[0]["media_text"]


def test_private_messages_and_bookmarks_are_told_and_never_read(tmp_path: Path) -> None:
    read = readers.read([write(mastodon(), tmp_path)])
    for table in (read.activities, read.rejected, read.files):
        assert "RAHASIA" not in table.to_csv()
    files = read.files.set_index(read.files["source_file"].str.rsplit("/").str[-1])
    assert "1 unggahan yang hanya ditujukan kepada orang tertentu" in files.loc["outbox.json", "note"]
    assert files.loc["bookmarks.json", "outcome"] == "ignored"
    assert files["warning"].isna().all()


def test_the_packed_archive_gives_the_same_acts(tmp_path: Path) -> None:
    (tmp_path / "archive.tar.gz").write_bytes(packed(mastodon()))
    plain = readers.read([write(mastodon(), tmp_path / "lain")]).activities
    again = readers.read([tmp_path / "archive.tar.gz"]).activities
    owned = plain[plain["kind"] != "follow"]  # the list of follows lies beside the folder with the profile
    assert set(again["activity_id"]) >= set(owned["activity_id"])
