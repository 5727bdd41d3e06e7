"""X, TikTok, YouTube and LinkedIn downloads of several generations, built here; every person is invented.

Headers and file names in "bahasa X" are of no language: what is read there is read by structure. Case name -> files.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

Files = dict[str, bytes]


def ytd(name: str, records: list[Any], part: int = 0, **how: Any) -> bytes:
    """A file of the X archive."""
    text = f"window.YTD.{name}.part{part} = {json.dumps(records, ensure_ascii=False, indent=1)}"
    return (how.get("bom", "") + text + how.get("tail", "")).encode()


def tweet(number: str, text: str, created: str = "Tue Oct 01 08:00:00 +0000 2024", **more: Any) -> dict[str, Any]:
    return {"id_str": number, "id": number, "full_text": text, "created_at": created, "favorite_count": "5", "lang": "in",
            "entities": {"urls": [], "hashtags": [], "user_mentions": []}, **more}  # fmt: skip


def _url(short: str, long: str) -> dict[str, Any]:
    return {"entities": {"urls": [{"url": short, "expanded_url": long, "display_url": "x"}]}}


def _account(handle: str) -> bytes:
    return ytd("account", [{"account": {"username": handle, "accountId": "77", "email": "x@contoh.test"}}])


def _manifest(**counts: tuple[str, int]) -> bytes:
    types = {
        name: {"files": [{"fileName": f"data/{leaf}", "globalName": "x", "count": str(count)}]}
        for name, (leaf, count) in counts.items()
    }
    config = {
        "userInfo": {"accountId": "77", "userName": "asn_0602"},
        "archiveInfo": {"isPartialArchive": False},
        "dataTypes": types,
    }
    return f"window.__THAR_CONFIG = {json.dumps(config)}".encode()


_LONG = "Panjang sekali: " + "kata demi kata tentang kerja bakti di kampung kami " * 6
_TWEETS_2023 = [
    {"tweet": tweet("1840000000000000001", "Pagi &amp; semangat https://t.co/a", **_url("https://t.co/a", "https://contoh.test/berita"))},
    {"tweet": tweet("1840000000000000002", "@akun_contoh hadir", in_reply_to_screen_name="akun_contoh", in_reply_to_status_id_str="9")},
    {"tweet": tweet("1840000000000000003", "RT @akun_contoh: Ayo senam pagi &lt;3 …")},
    {"tweet": tweet("1840000000000000004", "Setuju https://t.co/q", **_url("https://t.co/q", "https://twitter.com/akun_contoh/status/8"))},
    {"tweet": tweet("1840000000000000005", "Foto https://t.co/m", entities={"media": [{"url": "https://t.co/m"}]},
                    extended_entities={"media": [{"ext_alt_text": "Tangan dengan dua jari"}]})},
    {"tweet": tweet("1840000000000000006", "Rusak", "Wed Jan 01 00:00:00 +0000 1997")},
    {"tweet": tweet("1840000000000000007", _LONG[:276] + "…", "Tue Oct 01 09:00:00 +0000 2024")},
    {"tweet": tweet("1840000000000000008", "hahaha RT @akun_lain: naskah asli")},
    {"tweet": {"id_str": "1840000000000000009"}},
    {"tweet": None}, "rusak", {"lain": 1},
]  # fmt: skip


def _x_2023() -> Files:
    return {
        "twitter-2024/data/account.js": _account("asn_0602"),
        "twitter-2024/data/manifest.js": _manifest(tweets=("tweets.js", 12), like=("like.js", 5), following=("following.js", 2), communityTweet=("community-tweet.js", 3)),
        "twitter-2024/data/tweets.js": ytd("tweets", _TWEETS_2023, bom="\ufeff", tail=";\r\n"),
        "twitter-2024/data/tweets-part1.js": ytd("tweets", [_TWEETS_2023[0], {"tweet": tweet("1840000000000000020", "Bagian dua")}], 1),
        "twitter-2024/data/note-tweet.js": ytd("note_tweet", [
            {"noteTweet": {"noteTweetId": "1", "createdAt": "2024-10-01T09:00:00.000Z", "core": {"text": _LONG, "urls": []}}},
            {"noteTweet": {"noteTweetId": "2", "createdAt": "2024-10-02T09:00:00.000Z", "core": {"text": "Catatan tanpa cuitan " * 20}}}]),
        "twitter-2024/data/deleted-tweets.js": ytd("deleted_tweets", [{"tweet": tweet("1840000000000000030", "Sudah dihapus", deleted_at="Wed Oct 02 08:00:00 +0000 2024")}]),
        "twitter-2024/data/like.js": ytd("like", [
            {"like": {"tweetId": "1700000000000000001", "fullText": "Ayo &amp; senam", "expandedUrl": "https://twitter.com/i/web/status/1700000000000000001"}},
            {"like": {"tweetId": "1700000000000000002", "expandedUrl": "https://twitter.com/i/web/status/1700000000000000002"}},
            {"like": {}}]),
        "twitter-2024/data/following.js": ytd("following", [{"following": {"accountId": "1203000000000000017", "userLink": "https://twitter.com/intent/user?user_id=1203000000000000017"}}, {"following": {"accountId": "271828182"}}]),
        "twitter-2024/data/follower.js": ytd("follower", [{"follower": {"accountId": "1"}}]),
        "twitter-2024/data/lists-subscribed.js": ytd("lists_subscribed", [{"userListInfo": {"url": "https://twitter.com/akun_contoh/lists/warga"}}]),
        "twitter-2024/data/lists-member.js": ytd("lists_member", [{"userListInfo": {"url": "https://twitter.com/akun_lain/lists/kota"}}]),
        "twitter-2024/data/direct-messages.js": ytd("direct_messages", [{"dmConversation": {"messages": [{"text": "RAHASIA"}]}}]),
        "twitter-2024/data/ad-impressions.js": ytd("ad_impressions", [{"ad": {}}]),
        "twitter-2024/data/bagian-baru.js": ytd("something_new", [{"x": 1}]),
        "twitter-2024/Your archive.html": b"<html></html>",
    }  # fmt: skip


def _x_2019() -> Files:
    return {
        "account.js": _account("asn_0601"),
        "tweet.js": ytd("tweet", [tweet("1115000000000000001", "Arsip lama &lt;3", "Wed Apr 10 03:00:00 +0000 2019")], bom="\ufeff", tail=";"),
        "like.js": ytd("like", [{"like": {"tweetId": "1115000000000000009", "fullText": "disukai"}}]),
    }  # fmt: skip


def _grailbird() -> Files:
    def old(number: str, text: str, **more: Any) -> dict[str, Any]:
        return {"id_str": number, "text": text, "created_at": "2014-01-01 05:06:07 +0000", "user": {"screen_name": "asn_0603"},
                "entities": {"urls": [], "media": []}, **more}  # fmt: skip

    inner = {"id_str": "7", "text": "Naskah asli &amp; utuh", "user": {"screen_name": "akun_contoh"}}
    tweets = [old("418000000000000001", "Selamat tahun baru"), old("418000000000000002", "@kawan_lama ya", in_reply_to_screen_name="kawan_lama", in_reply_to_status_id_str="4"),
              old("418000000000000003", "RT @akun_contoh: Naskah", retweeted_status=inner)]  # fmt: skip
    table = ('"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text","retweeted_status_id",'
             '"retweeted_status_user_id","retweeted_status_timestamp","expanded_urls"\n'
             '"418000000000000001","","","2014-01-01 05:06:07 +0000","web","Selamat tahun baru","","","",""\n')  # fmt: skip
    return {
        "a/data/js/tweets/2014_01.js": f"Grailbird.data.tweets_2014_01 = \n {json.dumps(tweets)}".encode(),
        "a/data/js/user_details.js": b'var user_details = {"screen_name": "asn_0603", "id": "88"}',
        "a/data/js/tweet_index.js": b'var tweet_index = [{"file_name":"data/js/tweets/2014_01.js"}]',
        "a/tweets.csv": table.encode(),
        "b/tweets.csv": table.replace("418000000000000001", "418000000000000009").replace("Selamat tahun baru", "Hanya tabel https://t.co/z").replace('"",""\n', '"","https://contoh.test/z"\n').encode(),
    }  # fmt: skip


def _tiktok(section: str, follow: str, like: str, video: str, **more: Any) -> dict[str, Any]:
    root: dict[str, Any] = {
        "Profile": {"Profile Information": {"ProfileMap": {"userName": "asn_0604", "emailAddress": "x@contoh.test"}}},
        "Comment": {"Comments": {"CommentsList": [
            {"date": "2024-10-01 08:00:00", "comment": "keren\nsekali", "photo": "N/A", "url": ""}, {"Date": "2024-10-01 08:00:01", "Comment": "N/A"}]}},
        "Direct Messages": {"Chat History": {"ChatHistory": {"Chat History with x:": [{"Date": "2024-10-01 08:00:00", "From": "x", "Content": "RAHASIA"}]}}},
        video: {("Posts" if video == "Post" else "Videos"): {"VideoList": [
            {"Date": "2024-10-01 09:00:00", "Link": "https://www.tiktok.com/@asn_0604/video/7400000000000000001", "Likes": "3", "Title": "Joget"},
            {"date": "2024-10-01 09:00:01", "link": "N/A", "title": ""}]}},
    }  # fmt: skip
    root.setdefault(like, {})["Like List"] = {
        "ItemFavoriteList": [
            {"Date": "2024-10-01 10:00:00", "Link": "https://www.tiktokv.com/share/video/7400000000000000002/"},
            {"date": "None", "link": ""},
        ]
    }
    root.setdefault(follow, {})["Following" if follow != "Activity" else "Following List"] = {
        "Following": [{"Date": "2024-10-01 11:00:00", "UserName": "akun_contoh"}, {"Date": "2024-10-01 11:00:01"}]
    }
    root.setdefault(follow, {})["Follower"] = {"FansList": [{"Date": "2024-10-01 11:00:00", "UserName": "akun_lain"}]}
    root.setdefault(section, {}).update(
        {
            "Share History": {
                "ShareHistoryList": [
                    {
                        "Date": "2024-10-01 12:00:00",
                        "SharedContent": "video",
                        "Link": "https://www.tiktokv.com/share/video/7400000000000000003/",
                        "Method": "whatsapp",
                    }
                ]
            },
            "Video Browsing History": {
                "VideoList": [{"Date": "2024-10-01 12:00:00", "Link": "https://www.tiktokv.com/share/video/1/"}]
            },
            "Searches": {"SearchList": None},
            "Favorite Videos": {"FavoriteVideoList": [{"Date": "2024-10-01 12:00:00", "Link": "x"}]},
        }
    )
    return root | more


def _tiktok_cases() -> dict[str, Files]:
    live = {"Watch Live History": {"WatchLiveMap": {"7400000000000000009": {"WatchTime": "2024-10-01 12:00:00", "Comments": [
        {"CommentTime": "2024-10-01 12:01:00", "CommentContent": "halo kak", "RawTime": 1727784060}, "rusak"]}, "1": {"Comments": None}}}}  # fmt: skip
    new = _tiktok("Your Activity", "Profile And Settings", "Likes and Favorites", "Post")
    del new["Profile"]
    new["Profile And Settings"]["Profile Info"] = {"ProfileMap": {"userName": "asn_0605"}}
    empty = {
        "Activity": {"Like List": {"ItemFavoriteList": None}, "Following List": {"Following": {}}},
        "Comment": {"Comments": {"CommentsList": None}},
        "Video": {"Videos": {"VideoList": []}},
    }
    return {
        "tiktok_2022": {"user_data.json": json.dumps(_tiktok("Activity", "Activity", "Activity", "Video")).encode()},
        "tiktok_2024": {"TikTok/user_data_tiktok.json": json.dumps(_tiktok("Your Activity", "Your Activity", "Your Activity", "Post", **{"Tiktok Live": live})).encode()},
        "tiktok_2026": {"user_data_tiktok (1).json": json.dumps(new).encode(), "kosong/user_data.json": json.dumps(empty).encode()},
        "tiktok_txt": {
            "Profiel/Volgend.txt": b"Datum: 2023-09-10 06:18:18 UTC\r\nGebruikersnaam: akun_contoh\r\n\r\nDatum: 2023-09-11 06:18:18 UTC\r\nGebruikersnaam: akun_dua\r\n",
            "Profiel/Volgers.txt": b"Datum: 2023-09-10 06:18:18 UTC\nGebruikersnaam: akun_lain\n",
            "Activity/Like List.txt": b"Date: 2023-09-10 06:18:18 UTC\nLink: https://www.tiktokv.com/share/video/7/\n\n",
            "Activity/Zubu.txt": b"Wemm: 2023-09-10 06:18:18 UTC\nZubu: https://www.tiktokv.com/share/video/7/\n\n",
            "Comments/Comments.txt": (
                b"Date: 2023-09-10 06:18:18 UTC\nComment: satu\ndua\n\nCatatan: bukan label\nPhoto: N/A\nUrl: N/A\n\n"
                b"Date: 2023-09-11 06:18:18 UTC\nComment: pendek\nPhoto: N/A\nUrl: N/A\n\n"
                b"Date: 2023-09-12 06:18:18 UTC\nComment: \nPhoto: N/A\nUrl: N/A\n\n"),
            "Posts/Posts.txt": b"Date: 2023-09-10 06:18:18 UTC\nLink: https://contoh.test/v\nLike(s): 3\nTitle: Joget pagi\n\n",
        },
    }  # fmt: skip


def table(*rows: list[str], tail: str = "") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return (out.getvalue() + tail).encode()


def _takeout() -> dict[str, Files]:
    me, she = "UCasn0606aaaaaaaaaaaaaaaa", "UCcontoh0000000000000000"
    old = '{"takeoutSegments":[{"text":"keren "},{"text":"sekali"}]}'
    new = '{"text":"baris satu"},{"text":"\n"},{"text":"baris ""dua"" 👍"}'.replace('""', '\\"')
    stamp = "2024-10-01T08:00:00.123456+00:00"
    activity = [
        {"header": "YouTube", "title": "Menyukai Video Contoh", "titleUrl": "https://www.youtube.com/watch?v=abcdefghijk",
         "subtitles": [{"name": "Kanal Contoh", "url": "https://www.youtube.com/channel/UCx"}], "time": "2024-10-01T08:00:00.123Z", "products": ["YouTube"]},
        {"header": "YouTube", "title": "Watched Video lain", "titleUrl": "https://www.youtube.com/watch?v=abcdefghijk", "time": "2024-10-01T08:00:00Z", "products": ["YouTube"]},
        {"header": "YouTube", "title": "Subscribed to Kanal Contoh", "titleUrl": "https://www.youtube.com/channel/UCx", "time": "2024-10-01T09:00:00Z", "products": ["YouTube"]},
    ]  # fmt: skip
    cell = '<div class="outer-cell mdl-cell"><div class="content-cell mdl-cell">Liked&nbsp;<a href="https://www.youtube.com/watch?v={v}">Video Contoh</a><br><a href="https://www.youtube.com/channel/UCx">Kanal Contoh</a><br>{d}<br></div><div class="content-cell mdl-typography--text-right"></div></div>'
    return {
        "takeout_2023": {
            "Takeout/YouTube and YouTube Music/my-comments/comments.csv": table(
                ["Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Parent Comment ID", "Video ID", "Comment Text"],
                ["UgxAAA", me, stamp, "0", "", "abcdefghijk", old], ["UgxBBB.9ccc", me, stamp, "0", "UgxBBB", "bbbbbbbbbbb", old], tail=",,,,,,\n\n\n"),
            "Takeout/YouTube and YouTube Music/subscriptions/subscriptions.csv": table(
                ["Channel Id", "Channel Url", "Channel Title"], [she, f"http://www.youtube.com/channel/{she}", "Kanal, Contoh"]),
            "Takeout/YouTube and YouTube Music/playlists/Liked videos.csv": table(
                ["Playlist ID", "Channel ID", "Time Created", "Time Updated", "Title", "Description", "Visibility"],
                [f"LL{me[2:]}", me, "2019-01-01 00:00:00 UTC", "2023-01-01 00:00:00 UTC", "Liked videos", "", "Private"], [],
                ["Video ID", "Time Added"], ["abcdefghijk", "2023-01-02 03:04:05 UTC"]),
        },
        "takeout_2025_other_language": {
            "Takeout/YouTube e Zubu/zubu/zubu.csv": table(
                ["Vidu Zek", "Komu Zek", "Kanu Zek", "Prix", "Komu-tempu", "Pardu Zek", "Komu-texu"],
                ["abcdefghijk", "UgxCCC", me, "0", stamp, "", new], ["bbbbbbbbbbb", "UgxDDD", me, "0", stamp, "UgxCCC", '{"text":"balas"}'],
                ["", "UgxEEE", me, "0", "", "", ""]),
            "Takeout/YouTube e Zubu/abonu/abonu.csv": table(["Zek", "Adru", "Nomu"], [she, f"http://www.youtube.com/channel/{she}", "Kanal Contoh"]),
            "Takeout/YouTube e Zubu/listu/Video yang disukai-videos.csv": table(["Vidu Zek", "Tempu"], ["abcdefghijk", stamp]),
            "Takeout/YouTube e Zubu/listu/Masak-videos.csv": table(["Vidu Zek", "Tempu"], ["ccccccccccc", stamp]),
        },
        "takeout_activity": {
            "Takeout/My Activity/YouTube/MyActivity.json": json.dumps(activity, ensure_ascii=False).encode(),
            "Takeout/My Activity/Search/MyActivity.json": json.dumps([{"header": "Search", "title": "Searched for x", "time": "2024-10-01T08:00:00Z", "products": ["Search"]}]).encode(),
            "lain/My Activity/YouTube/MyActivity.html": ("<html><body>" + cell.format(v="abcdefghijk", d="Mar 8, 2018, 5:14:40\u202fPM") + cell.format(v="bbbbbbbbbbb", d="8 Okt 2024, 17.14.40 WIB")
                + cell.format(v="ccccccccccc", d="Oct 8, 2024, 5:14:40 PM UTC").replace("Liked", "Watched") + "</body></html>").encode(),
            "lama/YouTube/my-comments/my-comments.html": b'<html><body><ul><li>Sent at <a href="http://www.youtube.com/watch?v=abcdefghijk&lc=z">2017-05-18 17:30:36 UTC</a> while watching <a href="http://www.youtube.com/watch?v=abcdefghijk">Video</a>.<br/>lama<br/>sekali</li><li>rusak</li></ul></body></html>',
            "lama/YouTube/playlists/likes.json": json.dumps([{"contentDetails": {"videoId": "abcdefghijk"}, "snippet": {"playlistId": "LLx", "title": "Video", "publishedAt": "2017-05-18T17:30:36.000Z"}}]).encode(),
        },
    }  # fmt: skip


def _linkedin() -> dict[str, Files]:
    quoted = lambda *rows: "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode()  # noqa: E731
    return {
        "linkedin": {
            "Basic/Profile.csv": b"First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nContoh,Sembilan,,,,ASN\n",
            "Basic/Shares.csv": 'Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2025-10-09 01:21:47,https://www.linkedin.com/feed/update/1,"Bangga ""melayani""\nwarga 🙌",,,MEMBER_NETWORK\n2025-10-10 02:00:00,https://www.linkedin.com/feed/update/2,Baca,https://berita.contoh.test/x,,CONNECTIONS\n'.encode(),
            "Basic/Comments.csv": quoted(("Date", "Link", "Message"), ("2024/02/01 15:02:55 UTC", "https://www.linkedin.com/feed/update/3", "Setuju Pak")),
            "Basic/Reactions.csv": b"Date,Type,Link\n08 Feb 2026,LIKE,https://www.linkedin.com/feed/update/4\n\"1/29/26, 2:37 PM\",PRAISE,https://www.linkedin.com/feed/update/5\n",
            "Basic/Company Follows.csv": b"Organization,Followed On\nPT Contoh,Thu Feb 01 15:02:55 UTC 2024\n,x\n",
            "Basic/Member_Follows.csv": b'Notes:\n"Catatan panjang, dengan koma"\n\nDate,Status,FullName\n2026-02-09 01:21:47,Active,Akun Contoh\n',
            "Basic/Connections.csv": b'Notes:\n"x"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nTeman,Contoh,u,,c,p,08 Feb 2025\n',
            "Basic/messages.csv": b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n1,x,a,u,b,2024-01-01,s,RAHASIA,INBOX\n",
            "lain/Comments.csv": b"Date,Message\n2024-02-01 15:02:55,tanpa tautan\n",
        }
    }  # fmt: skip


def cases() -> dict[str, Files]:
    """Every case of these platforms by name."""
    return {
        "x_archive_2019": _x_2019(),
        "x_archive_2023": _x_2023(),
        "x_grailbird": _grailbird(),
        **_tiktok_cases(),
        **_takeout(),
        **_linkedin(),
    }
