"""The platform inputs handed over with the task, where they lie beside the project; skipped elsewhere.

What each must give is restated here; the tests of the platforms' own folders show the same with own inputs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening import readers

GIVEN = Path(__file__).parents[3] / "shared" / "exports-inputs"

pytestmark = pytest.mark.skipif(not GIVEN.is_dir(), reason="the handed-over inputs do not lie beside the project")


def read(name: str) -> tuple[list[dict[str, Any]], pd.DataFrame]:
    """The activities without missing values, and FILES."""
    found = readers.read([GIVEN / name])
    rows = found.activities.to_dict("records")
    return [
        {str(key): value for key, value in row.items() if not (value is None or value != value)} for row in rows
    ], found.files


def columns(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row.get(name) for name in names) for row in rows]


def local(row: dict[str, Any]) -> str:
    return str(row["happened_at"].tz_convert("Asia/Jakarta"))[:19]


def test_facebook_sections() -> None:
    rows, _ = read("facebook/html_section")
    assert sorted((row["kind"], row["text"], row.get("target_account"), local(row)) for row in rows) == [
        ("comment", "mantap pak, coblos 2", "Paslon Contoh", "2024-11-14 22:13:20"),
        ("comment", "siap menang", "Budi Contoh", "2024-11-15 22:13:20"),
        ("post", "Dukung paslon contoh", None, "2024-11-16 22:13:20"),
    ]


def test_facebook_shares() -> None:
    rows, files = read("facebook/share_shapes")
    by_time = {int(row["happened_at"].timestamp()) - 1_727_740_000: row for row in rows}
    told = {
        at: columns([row], "kind", "text", "target_account", "target_kind", "target_text", "target_url", "media_text")[
            0
        ]
        for at, row in by_time.items()
    }
    assert told[1000] == ("share", "", None, "content", "Ayo coblos paslon contoh", None, None)
    assert told[1100] == ("share", "Gabung yuk", "Relawan Paslon Contoh", "group", None, None, None)
    assert told[1150][:4] == ("share", "", "Paslon Contoh", "page")
    assert told[1200][5] == "https://example.com/a"
    assert told[1500][6] == "Posko Pemenangan Paslon Contoh"
    assert told[1600][4] == "Kampanye Akbar Contoh"
    assert told[1700][6] == "Pilih paslon?\nPaslon 1\nPaslon 2"
    assert by_time[1800]["tagged"] == "Budi Contoh;Rina Contoh"
    assert told[1900][6] == "Mulai jadi relawan Paslon Contoh"
    assert told[2000][:3] == ("post", "Selamat berjuang", "Paslon Contoh")
    assert told[2300][6] == "Dana kampanye paslon contoh"
    assert (by_time[3000]["text"], by_time[3000]["tagged"]) == ("Paslon Contoh mantap", "Paslon Contoh")
    assert [told[at][2] for at in (3100, 3200, 3300, 3400)] == ["Budi Contoh"] * 3 + [None]
    assert [told[at][2] for at in (4000, 4100, 4200, 4300, 4400)] == ["Paslon Contoh"] * 4 + [None]
    assert [told[at][2] for at in (5000, 5100, 5200, 5300)] == ["Relawan Contoh"] * 4
    assert columns(rows, "kind").count(("join",)) == 1
    assert files["rejected"].sum() == 3
    assert sorted(row["target_account"] for row in rows if row["kind"] == "follow") == [
        "Partai Contoh",
        "Paslon Contoh",
    ]


def test_whatsapp() -> None:
    rows, _ = read("whatsapp/agenda")
    assert columns(rows, "actor") == [("Siti Contoh",), ("Joko Contoh",)]
    assert rows[0]["text"].count("\n") == 3
    assert read("whatsapp/private_pasted")[0] == []
    rows, _ = read("whatsapp/community")
    joined = [row.get("actor") for row in rows if row["kind"] == "join"]
    assert joined == [None, "Siti Contoh", "Joko Contoh", "Tuti Contoh", "+62 812-0000-0001"]
    assert columns([row for row in rows if row["kind"] == "post"], "actor", "text")[-1] == (
        "Rina Contoh",
        "Budi sudah bergabung",
    )


_TIMES = {
    "01_mdy_pm_dots": None, "02_dash_dot_PM": "2018-06-23 13:55:00", "03_dots_sec_colon": "2018-06-13 21:25:15", "04_br_dots": "2018-06-13 21:25:15",
    "05_klo": "2018-06-13 21:25:15", "06_hr": "2018-06-13 21:25:15", "07_br_p_m": "2018-06-23 13:55:00", "09_ymd": "2018-06-13 21:25:15", "12_nnbsp": "2018-06-23 13:55:00",
    "13_nospace": "2026-07-09 02:28:09", "14_id_ios": "2024-10-12 14:05:03", "15_id_ios_comma": "2024-10-12 14:05:03", "20_LRM_front": "2024-10-12 14:05:03",
    "21_tilde": "2024-10-12 14:05:03",
    **dict.fromkeys(("16_id_android_pukul", "17_named_month", "19_endash", "22_siang", "23_AM_dot", "24_nbsp_am", "25_dash_date", "26_iso",
                     "27_emdash_name_colon", "28_waweb_copy", "29_arab_comma"), "2024-10-12 14:05:00"),
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(_TIMES))
def test_forms_of_whatsapp(form: str) -> None:
    rows, files = read(f"whatsapp/formats/{form}")
    before = "Humas: " if form.startswith("27") else ""
    assert columns(rows, "actor", "text", "target_account") == [
        (f"{before}{name} Contoh", text, "Grup Contoh") for name, text in (("Budi", "halo"), ("Siti", "dukung paslon"), ("Rina", "siap"), ("Budi", "ok"))
    ]  # fmt: skip
    assert {local(row) if "happened_at" in row else None for row in rows} == {_TIMES[form]}
    assert _TIMES[form] is not None or files["note"].notna().all()


def test_tiktok() -> None:
    rows, files = read("tiktok/v2026")
    video = "https://www.tiktokv.com/share/video/730000000000000000{}/"
    assert sorted(columns(rows, "kind", "text", "target_url"), key=str) == sorted([
        ("comment", "Menang paslon contoh", video.format(1)), ("comment", "", video.format(2)),
        ("comment", "gas 2 periode", "https://www.tiktok.com/@paslon.contoh/live"), ("like", None, video.format(3)),
        ("post", "Dukung paslon contoh #paslon", "https://www.tiktok.com/@sri.contoh/video/7300000000000000004"), ("post", "dihapus: coblos 2", None),
        ("post", "story coblos 2", None), ("post", "Dukung paslon contoh", None), ("follow", None, None), ("share", "", video.format(6)), ("share", "", video.format(5)),
    ], key=str)  # fmt: skip
    assert {row["actor"] for row in rows} == {"sri.contoh"}
    assert "FavoriteVideoList" in files["warning"].iloc[0]


def test_telegram() -> None:
    assert read("telegram/bold")[0][0]["text"] == "DUKUNG PASLON\n#contoh"
    rows, _ = read("telegram/group")
    by_id = {row["record_id"]: row for row in rows}
    assert by_id["1"]["text"] == "Lihat https://paslon.example @budi_contoh"
    assert by_id["2"]["target_text"] == by_id["1"]["text"]
    assert by_id["4"]["media_text"] == "Pilih siapa?\nPaslon 1\nPaslon 2"
    assert columns([by_id["6"]], "kind", "target_text", "target_account") == [
        ("share", "Diteruskan dari akun terhapus", "Grup Relawan Contoh")
    ]
    assert [row["actor"] for row in rows if row["kind"] == "join"] == ["Joko Contoh", "Joko Contoh"]
    assert columns([by_id["12"]], "text", "media_text") == [("klik", "https://t.me/paslon_contoh")]
    assert [by_id[number]["media_text"] for number in ("14", "15")] == ["Posko Paslon Contoh", "Tugas relawan"]
    assert by_id["5"]["actor"] == "user9"


def test_x_from_three_sources() -> None:
    rows, _ = read("overlap")
    assert sorted(columns(rows, "record_id", "kind", "actor", "target_account", "target_url")) == [
        (
            "1800000000000000003",
            "comment",
            "sri_contoh",
            "paslon_contoh",
            "https://x.com/paslon_contoh/status/1800000000000000000",
        ),
        ("1800000000000000004", "post", "sri_contoh", None, "https://x.com/sri_contoh/status/1800000000000000004"),
    ]


def test_linkedin() -> None:
    rows, files = read("other/linkedin")
    assert {(row["kind"], row.get("text"), str(row["happened_at"])) for row in rows} == {
        ("comment", "Dukung paslon contoh", "2026-02-09 01:21:47+00:00"),
        ("share", "", "2026-02-09 01:21:47+00:00"),
        ("like", None, "2026-02-09 01:21:47+00:00"),
    }
    assert "PRAISE" in next(row["media_text"] for row in rows if row["kind"] == "like")
    assert files.set_index(files["source_file"].str.rpartition("/")[2])["outcome"]["Votes.csv"] == "ignored"
