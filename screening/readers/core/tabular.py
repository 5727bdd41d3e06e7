"""Whatever is a table, as sheets of rows: delimited text, workbooks, JSON lists and JSON lines of flat-ish records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from screening.readers.core import jsonstream
from screening.readers.core.delimited import Dialect, dialect, head_rows, literal_note, records
from screening.readers.core.headers import folded, names
from screening.readers.core.reader import Rejection
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import first_line, tree
from screening.readers.core.webtable import is_web_table, web_tables
from screening.readers.core.workbook import Broken, Sheet, is_workbook, sheets

_DEEP = 4  # levels of a record that become columns


def is_json(source: Source) -> bool:
    """Whether the file is a JSON list of records or JSON lines."""
    return isinstance(first_line(source), dict) or isinstance(_first_record(source), dict)


def _first_record(source: Source) -> Any:
    root = tree(source)
    return root[0] if isinstance(root, list) and root else None


def beginnings(source: Source) -> list[tuple[str, list[list[Any]]]]:
    """(title, first rows) of each sheet, for recognising; JSON gives one row of column names. Empty for no table."""

    def look() -> list[tuple[str, list[list[Any]]]]:
        if is_workbook(source):
            try:
                return [(sheet.title, [cells for _, (_, cells) in zip(range(40), sheet.rows, strict=False)])
                        for sheet in sheets(source)]  # fmt: skip
            except SourceError:
                return []
        if is_web_table(source):
            return [(title, [cells for _, cells in rows[:40]]) for title, rows in web_tables(source)]
        if is_json(source):
            record = first_line(source) or _first_record(source)
            return [("", [list(flattened(record))])]
        return [("", list(head_rows(source)))]

    return source.remember("beginnings", look)


def all_headers(source: Source) -> list[set[str]]:
    """The folded names of every early row: a profile fits when one of them is its header."""

    def look() -> list[set[str]]:
        return [set(names(row)) for _, first in beginnings(source) for row in first]

    return source.remember("headers", look)


def tables(source: Source) -> list[Sheet]:
    """The sheets of a delimited file or a workbook (not JSON); raises SourceError."""
    if is_workbook(source):
        return sheets(source)
    if is_web_table(source):
        return [
            Sheet(title, iter(rows), ["sebenarnya halaman HTML atau XML bernama .xls"])
            for title, rows in web_tables(source)
        ]
    found = dialect(source)
    if found is None:
        return []
    notes: list[str] = []
    counts: Counter[str] = Counter()
    return [Sheet("", _rows(source, found, notes, counts), notes, counts)]


def _rows(source: Source, found: Dialect, notes: list[str], counts: Counter[str]) -> Iterator[tuple[str, list[Any]]]:
    """The rows of a delimited file; one that cannot be trusted is `Broken`."""
    literal = 0
    counts["baris sep="] += found.skip
    for record in records(source, found):
        if record.lines > 1:
            counts["baris lanjutan dari sel berbaris banyak"] += record.lines - 1
        literal += record.literal
        yield f"row {record.number}", Broken(record.cells, record.why) if record.why else record.cells
    if literal:
        notes.append(literal_note(literal))


def json_records(source: Source) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]] | Rejection]:
    """(pointer, flat record with folded names, the record itself) of a JSON list or JSON lines."""
    found = jsonstream.lines(source) if isinstance(first_line(source), dict) else jsonstream.records(source)
    for item in found:
        if isinstance(item, Rejection):
            yield item
        elif isinstance(item[1], dict):
            yield item[0], named(item[1]), item[1]
        else:
            yield Rejection(item[0], "bukan rekaman JSON", item[1])


def named(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record flat, with folded names."""
    return {folded(name): value for name, value in flattened(record).items()}


def flattened(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, Any]:
    """Nested keys joined with `.`; lists of plain values stay lists, lists of records get their index."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEEP:
            flat |= flattened(value, f"{name}.", depth + 1)
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value[:20]) and depth < _DEEP:
            for index, item in enumerate(value[:20]):
                flat |= flattened(item, f"{name}.{index}.", depth + 1)
        else:
            flat[name] = value
    return flat
