"""When a text says that its picture was taken: "difoto tanggal 3 Mei 2021", "foto lama tahun 2019", "diambil Mei 2021".

Where only a month or a year is told, its last day is taken: a picture speaks for a person only if it is older for certain.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from screening.sheets.days import MONTH_WORDS, read_day

_YEAR = r"(?:19|20)\d{2}"
_MONTH = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
# What must stand before a date for it to be that of the picture; "diambil" only where it opens a sentence (a letter is taken too).
_LEAD = (
    r"(?:\b(?:di)?foto(?:nya)?(?:\s+(?:ini|lama|jadul|kenangan|arsip))*|\bgambar\s+ini|\bdok(?:umentasi)?\b\.?|\bthrowback|\btbt"
    r"|\bdijepret|\bpotret\s+(?:ini|lama)|(?:^|[.!?\n]\s*)diambil)"
)
_BETWEEN = (
    r"(?:[\s,;]+(?:di)?(?:ambil|jepret))?(?:\s+(?:pada|waktu|dari|sejak))?(?:\s+hari\s+\w+,?)?"
    r"(?:\s+(?:tanggal|tgl\.?|bulan))?[\s,:(]*"
)
_WHEN = (
    rf"(?:(?P<day>\d{{1,2}}[\s./-]+(?:{_MONTH}|\d{{1,2}})[\s./-]+{_YEAR})|(?P<month>{_MONTH})\s+(?P<its_year>{_YEAR})"
    rf"|(?:tahun|thn\.?|th\.?)\s+(?P<year>{_YEAR}))\b"
)
_TAKEN = re.compile(_LEAD + _BETWEEN + _WHEN, re.I)
_PARTS = re.compile(r"[\s./-]+")


def days_taken(text: str) -> list[date]:
    """The latest days on which the picture of a text may have been taken, one for each time it says so."""
    return [day for found in _TAKEN.finditer(text) if (day := _day(found)) is not None]


def _day(found: re.Match[str]) -> date | None:
    if found["day"]:
        return read_day(_PARTS.sub(" ", found["day"]))
    if found["year"]:
        return date(int(found["year"]), 12, 31)
    year, month = int(found["its_year"]), MONTH_WORDS[found["month"].casefold()]
    return date(year, month, monthrange(year, month)[1])
