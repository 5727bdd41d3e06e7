"""Exports as they come: other languages, other sections, cut or odd files. Each was written as an unseen input first; every
person and text is invented. Case name -> files."""

from __future__ import annotations

import json
from typing import Any

Files = dict[str, bytes]
T = 1_760_270_700  # 12 October 2025, 19:05 WIB
_FB = "facebook-asn-2026/your_facebook_activity/"
_IG = "instagram-asn-2026/your_instagram_activity/"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _meta(text: str) -> str:
    """Text as Meta breaks it: UTF-8 bytes written as Latin-1 characters."""
    return text.encode().decode("latin-1")


def cases() -> dict[str, Files]:
    """Every case by name."""
    return {**_takeout(), **_meta_downloads(), **_chats(), **_tools(), **_tables()}


def _takeout() -> dict[str, Files]:
    german = (
        "Kommentar-ID,Kanal-ID,Zeitstempel des Erstellens von Kommentaren,Preis,ID des übergeordneten Kommentars,Beitrags-ID,"
        'Video-ID,Kommentartext,Kommentar-ID auf oberster Ebene\nUgxAA,UCsatu,2025-10-01T03:04:05.123456+00:00,0,,,abcdefghijk,"{""text"":""ikut senam""}",\n'
    )
    indonesian = (
        "ID Komentar,ID Channel,Stempel Waktu Pembuatan Komentar,Harga,ID Komentar Induk,ID Postingan,ID Video,Teks Komentar,ID Komentar Tingkat Atas\n"
        'UgxBB,UCdua,2025-10-01T03:04:05.123456+00:00,0,UgxAA,,abcdefghijk,"{""text"":""siap pak""},{""text"":"" hadir""}",UgxAA\n'
    )
    follows = "ID Channel,URL Channel,Judul Channel\nUCtiga,http://www.youtube.com/channel/UCtiga0123456789abcdefgh,Kanal Contoh\n"
    cell = '<div class="content-cell mdl-cell">Menyukai <a href="https://www.youtube.com/watch?v=abcdefghijk">Senam Contoh</a><br>12 Okt 2025, 14.05.00 WIB<br></div>'
    page = f'<html><head><style>{"a{b:c}" * 20_000}</style></head><body><div class="outer-cell mdl-cell">{cell}</div></body></html>'
    return {
        "takeout_german": {"Takeout/YouTube und YouTube Music/Kommentare/Kommentare.csv": german.encode()},
        "takeout_indonesian": {
            "Takeout/YouTube dan YouTube Music/komentar/komentar.csv": indonesian.encode(),
            "Takeout/YouTube dan YouTube Music/langganan/langganan.csv": follows.encode(),
            "Takeout/Aktivitas Saya/YouTube/AktivitasSaya.html": page.encode(),
        },
    }  # fmt: skip


def _meta_downloads() -> dict[str, Files]:
    comment = {
        "timestamp": T,
        "comment": _meta("mantap pak 👍"),
        "author": "Contoh Tiga Puluh",
        "group": "Warga Contoh",
    }
    owner = {
        "dict": [
            {"dict": [{"label": "Nama", "value": "Akun Contoh"}, {"label": "Nama Pengguna", "value": "akun.contoh"}]}
        ],
        "title": "Pemilik",
    }
    facebook_page = (
        '<main class="_a706" role="main"><section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">Contoh Tiga Puluh menulis di kronologi Akun Contoh.</h2>'
        '<div class="_2ph_ _a6-p"><div><div>mantap</div></div></div><footer class="_a6-o"><a href="https://www.facebook.com/dyi/x"><div class="_a72d">Nov 14, 2025 10:13:20 malam</div></a></footer></section>'
        '<article class="_3-95 _a6-g"><h3 class="_a6-h">Contoh Tiga Puluh memperbarui statusnya.</h3><div class="_a6-p"><blockquote>Kerja bakti pagi</blockquote></div>'
        '<footer class="_a6-o"><time class="_a72d">15 November 2025 pukul 22.13</time></footer></article></main>'
    )
    likes_page = (
        '<main class="_a706"><section class="pam _3-95 _a6-g uiBoxWhite noborder"><h2 class="_a6-h _a6-i">akun.contoh</h2><div class="_3-95 _a6-p"><div><div>'
        '<a target="_blank" href="https://www.instagram.com/p/CAbc/">👍</a></div><div>Okt 12, 2025 2:05 pm</div></div></div></section></main>'
    )
    rows = "".join(
        f"<tr><td class='_a6_q'>{label}</td><td class='_a6_r'>{value}</td></tr>"
        for label, value in (
            ("Komentar", "mantap pak"),
            ("Pemilik Media", "akun.contoh"),
            ("Waktu", "Okt 12, 2025 2:05 pm"),
        )
    )
    comments_page = f'<main class="_a706"><div class="pam _a6-g uiBoxWhite noborder"><div class="_a6-p"><table>{rows}</table></div></div></main>'
    return {
        "facebook_2026_indonesian": {
            _FB + "comments_and_reactions/comments.json": _json({"comments_v2": [
                {"timestamp": T, "data": [{"comment": comment}], "title": "Contoh Tiga Puluh mengomentari postingan Akun Contoh."},
                {"timestamp": T + 5, "attachments": [{"data": [{"external_context": {"url": "https://www.facebook.com/akun/posts/1"}}]}],
                 "data": [{"comment": {"timestamp": T + 5, "comment": "setuju", "author": "Contoh Tiga Puluh"}}], "title": "Contoh Tiga Puluh membalas komentar Siti Contoh."}]}),
            _FB + "comments_and_reactions/likes_and_reactions.json": _json([{"timestamp": T, "media": [], "label_values": [
                {"label": "Reaksi", "value": "Suka"}, {"label": "URL", "value": "https://www.facebook.com/akun/posts/1"}], "fbid": "99"}]),
            _FB + "groups/your_groups.json": _json({"groups_admined_v2": [{"name": "Warga Contoh", "timestamp": T}]}),
            _FB + "saved_items/your_new_list.json": _json({"new_list_v9": [{"name": "x", "timestamp": T}]}),
        },
        "facebook_html_other_tags": {_FB + "posts/your_posts__check_ins__photos_and_videos_1.html": f"<html><body>{facebook_page}</body></html>".encode()},
        "instagram_2026_indonesian": {
            _IG + "likes/liked_posts.json": _json([{"timestamp": T, "media": [], "label_values": [{"label": "URL", "value": "https://www.instagram.com/reel/CAbc/"}, owner], "fbid": "17"}]),
            _IG + "story_interactions/story_likes.json": _json([{"timestamp": T, "label_values": [{"label": "URL", "value": "https://www.instagram.com/stories/akun.contoh/3700/"}, owner], "fbid": "18"}]),
            _IG + "other_activity/new_reactions_v2.json": _json({"new_reacted": [{"timestamp": T, "title": "x"}]}),
        },
        "instagram_html_indonesian": {
            _IG + "likes/liked_posts.html": f"<html><body>{likes_page}</body></html>".encode(),
            _IG + "comments/post_comments_1.html": f"<html><body>{comments_page}</body></html>".encode(),
        },
        "tiktok_2026_other_sections": {"user_data_tiktok.json": _json({
            "Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "asn.0350"}}},
            "Your Activity": {"Reposts": {"RepostList": [{"Date": "2026-03-01 10:00:00", "Link": "https://www.tiktokv.com/share/video/73/"}]},
                              "Comment": {"CommentsList": [{"date": "2026-03-01 10:01:00", "comment": "hadir", "photo": "N/A", "url": "", "originalPostUrl": "https://www.tiktokv.com/share/video/74/"}]}},
            "Tako": {"TakoList": [{"Date": "2026-03-01 10:00:00", "Text": "tanya jadwal"}]}})},
    }  # fmt: skip


def _chats() -> dict[str, Files]:
    web = "[8:05 AM, 10/12/2025] Siti Contoh: hadir\n[8:06 AM, 10/12/2025] Budi Contoh: siap\nbesok jam 9\n[8:07 AM, 10/13/2025] Rina Contoh: ok\n"
    named = "12/10/25 14:05 - Siti: halo\n12/10/25 14:06 - Budi mengubah deskripsi grup.\n12/10/25 14.07 - Rina: ok\n13/10/25 14:08 - Joko: hadir\n"
    stopped = "".join(
        f"13. 6. 2018. 21:25:1{n} {name}: pesan {n}\n"
        for n, name in enumerate(("Budi Contoh", "Siti Contoh", "Rina Contoh", "Budi Contoh"))
    )
    log = "".join(
        f"2024-10-12 14:05:0{n} {name}: baris catatan {n}\n" for n, name in enumerate(("INFO", "WARN", "ERROR", "INFO"))
    )
    telegram = {"name": "Grup Contoh", "type": "private_supergroup", "id": 9, "messages": [
        {"id": 1, "type": "message", "date": "2025-10-12T14:05:00", "date_unixtime": "1760252700", "from": "Siti Contoh", "from_id": "user1",
         "text_entities": [{"type": "bold", "text": "HADIR"}, {"type": "plain", "text": "\n"}, {"type": "custom_emoji", "text": "✌️"}, {"type": "plain", "text": " semua"}],
         "reactions": [{"type": "emoji", "count": 1, "emoji": "👍", "recent": [{"from": "Budi Contoh", "from_id": "user2", "date": "2025-10-12T14:06:00"}]}]},
        {"id": 3, "type": "service", "date": "2025-10-12T14:08:00", "date_unixtime": "1760252880", "actor": "Rina", "actor_id": "user3", "action": "join_group_by_request", "text": ""},
        {"id": 4, "type": "unsupported", "date": "2025-10-12T14:08:00", "from": "Rina", "from_id": "user3", "text": ""}]}  # fmt: skip
    return {
        "whatsapp_web_american": {"salinan.txt": web.encode()},
        "whatsapp_obrolan": {"Obrolan WhatsApp dengan Grup Dinas.txt": named.encode()},
        "whatsapp_full_stops": {"Chat WhatsApp dengan Grup Contoh.txt": stopped.encode()},
        "log_is_no_chat": {"catatan-server.txt": log.encode()},
        "telegram_2025": {"result.json": _json(telegram)},
    }


def _tools() -> dict[str, Files]:
    page = {"__twarc": {"version": "2.14"}, "meta": {"result_count": 2}, "errors": [{"resource_id": "9"}], "includes": {"users": [{"id": "1", "username": "asn_0351"}]}, "data": [
        {"id": "1977350000000000000", "text": "RT @akun_contoh: ayo sen…", "created_at": "2025-10-12T07:05:00.000Z", "author_id": "1", "referenced_tweets": [{"type": "retweeted", "id": "1977340000000000000"}]},
        {"id": "1977350000000000001", "text": "ayo", "note_tweet": {"text": "ayo senam sampai selesai"}, "created_at": "2025-10-12T07:05:00.000Z", "author_id": "1"}]}  # fmt: skip
    errors = {"errors": [{"value": "1", "detail": "Could not find tweet"}], "__twarc": {"version": "2"}}
    cut = 't": "2025-10-12T07:05:00.000Z", "author_id": "1"}], "meta": {}}\n' + json.dumps(page) + "\n"
    x4cat = (
        "collected_from_url,id,thread_id,timestamp,unix_timestamp,link,body,author,author_fullname,is_retweet,retweeted_user,is_quote_tweet,quote_tweet_id,quote_author,quote_body,is_reply,replied_author\n"
        ",1977350000000000000,1977340000000000000,2025-10-12 12:05:00,1760270700,https://x.com/asn_0351/status/1977350000000000000,@akun_contoh siap,asn_0351,A,no,,no,,,,yes,akun_contoh\n"
    )
    search = {"statuses": [{"created_at": "Sun Oct 12 12:05:00 +0000 2025", "id_str": "1977350000000000000", "full_text": "@akun_contoh siap", "in_reply_to_status_id_str": "1977340000000000000",
                            "in_reply_to_screen_name": "akun_contoh", "user": {"screen_name": "asn_0351"}, "is_quote_status": False}], "search_metadata": {"count": 1}}  # fmt: skip
    return {
        "twarc_errors_first": {"t.jsonl": f"{json.dumps(errors)}\n{json.dumps(page)}\n".encode()},
        "twarc_first_line_cut": {"t.jsonl": cut.encode()},
        "fourcat_x_2026": {"twitter.csv": x4cat.encode()},
        "x_search_api_11": {"search.json": _json(search)},
    }


def _tables() -> dict[str, Files]:
    monitored = (
        "Laporan Pemantauan;;;;;\nPeriode;Oktober 2025;;;;\n\nTgl Publikasi;Kanal;Nama Akun;Isi Konten;Tautan Konten;Sentimen;Jangkauan\n"
        "12/10/2025 14.05;Instagram;@asn_0352;Kerja bakti;https://www.instagram.com/p/AAA/;Positif;1.200\n"
        "13/10/2025 08.00;Twitter/X;@asn_0353;Senam;https://x.com/asn_0353/status/1977350000000000000;Netral;50\n"
    )
    authored = '\ufeff"Waktu Posting","Sumber","Penulis","Judul","Konten","URL","Sentimen"\n"2025-10-12 14:05:00","Facebook","Contoh ASN","","Kerja bakti","https://www.facebook.com/1/posts/2","positive"\n'
    tabbed = "Tanggal Unggah\tMedia Sosial\tUsername\tTeks\tURL Unggahan\tJumlah Suka\n2025/10/12 14:05\tTikTok\tasn.0354\tsenam\thttps://www.tiktok.com/@asn.0354/video/73\t4\n"
    hand = (
        "No;Nama\u00a0Akun;Tanggal;Jenis\u00a0Aktivitas;Isi;Link\n1;asn_0355;12-Okt-25;Like;;https://instagram.com/p/A\n"
        "2;asn_0356;Minggu 12 Oktober 2025 pkl 14:05 WIB;Komen;mantap;https://instagram.com/p/B\n3;asn_0357;12.10.2025 14.05;Share Story;;https://instagram.com/stories/x/1\n"
        "4;asn_0358;'12/10/2025;Follow;;https://instagram.com/akun.contoh\n5;asn_0359;kemarin;Posting;senam;-\n"
    )
    record = '{"platform":"x","kind":"post","actor":"asn_0360","text":"%s"}'
    return {
        "vendor_indonesian_semicolon": {"laporan.csv": monitored.encode()},
        "vendor_indonesian_quoted": {"export.csv": authored.encode()},
        "vendor_indonesian_tab": {"mentions.csv": tabbed.encode()},
        "hand_table_odd_dates": {"rekap.csv": hand.encode()},
        "canonical_json_cut": {"a.json": f"[{record % 'satu'},{record % 'dua'},{record[:30]}".encode()},
        "canonical_jsonl_odd": {
            "a.jsonl": f'{record % "satu"}\n\x00\x00\nnull\n{record % "dua"}\n{{"platform":"x"}}\n'.encode()
        },
    }
