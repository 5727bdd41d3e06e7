"""Who came into a group by a line of the app; only what can be a name is taken for one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from screening.readers.whatsapp.words import bare, nobody, says, selves

_LIST = re.compile(r",\s*(?:dan|and)\s+|,\s*|\s+(?:dan|and)\s+")
_OTHERS = re.compile(r"(\d+) (?:lainnya|orang lainnya|anggota lainnya|others?|other members?)", re.I)
_TO_GROUP = re.compile(r" (?:ke|dalam|to|in) (?:dalam )?(?:grup|komunitas|the|this|a|an)\b.*$", re.I)
_PHONE = re.compile(r"^\+?\d[\d \-()]{6,}$")


class Came(NamedTuple):
    """`names` of those who came in, as written; `added`: brought in by another; `unnamed`: how many only as a number."""

    names: tuple[str, ...] = ()
    added: bool = False
    unnamed: int = 0


def came_in(text: str, senders: Collection[str]) -> Came:
    """Who came in by this line. `senders`: the people who write in the chat, whose names are known to be names."""
    if says("no_join", text):
        return Came()
    added = says("added", text)
    joined = None if added else says("join", text)
    if added is None and joined is None:
        return Came()
    said = added["added"] if added else (joined["who"] if joined else "")
    parts = [said] if said in senders else _LIST.split(said)
    names, unnamed = [], 0
    for part in parts:
        name = bare(_TO_GROUP.sub("", part)).strip(" ~")
        if others := _OTHERS.fullmatch(name):
            unnamed += int(others[1])
        elif _may_be_name(name, senders):
            names.append(name)
    return Came(tuple(names), added is not None, unnamed)


def _may_be_name(name: str, senders: Collection[str]) -> bool:
    """Whether words of the app can be somebody's name: a sender, the owner, a telephone number, else words that do not
    begin in lower case, hold no colon and name somebody."""
    if name in senders or name.casefold() in selves() or _PHONE.match(name):
        return True
    return bool(name) and not name[0].islower() and ":" not in name and name.casefold() not in nobody()
