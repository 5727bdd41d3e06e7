"""The story on one page: notice what the texts and accounts say, then judge it against the acts in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from screening.ruleset import Ruleset
    from screening.text import Vocabulary
    from screening.text.skim import Cut


@dataclass(frozen=True)
class Screened:
    """One batch after judging: JUDGED activities, HITS and FINDINGS (contracts in `screening.tables`)."""

    activities: pd.DataFrame
    hits: pd.DataFrame
    findings: pd.DataFrame


def screen(
    activities: pd.DataFrame, ruleset: Ruleset, vocabulary: Vocabulary | None = None, cuts: list[Cut] | None = None
) -> Screened:
    """Judge a table of ACTIVITIES against a ruleset; works on zero rows, keeps every row and their order.

    `vocabulary` carries what is known about words and evidence from one table to the next; it changes the time, never the result.
    `cuts`: the texts cut at white space (`text.skim.cut`), where another thread has done it already.
    """
    from screening.judge import Bench, judge

    hits = notice(activities, ruleset, vocabulary, cuts)
    bench = None
    if vocabulary is not None:  # the bench is forgotten when the words are
        bench = vocabulary.remembered(("bench", id(ruleset)), lambda: Bench(ruleset))
    findings, judged = judge(activities, hits, ruleset, bench)
    return Screened(judged, hits, findings)


def notice(
    activities: pd.DataFrame, ruleset: Ruleset, vocabulary: Vocabulary | None = None, cuts: list[Cut] | None = None
) -> pd.DataFrame:
    """Everything the detectors notice in a table of ACTIVITIES, as HITS; no law, no opinion about persons."""
    from screening.detectors import detect, worth_reading
    from screening.text import Vocabulary, documents

    vocabulary = Vocabulary() if vocabulary is None else vocabulary
    vocabulary.make_room()  # never later: what the gate learns about this table is used on it
    some = activities[worth_reading(activities, ruleset, vocabulary, cuts)].reset_index(drop=True)
    return detect(some, documents(some, vocabulary=vocabulary), ruleset)
