"""Addresses that apps give out to share a post name a post, never a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers


@pytest.mark.parametrize(
    "link",
    ["https://vt.tiktok.com/ZSabc12/", "https://vm.tiktok.com/ZMabc/", "https://fb.watch/aBc1_x/",
     "https://www.facebook.com/share/1AbCdE/", "https://www.facebook.com/share/v/1AbC/",
     "https://www.facebook.com/groups/12345/", "https://www.instagram.com/stories/budi.contoh/345/",
     "https://www.instagram.com/s/aGlnaA?story_media_id=1", "https://youtube.com/live/abc?si=1",
     "https://t.me/relawan_contoh/12", "https://www.tiktok.com/t/ZT1/", "https://www.threads.com/@budi/post/AB"],
)  # fmt: skip
def test_a_shared_address_never_becomes_the_person(tmp_path: Path, link: str) -> None:
    table = f"Terlapor,Uraian kejadian,Tautan,Tanggal\nBudi Contoh,Mengomentari unggahan paslon,{link},12/10/2024\n"
    (tmp_path / "aduan.csv").write_text(table, encoding="utf-8")
    (act,) = readers.read([tmp_path]).activities.to_dict("records")
    assert act["actor"] == "Budi Contoh"
    assert act["target_url"] == link
    assert act["kind"] == "comment"


def test_an_address_of_a_profile_is_still_the_person(tmp_path: Path) -> None:
    table = "Isi,Tautan,Tanggal\nDukung paslon contoh,https://www.instagram.com/budi.contoh?igsh=abc,12/10/2024\n"
    (tmp_path / "aduan.csv").write_text(table, encoding="utf-8")
    (act,) = readers.read([tmp_path]).activities.to_dict("records")
    assert act["actor"] == "budi.contoh"
