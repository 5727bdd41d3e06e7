"""Finished parts become the tables of the run: in part order, findings in one global order, never more than a slice in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from screening.engines.part import arrow, judged, schema_of

if TYPE_CHECKING:
    from screening.readers import Reading

SLICE = 5_000
WAITING = 3  # finished parts that wait to be kept before the next one has to
# Columns whose values hardly ever repeat: a dictionary of them is given up half-way, after its cost, and makes the file larger.
_DISTINCT = frozenset(
    {
        "activity_id", "record_id", "happened_at", "time_raw", "text", "target_text", "target_url", "media_text", "tagged",
        "picture_text",
        "source_pointer", "finding_id", "raw", "statement_id",
    }
)  # fmt: skip


class Joining:
    """Finished parts kept, and their tables (but findings) joined in part order, by a thread of its own while later parts
    are worked on.

    A context: `take` tells that a part is finished, in any order; `finish` waits and puts the tables in their place, whole.
    `noticed` are files beside the parts, one each, with what reports need of activities and hits: those of activities with a
    finding row.
    """

    def __init__(self, pieces: Callable[[str, int], Path], folder: Path, more: tuple[str, ...] = ()) -> None:
        self.pieces, self.folder = pieces, folder
        self.writers = {
            name: writer(folder, name, more if name == "activities" else ())
            for name in ("activities", "hits", "statements", "rejected", "files")
        }
        self.thread = ThreadPoolExecutor(1)
        self.tasks: deque[Future[None]] = deque()
        self.waiting: dict[int, Reading] = {}
        self.following = 0
        self.noticed: dict[str, list[Path]] = {"activities": [], "hits": []}

    def __enter__(self) -> Joining:
        return self

    def take(self, number: int, reading: Reading, keep: Callable[[], None] = lambda: None) -> None:
        """The part of this number, made of `reading`, is finished; `keep` is called first. Raises what went wrong with
        earlier ones."""
        if len(self.tasks) >= WAITING:
            self.tasks.popleft().result()
        self.tasks.append(self.thread.submit(self._take, number, reading, keep))

    def finish(self) -> None:
        """All parts have been told; raises what went wrong."""
        self.settle()
        for name, writer in self.writers.items():
            writer.close()
            os.replace(_unfinished(self.folder, name), self.folder / f"{name}.parquet")
        self.writers = {}

    def settle(self) -> None:
        """Wait until all parts told so far are kept; raises what went wrong."""
        while self.tasks:
            self.tasks.popleft().result()

    def __exit__(self, *_: object) -> None:
        self.thread.shutdown(wait=True)
        for name, writer in self.writers.items():
            give_up(writer)
            _unfinished(self.folder, name).unlink(missing_ok=True)

    def _take(self, number: int, reading: Reading, keep: Callable[[], None]) -> None:
        keep()
        self.waiting[number] = reading
        while self.following in self.waiting:
            self._join(self.waiting.pop(self.following), self.following)
            self.following += 1

    def _join(self, reading: Reading, number: int) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        tables = {
            "activities": judged(reading, _table(self.pieces("outcomes", number))),
            "hits": _table(self.pieces("hits", number)).cast(schema_of("hits")),
            "statements": _table(self.pieces("statements", number)).cast(schema_of("statements")),
            "rejected": arrow(reading.rejected, "rejected"),
            "files": arrow(reading.files, "files"),
        }
        for name, table in tables.items():
            if len(table):
                self.writers[name].write_table(table)
        ids = _table(self.pieces("findings", number))["activity_id"]
        for name, places in self.noticed.items():
            places.append(self.pieces(f"noticed-{name}", number))
            some = tables[name].filter(pc.is_in(tables[name]["activity_id"], ids))
            with pa.OSFile(str(places[-1]), "wb") as out, pa.ipc.new_file(out, some.schema) as writer:
                writer.write_table(some)


def join_findings(pieces: list[Path], folder: Path) -> None:
    """findings.parquet from the parts' findings, each sorted by `part.ORDER`, in that order over all of them."""
    tables = [_table(piece) for piece in pieces]
    out = writer(folder, "findings")
    try:
        for table in _merged([table for table in tables if len(table)]):
            out.write_table(table.cast(schema_of("findings")))
        out.close()
    finally:
        give_up(out)
    os.replace(_unfinished(folder, "findings"), folder / "findings.parquet")


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


def give_up(writer: Any) -> None:
    """Close a writer whose file is not wanted any more; where there is no room, closing fails as writing did."""
    if not writer.is_open:
        return
    with suppress(Exception):
        writer.close()
    writer.is_open = False  # or it would try again, and complain, when it is forgotten
    if writer.file_handle is not None:
        with suppress(Exception):
            writer.file_handle.close()


def _unfinished(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet.tmp"


def writer(folder: Path, name: str, more: tuple[str, ...] = ()) -> Any:
    """A writer of a table of the run, into a file that is not yet in its place; `more`: optional columns it has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = schema_of(name, more)
    repeating = [field.name for field in schema if field.name not in _DISTINCT]
    # Nobody seeks texts by range.
    ordered = [field.name for field in schema if not pa.types.is_large_string(field.type)]
    return pq.ParquetWriter(
        _unfinished(folder, name), schema, compression="zstd", use_dictionary=repeating, write_statistics=ordered
    )
