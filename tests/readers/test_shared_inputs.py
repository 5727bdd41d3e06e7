"""Inputs with known answers that lie outside the checkout; skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers
from screening.readers.ingest.warnings import left_alone, warnings

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "exports-inputs"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="the shared inputs are not here")]


def read(place: str) -> readers.Reading:
    return readers.read([SHARED / place])


def test_first_records_beyond_the_head() -> None:
    found = read("heads/twarc_page").activities
    assert (len(found), set(found["kind"]), found["actor"].nunique()) == (100, {"post"}, 5)
    apify = read("heads/apify").activities
    assert apify[apify["kind"] == "post"][["actor", "tagged"]].to_numpy().tolist() == [
        ["sri.contoh", "budi.contoh;rina.contoh"]
    ]
    assert (apify["kind"] == "comment").sum() == 100


def test_one_account_from_three_sources() -> None:
    found = read("overlap").activities.set_index("record_id")
    assert len(found) == 2
    reply = found.loc["1800000000000000003"]
    assert (reply["kind"], reply["actor"], reply["target_account"]) == ("comment", "sri_contoh", "paslon_contoh")
    assert reply["target_url"] == "https://x.com/paslon_contoh/status/1800000000000000000"


def test_ways_of_writing_a_date() -> None:
    found = read("tables/dates")
    assert (len(found.activities), len(found.rejected)) == (52, 1)
    local = found.activities.set_index("actor")["happened_at"].dt.tz_convert("Asia/Jakarta").dt.strftime("%d.%m. %H:%M")
    assert {local[f"akun{n}"] for n in (1, 8, 9, 11, 13, 14, 20, 22, 25, 26, 27, 30, 32, 33, 34, 36, 42, 43, 44)} == {
        "12.10. 14:05"
    }
    assert {local[f"akun{n}"] for n in (2, 6, 18, 19, 23, 24, 31, 35, 37)} == {"12.10. 00:00"}
    assert local["akun12"] == "12.10. 20:00"
    absent = found.activities.set_index("actor")["time_basis"].eq("absent")
    assert {f"akun{n}" for n in (15, 16, 17, 28, 29, 51)} == set(absent.index[absent])


@pytest.mark.parametrize(("place", "acts"), [("odd", 15), ("people", 8), ("uraian", 1), ("merged", 5), ("enc", 2004)])
def test_hand_made_tables(place: str, acts: int) -> None:
    assert len(read(f"tables/{place}").activities) == acts


def test_containers() -> None:
    found = read("archives")
    told = " ".join([*warnings(found.files), *left_alone(found.files)])
    tiktok = found.files[found.files["source_file"].str.endswith("user_data_tiktok.json")]
    assert len(tiktok) >= 4
    assert (tiktok["activities"] > 0).sum() == 1
    for name in ("rekap_terkunci.xlsx", "ekspor.7z", "ekspor.rar", "salah_nama.zip", "rekap.xls", "rekap.ods", "halaman.mhtml",
                 "unduhan.zip", "Sri Contoh _ Facebook.html", "x.json", "catatan.txt"):  # fmt: skip
        assert name in told, name
    assert {"Dukung paslon contoh", "Dukung"} <= set(found.activities["text"])
