"""Rebuild the bundled sample exports: `python data/sample/build.py`. Everyone and every account in them is invented.

The texts stand in texts.csv (who, platform, kind, local time, text, target, words about the picture); this script only pours
them into the shapes that platforms and tools really give. Output is the same bytes every time.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
EXPORTS = HERE / "exports"
WIB = ZoneInfo("Asia/Jakarta")
EPOCH = (1980, 1, 1, 0, 0, 0)  # ZIP members carry one fixed time
Row = dict[str, str]


def moment(row: Row) -> datetime:
    """The local time of a row, with its zone."""
    return datetime.strptime(row["time"], "%Y-%m-%d %H:%M").replace(tzinfo=WIB)


def epoch(row: Row) -> int:
    return int(moment(row).timestamp())


def mojibake(text: str) -> str:
    """Text as Meta writes it: every UTF-8 byte its own character."""
    return text.encode().decode("latin-1")


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode()


def instagram(actor: str, rows: list[Row]) -> dict[str, bytes]:
    """Files of an Instagram download (JSON, layout of 2024–25)."""
    root = "your_instagram_activity"
    posts = [
        {"media": [{"uri": f"media/posts/{i}.jpg", "creation_timestamp": epoch(r), "title": mojibake(r["text"])}]}
        for i, r in enumerate(rows)
        if r["kind"] == "post"
    ]
    comments = [
        {
            "media_list_data": [{"uri": ""}],
            "string_map_data": {
                "Comment": {"value": mojibake(r["text"])},
                "Media Owner": {"value": r["target"]},
                "Time": {"timestamp": epoch(r)},
            },
        }
        for r in rows
        if r["kind"] == "comment"
    ]
    likes = [
        {
            "title": r["target"],
            "string_list_data": [
                {
                    "href": r["url"] or "https://www.instagram.com/p/contoh/",
                    "value": mojibake("👍"),
                    "timestamp": epoch(r),
                }
            ],
        }
        for r in rows
        if r["kind"] == "like"
    ]
    following = [
        {
            "title": r["target"],
            "string_list_data": [{"href": f"https://www.instagram.com/_u/{r['target']}", "timestamp": epoch(r)}],
        }
        for r in rows
        if r["kind"] == "follow"
    ]
    profile = {
        "profile_user": [
            {"title": "User Information", "string_map_data": {"Username": {"value": actor, "timestamp": 0}}}
        ]
    }
    return {
        f"{root}/media/posts_1.json": as_json(posts),
        f"{root}/comments/post_comments_1.json": as_json(comments),
        f"{root}/likes/liked_posts.json": as_json({"likes_media_likes": likes}),
        "connections/followers_and_following/following.json": as_json({"relationships_following": following}),
        "personal_information/personal_information/personal_information.json": as_json(profile),
    }


def x_archive(actor: str, rows: list[Row]) -> dict[str, bytes]:
    """Files of an X archive (layout since autumn 2022)."""

    def part(name: str, records: list[object]) -> bytes:
        return f"window.YTD.{name}.part0 = ".encode() + as_json(records)

    tweets, likes, following = [], [], []
    for number, row in enumerate(rows, start=1):
        identity = str(1_790_000_000_000_000_000 + number)
        if row["kind"] in ("post", "comment", "share"):
            retweet = f"RT @{row['target']}: {row['text']}" if row["kind"] == "share" else row["text"]
            tweet = {
                "id_str": identity,
                "full_text": retweet.replace("&", "&amp;"),
                "created_at": moment(row).astimezone(ZoneInfo("UTC")).strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "lang": "in",
                "entities": {"urls": [], "user_mentions": [], "hashtags": []},
            }
            if row["kind"] == "comment":
                tweet["in_reply_to_screen_name"] = row["target"]
            tweets.append({"tweet": tweet})
        elif row["kind"] == "like":
            likes.append(
                {
                    "like": {
                        "tweetId": identity,
                        "fullText": row["target_text"],
                        "expandedUrl": f"https://twitter.com/i/web/status/{identity}",
                    }
                }
            )
        elif row["kind"] == "follow":
            following.append(
                {
                    "following": {
                        "accountId": identity,
                        "userLink": f"https://twitter.com/intent/user?user_id={identity}",
                    }
                }
            )
    return {
        "data/account.js": part("account", [{"account": {"username": actor, "accountId": "1"}}]),
        "data/tweets.js": part("tweets", tweets),
        "data/like.js": part("like", likes),
        "data/following.js": part("following", following),
    }


def facebook(actor: str, rows: list[Row]) -> dict[str, bytes]:
    """Files of a Facebook download (JSON, layout since 2024)."""
    root = "your_facebook_activity"
    posts = [
        {
            "timestamp": epoch(r),
            "title": mojibake(f"{actor} memperbarui statusnya."),
            "data": [{"post": mojibake(r["text"])}],
        }
        for r in rows
        if r["kind"] == "post"
    ]
    comments = [
        {
            "timestamp": epoch(r),
            "title": mojibake(f"{actor} mengomentari kiriman {r['target']}."),
            "data": [{"comment": {"timestamp": epoch(r), "comment": mojibake(r["text"]), "author": actor}}],
        }
        for r in rows
        if r["kind"] == "comment"
    ]
    reactions = [
        {
            "timestamp": epoch(r),
            "title": mojibake(f"{actor} menyukai kiriman {r['target']}."),
            "data": [{"reaction": {"reaction": "LIKE", "actor": actor}}],
        }
        for r in rows
        if r["kind"] == "like"
    ]
    pages = [
        {"timestamp": epoch(r), "title": r["target"], "data": [{"name": r["target"]}]}
        for r in rows
        if r["kind"] == "follow"
    ]
    groups = [
        {
            "timestamp": epoch(r),
            "title": mojibake(f"Anda menjadi anggota {r['target']}."),
            "data": [{"name": r["target"]}],
        }
        for r in rows
        if r["kind"] == "join"
    ]
    return {
        f"{root}/posts/your_posts__check_ins__photos_and_videos_1.json": as_json(posts),
        f"{root}/comments_and_reactions/comments.json": as_json({"comments_v2": comments}),
        f"{root}/comments_and_reactions/likes_and_reactions_1.json": as_json(reactions),
        f"{root}/pages/pages_and_profiles_you_follow.json": as_json({"pages_followed_v2": pages}),
        f"{root}/groups/your_group_membership_activity.json": as_json({"groups_joined_v2": groups}),
        "personal_information/profile_information/profile_information.json": as_json(
            {"profile_v2": {"name": {"full_name": actor}}}
        ),
    }


def tiktok(actor: str, rows: list[Row]) -> dict[str, bytes]:
    """The one JSON of a TikTok download (layout of 2024–25); its comments do not say under which video they stand."""

    def when(row: Row) -> str:
        return moment(row).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S")

    comments = [
        {"date": when(r), "comment": r["text"], "photo": "N/A", "url": ""} for r in rows if r["kind"] == "comment"
    ]
    likes = [
        {"Date": when(r), "Link": f"https://www.tiktokv.com/share/video/{epoch(r)}/"}
        for r in rows
        if r["kind"] == "like"
    ]
    following = [{"Date": when(r), "UserName": r["target"]} for r in rows if r["kind"] == "follow"]
    whole = {
        "Profile": {"Profile Information": {"ProfileMap": {"userName": actor}}},
        "Your Activity": {"Like List": {"ItemFavoriteList": likes}, "Following": {"Following": following}},
        "Comment": {"Comments": {"CommentsList": comments}},
        "Post": {"Posts": {"VideoList": None}},
    }
    return {"user_data_tiktok.json": as_json(whole)}


def whatsapp(rows: list[Row]) -> bytes:
    """A group chat as Android in Indonesian writes it."""
    lines = [
        "01/09/24 07.00 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini dapat membacanya.",
        '01/09/24 07.00 - Asn 0114 membuat grup "Warga Contoh Kelurahan Rekaan"',
    ]
    lines += [f"{moment(r):%d/%m/%y %H.%M} - {r['actor']}: {r['text']}" for r in rows]
    return ("\n".join(lines) + "\n").encode()


def tweet_harvest(rows: list[Row]) -> bytes:
    """A tweet-harvest CSV (2.6): alphabetical columns, everything quoted."""
    names = ["conversation_id_str", "created_at", "favorite_count", "full_text", "id_str", "image_url", "in_reply_to_screen_name",
             "lang", "location", "quote_count", "reply_count", "retweet_count", "tweet_url", "user_id_str", "username"]  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, quoting=csv.QUOTE_ALL, lineterminator="\r\n", restval="")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        identity = str(1_780_000_000_000_000_000 + number)
        writer.writerow(
            {
                "conversation_id_str": identity, "id_str": identity, "username": row["actor"], "lang": "in",
                "created_at": moment(row).astimezone(ZoneInfo("UTC")).strftime("%a %b %d %H:%M:%S +0000 %Y"),
                "full_text": row["text"], "in_reply_to_screen_name": row["target"],
                "favorite_count": "0", "quote_count": "0", "reply_count": "0", "retweet_count": "0",
                "tweet_url": f"https://x.com/{row['actor']}/status/{identity}", "user_id_str": str(9000 + number),
            }
        )  # fmt: skip
    return out.getvalue().encode()


def recap(rows: list[Row]) -> bytes:
    """An analyst's own CSV as Indonesian Excel saves it: title rows, `;`, local dates, a total row, one broken date."""
    kinds = {
        "post": "Unggahan",
        "comment": "Komentar",
        "share": "Bagikan",
        "like": "Suka",
        "follow": "Ikuti",
        "join": "Gabung grup",
    }
    lines: list[list[str]] = [["REKAP PEMANTAUAN MEDIA SOSIAL (CONTOH, SEMUA ORANG REKAAN)"], [""]]
    lines.append(
        [
            "No",
            "Akun",
            "Platform",
            "Jenis",
            "Tanggal",
            "Jam",
            "Isi",
            "Akun Tujuan",
            "Isi Konten",
            "Tautan",
            "Keterangan Gambar",
        ]
    )
    for number, row in enumerate(rows, start=1):
        lines.append(
            [str(number), "@" + row["actor"], row["platform"].capitalize(), kinds[row["kind"]], f"{moment(row):%d/%m/%Y}",
             f"{moment(row):%H.%M} WIB", row["text"], row["target"], row["target_text"], row["url"], row["media"]]
        )  # fmt: skip
    broken = [
        "",
        "@asn_0107",
        "Facebook",
        "Unggahan",
        "31/02/2024",
        "08.00 WIB",
        "Selamat pagi, semangat bertugas.",
        "",
        "",
        "",
        "",
    ]
    lines += [[str(len(rows) + 1), *broken[1:]], ["Jumlah", str(len(rows) + 1)]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def canonical(rows: list[Row]) -> bytes:
    """The canonical table itself."""
    names = ["record_id", "platform", "actor", "kind", "happened_at", "text", "target_account", "target_text", "target_url",
             "target_kind", "media_text", "tagged", "visibility"]  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n", restval="")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        writer.writerow(
            {
                "record_id": f"k-{number:03d}", "platform": row["platform"], "actor": row["actor"], "kind": row["kind"],
                "happened_at": moment(row).isoformat() if row["time"] else "", "text": row["text"],
                "target_account": row["target"], "target_text": row["target_text"], "target_url": row["url"],
                "target_kind": row["target_kind"], "media_text": row["media"], "tagged": row["tagged"],
                "visibility": row["visibility"] or "public",
            }
        )  # fmt: skip
    return out.getvalue().encode()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return out.getvalue()


def pour(exports: dict[str, list[Row]]) -> dict[str, bytes]:
    """Every sample file: path under exports/ -> bytes."""
    files: dict[str, bytes] = {}
    for name, rows in exports.items():
        shape, _, actor = name.partition(":")
        if shape == "instagram":
            folder = instagram(actor, rows)
            if actor == "asn_0102":
                files[f"instagram-{actor}-2024-12-01-contoh.zip"] = zipped(folder)
            else:
                files |= {f"instagram-{actor}-2024-12-01-contoh/{path}": content for path, content in folder.items()}
        elif shape == "x":
            files[f"twitter-2024-12-01-{actor}.zip"] = zipped(x_archive(actor, rows))
        elif shape == "facebook":
            files |= {f"facebook-contoh/{path}": content for path, content in facebook(actor, rows).items()}
        elif shape == "tiktok":
            files |= {f"tiktok-contoh/{path}": content for path, content in tiktok(actor, rows).items()}
        elif shape == "harvest":
            files["tweet-harvest.csv"] = tweet_harvest(rows)
        elif shape == "recap":
            files["rekap-pemantauan.csv"] = recap(rows)
        elif shape == "whatsapp":
            files["Chat WhatsApp dengan Warga Contoh.txt"] = whatsapp(rows)
        elif shape == "canonical":
            files["aktivitas-kanonik.csv"] = canonical(rows)
    return files


def main() -> None:
    """Write data/sample/exports from texts.csv."""
    exports: dict[str, list[Row]] = defaultdict(list)
    with (HERE / "texts.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            exports[row["export"]].append(row)
    for path, content in pour(exports).items():
        target = EXPORTS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main()
