"""Names and numbers of persons as outputs show them: enough to tell people apart, not enough to name them."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = re.compile(r"\d{12,}")


def mask_name(name: Any) -> str:
    """The first letter of each word, the rest as stars of fixed length: no length leaks. A masked name stays as it is."""
    return " ".join(f"{part[0]}***" for part in name.split()) if isinstance(name, str) else ""


def mask_nip(nip: Any) -> str:
    """Only the last four digits of a NIP. A masked one stays as it is."""
    return f"{'•' * 14}{nip.strip()[-4:]}" if isinstance(nip, str) and nip.strip() else ""


def mask_digits(text: Any) -> str:
    """A text whose long digit runs (NIP, NIK, telephone numbers used as ids) keep only four digits."""
    return _DIGITS.sub(lambda m: "•" * 8 + m.group()[-4:], text) if isinstance(text, str) else ""
