"""Draws the set of pictures on which reading pictures is measured: campaign material, and office and everyday pictures.

Everything is drawn here from words of our own and the fonts of the machine; people are invented but for public contestants.
One seed gives one set. `drawn(seed)` yields the pictures, `measure.py` runs them through the whole program. Half of them are
turned, small, dark or strongly compressed. Seeds: 1 while working; a later one is only measured.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FONTS = [
    path
    for folder in ("/usr/share/fonts", "C:/Windows/Fonts", "/Library/Fonts")
    for path in sorted(Path(folder).rglob("*.ttf"))
    if any(name in path.name for name in ("Sans", "Serif", "arial", "verdana", "Liberation", "Carlito", "Lato"))
    and "Math" not in path.name
]
COLOURS = ["#b01020", "#103a80", "#0a6b35", "#e0a000", "#222222", "#5a2a82", "#ffffff", "#f4e7c8", "#d9e8f6"]

# (contest date, names, number): pairs and candidates are public; every one is used for every kind.
REGIONAL = [
    ("2024-11-05", "RIDWAN KAMIL", "SUSWONO", 1),
    ("2024-11-06", "DHARMA PONGREKUN", "KUN WARDANA", 2),
    ("2024-11-07", "PRAMONO ANUNG", "RANO KARNO", 3),
]
NATIONAL = [
    ("2024-01-10", "ANIES BASWEDAN", "MUHAIMIN ISKANDAR", 1),
    ("2024-01-11", "PRABOWO SUBIANTO", "GIBRAN RAKABUMING", 2),
    ("2024-01-12", "GANJAR PRANOWO", "MAHFUD MD", 3),
]
PARTIES = [("2024-01-10", "PARTAI GOLKAR", 4), ("2024-01-10", "PARTAI GERINDRA", 2), ("2024-01-10", "PARTAI DEMOKRAT", 14),
           ("2024-01-10", "PDI PERJUANGAN", 3), ("2024-01-10", "PARTAI NASDEM", 5), ("2024-01-10", "PKS", 8)]  # fmt: skip
PEOPLE = ["Budi Hartanto", "Siti Rahmawati", "Agus Purnomo", "Dewi Lestyani", "Rahmat Hidayatullah", "Endang Wulandari"]
OFFICES = ["DINAS PENDIDIKAN", "KELURAHAN CEMPAKA PUTIH", "PUSKESMAS MENTENG", "BADAN KEPEGAWAIAN DAERAH", "SMP NEGERI 21",
           "KECAMATAN TEBET", "DINAS PERHUBUNGAN", "SATPOL PP"]  # fmt: skip


class Drawn(NamedTuple):
    """One picture: `campaign` tells what is wanted, `kind` what it is, `day` when it is posted, `lines` what it says."""

    name: str
    campaign: bool
    kind: str
    day: str
    lines: list[str]
    jpeg: bytes


def drawn(seed: int) -> Iterator[Drawn]:
    """The whole set of one seed: at least 110 campaign and 110 other pictures."""
    luck = random.Random(seed)
    texts = [(True, *one) for one in _campaign(luck)] + [(False, *one) for one in _others(luck)]
    for number, (campaign, kind, day, lines) in enumerate(texts):
        name = f"{'k' if campaign else 'b'}{number:03d}.jpg"
        yield Drawn(name, campaign, kind, day, lines, _picture(luck, kind, lines, damaged=number % 2 == 1))


def _campaign(luck: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    for _ in range(4):
        for day, first, second, number in [*REGIONAL, *NATIONAL]:
            what = "GUBERNUR" if day > "2024-06" else "PRESIDEN"
            yield luck.choice(
                [
                    (
                        "poster",
                        day,
                        [
                            f"COBLOS NOMOR {number}",
                            first,
                            second,
                            luck.choice(["UNTUK PERUBAHAN", "MENYALA", "SATU PUTARAN"]),
                        ],
                    ),
                    ("poster", day, [f"PILIH NOMOR URUT {number}", f"{first} - {second}", f"CALON {what}"]),
                    ("poster", day, [first, "&", second, f"PASLON {number}", "MENANGKAN!"]),
                    ("poster", day, [f"DUKUNG {first}", f"DAN {second}", "MENANG SATU PUTARAN"]),
                ]
            )
            yield luck.choice(
                [
                    ("twibbon", day, ["SAYA PENDUKUNG", first, second]),
                    ("twibbon", day, ["KAMI BERSAMA", first, f"NOMOR {number}"]),
                    ("twibbon", day, [f"SAYA PILIH {first}", "TWIBBON RELAWAN"]),
                    ("twibbon", day, ["#Menang" + first.split()[0].title(), "Saya siap menangkan", first.title()]),
                ]
            )
            yield luck.choice(
                [
                    ("latar", day, ["Posko Pemenangan", first, f"No. Urut {number}", "Jl. Melati Raya"]),
                    ("latar", day, [f"RELAWAN {first}", "SIAP MENANGKAN"]),
                    ("latar", day, ["DEKLARASI DUKUNGAN", first, second]),
                    (
                        "latar",
                        day,
                        [
                            first.split()[0],
                            first.split()[-1],
                            "UNTUK",
                            "JAKARTA" if what == "GUBERNUR" else "INDONESIA",
                            f"COBLOS {number}",
                        ],
                    ),
                ]
            )
            yield luck.choice(
                [
                    (
                        "percakapan",
                        day,
                        ["Grup RT 05", f"Ayo dukung {first.title()} ya", "tanggal coblosan jangan lupa"],
                    ),
                    (
                        "percakapan",
                        day,
                        ["Admin", f"Jangan lupa coblos nomor {number}", f"{first.title()} - {second.title()}"],
                    ),
                    ("kaus", day, [first.split()[0], first.split()[-1], str(number), "MENANG"]),
                ]
            )
    for day, party, number in PARTIES * 3:
        yield luck.choice(
            [
                ("partai", day, [party, f"NOMOR {number}", "COBLOS PARTAINYA"]),
                (
                    "partai",
                    day,
                    [f"CALEG DPRD {party}", luck.choice(PEOPLE).upper(), "DAPIL 5", f"NOMOR URUT {luck.randint(1, 9)}"],
                ),
                ("partai", day, [f"KAMPANYE AKBAR {party}", "LAPANGAN BANTENG", "HADIRI DAN RAMAIKAN"]),
            ]
        )


def _others(luck: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    pick, days = luck.choice, ["2024-11-05", "2024-01-10", "2024-11-20", "2024-01-25"]
    for _ in range(8):
        office, person, other = pick(OFFICES), pick(PEOPLE), pick(PEOPLE)
        yield (
            "rapat",
            pick(days),
            ["RAPAT KOORDINASI", office, "PROVINSI DKI JAKARTA", f"Aula Lantai {luck.randint(1, 9)}"],
        )
        yield "sertifikat", pick(days), ["SERTIFIKAT", "diberikan kepada", person, "sebagai peserta pelatihan", office]
        yield (
            "menu",
            pick(days),
            [
                "MENU HARI INI",
                "1. Soto ayam 18.000",
                "2. Gado-gado 15.000",
                "3. Es teh 5.000",
                "Pilih paket nomor 2 hemat!",
            ],
        )
        yield (
            "percakapan",
            pick(days),
            [f"{person}", "Besok apel jam 07.30 ya", "Siap pak, dukung terus", "Terima kasih"],
        )
        yield (
            "pemilihan lain",
            pick(days),
            pick(
                [
                    ["PILIH NOMOR 1", "UNTUK BAHASA INDONESIA"],
                    ["COBLOS NOMOR 2", f"KETUA OSIS {person.upper()}"],
                    ["VOTE NOMOR 3", "LOMBA FOTO KELURAHAN"],
                    ["PILIH NOMOR URUT 2", "CALON KETUA RW 07", person.upper()],
                    ["DUKUNG NOMOR 1", "GURU TELADAN 2024"],
                ]
            ),
        )
        yield (
            "layanan",
            pick(days),
            pick(
                [
                    ["NOMOR ANTREAN", str(luck.randint(1, 99)), "LOKET 3", "LAYANAN KTP"],
                    ["PEMUTIHAN PAJAK", office, "TUNGGU APA LAGI"],
                    ["IMUNISASI GRATIS", "PUSKESMAS MENTENG", "Sabtu pukul 08.00 WIB"],
                    ["VAKSIN COVID-19", "Dosis 3 untuk lansia"],
                ]
            ),
        )
        yield (
            "netralitas",
            pick(days),
            pick(
                [
                    ["ASN NETRAL", "DILARANG KAMPANYE", "Jaga jari tetap aman"],
                    ["IKRAR NETRALITAS ASN", office],
                    ["BAWASLU DKI JAKARTA", "AWASI PEMILU BERSAMA"],
                    ["DILARANG LIKE, SHARE, KOMENTAR", "akun capres dan cawapres", "Netralitas pegawai"],
                ]
            ),
        )
        yield (
            "penyelenggara",
            pick(days),
            pick(
                [
                    ["KPU PROVINSI DKI JAKARTA", *(f"{n}. {a.title()} - {b.title()}" for _, a, b, n in REGIONAL)],
                    ["DEBAT PUBLIK PERTAMA", *(f"{a.title()} - {b.title()}" for _, a, b, _ in REGIONAL)],
                    ["AYO KE TPS", "27 NOVEMBER 2024", "Satu suara berarti"],
                    ["DAFTAR PEMILIH TETAP", "TPS 014", "Kelurahan Rawa Sari"],
                    ["DEBAT CAPRES", *(a.title() for _, a, _, _ in NATIONAL)],
                ]
            ),
        )
        _, name, _, _ = pick([*REGIONAL, *NATIONAL])
        yield (
            "berita",
            pick(days),
            pick(
                [
                    [f"Survei: elektabilitas {name.title()} 31 persen", "Responden 1.200 orang", "detikNews"],
                    [f"{name.title()} tiba di kantor KPU", "Reporter: " + person],
                    [f"Hasil rekapitulasi: {name.title()} unggul", "Berita terkini"],
                ]
            ),
        )
        yield (
            "dinas",
            pick(days),
            pick(
                [
                    [f"KUNJUNGAN KERJA {name}", office],
                    [f"Piagam penghargaan dari {name.title()}", person],
                    ["SELAMAT DATANG", "MENTERI PERHUBUNGAN", office],
                    ["UPACARA HARI KORPRI", office],
                    ["PERESMIAN TAMAN KOTA", "oleh Gubernur"],
                ]
            ),
        )
        yield (
            "keluarga",
            pick(days),
            pick(
                [
                    ["SELAMAT ULANG TAHUN", person, "Panjang umur"],
                    [f"Pernikahan {person.split()[0]} & {other.split()[0]}", "Minggu, 10 November"],
                    ["SELAMAT IDUL FITRI", f"Keluarga {person}"],
                    ["WISUDA SARJANA", person, "Universitas Terbuka"],
                ]
            ),
        )
        yield (
            "jalan",
            pick(days),
            pick(
                [
                    ["DILARANG PARKIR", "Satpol PP"],
                    ["WARUNG BU ENDANG", "Pecel lele nomor satu"],
                    ["HALTE BUNDARAN HI", "Rute 1 dan 6"],
                    ["SEMBAKO MURAH", "Pasar Rumput"],
                    ["PRABOWO MOTOR", "Servis dan ganti oli"],
                    ["SATE ANIES", "Khas Madura"],
                ]
            ),
        )
        yield "tanpa tulisan", pick(days), []
        yield (
            "kelas",
            pick(days),
            ["JADWAL PELAJARAN", "Senin: Matematika, IPA", "Selasa: IPS, Bahasa", f"Wali kelas: {person}"],
        )


def _picture(luck: random.Random, kind: str, lines: list[str], damaged: bool) -> bytes:
    from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

    width, height = luck.choice([(900, 1200), (1080, 1080), (1200, 800), (1280, 960)])
    ground = luck.choice(COLOURS[-3:] if luck.random() < 0.5 else COLOURS[:6])
    dark = ground in COLOURS[:6] and ground != "#e0a000"
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    for _ in range(6):  # shapes, as people and things stand in pictures
        x, y, size = luck.randint(0, width), luck.randint(int(height * 0.7), height), luck.randint(40, 180)
        pen.ellipse((x, y, x + size, y + size), fill=luck.choice(COLOURS))
    top = int(height * 0.08)
    if kind in ("latar", "dinas", "rapat"):  # a banner behind people
        pen.rectangle((width * 0.05, height * 0.05, width * 0.95, height * 0.62), fill=luck.choice(COLOURS[-3:]))
        dark = False
    ink = luck.choice(["#ffffff", "#fff3b0"]) if dark else luck.choice(["#111111", "#7a0010", "#102a60"])
    face = str(luck.choice(FONTS))
    for line in lines:
        size = min(int(height * 0.11), int(width * 1.45 / max(len(line), 6)))
        if kind in ("percakapan", "berita", "menu", "penyelenggara", "kelas"):
            size = min(size, 52)
        font = ImageFont.truetype(face, max(size, 22))
        long = pen.textlength(line, font=font)
        left = (width - long) / 2 if kind not in ("percakapan", "berita", "menu") else width * 0.07
        pen.text((max(left, 8), top), line, fill=ink, font=font)
        top += int(max(size, 22) * 1.45)
    if damaged:
        image = image.rotate(luck.uniform(-9, 9), expand=True, fillcolor=ground, resample=Image.Resampling.BICUBIC)
        if luck.random() < 0.5:
            image.thumbnail((560, 560))
        image = ImageEnhance.Brightness(image).enhance(luck.uniform(0.6, 1.3))
        if luck.random() < 0.4:
            image = image.filter(ImageFilter.GaussianBlur(0.8))
    held = io.BytesIO()
    image.save(held, "JPEG", quality=luck.randint(22, 40) if damaged else luck.randint(55, 88))
    return held.getvalue()
