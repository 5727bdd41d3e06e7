"""Canonical tables as JSON lines, a block at a time through Arrow; blocks it cannot take, line by line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from screening.limits import limit
from screening.readers.core.decoding import opened
from screening.readers.core.jsonstream import records
from screening.readers.core.jsontext import LONG
from screening.readers.core.reader import Columns, Context, Counted, Note, Rejection, Remark, tidy
from screening.readers.core.source import Source
from screening.readers.core.structure import whole
from screening.readers.tables.columnar import NAMES, canonical_columns, sliced

_BLOCK = 16 << 20
_NULL_BEHIND = re.compile(rb"[}\]]\s*null")


def read_jsonl(source: Source, context: Context, rows: int) -> Iterator[Columns | Remark]:
    """The records, a block of lines at a time; a line that is no record of ours is rejected with its number."""
    start = 1
    for block in _blocks(source):
        if block is None:
            yield _checked([], [], [Rejection(f"line {start}", LONG)], context)
            start += 1
            continue
        lines = block.count(b"\n") + (not block.endswith(b"\n"))
        table = _arrow_lines(block)
        if table is not None and table.num_rows == lines:
            yield from sliced(table, np.arange(start, start + lines), context, rows, "line")
        else:
            yield from _one_by_one(block, start, context, rows)
        start += lines


def read_json(source: Source, context: Context, rows: int) -> Iterator[Columns | Note]:
    """The same records as one JSON list, streamed."""
    good: list[dict[str, str | None]] = []
    pointers: list[str] = []
    bad: list[Rejection] = []
    for item in records(source):
        if isinstance(item, Rejection) or not isinstance(item[1], dict):
            bad.append(item if isinstance(item, Rejection) else Rejection(item[0], "bukan rekaman", item[1]))
            continue
        good.append({name: _cell(item[1].get(name)) for name in NAMES})
        pointers.append(item[0])
        if len(good) >= rows:
            yield _checked(good, pointers, bad, context)
            good, pointers, bad = [], [], []
    yield _checked(good, pointers, bad, context)


def _checked(good: list[dict[str, str | None]], pointers: list[str], bad: list[Rejection], context: Context) -> Columns:
    import pyarrow as pa

    table = pa.table({name: pa.array([row[name] for row in good], pa.string()) for name in sorted(NAMES)})
    read = canonical_columns(table, pd.Series(pointers, dtype="str"), context.zone)
    return Columns(read.frame, [*read.rejected, *bad])


def _blocks(source: Source) -> Iterator[bytes | None]:
    """Pieces of the file that end with a line; None stands for a line that is longer than a record may be."""
    rest: list[bytes] = []
    held, most = 0, limit("text", "line_bytes")
    with opened(source) as stream:
        while block := _read(stream):
            cut = block.rfind(b"\n") + 1
            first = block.find(b"\n") + 1
            if held + (first or len(block)) > most:
                rest, held = [], most + 1  # the line goes on, and nothing of it is kept
                if not first:
                    continue
                yield None
                block, cut, held = block[first:], cut - first, 0
            if cut:
                yield b"".join([*rest, block[:cut]])
                rest, held = [], 0
            rest.append(block[cut:])
            held += len(block) - cut
    if held > most:
        yield None
    elif b"".join(rest).strip():
        yield b"".join(rest)


def _read(stream: Any) -> bytes:
    blocks, left = [], _BLOCK
    while left > 0 and (block := stream.read(left)):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)


def _arrow_lines(block: bytes) -> Any:
    """The lines as a Table of strings, or None when a line is no flat record of strings."""
    import pyarrow as pa
    import pyarrow.json as pj

    if not _plain(block):
        return None
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


def _plain(block: bytes) -> bool:
    """Whether every line is an object and nothing but one. A bare `null` where Arrow expects a record ends the whole
    process (seen with pyarrow 26), which no exception tells; such lines are looked at by ourselves."""
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    return block.startswith(b"{") and block.count(b"\n{") == lines - 1 and not _NULL_BEHIND.search(block)


def _one_by_one(block: bytes, start: int, context: Context, rows: int) -> Iterator[Columns | Remark]:
    good: list[dict[str, str | None]] = []
    pointers: list[str] = []
    bad: list[Rejection] = []
    blank = 0
    text = block.decode("utf-8", "replace")
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=start):
        if not line.strip():
            blank += 1
            continue
        record = whole(line)
        if not isinstance(record, dict):
            bad.append(Rejection(f"line {number}", "baris bukan JSON yang utuh", line))
            continue
        good.append({name: _cell(record.get(name)) for name in NAMES})
        pointers.append(f"line {number}")
    yield _checked(good, pointers, bad, context)
    yield Counted(blank, "baris kosong", told=False)


def _cell(value: Any) -> str | None:
    if isinstance(value, list):
        return ";".join(text for text in map(tidy, value) if text) or None
    text = tidy(value)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if text else text
