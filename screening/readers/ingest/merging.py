"""One act read from several files: what one source lacks is filled from the others, whatever their order."""

from __future__ import annotations

from typing import Any

import pandas as pd

from screening.tables import ACTIVITIES, TARGET_KINDS, TIME_BASES

_KEPT = ("activity_id", "source_file", "source_sha256", "source_pointer", "platform", "actor")  # of the row read first
_LISTS = {"media_text": "\n", "tagged": ";"}
_KINDS = ("comment", "share", "post", "like", "follow", "join", "bio")  # a reply that quotes is a comment
_VISIBILITIES = ("public", "private", "unknown")
_TIMES = ("happened_at", "time_basis", "time_raw")
_FILLED = [name for name in ACTIVITIES.columns if name not in (*_KEPT, *_TIMES)]


def completed(kept: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """The activities with their empty cells filled from repeated rows of the same ids (which need not all be there).

    Where two sources say different things the longer words, the surer time and the more definite kind stand.
    """
    places = pd.Series(range(len(kept)), index=kept["activity_id"])
    known = repeats[repeats["activity_id"].isin(places.index)]
    if known.empty:
        return kept
    rows = places.loc[known["activity_id"]].to_numpy()
    mine = kept.iloc[rows]
    differ = pd.Series(False, index=range(len(known)))
    for name in (*_FILLED, *_TIMES):
        theirs = known[name].reset_index(drop=True)
        differ |= theirs.notna() & (theirs != mine[name].reset_index(drop=True)).fillna(True)
    if not differ.any():
        return kept
    changed: dict[int, dict[str, Any]] = {}
    told = differ.to_numpy()
    for place, row, other in zip(rows[told].tolist(), _records(mine[told]), _records(known[told]), strict=True):
        changed[place] = _both(changed.get(place, row), other)
    filled = kept.copy()
    for name in (*_FILLED, *_TIMES):
        column = filled[name].astype("object")
        column.iloc[list(changed)] = [row[name] for row in changed.values()]
        filled[name] = column
    return ACTIVITIES.cast(filled)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts with None for what is missing; column by column, as taking single rows out costs the most."""
    names = (*_FILLED, *_TIMES)
    columns = (table[name].astype("object").where(table[name].notna(), None).tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    row = dict(one)
    for name in _FILLED:
        row[name] = _better(name, one[name], other[name])
    surer = min((one, other), key=lambda each: (TIME_BASES.index(each["time_basis"]), str(each["happened_at"])))
    return row | {name: surer[name] for name in _TIMES}


def _better(name: str, one: Any, other: Any) -> Any:
    """The cell of two sources that tells more; the same for either order."""
    if one is None or other is None or one == other:
        return other if one is None else one
    if name in _LISTS:
        glue = _LISTS[name]
        return glue.join(dict.fromkeys(sorted({*one.split(glue), *other.split(glue)})))
    order = {"kind": _KINDS, "visibility": _VISIBILITIES, "target_kind": TARGET_KINDS}.get(name)
    if order is not None:
        return min((one, other), key=order.index)
    return max((one, other), key=lambda text: (len(text), text))
