"""Deeds told in the writer's own words, by the classes of the words: office things used for a campaign, goods given away in a
contestant's name, a contestant's attributes worn. No phrase of the lexicon need fit: who does it, with what, and for whom do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.statements.bind_types import Statement, by_class, contest_of_id
from screening.statements.reading import LIGHT, Reading
from screening.statements.words import BIT, limits

FACILITY, USE, GIFT, GIVE, WEAR, PROP, MATERIAL, INSTALL, TEAM, JOIN = (
    BIT[name] for name in ("facility", "use", "gift", "give", "wear", "prop", "material", "install", "team", "join")
)
_NOT_DONE = BIT["perceive"] | BIT["negator"] | BIT["refuse"] | BIT["asked"] | BIT["conditional"] | BIT["example"]
_DEEDS = (
    ("claim_facility", FACILITY, USE, "fasilitas"),
    ("claim_gift", GIFT, GIVE, "hadiah"),
    ("claim_props", MATERIAL, INSTALL, "alat peraga"),
)


def deeds(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """(first word, last word, signal, class) of deeds for the one contestant whom the sentence names."""
    if not any(reading.every & thing and reading.every & verb for _, thing, verb, _ in _DEEDS):
        return
    for place in reading.surely("contestant", "team", "party"):
        low, high = reading.sentence_span(place.first)
        if len(reading.contestants(low, high)) > 1:
            continue
        for signal, thing, verb, kind in _DEEDS:
            at = reading.any(thing, low, high)
            done = _done(reading, verb, low, high)
            if at < 0 or done < 0:
                continue
            thing_ends = reading.ends.get(at, at)
            prop = reading.any(PROP, low, at - 1) >= 0 or reading.any(PROP, thing_ends + 1, high) >= 0
            if signal == "claim_facility" and not prop and reading.any(BIT["campaigning"], low, high) < 0:
                continue  # a trip in the office car that passes somebody's house; the car itself is no prop
            last = max(at, done, place.last)
            span = min(at, done, place.first), max(last, thing_ends)
            yield *span, signal, kind
            if signal == "claim_facility" and prop:
                yield *span, "claim_props", "alat peraga"  # carried or printed for the campaign


def joined(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """(first word, last word, "claim_team", class) of clauses that tell of joining, helping or leading a contestant's team: the
    writer is named, or nothing but time and manner stands before the verb."""
    if not reading.every & TEAM or not reading.every & JOIN:
        return
    for place in reading.surely("contestant", "team"):
        low, high = reading.clause_start(place.first), reading.clause_end(place.last)
        team = place.first if place.signal == "team" else reading.any(TEAM, low, place.last)
        verb = reading.any(JOIN, low, team - 1) if team > low else -1
        if verb < 0 or len(reading.contestants(low, high)) > 1 or reading.any(_NOT_DONE, low, verb) >= 0:
            continue
        own = any(reading.is_writer(at) for at in range(low, verb))
        bare = all(reading.bits[at] & (LIGHT | JOIN) or not reading.words[at].isalpha() for at in range(low, verb))
        if own or bare:
            yield verb, max(place.last, reading.ends.get(team, team)), "claim_team", "tim"


def _done(reading: Reading, verb: int, low: int, high: int) -> int:
    """The verb of a deed that the writer does, there and then; -1 where nobody or somebody else does it."""
    for at in range(low, high + 1):
        if not reading.bits[at] & verb or reading.named_at(at) is not None:
            continue
        begin = max(reading.clause_start(at), at - int(limits()["deed_reach"]))
        if reading.any(_NOT_DONE, begin, at) >= 0:
            continue
        if any(reading.is_writer(one) for one in range(begin, at)) or reading.words[at].startswith("ku"):
            return at
    return -1


def worn(reading: Reading, made: Sequence[Statement]) -> Iterator[Statement]:
    """Attributes that a picture shows and that the own words say are worn: "aku yang pakai topi"."""
    if not reading.every & WEAR:
        return
    shown = [one for one in made if one.predicate == "media_attribute" and one.channel == "picture" and one.toward]
    whom = {one.toward for one in shown}
    if len(whom) != 1:
        return
    toward = next(iter(whom))
    for at in range(len(reading)):
        if not reading.bits[at] & WEAR:
            continue
        low, high = reading.clause_start(at), reading.clause_end(at)
        subject = reading.subject_of(at)
        own = subject.kind in ("self", "group_with_self") if subject is not None else True
        if not own or reading.any(_NOT_DONE, low, at) >= 0 or reading.asks(high):
            continue
        start, end = reading.start[low], reading.end[high]
        hit = by_class("text", "claim_active_part", "memakai", reading.text, start, end, toward)._replace(group="claim")
        yield Statement(
            "text", hit.start, hit.end, "self", hit.signal, "asserted", toward, contest_of_id(toward), "own", hit.strength,
            hit, True,
        )  # fmt: skip
        return
