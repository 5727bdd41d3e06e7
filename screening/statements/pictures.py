"""What is said of pictures: by an analyst's words about one, or by the writer's own words that claim one.

A name or a billboard in a sentence is no photo, and a billboard in the street is nobody's act: own words count where they
say a photo was taken, words about a picture where the person poses with what is seen.
"""

from __future__ import annotations

from screening.statements.bind_types import Hit, Statement, contest_of_id
from screening.statements.meaning import taught_list
from screening.statements.reading import Reading
from screening.statements.words import BIT, limits, word_list

POSING, INCIDENTAL, NEGATOR, REFUSE, FAKE, EVERYDAY, EXAMPLE = (
    BIT[name] for name in ("posing", "incidental", "negator", "refuse", "fake", "everyday", "example")
)
_PHOTO = word_list("photo")
_WITH = word_list("photo_with")
_SHOWING = frozenset({"media_props", "media_attribute"})
_OF_A_PHOTO = frozenset({
    "media_props", "media_attribute", "media_candidate", "media_team", "media_facility", "media_photo_with",
})  # fmt: skip
CHANNELS = {"text": "own", "media_text": "picture", "target_text": "content"}


def _at_home(reading: Reading) -> bool:
    """Whether a text tells of family or everyday things; words of a contestant's name ("Ade") tell nothing."""
    private = EVERYDAY | BIT["kin"]
    if "urut" in reading.words:
        return False  # "dua jari sesuai nomor urut"
    return any(reading.bits[at] & private and reading.named_at(at) is None for at in range(len(reading)))


def bound(reading: Reading, hit: Hit, field: str, toward: str) -> Statement:
    """The statement of a hit of the group media."""
    first, last = reading.tokens(hit.start, hit.end)
    strength, meant = hit.strength, "asserted"
    low, high = reading.sentence_span(first)
    if field == "text" and hit.signal in _OF_A_PHOTO:
        words = set(reading.words[low : high + 1])
        claimed = bool(words & _PHOTO) and bool(words & _WITH or reading.writes_of_self(low, high))
        if not claimed:
            strength = 0.0
        if reading.any(INCIDENTAL, low, high) >= 0:
            strength = min(strength, limits()["unsupported_name"])
        if not toward and not reading.writes_of_self(low, high):
            strength = min(strength, limits()["unsupported_name"])  # "berfoto bersama calon": whose photo, with whom?
        if reading.any(NEGATOR | REFUSE | FAKE, low, high) >= 0:
            meant = "denied"
        elif not reading.writes_of_self(low, high) and (
            reading.any(EXAMPLE, low, high) >= 0 or taught_list(reading, first)
        ):
            meant = "example"
    if field == "text" and meant == "asserted" and reading.any(BIT["asked"] | BIT["coerced"], low, high) >= 0:
        meant = "coerced"  # "diminta atasan pakai twibbon X"
    if hit.signal in ("media_gesture", "media_number_gesture") and (
        "jempol" in reading.words or (_at_home(reading) and not reading.surely("contestant"))
    ):
        strength = 0.0  # a thumb is no number; families and graduates pose with fingers, a contestant's with the number
    if field == "media_text":
        if hit.signal in _SHOWING and reading.any(POSING, 0, len(reading) - 1) < 0:
            strength = min(strength, limits()["unsupported_name"])
        if (
            reading.any(
                INCIDENTAL,
                max(low, first - limits()["incidental_reach"]),
                min(high, last + limits()["incidental_reach"]),
            )
            >= 0
        ):
            strength = 0.0
    return Statement(
        hit.field, hit.start, hit.end, "self" if field == "text" else "other", hit.signal, meant, toward,
        contest_of_id(toward), CHANNELS.get(field, "own"), strength, hit,
    )  # fmt: skip
