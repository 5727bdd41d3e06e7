"""Ballot numbers: 01, no 2, nomor urut tiga, paslon 1, a keycap, "salam dua jari".

A number means a contestant only after the draw, while the contest is alive, and with a trigger word or a contestant
beside it; RT 02, jam 02, SDN 03 and 01/02 never do. The contest is chosen by the people named beside the number, the office
or region named in the text, the region of the ruleset's jurisdictions; several left over means: nobody is named. Beside a
word of a legislative seat it is a candidate's whom no list here knows: somebody is meant, but nobody is named.
Words: `lexicons/words/{angka,pemicu,sesudah_angka,penghalang,bukan_pemilu,jabatan,kursi,wilayah}.csv`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from screening.detectors.found import Ints, Place
from screening.detectors.hits import Hit, Hits, hits_of
from screening.detectors.number_contests import contestants_with, names_voting_day, offices
from screening.detectors.number_words import (
    BALLOT,
    BALLOTS,
    BARS_AHEAD,
    BARS_BEHIND,
    FINGERS,
    NUMBERS,
    OPENS,
    SHOWN,
    TRIGGER,
    barriers,
    cheers,
    marks_beside,
    marks_of,
    triggers,
    values,
    zeros,
)  # fmt: skip
from screening.detectors.scene import Scene
from screening.ruleset.entries import strengths
from screening.text.pieces import EMOJI, NUMBER
from screening.text.slang import standard
from screening.text.wordlists import word_set

_BESIDE = 6  # tokens between a number and the contestant it stands beside
_LONGEST_RUN = 6  # numbers in a row that are looked at
_SEAT_WORDS = 6  # tokens between a number and the word that tells which seat it is for
_AFTER_PARTY = 1  # "PKS nomor 3": the number on the party's list
_NAME = 4  # tokens from a word of a name to its end
_NOUNS = frozenset({"nomor", "nomer", "no"})
_VERBS = frozenset({"vote", "choose", "side"})  # kinds of trigger words that are said of a number
_VERB_REACH = 4  # tokens between a number and a word of choosing that is said of it


class _Reading(NamedTuple):
    """A number in its surroundings: value, tokens from trigger to number, strength, what was named beside it."""

    value: int
    first: int
    last: int
    strength: float
    party: bool
    fingers: bool


def detect(scene: Scene) -> Hits:
    """`contestant` hits of ballot numbers, `number_form` beside them, `media_number_gesture` for fingers."""
    hits: list[Hit] = []
    for token in _candidates(scene):
        reading = _read(scene, token)
        if reading is not None:
            hits += list(_hits(scene, token, reading))
    return hits_of(hits)


def _candidates(scene: Scene) -> list[int]:
    """Number tokens in docs that also hold a trigger word or a contestant: those that are written as on ballots or stand
    beside a word that may make them a ballot number, and not beside one that bars it."""
    docs = scene.documents
    if not len(docs.id):
        return []
    marks = marks_of(docs.vocabulary)[docs.id]
    holds = np.zeros(len(docs), bool)
    holds[docs.doc[marks & OPENS > 0]] = True
    holds[docs.doc[[place.first for place in scene.places]]] = True
    holds |= np.bincount(docs.doc[marks & BALLOTS > 0], minlength=len(docs)) > 1
    at = np.flatnonzero((marks & NUMBERS > 0) & holds[docs.doc])
    before, after = _beside_marks(scene, at, -1), _beside_marks(scene, at, 1)
    told = (marks[at] & SHOWN) | (before & TRIGGER) | (after & FINGERS)
    return at[(told > 0) & ((before & BARS_BEHIND) | (after & BARS_AHEAD) == 0)].tolist()


def _beside_marks(scene: Scene, tokens: Ints, step: int) -> Ints:
    """What the words so many steps from the tokens say about a number there; 0 where the doc ends before."""
    docs = scene.documents
    other = np.clip(tokens + step, 0, len(docs.id) - 1)
    same = (other != tokens) & (docs.doc[other] == docs.doc[tokens])
    return np.where(same, marks_beside(docs.vocabulary, docs.id[other]), 0)


def _word(scene: Scene, token: int, doc: int) -> str:
    docs = scene.documents
    if not 0 <= token < len(docs.id) or docs.doc[token] != doc:
        return ""
    return standard(docs.vocabulary.folded[docs.id[token]])


def _read(scene: Scene, token: int) -> _Reading | None:
    docs = scene.documents
    doc = int(docs.doc[token])
    value, form = _written(scene, token)
    if not value or _barred(scene, token, doc) or _in_name(scene, token):
        return None
    if form != "padded" and _word(scene, token - 1, doc) in zeros():
        spelt_on = any(
            _word(scene, at, doc) in values() or _word(scene, at, doc) in zeros() for at in (token - 2, token + 1)
        )
        # Further digits around "nol dua" make it a telephone number, a time, a score.
        return None if spelt_on else _read_at(scene, token, token - 1, doc, value, "padded")
    return _read_at(scene, token, token, doc, value, form)


def _written(scene: Scene, token: int) -> tuple[int, str]:
    """The value of a number token, 0 for none, and how it is written; "I" and "III" fold to the same letter."""
    docs = scene.documents
    value, form = values()[docs.vocabulary.folded[docs.id[token]]]
    if form == "roman":
        doc = int(docs.doc[token])
        surface = unicodedata.normalize("NFKC", docs.texts[doc][int(docs.start[token]) : int(docs.end[token])])
        return (len(surface), "word") if surface and set(surface) == {"I"} else (0, form)
    return value, form


def _in_name(scene: Scene, token: int) -> bool:
    """Whether a number word is part of a longer name: "I Wayan", "Tri"."""
    return any(
        place.first <= token <= place.last and place.last > place.first for place in scene.places_within(token, _NAME)
    )


def _read_at(scene: Scene, token: int, head: int, doc: int, value: int, form: str) -> _Reading | None:
    """The reading of a number whose words begin at `head`."""
    before, after = _word(scene, head - 1, doc), _word(scene, token + 1, doc)
    first, kind = _trigger(scene, head, doc)
    if first < head and _word(scene, first - 1, doc) in barriers("before"):
        return None  # "peserta nomor 03", "rumah no. 2"
    if after == "dari" and _word(scene, token + 2, doc) in values():
        return None  # "nomor tiga dari lima bersaudara"
    weights = strengths()
    if after in word_set("jari"):
        begin = head - 1 if before in word_set("salam") else head
        return _Reading(value, begin, token + 1, weights["number:symbol"], False, True)
    trusted = weights["number:trigger"]
    if kind == "party":
        return _Reading(value, first, token, trusted, True, False)
    if kind == "sure":
        return _Reading(value, first, token, trusted, False, False)
    beside = _beside(scene, token)
    if beside and value == 1 and form in ("word", "digit") and before in _NOUNS and _just_named(scene, head, doc):
        return None  # "X tetap nomor satu": the best, not the ballot
    else_where = _about_something_else(scene, doc) and not _of_an_election(scene, doc)
    if kind == "strong" and not else_where:
        return _Reading(value, first, token, trusted, False, False)
    if else_where and not beside:
        return None
    electoral = beside or _electoral(scene, doc) or _chosen(scene, head, token, doc) or _seat(scene, token, doc)
    cheered = cheers().get(after, "") or ("loose" if _near(scene, token, doc, _choices(), _VERB_REACH) else "")
    if kind == "weak":
        if electoral or cheered == "sure":
            return _Reading(value, first, token, trusted, False, False)
        return _Reading(value, first, token, weights["number:loose"], False, False) if cheered else None
    if kind == "vote":
        return _Reading(value, first, token, trusted, False, False)
    if form == "word":
        return _Reading(value, first, token, trusted, False, False) if kind == "choose" and beside else None
    if kind in ("choose", "side") and (form in ("padded", "keycap") or (kind == "choose" and electoral)):
        return _Reading(value, first, token, trusted, False, False)
    if form == "keycap":
        strength = weights["number:symbol"]
        return _Reading(value, head, token, strength, False, False) if electoral or cheered == "sure" else None
    if form == "padded" and (cheered == "sure" or electoral or _rival_number(scene, token, doc)):
        return _Reading(value, head, token, weights["number:beside"], False, False)
    return _Reading(value, head, token, weights["number:loose"], False, False) if form == "padded" and cheered else None


@lru_cache(maxsize=1)
def _choices() -> frozenset[str]:
    """Verbs of choosing that are said of anything ("pilih"), ballots among it."""
    return frozenset(word for word, kind in triggers().items() if kind == "choose" and "pilih" in word)


def _just_named(scene: Scene, head: int, doc: int) -> bool:
    """Whether a contestant of another number is named before "nomor satu" in the same sentence."""
    docs = scene.documents
    return any(
        place.contestant and place.first < head and docs.sentence[place.first] == docs.sentence[head]
        and not place.contestant.endswith("/1")
        for place in scene.places_within(head, _BESIDE)
    )  # fmt: skip


def _chosen(scene: Scene, head: int, token: int, doc: int) -> bool:
    """Whether a word of choosing ("coblos", "menangkan") stands in the same sentence, not far from a number."""
    docs = scene.documents
    around = (*range(head - _VERB_REACH, head), *range(token + 1, token + _VERB_REACH + 1))
    return any(
        _word(scene, at, doc) in word_set("memilih") and docs.sentence[at] == docs.sentence[token] for at in around
    )


def _rival_number(scene: Scene, token: int, doc: int) -> bool:
    """Another ballot number written 01, 02 or 03 in the same text ("01 vs 02"), not part of a date or address."""
    docs = scene.documents
    if doc not in scene.ballots:
        tokens = range(int(docs.first_token[doc]), int(docs.first_token[doc + 1]))
        forms = ((t, docs.vocabulary.folded[docs.id[t]]) for t in tokens)
        scene.ballots[doc] = frozenset(form for t, form in forms if form in BALLOT and not _barred(scene, t, doc))
    return bool(scene.ballots[doc] - {docs.vocabulary.folded[docs.id[token]]})


def _barred(scene: Scene, token: int, doc: int) -> bool:
    before, after = _word(scene, token - 1, doc), _word(scene, token + 1, doc)
    return (
        before in barriers("before") or after in barriers("after") or _in_a_series(scene, token, doc)
        or _in_a_list(scene, token, doc)
    )  # fmt: skip


def _in_a_list(scene: Scene, token: int, doc: int) -> bool:
    """Whether keycaps count the points of a list ("1️⃣ … 2️⃣ …"): two or more of them without a nought before."""
    docs = scene.documents
    if docs.vocabulary.kinds[docs.id[token]] != EMOJI:
        return False
    keycaps = {
        value for at in range(int(docs.first_token[doc]), int(docs.first_token[doc + 1]))
        if docs.vocabulary.kinds[docs.id[at]] == EMOJI
        and (value := values().get(docs.vocabulary.folded[docs.id[at]], (0, ""))[0])
    }  # fmt: skip
    return len(keycaps) > 1


def _about_something_else(scene: Scene, doc: int) -> bool:
    """Class elections, talent shows, menus: numbers to choose that are no ballot numbers (`bukan_pemilu.csv`)."""
    return not scene.words_of(doc).isdisjoint(word_set("bukan_pemilu"))


def _of_an_election(scene: Scene, doc: int) -> bool:
    """Whether the office or the election of a contest is spoken of (`jabatan.csv`), whatever else there is."""
    return not scene.words_of(doc).isdisjoint(offices())


def _trigger(scene: Scene, token: int, doc: int) -> tuple[int, str]:
    """First token of what names the number ("nomor urut 2"), and the kind of the run of trigger words before it."""
    kinds: list[str] = []
    first = at = token
    while (kind := triggers().get(_word(scene, at - 1, doc), "")) and len(kinds) < 4:
        kinds.append(kind)
        at -= 1
        if not _VERBS & set(kinds):
            first = at  # the verb before "nomor 2" is said of the number: it is no part of it
    for best in ("party", "sure", "strong"):
        if best in kinds:
            return first, best
    if "weak" in kinds and {"choose", "vote"} & set(kinds):
        return first, "strong"
    if "weak" in kinds:
        return first, "weak"
    return first, kinds[0] if kinds else ""


def _in_a_series(scene: Scene, token: int, doc: int) -> bool:
    """Numbers beside each other (telephone, score, date) name nobody; "01 02 03" with plain spaces are ballot numbers."""
    docs = scene.documents
    if docs.vocabulary.kinds[docs.id[token]] == NUMBER and not (
        _plain_run(scene, token, doc, -1) and _plain_run(scene, token, doc, 1)
    ):
        return True
    start, end = int(docs.start[token]), int(docs.end[token])
    text = docs.texts[doc]
    return text[max(start - 2, 0) : start].lower() in ("rp", "$ ") or text[end : end + 1] in ("%", "°")


def _plain_run(scene: Scene, token: int, doc: int, step: int) -> bool:
    """Whether the numbers that follow each other from here in one direction are all ballot numbers, set apart by spaces."""
    docs = scene.documents
    kinds = docs.vocabulary.kinds
    here, other = token, token + step
    while (
        abs(other - token) <= _LONGEST_RUN
        and 0 <= other < len(docs.id)
        and docs.doc[other] == doc
        and kinds[docs.id[other]] == NUMBER
    ):
        low, high = min(docs.end[other], docs.end[here]), max(docs.start[other], docs.start[here])
        between = docs.texts[doc][int(low) : int(high)]
        if len(between) > 3:
            return True
        if docs.vocabulary.folded[docs.id[other]] not in BALLOT or between.strip() not in ("", ",", "&", "+"):
            return False
        here, other = other, other + step
    return True


def _seat(scene: Scene, token: int, doc: int) -> bool:
    """A word of a legislative seat near the number (`lexicons/words/kursi.csv`): then it is no pair's."""
    return _near(scene, token, doc, word_set("kursi"), _SEAT_WORDS)


def _of_list(scene: Scene, reading: _Reading, token: int) -> bool:
    """Whether the number is that of a candidate for a seat: one on a list stands near, or a party right before it."""
    contests = scene.ruleset.contests
    return any(
        (place.signal == "party" and 0 < reading.first - place.last <= _AFTER_PARTY)
        or (place.contestant and getattr(contests.get(place.contestant.split("/")[0]), "kind", "") == "legislative")
        for place in scene.places_within(token, _SEAT_WORDS)
    )


def _near(scene: Scene, token: int, doc: int, some: Set[str], reach: int) -> bool:
    if scene.words_of(doc).isdisjoint(some):
        return False
    sentence = scene.documents.sentence
    return any(
        _word(scene, at, doc) in some and sentence[at] == sentence[token]
        for at in range(token - reach, token + reach + 1)
    )


def _office(scene: Scene, first: int, last: int, doc: int) -> str:
    """The office that stands in or right beside the words of a number ("cagub nomor 2", "nomor 2 capres"), "" for none."""
    sentence = scene.documents.sentence
    for at in (*range(first - 1, last), last + 1):
        kind = offices().get(_word(scene, at, doc), "")
        if kind and sentence[at] == sentence[last]:
            return kind
    return ""


def _any_alive(scene: Scene, doc: int) -> bool:
    """Whether any contest with phases is going on on the doc's day."""
    return any(int(scene.distance(name, np.array([doc]))[0]) == 0 for name in scene.calendars)


def _beside(scene: Scene, token: int) -> bool:
    others = ("party", "legislative_name", "contestants_unnamed")
    return any(place.signal not in others for place in scene.places_within(token, _BESIDE))


def _electoral(scene: Scene, doc: int) -> bool:
    """Whether a text, or the post it stands under, speaks of an election: a word of one, or the voting day of a contest that is
    going on."""
    rows = scene.documents.row
    beside = [at for at in (doc - 1, doc + 1) if 0 <= at < len(rows) and rows[at] == rows[doc]]
    return any(_speaks_of_one(scene, at) for at in (doc, *beside))


def _speaks_of_one(scene: Scene, doc: int) -> bool:
    words = scene.words_of(doc)
    return (
        not words.isdisjoint(word_set("pemilihan")) or not words.isdisjoint(offices()) or names_voting_day(scene, doc)
    )


def _hits(scene: Scene, token: int, reading: _Reading) -> Iterator[Hit]:
    docs = scene.documents
    doc = int(docs.doc[token])
    chosen, alive = contestants_with(
        scene, doc, reading.value, party=reading.party, office=_office(scene, reading.first, token, doc)
    )
    if (_seat(scene, token, doc) or _of_list(scene, reading, token)) and not reading.party:
        chosen, alive = [], _any_alive(scene, doc)
    if not alive:
        return
    signals = [("contestant", f"nomor:{reading.value}", reading.strength)] if len(chosen) == 1 else []
    contestant = chosen[0] if len(chosen) == 1 else None
    if reading.party and contestant:
        signals = [("party", f"nomor:{reading.value}", reading.strength)]
    if reading.fingers:
        signals = [("media_number_gesture" if contestant else "gesture", f"jari:{reading.value}", reading.strength)]
    if len(chosen) != 1 and not reading.fingers:
        signals = [("contestants_unnamed", f"nomor:{reading.value}", strengths()["number:ambiguous"])]
    if docs.vocabulary.kinds[docs.id[token]] == EMOJI:
        signals.append(("number_form", f"nomor:{reading.value}", strengths()["number:symbol"]))
    start, end = int(docs.start[reading.first]), int(docs.end[reading.last])
    row, number, surface = int(docs.row[doc]), int(docs.number[doc]), docs.texts[doc][start:end]
    for signal, entry, strength in signals:
        if signal in ("contestant", "party", "contestants_unnamed"):
            scene.note(Place(reading.first, reading.last, signal, contestant))
            scene.opened_rows.add(row)
        yield Hit(row, number, start, end, strength, signal, entry, contestant, surface, "numbers", "context")
