"""Who is in play when something happens: the standings of those named, of somebody not named, and a claim of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from screening.judge.standing import Calendar, Moment, Standing, Ties, standing_of, standings, unnamed
from screening.ruleset.load import Ruleset

Named = tuple[tuple[str, bool], ...]  # see `standing.named_by`


class Lineup(NamedTuple):
    """Who stands where (None: for acts that need nobody; a contestant "": nobody named), and a day like that of the activity.

    Equal standings under equally many documents in force have the same `number`.
    """

    contestants: tuple[tuple[Standing | None, str], ...]
    day: date | None
    number: int


class Lineups:
    """All that have been met, for most activities are about the same few contestants at the same stages."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.contests, self.risk = ruleset.contests, ruleset.risk
        self.documents = list({act.document.id: act.document for act in ruleset.acts}.values())
        self.calendar: Calendar = ruleset.remembered(
            "calendar", lambda: Calendar(self.contests, self.documents, self.risk)
        )
        self.moments: dict[tuple[str, int], Moment] = {}
        self.places: dict[tuple[str, Moment], Standing | None] = {}
        self.nameless: dict[Moment, Standing | None] = {}
        self.met: dict[Any, Lineup] = {}
        self.numbers: dict[Any, int] = {}

    def at(self, moment: Moment, named: Named, ties: Ties, claimed: bool) -> Lineup:
        """Who is in play at a moment; `claimed`: the person claims to stand for something."""
        # The first moment met stands for all that no contest and no document can tell from it.
        moment = self.moments.setdefault(self.calendar.stretch(moment), moment)
        key = (moment, named, ties, claimed)
        if key not in self.met:
            contestants = self._in_play(*key)
            day = self.day(moment)
            force = tuple(day is None or one.in_force(day) for one in self.documents)
            number = self.numbers.setdefault((tuple(standing for standing, _ in contestants), force), len(self.numbers))
            self.met[key] = Lineup(tuple(contestants), day, number)
        return self.met[key]

    def day(self, moment: Moment) -> date | None:
        """The stated local day, in the zone of the first contest (documents hold nationwide)."""
        contest = next(iter(self.contests.values()), None)
        days = moment.days(contest, self.risk) if contest is not None else ()
        return days[0] if days else None

    def _in_play(self, moment: Moment, named: Named, ties: Ties, claimed: bool) -> list[tuple[Standing | None, str]]:
        made: list[tuple[Standing | None, str]] = []
        made += standings(named, lambda contestant: self._place(contestant, moment), ties)
        if claimed:
            made.append((Standing("", "", ("bakal_calon",), ""), ""))
        if not any(one is not None and one.contest and not one.contest.startswith("parpol") for one, _ in made):
            if moment not in self.nameless:
                self.nameless[moment] = unnamed(self.contests, moment, self.risk)
            somebody = self.nameless[moment]
            if somebody is not None:
                made.append((somebody, ""))
        made.append((None, ""))
        return made

    def _place(self, contestant: str, moment: Moment) -> Standing | None:
        key = (contestant, moment)
        if key not in self.places:
            self.places[key] = standing_of(self.contests, contestant, moment, self.risk)
        return self.places[key]
