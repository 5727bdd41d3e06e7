"""The columns of the review file: one definition for CSV, XLSX, page and import (`columns.toml`)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from json.encoder import encode_basestring_ascii
from typing import Any

from screening.sheets.dialects import cell_text

_PREFIX = "T-"


@dataclass(frozen=True)
class Column:
    """One column of the review file; `kind` is text, number, date or list, `list` names its choices."""

    name: str
    group: str
    meaning: str
    width: int
    locked: bool = True
    kind: str = "text"
    list: str = ""


def _load() -> tuple[tuple[Column, ...], dict[str, dict[str, str]], dict[str, str]]:
    content = tomllib.loads(files("screening.sheets").joinpath("columns.toml").read_text(encoding="utf-8"))
    return tuple(Column(**column) for column in content["column"]), content["lists"], content["groups"]


COLUMNS, LISTS, GROUPS = _load()


def columns_where(*, locked: bool) -> tuple[str, ...]:
    """Names of the locked (machine) or of the open (reviewer's) columns, in file order."""
    return tuple(column.name for column in COLUMNS if column.locked is locked)


_HASHED = tuple(name for name in columns_where(locked=True) if name != "sidik_baris")
_STARTS = tuple(f"[{encode_basestring_ascii(name)}," for name in _HASHED)


def fingerprint(row: Mapping[str, Any]) -> str:
    """`sidik_baris`: hash over a row's locked cells (unguarded), so that altered evidence is noticed on import.

    Line ends inside a cell do not count, nor does the difference between 87 and "87"; everything else does.
    """
    return _hash([_pair(start, row.get(name)) for name, start in zip(_HASHED, _STARTS, strict=True)])


def fingerprints(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """`fingerprint` of every row of these columns (all locked ones); equal cells of a column are encoded once."""
    pairs = []
    for name, start in zip(_HASHED, _STARTS, strict=True):
        known = {cell: _pair(start, cell) for cell in dict.fromkeys(columns[name])}
        pairs.append(map(known.__getitem__, columns[name]))
    return [*map(_hash, zip(*pairs, strict=True))]


def _pair(start: str, cell: Any) -> str:
    """`["column","cell"]` as canonical JSON, put together here: an encoder would take longer than all else in a row."""
    text = cell_text(cell)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{start}{encode_basestring_ascii(text)}]"


def _hash(pairs: Sequence[str]) -> str:
    return "sidik-" + hashlib.sha256(f"[{','.join(pairs)}]".encode()).hexdigest()[:24]


def sheet_id(finding_id: str) -> str:
    """The id as people see it: a textual prefix keeps a spreadsheet from reading digits as a number."""
    return finding_id if finding_id.startswith(_PREFIX) else _PREFIX + finding_id


def finding_key(text: str) -> str:
    """The id without the prefix, to look up what a person typed or pasted."""
    return text.strip().removeprefix(_PREFIX)
