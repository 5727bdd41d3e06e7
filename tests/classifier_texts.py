"""Texts for the classifier's tests: documents and hits of plain texts, read once per session."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from screening.classifier import Model, load, name_words, predict
from screening.classifier.predict import PROBABILITIES


@lru_cache(maxsize=1)
def ruleset() -> Any:
    from screening.ruleset import load_ruleset

    return load_ruleset()


@lru_cache(maxsize=1)
def names() -> Any:
    return name_words(ruleset().lexicon.entries)


@lru_cache(maxsize=1)
def model() -> Model:
    return load()


def activities(texts: list[str], **cells: Any) -> pd.DataFrame:
    from screening.tables import ACTIVITIES

    fixed = {
        "platform": "x",
        "kind": "post",
        "time_basis": "absent",
        "visibility": "public",
        "source_file": "-",
        "source_pointer": "1",
    }
    return ACTIVITIES.build({**fixed, **cells, "activity_id": f"{i:06d}", "text": text} for i, text in enumerate(texts))


def noticed(texts: list[str], **cells: Any) -> tuple[Any, pd.DataFrame]:
    from screening.detectors import detect
    from screening.text import documents

    rows = activities(texts, **cells)
    read = documents(rows)
    return read, detect(rows, read, ruleset(), everything=True, stances=False)


def chances(texts: list[str]) -> np.ndarray:
    """Probabilities, one row per text."""
    read, hits = noticed(texts)
    return predict(model(), read, hits, names())[list(PROBABILITIES)].to_numpy()


CONTESTANT_FREE = [
    "besok kerja bakti jam 7 ya bapak ibu, bawa sapu masing-masing 🙏",
    "KPU menetapkan daftar pemilih tetap pemilu 2024 #KPUMelayani",
    "wkwkwk parah banget sih lu",
    "",
    "👍👍👍",
    "@user @user https://t.co/abc",
    "Debat kedua digelar Minggu malam, begini jadwalnya",
]
NAMED = [
    "Pak Prabowo mantap, gas terus sampai menang!!!",
    "@user @user mas ganjar cuma janji doang wkwkwk",
    "#AniesPresiden2024 bismillah",
    "Bu Risma resmikan pasar baru di Surabaya",
    "kubu 02 panik, paslon 01 tenang aja",
    'PKB, Gerindra dan PDIP bertemu. Kata Muhaimin: "kami terbuka"',
    "GANJAR-MAHFUD ATAU PRABOWO-GIBRAN? MENURUT KALIAN SIAPA?",
    "Wowo gemoyyyy tapi omon-omon 😂😂",
]
