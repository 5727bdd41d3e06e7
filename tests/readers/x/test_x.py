"""One tweet is the same act in the archive, in API 1.1 timelines, in twarc and in other tools; all accounts are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.readers.ingest import faulty
from tests.readers import own_platform_cases as other
from tests.readers.cases import Files
from tests.readers.read_back import acts, one, picked, reading

CREATED = "Sat Oct 05 03:04:05 +0000 2024"
ISO = "2024-10-05T03:04:05.000Z"
NUMBER = "1842000000000000001"
QUOTED = "https://x.com/calon_fiktif/status/1841000000000000009"
LINK = {"url": "https://t.co/q1", "expanded_url": QUOTED, "display_url": "x"}
PARENT = {
    "in_reply_to_screen_name": "wati_fiktif",
    "in_reply_to_status_id_str": "1841000000000000002",
    "in_reply_to_user_id_str": "5",
}


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def archive(tweet: dict[str, Any]) -> Files:
    return {"data/account.js": other._account("tono_fiktif"), "data/tweets.js": other.ytd("tweets", [{"tweet": tweet}])}


def v11(tweet: dict[str, Any]) -> Files:
    return {
        "garis.jsonl": json.dumps(
            {**tweet, "user": {"screen_name": "tono_fiktif", "id_str": "7", "protected": False}}
        ).encode()
    }


def v2(text: str, urls: list[dict[str, Any]], *references: dict[str, Any], **more: Any) -> Files:
    tweet = {"id": NUMBER, "text": text, "created_at": ISO, "author_id": "7", "author": {"username": "tono_fiktif"}, "entities": {"urls": urls},
             "referenced_tweets": list(references), **more}  # fmt: skip
    return {"datar.jsonl": json.dumps(tweet).encode()}


def scraped(text: str, **more: Any) -> Files:
    record = {
        "id": int(NUMBER),
        "id_str": NUMBER,
        "date": ISO,
        "rawContent": text,
        "user": {"username": "tono_fiktif"},
        **more,
    }
    return {"kikis.jsonl": json.dumps(record).encode()}


_REPLY_QUOTE = "@wati_fiktif lihat https://t.co/q1"
_SEEN = f"@wati_fiktif lihat {QUOTED}"
REPLY_THAT_QUOTES = {
    "archive": archive(other.tweet(NUMBER, _REPLY_QUOTE, CREATED, entities={"urls": [LINK]}, **PARENT)),
    "v11": v11(other.tweet(NUMBER, _REPLY_QUOTE, CREATED, entities={"urls": [LINK]}, quoted_status_id_str="1841000000000000009", **PARENT)),
    "v2": v2(_REPLY_QUOTE, [LINK], {"type": "replied_to", "id": "1841000000000000002"},
             {"type": "quoted", "id": "1841000000000000009", "author": {"username": "calon_fiktif"}},
             in_reply_to_user={"username": "wati_fiktif"}, in_reply_to_user_id="5"),
    "scraped": scraped(_SEEN, inReplyToTweetIdStr="1841000000000000002", inReplyToUser={"username": "wati_fiktif"},
                       quotedTweet={"id_str": "1841000000000000009", "user": {"username": "calon_fiktif"}, "rawContent": "asli"}),
}  # fmt: skip
QUOTE = {
    "archive": archive(other.tweet(NUMBER, "setuju https://t.co/q1", CREATED, entities={"urls": [LINK]})),
    "v11": v11(other.tweet(NUMBER, "setuju https://t.co/q1", CREATED, entities={"urls": [LINK]},
                           quoted_status={"id_str": "1841000000000000009", "full_text": "asli &amp; utuh", "user": {"screen_name": "calon_fiktif"}})),
    "v2": v2("setuju https://t.co/q1", [LINK], {"type": "quoted", "id": "1841000000000000009", "author": {"username": "calon_fiktif"}, "text": "asli &amp; utuh"}),
}  # fmt: skip


@pytest.mark.parametrize("source", sorted(REPLY_THAT_QUOTES))
def test_a_reply_that_quotes_is_one_comment_everywhere(tmp_path: Path, source: str) -> None:
    row = one(tmp_path, REPLY_THAT_QUOTES[source])
    assert picked([row], "record_id", "actor", "kind", "text", "target_account", "target_url", "media_text") == [
        (
            NUMBER,
            "tono_fiktif",
            "comment",
            _SEEN,
            "wati_fiktif",
            "https://x.com/wati_fiktif/status/1841000000000000002",
            f"mengutip: {QUOTED}",
        )
    ]


@pytest.mark.parametrize("source", sorted(QUOTE))
def test_a_quote_is_one_share_everywhere(tmp_path: Path, source: str) -> None:
    row = one(tmp_path, QUOTE[source])
    assert picked([row], "record_id", "kind", "text", "target_account", "target_url", "target_text") == [
        (NUMBER, "share", f"setuju {QUOTED}", "calon_fiktif", QUOTED, None if source == "archive" else "asli & utuh")
    ]


def test_all_sources_of_one_tweet_are_one_activity(tmp_path: Path) -> None:
    files = {
        f"{source}/{name}": content for source, made in REPLY_THAT_QUOTES.items() for name, content in made.items()
    }
    found = reading(tmp_path, files)
    assert len(found.activities) == 1
    assert found.files["duplicate"].sum() == len(REPLY_THAT_QUOTES) - 1


def test_the_address_of_ones_own_picture_is_no_quote(tmp_path: Path) -> None:
    own = {"url": "https://t.co/m1", "expanded_url": f"https://twitter.com/tono_fiktif/status/{NUMBER}/photo/1"}
    earlier = {
        "url": "https://t.co/m2",
        "expanded_url": "https://twitter.com/Tono_Fiktif/status/1841000000000000003/photo/1",
    }
    for number, link in enumerate((own, earlier)):
        row = one(
            tmp_path / str(number),
            archive(other.tweet(NUMBER, f"foto {link['url']}", CREATED, entities={"urls": [link]})),
        )
        assert row["kind"] == "post"
    another = {"url": "https://t.co/m3", "expanded_url": "https://twitter.com/tono_fiktif/status/1841000000000000004"}
    assert (
        one(
            tmp_path / "c", archive(other.tweet(NUMBER, "lagi https://t.co/m3", CREATED, entities={"urls": [another]}))
        )["kind"]
        == "share"
    )


def test_twarc_expands_addresses_and_drops_those_of_pictures(tmp_path: Path) -> None:
    urls = [
        {"url": "https://t.co/a", "expanded_url": "https://contoh.test/berita"},
        {"url": "https://t.co/b", "expanded_url": "https://x.com/x/status/1/photo/1", "media_key": "3_1"},
    ]
    row = one(tmp_path, v2("baca https://t.co/a https://t.co/b", urls))
    assert row["text"] == "baca https://contoh.test/berita"


# Timelines of API 1.1


def _user(name: str = "tono_fiktif", **more: Any) -> dict[str, Any]:
    return {"user": {"screen_name": name, "id_str": "7", **more}}


def test_timelines_as_lines_as_a_list_and_as_a_search_result(tmp_path: Path) -> None:
    tweets = [{**other.tweet(f"184200000000000000{n}", f"kata {n}", CREATED), **_user()} for n in range(3)]
    ways = {
        "a.jsonl": "\n".join(json.dumps(tweet) for tweet in tweets),
        "b.json": json.dumps(tweets),
        "c.json": json.dumps({"statuses": tweets, "search_metadata": {"count": 3}}),
    }
    for name, text in ways.items():
        rows = acts(tmp_path / name, {name: text.encode()})
        assert picked(rows, "kind", "actor", "text", "visibility") == [
            ("post", "tono_fiktif", f"kata {n}", "public") for n in range(3)
        ]


def test_a_streamed_long_tweet_and_a_retweet_keep_all_their_words(tmp_path: Path) -> None:
    long = {**other.tweet(NUMBER, "pendek…", CREATED), **_user(), "text": "pendek…", "truncated": True,
            "extended_tweet": {"full_text": "panjang sekali sampai habis", "entities": {"urls": []}}}  # fmt: skip
    del long["full_text"]
    original = {**other.tweet("1841000000000000009", "asli sampai habis", CREATED), **_user("calon_fiktif")}
    again = {
        **other.tweet("1842000000000000002", "RT @calon_fiktif: asli sam…", CREATED),
        **_user(),
        "retweeted_status": original,
    }
    notice = {"delete": {"status": {"id_str": "1", "user_id_str": "2"}}}
    found = reading(tmp_path, {"aliran.jsonl": "\n".join(map(json.dumps, [long, again, notice])).encode()})
    rows = found.activities.sort_values("record_id").to_dict("records")
    assert [(row["kind"], row["text"] or None, row["target_text"]) for row in rows[:1]] == [
        ("post", "panjang sekali sampai habis", rows[0]["target_text"])
    ]
    assert (rows[1]["kind"], rows[1]["target_account"], rows[1]["target_text"]) == (
        "share",
        "calon_fiktif",
        "asli sampai habis",
    )
    assert rows[1]["target_url"] == "https://x.com/calon_fiktif/status/1841000000000000009"
    assert "1 pemberitahuan aliran" in found.files["note"].iloc[0]


def test_a_protected_timeline_is_private(tmp_path: Path) -> None:
    row = one(
        tmp_path, {"a.jsonl": json.dumps({**other.tweet(NUMBER, "kata", CREATED), **_user(protected=True)}).encode()}
    )
    assert row["visibility"] == "private"


def test_lists_of_the_api_are_no_posts(tmp_path: Path) -> None:
    page = {
        "data": [{"id": "1", "name": "Warga", "created_at": ISO, "owner_id": "7"}],
        "includes": {"users": [{"id": "7", "username": "tono_fiktif"}]},
        "__twarc": {},
    }
    found = reading(tmp_path, {"lists.jsonl": json.dumps(page).encode()})
    assert (len(found.activities), len(found.rejected)) == (0, 1)


# The archive


def test_the_biography_is_read_and_an_empty_one_is_none(tmp_path: Path) -> None:
    def profile(bio: str) -> Files:
        return {"data/account.js": other._account("tono_fiktif"),
                "data/profile.js": other.ytd("profile", [{"profile": {"description": {"bio": bio, "location": "Kota Fiktif", "website": ""}}}])}  # fmt: skip

    row = one(tmp_path / "a", profile("Relawan &amp; warga"))
    assert picked([row], "kind", "actor", "text", "media_text") == [
        ("bio", "tono_fiktif", "Relawan & warga", "Kota Fiktif")
    ]
    empty = reading(tmp_path / "b", profile(""))
    assert (len(empty.activities), len(empty.rejected), empty.files["warning"].notna().sum()) == (0, 0, 0)


def test_an_unknown_list_of_the_archive_is_told_unless_it_is_empty(tmp_path: Path) -> None:
    files = reading(
        tmp_path,
        {
            "data/zubu.js": other.ytd("zubu", [{"a": 1}, {"a": 2}]),
            "data/spaces-metadata.js": other.ytd("spaces_metadata", []),
        },
    ).files
    assert files["warning"].dropna().tolist() == ["1 daftar tidak dibaca karena belum dikenal: zubu (2)"]


def test_a_tweet_in_a_community_says_so(tmp_path: Path) -> None:
    tweet = other.tweet(NUMBER, "halo warga", CREATED, community_id_str="155")
    files = {
        "data/account.js": other._account("tono_fiktif"),
        "data/community-tweet.js": other.ytd("community_tweet", [{"tweet": tweet}]),
    }
    assert one(tmp_path, files)["media_text"] == "di komunitas X: 155"
