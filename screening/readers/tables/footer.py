"""What stands below a hand-made table and is no record: place and date, "Mengetahui", names and numbers of who signs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from screening.readers.core.headers import folded
from screening.readers.tables.mapped import address, cell_text

# Words a signature begins with, folded; whole cells, or with the person or office behind them.
_SIGNS = re.compile(
    r"^(?:mengetahui|menyetujui|disetujui|diperiksa|dibuat|disusun|yang membuat|yang melaporkan|penanggung jawab|pembuat laporan"
    r"|a n|an|u b|plt|plh|ttd|tertanda|nip \d|nrk \d)\b"
)
_PLACE_AND_DAY = re.compile(r"^[A-Z][A-Za-z. ]{2,30},\s*(?:\d{1,2}|\.{2,}|_{2,})?\s*[A-Za-z.]{3,9}\s*(?:19|20)\d\d\.?$")
_LONGEST = 60  # letters of a line of a signature


def signs(cells: Sequence[Any]) -> bool:
    """Whether a row below the records begins the signatures; all that follows belongs to them."""
    words = [text.strip() for cell in cells if (text := cell_text(cell))]
    return any(
        len(one) <= _LONGEST and (_SIGNS.match(folded(one)) or _PLACE_AND_DAY.match(" ".join(one.split())))
        for one in words
    )


def told(record: Mapping[str, Any]) -> set[str]:
    """Which of who, when and what a row tells; words in a column of addresses are no address."""
    found = set()
    if any(name in ("actor", "fallback_actor") or name.startswith("actor:") for name in record):
        found.add("who")
    if "happened_at" in record or "clock" in record:
        found.add("when")
    if record.keys() & {"text", "description", "kind"} or "://" in (address(record.get("target_url")) or ""):
        found.add("what")
    return found
