"""Tables with the canonical column names (docs/exports.md): CSV, XLSX, JSONL and Parquet without any mapping, columnar.

Format: DESIGN §3, export-formats §0.1.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.columnar import IDENTIFYING, NAMES, canonical_columns
from screening.readers.delimited import Dialect, dialect, head_rows, utf8_stream
from screening.readers.delimited import rows as delimited_rows
from screening.readers.headers import LOOK_AHEAD
from screening.readers.mapped import cell_text
from screening.readers.reader import Claim, Columns, Context, Note, Reader, Rejection
from screening.readers.source import Source
from screening.readers.structure import first_line
from screening.readers.tabular import beginnings
from screening.readers.workbook import is_workbook, sheets

_BLOCK = 16 << 20


def is_canonical(names: list[str]) -> bool:
    """Whether a header names at least platform, kind and actor exactly, and nothing twice that matters."""
    known = [name for name in names if name in NAMES]
    return all(name in known for name in IDENTIFYING) and len(known) == len(set(known))


def _recognise(source: Source) -> Claim | None:
    if source.head(4) == b"PAR1":
        return _parquet_claim(source)
    if is_workbook(source):
        return Claim(detail="xlsx") if any(_header_at(rows) is not None for _, rows in beginnings(source)) else None
    line = first_line(source)
    if isinstance(line, dict):
        return Claim(detail="jsonl") if {"platform", "kind", "actor"} <= line.keys() else None
    rows = head_rows(source, 1)
    return Claim(detail="csv") if rows and is_canonical([name.strip() for name in rows[0]]) else None


def _parquet_claim(source: Source) -> Claim | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with _seekable(source) as stream:
            names = pq.ParquetFile(stream).schema_arrow.names
    except (pa.ArrowInvalid, OSError):
        return Claim(detail="parquet")  # says so when it is read
    return Claim(detail="parquet") if is_canonical(names) else Claim(ignored="tabel Parquet tanpa kolom kanonik")


def _tables(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    shape = context.detail
    yield from {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "xlsx": _xlsx}[shape](source, context, rows)


def _seekable(source: Source) -> Any:
    from screening.readers.zipped import spooled

    stream = source.open()
    if (stream.seekable() and not isinstance(stream, io.BufferedReader)) or hasattr(stream, "name"):
        return stream
    stream.close()
    return spooled(source)


def _csv(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
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
            for batch in reader:
                numbers = _numbers(start, batch.num_rows, skipped)
                yield from _sliced(pa.Table.from_batches([batch]), numbers, context, rows, "row")
                start = int(numbers[-1]) + 1 if len(numbers) else start
                if broken:
                    yield Columns(_none(context), broken[:])
                    broken.clear()
    except pa.ArrowException:  # an unclosed quote, a header alone: the plain parser goes on where this one stopped
        broken = [item for item in broken if int(item.pointer.rpartition(" ")[2] or 0) < start]
        yield from _csv_slowly(source, found, names, start, context, rows)
    if broken:
        yield Columns(_none(context), broken)


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
            yield _from_cells(names, pointers, cells, context)
            pointers, cells = [], []
    yield _from_cells(names, pointers, cells, context)


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


def _sliced(table: Any, numbers: Any, context: Context, rows: int, unit: str) -> Iterator[Columns]:
    """The table in pieces; `numbers` are those of its rows in the file."""
    for offset in range(0, table.num_rows, rows):
        part = table.slice(offset, rows)
        pointers = pd.Series(numbers[offset : offset + part.num_rows]).astype("str")
        yield canonical_columns(part, unit + " " + pointers, context.zone)


def _parquet(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from screening.readers.source import SourceError

    try:
        with _seekable(source) as stream:
            opened = pq.ParquetFile(stream)
            wanted = [name for name in opened.schema_arrow.names if name in NAMES]
            start = 1
            for batch in opened.iter_batches(batch_size=rows, columns=wanted):
                batch.validate(full=True)  # damaged pages can hold text that is no UTF-8
                yield from _sliced(
                    pa.Table.from_batches([batch]), np.arange(start, start + batch.num_rows), context, rows, "row"
                )
                start += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError("Parquet rusak atau terpotong; ekspor ulang.") from error


def _header_at(rows: list[list[Any]]) -> int | None:
    """Where the canonical header stands among the first rows of a sheet."""
    return next((at for at, row in enumerate(rows) if is_canonical([str(cell or "").strip() for cell in row])), None)


def _xlsx(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    for sheet in sheets(source):
        names: list[str] = []
        pointers: list[str] = []
        cells: list[list[Any]] = []
        for number, (pointer, row) in enumerate(sheet.rows):
            if not names:
                names = [str(cell or "").strip() for cell in row] if _header_at([row]) is not None else []
                if not names and number > LOOK_AHEAD:
                    break
                continue
            pointers.append(pointer)
            cells.append(row)
            if len(cells) >= rows:
                yield _from_cells(names, pointers, cells, context)
                pointers, cells = [], []
        if names:
            yield _from_cells(names, pointers, cells, context)
            yield from map(Note, sheet.notes)


def _from_cells(names: list[str], pointers: list[str], cells: list[list[Any]], context: Context) -> Columns:
    import pyarrow as pa

    known = {name: at for at, name in enumerate(names) if name in NAMES}
    table = pa.table(
        {name: pa.array([cell_text(row[at]) if at < len(row) else None for row in cells], pa.string())
         for name, at in known.items()}
    )  # fmt: skip
    return canonical_columns(table, pd.Series(pointers, dtype="str"), context.zone)


def _jsonl(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    start = 1
    for block in _blocks(source):
        lines = block.count(b"\n") + (not block.endswith(b"\n"))
        table = _arrow_lines(block)
        if table is not None and table.num_rows == lines:
            yield from _sliced(table, np.arange(start, start + lines), context, rows, "line")
        else:
            yield from _one_by_one(block, start, context, rows)
        start += lines


def _blocks(source: Source) -> Iterator[bytes]:
    """Pieces of the file that end with a line."""
    rest = b""
    with utf8_stream(source, dialect(source) or Dialect(_encoding(source), ",")) as stream:
        while block := stream.read(_BLOCK):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            rest = block[cut:]
            if cut:
                yield block[:cut]
    if rest.strip():
        yield rest


def _encoding(source: Source) -> str:
    from screening.readers.structure import encoding_of

    return encoding_of(source.head())


def _arrow_lines(block: bytes) -> Any:
    """The lines as a Table of strings, or None when a line is no flat record of strings."""
    import pyarrow as pa
    import pyarrow.json as pj

    try:
        return pj.read_json(
            io.BytesIO(block),
            read_options=pj.ReadOptions(use_threads=True, block_size=_BLOCK + (1 << 20)),
            parse_options=pj.ParseOptions(
                explicit_schema=pa.schema([(name, pa.string()) for name in sorted(NAMES)]),
                unexpected_field_behavior="ignore",
            ),
        )
    except pa.ArrowException:
        return None


def _one_by_one(block: bytes, start: int, context: Context, rows: int) -> Iterator[Columns]:
    import pyarrow as pa

    from screening.readers.reader import tidy
    from screening.readers.structure import whole

    good: list[dict[str, str | None]] = []
    pointers: list[str] = []
    bad: list[Rejection] = []
    for number, line in enumerate(block.decode("utf-8", "replace").split("\n"), start=start):
        if not line.strip():
            continue
        record = whole(line)
        if not isinstance(record, dict):
            bad.append(Rejection(f"line {number}", "baris bukan JSON yang utuh", line))
            continue
        good.append({name: _cell(record.get(name), tidy) for name in NAMES})
        pointers.append(f"line {number}")
    table = pa.table({name: pa.array([row[name] for row in good], pa.string()) for name in sorted(NAMES)})
    read = canonical_columns(table, pd.Series(pointers, dtype="str"), context.zone)
    yield Columns(read.frame, [*read.rejected, *bad])


def _cell(value: Any, tidy: Any) -> str | None:
    if isinstance(value, list):
        return ";".join(text for text in map(tidy, value) if text) or None
    text = tidy(value)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if text else text


READER = Reader("canonical", _recognise, tables=_tables, title="tabel kanonik")
