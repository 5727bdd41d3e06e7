"""One part of a run: a Part goes in, its finished tables come out. Pure, so any engine may call it.

The vocabulary (what is known about every distinct word) lives as long as the process and is never shared between
threads; it makes later parts cheaper and never changes a result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from screening.engines import process
from screening.engines.store import mark_of
from screening.tables import ACTIVITIES, FILES, FINDINGS, HITS, JUDGED, OUTCOMES, REJECTED, STATEMENTS, Contract, aimed

if TYPE_CHECKING:
    import pyarrow as pa

    from screening.privacy.pseudonyms import Pseudonyms
    from screening.readers import Reading
    from screening.ruleset import Ruleset
    from screening.text.skim import Cut

CHATS = ("whatsapp", "telegram")
# The tables of a run, and OUTCOMES: what screening adds to the activities that were read.
TABLES: dict[str, Contract] = {
    "activities": JUDGED, "hits": HITS, "statements": STATEMENTS, "findings": FINDINGS, "rejected": REJECTED, "files": FILES,
    "outcomes": OUTCOMES,
}  # fmt: skip
_UNASKED = ("time_raw", "source_file", "source_sha256", "source_pointer")  # columns no detector and no act looks at
ORDER = {"points": False, "finding_id": True}  # findings: column -> ascending
_REHEARSED = {"activity_id": "", "platform": "other", "kind": "post", "time_basis": "absent", "visibility": "unknown"}
_own = threading.local()


@dataclass(frozen=True)
class Part:
    """What was read for one part, a hash over it (`store.mark_of`), and its texts cut at white space if that is done."""

    reading: Reading
    mark: str
    cuts: list[Cut] | None = None

    def __reduce__(self) -> tuple[Callable[..., Part], tuple[Any, ...]]:
        """What travels to another process: only what screening looks at."""
        bare = self.reading.activities.drop(columns=list(_UNASKED))
        nothing = replace(self.reading, activities=bare, rejected=REJECTED.empty(), files=FILES.empty(), pictures=())
        return _arrived, (nothing, self.mark, self.cuts)


def _arrived(reading: Reading, mark: str, cuts: list[Cut] | None) -> Part:
    missing = pd.Series(pd.array([None], dtype="str").take(np.zeros(len(reading.activities), np.int64)))
    whole = ACTIVITIES.cast(reading.activities.assign(**dict.fromkeys(_UNASKED, missing)))
    return Part(replace(reading, activities=whole), mark, cuts)


def part_of(reading: Reading, *, cut: bool) -> Part:
    """What can be told of a reading without rules or earlier parts, so by any thread."""
    from screening.text import skim

    return Part(reading, mark_of(reading), skim.cut(aimed(reading.activities)) if cut else None)


def load_modules() -> None:
    """What `Work` needs, loaded before there is one."""
    from screening import detectors, judge, pipeline, ruleset  # noqa: F401


@dataclass(frozen=True)
class Work:
    """What every part is done with: the rules, whether chat messages are screened, and what people are called in outputs (None:
    as roster and exports call them)."""

    ruleset: Ruleset
    include_chats: bool = False
    pseudonyms: Pseudonyms | None = None

    def __call__(self, part: Part) -> dict[str, pa.Table]:
        """What screening adds to the part's reading (outcomes, hits, statements, findings), name -> Arrow table."""
        tables = {name: arrow(table, name) for name, table in screened(part, self).items()}
        process.sweep()
        return tables

    def prepare(self) -> None:
        """Screen one made-up post that names somebody: what a first part needs is made while that part is being read."""
        from screening.pipeline import screen

        contests = self.ruleset.contests.values()
        name = next((one.name for contest in contests for one in contest.contestants.values()), "")
        post = {**_REHEARSED, "text": f"dukung {name}"}
        screen(ACTIVITIES.build([post]), self.ruleset, _vocabulary(self))


def screened(part: Part, work: Work) -> dict[str, pd.DataFrame]:
    """OUTCOMES, HITS, STATEMENTS and FINDINGS of the part; chat messages are set aside, behind the others, unless they were handed
    over as evidence."""
    from screening.pipeline import screen

    activities, cuts = part.reading.activities, part.cuts
    chats = activities["platform"].isin(CHATS).to_numpy() & (not work.include_chats)
    some = activities
    if chats.any():
        some, cuts = activities[~chats].reset_index(drop=True), None
    judged = screen(some, work.ruleset, _vocabulary(work), cuts)
    table = judged.activities.assign(row=np.flatnonzero(~chats))
    if chats.any():
        aside = activities[chats].assign(result="out_of_scope", score=0, band=None, row=np.flatnonzero(chats))
        table = pd.concat([OUTCOMES.cast(table), OUTCOMES.cast(aside)], ignore_index=True)
    findings = judged.findings
    if work.pseudonyms is not None:
        table = table.assign(subject_id=work.pseudonyms.subjects(table["subject_id"]))
        findings = findings.assign(subject_id=work.pseudonyms.subjects(findings["subject_id"]))
    return {
        "outcomes": table,
        "hits": judged.hits,
        "statements": judged.statements,
        "findings": findings.sort_values(list(ORDER), ascending=list(ORDER.values()), ignore_index=True),
    }


def judged(reading: Reading, outcomes: pa.Table) -> pa.Table:
    """The activities of a reading with their outcomes, and in the order of these."""
    import pyarrow as pa

    table = pa.Table.from_pandas(reading.activities, preserve_index=False)
    row = outcomes["row"].to_numpy()
    if not np.array_equal(row, np.arange(len(row))):
        table = table.take(pa.array(row))
    more = tuple(name for name in JUDGED.optional if name in table.column_names)
    columns = [(outcomes if name in OUTCOMES.columns else table)[name] for name in (*JUDGED.columns, *more)]
    return pa.table(columns, schema=schema_of("activities", more))


def _vocabulary(work: Work):
    """This thread's vocabulary for this ruleset; a new ruleset starts afresh."""
    from screening.text import Vocabulary

    if getattr(_own, "ruleset", None) is not work.ruleset:
        process.keep()
        _own.ruleset, _own.vocabulary = work.ruleset, Vocabulary()
    return _own.vocabulary


def forget() -> None:
    """All parts are done: what this thread has learnt about words, and what Arrow keeps for later, give their memory back."""
    import pyarrow as pa

    _own.__dict__.clear()
    pa.default_memory_pool().release_unused()


def arrow(table: pd.DataFrame, name: str) -> pa.Table:
    """A table of TABLES as Arrow writes it."""
    import pyarrow as pa

    return pa.Table.from_pandas(TABLES[name].cast(table), schema=schema_of(name), preserve_index=False)


@cache
def schema_of(name: str, more: tuple[str, ...] = ()):
    """The Arrow schema of a table of TABLES; `more`: optional columns it has."""
    import pyarrow as pa

    schema = pa.Schema.from_pandas(TABLES[name].empty(), preserve_index=False)
    for column in more:
        schema = schema.append(pa.field(column, pa.large_string()))
    return schema if not more else schema.remove_metadata()
