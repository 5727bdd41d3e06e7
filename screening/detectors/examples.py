"""The lexicon tests itself: each entry must be found in its example and not in its counterexample.

`{contestant}` and `{party}` in an example stand for any of them: the example is tried with one of each pair or party of
its contest (the presidential pairs of 2024 where it has none), so that no phrase works for one side only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pandas as pd

from screening.errors import Problem
from screening.ruleset.entries import Entry
from screening.tables import ACTIVITIES
from screening.text import documents

_CONTEST = "pilpres-2024"
_PARTIES = ("Partai Golkar", "PDIP", "Partai PKS")


def check_examples(ruleset: Any) -> list[Problem]:
    """Every example in which its entry is not found, every counterexample in which it is; with file and line."""
    from screening.detectors import detect

    trials = [trial for entry in ruleset.lexicon.entries for trial in _trials(entry, ruleset)]
    rows = [
        {
            "activity_id": f"t{number}", "platform": "other", "kind": "post", "text": text, "time_basis": "date_only",
            "visibility": "unknown", "source_file": entry.file, "source_pointer": str(entry.line),
            "happened_at": pd.Timestamp(day, tz="Asia/Jakarta").tz_convert("UTC"),
        }
        for number, (entry, text, day, _) in enumerate(trials)
    ]  # fmt: skip
    activities = ACTIVITIES.build(rows)
    anywhere = SimpleNamespace(lexicon=ruleset.lexicon, contests=ruleset.contests, accounts=None, jurisdictions=())
    hits = detect(activities, documents(activities), anywhere, everything=True, shadowed=True)
    found = set(zip(hits["activity_id"], hits["entry_id"], strict=True))
    problems = set()
    for number, (entry, text, _, wanted) in enumerate(trials):
        if ((f"t{number}", entry.entry_id) in found) != wanted:
            what = f"entri '{entry.entry_id}' " + (
                "tidak ditemukan dalam contoh" if wanted else "ditemukan dalam contoh lawan"
            )
            problems.add(Problem(entry.file, entry.line, f"{what}: {text}"))
    return sorted(problems)


def _trials(entry: Entry, ruleset: Any) -> Iterator[tuple[Entry, str, date, bool]]:
    day = _day(entry, ruleset)
    for cell, wanted in ((entry.example, True), (entry.counterexample, False)):
        if cell:
            yield from ((entry, text, day, wanted) for text in _filled(cell, ruleset))


def _filled(text: str, ruleset: Any) -> Iterable[str]:
    if "{contestant}" in text:
        return [text.replace("{contestant}", name) for name in _names(ruleset)]
    if "{party}" in text:
        return [text.replace("{party}", name) for name in _PARTIES]
    return [text]


def _names(ruleset: Any) -> list[str]:
    contest = ruleset.contests.get(_CONTEST)
    return [c.members[0] for c in contest.contestants.values() if c.members] if contest else []


def _day(entry: Entry, ruleset: Any) -> date:
    """A day in the campaign of the entry's contest, within the entry's own dates."""
    contest = ruleset.contests.get(entry.contest or _CONTEST) or ruleset.contests.get(_CONTEST)
    stages = {stage.phase: stage for stage in contest.phases} if contest else {}
    day = stages["campaign"].start + timedelta(days=35) if "campaign" in stages else date(2024, 1, 10)
    if entry.contest and entry.contest.startswith("parpol"):
        day = date(2024, 1, 10)
    if entry.valid_from and day < entry.valid_from:
        return entry.valid_from
    return entry.valid_to if entry.valid_to and day > entry.valid_to else day
