"""Ways in which people disguise names, as functions; used by the tests and by `python -m tests.disguises` for the docs."""

from __future__ import annotations

import string
import unicodedata

NAMES = {
    "pilpres-2024": [
        "Anies", "Baswedan", "Muhaimin", "Prabowo", "Subianto", "Gibran", "Rakabuming", "Ganjar", "Mahfud",
        "Cak Imin", "Anies Baswedan", "Prabowo Subianto", "Ganjar Pranowo", "Mahfud MD",
    ],
    "pilkada-jakarta-2024": [
        "Ridwan Kamil", "Suswono", "Pongrekun", "Dharma Pongrekun", "Kun Wardana", "Pramono Anung", "Rano Karno",
    ],
    "pilkada-jatim-2024": ["Khofifah", "Parawansa", "Rismaharini", "Emil Dardak", "Luluk Nur Hamidah", "Gus Hans"],
    "pilkada-banten-2024": ["Airin Rachmi Diany", "Andra Soni", "Dimyati Natakusumah", "Ade Sumardi"],
    "pilpres-2019": ["Jokowi", "Joko Widodo", "Sandiaga", "Sandiaga Uno"],
    "pilkada-jakarta-2017": ["Ahok", "Djarot", "Sylviana Murni", "Agus Yudhoyono"],
}  # fmt: skip
DAYS = {
    "pilpres-2024": "2024-01-10", "pilkada-jakarta-2024": "2024-10-20", "pilkada-jatim-2024": "2024-10-20",
    "pilkada-banten-2024": "2024-10-20", "pilpres-2019": "2019-03-01", "pilkada-jakarta-2017": "2017-01-10",
}  # fmt: skip
# Parts of names that are too common to count on their own: tested inside full names only.
ALONE_NEVER = {"Subianto"}
_CYRILLIC = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")
_GREEK = str.maketrans("aoivnu", "αοινηυ")
_CAPS = dict(zip(string.ascii_lowercase, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘqʀꜱᴛᴜᴠᴡxʏᴢ", strict=True))
_LEET = str.maketrans("aioes", "41035")


def _shift(name: str, upper: int, lower: int) -> str:
    out = []
    for c in name:
        base = (upper, "A") if c.isupper() else (lower, "a")
        out.append(chr(base[0] + ord(c) - ord(base[1])) if c.isalpha() else c)
    return "".join(out)


def _longest(name: str) -> tuple[str, int]:
    word = max(name.split(), key=len)
    return word, name.index(word)


def _in_longest(name: str, change) -> str:  # type: ignore[no-untyped-def]
    word, at = _longest(name)
    return name[:at] + change(word) + name[at + len(word) :]


def _swap(word: str) -> str:
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _drop_vowel(word: str) -> str:
    at = next(i for i in range(1, len(word)) if word[i] in "aiueo")
    return word[:at] + word[at + 1 :]


def _leet_one(word: str) -> str:
    return word[0] + word[1:].translate(str.maketrans("aio", "410"))


DISGUISES = {
    "huruf besar": str.upper,
    "huruf kecil": lambda n: n.lower() if n.lower() not in ("ganjar", "mahfud") else n,
    "huruf Kiril": lambda n: n.translate(_CYRILLIC),
    "huruf Yunani": lambda n: n.translate(_GREEK),
    "lebar penuh": lambda n: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in n),
    "tebal matematika": lambda n: _shift(n, 0x1D400, 0x1D41A),
    "huruf kotak": lambda n: _shift(n.upper(), 0x1F130, 0x1F130),
    "kotak gelap": lambda n: _shift(n.upper(), 0x1F170, 0x1F170),
    "huruf lingkar": lambda n: _shift(n, 0x24B6, 0x24D0),
    "kapital kecil": lambda n: "".join(_CAPS.get(c, c) for c in n.lower()),
    "spasi nol": lambda n: " ".join("\u200b".join(w) for w in n.split()),
    "penanda arah": lambda n: " ".join(w[0] + "\u202e" + w[1:] for w in n.split()),
    "tanda gabung": lambda n: " ".join("".join(c + "\u0336" for c in w) for w in n.split()),
    "aksen": lambda n: "".join(unicodedata.normalize("NFC", c + "\u0301") if c in "aiueo" else c for c in n),
    "huruf diulang": lambda n: " ".join(w + w[-1] * 4 for w in n.split()),
    "huruf ganda": lambda n: _in_longest(n, lambda w: w + w[-1]) if len(_longest(n)[0]) > 5 else None,
    "leet penuh": lambda n: n.lower().translate(_LEET) if len(n) > 5 else None,
    "leet satu huruf": lambda n: _in_longest(n, _leet_one) if len(_longest(n)[0]) > 4 else None,
    "dieja spasi": lambda n: "  ".join(" ".join(w) for w in n.split()) if all(len(w) > 3 for w in n.split()) else None,
    "dieja titik": lambda n: " ".join(".".join(w) for w in n.split()) if all(len(w) > 2 for w in n.split()) else None,
    "dieja garis": lambda n: " ".join("-".join(w) for w in n.split()) if all(len(w) > 2 for w in n.split()) else None,
    "tagar": lambda n: "#Dukung" + n.replace(" ", "") + "2024",
    "tagar huruf kecil": lambda n: "#pilih" + n.replace(" ", "").lower() if len(n) > 5 else None,
    "dirangkai": lambda n: n.replace(" ", "").lower() if " " in n else None,
    "klitik": lambda n: n + "nya" if n not in ("Ganjar", "Mahfud") else None,
    "vokal hilang": lambda n: _in_longest(n, _drop_vowel) if len(_longest(n)[0]) > 6 else None,
    "huruf tertukar": lambda n: _in_longest(n, _swap) if len(_longest(n)[0]) > 6 else None,
    "huruf disensor": lambda n: _in_longest(n, lambda w: w[:2] + "*" + w[3:]) if len(_longest(n)[0]) > 5 else None,
}  # fmt: skip


def mentions() -> list[tuple[str, str, str, str]]:
    """(kind of disguise, contest, name, disguised form) for every name and disguise that applies."""
    found = []
    for kind, change in DISGUISES.items():
        for contest, names in NAMES.items():
            for name in names:
                form = None if name in ALONE_NEVER else change(name)
                if form is not None:
                    found.append((kind, contest, name, form))
    return found
