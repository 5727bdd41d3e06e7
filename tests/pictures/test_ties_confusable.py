"""Exports whose pictures are easily confused: every one is tied to its act and none to another one.

Each file says where it lies, so a wrong tie shows which. Same names in two folders, capitals, blanks and percent signs, pictures
of somebody else's download beside this one, missing files, videos and their covers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.pictures.stage import Pictures
from tests.pictures.test_ties import said, zipped

WHEN = 1730700000


def placed(folder: Path, files: dict[str, Any]) -> Path:
    """Files of a folder; text and bytes as they are, others as JSON; a picture given as None says its own place."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        told = name if content is None else content
        (folder / name).write_bytes((told if isinstance(told, str) else json.dumps(told)).encode())
    return folder


def packed(path: Path, files: dict[str, Any]) -> Path:
    return zipped(path, {name: name if content is None else content for name, content in files.items()})


def ties(*where: Path, owner: str | None = None) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """What each act's pictures say, by the words of the act; and what else is told: kind and note."""
    reading = readers.read(where, pictures=True, owner=owner)
    stage = Pictures(where, work=said, engine="uji")
    stage.workers[0].read = said  # type: ignore[method-assign]  # in this process: nothing to crash here
    with stage:
        read = stage.read_into(reading)
        table = stage.table()
    shown: dict[str, list[str]] = {}
    for row in read.activities.itertuples():
        words = row.picture_text.split("\n\n") if isinstance(row.picture_text, str) else []
        shown.setdefault(row.text if isinstance(row.text, str) else "", []).extend(words)
    told = table[table["kind"].isin(("refused", "video")) | table["note"].notna()]
    return shown, sorted(zip(told["kind"], told["note"].fillna(""), strict=True))


def post(uri: str, words: str, **more: Any) -> dict[str, Any]:
    return {"media": [{"uri": uri, "creation_timestamp": WHEN, "title": words, **more}]}


def test_instagram_two_people_in_one_folder(tmp_path: Path) -> None:
    """The same path in two downloads unpacked side by side; one of them lost its picture, and a third lies at the top."""
    path = "media/posts/202411/foto.jpg"
    where = placed(tmp_path / "masuk", {
        "ani/your_instagram_activity/media/posts_1.json": [post(path, "Ani")], f"ani/{path}": None,
        "budi/your_instagram_activity/media/posts_1.json": [post(path, "Budi")],
        path: None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {"Ani": [f"ani/{path}"], "Budi": []}
    assert [kind for kind, _ in told] == ["refused"]


def test_instagram_names_that_look_alike(tmp_path: Path) -> None:
    names = {
        "sama.jpg": "media/posts/202411/sama.jpg", "di folder lain": "media/posts/202410/sama.jpg",
        "besar": "media/posts/202411/BESAR.JPG", "kecil": "media/posts/202411/besar.jpg",
        "spasi": "media/posts/202411/foto satu.jpg", "persen": "media/posts/202411/foto%20dua.jpg",
        "hilang": "media/posts/202411/hilang.jpg", "ganda": "media/posts/202411/GANDA.jpg",
        "salah huruf": "media/posts/202411/Satu-Satunya.jpg",
    }  # fmt: skip
    where = packed(tmp_path / "instagram-asn_0001.zip", {
        "your_instagram_activity/media/posts_1.json": [post(uri, words) for words, uri in names.items()],
        "media/posts/202411/sama.jpg": None, "media/posts/202410/sama.jpg": None,
        "media/posts/202411/BESAR.JPG": None, "media/posts/202411/besar.jpg": None,
        "media/posts/202411/foto satu.jpg": None, "media/posts/202411/foto dua.jpg": None,
        "media/posts/202410/hilang.jpg": None, "media/stories/hilang.jpg": None,
        "media/posts/202411/ganda.JPG": None, "media/posts/202411/Ganda.jpg": None,
        "media/posts/202411/satu-satunya.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {
        "sama.jpg": ["media/posts/202411/sama.jpg"], "di folder lain": ["media/posts/202410/sama.jpg"],
        "besar": ["media/posts/202411/BESAR.JPG"], "kecil": ["media/posts/202411/besar.jpg"],
        "spasi": ["media/posts/202411/foto satu.jpg"], "persen": ["media/posts/202411/foto dua.jpg"],
        "hilang": [], "ganda": [],  # two files differ from the name in capitals only: nobody knows which is meant
        "salah huruf": ["media/posts/202411/satu-satunya.jpg"],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["refused", "refused"]


def test_a_percent_sign_of_the_name_itself_comes_first(tmp_path: Path) -> None:
    where = packed(tmp_path / "instagram-asn_0001.zip", {
        "your_instagram_activity/media/posts_1.json": [post("media/posts/a%20b.jpg", "satu")],
        "media/posts/a%20b.jpg": "HARFIAH", "media/posts/a b.jpg": "LAIN",
    })  # fmt: skip
    assert ties(where)[0] == {"satu": ["HARFIAH"]}


def test_parts_of_one_download_and_of_two(tmp_path: Path) -> None:
    """Numbered ZIPs are parts of one download; those that speak of somebody else are not."""

    def listed(name: str, *posts: dict[str, Any]) -> dict[str, Any]:
        personal = {"profile_user": [{"string_map_data": {"Username": {"value": name}}}]}
        return {"personal_information/personal_information/personal_information.json": personal,
                "your_instagram_activity/media/posts_1.json": list(posts)}  # fmt: skip

    one = packed(tmp_path / "instagram-unduhan-1.zip", listed("asn_0001", post("media/posts/x.jpg", "bagian")))
    two = packed(tmp_path / "instagram-unduhan-2.zip", {"media/posts/x.jpg": "DI BAGIAN DUA"})
    assert ties(one, two)[0] == {"bagian": ["DI BAGIAN DUA"]}
    other = packed(
        tmp_path / "instagram-unduhan-3.zip",
        {
            **listed("asn_0002", post("media/posts/y.jpg", "orang lain")),
            "media/posts/x.jpg": "ORANG LAIN",
            "media/posts/y.jpg": None,
        },
    )
    assert ties(one, other)[0] == {"bagian": [], "orang lain": ["media/posts/y.jpg"]}


PAGE = """<html><head><base href="../../"/></head><body><div role="main">{}</div></body></html>"""
BLOCK = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_3-95 _2pim _a6-h _a6-i">{words}</div>'
    '<div class="_3-95 _a6-p"><div>{media}</div></div><div class="_3-94 _a6-o">Nov 4, 2024, 8:0{minute} AM</div></div>'
)


def paged(*posts: tuple[str, str]) -> str:
    return PAGE.format(
        "".join(BLOCK.format(words=words, media=media, minute=at) for at, (words, media) in enumerate(posts))
    )


def image(path: str) -> str:
    return f'<a href="{path}"><img src="{path}" class="_a6_o _3-96"/></a>'


@pytest.mark.parametrize("up", ["", "../../"])
def test_instagram_pages(up: str, tmp_path: Path) -> None:
    where = packed(tmp_path / "instagram-asn_0001.zip", {
        "your_instagram_activity/content/posts_1.html": paged(
            ("Pagi", image(f"{up}media/posts/202411/a.jpg")), ("Siang", image(f"{up}media/posts/202410/a.jpg")),
            ("Sore", image(f"{up}media/posts/202411/dengan%20spasi.jpg")), ("Malam", image(f"{up}../media/posts/202411/a.jpg") if up else ""),
            ("Film", f'<video src="{up}media/posts/202411/f.mp4" poster="{up}media/posts/202411/f.jpg" controls></video>'),
        ),
        "media/posts/202411/a.jpg": None, "media/posts/202410/a.jpg": None, "media/posts/202411/dengan spasi.jpg": None,
        "media/posts/202411/f.mp4": "film", "media/posts/202411/f.jpg": None,
    })  # fmt: skip
    shown, told = ties(where, owner="asn_0001")
    assert shown == {
        "Pagi": ["media/posts/202411/a.jpg"], "Siang": ["media/posts/202410/a.jpg"],
        "Sore": ["media/posts/202411/dengan spasi.jpg"], "Malam": [], "Film": ["media/posts/202411/f.jpg"],
    }  # fmt: skip
    assert told == [("ocr", "sampul video"), ("video", "video: bingkai-bingkainya tidak dibaca")]


def test_facebook_pages(tmp_path: Path) -> None:
    folder = "your_facebook_activity/posts/media/foto_1"
    page = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html"
    where = placed(tmp_path / "masuk", {
        f"ani/{page}": paged(("Ani menulis", f"<div>Satu</div>{image(f'{folder}/a.jpg')}"), ("Ani menulis lagi", f"<div>Dua</div>{image(f'{folder}/b.jpg')}")),
        f"ani/{folder}/a.jpg": None, f"ani/{folder}/b.jpg": None,
        f"budi/{page}": paged(("Budi menulis", f"<div>Tiga</div>{image(f'{folder}/a.jpg')}")),
        f"budi/{folder}/b.jpg": None, f"{folder}/a.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {"Satu": [f"ani/{folder}/a.jpg"], "Dua": [f"ani/{folder}/b.jpg"], "Tiga": []}
    assert [kind for kind, _ in told] == ["refused"]


def test_facebook_comment_with_a_picture_and_a_video_with_its_cover(tmp_path: Path) -> None:
    root = "your_facebook_activity"
    film = {
        "uri": f"{root}/posts/media/f.mp4",
        "thumbnail": {"uri": f"{root}/posts/media/f.jpg"},
        "creation_timestamp": WHEN,
    }
    where = packed(tmp_path / "facebook-asn.zip", {
        f"{root}/posts/your_posts__check_ins__photos_and_videos_1.json": [
            {"timestamp": WHEN, "data": [{"post": "film"}], "attachments": [{"data": [{"media": film}]}]}],
        f"{root}/comments_and_reactions/comments.json": {"comments_v2": [
            {"timestamp": WHEN + 9, "title": "Ani commented on Budi's post.", "data": [{"comment": {"timestamp": WHEN + 9, "comment": "nah"}}],
             "attachments": [{"data": [{"media": {"uri": f"{root}/comments_and_reactions/media/c.jpg"}}]}]}]},
        f"{root}/posts/media/f.mp4": "film", f"{root}/posts/media/f.jpg": None, f"{root}/comments_and_reactions/media/c.jpg": None,
        f"{root}/posts/media/c.jpg": None,
    })  # fmt: skip
    shown, told = ties(where, owner="asn_0001")
    assert shown == {"film": [f"{root}/posts/media/f.jpg"], "nah": [f"{root}/comments_and_reactions/media/c.jpg"]}
    assert told == [("ocr", "sampul video"), ("video", "video: bingkai-bingkainya tidak dibaca")]


def test_tiktok(tmp_path: Path) -> None:
    """The download holds addresses; files that a tool put beside it bear the numbers of the posts."""

    def video(number: str, words: str, kind: str = "video", **more: str) -> dict[str, str]:
        link = f"https://www.tiktok.com/@asn_0001/{kind}/{number}/"
        return {"Date": "2024-11-04 08:00:00", "Link": link, "Title": words, **more}

    where = packed(tmp_path / "TikTok_Data_1.zip", {
        "user_data_tiktok.json": {
            "Profile": {"Profile Information": {"ProfileMap": {"userName": "asn_0001"}}},
            "Post": {"Posts": {"VideoList": [
                video("7433000000000000001", "film bersampul"), video("7433000000000000002", "film tanpa sampul"),
                video("7433000000000000003", "foto", "photo"), video("7433000000000000004", "foto hilang", "photo"),
                video("7433000000000000005", "bernama", "photo", CoverImage="gambar/sampul.jpg"),
            ]}},
        },
        "media/7433000000000000001.jpg": None, "media/7433000000000000003.webp": None, "lain/sampul.jpg": None,
        "gambar/sampul.jpg": None, "ganda/7433000000000000004.jpg": None, "ganda2/7433000000000000004.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {
        "film bersampul": ["media/7433000000000000001.jpg"], "film tanpa sampul": [], "foto": ["media/7433000000000000003.webp"],
        "foto hilang": [], "bernama": ["gambar/sampul.jpg"],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["ocr", "video", "video"]


def test_x_video_and_two_tweets_with_one_picture_name(tmp_path: Path) -> None:
    def tweet(number: str, words: str, *media: dict[str, Any]) -> dict[str, Any]:
        return {"tweet": {"id_str": number, "full_text": words, "created_at": "Fri Nov 01 01:00:00 +0000 2024",
                          "extended_entities": {"media": list(media)}}}  # fmt: skip

    still = {"media_url_https": "https://pbs.twimg.com/media/Sama.jpg", "type": "photo"}
    film = {"media_url_https": "https://pbs.twimg.com/ext_tw_video_thumb/1/pu/img/Sampul.jpg", "type": "video", "video_info": {
        "variants": [{"url": "https://video.twimg.com/1/pl.m3u8"}, {"url": "https://video.twimg.com/1/vid/Film.mp4?tag=12"}]}}  # fmt: skip
    number = "18520000000000000"
    where = packed(tmp_path / "twitter-2024.zip", {
        "data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps([
            tweet(f"{number}11", "satu", still), tweet(f"{number}12", "dua", still), tweet(f"{number}1", "tiga", still),
            tweet(f"{number}14", "film", film)]),
        "data/account.js": 'window.YTD.account.part0 = [{"account": {"username": "asn_0001"}}]',
        f"data/tweets_media/{number}11-Sama.jpg": None, f"data/tweets_media/{number}12-Sama.jpg": None,
        f"data/tweets_media/{number}14-Film.mp4": "film", "data/tweets_media/Sama.jpg": None, "data/profile_media/Sama.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {
        "satu": [f"data/tweets_media/{number}11-Sama.jpg"], "dua": [f"data/tweets_media/{number}12-Sama.jpg"], "tiga": [], "film": [],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["refused", "video"]


def test_telegram_video_and_a_photo_left_out(tmp_path: Path) -> None:
    def message(number: int, words: str, **more: str) -> dict[str, Any]:
        return {"id": number, "type": "message", "date": f"2024-11-01T08:00:{number:02d}", "date_unixtime": str(1730422800 + number),
                "from": f"Orang {number}", "from_id": f"user{number}", "text": words, "text_entities": [], **more}  # fmt: skip

    left_out = "(File not included. Change data exporting settings to download.)"
    chat = {"name": "Grup", "type": "private_group", "id": 1, "messages": [
        message(1, "foto", photo="photos/p.jpg"), message(2, "tanpa foto", photo=left_out),
        message(3, "film", file="video_files/f.mp4", thumbnail="video_files/f.mp4_thumb.jpg", mime_type="video/mp4"),
        message(4, "dokumen", file="files/p.jpg", mime_type="image/jpeg"),
    ]}  # fmt: skip
    where = placed(tmp_path / "masuk", {
        "chats/chat_1/result.json": chat, "chats/chat_1/photos/p.jpg": None, "chats/chat_1/files/p.jpg": None,
        "chats/chat_1/video_files/f.mp4_thumb.jpg": None, "chats/chat_2/photos/p.jpg": None, "photos/p.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    at = "chats/chat_1"
    assert shown == {
        "foto": [f"{at}/photos/p.jpg"], "tanpa foto": [], "film": [f"{at}/video_files/f.mp4_thumb.jpg"], "dokumen": [f"{at}/files/p.jpg"],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["ocr", "refused", "video"]


def test_whatsapp_two_chats_with_one_name(tmp_path: Path) -> None:
    """Attachments of two chats in two folders carry the same name; one chat has lost its file."""
    name = "IMG-20241101-WA0001.jpg"
    chat = '01/11/24 07.59 - Ani membuat grup "Warga"\n'
    chat += f"01/11/24 08.00 - Ani: {name} (file terlampir)\n{{}}\n01/11/24 08.03 - Budi: VID-20241101-WA0002.mp4 (file terlampir)\nfilm {{}}\n"
    where = placed(tmp_path / "masuk", {
        "a/Chat WhatsApp dengan RT 5.txt": chat.format("satu", "a"), f"a/{name}": None,
        "b/Chat WhatsApp dengan RT 6.txt": chat.format("dua", "b"), f"b/dalam/{name}": None, name: None,
    })  # fmt: skip
    shown, told = ties(where)
    assert {words: shown[words] for words in ("satu", "dua", "film a", "film b")} == {
        "satu": [f"a/{name}"], "dua": [], "film a": [], "film b": [],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["refused", "video", "video"]


def test_tools_name_covers_like_the_post(tmp_path: Path) -> None:
    """yt-dlp and instaloader write pictures beside the description under its name."""

    def node(code: str, words: str, **more: Any) -> dict[str, Any]:
        return {"instaloader": {"node_type": "Post"}, "node": {
            "shortcode": code, "id": code, "taken_at_timestamp": WHEN, "owner": {"username": "asn_0001"},
            "edge_media_to_caption": {"edges": [{"node": {"text": words}}]}, **more}}  # fmt: skip

    children = {
        "edge_sidecar_to_children": {
            "edges": [{"node": {"shortcode": "x"}}, {"node": {"shortcode": "y", "is_video": True}}]
        }
    }
    where = placed(tmp_path / "masuk", {
        "yt/Judul [abc123DEF_-].info.json": {"id": "abc123DEF_-", "title": "siaran", "extractor": "youtube", "extractor_key": "Youtube",
            "webpage_url": "https://www.youtube.com/watch?v=abc123DEF_-", "channel": "asn_0001", "timestamp": WHEN},
        "yt/Judul [abc123DEF_-].webp": None, "yt/Judul lain.webp": None,
        "ig/2024-11-04_06-00-00_UTC.json": node("A", "tunggal"), "ig/2024-11-04_06-00-00_UTC.jpg": None,
        "ig/2024-11-04_07-00-00_UTC.json": node("B", "ganda", **children), "ig/2024-11-04_07-00-00_UTC_1.jpg": None,
        "ig/2024-11-04_07-00-00_UTC_2.jpg": None, "ig/2024-11-04_07-00-00_UTC_3.jpg": None,
    })  # fmt: skip
    shown, told = ties(where)
    assert shown == {
        "siaran": ["yt/Judul [abc123DEF_-].webp"], "tunggal": ["ig/2024-11-04_06-00-00_UTC.jpg"],
        "ganda": ["ig/2024-11-04_07-00-00_UTC_1.jpg", "ig/2024-11-04_07-00-00_UTC_2.jpg"],
    }  # fmt: skip
    assert [kind for kind, _ in told] == ["ocr", "ocr", "video", "video"]


def test_takeout_has_videos_and_a_library_that_is_no_act(tmp_path: Path) -> None:
    """Own videos are counted as unread; photos of a private library belong to no act and stay closed."""
    where = packed(tmp_path / "takeout-20241104T000000Z-001.zip", {
        "Takeout/YouTube and YouTube Music/video metadata/videos.csv":
            "Video ID,Approximate Duration (ms),Video Audio Language,Video Category,Video Description (Original),Channel ID,"
            "Video Title (Original),Privacy,Video State,Video Create Timestamp\n"
            "abc123DEF_-,61000,id,People,Isi rapat,UCabcdefghijklmnopqrstuv,Rapat pagi,Public,Live,2024-11-04T06:00:00+00:00\n",
        "Takeout/YouTube and YouTube Music/videos/Rapat pagi.mp4": "film",
        "Takeout/Google Photos/Photos from 2024/IMG_1.jpg": "PRIBADI",
        "Takeout/Google Photos/Photos from 2024/IMG_1.jpg.supplemental-metadata.json": {
            "title": "IMG_1.jpg", "photoTakenTime": {"timestamp": "1730700000"}},
    })  # fmt: skip
    shown, told = ties(where, owner="asn_0001")
    assert shown == {"Rapat pagi\nIsi rapat": []}
    assert [kind for kind, _ in told] == ["video"]
    files = readers.read([where], pictures=True).files.set_index("source_file")
    (library,) = [name for name in files.index if "supplemental" in name]
    assert files.loc[library, "outcome"] == "ignored"
    assert "Google Foto" in files.loc[library, "note"]
