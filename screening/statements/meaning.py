"""How something is meant, and by whom: asserted, denied, refused, asked, quoted, reported, wished, of another election …

Everything here is a property of one statement. Nothing switches a whole text off: "Merdeka! X pilihanku" is what the second
half says. Only the classifier's opinion, which is about the whole text, is weakened by any sign anywhere in it.
"""

from __future__ import annotations

from screening.statements.bind_types import OWN_SPEAKERS
from screening.statements.reading import PERSON, WRITER, Place, Reading
from screening.statements.words import BIT, limits, word_list

NEGATOR, REFUSE, ASKED, COERCED, PAST, QUIT, CONDITIONAL, QUESTION, WISH, REPORT, ACCUSED, FAKE, EXAMPLE, CONTRAST = (
    BIT[name]
    for name in (
        "negator", "refuse", "asked", "coerced", "past", "quit", "conditional", "question", "wish", "report", "accused",
        "fake", "example", "contrast",
    )
)  # fmt: skip


PURPOSE, PROP, INTENT, CHOICE, COMPARE, LIMITING, LEGAL = (
    BIT["purpose"],
    BIT["prop"],
    BIT["intent"],
    BIT["choice"],
    BIT["compare"],
    BIT["limiting"],
    BIT["legal"],
)


COURTESY, VOTE, INNER, AFFIRM, PARTISAN, TEAM_ROLE, IMPERATIVE, OBJECT, ADDRESSED, LIGHT, CAMPAIGNING, POLITICS = (
    BIT[name]
    for name in (
        "courtesy", "vote", "inner", "affirm", "partisan", "team_role", "imperative", "object", "addressed", "light",
        "campaigning", "politics",
    )
)  # fmt: skip


OTHER_ELECTION, REAL_ELECTION = BIT["other_election"], BIT["real_election"]


APPEALS = ("solicitation", "counter_solicitation")


TAGS = word_list("tags")


_CALLING = word_list("calling")


class Shape:
    """What a text looks like as a whole: a headline is written in Title Case, speaks of nobody present and calls nobody."""

    def __init__(self, reading: Reading, *, profile: bool = False) -> None:
        self.reading, self.profile = reading, profile
        self.headline = not profile and self._headline()

    def _headline(self) -> bool:
        reading = self.reading
        if len(reading) < limits()["headline_words"] or "!" in reading.text or "#" in reading.text:
            return False
        if _plain_capitals(reading) < limits()["title_case"] or reading.text.isupper():
            return False
        if reading.writes_of_self(0, len(reading) - 1) or reading.bits[0] & (
            IMPERATIVE | ADDRESSED | VOTE | NEGATOR | TEAM_ROLE
        ):
            return False
        if not _CALLING.isdisjoint(reading.words) or any(place.signal == "slogan" for place in reading.places):
            return False
        plain = [at for at in range(len(reading)) if reading.named_at(at) is None]
        return len(plain) >= limits()["headline_words"] - 1


def _plain_capitals(reading: Reading) -> float:
    """The share of words that begin with a capital, of those that are no names or abbreviations: many names and "DPRD", "PDIP"
    make no headline."""
    long = []
    for at in range(len(reading)):
        letters, loud = reading.end[at] - reading.start[at], reading.text[reading.start[at] : reading.end[at]].isupper()
        if letters >= 4 and (reading.named_at(at) is None or loud) and not (letters == 4 and loud):
            long.append(at)
    return min(reading.capitals, sum(map(reading.capital, long)) / len(long)) if long else reading.capitals


def election(reading: Reading, at: int, toward: str) -> str:
    """`other` where the sentence speaks of another election, contest or lottery and the text of no public one; else ""."""
    if not reading.every & OTHER_ELECTION:
        return ""
    low, high = reading.sentence_span(min(at, len(reading) - 1))
    numbered = all(
        place.signal == "contestant" and _is_number(reading, place) for place in reading.places if place.whom == toward
    )
    if numbered or all(p.strength < limits()["sure_name"] for p in reading.places if p.whom == toward):
        low, high = 0, len(reading) - 1  # a mere number, or a first name, is of whatever election the text speaks of
    if all(_called(reading, at, numbered) for at in range(low, high + 1) if reading.bits[at] & OTHER_ELECTION):
        return ""
    aside = {one for place in reading.places for one in range(place.first, place.last + 1)}
    for first, last in reading.ends.items():
        if reading.bits[first] & OTHER_ELECTION:
            aside |= set(range(first, last + 1))  # "presiden BEM" is no president
    real = any(
        reading.bits[one] & REAL_ELECTION
        and one not in aside
        and not (numbered and reading.words[one] in _ANY_ELECTION)  # a class votes and campaigns as well
        for one in range(len(reading))
    )
    return "" if real else "other"


_TO_ALL = word_list("to_all")
_ANY_ELECTION, _FOR = word_list("any_election"), word_list("for_office")


def _called(reading: Reading, at: int, numbered: bool) -> bool:
    """Whether the words of another election only tell who is addressed: "kepada seluruh ketua RT"; a mere number "buat ketua RT"
    (`numbered`) is chosen for that office."""
    before = reading.words[at - 1] if at and not reading.mark[at] else ""
    return before in _TO_ALL and not (numbered and before in _FOR)


def _is_number(reading: Reading, place: Place) -> bool:
    return any(one.isdigit() for one in reading.text[reading.start[place.first] : reading.end[place.last]])


def not_mine(reading: Reading, first: int) -> bool:
    """ "bukan saya yang …", "akun saya diretas": the words are not the writer's."""
    if not reading.every & FAKE:
        return False
    low, high = reading.sentence_span(first)
    high = min(high + limits()["fake_reach"], len(reading) - 1)
    return any(
        reading.bits[at] & FAKE and (at in reading.ends or reading.words[at] in _TAKEN_OVER)
        for at in range(low, high + 1)
    )


_TAKEN_OVER = word_list("taken_over")


def ordered(reading: Reading, low: int, last: int) -> bool:
    """Whether the writer was told to: "disuruh atasan …", "kepala sekolah nyuruh kita …"."""
    if reading.any(COERCED, low, last) >= 0:
        return True
    return any(
        (reading.bits[at] & BIT["orders"] and reading.bits[at + 1] & WRITER)
        or (
            at > low and reading.words[at] in _TOLD_TO and reading.bits[at - 1] & WRITER and reading.bits[at + 1] & VOTE
        )
        for at in range(low, last)
    )


_TOLD_TO = word_list("told_to")


_JAVANESE = word_list("javanese_before_tak")


def turned_down(reading: Reading, first: int) -> bool:
    """ "saya ditawari …, saya tolak": offered and refused."""
    low, high = reading.sentence_span(first)
    return reading.any(ASKED | COERCED, low, high) >= 0 and any(
        reading.bits[at] & REFUSE and (reading.is_writer(at) or (at and reading.is_writer(at - 1)))
        for at in range(low, high + 1)
    )


def affirmed(reading: Reading, at: int) -> bool:
    """Whether a negator is part of a series that denies nothing: "tidak hanya", "siapa lagi kalau bukan"."""
    written = reading.text[reading.start[at] : reading.end[at]].lower()
    if written == "tak" and at and reading.words[at - 1] in _JAVANESE:
        return True  # "sing tak coblos": whom I vote for
    return any(
        reading.bits[begin] & AFFIRM and begin <= at <= reading.ends.get(begin, begin)
        for begin in range(max(at - limits()["affirmed_reach"], 0), at + 1)
    )


def taught(reading: Reading, first: int, last: int, personal: bool) -> bool:
    """Whether the words stand as an example of what is forbidden or judged."""
    low, high = reading.sentence_span(first)
    if taught_list(reading, first) and (not personal or not reading.writes_of_self(reading.clause_start(first), last)):
        return True
    at = reading.any(EXAMPLE, low, high)
    if at < 0:
        return False
    return not personal or (reading.clause[at] == reading.clause[first] and at < first)


def taught_list(reading: Reading, first: int) -> bool:
    """Whether words stand in teaching material: behind "Dilarang: …" or "Contoh …: …", or in a text full of words of law that
    speaks of nobody's own doings."""
    if not reading.every & (EXAMPLE | LEGAL):
        return False
    for at in range(1, first + 1):
        begins = reading.clause_start(at - 1)
        own = any(map(reading.is_writer, range(begins, at)))  # "ya sudah saya ketik: …"
        if ":" in reading.mark[at] and not own and reading.any(EXAMPLE, reading.sentence_span(at - 1)[0], at - 1) >= 0:
            return True
    legal = {word for at, word in enumerate(reading.words) if reading.bits[at] & LEGAL}
    return len(legal) >= limits()["legal_words"] and not reading.writes_of_self(0, len(reading) - 1)


SAYS, _OWN_VIEW, _BY_LEAVE = word_list("says"), word_list("own_view"), word_list("by_leave")


def somebody(reading: Reading, first: int, last: int) -> bool:
    """Whether a clause is nothing but who speaks: "Istri: …", "Surya Paloh: …"; one unknown word ("Nazar: …") is nobody."""
    if last - first >= limits()["speaker_words"] or reading.any(WRITER | ADDRESSED, first, last) >= 0:
        return False
    persons = [bool(reading.bits[at] & (PERSON | BIT["honorific"])) for at in range(first, last + 1)]
    known = all(person or reading._stranger(at) for at, person in zip(range(first, last + 1), persons, strict=True))
    return known and (any(persons) or last > first)


def reports_another(reading: Reading, at: int) -> bool:
    """Whether a word of reporting at a place tells what somebody else said; not "saya bilang", "mau bilang aja"."""
    if own_report(reading, at):
        return False
    if reading.words[at] in SAYS or reading.words[at].startswith("di"):
        return True
    subject = reading.subject_of(at)
    if subject is not None:
        return subject.kind not in OWN_SPEAKERS
    low = reading.clause_start(at)
    if at + 1 < len(reading) and not reading.mark[at + 1] and any(place.first == at + 1 for place in reading.places):
        return True  # "sebut X", "tegas X"
    return any(low <= place.first and place.last < at for place in reading.places)


def own_report(reading: Reading, at: int) -> bool:
    """ "kata saya", "menurutku", "kata hati": the writer's own view."""
    after = at + 1
    if after < len(reading) and (reading.bits[after] & WRITER or reading.words[after] in _OWN_VIEW):
        return True
    return bool(at) and (reading.is_writer(at - 1) or reading.words[at - 1] in _BY_LEAVE)


def conditional(reading: Reading, first: int, last: int) -> bool:
    low = reading.clause_start(first)
    at = reading.any(CONDITIONAL, low, first)
    return at >= 0 and not affirmed(reading, at) and not reading.bits[at] & INNER  # "kalau saya sih"


_YEAR, _FIRST_YEAR = 4, 1955  # a year has four digits; no election before the first
_SINCE = word_list("since")


_FIRST_OF_ALL = word_list("first_of_all")


_THEN = word_list("then")


def long_ago(reading: Reading, low: int, high: int) -> bool:
    """Whether something is said to be over. "dulu" behind a verb is "first" ("absen dulu"), "dari dulu" goes on until today."""
    for at in range(low, high + 1):
        word = reading.words[at]
        year = int(word) if len(word) == _YEAR and word.isdigit() and reading.named_at(at) is None else 0
        if _FIRST_YEAR <= year <= limits()["last_past_year"] and (at == low or reading.words[at - 1] not in _SINCE):
            return True  # "2014 & 2019 aku nyoblos X"
        if not reading.bits[at] & PAST:
            continue
        if reading.words[at] in _FIRST_OF_ALL and at not in reading.ends:
            before = reading.words[at - 1] if at else ""
            opens = reading.clause_start(at) == at or bool(at and reading.bits[at - 1] & WRITER)
            behind = at + 1 <= high and reading.words[at + 1] in _THEN
            if before in _SINCE or not (opens or behind):
                continue
        return True
    return False


def compared(reading: Reading, place: Place) -> bool:
    """Whether somebody is only what another is compared with: "dibanding X", "lebih pas daripada X"."""
    return any(
        reading.bits[at] & COMPARE
        for at in range(max(place.first - limits()["compared_reach"], 0), place.first)
        if not reading.mark[at + 1]
    )


def conceded(reading: Reading, place: Place) -> bool:
    """Whether what is granted somebody is taken back for another: "X bagus, tapi Y lebih pas"."""
    end = len(reading) - 1
    if reading.any(CHOICE, reading.clause_start(place.first), reading.clause_end(place.last)) >= 0:
        return False  # a choice is not taken back
    at = reading.any(CONTRAST | LIMITING, place.last + 1, min(end, place.last + limits()["concession_reach"]))
    if at < 0:
        return False
    return any(
        p.first > at and p.whom and p.whom != place.whom and p.strength > 0 and p.signal == "contestant"
        for p in reading.places
    )
