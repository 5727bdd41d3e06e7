"""Platforms as people write them into a cell: one word, several, or any; words are those of `screening.platforms`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from screening.platforms import platforms

_SQUEEZE = re.compile(r"[\s_/\\&+,;:()\[\]'\".-]+")
_SEVERAL = re.compile(r"\s*(?:[/,;&+\n]|\bdan\b|\bserta\b)\s*", re.IGNORECASE)
# "IG: @a", "FB - budi", "Instagram (@a)", "TikTok @a"; and behind it: "@a (IG)", "@a - FB".
_BEFORE = re.compile(
    r"^\s*(?P<word>[A-Za-z][A-Za-z. ]{0,18}?(?:/[A-Za-z]+)?)\s*(?:[:=|(]|[-–—]\s|[\s/](?=@))\s*(?P<rest>[^()]+?)\s*\)?\s*$",
    re.S,
)
_BEHIND = re.compile(
    r"^\s*(?P<rest>[^()]+?)\s*(?:\(|\s[-–—]\s|\sdi\s)\s*(?P<word>[A-Za-z][A-Za-z. /]{0,18})\s*\)?\s*$", re.S
)
# "FB Andi Contoh": only with words that begin no name of a person, as "Wa Ode" does.
_SPACED = re.compile(
    r"^\s*(?P<word>instagram|facebook|tiktok|twitter|youtube|threads|whatsapp|linkedin|ig|fb)\s+(?P<rest>\S.*)$",
    re.I | re.S,
)
_FEW = 5  # words of a cell that names a platform and says more of it
# Written where an account is meant for every platform.
_ANY = frozenset({"", "semua", "semua platform", "semua medsos", "seluruh", "all", "any"})
LISTED = "Instagram (IG), Facebook (FB), X/Twitter, TikTok, YouTube (YT), Threads, Telegram (TG), WhatsApp (WA), LinkedIn, Lainnya"


@cache
def _words() -> Mapping[str, str]:
    return {_plain(word): each.id for each in platforms() for word in (each.id, *each.words)}


def _plain(word: str) -> str:
    return _SQUEEZE.sub(" ", word).strip().casefold()


@lru_cache(maxsize=4096)
def platform_named(word: str) -> str | None:
    """The platform a word means; None when nobody taught us the word."""
    return _words().get(_plain(word))


@lru_cache(maxsize=4096)
def platforms_named(words: str) -> tuple[str, ...] | None:
    """All platforms a cell names ("IG, FB"); ("",) for any platform; None when a word of it is unknown."""
    if _plain(words) in _ANY:
        return ("",)
    whole = platform_named(words)  # "X/Twitter" is one
    if whole is not None:
        return (whole,)
    found = [platform_named(part) for part in _SEVERAL.split(words) if part.strip()]
    if not found or None in found:
        return None
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=4096)
def named_account(text: str) -> tuple[str, str]:
    """(platform, account) of a cell that names both; ("", the text) where it names no platform, or holds an address."""
    if "://" in text or platform_named(text):  # "X (Twitter)" is a platform and nobody
        return "", text
    for form in (_BEFORE, _BEHIND, _SPACED):
        found = form.match(text)
        if found and (platform := platform_named(found["word"])) and not platform_named(found["rest"]):
            return platform, found["rest"].strip()
    return "", text


@lru_cache(maxsize=4096)
def platform_among(words: str) -> str | None:
    """The only platform that words of a short cell name ("WAG Dinas", "Grup WA RW 05", "IG pribadi"); None where there is none,
    or more than one."""
    plain = _plain(words).split()
    if len(plain) > _FEW:
        return None
    found = {platform_named(word) for word in plain if len(word) > 1} - {None, "other"}
    return found.pop() if len(found) == 1 else None
