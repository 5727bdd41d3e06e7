"""Where a person stands in run folders: by pseudonym, the id of the office, NIP or NRK (with the key), or an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from screening.folder import PSEUDONYMS, Run
from screening.privacy.pseudonyms import SUBJECT, Pseudonyms
from screening.ruleset.accounts import normalise_handle


@dataclass(frozen=True)
class Held:
    """What a run folder holds of a person: the ids of the activities and the pseudonyms of person and accounts."""

    activities: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    accounts: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.activities or self.subjects or self.accounts)


def held(run: Run, word: str, pseudonyms: Pseudonyms | None = None) -> Held:
    """What a run holds of whoever `word` means; an account stands for all that its owner on the roster did."""
    word = word.strip()
    table = run.table("activities", ["activity_id", "platform", "actor", "subject_id"])
    subjects = {word, *(pseudonyms.looked_up(word) if pseudonyms else ())}
    handle = normalise_handle(word) or word
    roster = run.roster()
    people = roster.people.items() if roster is not None else ()
    subjects |= {one.subject_id for (_, own), one in people if own == handle}
    listed = {key for key, one in people if one.subject_id in subjects}
    actors = table["actor"].fillna("")
    same = (actors == word) | (actors.map({one: normalise_handle(one) for one in actors.unique()}) == handle)
    pairs = {*zip(table.loc[same, "platform"], table.loc[same, "actor"], strict=True)}
    pairs |= {
        (platform, actor)
        for platform, actor, name in _pseudonyms(run)
        if name == word or normalise_handle(actor) == handle
    }
    pairs |= {(platform, name) for platform, actor, name in _pseudonyms(run) if (platform, actor) in pairs}
    if pseudonyms is not None:  # accounts out of scope are kept by pseudonym only
        names = {pseudonyms.account(platform, word) for platform in table["platform"].unique()}
        pairs |= {*table.loc[actors.isin(names), ["platform", "actor"]].itertuples(index=False, name=None)}
    by_account = pd.Series(
        [pair in pairs for pair in zip(table["platform"], actors, strict=True)], table.index, dtype=bool
    )
    mine = table["subject_id"].isin(subjects) | by_account
    known = {one for one in table.loc[mine, "subject_id"].dropna() if one in subjects or one.startswith(SUBJECT)}
    own = {one.subject_id for key, one in people if key in listed}
    return Held(frozenset(table.loc[mine, "activity_id"]), frozenset(known & subjects | own), frozenset(pairs | listed))


def _pseudonyms(run: Run) -> Iterable[tuple[str, str, str]]:
    path = run.folder / PSEUDONYMS
    if not path.is_file():
        return ()
    return tuple(pd.read_parquet(path)[["platform", "actor", "pseudonym"]].itertuples(index=False, name=None))
