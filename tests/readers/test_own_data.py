"""Own-data downloads, fact by fact: who did what to whom and when, and what must never be read or invented."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.readers.facebook import download as facebook
from screening.readers.facebook import titles as facebook_titles
from screening.readers.ingest import faulty
from screening.readers.ingest.registry import PLATFORMS, READERS
from screening.readers.ingest.twins import Twins
from screening.readers.instagram import download as instagram
from screening.readers.instagram import threads
from screening.readers.meta.files import _known
from screening.readers.tables.mapped import is_dead_id
from screening.readers.whatsapp.lines import start_of
from screening.readers.whatsapp.order import day_order
from screening.readers.x.tweets import absurd_year, tweet_row
from screening.readers.youtube.columns import segments
from tests.readers import own_chat_cases as chats
from tests.readers import own_meta_cases as meta
from tests.readers import own_platform_cases as other
from tests.readers.cases import Files
from tests.readers.read_back import acts, one, reading

ANDROID = "30/08/25 18.00 - "


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


# Meta


def test_the_caption_of_one_picture_and_of_several_stand_in_different_places(tmp_path: Path) -> None:
    single = {"media": [meta.media("1", 0, "satu")]}
    several = {"media": [meta.media("2", 1), meta.media("3", 1)], "title": "dua", "creation_timestamp": meta.T + 2}
    first, second = acts(tmp_path, {"posts_1.json": meta.dumped([single, several])})
    assert (first["text"], first["happened_at"].timestamp()) == ("satu", meta.T)
    assert (second["text"], second["happened_at"].timestamp()) == ("dua", meta.T + 2)


def test_two_stories_without_words_in_one_second_remain_two(tmp_path: Path) -> None:
    stories = {"ig_stories": [meta.media("1", 0), meta.media("2", 0)]}
    assert len(acts(tmp_path, {"stories.json": meta.dumped(stories)})) == 2


def test_comment_and_owner_are_told_apart_in_a_language_nobody_knows(tmp_path: Path) -> None:
    rows = [
        meta.string_map(1, "Ćelu", Prāl="akun_contoh", Bląb="mantap"),
        meta.string_map(2, "Ćelu", Prāl="akun_contoh", Bląb="dua kata"),
    ]
    for row in acts(tmp_path, {"post_comments_1.json": meta.dumped(rows)}):
        assert row["target_account"] == "akun_contoh"
        assert row["text"] in ("mantap", "dua kata")


def test_a_username_only_in_the_address_is_found(tmp_path: Path) -> None:
    record = {
        "title": "",
        "string_list_data": [{"href": "https://www.instagram.com/_u/akun.contoh", "timestamp": meta.T}],
    }
    row = one(tmp_path, {"following.json": meta.dumped({"relationships_following": [record]})})
    assert row["target_account"] == "akun.contoh"


def test_the_root_key_decides_not_the_file_name(tmp_path: Path) -> None:
    like = meta.string_list("akun_utas", 8, href="https://www.threads.net/@akun_utas/post/1")
    rows = acts(tmp_path, {
        "a/following.json": meta.dumped({"text_post_app_text_post_app_following": [meta.string_list("akun_utas", 1)]}),
        "a/apa saja.json": meta.dumped({"text_post_app_media_likes": [like]}),
        "b/following.json": meta.dumped({"following_v3": [{"name": "Akun", "timestamp": meta.T}]}),
    })  # fmt: skip
    assert [(row["platform"], row["kind"]) for row in rows] == [
        ("threads", "like"),
        ("threads", "follow"),
        ("facebook", "follow"),
    ]


def test_time_zero_is_no_time(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        {
            "liked_posts.json": meta.dumped(
                {"likes_media_likes": [meta.string_list("akun", -meta.T, "👍", "https://www.instagram.com/p/1/")]}
            )
        },
    )
    assert row["time_basis"] == "absent"
    assert "happened_at" not in row


def test_a_list_that_is_null_empty_or_one_record_costs_nothing(tmp_path: Path) -> None:
    like = meta.string_list("akun", 1, "👍", "https://www.instagram.com/p/1/")
    files = {
        f"{number}/liked_posts.json": meta.dumped({"likes_media_likes": value})
        for number, value in enumerate((None, [], {}, like))
    }
    found = reading(tmp_path, files)
    assert len(found.activities) == 1
    assert set(found.files["outcome"]) == {"read"}


def test_old_and_new_reactions_of_one_second_count_once_and_different_ones_do_not(tmp_path: Path) -> None:
    def old(second: int, sign: str) -> dict[str, Any]:
        return {
            "timestamp": meta.T + second,
            "title": "x",
            "data": [{"reaction": {"reaction": sign, "actor": "Contoh"}}],
        }

    new = meta.labelled(
        1, {"label": "Reaksi", "value": "Suka"}, {"label": "URL", "value": "https://www.facebook.com/1"}
    )
    found = reading(tmp_path, {"c/likes_and_reactions_1.json": meta.dumped([old(1, "LIKE"), old(1, "LOVE"), old(2, "LIKE")]),
                               "c/likes_and_reactions.json": meta.dumped([new])})  # fmt: skip
    assert len(found.activities) == 3
    assert found.activities["target_url"].notna().sum() == 1
    assert found.files["duplicate"].sum() == 1


def test_reactions_of_two_people_in_one_second_are_two(tmp_path: Path) -> None:
    def person(name: str) -> Files:
        act = [{"timestamp": meta.T, "title": "x", "data": [{"reaction": {"reaction": "LIKE", "actor": name}}]}]
        return {f"{name}/comments_and_reactions/likes_and_reactions_1.json": meta.dumped(act)}

    assert len(acts(tmp_path, {**person("Satu"), **person("Dua")})) == 2


def test_an_angry_reaction_says_so(tmp_path: Path) -> None:
    record = {"timestamp": meta.T, "title": "x", "data": [{"reaction": {"reaction": "ANGER", "actor": "Contoh"}}]}
    row = one(tmp_path, {"likes_and_reactions_1.json": meta.dumped([record])})
    assert (row["kind"], row["media_text"], row["actor"]) == ("like", "reaksi: ANGER", "Contoh")


def test_joining_in_any_language_counts_leaving_in_a_known_one_does_not(tmp_path: Path) -> None:
    titles = {"A": "Blim vork A.", "B": "Anda keluar dari B.", "C": "You left C.", "D": "Anda menjadi anggota D."}
    records = [{"timestamp": meta.T, "title": title, "data": [{"name": name}]} for name, title in titles.items()]
    found = reading(tmp_path, {"g.json": meta.dumped({"groups_joined_v2": records})})
    assert sorted(found.activities["target_account"]) == ["A", "D"]
    assert len(found.rejected) == 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Budi commented on Calon Contoh's post.", "Calon Contoh"),
        ("Budi commented on his own photo.", None),
        ("Budi mengomentari foto Siti Contoh.", "Siti Contoh"),
        ("Budi mengomentari fotonya sendiri.", None),
        ("Blim vork Siti's zubu.", None),
        (None, None),
    ],
)
def test_a_title_names_a_person_only_in_known_sentences(title: str | None, name: str | None) -> None:
    assert facebook_titles.person(title) == name


def test_a_dangerous_address_is_not_kept(tmp_path: Path) -> None:
    record = {"name": "Akun", "timestamp": meta.T, "href": "javascript:alert(1)"}
    assert "target_url" not in one(tmp_path, {"a.json": meta.dumped({"following_v3": [record]})})


def test_html_is_dropped_beside_json_of_the_same_person_only(tmp_path: Path) -> None:
    like = {"likes_media_likes": [meta.string_list("akun", 0, "👍", "https://www.instagram.com/p/1/")]}
    shown = meta.page(meta.anchor("https://www.instagram.com/p/1/", "x", "Oct 01, 2024 3:00 pm", "akun"))
    path = "your_instagram_activity/likes/liked_posts"
    owner = {
        f"{name}/personal_information/personal_information.json": meta.personal("Username", name)
        for name in ("satu", "dua")
    }
    files = {f"satu/{path}.json": meta.dumped(like), f"dua/{path}.html": shown, f"satu/{path}.html": shown}
    found = reading(tmp_path, {**files, **owner})
    assert sorted(found.activities["actor"]) == ["dua", "satu"]


def test_a_labelled_post_of_an_unknown_language_keeps_its_caption_and_address(tmp_path: Path) -> None:
    values = [
        {"label": "Wem", "value": "Foto"},
        {"label": "Zubu", "value": "Kerja bakti pagi – ramai"},
        {"label": "Vank", "value": "https://www.instagram.com/p/1/"},
    ]
    row = one(tmp_path, {"posts_1.json": meta.dumped([meta.labelled(1, *values)])})
    assert (row["kind"], row["text"], row["target_url"]) == (
        "post",
        "Kerja bakti pagi – ramai",
        "https://www.instagram.com/p/1/",
    )


def test_a_labelled_facebook_comment_of_an_unknown_language_keeps_its_text(tmp_path: Path) -> None:
    records = [
        meta.labelled(1, {"label": "Zubu", "value": "dua kata"}),
        meta.labelled(2, {"label": "Zubu", "value": "satu"}),
    ]
    assert [row["text"] for row in acts(tmp_path, {"comments.json": meta.dumped(records)})] == ["dua kata", "satu"]


def test_sharing_a_persons_post_names_the_person(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        {"your_posts_1.json": meta.dumped([meta.fb_post(1, "Ayo", "Contoh Enam shared Calon Contoh's post.")])},
    )
    assert (row["kind"], row["target_account"], row["text"]) == ("share", "Calon Contoh", "Ayo")


def test_one_html_block_with_several_links_is_several_likes(tmp_path: Path) -> None:
    inner = "".join(
        f'<div><div><a href="https://www.instagram.com/p/{n}/">x</a></div><div>Oct 0{n}, 2024 3:00 pm</div></div>'
        for n in (1, 2, 3)
    )
    rows = acts(
        tmp_path, {"liked_posts.html": meta.page(f'<h2 class="_a6-h">akun</h2><div class="_a6-p">{inner}</div>')}
    )
    assert [(row["target_url"][-2], row["happened_at"].day) for row in rows] == [("1", 1), ("2", 2), ("3", 3)]


def test_a_remark_about_editing_is_not_what_somebody_wrote(tmp_path: Path) -> None:
    body = '<div class="_a6-p"><div class="_2pin"><div>Updated Oct 16, 2024 7:00:00 am</div></div></div>'
    shown = f'<div class="_a6-h">Contoh Delapan updated her status.</div>{body}<div class="_a6-o">Oct 16, 2024 7:00:00 am</div>'
    assert one(tmp_path, {"your_posts_1.html": meta.page(shown)})["text"] == ""


def test_private_and_read_lists_do_not_overlap() -> None:
    for by_key, by_file, why in _known():
        assert not [
            key for table in (instagram.KEYS, threads.KEYS, facebook.KEYS) for key in table if by_key.fullmatch(key)
        ], why
        assert not [
            name
            for table in (instagram.FILES, threads.FILES, facebook.FILES)
            for name in table
            if by_file.fullmatch(name)
        ], why


# X


def tweet(**more: Any) -> dict[str, Any]:
    from zoneinfo import ZoneInfo

    row = tweet_row("asn_0699", "/0", other.tweet("1", more.pop("text"), **more), ZoneInfo("Asia/Jakarta"))
    assert isinstance(row, dict)
    return row


def test_a_retweet_is_a_share_of_the_others_words() -> None:
    row = tweet(text="RT @akun_contoh: Ayo &lt;senam&gt;")
    assert (row["kind"], row["text"], row["target_account"], row["target_text"]) == (
        "share",
        "",
        "akun_contoh",
        "Ayo <senam>",
    )


def test_a_reply_that_begins_with_rt_as_a_word_is_no_retweet() -> None:
    assert tweet(text="RT 05 RW 03 kerja bakti")["kind"] == "post"


def test_a_quote_is_a_share_with_own_words() -> None:
    urls = {"urls": [{"url": "https://t.co/q", "expanded_url": "https://x.com/akun_contoh/status/8"}]}
    row = tweet(text="Setuju https://t.co/q", entities=urls)
    assert (row["kind"], row["target_account"], row["target_url"]) == (
        "share",
        "akun_contoh",
        "https://x.com/akun_contoh/status/8",
    )
    assert row["text"].startswith("Setuju")


def test_a_like_has_no_time_and_no_author(tmp_path: Path) -> None:
    row = one(
        tmp_path,
        {"like.js": other.ytd("like", [{"like": {"tweetId": "1700000000000000001", "fullText": "a &amp; b"}}])},
    )
    assert row["time_basis"] == "absent"
    assert not {"happened_at", "target_account", "actor"} & row.keys()
    assert row["target_text"] == "a & b"


@pytest.mark.parametrize(("created", "absurd"), [("Wed Jan 01 00:00:00 +0000 1997", True), ("Tue Oct 01 08:00:00 +0000 2024", False),
                                                 ("2005-12-31 00:00:00 +0000", True), ("2006-03-21T20:50:14.000Z", False), (None, False)])  # fmt: skip
def test_years_before_the_platform_are_absurd(created: str | None, absurd: bool) -> None:
    assert absurd_year(created) is absurd


def test_a_long_tweet_and_its_note_are_one_act_with_the_whole_text(tmp_path: Path) -> None:
    rows = [row for row in acts(tmp_path, other.cases()["x_archive_2023"]) if row.get("text", "").startswith("Panjang")]
    assert len(rows) == 1
    assert rows[0]["text"] == other._LONG
    assert rows[0]["record_id"] == "1840000000000000007"


def test_what_the_manifest_promises_and_is_missing_is_told(tmp_path: Path) -> None:
    notes = " ".join(reading(tmp_path, other.cases()["x_archive_2023"]).files["note"].dropna())
    assert "community-tweet.js (3 catatan) tidak ada" in notes
    assert "manifest menyebut 5 catatan, terbaca 3" in notes


# TikTok, YouTube, LinkedIn


def test_watch_history_is_never_a_post(tmp_path: Path) -> None:
    root = {
        "Your Activity": {"Watch History": {"VideoList": [{"Date": "2024-06-01 12:00:00", "Link": "x"}]}},
        "Post": {"Posts": {"VideoList": None}},
    }
    assert acts(tmp_path, {"user_data.json": json.dumps(root).encode()}) == []


def test_a_huge_tiktok_file_gives_the_same_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening.readers.core import jsonstream, structure
    from screening.readers.tiktok import download as tiktok
    from screening.readers.tiktok import lists as tiktok_lists

    small = acts(tmp_path / "a", other.cases()["tiktok_2024"])
    real = jsonstream.limit
    monkeypatch.setattr(
        structure,
        "partial",
        lambda text: {key: {} for key in json.loads(text)} | {"Comment": {"Comments": {"CommentsList": []}}},
    )
    for module in (jsonstream, tiktok, tiktok_lists):
        monkeypatch.setattr(
            module, "limit", lambda section, name: 10 if name == "whole_json_bytes" else real(section, name)
        )
    large = acts(tmp_path / "b", other.cases()["tiktok_2024"])
    assert sorted(row["activity_id"] for row in small) == sorted(row["activity_id"] for row in large)
    assert {row["actor"] for row in large} == {"asn_0604"}


def test_a_comment_line_that_looks_like_a_label_stays_in_the_comment(tmp_path: Path) -> None:
    rows = acts(tmp_path, {"Comments.txt": other.cases()["tiktok_txt"]["Comments/Comments.txt"]})
    assert rows[0]["text"] == "satu\ndua\n\nCatatan: bukan label"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('{"takeoutSegments":[{"text":"a "},{"text":"b"}]}', "a b"),
        ('{"text":"a"},{"text":"\n"},{"text":"b"}', "a\nb"),
        ('{"text":"a"},{"mention":{"id":"x"}}', "a"),
        ('{"text":"cut', '{"text":"cut'),
        ("kata biasa", "kata biasa"),
        ("", ""),
    ],
)
def test_comment_cells_of_every_generation(cell: str, text: str) -> None:
    assert segments(cell) == text


def test_a_subscription_has_no_time_and_names_its_owner(tmp_path: Path) -> None:
    rows = acts(tmp_path, other.cases()["takeout_2025_other_language"])
    follow = next(row for row in rows if row["kind"] == "follow")
    assert (follow["actor"], follow["time_basis"]) == ("UCasn0606aaaaaaaaaaaaaaaa", "absent")


# Chats


def test_a_one_to_one_chat_is_never_read(tmp_path: Path) -> None:
    files = {"t/result.json": chats.cases()["telegram_private"]["a/result.json"], **chats.cases()["whatsapp_private"]}
    found = reading(tmp_path, files)
    assert not len(found.activities)
    assert not len(found.rejected)
    assert found.files["note"].str.contains("tidak .*dibaca").all()


def test_two_senders_and_a_system_line_of_a_group_are_a_group(tmp_path: Path) -> None:
    lines = ['Budi Contoh membuat grup "Warga"', "Budi Contoh: satu", "Siti Contoh: dua"]
    rows = acts(tmp_path, {"a.txt": "".join(f"{ANDROID}{line}\n" for line in lines).encode()})
    assert [(row["actor"], row["target_account"]) for row in rows] == [
        ("Budi Contoh", "Warga"),
        ("Siti Contoh", "Warga"),
    ]


def test_a_message_that_sounds_like_a_system_line_makes_no_group_and_no_join(tmp_path: Path) -> None:
    lines = [
        "Budi: Siti bergabung menggunakan tautan undangan grup ini",
        'Siti: Budi membuat grup "x"',
        "Budi: Siti keluar",
    ]
    assert acts(tmp_path, {"a.txt": "".join(f"{ANDROID}{line}\n" for line in lines).encode()}) == []


def test_the_same_word_twice_in_a_minute_is_two_messages_and_a_second_export_adds_none(tmp_path: Path) -> None:
    made = "".join(f"{ANDROID}{name} Contoh: ok\n" for name in ("Satu", "Dua", "Dua", "Tiga")).encode()
    found = reading(tmp_path, {"a.txt": made, "b.txt": made})
    assert len(found.activities) == 4
    assert found.files["duplicate"].sum() == 4


def test_what_the_app_says_under_a_groups_name_is_no_message_of_anybody(tmp_path: Path) -> None:
    lines = ["Warga: \u200ePesan dan panggilan dienkripsi secara end-to-end.", "Warga: \u200eBlim vork zubu", "Budi: \u200egambar tidak disertakan",
             "Budi: halo", "Siti: ya", "Rina: ok"]  # fmt: skip
    rows = acts(tmp_path, {"_chat.txt": "".join(f"[30/08/25 18.00.05] {line}\n" for line in lines).encode()})
    assert [row["actor"] for row in rows] == ["Budi", "Budi", "Siti", "Rina"]
    assert {row["target_account"] for row in rows} == {"Warga"}


def test_an_ios_chat_of_two_is_private_although_the_app_writes_under_the_others_name(tmp_path: Path) -> None:
    lines = [
        "Budi: \u200ePesan dan panggilan dienkripsi secara end-to-end.",
        "Budi: RAHASIA",
        "Aku: RAHASIA",
        "Budi: \u200egambar tidak disertakan",
    ]
    assert acts(tmp_path, {"_chat.txt": "".join(f"[30/08/25 18.00.05] {line}\n" for line in lines).encode()}) == []


def test_a_leading_system_line_is_not_glued_to_the_next_sender(tmp_path: Path) -> None:
    rows = acts(tmp_path, chats.cases()["whatsapp_android_id"])
    assert {row["actor"] for row in rows if "actor" in row} == {
        "Budi Contoh",
        "Siti Contoh",
        "Rina Contoh",
        "+62 812-0000-0001",
    }


@pytest.mark.parametrize(
    "line",
    ["30/08/25 18.00 - x", "[30/08/25 18.00.05] x", "\u200e[30/08/25, 18.00.05] x", "8/30/25, 6:00\u202fPM - x", "2025-08-30, 18:00 - x", "30.08.25, 18:00 - x"],
)  # fmt: skip
def test_every_way_a_message_begins(line: str) -> None:
    begun = start_of(line, 1)
    assert begun is not None
    assert begun.rest == "x"
    assert begun.parts[3:5] == (18, 0)


@pytest.mark.parametrize(
    "line", ["30/08/25 ada rapat - jam 8", "18.00 - x", "lihat 30/08/25 18.00 - x", "[30/08/25] x", ""]
)
def test_what_only_looks_like_a_beginning_is_none(line: str) -> None:
    assert start_of(line, 1) is None


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        ([(30, 8, 25)], "DMY"), ([(8, 30, 25)], "MDY"), ([(2025, 8, 30)], "YMD"), ([(1, 2, 25)], None),
        ([(1, 2, 25), (2, 2, 25), (1, 3, 25)], "DMY"), ([(30, 8, 25), (8, 30, 25)], None),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_is_inferred_over_the_whole_file(
    dates: list[tuple[int, int, int]], order: str | None
) -> None:
    assert day_order(dates).value == order


@pytest.mark.parametrize(
    ("kind", "people", "number"),
    [("zubu_group", 3, 3), ("zubu_group", 2, 0), ("personal_chat", 3, 0), ("private_group", 1, 1)],
)
def test_a_chat_of_an_unknown_type_is_judged_by_its_senders(
    kind: str, people: int, number: int, tmp_path: Path
) -> None:
    rows = [chats.message(n, f"Orang {n}", "halo") for n in range(people)]
    assert (
        len(
            acts(tmp_path, {"result.json": json.dumps({"name": "X", "type": kind, "id": 1, "messages": rows}).encode()})
        )
        == number
    )


def test_telegram_prefers_the_exact_time_and_keeps_the_sender_of_deleted_accounts(tmp_path: Path) -> None:
    rows = acts(tmp_path, chats.cases()["telegram_group"])
    assert next(row for row in rows if row.get("text") == "akun terhapus")["actor"] == "user9"
    assert {row["time_basis"] for row in rows if row["kind"] == "post"} == {"exact_utc"}


# Everything


def test_an_owner_given_by_the_user_fills_only_what_the_export_leaves_open(tmp_path: Path) -> None:
    like = {"likes_media_likes": [meta.string_list("akun", 1, "👍", "https://www.instagram.com/p/1/")]}
    assert one(tmp_path / "a", {"liked_posts.json": meta.dumped(like)}, owner="asn_0999")["actor"] == "asn_0999"
    named = {
        "likes/liked_posts.json": meta.dumped(like),
        "account_information/personal_information.json": meta.personal("Wex", "asn_0998"),
    }
    assert one(tmp_path / "b", named, owner="asn_0999")["actor"] == "asn_0998"


def test_parts_of_one_download_share_their_owner(tmp_path: Path) -> None:
    like = {"likes_media_likes": [meta.string_list("akun", 1, "👍", "https://www.instagram.com/p/1/")]}
    for name, path, content in (
        ("instagram-x-1.zip", "your_instagram_activity/likes/liked_posts.json", meta.dumped(like)),
        (
            "instagram-x-2.zip",
            "personal_information/personal_information/personal_information.json",
            meta.personal("Username", "asn_0997"),
        ),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(path, content)
    assert list(readers.read([tmp_path]).activities["actor"]) == ["asn_0997"]


def test_every_reader_has_a_case_and_a_name_of_its_own() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert {reader for platform in PLATFORMS for reader in platform.READERS} <= set(READERS)


@pytest.mark.parametrize(
    "damage",
    [
        None,
        "rusak",
        7,
        [],
        {},
        [[]],
        {"title": [1], "string_list_data": "x", "media": 5, "data": [None], "label_values": {"a": 1}},
    ],
)
def test_a_damaged_record_costs_no_other(damage: Any, tmp_path: Path) -> None:
    good = {
        "likes_media_likes": meta.string_list("akun", 1, "👍", "https://www.instagram.com/p/1/"),
        "comments_v2": meta.fb_comment(1, "ya", ""),
        "reactions_v2": {"timestamp": meta.T, "title": "x", "data": [{"reaction": {"reaction": "LIKE", "actor": "A"}}]},
        "group_posts_v2": meta.fb_post(1, "halo", ""),
        "text_post_app_text_posts": {"media": [meta.media("1", 1, "utas")]},
        "comments_reels_comments": meta.string_map(1, Comment="ya", Media_Owner="akun"),
    }  # fmt: skip
    for number, (key, record) in enumerate(good.items()):
        found = reading(
            tmp_path / str(number), {"a.json": meta.dumped({key: [record, damage, record | {"timestamp": meta.T + 9}]})}
        )
        assert len(found.activities) >= 1, key
        assert found.files["read"].iloc[0] == 3, key


def test_twins_are_used_up_one_by_one_and_only_across_files() -> None:
    twins = Twins()
    assert [twins.met(("a",)), twins.met(("a",))] == [False, False]
    twins.end_of_file()
    assert [twins.met(("a",)), twins.met(("b",)), twins.met(("a",)), twins.met(("a",))] == [True, False, True, False]
    assert twins.met(()) is False


def test_a_third_edition_repeats_what_the_second_did() -> None:
    twins = Twins()
    assert twins.met(("a",)) is False
    for _ in range(3):
        twins.end_of_file()
        assert twins.met(("a",)) is True


@pytest.mark.parametrize(
    ("cell", "dead"),
    [(999_999_999_999_999.0, False), (1e15, True), (1_234_567_890_123_456.0, True), (1.79e18, True),
     ("1,79E+18", True), ("1234567890123456", False), (1234567890123456789, False)],
)  # fmt: skip
def test_an_id_of_sixteen_digits_that_became_a_float_is_dead(cell: object, dead: bool) -> None:
    """A float holds fifteen digits for sure: the last ones of a longer id are whatever rounding left."""
    assert is_dead_id(cell) is dead
