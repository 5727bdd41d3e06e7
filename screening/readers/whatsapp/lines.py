"""A WhatsApp chat export cut into messages: our own line splitter for Android, iOS and what is copied from WhatsApp Web.

A message begins with a time; everything until the next time belongs to it. Which dated lines begin a message and which
lie inside of one is decided over the whole file (`inside.py`), and so is the order of day and month (`order.py`). Invisible
marks are removed from the start of lines, not from the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from screening.readers.times.forms import words
from screening.readers.times.moment import ABSENT, Moment

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_MARK = re.compile(f"[{MARKS}]")
_HEAD = 64  # characters a time and its frame may take
_NUMERIC = r"(?P<a>\d{1,4})(?P<mark>[/.\-]) ?(?P<b>\d{1,2})[/.\-] ?(?P<c>\d{1,4})\.?"
_NAMED = r"(?P<day>\d{1,2})[ .\-](?P<month>[^\W\d]{3,9})\.?[ \-](?P<year>\d{4}|\d{2})"
_DATE = rf"(?:{_NUMERIC}|{_NAMED})"
_HALF = r"(?: ?(?P<half>[AaPp]\.? ?[Mm]\.?|pagi|siang|sore|malam)(?![A-Za-z]))?"
_TIME = rf"(?P<h>\d{{1,2}})(?P<dot>[.:])(?P<m>\d{{2}})(?:[.:](?P<s>\d{{2}}))?{_HALF}"
_SECONDS = r"(?P<h>\d{1,2})(?P<dot>[.:])(?P<m>\d{2})[.:](?P<s>\d{2})(?P<half>)"
_AT = r"(?P<comma>[,،])? ?(?:(?:pukul|pkl|klo|jam|at) )?"
_STOPPED = r"\d{1,2}\. ?\d{1,2}\. ?\d{4}\. "
_FRAMES = {
    "dash": re.compile(rf"^{_DATE}{_AT}{_TIME} [-–—] (?P<rest>.*)$", re.S | re.I),
    "brackets": re.compile(rf"^\[{_DATE}{_AT}{_TIME}\] ?(?P<rest>.*)$", re.S | re.I),
    "copied": re.compile(rf"^\[{_TIME}[,،] ?{_DATE}\] ?(?P<rest>.*)$", re.S | re.I),
    "colon": re.compile(rf"^{_DATE}{_AT}{_SECONDS}: (?P<rest>.*)$", re.S),
    # A log of some program looks nearly the same; only the full stop behind the year tells a chat.
    "bare": re.compile(rf"^(?={_STOPPED}){_DATE}{_AT}{_SECONDS} (?P<rest>[^\W\d][^:\n]{{0,60}}: .*)$", re.S),
}  # fmt: skip


class Message(NamedTuple):
    """One message or system line: where it starts (1-based), its time as parts and as written, what follows it.

    `parts`: year or day or month in the order written, then hour, minute, second; a date with a named month is year, month,
    day. `form`: frame and marks of the time, the same for all lines of one export; `dotted`: the clock is written 14.05.
    """

    line: int
    parts: tuple[int, int, int, int, int, int]
    raw: str
    rest: str
    form: str = ""
    dotted: bool = False


def plain_spaces(text: str) -> str:
    """Narrow and non-breaking blanks as blanks."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def start_of(line: str, number: int) -> Message | None:
    """The message a line begins, or None when it continues the one before."""
    if not line[:1].isdigit() and line[:1] != "[" and line[:1] not in MARKS:
        return None
    plain = line.isascii() or line[:_HEAD].isascii()
    text = line if plain else plain_spaces(_MARK.sub("", line[:_HEAD])) + line[_HEAD:]
    name, match = _framed(text)
    if match is None:
        return None
    part = match.groupdict()
    date = _date(part)
    if date is None:
        return None
    clock = (_hour(int(part["h"]), part["half"] or ""), int(part["m"]), int(part["s"] or 0))
    form = "".join((name, part["mark"] or "named", part.get("comma") or "" if name in ("dash", "brackets") else "",
                    part["dot"], "s" if part["s"] else ""))  # fmt: skip
    begins = match.start("rest")
    # The rest keeps its marks: they tell what the app wrote from what a person wrote.
    rest = line[begins if plain else _place(line, begins) :]
    return Message(
        number, (*date, *clock), text[:begins].strip(" -–—[]:"), rest.rstrip("\r\n"), form, part["dot"] == "."
    )


def _framed(text: str) -> tuple[str, re.Match[str] | None]:
    """The frame a line is written in, and its parts."""
    for name, frame in _FRAMES.items():
        if (match := frame.match(text)) is not None:
            return name, match
    return "", None


def _place(line: str, shown: int) -> int:
    """Where in the line as written the part begins that stands `shown` characters into the line without marks; marks in
    front of it belong to it."""
    place = seen = 0
    while seen < shown:
        seen += line[place] not in MARKS or place >= _HEAD
        place += 1
    return place


def _date(part: Mapping[str, str | None]) -> tuple[int, int, int] | None:
    named = part["month"]
    if named is None:
        a, b, c = part["a"] or "", part["b"] or "", part["c"] or ""
        return None if len(a) < 4 and len(c) < 2 else (int(a), int(b), int(c))
    name = named.casefold()
    month = next((number for number, names in words()["months"].items() if name in names), None)
    year = int(part["year"] or 0)
    return (year + 2000 if year < 100 else year, int(month), int(part["day"] or 0)) if month else None


def _hour(hour: int, half: str) -> int:
    """The hour of the day: AM and PM, and the Indonesian parts of the day."""
    if not half:
        return hour
    sign = half.replace(".", "").replace(" ", "").lower()
    if sign in ("am", "pm"):
        return hour % 12 + (12 if sign == "pm" else 0)
    later = {"siang": range(1, 6), "sore": range(1, 8), "malam": range(6, 12)}.get(sign, range(0))
    return hour + 12 if hour in later else (0 if sign == "malam" and hour == 12 else hour)


def starts(lines: Iterable[str]) -> Iterator[tuple[Message, str]]:
    """Every line that could begin a message, with the last words before it (of the message it may lie in)."""
    before = ""
    for number, line in enumerate(lines, start=1):
        begun = start_of(line, number)
        if begun is not None:
            yield begun, before
        before = line.strip() or before


def messages(lines: Iterable[str], begun: Mapping[int, Message]) -> Iterator[Message]:
    """The messages of a chat; lines before the first one are left out. `begun`: what begins on which line."""
    now: Message | None = None
    more: list[str] = []
    for number, line in enumerate(lines, start=1):
        new = begun.get(number)
        if new is None:
            more.append(line.rstrip("\r\n"))
            continue
        if now is not None:
            yield _with(now, more)
        now, more = new, []
    if now is not None:
        yield _with(now, more)


def _with(message: Message, more: list[str]) -> Message:
    return message._replace(rest="\n".join([message.rest, *more]).rstrip("\n")) if more else message


def local_time(message: Message, order: str) -> datetime | None:
    """The minute on the phone's clock, read in that order; None where there is no such day."""
    return _local(message.parts, order)


def _local(parts: tuple[int, int, int, int, int, int], order: str) -> datetime | None:
    a, b, c, hour, minute, second = parts
    year, month, day = (a, b, c) if a > 31 else {"YMD": (a, b, c), "DMY": (c, b, a), "MDY": (c, a, b)}[order]
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None


def when(message: Message, order: str, zone: tzinfo) -> Moment:
    """The minute on the phone's clock, which carries no zone."""
    instant = _instant(message.parts, order, zone)
    if instant is None:
        return ABSENT._replace(time_raw=message.raw)
    return Moment(instant, "local_naive", message.raw)


@lru_cache(maxsize=1_024)
def _instant(parts: tuple[int, int, int, int, int, int], order: str, zone: tzinfo) -> datetime | None:
    """The moment in UTC; the messages of one minute follow each other."""
    local = _local(parts, order)
    return None if local is None else local.replace(tzinfo=zone).astimezone(UTC)
