"""Hand-made tables: the header is found by its words, wherever and however people wrote it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening import readers
from screening.platforms import platform_of_address
from screening.readers.core.headers import folded
from screening.readers.core.vocabulary import canonical
from screening.readers.tables.analyst_header import meaning, score
from tests.readers.table_cases import workbook


def read(tmp_path: Path, text: str | bytes, name: str = "a.csv") -> Any:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return readers.read([path])


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Hari/Tanggal", "happened_at"),
        ("  TGL. POSTING ", "happened_at"),
        ("Jam (WITA)", "clock"),
        ("Nama_Akun", "actor"),
        ("Isi  Postingan", "text"),
        ("Link", "target_url"),
        ("Bentuk", "kind"),
        ("NIP", "nip"),
        ("Entah", None),
    ],
)
def test_headers_are_known_in_any_spelling(header: str, column: str | None) -> None:
    assert meaning(folded(header)) == column


def test_a_sentence_is_no_header() -> None:
    assert score([folded(word) for word in ("saya", "isi bensin", "tanggal merah")]) == 0


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_delimiter_and_encoding_do_not_matter(mark: str, encoding: str, tmp_path: Path) -> None:
    text = mark.join(["Akun", "Tanggal", "Isi"]) + "\r\n" + mark.join(["asn_0601", "03/10/2024", "“pagi” é"]) + "\r\n"
    found = read(tmp_path, text.encode(encoding)).activities.iloc[0]
    assert (found["actor"], found["text"]) == ("asn_0601", "“pagi” é")


def test_the_zone_in_a_header_counts_unless_the_cell_has_its_own(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Akun,Tanggal,Jam (WITA),Isi\na,03/10/2024,14.30,x\na,03/10/2024,14.30 WIB,y\na,03/10/2024,,z\n"
    )
    assert list(found.activities["happened_at"].dt.hour) == [6, 7, 17]
    assert list(found.activities["time_basis"]) == ["exact_utc", "exact_utc", "date_only"]


def test_an_impossible_date_is_rejected_and_vague_words_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi\na,31/02/2024,x\na,menyusul,y\na,14 s.d. 16 Agustus 2024,z\n")
    assert list(found.rejected["source_pointer"]) == ["row 2"]
    assert list(found.activities["time_basis"]) == ["absent", "absent"]
    assert list(found.activities["time_raw"]) == ["menyusul", "14 s.d. 16 Agustus 2024"]


def test_a_rejected_row_shows_no_text(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi,NIP\na,31/02/2024,rahasia sekali,198501012010011001\n").rejected
    assert "rahasia" not in found.to_csv()
    assert "1985" not in found.to_csv()


def test_the_identity_number_never_reaches_the_activities(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,NIP,Tanggal,Isi\na,198501012010011001,03/10/2024,x\n")
    assert "1985" not in found.activities.to_csv()


def test_totals_blank_rows_and_repeated_headers_are_no_records(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi\na,03/10/2024,x\n,,\nAkun,Tanggal,Isi\nb,04/10/2024,y\nJumlah,,2\n")
    assert list(found.activities["actor"]) == ["a", "b"]
    assert found.files.iloc[0]["read"] == 2


def test_total_as_an_account_name_with_a_date_is_a_record(tmp_path: Path) -> None:
    assert len(read(tmp_path, "Akun,Tanggal,Isi\ntotal,03/10/2024,x\n").activities) == 1


def test_a_second_table_below_the_first_is_read_by_its_own_header(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi\na,03/10/2024,x\n,,,\nIsi,Akun,Tanggal\ny,b,04/10/2024\n").activities
    assert list(zip(found["actor"], found["text"], strict=True)) == [("a", "x"), ("b", "y")]


@pytest.mark.parametrize(
    ("written", "kind"),
    [("unggah", "post"), ("Komentar", "comment"), ("balas", "comment"), ("SUKA", "like"), ("bagikan", "share"),
     ("Retweet", "share"), ("mengikuti", "follow"), ("gabung grup", "join"), ("bio", "bio")],
)  # fmt: skip
def test_kinds_in_peoples_words(written: str, kind: str) -> None:
    assert canonical("kind", written) == kind


@pytest.mark.parametrize(
    ("address", "platform"),
    [("https://www.instagram.com/p/x", "instagram"), ("fb.com/x", "facebook"), ("https://m.facebook.com/x", "facebook"),
     ("https://vt.tiktok.com/x", "tiktok"), ("youtu.be/x", "youtube"), ("https://x.com/a", "x"), ("https://t.me/a", "telegram"),
     ("https://contoh.test/x.com", None), ("bukan alamat", None), (None, None)],
)  # fmt: skip
def test_the_address_tells_the_platform(address: str | None, platform: str | None) -> None:
    assert platform_of_address(address) == platform


def test_a_text_column_named_komentar_makes_comments(tmp_path: Path) -> None:
    assert list(read(tmp_path, "Akun,Tanggal,Komentar\na,03/10/2024,setuju\n").activities["kind"]) == ["comment"]


def test_numbers_written_as_text_and_ids_stay_text(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        sheet = book.create_sheet("Data")
        sheet.append(["ID", "Akun", "Tanggal", "Isi"])
        sheet.append(["007", 12345, datetime(2024, 10, 3, 8, 0), "x"])  # noqa: DTZ001
        sheet.append([1.79e18, "b", 45568, 2024])

    found = read(tmp_path, workbook(build), "a.xlsx")
    assert list(found.activities["record_id"].fillna("-")) == ["007", "-"]
    assert list(found.activities["actor"]) == ["12345", "b"]
    assert found.activities.iloc[1]["text"] == "2024"
    assert "rusak oleh Excel" in found.files.iloc[0]["note"]


def test_a_workbook_by_another_name_and_an_old_one_are_told_apart(tmp_path: Path) -> None:
    def build(book: Any) -> None:
        sheet = book.create_sheet("Data")
        sheet.append(["Akun", "Tanggal", "Isi"])
        sheet.append(["a", "03/10/2024", "x"])

    assert len(read(tmp_path, workbook(build), "rekap.csv").activities) == 1
    assert "simpan ulang" in read(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 600, "rekap.xls").files.iloc[0]["note"]


def test_mixed_order_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi\na,04/25/2024,x\nb,03/04/2024,y\n")
    assert list(found.activities["happened_at"].dt.tz_convert("Asia/Jakarta").dt.strftime("%d/%m")) == [
        "25/04",
        "04/03",
    ]
    assert "bulan/hari/tahun" in found.files.iloc[0]["note"]


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    assert "Entah" in read(tmp_path, "Akun,Tanggal,Isi,Entah\na,03/10/2024,x,1\n").files.iloc[0]["note"]


def test_an_empty_table_is_ordinary(tmp_path: Path) -> None:
    found = read(tmp_path, "Akun,Tanggal,Isi\n")
    assert len(found.activities) == 0
    assert list(found.files["outcome"]) == ["read"]
    assert isinstance(found.activities, pd.DataFrame)


def test_of_several_account_columns_a_name_counts_and_an_address_tells_the_platform(tmp_path: Path) -> None:
    rows = [
        "User Id,Username,Comment Id,Comment Text,Profile URL,Date",
        "71,asn_0001,17,semoga lancar,https://www.instagram.com/asn_0001,2024-10-02 08:00",
        "72,,18,ikut hadir,https://www.instagram.com/asn_0002,2024-10-02 08:01",
    ]
    (tmp_path / "komentar.csv").write_text("\n".join(rows), encoding="utf-8")
    found = readers.read([tmp_path]).activities
    assert found[["actor", "platform", "kind"]].to_numpy().tolist() == [
        ["asn_0001", "instagram", "comment"],
        ["asn_0002", "instagram", "comment"],
    ]
