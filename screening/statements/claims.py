"""How a claim is meant, and by whom: roles in a team, gifts, facilities, orders, presence; only the person's own count."""

from __future__ import annotations

from collections.abc import Collection

from screening.statements.bind_types import OWN_SPEAKERS
from screening.statements.meaning import (
    ACCUSED,
    ASKED,
    COERCED,
    CONTRAST,
    FAKE,
    IMPERATIVE,
    INTENT,
    LIGHT,
    NEGATOR,
    QUIT,
    REFUSE,
    REPORT,
    TEAM_ROLE,
    WISH,
    Shape,
    affirmed,
    conditional,
    long_ago,
    ordered,
    own_report,
    taught,
)
from screening.statements.reading import WRITER, Reading
from screening.statements.words import limits, word_list


def of_claim(
    reading: Reading, signal: str, first: int, last: int, shape: Shape, strength: float, own: Collection[str]
) -> tuple[str, str, float]:
    """(speaker, meant, strength) of something a text says was done."""
    low, high = reading.clause_start(first), reading.clause_end(last)
    speaker = _claimant(reading, signal, first, last, shape)
    if reading.quoted(reading.start[first], reading.end[last]):
        return speaker, "quoted", strength
    meant = _claim_denied(reading, low, first, last, high, own)
    if meant:
        return speaker, meant, strength
    if taught(reading, first, last, False) and speaker in OWN_SPEAKERS and not reading.writes_of_self(low, high):
        return speaker, "example", strength
    if (
        signal in _ORDERS
        and speaker in ("other", "colleague")
        and (
            reading.any(IMPERATIVE, low, last) >= 0
            or (signal == "claim_decision" and any(map(reading.is_writer, range(low, high + 1))))
        )
    ):
        speaker = (
            "self"  # "semua pegawai wajib …", "guru yang tidak dukung X saya pindahkan": who writes it gives the order
        )
    if reading.any(WISH, low, first) >= 0 and not reading.writes_of_self(low, high):
        return speaker, "courtesy", strength  # "semoga perjalanan dinas Pak X lancar"
    if _hearsay(reading, low, first, last) or first in reading.dialogue:
        return speaker, "reported", strength
    report = reading.any(REPORT, low, first)
    if report >= 0 and not own_report(reading, report) and not reading.writes_of_self(report + 1, last):
        return speaker, "reported", strength
    if shape.headline:
        return speaker, "reported", strength
    if _past(reading, low, first, last, high):
        return speaker, "past", strength
    if ordered(reading, low, last):
        return speaker, "coerced", strength
    intent = reading.any(INTENT, max(low, first - limits()["intent_reach"]), last - 1)
    if intent >= 0 and not (intent and reading.words[intent - 1] == "yang"):
        return speaker, "conditional", strength
    if reading.any(ASKED, low, first) >= 0 and signal != "claim_active_part":
        return speaker, "conditional", strength
    if reading.asks(last):
        return speaker, "asked", strength
    if conditional(reading, first, last):
        return speaker, "conditional", strength
    return speaker, "asserted", strength


_HEARSAY = word_list("hearsay")


_CAUGHT = word_list("caught")


_UNTRUE = word_list("untrue")


_NOT_TRUE = word_list("true")


def _hearsay(reading: Reading, low: int, first: int, last: int) -> bool:
    """Whether a claim is what people say, or the next words call it untrue: "Gosip bilang saya …. Ga bener"."""
    if any(reading.words[at] in _HEARSAY for at in range(low, first + 1)):
        return True
    if any(reading.words[at] in _CAUGHT for at in range(low, first + 1)) and not reading.writes_of_self(low, first):
        return True
    begin = reading.sentence_span(last)[1] + 1
    for at in range(begin, min(begin + limits()["untrue_reach"], len(reading))):
        if reading.words[at] in _UNTRUE and not (at and reading.bits[at - 1] & NEGATOR):
            return True
        if reading.words[at] in _NOT_TRUE and at > begin and reading.bits[at - 1] & NEGATOR:
            return True
    return False


_ORDERS = frozenset({"claim_mobilise", "claim_decision"})


_PERSON_SHOWN = word_list("person_shown")


def shown(reading: Reading, first: int) -> str:
    """Who does what an analyst's words tell of a picture: the person, unless the words say others do."""
    low = reading.clause_start(first)
    here = [one for one in reading.subjects if low <= one.first <= first]
    if here and not any(reading.words[at] in _PERSON_SHOWN for at in range(low, first + 1)):
        return here[-1].kind
    return "self"


def instead(reading: Reading, signal: str, first: int, last: int, profile: bool = False) -> str:
    """What a claim really says: being near a team is presence, no role in it; collecting cards for somebody else is no
    candidacy of one's own."""
    if (
        signal in ("claim_team", "claim_expert")
        and not profile
        and not _has_role(reading, reading.clause_start(first), first, last)
    ):
        return "passive_presence"
    if signal == "claim_approach_public" and not _stands_self(reading) and "ktp" in reading.words:
        return "claim_identity_cards"
    return signal


def _claimant(reading: Reading, signal: str, first: int, last: int, shape: Shape) -> str:
    low = reading.clause_start(first)
    if signal == "claim_self_candidate" and (
        reading.initial(first) or (first and reading.initial(first - 1) and reading.surely("contestant"))
    ):
        return "other"  # "X caleg dapil 3, saya bangga", "X. W, caleg": X stands
    if reading.bits[first] & WRITER and not reading.is_writer(first):
        owner = next((one for one in reading.subjects if one.first <= first <= one.last), None)
        if owner is not None or reading.parent_before(first):
            return owner.kind if owner is not None else "kin"  # "ibu saya relawan X"
    for at in range(first, last + 1):
        agent = reading._agent(at)
        if agent is not None and agent.kind not in ("addressed",):
            return agent.kind
    here = [one for one in reading.subjects if low <= one.first and one.first <= last]
    here = [one for one in here if one.kind != "addressed"]
    if signal == "claim_gift" and reading.words[first].startswith("di") and not here:
        return "unknown"  # "dibagiin kaos X": who gave, the words do not tell
    whose = reading.words[low] in _RELATIVE and low < first and not any(map(reading.is_writer, range(low, last + 1)))
    if whose and not here and not shape.profile:
        return "other"  # "yang bagi-bagi stiker X di gang saya itu tim sukses"
    if here and not shape.profile:
        before = [one for one in here if one.last < last] or here
        return before[-1].kind
    verb = next((at for at in range(first, last + 1) if not reading.bits[at] & LIGHT), first)
    subject = None if shape.profile else reading.subject_of(verb)  # a profile speaks of its owner: "Guru SD | Tim …"
    if subject is not None:
        return "other" if subject.kind == "addressed" else subject.kind
    for place in reading.places:
        leads = low <= place.first and all(reading.bits[at] & LIGHT for at in range(low, place.first))
        if leads and place.last < verb and place.signal in ("party", "contestant", "team"):
            return "institution"
    return "institution" if shape.headline else "self"


def list_end(reading: Reading, last: int) -> int:
    """The last word of a list that goes on behind a clause: "200 kaos X, 150 Y, 175 Z"."""
    while last + 1 < len(reading) and reading.sentence[last + 1] == reading.sentence[last]:
        end = reading.clause_end(last + 1)
        named = any(last < place.first <= end for place in reading.places)
        if not named or end - last > limits()["listed_words"]:
            break
        last = end
    return last


_RELATIVE = word_list("relative")
_STANDS = word_list("stands")


def _stands_self(reading: Reading) -> bool:
    """Whether the writer says of himself or herself that he or she stands: "saya maju …"."""
    return any(
        reading.is_writer(at)
        and any(
            reading.words[one] in _STANDS for one in range(at + 1, min(at + 1 + limits()["stands_reach"], len(reading)))
        )
        for at in range(len(reading))
    )


_NEAR = word_list("near")


def _has_role(reading: Reading, low: int, first: int, last: int) -> bool:
    """A word of a role, not only being near a team."""
    if any(reading.words[at] in _NEAR for at in range(max(first - 1, low), last + 1)):
        return False
    if reading.any(TEAM_ROLE, max(low, first - limits()["role_reach"]), last) >= 0:
        return True
    return first > low and reading.is_writer(first - 1)  # "saya tim sukses X"


def _claim_denied(reading: Reading, low: int, first: int, last: int, high: int, own: Collection[str]) -> str:
    for at in range(last, low - 1, -1):
        bits = reading.bits[at]
        if bits & (NEGATOR | REFUSE | ACCUSED | FAKE) and reading.words[at] not in own and not affirmed(reading, at):
            if reading.named_at(at) is not None or (at and reading.words[at - 1] == "yang"):
                continue  # "staf yang tidak dukung X": who is meant, not what was done
            return "refused" if bits & REFUSE else "denied"
    end = len(reading) - 1
    low_sentence, high_sentence = reading.sentence_span(first)
    if reading.any(FAKE, low_sentence, min(high_sentence + limits()["fake_reach"], end)) >= 0:
        return "denied"  # also "…? Ga bener."
    sentence_end = reading.sentence_span(last)[1]
    after = high + 1
    asked = reading.any(ASKED | COERCED | ACCUSED, low, high) >= 0
    stop = end if asked else sentence_end
    while after <= stop:
        close = reading.clause_end(after)
        for at in range(after, close + 1):
            if reading.bits[at] & (REFUSE | NEGATOR) and not affirmed(reading, at):
                short = close - after <= limits()["short_answer"]
                if reading.bits[at] & REFUSE or (short and (asked or reading.bits[after] & CONTRAST)):
                    return "refused" if asked or reading.bits[at] & REFUSE else "denied"
        after = close + 1
    return ""


_TODAY = word_list("today")


def _past(reading: Reading, low: int, first: int, last: int, high: int) -> bool:
    if long_ago(reading, low, last):
        return True
    sentence = reading.sentence_span(first)
    if reading.any(QUIT, *sentence) >= 0 or long_ago(reading, last, high):
        return True
    # "2014 dulu saya mahasiswa, jadi relawan X, pasang spanduk": over, unless today is spoken of before it.
    today = any(reading.words[at] in _TODAY for at in range(sentence[0], last + 1))
    if not today and sentence[0] < low and long_ago(reading, sentence[0], low - 1):
        return True
    years = [
        int(word)
        for word in reading.words[low : high + 1]
        if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
    ]
    return any(year <= limits()["last_past_year"] for year in years)
