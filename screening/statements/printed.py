"""What machines read in pictures (`picture_text`): whether it is campaign print, whose, and when the picture was taken.

A poster's words are nobody's own words and a poster in the street is nobody's act, so print says only what the picture shows;
who posed, made or meant it stays to be asked. Line breaks, stacked words and capitals are layout. Two contestants of one
contest in one picture are a list or a debate. A ballot number needs words of a candidacy beside it. The same for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from screening.ruleset.contests import Contest, Contestant, contest_of
from screening.statements.bind_types import Hit, Statement, contest_of_id
from screening.statements.photo_days import days_taken
from screening.statements.reading import Place, Reading
from screening.statements.words import BIT, limits
from screening.tables import PICTURE_BREAK
from screening.text.fold import fold
from screening.text.stem import roots, stem
from screening.text.wordlists import word_rows

_STANDS = ("bakal_calon", "calon")
_CHOOSES, _TEAM = BIT["choice"], BIT["team"]
_CLITICS = ("ku", "mu", "nya")  # "GUBERNURKU"
_MISREAD = 7  # letters from which on a word that is none may be one with a letter lost ("PENDUKUN")


class Segment(NamedTuple):
    """The words of one picture: characters `start`..`end` of the text, first and last word of the reading."""

    start: int
    end: int
    first: int
    last: int


@cache
def _roles() -> dict[str, str]:
    return {fold(row["word"]): row["role"] for row in word_rows("cetak")}


@cache
def _role(word: str) -> str:
    """The role of a word of print, also with a clitic or with one letter lost by the machine; "" for all others."""
    if word in _roles():
        return _roles()[word]
    bare = next((word[: -len(end)] for end in _CLITICS if word.endswith(end) and word[: -len(end)] in _roles()), "")
    if bare:
        return _roles()[bare]
    if len(word) < _MISREAD or not word.isalpha() or word in roots() or stem(word) != word:
        return ""
    from rapidfuzz.distance import Levenshtein

    near = [one for one in _roles() if len(one) >= _MISREAD and Levenshtein.distance(word, one, score_cutoff=1) <= 1]
    return _roles()[near[0]] if near else ""


def statements(
    reading: Reading, hits: Sequence[Hit], contests: Mapping[str, Contest], alive: Collection[str], own: Reading | None
) -> Iterator[Statement]:
    """The statements of `picture_text`, whose names the reading holds as places; `own`: the person's own text, which may
    say when the picture was taken; `alive`: contests that go on that day."""
    told = days_taken(own.text) if own is not None else []
    named = [hit for hit in hits if hit.group in ("target", "account")]
    for segment in _segments(reading):
        within = [hit for hit in named if segment.start <= hit.start and hit.end <= segment.end]
        places = [place for place in reading.places if segment.first <= place.first and place.last <= segment.last]
        days = days_taken(reading.text[segment.start : segment.end]) or told
        yield from _of_picture(reading, segment, within, places, days, contests, alive)


def _segments(reading: Reading) -> Iterator[Segment]:
    begin = 0
    for part in reading.text.split(PICTURE_BREAK):
        end = begin + len(part)
        first, last = reading.tokens(begin, end)
        if first <= last:
            yield Segment(begin, end, first, last)
        begin = end + len(PICTURE_BREAK)


def _of_picture(
    reading: Reading, segment: Segment, hits: Sequence[Hit], places: Sequence[Place], days: Sequence[date],
    contests: Mapping[str, Contest],
    alive: Collection[str],
) -> Iterator[Statement]:  # fmt: skip
    sure = {
        (place.first, place.last, place.whom, place.signal): place.strength for place in places if place.strength > 0
    }
    accounts = {hit.contestant for hit in hits if hit.group == "account" and hit.contestant}
    words = {reading.words[at] for at in range(segment.first, segment.last + 1)}
    outside = {
        reading.words[at] for at in range(segment.first, segment.last + 1)
        if not any(place.first <= at <= place.last and place.signal != "contestants_unnamed" for place in places)
    }  # fmt: skip
    whom = _named(places, accounts, hits, alive)
    listed = len(whom) > 1
    hits = [hit for hit in hits if hit.contestant in whom or not hit.contestant]
    for hit in hits:
        first, last = reading.tokens(hit.start, hit.end)
        strength = hit.strength if hit.group == "account" else sure.get((first, last, hit.contestant, hit.signal), 0.0)
        yield _made(hit, hit.signal, hit.contestant, 0.0 if listed or hit.signal == "contestants_unnamed" else strength)
    if len(whom) != 1:
        return
    one = next(iter(whom))
    proof = max(
        (hit for hit in hits if hit.contestant == one),
        key=lambda hit: (hit.group == "account", hit.strength, -hit.start), default=None,
    )  # fmt: skip
    if proof is None:
        return
    roles = {_role(word) for word in outside} | {_role(word) for word in words if word in ("coblos",)}
    roles |= _by_classes(reading, segment, places) | _by_outlet(reading, segment)
    of_one = [hit for hit in hits if hit.contestant == one]
    bare_number = all(hit.kind == "number" and hit.group == "target" for hit in of_one)
    contest = contest_of(contests, one)
    if _shown(reading, segment, contest.contestants.get(one) if contest is not None else None, of_one):
        roles.add("shown")
    campaign = _campaigns(roles, of_one, bare_number, outside)
    if campaign:
        strength = min(1.0, max(proof.strength, limits()["weak_name"]))
        if bare_number:
            strength = limits()["weak_name"]
        yield _made(proof, "media_print", one, strength)
        if "appeal" in roles or any(hit.kind in ("hashtag", "slogan") for hit in of_one):
            yield _made(proof, "print_appeal", one, strength)
    if campaign and not days:
        yield _made(proof, "photo_undated", one, 1.0)
    begun = _begun(contests, one)
    if days and begun is not None and max(days) < begun:
        yield _made(proof, "photo_before", one, 1.0)


def _named(places: Sequence[Place], accounts: set[str], hits: Sequence[Hit], alive: Collection[str]) -> set[str]:
    """Whom a picture names. Who stands in a contest that goes on comes before parties and before those of other years: the
    parties behind a pair are no rivals of it, and a candidate for a council bears the first name of somebody. A party named
    in full comes before one that only a nickname or a number points to ("Lapangan Banteng", "nomor urut 4")."""
    sure = {place.whom for place in places if place.whom and place.strength >= limits()["weak_name"]} | accounts
    going = {one for one in sure if not one.startswith("parpol") and contest_of_id(one) in alive}
    named = {hit.contestant for hit in hits if hit.kind not in ("number", "alias", "nickname", "symbol")}
    parties = {one for one in sure if one.startswith("parpol")}
    whom = going or (parties & named) or parties or sure
    worded = {hit.contestant for hit in hits if hit.kind != "number"}
    whom = (whom & worded) or whom
    if len(whom) > 1:
        latest = {contest_of_id(one) for one in whom}
        if len(latest) == len(whom):  # one person who stood in several elections is no list
            spans = {(place.first, place.last) for place in places if place.whom in whom}
            if all({p.whom for p in places if (p.first, p.last) == span} >= whom for span in spans):
                return {max(whom)}
    return whom


def _campaigns(roles: set[str], hits: Sequence[Hit], bare_number: bool, words: set[str]) -> bool:
    """Whether the words around the name are those of campaign print. A meeting or an inauguration is official unless it is
    that of a campaign's own team, or asks to choose a candidate. `shown`: the name stands as only print shows it."""
    of_campaign = "team" in roles or {"appeal", "candidacy"} <= roles
    if roles & {"report", "duty"} or ("occasion" in roles and not of_campaign):
        return False
    if bare_number:
        return "other" not in roles and ("candidacy" in roles or bool(words & {"coblos", "nyoblos", "contreng"}))
    if any(hit.kind in ("slogan", "hashtag", "team", "volunteer") or hit.group == "account" for hit in hits):
        return True
    return bool(roles & {"appeal", "candidacy", "rally", "team", "shown"}) or any(hit.kind == "number" for hit in hits)


def _shown(reading: Reading, segment: Segment, listed: Contestant | None, hits: Sequence[Hit]) -> bool:
    """Whether a name stands as print shows it: with its ballot number on a line of its own, or both of a pair in few words,
    as on a frame or a banner; longer texts that name both are written by news too. Parties stand beside numbers anyway."""
    if listed is None or listed.id.startswith("parpol"):
        return False
    lines = reading.text[segment.start : segment.end].split("\n")
    if listed.number and str(listed.number) in {line.strip(" .,!-").lstrip("0") for line in lines}:
        return True
    pair = [set(fold(name).split()) for name in listed.members]
    said = {word for hit in hits if hit.group == "target" for word in fold(reading.text[hit.start : hit.end]).split()}
    few = segment.last - segment.first + 1 <= limits()["print_words"]
    return few and len(pair) == 2 and all(said & names for names in pair)


def _by_classes(reading: Reading, segment: Segment, places: Sequence[Place]) -> set[str]:
    """What the words of choosing and of teams say that are known from own words, outside of the names."""
    named = [(place.first, place.last) for place in places if place.signal != "contestants_unnamed"]
    found = 0
    for at in range(segment.first, segment.last + 1):
        if not any(first <= at <= last for first, last in named):
            found |= reading.bits[at]
    return ({"appeal"} if found & _CHOOSES else set()) | ({"team"} if found & _TEAM else set())


def _by_outlet(reading: Reading, segment: Segment) -> set[str]:
    """Whether a line is the name of a news outlet alone ("ANTARA"), which within a sentence is an ordinary word."""
    begin = segment.start
    for line in reading.text[segment.start : segment.end].split("\n"):
        first, last = reading.tokens(begin, begin + len(line))
        words = [reading.words[at] for at in range(first, last + 1)]
        if words and all(_roles().get(word) in ("outlet", "report") for word in words):
            return {"report"}
        begin += len(line) + 1
    return set()


def _begun(contests: Mapping[str, Contest], contestant: str) -> date | None:
    """The first day on which somebody stands for something; None for parties, which always do."""
    contest = contest_of(contests, contestant)
    if contest is None:
        return None
    listed = contest.contestants.get(contestant)
    timeline = listed.statuses if listed is not None else contest.statuses
    return min((step.start for step in timeline if step.status in _STANDS), default=None)


def _made(hit: Hit, predicate: str, toward: str, strength: float) -> Statement:
    return Statement(
        hit.field, hit.start, hit.end, "other", predicate, "asserted", toward, contest_of_id(toward),
        "account" if hit.group == "account" and predicate == hit.signal else "picture", round(strength, 4), hit,
    )  # fmt: skip
