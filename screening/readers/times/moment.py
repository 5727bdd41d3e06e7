"""Times as exports write them, with how far they can be trusted; never relative to now. Forms: `time_forms.py`.

`moment(value, zone)` keeps the raw string and says how far the time can be trusted: exact_utc (zone known), local_naive
(wall clock, taken in the configured zone), date_only (midnight of that day in the zone), absent.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from screening.readers.times.forms import ImpossibleTime, Parts, TimeError, clock_of, parts, plain, usual, vague, words

__all__ = [
    "ABSENT", "EXCEL_EPOCH", "ImpossibleTime", "Moment", "TimeError", "clock_of", "day_only", "epoch", "lenient", "moment",
    "naive_utc", "of_datetime", "serial",
]  # fmt: skip

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day zero has no zone
_EXCEL_1904 = timedelta(days=1462)


class Moment(NamedTuple):
    """`happened_at` in UTC or None, its basis, the value as written; unpacks into a row with `_asdict()`."""

    happened_at: datetime | None
    time_basis: str
    time_raw: str | None


ABSENT = Moment(None, "absent", None)


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
    years = words()["years"]
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
    read = _remembered(str(value), zone, order)
    if isinstance(read, TimeError):
        raise type(read)(*read.args)
    return read


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
def _remembered(raw: str, zone: tzinfo, order: str) -> Moment | TimeError:
    """What a text says, or why it is no time: a column repeats both."""
    try:
        return _text(raw, zone, order)
    except TimeError as error:
        return type(error)(*error.args)


def _text(raw: str, zone: tzinfo, order: str) -> Moment:
    if (known := usual(raw, order)) is not None:
        return _of_parts(known, zone)._replace(time_raw=raw)
    text = plain(raw)
    if not text:
        return ABSENT
    if text in words()["words"]["unknown"] or vague(text):
        return ABSENT._replace(time_raw=raw)
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        return serial(float(text.replace(",", ".")), zone)._replace(time_raw=raw)
    if re.fullmatch(r"\d{10}|\d{13}|\d{16}|\d{10}\.\d+", text):
        return _known_epoch(text)._replace(time_raw=raw)
    try:
        return _of_parts(parts(text, order), zone)._replace(time_raw=raw)
    except ImpossibleTime:
        raise ImpossibleTime(raw) from None
    except TimeError:
        raise TimeError(raw) from None
    except (ValueError, OverflowError) as error:
        raise ImpossibleTime(raw) from error


def _of_parts(read: Parts, zone: tzinfo) -> Moment:
    if read.clock is None:
        return of_datetime(read.day, zone)
    local = datetime.combine(read.day, read.clock, read.zone or zone)
    return Moment(local.astimezone(UTC), "exact_utc" if read.zone else "local_naive", None)
