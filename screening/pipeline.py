"""The story on one page: notice what texts and accounts hold, bind it into statements, judge these against the acts in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from screening.tables import aimed

if TYPE_CHECKING:
    from screening.ruleset import Ruleset
    from screening.text import Vocabulary
    from screening.text.skim import Cut


@dataclass(frozen=True)
class Screened:
    """One batch after judging: JUDGED activities, HITS, STATEMENTS and FINDINGS (contracts in `screening.tables`)."""

    activities: pd.DataFrame
    hits: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame


def screen(
    activities: pd.DataFrame, ruleset: Ruleset, vocabulary: Vocabulary | None = None, cuts: list[Cut] | None = None
) -> Screened:
    """Judge a table of ACTIVITIES against a ruleset; works on zero rows, keeps every row and their order.

    `vocabulary` carries what is known about words and evidence from one table to the next; it changes the time, never the result.
    `cuts`: the texts cut at white space (`text.skim.cut`), where another thread has done it already.
    """
    from screening.judge import Bench, judge

    hits, statements = notice(activities, ruleset, vocabulary, cuts)
    bench = None
    if vocabulary is not None:  # the bench is forgotten when the words are
        bench = vocabulary.remembered_of("bench", ruleset, lambda: Bench(ruleset))
    findings, judged = judge(activities, statements, ruleset, bench)
    return Screened(judged, hits, statements, findings)


def notice(
    activities: pd.DataFrame, ruleset: Ruleset, vocabulary: Vocabulary | None = None, cuts: list[Cut] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the detectors notice in a table of ACTIVITIES, as HITS, and what it says, as STATEMENTS; no law, no opinion."""
    from screening.detectors import detect, worth_reading
    from screening.statements import bind
    from screening.stretches import stretched, within_budget
    from screening.text import Vocabulary, documents

    activities = aimed(activities)
    vocabulary = Vocabulary() if vocabulary is None else vocabulary
    vocabulary.make_room()  # never later: what the gate learns about this table is used on it
    some = activities[worth_reading(activities, ruleset, vocabulary, cuts)].reset_index(drop=True)
    parts = stretched(some)
    read = documents(parts.rows, vocabulary=vocabulary)
    hits = within_budget(detect(parts.rows, read, ruleset), parts.home)
    statements = bind(parts.rows, read, hits, ruleset)
    return parts.hits(hits), parts.statements(statements)
