"""Instagram, Threads and Facebook downloads of several layout generations, built here; every person is invented.

Labels in "bahasa X" are of no language at all: what is read there is read by structure. Case name -> files.
"""

from __future__ import annotations

import json
from typing import Any

Files = dict[str, bytes]
T = 1_727_769_600  # 2024-10-01T08:00:00Z


def dumped(value: Any) -> bytes:
    """JSON as Meta writes it: every UTF-8 byte as its own escape, in keys too."""
    return json.dumps(_broken(value), ensure_ascii=True, indent=1).encode()


def _broken(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, list):
        return [_broken(item) for item in value]
    return {_broken(key): _broken(item) for key, item in value.items()} if isinstance(value, dict) else value


def media(uri: str, second: int, title: str = "", **more: Any) -> dict[str, Any]:
    return {"uri": f"media/posts/202410/{uri}.jpg", "creation_timestamp": T + second, "title": title, **more}


def string_list(title: str, second: int, value: str = "", href: str = "") -> dict[str, Any]:
    item: dict[str, Any] = {"timestamp": T + second}
    if href:
        item["href"] = href
    if value:
        item["value"] = value
    return {"title": title, "media_list_data": [], "string_list_data": [item]}


def string_map(second: int, time: str = "Time", **values: str) -> dict[str, Any]:
    mapped: dict[str, Any] = {label.replace("_", " "): {"value": value} for label, value in values.items()}
    return {"media_list_data": [{"uri": ""}], "string_map_data": {**mapped, time: {"timestamp": T + second}}}


def labelled(second: int, *values: dict[str, Any], fbid: str = "1") -> dict[str, Any]:
    return {"timestamp": T + second, "media": [], "label_values": list(values), "fbid": fbid}


def nested(title: str, **values: str) -> dict[str, Any]:
    return {"title": title, "dict": [{"title": "", "dict": [{"label": k, "value": v} for k, v in values.items()]}]}


def personal(label: str, handle: str) -> bytes:
    user = {"title": "", "media_map_data": {}, "string_map_data": {
        label: {"href": "", "value": handle, "timestamp": 0}, "Nama lengkap": {"value": "Contoh Satu", "timestamp": 0}}}  # fmt: skip
    return dumped({"profile_user": [user]})


def page(*blocks: str) -> bytes:
    start = '<!DOCTYPE html><html><head><base href="../../" /><title>X</title></head><body class="_5vb_ _2yq"><div class="_a706" role="main">'
    return (
        start
        + "".join(f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">{one}</div>' for one in blocks)
        + "</div></body></html>"
    ).encode()


def anchor(href: str, text: str, date: str, heading: str = "") -> str:
    head = f'<h2 class="_3-95 _2pim _a6-h _a6-i">{heading}</h2>' if heading else ""
    return f'{head}<div class="_3-95 _a6-p"><div><div><a target="_blank" href="{href}">{text}</a></div><div>{date}</div></div></div>'


def cells(*rows: tuple[str, str]) -> str:
    made = "".join(
        f'<tr><td colspan="2" class="_2pin _a6_q">{label}<div><div>{value}</div></div></td></tr>'
        for label, value in rows[:-1]
    )
    label, value = rows[-1]
    return f'<div class="_a6-p"><table>{made}<tr><td class="_2pin _a6_q">{label}</td><td class="_2pin _2piu _a6_r">{value}</td></tr></table></div>'


def _instagram_2020() -> Files:
    return {
        "profile.json": dumped({"username": "asn_0501", "biography": "", "date_joined": "2015-01-01T00:00:00+00:00"}),
        "media.json": dumped({
            "photos": [{"caption": "Upacara – pagi 💪", "taken_at": "2019-04-10T03:00:00+00:00", "path": "photos/201904/aa.jpg"}],
            "stories": [{"caption": "", "taken_at": "2019-04-11T03:00:00", "path": "stories/201904/bb.jpg"}],
        }),
        "comments.json": dumped({"media_comments": [["2019-04-12T03:00:00+00:00", "semoga lancar 🙏", "akun_contoh"], "rusak"]}),
        "likes.json": dumped({"media_likes": [["2019-04-13T03:00:00+00:00", "akun_contoh"]], "comment_likes": []}),
        "connections.json": dumped({"following": {"akun_contoh": "2019-04-14T03:00:00+00:00"}, "followers": {"akun_lain": "2019-04-14T03:00:00+00:00"}}),
        "messages.json": dumped([{"participants": ["a", "b"], "conversation": []}]),
    }  # fmt: skip


def _instagram_2021() -> Files:
    return {
        "account_information/personal_information.json": personal("Username", "asn_0502"),
        "content/posts_1.json": dumped([
            {"media": [media("11", 0, "Selamat pagi – semangat 💪")]},
            {"media": [media("12", 9, "foto kedua"), media("13", 9)], "title": "Dua foto", "creation_timestamp": T + 10},
        ]),
        "content/posts_2.json": dumped([
            {"media": [media("12", 9, "foto kedua"), media("13", 9)], "title": "Dua foto", "creation_timestamp": T + 10},
            {"media": []}, "bukan catatan",
        ]),
        "content/stories.json": dumped({"ig_stories": [media("14", 20), media("15", 20)]}),
        "content/reels.json": dumped({"ig_reels_media": [{"media": [media("16", 30, "Reel", media_metadata={"video_metadata": {"exif_data": [{"source_type": "reel_reshare"}]}})]}]}),
        "content/archived_posts.json": dumped({"ig_archived_post_media": [{"media": [media("17", 40, "Diarsipkan")]}]}),
        "content/recently_deleted_content.json": dumped({"ig_recently_deleted_media": [{"media": [media("18", 41, "Dihapus")]}]}),
        "comments/post_comments.json": dumped({"comments_media_comments": [string_list("akun_contoh", 50, "Selamat ya 🎉"), string_list("", 51, "")]}),
        "likes/liked_posts.json": dumped({"likes_media_likes": [string_list("akun_contoh", 60, "👍", "https://www.instagram.com/p/CONTOH1/")]}),
        "likes/liked_comments.json": dumped({"likes_comment_likes": [string_list("akun_lain", 61, "👍", "https://www.instagram.com/p/CONTOH2/")]}),
        "followers_and_following/following.json": dumped({"relationships_following": [string_list("", 70, "akun_contoh", "https://www.instagram.com/akun_contoh")]}),
        "followers_and_following/followers.json": dumped({"relationships_followers": [string_list("", 71, "akun_tiga", "https://www.instagram.com/akun_tiga")]}),
        "followers_and_following/pending_follow_requests.json": dumped({"relationships_follow_requests_sent": [string_list("", 72, "akun_empat", "https://www.instagram.com/akun_empat")]}),
        "followers_and_following/following_hashtags.json": dumped({"relationships_following_hashtags": [string_list("", 73, "jakarta", "https://www.instagram.com/explore/tags/jakarta")]}),
        "messages/inbox/x_1/message_1.json": dumped({"participants": [{"name": "a"}], "messages": [{"sender_name": "a", "content": "RAHASIA"}], "thread_path": "x"}),
        "saved/saved_posts.json": dumped({"saved_saved_media": [string_list("x", 1)]}),
    }  # fmt: skip


def _instagram_2024() -> Files:
    base = "meta-2024-Oct-02/instagram-x/"
    own = base + "your_instagram_activity/"
    return {
        base + "personal_information/personal_information/personal_information.json": personal("Nazwa użytkownika", "asn_0503"),
        own + "media/posts_1.json": dumped({"media": [media("21", 0, "Satu catatan tanpa daftar")]}),
        own + "comments/post_comments_1.json": dumped([
            string_map(1, Comment="keren", Media_Owner="akun_contoh"),
            string_map(2, Comment="Setuju 👍 – “mantap”", Media_Owner="akun_contoh"),
            string_map(3, Media_Owner="akun_contoh"), {"string_map_data": {"Comment": {"value": "tanpa waktu dan pemilik"}}}, None,
        ]),
        own + "comments/reels_comments.json": dumped({"comments_reels_comments": [string_map(4, Comment="pada reel", Media_Owner="akun_lain")]}),
        own + "likes/liked_posts.json": dumped({"likes_media_likes": [string_list("akun_contoh", 5, "👍", "https://www.instagram.com/p/CONTOH3/")]}),
        own + "story_interactions/story_likes.json": dumped({"story_activities_story_likes": [string_list("akun_contoh", 6)]}),
        own + "story_interactions/polls.json": dumped({"story_activities_polls": [string_list("akun_contoh", 6)]}),
        own + "threads/threads_and_replies.json": dumped({"text_post_app_text_posts": [
            {"media": [{"title": "Utas – satu", "creation_timestamp": T + 7, "text_app_post": {"reply_control": 0}}]}]}),
        own + "threads/liked_threads.json": dumped({"text_post_app_media_likes": [string_list("akun_utas", 8, "👍", "https://www.threads.net/@akun_utas/post/CONTOH")]}),
        own + "threads/following.json": dumped({"text_post_app_text_post_app_following": [string_list("", 9, "akun_utas", "https://www.threads.net/@akun_utas")]}),
        own + "threads/followers.json": dumped({"text_post_app_text_post_app_followers": [string_list("", 9, "akun_lain")]}),
        base + "connections/followers_and_following/following.json": dumped({"relationships_following": [
            {"title": "akun_contoh", "string_list_data": [{"href": "https://www.instagram.com/_u/akun_contoh", "timestamp": T + 10}]},
            {"title": "", "string_list_data": []}]}),
    }  # fmt: skip


def _label_values(words: dict[str, str]) -> list[Any]:
    owner = {"label": words["url"], "value": "https://www.instagram.com/akun_contoh"}
    first = {
        "label": words["url"],
        "value": "https://www.instagram.com/p/CONTOH4/",
        "href": "https://www.instagram.com/p/CONTOH4/",
    }
    return [
        labelled(1, first, {"title": words["owner"], "dict": [{"title": "", "dict": [
            owner, {"label": words["name"], "value": "Akun – Contoh 👍"}, {"label": words["username"], "value": "akun_contoh"}]}]}, fbid="101"),
        labelled(2, {**first, "value": "https://www.instagram.com/reel/CONTOH5/", "href": ""}, {"title": words["owner"], "vec": [
            {"dict": [{"label": words["name"], "value": "Nama Panjang"}, {"label": words["username"], "value": "akun_lain"}]}]}, fbid="102"),
        labelled(3, fbid="103"),
    ]  # fmt: skip


def _instagram_labels() -> Files:
    english = {"url": "URL", "owner": "Owner", "name": "Name", "username": "Username"}
    invented = {"url": "Zubu", "owner": "Prall", "name": "Nilo", "username": "Wex"}
    return {
        "a/your_instagram_activity/likes/liked_posts.json": dumped(_label_values(english)),
        "b/your_instagram_activity/likes/liked_posts.json": dumped(
            [{**one, "timestamp": one["timestamp"] + 1000} for one in _label_values(invented)]
        ),
        "b/your_instagram_activity/comments/post_comments_1.json": dumped([
            string_map(1, "Ćelu", Bląb="halo", Prāl="akun_contoh"), string_map(2, "Ćelu", Bląb="dua kata", Prāl="akun_contoh"),
            string_map(3, "Ćelu", Prāl="akun_lain"),
        ]),
        "b/connections/followers_and_following/following.json": dumped([
            labelled(4, {"label": "Wex", "value": "akun_contoh"}, {"label": "Zubu", "value": "https://www.instagram.com/akun_contoh"}, fbid="104")]),
        "c/your_instagram_activity/likes/liked_posts.json": dumped([labelled(
            9, {"ent_field_name": "URL", "label": "Zubu", "value": "https://www.instagram.com/p/CONTOH6/"},
            {"ent_field_name": "Owner", "title": "Prall", "dict": [{"dict": [
                {"ent_field_name": "Name", "label": "Nilo", "value": "contoh"}, {"ent_field_name": "Username", "label": "Wex", "value": "akun.contoh"}]}]})]),
        "c/your_instagram_activity/saved/saved_posts.json": dumped([labelled(1, {"label": "URL", "value": "https://www.instagram.com/p/X/"})]),
        "c/your_instagram_activity/other/bagian_baru.json": dumped([labelled(1, {"label": "URL", "value": "https://www.instagram.com/p/X/"})]),
    }  # fmt: skip


def _instagram_html() -> Files:
    own = "your_instagram_activity/"
    return {
        "personal_information/personal_information/personal_information.html": page(cells(("Nombre de usuario", "asn_0505"), ("Nombre", "Contoh"))),
        own + "likes/liked_posts.html": page(
            anchor("https://www.instagram.com/p/CONTOH1/", "https://www.instagram.com/p/CONTOH1/", "Oct 01, 2024 3:00 pm", "akun_contoh"),
            anchor("https://help.instagram.com/1", "Bantuan", "abr. 14, 2023 9:27\u202fam", "akun_lain"),
        ),
        own + "comments/post_comments_1.html": page(
            cells(("Opmerking", "Bagus &#039;pak&#039;<br>baris dua"), ("Media-eigenaar", "akun_contoh"), ("Tijd", "Okt 02, 2024 4:04 pm"))),
        own + "media/posts_1.html": page(
            '<h2 class="_a6-h">Keterangan gambar &amp; foto</h2><div class="_a6-p"><img src="media/posts/202410/31.jpg"/></div><div class="_3-94 _a6-o">Oct 03, 2024 5:00 pm</div>',
            '<div class="_a6-p"><img src="media/posts/202410/32.jpg"/></div><div class="_3-94 _a6-o">14. Nov. 2023, 22:13</div>'),
        "connections/followers_and_following/following.html": page(anchor("https://www.instagram.com/akun_contoh", "akun_contoh", "Oct 04, 2024 6:00 pm")),
        "connections/followers_and_following/followers_1.html": page(anchor("https://www.instagram.com/akun_tiga", "akun_tiga", "Oct 04, 2024 6:00 pm")),
        own + "messages/inbox/a_1/message_1.html": page('<div class="_a6-h">a</div><div class="_a6-p">RAHASIA</div><div>Oct 04, 2024 6:00 pm</div>'),
    }  # fmt: skip


def _both_editions() -> Files:
    like = string_list("akun_contoh", 0, "👍", "https://www.instagram.com/p/CONTOH1/")
    shown = anchor("https://www.instagram.com/p/CONTOH1/", "x", "Oct 01, 2024 3:00 pm", "akun_contoh")
    path = "your_instagram_activity/likes/liked_posts"
    return {
        f"satu/{path}.json": dumped({"likes_media_likes": [like]}), f"satu/{path}.html": page(shown),
        f"dua-json/{path}.json": dumped({"likes_media_likes": [{**like, "title": "akun_dua"}]}), f"dua-html/{path}.html": page(shown),
        f"tiga/{path}.html": page(anchor("https://www.instagram.com/p/CONTOH9/", "x", "Oct 01, 2024 3:00 pm", "akun_tiga")),
    }  # fmt: skip


def fb_post(second: int, text: str | None, title: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = [{"post": text}, {"update_timestamp": T + second}] if text is not None else []
    return {
        "timestamp": T + second,
        "data": data,
        "title": title,
        "attachments": [{"data": list(parts)}] if parts else [],
        **more,
    }


def fb_comment(second: int, text: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "timestamp": T + second,
        "data": [{"comment": {"timestamp": T + second, "comment": text, "author": "Contoh Enam", **more}}],
        "title": title,
    }


def _facebook_2018() -> Files:
    return {
        "profile_information/profile_information.json": dumped({"profile": {"name": "Contoh Enam"}}),
        "posts/your_posts_1.json": dumped([
            fb_post(1, "Halo – semua 👋", "Contoh Enam memperbarui statusnya."),
            fb_post(2, "Baca ini", "Contoh Enam shared a link.", {"external_context": {"name": "Berita Contoh", "url": "https://berita.contoh.test/a"}}),
            fb_post(3, None, "", {"media": {"uri": "photos/1.jpg", "creation_timestamp": T, "title": "Album", "description": "Keterangan foto"}}, tags=[{"name": "Rekan Satu"}, {"name": "Rekan Dua"}]),
            {"timestamp": T + 4},
        ]),
        "posts/album/0.json": dumped({"name": "Foto Sampul – Ω", "photos": [
            {"uri": "photos/1.jpg", "creation_timestamp": T, "title": "Album", "description": "Keterangan foto"},
            {"uri": "photos/2.jpg", "creation_timestamp": T + 5, "title": "", "description": "Foto lain"}], "cover_photo": {}}),
        "comments/comments.json": dumped({"comments": [fb_comment(10, "lama sekali", "Contoh Enam commented on Siti Contoh's post.")]}),
        "likes_and_reactions/pages.json": dumped({"page_likes": [{"name": "Halaman Contoh", "timestamp": T + 11}]}),
        "likes_and_reactions/posts_and_comments.json": dumped({"reactions": [
            {"timestamp": T + 12, "title": "Contoh Enam likes Calon Contoh's photo.", "data": [{"reaction": {"reaction": "LIKE", "actor": "Contoh Enam"}}]}]}),
        "following_and_followers/following.json": dumped({"following": [{"name": "Akun Contoh", "timestamp": T + 13}]}),
        "friends/friends.json": dumped({"friends": [{"name": "Teman", "timestamp": T}]}),
        "groups/your_groups.json": dumped({"groups_admined": [{"name": "Grup", "timestamp": T}]}),
    }  # fmt: skip


def _facebook_2021() -> Files:
    own = "your_activity_across_facebook/"
    return {
        "profile_information/profile_information.json": dumped({"profile_v2": {"name": {"full_name": "Contoh Tujuh – A"}, "emails": {}}}),
        own + "groups/group_posts_and_comments.json": dumped({"group_posts_v2": [fb_post(1, "Dalam grup", "Contoh Tujuh posted in Warga Contoh.")]}),
        own + "groups/your_comments_in_groups.json": dumped({"group_comments_v2": [
            fb_comment(3, "ok", "Contoh Tujuh replied to Siti's comment.", group="Warga Contoh"), fb_comment(9, "hanya di grup", "", group="Warga Contoh")]}),
        own + "comments_and_reactions/comments.json": dumped({"comments_v2": [
            fb_comment(2, "Setuju 👍 – “mantap”", "Contoh Tujuh commented on Siti Contoh's post."),
            fb_comment(3, "ok", "Contoh Tujuh commented on a post in Warga Contoh.", group="Warga Contoh"),
            {"timestamp": T + 4, "title": "Contoh Tujuh commented on a post."}, {"timestamp": T + 5, "data": []}, "rusak"]}),
        own + "comments_and_reactions/likes_and_reactions_1.json": dumped([
            {"timestamp": T + 6, "title": "x", "data": [{"reaction": {"reaction": "ANGER", "actor": "Contoh Tujuh"}}]},
            {"timestamp": T + 7, "title": "x", "data": [{"reaction": {"reaction": "LIKE", "actor": "Contoh Tujuh"}}]}]),
        own + "comments_and_reactions/likes_and_reactions.json": dumped([
            labelled(6, {"ent_field_name": "Reaction", "label": "Reaksi", "value": "Marah"}, {"ent_field_name": "URL", "label": "URL", "value": "https://www.facebook.com/c/posts/6", "href": "https://www.facebook.com/c/posts/6"},
                     nested("Penulis", Nama="Akun Contoh"), fbid="6"),
            labelled(8, {"label": "Zubu", "value": "Nurk"}, {"label": "Vank", "value": "https://www.facebook.com/groups/1/posts/8"}, nested("Grup", Nilo="Warga Contoh"), fbid="8")]),
        own + "pages/pages_you've_liked.json": dumped({"page_likes_v2": [{"name": "Halaman Contoh", "timestamp": T + 20, "url": "https://www.facebook.com/halaman"}]}),
        own + "pages/pages_and_profiles_you_follow.json": dumped({"pages_followed_v2": [{"timestamp": T + 21, "title": "Halaman Dua", "data": [{"name": "Halaman Dua"}]}]}),
        "connections/followers/who_you've_followed.json": dumped({"following_v3": [{"name": "Akun – Contoh", "timestamp": T + 22, "href": "javascript:alert(1)"}]}),
        own + "groups/your_group_membership_activity.json": dumped({"groups_joined_v2": [
            {"timestamp": T + 23, "title": "Du blev medlem af Group 3.", "data": [{"name": "Group 3"}]},
            {"timestamp": T + 24, "title": "Anda keluar dari Warga Contoh.", "data": [{"name": "Warga Contoh"}]},
            {"timestamp": T + 25, "title": "Blim vork Warga Dua.", "data": [{"name": "Warga Dua"}]}]}),
        own + "events/your_event_responses.json": dumped({"event_responses_v2": {"events_joined": [{"name": "Deklarasi Contoh", "start_timestamp": T + 26}], "events_interested": [{"name": "Lain"}]}}),
        own + "saved_items_and_collections/your_saved_items.json": dumped({"saves_v2": [{"timestamp": T, "title": "x"}]}),
        own + "messages/inbox/a/message_1.json": dumped({"participants": [], "messages": [{"content": "RAHASIA"}], "title": "a"}),
        "connections/followers/following.json": dumped({"relationships_following": [string_list("", 70, "akun_contoh", "https://www.instagram.com/akun_contoh")]}),
    }  # fmt: skip


def _facebook_html() -> Files:
    own = "your_facebook_activity/"

    def block(heading: str, body: str, date: str) -> str:
        return f'<div class="_2ph_ _a6-h">{heading}</div><div class="_2ph_ _a6-p">{body}</div><div class="_3-94 _a6-o"><a href="https://www.facebook.com/dyi/x"><div class="_a72d">{date}</div></a></div>'

    return {
        own + "comments_and_reactions/comments.html": page(
            block("Contoh Delapan commented on Siti Contoh&#039;s post.", '<div class="_2pin"><div>Setuju &amp; dukung 👍<br>dua</div></div>', "Oct 14, 2024 10:13:20 pm"),
            block("Contoh Delapan commented on a post.", "", "14. Nov. 2023, 22:13")),
        own + "posts/your_posts__check_ins__photos_and_videos_1.html": page(
            block("Contoh Delapan updated her status.", '<div class="_2pin"><div>Selamat pagi</div></div><div class="_2pin"><div>Updated Oct 16, 2024</div></div>', "Oct 16, 2024 7:00:00 am"),
            block("Contoh Delapan shared a link.", '<div class="_2pin"><div>Baca</div></div><div><a href="https://berita.contoh.test/b">Judul berita</a></div>', "Oct 16, 2024 7:00:01 am")),
        own + "pages/pages_you&#039;ve_liked.html".replace("&#039;", "'"): page(block("Halaman Contoh", "", "Oct 17, 2024 7:00:00 am")),
        own + "posts/2019.html": b"<html><body>bukan Meta</body></html>",
    }  # fmt: skip


def cases() -> dict[str, Files]:
    """Every case of Meta's downloads by name."""
    return {
        "instagram_2020": _instagram_2020(),
        "instagram_2021": _instagram_2021(),
        "instagram_2024_threads": _instagram_2024(),
        "instagram_label_values": _instagram_labels(),
        "instagram_html": _instagram_html(),
        "instagram_both_editions": _both_editions(),
        "facebook_2018": _facebook_2018(),
        "facebook_2021": _facebook_2021(),
        "facebook_html": _facebook_html(),
    }
