"""Whether a file holds anything at all: an empty list is no loss, a full one of which nothing was read is."""

from __future__ import annotations

import re
from typing import Any

from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import early_lines, head_text, tree
from screening.readers.core.tabular import beginnings
from screening.readers.core.workbook import is_workbook

_TAGS = re.compile(r"<[^>]*>")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = 12  # a page without records still says what it is, in a dozen words
_DEEPEST = 8


def holds_something(source: Source) -> bool:
    """Whether there are records in a JSON file, words and dates in a page, rows below the first in a table or text."""
    try:
        if is_workbook(source):
            return any(len([row for row in rows if any(row)]) > 1 for _, rows in beginnings(source))
        if (root := tree(source)) is not None:
            return len(early_lines(source)) > 1 or _records(root)
        text = head_text(source)
        if text.lstrip().startswith("<"):
            plain = _TAGS.sub(" ", text)
            return len(plain.split()) > _WORDS and bool(_YEAR.search(plain))
        return len([line for line in text.split("\n") if line.strip(" \t\r,;|")]) > 1
    except (SourceError, OSError):
        return False


def _records(value: Any, depth: int = 0) -> bool:
    """Whether there is a non-empty record in some list of the value."""
    if isinstance(value, list):
        return any(item not in (None, "", [], {}) for item in value)
    if isinstance(value, dict) and depth < _DEEPEST:
        return any(_records(inner, depth + 1) for inner in value.values())
    return False
