"""What the classifier's opinion of a text or a stretch is worth: any sign within it that the words are not the writer's own weakens
it, and friendly words without an election are goodwill."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from screening.classifier.words import word_classes
from screening.statements.bind_types import DIRECTIONS, OWN_SPEAKERS, Hit, Statement
from screening.statements.meaning import (
    ADDRESSED,
    APPEALS,
    CAMPAIGNING,
    CHOICE,
    COURTESY,
    EXAMPLE,
    FAKE,
    IMPERATIVE,
    INNER,
    NEGATOR,
    PARTISAN,
    POLITICS,
    PROP,
    QUESTION,
    REFUSE,
    TAGS,
    VOTE,
    WISH,
    Shape,
    not_mine,
    ordered,
    reports_another,
    somebody,
    turned_down,
)
from screening.statements.reading import PERSON, WRITER, Place, Reading
from screening.statements.words import BIT, limits, word_list


def tone(reading: Reading) -> list[str]:
    """What a text without any word of a side is: a question, courtesy, or a refusal; for comments under somebody's post."""
    end = len(reading) - 1
    if end < 0 or campaigns(reading, 0, end) or reading.any(IMPERATIVE, 0, end) >= 0:
        return []
    found = ["question"] if "?" in reading.text or reading.any(QUESTION, 0, 2) >= 0 else []
    found += ["courtesy"] if reading.any(COURTESY, 0, end) >= 0 else []
    found += ["neutral_mention"] if has_own_words(reading, 0, end, limits()["off_topic_words"]) else []
    found += ["negation"] if reading.any(NEGATOR | FAKE, 0, end) >= 0 else []
    return found


def has_own_words(reading: Reading, first: int, last: int, number: int) -> bool:
    """Whether a stretch has so many words beside names, numbers, signs and forms of address."""
    honorific, found = BIT["honorific"], 0
    for at in range(first, last + 1):
        word = reading.words[at]
        if word.isalpha() and len(word) > 1 and not reading.bits[at] & honorific and reading.named_at(at) is None:
            found += 1
            if found == number:
                return True
    return found >= number


_CONTEXT_CUES = PARTISAN | VOTE | IMPERATIVE | ADDRESSED


def context_strength(reading: Reading, strength: float) -> float:
    """How far the classifier is believed about a text that names nobody, under somebody's post."""
    if strength >= limits()["model_context"] and (
        reading.any(_CONTEXT_CUES, 0, len(reading) - 1) >= 0 or _addresses(reading)
    ):
        return strength
    if strength >= limits()["model_alone"] and reading.any(_CONTEXT_CUES, 0, len(reading) - 1) >= 0:
        return limits()["unsupported_name"]
    return 0.0


def _addresses(reading: Reading) -> bool:
    """Speaks to the one whose post it is: "Pak", "Bu", "bapak" without another name."""
    return any(reading.bits[at] & BIT["honorific"] and reading.words[at] in _ADDRESSES
               for at in range(len(reading)))  # fmt: skip


_STRONG = PARTISAN | VOTE | CAMPAIGNING


_AGAINST, _FIT = frozenset({"corrupt", "lie", "insult", "failure"}), frozenset({"fit"})
MEMO_WORDS = 100_000  # words remembered: a large run's vocabulary, some megabytes


_EMPTY = BIT["light"] | BIT["object"] | BIT["honorific"] | NEGATOR | WRITER | PERSON


def campaigns(reading: Reading, first: int, last: int) -> bool:
    """Whether a stretch holds a word of choosing, winning or fitness for office, outside the names."""
    if reading.every & _STRONG and any(bits & _STRONG for bits in reading.outside[first : last + 1]):
        return True
    return _classed(reading, _fit, first, last)


def _classed(reading: Reading, says: Callable[[str], bool], first: int, last: int) -> bool:
    """Whether a word of a stretch, outside the names and of no empty class, is one of the classifier's."""
    return any(
        says(word) and not reading.bits[at] & _EMPTY and reading.named_at(at) is None
        for at, word in enumerate(reading.words[first : last + 1], first)
    )


@lru_cache(maxsize=MEMO_WORDS)
def _fit(word: str) -> bool:
    return _of_classes(word, _FIT)


@lru_cache(maxsize=MEMO_WORDS)
def _against(word: str) -> bool:
    return _of_classes(word, _AGAINST)


def _of_classes(word: str, classes: frozenset[str]) -> bool:
    """Whether a word is of one of the classifier's classes (`data/model/words.csv`); parts of set phrases ("tidak tahu malu")
    say nothing by themselves."""
    return (
        len(word) >= limits()["shortest_classed"] and word not in _COMMON and not classes.isdisjoint(word_classes(word))
    )


_COMMON, _ADDRESSES, _OF_ACCOUNTS = (word_list(name) for name in ("common", "addresses", "of_accounts"))


def own_choice(reading: Reading, signal: str, first: int, last: int) -> bool:
    """Whether words of choosing stand in a stretch that tells of nobody else (for `support`), or words of blame (`attack`)."""
    if signal == "attack":
        return any(bits & REFUSE for bits in reading.outside[first : last + 1]) or _classed(
            reading, _against, first, last
        )
    others = [one for one in reading.subjects if first <= one.first <= last and one.kind not in OWN_SPEAKERS]
    voice = not others or reading.writes_of_self(first, last)
    return voice and campaigns(reading, first, last)


_KINDLY = COURTESY | BIT["everyday"] | BIT["kin"]


def everyday(reading: Reading, first: int, last: int) -> bool:
    """Whether words tell of everyday things and have no word of politics, of choosing or of scorn."""
    inside = reading.outside[first : last + 1]
    return any(bits & BIT["everyday"] for bits in inside) and not any(
        bits & (POLITICS | PARTISAN | VOTE) for bits in inside
    )


def goodwill(reading: Reading, first: int, last: int) -> bool:
    """Whether friendly words are about health, family, work or a greeting, without any word of an election: courtesy."""
    kind = any(bits & _KINDLY for bits in reading.outside[first : last + 1])
    return kind and not campaigns(reading, first, last)


_STYLES = frozenset({
    "news_style", "official_style", "reported_speech", "neutrality", "election_information", "official_duty", "takedown",
    "congratulation",
})  # fmt: skip


def of_opinion(
    reading: Reading,
    signal: str,
    first: int,
    last: int,
    shape: Shape,
    made: Sequence[Statement],
    markers: Sequence[Hit],
) -> str:
    """How words `first`..`last` are meant, for an opinion about all of them together."""
    if last < first:
        return "asserted"
    inside = [one for one in made if _overlaps(reading, one.proof, first, last)]
    if any(one.predicate == signal and one.meant in ("asserted", "wished") and one.strength > 0
           and (one.channel != "own" or one.speaker in OWN_SPEAKERS) for one in inside):  # fmt: skip
        return "asserted"
    if shape.headline or _reported_stretch(reading, first):
        return "reported"
    if signal == "support" and (not_mine(reading, first) or ordered(reading, first, last)):
        return "denied" if not_mine(reading, first) else "coerced"
    if signal == "support" and turned_down(reading, first):
        return "refused"
    for one in inside:
        if one.predicate in ("support", "attack", *APPEALS) or one.predicate.startswith("claim_"):
            if one.meant == "courtesy" and _partisan(reading, first, last):
                continue
            if one.meant == "asked" and one.predicate == signal and _told_too(reading, signal, first, last):
                continue  # "… ngapain aja? Ga becus."
            if one.meant not in ("asserted", "wished"):
                return one.meant
            if (one.speaker not in OWN_SPEAKERS and one.channel == "own") or one.toward == "all":
                return "reported"
    if _all_quoted(reading, first, last):
        return "quoted"
    personal = in_person(reading, first, last)
    doubt = 1.0
    for hit in markers:
        if hit.signal in _STYLES and _overlaps(reading, hit, first, last):
            at = reading.tokens(hit.start, hit.end)[0]
            if hit.signal == "neutrality" and at and reading.bits[at - 1] & NEGATOR:
                continue  # "yang tidak netral" accuses
            said = hit.signal == "reported_speech" and reports_another(reading, at)
            if said or (not personal and hit.signal != "reported_speech"):
                doubt *= 1.0 - hit.strength
    if 1.0 - doubt >= limits()["weak_name"]:
        return "reported"
    if reading.any(COURTESY, first, last) >= 0 and not _partisan(reading, first, last):
        return "courtesy"
    well = reading.any(COURTESY, 0, len(reading) - 1) >= 0 or (
        reading.any(WISH, first, last) >= 0 and reading.any(_KINDLY, 0, len(reading) - 1) >= 0
    )
    if well and not _sides(reading, signal, first, last):
        return "courtesy"  # a greeting in another clause: "Cepat sembuh Prof, …"
    if not personal and reading.any(EXAMPLE, first, last) >= 0:
        return "example"
    if reading.asks(last) and reading.sentence[first] == reading.sentence[last] and reading.words[last] not in TAGS:
        return "asked"
    named = [place for place in reading.places if first <= place.first <= last and place.signal == "contestant"]
    if (
        named
        and not personal
        and all(reading.asks(place.last) for place in named)
        and not own_choice(reading, signal, first, last)
    ):
        return "asked"
    if told_of_others(reading, first, last, personal) and (
        signal == "support" or reading.any(VOTE, first, last) >= 0 or not own_choice(reading, signal, first, last)
    ):
        return "reported"
    return "asserted"


def _told_too(reading: Reading, signal: str, first: int, last: int) -> bool:
    """Whether a sentence of a stretch that asks nothing holds words of choosing or blame."""
    at = first
    while at <= last:
        end = min(reading.sentence_span(at)[1], last)
        if not reading.asks(end) and own_choice(reading, signal, at, end):
            return True
        at = end + 1
    return False


def _sides(reading: Reading, signal: str, first: int, last: int) -> bool:
    """Whether words of choosing, of standing by somebody or of blame stand in a stretch; an office alone takes no side."""
    if signal == "attack":
        return own_choice(reading, signal, first, last) or reading.any(VOTE | CHOICE, first, last) >= 0
    chosen = any(bits & _CHOSEN for bits in reading.outside[first : last + 1])
    return chosen or _classed(reading, _fit, first, last)


_CHOSEN = VOTE | CHOICE | CAMPAIGNING | BIT["steadfast"]


def _reported_stretch(reading: Reading, first: int) -> bool:
    """Whether a stretch follows "X:" where X is somebody."""
    return bool(first) and ":" in reading.mark[first] and somebody(reading, reading.clause_start(first - 1), first - 1)


def in_person(reading: Reading, first: int, last: int) -> bool:
    """Whether the writer speaks of himself in a stretch, calls on somebody, or says what he feels."""
    return reading.writes_of_self(first, last) or reading.any(IMPERATIVE | INNER, first, last) >= 0


def told_of_others(reading: Reading, first: int, last: int, personal: bool) -> bool:
    """Whether the clauses that name somebody tell what others do: a person, a party or a team leads them and the writer is
    not in them."""
    named = [place for place in reading.places if first <= place.first <= last and place.signal == "contestant"]
    if not named:
        return False
    if reading.dialogue and all(place.first in reading.dialogue for place in named):
        return True
    for place in named:
        low = reading.clause_start(place.first)
        lead = [
            one
            for one in reading.subjects
            if low <= one.first
            and one.last < place.first
            and one.kind not in OWN_SPEAKERS
            and not (one.last + 1 == place.first and one.kind not in ("kin", "colleague"))  # "ustadz X": X's own title
        ]
        if not lead or reading.writes_of_self(low, reading.clause_end(place.last)):
            break
    else:
        return True
    return not personal and any(place.first == first and place.signal in ("party", "team") for place in reading.places)


def story_of_others(reading: Reading, first: int, last: int) -> bool:
    """Whether a text tells of people of the writer's, and in the clauses that name somebody neither the writer nor a choice stands:
    "Bapak saya pensiunan, kaosnya X terus udah 4 hari"."""
    named = [place for place in reading.places if first <= place.first <= last and place.signal == "contestant"]
    if not named:
        return False
    told = [one for one in reading.subjects if one.kind == "kin" and one.first < named[0].first]
    return bool(told) and not any(
        reading.writes_of_self(low, high) or reading.any(IMPERATIVE | CHOICE | INNER, low, high) >= 0
        for low, high in ((reading.clause_start(one.first), reading.clause_end(one.last)) for one in named)
    )


def told_elsewhere(reading: Reading, made: Sequence[Statement], first: int, last: int) -> bool:
    """Whether a stretch tells of deeds, which speak for themselves, or of sides that only others take: what the classifier makes
    of the words adds nothing."""
    start, end = reading.start[first], reading.end[last]
    told = [one for one in made if one.proof.start < end and start < one.proof.end]
    deeds_told = [one for one in told if one.predicate.startswith("claim_")]
    theirs = [one for one in told if one.predicate in DIRECTIONS and one.channel == "own"]
    others = any(one.speaker not in OWN_SPEAKERS for one in theirs) and not any(
        one.speaker in OWN_SPEAKERS and one.strength for one in theirs
    )
    return others or (bool(deeds_told) and not _chosen_beside(reading, deeds_told, first, last))


def _chosen_beside(reading: Reading, told: Sequence[Statement], first: int, last: int) -> bool:
    """Whether a word beside the deeds' own words chooses somebody, in a clause of theirs or behind it."""
    spans = [reading.tokens(one.proof.start, one.proof.end) for one in told]
    begin = min(reading.clause_start(low) for low, _ in spans)
    inside = {at for low, high in spans for at in range(low, high + 1)}
    return any(reading.bits[at] & (VOTE | CHOICE) and at not in inside for at in range(begin, last + 1))


def attribute(reading: Reading, place: Place) -> bool:
    """Whether a name only tells whose banner, poster or photo something is."""
    return bool(place.first and not reading.mark[place.first] and reading.bits[place.first - 1] & PROP)


def _overlaps(reading: Reading, hit: Hit, first: int, last: int) -> bool:
    return hit.start < reading.end[last] and reading.start[first] < hit.end


def _partisan(reading: Reading, first: int, last: int) -> bool:
    named = {
        one for place in reading.places if place.signal == "contestant" for one in range(place.first, place.last + 1)
    }
    return any(
        reading.bits[at] & (PARTISAN | VOTE | BIT["steadfast"]) and at not in named for at in range(first, last + 1)
    )


def _all_quoted(reading: Reading, first: int, last: int) -> bool:
    places = [place for place in reading.places if place.strength > 0 and first <= place.first <= last]
    return (
        bool(places)
        and bool(reading.quotes)
        and all(reading.quoted(reading.start[place.first], reading.end[place.last]) for place in places)
    )


def handle_strength(reading: Reading, signal: str, start: int, end: int, strength: float) -> float:
    """A name within an account's name: as strong as it is where the rest speaks of a campaign, or where nothing else is there;
    else nothing."""
    if signal == "team":
        return strength
    first, last = reading.tokens(start, end)
    rest = [at for at in range(len(reading)) if not first <= at <= last and len(reading.words[at]) > 1]
    if not rest:
        return strength
    if any(reading.bits[at] & (CAMPAIGNING | PARTISAN) for at in rest):
        return strength
    if all(reading.words[at] in _OF_ACCOUNTS or reading.words[at].isdigit() for at in rest):
        return strength
    return 0.0
