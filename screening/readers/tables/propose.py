"""A mapping for a table nobody knows: by the words of its header, then by the shape of its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screening.readers.core.headers import LOOK_AHEAD, folded, names
from screening.readers.core.source import Source, SourceError
from screening.readers.core.tabular import beginnings
from screening.readers.core.vocabulary import canonical
from screening.readers.tables.heading_words import DESCRIPTION, REMARKS
from screening.readers.tables.mapped import address, cell_text
from screening.readers.times.moment import TimeError, moment

_URL = re.compile(r"^(https?://|www\.)\S+$", re.I)
_HANDLE = re.compile(r"^@?[A-Za-z0-9._]{2,30}$")
_ID = re.compile(r"^\d{8,25}$")
_ASIDE = ("ignored", DESCRIPTION, REMARKS, "evidence")  # known columns that are never taken for the person's
_MOST = 0.7  # share of filled cells that must look alike
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Proposal:
    """A proposed mapping: canonical column -> header; headers nothing was found for; rows above the header."""

    file: str
    columns: dict[str, str]
    unmapped: list[str]
    header: int

    def toml(self, name: str) -> str:
        """The profile as a file a person can edit; `requires` are the headers the mapping rests on."""
        quoted = {column: _quoted(header) for column, header in self.columns.items()}
        lines = [
            "# Usulan pemetaan; periksa setiap baris sebelum dipakai. Taruh berkas ini di antara masukan.",
            "schema = 1",
            f"name = {_quoted(name)}",
            f"requires = [{', '.join(quoted.values())}]",
            "json = true",
            "",
            "[constants]",
            'kind = "post"' if "kind" not in quoted else 'visibility = "unknown"',
            "",
            "[columns]",
            *(f"{column} = [{header}]" for column, header in quoted.items()),
            "",
            *(f"# tidak dipetakan: {_quoted(header)}" for header in self.unmapped),
        ]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)


def save_profile(proposal: Proposal, path: Path) -> Path:
    """Write the profile where the user wants it; refuses to replace a file (FileExistsError)."""
    with path.open("x", encoding="utf-8") as file:
        file.write(proposal.toml(path.stem))
    return path


def used_mapping(source: Source) -> Proposal | None:
    """The mapping with which a recognised hand-made table is read, as a profile to start from; None when it is none."""
    from screening.readers.tables.analyst_header import LEAST, header_of, score
    from screening.readers.tables.column_values import SAMPLE, judged

    for _, rows in beginnings(source):
        for at, cells in enumerate(rows):
            row = names(cells)
            if score(row) < LEAST:
                continue
            header = header_of(row)
            header = header.with_values(judged(header, rows[at + 1 : at + 1 + SAMPLE]).columns)
            columns: dict[str, str] = {}
            for place, column, _ in header.plan:
                if column not in _ASIDE:
                    columns.setdefault(column.partition(":")[0], str(cells[place]).strip())
            titles = [str(cell or "").strip() for cell in cells]
            return Proposal(source.name, columns, [one for one in titles if one and one not in columns.values()], at)
    return None


def propose_mapping(source: Source) -> Proposal | None:
    """The likeliest mapping of an unknown table, or None when the file is no table with a header."""
    try:
        sheets = beginnings(source)
    except SourceError:
        return None
    for _, rows in sheets:
        at = _header_at(rows)
        proposal = _proposed(source.name, rows, at) if at is not None else None
        if (
            proposal is not None
            and len(proposal.columns) > 1
            and {"text", "target_url", "kind"} & proposal.columns.keys()
        ):
            return proposal
    return None


def _header_at(rows: list[list[Any]]) -> int | None:
    """The first row of mostly short, distinct words as wide as the table."""
    width = max((sum(1 for cell in row if cell_text(cell)) for row in rows), default=0)
    for index, row in enumerate(rows[:LOOK_AHEAD]):
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        plain = [word for word in words if len(word) <= 60 and not _URL.match(word) and not _ID.match(word)]
        if len(plain) >= max(2, 0.6 * width) and len({folded(word) for word in plain}) == len(plain):
            return index
    return None


def _proposed(file: str, rows: list[list[Any]], at: int) -> Proposal:
    from screening.readers.tables.analyst_header import meaning

    headers = [str(cell or "").strip() for cell in rows[at]]
    columns: dict[str, str] = {}
    for header in headers:
        column = meaning(folded(header))
        if column not in (None, *_ASIDE, "fallback_actor") and ":" not in str(column) and column not in columns:
            columns[str(column)] = header
    # Running numbers, remarks and an observer's words are no candidates, however wordy they are.
    known = {header for header in headers if meaning(folded(header)) in (*_ASIDE, "fallback_actor")}
    for column, header in _by_shape(headers, rows[at + 1 :], {*columns.values(), *known}):
        columns.setdefault(column, header)
    if "actor" not in columns and (named := next((h for h in headers if meaning(folded(h)) == "fallback_actor"), "")):
        columns["actor"] = named
    return Proposal(file, columns, [header for header in headers if header and header not in columns.values()], at)


def _by_shape(headers: list[str], rows: list[list[Any]], taken: set[str]) -> list[tuple[str, str]]:
    """(canonical column, header) for columns whose values betray them; the wordiest column is the text."""
    found, wordy = [], []
    for index, header in enumerate(headers):
        values = [row[index] for row in rows if index < len(row) and cell_text(row[index]) is not None]
        if not header or header in taken or not values:
            continue
        shape = _shape(values)
        if shape:
            found.append((shape, header))
        else:
            wordy.append((sum(len(cell_text(value) or "") for value in values) / len(values), header))
    if wordy and max(wordy)[0] >= 12:
        found.append(("text", max(wordy)[1]))
    return found


def _shape(values: list[Any]) -> str:
    texts = [cell_text(value) or "" for value in values]
    if _share([bool(_URL.match(address(value) or "")) for value in values]):
        return "target_url"
    if _share([canonical("platform", text) is not None for text in texts]):
        return "platform"
    if _share([canonical("kind", text) is not None for text in texts]):
        return "kind"
    if _share([_is_time(value) for value in values]):
        return "happened_at"
    if _share([bool(_ID.match(text)) for text in texts]) and len(set(texts)) == len(texts):
        return "record_id"
    return "actor" if _share([bool(_HANDLE.match(text)) and not text.isdigit() for text in texts]) else ""


def _share(matches: list[bool]) -> bool:
    return sum(matches) >= _MOST * len(matches)


def _is_time(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return False
    try:
        return moment(value, _UTC).happened_at is not None and not str(value).isdigit()
    except TimeError:
        return False
