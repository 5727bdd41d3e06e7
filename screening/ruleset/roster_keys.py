"""Who a row of the roster is: NIP and its faults, the pseudonym, handles in a cell, rank and grade."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence

from screening.platforms import platform_of_address
from screening.ruleset.platforms import named_account

_NIP = 18  # digits of a NIP or NIPPPK: birth, appointment, sex, serial number
_PRIVATE = 12  # digits from which an id is a personnel or identity number, whatever its column is called
_SHORTEST = 6  # digits of an NRK
_LEAST = 4  # digits below which a number is no personnel number but a running one
_SCIENTIFIC = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_SPLIT = re.compile(r"[;,\n]+|\s+(?:/|\||&|dan)\s+|(?<=\w)/(?=@)")
_SLASHED = re.compile(r"(?<=[\w.])\s*/\s*(?=[\w.@])")
_PHONE = re.compile(r"\+?[\d\s().-]{9,20}")


class RoundedNumber(ValueError):
    """A personnel number whose last digits a spreadsheet has lost."""


def person_key(cells: Mapping[str, str], rounded: bool) -> tuple[str, str]:
    """(pseudonym, NIP) of the person in a row; ("", "") when the row names nobody.

    The pseudonym of an id of the office's own is that id; of a NIP, NRK or a name it is a hash, so that outputs never hold
    it. `rounded`: the number cell has lost digits. Raises RoundedNumber.
    """
    own = cells.get("subject_id", "").strip()
    nip = cells.get("nip", "").strip().lstrip("'")
    digits = re.sub(r"\D", "", re.split(r"[/|]", nip)[0])
    # The last three digits of a NIP are a serial number from 001 on: zeros are what rounding leaves.
    if (
        rounded
        or _SCIENTIFIC.search(nip)
        or _SCIENTIFIC.fullmatch(own)
        or (len(digits) >= _NIP and digits[-3:] == "000")
    ):
        raise RoundedNumber
    if own and len(re.sub(r"\D", "", own)) < _PRIVATE:
        return own, digits
    digits = digits or re.sub(r"\D", "", own)
    if len(digits) >= _LEAST:
        return _pseudonym(f"nip|{digits}"), digits
    name = " ".join(re.sub(r"[^\w ]", " ", cells.get("name", "")).casefold().split())
    if name:
        unit = " ".join((cells.get("unit") or cells.get("agency") or "").casefold().split())
        return _pseudonym(f"nama|{name}|{unit}"), ""
    return "", ""


def number_key(text: str) -> str:
    """The pseudonym of a person known by NIP, NIPPPK or NRK alone, the same as on the roster; "" for what is no such number, or
    one whose last digits a spreadsheet has lost."""
    digits = re.sub(r"\D", "", re.split(r"[/|]", text.strip().lstrip("'"))[0])
    rounded = _SCIENTIFIC.search(text) or (len(digits) >= _NIP and digits[-3:] == "000")
    return "" if rounded or not _SHORTEST <= len(digits) <= _NIP else _pseudonym(f"nip|{digits}")


def _pseudonym(key: str) -> str:
    return "P-" + hashlib.sha256(f"screening|pegawai|{key}".encode()).hexdigest()[:10]


def account_handles(text: str, platforms: Sequence[str], normalise: Callable[[str], str]) -> list[tuple[str, str]]:
    """(platform, handle) of every account in a cell: "@a, @b", "a / b", addresses, "IG: a; FB: b", "@a (IG)"."""
    found = []
    for part in _parts(text):
        named, handle = named_account(part)
        own = (named,) if named else platforms
        address = _platform_of(handle)
        if address and own in (("",), ()):
            own = (address,)
        plain = normalise(handle)
        number = phone_form(handle)
        for platform in own:
            form = number if number and platform in ("whatsapp", "telegram") else plain
            if form:
                found.append((platform, form))
    return found


def names_platforms(text: str) -> bool:
    """Whether every account in a cell says on which platform it is: "WA: Andi; TikTok @andi", addresses."""
    parts = _parts(text)
    return bool(parts) and all(named_account(part)[0] or _platform_of(part) for part in parts)


def _parts(text: str) -> list[str]:
    whole = text.strip().strip("'")
    pieces = [piece.strip() for piece in _SPLIT.split(whole) if piece and piece.strip()]
    parts = []
    for piece in pieces:
        is_address = "://" in piece or piece.lower().startswith("www.") or _platform_of(piece)
        parts += [piece] if is_address else [one.strip() for one in _SLASHED.split(piece)]
    return [part for part in parts if part and part not in ("-", "@")]


def _platform_of(text: str) -> str:
    return (platform_of_address(text) or "") if "/" in text else ""


def phone_form(text: str | None) -> str:
    """A telephone number as digits with the country code (08… is 628…), or ""."""
    plain = (text or "").strip().replace("\u202a", "").replace("\u202c", "")
    if not _PHONE.fullmatch(plain):
        return ""
    digits = re.sub(r"\D", "", plain)
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    elif digits.startswith("8") and not plain.startswith("+"):
        digits = "62" + digits
    return digits if 10 <= len(digits) <= 15 else ""


def split_rank(rank: str, grade: str) -> tuple[str, str]:
    """Rank and grade, also where one column holds both: `Penata Muda (III/a)`, `III/a - Penata Muda`."""
    if grade and rank and grade != rank:
        return rank, grade
    both = rank or grade
    found = re.search(r"\(?\b((?:IV|I{1,3})\s*/\s*[a-e])\b\)?", both, re.IGNORECASE)
    if not found:
        return (rank, grade) if rank != grade else ("", grade)
    rest = (both[: found.start()] + both[found.end() :]).strip(" ,-–/()")
    return rest, found[1].replace(" ", "")
