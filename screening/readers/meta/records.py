"""Meta's record shapes as one flat list of entries: string_map_data, string_list_data, label_values (any depth).

Instagram, Threads and Facebook share them (export-formats §1, §2). Labels are in the account's language, so an entry is
understood by its language-neutral key (`ent_field_name`), then by a label dictionary (`labels.toml`), then by the
shape of its value; never by its label alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from screening.readers.core.reader import filled, listed
from screening.readers.times.moment import ABSENT, Moment, epoch

USERNAME = re.compile(r"^[A-Za-z0-9._]{1,30}$")
_ADDRESS = re.compile(r"^https?://\S+$", re.I)
_DEEPEST = 12


class Entry(NamedTuple):
    """One labelled value of a record; `within` names the groups it lies in, outermost first ("" where unnamed)."""

    label: str
    key: str
    value: str | None
    href: str | None
    stamp: Any
    within: tuple[str, ...] = ()

    @property
    def address(self) -> str | None:
        """The web address in href or value."""
        return next((text for text in (self.href, self.value) if text and _ADDRESS.match(text)), None)

    @property
    def words(self) -> str | None:
        """The value when it is text and no address."""
        return self.value if self.value and self.value.strip() and not _ADDRESS.match(self.value) else None


def entries(record: Any) -> list[Entry]:
    """All labelled values of one record, in order."""
    if not isinstance(record, dict):
        return []
    found: list[Entry] = []
    mapped = record.get("string_map_data")
    for label, item in mapped.items() if isinstance(mapped, dict) else ():
        found += [_entry(label, part, ()) for part in listed(item) if isinstance(part, dict)]
    for item in listed(record.get("string_list_data")):
        if isinstance(item, dict):
            found.append(_entry("", item, ()))
    _walk(record.get("label_values"), (), found, 0)
    return found


def _entry(label: Any, item: dict[str, Any], within: tuple[str, ...]) -> Entry:
    stamp = item.get("timestamp_value") or item.get("timestamp")
    key = filled(item.get("ent_field_name")) or ""
    return Entry(filled(label) or "", key, _text(item.get("value")), _text(item.get("href")), stamp, within)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else filled(value)


def _walk(items: Any, within: tuple[str, ...], found: list[Entry], depth: int) -> None:
    if depth > _DEEPEST:
        return
    for item in listed(items):
        if not isinstance(item, dict):
            continue
        if any(item.get(name) not in (None, "") for name in ("value", "href", "timestamp_value")):
            found.append(_entry(item.get("label"), item, within))
        inner = (*within, filled(item.get("ent_field_name"), item.get("title"), item.get("label")) or "")
        for name in ("dict", "vec"):
            _walk(item.get(name), inner, found, depth + 1)


def stamp(record: Any, found: Iterable[Entry] = ()) -> Moment:
    """The record's own time, else the first entry with one; absent when there is none (0 and "" mean none)."""
    own = [record.get(name) for name in ("timestamp", "creation_timestamp")] if isinstance(record, dict) else []
    for value in [*own, *(entry.stamp for entry in found)]:
        if value and (when := epoch(value)).happened_at is not None:
            return when
    return next((when for value in own if value and (when := epoch(value)).time_raw), ABSENT)


@cache
def _labels() -> dict[str, str]:
    raw = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))["roles"]
    return {_plain(word): role for role, words in raw.items() for word in words}


def _plain(word: str) -> str:
    return re.sub(r"[\s_\-:]+", " ", word).strip().casefold()


@lru_cache(maxsize=65_536)
def role(word: str) -> str:
    """What a key or label means (comment, owner, time, group, username, name, url, reaction), or the empty string."""
    return _labels().get(_plain(word), "")


def role_of(entry: Entry) -> str:
    """What an entry means by its key, else its label, or the empty string."""
    return role(entry.key) or role(entry.label)


def split_address(address: str | None) -> SplitResult | None:
    """The parts of a web address, or None for anything else (also "http://[")."""
    try:
        return urlsplit(address) if address and _ADDRESS.match(address) else None
    except ValueError:
        return None


def profile_name(address: str | None) -> str | None:
    """The username in the address of an Instagram or Threads profile, else None."""
    parts = split_address(address)
    if parts is None or not re.fullmatch(
        r"(www\.|m\.)?(instagram\.com|threads\.(net|com))", parts.hostname or "", re.I
    ):
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    steps = steps[1:] if steps[:1] == ["_u"] else steps
    name = steps[0].lstrip("@") if len(steps) == 1 else ""
    return name if USERNAME.match(name) and name not in ("p", "reel", "tv", "stories", "explore") else None


def account(found: Iterable[Entry]) -> str | None:
    """The account a list of entries describes: username by role, by profile address, by shape; else the name."""
    found = list(found)
    for entry in found:
        if role_of(entry) == "username" and entry.words:
            return entry.words
    for entry in found:
        if name := profile_name(entry.address):
            return name
    words = [entry.words for entry in found if entry.words]
    shaped = [word for word in words if USERNAME.match(word)]
    return shaped[-1] if shaped else next(iter(words), None)


def content_address(found: Iterable[Entry]) -> str | None:
    """The address of the content a record is about: the first outside of any group."""
    return next((entry.address for entry in found if not entry.within and entry.address), None)


def label_roles(records: Iterable[Any]) -> dict[str, str]:
    """What the unknown labels of a list of comments mean, learnt from all its records.

    The label whose values are not always usernames is the comment, the other the media owner; where every value could
    be a username the order (comment, owner) decides. A single unknown label with only usernames is the owner.
    """
    free: dict[str, int] = {}
    known = set()
    for record in records:
        for entry in entries(record):
            if entry.within or not entry.label or entry.words is None:
                continue
            if meaning := role_of(entry):
                known.add(meaning)
            elif not _only_time(entry):
                free[entry.label] = free.get(entry.label, 0) + (not USERNAME.match(entry.words))
    return _assigned(free, known)


def _assigned(free: dict[str, int], known: set[str]) -> dict[str, str]:
    order = list(free)
    if "comment" in known:
        return {label: "owner" for label in order[:1] if "owner" not in known}
    worded = max(order, key=lambda label: free[label], default="")
    if "owner" in known:
        return {worded: "comment"} if worded else {}
    if len(order) == 1:
        return {worded: "comment" if free[worded] else "owner"}
    comment = worded if worded and free[worded] else next(iter(order), "")
    rest = [label for label in order if label != comment]
    return {comment: "comment", **dict.fromkeys(rest[:1], "owner")} if comment else {}


def _only_time(entry: Entry) -> bool:
    return bool(entry.stamp)
