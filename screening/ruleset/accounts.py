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
from screening.platforms import platform_of_host, platforms
from screening.ruleset.contests import Contest
from screening.ruleset.resolve import UNKNOWN, names_index, resolve
from screening.ruleset.sheet import read_sheet
from screening.tables import PLATFORMS

ROLES = ("official", "campaign_team", "volunteer", "party", "government", "news")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "platform": ("platform", "kanal", "media sosial"),
    "handle": ("handle", "akun", "account", "nama akun", "username"),
    "contestant_id": ("contestant", "peserta", "paslon", "kandidat"),
    "role": ("role", "peran", "jenis akun"),
    "valid_from": ("berlaku mulai", "mulai"),
    "valid_to": ("berlaku sampai", "sampai"),
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
}  # fmt: skip
_BEFORE_NAME = {
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
_BARE = re.compile(r"(?!www\.)\w[\w.]*", re.ASCII | re.IGNORECASE)
_HANDLE = re.compile(r"^[^\s/?#]+$")


def normalise_handle(value: str | None) -> str:
    """One spelling for all forms of a handle: no @, no address, lower case; "" when there is none.

    Addresses of posts without the account in them (instagram.com/p/…, youtu.be/…) give "".
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


def _named(word: str) -> str:
    """The platform people mean by a word; a word nobody taught us stays as it is."""
    plain = word.strip().lower()
    return next((each.id for each in platforms() if plain in (each.id, *each.words)), plain)


def _looks_like_address(text: str) -> bool:
    return "/" in text and platform_of(text) != ""


def _from_address(text: str) -> str:
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return ""
    parts = [unquote(part) for part in address.path.split("/") if part]
    query = parse_qs(address.query)
    if parts and parts[0] == "profile.php":
        return query.get("id", [""])[0]
    if (address.hostname or "").endswith("youtu.be"):
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
        wrong, account = _account(cell, contests, index)
        problems += [Problem(Path(path).name, line, what) for what in wrong]
        if account is not None:
            accounts.append(account)
            if (account.contestant_id or "").startswith(UNKNOWN):
                what = f"peserta '{cell.get('contestant_id', '')}' tidak ada di data/elections"
                warnings.append(
                    Problem(Path(path).name, line, what, "tulis id seperti pilpres-2024/1 atau nama lengkapnya")
                )
    return replace(register(accounts), warnings=tuple(warnings)), problems


def _account(
    row: Mapping[str, str], contests: Mapping[str, Contest], index: Mapping[str, set[str]]
) -> tuple[list[str], Account | None]:
    cell = {name: row.get(name, "") for name in COLUMNS}
    wrong = []
    platform = _named(cell["platform"]) or platform_of(cell["handle"])
    handle = normalise_handle(cell["handle"])
    role = _ROLE_WORDS.get(cell["role"].casefold(), cell["role"].casefold())
    if not handle:
        wrong.append("handle kosong atau bukan akun")
    if platform and platform not in PLATFORMS:
        wrong.append(f"platform '{platform}' tidak dikenal; pilihan: {', '.join(PLATFORMS)}")
    if role not in ROLES:
        wrong.append(f"role '{cell['role']}' tidak dikenal; pilihan: {', '.join(ROLES)}")
    days: dict[str, date | None] = {}
    for name in ("valid_from", "valid_to"):
        try:
            days[name] = date.fromisoformat(cell[name][:10]) if cell[name] else None
        except ValueError:
            wrong.append(f"{name} '{cell[name]}' bukan tanggal TTTT-BB-HH")
    if wrong:
        return wrong, None
    contestant = resolve(cell["contestant_id"], contests, index) if cell["contestant_id"] else None
    return [], Account(platform, handle, contestant, role, days["valid_from"], days["valid_to"])
