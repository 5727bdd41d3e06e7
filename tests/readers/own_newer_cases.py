"""Layouts of 2025 and 2026 and odd forms of older ones, one case a platform; every person is invented. Case name -> files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from tests.readers import own_chat_cases as chats
from tests.readers import own_meta_cases as meta
from tests.readers import own_platform_cases as other

Files = dict[str, bytes]
_FB = "facebook-asn/your_facebook_activity/"
_IG = "instagram-asn/your_instagram_activity/"


def _facebook() -> Files:
    photo = {"media": {"uri": "posts/media/9.jpg", "creation_timestamp": meta.T, "description": "Salam warga"}}
    posts = [
        meta.fb_post(1, None, "Contoh Sembilan shared a post.", {"external_context": {"name": "Ayo senam", "url": ""}}),
        meta.fb_post(2, "Mari", "Contoh Sembilan membagikan grup.", {"name": "Sahabat Contoh"}),
        meta.fb_post(3, None, "Contoh Sembilan shared a Page.", {"name": "Halaman Contoh"}),
        meta.fb_post(4, None, "Contoh Sembilan shared an event.", {"event": {"name": "Senam Akbar", "place": {"name": "Lapangan"}}}),
        meta.fb_post(5, "Hadir", "Contoh Sembilan was at Balai Contoh.", {"place": {"name": "Balai Contoh", "address": "x"}}),
        meta.fb_post(6, None, "Contoh Sembilan created a poll.", {"poll": {"question": "Kapan?", "options": [{"option": "Pagi"}, {"option": "Sore"}]}}),
        meta.fb_post(7, None, "Contoh Sembilan", {"life_event": {"title": "Pindah tugas", "place": {"name": "Kota Contoh"}}}),
        meta.fb_post(8, "Tautan", "Contoh Sembilan shared a link to the group: Warga Contoh.", {"external_context": {"url": "https://contoh.test/a"}}),
        meta.fb_post(9, "@[9:2048:Siti Contoh] selamat", "Contoh Sembilan wrote on Siti Contoh's timeline."),
        meta.fb_post(600, "Suntingan", ""), meta.fb_post(100, "Suntingan", ""),
        meta.fb_post(10, None, "Contoh Sembilan recommends Warung Contoh."), "rusak", {"attachments": "rusak", "timestamp": meta.T},
    ]  # fmt: skip
    follows = {
        "label_values": [
            {"label": "Zubu", "vec": [{"dict": [{"label": "Name", "value": "Akun Contoh"}]}, "Akun Dua", None]}
        ],
        "fbid": "1",
    }
    return {
        _FB + "posts/your_posts__check_ins__photos_and_videos_1.json": meta.dumped(posts),
        _FB + "posts/archive.json": meta.dumped({"archive_v2": [meta.fb_post(11, "Diarsipkan", "")]}),
        _FB + "posts/posts_on_other_pages_and_profiles.json": meta.dumped([meta.labelled(12, {"label": "Message", "value": "Selamat"}, meta.nested("Target", Name="Siti Contoh"))]),
        _FB + "posts/your_uncategorized_photos.json": meta.dumped({"other_photos_v2": [{"uri": "x/1.jpg", "creation_timestamp": meta.T, "comments": [{"timestamp": meta.T + 1, "comment": "bagus", "author": "Contoh Sembilan"}, "rusak"]}]}),
        _FB + "stories/archived_stories.json": meta.dumped({"archived_stories_v2": [{"timestamp": meta.T + 13, "attachments": [{"data": [photo]}]}]}),
        _FB + "short_videos/your_reels.json": meta.dumped({"lasso_videos_v2": [meta.fb_post(14, "Reel", "")]}),
        _FB + "pages/pages_and_profiles_you've_recommended.json": meta.dumped({"recommended_pages_v2": [{"name": "Halaman Contoh", "timestamp": meta.T + 15, "url": "https://www.facebook.com/h"}]}),
        _FB + "events/your_events.json": meta.dumped({"your_events_v2": [{"name": "Rapat", "create_timestamp": meta.T + 16, "place": {"name": "Balai"}}]}),
        _FB + "other_activity/your_recently_followed_history.json": meta.dumped(follows),
        _FB + "other_activity/notes.json": meta.dumped({"notes_v2": [{"title": "Catatan", "text": "isi", "created_timestamp": meta.T + 17}]}),
        "facebook-asn/apps_and_websites_off_of_facebook/posts_from_apps_and_websites.json": meta.dumped({"app_posts_v2": [{"timestamp": meta.T + 18, "title": "Lewat aplikasi"}]}),
    }  # fmt: skip


def _facebook_sections() -> Files:
    def record(
        heading: str,
        body: str = "",
        date: str = "Oct 16, 2024 7:00:00 am",
        href: str = "https://www.facebook.com/dyi/x",
    ) -> str:
        foot = f'<footer class="_a6-o"><a href="{href}"><div class="_a72d">{date}</div></a></footer>'
        return f'<section class="_a6-g"><h2 class="_a6-h">{heading}</h2><div class="_a6-p">{body}</div>{foot}</section>'

    def page(*records: str) -> bytes:
        return f'<!DOCTYPE html><html><head><style>._a6-g{{}}</style></head><body class="_5vb_"><main role="main">{"".join(records)}</main></body></html>'.encode()

    return {
        _FB + "comments_and_reactions/comments.html": page(record("Contoh Sembilan commented on Siti Contoh's post.", "<div><div>Sip</div></div>"), record("Contoh Sembilan commented on a post.")),
        _FB + "comments_and_reactions/likes_and_reactions_1.html": page(record("Contoh Sembilan reacted to Siti Contoh's post.", '<img src="https://static.contoh.test/icons/love.png"/>')),
        _FB + "posts/your_posts_1.html": page(record("Contoh Sembilan shared a post.", '<div class="_2pin"><div>kata orang</div></div>'), record("Contoh Sembilan updated her status.", '<div class="_2pin">kata sendiri</div><div class="_2pin"><div>Updated Oct 16, 2024 7:00:00 am</div></div>', "")),
        _FB + "pages/pages_you've_liked.html": page(record("Halaman Contoh", href="https://www.facebook.com/halaman")),
        _FB + "groups/your_comments_in_groups.html": page(record("Contoh Sembilan commented on a post.", '<div class="_2pin"><div class="_3-95"><span class="_a6_m">Group: </span>Warga Contoh</div>setuju</div>')),
        _FB + "events/your_events.html": page(record("Rapat Contoh")),
    }  # fmt: skip


def _instagram() -> Files:
    words = {"url": "URL", "owner": "Owner", "name": "Name", "username": "Username"}
    owner = {"title": words["owner"], "dict": [{"dict": [{"label": "Username", "value": "akun_contoh"}]}]}
    media = {
        "title": "Media",
        "dict": [
            {
                "dict": [
                    {"label": "URL", "value": "https://www.instagram.com/p/CONTOH8/"},
                    {"label": "Caption", "value": "naskah asli"},
                    owner,
                ]
            }
        ],
    }
    return {
        "instagram-asn/personal_information/personal_information/personal_information.json": meta.personal("Username", "asn_0509"),
        _IG + "media/reposts.json": meta.dumped([meta.labelled(1, {"label": "Text", "value": "setuju"}, media), meta.labelled(2, media), {"label_values": "rusak"}]),
        "instagram-asn/personal_information/personal_information/reposts.json": meta.dumped({"profile_media_reposts": [
            {"title": "akun_lain", "string_map_data": {"Text": {"href": "https://www.instagram.com/p/CONTOH9/", "value": "", "timestamp": meta.T + 3}}}]}),
        _IG + "story_interactions/emoji_story_reactions.json": meta.dumped({"story_activities_emoji_quick_reactions": [meta.string_list("akun_contoh", 4, "😡")]}),
        _IG + "story_interactions/questions.json": meta.dumped({"story_activities_questions": [meta.string_list("akun_contoh", 5, "siap pak"), {"title": "akun_contoh"}]}),
        _IG + "media/posts.json": meta.dumped([meta.labelled(6, {"label": "Caption", "value": "Kerja bakti"}, {"label": "Location", "value": "Balai"},
                                               {"title": "Tagged users", "vec": [{"dict": [{"label": "Username", "value": "akun_dua"}]}]})]),
        "instagram-html/your_instagram_activity/content/posts_1.html": meta.page(
            '<div class="_a6-h">Foto</div><div class="_a6-p"><img src="media/1.jpg"/><div>Tagged users</div><div class="_a6-q">akun_dua (Akun Dua)</div></div><div class="_a6-o">Oct 03, 2024 5:00 pm</div>'),
    }  # fmt: skip


def _tiktok() -> Files:
    live = {
        "Link": "https://www.tiktok.com/@akun_contoh/live",
        "Comments": [{"CommentTime": "2026-02-01 01:00:00", "CommentContent": "halo"}],
        "Questions": None,
    }
    root = {
        "Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "asn_0609"}}},
        "Comment": {"Comments": {"CommentsList": [{"date": "2026-02-01 02:00:00 UTC", "comment": "sip", "originalPostUrl": "https://www.tiktokv.com/share/video/7300000000000000011/"}]}},
        "Post": {"Story": {"StoryList": [{"Date": "2026-02-01 03:00:00", "Title": "cerita"}]}},
        "TikTok Live": {"Go Live History": {"GoLiveList": [{"LiveStartTime": "2026-02-01 04:00:00", "LiveTitle": "obrolan"}]}, "Watch Live History": {"WatchLiveMap": {"7": live}}},
        "Your Activity": {"Reposts": {"RepostList": [{"Date": "2026-02-01 05:00:00", "Link": "https://www.tiktokv.com/share/video/7300000000000000012/"}, None]}, "Baru": {"BaruList": [{"x": 1}]}},
        "Likes and Favorites": {"Favorite Videos": {"FavoriteVideoList": [{"Date": "x", "Link": "y"}]}},
    }  # fmt: skip
    return {"user_data_tiktok.json": json.dumps(root).encode()}


def _telegram() -> Files:
    linked = [
        {"type": "bold", "text": "AYO"},
        {"type": "plain", "text": " "},
        {"type": "text_link", "text": "sini", "href": "https://t.me/contoh"},
    ]
    messages = [
        chats.message(1, "Kanal Contoh", linked, text_entities=linked, author="Siti Contoh"),
        chats.message(2, "Kanal Contoh", "ya", reply_to_message_id=1),
        chats.message(3, "Kanal Contoh", "terusan", forwarded_from=None, forwarded_from_id="user5"),
        chats.message(4, "Kanal Contoh", "", poll={"question": "Kapan?", "answers": [{"text": "Pagi"}, None, "rusak"]}),
        chats.message(
            5, "Kanal Contoh", "", place_name="Balai", todo_list={"title": "Tugas", "items": [{"text": "satu"}]}
        ),
        chats.service(6, "Siti Contoh", "invite_members", members=[None, "Budi Contoh"]),
    ]
    return {
        "ChatExport/result.json": json.dumps(
            {"name": "Kanal Contoh", "type": "public_channel", "id": 3, "messages": messages}, ensure_ascii=False
        ).encode()
    }


def _whatsapp() -> Files:
    agenda = """03/05/24 07.00 - Siti Contoh membuat grup "Warga Contoh"
03/05/24 07.01 - Siti Contoh menambahkan grup ini ke komunitas: Kecamatan Contoh
03/05/24 07.02 - Siti Contoh menambahkan Budi Contoh dan 3 lainnya
03/05/24 07.03 - Rina Contoh meminta untuk bergabung
03/05/24 08.11 - Budi Contoh: Jadwal:
06/05/24 09.00 - 10.00: Senam
07/05/24 19.30 - Temu warga: semua hadir
03/05/24 08.12 - Siti Contoh: null
03/05/24 08.13 - Pesan Siti Contoh: disematkan
"""
    web = "".join(
        f"[{clock}, 24/5/2024] {name} Contoh: {name}\n"
        for clock, name in (("14.05", "Satu"), ("14.06", "Dua"), ("14.07", "Tiga"))
    )
    named = "".join(
        f"24 Mei 2024 {clock} - {name} Contoh: {name}\n"
        for clock, name in (("3.05 siang", "Satu"), ("4.06 sore", "Dua"), ("8.07 malam", "Tiga"))
    )
    return {"Chat WhatsApp dengan Warga Contoh.txt": agenda.encode(), "web.txt": web.encode(), "bulan.txt": named.encode(),
            "Chat WhatsApp dengan Tini Contoh.txt": b"03/05/24 08.10 - Tini Contoh: RAHASIA\n01/04/24 10.03 - Pak Satu: x\n01/04/24 10.05 - Bu Dua: y\n03/05/24 08.12 - Aku: RAHASIA\n"}  # fmt: skip


def _takeout() -> Files:
    def table(*rows: list[str]) -> bytes:
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return out.getvalue().encode()

    channel, when = "UCasn0619aaaaaaaaaaaaaaaa", "2024-10-05T06:07:08+00:00"
    header = [
        "Video ID",
        "Approx Duration (ms)",
        "Video Category",
        "Video Description (Original)",
        "Channel ID",
        "Video Title (Original)",
        "Privacy",
        "Video Create Timestamp",
    ]
    return {
        "Takeout/YouTube/meta/videos.csv": table(header, ["abcdefghij1", "91000", "People", "Rekaman kerja bakti warga", channel, "Kerja bakti", "Public", when]),
        "Takeout/YouTube/posts/posts.csv": table(["Zu", "Bu", "Na", "Ro"], ["UgkxContoh01", channel, when, '{"text":"Ayo "},{"mention":{"externalChannelId":"UCakun0002"}}']),
        "Takeout/YouTube/zubu/zubu.csv": table(["a", "b", "c", "d", "e"], [when, "kata biasa saja", "UgzContoh01", channel, "abcdefghij2"]),
    }  # fmt: skip


def _x_timeline() -> Files:
    def tweet(number: str, text: str, **more: Any) -> dict[str, Any]:
        return {**other.tweet(number, text), "user": {"screen_name": "asn_0612", "id_str": "8"}, **more}

    inner = {**other.tweet("1840000000000000091", "naskah asli"), "user": {"screen_name": "akun_contoh"}}
    lines = [
        tweet("1840000000000000081", "kata"), tweet("1840000000000000082", "RT @akun_contoh: naskah…", retweeted_status=inner),
        tweet("1840000000000000083", "setuju", quoted_status=inner, in_reply_to_screen_name="akun_lain", in_reply_to_status_id_str="1840000000000000070"),
        {"delete": {"status": {"id_str": "1"}}}, {"id_str": "rusak"},
    ]  # fmt: skip
    return {"garis.jsonl": "\n".join(map(json.dumps, lines)).encode() + b"\nrusak\n"}


def _linkedin() -> Files:
    post = "https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000002"
    return {
        "InstantReposts_1.csv": f'"Date","Link"\n"2026-03-09 20:15:00","{post}"\n'.encode(),
        "Comments.csv": f'"Date","Link","Message"\n"2026-03-09 20:15:00","{post}","""Selamat pak"""\n'.encode(),
    }


def cases() -> dict[str, Files]:
    """Every case by name."""
    return {
        "facebook_2026": _facebook(),
        "facebook_sections": _facebook_sections(),
        "instagram_2026": _instagram(),
        "tiktok_live_2026": _tiktok(),
        "telegram_channel": _telegram(),
        "whatsapp_odd": _whatsapp(),
        "takeout_own": _takeout(),
        "x_timeline": _x_timeline(),
        "linkedin_reposts": _linkedin(),
    }
