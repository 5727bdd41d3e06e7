"""One post that Facebook lists several times: before and after an edit, and a video once for every place it was put.

The records carry the same words to the same target and times some minutes apart (seen in a public parser's fixtures of a
real archive: 9 and 12 minutes). The first time is that of the act; every later record becomes a repetition of the first
row, so that it is counted as a duplicate and not lost.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from screening.readers.core.reader import Rejection, Row

_SAME = ("kind", "text", "target_account", "target_text", "target_url")
_Key = tuple[int, datetime]


@cache
def _window() -> timedelta:
    raw = tomllib.loads(Path(__file__).with_name("facebook.toml").read_text(encoding="utf-8"))
    return timedelta(minutes=raw["editions"]["minutes"])


class Editions:
    """Which posts of a list are editions of one; learnt from all of them, then asked row by row in any order."""

    def __init__(self, rows: Iterable[Any]) -> None:
        times: dict[int, list[datetime]] = {}
        for row in rows:
            if key := _key(row):
                times.setdefault(key[0], []).append(key[1])
        self._first: dict[_Key, datetime] = {}
        for content, found in times.items():
            self._first.update({(content, time): start for time, start in _clusters(sorted(found))})
        self._kept: dict[_Key, Row] = {}

    def once(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows, every later edition as a repetition of the first one met."""
        for row in rows:
            key = _key(row)
            start = self._first.get(key) if key else None
            if key is None or start is None:
                yield row
                continue
            kept = self._kept.setdefault((key[0], start), {**row, **_moment(start)})
            yield {**kept, "source_pointer": row["source_pointer"], "twin": row.get("twin", ())}


def _key(row: Row | Rejection) -> _Key | None:
    if not isinstance(row, dict) or not row.get("text") or row.get("happened_at") is None:
        return None
    return hash(tuple(row.get(name) for name in _SAME)), row["happened_at"]


def _clusters(times: list[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """Each time that follows or begins a run of times close to each other, with the first of the run."""
    start = times[0]
    run = []
    for earlier, later in pairwise([*times, times[-1] + 2 * _window()]):
        run.append(earlier)
        if later - earlier > _window():
            yield from ((time, start) for time in run if len(run) > 1)
            start, run = later, []


def _moment(start: datetime) -> dict[str, Any]:
    return {"happened_at": start, "time_raw": str(int(start.timestamp()))}
