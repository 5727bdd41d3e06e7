"""What was weighed: for every opinion of the classifier and every name in doubt, the signs that spoke for and against it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from screening.ruleset.load import Ruleset
from screening.shipped import shipped
from screening.statements import weighing
from screening.statements.bind import bound
from screening.statements.binder import Binder
from screening.text import Documents
from screening.tracing.words import MEANINGS

_SIGNS = {
    "": "nilai awal semua teks", "likely": "peluang menurut pengklasifikasi", "stretch": "hanya sebagian teks",
    "side:support": "arahnya mendukung", "side:attack": "arahnya menyerang", "side:unsure": "arah belum pasti",
    "named:surely": "nama peserta jelas", "named:weakly": "nama peserta lemah", "rivals": "peserta lain ikut disebut",
    "supported": "ada kata memilih atau mencela", "campaigns": "ada kata kampanye", "everyday": "hanya hal sehari-hari",
    "asks": "kalimat tanya", "calls": "tanda seru", "of self": "penulis menyebut dirinya", "words": "panjang kata-kata",
    "heard": "pengklasifikasi melihat keberpihakan", "weak": "bentuk nama yang juga dimiliki orang lain",
    "politics": "teksnya tentang pemilihan", "private:behind": "keterangan orang biasa di belakang nama",
    "private:beside": "keterangan orang biasa di sebelah nama", "private:text": "hal sehari-hari di teks yang sama",
    "chosen": "kalimatnya tentang memilih", "passing": "disebut sambil lalu dalam cerita sehari-hari",
    "spoken": "frasa dukungan atau perbuatan memuat nama ini", "tag": "tagar politik memuat nama ini",
    "follows": "di belakang kata tim atau bahan kampanye", "capital": "huruf besar",
    "aside": "hal sehari-hari hanya di klausa lain",
    "others": "peserta lain disebut", "many others": "lebih dari dua peserta disebut", "again": "disebut lebih dari sekali",
    "honorific": "dengan sapaan atau gelar",
}  # fmt: skip
_WHERE = {"word": "kata", "text": "kata di teks", "before": "kata di depan nama", "behind": "kata di belakang nama"}
_SHOWN = 6  # signs told of each: the ones behind move it less than all these


class Opinion(NamedTuple):
    """Something weighed: `what` ("pendapat pengklasifikasi" or "nama"), whom it is about, the probability it got, and its signs
    (Indonesian, how far each moves the log odds), the strongest first."""

    what: str
    whom: str
    probability: float
    signs: tuple[tuple[str, float], ...]


def weighed(
    activities: pd.DataFrame, documents: Documents, hits: pd.DataFrame, ruleset: Ruleset
) -> tuple[Opinion, ...]:
    """What binding weighs in ACTIVITIES with these HITS, in its order."""
    found: list[Opinion] = []

    def noted(kind: str, what: str, weigh: weighing.Weigh) -> weighing.Weigh:
        def one(whom: str, held: weighing.Signs) -> float:
            probability = weigh(whom, held)
            moved = weighing.moves(kind, held)
            told = tuple(
                sorted(((sign_told(name, ruleset.signals), by) for name, by in moved), key=lambda row: -abs(row[1]))
            )
            found.append(Opinion(what, whom, probability, told[:_SHOWN]))
            return probability

        return one

    weighers = weighing.Weighers(
        noted("opinion", "pendapat pengklasifikasi", weighing.of_opinion), noted("name", "nama", weighing.of_name)
    )
    if len(hits):
        held = Binder(ruleset.lexicon, ruleset.contests, ruleset.signal_groups, weighers)
        for _ in bound(activities, documents, hits, held):
            pass
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def class_names() -> Mapping[str, str]:
    """Class of words -> what reviewers read (`lexicons/statements/golongan.csv`)."""
    with (shipped("lexicons") / "statements" / "golongan.csv").open(encoding="utf-8", newline="") as lines:
        return {row["class"]: row["told"] for row in csv.DictReader(lines)}


def sign_told(name: str, signals: Mapping[str, str]) -> str:
    """The Indonesian name of a sign; `signals`: signal -> meaning."""
    if name in _SIGNS:
        return _SIGNS[name]
    head, _, rest = name.partition(":")
    if head in _WHERE:
        return f"{_WHERE[head]}: {class_names().get(rest, rest)}"
    if head == "meant":
        return f"menurut aturan: {MEANINGS.get(rest, rest)}"
    if head == "context":
        return f"tanda: {signals.get(rest, rest)}"
    if head == "kind":
        return f"bentuk nama: {rest}"
    if head == "said":
        predicate, meant, voice, *void = rest.split(":")
        who = "penulis" if voice == "own" else "orang lain"
        told = f"{MEANINGS.get(meant, meant)}, {who}" + (", tidak dihitung" if void else "")
        return f"juga tertulis: {signals.get(predicate, predicate)} ({told})"
    return name
