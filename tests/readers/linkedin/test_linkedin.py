"""LinkedIn tables: reposts, times in UTC, quotation marks the export adds; all people are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.readers.ingest import faulty
from tests.readers.read_back import acts, one, picked, reading

POST = "https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


@pytest.mark.parametrize("name", ["InstantReposts.csv", "InstantReposts_123456.csv", "salinan.csv"])
def test_a_repost_is_a_share_of_somebody_elses_post(tmp_path: Path, name: str) -> None:
    row = one(tmp_path, {name: f'"Date","Link"\n"2026-03-09 20:15:00","{POST}"\n'.encode()}, owner="tono-fiktif")
    assert picked([row], "platform", "kind", "actor", "text", "target_url", "target_kind") == [
        ("linkedin", "share", "tono-fiktif", "", POST, "content")
    ]
    assert (row["happened_at"].isoformat(), row["time_basis"]) == ("2026-03-09T20:15:00+00:00", "exact_utc")


def test_a_table_of_dates_and_other_links_is_not_linkedins(tmp_path: Path) -> None:
    rows = acts(tmp_path, {"daftar.csv": b'"Date","Link"\n"2026-03-09 20:15:00","https://contoh.test/1"\n'})
    assert "linkedin" not in {row["platform"] for row in rows}


@pytest.mark.parametrize(
    ("written", "read", "basis"),
    [
        ("2026-03-09 20:15:00", "2026-03-09T20:15:00+00:00", "exact_utc"), ("2026/03/09 20:15:55 UTC", "2026-03-09T20:15:55+00:00", "exact_utc"),
        ("1/29/26, 2:37 PM", "2026-01-29T14:37:00+00:00", "exact_utc"), ("09 Mar 2026", "2026-03-08T17:00:00+00:00", "date_only"),
    ],
)  # fmt: skip
def test_times_are_utc_and_days_are_days_of_the_zone(tmp_path: Path, written: str, read: str, basis: str) -> None:
    row = one(tmp_path, {"Reactions.csv": f'"Date","Type","Link"\n"{written}","LIKE","{POST}"\n'.encode()})
    assert (row["happened_at"].isoformat(), row["time_basis"]) == (read, basis)


def test_quotation_marks_of_the_export_are_no_quotation(tmp_path: Path) -> None:
    def comments(*messages: str) -> bytes:
        return (
            '"Date","Link","Message"\n'
            + "".join(f'"2026-03-09 20:15:0{n}","{POST}","{text}"\n' for n, text in enumerate(messages))
        ).encode()

    wrapped = acts(tmp_path / "a", {"Comments.csv": comments('""Selamat pak""', '""baris satu""\n""baris dua""')})
    assert [row["text"] for row in wrapped] == ["Selamat pak", "baris satu\nbaris dua"]
    quoted = acts(tmp_path / "b", {"Comments.csv": comments('""Maju terus""', "kata orang itu")})
    assert [row["text"] for row in quoted] == ['"Maju terus"', "kata orang itu"]


def test_what_a_share_does_not_say_is_told(tmp_path: Path) -> None:
    shares = b'"Date","ShareLink","ShareCommentary","SharedUrl","MediaUrl","Visibility"\n"2026-03-09 20:15:00","https://www.linkedin.com/feed/update/urn:li:share:1","setuju","","","MEMBER_NETWORK"\n'
    (note,) = reading(tmp_path, {"Shares.csv": shares}).files["note"]
    assert "tidak menyebut kiriman asalnya" in note
