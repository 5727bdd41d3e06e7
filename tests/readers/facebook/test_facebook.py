"""Facebook downloads fact by fact: whose words, whose content, in which group; all people and groups are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.readers.facebook import titles
from screening.readers.facebook.mentions import unmarked
from screening.readers.ingest import faulty
from tests.readers import own_meta_cases as meta
from tests.readers.read_back import acts, one, picked, reading

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def section(heading: str, body: str, date: str, tag: str = "section") -> str:
    return (
        f'<{tag} class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h _a6-i">{heading}</h2><div class="_2ph_ _a6-p">{body}</div>'
        f'<footer class="_3-94 _a6-o"><a href="https://www.facebook.com/dyi/l/?l=x"><div class="_a72d">{date}</div></a></footer></{tag}>'
    )


def page(*records: str, style: str = "") -> bytes:
    return (
        f'<!DOCTYPE html><html><head><style>._a6-g{{margin:0}}{style}</style></head><body class="_5vb_"><h1>Daftar</h1>'
        f'<main class="_a706" role="main">{"".join(records)}</main></body></html>'
    ).encode()


def shared(title: str, *parts: dict[str, Any], text: str | None = None, second: int = 1) -> bytes:
    return meta.dumped([meta.fb_post(second, text, title, *parts)])


# Pages


def test_records_are_found_by_class_whatever_their_tag(tmp_path: Path) -> None:
    files = {
        "your_facebook_activity/comments_and_reactions/comments.html": page(
            section("Tono Fiktif commented on Wati Fiktif's photo.", "<div><div>cakep bu</div></div>", "Oct 02, 2024 7:05:09 pm"),
            section("Tono Fiktif replied to Wati Fiktif's comment.", "<div><div>gas terus</div></div>", "Oct 03, 2024 7:05:09 pm", "article"),
        )
    }  # fmt: skip
    rows = acts(tmp_path, files)
    assert picked(rows, "kind", "text", "target_account") == [
        ("comment", "cakep bu", "Wati Fiktif"),
        ("comment", "gas terus", "Wati Fiktif"),
    ]
    assert rows[0]["happened_at"].isoformat() == "2024-10-02T12:05:09+00:00"


def test_records_without_any_known_class_are_found_around_their_dates(tmp_path: Path) -> None:
    record = "<div><h2>Tono Fiktif updated his status.</h2><p>{}</p><footer><span>Oct 0{}, 2024 1:00:00 pm</span></footer></div>"
    body = "".join(record.format(words, day) for words, day in (("satu", 4), ("dua", 5)))
    rows = acts(tmp_path, {"your_facebook_activity/posts/your_posts_1.html": page(f"<div>{body}</div>")})
    assert picked(rows, "kind", "text") == [("post", "satu"), ("post", "dua")]
    assert [row["happened_at"].day for row in rows] == [4, 5]


def test_lists_of_names_have_only_a_heading_and_a_link_behind_the_date(tmp_path: Path) -> None:
    def named(heading: str, href: str = "") -> str:
        date = '<div class="_a72d">Nov 08, 2024 4:19:54 am</div>'
        return f'<section class="_a6-g"><h2>{heading}</h2><footer>{f"<a href={href}>{date}</a>" if href else date}</footer></section>'

    rows = acts(tmp_path, {
        "a/pages/pages_you've_liked.html": page(named("Halaman Fiktif", "https://www.facebook.com/halaman.fiktif")),
        "a/connections/followers/who_you_ve_followed.html": page(named("Wati Fiktif")),
        "a/groups/your_group_membership_activity.html": page(named("You became a member of Warga Fiktif."), named("You requested to join Grup Tertutup.")),
        "a/events/your_events.html": page(named("Senam Bersama Fiktif")),
    })  # fmt: skip
    assert sorted(picked(rows, "kind", "target_account", "target_url", "text"), key=str) == [
        ("follow", "Wati Fiktif", None, None),
        ("join", "Warga Fiktif", None, None),
        ("like", "Halaman Fiktif", "https://www.facebook.com/halaman.fiktif", None),
        ("post", None, None, "Senam Bersama Fiktif"),
    ]


def test_a_reaction_is_told_by_its_icon_and_a_group_by_its_label(tmp_path: Path) -> None:
    icon = '<img src="https://static.xx.fbcdn.net/rsrc.php/icons/angry.png"/>'
    comment = (
        '<div class="_2pin"><div class="_3-95"><span class="_a6_m">Group: </span>Warga Fiktif</div>setuju saja</div>'
    )
    rows = acts(tmp_path, {
        "a/comments_and_reactions/likes_and_reactions_1.html": page(section("Tono Fiktif reacted to Wati Fiktif's post.", icon, "Oct 02, 2024 7:05:09 pm")),
        "a/groups/your_comments_in_groups.html": page(section("Tono Fiktif commented on a post.", comment, "Oct 02, 2024 7:06:09 pm")),
    })  # fmt: skip
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["like"]["media_text"] == "reaksi: ANGRY"
    assert (by_kind["comment"]["text"], by_kind["comment"]["target_account"]) == ("setuju saja", "Warga Fiktif")


def test_words_under_a_shared_post_are_not_said_to_be_the_persons_own(tmp_path: Path) -> None:
    date = "Oct 02, 2024 7:05:09 pm"
    body = '<div class="_2pin"><div>Ayo hadir di lapangan</div></div>'
    path = "your_facebook_activity/posts/your_posts_1.html"
    row = one(tmp_path / "a", {path: page(section("Tono Fiktif shared a post.", body, date))})
    assert (row["kind"], row["text"], row["target_text"]) == ("share", "", "Ayo hadir di lapangan")
    row = one(tmp_path / "b", {path: page(section("Tono Fiktif shared a memory.", body, date))})
    assert (row["kind"], row["text"]) == ("share", "Ayo hadir di lapangan")


def test_a_date_only_in_the_remark_about_an_update_is_the_time(tmp_path: Path) -> None:
    body = '<div class="_2pin">Halo warga</div><div class="_2pin"><div>Updated May 02, 2024 8:12:17 am</div></div>'
    shown = (
        f'<div class="_a6-g"><h2>Tono Fiktif updated his status.</h2><div class="_a6-p">{body}</div>'
        '<footer><a href="https://www.facebook.com/dyi/l/?l=ZZZ">x</a></footer></div>'
    )
    row = one(tmp_path, {"your_facebook_activity/posts/your_posts_1.html": page(shown)})
    assert (row["kind"], row["text"], row["happened_at"].isoformat()) == (
        "post",
        "Halo warga",
        "2024-05-02T01:12:17+00:00",
    )


# What was shared, and what a post shows


@pytest.mark.parametrize(
    ("title", "part", "kind", "names"),
    [
        ("Tono Fiktif shared a post.", {"external_context": {"name": "Pilih yang jujur", "url": ""}}, "share", ("content", None, "Pilih yang jujur", None)),
        ("Tono Fiktif shared a reel.", {"external_context": {"url": "https://contoh.test/r"}}, "share", ("content", None, None, None)),
        ("Tono Fiktif membagikan grup.", {"name": "Sahabat Fiktif"}, "share", ("group", "Sahabat Fiktif", None, None)),
        ("Tono Fiktif shared a group.", {"name": "Sahabat Fiktif"}, "share", ("group", "Sahabat Fiktif", None, None)),
        ("Tono Fiktif membagikan halaman.", {"name": "Calon Fiktif"}, "share", ("page", "Calon Fiktif", None, None)),
        ("Tono Fiktif shared a Page.", {"name": "Calon Fiktif"}, "share", ("page", "Calon Fiktif", None, None)),
        ("Tono Fiktif membagikan acara.", {"event": {"name": "Temu Relawan"}}, "share", ("content", None, "Temu Relawan", None)),
        ("Tono Fiktif created an event.", {"event": {"name": "Temu Relawan"}}, "post", (None, None, None, "Temu Relawan")),
        ("Tono Fiktif was at Balai.", {"place": {"name": "Balai Fiktif", "address": "x"}}, "post", (None, None, None, "Balai Fiktif")),
        ("Tono Fiktif", {"life_event": {"title": "Masuk tim", "description": "hari pertama", "place": {"name": "Posko"}}}, "post", (None, None, None, "Masuk tim\nhari pertama\nPosko")),
        ("Tono Fiktif", {"fundraiser": {"title": "Dana bersama"}}, "post", (None, None, None, "Dana bersama")),
        ("Tono Fiktif", {"poll": {"question": "Siapa?", "options": [{"option": "A", "voted": True}, {"option": "B"}]}}, "post", (None, None, None, "Siapa?\nA\nB")),
        ("Tono Fiktif", {"zubu": {"title": "Bentuk baru", "dalam": [{"name": "terdalam"}]}}, "post", (None, None, None, "Bentuk baru\nterdalam")),
        ("Blim vork zubu.", {"external_context": {"name": "Berita", "url": "https://contoh.test/b"}}, "share", ("content", None, "Berita", None)),
    ],
)  # fmt: skip
def test_what_a_post_shares_and_shows(
    tmp_path: Path, title: str, part: dict[str, Any], kind: str, names: tuple[Any, ...]
) -> None:
    row = one(tmp_path, {POSTS: shared(title, part, text="kata sendiri")})
    assert (row["kind"], row["text"]) == (kind, "kata sendiri")
    assert picked([row], "target_kind", "target_account", "target_text", "media_text") == [names]
    assert row.get("target_url") == part.get("external_context", {}).get("url", "") or "target_url" not in row


def test_a_share_into_a_group_or_on_a_timeline_names_where_it_was_put(tmp_path: Path) -> None:
    link = {"external_context": {"url": "https://contoh.test/b"}}
    rows = acts(tmp_path, {
        POSTS: meta.dumped([
            meta.fb_post(1, "satu", "Tono Fiktif shared a link to the group: Warga Fiktif.", link),
            meta.fb_post(2, "dua", "Tono Fiktif shared a link to Wati Fiktif's timeline.", link),
            meta.fb_post(3, "tiga", "Tono Fiktif membagikan kiriman ke grup Warga Fiktif.", link),
            meta.fb_post(4, "empat", "Tono Fiktif menulis di kronologi Wati Fiktif."),
            meta.fb_post(5, "lima", "Tono Fiktif posted in Warga Fiktif."),
            meta.fb_post(6, "enam", "Tono Fiktif recommends Warung Fiktif."),
            meta.fb_post(7, "tujuh", "Tono Fiktif shared Calon Fiktif's post to the group: Warga Fiktif."),
        ])
    })  # fmt: skip
    assert rows[-1]["media_text"] == "kiriman dari: Calon Fiktif"
    assert picked(rows, "text", "kind", "target_account", "target_kind", "target_url") == [
        ("satu", "share", "Warga Fiktif", "group", "https://contoh.test/b"),
        ("dua", "share", "Wati Fiktif", "content", "https://contoh.test/b"),
        ("tiga", "share", "Warga Fiktif", "group", "https://contoh.test/b"),
        ("empat", "post", "Wati Fiktif", "account", None),
        ("lima", "post", None, None, None),  # outside of a list of groups "in" may be a town
        ("enam", "post", "Warung Fiktif", "page", None),
        ("tujuh", "share", "Warga Fiktif", "group", None),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tono menyukai foto Calon Fiktif di Warga Fiktif.", "Calon Fiktif"),
        ("Tono membalas komentar Wati Fiktif pada kiriman Budi.", "Wati Fiktif"),
        ("Tono membagikan postingan ke grup: Warga Fiktif.", None),
        ("Tono menyukai tautan.", None),
        ("Tono mengomentari postingannya sendiri.", None),
        ("Tono reacted to Calon Fiktif's live video.", "Calon Fiktif"),
        ("Tono shared his own post.", None),
    ],
)
def test_whose_content_a_sentence_names(title: str, name: str | None) -> None:
    assert titles.person(title) == name


@pytest.mark.parametrize(
    ("title", "joins"),
    [
        ("Tono Fiktif became a member of Warga Fiktif.", True),
        ("Tono Fiktif requested to join Warga Fiktif.", False),
        ("Tono Fiktif meminta bergabung dengan Warga Fiktif.", False),
        ("Anda mengirim permintaan untuk bergabung ke Warga Fiktif.", False),
        ("Tono Fiktif was invited to Warga Fiktif.", False),
        ("Anda menjadi anggota Warga Fiktif.", True),
    ],
)
def test_asking_is_not_joining(tmp_path: Path, title: str, joins: bool) -> None:
    record = {"timestamp": meta.T, "title": title, "data": [{"name": "Warga Fiktif"}]}
    found = reading(tmp_path, {"g.json": meta.dumped({"groups_joined_v2": [record]})})
    assert (len(found.activities), len(found.rejected)) == ((1, 0) if joins else (0, 1))


def test_a_sentence_without_data_still_names_the_page(tmp_path: Path) -> None:
    records = [
        {"timestamp": meta.T, "title": "Tono Fiktif followed Calon Fiktif."},
        {"timestamp": meta.T, "title": "Tono Fiktif mulai mengikuti halaman Partai Fiktif."},
        {"timestamp": meta.T, "title": "Liked Minds Community"},
    ]
    rows = acts(tmp_path, {"p.json": meta.dumped({"pages_followed_v2": records})})
    assert [row["target_account"] for row in rows] == ["Calon Fiktif", "Partai Fiktif", "Liked Minds Community"]


def test_mentions_are_read_as_people_saw_them() -> None:
    assert unmarked("halo @[12:2048:Wati Fiktif] dan @[7:Budi] ya") == (
        "halo Wati Fiktif dan Budi ya",
        ["Wati Fiktif", "Budi"],
    )
    assert unmarked("surel a@[b] tetap") == ("surel a@[b] tetap", [])


def test_a_comment_in_a_group_keeps_both_the_person_and_the_group(tmp_path: Path) -> None:
    comment = meta.fb_comment(
        1, "@[5:2048:Wati Fiktif] sip", "Tono Fiktif replied to Wati Fiktif's comment.", group="Warga Fiktif"
    )
    row = one(tmp_path, {"a/comments_and_reactions/comments.json": meta.dumped({"comments_v2": [comment]})})
    assert picked([row], "text", "target_account", "tagged", "media_text") == [
        ("Wati Fiktif sip", "Wati Fiktif", "Wati Fiktif", "di grup: Warga Fiktif")
    ]


def test_the_group_of_a_comment_may_stand_in_its_sentence(tmp_path: Path) -> None:
    rows = acts(tmp_path, {"a/comments_and_reactions/comments.json": meta.dumped({"comments_v2": [
        meta.fb_comment(1, "sip", "Tono Fiktif commented on Wati Fiktif's post in Warga Fiktif."),
        meta.fb_comment(2, "ok", "Tono Fiktif commented on a post in Warga Fiktif."),
    ]})})  # fmt: skip
    assert picked(rows, "target_account", "target_kind", "media_text") == [
        ("Wati Fiktif", "content", "di grup: Warga Fiktif"),
        ("Warga Fiktif", "group", None),
    ]


# Lists that used to be unknown


def test_the_newer_lists_are_read(tmp_path: Path) -> None:
    own = "your_facebook_activity/"
    photo = {"media": {"uri": "posts/media/1.jpg", "creation_timestamp": meta.T, "description": "Salam kompak"}}
    target = meta.nested("Target", Name="Calon Fiktif", URL="https://www.facebook.com/calon.fiktif")
    files = {
        own + "stories/archived_stories.json": meta.dumped({"archived_stories_v2": [{"timestamp": meta.T + 1, "title": "x", "attachments": [{"data": [photo]}]}]}),
        own + "short_videos/your_reels.json": meta.dumped({"lasso_videos_v2": [meta.fb_post(2, "Reel saya", "")]}),
        own + "posts/posts_on_other_pages_and_profiles.json": meta.dumped([meta.labelled(3, {"label": "Message", "value": "Lanjutkan pak"}, target, fbid="3")]),
        own + "posts/archive.json": meta.dumped({"archive_v2": [meta.fb_post(4, "Diarsipkan", "")]}),
        own + "posts/check-ins.json": meta.dumped([meta.labelled(5, {"label": "Message", "value": "di sini"}, meta.nested("Place", Name="Balai Fiktif"), fbid="5")]),
        own + "pages/pages_and_profiles_you've_recommended.json": meta.dumped({"recommended_pages_v2": [{"name": "Calon Fiktif", "timestamp": meta.T + 6, "url": "https://www.facebook.com/calon.fiktif"}]}),
        own + "events/your_events.json": meta.dumped({"your_events_v2": [{"name": "Temu Warga", "description": "Ayo datang", "place": {"name": "Balai"}, "start_timestamp": meta.T + 999, "create_timestamp": meta.T + 7}]}),
        "apps_and_websites_off_of_facebook/posts_from_apps_and_websites.json": meta.dumped({"app_posts_v2": [
            {"timestamp": meta.T + 8, "title": "Tono via Aplikasi", "attachments": [{"data": [{"external_context": {"name": "Aplikasi", "url": "https://contoh.test/app"}}]}]},
            {"timestamp": meta.T + 9, "title": "Tono bermain gim"}]}),
        own + "other_activity/notes.json": meta.dumped({"notes_v2": [{"title": "Renungan", "text": "panjang", "created_timestamp": meta.T + 10, "tags": []}]}),
    }  # fmt: skip
    found = reading(tmp_path, files)
    assert set(found.files["outcome"]) == {"read"}
    rows = sorted(acts(tmp_path, files), key=lambda row: row["happened_at"])
    assert picked(rows, "kind", "text", "target_account", "media_text") == [
        ("post", "", None, "Salam kompak"),
        ("post", "Reel saya", None, None),
        ("post", "Lanjutkan pak", "Calon Fiktif", None),
        ("post", "Diarsipkan", None, None),
        ("post", "di sini", None, "Balai Fiktif"),
        ("like", None, "Calon Fiktif", "merekomendasikan halaman"),
        ("post", "Temu Warga\nAyo datang", None, "Balai"),
        ("share", "", None, None),
        ("post", "", None, "Tono bermain gim"),
        ("post", "Renungan\npanjang", None, None),
    ]


def test_the_history_of_recent_follows_adds_only_what_the_lists_lack(tmp_path: Path) -> None:
    history = {"media": [], "fbid": "1", "label_values": [{"label": "Recently followed", "vec": [
        {"dict": [{"label": "Name", "value": "Calon Fiktif"}]}, {"dict": [{"label": "Name", "value": "Wati Fiktif"}]}]}]}  # fmt: skip
    found = reading(tmp_path, {
        "a/other_activity/your_recently_followed_history.json": meta.dumped(history),
        "a/pages/pages_and_profiles_you_follow.json": meta.dumped({"pages_followed_v2": [{"timestamp": meta.T, "title": "", "data": [{"name": "Calon Fiktif"}]}]}),
    })  # fmt: skip
    assert sorted(found.activities["target_account"]) == ["Calon Fiktif", "Wati Fiktif"]
    assert found.files["duplicate"].sum() == 1


def test_a_comment_under_ones_photo_is_read_once(tmp_path: Path) -> None:
    def comment(second: int, words: str) -> dict[str, Any]:
        return {"timestamp": meta.T + second, "comment": words, "author": "Contoh Enam"}

    photo = {
        "uri": "x/1.jpg",
        "creation_timestamp": meta.T,
        "comments": [comment(1, "hanya di sini"), comment(2, "juga di daftar")],
    }
    rows = acts(tmp_path, {
        "a/posts/your_uncategorized_photos.json": meta.dumped({"other_photos_v2": [photo]}),
        "a/comments_and_reactions/comments.json": meta.dumped({"comments_v2": [meta.fb_comment(2, "juga di daftar", "Contoh Enam commented on his own photo.")]}),
    })  # fmt: skip
    assert sorted(picked(rows, "kind", "text")) == [
        ("comment", "hanya di sini"),
        ("comment", "juga di daftar"),
        ("post", ""),
    ]


# One act, one activity


def test_editions_of_a_post_count_once_and_the_same_words_on_another_day_twice(tmp_path: Path) -> None:
    def video(second: int, name: str) -> dict[str, Any]:
        part = {"media": {"uri": f"posts/media/videos/{name}.mp4"}}
        return meta.fb_post(second, "Video untuk semua", "", part)

    records = [
        video(1949, "C"), video(1885, "B"), video(1212, "A"),  # the newest stands first
        meta.fb_post(1537, "Dulu dan sekarang", ""), meta.fb_post(1000, "Dulu dan sekarang", ""),
        meta.fb_post(90_000, "Selamat pagi", ""), meta.fb_post(200_000, "Selamat pagi", ""),
        meta.fb_post(5, None, "", {"media": {"uri": "x/1.jpg"}}), meta.fb_post(6, None, "", {"media": {"uri": "x/2.jpg"}}),
    ]  # fmt: skip
    videos = {"videos_v2": [{"uri": "posts/media/videos/B.mp4", "creation_timestamp": meta.T + 1885}]}
    found = reading(
        tmp_path, {POSTS: meta.dumped(records), "your_facebook_activity/posts/your_videos.json": meta.dumped(videos)}
    )
    rows = found.activities
    assert len(rows[rows["text"] == "Video untuk semua"]) == 1
    assert rows[rows["text"] == "Video untuk semua"]["happened_at"].iloc[0].timestamp() == meta.T + 1212
    assert rows[rows["text"] == "Dulu dan sekarang"]["happened_at"].iloc[0].timestamp() == meta.T + 1000
    assert len(rows[rows["text"] == "Selamat pagi"]) == 2
    assert len(rows) == 6
    assert found.files["duplicate"].sum() == 4
    assert (found.files["read"] == found.files["activities"] + found.files["duplicate"] + found.files["rejected"]).all()


def test_a_list_beside_those_that_are_read_is_told(tmp_path: Path) -> None:
    root = {
        "comments_v2": [meta.fb_comment(1, "halo", "")],
        "zubu_v2": [{"timestamp": meta.T}, {"timestamp": meta.T}],
        "off_facebook_activity_v2": [{"name": "x"}],
        "kosong_v2": [],
    }
    files = reading(tmp_path, {"a/comments_and_reactions/comments.json": meta.dumped(root)}).files
    assert files["warning"].tolist() == ["1 daftar tidak dibaca karena belum dikenal: zubu_v2 (2)"]
