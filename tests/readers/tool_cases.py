"""JSON of research tools, built from their documented shapes; every person and text is invented. Case name -> files."""

from __future__ import annotations

import json
import lzma
from typing import Any

Files = dict[str, bytes]


def lines(*records: Any) -> bytes:
    """JSON lines; a plain string is put in as it is."""
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records).encode()


def _tweet(number: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "text": text, "created_at": "2024-10-01T01:00:00.000Z", "author_id": "1",
            "conversation_id": number, **more}  # fmt: skip


_USERS = [{"id": "1", "username": "asn_0401", "name": "A"}, {"id": "9", "username": "akun_contoh", "name": "C"}]
_PAGE = {
    "data": [
        _tweet("501", "Pagi &amp; semangat"),
        _tweet("502", "@akun_contoh hadir", in_reply_to_user_id="9", referenced_tweets=[{"type": "replied_to", "id": "490"}]),
        _tweet("503", "RT @akun_contoh: Dukung keg…", referenced_tweets=[{"type": "retweeted", "id": "491"}]),
        _tweet("504", "baca ini", referenced_tweets=[{"type": "quoted", "id": "491"}], attachments={"media_keys": ["3_1"]}),
    ],
    "includes": {
        "users": _USERS,
        "tweets": [{"id": "490", "text": "siapa hadir?", "author_id": "9"},
                   {"id": "491", "text": "Dukung kegiatan senam pagi", "author_id": "9"}],
        "media": [{"media_key": "3_1", "type": "photo", "alt_text": "poster senam"}],
    },
    "meta": {"result_count": 4},
    "__twarc": {"version": "2.13.0", "retrieved_at": "2024-10-05T00:00:00+00:00"},
}  # fmt: skip
_FLAT = _tweet("505", "rata", author={"id": "1", "username": "asn_0401"}, __twarc={"version": "2.13.0"},
               entities={"mentions": []})  # fmt: skip


def _scraped(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "url": f"https://x.com/asn_0402/status/{number}", "date": "2024-10-02 12:30:00+00:00",
            "user": {"id": 3, "username": "asn_0402", "displayname": "B"}, "lang": "in", "rawContent": text,
            "inReplyToTweetId": None, "inReplyToUser": None, "retweetedTweet": None, "quotedTweet": None,
            "media": {"photos": [], "videos": [], "animated": []}, "_type": "snscrape.modules.twitter.Tweet", **more}  # fmt: skip


_ORIGINAL = {**_scraped(600, "Satu data"), "user": {"id": 4, "username": "akun_contoh"}}


def _seen(platform: str, number: str, data: Any) -> dict[str, Any]:
    return {"id": 1, "nav_index": "1:0:0", "item_id": number, "timestamp_collected": 1729500000000,
            "source_platform": platform, "source_platform_url": "https://x", "source_url": "https://x",
            "user_agent": "Mozilla/5.0", "data": data}  # fmt: skip


_STATUS = [
    "1977350000000000000",
    "1977350100000000000",
    "1977350200000000000",
    "1977350300000000000",
    "1977350400000000000",
]
_CORE = {"user_results": {"result": {"core": {"screen_name": "asn_0407"}}}}


def _story(number: str, text: str, who: str, address: str = "", to: str = "", shared: Any = None) -> dict[str, Any]:
    place = address or f"https://www.facebook.com/{who}/posts/{number}"
    title = {"story": {"to": {"name": to}}} if to else {}
    layout = {"metadata": [{"story": {"creation_time": 1760270700 + int(number), "url": place}}], "title": title}
    story = {"post_id": number, "wwwURL": place, "message": {"text": text}, "attached_story": shared,
             "actors": [{"name": "Contoh Dua Puluh", "url": f"https://www.facebook.com/{who}"}]}  # fmt: skip
    return {
        "id": f"S:{number}",
        "comet_sections": {"content": {"story": story}, "context_layout": {"story": {"comet_sections": layout}}},
    }


_TIKTOK = {
    "id": "701",
    "desc": "Senam #pagi",
    "createTime": 1728532800,
    "author": {"uniqueId": "asn_0403"},
    "stats": {},
}
_GRAPH = {"id": "711", "shortcode": "ZG1", "taken_at_timestamp": 1728532800, "owner": {"id": "5", "username": "asn_0404"},
          "edge_media_to_caption": {"edges": [{"node": {"text": "Graf"}}]},
          "edge_media_to_tagged_user": {"edges": [{"node": {"user": {"username": "rekan_a"}}}]}}  # fmt: skip
_V1 = {"pk": "712", "code": "ZV1", "taken_at": 1728532860, "user": {"pk": "5", "username": "asn_0404", "is_private": True},
       "caption": {"text": "Versi satu"}, "accessibility_caption": "Mungkin gambar orang",
       "usertags": {"in": [{"user": {"username": "rekan_b"}}]}}  # fmt: skip
_PARTIAL = {"code": "ZP1", "caption": None, "user": {"username": "asn_0404"}, "_zs_partial": True}


def _graphql(number: str, text: str, name: str, **more: Any) -> dict[str, Any]:
    legacy = {"id_str": number, "full_text": text, "created_at": "Thu Oct 10 04:00:00 +0000 2024", **more}
    return {
        "rest_id": number,
        "core": {"user_results": {"result": {"legacy": {"screen_name": name}}}},
        "legacy": legacy,
    }


_THREAD = {"code": "TH1", "taken_at": 1728532800, "user": {"username": "asn_0406"}, "caption": {"text": "Utas"},
           "text_post_app_info": {"share_info": {}}}  # fmt: skip


def cases() -> dict[str, Files]:
    """Every tool case by name."""
    comments = [{"id": "821", "created_at": 1735732805, "text": "setuju", "owner": {"id": "8", "username": "asn_0411"},
                 "likes_count": 0, "answers": [{"id": "822", "created_at": 1735732809, "text": "sip",
                                                "owner": {"id": "9", "username": "asn_0410"}}]}]  # fmt: skip
    post = {"node": {"shortcode": "IL1", "id": "801", "__typename": "GraphImage", "taken_at_timestamp": 1735732800,
                     "edge_media_to_caption": {"edges": [{"node": {"text": "Halo 👍"}}]},
                     "owner": {"id": "9", "username": "asn_0410"}},
            "instaloader": {"version": "4.14", "node_type": "Post"}}  # fmt: skip
    profile = {"node": {"id": "9", "username": "asn_0410", "biography": "Abdi negara", "is_private": False},
               "instaloader": {"version": "4.14", "node_type": "Profile"}}  # fmt: skip
    stamp = "2025-01-01_12-00-00_UTC"
    return {
        "twarc_pages": {"hasil.jsonl": lines(_PAGE, "", '{"data": [{"id": "1", "te')},
        "twarc_flat": {"rata.jsonl": lines("", _FLAT, {"start": "a", "end": "b", "tweet_count": 3, "data": []})},
        "twarc_bios": {"akun.jsonl": lines({"data": [{"id": "1", "username": "asn_0401", "description": "Abdi negara"}],
                                            "__twarc": {"version": "2"}})},
        "twscrape": {
            "hasil.jsonl": lines(
                _scraped(601, "Satu &lt;3"),
                _scraped(602, "@akun_contoh ok", inReplyToTweetId=600, inReplyToUser={"id": 4, "username": "akun_contoh"}),
                _scraped(603, "RT @akun_contoh: Satu d…", retweetedTweet=_ORIGINAL),
                _scraped(604, "lihat", quotedTweet=_ORIGINAL),
                _scraped(605, "foto", media=[{"altText": "poster", "_type": "snscrape.modules.twitter.Photo"}]),
            )
        },
        "twscrape_users": {"akun.jsonl": lines({"id": 3, "username": "asn_0402", "displayname": "B", "rawDescription": "ASN"})},
        "snscrape_old": {"lama.jsonl": lines({"_type": "snscrape.modules.twitter.Tweet", "date": "2021-01-02T03:04:05+00:00",
                                              "content": "lama", "id": 7, "user": {"username": "asn_0402"},
                                              "url": "https://twitter.com/asn_0402/status/7"})},
        "zeeschuimer_tiktok": {"tiktok.ndjson": lines(_seen("tiktok.com", "701", _TIKTOK),
                                                      _seen("tiktok.com", "702", {**_TIKTOK, "id": "702", "desc": ""}))},
        "zeeschuimer_tiktok_comments": {"k.ndjson": lines(_seen("tiktok-comments", "1", {
            "cid": "1", "text": "setuju", "create_time": 1728532800, "aweme_id": "701", "user": {"unique_id": "asn_0405"}}))},
        "zeeschuimer_instagram": {"ig.ndjson": lines(*(_seen("instagram.com", "x", node) for node in (_GRAPH, _V1, _PARTIAL)))},
        "zeeschuimer_x": {
            "x.ndjson": lines(
                _seen("twitter.com", "1", _graphql("721", "asli &amp; baik", "asn_0407")),
                _seen("x.com", "2", _graphql("722", "@akun_contoh ya", "asn_0407", in_reply_to_screen_name="akun_contoh",
                                            in_reply_to_status_id_str="720")),
                _seen("x.com", "3", _graphql("723", "RT @akun_contoh: pan…", "asn_0407", retweeted_status_result={
                    "result": _graphql("719", "panjang sekali", "akun_contoh")})),
                _seen("x.com", "4", {**_graphql("724", "lihat", "asn_0407"), "quoted_status_result": {
                    "result": {"tweet": _graphql("718", "asal", "akun_contoh")}}}),
            )
        },
        "zeeschuimer_x_2026": {
            "x.ndjson": lines(
                _seen("x.com", "1", {"rest_id": _STATUS[0], "core": _CORE, "details": {"full_text": "tanpa bagian lama", "created_at_ms": 1760270700000}}),
                _seen("x.com", "2", {"tweet": {"rest_id": _STATUS[1], "core": _CORE, "text": "@akun_contoh siap", "conversation_id_str": _STATUS[0],
                                               "reply_to_user_results": {"result": {"core": {"screen_name": "akun_contoh"}}}, "reply_to_results": {"rest_id": _STATUS[0]}}}),
                _seen("twitter.com", "3", {"rest_id": _STATUS[2], "legacy": {"full_text": "tanpa penulis", "created_at": "Sun Oct 12 12:05:00 +0000 2025", "entities": {
                    "media": [{"expanded_url": f"https://x.com/asn_0408/status/{_STATUS[2]}/photo/1"}]}}}),
                _seen("twitter.com", "4", {"id": 1, "type": "adaptive", "user": {"screen_name": "asn_0409"}, "legacy": {
                    "id_str": _STATUS[3], "full_text": "bentuk lama sekali", "created_at": "Sun Oct 12 12:06:00 +0000 2025"}}),
                _seen("x.com", "5", {"rest_id": _STATUS[4], "core": _CORE, "tombstone": {"text": {"text": "tidak tersedia"}}}),
            )
        },
        "zeeschuimer_facebook": {
            "fb.ndjson": lines(
                _seen("facebook.com", "1", _story("801", "Selamat pagi", "asn.0420")),
                _seen("facebook.com", "2", _story("802", "Bersama warga", "asn.0420", "https://www.facebook.com/groups/wargacontoh/posts/802/", to="Warga Contoh")),
                _seen("facebook.com", "3", _story("803", "Bagikan", "asn.0420", shared={"message": {"text": "Undangan senam"}, "actors": [
                    {"name": "Akun Contoh", "url": "https://www.facebook.com/akun.contoh"}], "wwwURL": "https://www.facebook.com/akun.contoh/posts/700"})),
                _seen("facebook.com", "4", {"id": "kosong"}),
            ),
            "fbk.ndjson": lines(_seen("facebook-comments", "1", {"id": "feedback:801", "__typename": "Feedback", "comment_rendering_instance_for_feed_location": {"comments": {"edges": [
                {"node": {"legacy_fbid": "901", "body": {"text": "mantap pak"}, "author": {"name": "Budi Contoh", "url": "https://www.facebook.com/budi.contoh"},
                          "created_time": 1760270800, "feedback": {"replies_connection": {"edges": [{"node": {
                              "legacy_fbid": "902", "preferred_body": {"text": "setuju"}, "author": {"name": "Rina Contoh", "url": "https://www.facebook.com/profile.php?id=7"},
                              "comment_action_links": [{"comment": {"created_time": 1760270900}}]}}]}}}},
                {"node": {"legacy_fbid": "903", "body": None, "author": {"name": "Siti Contoh"}, "created_time": 1760271000}},
            ]}}})),
        },
        "zeeschuimer_threads": {
            "threads.ndjson": lines(
                _seen("threads.net", "1", _THREAD),
                _seen("threads.net", "2", {**_THREAD, "code": "TH2", "text_post_app_info": {
                    "is_reply": True, "reply_to_author": {"username": "akun_contoh"}}}),
                _seen("threads.net", "3", {**_THREAD, "code": "TH3", "caption": None, "text_post_app_info": {"share_info": {
                    "reposted_post": {"code": "TH0", "user": {"username": "akun_contoh"}, "caption": {"text": "asal"}}}}}),
            )
        },
        "zeeschuimer_4cat_raw": {"raw.ndjson": lines({**_TIKTOK, "__import_meta": {"source_platform": "tiktok.com"}})},
        "zeeschuimer_odd": {"odd.ndjson": lines(_seen("contoh.test", "1", {"a": 1}), _seen("tiktok.com", "2", None))},
        "instaloader": {
            f"akun/{stamp}.json.xz": lzma.compress(json.dumps(post).encode()),
            f"akun/{stamp}_comments.json": json.dumps(comments).encode(),
            f"akun/{stamp}.txt": "Halo 👍".encode(),
            "akun/asn_0410_9.json": json.dumps(profile).encode(),
        },
        "instaloader_caption_only": {f"akun/{stamp}.txt": b"Tinggal teksnya"},
        "ytdlp": {
            "video.info.json": json.dumps({
                "id": "abc", "title": "Judul", "description": "Uraian", "channel": "Kanal", "uploader_id": "@kanal",
                "timestamp": 1735732800, "webpage_url": "https://www.youtube.com/watch?v=abc", "extractor_key": "Youtube",
                "comments": [
                    {"id": "c1", "parent": "root", "text": "setuju", "author": "@asn_0412", "timestamp": 1730000000,
                     "_time_text": "2 bulan yang lalu"},
                    {"id": "c1.r1", "parent": "c1", "text": "sip", "author": "@asn_0413", "timestamp": 1735732800,
                     "_time_text": "3 jam yang lalu"},
                    {"id": "c2", "parent": "root", "text": None, "author": None, "timestamp": None},
                ]}).encode()
        },
    }  # fmt: skip
