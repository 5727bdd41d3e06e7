"""What later files tell of acts in parts handed out before: kept in one pass over the inputs, filled in by the next.

A stream cannot go back to a part that is judged. So the first pass keeps the rows that repeat an act of an earlier part, and
where there are any a second pass over the same inputs completes every part before it is handed out. Reading is
deterministic, so the parts of both passes are cut alike and only those that learnt something are judged again.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import numpy as np
import pandas as pd

from screening.limits import limit
from screening.readers.ingest.merging import completed
from screening.tables import ACTIVITIES


class Later:
    """Rows repeating acts of earlier parts, compressed (about 100 bytes each), never more than `completing.rows`."""

    def __init__(self, most: int | None = None) -> None:
        self._most = limit("completing", "rows") if most is None else most
        self._pieces: list[tuple[np.ndarray, bytes]] = []
        self.filling = False
        self._met = 0

    @property
    def wanted(self) -> bool:
        """Whether another pass can complete something."""
        return bool(self._pieces) and not self.filling

    def fill(self) -> None:
        """From now on nothing is kept: the coming pass over the same inputs is completed with what is there."""
        self.filling, self._met = True, 0

    def keep(self, repeats: pd.DataFrame) -> pd.DataFrame:
        """Remember rows (of ACTIVITIES) that came too late for their part; returns those there is no room for."""
        room = max(self._most - self._met, 0)
        self._met += len(repeats)
        some = repeats.iloc[:room]
        if len(some) and not self.filling:
            packed = BytesIO()
            some.to_parquet(packed, index=False, compression="zstd")
            self._pieces.append((np.sort(some["activity_id"].to_numpy().astype("S")), packed.getvalue()))
        return repeats.iloc[room:]

    def completed(self, activities: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        """The part filled from what later files tell of it, and a hash over what it learnt; "" when that is nothing."""
        if not self.filling or not len(activities):
            return activities, ""
        ids = np.sort(activities["activity_id"].to_numpy().astype("S"))
        found = [self._of(packed, activities) for known, packed in self._pieces if np.isin(known, ids).any()]
        if not found:
            return activities, ""
        filled = completed(activities, pd.concat(found, ignore_index=True))
        if filled is activities or filled.equals(activities):
            return activities, ""
        digest = sha256(pd.util.hash_pandas_object(filled, index=False).to_numpy().tobytes())
        return filled, digest.hexdigest()

    @staticmethod
    def _of(packed: bytes, activities: pd.DataFrame) -> pd.DataFrame:
        piece = ACTIVITIES.cast(pd.read_parquet(BytesIO(packed)))
        return piece[piece["activity_id"].isin(activities["activity_id"])]
