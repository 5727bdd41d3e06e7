"""Hits while the detectors work: arrays side by side, made a table once, in the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.detectors.found import Bools, Ints
from screening.tables import HIT_FIELDS, HITS

Words = npt.NDArray[np.object_]


class Hit(NamedTuple):
    """One hit: the columns of HITS, but the position of its activity for the activity and the number of its field."""

    row: int
    number: int
    start: int
    end: int
    strength: float
    signal: str
    entry_id: str
    contestant_id: str | None
    surface: str
    detector: str
    how: str


@dataclass(frozen=True)
class Hits:
    """Many hits; each array is a column of `Hit`."""

    row: Ints
    number: Ints
    start: Ints
    end: Ints
    strength: npt.NDArray[np.float64]
    signal: Words
    entry_id: Words
    contestant_id: Words
    surface: Words
    detector: Words
    how: Words

    def __len__(self) -> int:
        return len(self.row)


_DTYPES: tuple[Any, ...] = (np.int64, np.int64, np.int64, np.int64, np.float64, *[object] * 6)
_NAMES = [field.name for field in fields(Hits)]
_FIELDS = np.array(HIT_FIELDS, object)
_ORDER = ("activity_id", "field", "start", "end", "signal", "entry_id", "contestant_id", "detector")


def hits_of(rows: Iterable[Hit]) -> Hits:
    """The rows as columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(_DTYPES)
    return Hits(*(np.array(values, dtype) for values, dtype in zip(columns, _DTYPES, strict=True)))


def together(parts: Iterable[Hits]) -> Hits:
    """The hits of all parts, one part behind the other."""
    parts = [hits_of(()), *parts]
    return Hits(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))


def table(hits: Hits, activities: pd.DataFrame) -> pd.DataFrame:
    """HITS, each once, by activity, field, place, signal, entry, contestant (those without one last) and detector."""
    ids = activities["activity_id"].to_numpy(object)[hits.row]
    words = {"activity_id": ids, "field": _FIELDS[hits.number], **{name: getattr(hits, name) for name in _NAMES[5:]}}
    coded = {name: _coded(values) for name, values in words.items()}
    codes = {name: code for name, (code, _) in coded.items()}
    codes |= {name: getattr(hits, name) for name in ("start", "end", "strength")}
    order = np.lexsort([codes[name] for name in reversed(_ORDER)])
    order = order[~_again({name: code[order] for name, code in codes.items()})]
    columns = {name: values.take(codes[name][order]) for name, (_, values) in coded.items()}
    return HITS.cast(pd.DataFrame({**columns, **{name: codes[name][order] for name in ("start", "end", "strength")}}))


def _coded(words: Words) -> tuple[Ints, Any]:
    """A number per word, and the words by number, ascending; the last number is that of no word."""
    found, distinct = pd.factorize(words)
    order = np.argsort(distinct)
    number = np.append(np.argsort(order), len(order))
    return number[found], pd.array([*distinct[order], None], dtype="str")


def _again(columns: dict[str, Any]) -> Bools:
    """Which hits, sorted by _ORDER, were there before."""
    same = np.all([np.diff(columns[name], prepend=-1) == 0 for name in _ORDER], axis=0)
    like = np.flatnonzero(same | np.append(same[1:], False))
    again = np.zeros(len(same), bool)
    again[like] = pd.DataFrame({name: values[like] for name, values in columns.items()}).duplicated()
    return again
