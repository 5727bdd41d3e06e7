"""Which list a Meta file holds: by its root key; bare lists by the shape of a record, then by the (English) file name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Unread
from screening.readers.core.source import Source
from screening.readers.core.structure import tree

# Part numbers and what browsers and people add to a second copy.
_TAIL = re.compile(r"(?:[_-]\d{1,4}|\s*\(\d+\)|\s+-\s+(?:copy|salinan)(?: \(\d+\))?|\s+copy|\.\d+)$")


def stem(source: Source) -> str:
    """The file name without extension, part number and copy marks, apostrophes as `_`, lower case."""
    name = re.sub(r"\.(json|html?)$", "", source.leaf.lower())
    while (shorter := _TAIL.sub("", name.strip())) != name:
        name = shorter
    return re.sub(r"['’`]", "_", name)


def root_keys(source: Source, allowed: Collection[str]) -> list[str]:
    """Those of the allowed keys at the root of the file, in the file's order."""
    root = tree(source)
    return [key for key in root if key in allowed] if isinstance(root, dict) else []


def unread_lists(source: Source, read: Collection[str]) -> Iterator[Unread]:
    """The non-empty lists at the root of a file beside those that are read, unless they are known as private."""
    root = tree(source)
    holds = isinstance(root, dict) and any(key in read for key in root)  # else it is one record
    for key, value in root.items() if holds else ():
        known = key in read or any(by_key.fullmatch(key) for by_key, _, _ in _known())
        if isinstance(value, list) and value and isinstance(value[0], dict) and not known:
            yield Unread(key, sum(1 for _ in records(source, (key,))))


def sample(source: Source) -> list[dict[str, Any]] | None:
    """The first records of a bare list (a single record counts as a list of one); None when the root is neither."""
    root = tree(source)
    if isinstance(root, list):
        return [item for item in root if isinstance(item, dict)]
    return [root] if isinstance(root, dict) and root else None


def labelled(records: list[dict[str, Any]]) -> bool:
    """Whether the records have one of Meta's three labelled shapes."""
    shapes = ("string_map_data", "string_list_data", "label_values")
    return any(name in record for record in records for name in shapes)


def bare_list(source: Source, stems: Mapping[str, str]) -> str:
    """The list a bare list of labelled records (or an empty one) is by its file name, or the empty string."""
    records = sample(source)
    if records is None or (records and not labelled(records)):
        return ""
    return stems.get(stem(source), "")


def export_root(path: str, sections: tuple[str, ...]) -> str:
    """The folder in which a download begins: what lies above its first known section folder."""
    steps = path.split("/")[:-1]
    first = next((place for place, step in enumerate(steps) if step in sections), len(steps))
    return "/".join(steps[:first])


def export_place(source: Source, sections: tuple[str, ...]) -> str:
    """Container and root of a download without the words that name its form, so that `x-json` and `x-html` meet."""
    whole = f"{source.container}/{export_root(source.path, sections)}"
    return re.sub(r"[-_. ]?(?:html|json)(?![a-z])", "", whole, flags=re.I)


@cache
def _known() -> list[tuple[re.Pattern[str], re.Pattern[str], str]]:
    rules = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["ignored"]
    return [(_any(rule.get("keys", [])), _any(rule.get("files", [])), rule["why"]) for rule in rules]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def private(source: Source) -> Claim | None:
    """A Claim that leaves the file alone when it is a known part of a Meta download that is not the subject's act."""
    root = tree(source)
    keys = list(root) if isinstance(root, dict) else []
    by_name = isinstance(root, (list, dict)) or source.suffix != ".json"
    first = next(iter(root), None) if isinstance(root, list) else None
    keys += list(first) if isinstance(first, dict) and "participants" in first else []  # messages.json to 2020
    for by_key, by_file, why in _known():
        if any(by_key.fullmatch(key) for key in keys):
            return Claim(ignored=why)
        if by_name and by_file.fullmatch(stem(source)):
            return Claim(ignored=why)
    return None
