"""Day first or month first? Decided over a whole chat by majority; one line that somebody pasted decides nothing.

A first part over 31 is a year, a part over 12 a day. Where all parts are small, the way of writing speaks first: a dotted
clock (14.05) is Indonesian, so are two-digit days and months. Then the order in which the dates run on: read in the right
order, a chat does not go back in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from screening.readers.whatsapp.lines import Message

Date = tuple[int, int, int]

# How many times as often one reading must be right as the other before the few are taken for pasted lines.
_MAJORITY = 5
# Steps back in time that outweigh the way of writing: one may be a line pasted from elsewhere.
_STEPS = 2


class Order(NamedTuple):
    """`value`: DMY, MDY, YMD or None (open); `doubt`: it was chosen by the way of writing or against some lines."""

    value: str | None
    doubt: bool = False


def order_of(found: Sequence[Message]) -> Order:
    """The order of the dates of a chat, from its messages."""
    dates = [message.parts[:3] for message in found]
    plain = [message for message in found if message.parts[0] <= 31]
    if len(plain) * 2 <= len(found):
        return Order("YMD")
    dotted = all(message.dotted for message in plain)
    padded = not dotted and all(_padded(message.raw) for message in plain)  # a dotted clock says enough
    return day_order([date for date in dates if date[0] <= 31], dotted, padded)


def _padded(raw: str) -> bool:
    """Whether day and month are written with two digits each."""
    parts = raw.replace("-", "/").replace(".", "/").split("/")
    return len(parts) > 2 and len(parts[0].split(" ")[-1]) == 2 and len(parts[1]) == 2


def day_order(seen: Iterable[Date], dotted: bool = False, padded: bool = False) -> Order:
    """The order of numeric dates without a year in front."""
    dates = list(seen)
    if any(first > 31 for first, _, _ in dates):
        return Order("YMD")
    day_first = sum(first > 12 for first, _, _ in dates)
    month_first = sum(second > 12 for _, second, _ in dates)
    if dotted and month_first <= day_first + len(dates) // 20 + 1 and month_first * 2 < len(dates):
        return Order("DMY", bool(month_first))
    if bool(day_first) != bool(month_first):
        return Order("DMY" if day_first else "MDY")
    if day_first and month_first:
        few, many = sorted((day_first, month_first))
        return Order("DMY" if day_first > month_first else "MDY", True) if many >= few * _MAJORITY else Order(None)
    return _by_steps(dates, padded)


def _by_steps(dates: list[Date], padded: bool) -> Order:
    """The order in which the chat goes back in time less often."""
    back = {"DMY": _backwards((c, b, a) for a, b, c in dates), "MDY": _backwards((c, a, b) for a, b, c in dates)}
    if padded and not (back["DMY"] >= _STEPS and back["DMY"] > 2 * back["MDY"]):
        return Order("DMY", back["DMY"] >= back["MDY"])
    if back["DMY"] == back["MDY"]:
        return Order("DMY") if all(first == second for first, second, _ in dates) and dates else Order(None)
    return Order(min(back, key=lambda order: back[order]), max(back.values()) < _STEPS or min(back.values()) > 0)


def _backwards(days: Iterable[Date]) -> int:
    return sum(later < earlier for earlier, later in pairwise(list(days)))


def order_of_one(message: Message) -> str | None:
    """The only possible order of one date, where the file as a whole leaves it open."""
    a, b, _ = message.parts[:3]
    if a > 31:
        return "YMD"
    return "DMY" if a > 12 or a == b else ("MDY" if b > 12 else None)
