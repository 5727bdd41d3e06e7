"""The story on one page: notice what the texts and accounts say, then judge it against the acts in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from screening.ruleset import Ruleset


@dataclass(frozen=True)
class Screened:
    """One batch after judging: JUDGED activities, HITS and FINDINGS (contracts in `screening.tables`)."""

    activities: pd.DataFrame
    hits: pd.DataFrame
    findings: pd.DataFrame


def screen(activities: pd.DataFrame, ruleset: Ruleset) -> Screened:
    """Judge a table of ACTIVITIES against a ruleset; works on zero rows, keeps every row and their order."""
    from screening.judge import judge

    hits = notice(activities, ruleset)
    findings, judged = judge(activities, hits, ruleset)
    return Screened(judged, hits, findings)


def notice(activities: pd.DataFrame, ruleset: Ruleset) -> pd.DataFrame:
    """Everything the detectors notice in a table of ACTIVITIES, as HITS; no law, no opinion about persons."""
    from screening.detectors import detect
    from screening.text import documents

    return detect(activities, documents(activities), ruleset)
