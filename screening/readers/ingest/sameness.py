"""One spelling for what an act is aimed at: accounts and addresses as different exports write them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from screening.platforms import platform_of_host
from screening.ruleset.accounts import normalise_handle

# Parts of a path behind which the id of one post, video or message stands, whatever stands before.
_BEFORE_ID = {
    "instagram": ("p", "reel", "reels", "tv"),
    "threads": ("post", "t"),
    "facebook": ("posts", "videos", "reel", "permalink", "videos", "p", "v", "r"),
    "x": ("status", "statuses"),
    "tiktok": ("video", "photo", "v"),
    "youtube": ("shorts", "live", "embed", "v"),
    "linkedin": ("update",),
}
_ID_IN_QUERY = {"facebook": ("story_fbid", "fbid", "v", "multi_permalinks"), "youtube": ("v",)}
# Marks that tools and apps add to an address and that lead to the same place.
_TRACKS = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|igsh|igshid|si|s|t|ref|ref_src|ref_url|feature|mibextid|_r|_t|is_from_webapp|sender_device|"
    r"lang|hl|__\w+|_rdr|rdid|share_id|app)$"
)
_PARTS = re.compile(
    r"(?:https?:)?(?P<slashes>//)?(?:[^/?#@\s]*@)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})(?::\d+)?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?$",
    re.I | re.S,
)
_FRONT = re.compile(r"^(?:www|m|mobile|web|amp)\.")
_PLACE = re.compile(r"^(?:https?:)?//|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]|$)", re.I)


@lru_cache(maxsize=65_536)
def same_account(name: str) -> str:
    """An account as it compares: no @, no address, lower case, single spaces."""
    plain = " ".join(name.split())
    if "/" in plain or "://" in plain:
        return normalise_handle(plain) or same_address(plain)
    return plain.lstrip("@＠").strip().casefold()


@lru_cache(maxsize=65_536)
def same_address(address: str) -> str:
    """An address as it compares: `platform/id` for a post in any of its forms, else host and path without what tools
    add. What is no address is compared as it is."""
    plain = address.strip()
    parts = _PARTS.match(plain)
    if parts is None:
        return plain
    host, path = parts["host"].lower(), parts["path"] or ""
    platform = platform_of_host(host)
    steps = [step for step in (unquote(path) if "%" in path else path).split("/") if step]
    query = dict(parse_qsl(parts["query"])) if parts["query"] else {}
    if platform is not None and (number := _content_id(platform, host, steps, query)):
        return f"{platform}/{number}"
    kept = sorted((name, value) for name, value in query.items() if not _TRACKS.match(name.lower()))
    place = platform or _FRONT.sub("", host)
    walked = "/".join(step.casefold() if platform else step for step in steps if step != "_u")
    return "/".join(part for part in (place, walked.removeprefix("@")) if part) + "".join(f"&{n}={v}" for n, v in kept)


def _content_id(platform: str, host: str, steps: list[str], query: dict[str, str]) -> str:
    """The id of the one thing an address leads to, or the empty string."""
    if host.endswith("youtu.be"):
        return steps[0] if steps else ""
    found = next((query[name] for name in _ID_IN_QUERY.get(platform, ()) if query.get(name)), "")
    for at, step in enumerate(steps[:-1]):
        if step.lower() in _BEFORE_ID.get(platform, ()):
            found = found or steps[at + 1]
    if platform == "facebook" and not found and len(steps) > 2 and steps[0] == "groups" and steps[-1].isdigit():
        found = steps[-1]
    if platform == "instagram" and len(steps) > 2 and steps[0] == "stories":
        found = f"stories/{steps[2]}"
    if platform == "youtube" and query.get("lc"):
        found += f"/{query['lc']}"
    return found.split(":")[0] if platform == "facebook" else found


def same_profile(address: str) -> str:
    """The account a profile's address names, or the empty string."""
    return normalise_handle(address) if _PLACE.match(address.strip()) else ""
