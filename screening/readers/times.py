"""Times as exports write them, read with fixed patterns and a month table (`times.toml`); never relative to now.

`moment(value, zone)` keeps the raw string and says how far the time can be trusted: exact_utc (zone known), local_naive
(wall clock, taken in the configured zone), date_only (midnight of that day in the zone), absent.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day zero has no zone
_EXCEL_1904 = timedelta(days=1462)


class TimeError(ValueError):
    """The value cannot be read as a time."""


class ImpossibleTime(TimeError):
    """The value has the form of a date or time and there is none like it ("31/02/2024")."""


class Moment(NamedTuple):
    """`happened_at` in UTC or None, its basis, the value as written; unpacks into a row with `_asdict()`."""

    happened_at: datetime | None
    time_basis: str
    time_raw: str | None


ABSENT = Moment(None, "absent", None)

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
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("times.toml").read_text(encoding="utf-8"))


@cache
def _month(word: str) -> int | None:
    months = {name: int(number) for number, names in _words()["months"].items() for name in names}
    return months.get(word)


def epoch(value: Any) -> Moment:
    """Seconds, milliseconds or microseconds since 1970 (number or digits); 0, empty and absurd values are absent."""
    raw = None if value is None else str(value)
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        return ABSENT._replace(time_raw=raw or None)
    if seconds != seconds or seconds <= 0:
        return ABSENT
    for scale in (1, 1_000, 1_000_000, 1_000_000_000):
        if _year_ok(seconds / scale):
            exact = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=round(seconds * (1_000_000 / scale)))
            return Moment(exact, "exact_utc", raw)
    return ABSENT._replace(time_raw=raw)


def _year_ok(seconds: float) -> bool:
    years = _words()["years"]
    return years["first"] <= 1970 + seconds / 31_556_952 < years["last"]


def serial(value: float, zone: tzinfo, *, date1904: bool = False) -> Moment:
    """A spreadsheet's day number."""
    local = EXCEL_EPOCH + timedelta(seconds=round(value * 86_400)) + (_EXCEL_1904 if date1904 else timedelta())
    return of_datetime(local, zone, raw=str(value))


def of_datetime(value: datetime | date, zone: tzinfo, *, raw: str | None = None) -> Moment:
    """A date or datetime object; midnight of a spreadsheet's date cell means the day only."""
    raw = value.isoformat() if raw is None else raw
    if not isinstance(value, datetime):
        return Moment(datetime.combine(value, time(), zone).astimezone(UTC), "date_only", raw)
    if value.tzinfo is not None:
        return Moment(value.astimezone(UTC), "exact_utc", raw)
    basis = "date_only" if value.time() == time() else "local_naive"
    return Moment(value.replace(tzinfo=zone).astimezone(UTC), basis, raw)


def moment(value: Any, zone: tzinfo, *, order: str = "DMY") -> Moment:
    """The time in `value` (text, number, date, datetime). Unknown and relative words are absent, with the raw kept.

    `order`: `DMY`, `MDY`, or `MDY/` for month first only between slashes (a column may mix ways of writing).

    Raises ImpossibleTime for what has the form of a date but is none ("31/02/2024"), TimeError for any other words.
    """
    if value is None or (isinstance(value, float) and value != value):
        return ABSENT
    if isinstance(value, (datetime, date)):
        return of_datetime(value, zone)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return serial(value, zone) if 20_000 < value < 80_000 else _known_epoch(value)
    raw = str(value)
    return _text(raw, zone, order)


def naive_utc(value: Any) -> Moment:
    """A time without a zone that is documented to be UTC (TikTok); absent when it cannot be read."""
    try:
        read = moment(value, UTC)
    except TimeError:
        return ABSENT._replace(time_raw=str(value))
    return read._replace(time_basis="exact_utc") if read.time_basis == "local_naive" else read


def lenient(value: Any, zone: tzinfo, *, order: str = "DMY") -> Moment:
    """As `moment`, but what cannot be a time is absent with the raw kept: the act itself is not in doubt."""
    try:
        return moment(value, zone, order=order)
    except TimeError:
        return ABSENT._replace(time_raw=str(value))


def day_only(read: Moment, zone: tzinfo) -> Moment:
    """The same time trusted to the day only."""
    if read.happened_at is None:
        return read
    return of_datetime(read.happened_at.astimezone(zone).date(), zone, raw=read.time_raw or "")


def _known_epoch(value: Any) -> Moment:
    read = epoch(value)
    if read.happened_at is None:
        raise ImpossibleTime(str(value))
    return read


@lru_cache(maxsize=65_536)
def _text(raw: str, zone: tzinfo, order: str) -> Moment:
    text = _weekday().sub("", _SPACES.sub(" ", _MARKS.sub("", raw)).strip(" '\"").lower())
    if not text:
        return ABSENT
    if text in _words()["words"]["unknown"] or _vague(text):
        return ABSENT._replace(time_raw=raw)
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        return serial(float(text.replace(",", ".")), zone)._replace(time_raw=raw)
    if re.fullmatch(r"\d{10}|\d{13}|\d{16}|\d{10}\.\d+", text):
        return _known_epoch(text)._replace(time_raw=raw)
    try:
        return _patterns(text, zone, order)._replace(time_raw=raw)
    except ImpossibleTime:
        raise ImpossibleTime(raw) from None
    except TimeError:
        raise TimeError(raw) from None
    except (ValueError, OverflowError) as error:
        raise ImpossibleTime(raw) from error


def _vague(text: str) -> bool:
    """Relative to the day of export, or a month without a day: no time can be told from it."""
    if re.search(r"\d{4}", text):
        match = re.fullmatch(r"([^\W\d]{3,})\.? \d{4}", text)
        return match is not None and _month(match[1]) is not None
    return any(word in text for word in _words()["words"]["relative"])


def _patterns(text: str, zone: tzinfo, order: str) -> Moment:
    if match := _CTIME.match(text):
        second = time(int(match["h"]), int(match["mi"]), int(match["s"]))
        return _build(_day(match["y"], _named_month(match["mo"]), match["d"]), second, _zone(match["o"], ""))
    if match := _COMPACT.match(text):
        digits = match["c"]
        compact = time(int(digits[:2]), int(digits[2:4]), int(digits[4:])) if digits else None
        return _build(_day(match["y"], match["mo"], match["d"]), compact, UTC if compact else None, zone)
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
        return _build(day, None, None, zone)
    if not any(map(str.isdigit, rest)):  # "14/08/2024 sore", "14/08/2024 (WIB)": the day is known, the hour is not
        return _build(day, None, None, zone)
    try:
        clock, offset = clock_of(rest)
    except TimeError as error:
        raise ImpossibleTime(text) from error
    return _build(day, clock, offset, zone)


@cache
def _weekday() -> re.Pattern[str]:
    days = sorted(_words()["words"]["days"], key=len, reverse=True)
    return re.compile(
        rf"^(?:hari\s+)?(?:{'|'.join(map(re.escape, days))})(?![a-z'’])[\s,./|-]*(?=\S)(?!\w{{3}} \d{{1,2}} \d)"
    )


def clock_of(text: str) -> tuple[time, tzinfo | None]:
    """The time of day in `14.30 WIB`, `pukul 14:30`, `2:30 pm`, with its zone or None; raises TimeError."""
    match = _REST.match(_SPACES.sub(" ", _MARKS.sub("", text)).strip().lower())
    if not match or (match["at"] and match["at"] not in _words()["words"]["at"]):
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
    if name and name not in _words()["zones"]:
        raise TimeError(name)
    if not name and not offset:
        return None
    minutes = _words()["zones"].get(name, 0)
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
    years = _words()["years"]
    if not years["first"] <= int(year) < years["last"]:
        raise ImpossibleTime(str(year))
    return date(int(year), int(month), int(day))


def _build(day: date, clock: time | None, offset: tzinfo | None, zone: tzinfo = UTC) -> Moment:
    if clock is None:
        return of_datetime(day, zone)
    local = datetime.combine(day, clock, offset or zone)
    return Moment(local.astimezone(UTC), "exact_utc" if offset else "local_naive", None)
