"""How a phrase of direction is meant, and by whom: support, attack, an appeal; and what is chosen where somebody is named."""

from __future__ import annotations

from collections.abc import Collection

from screening.statements.bind_types import OWN_SPEAKERS
from screening.statements.meaning import (
    ACCUSED,
    AFFIRM,
    APPEALS,
    CHOICE,
    COURTESY,
    IMPERATIVE,
    INNER,
    LIGHT,
    NEGATOR,
    PARTISAN,
    PURPOSE,
    QUESTION,
    REFUSE,
    REPORT,
    SAYS,
    TAGS,
    VOTE,
    WISH,
    Shape,
    affirmed,
    conditional,
    long_ago,
    not_mine,
    ordered,
    own_report,
    reports_another,
    somebody,
    taught,
    turned_down,
)
from screening.statements.reading import PERSON, SELF, WRITER, Place, Reading, Subject
from screening.statements.words import BIT, limits, word_list


def of_direction(
    reading: Reading, signal: str, first: int, last: int, place: Place | None, shape: Shape, own: Collection[str]
) -> tuple[str, str, bool]:
    """(speaker, meant, personal) of a phrase of direction over words `first`..`last`, about `place`."""
    low, high = reading.clause_start(first), reading.clause_end(last)
    subject = _doer(reading, first, last, place)
    speaker = "self" if subject is None or _me_too(reading, last) else subject.kind
    inner = reading.any(INNER, low, high) >= 0
    personal = speaker in OWN_SPEAKERS and (
        inner or reading.writes_of_self(low, high) or (signal in APPEALS and not shape.headline)
    )
    start, end = _predicate_span(reading, first, last, place)
    if reading.quoted(start, end):
        return speaker, "quoted", personal
    meant = _denied(reading, first, last, own, place, signal)
    if meant:
        return speaker, meant, personal
    if taught(reading, first, last, personal):
        return speaker, "example", personal
    if signal in ("support", "solicitation"):
        if not_mine(reading, first):
            return speaker, "denied", personal
        if turned_down(reading, first):
            return speaker, "refused", personal
        if ordered(reading, low, last):
            return speaker, "coerced", personal
    if _reported(reading, first, last, personal, inner) or (shape.headline and not personal):
        return speaker, "reported", personal
    past = signal != "attack" or reading.writes_of_self(low, high)  # "bekas gubernur gagal" is said today
    if past and long_ago(reading, low, last) and reading.any(WISH, low, last) < 0:
        return speaker, "past", personal
    if _asked(reading, first, last):
        return speaker, "asked", personal
    if signal not in APPEALS and conditional(reading, first, last):
        return speaker, "conditional", personal
    if signal in ("support", "solicitation") and (_courteous(reading, first) or _won_something(reading, last)):
        return speaker, "courtesy", personal
    wished = signal == "support" and reading.any(WISH, low, high) >= 0
    return speaker, "wished" if wished else "asserted", personal


def reaches_over(reading: Reading, first: int, place: Place) -> bool:
    """Whether a phrase begins in a mere opener and the name stands in a clause of which the writer is the subject: "Fix, saya
    relawan X" is what "saya relawan X" is."""
    low = reading.clause_start(place.first)
    if first >= low or not reading.bits[first] & (IMPERATIVE | BIT["steadfast"]) or not reading.opens(first):
        return False
    return any(reading.bits[at] & SELF for at in range(low, place.first))


def _me_too(reading: Reading, last: int) -> bool:
    """ "petani pilih X, saya juga": the writer does what the others do."""
    low = reading.clause_end(last) + 1
    if low >= len(reading) or reading.sentence[low] != reading.sentence[last]:
        return False
    span = range(low, reading.clause_end(low) + 1)
    return (
        any(reading.is_writer(at) for at in span)
        and any(reading.words[at] in _LIKEWISE for at in span)
        and all(
            reading.bits[at] & (WRITER | LIGHT | BIT["object"]) or reading.words[at] in ("pun", "begitu") for at in span
        )
    )


def _doer(reading: Reading, first: int, last: int, place: Place | None) -> Subject | None:
    """Who supports, chooses or calls, where a phrase has such a verb; None: nobody else than the writer."""
    if reading.bits[first] & WRITER and not reading.is_writer(first):
        return next((one for one in reading.subjects if one.first <= first <= one.last), Subject(first, first, "other"))
    inside = [one for one in reading.subjects if one.first < first <= one.last and one.kind not in OWN_SPEAKERS]
    if inside:
        return inside[0]  # "komedian favorit saya …"
    verb = next(
        (at for at in range(first, last + 1) if reading.bits[at] & VOTE and (place is None or not place.first <= at <= place.last)),
        -1,
    )  # fmt: skip
    if verb < 0:
        lead = [one for one in reading.subjects if reading.clause_start(first) <= one.first and one.last < first]
        if (
            lead
            and reading.bits[lead[-1].first] & BIT["people"]
            and reading.any(IMPERATIVE, last, reading.clause_end(last)) >= 0
        ):
            return Subject(lead[-1].first, lead[-1].last, "addressed")  # "Warga Banten all in X, yuk"
        return (
            lead[-1]
            if lead and lead[-1].kind not in OWN_SPEAKERS and place is not None and place.first >= first
            else None
        )
    subject = reading.subject_of(verb)
    low = reading.clause_start(verb)
    people = subject is not None and subject.kind == "other" and reading.bits[subject.first] & BIT["people"]
    if subject is not None and people and reading.any(IMPERATIVE, low, reading.clause_end(last)) >= 0:
        return Subject(subject.first, subject.last, "addressed")
    if subject is not None:
        return subject
    for other in reading.places:
        leads = low <= other.first and all(reading.bits[at] & LIGHT for at in range(low, other.first))
        rival = place is None or other.whom != place.whom
        if leads and rival and other.last < verb and other.signal in ("party", "contestant", "team"):
            return Subject(other.first, other.last, "institution")
    return None


def _predicate_span(reading: Reading, first: int, last: int, place: Place | None) -> tuple[int, int]:
    """Characters of a phrase without the name at its edge: quoting only a name quotes nothing."""
    if place is not None and place.first <= first <= place.last < last:
        first = place.last + 1
    if place is not None and place.first <= last <= place.last and place.first > first:
        last = place.first - 1
    return reading.start[first], reading.end[last]


def _denied(reading: Reading, first: int, last: int, own: Collection[str], place: Place | None, signal: str) -> str:
    """`denied` or `refused` where a negator governs a phrase; it does not reach over a comma, another name or a contrast."""
    reach = limits()["negation_reach"]
    low = reading.clause_start(first)
    if not own or reading.any(PURPOSE, low, last) >= 0:
        reach = first - low  # "tidak mengumpulkan warga untuk memenangkan X"
    if signal == "counter_solicitation" and place is not None and _refuses_an_act(reading, first, place):
        return "refused"
    said = last if place is not None and place.first <= first <= place.last < last else first  # the word of direction
    verbs = [at for at in range(first, last + 1) if reading.bits[at] & (VOTE | CHOICE) and reading.named_at(at) is None]
    if verbs:
        said = min(verbs, key=lambda at: abs(at - (place.first if place is not None else at)))
    for at in range(last, max(first - 1 - reach, -1), -1):
        if at < first and (reading.clause[at] != reading.clause[first] or _other_name(reading, at, place)):
            break
        bits = reading.bits[at]
        if not bits & (NEGATOR | REFUSE | ACCUSED) or reading.words[at] in own or affirmed(reading, at):
            continue
        if reading.named_at(at) is not None:
            continue  # "Kagak ribet deh" is a slogan
        if at > said and reading.words[at - 1] in _WHO:
            continue  # "pilih yang tidak ribet: X"
        colon = place is not None and any(":" in reading.mark[one] for one in range(at + 1, place.first + 1))
        if colon and not verbs:
            continue  # "hati kaga tenang kalo belom ngingetin: X"
        if reading.clause[at] != reading.clause[said] or (at >= first and abs(said - at) > reach + 1):
            continue
        if bits & REFUSE and signal in ("attack", "counter_solicitation"):
            continue
        return "denied" if bits & (NEGATOR | ACCUSED) else "refused"
    low = reading.clause_start(first)
    accused = reading.any(ACCUSED, low, first)
    if accused >= 0 and reading.any(WRITER, low, first) >= 0 and signal in ("support", "solicitation"):
        return "denied"
    return ""


def _refuses_an_act(reading: Reading, first: int, place: Place) -> bool:
    """ "menolak memasang baliho X" refuses to do something; "tolak X" is against X."""
    at = reading.any(REFUSE, first, place.first - 1)
    return at >= 0 and any(
        not reading.bits[one] & (LIGHT | BIT["honorific"]) and reading.words[one] not in _TITLES
        for one in range(reading.ends.get(at, at) + 1, place.first)
    )


_TITLES = word_list("titles")


def _other_name(reading: Reading, at: int, place: Place | None) -> bool:
    found = reading.named_at(at)
    return found is not None and bool(found.whom) and (place is None or found.whom != place.whom)


def _reported(reading: Reading, first: int, last: int, personal: bool, inner: bool) -> bool:
    """Whether somebody else is said to have said it: "kata X …", "… , ujarnya", "X bilang: …"."""
    low, high = reading.clause_start(first), reading.clause_end(last)
    if first in reading.dialogue:
        return True
    if inner or any(reading.bits[at] & AFFIRM and at in reading.ends for at in range(low, last + 1)):
        return False  # "siapa lagi kalau bukan X yang berani bilang begitu"
    if low and reading.sentence[low - 1] == reading.sentence[first] and "," in reading.mark[low]:
        begin = reading.clause_start(low - 1)  # "Kata Pak RT, ayo …"
        if (
            reading.words[begin] in SAYS
            and not own_report(reading, begin)
            and reading.any(PERSON | BIT["honorific"], begin + 1, low - 1) >= 0
        ):
            return True
    behind = reading.any(REPORT, last, high)
    if behind >= last and reading.words[behind] in SAYS and behind + 1 <= high and reading.bits[behind + 1] & PERSON:
        return True  # "… , kata mereka"
    at = reading.any(REPORT, low, high)
    if at >= 0 and reports_another(reading, at) and (at < first or reading.words[at] in SAYS):
        return not personal or at < first
    behind = high + 1
    if behind < len(reading) and reading.sentence[behind] == reading.sentence[first]:
        end = reading.clause_end(behind)
        at = reading.any(REPORT, behind, min(behind + 1, end))
        if at >= 0 and reports_another(reading, at) and not personal:
            return True
    if low and ":" in reading.mark[low] and somebody(reading, reading.clause_start(low - 1), low - 1):
        return True
    if low and reading.sentence[low - 1] == reading.sentence[first] and ":" in reading.mark[low]:
        at = reading.any(REPORT, reading.clause_start(low - 1), low - 1)
        return at >= 0 and reports_another(reading, at)
    return False


def _asked(reading: Reading, first: int, last: int) -> bool:
    """Whether the phrase is what a question asks: its clause ends in a question mark or opens with a word of asking."""
    if any(reading.bits[at] & AFFIRM for at in range(reading.clause_start(first), last + 1)):
        return False  # "siapa lagi kalau bukan X?" asks nothing
    low = reading.clause_start(first)
    if (
        not _WHY.isdisjoint(reading.words[low : last + 1])
        and reading.writes_of_self(low, last)
        and reading.any(CHOICE, low, last) >= 0
    ):
        return False  # "kenapa saya pilih X?" takes it for granted
    if reading.asks(last):
        end = reading.clause_end(last)
        return reading.words[end] not in TAGS or reading.words[end] == "siapa"
    low = reading.clause_start(first)
    if reading.bits[low] & QUESTION and not affirmed(reading, low) and low < first:
        return "?" in reading.text[reading.end[last] : reading.end[last] + 40]
    return False


_WHY, _WHO, _AS, _LIKEWISE = (word_list(name) for name in ("why", "relative", "as", "likewise"))


def _won_something(reading: Reading, last: int) -> bool:
    """Whether a victory is one of everyday life: "menang hibah", "juara lomba"."""
    return (
        bool(reading.bits[last] & PARTISAN) and last + 1 < len(reading) and not reading.mark[last + 1]
        and bool(reading.bits[last + 1] & BIT["everyday"])
    )  # fmt: skip


def _courteous(reading: Reading, first: int) -> bool:
    """Condolence, birthday, thanks … without a word of choosing or winning in the sentence."""
    low, high = reading.sentence_span(first)
    if reading.any(COURTESY, low, high) < 0 and not (
        reading.any(WISH, low, high) >= 0 and reading.any(BIT["everyday"], low, high) >= 0
    ):
        return False
    named = {
        one for place in reading.places if place.signal == "contestant" for one in range(place.first, place.last + 1)
    }
    return not any(
        reading.bits[at] & (PARTISAN | VOTE | BIT["steadfast"]) and at not in named for at in range(low, high + 1)
    )


def says_of_self(reading: Reading, first: int, last: int) -> bool:
    """Whether the writer is the doer of the verb of a phrase: "saya dukung X"."""
    verb = next(
        (at for at in range(first, last + 1) if reading.bits[at] & (VOTE | CHOICE) and reading.named_at(at) is None), -1
    )
    subject = reading.subject_of(verb) if verb >= 0 else None
    return (
        subject is not None and subject.kind in ("self", "group_with_self") and reading.words[subject.first] != "kita"
    )


def own_role(reading: Reading, start: int, end: int) -> bool:
    """Whether words of an audience are the writer's own role: "sebagai warga, saya …"."""
    first, _ = reading.tokens(start, end)
    return first > 0 and reading.words[first - 1] in _AS
