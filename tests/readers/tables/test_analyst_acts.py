"""Hand-made tables: every act of a row, whose words they are, which account they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.readers.tables.analyst_acts import kinds_of
from screening.readers.tables.analyst_header import meaning, score


def read(tmp_path: Path, header: list[str], *rows: list[str], name: str = "rekap.csv") -> readers.Reading:
    lines = [";".join(f'"{cell}"' if ";" in cell or "\n" in cell else cell for cell in row) for row in [header, *rows]]
    (tmp_path / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return readers.read([tmp_path / name])


def acts(reading: readers.Reading, *columns: str) -> list[list[Any]]:
    table = reading.activities[list(columns)].astype("object")
    return table.where(table.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Like & Komentar", ["like", "comment"]), ("Menyukai dan membagikan", ["like", "share"]), ("Repost Story", ["share"]),
        ("Like/Love", ["like"]), ("Ikut grup relawan", ["join"]), ("Menyukai postingan dan video paslon", ["like"]),
        ("Memberikan komentar pada unggahan", ["comment"]), ("Membagikan ulang lalu berkomentar", ["share", "comment"]),
        ("mengikuti akun paslon", ["follow"]), ("Posting", ["post"]), ("sesuatu yang lain", []), ("Me-repost video", ["share"]),
    ],
)  # fmt: skip
def test_kinds_are_all_that_the_words_name(words: str, kinds: list[str]) -> None:
    assert list(kinds_of(words)) == kinds


def test_a_row_of_two_acts_is_two_and_the_words_go_to_the_right_one(tmp_path: Path) -> None:
    found = read(tmp_path, ["Akun", "Jenis", "Tanggal", "Isi", "Link Bukti"],
                 ["@asn_0850", "Suka + komentar", "3/9/2024", "Hadir pak", "https://instagram.com/p/K1"])  # fmt: skip
    assert acts(found, "kind", "text", "target_text", "target_url") == [
        ["like", None, None, "https://instagram.com/p/K1"],
        ["comment", "Hadir pak", None, "https://instagram.com/p/K1"],
    ]
    assert "1 aktivitas tambahan" in found.files["note"].iloc[0]


def test_the_text_beside_a_like_is_what_was_liked(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        ["Akun", "Jenis", "Tanggal", "Isi", "Link"],
        ["@asn_0850", "Menyukai", "3/9/2024", "Ayo kerja bakti", "https://instagram.com/p/K2"],
    )
    assert acts(found, "kind", "text", "target_text") == [["like", None, "Ayo kerja bakti"]]


def test_the_analysts_sentence_is_never_the_persons_text(tmp_path: Path) -> None:
    for column in ("Uraian", "Narasi", "Deskripsi", "Kronologi"):
        found = read(
            tmp_path, ["Nama", "Akun", "Media Sosial", "Tanggal", column, "Link"],
            ["A", "@asn_0851", "Instagram", "3/9/2024", "Menyukai unggahan akun lurah.contoh tentang lomba", "https://instagram.com/p/K3"],
            ["B", "@asn_0852", "Instagram", "3/9/2024", "Tidak terdapat unggahan tentang lomba", "https://instagram.com/asn_0852"],
            ["C", "@asn_0853", "Instagram", "3/9/2024", 'Komentar: "sehat selalu pak"', "https://instagram.com/p/K4"],
            ["D", "@asn_0854", "Instagram", "3/9/2024", "Membagikan video lomba", "https://instagram.com/p/K5"],
        )  # fmt: skip
        assert acts(found, "actor", "kind", "text", "target_account") == [
            ["@asn_0851", "like", None, "lurah.contoh"], ["@asn_0853", "comment", "sehat selalu pak", None],
            ["@asn_0854", "share", None, None],
        ]  # fmt: skip
        assert "Menyukai unggahan" in found.activities["media_text"].iloc[0]
        assert "1 baris yang menyatakan tidak ada temuan" in found.files["note"].iloc[0]


def test_accounts_stand_in_a_column_per_platform(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["Nama Pegawai", "Akun Instagram", "Akun FB", "Username TikTok", "Tanggal", "Isi", "Bukti"],
        ["Pegawai A", "@asn_0855", "Pegawai A FB", "", "3/9/2024", "satu", "https://www.instagram.com/p/K6/"],
        ["Pegawai B", "@asn_0856", "Pegawai B FB", "", "3/9/2024", "dua", "https://facebook.com/77"],
        ["Pegawai C", "", "", "@asn_0857", "3/9/2024", "tiga", "-"],
        ["Pegawai D", "@asn_0858", "Pegawai D FB", "", "3/9/2024", "empat", "foto1.png"],
    )  # fmt: skip
    assert acts(found, "actor", "platform", "text") == [
        ["@asn_0855", "instagram", "satu"], ["Pegawai B FB", "facebook", "dua"], ["@asn_0857", "tiktok", "tiga"],
        ["Pegawai D", "other", "empat"],
    ]  # fmt: skip
    assert found.activities["target_url"].isna().tolist() == [False, False, True, True]


def test_platform_and_account_in_one_cell_and_the_kind_in_words_of_the_rules(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["Nama", "Jabatan", "Bentuk Dugaan Pelanggaran", "Media Sosial", "Waktu Kejadian", "Keterangan", "Tautan"],
        ["Pegawai A", "Staf", "Mengikuti akun calon", "Instagram (@asn_0859)", "3 September 2024", "NIP 1 mengikuti @calon.contoh", "https://instagram.com/calon.contoh"],
    )  # fmt: skip
    assert acts(found, "actor", "platform", "kind", "target_account") == [
        ["@asn_0859", "instagram", "follow", "@calon.contoh"]
    ]
    assert "NIP" not in found.activities.to_csv()


def test_several_addresses_and_several_accounts_are_several_acts(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["Akun", "Jenis", "Tanggal", "Isi", "Link"],
        ["@asn_0860", "Like", "3/9/2024", "", "https://instagram.com/p/L1\nhttps://instagram.com/p/L2"],
        ["@asn_0861, @asn_0862", "Posting", "3/9/2024", "halo", "https://instagram.com/p/L3"],
        ["https://www.instagram.com/asn_0863/", "Follow", "3/9/2024", "", "https://www.instagram.com/lurah.contoh/"],
    )  # fmt: skip
    assert acts(found, "actor", "kind", "target_account", "target_url") == [
        ["@asn_0860", "like", None, "https://instagram.com/p/L1"], ["@asn_0860", "like", None, "https://instagram.com/p/L2"],
        ["@asn_0861", "post", None, "https://instagram.com/p/L3"], ["@asn_0862", "post", None, "https://instagram.com/p/L3"],
        ["asn_0863", "follow", "lurah.contoh", "https://www.instagram.com/lurah.contoh/"],
    ]  # fmt: skip


def test_rows_that_say_nothing_was_found_are_counted_and_dashes_are_empty(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["Akun", "Jenis", "Tanggal", "Isi", "Link", "ID"],
        ["@asn_0864", "Tidak ada temuan", "3/9/2024", "NIHIL", "-", "1"],
        ["@asn_0865", "Posting", "3/9/2024", "Nihil", "", "2"],
        ["@asn_0866", "Posting", "3/9/2024", "Tidak ditemukan jalan buntu, ayo gotong royong", "-", "'0017"],
    )  # fmt: skip
    assert acts(found, "actor", "target_url", "record_id") == [["@asn_0866", None, "0017"]]
    assert "2 baris yang menyatakan tidak ada temuan" in found.files["note"].iloc[0]


def test_a_time_in_doubt_is_left_open_and_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path, ["Akun", "Tanggal", "Isi"], ["@asn_0867", "23/9/14", "satu"], ["@asn_0867", "3/9/2024 jam 25", "dua"]
    )
    assert acts(found, "time_basis", "time_raw") == [["absent", "23/9/14"], ["date_only", "3/9/2024 jam 25"]]
    assert "1 waktu yang tidak dapat dipastikan" in found.files["note"].iloc[0]


def test_american_clocks_are_a_doubt_that_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, ["Username", "Comment Text", "Date"], ["asn_0868", "sehat selalu", "9/3/2024 2:05:00 PM"])
    assert "AM/PM" in found.files["note"].iloc[0]
    assert found.activities["kind"].tolist() == ["comment"]
    sure = read(tmp_path, ["Username", "Comment Text", "Date"], ["asn_0868", "sehat selalu", "9/3/2024 2:05:00 PM"],
                ["asn_0868", "lagi", "9/23/2024 2:05:00 PM"], name="pasti.csv")  # fmt: skip
    assert sure.activities["happened_at"].dt.month.tolist() == [9, 9]


@pytest.mark.parametrize(
    ("header", "row", "wanted"),
    [
        ("textDisplay,authorDisplayName,publishedAt,likeCount", "sehat,asn_0870,2024-09-03T04:05:06Z,3", ["youtube", "comment", "asn_0870", "sehat", "exact_utc"]),
        ("text,author_name,create_time,video_url", "hadir,asn_0871,1725336306,https://www.tiktok.com/@lurah.contoh/video/7", ["tiktok", "comment", "asn_0871", "hadir", "exact_utc"]),
        ("Tweet,tweet_url,created_at", "pagi,https://x.com/asn_0872/status/1812345678901234568,2024-09-03", ["x", "post", "asn_0872", "pagi", "date_only"]),
        ("clean_comment,author,date", "mantap,asn_0873,2024-09-03", ["other", "comment", "asn_0873", "mantap", "date_only"]),
    ],
)  # fmt: skip
def test_tables_of_students_and_scrapers_are_understood(
    header: str, row: str, wanted: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    found = readers.read([tmp_path])
    assert acts(found, "platform", "kind", "actor", "text", "time_basis") == [wanted]


def test_headers_mean_what_people_mean_by_them() -> None:
    assert [meaning(name) for name in ("akun instagram", "akun ig", "instagram", "username tiktok", "akun asn", "uraian", "bukti", "akun lainnya")] == [
        "actor:instagram", "actor:instagram", "actor:instagram", "actor:tiktok", "actor", "description", "evidence", None,
    ]  # fmt: skip
    assert score(["nama", "akun instagram", "tanggal", "uraian", "bukti"]) >= 5


@pytest.mark.parametrize(
    ("cell", "link", "wanted"),
    [
        ("IG: @asn_1", "", [("instagram", "@asn_1")]),
        ("@asn_1 (FB)", "", [("facebook", "@asn_1")]),
        ("TikTok @asn_1", "", [("tiktok", "@asn_1")]),
        ("Facebook - Asn Satu", "", [("facebook", "Asn Satu")]),
        ("IG: @asn_1\nFB: asn.satu", "https://www.facebook.com/x/posts/1", [("facebook", "asn.satu")]),
        ("IG: @asn_1; FB: asn.satu", "", [("instagram", "@asn_1")]),
        ("FB Asn Satu", "", [("facebook", "Asn Satu")]),
        ("Wa Ode Satu", "", [("other", "Wa Ode Satu")]),
        ("Asn Satu", "", [("other", "Asn Satu")]),
    ],
)  # fmt: skip
def test_an_account_cell_may_name_its_platform(
    cell: str, link: str, wanted: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f'Akun Medsos;Tanggal;Isi;Tautan\n"{cell}";12/10/2024;Halo semua;{link}\n', "utf-8")
    found = readers.read([tmp_path]).activities
    assert list(zip(found["platform"], found["actor"], strict=True)) == wanted


def test_signatures_below_a_table_are_nobodys_acts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "No;Akun;Tanggal;Isi;Tautan\n"
        "1;@asn_1;12/10/2024;Halo semua;https://www.instagram.com/p/a/\n"
        ";;;;\n"
        "2;@asn_2;13/10/2024;Mengetahui hasilnya nanti;https://www.instagram.com/p/b/\n"
        ";JUMLAH;;2;\n"
        ";;;;\n"
        ";;;;Jakarta, 1 November 2024\n"
        ";Mengetahui,;;Petugas,;\n"
        ";Lurah Rekaan;;Analis;\n"
        ";Asn Tiga;;Asn Empat;\n"
        ";NIP. 197001011990011001;;NIP. 198001012005011001;\n",
        "utf-8",
    )
    found = readers.read([tmp_path])
    assert found.activities["text"].tolist() == ["Halo semua", "Mengetahui hasilnya nanti"]
    assert len(found.rejected) == 0
    assert "5 baris di bawah tabel" in found.files.iloc[0]["note"]


def test_words_alone_behind_an_empty_row_are_rejected_and_not_given_to_whoever_stands_above(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Akun;Tanggal;Isi\n@asn_1;12/10/2024;Halo semua\n;;\n;;Dukung nomor 3\n@asn_2;13/10/2024;Halo lagi\n", "utf-8"
    )
    found = readers.read([tmp_path])
    assert found.activities["text"].tolist() == ["Halo semua", "Halo lagi"]
    assert found.rejected["reason"].tolist() == ["baris sesudah baris kosong tanpa akun dan waktu"]


def test_rows_a_workbook_leaves_out_part_signatures_from_records(tmp_path: Path) -> None:
    """Excel writes no row that was never touched: the signatures begin after a jump in row numbers, in whatever column."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    rows = {
        1: ("No", "Tanggal", "Akun", "Bentuk Kegiatan", "Isi"),
        2: (1, "12/10/2024", "@asn_1", "Unggahan", "Halo semua"),
        3: (2, "13/10/2024", "@asn_2", "Komentar", "Halo lagi"),
        6: (None, None, None, "Rekaan, 1 November 2024", None),
        7: (None, None, None, "Mengetahui,", None),
        8: (None, None, None, "Camat Rekaan", None),
        11: (None, None, None, "NIP 197001011990011001", None),
    }
    for number, cells in rows.items():
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                sheet.cell(number, column).value = cell
    book.save(tmp_path / "rekap.xlsx")
    found = readers.read([tmp_path])
    assert found.activities["text"].tolist() == ["Halo semua", "Halo lagi"]
    assert "4 baris di bawah tabel" in found.files.iloc[0]["note"]
