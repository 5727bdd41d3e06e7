"""The register of accounts: campaign, party, government and news accounts with dated roles; handles compare normalised.

A register is a CSV with the columns platform, handle, contestant_id, role, valid_from, valid_to (and optional ones). The
product ships no handles: they are the users' data (KPU's list of registered campaign accounts is the lawful source).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from screening.errors import Problem
from screening.platforms import platform_of_host
from screening.ruleset.contests import Contest
from screening.ruleset.platforms import LISTED, platforms_named
from screening.ruleset.resolve import UNKNOWN, names_index, resolve
from screening.ruleset.sheet import read_sheet
from screening.sheets.days import FORMS, read_day

ROLES = ("official", "campaign_team", "volunteer", "party", "government", "news")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "platform": ("platform", "kanal", "media sosial", "medsos", "jenis medsos", "jenis media sosial", "media"),
    "handle": (
        "akun",
        "handle",
        "account",
        "nama akun",
        "username",
        "nama akun medsos",
        "nama akun media sosial",
        "akun media sosial",
        "akun medsos",
        "id akun",
        "link akun",
        "tautan akun",
    ),
    "contestant_id": (
        "peserta",
        "contestant",
        "paslon",
        "kandidat",
        "pasangan calon",
        "nama paslon",
        "calon",
        "partai",
        "peserta pemilu",
        "nama peserta",
    ),
    "role": ("peran", "role", "jenis akun", "status akun", "kategori akun", "jenis"),
    "valid_from": ("berlaku mulai", "mulai", "valid from", "tanggal mulai", "terdaftar sejak"),
    "valid_to": ("berlaku sampai", "sampai", "valid to", "tanggal selesai"),
}
# What an account's role means as a signal (data/signals.toml).
SIGNALS = {role: f"account_{role.removeprefix('campaign_')}" for role in ROLES}
_ROLE_WORDS = {
    "team": "campaign_team", "campaign team": "campaign_team", "tim": "campaign_team", "tim kampanye": "campaign_team",
    "tim pemenangan": "campaign_team", "tim sukses": "campaign_team", "resmi": "official", "akun resmi": "official",
    "relawan": "volunteer", "partai": "party", "pemerintah": "government", "instansi": "government", "berita": "news",
    "media": "news",
}  # fmt: skip
# First path parts that are no account names.
_NO_ACCOUNT = {
    "p", "reel", "reels", "stories", "explore", "tv", "accounts", "hashtag", "i", "intent", "search", "home", "status", "watch",
    "shorts", "playlist", "results", "feed", "embed", "share", "sharer", "photo", "photo.php", "permalink.php", "story.php",
    "events", "gaming", "marketplace", "joinchat", "posts", "video", "videos", "post", "t", "s", "invite", "tag", "music",
    "live", "clip", "l.php", "discover", "foryou",
}  # fmt: skip
# Hosts of short addresses: what stands behind them is the code of a post, of nobody's making.
_SHORT_HOSTS = ("youtu.be", "fb.watch", "fb.me", "vt.tiktok.com", "vm.tiktok.com")
# The only first path parts of LinkedIn behind which a name stands; any other (`dms`, `learning`) is a place of the site.
_LINKEDIN_NAMES = ("in", "pub", "company", "school", "showcase")
_BEFORE_NAME = {
    "pub",
    "showcase",
    "groups",
    "pages",
    "people",
    "in",
    "company",
    "c",
    "user",
    "channel",
    "g",
    "_u",
    "stories",
    "school",
    "s",
}
_ROLES_SHOWN = ("akun resmi", "tim kampanye", "relawan", "partai", "pemerintah", "berita")
_BARE = re.compile(r"(?!www\.)\w[\w.]*", re.ASCII | re.IGNORECASE)
_HANDLE = re.compile(r"^[^\s/?#]+$")


def normalise_handle(value: str | None) -> str:
    """One spelling for all forms of a handle: no @, no address, lower case; "" when there is none.

    Addresses of posts without the account in them (instagram.com/p/…, youtu.be/…, vt.tiktok.com/…) give "".
    """
    if value and _BARE.fullmatch(value):  # as nearly all are
        return value.rstrip(".").lower()
    text = (value or "").strip().strip("\u200b\u200e\u200f\u2060\ufeff").strip()
    if not text:
        return ""
    if "://" in text or text.lower().startswith("www.") or _looks_like_address(text):
        return _from_address(text)
    return text.lstrip("@＠").rstrip("/.").casefold()


def platform_of(address: str | None) -> str:
    """The platform an address belongs to, or ""."""
    if not address:
        return ""
    try:
        host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    except ValueError:  # "[/" and the like look like a broken IPv6 address
        return ""
    return platform_of_host(host) or ""


def _looks_like_address(text: str) -> bool:
    return "/" in text and platform_of(text) != ""


def _from_address(text: str) -> str:
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return ""
    parts = [unquote(part) for part in address.path.split("/") if part]
    query = parse_qs(address.query)
    if platform_of(text) == "linkedin" and len(parts) > 1 and parts[0].lower() not in _LINKEDIN_NAMES:
        return ""
    if parts and parts[0] == "profile.php":
        return query.get("id", [""])[0]
    host = (address.hostname or "").removeprefix("www.")
    if host in _SHORT_HOSTS or (parts[:1] == ["s"] and not host.endswith(("t.me", "telegram.me"))):
        return ""
    if len(parts) > 1 and parts[0].lower() in _BEFORE_NAME:
        parts = parts[1:]
        if parts and parts[0].isdigit() and len(parts) == 1 and "pages" in address.path:
            return parts[0]
        if len(parts) > 1 and "pages" in address.path.split("/") and parts[-1].isdigit():
            return parts[-1]
    elif parts and parts[0].lower() in _NO_ACCOUNT:
        return ""
    return parts[0].lstrip("@").casefold() if parts and _HANDLE.match(parts[0]) else ""


@dataclass(frozen=True)
class Account:
    """One registered account and what it is during its dates; platform "" means any."""

    platform: str
    handle: str
    contestant_id: str | None
    role: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Register:
    """Accounts by normalised handle."""

    by_handle: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return sum(map(len, self.by_handle.values()))

    def find(self, handle: str, platform: str, day: date | None) -> tuple[Account, ...]:
        """Accounts of that normalised handle on the platform, in force on the day (any day, when unknown)."""
        return tuple(
            account
            for account in self.by_handle.get(handle, ())
            if (not account.platform or not platform or platform == "other" or account.platform == platform)
            and (day is None or (account.valid_from or day) <= day <= (account.valid_to or day))
        )


def register(accounts: list[Account]) -> Register:
    """A register of the accounts, in a stable order."""
    held: dict[str, list[Account]] = {}
    for account in sorted(set(accounts), key=lambda a: (a.handle, a.platform, a.role, a.contestant_id or "")):
        held.setdefault(account.handle, []).append(account)
    return Register({handle: tuple(found) for handle, found in held.items()})


def read_accounts(path: Path | None, contests: Mapping[str, Contest]) -> tuple[Register, list[Problem]]:
    """The register in a CSV or XLSX (none: an empty one) and every problem with file and line.

    `contestant` may be an id or a name; one that no contest knows is kept as an unknown contestant, with a warning.
    """
    if path is None:
        return Register(), []
    rows, problems = read_sheet(Path(path), COLUMNS, required=("handle", "role"))
    index = names_index(contests)
    accounts: list[Account] = []
    warnings: list[Problem] = []
    for line, cell in rows:
        wrong, found = _accounts(cell, contests, index)
        problems += [Problem(Path(path).name, line, what, remedy) for what, remedy in wrong]
        accounts += found
        if any((account.contestant_id or "").startswith(UNKNOWN) for account in found):
            what = f"peserta '{cell.get('contestant_id', '')}' tidak ada di data/elections"
            warnings.append(
                Problem(Path(path).name, line, what, "tulis id seperti pilpres-2024/1 atau nama lengkapnya")
            )
    return replace(register(accounts), warnings=tuple(warnings)), problems


def _accounts(
    row: Mapping[str, str], contests: Mapping[str, Contest], index: Mapping[str, set[str]]
) -> tuple[list[tuple[str, str]], list[Account]]:
    """What is wrong with a row (what, remedy), and its account on each platform it names."""
    cell = {name: row.get(name, "") for name in COLUMNS}
    wrong = []
    platforms = platforms_named(cell["platform"])
    handle = normalise_handle(cell["handle"])
    role = _ROLE_WORDS.get(cell["role"].casefold(), cell["role"].casefold())
    if not handle:
        wrong.append(("akun kosong atau bukan akun", "tulis nama akunnya, misalnya @contoh"))
    if platforms is None:
        wrong.append((f"platform '{cell['platform']}' tidak dikenal", f"tulis salah satu: {LISTED}"))
    if role not in ROLES:
        wrong.append((f"peran '{cell['role']}' tidak dikenal", f"tulis salah satu: {', '.join(_ROLES_SHOWN)}"))
    days: dict[str, date | None] = {}
    for name, title in (("valid_from", "Berlaku Mulai"), ("valid_to", "Berlaku Sampai")):
        days[name] = read_day(cell[name]) if cell[name] else None
        if cell[name] and days[name] is None:
            wrong.append((f"tanggal pada kolom {title} tidak terbaca", f"tulis seperti {FORMS}"))
    if wrong or platforms is None:
        return wrong, []
    contestant = resolve(cell["contestant_id"], contests, index) if cell["contestant_id"] else None
    named = (platform_of(cell["handle"]),) if platforms == ("",) else platforms
    return [], [Account(one, handle, contestant, role, days["valid_from"], days["valid_to"]) for one in named]
