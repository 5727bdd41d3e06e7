"""Generated texts with what identifies somebody, kind by kind, and texts in which nothing does. All people are invented."""

from __future__ import annotations

import random
from collections.abc import Callable

_FIRST = ["Sari", "Budi", "Rini", "Joko", "Wati", "Agus", "Dewi", "Hendra", "Lina", "Yusuf", "Ratna", "Slamet"]
_LAST = ["Rekaan", "Contohwati", "Karangan", "Santosa", "Lestari", "Wijayanto", "Purnama", "Hidayat"]
_BEFORE = [
    "Info lebih lanjut hubungi {x}", "dukung 02 ya, daftar ke {x} sekarang", "Mantap! {x}", "cc {x}", "kata {x} begitu",
    "Coblos nomor 1.\n{x}", "Kalau mau kaos tanya {x} saja", "{x} bilang menang satu putaran", "Ayo pilih nomor 3!! ({x})",
    "pendukung kumpul, kontak: {x}.", "Terima kasih {x} atas dukungannya 🙏", "Bismillah 2024 menang, {x}",
]  # fmt: skip


def _digits(draw: random.Random, number: int, first: str = "123456789") -> str:
    return draw.choice(first) + "".join(draw.choice("0123456789") for _ in range(number - 1))


def _person(draw: random.Random) -> tuple[str, str]:
    return draw.choice(_FIRST), draw.choice(_LAST)


def _grouped(draw: random.Random, digits: str, sizes: tuple[int, ...], gaps: str = " -.") -> str:
    gap, parts, at = draw.choice(gaps), [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return gap.join([part for part in (*parts, digits[at:]) if part])


def handle(draw: random.Random) -> tuple[str, list[str]]:
    first, last = _person(draw)
    name = draw.choice(
        [f"{first}_{last}", f"{first}.{last}{draw.randint(1, 99)}", f"{first}{last}", f"_{first}__{last}"]
    ).lower()
    return f"@{name}", [name]


def bare_handle(draw: random.Random) -> tuple[str, list[str]]:
    first, last = _person(draw)
    name = draw.choice([f"{first}_{last}", f"{first}{draw.randint(1, 99)}_{last}"]).lower()
    cued = f"{first}.{last}{draw.randint(1, 99)}".lower()
    shape = draw.choice(["{n}", "IG: {c}", "ig {c}", "akun {n}", "tiktok: {c}", "telegram {c}", "username={c}"])
    return shape.format(n=name, c=cued), [name if "{n}" in shape else cued]


def name_beside_handle(draw: random.Random) -> tuple[str, list[str]]:
    first, last = _person(draw)
    name = f"{draw.choice(['x', 'si', 'akun'])}_{_digits(draw, 4)}"
    shape = draw.choice(
        ["{f} {l} (@{h})", "@{h} ({f} {l})", "Bu {f} @{h}", "pak {fl} @{h}", "@{h} - {f} {l}", "{f} {l}: @{h}"]
    )
    return shape.format(f=first, l=last, h=name, fl=first.lower()), [
        name, *([first] if "{f}" in shape else []), *([last] if "{l}" in shape else []), *([first.lower()] if "{fl}" in shape else []),
    ]  # fmt: skip


def phone(draw: random.Random) -> tuple[str, list[str]]:
    own = _digits(draw, draw.choice([8, 9, 10]))
    begin = draw.choice(["08", "628", "+628", "+62 8", "(+62) 8", "62-8"])
    mobile = begin + draw.choice([own, _grouped(draw, own, (2, 4))])
    fixed = f"{draw.choice(['021', '(021)', '0274', '(031)'])}{draw.choice([' ', '-', ''])}{_digits(draw, draw.choice([6, 7]), '23456789')}"
    bare = "8" + _digits(draw, draw.choice([9, 10]))
    said = draw.choice([mobile, mobile, mobile, fixed, bare])
    return said, [said, "".join(sign for sign in said if sign.isdigit())[-7:]]


def email(draw: random.Random) -> tuple[str, list[str]]:
    first, last = _person(draw)
    name = f"{first}.{last}{draw.randint(1, 99)}".lower()
    said = draw.choice(
        [f"{name}@contoh.id", f"{name}@surel.contoh.co.id", f"{name} [at] contoh [dot] id", f"{name}(at)contoh.id"]
    )
    return said, [name]


def nik(draw: random.Random) -> tuple[str, list[str]]:
    day = draw.randint(1, 28) + draw.choice([0, 40])
    digits = f"{draw.randint(11, 92)}{draw.randint(1, 79):02}{draw.randint(1, 40):02}{day:02}{draw.randint(1, 12):02}{draw.randint(0, 99):02}"
    digits += f"{draw.randint(1, 9999):04}"
    said = draw.choice([digits, _grouped(draw, digits, (4, 4, 4)), _grouped(draw, digits, (6, 6))])
    return f"{draw.choice(['', 'NIK ', 'KTP: ', 'nik saya '])}{said}", [said]


def nip(draw: random.Random) -> tuple[str, list[str]]:
    born = draw.randint(1965, 2000)
    digits = (
        f"{born}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{born + draw.randint(20, 30)}{draw.randint(1, 12):02}"
    )
    digits += f"{draw.randint(1, 2)}{draw.randint(1, 30):03}"
    said = draw.choice([digits, _grouped(draw, digits, (8, 6, 1), " ")])
    return f"{draw.choice(['', 'NIP ', 'NIP. ', 'nip: '])}{said}", [said]


def address(draw: random.Random) -> tuple[str, list[str]]:
    street = draw.choice(["Melati", "Kenanga", "Anggrek Raya", "H. Rekaan", "Mawar Merah", "Cempaka Putih Contoh"])
    shape = draw.choice([
        "Jl. {s} No. {n}", "Jl {s} {n}", "Jalan {s} No {n} RT 03/RW 05", "Jln. {s} no.{n}", "Gang {s} No. {n}",
        "rumah di Jalan {s}", "Gg. {s} RT.02 RW.07", "Perumahan {s} Blok C{n} No. 4", "jl. {s} nomor {n}",
    ])  # fmt: skip
    words = [word for word in street.split() if len(word) > 2]
    return shape.format(s=street, n=draw.randint(1, 120)), words


def profile(draw: random.Random) -> tuple[str, list[str]]:
    first, last = _person(draw)
    name = f"{first}{last}{draw.randint(1, 99)}".lower()
    site = draw.choice(["https://www.instagram.com/{}", "https://x.com/{}/status/1750000000000000001", "t.me/{}", "tiktok.com/@{}/video/7",
                        "https://m.facebook.com/{}", "wa.me/62812{}"])  # fmt: skip
    name = _digits(draw, 8) if site.startswith("wa") else name
    return site.format(name), [name]


KINDS: dict[str, Callable[[random.Random], tuple[str, list[str]]]] = {
    "handle": handle, "bare": bare_handle, "name": name_beside_handle, "phone": phone, "email": email, "nik": nik, "nip": nip, "address": address,
    "profile": profile,
}  # fmt: skip


def texts(kind: str, number: int, seed: int = 19) -> list[tuple[str, list[str]]]:
    """(text, what must not be readable in it) of one kind."""
    draw = random.Random(f"{seed}|{kind}")
    found = []
    for _ in range(number):
        said, gone = KINDS[kind](draw)
        found.append((draw.choice(_BEFORE).format(x=said), gone))
    return found


def harmless(number: int, seed: int = 19) -> list[str]:
    """Texts in which nothing identifies anybody."""
    draw = random.Random(f"{seed}|harmless")
    shapes = [
        "Coblos nomor {n} dan nomor urut 0{n}!", "paslon 01 02 03, pilih {n}", "Pemilu 14 Februari 2024 pukul 08.00-13.00 WIB",
        "14/02/2024 08:00 di TPS {t}", "tanggal 2024-02-14 sampai 2024-06-30", "anggaran Rp{m} dari APBD", "Rp {p} saja kok",
        "perolehan {v} suara dari {v} pemilih", "Perda No. {n} Tahun 2023 pasal 280 ayat {n}", "UU 7/2017, PP 94/2021 dan SE 36/SE/2023",
        "#Pilih_0{n} foto_bersama.jpg _mantap_", "#PrabowoGibran2024 #AMIN2024 #GanjarMahfud2024 #Coblos0{n}", "survei 52,{n} persen margin 1,2%", "periode 2014-2019 dan 2019-2024",
        "2014 2019 2024 2029 selalu begitu", "nomor 08 12 15 16 20 24 partai mana?", "Jalan tol {t} km diresmikan", "jalan {n} tahun rusak",
        "Jl. Sudirman macet total", "naik TransJakarta koridor {n} lewat Jalan Thamrin", "kurs 15.{t},00 per dolar", "skor 3-1, menit {t}",
        "putaran 1 dari 2, gaes ☝️ {n}", "08-12-2023 s.d. 10-12-2023 rapat", "kode pos 12{t}", "bansos 10 kg untuk {v} KK", "5 x 20 = 100",
        "RT kami guyub, ketua RT setuju", "Surat Nomor 800/1{t}/2024", "rapat 0{n}.30 di ruang 0{t}", "DPT 204.807.222 jiwa", "{p} rupiah",
        "Pergub 12/2022; Keppres 10 Tahun 2024; PKPU 15 Tahun 2023", "hasil 96.214.691 lawan 40.971.906", "jam 19.00, hari Sabtu 10.02.2024",
    ]  # fmt: skip
    found = []
    for at in range(number):
        said = shapes[at % len(shapes)].format(
            n=draw.randint(1, 9), t=draw.randint(100, 999), m=f"{draw.randint(1, 999)}.000.000.000", p=draw.choice([50000, 1000000000, 100000]),
            v=f"{draw.randint(1, 90)}.{draw.randint(100, 999)}.{draw.randint(100, 999)}",
        )  # fmt: skip
        found.append(said)
    return found
