"""Tables as people and vendors write them, built here; every person and text is invented. Case name -> files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

Files = dict[str, bytes]

CANONICAL = [
    {
        "record_id": "r-001", "platform": "instagram", "actor": "asn_0201", "kind": "post",
        "happened_at": "2024-10-02T19:30:00+07:00", "text": 'Halo, "dunia"\nbaris dua', "media_text": "spanduk kegiatan",
        "tagged": "rekan_1;rekan_2", "visibility": "public",
    },
    {
        "record_id": "r-002", "platform": "facebook", "actor": "ASN 0202", "kind": "like", "happened_at": "2024-10-03",
        "target_account": "Halaman Contoh", "target_text": "Ayo senam pagi", "target_url": "https://www.facebook.com/c/posts/1",
        "target_kind": "page", "visibility": "unknown",
    },
    {"record_id": "0003", "platform": "x", "actor": "asn_0203", "kind": "follow", "target_account": "akun_contoh",
     "target_kind": "account", "visibility": "unknown"},
    {"record_id": "r-004", "platform": "telegram", "actor": "asn_0204", "kind": "join",
     "happened_at": "2024-10-04 08:15:00", "target_account": "Warga Contoh", "target_kind": "group", "visibility": "private"},
    {"record_id": "9007199254740993123", "platform": "x", "actor": "asn_0205", "kind": "comment",
     "happened_at": "2024-10-05T01:02:03.250Z", "text": "café 👍 setuju", "target_account": "akun_contoh",
     "visibility": "public"},
]  # fmt: skip
COLUMNS = ["record_id", "platform", "actor", "kind", "happened_at", "text", "target_account", "target_text",
           "target_url", "target_kind", "media_text", "tagged", "visibility"]  # fmt: skip


def csv_bytes(rows: list[list[str]], mark: str = ",", encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Rows as delimited text, quoted where needed."""

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in (mark, '"', "\n", "\r")) else cell

    return newline.join([*(mark.join(map(quoted, row)) for row in rows), ""]).encode(encoding)


def table(records: list[dict[str, Any]], columns: list[str]) -> list[list[str]]:
    """Records as rows below their header; missing values are empty."""
    return [columns, *([str(record.get(name, "")) for name in columns] for record in records)]


def canonical_csv(records: list[dict[str, Any]], **how: Any) -> bytes:
    return csv_bytes(table(records, COLUMNS), **how)


def canonical_jsonl(records: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def canonical_parquet(records: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    columns = {name: pa.array([record.get(name) for record in records], pa.string()) for name in COLUMNS}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def workbook(build: Callable[[Any], None]) -> bytes:
    """An XLSX made by `build(book)`, which starts with no sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    build(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def canonical_xlsx(records: list[dict[str, Any]]) -> bytes:
    def build(book: Any) -> None:
        sheet = book.create_sheet("Aktivitas")
        for row in table(records, COLUMNS):
            sheet.append([cell or None for cell in row])

    return workbook(build)


def _recap(book: Any) -> None:
    """Title rows, a merged title, address behind a word, NIP as a number, a total, a row that runs on."""
    sheet = book.create_sheet("Rekap")
    sheet.append(["REKAPITULASI PEMANTAUAN"])
    sheet.merge_cells("A1:H1")
    sheet.append(["Periode: Oktober 2024"])
    sheet.append([])
    sheet.append(["No", "Nama", "NIP", "Akun", "Tanggal", "Waktu", "Isi Postingan", "Tautan", "Catatan Tim"])
    sheet.append(
        [1, "Contoh Satu", 1.98501012010011e17, "@asn_0211", datetime(2024, 10, 3), time(14, 30), "Pagi semua"]  # noqa: DTZ001 - a cell has no zone
    )
    sheet["H5"] = "Lihat"
    sheet["H5"].hyperlink = "https://www.instagram.com/p/CONTOH1/"
    sheet.append(
        [2, "Contoh Dua", "198601022011012002", "asn_0212", 45568.5, "14.30 WITA", "Siang", "https://contoh.test/a"]
    )
    sheet.append([None, None, None, None, None, None, "lanjutan tulisan siang"])
    sheet.append([None, None, None, None, "14-10-2024", None, "Kiriman kedua orang yang sama"])
    sheet.append(["Jumlah", 2])
    hidden = book.create_sheet("Arsip")
    hidden.sheet_state = "hidden"
    hidden.append(["Akun", "Tanggal", "Isi"])
    hidden.append(["asn_0213", "2 Oktober 2024", "Dari lembar tersembunyi"])


def _people(book: Any) -> None:
    """One sheet per person; the sheet's title is the only name."""
    for name, words in (("asn_0221", "Satu"), ("asn_0222", "Dua")):
        sheet = book.create_sheet(name)
        sheet.append(["Tanggal", "Platform", "Jenis", "Isi"])
        sheet.append(["1 September 2024 pukul 09.05", "IG", "unggah", f"{words} pertama"])
        sheet.append([date(2024, 9, 2), "Facebook", "suka", f"{words} kedua"])


def _merged(book: Any) -> None:
    """The account stands once, merged over its rows; addresses hide in formulas; the header comes again."""
    sheet = book.create_sheet("Data")
    header = ["Akun", "Platform", "Tgl", "Jam", "Konten", "Link"]
    sheet.append(header)
    sheet.append(
        [
            "asn_0231",
            "tiktok",
            "05/09/2024",
            "08.00",
            "Video satu",
            '=HYPERLINK("https://www.tiktok.com/@c/video/1","Buka")',
        ]
    )
    sheet.append([None, "tiktok", "25/09/2024", "09.00", "Video dua", None])
    sheet.merge_cells("A2:A3")
    sheet.append(header)
    sheet.append(["asn_0232", "x", "26/09/2024", None, "Cuitan", None])


def cases() -> dict[str, Files]:
    """Every table case by name."""
    from tests.readers import vendor_tables

    return {
        "canonical_csv": {"aktivitas.csv": canonical_csv(CANONICAL)},
        "canonical_csv_excel": {
            "aktivitas.csv": b"\xef\xbb\xbfsep=;\n" + canonical_csv(CANONICAL, mark=";", newline="\r\n")
        },
        "canonical_csv_utf16": {"aktivitas.csv": canonical_csv(CANONICAL, mark="\t", encoding="utf-16")},
        "canonical_jsonl": {"aktivitas.jsonl": canonical_jsonl(CANONICAL)},
        "canonical_json": {"aktivitas.json": json.dumps(CANONICAL, ensure_ascii=False, indent=1).encode()},
        "canonical_without_actor": {"aktivitas.csv": b"record_id,platform,happened_at,text\n1,x,2024-10-02,halo\n"},
        "canonical_parquet": {"aktivitas.parquet": canonical_parquet(CANONICAL)},
        "canonical_xlsx": {"aktivitas.xlsx": canonical_xlsx(CANONICAL)},
        "canonical_faults": {
            "aktivitas.csv": b"platform,actor,kind,happened_at,text,lain\n"
            b"instagram,asn_0206,unggah,2 Oktober 2024,kata lain untuk post,x\n"
            b"instagram,asn_0206,menari,2024-10-02,jenis salah,\n"
            b"instagram,asn_0206,post,31/02/2024,tanggal salah,\n"
            b"instagram,asn_0206,post,kemarin,tanpa waktu,\n"
            b"instagram,asn_0206,post,2024-10-02,kolom lebih,a,b\n"
            b"mastodon,asn_0206,post,,platform lain,\n"
            b",,,,,\n"
            b"mastodon,asn_0206,post,,platform lain,\n"
        },
        "analyst_csv_semicolon": {
            "rekap.csv": "\ufeffsep=;\nNo;Nama;NIP;Akun;Platform;Tanggal;Jam;Isi;Tautan\n"
            "1;Contoh Satu;198501012010011001;@asn_0241;IG;03/10/2024;14.30 WIB;“Mantap” – lanjut…;https://instagram.com/p/C1\n"
            '2;Contoh Dua;\'198601022011012002;asn_0242;Facebook;14 Agustus 2024;;"baris 1\nbaris 2; titik koma";fb.com/c\n'
            "3;Contoh Tiga;1,98E+17;asn_0243;WA;Jumat, 4 Okt 2024;pukul 08.05 WIT;Tanpa tautan;\n"
            ";;;;;;;;\nTotal;3;;;;;;;\n".encode()
        },
        "analyst_cp1252_tab": {
            "catatan.csv": "Akun\tMedsos\tHari/Tanggal\tAktivitas\tKomentar\tLink\n"
            "asn_0251\tFB\t05-09-2024\tkomentar\tcafé “bagus” – ya\thttps://www.facebook.com/c/posts/9\n"
            "asn_0252\tTwitter\t9/25/2024\tretwit\tbulan dulu\thttps://x.com/c/status/9\n".encode("cp1252")
        },
        "analyst_recap": {"rekap.xlsx": workbook(_recap)},
        "analyst_people": {"per-orang.xlsx": workbook(_people)},
        "analyst_merged": {"gabung.xlsx": workbook(_merged)},
        **vendor_tables.cases(),
    }
