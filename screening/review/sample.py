"""A fixed, stratified draw of activities that were not flagged: what people find among them measures what the machine missed.

Strata are platform × kind; which rows are drawn depends only on the run and the rows themselves, so every reviewer gets the
same ones, nobody can choose them, and a larger sample contains the smaller one.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from screening.review.decisions import FOUND, Item, Outcome

Z = 1.96  # two-sided 95 %, the usual level


def draw(activities: pd.DataFrame, size: int, seed: str) -> pd.DataFrame:
    """At most `size` rows of JUDGED with result `clear`, plus columns `stratum`, `drawn` and `total` (counts per stratum).

    Proportional to the strata, at least one of each while `size` allows (largest strata first).
    """
    clear = activities[activities["result"] == "clear"].drop_duplicates("activity_id")
    if clear.empty or size <= 0:
        return clear.head(0).assign(stratum="", drawn=0, total=0)
    stratum = clear["platform"] + "/" + clear["kind"]
    order = [hashlib.sha256(f"{seed}|{key}".encode()).hexdigest() for key in clear["activity_id"]]
    ranked = clear.assign(stratum=stratum, _order=order).sort_values("_order")
    totals = ranked["stratum"].value_counts()
    shares = _shares({str(name): int(total) for name, total in totals.items()}, min(size, len(clear)))
    place = ranked.groupby("stratum").cumcount()
    drawn = ranked[place < ranked["stratum"].map(shares)]
    counts = drawn.assign(drawn=drawn["stratum"].map(shares), total=drawn["stratum"].map(totals))
    return counts.drop(columns="_order").reset_index(drop=True)


def _shares(totals: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: one each, largest first, then Sainte-Laguë (no share shrinks when the sample grows)."""
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    shares = dict.fromkeys(ordered, 0)
    for name in ordered[:size]:
        shares[name] = 1
    for _ in range(size - sum(shares.values())):
        open_ = [name for name in ordered if shares[name] < totals[name]]
        shares[max(open_, key=lambda name: totals[name] / (2 * shares[name] + 1))] += 1
    return shares


@dataclass(frozen=True)
class Misses:
    """Estimate from the settled part of a sample: `rate` weighted by strata, `low`/`high` Wilson bounds at 95 % (unweighted)."""

    reviewed: int
    found: int
    rate: float
    low: float
    high: float


def misses(samples: Mapping[Item, Mapping[str, Any]], found: Mapping[Item, Outcome]) -> Misses | None:
    """How often a person found something among unflagged activities; None while nothing of the sample is settled."""
    settled = {item: found[item] for item in samples if item in found and found[item].settled}
    if not settled:
        return None
    per: dict[str, list[bool]] = {}
    totals: dict[str, int] = {}
    for item, outcome in settled.items():
        stratum = str(samples[item]["stratum"])
        per.setdefault(stratum, []).append(outcome.verdict == FOUND)
        totals[stratum] = int(samples[item]["total"])
    rate = sum(totals[name] * sum(hits) / len(hits) for name, hits in per.items()) / sum(totals.values())
    hits = sum(outcome.verdict == FOUND for outcome in settled.values())
    return Misses(len(settled), hits, rate, *wilson(hits, len(settled)))


def wilson(hits: int, size: int) -> tuple[float, float]:
    """Wilson score interval of a proportion at 95 %."""
    share = hits / size
    middle = share + Z * Z / (2 * size)
    spread = Z * math.sqrt(share * (1 - share) / size + Z * Z / (4 * size * size))
    scale = 1 + Z * Z / size
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def shuffled(rows: Iterable[dict[str, Any]], seed: str) -> list[dict[str, Any]]:
    """The rows in an order that says nothing about their score and is the same every time."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{seed}|{row['id_temuan']}".encode()).hexdigest())
