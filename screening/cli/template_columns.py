"""What the templates of `screening template` hold: columns with their meaning, invented examples, remarks."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One column of a template."""

    title: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


_PLATFORMS = ("Instagram", "Facebook", "X", "TikTok", "YouTube", "Threads", "Telegram", "WhatsApp", "LinkedIn")
_DATE = "Tulis seperti 01/09/2024 atau 1 September 2024."
_ACCOUNTS = tuple(
    Field(f"Akun {name}", f"Nama akun {name}; beberapa akun dipisahkan dengan titik koma. Kosongkan bila tidak ada.")
    for name in ("IG", "FB", "X", "TikTok", "WA")
)
_ROSTER = (
    Field(
        "NIP",
        "NIP, NIPPPK, atau NRK sebagai teks. Kunci orang; dalam keluaran hanya tampak empat angka terakhir.",
        True,
    ),
    Field("Nama", "Nama pegawai; dalam keluaran disamarkan.", True),
    Field("Pangkat", "Pangkat, atau pangkat dan golongan sekaligus: Penata Muda (III/a)."),
    Field("Golongan", "Golongan ruang, misalnya III/a."),
    Field("Jabatan", "Jabatan sekarang."),
    Field("Unit Kerja", "Unit, bidang, atau satuan kerja."),
    Field("Instansi", "Perangkat daerah atau instansi induk."),
    Field(
        "Status ASN",
        "PNS, CPNS, PPPK, atau Non-ASN (honorer, PJLP, kontrak).",
        False,
        ("PNS", "CPNS", "PPPK", "Non-ASN"),
    ),
    Field("Status Mulai", f"Sejak kapan status itu berlaku, bila berubah (misalnya honorer menjadi PPPK). {_DATE}"),
    Field("Status Sebelumnya", "Status sebelum tanggal itu.", False, ("PNS", "CPNS", "PPPK", "Non-ASN")),
    *_ACCOUNTS,
    Field(
        "Status Akun",
        "Seberapa pasti akun itu miliknya.",
        False,
        ("pasti", "mungkin", "belum dipastikan", "bukan miliknya"),
    ),
    Field("Cuti Mulai", f"Awal cuti di luar tanggungan negara; beberapa masa dipisahkan dengan titik koma. {_DATE}"),
    Field("Cuti Selesai", f"Akhir cuti. {_DATE}"),
    Field(
        "Pasangan Calon",
        "Peserta pemilihan yang menjadi suami atau istri pegawai, misalnya pilkada-jakarta-2024/3. Kosongkan bila tidak ada.",
    ),
    Field("Mencalonkan Diri", "Peserta pemilihan bila pegawai sendiri mencalonkan diri. Kosongkan bila tidak ada."),
)
_REGISTER = (
    Field("Platform", "Platform akun.", True, _PLATFORMS),
    Field("Akun", "Nama akun atau alamatnya, seperti terdaftar di KPU.", True),
    Field("Peserta", "Nama peserta atau id seperti pilpres-2024/1."),
    Field("Peran", "Peran akun.", True, ("akun resmi", "tim kampanye", "relawan", "partai", "pemerintah", "berita")),
    Field("Berlaku Mulai", f"Sejak kapan. {_DATE}"),
    Field("Berlaku Sampai", f"Sampai kapan. {_DATE}"),
)
_TABLE = (
    Field("Tanggal", f"Tanggal kejadian. {_DATE}", True),
    Field("Jam", "Jam kejadian, misalnya 19.30 WIB."),
    Field("Nama Akun", "Akun yang melakukan.", True),
    Field("Platform", "Platform.", True, _PLATFORMS),
    Field(
        "Jenis Aktivitas",
        "Apa yang dilakukan.",
        True,
        ("unggahan", "komentar", "membagikan", "menyukai", "mengikuti", "bergabung"),
    ),
    Field("Isi", "Kata-kata yang ditulis akun itu, apa adanya. Bukan uraian pemantau."),
    Field("Akun Sasaran", "Akun yang disukai, diikuti, dikomentari, atau dibagikan."),
    Field("Isi Postingan Sasaran", "Isi konten yang disukai, dikomentari, atau dibagikan."),
    Field("Keterangan Gambar", "Apa yang tampak pada gambar, dengan kata-kata pemantau."),
    Field("Tautan", "Alamat unggahan."),
)
TEMPLATES: dict[str, tuple[str, tuple[Field, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]] = {
    "roster": (
        "Daftar pegawai untuk --roster",
        _ROSTER,
        (
            ("199001012015011001", "Andi Contoh", "Penata Muda", "III/a", "Analis Rekaan", "Seksi Umum", "Dinas Rekaan", "PNS", "", "",
             "@andi.contoh", "Andi Contoh", "", "", "", "pasti", "", "", "", ""),
            ("199912122024211003", "Budi Rekaan", "", "IX", "Guru Rekaan", "Sekolah Rekaan", "Dinas Rekaan", "PPPK", "01/03/2025", "Non-ASN",
             "budi1; budi.dua", "", "", "", "0812-0000-0000", "mungkin", "", "", "", ""),
        ),
        (
            "Satu baris satu pegawai dengan satu kolom per platform; atau satu baris satu akun dengan kolom Platform dan Akun.",
            "Daftar dari bagian kepegawaian dapat dipakai apa adanya: baris judul dan sel gabungan tidak mengganggu, kolom lain diabaikan dan disebut.",
            "NIP harus teks. Excel membulatkan angka 18 digit sehingga angka terakhirnya hilang; daftar seperti itu ditolak.",
            "Hapus baris contoh sebelum dipakai.",
        ),
    ),
    "accounts": (
        "Daftar akun kampanye untuk --accounts",
        _REGISTER,
        (("Instagram", "contoh_resmi_paslon1", "pilpres-2024/1", "akun resmi", "28/11/2023", "10/02/2024"),),
        (
            "Sumber yang sah: akun yang didaftarkan peserta kepada KPU. Jangan menebak akun.",
            "Tanpa daftar ini, suka, ikuti, dan bergabung hampir tidak dapat dinilai.",
            "Hapus baris contoh sebelum dipakai.",
        ),
    ),
    "table": (
        "Catatan pemantauan sebagai masukan `screening run`",
        _TABLE,
        (
            ("12/10/2024", "10.00", "@andi.contoh", "Instagram", "unggahan", "Selamat pagi, apel dulu", "", "", "", ""),
            ("13/10/2024", "", "@andi.contoh", "Instagram", "komentar", "Semangat!", "contoh_akun", "Kerja bakti hari Minggu", "", ""),
        ),
        (
            "Satu baris satu perbuatan. Bila satu baris menyebut dua perbuatan (menyukai dan mengomentari), keduanya dibaca.",
            "Pisahkan kata-kata yang bersangkutan (Isi) dari kata-kata pemantau (Keterangan Gambar): keduanya dinilai berbeda.",
            "Hapus baris contoh sebelum dipakai.",
        ),
    ),
}  # fmt: skip
