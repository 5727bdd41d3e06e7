"""One part of a run: a Part goes in, its finished tables come out. Pure, so any engine may call it.

The vocabulary (what is known about every distinct word) lives as long as the process and is never shared between
threads; it makes later parts cheaper and never changes a result.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from screening.engines import garbage
from screening.engines.store import mark_of
from screening.tables import ACTIVITIES, FILES, FINDINGS, HITS, JUDGED, REJECTED, Contract

if TYPE_CHECKING:
    import pyarrow as pa

    from screening.readers import Reading
    from screening.ruleset import Ruleset
    from screening.text.skim import Cut

CHATS = ("whatsapp", "telegram")
TABLES: dict[str, Contract] = {
    "activities": JUDGED, "hits": HITS, "findings": FINDINGS, "rejected": REJECTED, "files": FILES,
}  # fmt: skip
ORDER = {"points": False, "finding_id": True}  # findings: column -> ascending
_REHEARSED = {"activity_id": "", "platform": "other", "kind": "post", "time_basis": "absent", "visibility": "unknown"}
_own = threading.local()


@dataclass(frozen=True)
class Part:
    """What was read for one part, a hash over it (`store.mark_of`), and its texts cut at white space if that is done."""

    reading: Reading
    mark: str
    cuts: list[Cut] | None = None


def part_of(reading: Reading, *, cut: bool) -> Part:
    """What can be told of a reading without rules or earlier parts, so by any thread."""
    from screening.text import skim

    return Part(reading, mark_of(reading), skim.cut(reading.activities) if cut else None)


@dataclass(frozen=True)
class Work:
    """What every part is done with: the rules, and whether chat messages are screened."""

    ruleset: Ruleset
    include_chats: bool = False

    def __call__(self, part: Part) -> dict[str, pa.Table]:
        """The part's tables, name -> Arrow table."""
        tables = {name: _arrow(table, name) for name, table in screened(part, self).items()}
        garbage.sweep()
        return tables

    def prepare(self) -> None:
        """Screen one made-up post that names somebody: what a first part needs is made while that part is being read."""
        from screening.pipeline import screen

        contests = self.ruleset.contests.values()
        name = next((one.name for contest in contests for one in contest.contestants.values()), "")
        post = {**_REHEARSED, "text": f"dukung {name}"}
        screen(ACTIVITIES.build([post]), self.ruleset, _vocabulary(self))


def screened(part: Part, work: Work) -> dict[str, pd.DataFrame]:
    """The part's tables; chat messages are set aside unless they were handed over as evidence."""
    from screening.pipeline import screen

    reading, activities, cuts = part.reading, part.reading.activities, part.cuts
    chats = activities["platform"].isin(CHATS) & (not work.include_chats)
    some = activities
    if chats.any():
        some, cuts = activities[~chats].reset_index(drop=True), None
    judged = screen(some, work.ruleset, _vocabulary(work), cuts)
    table = judged.activities
    if chats.any():
        aside = JUDGED.cast(activities[chats].assign(result="out_of_scope", score=0))
        table = pd.concat([table, aside], ignore_index=True)
    return {
        "activities": table,
        "hits": judged.hits,
        "findings": judged.findings.sort_values(list(ORDER), ascending=list(ORDER.values()), ignore_index=True),
        "rejected": reading.rejected,
        "files": reading.files,
    }


def _vocabulary(work: Work):
    """This thread's vocabulary for this ruleset; a new ruleset starts afresh."""
    from screening.text import Vocabulary

    if getattr(_own, "ruleset", None) is not work.ruleset:
        garbage.keep()
        _own.ruleset, _own.vocabulary = work.ruleset, Vocabulary()
    return _own.vocabulary


def forget() -> None:
    """All parts are done: what this thread has learnt about words, and what Arrow keeps for later, give their memory back."""
    import pyarrow as pa

    _own.__dict__.clear()
    pa.default_memory_pool().release_unused()


def _arrow(table: pd.DataFrame, name: str) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pandas(TABLES[name].cast(table), schema=schema_of(name), preserve_index=False)


@cache
def schema_of(name: str):
    """The Arrow schema of a table of the run."""
    import pyarrow as pa

    return pa.Schema.from_pandas(TABLES[name].empty(), preserve_index=False)
