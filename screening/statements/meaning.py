"""How something is meant, and by whom: asserted, denied, refused, asked, quoted, reported, wished, of another election …

Everything here is a property of one statement. Nothing switches a whole text off: "Merdeka! X pilihanku" is what the second
half says. Only the classifier's opinion, which is about the whole text, is weakened by any sign anywhere in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from screening.classifier.words import word_classes
from screening.statements.reading import PERSON, WRITER, Place, Reading, Subject
from screening.statements.words import BIT, limits

NEGATOR, REFUSE, ASKED, COERCED, PAST, QUIT, CONDITIONAL, QUESTION, WISH, REPORT, ACCUSED, FAKE, EXAMPLE, CONTRAST = (
    BIT[name]
    for name in (
        "negator", "refuse", "asked", "coerced", "past", "quit", "conditional", "question", "wish", "report", "accused",
        "fake", "example", "contrast",
    )
)  # fmt: skip
PURPOSE, PROP, INTENT, CHOICE, COMPARE, LIMITING, LEGAL = (
    BIT["purpose"], BIT["prop"], BIT["intent"], BIT["choice"], BIT["compare"], BIT["limiting"], BIT["legal"]
)
COURTESY, VOTE, INNER, AFFIRM, PARTISAN, TEAM_ROLE, IMPERATIVE, OBJECT, ADDRESSED, LIGHT, CAMPAIGNING, POLITICS = (
    BIT[name]
    for name in (
        "courtesy", "vote", "inner", "affirm", "partisan", "team_role", "imperative", "object", "addressed", "light",
        "campaigning", "politics",
    )
)  # fmt: skip
OTHER_ELECTION, REAL_ELECTION = BIT["other_election"], BIT["real_election"]
OWN = ("self", "group_with_self", "addressed")
APPEALS = ("solicitation", "counter_solicitation")
_TAGS = frozenset({"kan", "ya", "kalian", "setuju", "lu", "lo", "kamu", "gimana", "siapa", "yakan", "betul", "bener", "dong", "yuk"})  # fmt: skip


_CALLING = frozenset({"ya", "yuk", "ayo", "dong", "yah", "guys", "gaes", "yok", "kuy", "lah", "deh", "sih", "kok", "nih"})


class Shape:
    """What a text looks like as a whole: a headline is written in Title Case, speaks of nobody present and calls nobody."""

    def __init__(self, reading: Reading, *, profile: bool = False) -> None:
        self.reading, self.profile = reading, profile
        self.headline = not profile and self._headline()

    def _headline(self) -> bool:
        reading = self.reading
        if len(reading) < limits()["headline_words"] or "!" in reading.text or "#" in reading.text:
            return False
        if reading.capitals < limits()["title_case"] or reading.text.isupper():
            return False
        if reading.writes_of_self(0, len(reading) - 1) or reading.bits[0] & (IMPERATIVE | ADDRESSED | VOTE | NEGATOR | TEAM_ROLE):
            return False
        if not _CALLING.isdisjoint(reading.words) or any(place.signal == "slogan" for place in reading.places):
            return False
        plain = [at for at in range(len(reading)) if reading.named_at(at) is None]
        return len(plain) >= limits()["headline_words"] - 1


def election(reading: Reading, at: int, toward: str) -> str:
    """`other` where the sentence speaks of another election, contest or lottery and the text of no public one; else ""."""
    if not reading.every & OTHER_ELECTION:
        return ""
    low, high = reading.sentence_span(min(at, len(reading) - 1))
    if all(place.signal == "contestant" and _is_number(reading, place) for place in reading.places if place.whom == toward):
        low, high = 0, len(reading) - 1  # a mere number is of whatever election the text speaks of
    elif all(p.strength < limits()["sure_name"] for p in reading.places if p.whom == toward):
        low, high = 0, len(reading) - 1  # so is whoever bears the same first name
    if all(_called(reading, at) for at in range(low, high + 1) if reading.bits[at] & OTHER_ELECTION):
        return ""
    aside = {one for place in reading.places for one in range(place.first, place.last + 1)}
    for first, last in reading.ends.items():
        if reading.bits[first] & OTHER_ELECTION:
            aside |= set(range(first, last + 1))  # "presiden BEM" is no president
    real = any(reading.bits[one] & REAL_ELECTION and one not in aside for one in range(len(reading)))
    return "" if real else "other"


_TO_ALL = frozenset({"para", "semua", "seluruh", "segenap", "kepada", "ke", "buat", "untuk", "grup", "group", "bersama", "sama"})


def _called(reading: Reading, at: int) -> bool:
    """Whether the words of another election only tell who is addressed: "kepada seluruh ketua RT"."""
    return at > 0 and not reading.mark[at] and reading.words[at - 1] in _TO_ALL


def _is_number(reading: Reading, place: Place) -> bool:
    return any(one.isdigit() for one in reading.text[reading.start[place.first] : reading.end[place.last]])


def of_direction(
    reading: Reading, signal: str, first: int, last: int, place: Place | None, shape: Shape, own: Collection[str]
) -> tuple[str, str, bool]:
    """(speaker, meant, personal) of a phrase of direction over words `first`..`last`, about `place`."""
    low, high = reading.clause_start(first), reading.clause_end(last)
    subject = _doer(reading, first, last, place)
    speaker = "self" if subject is None else subject.kind
    inner = reading.any(INNER, low, high) >= 0
    personal = speaker in OWN and (
        inner or reading.writes_of_self(low, high) or (signal in APPEALS and not shape.headline)
    )
    start, end = _predicate_span(reading, first, last, place)
    if reading.quoted(start, end):
        return speaker, "quoted", personal
    meant = _denied(reading, first, last, own, place, signal)
    if meant:
        return speaker, meant, personal
    if _taught(reading, first, last, personal):
        return speaker, "example", personal
    if signal in ("support", "solicitation"):
        if _not_mine(reading, first):
            return speaker, "denied", personal
        if _ordered(reading, low, last):
            return speaker, "coerced", personal
    if _reported(reading, first, last, personal, inner) or (shape.headline and not personal):
        return speaker, "reported", personal
    if _long_ago(reading, low, last) and reading.any(WISH, low, last) < 0:
        return speaker, "past", personal
    if _asked(reading, first, last):
        return speaker, "asked", personal
    if signal not in APPEALS and _conditional(reading, first, last):
        return speaker, "conditional", personal
    if signal in ("support", "solicitation") and (_courteous(reading, first) or _won_something(reading, last)):
        return speaker, "courtesy", personal
    wished = signal == "support" and reading.any(WISH, low, high) >= 0
    return speaker, "wished" if wished else "asserted", personal


def _doer(reading: Reading, first: int, last: int, place: Place | None) -> Subject | None:
    """Who supports, chooses or calls, where a phrase has such a verb; None: nobody else than the writer."""
    if reading.bits[first] & WRITER and not reading.is_writer(first):
        return next((one for one in reading.subjects if one.first <= first <= one.last), Subject(first, first, "other"))
    verb = next(
        (at for at in range(first, last + 1) if reading.bits[at] & VOTE and (place is None or not place.first <= at <= place.last)),
        -1,
    )  # fmt: skip
    if verb < 0:
        lead = [one for one in reading.subjects if reading.clause_start(first) <= one.first and one.last < first]
        return lead[-1] if lead and lead[-1].kind not in OWN and place is not None and place.first >= first else None
    subject = reading.subject_of(verb)
    low = reading.clause_start(verb)
    if subject is not None and subject.kind == "other" and reading.bits[subject.first] & BIT["people"]:
        if reading.any(IMPERATIVE, low, reading.clause_end(last)) >= 0:
            return Subject(subject.first, subject.last, "addressed")
    if subject is not None:
        return subject
    for other in reading.places:
        if low <= other.first and other.last < verb and (place is None or other.whom != place.whom):
            if all(reading.bits[at] & LIGHT for at in range(low, other.first)) and other.signal in ("party", "contestant", "team"):
                return Subject(other.first, other.last, "institution")
    return None


def _not_mine(reading: Reading, first: int) -> bool:
    """"bukan saya yang …", "akun saya diretas": the words are not the writer's."""
    low, high = reading.sentence_span(first)
    high = min(high + 3, len(reading) - 1)
    return any(
        reading.bits[at] & FAKE and (at in reading.ends or reading.words[at] in _TAKEN_OVER) for at in range(low, high + 1)
    )


_TAKEN_OVER = frozenset({"dibajak", "diretas", "dihack", "dicatut", "editan", "diedit", "deepfake", "rekayasa"})


def _ordered(reading: Reading, low: int, last: int) -> bool:
    """Whether the writer was told to: "disuruh atasan …", "kepala sekolah nyuruh kita …"."""
    if reading.any(COERCED, low, last) >= 0:
        return True
    return any(
        reading.bits[at] & BIT["orders"] and at + 1 <= last and reading.bits[at + 1] & WRITER for at in range(low, last)
    )


def _predicate_span(reading: Reading, first: int, last: int, place: Place | None) -> tuple[int, int]:
    """Characters of a phrase without the name at its edge: quoting only a name quotes nothing."""
    if place is not None and place.first <= first <= place.last < last:
        first = place.last + 1
    if place is not None and place.first <= last <= place.last and place.first > first:
        last = place.first - 1
    return reading.start[first], reading.end[last]


_JAVANESE = frozenset({"sing", "wis", "arep", "wes", "ki", "iki", "suaraku", "aku", "bakal"})


def _affirmed(reading: Reading, at: int) -> bool:
    """Whether a negator is part of a series that denies nothing: "tidak hanya", "siapa lagi kalau bukan"."""
    written = reading.text[reading.start[at] : reading.end[at]].lower()
    if written == "tak" and at and reading.words[at - 1] in _JAVANESE:
        return True  # "sing tak coblos": whom I vote for
    return any(
        reading.bits[begin] & AFFIRM and begin <= at <= reading.ends.get(begin, begin)
        for begin in range(max(at - 4, 0), at + 1)
    )


def _denied(
    reading: Reading, first: int, last: int, own: Collection[str], place: Place | None, signal: str
) -> str:
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
        if not bits & (NEGATOR | REFUSE | ACCUSED) or reading.words[at] in own or _affirmed(reading, at):
            continue
        if reading.named_at(at) is not None:
            continue  # "Kagak ribet deh" is a slogan
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
    """"menolak memasang baliho X" refuses to do something; "tolak X" is against X."""
    at = reading.any(REFUSE, first, place.first - 1)
    return at >= 0 and any(
        not reading.bits[one] & (LIGHT | BIT["honorific"]) and reading.words[one] not in _TITLES
        for one in range(reading.ends.get(at, at) + 1, place.first)
    )


_TITLES = frozenset({"capres", "cawapres", "calon", "paslon", "cagub", "pasangan", "keras", "tegas", "dengan", "nomor", "urut", "duet", "partai"})


def _other_name(reading: Reading, at: int, place: Place | None) -> bool:
    found = reading.named_at(at)
    return found is not None and bool(found.whom) and (place is None or found.whom != place.whom)


def _taught(reading: Reading, first: int, last: int, personal: bool) -> bool:
    """Whether the words stand as an example of what is forbidden or judged."""
    low, high = reading.sentence_span(first)
    if not personal and taught_list(reading, first):
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
        if ":" in reading.mark[at] and reading.any(EXAMPLE, reading.sentence_span(at - 1)[0], at - 1) >= 0:
            return True
    legal = {word for at, word in enumerate(reading.words) if reading.bits[at] & LEGAL}
    return len(legal) >= limits()["legal_words"] and not reading.writes_of_self(0, len(reading) - 1)


def _reported(reading: Reading, first: int, last: int, personal: bool, inner: bool) -> bool:
    """Whether somebody else is said to have said it: "kata X …", "… , ujarnya", "X bilang: …"."""
    if inner:
        return False
    low, high = reading.clause_start(first), reading.clause_end(last)
    if low and reading.sentence[low - 1] == reading.sentence[first] and "," in reading.mark[low]:
        begin = reading.clause_start(low - 1)  # "Kata Pak RT, ayo …"
        if reading.words[begin] in _SAYS and not _own_report(reading, begin) and reading.any(PERSON | BIT["honorific"], begin + 1, low - 1) >= 0:
            return True
    behind = reading.any(REPORT, last, high)
    if behind >= last and reading.words[behind] in _SAYS and behind + 1 <= high and reading.bits[behind + 1] & PERSON:
        return True  # "… , kata mereka"
    at = reading.any(REPORT, low, high)
    if at >= 0 and reports_another(reading, at):
        if at < first or reading.words[at] in _SAYS:
            return not personal or at < first
    behind = high + 1
    if behind < len(reading) and reading.sentence[behind] == reading.sentence[first]:
        end = reading.clause_end(behind)
        at = reading.any(REPORT, behind, min(behind + 1, end))
        if at >= 0 and reports_another(reading, at) and not personal:
            return True
    if low and ":" in reading.mark[low] and _somebody(reading, reading.clause_start(low - 1), low - 1):
        return True
    if low and reading.sentence[low - 1] == reading.sentence[first] and ":" in reading.mark[low]:
        at = reading.any(REPORT, reading.clause_start(low - 1), low - 1)
        return at >= 0 and reports_another(reading, at)
    return False


_SAYS = frozenset({"kata", "katanya", "ujar", "ujarnya", "tutur", "tuturnya", "menurut", "ucap", "ucapnya", "konon", "kabarnya"})


def _somebody(reading: Reading, first: int, last: int) -> bool:
    """Whether a clause is nothing but who speaks: "Istri: …", "Surya Paloh: …"; one unknown word ("Nazar: …") is nobody."""
    if last - first > 2 or reading.any(WRITER | ADDRESSED, first, last) >= 0:
        return False
    persons = [bool(reading.bits[at] & (PERSON | BIT["honorific"])) for at in range(first, last + 1)]
    known = all(person or reading._stranger(at) for at, person in zip(range(first, last + 1), persons, strict=True))
    return known and (any(persons) or last > first)


def reports_another(reading: Reading, at: int) -> bool:
    """Whether a word of reporting at a place tells what somebody else said; not "saya bilang", "mau bilang aja"."""
    if _own_report(reading, at):
        return False
    if reading.words[at] in _SAYS or reading.words[at].startswith("di"):
        return True
    subject = reading.subject_of(at)
    if subject is not None:
        return subject.kind not in OWN
    low = reading.clause_start(at)
    if at + 1 < len(reading) and not reading.mark[at + 1] and any(place.first == at + 1 for place in reading.places):
        return True  # "sebut X", "tegas X"
    return any(low <= place.first and place.last < at for place in reading.places)


def _own_report(reading: Reading, at: int) -> bool:
    """"kata saya", "menurutku", "kata hati": the writer's own view."""
    after = at + 1
    if after < len(reading) and (reading.bits[after] & WRITER or reading.words[after] in ("hati", "hatiku", "hemat")):
        return True
    return bool(at) and (reading.is_writer(at - 1) or reading.words[at - 1] in ("izin", "ijin", "izinkan", "ijinkan"))


def _asked(reading: Reading, first: int, last: int) -> bool:
    """Whether the phrase is what a question asks: its clause ends in a question mark or opens with a word of asking."""
    if any(reading.bits[at] & AFFIRM for at in range(reading.clause_start(first), last + 1)):
        return False  # "siapa lagi kalau bukan X?" asks nothing
    low = reading.clause_start(first)
    if not _WHY.isdisjoint(reading.words[low : last + 1]) and reading.writes_of_self(low, last) and reading.any(CHOICE, low, last) >= 0:
        return False  # "kenapa saya pilih X?" takes it for granted
    if reading.asks(last):
        end = reading.clause_end(last)
        return reading.words[end] not in _TAGS or reading.words[end] == "siapa"
    low = reading.clause_start(first)
    if reading.bits[low] & QUESTION and not _affirmed(reading, low) and low < first:
        return "?" in reading.text[reading.end[last] : reading.end[last] + 40]
    return False


_WHY = frozenset({"kenapa", "mengapa", "alasan", "napa", "ngopo"})


def _conditional(reading: Reading, first: int, last: int) -> bool:
    low = reading.clause_start(first)
    at = reading.any(CONDITIONAL, low, first)
    return at >= 0 and not _affirmed(reading, at) and not reading.bits[at] & INNER  # "kalau saya sih"


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
    named = {one for place in reading.places if place.signal == "contestant" for one in range(place.first, place.last + 1)}
    return not any(reading.bits[at] & (PARTISAN | VOTE) and at not in named for at in range(low, high + 1))


def of_claim(
    reading: Reading, signal: str, first: int, last: int, shape: Shape, strength: float, own: Collection[str]
) -> tuple[str, str, float]:
    """(speaker, meant, strength) of something a text says was done."""
    low, high = reading.clause_start(first), reading.clause_end(last)
    speaker = _claimant(reading, first, last, shape)
    if reading.quoted(reading.start[first], reading.end[last]):
        return speaker, "quoted", strength
    meant = _claim_denied(reading, low, first, last, high, own)
    if meant:
        return speaker, meant, strength
    if _taught(reading, first, last, False) and speaker in OWN and not reading.writes_of_self(low, high):
        return speaker, "example", strength
    if signal in _ORDERS and speaker in ("other", "colleague") and reading.any(_MUST, low, last) >= 0:
        speaker = "self"  # "semua pegawai wajib …": who writes it gives the order
    if reading.any(WISH, low, first) >= 0 and not reading.writes_of_self(low, high):
        return speaker, "courtesy", strength  # "semoga perjalanan dinas Pak X lancar"
    if _hearsay(reading, low, first, last):
        return speaker, "reported", strength
    report = reading.any(REPORT, low, first)
    if report >= 0 and not _own_report(reading, report) and not reading.writes_of_self(report + 1, last):
        return speaker, "reported", strength
    if shape.headline:
        return speaker, "reported", strength
    if _past(reading, low, first, last, high):
        return speaker, "past", strength
    if _ordered(reading, low, last):
        return speaker, "coerced", strength
    intent = reading.any(INTENT, max(low, first - 2), last - 1)
    if intent >= 0 and not (intent and reading.words[intent - 1] == "yang"):
        return speaker, "conditional", strength
    if reading.any(ASKED, low, first) >= 0 and signal != "claim_active_part":
        return speaker, "conditional", strength
    if reading.asks(last):
        return speaker, "asked", strength
    if _conditional(reading, first, last):
        return speaker, "conditional", strength
    return speaker, "asserted", strength


_HEARSAY = frozenset({"gosip", "gosipnya", "isu", "isunya", "rumor", "kabarnya", "fitnah", "hoaks", "hoax", "tuduhan", "dituduh", "dibilang", "disebut", "dikira"})
_UNTRUE = frozenset({"hoaks", "hoax", "fitnah", "bohong", "ngawur", "ngarang"})
_NOT_TRUE = frozenset({"benar", "bener", "betul"})


def _hearsay(reading: Reading, low: int, first: int, last: int) -> bool:
    """Whether a claim is what people say, or the next words call it untrue: "Gosip bilang saya …. Ga bener"."""
    if any(reading.words[at] in _HEARSAY for at in range(low, first + 1)):
        return True
    begin = reading.sentence_span(last)[1] + 1
    for at in range(begin, min(begin + 4, len(reading))):
        if reading.words[at] in _UNTRUE and not (at and reading.bits[at - 1] & NEGATOR):
            return True
        if reading.words[at] in _NOT_TRUE and at > begin and reading.bits[at - 1] & NEGATOR:
            return True
    return False


_ORDERS = frozenset({"claim_mobilise", "claim_decision"})
_MUST = IMPERATIVE


_PERSON_SHOWN = frozenset({"pegawai", "asn", "pns", "pelaku", "ia", "dia", "bersangkutan", "dirinya", "subjek", "pemilik", "pengunggah"})


def shown(reading: Reading, first: int) -> str:
    """Who does what an analyst's words tell of a picture: the person, unless the words say others do."""
    low = reading.clause_start(first)
    here = [one for one in reading.subjects if low <= one.first <= first]
    if here and not any(reading.words[at] in _PERSON_SHOWN for at in range(low, first + 1)):
        return here[-1].kind
    return "self"


def instead(reading: Reading, signal: str, first: int, last: int) -> str:
    """What a claim really says: being near a team is presence, no role in it; collecting cards for somebody else is no
    candidacy of one's own."""
    if signal in ("claim_team", "claim_expert") and not _has_role(reading, reading.clause_start(first), first, last):
        return "passive_presence"
    if signal == "claim_approach_public" and not _stands_self(reading) and "ktp" in reading.words:
        return "claim_identity_cards"
    return signal


def _claimant(reading: Reading, first: int, last: int, shape: Shape) -> str:
    low = reading.clause_start(first)
    for at in range(first, last + 1):
        agent = reading._agent(at)
        if agent is not None and agent.kind not in ("addressed",):
            return agent.kind
    here = [one for one in reading.subjects if low <= one.first and one.first <= last]
    here = [one for one in here if one.kind != "addressed"]
    if here and not shape.profile:
        before = [one for one in here if one.last < last] or here
        return before[-1].kind
    verb = next((at for at in range(first, last + 1) if not reading.bits[at] & LIGHT), first)
    subject = None if shape.profile else reading.subject_of(verb)  # a profile speaks of its owner: "Guru SD | Tim …"
    if subject is not None:
        return "self" if subject.kind == "addressed" else subject.kind
    for place in reading.places:
        if low <= place.first and place.last < verb and place.signal in ("party", "contestant", "team"):
            if all(reading.bits[at] & LIGHT for at in range(low, place.first)):
                return "institution"
    return "institution" if shape.headline else "self"


_STANDS = frozenset({"maju", "nyalon", "mencalonkan", "calon", "nyaleg", "bacalon", "balon", "mencalon"})


def _stands_self(reading: Reading) -> bool:
    """Whether the writer says of himself or herself that he or she stands: "saya maju …"."""
    return any(
        reading.is_writer(at) and any(reading.words[one] in _STANDS for one in range(at + 1, min(at + 5, len(reading))))
        for at in range(len(reading))
    )


_NEAR = frozenset({"bareng", "bersama", "barengan", "dengan", "sama", "ketemu", "bertemu", "undangan", "lihat", "dari"})


def _has_role(reading: Reading, low: int, first: int, last: int) -> bool:
    """A word of a role, not only being near a team."""
    if any(reading.words[at] in _NEAR for at in range(max(first - 1, low), last + 1)):
        return False
    if reading.any(TEAM_ROLE, max(low, first - 4), last) >= 0:
        return True
    return first > low and reading.is_writer(first - 1)  # "saya tim sukses X"


def _claim_denied(reading: Reading, low: int, first: int, last: int, high: int, own: Collection[str]) -> str:
    for at in range(last, low - 1, -1):
        bits = reading.bits[at]
        if bits & (NEGATOR | REFUSE | ACCUSED | FAKE) and reading.words[at] not in own and not _affirmed(reading, at):
            if reading.named_at(at) is not None or (at and reading.words[at - 1] == "yang"):
                continue  # "staf yang tidak dukung X": who is meant, not what was done
            return "refused" if bits & REFUSE else "denied"
    end = len(reading) - 1
    low_sentence, high_sentence = reading.sentence_span(first)
    if reading.any(FAKE, low_sentence, min(high_sentence + 3, end)) >= 0:
        return "denied"  # also "…? Ga bener."
    sentence_end = reading.sentence_span(last)[1]
    after = high + 1
    asked = reading.any(ASKED | COERCED | ACCUSED, low, high) >= 0
    stop = end if asked else sentence_end
    while after <= stop:
        close = reading.clause_end(after)
        for at in range(after, close + 1):
            if reading.bits[at] & (REFUSE | NEGATOR) and not _affirmed(reading, at):
                short = close - after <= 5
                if reading.bits[at] & REFUSE or (short and (asked or reading.bits[after] & CONTRAST)):
                    return "refused" if asked or reading.bits[at] & REFUSE else "denied"
        after = close + 1
    return ""


def _past(reading: Reading, low: int, first: int, last: int, high: int) -> bool:
    if _long_ago(reading, low, last):
        return True
    sentence = reading.sentence_span(first)
    if reading.any(QUIT, *sentence) >= 0 or _long_ago(reading, last, high):
        return True
    years = [int(word) for word in reading.words[low : high + 1] if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")]
    return any(year <= limits()["last_past_year"] for year in years)


_SINCE = frozenset({"dari", "sejak", "dr", "semenjak"})
_FIRST_OF_ALL = frozenset({"dulu", "dahulu"})
_THEN = frozenset({"waktu", "saat", "pas", "sebelum", "ketika", "jaman", "zaman", "sempat", "pernah", "masih", "memang", "emang"})


def _long_ago(reading: Reading, low: int, high: int) -> bool:
    """Whether something is said to be over. "dulu" behind a verb is "first" ("absen dulu"), "dari dulu" goes on until today."""
    for at in range(low, high + 1):
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


def choices(reading: Reading, shape: Shape) -> list[tuple[int, int, Place, str]]:
    """(first word, last word, who, signal) of clauses in which the writer chooses, or calls on others to choose, the one
    contestant named there: a word of choosing in the writer's own voice, denied and told of others not at all."""
    found = []
    for place in reading.places:
        if not place.whom or place.strength < limits()["weak_name"] or place.signal not in ("contestant", "pejorative", "slogan"):
            continue
        low, high = reading.clause_start(place.first), reading.clause_end(place.last)
        if low and not reading.mark[low].strip(",: ") and reading.sentence[low - 1] == reading.sentence[low] and not any(
            p.whom for p in reading.places if reading.clause[p.first] == reading.clause[low - 1]
        ) and reading.any(CHOICE, reading.clause_start(low - 1), low - 1) >= 0 and not reading.bits[low] & CONTRAST:
            low = reading.clause_start(low - 1)  # "gue sih pilih yang pasti: X"
        others = {p.whom for p in reading.places if p.whom and p.strength > 0 and low <= p.first <= high and p.signal != "party"}
        if len(others) > 1 or shape.headline:
            continue
        named = {at for p in reading.places for at in range(p.first, p.last + 1)}
        verb = next((at for at in range(low, high + 1) if reading.bits[at] & CHOICE and at not in named), -1)
        if verb < 0 or abs(verb - place.first) > limits()["choice_reach"]:
            continue
        call = reading.any(IMPERATIVE | ADDRESSED, low, high) >= 0 or verb == low
        voice = reading.writes_of_self(low, high) or call
        if voice:
            found.append((min(verb, place.first), max(verb, place.last), place, "solicitation" if call and not reading.writes_of_self(low, high) else "support"))
    return found


def chooses(reading: Reading) -> bool:
    """Whether a text that names nobody chooses the one of whom the parent text speaks: "Jagoan saya nih"."""
    end = len(reading) - 1
    return end >= 0 and not reading.places and "?" not in reading.text and reading.any(NEGATOR | REPORT, 0, end) < 0 and (
        reading.any(INNER, 0, end) >= 0
        or (reading.any(CHOICE, 0, end) >= 0 and reading.writes_of_self(0, end))
    )  # fmt: skip


def compared(reading: Reading, place: Place) -> bool:
    """Whether somebody is only what another is compared with: "dibanding X", "lebih pas daripada X"."""
    return any(
        reading.bits[at] & COMPARE for at in range(max(place.first - 2, 0), place.first) if not reading.mark[at + 1]
    )


def conceded(reading: Reading, place: Place) -> bool:
    """Whether what is granted somebody is taken back for another: "X bagus, tapi Y lebih pas"."""
    end = len(reading) - 1
    if reading.any(CHOICE, reading.clause_start(place.first), reading.clause_end(place.last)) >= 0:
        return False  # a choice is not taken back
    at = reading.any(CONTRAST | LIMITING, place.last + 1, min(end, place.last + limits()["concession_reach"]))
    if at < 0:
        return False
    return any(p.first > at and p.whom and p.whom != place.whom and p.strength > 0 and p.signal == "contestant" for p in reading.places)


def says_of_self(reading: Reading, first: int, last: int) -> bool:
    """Whether the writer is the doer of the verb of a phrase: "saya dukung X"."""
    verb = next((at for at in range(first, last + 1) if reading.bits[at] & (VOTE | CHOICE) and reading.named_at(at) is None), -1)
    subject = reading.subject_of(verb) if verb >= 0 else None
    return subject is not None and subject.kind in ("self", "group_with_self") and reading.words[subject.first] != "kita"


def own_role(reading: Reading, start: int, end: int) -> bool:
    """Whether words of an audience are the writer's own role: "sebagai warga, saya …"."""
    first, _ = reading.tokens(start, end)
    return first > 0 and reading.words[first - 1] in ("sebagai", "selaku")


def tone(reading: Reading) -> list[str]:
    """What a text without any word of a side is: a question, courtesy, or a refusal; for comments under somebody's post."""
    end = len(reading) - 1
    if end < 0 or campaigns(reading, 0, end) or reading.any(IMPERATIVE, 0, end) >= 0:
        return []
    found = ["question"] if "?" in reading.text or reading.any(QUESTION, 0, 2) >= 0 else []
    found += ["courtesy"] if reading.any(COURTESY, 0, end) >= 0 else []
    found += ["neutral_mention"] if own_words(reading, 0, end) >= limits()["off_topic_words"] else []
    found += ["negation"] if reading.any(NEGATOR | FAKE, 0, end) >= 0 else []
    return found


def own_words(reading: Reading, first: int, last: int) -> int:
    """Words of a stretch beside names, numbers, signs and forms of address."""
    count = 0
    for at in range(first, last + 1):
        word = reading.words[at]
        if reading.named_at(at) is None and word.isalpha() and len(word) > 1 and not reading.bits[at] & BIT["honorific"]:
            count += 1
    return count


_CONTEXT_CUES = PARTISAN | VOTE | IMPERATIVE | ADDRESSED


def context_strength(reading: Reading, strength: float) -> float:
    """How far the classifier is believed about a text that names nobody, under somebody's post."""
    if strength >= limits()["model_context"] and (reading.any(_CONTEXT_CUES, 0, len(reading) - 1) >= 0 or _addresses(reading)):
        return strength
    if strength >= limits()["model_alone"] and reading.any(_CONTEXT_CUES, 0, len(reading) - 1) >= 0:
        return limits()["unsupported_name"]
    return 0.0


def _addresses(reading: Reading) -> bool:
    """Speaks to the one whose post it is: "Pak", "Bu", "bapak" without another name."""
    return any(reading.bits[at] & BIT["honorific"] and reading.words[at] in ("pak", "bapak", "bu", "ibu", "mas", "bang", "kang")
               for at in range(len(reading)))  # fmt: skip


_STRONG = PARTISAN | VOTE | CAMPAIGNING
_AGAINST = frozenset({"corrupt", "lie", "insult", "failure"})
_EMPTY = BIT["light"] | BIT["object"] | BIT["honorific"] | NEGATOR | WRITER | PERSON


def campaigns(reading: Reading, first: int, last: int) -> bool:
    """Whether a stretch holds a word of choosing, winning or fitness for office, outside the names."""
    return any(
        reading.named_at(at) is None and (reading.bits[at] & _STRONG or _classed(reading, at, _FIT))
        for at in range(first, last + 1)
    )


_FIT = frozenset({"fit"})


def _classed(reading: Reading, at: int, classes: frozenset[str]) -> bool:
    """Whether a word is of one of the classifier's classes (`data/model/words.csv`); parts of set phrases ("tidak tahu malu")
    say nothing by themselves."""
    return (
        len(reading.words[at]) > 3 and not reading.bits[at] & _EMPTY
        and not classes.isdisjoint(word_classes(reading.words[at])) and reading.words[at] not in _COMMON
    )  # fmt: skip


_COMMON = frozenset({
    "tahu", "mana", "muka", "sakit", "jiwa", "rendah", "masuk", "akal", "besar", "mulut", "batu", "tangan", "suci", "cuci",
    "kasus", "uang", "naik", "banjir", "macet", "mahal", "siap", "sosok", "figur", "bisa", "rusak", "buang", "proyek",
    "langgar", "lupa", "drama", "hancur", "susah", "miskin", "kosong",
})  # fmt: skip


def own_choice(reading: Reading, signal: str, first: int, last: int) -> bool:
    """Whether words of choosing stand in a stretch that tells of nobody else (for `support`), or words of blame (`attack`)."""
    if signal == "attack":
        return any(
            reading.named_at(at) is None and (_classed(reading, at, _AGAINST) or reading.bits[at] & REFUSE)
            for at in range(first, last + 1)
        )
    others = [one for one in reading.subjects if first <= one.first <= last and one.kind not in OWN]
    voice = not others or reading.writes_of_self(first, last)
    return voice and campaigns(reading, first, last)


_KINDLY = COURTESY | BIT["everyday"] | BIT["kin"]


def everyday(reading: Reading, first: int, last: int) -> bool:
    """Whether words tell of everyday things and have no word of politics, of choosing or of scorn."""
    named = {one for place in reading.places for one in range(place.first, place.last + 1)}
    inside = [reading.bits[at] for at in range(first, last + 1) if at not in named]
    return any(bits & BIT["everyday"] for bits in inside) and not any(bits & (POLITICS | PARTISAN | VOTE) for bits in inside)


def goodwill(reading: Reading, first: int, last: int, strength: float) -> tuple[str, float]:
    """(meant, strength) of friendly words without any word of an election: about health, family, work or a greeting they are
    courtesy, else they hint."""
    named = {one for place in reading.places for one in range(place.first, place.last + 1)}
    kindly = any(reading.bits[at] & _KINDLY and at not in named for at in range(first, last + 1))
    if kindly:
        return "courtesy", strength
    return "asserted", strength if strength >= limits()["goodwill_sure"] else min(strength, limits()["goodwill"])


_STYLES = frozenset({
    "news_style", "official_style", "reported_speech", "neutrality", "election_information", "official_duty", "takedown",
    "congratulation",
})  # fmt: skip


def of_opinion(
    reading: Reading, signal: str, first: int, last: int, shape: Shape, made: Sequence[Any], markers: Sequence[Any]
) -> str:
    """How words `first`..`last` are meant, for an opinion about all of them together."""
    if last < first:
        return "asserted"
    inside = [one for one in made if _overlaps(reading, one.proof, first, last)]
    if any(one.predicate == signal and one.meant in ("asserted", "wished") and one.strength > 0
           and (one.channel != "own" or one.speaker in OWN) for one in inside):  # fmt: skip
        return "asserted"
    if shape.headline or _reported_stretch(reading, first):
        return "reported"
    if signal == "support" and (_not_mine(reading, first) or _ordered(reading, first, last)):
        return "denied" if _not_mine(reading, first) else "coerced"
    if signal == "support" and _turned_down(reading, first):
        return "refused"
    for one in inside:
        if one.predicate in ("support", "attack", *APPEALS) or one.predicate.startswith("claim_"):
            if one.meant == "courtesy" and _partisan(reading, first, last):
                continue
            if one.meant not in ("asserted", "wished"):
                return one.meant
            if (one.speaker not in OWN and one.channel == "own") or one.toward == "all":
                return "reported"
    if _all_quoted(reading, first, last):
        return "quoted"
    personal = reading.writes_of_self(first, last) or reading.any(IMPERATIVE | INNER, first, last) >= 0
    doubt = 1.0
    for hit in markers:
        if hit.signal in _STYLES and _overlaps(reading, hit, first, last):
            at = reading.tokens(hit.start, hit.end)[0]
            said = hit.signal == "reported_speech" and reports_another(reading, at)
            if said or (not personal and hit.signal != "reported_speech"):
                doubt *= 1.0 - hit.strength
    if 1.0 - doubt >= limits()["weak_name"]:
        return "reported"
    if reading.any(COURTESY, first, last) >= 0 and not _partisan(reading, first, last):
        return "courtesy"
    if not personal and reading.any(EXAMPLE, first, last) >= 0:
        return "example"
    if reading.asks(last) and reading.sentence[first] == reading.sentence[last] and reading.words[last] not in _TAGS:
        return "asked"
    named = [place for place in reading.places if first <= place.first <= last and place.signal == "contestant"]
    if named and not personal and all(reading.asks(place.last) for place in named) and not own_choice(reading, signal, first, last):
        return "asked"
    if signal == "support" and _told_of_others(reading, first, last, personal):
        return "reported"
    return "asserted"


def _turned_down(reading: Reading, first: int) -> bool:
    """"saya ditawari …, saya tolak": offered and refused."""
    low, high = reading.sentence_span(first)
    return reading.any(ASKED | COERCED, low, high) >= 0 and any(
        reading.bits[at] & REFUSE and (reading.is_writer(at) or (at and reading.is_writer(at - 1))) for at in range(low, high + 1)
    )


def _reported_stretch(reading: Reading, first: int) -> bool:
    """Whether a stretch follows "X:" where X is somebody."""
    return bool(first) and ":" in reading.mark[first] and _somebody(reading, reading.clause_start(first - 1), first - 1)


def _told_of_others(reading: Reading, first: int, last: int, personal: bool) -> bool:
    """Whether the clauses that name somebody tell what others do: a person, a party or a team leads them and the writer is
    not in them."""
    named = [place for place in reading.places if first <= place.first <= last and place.signal == "contestant"]
    if not named:
        return False
    for place in named:
        low = reading.clause_start(place.first)
        lead = [one for one in reading.subjects if low <= one.first and one.last < place.first and one.kind not in OWN]
        if not lead or reading.writes_of_self(low, reading.clause_end(place.last)):
            break
    else:
        return True
    return not personal and any(place.first == first and place.signal in ("party", "team") for place in reading.places)


def attribute(reading: Reading, place: Place) -> bool:
    """Whether a name only tells whose banner, poster or photo something is."""
    return bool(place.first and not reading.mark[place.first] and reading.bits[place.first - 1] & PROP)


def _overlaps(reading: Reading, hit: Any, first: int, last: int) -> bool:
    return hit.start < reading.end[last] and reading.start[first] < hit.end


def _partisan(reading: Reading, first: int, last: int) -> bool:
    named = {one for place in reading.places if place.signal == "contestant" for one in range(place.first, place.last + 1)}
    return any(reading.bits[at] & (PARTISAN | VOTE) and at not in named for at in range(first, last + 1))


def _all_quoted(reading: Reading, first: int, last: int) -> bool:
    places = [place for place in reading.places if place.strength > 0 and first <= place.first <= last]
    return bool(places) and bool(reading.quotes) and all(
        reading.quoted(reading.start[place.first], reading.end[place.last]) for place in places
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
    if all(reading.words[at] in ("official", "resmi", "id", "ri") or reading.words[at].isdigit() for at in rest):
        return strength
    return 0.0
