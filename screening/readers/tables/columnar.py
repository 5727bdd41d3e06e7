"""Canonical tables, a million rows at a time: strings to contract values without touching single rows.

Only distinct odd values (a kind written in another way, a date in words) are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.core.reader import Columns, Context, Rejection
from screening.readers.core.vocabulary import canonical
from screening.readers.tables.mapped import cell_text
from screening.readers.times.moment import Moment, TimeError, moment
from screening.tables import ACTIVITIES, TIME, TIME_BASES, texts

TEXTS = (
    "record_id",
    "actor",
    "subject_id",
    "text",
    "target_account",
    "target_text",
    "target_url",
    "media_text",
    "tagged",
)
WORDS = {"platform": "other", "kind": "", "target_kind": None, "visibility": "unknown"}
# `media_files`: names of pictures that lie beside the table or in a folder below it, separated by `;` (docs/pictures.md).
NAMES = frozenset({*ACTIVITIES.columns, "media_files"}) - {
    "activity_id",
    "source_file",
    "source_sha256",
    "source_pointer",
}
IDENTIFYING = ("platform", "kind", "actor")

_EXACT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$"
_NAIVE = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?$"

_BASIS = {name: number for number, name in enumerate(TIME_BASES)}


def canonical_columns(table: Any, pointers: pd.Series, zone: tzinfo) -> Columns:
    """A pyarrow Table whose columns have canonical names (any subset) as checked columns.

    Rows without a known kind or with an impossible time are rejected with pointer and reason.
    """
    columns = {"source_pointer": pointers.astype("str"), **{name: _strings(table, name) for name in TEXTS}}
    kindless = pd.Series(np.zeros(table.num_rows, dtype=bool))
    for name, missing in WORDS.items():
        columns[name], unknown = _words(_strings(table, name), name, missing)
        kindless = unknown if name == "kind" else kindless
    if "media_files" in table.column_names:
        columns["media_files"] = _strings(table, "media_files")
    times, impossible = _times(table, zone)
    frame = pd.DataFrame({**columns, **times})
    if not (kindless.any() or impossible.any()):
        return Columns(frame, [])
    bad = kindless | impossible
    why = np.where(
        kindless, "kolom kind kosong atau bukan jenis aktivitas yang dikenal", "waktu tidak sah di kolom happened_at"
    )
    return Columns(frame[~bad].reset_index(drop=True), _rejections(frame[bad], _text(why)[bad]))


def _rejections(frame: pd.DataFrame, reasons: pd.Series) -> list[Rejection]:
    raws = frame[["kind", "time_raw", "record_id", "text"]].astype(object).where(lambda cells: cells.notna(), None)
    return [
        Rejection(pointer, reason, raw)
        for pointer, reason, raw in zip(frame["source_pointer"], reasons, raws.to_dict("records"), strict=True)
    ]


def constant(value: str | None, rows: int) -> pd.Series:
    """A `str` column of one value."""
    import pyarrow as pa

    return pa.repeat(pa.scalar(value, pa.large_string()), rows).to_pandas().astype("str")


def _strings(table: Any, name: str) -> pd.Series:
    """One column as `str`; a column the table lacks is all missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if name not in table.column_names:
        return constant(None, table.num_rows)
    column = table[name]
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(pc.cast(column, pa.list_(pa.string())), ";")
    elif pa.types.is_nested(column.type):
        column = pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    text = pc.cast(column, pa.large_string())
    return text.to_pandas().astype("str").reset_index(drop=True)


def _words(column: pd.Series, name: str, missing: str | None) -> tuple[pd.Series, pd.Series]:
    """The column with the contract's words, and where a word was missing or not understood."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = texts(column)
    coded = text.dictionary_encode()
    meanings = pa.array([canonical(name, word) for word in coded.dictionary.to_pylist()], pa.large_string())
    known = text if meanings.equals(coded.dictionary) else meanings.take(coded.indices)
    unknown = pd.Series(pc.is_null(known).to_numpy(zero_copy_only=False))
    return (known if missing is None else pc.fill_null(known, missing)).to_pandas().astype("str"), unknown


def _times(table: Any, zone: tzinfo) -> tuple[dict[str, pd.Series], pd.Series]:
    """happened_at, time_basis and time_raw, and where the time is impossible."""
    import pyarrow as pa

    column = table["happened_at"] if "happened_at" in table.column_names else None
    if column is not None and (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        times, impossible = _typed_times(column, zone), pd.Series(np.zeros(table.num_rows, dtype=bool))
    else:
        times, impossible = _written_times(_strings(table, "happened_at"), zone)
    if "time_basis" not in table.column_names:
        return times, impossible
    raw, basis = _strings(table, "time_raw"), _strings(table, "time_basis")
    given = basis.isin(TIME_BASES)  # our own activities.parquet, read again
    return {
        "happened_at": times["happened_at"],
        "time_basis": basis.where(given, times["time_basis"]),
        "time_raw": raw.where(given, times["time_raw"]),
    }, impossible


def _typed_times(column: Any, zone: tzinfo) -> dict[str, pd.Series]:
    import pyarrow as pa
    import pyarrow.compute as pc

    exact, dates = getattr(column.type, "tz", None) is not None, pa.types.is_date(column.type)
    raw = _spelled(column).to_pandas().astype("str")
    local = pc.cast(column, pa.timestamp("us", tz=column.type.tz if exact else None)).to_pandas()
    happened = local.dt.tz_convert("UTC") if exact else _localised(pd.to_datetime(local), zone)
    basis = "exact_utc" if exact else "date_only" if dates else "local_naive"
    return {
        "happened_at": happened.astype("datetime64[us, UTC]").reset_index(drop=True),
        "time_basis": _bases(np.where(happened.isna(), _BASIS["absent"], _BASIS[basis])),
        "time_raw": raw.reset_index(drop=True),
    }


def _spelled(column: Any) -> Any:
    """Dates or times as text, as Arrow writes them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if getattr(column.type, "tz", None) != "UTC":
        return pc.cast(column, pa.large_string())
    # For a time with a zone Arrow asks the zone's rules row by row, which UTC does not need.
    plain = pc.cast(pc.cast(column, pa.timestamp(column.type.unit)), pa.large_string())
    return pc.binary_join_element_wise(plain, *(pa.scalar(mark, pa.large_string()) for mark in ("Z", "")))


def _localised(local: pd.Series, zone: tzinfo) -> pd.Series:
    return local.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")


def _written_times(raw: pd.Series, zone: tzinfo) -> tuple[dict[str, pd.Series], pd.Series]:
    """ISO times at once; every other form once per distinct value."""
    exact = _matching(raw, _EXACT)
    naive = np.zeros(len(raw), dtype=bool) if exact.all() else _matching(raw, _NAIVE)
    happened = _iso(raw, exact, "UTC")
    if naive.any():
        happened = happened.mask(naive, _localised(_iso(raw, naive, None), zone).astype("datetime64[us, UTC]"))
    read_at_once = happened.notna().to_numpy()
    basis = np.where(exact & read_at_once, _BASIS["exact_utc"], _BASIS["absent"])
    basis[naive & read_at_once] = _BASIS["local_naive"]
    odd = raw.notna().to_numpy() & ~read_at_once
    impossible = np.zeros(len(raw), dtype=bool)
    if odd.any():
        read = {value: _moment(value, zone) for value in raw[odd].unique()}
        moments = [read[value] for value in raw[odd]]
        impossible[odd] = [found is None for found in moments]
        happened.loc[odd] = pd.Series(
            [found and found.happened_at for found in moments], index=raw.index[odd], dtype=TIME
        )
        basis[odd] = [_BASIS[found.time_basis if found else "absent"] for found in moments]
    return {"happened_at": happened, "time_basis": _bases(basis), "time_raw": raw}, pd.Series(impossible)


def _bases(codes: Any) -> pd.Series:
    """TIME_BASES by their numbers, as `str`."""
    import pyarrow as pa

    return pa.array(TIME_BASES, pa.large_string()).take(pa.array(codes)).to_pandas().astype("str")


def _text(values: Any) -> pd.Series:
    return pd.Series(pd.array(values, dtype="str"))


def _matching(raw: pd.Series, pattern: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.match_substring_regex(pa.array(raw, type=pa.large_string()), pattern)
    return pc.fill_null(found, False).to_numpy(zero_copy_only=False).astype(bool)


def _iso(raw: pd.Series, which: Any, zone: str | None) -> pd.Series:
    """The ISO times among `raw` (mask `which`); missing elsewhere and where the calendar has no such day."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.if_else(pa.array(which), pa.array(raw, type=pa.large_string()), pa.scalar(None, pa.large_string()))
    try:
        return pc.cast(texts, pa.timestamp("us", tz=zone)).to_pandas().reset_index(drop=True)
    except pa.ArrowInvalid:  # an impossible day among them: the slower way marks it missing
        read = pd.to_datetime(raw.where(which), utc=zone is not None, errors="coerce", format="ISO8601")
        return read.astype("datetime64[us, UTC]") if zone else read.astype("datetime64[us]")


def _moment(value: str, zone: tzinfo) -> Moment | None:
    try:
        return moment(value, zone)
    except TimeError:
        return None


def sliced(table: Any, numbers: Any, context: Context, rows: int, unit: str) -> Iterator[Columns]:
    """The table in pieces; `numbers` are those of its rows in the file."""
    for offset in range(0, table.num_rows, rows):
        part = table.slice(offset, rows)
        pointers = pd.Series(numbers[offset : offset + part.num_rows]).astype("str")
        yield canonical_columns(part, unit + " " + pointers, context.zone)


def from_cells(names: list[str], pointers: list[str], cells: list[list[Any]], context: Context) -> Columns:
    """Rows of cells below a canonical header, as checked columns."""
    import pyarrow as pa

    known = {name: at for at, name in enumerate(names) if name in NAMES}
    table = pa.table(
        {name: pa.array([cell_text(row[at]) if at < len(row) else None for row in cells], pa.string())
         for name, at in known.items()}
    )  # fmt: skip
    return canonical_columns(table, pd.Series(pointers, dtype="str"), context.zone)
