"""The word lists of statements test themselves: each word must take effect in its example and none in its counterexample.

A row's example and counterexample hold `{kata}` (`{Kata}` at the beginning of a sentence), which stands for each of its
words, and may hold `{peserta}` (`{panggilan}` for the first name alone): a contestant of the presidential election of
2024, one after the other. What stands behind `gambar:` is what somebody wrote about a picture, behind `akun:` the account
that was reacted to, behind `teks:` (or without such a word) the post itself.
The reading is run on the text as it is, and on the same text with the class taken from the word: in the example what is
said, or who does it, must differ, in the counterexample it must not. Where a class has an outcome of its own (a speaker, a meaning,
another election), the example must have it because of the word, and the counterexample must not have it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from screening.errors import Problem
from screening.ruleset import Ruleset
from screening.statements.bind import Reader, binder_of, hits_of
from screening.statements.bind_types import Hit, Statement
from screening.statements.binder import Binder
from screening.statements.weighing import Signs, Weighers
from screening.statements.words import BIT, CLASSES, FILES, Row, Series, WordClasses, rows, word_classes, word_list
from screening.tables import ACTIVITIES
from screening.text import documents

SLOT, TITLE_SLOT, CONTESTANT, FIRST_NAME = "{kata}", "{Kata}", "{peserta}", "{panggilan}"
_PART = re.compile(r"\b(gambar|akun|teks): ")
_FIELDS = {"gambar": "media_text", "akun": "target_account", "teks": "text"}
_CONTEST = "pilpres-2024"
_DAY = "2024-01-10T03:00:00Z"  # in the campaign of that contest
# Class -> column of STATEMENTS and the values of which one must be there because of the word.
OUTCOMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "kin": ("speaker", ("kin",)), "other": ("speaker", ("other",)), "third": ("speaker", ("other",)),
    "people": ("speaker", ("other",)), "colleague": ("speaker", ("colleague",)), "official": ("speaker", ("official",)),
    "institution": ("speaker", ("institution",)), "addressed": ("speaker", ("addressed", "other")),
    "negator": ("meant", ("denied",)), "refuse": ("meant", ("refused",)), "coerced": ("meant", ("coerced",)),
    "past": ("meant", ("past",)), "quit": ("meant", ("past",)), "conditional": ("meant", ("conditional",)),
    "question": ("meant", ("asked",)), "wish": ("meant", ("wished", "courtesy")), "report": ("meant", ("reported",)),
    "accused": ("meant", ("denied",)), "fake": ("meant", ("denied",)), "example": ("meant", ("example",)),
    "intent": ("meant", ("conditional",)), "asked": ("meant", ("conditional", "refused")),
    "courtesy": ("meant", ("courtesy",)), "other_election": ("election", ("other",)),
}  # fmt: skip


class Trial(NamedTuple):
    """One cell of a row with a word in it, field -> text; characters `start`..`end` of `field` hold the word; `wanted`: it is
    the example; `shared`: the word has several classes with an outcome, of which one wins."""

    row: Row
    word: str
    texts: Mapping[str, str]
    field: str
    start: int
    end: int
    wanted: bool
    shared: bool = False


def check_words(ruleset: Ruleset) -> list[Problem]:
    """Every fault of the rows, and every word without effect in its example or with one in its counterexample."""
    problems: set[Problem] = set()
    trials: list[Trial] = []
    known: dict[tuple[str, str], Row] = {}
    classes = Counter(word for file in FILES for row in rows(file) if row.cls in OUTCOMES for word in set(row.words))
    names = [one.members[0] for one in ruleset.contests[_CONTEST].contestants.values()]
    for file in FILES:
        for row in rows(file):
            problems.update(_faults(row, file, known))
            if row.cls in CLASSES[file]:
                trials += [one._replace(shared=classes[one.word] > 1) for one in _trials(row, names)]
    for trial, effect in zip(trials, _effects(trials, ruleset), strict=True):
        if effect != trial.wanted:
            what = "tidak berpengaruh dalam contoh" if trial.wanted else "berpengaruh dalam contoh lawan"
            said = f"'{trial.word}' ({trial.row.cls}) {what}: {trial.texts[trial.field]}"
            problems.add(Problem(trial.row.file, trial.row.line, said))
    return sorted(problems)


def _faults(row: Row, file: str, known: dict[tuple[str, str], Row]) -> Iterator[Problem]:
    if row.cls not in CLASSES[file]:
        yield Problem(
            row.file, row.line, f"kelas tidak dikenal: {row.cls}", f"pakai salah satu: {', '.join(CLASSES[file])}"
        )
    if not row.words:
        yield Problem(row.file, row.line, "baris tanpa kata", "isi kolom words")
    for name, cell in (("example", row.example), ("counterexample", row.counterexample)):
        if not cell:
            yield Problem(row.file, row.line, f"kolom {name} kosong", "tulis satu kalimat dengan {kata}")
        elif SLOT not in cell and TITLE_SLOT not in cell:
            yield Problem(row.file, row.line, f"kolom {name} tanpa {SLOT}", "tulis {kata} di tempat katanya")
    for word in row.words:
        other = known.setdefault((row.cls, word), row)
        if other is not row or row.words.count(word) > 1:
            yield Problem(
                row.file, row.line, f"'{word}' ({row.cls}) juga ada pada baris {other.line}", "hapus salah satu"
            )


_LARGE = word_list("large")


def _trials(row: Row, names: list[str]) -> Iterator[Trial]:
    for number, word in enumerate(row.words):
        for cell, wanted in ((row.example, True), (row.counterexample, False)):
            name = names[number % len(names)]
            text = cell.replace(CONTESTANT, name).replace(FIRST_NAME, name.split()[0])
            parts = ["", "teks", *_PART.split(text)] if not _PART.match(text) else _PART.split(text)
            texts = {_FIELDS[name]: part.strip() for name, part in zip(parts[1::2], parts[2::2], strict=True)}
            for field, part in texts.items():
                slot = SLOT if SLOT in part else TITLE_SLOT
                start = part.find(slot)
                if start >= 0:
                    shown = word.upper() if word in _LARGE else word if slot == SLOT else word[:1].upper() + word[1:]
                    shown = shown.replace(" ", "_") if field == "target_account" else shown
                    texts[field] = part.replace(slot, shown, 1)
                    yield Trial(row, word, texts, field, start, start + len(shown), wanted)
                    break


@dataclass(frozen=True)
class _Muted(WordClasses):
    """The classes, but for one that `word`, the words `first`..`last` of a text, shall not have."""

    word: str = ""
    first: int = 0
    last: int = -1
    bit: int = 0

    def mark(self, forms: Sequence[str], bits: list[int], opens: Sequence[int]) -> dict[int, int]:
        ends = super().mark(forms, bits, opens)
        for at in range(self.first, self.last + 1):
            bits[at] &= ~self.bit
        return ends

    @cached_property
    def tag_words(self) -> frozenset[str]:
        return super().tag_words - {self.word}


def _effects(trials: list[Trial], ruleset: Ruleset) -> Iterator[bool]:
    """Whether the word of each trial takes effect in its text; nothing is said of a text that makes no statement: an example
    without any effect, a counterexample that shows nothing, so it counts as one that fails."""
    from screening.detectors import detect

    post = {
        "platform": "other", "kind": "post", "happened_at": pd.Timestamp(_DAY), "time_basis": "exact_utc",
        "visibility": "unknown",
    }  # fmt: skip
    activities = ACTIVITIES.build([{**post, "activity_id": f"{n}", **one.texts} for n, one in enumerate(trials)])
    texts = documents(activities)
    hits = detect(activities, texts, ruleset)
    held = binder_of(texts, ruleset)
    # Every class is a sign and moves what is weighed a little; that a word is no evidence of its own is about the rules.
    plain = Binder(ruleset.lexicon, ruleset.contests, ruleset.signal_groups, Weighers(_nothing, _nothing))
    by_id: dict[str, list[Hit]] = {}
    for one, hit in zip(hits["activity_id"], hits_of(hits, held), strict=True):
        by_id.setdefault(one, []).append(hit)
    reader = Reader(texts)
    docs: list[dict[str, int]] = [{} for _ in trials]
    for doc, (row, field) in enumerate(zip(texts.row.tolist(), texts.field, strict=True)):
        docs[row][field] = doc
    for number, trial in enumerate(trials):
        some = by_id.get(f"{number}", [])
        binder = held if trial.wanted else plain
        yield _effect(trial, docs[number], reader, some, binder) if some else not trial.wanted


def _nothing(_: str, __: Signs) -> float:
    return 0.0


def _effect(trial: Trial, docs: Mapping[str, int], reader: Reader, hits: list[Hit], held: Binder) -> bool:
    reading, known = reader.read(docs[trial.field]), word_classes()
    first, last = reading.tokens(trial.start, trial.end)
    series = _without(known.series, tuple(reading.words[first : last + 1]), BIT[trial.row.cls])
    muted = reader.read(docs[trial.field], _Muted(known.single, series, trial.word, first, last, BIT[trial.row.cls]))
    day = pd.Timestamp(_DAY).date()
    said, without = (
        [
            *map(
                _seen,
                held.statements(
                    {**{name: reader.read(doc) for name, doc in docs.items()}, trial.field: one}, hits, day
                ),
            )
        ]
        for one in (reading, muted)
    )
    if not trial.wanted:  # of the classifier's opinions every word changes a little
        said, without = ([one for one in some if one.proof.how != "model"] for some in (said, without))
    differs = said != without or (trial.row.cls not in ("self", "group") and reading.subjects != muted.subjects)
    if trial.row.cls in OUTCOMES and not trial.shared:
        column, values = OUTCOMES[trial.row.cls]
        there = any(getattr(one, column) in values for one in said)
        return there and (differs or not trial.wanted)
    return differs


def _without(series: Series, forms: tuple[str, ...], bit: int) -> Series:
    """The series, but for one of a class."""
    if len(forms) < 2 or forms[1] not in series.get(forms[0], {}):
        return series
    behind = series[forms[0]]
    left = tuple((rest, bits & ~bit if rest == forms[1:] else bits) for rest, bits in behind[forms[1]])
    return {**series, forms[0]: {**behind, forms[1]: tuple(one for one in left if one[1])}}


def _seen(one: Statement) -> Statement:
    """A statement without its place: only what it says."""
    return one._replace(start=0, end=0, personal=False, strength=round(one.strength, 2))
