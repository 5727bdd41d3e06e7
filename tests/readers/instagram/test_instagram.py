"""Instagram downloads: reposts, answers and reactions to stories, tagged people and places, one act in two layouts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening.readers.ingest import faulty
from screening.readers.instagram.media import tagged
from screening.readers.meta.records import Entry
from tests.readers import own_meta_cases as meta
from tests.readers.cases import Files
from tests.readers.read_back import acts, one, picked, reading

OWN = "your_instagram_activity/"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def labelled_repost(second: int, text: str | None, words: dict[str, str]) -> dict[str, Any]:
    """A record of media/reposts.json of 2026 in the words of some language."""
    owner = {"title": words["Owner"], "dict": [{"title": "", "dict": [
        {"label": words["URL"], "value": "https://www.instagram.com/calon.fiktif"}, {"label": words["Name"], "value": "Calon Fiktif"},
        {"label": words["Username"], "value": "calon.fiktif"}]}]}  # fmt: skip
    media = {"title": words["Media"], "dict": [{"title": "", "dict": [
        {"label": words["URL"], "value": "https://www.instagram.com/reel/FIKTIF1/", "href": "https://www.instagram.com/reel/FIKTIF1/"},
        {"label": words["Caption"], "value": "Ayo hadir di lapangan kita"}, {"title": "Hashtags", "dict": []}, owner]}]}  # fmt: skip
    values = [{"label": words["Text"], "value": text}] if text else []
    return meta.labelled(
        second, *values, {"label": words["Expiry"], "timestamp_value": meta.T + 99}, media, fbid=str(900 + second)
    )


ENGLISH = {word: word for word in ("Owner", "URL", "Name", "Username", "Media", "Caption", "Text")} | {
    "Expiry": "Expiry time"
}
NOBODYS = {word: f"Zub{number}" for number, word in enumerate(ENGLISH)}


@pytest.mark.parametrize("words", [ENGLISH, {**NOBODYS, "Text": "Text"}])
def test_a_labelled_repost_is_a_share_of_its_original(tmp_path: Path, words: dict[str, str]) -> None:
    rows = acts(
        tmp_path,
        {
            OWN + "media/reposts.json": meta.dumped(
                [labelled_repost(1, "setuju", words), labelled_repost(2, None, words)]
            )
        },
    )
    original = ("calon.fiktif", "https://www.instagram.com/reel/FIKTIF1/", "Ayo hadir di lapangan kita")
    assert picked(rows, "kind", "text", "target_account", "target_url", "target_text") == [
        ("share", "setuju", *original),
        ("share", "", *original),
    ]
    assert [int(row["happened_at"].timestamp()) - meta.T for row in rows] == [1, 2]


def test_reposts_in_the_profile_folder_are_shares(tmp_path: Path) -> None:
    record = {"title": "calon.fiktif", "string_map_data": {
        "Text": {"href": "https://www.instagram.com/p/FIKTIF2/", "value": "ikut bagikan", "timestamp": meta.T + 3}}}  # fmt: skip
    row = one(
        tmp_path,
        {"personal_information/personal_information/reposts.json": meta.dumped({"profile_media_reposts": [record]})},
    )
    assert picked([row], "kind", "text", "target_account", "target_url") == [
        ("share", "ikut bagikan", "calon.fiktif", "https://www.instagram.com/p/FIKTIF2/")
    ]


def test_reactions_to_stories_are_likes_and_answers_are_comments(tmp_path: Path) -> None:
    folder = OWN + "story_interactions/"
    files = {
        folder + "emoji_story_reactions.json": meta.dumped({"story_activities_emoji_quick_reactions": [
            meta.string_list("calon.fiktif", 1, "😡", "https://www.instagram.com/stories/calon.fiktif/1"), meta.string_list("wati_fiktif", 2, "❤️")]}),
        folder + "story_reaction_sticker_reactions.json": meta.dumped({"story_activities_reaction_sticker_reactions": [meta.string_list("calon.fiktif", 3, "👏")]}),
        folder + "questions.json": meta.dumped({"story_activities_questions": [meta.string_list("calon.fiktif", 4, "saya ikut bapak")]}),
        folder + "polls.json": meta.dumped({"story_activities_polls": [meta.string_list("calon.fiktif", 5, "Ya")]}),
    }  # fmt: skip
    found = reading(tmp_path, files)
    rows = sorted(acts(tmp_path, files), key=lambda row: row["happened_at"])
    assert picked(rows, "kind", "target_account", "text", "media_text") == [
        ("like", "calon.fiktif", None, "reaksi: 😡"),
        ("like", "wati_fiktif", None, None),
        ("like", "calon.fiktif", None, "reaksi: 👏"),
        ("comment", "calon.fiktif", "saya ikut bapak", None),
    ]
    assert found.files.set_index("source_file")["outcome"].to_dict()[f"ekspor/{folder}polls.json"] == "ignored"


def _shown(*rows: str) -> bytes:
    return meta.page(
        f'<div class="_3-95 _2pim _a6-h _a6-i">Kerja bakti</div><div class="_3-95 _a6-p"><img src="media/posts/1.jpg"/>{"".join(rows)}</div><div class="_3-94 _a6-o">Oct 03, 2024 5:00 pm</div>'
    )


@pytest.mark.parametrize(
    "page",
    [
        _shown("<div>Tagged users</div><div><div class=\"_a6-q\">wati_fiktif (Wati, S.Sos), calon.fiktif (Calon Fiktif)</div></div>", '<div>Location</div><div class="_a6-q">Balai Fiktif</div>'),
        _shown("<table><tr><td class=\"_2pin _a6_q\">Pengguna yang ditandai<div><div>wati_fiktif (Wati), calon.fiktif (Calon Fiktif)</div></div></td></tr><tr><td class=\"_2pin _a6_q\">Lokasi</td><td class=\"_2pin _2piu _a6_r\">Balai Fiktif</td></tr></table>"),
    ],
    ids=["labels", "table"],
)  # fmt: skip
def test_tagged_people_and_the_place_of_a_page_are_used(tmp_path: Path, page: bytes) -> None:
    row = one(tmp_path, {OWN + "content/posts_1.html": page})
    assert picked([row], "kind", "text", "tagged", "media_text") == [
        ("post", "Kerja bakti", "wati_fiktif;calon.fiktif", "Balai Fiktif")
    ]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("satu.akun (Satu), dua_akun (Dua, M.Si.)", ["satu.akun", "dua_akun"]),
        ("satu.akun, @dua_akun", ["satu.akun", "dua_akun"]),
        ("Nama Panjang Sekali", []),
    ],
)
def test_a_list_of_tagged_people_gives_user_names_only(value: str, names: list[str]) -> None:
    assert tagged([Entry("Tagged users", "", value, None, None)]) == names


def test_labelled_posts_keep_tagged_people_and_place(tmp_path: Path) -> None:
    record = meta.labelled(
        1, {"label": "Caption", "value": "Kerja bakti"}, {"label": "Location", "value": "Balai Fiktif"},
        {"title": "Tagged users", "vec": [{"dict": [{"label": "Name", "value": "Wati F"}, {"label": "Username", "value": "wati_fiktif"}]}]},
    )  # fmt: skip
    row = one(tmp_path, {OWN + "media/posts.json": meta.dumped([record])})
    assert picked([row], "text", "tagged", "media_text") == [("Kerja bakti", "wati_fiktif", "Balai Fiktif")]


def _generations() -> tuple[Files, Files]:
    """The same acts as a download of 2024 and one of 2026 tell them."""
    old, new = "a/", "b/"
    like = "https://www.instagram.com/p/FIKTIF3/"
    owner = meta.nested("Owner", Name="Calon Fiktif", Username="calon.fiktif")
    person = {
        f"{part}personal_information/personal_information/personal_information.json": meta.personal(
            "Username", "asn_0701"
        )
        for part in (old, new)
    }
    first = {
        old + OWN + "likes/liked_posts.json": meta.dumped({"likes_media_likes": [meta.string_list("calon.fiktif", 1, "👍", like)]}),
        old + OWN + "media/posts_1.json": meta.dumped([{"media": [meta.media("111_n", 2, "Kerja bakti")]}]),
        old + OWN + "media/stories.json": meta.dumped({"ig_stories": [meta.media("s1", 5), meta.media("s2", 5)]}),
        old + "connections/followers_and_following/following.json": meta.dumped({"relationships_following": [
            meta.string_list("", 3, "calon.fiktif", "https://www.instagram.com/calon.fiktif")]}),
    }  # fmt: skip
    second = {
        new + OWN + "likes/liked_posts.json": meta.dumped([meta.labelled(1, {"label": "URL", "value": like, "href": like}, owner, fbid="71")]),
        new + OWN + "media/posts_1.json": meta.dumped([{"media": [meta.media("17911111", 2, "Kerja bakti")]}]),
        new + OWN + "media/posts.json": meta.dumped([meta.labelled(2, {"label": "Caption", "value": "Kerja bakti"}, {"label": "URL", "value": "https://www.instagram.com/p/FIKTIF4/"}, fbid="17911111")]),
        new + "connections/followers_and_following/following.json": meta.dumped({"relationships_following": [
            {"title": "calon.fiktif", "string_list_data": [{"href": "https://www.instagram.com/_u/calon.fiktif", "timestamp": meta.T + 3}]}]}),
    }  # fmt: skip
    return {**first, **person}, {**second, **person}


def test_both_generations_name_the_same_target(tmp_path: Path) -> None:
    old, new = (acts(tmp_path / str(number), files) for number, files in enumerate(_generations()))
    for kind in ("like", "follow"):
        sides = [
            picked([row for row in rows if row["kind"] == kind], "actor", "happened_at", "target_account")
            for rows in (old, new)
        ]
        assert sides[0] == sides[1]


def test_one_act_in_two_generations_is_one_activity(tmp_path: Path) -> None:
    first, second = _generations()
    found = reading(tmp_path, {**first, **second})
    kinds = found.activities["kind"].value_counts().to_dict()
    assert kinds == {"like": 1, "follow": 1, "post": 3}  # the post once, and two stories of one second
