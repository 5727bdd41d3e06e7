"""Pictures of exports: tied to the act that shows them, and to no other; read in place from a ZIP."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.pictures.stage import Pictures
from screening.readers.core.media import shown

PNG = b"\x89PNG\r\n\x1a\n"


def said(data: bytes, masked: bool = False) -> dict[str, Any]:
    """Stands for the machine: a file's words are its bytes."""
    words = data.decode()
    if words == "rusak":
        return {"refused": "rusak"}
    return {"lines": [[words, 0.99, [0.1, 0.1, 0.9, 0.2]]], "codes": [], "taken": "", "size": [9, 9], "small": b"j"}


def texts(where: Path, owner: str | None = None) -> dict[str, str | None]:
    """What each act's picture says, by the words of the act."""
    reading = readers.read([where], pictures=True, owner=owner)
    stage = Pictures([where], work=said, engine="uji")
    stage.workers[0].read = said  # type: ignore[method-assign]  # in this process: nothing to crash here
    with stage:
        read = stage.read_into(reading)
    return {row.text or row.time_raw: row.picture_text if isinstance(row.picture_text, str) else None
            for row in read.activities.itertuples()}  # fmt: skip


def zipped(path: Path, files: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(name, content if isinstance(content, (bytes, str)) else json.dumps(content))
    return path


def test_instagram_from_a_zip(tmp_path: Path) -> None:
    def post(name: str, words: str) -> dict[str, Any]:
        return {"media": [{"uri": f"media/posts/202411/{name}", "creation_timestamp": 1730700000, "title": words,
                           "media_metadata": {"photo_metadata": {"exif_data": [{"taken_timestamp": 1620000000}]}}}]}  # fmt: skip

    where = zipped(tmp_path / "instagram-asn_0001-2024.zip", {
        "your_instagram_activity/media/posts_1.json": [post("a.jpg", "Pagi"), post("b.jpg", "Siang"), post("c.jpg", "Malam")],
        "media/posts/202411/a.jpg": "ANU", "media/posts/202411/b.jpg": "BETA", "media/posts/202410/c.jpg": "LAIN",
    })  # fmt: skip
    found = texts(where)
    assert found == {
        "Pagi": "ANU\ndifoto tanggal 3 Mei 2021",
        "Siang": "BETA\ndifoto tanggal 3 Mei 2021",
        "Malam": None,
    }


def test_facebook_from_a_zip(tmp_path: Path) -> None:
    def post(name: str, words: str, when: int) -> dict[str, Any]:
        return {"timestamp": when, "data": [{"post": words}], "attachments": [{"data": [{"media": {
            "uri": f"your_facebook_activity/posts/media/{name}", "creation_timestamp": when}}]}]}  # fmt: skip

    where = zipped(tmp_path / "facebook-asn.zip", {
        "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": [
            post("1.jpg", "Satu", 1730700001), post("2.jpg", "Dua", 1730700002), post("../../../2.jpg", "Nakal", 1730700003)],
        "your_facebook_activity/posts/media/1.jpg": "SATU!", "your_facebook_activity/posts/media/2.jpg": "DUA!", "2.jpg": "LUAR",
    })  # fmt: skip
    assert texts(where, "asn_0001") == {"Satu": "SATU!", "Dua": "DUA!", "Nakal": None}


def test_telegram_folder(tmp_path: Path) -> None:
    def message(number: int, words: str, **more: str) -> dict[str, Any]:
        return {"id": number, "type": "message", "date": f"2024-11-01T08:00:{number:02d}", "date_unixtime": str(1730422800 + number),
                "from": f"Orang {number}", "from_id": f"user{number}", "text": words, "text_entities": [], **more}  # fmt: skip

    folder = tmp_path / "ChatExport" / "dalam"
    (folder / "photos").mkdir(parents=True)
    (tmp_path / "ChatExport" / "photos").mkdir()
    (folder / "photos" / "photo_1.jpg").write_bytes(b"FOTO SATU")
    (folder / "photos" / "photo_2.jpg").write_bytes(b"FOTO DUA")
    (tmp_path / "ChatExport" / "photos" / "photo_3.jpg").write_bytes(b"OBROLAN LAIN")
    (folder / "result.json").write_text(json.dumps({"name": "Grup Kantor", "type": "private_group", "id": 1, "messages": [
        message(1, "a", photo="photos/photo_1.jpg"), message(2, "b", photo="photos/photo_2.jpg"),
        message(3, "c", photo="photos/photo_3.jpg"), message(4, "d"),
    ]}))  # fmt: skip
    assert texts(tmp_path) == {"a": "FOTO SATU", "b": "FOTO DUA", "c": None, "d": None}


def test_x_archive(tmp_path: Path) -> None:
    def tweet(number: str, words: str) -> dict[str, Any]:
        return {"tweet": {"id_str": number, "full_text": words, "created_at": "Fri Nov 01 01:00:00 +0000 2024",
                          "extended_entities": {"media": [{"media_url_https": "https://pbs.twimg.com/media/AbC.jpg"}]}}}  # fmt: skip

    where = zipped(tmp_path / "twitter-2024.zip", {
        "data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps([tweet("1852000000000000001", "satu"), tweet("1852000000000000002", "dua")]),
        "data/account.js": 'window.YTD.account.part0 = [{"account": {"username": "asn_0001"}}]',
        "data/tweets_media/1852000000000000001-AbC.jpg": "X SATU", "data/tweets_media/1852000000000000002-AbC.jpg": "X DUA",
    })  # fmt: skip
    assert texts(where) == {"satu": "X SATU", "dua": "X DUA"}


def test_whatsapp_with_media(tmp_path: Path) -> None:
    chat = (
        "01/11/24 08.00 - Ani membuat grup \"Warga RT 5\"\n01/11/24 08.01 - Ani: IMG-20241101-WA0001.jpg (file terlampir)\nini dia\n"
        "01/11/24 08.02 - Budi: halo\n01/11/24 08.03 - Cici: IMG-20241101-WA0002.jpg (file terlampir)\nmantap\n"
    )  # fmt: skip
    where = zipped(tmp_path / "Chat WhatsApp dengan Warga RT 5.zip", {
        "Chat WhatsApp dengan Warga RT 5.txt": chat, "IMG-20241101-WA0001.jpg": "WA SATU", "lain/IMG-20241101-WA0002.jpg": "BUKAN INI",
    })  # fmt: skip
    found = texts(where)
    assert (found["ini dia"], found["halo"], found["mantap"]) == ("WA SATU", None, None)


def test_screenshots_beside_a_table(tmp_path: Path) -> None:
    (tmp_path / "layar" / "a").mkdir(parents=True)
    (tmp_path / "layar" / "b").mkdir()
    for name, words in {
        "layar/satu.png": "SATU",
        "layar/a/dua.png": "DUA",
        "layar/b/dua.png": "DUA LAIN",
        "layar/tiga.png": "3",
    }.items():
        (tmp_path / name).write_bytes(words.encode())
    (tmp_path / "pantauan.csv").write_text(
        "platform,kind,actor,happened_at,text,media_files\ninstagram,post,asn_0001,2024-11-01T08:00:00+07:00,pertama,satu.png\n"
        "instagram,post,asn_0001,2024-11-01T08:00:01+07:00,kedua,dua.png\ninstagram,post,asn_0001,2024-11-01T08:00:02+07:00,ketiga,\n"
        "instagram,post,asn_0001,2024-11-01T08:00:03+07:00,keempat,layar/tiga.png; satu.png\n"
    )
    # Two files are called dua.png: which one is meant cannot be told, so neither is taken.
    assert texts(tmp_path) == {"pertama": "SATU", "kedua": None, "ketiga": None, "keempat": "3\n\nSATU"}


@pytest.mark.parametrize(
    "path", ["../a.jpg", "/etc/a.jpg", "https://contoh.id/a.jpg", "a/../../b.jpg", "C:\\a.jpg", "", None]
)
def test_no_way_out_of_the_export(path: str | None) -> None:
    assert shown(path) == []


def test_provenance_points_at_the_characters(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"KATA GAMBAR")
    (tmp_path / "b.png").write_bytes(b"rusak")
    (tmp_path / "x.csv").write_text(
        "platform,kind,actor,happened_at,text,media_files\ninstagram,post,asn_0001,2024-11-01T08:00:00+07:00,halo,a.png;b.png;c.png\n"
    )
    reading = readers.read([tmp_path], pictures=True)
    stage = Pictures([tmp_path], work=said, engine="uji")
    stage.workers[0].read = said  # type: ignore[method-assign]
    with stage:
        text = stage.read_into(reading).activities["picture_text"][0]
        table = stage.table()
    assert table["kind"].tolist() == ["ocr", "refused", "refused"]
    assert text[table["start"][0] : table["end"][0]] == table["text"][0] == "KATA GAMBAR"
    assert "tidak ada di tempat" in table["note"][2]


def test_nothing_without_being_asked(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("platform,kind,actor,happened_at,text\ninstagram,post,asn_0001,2024-11-01,halo\n")
    reading = readers.read([tmp_path])
    assert reading.pictures == ()
    assert "picture_text" not in reading.activities
