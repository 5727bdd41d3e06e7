"""Day first or month first? Decided per column over all its values, and told when a spreadsheet may have swapped them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_NUMERIC = re.compile(r"^\s*(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True)
class Order:
    """How a column's dates are written, as `times.moment` takes it, and the note to show when that is remarkable."""

    value: str = "DMY"
    note: str = ""


def order_of(header: str, values: Iterable[Any]) -> Order:
    """The order of one column. Excel on a US-locale computer turns 03/04 into 4 March and leaves 14/04 as text:
    real dates with days up to 12 only, beside text with days over 12, is the tell."""
    over = {mark: [0, 0] for mark in "/-."}
    cells = cells_over = 0
    for value in values:
        if isinstance(value, date):
            cells, cells_over = cells + 1, cells_over + (value.day > 12)
        elif match := _NUMERIC.match(value) if isinstance(value, str) else None:
            over[match[2]][0] += int(match[1]) > 12
            over[match[2]][1] += int(match[3]) > 12
    if cells and not cells_over and any(first for first, _ in over.values()):
        return Order(
            "DMY", f"kolom '{header}': hari dan bulan mungkin tertukar oleh Excel berlokal AS; periksa tanggalnya"
        )
    if any(first and second for first, second in over.values()):
        return Order("DMY", f"kolom '{header}': urutan hari dan bulan bercampur; tanggal kecil dibaca hari/bulan")
    month_first = "".join(mark for mark, (first, second) in over.items() if second and not first)
    return (
        Order(f"MDY{month_first}", f"kolom '{header}' dibaca bulan{month_first[0]}hari{month_first[0]}tahun")
        if month_first
        else Order()
    )
