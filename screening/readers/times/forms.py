"""The forms of dates and times: fixed patterns, a month table and zone names (`times.toml`). No guess, no "now"."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
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


_AROUND = " .,;|/()–-"  # marks between a day and its clock, and around a clock
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MARKS = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CLOCK = r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?|(?=\s*[ap]\.?m))"
_REST = re.compile(
    rf"^(?:[,;|\-–t]|\s)*(?:(?P<at>[a-z]+(?: [a-z]+)?)\.?:?\s+)?{_CLOCK}\s*(?P<half>[ap]\.?m\.?(?![a-z]))?\s*"
    r"(?:\(?(?P<zone>[a-z]{1,5})?\)?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_ISO = re.compile(r"^(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<mo>\d{2})(?P<d>\d{2})(?:t(?P<c>\d{6})z?)?$")
_COMPACT_DAY_FIRST = re.compile(r"^(?P<d>\d{2})(?P<mo>\d{2})(?P<y>(?:19|20)\d{2})$")
_NUMERIC = re.compile(
    r"^(?:[a-z']+,?\s+)?(?P<a>\d{1,2})\s?(?P<mark>[-/. ])\s?(?P<b>\d{1,2})\s?"
    r"(?:[-/. ]\s?(?P<y4>\d{4})|[-/.]\s?(?P<y2>['’]?\d{2})(?![:.]\d))(?!\d)"
)
_CLOCK_FIRST = re.compile(
    r"^(?P<clock>(?:(?:pukul|pkl|jam)\.?\s)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[ap]m)?"
    r"(?:\s(?:pagi|siang|sore|petang|malam))?(?:\s\(?(?:wib|wita|wit)\)?)?)[\s,;|/–-]+(?P<day>\S.*\d{4})$"
)
_PART_OF_DAY = re.compile(r"\(?\b(dini hari|pagi|siang|sore|petang|malam)\b(?: hari)?\)?")
_HOUR = re.compile(r"^(?:(?:pukul|pkl|jam)\.?:?\s+)?(?P<h>\d{1,2})$")
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
    """The month of a name or of the beginning of one ("Agust", "Okto"), where only one month begins so."""
    months = {name: int(number) for number, names in words()["months"].items() for name in names}
    if word in months or len(word) < 3:
        return months.get(word)
    begun = {number for name, number in months.items() if name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


_USUAL_ISO = re.compile(r"[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_USUAL = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-]([12]\d{3})(?: (\d{1,2})[.:](\d\d)(?:[.:](\d\d))?)?", re.ASCII)


def usual(raw: str, order: str) -> Parts | None:
    """The parts of a text in one of the two forms that nearly all times have (`2024-10-12T07:05:00Z`, `12/10/2024 14.05`),
    as `parts` gives them and much faster; None for any other text, and for what is no time."""
    try:
        if _USUAL_ISO.fullmatch(raw):
            found = datetime.fromisoformat(raw)
            return Parts(_day(found.year, found.month, found.day), found.time(), found.tzinfo)
        if (match := _USUAL.fullmatch(raw)) is None:
            return None
        first, mark, second, year, hour, minute, seconds = match.groups()
        day = _day(year, *_month_and_day(first, second, order == "MDY" or mark in order))
        return Parts(day, time(int(hour), int(minute), int(seconds or 0)) if hour else None)
    except ValueError:
        return None


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
    if (early := _CLOCK_FIRST.match(text)) and not _NUMERIC.match(text):
        read = parts(early["day"], order)
        return parts(f"{early['day']} {early['clock']}", order) if read.clock is None else read
    if match := _CTIME.match(text):
        second = time(int(match["h"]), int(match["mi"]), int(match["s"]))
        return Parts(_day(match["y"], _named_month(match["mo"]), match["d"]), second, _zone(match["o"], ""))
    if (match := _COMPACT.match(text)) and (match["c"] or not _COMPACT_DAY_FIRST.match(text) or int(match["mo"]) <= 12):
        digits = match["c"]
        compact = time(int(digits[:2]), int(digits[2:4]), int(digits[4:])) if digits else None
        return Parts(_day(match["y"], match["mo"], match["d"]), compact, UTC if compact else None)
    if match := _COMPACT_DAY_FIRST.match(text):
        return Parts(_day(match["y"], match["mo"], match["d"]))
    if match := _ISO.match(text):
        day = _day(match["y"], match["mo"], match["d"])
    elif match := _NUMERIC.match(text):
        year = match["y4"] or match["y2"].lstrip("'’")
        month_first = order == "MDY" or (match["mark"] != " " and match["mark"] in order)
        if len(year) == 2 and not month_first and _year_may_be_first(match["a"], match["b"], year):
            raise TimeError(text)
        day = _day(_century(year), *_month_and_day(match["a"], match["b"], month_first))
    elif match := _NAMED.match(text):
        day = _day(_century(match["y"].lstrip("'")), _named_month(match["mo"]), match["d"])
    elif match := _MONTH_FIRST.match(text):
        day = _day(match["y"], _named_month(match["mo"]), match["d"])
    else:
        raise ImpossibleTime(text) if text.isdigit() else TimeError(text)
    rest = text[match.end() :].strip(_AROUND)
    try:
        return Parts(day, *clock_of(rest))
    except TimeError:  # "sore", "(WIB)", "s/d 13/10/2024", "25.61": the day is known, the hour is not
        return Parts(day)


def _year_may_be_first(first: str, month: str, last: str) -> bool:
    """Whether `24/10/14` is as likely 14 October 2024: as day first it would lie before anything that is screened."""
    years = words()["years"]
    if int(last) + 2000 >= years["usual"] or not years["usual"] <= int(first) + 2000 < years["last_usual"]:
        return False
    try:
        return bool(date(int(first) + 2000, int(month), int(last)))
    except ValueError:
        return False


@cache
def _weekday() -> re.Pattern[str]:
    days = sorted(words()["words"]["days"], key=len, reverse=True)
    return re.compile(
        rf"^(?:hari\s+)?(?:{'|'.join(map(re.escape, days))})(?![a-z'’])[\s,./|-]*(?=\S)(?!\w{{3}} \d{{1,2}} \d)"
    )


@lru_cache(maxsize=8_192)
def clock_of(text: str) -> tuple[time, tzinfo | None]:
    """The time of day in `14.30 WIB`, `pukul 14:30`, `2:30 pm`, with its zone or None; raises TimeError."""
    written = _SPACES.sub(" ", _MARKS.sub("", text)).strip(_AROUND).lower()
    written = re.sub(r"(\d)h(\d\d)\b", r"\1:\2", re.sub(r"[()]", " ", written))
    part = _PART_OF_DAY.search(written)
    bare = (
        _SPACES.sub(" ", _PART_OF_DAY.sub(" ", written)).strip(_AROUND) if part else _SPACES.sub(" ", written).strip()
    )
    if part and (hourly := _HOUR.match(bare)):
        bare = f"{hourly['h']}:00"
    match = _REST.match(bare)
    if not match or (match["at"] and match["at"] not in words()["words"]["at"]):
        raise TimeError(text)
    hour, half = int(match["h"]), (match["half"] or "")[:1]
    if half and not 1 <= hour <= 12 and not (half == "p" and 12 < hour < 24):
        raise TimeError(text)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif part:
        hour = _by_part(hour, part[1], text)
    micro = int((match["f"] or "0")[:6].ljust(6, "0"))
    try:
        clock = time(hour, int(match["m"] or 0), int(match["s"] or 0), micro)
    except ValueError as error:
        raise TimeError(text) from error
    return clock, _zone(match["zone"] or "", match["offset"] or "")


def _by_part(hour: int, part: str, text: str) -> int:
    """The hour of 24 that "2.05 siang" or "8 malam" means; raises TimeError where the words do not fit the hour."""
    if hour > 12:
        return hour
    first, last, added = words()["parts_of_day"][part]
    if not first <= hour <= last:
        if part == "siang" and hour in (1, 2, 3):
            return hour + 12
        raise TimeError(text)
    return hour + int(added)


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
