"""Finished parts become the tables of the run: in part order, findings in one global order, never more than a slice in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from screening.engines.part import schema_of

SLICE = 20_000
# Columns whose values hardly ever repeat: a dictionary of them is given up half-way, after its cost, and makes the file larger.
_DISTINCT = frozenset(
    {
        "activity_id", "record_id", "happened_at", "time_raw", "text", "target_text", "target_url", "media_text", "tagged",
        "source_pointer", "finding_id", "raw",
    }
)  # fmt: skip


def join(pieces: list[Path], target: Path, name: str) -> None:
    """One Parquet file from the parts' tables, in part order; appears whole or not at all."""
    _write((table for piece in pieces if len(table := _table(piece))), target, name)


def join_findings(pieces: list[Path], target: Path) -> None:
    """The same for findings, whose parts are sorted by `part.ORDER`, in that order over all parts."""
    tables = [_table(piece) for piece in pieces]
    _write(_merged([table for table in tables if len(table)]), target, "findings")


def _merged(tables: list[Any]) -> Iterator[Any]:
    """Slices of the global order: of every sorted part they take a contiguous piece, which a memory map gives for free."""
    import pyarrow as pa

    if not tables:
        return
    points = np.concatenate([table["points"].to_numpy() for table in tables])
    ids = np.concatenate([table["finding_id"].to_numpy().astype("S") for table in tables])
    part = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    order = np.lexsort((ids, -points))
    taken = np.zeros(len(tables), np.int64)
    for start in range(0, len(order), SLICE):
        here = part[order[start : start + SLICE]]
        count = np.bincount(here, minlength=len(tables))
        slices = [table.slice(taken[i], count[i]) for i, table in enumerate(tables) if count[i]]
        taken += count
        # Rows come part by part; the stable sort of `here` tells where each belongs in the slice.
        place = np.empty(len(here), np.int64)
        place[np.argsort(here, kind="stable")] = np.arange(len(here))
        yield pa.concat_tables(slices).combine_chunks().take(pa.array(place))


def _table(piece: Path) -> Any:
    import pyarrow as pa

    with pa.memory_map(str(piece)) as source:
        return pa.ipc.open_file(source).read_all()


def _write(tables: Iterator[Any], target: Path, name: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = schema_of(name)
    repeating = [field.name for field in schema if field.name not in _DISTINCT]
    ordered = [
        field.name for field in schema if not pa.types.is_large_string(field.type)
    ]  # nobody seeks texts by range
    unfinished = target.with_name(f"{target.name}.tmp")
    with pq.ParquetWriter(
        unfinished, schema, compression="zstd", use_dictionary=repeating, write_statistics=ordered
    ) as writer:
        for table in tables:
            writer.write_table(table.cast(schema))
    os.replace(unfinished, target)
