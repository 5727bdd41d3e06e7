"""The forms of dates and times: fixed patterns, a month table and zone names (`times.toml`). No guess, no "now"."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, time, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class TimeError(ValueError):
    """The value cannot be read as a time."""


class ImpossibleTime(TimeError):
    """The value has the form of a date or time and there is none like it ("31/02/2024")."""


class Parts(NamedTuple):
    """A day, its clock (None: the day only) and its zone (None: not written)."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None


_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CLOCK = r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?|(?=\s*[ap]\.?m))"
_REST = re.compile(
    rf"^(?:[,;|\-–t]|\s)*(?:(?P<at>[a-z]+(?: [a-z]+)?)\.?:?\s+)?{_CLOCK}\s*(?P<half>[ap]\.?m\.?(?![a-z]))?\s*"
    r"(?:\(?(?P<zone>[a-z]{1,5})?\)?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_ISO = re.compile(r"^(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<mo>\d{2})(?P<d>\d{2})(?:t(?P<c>\d{6})z?)?$")
_NUMERIC = re.compile(
    r"^(?:[a-z']+,?\s+)?(?P<a>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<b>\d{1,2})\s?[-/.]\s?(?P<y>\d{4}|\d{2})(?!\d)"
)
_NAMED = re.compile(
    r"^(?:[^\W\d]+'?[^\W\d]*\.?,?\s+)?(?P<d>\d{1,2})\.?(?:\s|-|/)*(?:de\s)?(?P<mo>[^\W\d]{3,})\.?,?(?:\s|-|/)*(?:de\s)?(?P<y>\d{4}|'?\d{2}(?!\d|[:.]))"
)
_MONTH_FIRST = re.compile(r"^(?:[^\W\d]+,\s+)?(?P<mo>[^\W\d]{3,})\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>\d{4})(?!\d)")
_CTIME = re.compile(
    r"^[a-z]{3} (?P<mo>[a-z]{3})\s+(?P<d>\d{1,2}) (?P<h>\d{2}):(?P<mi>\d{2}):(?P<s>\d{2}) (?P<o>[+-]\d{4}|[a-z]{3,4}) (?P<y>\d{4})$"
)


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("times.toml").read_text(encoding="utf-8"))


@cache
def _month(word: str) -> int | None:
    months = {name: int(number) for number, names in words()["months"].items() for name in names}
    return months.get(word)


def plain(raw: str) -> str:
    """The words to look at: lower case, single spaces, no marks, no name of a day in front."""
    return _weekday().sub("", _SPACES.sub(" ", _MARKS.sub("", raw)).strip(" '\"").lower())


def vague(text: str) -> bool:
    """Relative to the day of export, or a month without a day: no time can be told from it."""
    if re.search(r"\d{4}", text):
        match = re.fullmatch(r"([^\W\d]{3,})\.? \d{4}", text)
        return match is not None and _month(match[1]) is not None
    return any(word in text for word in words()["words"]["relative"])


def parts(text: str, order: str) -> Parts:
    """The parts of a plain text; raises ImpossibleTime, or TimeError when it has no known form."""
    if match := _CTIME.match(text):
        second = time(int(match["h"]), int(match["mi"]), int(match["s"]))
        return Parts(_day(match["y"], _named_month(match["mo"]), match["d"]), second, _zone(match["o"], ""))
    if match := _COMPACT.match(text):
        digits = match["c"]
        compact = time(int(digits[:2]), int(digits[2:4]), int(digits[4:])) if digits else None
        return Parts(_day(match["y"], match["mo"], match["d"]), compact, UTC if compact else None)
    if match := _ISO.match(text):
        day = _day(match["y"], match["mo"], match["d"])
    elif match := _NUMERIC.match(text):
        day = _day(
            _century(match["y"]), *_month_and_day(match["a"], match["b"], match["mark"] in order or order == "MDY")
        )
    elif match := _NAMED.match(text):
        day = _day(_century(match["y"].lstrip("'")), _named_month(match["mo"]), match["d"])
    elif match := _MONTH_FIRST.match(text):
        day = _day(match["y"], _named_month(match["mo"]), match["d"])
    else:
        raise ImpossibleTime(text) if text.isdigit() else TimeError(text)
    rest = text[match.end() :].strip(" ,")
    if not rest:
        return Parts(day)
    if not any(map(str.isdigit, rest)):  # "14/08/2024 sore", "14/08/2024 (WIB)": the day is known, the hour is not
        return Parts(day)
    try:
        clock, offset = clock_of(rest)
    except TimeError as error:
        raise ImpossibleTime(text) from error
    return Parts(day, clock, offset)


@cache
def _weekday() -> re.Pattern[str]:
    days = sorted(words()["words"]["days"], key=len, reverse=True)
    return re.compile(
        rf"^(?:hari\s+)?(?:{'|'.join(map(re.escape, days))})(?![a-z'’])[\s,./|-]*(?=\S)(?!\w{{3}} \d{{1,2}} \d)"
    )


def clock_of(text: str) -> tuple[time, tzinfo | None]:
    """The time of day in `14.30 WIB`, `pukul 14:30`, `2:30 pm`, with its zone or None; raises TimeError."""
    match = _REST.match(_SPACES.sub(" ", _MARKS.sub("", text)).strip().lower())
    if not match or (match["at"] and match["at"] not in words()["words"]["at"]):
        raise TimeError(text)
    hour, half = int(match["h"]), (match["half"] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise TimeError(text)
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    micro = int((match["f"] or "0")[:6].ljust(6, "0"))
    try:
        clock = time(hour, int(match["m"] or 0), int(match["s"] or 0), micro)
    except ValueError as error:
        raise TimeError(text) from error
    return clock, _zone(match["zone"] or "", match["offset"] or "")


def _zone(name: str, offset: str) -> tzinfo | None:
    if name[:1] in "+-" and name:
        name, offset = "", name
    if name and name not in words()["zones"]:
        raise TimeError(name)
    if not name and not offset:
        return None
    minutes = words()["zones"].get(name, 0)
    if offset:
        digits = offset[1:].replace(":", "")
        hours, rest = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        minutes += (-1 if offset[0] == "-" else 1) * (int(hours) * 60 + int(rest))
    return timezone(timedelta(minutes=minutes))


def _named_month(word: str) -> int:
    month = _month(word.strip(".").lower())
    if month is None:
        raise TimeError(word)
    return month


def _month_and_day(first: str, second: str, month_first: bool) -> tuple[str, str]:
    """In the given order, or in the only one that is possible (1/29/26)."""
    month, day = (first, second) if month_first else (second, first)
    return (day, month) if int(month) > 12 >= int(day) else (month, day)


def _century(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _day(year: Any, month: Any, day: Any) -> date:
    years = words()["years"]
    if not years["first"] <= int(year) < years["last"]:
        raise ImpossibleTime(str(year))
    return date(int(year), int(month), int(day))
