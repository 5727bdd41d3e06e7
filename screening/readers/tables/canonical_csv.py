"""Canonical tables as delimited text, through Arrow; a damaged rest through the standard parser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.core.delimited import Dialect, dialect, head_rows, utf8_stream
from screening.readers.core.delimited import rows as delimited_rows
from screening.readers.core.reader import Columns, Context, Note, Rejection
from screening.readers.core.source import Source
from screening.readers.tables.columnar import NAMES, canonical_columns, from_cells, sliced

_BLOCK = 1 << 20  # Arrow reads 32 of these ahead


def read_csv(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    import pyarrow as pa
    import pyarrow.csv as pc

    found = dialect(source) or Dialect("utf-8", ",")
    names = [name.strip() for name in head_rows(source, 1)[0]]
    yield from _notes(names, found)
    wanted = [name for name in names if name in NAMES]
    broken: list[Rejection] = []
    skipped: list[int] = []

    def odd(row: Any) -> str:
        skipped.append(row.number or 0)
        where = f"row {row.number}" if row.number is not None else ""
        broken.append(
            Rejection(where, f"baris berisi {row.actual_columns} kolom, seharusnya {row.expected_columns}", row.text)
        )
        return "skip"

    start = 2
    try:
        with utf8_stream(source, found) as stream:
            reader = pc.open_csv(
                stream,
                read_options=pc.ReadOptions(block_size=_BLOCK, column_names=names, skip_rows=1, use_threads=False),
                parse_options=pc.ParseOptions(
                    delimiter=found.delimiter, newlines_in_values=True, invalid_row_handler=odd, ignore_empty_lines=True
                ),
                convert_options=pc.ConvertOptions(
                    column_types={name: pa.string() for name in names}, include_columns=wanted, strings_can_be_null=True,
                    null_values=[""], quoted_strings_can_be_null=True,
                ),
            )  # fmt: skip
            for table in _tables(reader, rows):
                numbers = _numbers(start, len(table), skipped)
                yield from sliced(table, numbers, context, rows, "row")
                start = int(numbers[-1]) + 1 if len(numbers) else start
                if broken:
                    yield Columns(_none(context), broken[:])
                    broken.clear()
    except pa.ArrowException:  # an unclosed quote, a header alone: the plain parser goes on where this one stopped
        broken = [item for item in broken if int(item.pointer.rpartition(" ")[2] or 0) < start]
        yield from _csv_slowly(source, found, names, start, context, rows)
    if broken:
        yield Columns(_none(context), broken)


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


def _csv_slowly(
    source: Source, found: Dialect, names: list[str], start: int, context: Context, rows: int
) -> Iterator[Columns]:
    """The rest of a damaged file with the standard parser, from row `start` on."""
    pointers: list[str] = []
    cells: list[list[Any]] = []
    for number, row in delimited_rows(source, found):
        if number < start or not any(row):
            continue
        if len(row) != len(names):
            why = f"baris berisi {len(row)} kolom, seharusnya {len(names)}"
            yield Columns(_none(context), [Rejection(f"row {number}", why, row)])
            continue
        pointers.append(f"row {number}")
        cells.append(row)
        if len(cells) >= rows:
            yield from_cells(names, pointers, cells, context)
            pointers, cells = [], []
    yield from_cells(names, pointers, cells, context)


def _notes(names: list[str], found: Dialect) -> Iterator[Note]:
    extra = [name for name in names if name and name not in NAMES]
    if extra:
        yield Note(f"{len(extra)} kolom tambahan tidak dipakai")
    if found.encoding == "cp1252":
        yield Note("berkas berenkode cp1252, bukan UTF-8")


def _none(context: Context) -> pd.DataFrame:
    import pyarrow as pa

    return canonical_columns(
        pa.table({"kind": pa.array([], pa.string())}), pd.Series([], dtype="str"), context.zone
    ).frame


def _numbers(start: int, rows: int, skipped: list[int]) -> Any:
    """The row numbers of a batch; those of refused rows (removed from `skipped`) are passed over."""
    numbers = np.arange(start, start + rows)
    for number in sorted(skipped):
        if rows and number <= numbers[-1]:
            numbers[numbers >= number] += 1
            skipped.remove(number)
    return numbers
