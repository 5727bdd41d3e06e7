"""YouTube in Takeout: tables of any language by the shape of their values; all channels are invented."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from screening.readers.ingest import faulty
from tests.readers.read_back import acts, one, picked, reading

CHANNEL = "UCfiktif0000000000000001"
TIME = "2024-10-05T06:07:08+00:00"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


ENGLISH = ["Video ID", "Approx Duration (ms)", "Video Audio Language", "Video Category", "Video Description (Original)", "Video Description (Original) Language",
           "Channel ID", "Tag 1", "Video Title (Original)", "Video Title (Original) Language", "Privacy", "Video State", "Video Create Timestamp", "Video Publish Timestamp"]  # fmt: skip
VIDEO = ["abcdefghij1", "91000", "id", "People & Blogs", "Rekaman senam pagi warga di lapangan kecamatan", "id", CHANNEL, "senam", "Senam pagi", "id", "Public",
         "Processed", "2024-10-04T06:07:08+00:00", TIME]  # fmt: skip


@pytest.mark.parametrize(
    "header", [ENGLISH, [f"Zubu {number}" for number in range(len(ENGLISH))]], ids=["english", "nobodys"]
)
def test_a_channels_own_videos_are_posts_in_any_language(tmp_path: Path, header: list[str]) -> None:
    rows = acts(tmp_path, {"Takeout/YouTube/meta/videos.csv": table(header, VIDEO, ["", *[""] * 13])})
    assert picked(rows, "kind", "actor", "target_url", "record_id") == [
        ("post", CHANNEL, "https://www.youtube.com/watch?v=abcdefghij1", "abcdefghij1")
    ]
    assert "Rekaman senam pagi warga di lapangan kecamatan" in rows[0]["text"].split("\n")
    if header is ENGLISH:
        assert rows[0]["text"] == "Senam pagi\nRekaman senam pagi warga di lapangan kecamatan"


def test_a_category_is_no_title_where_the_language_is_unknown(tmp_path: Path) -> None:
    videos = [
        [
            f"abcdefghij{n}",
            *VIDEO[1:4],
            f"uraian panjang tentang kegiatan ke {n} kita",
            "id",
            CHANNEL,
            "x",
            f"Kegiatan ke {n}",
            *VIDEO[9:],
        ]
        for n in range(5)
    ]
    rows = acts(
        tmp_path,
        {"Takeout/YouTube/meta/videos.csv": table([f"Zubu {number}" for number in range(len(ENGLISH))], *videos)},
    )
    assert set(rows[0]["text"].split("\n")) == {"uraian panjang tentang kegiatan ke 0 kita", "Kegiatan ke 0"}


def test_the_publication_of_a_video_is_its_time_and_its_privacy_is_kept(tmp_path: Path) -> None:
    private = [*VIDEO[:10], "Private", *VIDEO[11:]]
    row = one(tmp_path, {"Takeout/YouTube/meta/videos.csv": table(ENGLISH, private)})
    assert (row["happened_at"].isoformat(), row["visibility"]) == (TIME, "private")


@pytest.mark.parametrize(
    "header", [["Post ID", "Channel ID", "Post Create Timestamp", "Post Text"], ["Zu", "Bu", "Na", "Ro"]]
)
def test_posts_of_ones_own_are_no_comments_on_oneself(tmp_path: Path, header: list[str]) -> None:
    body = [
        "UgkxFiktif001",
        CHANNEL,
        TIME,
        '{"text":"Ayo hadir "},{"mention":{"externalChannelId":"UClain00000000000000002"}}',
    ]
    row = one(tmp_path, {"Takeout/YouTube/posts/posts.csv": table(header, body)})
    assert picked([row], "kind", "actor", "text", "target_url", "tagged") == [
        ("post", CHANNEL, "Ayo hadir ", "https://www.youtube.com/post/UgkxFiktif001", "UClain00000000000000002")
    ]


def test_a_comment_on_a_post_stays_a_comment(tmp_path: Path) -> None:
    header = [
        "Comment ID",
        "Channel ID",
        "Comment create timestamp",
        "Price",
        "Parent comment ID",
        "Post ID",
        "Video ID",
        "Comment text",
    ]
    body = ["UgzFiktif01", CHANNEL, TIME, "0", "", "UgkxFiktif001", "", '{"text":"setuju"}']
    row = one(tmp_path, {"Takeout/YouTube/comments/comments.csv": table(header, body)})
    assert picked([row], "kind", "text", "target_url") == [
        ("comment", "setuju", "https://www.youtube.com/post/UgkxFiktif001")
    ]


@pytest.mark.parametrize("text", ["kata biasa tanpa JSON", '{"takeoutSegments":[{"text":"kata biasa tanpa JSON"}]}'])
def test_comments_of_a_language_nobody_knows_are_found_by_their_values(tmp_path: Path, text: str) -> None:
    rows = [["Ælk", "Bør", "Çin", "Døm", "Ert"], [TIME, text, "UgzFiktif02", CHANNEL, "abcdefghij2"]]
    row = one(tmp_path, {"Takeout/Ütube/ælk/ælk.csv": table(*rows)})
    assert picked([row], "kind", "text", "actor", "target_url", "record_id") == [
        ("comment", "kata biasa tanpa JSON", CHANNEL, "https://www.youtube.com/watch?v=abcdefghij2", "UgzFiktif02")
    ]


def test_a_table_of_other_numbers_is_no_list_of_videos(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        {"nilai.csv": table(["kode", "a", "b", "c", "d", "e", "f"], ["abcdefghij1", "100", "x", "y", "z", "u", "v"])},
    )
    assert "takeout" not in set(found.files["reader"].dropna())
