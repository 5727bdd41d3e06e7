"""Which contestant a ballot number means on a day: the contest must be alive, its numbers drawn, and it must fit best."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from screening.detectors.scene import Scene
from screening.ruleset.contests import Contest
from screening.ruleset.listed import region_names
from screening.sheets.days import MONTHS
from screening.text.wordlists import word_rows

_OFFICES = {"president": "president", "regional": "governor"}
_REGENCIES = ("Kabupaten", "Kota")
_MONTH_WORDS = frozenset((*MONTHS, *(month[:3] for month in MONTHS)))


def contestants_with(scene: Scene, doc: int, value: int, *, party: bool, office: str = "") -> tuple[list[str], bool]:
    """Contestants with that number in the contests that fit best; whether any contest with a drawn number is alive.

    `office`: what the words beside the number say it is for (president, governor, regent); no other contest fits then.
    """
    if (doc, value, party) not in scene.alive:
        scene.alive[(doc, value, party)] = _alive(scene, doc, value, party=party)
    fitting = scene.alive[(doc, value, party)]
    if not fitting:
        return [], False
    named = {contestant.split("/")[0] for contestant in scene.named_in_activity(doc)}
    if not party and not named & fitting.keys():
        office = office or _only_office(scene, doc)
    if office and not party and not named & fitting.keys():
        fitting = {contest: one for contest, one in fitting.items() if _office_of(scene, contest) == office}
    fitting = _narrowed(scene, doc, fitting)
    contests = scene.ruleset.contests
    at_home = any(contests[c].kind != "regional" or c in scene.home_contests for c in scene.alive[(doc, value, party)])
    return sorted(fitting.values()), bool(fitting) or at_home


def _only_office(scene: Scene, doc: int) -> str:
    """ "regent" where a text speaks of a regent's or mayor's office only: a number there is no governor's or president's."""
    told = {offices()[word] for word in scene.words_of(doc) if word in offices()}
    return "regent" if told == {"regent"} else ""


@lru_cache(maxsize=1)
def offices() -> dict[str, str]:
    """Word of an office or its election -> president, governor, regent, or "" where it may be one of several."""
    told: dict[str, str] = {}
    for row in word_rows("jabatan"):
        told[row["word"]] = "" if row["word"] in told else row["kind"]
    return told


def _office_of(scene: Scene, contest: str) -> str:
    held = scene.ruleset.contests[contest]
    if is_regency(held):
        return "regent"
    return _OFFICES.get(held.kind, "")


def is_regency(contest: Contest) -> bool:
    """Whether a contest is for a regency or a city, not for a province."""
    return contest.kind == "regional" and contest.region.split(" ")[0] in _REGENCIES


def names_voting_day(scene: Scene, doc: int) -> bool:
    """Whether a text says the date of the vote of a contest that is going on: "14 Feb", "27 November"."""
    words = scene.words_of(doc)
    if words.isdisjoint(_MONTH_WORDS):
        return False
    return any(
        str(day.day) in words and (MONTHS[day.month - 1] in words or MONTHS[day.month - 1][:3] in words)
        for contest in _calendars(scene)
        for day in contest.voting
        if _going(scene, contest, doc)
    )


def _calendars(scene: Scene) -> list[_Numbered]:
    """One contest for each calendar: hundreds of regional contests share theirs."""
    return scene.documents.vocabulary.remembered_of("number calendars", scene.ruleset.contests, lambda: [
        *{(one.timezone, one.first, one.last, one.voting): one for one in _numbered(scene)}.values()
    ])  # fmt: skip


def _going(scene: Scene, contest: _Numbered, doc: int) -> bool:
    day = scene.days(contest.timezone)[doc].item()
    return day is not None and contest.first <= day <= contest.last


def _alive(scene: Scene, doc: int, value: int, *, party: bool) -> dict[str, str]:
    """Contest -> contestant with that number, of the contests alive on the doc's day whose numbers are drawn.

    Of the hundreds of regional contests only those a number can mean here: at home, in a region that is named, of a person
    who is named (`_narrowed` picks among them).
    """
    kinds = ("party",) if party else ("president", "regional")
    near = scene.home_contests | regions_named(scene, doc) | {one.split("/")[0] for one in scene.named_in_activity(doc)}
    fitting: dict[str, str] = {}
    for contest in _numbered(scene):
        if (
            (contest.kind != "regional" or contest.id in near)
            and contest.kind in kinds
            and value in contest.holders
            and _going(scene, contest, doc)
        ):
            fitting[contest.id] = contest.holders[value]
    return fitting


def regions_named(scene: Scene, doc: int) -> frozenset[str]:
    """Regional contests whose region a text names, by `lexicons/words/wilayah.csv` or by the region's own name; of names
    within others ("Bandung" of "Bandung Barat") the longest."""
    present = scene.words_of(doc)
    told = _told_by("wilayah", "contest", present)
    regions = scene.documents.vocabulary.remembered_of("regions", scene.ruleset.contests, lambda: _regions(scene))
    found = {names: held for word in present for names, held in regions.get(word, ()) if names <= present}
    longest = [held for names, held in found.items() if not any(names < other for other in found)]
    return frozenset(told).union(*longest)


def _regions(scene: Scene) -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """First word of a region's name -> its words and the contests of regions with that name."""
    named: dict[tuple[str, ...], set[str]] = {}
    for contest in scene.ruleset.contests.values():
        if contest.kind == "regional" and not contest.covers:
            for name in region_names(contest.region):
                words = name.split()
                named.setdefault(tuple(words), set()).add(contest.id)
                if len(words) > 1:  # "Pangkal Pinang" and "Pangkalpinang"
                    named.setdefault(("".join(words),), set()).add(contest.id)
    made: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for words_, contests in named.items():
        made.setdefault(words_[0], []).append((frozenset(words_), frozenset(contests)))
    return made


class _Numbered(NamedTuple):
    """A contest whose numbers are drawn: its days with numbers, and who holds which."""

    id: str
    kind: str
    timezone: str
    first: date
    last: date
    holders: dict[int, str]
    voting: tuple[date, ...]


def _numbered(scene: Scene) -> list[_Numbered]:
    """Contests with drawn numbers and phases, by id; found once for the ruleset."""
    return scene.documents.vocabulary.remembered_of("number contests", scene.ruleset.contests, lambda: [
        _Numbered(
            name, contest.kind, contest.timezone, contest.number_from, max(stage.end for stage in contest.phases),
            {one.number: one.id for one in contest.contestants.values() if one.number is not None},
            tuple(stage.start for stage in contest.phases if stage.phase == "voting"),
        )
        for name, contest in sorted(scene.ruleset.contests.items())
        if contest.number_from and contest.phases
    ])  # fmt: skip


def _told_by(name: str, column: str, present: Iterable[str]) -> set[str]:
    """What the words that are present stand for in a list."""
    meanings = _meanings(name, column)
    return {meaning for word in present if word in meanings for meaning in meanings[word]}


@lru_cache(maxsize=2)
def _meanings(name: str, column: str) -> dict[str, list[str]]:
    meanings: dict[str, list[str]] = {}
    for row in word_rows(name):
        meanings.setdefault(row["word"], []).append(row[column])
    return meanings


def _narrowed(scene: Scene, doc: int, fitting: dict[str, str]) -> dict[str, str]:
    """By contests of people named in the activity, then region named, then office named, then the jurisdictions' region.

    A regional contest elsewhere needs a person or its region beside the number, even when no other contest is alive; where
    a region is named that no contest here is of, no regional contest fits.
    """
    named = {contestant.split("/")[0] for contestant in scene.named_in_activity(doc)}
    present = scene.words_of(doc)
    told, listed = _told_by("jabatan", "kind", present), _told_by("wilayah", "contest", present)
    regions = regions_named(scene, doc)
    contests = scene.ruleset.contests
    near = {
        c
        for c in fitting
        if contests[c].kind != "regional" or (c in scene.home_contests and (not regions or c in regions))
    }
    there = {c for c in fitting if c in regions}
    for wanted in (
        {c for c in fitting if c in named},
        {c for c in there if _office_of(scene, c) in told} if len(told & {"governor", "regent"}) == 1 else set(),
        {c for c in there if c in listed},
        there,
        {c for c in near if _office_of(scene, c) in told},
        near,
    ):
        if wanted:
            return {c: fitting[c] for c in wanted}
    return {}
