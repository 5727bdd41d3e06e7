"""Words for people (`labels.toml`): Indonesian labels, dates, masking, and the few numbers that shape reports."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from screening import platforms
from screening.sheets.masking import mask_digits, mask_name, mask_nip

__all__ = [
    "WITHHELD",
    "count",
    "day_text",
    "label",
    "limits",
    "long_date",
    "mask_digits",
    "mask_name",
    "mask_nip",
    "moment",
    "moments",
    "month_name",
    "number",
    "words",
]

WITHHELD = "disamarkan"  # stands for a number behind which too few people stand


@cache
def _content() -> Mapping[str, Any]:
    raw = tomllib.loads(files("screening.reports").joinpath("labels.toml").read_text(encoding="utf-8"))
    return {**raw, "platform": platforms.labels()}


def words(group: str) -> dict[str, str]:
    """All labels of one group (platform, kind, phase, …) in display order."""
    return dict(_content()[group])


def label(group: str, value: Any) -> str:
    """The Indonesian word for a machine value; an unknown value as it is, a missing one empty."""
    return str(_content()[group].get(value, value)) if isinstance(value, str) else ""


@cache
def number(name: str) -> int:
    """A number that shapes the reports; its reason stands beside it in `labels.toml`."""
    return int(_content()["numbers"][name]["value"])


def limits() -> list[str]:
    """What every report must say about what it cannot know."""
    return list(_content()["limits"]["notes"])


def long_date(day: date) -> str:
    """14 Februari 2024."""
    return f"{day.day} {_content()['month']['names'][day.month - 1]} {day.year}"


def month_name(month: int) -> str:
    return str(_content()["month"]["names"][month - 1])


def moment(value: Any, basis: Any, zone: str) -> str:
    """`2024-02-14 19:03 WIB`, or the bare day where only that is known; missing time is empty.

    The trailing word keeps spreadsheets from turning the text into a date of their own.
    """
    return moments(pd.to_datetime(pd.Series([value]), utc=True), [basis], zone)[0]


def moments(values: pd.Series, bases: list[Any], zone: str) -> list[str]:
    """`moment` of a column of UTC times and their bases."""
    local = values.dt.tz_convert(zone).dt.strftime("%Y-%m-%d %H:%M:%S")  # the one form pandas has ready
    suffix = label("zone", zone)
    return [
        ""
        if pd.isna(text) or basis == "absent"
        else f"{text[:10]} (hanya tanggal)"
        if basis == "date_only"
        else f"{text[:16]} {suffix}" + (" (zona tidak disebut)" if basis == "local_naive" else "")
        for text, basis in zip(local.to_numpy("object"), bases, strict=True)
    ]


def day_text(value: date | datetime | None) -> str:
    """A date as ISO text; missing is empty."""
    return "" if value is None or pd.isna(value) else f"{value:%Y-%m-%d}"


def count(value: int | float) -> str:
    """A whole number with Indonesian thousands points: 12.345."""
    return f"{int(value):,}".replace(",", ".")
