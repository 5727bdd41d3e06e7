"""Whose pictures are read, and of which days: nobody opens the photos of people who are not screened, or of quiet years."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.judge.owners import Accounts
from screening.ruleset.load import Ruleset

OUTSIDE = "akun di luar daftar pegawai; gambar tidak dibuka"
QUIET = "di luar masa kontes mana pun; gambar tidak dibuka"
_MARGIN = timedelta(days=1)  # a day counted in another zone, or a time without one


class Wanted:
    """Tells for a table of activities why the pictures of each stay closed ("" where they are read).

    Without a roster every account is wanted; an activity without a day is always wanted, because its day may matter.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self._accounts = Accounts(ruleset.roster) if ruleset.roster is not None else None
        self._spans = sorted(
            {
                (min(one.start for one in contest.phases) - _MARGIN, max(one.end for one in contest.phases) + _MARGIN)
                for contest in ruleset.contests.values()
                if contest.phases
            }
        )
        self._alive: dict[date, bool] = {}

    def closed(self, activities: pd.DataFrame) -> npt.NDArray[np.object_]:
        """One reason a row, Indonesian; "" where the pictures are to be read."""
        days = activities["happened_at"].dt.tz_convert("Asia/Jakarta").dt.date
        why = np.array(["" if pd.isna(day) or self._goes_on(day) else QUIET for day in days], object)
        if self._accounts is not None and len(activities):
            owners = self._accounts.owners(activities)
            known = np.array([one is not None for one in owners.people], bool)[owners.of]
            why[~known] = OUTSIDE
        return why

    def _goes_on(self, day: date) -> bool:
        """Whether any contest is alive on that day."""
        if day not in self._alive:
            self._alive[day] = any(start <= day <= end for start, end in self._spans)
        return self._alive[day]
