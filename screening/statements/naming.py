"""Whether a name is the contestant's: private people bear the same names, and a weak name stays weak.

A full name, a pair or a campaign's hashtag says who is meant. A first name or nickname alone does only where the text is
about an election, or where nothing in it points to somebody else; beside a trade, a class, kin or a surname of another
it is a private person's, and then nothing that is said counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from screening.ruleset.contests import Contest
from screening.statements.bind_types import contest_of_id
from screening.statements.reading import HONORIFIC, WRITER, Place, Reading
from screening.statements.weighing import Signs, Weigh, odds, of_name, words_of
from screening.statements.words import BIT, limits, mask, ordinary, word_list
from screening.text import words
from screening.text.fold import fold
from screening.text.wordlists import word_set

POLITICS, EVERYDAY, OTHER_ELECTION, REAL = (
    BIT[name] for name in ("politics", "everyday", "other_election", "real_election")
)
PRIVATE = mask(("everyday", "kin", "other", "colleague"))
CHOOSING = mask(("partisan", "vote", "real_election"))
SURE_KINDS = frozenset({"name", "pair", "hashtag", "team", "volunteer", "slogan", "number", "party", "mock", "listed"})


SHORT_KINDS = frozenset({"alias", "nickname", "pair"})  # forms that others may bear, too
_NOUNS = frozenset({"contestants_unnamed", "legislative_name"})


class Parts(dict[str, frozenset[str]]):
    """Contestant -> the words of its names; worked out for those who are named."""

    def __init__(self, contests: Mapping[str, Contest]) -> None:
        super().__init__()
        self.contests = contests

    def __missing__(self, contestant: str) -> frozenset[str]:
        contest = self.contests.get(contest_of_id(contestant))
        one = contest.contestants.get(contestant) if contest is not None else None
        names = (one.name, *one.members, *one.labels) if one is not None else ()
        self[contestant] = frozenset(part for name in names for part in words(name))
        return self[contestant]


@lru_cache(maxsize=1)
def common_names() -> frozenset[str]:
    """Parts of names that many people bear (`lexicons/words/nama_umum.csv`)."""
    return word_set("nama_umum")


def political(reading: Reading, places: Collection[Place], elsewhere: bool) -> bool:
    """Whether a text is about an election beside the name: a word of politics outside all names, two contestants or a party,
    or (`elsewhere`) an account or parent text that is."""
    if elsewhere:
        return True
    everyday = reading.every & EVERYDAY and any(bits & EVERYDAY for bits in reading.outside)
    if len({place.whom for place in places if place.whom}) > 1 and not everyday:
        return True  # a list of colleagues names several, too
    if not reading.every & (POLITICS | BIT["vote"]):
        return False
    inside = {at for place in places if place.signal not in _NOUNS for at in range(place.first, place.last + 1)}
    outside = [reading.bits[at] for at in range(len(reading)) if at not in inside]
    dated = any(bits & REAL for bits in outside)  # "butuh suara kalian 27 November"
    return any(bits & POLITICS or (dated and bits & BIT["vote"]) for bits in outside)


def graded(
    reading: Reading,
    place: Place,
    kind: str,
    about_politics: bool,
    own_parts: Mapping[str, Collection[str]],
    spoken: bool = False,
    likely: float = 0.0,
    weigh: Weigh = of_name,
) -> float:
    """The strength with which a place names its contestant; 0.0 where it names a private person.

    `kind`: of the lexicon entry; `own_parts`: words that belong to names of the contestant; `spoken`: a phrase of direction or
    of a deed holds the name; `likely`: how likely the classifier finds that the text takes a side, 0.0 where it is silent;
    `weigh`: how its signs become a probability.
    """
    if place.signal in _NOUNS:
        return place.strength  # "caleg", "paslon": nobody's private name
    ruled = _ruled(reading, place, kind, about_politics, own_parts, spoken)
    if ruled >= limits()["weak_name"] or kind == "number" or _longer_name(reading, place, own_parts[place.whom]):
        return ruled
    if kind in SURE_KINDS and place.strength >= limits()["weak_name"] and not _fuzzy(place, reading):
        return ruled
    held = signs(reading, place, kind, about_politics, spoken, likely)
    if weigh(place.whom, held) < limits()["name_meant"]:
        return ruled
    # A weak twin ("Bu Airin") stays a hint, whatever is said of her.
    return max(ruled, limits()["political_name"] if place.strength >= limits()["weak_name"] else place.strength)


def signs(reading: Reading, place: Place, kind: str, about_politics: bool, spoken: bool, likely: float) -> Signs:
    """What speaks for and against a name's being the contestant's, each as a number between -1 and 1."""
    held: Signs = {f"kind:{kind}": 1.0, "words": math.log1p(len(reading)) / 4}
    if likely:
        held["heard"], held["likely"] = 1.0, odds(likely)
    private = _private(reading, place)
    others = len({one.whom for one in reading.places if one.whom})
    said = {
        "weak": place.strength < limits()["weak_name"],
        "politics": about_politics,
        f"private:{private}": bool(private),
        "chosen": _chosen(reading, place),
        "passing": _in_passing(reading, place),
        "spoken": spoken,
        "tag": _campaign_tag(reading, place),
        "follows": reading.follows(place.first, BIT["material"] | BIT["team"]),
        "capital": reading.capital(place.first),
        "aside": spoken and private in ("", "text") and _everyday_elsewhere(reading, place),
        "others": others > 1,
        "many others": others > 2,
        "again": any(one.whom == place.whom and one.first != place.first for one in reading.places),
        "honorific": bool(place.first and reading.bits[place.first - 1] & HONORIFIC),
    }
    held.update((name, 1.0) for name, holds in said.items() if holds)
    low, high = reading.sentence_span(place.first)
    low, high = max(low, place.first - limits()["name_reach"]), min(high, place.last + limits()["name_reach"])
    for at, bits in enumerate(reading.outside):
        for name in words_of(bits) if bits else ():
            held[f"text:{name}"] = 1.0
            if low <= at <= high:
                held[("before:" if at < place.first else "behind:") + name] = 1.0
    return held


def _ruled(
    reading: Reading,
    place: Place,
    kind: str,
    about_politics: bool,
    own_parts: Mapping[str, Collection[str]],
    spoken: bool,
) -> float:
    """What the rules by themselves make of a name."""
    if kind in SURE_KINDS and place.strength >= limits()["weak_name"] and not _fuzzy(place, reading):
        if not about_politics and kind in ("name", "listed", "party", "slogan"):
            private = _private(reading, place)
            if private == "behind" or _explained(reading, place) or (kind == "slogan" and private):
                return limits()["unsupported_name"] if kind in ("name", "listed") else limits()["private_name"]
        return place.strength
    if kind == "number":
        return place.strength  # whether it is one was judged by the words around it
    if _signs_off(reading, place) or _longer_name(reading, place, own_parts[place.whom]):
        return limits()["private_name"]
    if reading.follows(place.first, BIT["material"] | BIT["team"]):
        return max(place.strength, limits()["political_name"])  # "selebaran X", "relawan X": no neighbour has any
    private = _private(reading, place)
    # Everyday things told of in other clauses only do not make a private name of the one chosen in this clause.
    aside = spoken and private in ("", "text") and _everyday_elsewhere(reading, place)
    aside = aside or (private != "behind" and spoken and about_politics and _behind_choice(reading, place))
    if aside:
        private = ""
    if private and (not about_politics or (private == "behind" and not _chosen(reading, place))):
        return limits()["private_name"]
    if private == "beside" and not _chosen(reading, place):
        return limits()["private_name"]
    if not aside and _in_passing(reading, place):
        return limits()["private_name"]
    if (
        place.strength < limits()["weak_name"]
        and kind in SHORT_KINDS
        and (about_politics or _campaign_tag(reading, place))
    ):
        return max(place.strength, limits()["political_name"])
    return place.strength


def _behind_choice(reading: Reading, place: Place) -> bool:
    """Whether a word of choosing stands right before a name: "staf yang tidak dukung X" tells no trade of X."""
    return bool(place.first) and not reading.mark[place.first] and bool(reading.bits[place.first - 1] & BIT["choice"])


def _campaign_tag(reading: Reading, place: Place) -> bool:
    """Whether a name stands in a hashtag together with a word of politics: "#RanoMenang", "#BuRismaGubernur"."""
    begin = reading.text.rfind("#", 0, reading.start[place.first] + 1)
    tag = reading.text[begin : reading.end[place.last]] if begin >= 0 else ""
    if not tag or any(letter.isspace() for letter in tag):
        return False
    rest = _TAG_END.match(reading.text, reading.end[place.last])
    body = fold(tag[1:] + (rest[0] if rest else ""))
    return any(body.startswith(word) or body.endswith(word) for word in reading.classes.tag_words)


_TAG_END = re.compile(r"\w*")


def _in_passing(reading: Reading, place: Place) -> bool:
    """Whether the sentence of a name tells of everyday things more than of politics, and of no election at all."""
    if not reading.every & EVERYDAY:
        return False
    low, high = reading.sentence_span(place.first)
    outside = reading.outside[low : high + 1]
    if any(bits & REAL for bits in outside):
        return False
    return sum(bool(bits & EVERYDAY and not bits & BIT["partisan"]) for bits in outside) > sum(
        bool(bits & POLITICS) for bits in outside
    )


def _everyday_elsewhere(reading: Reading, place: Place) -> bool:
    """Whether the clause of a name speaks of choosing and of no everyday thing."""
    inside = reading.outside[reading.clause_start(place.first) : reading.clause_end(place.last) + 1]
    return any(bits & CHOOSING for bits in inside) and not any(bits & EVERYDAY for bits in inside)


def _chosen(reading: Reading, place: Place) -> bool:
    """Whether the sentence of a name speaks of choosing somebody: then a trade or kin beside it is beside the point."""
    if not reading.every & CHOOSING:
        return False
    low, high = reading.sentence_span(place.first)
    return any(bits & CHOOSING for bits in reading.outside[low : high + 1])


def _explained(reading: Reading, place: Place) -> bool:
    """Whether an acronym is spelt out as something else: "Golkar = golongan …"."""
    after = place.last + 1
    return after < len(reading) and "=" in reading.text[reading.end[place.last] : reading.start[after]]


def _fuzzy(place: Place, reading: Reading) -> bool:
    return place.first == place.last and place.strength < limits()["fuzzy_name"]


_CLOSING, _GREETINGS, _BY = word_list("closing"), word_list("greetings"), word_list("from_whom")


def _signs_off(reading: Reading, place: Place) -> bool:
    """Whether a name closes a text as who greets: "…, salam dari Emil", "ttd Anies"."""
    at = place.first - 1
    if place.last != len(reading) - 1 or at < 0:
        return False
    if reading.words[at] in _BY and at:
        at -= 1
    return reading.words[at] in _CLOSING and (at < place.first - 1 or reading.words[at] not in _GREETINGS)


def _longer_name(reading: Reading, place: Place, own: Collection[str]) -> bool:
    """Whether another name follows at once: "Anies Fitriani", "Prabowo Adi Nugroho"."""
    after = place.last + 1
    if (
        after >= len(reading)
        or reading.mark[after]
        or reading.text[reading.end[place.last] : reading.start[after]] != " "
    ):
        return False
    word = reading.words[after]
    if (
        not reading.capital(after)
        or reading.named_at(after)
        or word in own
        or reading.capitals >= limits()["title_case"]
    ):
        return False
    if reading.text[reading.start[after] : reading.end[after]].isupper() and len(word) > 1:
        return False
    return word in common_names() or not (reading.bits[after] & ~EVERYDAY or ordinary(word))


def _private(reading: Reading, place: Place) -> str:
    """Where a private person's words stand: "behind" the name (a trade, a class, "temen saya"), "beside" it, elsewhere in the
    "text", or ""."""
    if _explained_as(reading, place):
        return "behind"
    if not reading.every & PRIVATE:
        return ""
    window = limits()["private_window"]
    low, high = reading.sentence_span(place.first)
    low, high = max(low, place.first - window), min(high, place.last + window)
    found = ""
    for at, bits in enumerate(reading.outside[low : high + 1], low):
        private = bits & PRIVATE and not bits & (POLITICS | WRITER | HONORIFIC | BIT["partisan"])  # "tukang bohong"
        if private and not _parted(reading, place, at):
            if place.last < at <= place.last + limits()["behind_reach"]:
                return "behind"
            if place.first - limits()["before_reach"] <= at <= place.last + limits()["beside_reach"]:
                found = "beside"
    if found:
        return found
    partisan = BIT["partisan"]  # "tukang bohong" is no trade
    if any(bits & EVERYDAY and not bits & partisan for bits in reading.outside):
        return "text"
    return ""


def _explained_as(reading: Reading, place: Place) -> bool:
    """Whether somebody of the writer's own stands behind a name as an explanation: "Anies, tetangga kita, …"."""
    at = place.last + 1
    if at + 1 >= len(reading) or "," not in reading.mark[at] or not reading.bits[at] & PRIVATE & ~EVERYDAY:
        return False
    closes = at + 2 >= len(reading) or bool(reading.mark[at + 2])
    return closes and bool(reading.bits[at + 1] & WRITER)


def _parted(reading: Reading, place: Place, at: int) -> bool:
    low, high = min(at, place.first), max(at, place.last)
    return any(reading.mark[one] and "(" not in reading.mark[one] for one in range(low + 1, high + 1))
