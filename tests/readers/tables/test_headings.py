"""Headings as they stand in tables and forms of public repositories; what values say; whose words are whose."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from screening import readers
from screening.readers.core.headers import folded
from screening.readers.ingest.inspect import inspect
from screening.readers.tables.analyst_acts import kinds_of
from screening.readers.tables.analyst_header import meaning

HEADINGS = Path(__file__).resolve().parents[2] / "data" / "table_headings.csv"
A2 = [
    "No", "Hari/Tanggal", "Jam", "Nama ASN", "NIP", "Unit Kerja", "Medsos", "Nama Akun", "Bentuk Aktivitas",
    "Isi Postingan / Komentar", "Link / URL", "Keterangan",
]  # fmt: skip


def read(tmp_path: Path, text: str, name: str = "rekap.csv") -> Any:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return readers.read([tmp_path / name])


def test_nine_of_ten_collected_headings_are_understood() -> None:
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    wrong = [
        (row["heading"], row["column"], meaning(folded(row["heading"])))
        for row in rows
        if meaning(folded(row["heading"])) != row["column"]
    ]
    assert len(rows) >= 150
    assert len(wrong) <= len(rows) // 10, wrong
    # Nobody's own words are ever put into a person's mouth.
    assert [one for one in wrong if one[1] in ("description", "remarks", "ignored") and one[2] == "text"] == []


def test_headings_collected_later_are_used_as_they_should_be() -> None:
    """Three batches that nobody had looked at before; "|" stands between uses that do no harm, unknown ones are not used."""
    with HEADINGS.with_name("table_headings_later.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    wrong = []
    for row in rows:
        used = (meaning(folded(row["heading"])) or "ignored").partition(":")[0]
        if used not in row["column"].split("|"):
            wrong.append((row["heading"], row["column"], used))
    assert len(rows) >= 250
    assert len(wrong) <= len(rows) // 20, wrong
    assert [one for one in wrong if one[2] == "text"] == []  # nothing strange is put into a person's mouth


@pytest.mark.parametrize(
    ("heading", "column"),
    [("commentText", "text"), ("linkpostingan", "target_url"), ("namaakun", "actor"), ("ownerUsername", "actor"), ("replyCount", "ignored"),
     ("Jumlah Ter-upload", "ignored"), ("Status Publikasi", "ignored"), ("Status FB", "text"), ("is_ad", "ignored"), ("Nama Facebook", "actor:facebook"),
     ("Alamat Pengirim", "ignored"), ("Tanggal Pemantauan", "ignored"), ("in_reply_to_screen_name", "target_account"), ("Nama / NIP", "fallback_actor")],
)  # fmt: skip
def test_words_written_together_and_words_that_only_count(heading: str, column: str) -> None:
    assert meaning(folded(heading)) == column


def test_a_number_beside_a_name_goes_nowhere(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "No;Nama / NIP;Tanggal;Isi Komentar\n1;Andi Contoh / NIP. 19900101 201501 1 001;12/10/2024;Halo semua\n2;199001012015011001;13/10/2024;Halo\n",
    ).activities
    assert found["actor"].fillna("").tolist() == ["Andi Contoh", ""]
    assert "19900101" not in found.to_csv()


def test_a_number_of_an_account_is_used_only_where_no_column_names_it(tmp_path: Path) -> None:
    found = read(tmp_path, "commenterUid;commenterUsername;commentText;commentDate\n7001;asn.contoh;Halo;2024-10-12\n")
    assert found.activities["actor"].tolist() == ["asn.contoh"]


@pytest.mark.parametrize(
    "heading", ["saya", "isi bensin", "tanggal merah", "Pagi ini apel di kantor", "coblos nomor 3 ya"]
)
def test_sentences_are_no_headings(heading: str) -> None:
    assert meaning(folded(heading)) is None


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Isi Kmentar", "text"), ("Tnggal Posting", "happened_at"), ("Uraian Singkat Kejadian", "description"), ("Kronologi Dugaan Pelanggaran", "description"),
     ("Analisis Petugas", "ignored"), ("Jumlah Komentar", "ignored"), ("Nama Pelapor", "ignored"), ("Tanggal Laporan", "ignored"), ("Status", None)],
)  # fmt: skip
def test_slips_and_other_peoples_words(heading: str, column: str | None) -> None:
    assert meaning(folded(heading)) == column


def test_an_offices_recap_keeps_text_and_link(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["REKAP PEMANTAUAN MEDIA SOSIAL"])
    sheet.append([])
    sheet.append(A2)
    sheet.append([1, "Sabtu, 12 Oktober 2024", "10.00", "Andi Contoh", "199001012015011001", "Kel. A", "IG", "@andi.contoh", "Komentar",
                  "Gas terus Kang Emil, Jakarta butuh pemimpin kayak gini!", "https://www.instagram.com/p/abc/", "sudah dicek"])  # fmt: skip
    book.save(tmp_path / "Rekap Pemantauan.xlsx")
    row = readers.read([tmp_path / "Rekap Pemantauan.xlsx"]).activities.iloc[0]
    assert row["text"].startswith("Gas terus Kang Emil")
    assert (row["platform"], row["actor"], row["kind"]) == ("instagram", "@andi.contoh", "comment")
    assert row["target_url"] == "https://www.instagram.com/p/abc/"


def test_the_observers_words_are_never_the_persons(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Tanggal;Nama Akun;Platform;Bentuk;Uraian Kejadian\n12/10/2024;@a;IG;Menyukai;ASN mendukung paslon nomor 3 secara terbuka\n",
    )
    row = found.activities.iloc[0]
    assert row[["text", "target_text"]].isna().all()
    assert "kata-kata pemantau" in found.files.iloc[0]["note"]


def test_two_acts_in_one_cell_are_two_activities(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Tanggal;Akun;Platform;Bentuk;Isi;Akun Sasaran\n12/10/2024;@a;IG;Menyukai dan mengomentari;Semangat Pak!;@paslon\n"
        "13/10/2024;@a;IG;menyukai postingan paslon;;@paslon\n",
    ).activities
    acts = {(row["kind"], row["text"] if isinstance(row["text"], str) else None) for row in found.to_dict("records")}
    assert acts == {("like", None), ("comment", "Semangat Pak!")}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [("menyukai & komentar", ("like", "comment")), ("Like, Share", ("like", "share")), ("mengomentari unggahan paslon", ("comment",)),
     ("posting", ("post",)), ("entah", ()), ("follow/like", ("follow", "like"))],
)  # fmt: skip
def test_kinds_in_a_cell(cell: str, kinds: tuple[str, ...]) -> None:
    assert tuple(kinds_of(cell)) == kinds


def test_values_tell_where_the_heading_says_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f"{day}/10/2024;@asn_{day};IG;unggahan;Ayo kita dukung bersama pemimpin baru hari ini {day};https://www.instagram.com/p/x{day}/;PNS\n"
        for day in range(1, 6)
    )
    found = read(tmp_path, "Tanggal;Akun;Platform;Jenis;Qwerty;Zxcvb;Status\n" + rows)
    assert found.activities["text"].str.startswith("Ayo kita dukung").all()
    assert found.activities["target_url"].notna().all()
    assert "menurut isinya" in found.files.iloc[0]["note"]


def test_free_text_nobody_uses_is_told(tmp_path: Path) -> None:
    rows = "".join(
        f"{day}/10/2024;@asn_{day};IG;halo {day};Panjang sekali tulisan lain di kolom ini nomor {day}\n"
        for day in range(1, 6)
    )
    found = read(tmp_path, "Tanggal;Akun;Platform;Isi;Qwerty\n" + rows)
    assert "kolom berisi teks atau tautan tidak dipakai: Qwerty" in found.files.iloc[0]["note"]


def test_labels_are_no_texts(tmp_path: Path) -> None:
    rows = "".join(f"{day}/10/2024;@asn_{day};IG;{'selesai' if day % 2 else 'proses'}\n" for day in range(1, 9))
    found = read(tmp_path, "Tanggal;Akun;Platform;Konten\n" + rows)
    assert found.activities["text"].isna().all()


def test_a_personnel_list_among_the_inputs_is_no_table_of_posts(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "No;NIP;Nama;Golongan;Jabatan;Unit Kerja;Status;Akun IG\n1;199001012015011001;Andi;III/a;Analis;Umum;PNS;@andi\n",
        "Data Pegawai.csv",
    )
    assert len(found.activities) == 0
    assert found.files.iloc[0]["outcome"] == "ignored"
    assert "--roster" in found.files.iloc[0]["note"]


def test_save_profile_writes_the_mapping_of_a_recognised_table_too(tmp_path: Path) -> None:
    (tmp_path / "rekap.csv").write_text(
        ";".join(A2) + "\n1;12/10/2024;10.00;Andi;1;A;IG;@a;Komentar;Halo semua;https://x.com/a/status/1;-\n",
        encoding="utf-8",
    )
    done = inspect([tmp_path / "rekap.csv"], save_profile=tmp_path / "p.toml")
    assert done.saved == (tmp_path / "p.toml",)
    written = (tmp_path / "p.toml").read_text(encoding="utf-8")
    assert 'text = ["Isi Postingan / Komentar"]' in written
    by_profile = readers.read([tmp_path / "rekap.csv", tmp_path / "p.toml"]).activities.iloc[0]
    assert by_profile["text"] == "Halo semua"
