"""A WhatsApp chat export cut into messages: our own line splitter for Android and iOS, any language (export-formats §8).

A message begins with a time; everything until the next time belongs to it. Invisible marks are removed from the start of
lines, not from the words. Day and month order is inferred over the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from itertools import pairwise
from typing import NamedTuple

from screening.readers.times.moment import ABSENT, Moment

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_MARK = re.compile(f"[{MARKS}]")
_DATE = r"(?P<a>\d{1,4})[/.\-](?P<b>\d{1,2})[/.\-](?P<c>\d{2,4})"
_TIME = r"(?P<h>\d{1,2})[.:](?P<m>\d{2})(?:[.:](?P<s>\d{2}))?(?: ?(?P<half>[AaPp]\.? ?[Mm]\.?))?"
_ANDROID = re.compile(rf"^{_DATE},? (?:pukul )?{_TIME} [-–] (?P<rest>.*)$", re.S)
_IOS = re.compile(rf"^\[{_DATE},? (?:pukul )?{_TIME}\] ?(?P<rest>.*)$", re.S)


class Message(NamedTuple):
    """One message or system line: where it starts (1-based), its time as parts and as written, what follows it."""

    line: int
    parts: tuple[int, int, int, int, int, int]
    raw: str
    rest: str


def plain_spaces(text: str) -> str:
    """Narrow and non-breaking blanks as blanks."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def start_of(line: str, number: int) -> Message | None:
    """The message a line begins, or None when it continues the one before."""
    if not line[:1].isdigit() and line[:1] != "[" and line[:1] not in MARKS:
        return None
    text = plain_spaces(_MARK.sub("", line[:60])) + line[60:]
    match = _ANDROID.match(text) or _IOS.match(text)
    if match is None:
        return None
    half = (match["half"] or "").replace(".", "").replace(" ", "").lower()
    hour = int(match["h"])
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    parts = (int(match["a"]), int(match["b"]), int(match["c"]), hour, int(match["m"]), int(match["s"] or 0))
    # The rest keeps its marks: they tell what the app wrote from what a person wrote.
    kept = line.find("] ") + 2 if text.startswith("[") else _after_dash(line)
    rest = line[kept:] if kept > 1 else match["rest"]
    return Message(number, parts, text[: match.start("rest")].strip(" -–[]"), rest.rstrip("\r\n"))


def _after_dash(line: str) -> int:
    found = re.search(r" [-–] ?", line)
    return found.end() if found else 0


def messages(lines: Iterable[str]) -> Iterator[Message]:
    """The messages of a chat; lines before the first one are left out."""
    now: Message | None = None
    more: list[str] = []
    for number, line in enumerate(lines, start=1):
        begun = start_of(line, number)
        if begun is None:
            more.append(line.rstrip("\r\n"))
            continue
        if now is not None:
            yield _with(now, more)
        now, more = begun, []
    if now is not None:
        yield _with(now, more)


def _with(message: Message, more: list[str]) -> Message:
    return message._replace(rest="\n".join([message.rest, *more]).rstrip("\n")) if more else message


def day_order(seen: Iterable[tuple[int, int, int]]) -> str | None:
    """`YMD`, `DMY` or `MDY` for the whole file, or None when every date would fit both and the order does not tell.

    A first part over 31 is a year, a part over 12 a day. Where all parts are small, the order in which days and months
    run on decides: read in the right order, a chat never goes back in time.
    """
    dates = list(dict.fromkeys(seen))
    if any(first > 31 for first, _, _ in dates):
        return "YMD"
    day_first = any(first > 12 for first, _, _ in dates)
    month_first = any(second > 12 for _, second, _ in dates)
    if day_first != month_first:
        return "DMY" if day_first else "MDY"
    backwards = {"DMY": _backwards((c, b, a) for a, b, c in dates), "MDY": _backwards((c, a, b) for a, b, c in dates)}
    if day_first or backwards["DMY"] == backwards["MDY"]:
        return None
    return min(backwards, key=lambda order: backwards[order])


def _backwards(days: Iterable[tuple[int, int, int]]) -> int:
    found = list(days)
    return sum(later < earlier for earlier, later in pairwise(found))


def order_of_one(message: Message) -> str | None:
    """The only possible order of one date, where the file as a whole leaves it open."""
    a, b, _ = message.parts[:3]
    if a > 31:
        return "YMD"
    return "DMY" if a > 12 or a == b else ("MDY" if b > 12 else None)


def when(message: Message, order: str, zone: tzinfo) -> Moment:
    """The minute on the phone's clock, which carries no zone."""
    a, b, c, hour, minute, second = message.parts
    year, month, day = {"YMD": (a, b, c), "DMY": (c, b, a), "MDY": (c, a, b)}[order]
    try:
        local = datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return ABSENT._replace(time_raw=message.raw)
    return Moment(local.astimezone(UTC), "local_naive", message.raw)
