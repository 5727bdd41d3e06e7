"""Tables with the canonical column names (docs/exports.md): CSV, XLSX, JSON, JSONL and Parquet without any mapping, columnar.

Format: DESIGN §3, export-formats §0.1.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from screening.readers.core.delimited import head_rows
from screening.readers.core.headers import LOOK_AHEAD
from screening.readers.core.reader import Claim, Columns, Context, Counted, Note, Reader, Remark
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import early_lines, tree
from screening.readers.core.tabular import beginnings
from screening.readers.core.workbook import is_workbook, sheets
from screening.readers.tables.canonical_csv import read_csv
from screening.readers.tables.canonical_jsonl import read_json, read_jsonl
from screening.readers.tables.columnar import IDENTIFYING, NAMES, from_cells, sliced
from screening.readers.tables.mapped import cell_text

# Names only this table has; `text` and `platform` alone could be anybody's.
_UNMISTAKABLE = frozenset(
    {"record_id", "happened_at", "target_account", "target_text", "target_url", "target_kind", "media_text"}
)


def is_canonical(names: list[str]) -> bool:
    """Whether a header names at least platform, kind and actor exactly, and nothing twice that matters."""
    known = [name for name in names if name in NAMES]
    return all(name in known for name in IDENTIFYING) and len(known) == len(set(known))


def _recognise(source: Source) -> Claim | None:
    if source.head(4) == b"PAR1":
        return _parquet_claim(source)
    if is_workbook(source):
        return Claim(detail="xlsx") if any(_header_at(rows) is not None for _, rows in beginnings(source)) else None
    lines, root = early_lines(source), tree(source)
    if lines:  # a record may lack what it has no value for: the keys of the first records together
        return _of_names(list(dict.fromkeys(key for line in lines for key in line)), "jsonl")
    if isinstance(root, list) and root and all(isinstance(record, dict) for record in root[:20]):
        return _of_names(list(dict.fromkeys(key for record in root[:20] for key in record)), "json")
    rows = head_rows(source, 1)
    return _of_names(rows[0], "csv") if rows else None


def _of_names(written: list[str], shape: str) -> Claim | None:
    """A claim for a canonical header; one that is unmistakably meant so but lacks a needed column is told, not guessed."""
    names = [name.strip() for name in written]
    if is_canonical(names):
        return Claim(detail=shape)
    missing = [name for name in IDENTIFYING if name not in names]
    meant = len(_UNMISTAKABLE & set(names)) > 1 and set(names) <= NAMES
    return Claim(detail=f"kurang:{', '.join(missing)}") if meant and missing else None


def _parquet_claim(source: Source) -> Claim | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with _seekable(source) as stream:
            names = pq.ParquetFile(stream).schema_arrow.names
    except (pa.ArrowException, OSError, ValueError):  # also column names that are no text
        return Claim(detail="parquet")  # says so when it is read
    return Claim(detail="parquet") if is_canonical(names) else None


def _tables(source: Source, context: Context, rows: int) -> Iterator[Columns | Remark]:
    shape = context.detail
    if shape.startswith("kurang:"):
        raise SourceError(f"kolom wajib tidak ada: {shape.removeprefix('kurang:')}; tambahkan kolomnya.")
    yield from {"csv": read_csv, "jsonl": read_jsonl, "json": read_json, "parquet": _parquet, "xlsx": _xlsx}[shape](
        source, context, rows
    )


def _seekable(source: Source) -> Any:
    from screening.readers.core.zipped import spooled

    stream = source.open()
    if (stream.seekable() and not isinstance(stream, io.BufferedReader)) or hasattr(stream, "name"):
        return stream
    stream.close()
    return spooled(source)


def _parquet(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with _seekable(source) as stream:
            opened = pq.ParquetFile(stream, pre_buffer=False)  # else the whole file is held
            wanted = [name for name in opened.schema_arrow.names if name in NAMES]
            start = 1
            for batch in opened.iter_batches(batch_size=rows, columns=wanted):
                batch.validate(full=True)  # damaged pages can hold text that is no UTF-8
                yield from sliced(
                    pa.Table.from_batches([batch]), np.arange(start, start + batch.num_rows), context, rows, "row"
                )
                start += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError("Parquet rusak atau terpotong; ekspor ulang.") from error


def _header_at(rows: list[list[Any]]) -> int | None:
    """Where the canonical header stands among the first rows of a sheet."""
    return next((at for at, row in enumerate(rows) if is_canonical([str(cell or "").strip() for cell in row])), None)


def _xlsx(source: Source, context: Context, rows: int) -> Iterator[Columns | Remark]:
    for sheet in sheets(source):
        names: list[str] = []
        pointers: list[str] = []
        cells: list[list[Any]] = []
        blank = 0
        for number, (pointer, row) in enumerate(sheet.rows):
            if not names:
                names = [str(cell or "").strip() for cell in row] if _header_at([row]) is not None else []
                if not names and number > LOOK_AHEAD:
                    break
                continue
            if not any(cell_text(cell) for cell in row):
                blank += 1
                continue
            pointers.append(pointer)
            cells.append(row)
            if len(cells) >= rows:
                yield from_cells(names, pointers, cells, context)
                pointers, cells = [], []
        if names:
            yield from_cells(names, pointers, cells, context)
            yield from map(Note, sheet.notes)
            yield Counted(blank, "baris kosong", told=False)


READER = Reader("canonical", _recognise, tables=_tables, title="tabel kanonik")
