"""Where a picture leads: the address behind its QR code, or printed on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from screening.ruleset.accounts import normalise_handle, platform_of

_PRINTED = re.compile(r"(?<![\w@.])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/[^\s,;|\"'<>\[\]()]+", re.I)
_CODED = re.compile(r"(?:https?://|www\.)[^\s\"'<>]+|(?:[\w-]+\.)+[a-z]{2,}/[^\s\"'<>]+", re.I)


class Leads(NamedTuple):
    """An address as written, and the account it names on its platform ("" where it names none)."""

    address: str
    account: str


def coded(text: str) -> Leads | None:
    """The address a QR code holds, or None (a vaccination certificate, a payment, plain words)."""
    found = _CODED.fullmatch(text.strip())
    return _leads(found[0]) if found else None


def printed(text: str) -> Leads | None:
    """The address of a known platform in a printed line, or None: a machine reads too badly to trust any other."""
    found = next((one[0].rstrip(".:!?") for one in _PRINTED.finditer(text) if platform_of(one[0])), None)
    return _leads(found) if found else None


def only(all_leads: Iterable[Leads]) -> Leads | None:
    """Where all pictures of an activity lead; None where they lead nowhere or to several places."""
    found = {re.sub(r"^https?://(?:www\.)?", "", one.address.casefold()).rstrip("/"): one for one in all_leads}
    return next(iter(found.values())) if len(found) == 1 else None


def _leads(address: str) -> Leads:
    return Leads(address, normalise_handle(address) if platform_of(address) else "")
