"""Who is behind each activity, told for whole columns: most accounts are written just as the roster writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.ruleset.roster import Person, Roster, handle_form
from screening.tables import texts

Ints = npt.NDArray[np.int64]
_TEXT = pa.large_string()


@dataclass(frozen=True)
class Owners:
    """People (None: nobody known), and which of them each activity belongs to."""

    people: Sequence[Person | None]
    of: Ints

    def subjects(self, given: pd.Series) -> pd.Series:
        """Subjects, from the roster where it knows the account, else as `given`."""
        listed = pa.array([None if one is None else one.subject_id for one in self.people], _TEXT)
        known = pc.coalesce(listed.take(pa.array(self.of)), texts(given))
        return pd.Series(pd.array(known, "str"), index=given.index)

    def inside(self) -> npt.NDArray[np.bool_]:
        """Which activities belong to a civil servant on the roster."""
        return np.array([one is not None and one.employment != "non_asn" for one in self.people], bool)[self.of]


class Accounts:
    """The roster's accounts made ready for looking up many at once."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        form = handle_form()
        # A handle that is its own normal form needs none: whoever is written so is whoever is listed so.
        plain = [(key, one) for key, one in roster.people.items() if form(key[1]) == key[1]]
        self.people = [one for _, one in plain]
        # Whom a table names by number is a person of the roster, but whose account it was is not said by the number.
        self.numbered = {one.subject_id: replace(one, account_control="unconfirmed") for one in roster.people.values()}
        self.keys = _joined(*(pa.array([key[n] for key, _ in plain], _TEXT) for n in (0, 1)))

    def owners(self, activities: pd.DataFrame) -> Owners:
        """Whose each activity is."""
        platform, actor = (texts(activities[name]) for name in ("platform", "actor"))
        of = self._listed(platform, actor)
        rest = np.flatnonzero(of < 0)
        of[rest] = self._listed(pa.scalar("", _TEXT), actor.take(pa.array(rest)))  # listed for any platform
        rest = rest[of[rest] < 0]
        people: list[Person | None] = [*self.people, None]
        of[rest] = len(self.people)
        numbers: dict[tuple[str, str | None], int] = {}
        accounts = zip(*(column.take(pa.array(rest)).to_pylist() for column in (platform, actor)), strict=True)
        for at, account in zip(rest.tolist(), accounts, strict=True):
            if account not in numbers:
                one = self.roster.person(*account) if account[1] is not None else None
                numbers[account] = len(people)
                people.append(one)
            of[at] = numbers[account]
        if "subject_id" in activities:
            self._by_number(of, people, texts(activities["subject_id"]))
        return _on_their_days(Owners(people, of), activities)

    def _by_number(self, of: Ints, people: list[Person | None], given: pa.Array) -> None:
        """Rows of accounts nobody listed whose person the export itself names, by the pseudonym of a number."""
        if not self.numbered:
            return
        keys = pa.array([*self.numbered], _TEXT)
        found = pc.fill_null(pc.index_in(given, keys), -1).to_numpy().astype(np.int64)
        nobody = np.array([one is None for one in people], bool)[of]
        rows = np.flatnonzero(nobody & (found >= 0))
        of[rows] = found[rows] + len(people)
        people.extend(self.numbered.values())

    def _listed(self, platform: pa.Array | pa.Scalar, actor: pa.Array) -> Ints:
        """The places among `people` of accounts written as on the roster, -1 for others."""
        return pc.fill_null(pc.index_in(_joined(platform, actor), self.keys), -1).to_numpy().astype(np.int64)


def _on_their_days(owners: Owners, activities: pd.DataFrame) -> Owners:
    """People whose employment the roster dates (honorary staff in 2024, PPPK in 2025), as what they were on each activity's
    day in Jakarta; where the day is unknown, as what they are now."""
    dated = np.array([one is not None and bool(one.employments) for one in owners.people], bool)
    rows = np.flatnonzero(dated[owners.of])
    if not len(rows):
        return owners
    people, of = [*owners.people], owners.of.copy()
    days = activities["happened_at"].iloc[rows].dt.tz_convert("Asia/Jakarta")
    kinds: dict[tuple[int, str], int] = {}
    for at, day in zip(rows.tolist(), days, strict=True):
        one = owners.people[of[at]]
        assert one is not None
        kind = one.employed_on(None if pd.isna(day) else day.date())
        if (key := (int(owners.of[at]), kind)) not in kinds:
            kinds[key] = len(people)
            people.append(replace(one, employment=kind))
        of[at] = kinds[key]
    return Owners(people, of)


def _joined(platform: pa.Array | pa.Scalar, handle: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(platform, handle, pa.scalar("\0", _TEXT))
