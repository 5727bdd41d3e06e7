"""What the statements and the signs of one text make of each other: choices left open, all treated alike, signs that cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screening.statements import meaning
from screening.statements.bind_types import DIRECTIONS, MEANT_SO, OWN_SPEAKERS, Hit, Statement, contest_of_id
from screening.statements.reading import CONTRAST, Reading
from screening.statements.words import limits, word_list


def counts(one: Statement) -> bool:
    """Whether a statement is plain evidence of its own: said or done by the writer, meant so, from words and not the model."""
    return (
        one.meant in MEANT_SO and one.strength >= limits()["weak_name"]
        and (one.channel != "own" or one.speaker in OWN_SPEAKERS) and one.proof.how != "model"
    )  # fmt: skip


def sure(one: Statement) -> bool:
    """Whether the classifier is sure of a direction that is meant so."""
    return one.proof.how == "model" and one.meant in MEANT_SO and one.strength >= limits()["model_alone"]


_UNDONE = frozenset({"conditional", "denied", "refused", "past", "asked", "coerced"})


def as_claimed(made: list[Statement]) -> list[Statement]:
    """A phrase of support within a claim is meant as the claim is ("hampir ikut kampanye X"); the same deed told of several
    contestants of a contest is nobody's side ("kaos X untuk bapak, kaos Y untuk ibu")."""
    claims = [one for one in made if one.predicate.startswith("claim_") and one.channel == "own"]
    if not claims:
        return made
    sides: dict[tuple[str, str], set[str]] = {}
    for one in claims:
        if one.toward and one.strength:
            sides.setdefault((one.predicate, contest_of_id(one.toward)), set()).add(one.toward)
    several = {key for key, whom in sides.items() if len(whom) > 1}
    changed = []
    for one in made:
        if (one.predicate, contest_of_id(one.toward)) in several:
            changed.append(one._replace(strength=0.0))
            continue
        if one.predicate in ("support", "solicitation") and one.meant == "asserted":
            within = [
                claim
                for claim in claims
                if claim.meant in _UNDONE
                and claim.toward == one.toward
                and claim.proof.start <= one.proof.start < claim.proof.end
            ]
            one = one._replace(meant=within[0].meant) if within else one
        changed.append(one)
    return changed


def unlike(made: list[Statement], sizes: Mapping[str, int]) -> list[Statement]:
    """The same direction towards every contestant of a contest, or towards those between whom a choice is offered, is no
    side."""
    groups: dict[tuple[str, str], set[str]] = {}
    for one in made:
        if one.predicate in DIRECTIONS and one.toward:
            favour = "for" if one.predicate in ("support", "solicitation") else "against"
            groups.setdefault((favour, contest_of_id(one.toward)), set()).add(one.toward)
    even = {key for key, whom in groups.items() if len(whom) >= max(sizes.get(key[1], 9), 2)}
    if not even:
        return made
    return [
        one._replace(toward="all", strength=0.0)
        if one.predicate in DIRECTIONS
        and (("for" if one.predicate in ("support", "solicitation") else "against"), contest_of_id(one.toward)) in even
        else one
        for one in made
    ]


_OR = word_list("or")


def offered(reading: Reading) -> set[int]:
    """Clauses that leave the choice between contestants open: "X atau Y"."""
    if len(reading.places) < 2:
        return set()
    who: dict[int, set[str]] = {}
    for place in reading.places:
        if place.whom and place.strength > 0:
            who.setdefault(reading.clause[place.first], set()).add(place.whom)
    several = {clause for clause, named in who.items() if len(named) > 1}
    return {
        reading.clause[at] for at, word in enumerate(reading.words) if word in _OR and reading.clause[at] in several
    }


def disagreeing(made: list[Statement], reading: Reading) -> list[Statement]:
    """Who is addressed in one clause and chooses otherwise than the writer in another of the sentence is no audience but
    somebody else: "Teman-teman pilih X, saya tetap Y"."""
    own = [
        one for one in made
        if one.predicate in DIRECTIONS and one.speaker in ("self", "group_with_self") and one.personal and one.meant in MEANT_SO
        and reading.writes_of_self(*reading.tokens(one.start, one.end))
    ]  # fmt: skip
    return [
        one._replace(speaker="other")
        if one.predicate in DIRECTIONS
        and one.speaker == "addressed"
        and any(mine.toward and one.toward and mine.toward != one.toward for mine in own)
        else one
        for one in made
    ]


SCOPED = {
    "negation": "denied", "quotation": "quoted", "reported_speech": "reported", "question": "asked", "news_style": "reported",
    "official_style": "reported", "neutrality": "example", "election_information": "reported", "past_event": "past",
    "takedown": "reported", "congratulation": "courtesy", "official_duty": "reported", "private_event": "courtesy",
}  # fmt: skip
_OF_DEEDS = frozenset({"reported_speech", "neutrality", "takedown", "past_event", "official_duty"})
_COVERING = frozenset({"reported_speech", "news_style", "official_style", "neutrality", "election_information"})
_PICTURED = frozenset({"past_event", "takedown", "official_duty", "private_event"})


def covered(one: Statement, markers: Sequence[Hit], reading: Reading) -> Statement:
    """A statement that a sign of reporting, quoting, teaching … covers is meant that way; one in the writer's own voice is
    not covered by a sign in another clause."""
    if one.meant not in MEANT_SO or one.predicate not in DIRECTIONS:
        return one
    first, _last = reading.tokens(one.proof.start, one.proof.end)
    doubt = 1.0
    for hit in markers:
        if hit.signal in _PICTURED or hit.signal not in _COVERING:
            continue
        at = reading.tokens(hit.start, hit.end)[0]
        same_clause = reading.clause[at] == reading.clause[first]
        if one.personal or reading.sentence[at] != reading.sentence[first]:
            continue
        if hit.signal == "reported_speech" and not meaning.reports_another(reading, at):
            continue
        if not same_clause and (
            hit.signal == "official_style" or reading.any(CONTRAST, min(at, first), max(at, first)) >= 0
        ):
            continue
        doubt *= 1.0 - hit.strength
        if 1.0 - doubt >= limits()["weak_name"]:
            return one._replace(meant=SCOPED[hit.signal])
    return one


def marked(markers: Sequence[Hit], made: Sequence[Statement], reading: Reading, channel: str) -> Iterator[Statement]:
    """The signs themselves, for what they speak of; a sign that covers no plain statement is nothing where there is one."""
    if not markers:
        return
    plain = [one for one in made if (counts(one) or sure(one)) and one.proof.field == channel_field(channel)
             and (one.predicate in DIRECTIONS or one.predicate.startswith("claim_"))]  # fmt: skip
    for hit in markers:
        strength = hit.strength
        if hit.signal == "passive_presence" and reading.opens(reading.tokens(hit.start, hit.end)[0]):
            strength = 0.0  # "Numpang lewat, …" tells of no event
        if plain and hit.signal in SCOPED:
            first = reading.tokens(hit.start, hit.end)[0]
            near = any(
                reading.sentence[reading.tokens(one.proof.start, one.proof.end)[0]] == reading.sentence[first]
                and not one.personal and one.predicate not in DIRECTIONS and hit.signal in _OF_DEEDS
                for one in plain
            )  # fmt: skip
            strength = strength if near else 0.0
        yield Statement(
            hit.field, hit.start, hit.end, "self" if channel == "own" else "other", hit.signal, "asserted", "", "", channel,
            strength, hit,
        )  # fmt: skip


def channel_field(channel: str) -> str:
    """The field of the texts of a channel."""
    return {"own": "text", "picture": "media_text", "content": "target_text"}.get(channel, "text")
