"""Canonical tables, a million rows at a time: strings to contract values without touching single rows.

Only distinct odd values (a kind written in another way, a date in words) are looked at one by one.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

import numpy as np
import pandas as pd

from screening.readers.reader import Columns, Rejection
from screening.readers.times import Moment, TimeError, moment
from screening.readers.vocabulary import canonical
from screening.tables import ACTIVITIES, TIME, TIME_BASES

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
NAMES = frozenset(ACTIVITIES.columns) - {"activity_id", "source_file", "source_sha256", "source_pointer"}
IDENTIFYING = ("platform", "kind", "actor")

_EXACT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$"
_NAIVE = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?$"


def canonical_columns(table: Any, pointers: pd.Series, zone: tzinfo) -> Columns:
    """A pyarrow Table whose columns have canonical names (any subset) as checked columns.

    Rows without a known kind or with an impossible time are rejected with pointer and reason.
    """
    frame = pd.DataFrame({"source_pointer": pointers.astype("str")})
    for name in TEXTS:
        frame[name] = _strings(table, name)
    reasons = constant(None, len(frame))
    for name, missing in WORDS.items():
        frame[name], unknown = _words(_strings(table, name), name, missing)
        if name == "kind":
            reasons = reasons.mask(unknown, "kolom kind kosong atau bukan jenis aktivitas yang dikenal")
    times, impossible = _times(table, zone)
    frame = frame.assign(**times)
    reasons = reasons.mask(impossible & reasons.isna(), "waktu tidak sah di kolom happened_at")
    empty = frame[[*TEXTS, "time_raw"]].isna().all(axis=1) & _strings(table, "kind").isna()
    bad = reasons.notna() & ~empty
    return Columns(frame[~bad & ~empty].reset_index(drop=True), _rejections(frame[bad], reasons[bad]))


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
    meanings = {word: canonical(name, word) for word in column.dropna().unique()}
    known = column.map(meanings).astype("str")
    return (known if missing is None else known.fillna(missing)), known.isna()


def _times(table: Any, zone: tzinfo) -> tuple[dict[str, pd.Series], pd.Series]:
    """happened_at, time_basis and time_raw, and where the time is impossible."""
    import pyarrow as pa

    column = table["happened_at"] if "happened_at" in table.column_names else None
    if column is not None and (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        times, impossible = _typed_times(column, zone), pd.Series(np.zeros(table.num_rows, dtype=bool))
    else:
        times, impossible = _written_times(_strings(table, "happened_at"), zone)
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
    raw = pc.cast(column, pa.large_string()).to_pandas().astype("str")
    local = pc.cast(column, pa.timestamp("us", tz=column.type.tz if exact else None)).to_pandas()
    happened = local.dt.tz_convert("UTC") if exact else _localised(pd.to_datetime(local), zone)
    basis = "exact_utc" if exact else "date_only" if dates else "local_naive"
    return {
        "happened_at": happened.astype(TIME).reset_index(drop=True),
        "time_basis": pd.Series(np.where(happened.isna(), "absent", basis)).astype("str"),
        "time_raw": raw.reset_index(drop=True),
    }


def _localised(local: pd.Series, zone: tzinfo) -> pd.Series:
    return local.dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")  # type: ignore[arg-type]


def _written_times(raw: pd.Series, zone: tzinfo) -> tuple[dict[str, pd.Series], pd.Series]:
    """ISO times at once; every other form once per distinct value."""
    happened = pd.Series(pd.NaT, index=raw.index, dtype=TIME)
    basis = constant("absent", len(raw))
    exact = raw.str.match(_EXACT).fillna(False).astype(bool)
    naive = raw.str.match(_NAIVE).fillna(False).astype(bool)
    if exact.any():
        happened = happened.mask(
            exact, pd.to_datetime(raw.where(exact), utc=True, errors="coerce", format="ISO8601").astype(TIME)
        )
    if naive.any():
        local = pd.to_datetime(raw.where(naive), errors="coerce", format="ISO8601")
        happened = happened.mask(naive, _localised(local, zone).astype(TIME))
    basis = basis.mask(exact & happened.notna(), "exact_utc").mask(naive & happened.notna(), "local_naive")
    odd = raw.notna() & happened.isna()
    impossible = pd.Series(np.zeros(len(raw), dtype=bool))
    if odd.any():
        read = {value: _moment(value, zone) for value in raw[odd].unique()}
        moments = raw[odd].map(lambda value: read[value])
        impossible = raw.map(lambda value: value in read and read[value] is None).astype(bool)
        found = moments[moments.notna()]
        happened.loc[found.index] = pd.Series([m.happened_at for m in found], index=found.index).astype(TIME)
        basis.loc[found.index] = pd.array([m.time_basis for m in found], dtype="str")
    return {"happened_at": happened, "time_basis": basis, "time_raw": raw}, impossible


def _moment(value: str, zone: tzinfo) -> Moment | None:
    try:
        return moment(value, zone)
    except TimeError:
        return None
