"""Day first or month first? Decided per column over all its values, and told when a spreadsheet may have swapped them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_NUMERIC = re.compile(r"^\s*(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True)
class Order:
    """How a column's dates are written (`DMY` or `MDY`); `doubtful` with the note to show."""

    value: str = "DMY"
    doubtful: bool = False
    note: str = ""


def order_of(header: str, values: Iterable[Any]) -> Order:
    """The order of one column. Excel on a US-locale computer turns 03/04 into 4 March and leaves 14/04 as text:
    real dates with days up to 12 only, beside text with days over 12, is the tell."""
    first_over = second_over = small = cells = cells_over = 0
    for value in values:
        if isinstance(value, date):
            cells, cells_over = cells + 1, cells_over + (value.day > 12)
        elif match := _NUMERIC.match(value) if isinstance(value, str) else None:
            first_over += int(match[1]) > 12
            second_over += int(match[2]) > 12
            small += int(match[1]) <= 12 and int(match[2]) <= 12
    if cells and first_over and not cells_over:
        return Order(
            "DMY", True, f"kolom '{header}': hari dan bulan mungkin tertukar oleh Excel berlokal AS; periksa tanggalnya"
        )
    if second_over and not first_over:
        return Order("MDY", False, f"kolom '{header}' dibaca bulan/hari/tahun")
    if second_over and first_over:
        return Order("DMY", True, f"kolom '{header}': urutan hari dan bulan bercampur; tanggal kecil dibaca hari/bulan")
    return Order()
