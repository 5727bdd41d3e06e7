"""Day first or month first? Decided per column over all its values, and told when a spreadsheet may have swapped them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.I)
_NUMERIC = re.compile(r"^\s*(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d{2})(?!\d)")


@dataclass(frozen=True)
class Order:
    """How a column's dates are written, as `times.moment` takes it, and the note to show when that is remarkable."""

    value: str = "DMY"
    note: str = ""


class Orders:
    """The values of one column, counted one by one."""

    def __init__(self, header: str) -> None:
        self._header = header
        self._over = {mark: [0, 0] for mark in "/-."}
        self._cells = self._cells_over = self._american = 0

    def add(self, value: Any) -> None:
        """One cell of the column."""
        if isinstance(value, date):
            self._cells, self._cells_over = self._cells + 1, self._cells_over + (value.day > 12)
        elif match := _NUMERIC.match(value) if isinstance(value, str) else None:
            self._over[match[2]][0] += int(match[1]) > 12
            self._over[match[2]][1] += int(match[3]) > 12
            self._american += match[2] == "/" and bool(_HALF_DAY.search(value))

    def result(self) -> Order:
        """The order of the column. Excel on a US-locale computer turns 03/04 into 4 March and leaves 14/04 as text: real
        dates with days up to 12 only, beside text with days over 12, is the tell."""
        column, over = f"kolom '{self._header}'", self._over
        if self._cells and not self._cells_over and any(first for first, _ in over.values()):
            return Order("DMY", f"{column}: hari dan bulan mungkin tertukar oleh Excel berlokal AS; periksa tanggalnya")
        if any(first and second for first, second in over.values()):
            return Order("DMY", f"{column}: urutan hari dan bulan bercampur; tanggal kecil dibaca hari/bulan")
        marks = "".join(mark for mark, (first, second) in over.items() if second and not first)
        if self._american and not marks and not over["/"][0]:
            why = "jam AM/PM di belakang garis miring lazim berarti bulan/hari (AS)"
            return Order("DMY", f"{column}: {why}; tidak dapat dipastikan, dibaca hari/bulan; periksa tanggalnya")
        return Order(f"MDY{marks}", f"{column} dibaca bulan{marks[0]}hari{marks[0]}tahun") if marks else Order()


def is_numeric(value: Any) -> bool:
    """Whether a cell holds a date of two small numbers and a year."""
    return isinstance(value, str) and _NUMERIC.match(value) is not None


def order_of(header: str, values: Iterable[Any]) -> Order:
    """The order of one column from all its values."""
    orders = Orders(header)
    for value in values:
        orders.add(value)
    return orders.result()
