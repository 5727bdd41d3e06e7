"""Text out of HTML elements as people saw it, and texts that are dates."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from screening.readers.times.moment import Moment, TimeError, moment

_YEAR = re.compile(r"\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2}")
_BLANKS = re.compile(r"[ \t\r\n]+")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")


def own_text(node: Any) -> str:
    """Text directly in the element, with its line breaks."""
    parts = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(_one_line(child.text()))
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in ("b", "i", "em", "strong", "wbr"):
            parts.append(child.text())
    return tidied("".join(parts))


def text_of(node: Any) -> str:
    """All text below the element; `<br>` is a new line, line breaks of the source are blanks."""
    found = [item for item in node.traverse(include_text=True) if item.tag in ("-text", "br")]
    return tidied("".join("\n" if item.tag == "br" else _one_line(item.text()) for item in found))


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text)


def tidied(text: str) -> str:
    """Outer blanks removed, lines kept."""
    return "\n".join(line.strip(" \t\r\u00a0") for line in text.split("\n")).strip("\n")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def date_of(text: str, zone: tzinfo) -> Moment | None:
    """The time when the whole text is a date with a clock, else None."""
    if len(text) > 48 or not _CLOCK.search(text) or not _YEAR.search(text):
        return None
    try:
        when = moment(text, zone)
    except TimeError:
        return None
    return when if when.time_basis in ("local_naive", "exact_utc") else None


def date_behind(text: str, zone: tzinfo) -> str | None:
    """The date behind one to three words ("Updated Oct 16, 2024 7:00:00 am"), or None."""
    words = text.split(" ")
    tails = (" ".join(words[skip:]) for skip in (1, 2, 3)) if len(text) < 64 else ()
    return next((tail for tail in tails if date_of(tail, zone) is not None), None)


def ends_in_date(text: str, zone: tzinfo) -> bool:
    """Whether the text is a date, with or without a clock, behind one to three words."""
    words = text.split(" ")
    if len(text) >= 64 or not re.search(r"\d{4}", text):
        return False
    return any(_is_date(" ".join(words[skip:]), zone) for skip in (1, 2, 3) if skip < len(words))


def _is_date(text: str, zone: tzinfo) -> bool:
    try:
        return moment(text, zone).happened_at is not None and not text.isdigit()
    except TimeError:
        return False
