"""Dates as Indonesians write them: 01/09/2024, 1-9-2024, 1 September 2024, 2024-09-01; day before month, always."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    ("januari", "jan", "january"), ("februari", "feb", "pebruari", "february"), ("maret", "mar", "march"), ("april", "apr"),
    ("mei", "may"), ("juni", "jun", "june"), ("juli", "jul", "july"),
    ("agustus", "agu", "agt", "ags", "aug", "august"), ("september", "sep", "sept"), ("oktober", "okt", "oct", "october"),
    ("november", "nov", "nopember", "nop"), ("desember", "des", "dec", "december"),
)  # fmt: skip
MONTHS = tuple(words[0] for words in _MONTHS)  # the names of the months, lower case, January first
MONTH_WORDS = {
    word: at for at, words in enumerate(_MONTHS, 1) for word in words
}  # every way to write a month -> its number
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})(?:[ ,T]+\d{1,2}[:.].*)?")
_WORDS = re.compile(r"(?:[a-z']+\s*,\s*)?(\d{1,2})[\s.-]*([a-z]{3,10})[\s.,-]*(\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FORMS = "01/09/2024, 1 September 2024, atau 2024-09-01"


def read_day(text: str) -> date | None:
    """The day a cell or option states, or None when it states none. An Excel serial number counts; a two-digit year does not."""
    plain = " ".join(text.split()).casefold()
    if _SERIAL.fullmatch(plain) and 20_000 < float(plain) < 80_000:
        return date(1899, 12, 30) + timedelta(days=int(float(plain)))
    try:
        if found := _ISO.fullmatch(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.fullmatch(plain):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _WORDS.fullmatch(plain)) and found[2] in MONTH_WORDS:
            return date(int(found[3]), MONTH_WORDS[found[2]], int(found[1]))
    except ValueError:  # 31 February
        return None
    return None
