"""Ballot numbers: 01, no 2, nomor urut tiga, paslon 1, a keycap, "salam dua jari".

A number means a contestant only after the draw, while the contest is alive, and with a trigger word or a contestant
beside it; RT 02, jam 02, SDN 03 and 01/02 never do. The contest is chosen by the people named beside the number, the office
or region named in the text, the region of the ruleset's jurisdictions; several left over means: nobody is named.
Words: `lexicons/words/{angka,pemicu,penghalang,jabatan,wilayah}.csv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from screening.detectors.found import Ints, Place
from screening.detectors.hits import Hit, Hits, hits_of
from screening.detectors.number_contests import contestants_with
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
    marks_beside,
    marks_of,
    triggers,
    values,
)  # fmt: skip
from screening.detectors.scene import Scene
from screening.ruleset.entries import strengths
from screening.text.pieces import EMOJI, NUMBER
from screening.text.slang import standard
from screening.text.wordlists import word_set

_BESIDE = 6  # tokens between a number and the contestant it stands beside
_LONGEST_RUN = 6  # numbers in a row that are looked at
_SEAT_WORDS = 6  # tokens between a number and the word that tells which seat it is for
_ZEROS = frozenset({"0", "nol", "kosong", "0\ufe0f\u20e3", "o"})


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
    value, form = values()[docs.vocabulary.folded[docs.id[token]]]
    if _barred(scene, token, doc):
        return None
    zero = token > 0 and _word(scene, token - 1, doc) in _ZEROS and form in ("digit", "word", "keycap")
    if zero and not _spelt_on(scene, token, doc):
        reading = _read_at(scene, token, token - 1, doc, value, "padded")
        return reading
    return _read_at(scene, token, token, doc, value, form)


def _spelt_on(scene: Scene, token: int, doc: int) -> bool:
    """Whether further digits follow or stand before "nol dua": then it is a telephone number, a time, a score."""
    return any(_word(scene, at, doc) in values() or _word(scene, at, doc) in _ZEROS for at in (token - 2, token + 1))


def _read_at(scene: Scene, token: int, head: int, doc: int, value: int, form: str) -> _Reading | None:
    """The reading of a number whose words begin at `head`."""
    docs = scene.documents
    before, after = _word(scene, head - 1, doc), _word(scene, token + 1, doc)
    fingers = after in word_set("jari")
    first, kind = _trigger(scene, head, doc)
    weights = strengths()
    if fingers:
        begin = head - 1 if before in word_set("salam") else head
        return _Reading(value, begin, token + 1, weights["number:symbol"], False, True)
    if kind == "party":
        return _Reading(value, first, token, weights["number:trigger"], True, False)
    if kind == "strong" and not _about_something_else(scene, doc):
        return _Reading(value, first, token, weights["number:trigger"], False, False)
    beside = _beside(scene, token)
    if (form == "word" and kind not in ("weak", "choose")) or (not beside and _about_something_else(scene, doc)):
        return None
    if (
        kind == "choose"
        and (form != "word" or beside)
        and (form == "padded" or form == "keycap" or beside or _electoral(scene, doc))
    ):
        return _Reading(value, first, token, weights["number:trigger"], False, False)
    if kind == "weak" and (beside or _electoral(scene, doc)):
        return _Reading(value, first, token, weights["number:trigger"], False, False)
    if beside and form in ("padded", "keycap"):
        return _Reading(
            value, head, token, weights["number:beside" if form == "padded" else "number:symbol"], False, False
        )
    cheered = after in word_set("sesudah_angka")
    if form == "padded" and (cheered or _electoral(scene, doc) or _rival_number(scene, token, doc)):
        return _Reading(value, head, token, weights["number:beside"], False, False)
    return None


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
    return before in barriers("before") or after in barriers("after") or _in_a_series(scene, token, doc)


def _about_something_else(scene: Scene, doc: int) -> bool:
    """Class elections, talent shows, menus: numbers to choose that are no ballot numbers (`bukan_pemilu.csv`)."""
    return not scene.words_of(doc).isdisjoint(word_set("bukan_pemilu"))


def _trigger(scene: Scene, token: int, doc: int) -> tuple[int, str]:
    """First token of what names the number ("nomor urut 2"), and the kind of the run of trigger words before it."""
    kinds: list[str] = []
    first = at = token
    while (kind := triggers().get(_word(scene, at - 1, doc), "")) and len(kinds) < 4:
        kinds.append(kind)
        at -= 1
        if kind != "choose" and len(set(kinds) & {"choose"}) == 0:
            first = at  # the verb before "nomor 2" is said of the number: it is no part of it
    for best in ("party", "strong"):
        if best in kinds:
            return first, best
    if "weak" in kinds and "choose" in kinds:
        return first, "strong"
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


def _legislative(scene: Scene, token: int, doc: int) -> bool:
    """A word of a legislative seat or a party list near the number (`lexicons/words/kursi.csv`): then it is no pair's."""
    return any(
        _word(scene, at, doc) in word_set("kursi")
        for at in range(token - _SEAT_WORDS, token + _SEAT_WORDS + 1)
        if 0 <= at < len(scene.documents.sentence) and scene.documents.sentence[at] == scene.documents.sentence[token]
    )


def _any_alive(scene: Scene, doc: int) -> bool:
    """Whether any contest with phases is going on on the doc's day."""
    return any(int(scene.distance(name, np.array([doc]))[0]) == 0 for name in scene.contest_windows)


def _beside(scene: Scene, token: int) -> bool:
    others = ("party", "legislative_name", "contestants_unnamed")
    return any(place.signal not in others for place in scene.places_within(token, _BESIDE))


def _electoral(scene: Scene, doc: int) -> bool:
    return not scene.words_of(doc).isdisjoint(word_set("pemilihan"))


def _hits(scene: Scene, token: int, reading: _Reading) -> Iterator[Hit]:
    docs = scene.documents
    doc = int(docs.doc[token])
    chosen, alive = contestants_with(scene, doc, reading.value, party=reading.party)
    if _legislative(scene, token, doc) and not reading.party:
        chosen, alive = [], _any_alive(scene, doc)
    if not alive:
        return
    signals = [("contestant", f"nomor:{reading.value}", reading.strength)] if len(chosen) == 1 else []
    contestant = chosen[0] if len(chosen) == 1 else None
    if reading.party and contestant:
        signals = [("party", f"nomor:{reading.value}", reading.strength)]
    if reading.fingers:
        signals = [("media_number_gesture" if contestant else "gesture", f"jari:{reading.value}", reading.strength)]
    if not chosen or (len(chosen) > 1 and not reading.fingers):
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
