"""What a finished run does not keep: the words of activities that nobody has to review, and accounts of people out of scope.

Ids, results, scores, places in the exports, and which entry was noticed where stay for every activity; so numbers, comparisons and
the measure of what is noticed do not change. What was said can be read again where it came from.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from screening.engines.merge import writer
from screening.tables import decode, encode

if TYPE_CHECKING:
    import pyarrow as pa

QUEUE = ("finding", "needs_clarification")
WORDS = ("text", "target_text", "media_text", "picture_text", "tagged", "target_account", "target_url")
_QUOTES = {"hits": "surface", "statements": "quote"}


def drop_words(folder: Path, account: Callable[[str, str], str]) -> int:
    """Take the words out of the run tables in `folder` (being built); returns how many activities have lost theirs.

    `account`: what an account nobody has to review is called from now on, by platform and account.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    findings = pq.read_table(folder / "findings.parquet", columns=["activity_id", "result"])
    queue = findings.filter(pc.is_in(findings["result"], pa.array(QUEUE, pa.large_string())))
    kept = pc.unique(queue["activity_id"].combine_chunks()).cast(pa.large_string())
    dropped = 0

    def bare(table: pa.Table) -> pa.Table:
        nonlocal dropped
        gone = pc.invert(pc.is_in(table["activity_id"], kept))
        dropped += int(pc.sum(gone).as_py() or 0)
        for name in (one for one in WORDS if one in table.column_names):
            table = _put(table, name, pc.if_else(gone, pa.scalar(None, table[name].type), table[name]))
        names = dict.fromkeys(zip(table["platform"].to_pylist(), table["actor"].to_pylist(), strict=True))
        told = {pair: account(*pair) if pair[1] is not None else None for pair in names}
        pairs = zip(table["platform"].to_pylist(), table["actor"].to_pylist(), strict=True)
        others = pa.array([told[pair] for pair in pairs], table["actor"].type)
        return _put(table, "actor", pc.if_else(gone, others, table["actor"]))

    def unquoted(table: pa.Table, name: str) -> pa.Table:
        gone = pc.invert(pc.is_in(table["activity_id"], kept))
        return _put(table, name, pc.if_else(gone, pa.scalar("", table[name].type), table[name]))

    def told(table: pa.Table) -> pa.Table:
        waiting = pc.is_in(table["result"], pa.array(QUEUE, pa.large_string())).to_pylist()
        for name in ("reasons", "mitigating"):
            cells = zip(table[name].to_pylist(), waiting, strict=True)
            table = _put(
                table, name, pa.array([cell if wait else _quoteless(cell) for cell, wait in cells], table[name].type)
            )
        return table

    _rewrite(folder, "activities", bare)
    for name, column in _QUOTES.items():
        _rewrite(folder, name, partial(unquoted, name=column))
    _rewrite(folder, "findings", told)
    return dropped


def drop_pictures(lines: Path, shown: Path, findings: pd.DataFrame) -> None:
    """The same for the words in pictures and the pictures themselves."""
    if not lines.is_file():
        return
    kept = {*findings.loc[findings["result"].isin(QUEUE), "activity_id"]}
    table = pd.read_parquet(lines)
    wanted = table["activity_id"].isin(kept)
    table.assign(text=table["text"].where(wanted)).to_parquet(lines, index=False, compression="zstd")
    small = pd.read_parquet(shown)
    used = small["sha256"].isin(table.loc[wanted, "sha256"])
    small[used].reset_index(drop=True).to_parquet(shown, index=False, compression="zstd")


def _quoteless(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    return encode([{**part, "quote": ""} if part.get("quote") else part for part in decode(cell)])


def _put(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _rewrite(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """One table, a row group at a time, put in the place of the old one when it is whole."""
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    with pq.ParquetFile(path, pre_buffer=False) as file:
        more = ("picture_text",) if "picture_text" in file.schema_arrow.names else ()
        with writer(folder, name, more) as out:
            for group in range(file.num_row_groups):
                table = change(file.read_row_group(group)).cast(out.schema)
                if len(table):
                    out.write_table(table)
    os.replace(path.with_name(f"{path.name}.tmp"), path)
