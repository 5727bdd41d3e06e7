"""Canonical tables as delimited text: large ones through Arrow, small and damaged ones line by line."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.core.delimited import (
    Dialect,
    dialect,
    head_rows,
    literal_note,
    looks_swallowed,
    records,
    shape,
    utf8_stream,
)
from screening.readers.core.reader import Columns, Context, Counted, Note, Rejection, Remark
from screening.readers.core.source import Source
from screening.readers.tables.columnar import NAMES, canonical_columns, from_cells, sliced

_BLOCK = 1 << 20  # Arrow reads 32 of these ahead
_SAMPLE = 500  # first cells that tell what a row begins like
_SMALL = 1 << 20  # bytes below which the time of reading line by line is not felt
_BLANK = " \t\r\n,;|"
_EMPTY, _CONTINUED = "baris kosong", "baris lanjutan dari sel berbaris banyak"


def read_csv(source: Source, context: Context, rows: int) -> Iterator[Columns | Remark]:
    """The rows below the header. A large file goes through Arrow, block by block, as long as every quote in it is closed
    where its row ends; from the first block where one is not, and for small files, line by line."""
    found = dialect(source) or Dialect("utf-8", ",")
    names = [name.strip() for name in head_rows(source, 1)[0]]
    extra = [name for name in names if name and name not in NAMES]
    if extra:
        yield Note(f"{len(extra)} kolom tambahan tidak dipakai")
    start = 2
    over_lines = any("\n" in name for name in names)  # Arrow passes over lines, not over a header of several
    if source.size > _SMALL and len(set(names)) == len(names) and not over_lines:
        start = yield from _quickly(source, found, names, context, rows)
    if start:
        yield from _by_line(source, found, names, start, context, rows)


def _quickly(
    source: Source, found: Dialect, names: list[str], context: Context, rows: int
) -> Generator[Columns | Remark, None, int]:
    """The rows by Arrow; returns the row from which on they must be read line by line, 0 when all was read."""
    import pyarrow as pa
    import pyarrow.csv as pc

    wanted = [name for name in names if name in NAMES]
    broken: list[tuple[int, Rejection]] = []
    skipped: list[int] = []
    blank: list[int] = []
    swallowed = False
    shapes: set[str] = set()

    def odd(row: Any) -> str:
        nonlocal swallowed
        skipped.append(row.number or 0)
        if not row.text.strip(_BLANK):
            blank.append(row.number or 0)
            return "skip"
        swallowed |= "\n" in row.text and looks_swallowed(row.text, found.delimiter, 2)
        why = f"baris berisi {row.actual_columns} kolom, seharusnya {row.expected_columns}"
        broken.append((row.number or 0, Rejection(f"row {row.number}", why, row.text)))
        return "skip"

    start = 2
    try:
        with utf8_stream(source, found) as stream:
            reader = pc.open_csv(
                stream,
                read_options=pc.ReadOptions(block_size=_BLOCK, column_names=names, skip_rows=1, use_threads=False),
                parse_options=pc.ParseOptions(
                    delimiter=found.delimiter, newlines_in_values=True, invalid_row_handler=odd, ignore_empty_lines=False
                ),
                convert_options=pc.ConvertOptions(
                    column_types={name: pa.string() for name in names}, strings_can_be_null=True,
                    null_values=[""], quoted_strings_can_be_null=True,
                ),
            )  # fmt: skip
            for table in _tables(reader, rows):
                shapes = shapes or {shape(cell or "") for cell in table.column(0).slice(0, _SAMPLE).to_pylist()}
                more = _continued(table, found.delimiter, shapes)
                if swallowed or more is None:
                    return start
                numbers = _numbers(start, len(table), skipped)
                filled = _filled(table)
                blank += numbers[~filled].tolist()
                kept = table.select(wanted)
                kept = kept if filled.all() else kept.filter(pa.array(filled))
                yield from sliced(kept, numbers[filled], context, rows, "row")
                start = int(numbers[-1]) + 1 if len(numbers) else start
                yield Counted(more, _CONTINUED, told=False)
                yield from _told(broken, blank, start, context)
    except pa.ArrowException:  # a quote that is never closed, a header alone
        return start
    if swallowed:
        return start
    yield from _told(broken, blank, None, context)
    return 0


def _filled(table: Any) -> Any:
    """Which rows hold anything: blank lines and lines of separators are rows of nothing."""
    import pyarrow.compute as pc

    found = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        found |= pc.is_valid(column).to_numpy()
        if found.all():
            break
    return found


def _continued(table: Any, mark: str, shapes: set[str]) -> int | None:
    """How many lines the rows of a table take beyond one each; None when a cell seems to hold rows that it swallowed."""
    import pyarrow.compute as pc

    more = 0
    for column in table.columns:
        several = column.filter(pc.fill_null(pc.match_substring(column, "\n"), False))
        for cell in several.to_pylist():
            if looks_swallowed(cell, mark, table.num_columns, shapes):
                return None
            more += cell.count("\n")
    return more


def _told(
    broken: list[tuple[int, Rejection]], blank: list[int], before: int | None, context: Context
) -> Iterator[Columns | Remark]:
    """What Arrow refused before a row (None: all of it); the lists keep the rest."""
    now = [item for number, item in broken if before is None or number < before]
    if now:
        yield Columns(_none(context), now)
    empty = [number for number in blank if before is None or number < before]
    yield Counted(len(empty), _EMPTY, told=False)
    yield Counted(sum(str(item.raw).rstrip("\r\n").count("\n") for item in now), _CONTINUED, told=False)
    broken[:] = [] if before is None else [(number, item) for number, item in broken if number >= before]
    blank[:] = [] if before is None else [number for number in blank if number >= before]


def _tables(reader: Any, rows: int) -> Iterator[Any]:
    """What Arrow reads in small blocks, as tables of at least `rows` rows but for the last; also when it breaks off."""
    import pyarrow as pa

    held: list[Any] = []
    while True:
        try:
            held.append(reader.read_next_batch())
        except StopIteration:
            break
        except pa.ArrowException:
            if held:
                yield pa.Table.from_batches(held)
            raise
        if sum(batch.num_rows for batch in held) >= rows:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def _by_line(
    source: Source, found: Dialect, names: list[str], start: int, context: Context, rows: int
) -> Iterator[Columns | Remark]:
    """The rows from `start` on, one by one: an open quote or a wrong number of cells costs its own row only."""
    pointers: list[str] = []
    cells: list[list[Any]] = []
    bad: list[Rejection] = []
    blank = more = literal = 0
    for record in records(source, found):
        if record.number == 1 or record.number >= start:
            more += record.lines - 1
        if record.number < start:
            continue
        literal += record.literal
        if not any(cell.strip() for cell in record.cells):
            blank += 1
            continue
        if record.why or len(record.cells) != len(names):
            width = f"baris berisi {len(record.cells)} kolom, seharusnya {len(names)}"
            bad.append(Rejection(f"row {record.number}", record.why or width, record.cells))
        else:
            pointers.append(f"row {record.number}")
            cells.append(record.cells)
        if len(cells) + len(bad) >= rows:
            yield _checked(names, pointers, cells, bad, context)
            pointers, cells, bad = [], [], []
    yield _checked(names, pointers, cells, bad, context)
    yield Counted(blank, _EMPTY, told=False)
    yield Counted(more, _CONTINUED, told=False)
    if literal:
        yield Note(literal_note(literal))


def _checked(
    names: list[str], pointers: list[str], cells: list[list[Any]], bad: list[Rejection], context: Context
) -> Columns:
    read = from_cells(names, pointers, cells, context)
    return Columns(read.frame, [*read.rejected, *bad])


def _none(context: Context) -> pd.DataFrame:
    import pyarrow as pa

    return canonical_columns(
        pa.table({"kind": pa.array([], pa.string())}), pd.Series([], dtype="str"), context.zone
    ).frame


def _numbers(start: int, rows: int, skipped: list[int]) -> Any:
    """The row numbers of a batch; those of refused rows (removed from `skipped`) are passed over."""
    if not rows:
        return np.arange(start, start)
    refused = np.array(skipped, dtype=np.int64)
    all_numbers = np.arange(start, start + rows + len(refused))
    numbers = all_numbers[~np.isin(all_numbers, refused)][:rows]
    skipped[:] = refused[refused > numbers[-1]].tolist()
    return numbers
