"""The columns of the review file are a promise."""

from __future__ import annotations

import pytest

from screening.sheets import COLUMNS, LISTS, columns_where, finding_key, fingerprint, sheet_id
from screening.sheets.columns import GROUPS

REVIEWER = (
    "putusan",
    "kode_perbuatan_koreksi",
    "catatan",
    "penelaah",
    "tanggal_telaah",
    "benturan_kepentingan",
    "tahap",
    "tenggat",
    "nomor_surat",
    "hasil_klarifikasi",
    "status_asn",
    "berkas_tangkapan",
)


def test_names_are_unique_and_every_column_is_explained() -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(column.meaning.endswith(".") and column.group in GROUPS for column in COLUMNS)
    assert all(column.list in LISTS for column in COLUMNS if column.kind == "list")


def test_people_fill_these_columns_and_the_machine_all_others() -> None:
    assert columns_where(locked=False) == REVIEWER
    assert "putusan" not in columns_where(locked=True)


def test_the_decisions_are_those_of_the_workflow() -> None:
    assert list(LISTS["putusan"]) == [
        "LAYAK KLARIFIKASI",
        "TIDAK CUKUP BUKTI",
        "BUKAN PELANGGARAN",
        "BUKAN ASN/SALAH IDENTITAS",
        "DUPLIKAT",
        "PERLU DATA",
    ]


@pytest.mark.parametrize("name", [name for name in columns_where(locked=True) if name != "sidik_baris"])
def test_altering_any_locked_cell_changes_the_fingerprint(name: str) -> None:
    row = dict.fromkeys((column.name for column in COLUMNS), "x")
    assert fingerprint(row | {name: "y"}) != fingerprint(row)


@pytest.mark.parametrize("name", [*REVIEWER, "sidik_baris"])
def test_deciding_does_not_change_the_fingerprint(name: str) -> None:
    row = dict.fromkeys((column.name for column in COLUMNS), "x")
    assert fingerprint(row | {name: "y"}) == fingerprint(row)


def test_the_fingerprint_survives_what_spreadsheets_do_to_numbers_and_line_ends() -> None:
    row = {"skor": 87, "teks_bukti": "satu\ndua", "poin": 105}
    assert fingerprint(row) == fingerprint({"skor": "87", "teks_bukti": "satu\r\ndua", "poin": 105.0})


def test_ids_keep_a_textual_prefix() -> None:
    assert sheet_id("12345678901234567890") == "T-12345678901234567890"
    assert sheet_id("T-1") == "T-1"
    assert finding_key(" T-12e5 ") == "12e5" == finding_key("12e5")
