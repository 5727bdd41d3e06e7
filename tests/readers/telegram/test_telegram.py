"""Telegram exports: the words as they were formatted, who signed, where a forward went; all people are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.readers.ingest import faulty
from screening.readers.telegram.messages import text_of
from tests.readers import own_chat_cases as chats
from tests.readers.cases import Files
from tests.readers.read_back import acts, one, picked, reading


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def export(*messages: dict[str, Any], kind: str = "private_supergroup", name: str = "Warga Fiktif") -> Files:
    return {
        "ChatExport/result.json": json.dumps({"name": name, "type": kind, "id": 7, "messages": list(messages)}).encode()
    }


def pieces(*parts: tuple[str, str]) -> list[dict[str, str]]:
    return [{"type": kind, "text": text} for kind, text in parts]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (
            [("bold", "AYO"), ("plain", " "), ("bold", "SENAM"), ("plain", "\n\n"), ("hashtag", "#sehat")],
            "AYO SENAM\n\n#sehat",
        ),
        (
            [
                ("mention", "@tono"),
                ("plain", " "),
                ("mention", "@wati"),
                ("plain", "\u00a0"),
                ("link", "https://contoh.test"),
            ],
            "@tono @wati\u00a0https://contoh.test",
        ),
        ([("plain", "  "), ("italic", "x"), ("plain", "\n")], "  x\n"),
    ],
)
def test_blanks_and_line_breaks_between_pieces_are_kept(parts: list[tuple[str, str]], text: str) -> None:
    assert text_of({"text_entities": pieces(*parts), "text": "lain"}) == text
    assert (
        text_of({"text": [part if kind == "plain" else {"type": kind, "text": part} for kind, part in parts]}) == text
    )
    assert text_of({"text": text}) == text


def test_a_signed_channel_post_is_the_authors_and_an_admins_title_in_a_group_is_nobody(tmp_path: Path) -> None:
    signed = chats.message(1, "Kanal Fiktif", "Pengumuman", author="Wati Fiktif")
    row = one(tmp_path / "a", export(signed, kind="public_channel", name="Kanal Fiktif"))
    assert (row["actor"], row["target_account"], row["visibility"]) == ("Wati Fiktif", "Kanal Fiktif", "public")
    anonymous = chats.message(1, "Warga Fiktif", "Pengumuman", author="Ketua")
    assert one(tmp_path / "b", export(anonymous))["actor"] == "Warga Fiktif"


def test_a_forward_names_where_it_came_from_and_where_it_went(tmp_path: Path) -> None:
    rows = acts(tmp_path, export(
        chats.message(1, "Tono Fiktif", "satu", forwarded_from="Kanal Fiktif", forwarded_from_id="channel5"),
        chats.message(2, "Tono Fiktif", "dua", forwarded_from=None),
        chats.message(3, "Tono Fiktif", "tiga", forwarded_from=None, forwarded_from_id="user9"),
    ))  # fmt: skip
    assert picked(rows, "kind", "text", "target_text", "target_account", "target_kind", "media_text") == [
        ("share", "", "satu", "Kanal Fiktif", "account", "diteruskan ke: Warga Fiktif"),
        ("share", "", "dua", "Warga Fiktif", "group", None),
        ("share", "", "tiga", "user9", "account", "diteruskan ke: Warga Fiktif"),
    ]


def test_a_reply_names_what_it_answers_when_the_file_holds_it(tmp_path: Path) -> None:
    rows = acts(tmp_path, export(
        chats.message(1, "Wati Fiktif", "siapa ikut?"),
        chats.message(2, "Tono Fiktif", "saya", reply_to_message_id=1),
        chats.message(3, "Tono Fiktif", "entah", reply_to_message_id=999),
    ))  # fmt: skip
    assert picked(rows, "target_account", "target_text", "media_text") == [
        ("Warga Fiktif", None, None),
        ("Warga Fiktif", "siapa ikut?", "membalas: Wati Fiktif"),
        ("Warga Fiktif", None, None),
    ]


def test_replies_are_resolved_inside_of_one_chat_only(tmp_path: Path) -> None:
    def chat(name: str, *messages: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "type": "private_group", "id": 1, "messages": list(messages)}

    first, second = (
        chats.message(1, "Wati Fiktif", "kalimat lain"),
        chats.message(2, "Tono Fiktif", "ya", reply_to_message_id=1),
    )
    full = {"about": "x", "chats": {"list": [chat("Satu", first), chat("Dua", second)]}}
    rows = acts(tmp_path, {"result.json": json.dumps(full).encode()})
    assert picked(rows, "text", "target_text") == [("kalimat lain", None), ("ya", None)]


def test_what_a_message_shows_besides_its_words_is_kept(tmp_path: Path) -> None:
    linked = [{"type": "text_link", "text": "di sini", "href": "https://t.me/kanal_fiktif"}]
    rows = acts(tmp_path, export(
        chats.message(1, "Tono Fiktif", linked, text_entities=linked),
        chats.message(2, "Tono Fiktif", "", poll={"question": "Siapa?", "answers": [{"text": "A", "voters": 1}, {"text": "B"}]}),
        chats.message(3, "Tono Fiktif", "", place_name="Balai Fiktif", location_information={"latitude": 0}),
        chats.message(4, "Tono Fiktif", "", todo_list={"title": "Tugas", "items": [{"text": "pasang spanduk"}]}),
        chats.message(5, "Tono Fiktif", "", contact_information={"first_name": "RAHASIA", "phone_number": "0811"}),
    ))  # fmt: skip
    assert picked(rows, "text", "media_text") == [
        ("di sini", "https://t.me/kanal_fiktif"),
        ("", "Siapa?\nA\nB"),
        ("", "Balai Fiktif"),
        ("", "Tugas\npasang spanduk"),
        ("", None),
    ]


def test_a_deleted_member_joins_nothing(tmp_path: Path) -> None:
    rows = acts(tmp_path, export(chats.service(1, "Wati Fiktif", "invite_members", members=[None, "Tono Fiktif", ""])))
    assert picked(rows, "kind", "actor") == [("join", "Tono Fiktif")]


PAGE = b"""<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header"></div>
<div class="page_body chat_page"><div class="history"><div class="message default clearfix" id="message1">RAHASIA</div></div></div></body></html>"""


def test_pages_are_told_to_ask_for_json_and_are_no_second_export(tmp_path: Path) -> None:
    found = reading(tmp_path / "a", {"ChatExport_2024/messages.html": PAGE})
    assert not len(found.activities)
    assert "minta ekspor format JSON" in found.files["note"].iloc[0]
    both = reading(
        tmp_path / "b",
        {
            "X/messages.html": PAGE,
            **{"X/result.json": export(chats.message(1, "Tono Fiktif", "halo"))["ChatExport/result.json"]},
        },
    )
    assert dict(zip(both.files["reader"], both.files["outcome"], strict=True)) == {
        "telegram": "read",
        "telegram-html": "ignored",
    }


def test_a_section_nobody_knows_is_told_and_private_ones_are_not(tmp_path: Path) -> None:
    full = {"about": "x", "contacts": {"list": [{"first_name": "RAHASIA"}]}, "stories": [{"id": 1}, {"id": 2}], "frequent_contacts": {"list": []},
            "chats": {"list": [{"name": "Warga", "type": "private_group", "id": 1, "messages": [chats.message(1, "Tono Fiktif", "halo")]}]}}  # fmt: skip
    files = reading(tmp_path, {"result.json": json.dumps(full).encode()}).files
    assert files["warning"].tolist() == ["1 daftar tidak dibaca karena belum dikenal: stories (2)"]
