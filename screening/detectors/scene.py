"""What all detectors share for one chunk: the activities, the tokenised documents, the rules, days, and hits so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.detectors.found import HOW_NAMES, Bools, Days, Found, Ints, Place
from screening.detectors.hits import Hits
from screening.ruleset.automaton import Occurrences
from screening.ruleset.lexicon import Lexicon
from screening.text import Documents
from screening.text.slang import slang
from screening.text.vocabulary import UPPER
from screening.text.wordlists import contrast_words, word_rows

_FAR = 100_000  # a contest that lies ahead is a worse guess than any that is over


@dataclass
class Scene:
    """One chunk under examination. `found` collects per layer what the lexicon gave; detectors only read each other's."""

    activities: pd.DataFrame
    documents: Documents
    ruleset: Any
    found: dict[str, Found] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    placed: dict[int, list[Place]] = field(default_factory=dict)
    named_by_row: dict[int, set[str]] = field(default_factory=dict)
    doc_words: dict[int, frozenset[str]] = field(default_factory=dict)
    alive: dict[tuple[int, int, bool], dict[str, str]] = field(default_factory=dict)
    ballots: dict[int, frozenset[str]] = field(default_factory=dict)
    opened_rows: set[int] = field(default_factory=set)
    everything: bool = False
    shadowed: bool = False

    @property
    def lexicon(self) -> Lexicon:
        return self.ruleset.lexicon

    @cached_property
    def occurrences(self) -> Occurrences:
        """Every token and whole that is a lexicon word."""
        docs, forms = self.documents, self.lexicon.forms
        rows, owner = forms.occurrences(docs.vocabulary, np.concatenate([docs.id, docs.span_id]))
        first = np.concatenate([np.arange(len(docs.id)), docs.span_first])[owner]
        last = np.concatenate([np.arange(len(docs.id)), docs.span_last])[owner]
        order = np.argsort(first, kind="stable")
        return Occurrences(first[order], last[order], rows[order, 0], rows[order, 1])

    def hide_names(self, found: Found) -> None:
        """From here on the words of names are no words: "Rakyat" in a party's name is no audience, for no party."""
        inside = np.zeros(len(self.documents.id) + 1, np.int64)
        np.add.at(inside, found.first, 1)
        np.add.at(inside, found.last + 1, -1)
        named = np.cumsum(inside)[:-1] > 0
        held = self.occurrences
        self.__dict__["occurrences"] = held.keep(~(named[held.first] & named[held.last]))

    @cached_property
    def cases(self) -> npt.NDArray[np.int8]:
        """Letter case (a code of `text.vocabulary.CASES`) of every token."""
        return self.documents.vocabulary.column("cases")[self.documents.id]

    @cached_property
    def tokens(self) -> Ints:
        """Number of tokens of each doc."""
        return np.bincount(self.documents.doc, minlength=len(self.documents))

    @cached_property
    def capitals(self) -> npt.NDArray[np.float64]:
        """Share of each doc's tokens that are written in capitals."""
        loud = np.bincount(self.documents.doc, self.cases == UPPER, len(self.documents))
        return loud / np.maximum(self.tokens, 1)

    def note(self, place: Place) -> None:
        """Remember a target hit, for the detectors that look at what stands beside it."""
        self.places.append(place)
        for token in {place.first, place.last}:
            self.placed.setdefault(token, []).append(place)
        if place.contestant:
            row = int(self.documents.row[self.documents.doc[place.first]])
            self.named_by_row.setdefault(row, set()).add(place.contestant)

    @cached_property
    def targets(self) -> Occurrences:
        """Target hits as pseudo-words `{contestant}`, `{party}` … for the patterns; to be asked for when all are noted."""
        ids = self.lexicon.forms.ids
        known = {signal: ids.get(f"{{{signal}}}") for signal in {place.signal for place in self.places}}
        rows = {(p.first, p.last, known[p.signal], 0) for p in self.places if known[p.signal] is not None}
        table = np.array(sorted(rows), np.int64).reshape(-1, 4)
        return Occurrences(table[:, 0], table[:, 1], table[:, 2], table[:, 3])

    @cached_property
    def contestants(self) -> dict[int, list[tuple[int, int, str]]]:
        """The named contestants of each doc with their tokens, in reading order; to be asked for when all are noted."""
        found: dict[int, list[tuple[int, int, str]]] = {}
        docs = self.documents.doc[np.array([place.first for place in self.places], np.int64)].tolist()
        for place, doc in zip(self.places, docs, strict=True):
            if place.contestant:
                found.setdefault(doc, []).append((place.first, place.last, place.contestant))
        return {doc: sorted(places) for doc, places in found.items()}

    @cached_property
    def contrast(self) -> Bools:
        """Which tokens are words of contrast (`lexicons/statements/makna.csv`), outside names ("Tapi Yurlianti"); to be asked for
        when all are noted."""
        some, known = np.unique(self.documents.id), self.documents.vocabulary.folded
        words = contrast_words()
        found = np.isin(self.documents.id, [one for one in some.tolist() if known[one] in words])
        for place in self.places:
            if place.last > place.first:
                found[place.first : place.last + 1] = False
        return found

    def places_within(self, token: int, reach: int) -> list[Place]:
        """Target hits that begin or end at most `reach` tokens from one, in the same doc."""
        doc = self.documents.doc
        near = range(max(token - reach, 0), min(token + reach + 1, len(doc)))
        return [place for at in near if doc[at] == doc[token] for place in self.placed.get(at, ())]

    def named_in_activity(self, doc: int) -> set[str]:
        """Contestants named anywhere in the activity a doc belongs to."""
        return self.named_by_row.get(int(self.documents.row[doc]), set())

    def words_of(self, doc: int) -> frozenset[str]:
        """The standard forms of all words of a doc, worked out once."""
        if doc not in self.doc_words:
            docs, usual = self.documents, slang().get
            ids = docs.id[docs.first_token[doc] : docs.first_token[doc + 1]].tolist()
            self.doc_words[doc] = frozenset(usual(form, form) for form in map(docs.vocabulary.folded.__getitem__, ids))
        return self.doc_words[doc]

    @property
    def opened(self) -> Bools:
        """Docs of activities in which a target, an account or a stand-alone claim was noticed (all, if `everything`)."""
        if self.everything:
            return np.ones(len(self.documents), bool)
        rows = np.zeros(len(self.activities), bool)
        rows[list(self.opened_rows)] = True
        return rows[self.documents.row]

    @cached_property
    def platforms(self) -> list[str]:
        """The platform of each activity."""
        return self.activities["platform"].to_numpy(object).tolist()

    @cached_property
    def home_contests(self) -> frozenset[str]:
        """Regional contests of the ruleset's own jurisdictions: named by `lexicons/words/wilayah.csv`, or the contest's id holds
        the jurisdiction's name; then that of its province, too. All that are described by hand, when none is named."""
        return self.documents.vocabulary.remembered_of("home contests", self.ruleset, lambda: _home(self.ruleset))

    def row_days(self, timezone: str = "Asia/Jakarta") -> Days:
        """Local day of each activity; NaT when unknown."""
        if timezone not in self._days:
            moments = self.activities["happened_at"].dt.tz_convert(timezone).dt.tz_localize(None)
            self._days[timezone] = moments.to_numpy("datetime64[us]").astype("datetime64[D]")
        return self._days[timezone]

    def days(self, timezone: str = "Asia/Jakarta") -> Days:
        """Local day of each doc's activity; NaT when unknown."""
        if timezone not in self._doc_days:
            self._doc_days[timezone] = self.row_days(timezone)[self.documents.row]
        return self._doc_days[timezone]

    @cached_property
    def _doc_days(self) -> dict[str, Days]:
        return {}

    @cached_property
    def _days(self) -> dict[str, Days]:
        return {}

    @cached_property
    def contest_windows(self) -> dict[str, tuple[np.datetime64, np.datetime64]]:
        """First and last day of each contest that has phases; found once for the ruleset."""
        contests = self.ruleset.contests
        return self.documents.vocabulary.remembered_of("contest windows", contests, lambda: {
            name: (
                np.datetime64(min(p.start for p in contest.phases), "D"),
                np.datetime64(max(p.end for p in contest.phases), "D"),
            )
            for name, contest in contests.items()
            if contest.phases
        })  # fmt: skip

    @cached_property
    def calendars(self) -> list[str]:
        """One contest for each span of days in a zone: hundreds of regional contests share theirs."""
        contests = self.ruleset.contests
        spans = {(contests[name].timezone, *span): name for name, span in self.contest_windows.items()}
        return sorted(spans.values())

    def distance(self, contest: str, docs: Ints) -> Ints:
        """0 while the contest is alive on the doc's day, else days since (or, worse, until) it; unknown day: until its end."""
        if contest not in self.contest_windows:
            return np.zeros(len(docs), np.int64)
        start, end = self.contest_windows[contest]
        zone = getattr(self.ruleset.contests[contest], "timezone", "Asia/Jakarta")
        days = self.days(zone)[docs]
        known = ~np.isnat(days)
        since = np.where(days > end, (days - end).astype(np.int64), 0)
        until = np.where(days < start, _FAR + (start - days).astype(np.int64), 0)
        unknown = int((np.datetime64("2100-01-01", "D") - end).astype(np.int64))
        return np.where(known, since + until, unknown)

    def hits(self, found: Found, detector: str, contestants: np.ndarray | None = None) -> Hits:
        """Hits of lexicon matches; `contestants` overrides the entries' own."""
        docs, columns = self.documents, self.lexicon.columns
        doc, texts = docs.doc[found.first], docs.texts
        start, end = docs.start[found.first], docs.end[found.last]
        places = zip(doc.tolist(), start.tolist(), end.tolist(), strict=True)
        weights = np.array([how_weight(i) for i in range(3)])
        # Names on lists are known as they are written: an apostrophe or accent of the ballot is no disguise.
        manner = np.where(columns.listed[found.entry], weights[0], weights[found.how])
        return Hits(
            row=docs.row[doc],
            number=docs.number[doc],
            start=start,
            end=end,
            strength=np.round(columns.strength[found.entry] * manner, 4),
            signal=columns.signal[found.entry],
            entry_id=columns.entry_id[found.entry],
            contestant_id=columns.contestant[found.entry] if contestants is None else contestants,
            surface=np.array([texts[doc][begin:finish] for doc, begin, finish in places], object),
            detector=np.full(len(found), detector, object),
            how=HOW_NAMES[found.how],
        )


def _home(ruleset: Any) -> frozenset[str]:
    own = getattr(ruleset, "jurisdictions", ())
    contests = ruleset.contests
    home = {row["contest"] for row in word_rows("wilayah") if row["word"] in own}
    for name in own:
        here = [one for one in contests.values() if one.kind == "regional" and one.id.startswith(f"pilkada-{name}-20")]
        home |= {one.id for one in here}
        provinces = {one.province for one in here if one.province}
        home |= {one.id for one in contests.values() if one.kind == "regional" and one.region in provinces}
    return frozenset(home or (name for name, one in contests.items() if _by_hand(one)))


def _by_hand(contest: Any) -> bool:
    return not any(one.listed for one in contest.contestants.values())


def how_weight(how: int) -> float:
    """Weight of the manner of matching, from `lexicons/words/bobot.csv`."""
    from screening.ruleset.entries import strengths

    return strengths().get(f"how:{HOW_NAMES[how]}", 1.0)
