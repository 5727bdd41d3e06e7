"""What the writer chooses where no phrase of the lexicon says so: words of choosing beside a name, or a sentence that is nothing
but a name and words of standing by it."""

from __future__ import annotations

from collections.abc import Iterator

from screening.ruleset.wordforms import is_ordinary
from screening.statements.meaning import (
    ADDRESSED,
    AFFIRM,
    CHOICE,
    CONTRAST,
    IMPERATIVE,
    INNER,
    LIGHT,
    NEGATOR,
    REPORT,
    WISH,
    Shape,
    affirmed,
)
from screening.statements.reading import HONORIFIC, OBJECT, WRITER, Place, Reading
from screening.statements.words import BIT, limits, mask, word_list
from screening.text.wordlists import word_set

STEADFAST = BIT["steadfast"]
_BESIDE = LIGHT | OBJECT | HONORIFIC | INNER | WRITER | IMPERATIVE | CHOICE | WISH | STEADFAST | mask(("past", "third"))


_BALLOT = word_list("ballot")  # bare: an order to whoever reads it


def choices(reading: Reading, shape: Shape) -> list[tuple[int, int, Place, str]]:
    """(first word, last word, who, signal) of clauses in which the writer chooses, or calls on others to choose, the one
    contestant named there: a word of choosing in the writer's own voice, denied and told of others not at all."""
    found: list[tuple[int, int, Place, str]] = []
    for place in reading.surely("contestant", "pejorative", "slogan"):
        low, high = reading.clause_start(place.first), reading.clause_end(place.last)
        if (
            low
            and not reading.mark[low].strip(",: ")
            and reading.sentence[low - 1] == reading.sentence[low]
            and not any(p.whom for p in reading.places if reading.clause[p.first] == reading.clause[low - 1])
            and reading.any(CHOICE, reading.clause_start(low - 1), low - 1) >= 0
            and not reading.bits[low] & CONTRAST
        ):
            low = reading.clause_start(low - 1)  # "gue sih pilih yang pasti: X"
        if len(reading.contestants(low, high)) > 1 or shape.headline:
            continue
        named = {at for p in reading.places for at in range(p.first, p.last + 1)}
        verb = next((at for at in range(low, high + 1) if reading.bits[at] & CHOICE and at not in named), -1)
        if verb < 0 or abs(verb - place.first) > limits()["choice_reach"]:
            continue
        call = reading.any(IMPERATIVE | ADDRESSED, low, high) >= 0 or verb == low
        written = reading.text[
            reading.start[verb] : reading.end[verb]
        ].lower()  # "nyoblosnya X": the standard form has no "-nya"
        call = call or ((reading.words[verb] in _BALLOT or written in _BALLOT) and reading.subject_of(verb) is None)
        voice = reading.writes_of_self(low, high) or call
        if voice:
            found.append(
                (
                    min(verb, place.first),
                    max(verb, place.last),
                    place,
                    "solicitation" if call and not reading.writes_of_self(low, high) else "support",
                )
            )
    return found or _called(reading, shape) or _reminded(reading, shape)


_REMINDS = word_list("reminds")
_EVERYBODY = word_list("to_all")
_REMINDED = LIGHT | HONORIFIC | ADDRESSED | IMPERATIVE | WISH | WRITER | BIT["vote"]


def _reminded(reading: Reading, shape: Shape) -> list[tuple[int, int, Place, str]]:
    """A reminder without object beside the one contestant whose name and ballot number the text tells: "X nomor 2. Jangan lupa
    ya dulur"."""
    who = {place.whom for place in reading.surely("contestant")}
    numbers = [place for place in reading.places if _is_number(reading, place)]
    if shape.headline or len(who) != 1 or not numbers or "?" in reading.text:
        return []
    place = max(reading.surely("contestant"), key=lambda one: one.last - one.first)
    if _is_number(reading, place) or {one.whom for one in numbers} - {None, "", place.whom}:
        return []
    for at in range(len(reading)):
        if not at or reading.words[at] not in _REMINDS:
            continue
        before = reading.text[reading.start[at - 1] : reading.end[at - 1]].lower()
        if before not in _DO_NOT and reading.words[at - 1] not in _DO_NOT:
            continue
        low, high = reading.clause_start(at), reading.clause_end(at)
        strange = [
            one
            for one in range(low, high + 1)
            if not reading.bits[one] & _REMINDED
            and reading.named_at(one) is None
            and len(reading.words[one]) > 1
            and reading.words[one].isalpha()
            and reading.words[one] not in _EVERYBODY
            and one not in (at - 1, at)
        ]  # fmt: skip
        if len(strange) <= 1 and not any(map(is_ordinary, (reading.words[one] for one in strange))):
            return [(at - 1, at, place, "solicitation")]
    return []


def _is_number(reading: Reading, place: Place) -> bool:
    """Whether a place is a ballot number, not a name."""
    return any(reading.words[at].isdigit() for at in range(place.first, place.last + 1))


_OBJECTS = _BESIDE | ADDRESSED | BIT["vote"]
_DO_NOT = word_list("do_not")
_GIVES_IN = word_list("gives_in")
_OTHERS = word_list("others")


def _called(reading: Reading, shape: Shape) -> list[tuple[int, int, Place, str]]:
    """A call to choose whose object is left out or a pronoun, behind the one contestant whom the text names: "…X? Yuk pilih"."""
    standing = [p for p in reading.places if p.whom and p.strength >= limits()["weak_name"]]
    if shape.headline or len({p.whom for p in standing if p.signal != "party"} or {p.whom for p in standing}) != 1:
        return []
    found = []
    for at in range(standing[0].last + 1, len(reading)):
        if not (reading.bits[at] & CHOICE or reading.words[at] in _GIVES_IN) or reading.named_at(at) is not None:
            continue
        low, high = reading.clause_start(at), reading.clause_end(at)
        if reading.contestants(low, high) or reading.asks(at) or reading.any(REPORT, low, high) >= 0:
            continue
        denier = reading.any(NEGATOR, low, at)
        against = denier >= 0 and reading.words[denier] in _DO_NOT and not affirmed(reading, denier)
        if reading.any(NEGATOR, low, high) >= 0 and not against:
            continue
        bare = all(
            one == denier or reading.bits[one] & (LIGHT | HONORIFIC | ADDRESSED | IMPERATIVE | WISH | BIT["intent"])
            for one in range(low, at)
        )
        call = against or reading.any(IMPERATIVE | ADDRESSED, low, high) >= 0 or reading.words[at] in _BALLOT
        own = reading.writes_of_self(low, at)
        rest = [
            reading.words[one]
            for one in range(at + 1, high + 1)
            if not reading.bits[one] & _OBJECTS and reading.words[one] not in _OTHERS and reading.words[one].isalpha()
        ]
        if (call or own) and (bare or own) and (not rest or (len(rest) == 1 and not is_ordinary(rest[0]))):
            place = max((p for p in standing if p.last < at), key=lambda p: p.first)
            signal = "counter_solicitation" if against else "support" if own else "solicitation"
            found.append((denier if against else at, at, place, signal))
    return found


def agrees(reading: Reading) -> bool:
    """Whether a text that names nobody opens with plain agreement: "setuju, …", "betul pak"."""
    if not len(reading) or reading.places or "?" in reading.text:
        return False
    span = range(reading.clause_end(0) + 1)
    agreeing = word_set("setuju")
    return any(reading.words[at] in agreeing for at in span) and all(
        reading.words[at] in agreeing
        or reading.bits[at] & (LIGHT | HONORIFIC | ADDRESSED | WRITER)
        or not reading.words[at].isalpha()
        for at in span
    )


def spreads(reading: Reading) -> bool:
    """Whether a text that names nobody tells its readers to pass on what it stands beside: "Sebarin biar pada melek"."""
    if "?" in reading.text or reading.places or reading.any(NEGATOR | BIT["fake"], 0, len(reading) - 1) >= 0:
        return False
    return any(
        word in word_set("sebarkan")
        and all(
            reading.bits[before] & (LIGHT | IMPERATIVE | ADDRESSED) for before in range(reading.clause_start(at), at)
        )
        for at, word in enumerate(reading.words)
    )


def chooses(reading: Reading) -> bool:
    """Whether a text that names nobody chooses the one of whom the parent text speaks: "Jagoan saya nih"."""
    end = len(reading) - 1
    return end >= 0 and not reading.places and "?" not in reading.text and reading.any(NEGATOR | REPORT, 0, end) < 0 and (
        reading.any(INNER, 0, end) >= 0
        or (reading.any(CHOICE, 0, end) >= 0 and reading.writes_of_self(0, end))
    )  # fmt: skip


_OFFICE = BIT["real_election"]
_STAYS = word_list("stays")


def declared(reading: Reading, shape: Shape) -> Iterator[tuple[int, int, Place, str]]:
    """(first word, last word, who, "support") of sentences that hold nothing but one contestant's name and words of standing by
    somebody: "Pokoknya X", "saya sendiri ga goyang: X", "X, fix no debat".

    The name stands in a clause of such words alone; clauses of such words next to it in the sentence belong to it.
    """
    if shape.headline or not reading.every & STEADFAST:
        return
    for place in reading.surely("contestant"):
        first, last = reading.clause_start(place.first), reading.clause_end(place.last)
        if not _plain(reading, first, last, place.whom):
            continue
        low, high = reading.sentence_span(place.first)
        while first > low and _plain(reading, reading.clause_start(first - 1), first - 1, place.whom):
            first = reading.clause_start(first - 1)
        while last < high and _plain(reading, last + 1, reading.clause_end(last + 1), place.whom):
            last = reading.clause_end(last + 1)
        steady = reading.any(STEADFAST, first, last)
        if reading.any(_OFFICE, first, last) >= 0 and reading.words[max(steady, 0)] in _STAYS:
            continue  # "X tetap cawapres" tells who stands
        if steady >= 0 and reading.named_at(steady) is None and not reading.asks(last):
            yield min(steady, place.first), max(reading.ends.get(steady, steady), place.last), place, "support"


def _plain(reading: Reading, first: int, last: int, whom: str) -> bool:
    """Whether a clause holds nothing but the name of one contestant and words of standing by somebody."""
    at = first
    while at <= last:
        place = reading.named_at(at)
        if place is not None and place.strength > 0:
            if place.whom != whom:
                return False
        elif reading.bits[at] & (STEADFAST | AFFIRM) and at in reading.ends:
            at = reading.ends[at]  # "tidak ada ganti"
        elif reading.words[at].isalnum() and not reading.bits[at] & (_BESIDE | _OFFICE):
            return False
        at += 1
    return True
