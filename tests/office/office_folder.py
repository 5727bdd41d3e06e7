"""An office's folder as it really comes, and the same in clean form. Everyone in it is invented."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from screening.shipped import shipped

NIP = {
    "andi": "199001012015011001",
    "budi": "198505052010012002",
    "cici": "199912122024211003",
    "dedi": "197803032003121004",
}
TELEGRAM = {
    "name": "Koordinasi Kantor Rekaan", "type": "private_supergroup", "id": 77,
    "messages": [
        {"id": 1, "type": "message", "date": "2024-10-05T19:00:00", "date_unixtime": "1728129600", "from": "dedi_rekaan",
         "from_id": "user7", "text": "Besok jangan lupa kita dukung paslon nomor 3 ya, ajak keluarga coblos Pramono - Rano"},
        {"id": 2, "type": "message", "date": "2024-10-05T19:05:00", "date_unixtime": "1728129900", "from": "dedi_rekaan",
         "from_id": "user7", "text": "Rapat dipindah ke ruang dua"},
    ],
}  # fmt: skip
# (date, clock, account, platform, act, text, address, remark of the observer)
RECAP = [
    ("Sabtu, 12 Oktober 2024", "10.00", "@andi.contoh", "IG", "Posting", "Coblos nomor 3 Pramono - Rano ya gaes", "https://www.instagram.com/p/a1/", "sudah dicek"),
    ("Minggu, 13 Oktober 2024", "19.30", "@andi.contoh", "IG", "Komentar", "Gas terus Kang Emil, Jakarta butuh pemimpin kayak gini!", "https://www.instagram.com/p/a2/", "ASN mendukung paslon 1"),
    ("Senin, 14 Oktober 2024", "08.00", "budi.rekaan", "FB", "Posting", "Selamat pagi, apel dulu", "https://www.facebook.com/budi.rekaan/posts/9", "-"),
    ("Selasa, 15 Oktober 2024", "21.10", "cici_umpama", "Twitter", "Komentar", "Menang satu putaran, dukung Ridwan Kamil - Suswono!", "https://x.com/cici_umpama/status/12", "-"),
    ("Rabu, 16 Oktober 2024", "07.00", "budi.rekaan", "FB", "Menyukai dan mengomentari", "Siap menangkan Pramono Rano, nomor 3!", "https://www.facebook.com/budi.rekaan/posts/11", "-"),
]  # fmt: skip
PLATFORM = {"IG": "instagram", "FB": "facebook", "Twitter": "x"}
CLEAN_KINDS = {"Posting": ["post"], "Komentar": ["comment"], "Menyukai dan mengomentari": ["like", "comment"]}


def write_office(folder: Path) -> tuple[Path, Path, Path]:
    """(inputs, roster, accounts) as the office keeps them: letter heads, synonyms, odd headings, system files."""
    place = folder / "Ekspor ASN Dinas Rekaan"
    place.mkdir(parents=True)
    sample = shipped("data/sample/exports")
    shutil.copy(sample / "instagram-asn_0102-2024-12-01-contoh.zip", place / "instagram asn_0102 (1).zip")
    shutil.copy(sample / "Chat WhatsApp dengan Warga Contoh.txt", place)
    (place / "result.json").write_text(json.dumps(TELEGRAM), encoding="utf-8")
    _recap(place / "Rekap Pemantauan Medsos Oktober 2024 (final).xlsx")
    rows = [
        "Tgl Posting;Akun Terlapor;Jenis Medsos;Bentuk Pelanggaran;Isi Konten/Caption;Link Bukti Dukung",
        "17/10/2024 20:00;andi.contoh;Instagram;Posting;“Ayo” menangkan Pramono – Rano, coblos 3;https://www.instagram.com/p/b1/",
        "32/10/2024;andi.contoh;Instagram;Posting;tanggal ini salah;https://www.instagram.com/p/b2/",
    ]
    (place / "temuan lapangan.csv").write_bytes("\r\n".join([*rows, ""]).encode("cp1252"))
    for name, content in {
        "~$Rekap Pemantauan.xlsx": b"\x05kantor", "Thumbs.db": b"\xd0\xcf\x11\xe0", "desktop.ini": b"[.ShellClassInfo]\r\n",
        "layar.png": b"\x89PNG\r\n\x1a\n" + bytes(40), "surat.pdf": b"%PDF-1.4\n%%EOF\n",
    }.items():  # fmt: skip
        (place / name).write_bytes(content)
    return place, _roster(folder / "Data Pegawai Dinas.xlsx"), _accounts(folder / "Akun Paslon KPU.xlsx")


def _recap(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Oktober"
    sheet.append(["REKAPITULASI PEMANTAUAN MEDIA SOSIAL ASN"])
    sheet.append(["Dinas Rekaan, Oktober 2024"])
    sheet.append([])
    sheet.append(["No", "Hari/Tanggal", "Jam", "Nama ASN", "NIP", "Unit Kerja", "Medsos", "Nama Akun", "Bentuk Aktivitas", "Isi Postingan / Komentar", "Link / URL", "Keterangan"])  # fmt: skip
    for number, (day, clock, account, platform, act, text, address, remark) in enumerate(RECAP, 1):
        sheet.append(
            [
                number,
                day,
                clock,
                "Pegawai Contoh",
                "'" + NIP["andi"],
                "Seksi Umum",
                platform,
                account,
                act,
                text,
                address,
                remark,
            ]
        )
    sheet.append(["Jumlah", len(RECAP)])
    sheet.merge_cells("A1:L1")
    book.save(path)


def _roster(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["PEMERINTAH PROVINSI CONTOH"])
    sheet.append(["DAFTAR PEGAWAI DINAS REKAAN PER 1 SEPTEMBER 2024"])
    sheet.append([])
    sheet.append(["No", "NIP", "Nama Lengkap", "Pangkat / Gol. Ruang", "Jabatan", "Unit Kerja", "Perangkat Daerah", "Status Kepegawaian",
                  "Akun IG", "Akun FB", "Akun X/Twitter", "WA", "Telegram"])  # fmt: skip
    sheet.append(
        [
            1,
            NIP["andi"],
            "Andi Contoh",
            "Penata Muda (III/a)",
            "Analis Rekaan",
            "Seksi Umum",
            "Dinas Rekaan",
            "Pegawai Negeri Sipil",
            "@andi.contoh",
            "-",
            "",
            "",
            "",
        ]
    )
    sheet.append(
        [
            2,
            NIP["budi"],
            "Budi Rekaan",
            "Pembina (IV/a)",
            "Kepala Seksi",
            "Seksi Umum",
            "Dinas Rekaan",
            "CPNS",
            "asn_0102",
            "budi.rekaan",
            "",
            "",
            "",
        ]
    )
    sheet.append(
        [
            3,
            NIP["cici"],
            "Cici Umpama",
            "IX",
            "Guru Rekaan",
            "Sekolah Rekaan",
            "Dinas Rekaan",
            "PPPK",
            "",
            "",
            "https://twitter.com/cici_umpama",
            "",
            "",
        ]
    )
    sheet.append(
        [
            4,
            NIP["dedi"],
            "Dedi Misal",
            "Penata (III/c)",
            "Penyuluh",
            "Seksi Lapangan",
            "Dinas Rekaan",
            "PNS",
            "tidak ada",
            "",
            "",
            "Asn 0111; Asn 0114",
            "dedi_rekaan",
        ]
    )
    book.save(path)
    return path


def _accounts(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(["DAFTAR AKUN RESMI PESERTA"])
    sheet.append(["Medsos", "Nama Akun", "Paslon", "Jenis Akun", "Berlaku Mulai"])
    sheet.append(["IG", "@contoh_resmi_jakarta3", "pilkada-jakarta-2024/3", "akun resmi", date(2024, 9, 25)])
    sheet.append(["IG, FB", "contoh_resmi_jakarta1", "pilkada-jakarta-2024/1", "tim kampanye", "25/09/2024"])
    book.save(path)
    return path


def write_clean(folder: Path) -> tuple[Path, Path, Path]:
    """The same facts as the program's own documentation would have them."""
    place = folder / "bersih"
    place.mkdir(parents=True)
    sample = shipped("data/sample/exports")
    shutil.copy(sample / "instagram-asn_0102-2024-12-01-contoh.zip", place)
    shutil.copy(sample / "Chat WhatsApp dengan Warga Contoh.txt", place)
    (place / "result.json").write_text(json.dumps(TELEGRAM), encoding="utf-8")
    lines = ["Tanggal,Jam,Akun,Platform,Jenis,Isi,Tautan"]
    for day, (_, clock, account, platform, act, text, address, _) in enumerate(RECAP, 12):
        for kind in CLEAN_KINDS[act]:
            own = "" if kind == "like" else text
            lines.append(f'{day}/10/2024,{clock},{account},{PLATFORM[platform]},{kind},"{own}",{address}')
    lines.append(
        '17/10/2024,20:00,andi.contoh,instagram,post,"“Ayo” menangkan Pramono – Rano, coblos 3",https://www.instagram.com/p/b1/'
    )
    (place / "rekap.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    roster = folder / "pegawai.csv"
    roster.write_text(
        "platform,akun,nip,nama,pangkat,golongan,jabatan,unit kerja,instansi,status asn\n"
        f"instagram,andi.contoh,{NIP['andi']},Andi Contoh,Penata Muda,III/a,Analis Rekaan,Seksi Umum,Dinas Rekaan,PNS\n"
        f"instagram,asn_0102,{NIP['budi']},Budi Rekaan,Pembina,IV/a,Kepala Seksi,Seksi Umum,Dinas Rekaan,PNS\n"
        f"facebook,budi.rekaan,{NIP['budi']},Budi Rekaan,Pembina,IV/a,Kepala Seksi,Seksi Umum,Dinas Rekaan,PNS\n"
        f"x,cici_umpama,{NIP['cici']},Cici Umpama,,IX,Guru Rekaan,Sekolah Rekaan,Dinas Rekaan,PPPK\n"
        f"whatsapp,Asn 0111,{NIP['dedi']},Dedi Misal,Penata,III/c,Penyuluh,Seksi Lapangan,Dinas Rekaan,PNS\n"
        f"whatsapp,Asn 0114,{NIP['dedi']},Dedi Misal,Penata,III/c,Penyuluh,Seksi Lapangan,Dinas Rekaan,PNS\n"
        f"telegram,dedi_rekaan,{NIP['dedi']},Dedi Misal,Penata,III/c,Penyuluh,Seksi Lapangan,Dinas Rekaan,PNS\n",
        encoding="utf-8",
    )
    accounts = folder / "akun.csv"
    accounts.write_text(
        "platform,handle,contestant,role,valid_from\ninstagram,contoh_resmi_jakarta3,pilkada-jakarta-2024/3,official,2024-09-25\n"
        "instagram,contoh_resmi_jakarta1,pilkada-jakarta-2024/1,campaign_team,2024-09-25\n"
        "facebook,contoh_resmi_jakarta1,pilkada-jakarta-2024/1,campaign_team,2024-09-25\n",
        encoding="utf-8",
    )
    return place, roster, accounts
