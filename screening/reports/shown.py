"""A run's tables as people may see them: pseudonyms for accounts, what identifies others hidden, places still fitting.

Everything people open goes through here: page, workbook, CSV, case files, lists and explanations in the terminal. The machine
tables of the run folder keep the words of what is to be reviewed as they are, or nobody could judge it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from screening.folder import DETAILS, PSEUDONYMS, Run
from screening.privacy.known import Known
from screening.privacy.masking import DOT, masked, masked_numbers
from screening.reports.queue import plain
from screening.ruleset import Ruleset
from screening.tables import MARKED, decode, encode

_FREE = ("text", "target_text", "media_text", "picture_text", "target_url", "tagged")
_WHOLE = ("target_account",)  # an account or the name of a group: no @ tells it
_NO_PERSON = frozenset({"group", "page"})
_OPINIONS = frozenset({"stance", "phrases", "claims", "context"})  # detectors whose hits may hold anybody's words
_WORDS = re.compile(r"\w+")
_TELLING = 3  # letters or digits of a word below which it tells nothing, but may be a number of the trace itself
Span = tuple[int, int]


def known_of(run: Run, ruleset: Ruleset) -> Known:
    """Whose accounts may be read in what is shown of a finished run."""
    path = run.folder / PSEUDONYMS
    if not path.is_file():
        return Known(ruleset, None)
    table = pd.read_parquet(path)
    keys = zip(plain(table["platform"]), plain(table["actor"]), strict=True)
    return Known(ruleset, dict(zip(keys, plain(table["pseudonym"]), strict=True)))


@dataclass
class Shown:
    """What may be seen of `run`; everything is worked out when asked for."""

    run: Run
    known: Known
    identities: bool = False  # whether everything may be seen; the caller has written that into the log
    _changed: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """JUDGED of activities with a finding row."""
        return self.of(self.run.noticed("activities"), self._hits)

    @cached_property
    def hits(self) -> pd.DataFrame:
        """HITS of these activities (columns MARKED), quoting what is shown."""
        hits = self._hits[list(MARKED)]
        if self.identities:
            return hits
        _ = self.activities
        return self.requoted(hits)

    @cached_property
    def _hits(self) -> pd.DataFrame:
        return self.run.noticed("hits", (*MARKED, "contestant_id", "detector"))

    @property
    def findings(self) -> pd.DataFrame:
        """FINDINGS without details."""
        return self.run.findings()

    def with_details(self, findings: pd.DataFrame) -> pd.DataFrame:
        """The same rows with their details, quoting what is shown."""
        return self.detailed(self.run.with_details(findings))

    def of(self, activities: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
        """Rows of ACTIVITIES as they may be seen, with all hits of theirs (`contestant_id` and `detector` included)."""
        if self.identities or not len(activities):
            return activities
        guarded = _guarded(hits)
        cells = {name: plain(activities[name]) for name in (*_FREE, *_WHOLE) if name in activities}
        ids = plain(activities["activity_id"])
        subjects = [one if isinstance(one, str) else None for one in plain(activities["subject_id"])]
        kinds = plain(activities["target_kind"])
        readable_by = {one: self.known.readable(one) for one in dict.fromkeys(subjects)}
        for name, values in cells.items():
            for at, value in enumerate(values):
                if not isinstance(value, str) or not value:
                    continue
                readable = readable_by[subjects[at]]
                spans = guarded.get((ids[at], name), ())
                if name == "tagged" or (name in _WHOLE and kinds[at] not in _NO_PERSON):
                    new = _accounts(value, readable, spans)
                else:
                    new = masked(value, readable, spans)
                if new != value:
                    values[at] = new
                    self._changed.setdefault(ids[at], {})[name] = value, new
        accounts = dict.fromkeys(zip(plain(activities["platform"]), plain(activities["actor"]), strict=True))
        told = {account: self.known.account(*account) for account in accounts}
        cells["actor"] = [
            *map(told.__getitem__, zip(plain(activities["platform"]), plain(activities["actor"]), strict=True))
        ]
        cells["source_file"] = [masked_numbers(one) for one in plain(activities["source_file"])]
        columns = {name: pd.Series(pd.array(values, "str"), activities.index) for name, values in cells.items()}
        return activities.assign(**columns)

    def requoted(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Hits whose `surface` is what now stands at their place."""
        rows = zip(*(plain(hits[name]) for name in ("activity_id", "field", "surface", "start", "end")), strict=True)
        surfaces = [self._quote(*row) for row in rows]
        return hits.assign(surface=pd.Series(pd.array(surfaces, "str"), hits.index))

    def detailed(self, findings: pd.DataFrame) -> pd.DataFrame:
        """Findings whose reasons and mitigating facts quote what is shown."""
        if self.identities:
            return findings
        _ = self.activities
        columns: dict[str, list[Any]] = {name: plain(findings[name]) for name in DETAILS if name in findings}
        for at, activity in enumerate(plain(findings["activity_id"])):
            if activity not in self._changed:
                continue
            reasons = decode(columns["reasons"][at])
            quotes = {}
            for part in reasons:
                before = part.get("quote") or ""
                part["quote"] = self._quote(activity, part.get("field") or "", before, part["start"], part["end"])
                part["text"] = masked(str(part.get("text") or ""))
                quotes[before] = part["quote"]
            columns["reasons"][at] = encode(reasons)
            mitigating = decode(columns["mitigating"][at])
            for part in mitigating:
                before = str(part.get("quote") or "")
                part["quote"] = quotes.get(before, masked(before))
            columns["mitigating"][at] = encode(mitigating)
        cells = {name: pd.Series(pd.array(values, "str"), findings.index) for name, values in columns.items()}
        return findings.assign(**cells)

    def words_hidden(self, told: str, activity: str, subject: Any) -> str:
        """A text made from an activity's own words (a trace), without those that are hidden in it."""
        if self.identities:
            return told
        rows = self.run.of_activities("activities", [activity])
        self.of(rows, self.run.of_activities("hits", [activity]))
        gone = {
            word[0].casefold()
            for before, now in self._changed.get(activity, {}).values()
            for word in _WORDS.finditer(before)
            if now[word.start() : word.end()] != word[0] and len(word[0]) >= _TELLING
        }
        readable = self.known.readable(subject)
        lines = [masked(line, readable) if any(sign in line for sign in "@/") else line for line in told.split("\n")]
        return _WORDS.sub(lambda word: DOT * len(word[0]) if word[0].casefold() in gone else word[0], "\n".join(lines))

    def _quote(self, activity: Any, name: str, quote: str, start: int, end: int) -> str:
        before, now = self._changed.get(activity, {}).get(name, ("", ""))
        return now[start:end] if quote and before[start:end] == quote else quote

    def pictures(self, table: pd.DataFrame) -> pd.DataFrame:
        """PICTURES whose lines are those of the shown `picture_text`."""
        if self.identities or not len(table):
            return table
        _ = self.activities
        lines = []
        rows = (plain(table[name]) for name in ("activity_id", "text", "start", "end"))
        for activity, text, start, end in zip(*rows, strict=True):
            told = (
                self._quote(activity, "picture_text", text, start, end)
                if isinstance(text, str) and start >= 0
                else text
            )
            lines.append(masked(told) if isinstance(told, str) else told)
        return table.assign(text=pd.Series(pd.array(lines, "str"), table.index))

    def files(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table that names files (FILES, REJECTED) without numbers that identify in it."""
        if self.identities:
            return table
        names = [name for name in ("source_file", "note", "warning", "reason", "raw") if name in table]
        return table.assign(**{name: _numberless(table[name]) for name in names})


def options_shown(options: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The options of a run for people: the owner of a download is an account as any other."""
    owner = options.get("owner")
    return {**options, "owner": known.account("", owner) if owner else owner}


def _numberless(column: pd.Series) -> pd.Series:
    cells = [masked_numbers(one) if isinstance(one, str) else None for one in plain(column)]
    return pd.Series(pd.array(cells, "str"), column.index)


def _accounts(value: str, readable: Any, spans: Iterable[Span]) -> str:
    """A cell of accounts: each that may not be read is hidden, but for what was noticed in it."""
    at, pieces = 0, []
    for found in re.finditer(r"[^\s,;|]+(?: [^\s,;|@]+)*", value):
        if not readable(found[0].lstrip("@")):
            pieces.append(found.span())
        at = found.end()
    hidden = {place for start, end in pieces for place in range(start, end)}
    hidden -= {place for start, end in spans for place in range(start, end)}
    return (
        "".join("•" if place in hidden and sign.isalnum() else sign for place, sign in enumerate(value))
        if at
        else value
    )


def _guarded(hits: pd.DataFrame) -> dict[tuple[str, str], list[Span]]:
    """Where contestants and registered accounts were noticed: evidence, and public."""
    found: dict[tuple[str, str], list[Span]] = {}
    columns = (plain(hits[name]) for name in ("activity_id", "field", "start", "end", "contestant_id", "detector"))
    for activity, name, start, end, contestant, detector in zip(*columns, strict=True):
        if isinstance(contestant, str) and contestant and detector not in _OPINIONS:
            found.setdefault((activity, name), []).append((start, end))
    return found
