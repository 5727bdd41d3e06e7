"""Rulesets and activities for the matching tests, made once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pandas as pd

from screening.detectors import detect
from screening.ruleset.accounts import Register
from screening.ruleset.elections import read_contests
from screening.ruleset.entries import signal_groups
from screening.ruleset.lexicon import read_lexicon
from screening.shipped import shipped
from screening.statements import bind
from screening.statements.words import limits
from screening.tables import ACTIVITIES
from screening.text import documents


@lru_cache(maxsize=4)
def ruleset(jurisdictions: tuple[str, ...] = ("dki-jakarta",)) -> Any:
    """The bundled lexicon and contests, without acts."""
    contests, problems = read_contests(shipped("data/elections"))
    lexicon, wrong = read_lexicon([shipped("lexicons")], contests)
    assert not problems
    assert not wrong
    return SimpleNamespace(
        lexicon=lexicon,
        contests=contests,
        accounts=Register(),
        jurisdictions=jurisdictions,
        signal_groups=signal_groups(),
    )


def activities(texts: Iterable[str | None], days: Iterable[str | None] | str, **cells: Any) -> pd.DataFrame:
    """One post per text; a day is YYYY-MM-DD, noon in Jakarta, or None."""
    texts = list(texts)
    days = [days] * len(texts) if isinstance(days, str) else list(days)
    return ACTIVITIES.build(
        {
            "activity_id": f"a{i}", "platform": "x", "kind": "post", "text": text, "visibility": "public",
            "time_basis": "exact_utc" if day else "absent", "source_file": "uji.csv", "source_pointer": str(i),
            "happened_at": pd.Timestamp(f"{day}T05:00:00Z") if day else None, **cells,
        }
        for i, (text, day) in enumerate(zip(texts, days, strict=True))
    )  # fmt: skip


def hits(
    texts: Iterable[str | None], days: Iterable[str | None] | str, rules: Any = None, **cells: Any
) -> pd.DataFrame:
    """HITS of posts with the given texts, with the row number and group beside them."""
    posts = activities(texts, days, **cells)
    found = detect(posts, documents(posts), rules or ruleset())
    return found.assign(row=found["activity_id"].str[1:].astype(int), group=found["signal"].map(signal_groups()))


def statements(texts: Iterable[str | None], days: Iterable[str | None] | str, rules: Any = None) -> pd.DataFrame:
    """STATEMENTS of posts with the given texts, with the row number beside them; those that are evidence of anything."""
    posts, rules = activities(texts, days), rules or ruleset()
    read = documents(posts)
    said = bind(posts, read, detect(posts, read, rules), rules)
    said = said[said["strength"] >= limits()["weak_name"]]
    return said.assign(row=said["activity_id"].str[1:].astype(int), group=said["predicate"].map(signal_groups()))


def named(text: str, day: str = "2024-01-10", rules: Any = None) -> set[str]:
    """Contestants and parties that one text names so surely that it is evidence."""
    said = statements([text], day, rules)
    return set(said.loc[said["group"] == "target", "toward"]) - {""}


def signals(text: str, day: str = "2024-01-10", rules: Any = None) -> set[str]:
    """Signals found in one text, without the classifier's opinion."""
    found = hits([text], day, rules)
    return set(found.loc[found["how"] != "model", "signal"])


def contestants(text: str, day: str = "2024-01-10", rules: Any = None) -> set[str]:
    """Contestants and parties named in one text."""
    found = hits([text], day, rules)
    return set(found.loc[found["group"] == "target", "contestant_id"].dropna())
