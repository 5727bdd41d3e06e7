"""One row for accounts on several platforms, and tables whose texts are HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers


@pytest.mark.parametrize(
    ("accounts", "platforms", "link", "actor", "platform"),
    [
        ("budi.contoh / budi_tt", "IG / TikTok", "-", "budi.contoh", "instagram"),
        ("budi.contoh / budi_tt", "IG/TikTok", "https://www.tiktok.com/@x/video/7300000000000000001", "budi_tt", "tiktok"),
        ("@budi.contoh; Budi Contoh", "Instagram dan Facebook", "https://www.facebook.com/x/posts/1", "Budi Contoh", "facebook"),
        ("budi / contoh", "Instagram", "-", "budi / contoh", "instagram"),  # one platform: nothing says whose which is
    ],
)  # fmt: skip
def test_as_many_accounts_as_platforms_are_one_each(
    tmp_path: Path, accounts: str, platforms: str, link: str, actor: str, platform: str
) -> None:
    table = f"Nama,Akun Medsos,Platform,Bentuk,Tgl,Link\nBudi Contoh,{accounts},{platforms},Share,12/10/2024,{link}\n"
    (tmp_path / "rekap.csv").write_text(table, encoding="utf-8")
    (act,) = readers.read([tmp_path]).activities.to_dict("records")
    assert (act["actor"], act["platform"], act["kind"]) == (actor, platform, "share")


def test_several_platforms_alone_make_nobody(tmp_path: Path) -> None:
    table = "Isi,Platform,Bentuk,Tgl,Link\nhalo,Instagram dan Facebook,Share,12/10/2024,-\n"
    (tmp_path / "rekap.csv").write_text(table, encoding="utf-8")
    assert readers.read([tmp_path]).activities["actor"].isna().all()


def test_texts_handed_out_for_showing_are_plain_words(tmp_path: Path) -> None:
    rows = [
        '@asn_0123,2024-10-12T07:05:00Z,"dukung <b>paslon</b><br>2 &amp; menang &lt;3"',
        "@asn_0124,2024-10-12T07:06:00Z,1 < 2 dan 3 > 2",
    ]
    head = "authorDisplayName,publishedAt,textDisplay\n"
    (tmp_path / "k.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    texts = list(readers.read([tmp_path]).activities["text"])
    assert texts == ["dukung paslon\n2 & menang <3", "1 < 2 dan 3 > 2"]
