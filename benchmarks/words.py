"""The vocabulary of the generated texts: Indonesian roots, what affixes make of them, informal and misspelt forms.

The roots are the stemmer's own dictionary; everything else is made here. No text of anybody is used.
"""

from __future__ import annotations

import random

from screening.text.stem import roots
from screening.text.wordlists import word_rows

_COMMON = """
yang dan di itu ini dengan untuk tidak dari ke saya ada aku kita mereka akan bisa sudah juga orang kalau karena pada jadi
dia lagi mau tapi hari kami buat sama apa pak bu bapak ibu atau seperti dalam oleh lebih banyak semua masih satu anak
terima kasih selamat pagi siang malam semoga sehat selalu kantor sekolah warga guru siswa kegiatan rapat pelayanan
masyarakat pemerintah daerah kota desa kelurahan kecamatan dinas pegawai kerja tugas acara foto video mantap keren
bagus harga pasar jalan rumah air listrik hujan banjir macet kereta bus jakarta bandung surabaya libur makan minum kopi
bola timnas main menang kalah film lagu musik belanja ongkir diskon gratis info lengkap silakan daftar gabung grup
""".split()  # noqa: SIM905
_PATTERNS = (
    "me{}", "di{}", "ber{}", "ter{}", "se{}", "pe{}", "ke{}an", "pe{}an", "per{}an", "me{}kan", "di{}kan", "me{}i",
    "di{}i", "{}an", "{}nya", "{}kan", "{}ku", "{}mu", "{}lah", "ber{}an", "memper{}", "diper{}kan", "ng{}", "ny{}in",
)  # fmt: skip
_SYLLABLES = """
ba bi bu da di do ga gi gu ha ja jo ka ki ko la li lu ma mi mu na ni no pa pi ra ri ro sa si su ta ti to wa wi ya yo
""".split()  # noqa: SIM905
_NAME_PARTS = [row["word"] for row in word_rows("nama_umum")]
_ENDS = ("n", "h", "r", "s", "t", "k", "", "", "", "")
_KEYS = "abcdefghijklmnopqrstuvwxyz"


def vocabulary(seed: int, size: int = 150_000) -> list[str]:
    """`size` distinct words by falling frequency: common words first, then roots, affixed and informal words, mixed."""
    chance = random.Random(seed)
    base = sorted(word for word in roots() if word.isalpha() and 3 <= len(word) <= 12)
    rare = [row["word"] for row in word_rows("slang") if row["word"].isalpha()] + base
    rare += [chance.choice(_PATTERNS).format(chance.choice(base)) for _ in range(2 * size)]
    rare = list(dict.fromkeys(rare))
    rare.sort(key=lambda word: chance.random() + len(word) / 12)  # short words are the frequent ones
    return list(dict.fromkeys([*_COMMON, *rare]))[:size]


def misspelt(word: str, chance: random.Random) -> str:
    """The word as a hurried thumb writes it: a letter more, less, another or stretched."""
    at = chance.randrange(len(word))
    form = chance.randrange(5)
    if form == 0:
        return word[:at] + word[at + 1 :] or word
    if form == 1:
        return word[:at] + chance.choice(_KEYS) + word[at:]
    if form == 2:
        return word[:at] + chance.choice(_KEYS) + word[at + 1 :]
    if form == 3:
        return word[:at] + word[at] * chance.randint(2, 5) + word[at + 1 :]
    return word.capitalize() if chance.random() < 0.5 else word + chance.choice("23!?.,")


_LEET = str.maketrans("aeiostgb", "43105796")


def disguised(word: str, chance: random.Random) -> str:
    """The word as somebody writes it who does not want to be found by a search."""
    at = chance.randrange(1, max(len(word) - 1, 2))
    form = chance.randrange(6)
    if form == 0:
        return word.translate(_LEET)
    if form == 1:
        return word[:at] + word[at : at + 1] * 4 + word[at + 1 :]
    if form == 2:
        return word[:at] + "\u200b" + word[at:]
    if form == 3:
        return ".".join(word)
    if form == 4:
        return word.replace("a", "\u0430").replace("o", "\u043e")
    return word[:at] + word[at + 1 :] if len(word) > 6 else word.upper()


def handle(chance: random.Random) -> str:
    """An invented account name of two frequent name parts in one of the usual spellings, half of them with a number."""
    first, last = chance.choice(_NAME_PARTS), chance.choice(_NAME_PARTS)
    number = str(chance.randrange(1000)) if chance.random() < 0.5 else ""
    return chance.choice((f"{first}_{last}", f"{first}.{last}", first + last)) + number


def person_name(chance: random.Random) -> str:
    """Two invented name words; no real person is meant."""

    def part() -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((3, 3, 4)))) + chance.choice(_ENDS)

    return f"{part()} {part()}"
