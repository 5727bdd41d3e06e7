"""People named inside of a text: Facebook writes `@[<id>:<sort>:<name>]` where people saw the name."""

from __future__ import annotations

import re

_MENTION = re.compile(r"@\[\d+:(?:\d+:)?([^\[\]\n]{1,120})\]")


def unmarked(text: str) -> tuple[str, list[str]]:
    """The text as people saw it, and the names mentioned, in order."""
    return _MENTION.sub(r"\1", text), list(dict.fromkeys(_MENTION.findall(text)))
