"""TikTok downloads of 2026: reposts, LIVE, stories, the video a comment stands under; what is not read is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.readers.ingest import faulty
from screening.readers.tiktok.download import _account_of
from tests.readers.cases import Files
from tests.readers.read_back import acts, picked, reading

VIDEO = "https://www.tiktokv.com/share/video/7311111111111111{:03d}/"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def export(**sections: Any) -> Files:
    root = {
        "Profile And Settings": {
            "Profile Info": {"ProfileMap": {"userName": "tono.fiktif"}},
            "Block List": {"BlockList": None},
        },
        "Comment": {"Comments": {"App": 1233, "CommentsList": None}},
        **{name.replace("_", " "): value for name, value in sections.items()},
    }
    return {"user_data_tiktok.json": json.dumps(root).encode()}


def test_a_repost_is_a_share_and_a_story_and_a_live_of_ones_own_are_posts(tmp_path: Path) -> None:
    rows = acts(tmp_path, export(
        Your_Activity={"Reposts": {"RepostList": [{"Date": "2026-03-01 01:00:00", "Link": VIDEO.format(1)}]}},
        Post={"Story": {"StoryList": [{"date": "2026-03-01 02:00:00", "title": "cerita"}]},
              "Posts": {"VideoList": [{"Date": "2026-03-01 03:00:00", "Title": "N/A", "AlternateText": "dua jari", "WhoCanView": "FRIENDS"}]}},
        TikTok_Live={"Go Live History": {"GoLiveList": [{"LiveStartTime": "2026-03-01 04:00:00", "LiveTitle": "Obrolan sore"}]}},
    ))  # fmt: skip
    assert sorted(picked(rows, "happened_at", "kind", "text", "target_url", "visibility"), key=str) == [
        (row["happened_at"], *rest)
        for row, rest in zip(
            sorted(rows, key=lambda row: row["happened_at"]),
            [("share", "", VIDEO.format(1), "unknown"), ("post", "cerita", None, "unknown"),
             ("post", "dua jari", None, "private"), ("post", "Obrolan sore", None, "unknown")],
            strict=True,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "address"),
    [
        ({"originalPostUrl": VIDEO.format(2), "original post link": ""}, VIDEO.format(2)),
        ({"original post link": VIDEO.format(3), "originalPostUrl": "N/A"}, VIDEO.format(3)),
        ({"url": VIDEO.format(4)}, VIDEO.format(4)),
        ({"originalPostUrl": "None"}, None),
    ],
)
def test_a_comment_names_the_video_it_stands_under(tmp_path: Path, record: dict[str, str], address: str | None) -> None:
    comment = {"date": "2026-03-01 01:00:00 UTC", "comment": "sip", "photo": "N/A", "sticker": "N/A", **record}
    (row,) = acts(tmp_path, export(Comment={"Comments": {"CommentsList": [comment]}}))
    assert picked([row], "kind", "text", "target_url") == [("comment", "sip", address)]
    assert row["happened_at"].isoformat() == "2026-03-01T01:00:00+00:00"


def test_comments_and_questions_in_a_live_name_its_host(tmp_path: Path) -> None:
    live = {"WatchTime": "2026-03-01 01:00:00", "Link": "https://www.tiktok.com/@calon.fiktif/live",
            "Comments": [{"CommentTime": "2026-03-01 01:01:00", "CommentContent": "lanjut", "RawTime": 1}],
            "Questions": [{"QuestionTime": "2026-03-01 01:02:00", "QuestionContent": "kapan ke sini?"}]}  # fmt: skip
    rows = acts(
        tmp_path,
        export(
            TikTok_Live={"Watch Live History": {"WatchLiveMap": {"73": live, "74": {"Comments": None, "Link": "N/A"}}}}
        ),
    )
    assert picked(rows, "kind", "text", "target_account", "target_url") == [
        ("comment", "lanjut", "calon.fiktif", live["Link"]),
        ("comment", "kapan ke sini?", "calon.fiktif", live["Link"]),
    ]


@pytest.mark.parametrize(
    ("link", "account"),
    [
        ("https://www.tiktok.com/@a.b/video/1", "a.b"), ("https://tiktok.com/@ab/live?x=1", "ab"), ("https://www.tiktokv.com/share/video/1/", None),
        ("https://contoh.test/@ab", None), (None, None),
    ],
)  # fmt: skip
def test_an_address_names_an_account_only_on_tiktok(link: str | None, account: str | None) -> None:
    assert _account_of(link) == account


def test_lists_that_are_not_read_are_told_with_name_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = export(
        Likes_and_Favorites={"Favorite Videos": {"FavoriteVideoList": [{"Date": "x", "Link": "y"}] * 3}, "Favorite Comment": {"FavoriteCommentList": []}},
        Your_Activity={"Zubu": {"ZubuList": [{"Date": "2026-03-01 01:00:00"}] * 2}, "Watch History": {"VideoList": [{"Date": "x"}]}},
        Direct_Message={"Direct Messages": {"ChatHistory": {"Chat History with wati:": [{"Content": "RAHASIA"}], "Chat History with rudi:": []}}},
    )  # fmt: skip
    told = reading(tmp_path / "a", files).files
    (note,), (warning,) = told["note"], told["warning"]
    assert "ZubuList (2)" in warning
    assert "FavoriteVideoList (3)" in warning
    assert "ChatHistory" not in warning
    assert "ChatHistory (2)" in note
    assert "RAHASIA" not in note
    assert "wati" not in note
    assert "ProfileMap" not in note
    # A file too large to be held at once tells the same.
    from screening.readers.core import jsonstream
    from screening.readers.tiktok import download

    real = jsonstream.limit
    for module in (jsonstream, download):
        monkeypatch.setattr(
            module, "limit", lambda section, name: 10 if name == "whole_json_bytes" else real(section, name)
        )
    streamed = reading(tmp_path / "b", files).files
    assert (streamed["note"][0], streamed["warning"][0]) == (note, warning)
