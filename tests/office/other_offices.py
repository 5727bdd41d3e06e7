"""Three more offices as newcomers hand them over: kelurahan, dinas, inspektorat. Everybody in them is invented."""

# ruff: noqa: DTZ001  (a spreadsheet knows no zone)
from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook


def kelurahan(out: Path) -> None:
    """A recap with letter head, merged cells and signatures, accounts as "IG: @a", a group chat as iOS exports it; HR list with a column per platform."""
    wb = Workbook()
    ws = wb.active
    ws.title = "Oktober"
    ws["A1"] = "PEMERINTAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA"
    ws.merge_cells("A1:H1")
    ws["A2"] = "KELURAHAN REKAAN JAYA"
    ws.merge_cells("A2:H2")
    ws["A3"] = "REKAP PEMANTAUAN MEDIA SOSIAL PEGAWAI BULAN OKTOBER 2024"
    ws.merge_cells("A3:H3")
    ws.append([])
    ws.append(
        [
            "No",
            "Nama / NIP",
            "Akun Medsos",
            "Waktu Kejadian",
            "Bentuk Aktivitas",
            "Isi Postingan / Komentar",
            "Link Bukti Dukung",
            "Tindak Lanjut",
        ]
    )
    rows = [
        (
            1,
            "Sari Rekaan\n198501012010012001",
            "IG: @asn_0901",
            "Senin, 14 Oktober 2024 pukul 19.05 WIB",
            "Komentar",
            "Gas pol Bang Doel, coblos nomor 3 ya teman-teman!",
            "https://www.instagram.com/p/Cabc111/",
            "belum",
        ),
        (
            2,
            "Sari Rekaan\n198501012010012001",
            "IG: @asn_0901",
            "Selasa, 15 Oktober 2024 pukul 06.30 WIB",
            "Menyukai dan membagikan",
            "",
            "https://www.instagram.com/p/Cabc112/",
            "belum",
        ),
        (
            3,
            "Budi Rekaan\n199002022015031002",
            "FB: budi.rekaan.90",
            "16/10/2024 20:15",
            "Posting",
            "Selamat pagi, pelayanan KTP buka jam 8 sampai 14.00",
            "https://www.facebook.com/budi.rekaan.90/posts/991",
            "-",
        ),
        (
            4,
            "Budi Rekaan\n199002022015031002",
            "FB: budi.rekaan.90",
            "17/10/2024 21:40",
            "Posting",
            "Pasangan nomor 1 RK-Suswono paling siap pimpin Jakarta, ayo menangkan!",
            "https://www.facebook.com/budi.rekaan.90/posts/992",
            "-",
        ),
        (
            5,
            "Tono Rekaan",
            "TikTok: @tono.rekaan",
            "18-10-2024",
            "Video",
            "Video joget sambil acung tiga jari, caption: Jakarta Menyala nomer tiga",
            "https://www.tiktok.com/@tono.rekaan/video/7421",
            "belum",
        ),
    ]
    for r in rows:
        ws.append(r)
    ws.append(["", "JUMLAH", "", "", "5 aktivitas"])
    ws.append([])
    ws.append(["", "", "", "", "", "", "Jakarta, 1 November 2024"])
    ws.append(["", "", "", "", "", "", "Lurah Rekaan Jaya"])
    wb.save(out / "Rekap Pemantauan Medsos Oktober.xlsx")
    chat = """[14/10/24 19.01.12] Grup Warga RW 05: \u200ePesan dan panggilan terenkripsi secara end-to-end.
[14/10/24 19.01.30] Grup Warga RW 05: \u200eSari Kelurahan membuat grup ini
[14/10/24 19.02.40] Sari Kelurahan: Bapak ibu jangan lupa besok kerja bakti
[14/10/24 19.05.03] Tono Staf: Mari kita dukung Mas Pram - Bang Doel nomor 3
biar Jakarta makin maju
[14/10/24 19.07.55] Pak RT: siap pak
"""
    with zipfile.ZipFile(out / "WhatsApp Chat - Grup Warga RW 05.zip", "w") as z:
        z.writestr("_chat.txt", chat)
    wb = Workbook()
    ws = wb.active
    ws["A1"] = "DAFTAR PEGAWAI KELURAHAN REKAAN JAYA"
    ws.merge_cells("A1:J1")
    ws.append([])
    ws.append(["No", "Nama", "NIP/NRK", "Pangkat/Gol", "Jabatan", "Status", "Instagram", "Facebook", "TikTok", "WA"])
    for r in [
        (
            1,
            "Sari Rekaan, S.E.",
            "198501012010012001",
            "Penata / III-c",
            "Kasi Pelayanan",
            "PNS",
            "@asn_0901",
            "",
            "",
            "Sari Kelurahan",
        ),
        (2, "Budi Rekaan", "199002022015031002", "Pengatur / II-c", "Staf", "PNS", "", "budi.rekaan.90", "", "-"),
        (3, "Tono Rekaan", "199503032022211003", "V", "Staf", "PPPK", "", "", "tono.rekaan", "Tono Staf"),
    ]:
        ws.append(r)
    wb.save(out.parent / "pegawai.xlsx")


def dinas(out: Path) -> None:
    """CSV of Windows with title rows and an impossible date, a tool's table in camelCase; an HR list with a row per account and NIP written apart."""
    csv = """Laporan Pemantauan Dinas Rekaan;;;;;;;
;;;;;;;
No.;Hari/Tanggal;Jam (WIB);Nama Pegawai;Medsos;Username;Bunyi Unggahan / Komentar;Tautan Bukti
1;Senin, 14-10-2024;08.15;Dewi Rekaan;IG;dewi.rekaan;“Semangat Bu Risma – Gus Hans, nomor 3 di hati warga Jatim”;https://www.instagram.com/p/Cdw001/
2;Selasa, 15-10-2024;19.20;Eko Rekaan;Twitter/X;@eko_rekaan;Khofifah-Emil lanjutkan! Pilih nomor 2 ya lur;https://x.com/eko_rekaan/status/1846000000000000001
3;32-10-2024;10.00;Eko Rekaan;Twitter/X;@eko_rekaan;Rapat dinas pukul sepuluh;https://x.com/eko_rekaan/status/1846000000000000002
4;Rabu, 16-10-2024;20.10;Fitri Rekaan;Facebook;Fitri Rekaan;Selamat ulang tahun untuk sahabatku – sehat selalu;https://www.facebook.com/fitri.rekaan/posts/77
5;Kamis, 17-10-2024;21.00;Gatot Rekaan;WAG Dinas;Gatot R.;Tolong yang di kecamatan bantu pasang spanduk paslon 2 ya;-
Total;5 temuan;;;;;;
"""
    (out / "Laporan Pantauan Oktober.csv").write_bytes(csv.replace("\n", "\r\n").encode("cp1252"))
    wb = Workbook()
    ws = wb.active
    ws.title = "export"
    ws.append(
        ["postUrl", "ownerUsername", "commenterUsername", "commentText", "commentDate", "likesCount", "scrapeDate"]
    )
    ws.append(
        [
            "https://www.instagram.com/p/Ckh01/",
            "khofifah_contoh",
            "dewi.rekaan",
            "Gas nomor 2 bu, menang satu putaran!",
            "2024-10-20T09:11:00",
            "4",
            "2024-11-02",
        ]
    )
    ws.append(
        [
            "https://www.instagram.com/p/Ckh01/",
            "khofifah_contoh",
            "orang.lain",
            "mantap",
            "2024-10-20T09:15:00",
            "1",
            "2024-11-02",
        ]
    )
    ws.append(
        [
            "https://www.instagram.com/p/Ckh02/",
            "khofifah_contoh",
            "gatot.rekaan",
            "Hadir",
            "2024-10-21T10:15:00",
            "0",
            "2024-11-02",
        ]
    )
    wb.save(out / "komentar_export.xlsx")
    wb = Workbook()
    ws = wb.active
    ws["A1"] = "PEMERINTAH PROVINSI JAWA TIMUR"
    ws["A2"] = "DINAS REKAAN"
    ws["A3"] = "Daftar Akun Media Sosial ASN (berdasarkan surat pernyataan)"
    ws.append([])
    ws.append(
        ["No", "Nama Pegawai", "N I P", "Unit Kerja", "Jenis ASN", "Platform", "Nama Akun / Link", "Kepemilikan Akun"]
    )
    R = [
        (
            "Dewi Rekaan",
            "198701012011012001",
            "Sekretariat",
            "PNS",
            "IG",
            "https://www.instagram.com/dewi.rekaan/",
            "pasti",
        ),
        ("", "", "", "", "Facebook", "Dewi R", "pasti"),
        ("Eko Rekaan", "198801012012011002", "Bidang A", "PNS", "X/Twitter", "@eko_rekaan", "pasti"),
        ("Fitri Rekaan", "199001012019032003", "Bidang B", "PPPK", "Facebook", "Fitri Rekaan", "pasti"),
        ("Gatot Rekaan", "", "Bidang B", "Tenaga Kontrak", "WhatsApp", "Gatot R.", "pasti"),
        ("", "", "", "", "IG", "gatot.rekaan", "pasti"),
    ]
    for i, r in enumerate(R):
        ws.append([i + 1 if r[0] else None, *r])
    ws.append([])
    ws.append(["", "Surabaya, 1 Oktober 2024"])
    ws.append(["", "Kepala Dinas"])
    wb.save(out.parent / "pegawai.xlsx")


def inspektorat(out: Path) -> None:
    """A sheet per platform with two heading rows, reports of a form with questions as headings, a table pasted as text, an Android chat; HR list with a column of other accounts."""
    wb = Workbook()
    ws = wb.active
    ws.title = "Instagram"
    ws["A1"] = "MATRIKS HASIL PENELUSURAN DIGITAL"
    ws.merge_cells("A1:I1")
    ws.append([])
    ws.append(["No", "Identitas ASN", "", "", "Aktivitas", "", "", "", "Ket."])
    ws.merge_cells("B3:D3")
    ws.merge_cells("E3:H3")
    ws.merge_cells("A3:A4")
    ws.merge_cells("I3:I4")
    ws.append([None, "Nama", "NIP", "Username", "Tgl", "Bentuk", "Isi", "Tautan", None])
    ws.append(
        [
            1,
            "Hani Rekaan",
            "19860101 201001 2 001",
            "@hani.rekaan",
            datetime(2024, 10, 12, 9, 30),
            "Komentar",
            "Bismillah AMIN menang, eh salah, RIDO menang satu putaran!",
            "Lihat",
            "screenshot ada",
        ]
    )
    ws.cell(5, 8).hyperlink = "https://www.instagram.com/p/Chn001/"
    ws.append(
        [
            2,
            "Indra Rekaan",
            "19870202 201101 1 002",
            "@indra_rekaan",
            datetime(2024, 10, 13),
            "Like",
            "",
            "Lihat",
            "screenshot ada",
        ]
    )
    ws.cell(6, 8).hyperlink = "https://www.instagram.com/p/Chn002/"
    ws.append(
        [None, None, None, None, datetime(2024, 10, 14), "Share", "Story: dukung penuh nomor urut 1", "Lihat", None]
    )
    ws.cell(7, 8).hyperlink = "https://www.instagram.com/stories/indra_rekaan/1/"
    w2 = wb.create_sheet("FB & X")
    w2.append(["No", "Nama ASN", "Media", "Akun", "Waktu", "Uraian Temuan", "Bukti"])
    w2.append(
        [
            1,
            "Joko Rekaan",
            "Facebook",
            "Joko Rekaan",
            "15 Oktober 2024, 20.10",
            'Yang bersangkutan mengunggah status: "Jakarta Menyala, Pram-Doel pilihan saya"',
            "https://www.facebook.com/joko.rekaan/posts/5",
        ]
    )
    w2.append(
        [
            2,
            "Joko Rekaan",
            "X",
            "@jokorekaan",
            "16 Oktober 2024, 07.10",
            "Mengikuti akun pasangan calon @contoh_paslon3",
            "https://x.com/jokorekaan/following",
        ]
    )
    w3 = wb.create_sheet("Rekap")
    w3.append(["Platform", "Jumlah"])
    w3.append(["Instagram", 3])
    w3.append(["Facebook", 1])
    wb.save(out / "Matriks Penelusuran.xlsx")
    (out / "Form Pengaduan (Responses) - Form Responses 1.csv").write_text(
        """Timestamp,Email Address,Nama Pelapor (boleh dikosongkan),"Nama ASN yang dilaporkan","Unit kerja ASN yang dilaporkan",Media sosial yang digunakan,"Nama akun / username ASN tersebut","Kapan unggahan tersebut dibuat?","Tuliskan isi unggahan atau komentar (apa adanya)","Tautan unggahan (bila ada)","Unggah tangkapan layar"
10/20/2024 9:01:11,pelapor1@contoh.id,,Hani Rekaan,Bagian Umum,Instagram,hani.rekaan,18/10/2024,"Jangan lupa 27 November coblos nomor 1 ya bestie",https://www.instagram.com/p/Chn003/,https://drive.google.com/open?id=abc
10/21/2024 19:30:00,pelapor2@contoh.id,Warga,Kiki Rekaan,Bagian Umum,TikTok,@kiki.rekaan,20/10/2024,"Duet maut Pram Doel",https://www.tiktok.com/@kiki.rekaan/video/77,https://drive.google.com/open?id=abd
""",
        encoding="utf-8",
    )
    (out / "salinan tabel dari word.txt").write_text(
        "No\tNama Akun\tTanggal\tIsi Komentar\tLink\n1\tindra_rekaan (IG)\t17/10/2024\tGaspol RIDO nomor 1\thttps://www.instagram.com/p/Chn004/\n2\tkiki.rekaan (TikTok)\t19/10/2024\tkeren videonya\thttps://www.tiktok.com/@x/video/9\n",
        encoding="utf-8",
    )
    (out / "Chat WhatsApp dengan Grup Humas Rekaan.txt").write_text(
        """14/10/24 07.30 - Pesan dan panggilan dienkripsi secara end-to-end.
14/10/24 07.30 - +62 812-0000-1111 membuat grup "Grup Humas Rekaan"
14/10/24 07.31 - Hani: Rapat jam 9 ya
14/10/24 07.45 - Indra Rekaan: Kawan2 mohon dukungan utk Kang Emil no 1 🙏
14/10/24 07.46 - Kiki: siap
""",
        encoding="utf-8",
    )
    wb = Workbook()
    ws = wb.active
    ws["A1"] = "DATA PEGAWAI INSPEKTORAT REKAAN PER 1 OKTOBER 2024"
    ws.append(["NO", "IDENTITAS", "", "", "AKUN MEDIA SOSIAL", "", "", "STATUS"])
    ws.merge_cells("B2:D2")
    ws.merge_cells("E2:G2")
    ws.merge_cells("A2:A3")
    ws.merge_cells("H2:H3")
    ws.append([None, "NAMA", "NIP", "UNIT KERJA", "IG", "FB", "LAINNYA (sebutkan)", None])
    for r in [
        (1, "HANI REKAAN", "19860101 201001 2 001", "Bagian Umum", "hani.rekaan", "-", "WA: Hani", "PNS"),
        (2, "INDRA REKAAN", "19870202 201101 1 002", "Bagian Umum", "indra_rekaan", "-", "WA: Indra Rekaan", "PNS"),
        (3, "JOKO REKAAN", "19880303 201201 1 003", "Irban I", "-", "Joko Rekaan", "X: @jokorekaan", "PNS"),
        (4, "KIKI REKAAN", "19990404 202203 2 004", "Irban II", "-", "-", "TikTok @kiki.rekaan; WA: Kiki", "PPPK"),
    ]:
        ws.append(r)
    wb.save(out.parent / "pegawai.xlsx")
