"""Headings of rosters and words in their cells (`roster.toml` beside it): what a personnel office writes, and what it means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from screening.ruleset.platforms import platform_named
from screening.sheets.opened import fold

EMPLOYMENTS = ("pns", "pppk", "non_asn")
CONTROLS = ("confirmed", "likely", "unconfirmed", "not_theirs")
ACCOUNT = "actor"


@cache
def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(Path(__file__).with_name("roster.toml").read_text(encoding="utf-8"))


def _shown() -> dict[str, tuple[str, ...]]:
    columns = {name: tuple(forms) for name, forms in _words()["columns"].items()}
    columns[ACCOUNT] = (*columns[ACCOUNT][:5], "atau satu kolom per platform: Akun IG", "Akun FB", "Akun X")
    return columns


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    return {fold(form): name for name, forms in _words()["columns"].items() for form in (name, *forms)}


SHOWN: Mapping[str, tuple[str, ...]] = _shown()
_FILLER = frozenset(
    {
        "akun", "nama", "username", "user", "id", "link", "tautan", "url", "alamat", "profil", "account", "handle", "media",
        "sosial", "medsos", "resmi", "pribadi", "milik", "pegawai", "asn", "aktif", "no", "nomor",
    }
)  # fmt: skip
_ORDINAL = re.compile(r"\s+(?:\d{1,2}|i{1,3}|pertama|kedua|ketiga)$|^(?:\d{1,2}\s)")


@lru_cache(maxsize=4096)
def heading_meaning(heading: str) -> str | None:
    """The column a heading names, `account:<platform>` for the accounts on one platform, or None.

    Of a heading with a remark ("NIP (18 digit)") or of two words for one thing ("Instansi/OPD") the part that is known counts.
    """
    for text in (heading, re.sub(r"\([^)]*\)", " ", heading)) if "(" in heading else (heading,):
        plain = _ORDINAL.sub("", fold(text))
        if plain in _known():
            return _known()[plain]
        if found := _of_platform(plain):
            return found
    parts = [fold(part) for part in re.split(r"[/&()]|\batau\b", heading) if part.strip()]
    named = [_known()[part] for part in parts if part in _known()]
    return named[0] if named else None


def _of_platform(plain: str) -> str | None:
    """`Akun IG`, `Link Facebook`, `FB`, `Akun Media Sosial Instagram`: the accounts of one platform."""
    words = [word for word in plain.split() if word not in _FILLER]
    if not words or len(words) > 3:
        return None
    platform = platform_named(" ".join(words))
    return f"account:{platform}" if platform and platform != "other" else None


@lru_cache(maxsize=4096)
def employment_named(text: str) -> str | None:
    """pns, pppk or non_asn for a word of a personnel office; None when it is unknown."""
    return _named("employment", text)


@lru_cache(maxsize=4096)
def control_named(text: str) -> str | None:
    """How sure the account is the person's, from a word; None when it is unknown."""
    return _named("account_control", text)


def _named(table: str, text: str) -> str | None:
    plain = fold(text)
    words = _words()[table]
    return next((name for name, forms in words.items() if plain in (fold(name), *map(fold, forms))), None)


def unneeded(heading: str) -> bool:
    """Whether a heading is one of a personnel list that no judgement needs."""
    return fold(heading) in _words()["unneeded"]["words"]


def no_account(text: str) -> bool:
    """Whether a cell says that there is no account."""
    plain = fold(text)
    return not plain or plain in _words()["none"]["words"]
