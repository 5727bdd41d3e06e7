"""Forms met after the readers were written, each with values that follow from the format: who did what to whom, and who did not.

Every input is invented here. The first tests hold what was once read wrong; the table behind them holds further forms.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from screening import readers
from screening.readers.core.jsontext import _steps, too_deep
from screening.readers.times.forms import parts, plain, usual
from tests.readers.read_back import acts as acts_of_bytes
from tests.readers.read_back import picked, reading

HEAD = "akun,platform,jenis,waktu,teks\n"


def acts(folder: Path, files: dict[str, str]) -> list[dict[str, Any]]:
    """The activities of files given as text."""
    return acts_of_bytes(folder, {name: content.encode() for name, content in files.items()})


def told(folder: Path, name: str, content: str) -> dict[str, Any]:
    """What FILES says of one file."""
    return dict(reading(folder, {name: content.encode()}).files.iloc[0])


# Once read wrong


def test_a_record_that_names_a_platform_and_a_kind_is_no_heading(tmp_path: Path) -> None:
    rows = 'asn_1,Instagram,Unggahan,"12 Oktober 2024 (malam)",satu\nasn_2,Instagram,Unggahan,,"Isi (foto)"\n'
    found = acts(
        tmp_path, {"d.csv": f"{HEAD}asn_0,Facebook,Komentar,11/10/2024,nol\n{rows}asn_3,X,Post,13/10/2024,tiga\n"}
    )
    assert [act.get("actor") for act in found] == ["asn_0", "asn_1", "asn_2", "asn_3"]
    assert [act.get("text") for act in found] == ["nol", "satu", "Isi (foto)", "tiga"]


def test_a_second_table_in_another_order_of_columns_is_still_taken_over(tmp_path: Path) -> None:
    second = "Platform,Akun,Tanggal,Jenis,Isi\nFacebook,asn_2,13/10/2024,Status,dua\n"
    found = acts(tmp_path, {"d.csv": f"Akun,Platform,Jenis,Tanggal,Isi\nasn_1,X,Komentar,12/10/2024,satu\n{second}"})
    assert [(act.get("actor"), act["platform"], act.get("text")) for act in found] == [
        ("asn_1", "x", "satu"),
        ("asn_2", "facebook", "dua"),
    ]


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("Rich_Media.csv", "Date/Time,Media Description,Media Link", "October 12 2024 7:05 AM,Foto,https://www.linkedin.com/dms/x"),
        ("Recommendations_Given.csv", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
         'Budi,Contoh,X,Y,Orang baik,"10/12/24, 07:05 AM",VISIBLE'),
        ("Publications.csv", "Name,Published On,Description,Publisher,Url", "Buku,Oct 2024,Isi,Penerbit,https://x.example"),
        ("Learning.csv", "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
         "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken)", "Kursus,isi,Course,2024-10-12 07:05 UTC,N/A,false,N/A"),
        ("Events.csv", "Event Name,Event Time,Status,External Url", 'Rapat,"Oct 12, 2024",ACCEPTED,https://x.example'),
    ],
)  # fmt: skip
def test_linkedin_tables_that_are_no_acts_make_nobody_write(tmp_path: Path, name: str, header: str, row: str) -> None:
    file = told(tmp_path, f"Complete/{name}", f"{header}\n{row}\n")
    assert (file["outcome"], file["reader"], file["activities"]) == ("ignored", "linkedin", 0)


def test_a_hashtag_followed_on_linkedin_is_a_follow(tmp_path: Path) -> None:
    (act,) = acts(tmp_path, {"Hashtag_Follows.csv": "HashTag,Followed On\ncontoh2,Sat Oct 12 07:08:00 UTC 2024\n"})
    assert (act["kind"], act.get("target_account"), act["target_kind"]) == ("follow", "#contoh2", "content")


@pytest.mark.parametrize(
    "header",
    ["From,To,Subject,Date,Body", "Pengirim,Penerima,Perihal,Tanggal,Isi", "sender,recipient,message,timestamp,id"],
)
def test_letters_between_two_people_are_never_read(tmp_path: Path, header: str) -> None:
    file = told(
        tmp_path, "surat.csv", f"{header}\nsri@dinas.example,budi@dinas.example,Rapat,2024-10-12 14:05,rahasia\n"
    )
    assert (file["outcome"], file["activities"]) == ("ignored", 0)
    assert "antarorang" in file["note"]


def test_a_page_of_the_press_is_nobodys_account(tmp_path: Path) -> None:
    rows = "".join(
        f"Judul {number},12 Oktober 2024,Media,https://media.example/{number}x,Isi berita panjang sekali\n"
        for number in range(3)
    )
    found = acts(tmp_path, {"berita.csv": f"judul,tanggal,sumber,url,isi\n{rows}"})
    assert {act.get("actor") for act in found} == {None}
    assert found[0].get("target_url") == "https://media.example/0x"


def test_a_result_page_without_results_is_no_act(tmp_path: Path) -> None:
    tweet = {"id": "1844000000000000041", "url": "https://x.com/asn_0206/status/1844000000000000041", "text": "siap",
             "createdAt": "Sat Oct 12 07:05:00 +0000 2024", "isReply": False, "author": {"userName": "asn_0206"}}  # fmt: skip
    (act,) = acts(tmp_path, {"d.json": json.dumps([tweet, {"noResults": True}])})
    assert act["record_id"] == "1844000000000000041"


def test_what_a_script_leaves_for_nothing_is_nothing(tmp_path: Path) -> None:
    header = "id,created_at,username,tweet,mentions,urls,photos,link,reply_to\n"
    rows = (
        "1844000000000000001,2024-10-12 14:05:00,asn_1,satu,[],[],[],https://twitter.com/asn_1/status/1844000000000000001,[]\n"
        "1844000000000000002,2024-10-12 14:06:00,asn_1,dua,\"['budi.c', 'rina']\",[],[],https://twitter.com/asn_1/status/1844000000000000002,nan\n"
    )
    first, second = acts(tmp_path, {"t.csv": header + rows})
    assert picked([first, second], "target_account", "tagged") == [(None, None), (None, "budi.c;rina")]
    assert first.get("target_url") == "https://twitter.com/asn_1/status/1844000000000000001"


def test_the_owner_of_the_phone_is_not_called_anda(tmp_path: Path) -> None:
    lines = [
        '12/10/24 08.00 - Budi membuat grup "G"',
        "12/10/24 08.01 - Siti: a",
        "12/10/24 08.02 - Anda: b",
        "12/10/24 08.03 - Joko: c",
    ]
    found = acts(tmp_path, {"Chat WhatsApp dengan G.txt": "\n".join(lines) + "\n"})
    assert [act.get("actor") for act in found] == ["Siti", None, "Joko"]


def test_channels_subscribed_to_in_indonesian_are_named_without_their_preposition(tmp_path: Path) -> None:
    entry = {"header": "YouTube", "title": "Berlangganan ke Kanal Contoh", "titleUrl": "https://www.youtube.com/channel/UC1",
             "time": "2024-10-12T07:07:00.000Z", "products": ["YouTube"]}  # fmt: skip
    (act,) = acts(tmp_path, {"Takeout/Aktivitas Saya/YouTube/Aktivitas Saya.json": json.dumps([entry])})
    assert (act["kind"], act.get("target_account")) == ("follow", "Kanal Contoh")


def test_people_mentioned_in_a_tiktok_item_are_tagged(tmp_path: Path) -> None:
    item = {"id": "7300000000000000010", "text": "joget", "createTimeISO": "2024-10-12T07:05:00.000Z", "authorMeta": {"name": "asn_1"},
            "webVideoUrl": "https://www.tiktok.com/@asn_1/video/7300000000000000010", "mentions": ["@akun.contoh"]}  # fmt: skip
    (act,) = acts(tmp_path, {"d.json": json.dumps([item])})
    assert act.get("tagged") == "@akun.contoh"


# What makes reading cheap must not change what is read


def _depths_one_by_one(text: str) -> list[int]:
    depths, inside, escaped, depth = [0], False, False, 0
    for sign in text:
        if inside:
            inside, escaped = (True, sign == "\\") if not escaped and sign != '"' else (escaped, False)
            continue
        inside = sign == '"'
        depth += (sign in "[{") - (sign in "]}")
        depths.append(depth)
    return depths


@pytest.mark.parametrize("seed", range(40))
def test_the_depth_of_a_json_text_is_that_of_its_brackets_outside_of_strings(seed: int) -> None:
    chance = np.random.default_rng(seed)
    words = ["[", "{", "]", "}", '"a"', '"["', '"]}"', '"\\""', '"\\\\"', '"\\\\\\"["', '""', " ", ",", "1"]
    text = "".join(chance.choice(words, 60))
    steps, inside = _steps(text.encode())
    assert int(np.cumsum(steps).max(initial=0)) == max(_depths_one_by_one(text))
    assert not inside
    assert _steps((text + '"offen [').encode())[1]


def test_a_bomb_is_told_wherever_its_brackets_stand() -> None:
    assert too_deep('{"a":"]]]]",' + '"b":' + "[" * 300 + "]" * 300 + "}")
    assert not too_deep(json.dumps([{"teks": "[" * 500}] * 300))


@pytest.mark.parametrize(
    "raw",
    ["2024-10-12T07:05:00Z", "2024-10-12 07:05:00", "2024-10-12T07:05:00.123+07:00", "12/10/2024 14.05", "1-2-2024", "13/10/2024",
     "10/13/2024 01:02:03", "12.10.2024 07:05", "2024-10-12 07:05"],
)  # fmt: skip
@pytest.mark.parametrize("order", ["DMY", "MDY", "MDY/"])
def test_usual_times_are_read_as_all_others_are(raw: str, order: str) -> None:
    assert usual(raw, order) == parts(plain(raw), order)


@pytest.mark.parametrize(
    "raw", ["2024-13-12T07:05:00Z", "31/02/2024", "12/10/2024 25.61", "1024-10-12 07:05:00", "12/10/24", ""]
)
def test_what_is_no_usual_time_is_left_to_the_others(raw: str) -> None:
    assert usual(raw, "DMY") is None


def test_a_page_whose_records_were_never_closed_is_one_record_and_no_hang(tmp_path: Path) -> None:
    records = "<div class='_a6-g'><div>siap</div>" * 3_000
    page = f"<html><head></head><body><div role='main'>{records}</div></body></html>"
    assert len(acts(tmp_path, {"comments_and_reactions/comments.html": page})) <= 1


def test_what_a_part_judged_already_can_no_longer_learn_is_counted(tmp_path: Path) -> None:
    def line(number: int, **more: Any) -> str:
        tweet = {"id": str(1844000000000000000 + number), "text": f"@akun siap {number}", "author_id": "9", "__twarc": {"version": "2"},
                 "created_at": "2024-10-12T07:05:00.000Z", "author": {"id": "9", "username": "asn_1"},
                 "referenced_tweets": [{"type": "replied_to", "id": "1"}]}  # fmt: skip
        return json.dumps(tweet | more)

    (tmp_path / "a.jsonl").write_text("\n".join(line(number) for number in range(60)) + "\n")
    known = {"in_reply_to_user": {"id": "8", "username": "akun"}}
    (tmp_path / "b.jsonl").write_text("\n".join(line(number, **known) for number in range(20)) + "\n")
    streamed = list(readers.batches([tmp_path], timezone="Asia/Jakarta", owner=None, rows=20))
    whole = readers.read([tmp_path], timezone="Asia/Jakarta", owner=None)
    assert sum(len(piece.activities) for piece in streamed) == len(whole.activities) == 60
    assert int(whole.activities["target_account"].notna().sum()) == 20
    assert any(
        "20 di antaranya mengulang bagian yang sudah dinilai" in str(note)
        for piece in streamed
        for note in piece.files["note"]
    )


# Further forms, which were right from the start: they must stay so

T = 1728716700  # 2024-10-12 07:05:00 UTC
MAIN = '<html><head><title>x</title></head><body><main class="_a706" role="main">{}</main></body></html>'
TABLE_CASES: list[tuple[str, str, str, list[tuple[Any, ...]]]] = [
    (
        "facebook page of today in Indonesian", "your_facebook_activity/comments_and_reactions/comments.html",
        MAIN.format(
            '<section class="_2ph- _a6-g"><h2 class="_a6-h">Sri Contoh mengomentari kiriman Budi Contoh.</h2><div class="_a6-p"><div>'
            '<div>siap pak<br>dua</div></div></div><footer class="_a6-o"><div class="_a72d">14 Nov 2024 22.13.20</div></footer></section>'
        ),
        [(None, "comment", "2024-11-14T15:13:20", "siap pak\ndua", "Budi Contoh", None)],
    ),
    (
        "instagram comments labelled in Indonesian", "your_instagram_activity/comments/post_comments_1.json",
        json.dumps([{"media_list_data": [{"uri": ""}], "string_map_data": {
            "Komentar": {"value": "gas \u00f0\u009f\u0091\u008d"}, "Pemilik Media": {"value": "budi.contoh"}, "Waktu": {"timestamp": T}}}]),
        [(None, "comment", "2024-10-12T07:05:00", "gas 👍", "budi.contoh", None)],
    ),
    (
        "instagram hashtag followed", "connections/followers_and_following/following_hashtags.json",
        json.dumps({"relationships_following_hashtags": [{"title": "", "media_list_data": [], "string_list_data": [
            {"href": "https://www.instagram.com/explore/tags/contoh", "value": "contoh", "timestamp": T}]}]}),
        [(None, "follow", "2024-10-12T07:05:00", None, "#contoh", "https://www.instagram.com/explore/tags/contoh")],
    ),
    (
        "x stream of API 1.1 with a longer text apart", "t.jsonl",
        json.dumps({"created_at": "Sat Oct 12 07:05:00 +0000 2024", "id": 1844000000000000014, "id_str": "1844000000000000014",
                    "text": "teks terpotong…", "truncated": True, "extended_tweet": {"full_text": "teks terpotong yang utuh"},
                    "user": {"id_str": "9", "screen_name": "asn_1"}, "entities": {"hashtags": [], "urls": [], "user_mentions": []}}) + "\n",
        [("asn_1", "post", "2024-10-12T07:05:00", "teks terpotong yang utuh", None, "https://x.com/asn_1/status/1844000000000000014")],
    ),
    (
        "youtube comments with German headers", "Takeout/YouTube und YouTube Music/Kommentare/Kommentare.csv",
        "Kommentar-ID,Kanal-ID,Zeitstempel der Erstellung des Kommentars,Preis,Kommentar-ID der übergeordneten Ebene,Beitrags-ID,Video-ID,"
        "Kommentartext,Kommentar-ID der obersten Ebene\nUgx1234567890AAAABAg,UCabcdefghijklmnopqrstuv,2024-10-12T07:05:00+00:00,0,,,"
        'dQw4w9WgXcQ,"{""text"":""siap""},{""text"":"" pak""}",\n',
        [("UCabcdefghijklmnopqrstuv", "comment", "2024-10-12T07:05:00", "siap pak", None, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")],
    ),
    (
        "whatsapp of an English iPhone of twelve hours", "_chat.txt",
        "[13/10/24 2.05.03 PM] Grup Ibu: \u200ePesan dan panggilan terenkripsi secara end-to-end.\n"
        "[13/10/24 2.05.03 PM] Grup Ibu: \u200eBudi membuat grup ini\n[13/10/24 2.06.10 PM] Siti Contoh: halo\n"
        "[14/10/24 8.00.00 AM] ~\u00a0Rina: siap\n",
        [("Siti Contoh", "post", "2024-10-13T07:06:10", "halo", "Grup Ibu", None), ("Rina", "post", "2024-10-14T01:00:00", "siap", "Grup Ibu", None)],
    ),
    (
        "whatsapp with narrow blanks before AM and PM, and a poll", "WhatsApp Chat with Grup Dinas.txt",
        '10/11/24, 9:00\u202fAM - Budi created group "Grup Dinas"\n10/12/24, 2:05\u202fPM - Siti: POLL:\nSiapa?\nOPTION: Saya (2 votes)\n'
        "10/13/24, 12:01\u202fAM - Joko: siap\n10/13/24, 12:21\u202fAM - Siti added Tuti and Dewi\n",
        [("Siti", "post", "2024-10-12T07:05:00", "POLL:\nSiapa?\nOPTION: Saya (2 votes)", "Grup Dinas", None),
         ("Joko", "post", "2024-10-12T17:01:00", "siap", "Grup Dinas", None), ("Tuti", "join", "2024-10-12T17:21:00", None, "Grup Dinas", None),
         ("Dewi", "join", "2024-10-12T17:21:00", None, "Grup Dinas", None)],
    ),
    (
        "mastodon poll with a warning", "outbox.json",
        json.dumps({"@context": "x", "id": "outbox.json", "type": "OrderedCollection", "orderedItems": [{
            "id": "https://m.example/users/sri/statuses/4/activity", "type": "Create", "actor": "https://m.example/users/sri",
            "published": "2024-10-12T07:05:00Z", "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "object": {"id": "https://m.example/users/sri/statuses/4", "type": "Question", "content": "<p>pilih<br/>siapa?</p>",
                       "url": "https://m.example/@sri/4", "inReplyTo": "https://m.example/@budi/55", "oneOf": [{"type": "Note", "name": "Dua"}]}}]}),
        [("sri", "comment", "2024-10-12T07:05:00", "pilih\nsiapa?", "budi@m.example", "https://m.example/@budi/55")],
    ),
    (
        "table of a commercial exporter of comments", "comments.csv",
        ",,Name (click to view profile),Profile ID,Date,Likes,Live video timestamp,Comment,(view source)\n"
        "1,,Sri Contoh,asn_1,10/13/2024 7:05:00 PM,0,-,siap pak,https://www.facebook.com/contoh/posts/1?comment_id=5\n",
        [("asn_1", "comment", "2024-10-13T12:05:00", "siap pak", None, "https://www.facebook.com/contoh/posts/1?comment_id=5")],
    ),
    (
        "hand-made table with title, sum and signature", "rekap.csv",
        "REKAPITULASI;;;;\nPeriode: 1 s.d. 31 Oktober 2024;;;;\n;;;;\nNo.;Nama Akun Medsos;Media Sosial;Bentuk Aktivitas;Waktu Kejadian\n"
        "1;@asn_1;IG;Menyukai unggahan;Sabtu, 12 Oktober 2024, pukul 14.05 WIB\nJumlah;1;;;\n;;;;\nMengetahui,;;;;\nKepala Bagian;;;;\n",
        [("@asn_1", "like", "2024-10-12T07:05:00", None, None, None)],
    ),
    (
        "chat copied from the web", "salin.txt",
        "[14.05, 12/10/2024] Siti Contoh: halo\n[14.06, 12/10/2024] +62 812-0000-0001: dua\n[08.00, 13/10/2024] Rina Contoh: siap\nlanjut\n",
        [("Siti Contoh", "post", "2024-10-12T07:05:00", "halo", None, None), ("+62 812-0000-0001", "post", "2024-10-12T07:06:00", "dua", None, None),
         ("Rina Contoh", "post", "2024-10-13T01:00:00", "siap\nlanjut", None, None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "right"), [case[1:] for case in TABLE_CASES], ids=[case[0] for case in TABLE_CASES]
)
def test_a_further_form_gives_its_values(tmp_path: Path, name: str, content: str, right: list[tuple[Any, ...]]) -> None:
    found = acts(tmp_path, {name: content})
    rows = picked(found, "actor", "kind", "happened_at", "text", "target_account", "target_url")
    assert [(*row[:2], row[2].strftime("%Y-%m-%dT%H:%M:%S"), *row[3:]) for row in rows] == right


CLOCKS = {
    "12 Okt 2024 jam 7 malam": "12T12:00", "Sabtu, 12/10/2024 Pkl. 21.05 WIT": "12T12:05", "12-Okt-24 19:05": "12T12:05",
    "Oct 12, 2024, 7:05:00 PM": "12T12:05", "12 Oktober 2024 20.05.33 WITA": "12T12:05", "19:05 12 Okt 2024": "12T12:05",
    "1728734700000": "12T12:05", "2024/10/12 19.05": "12T12:05", "12.10.2024, 19.05": "12T12:05", "12 Okt '24, 19.05": "12T12:05",
    "Sabtu 12 Oktober 2024 | 19:05 WIB": "12T12:05", "12 October 2024 at 19:05": "12T12:05", "12/10/2024 24:00": "11T17:00",
    "12 Oktober 2024 (malam)": "11T17:00", "12 Oktober 2024 s.d. 13 Oktober 2024": "11T17:00",
}  # fmt: skip


@pytest.mark.parametrize("clock", CLOCKS)
def test_an_odd_clock_is_read_or_leaves_its_day(tmp_path: Path, clock: str) -> None:
    (act,) = acts(tmp_path, {"d.csv": f'{HEAD}asn_1,Instagram,Unggahan,"{clock}",isi\n'})
    assert act["happened_at"].strftime("%dT%H:%M") == CLOCKS[clock]
