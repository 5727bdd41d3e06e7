"""Whether a name is the contestant's: private people bear the same names, and a weak name stays weak.

A full name, a pair or a campaign's hashtag says who is meant. A first name or nickname alone does only where the text is
about an election, or where nothing in it points to somebody else; beside a trade, a class, kin or a surname of another
it is a private person's, and then nothing that is said counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from screening.statements.reading import HONORIFIC, WRITER, Place, Reading
from screening.statements.words import BIT, limits, mask, ordinary
from screening.text.wordlists import word_set

POLITICS, EVERYDAY, OTHER_ELECTION, REAL = (
    BIT[name] for name in ("politics", "everyday", "other_election", "real_election")
)
PRIVATE = mask(("everyday", "kin", "other", "colleague"))
CHOOSING = mask(("partisan", "vote", "real_election"))
SURE_KINDS = frozenset({"name", "pair", "hashtag", "team", "volunteer", "slogan", "number", "party", "mock"})


_NOUNS = frozenset({"contestants_unnamed", "legislative_name"})


@lru_cache(maxsize=1)
def common_names() -> frozenset[str]:
    """Parts of names that many people bear (`lexicons/words/nama_umum.csv`)."""
    return word_set("nama_umum")


def political(reading: Reading, places: Collection[Place], elsewhere: bool) -> bool:
    """Whether a text is about an election beside the name: a word of politics outside all names, two contestants or a party,
    or (`elsewhere`) an account or parent text that is."""
    if elsewhere:
        return True
    if len({place.whom for place in places if place.whom}) > 1:
        return True
    inside = {at for place in places for at in range(place.first, place.last + 1)}
    return any(reading.bits[at] & POLITICS and at not in inside for at in range(len(reading)))


def graded(
    reading: Reading, place: Place, kind: str, about_politics: bool, own_parts: Mapping[str, Collection[str]]
) -> float:
    """The strength with which a place names its contestant; 0.0 where it names a private person.

    `kind`: of the lexicon entry; `own_parts`: words that belong to names of the contestant.
    """
    if place.signal in _NOUNS:
        return place.strength  # "caleg", "paslon": nobody's private name
    if kind in SURE_KINDS and place.strength >= limits()["weak_name"] and not _fuzzy(place, reading):
        if not about_politics and kind in ("name", "party", "slogan"):
            private = _private(reading, place)
            if private == "behind" or _explained(reading, place) or (kind == "slogan" and private):
                return limits()["unsupported_name"] if kind == "name" else limits()["private_name"]
        return place.strength
    if kind == "number":
        return place.strength  # whether it is one was judged by the words around it
    if _longer_name(reading, place, own_parts.get(place.whom, ())):
        return limits()["private_name"]
    private = _private(reading, place)
    if private and (not about_politics or (private == "behind" and not _chosen(reading, place))):
        return limits()["private_name"]
    if private == "beside" and not _chosen(reading, place):
        return limits()["private_name"]
    if not about_politics and place.strength < limits()["weak_name"]:
        return limits()["private_name"]
    return place.strength


def _chosen(reading: Reading, place: Place) -> bool:
    """Whether the sentence of a name speaks of choosing somebody: then a trade or kin beside it is beside the point."""
    low, high = reading.sentence_span(place.first)
    return any(reading.bits[at] & CHOOSING and reading.named_at(at) is None for at in range(low, high + 1))


def _explained(reading: Reading, place: Place) -> bool:
    """Whether an acronym is spelt out as something else: "Golkar = golongan …"."""
    after = place.last + 1
    return after < len(reading) and "=" in reading.text[reading.end[place.last] : reading.start[after]]


def _fuzzy(place: Place, reading: Reading) -> bool:
    return place.first == place.last and place.strength < 0.8


def _longer_name(reading: Reading, place: Place, own: Collection[str]) -> bool:
    """Whether another name follows at once: "Anies Fitriani", "Prabowo Adi Nugroho"."""
    after = place.last + 1
    if after >= len(reading) or reading.mark[after] or reading.text[reading.end[place.last] : reading.start[after]] != " ":
        return False
    word = reading.words[after]
    if not reading.capital(after) or reading.named_at(after) or word in own or reading.capitals >= limits()["title_case"]:
        return False
    if reading.text[reading.start[after] : reading.end[after]].isupper() and len(word) > 1:
        return False
    return word in common_names() or not (reading.bits[after] & ~EVERYDAY or ordinary(word))


def _private(reading: Reading, place: Place) -> str:
    """Where a private person's words stand: "behind" the name (a trade, a class, "temen saya"), "beside" it, elsewhere in the
    "text", or ""."""
    window = limits()["private_window"]
    low, high = reading.sentence_span(place.first)
    found = ""
    for at in range(max(low, place.first - window), min(high, place.last + window) + 1):
        if place.first <= at <= place.last or reading.named_at(at) is not None or _parted(reading, place, at):
            continue
        bits = reading.bits[at]
        if bits & PRIVATE and not bits & (POLITICS | WRITER | HONORIFIC):
            if place.last < at <= place.last + 2:
                return "behind"
            if place.first - 2 <= at <= place.last + 3:
                found = "beside"
    if found:
        return found
    if any(reading.bits[at] & EVERYDAY and reading.named_at(at) is None for at in range(len(reading))):
        return "text"
    return ""


def _parted(reading: Reading, place: Place, at: int) -> bool:
    low, high = min(at, place.first), max(at, place.last)
    return any(reading.mark[one] and "(" not in reading.mark[one] for one in range(low + 1, high + 1))
