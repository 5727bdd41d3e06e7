"""How far two people, deciding apart, come to the same: percent, Cohen's kappa, Krippendorff's alpha (nominal), per act.

Only first votes count: what was changed after talking, adjudications and recusals say nothing about independent judgement.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import pandas as pd

from screening.review.decisions import NO_ACT, Statement, initial_votes, person
from screening.review.settings import settings

COLUMNS = ("butir", "pasangan", "n", "sama_persen", "kappa", "alpha", "catatan")
ALL = "SEMUA BUTIR"


def agreement(said: Iterable[Statement]) -> pd.DataFrame:
    """One row per act and pair of reviewers, and totals; columns COLUMNS, `n` items with both votes, NA where undefined."""
    units: dict[str, list[dict[str, str]]] = {}
    for item, votes in sorted(initial_votes(said).items()):
        if len(votes) >= 2:
            verdicts = {person(who): vote.verdict for who, vote in votes.items()}
            act = "tanpa butir (sampel)" if item.act_id == NO_ACT else item.act_id
            for group in (ALL, act):
                units.setdefault(group, []).append(verdicts)
    names = _names(said)
    rows = []
    for act in sorted(units, key=lambda name: (name != ALL, name)):
        pairs = sorted({pair for votes in units[act] for pair in combinations(sorted(votes), 2)})
        if len(pairs) > 1:
            rows.append(_row(act, "semua penelaah", units[act], None))
        for pair in pairs:
            both = [(votes[pair[0]], votes[pair[1]]) for votes in units[act] if set(pair) <= votes.keys()]
            rows.append(
                _row(
                    act,
                    f"{names[pair[0]]} – {names[pair[1]]}",
                    [dict(zip(pair, two, strict=True)) for two in both],
                    both,
                )
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(
        {
            "butir": "str",
            "pasangan": "str",
            "n": "int64",
            "sama_persen": "float64",
            "kappa": "float64",
            "alpha": "float64",
            "catatan": "str",
        }
    )


def percent(pairs: Sequence[tuple[str, str]]) -> float:
    """Share of pairs that agree; NaN without pairs."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else math.nan


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Agreement beyond what the two raters' own habits would give by chance; NaN when chance alone would agree fully."""
    if not pairs:
        return math.nan
    size = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[name] * second[name] for name in first) / size**2
    return math.nan if chance == 1 else (percent(pairs) - chance) / (1 - chance)


def krippendorff_alpha(units: Iterable[Sequence[str]]) -> float:
    """Nominal alpha over units with any number of votes (fewer than two are left out); NaN without any variation."""
    pairable = [Counter(unit) for unit in units if len(unit) >= 2]
    totals: Counter[str] = sum(pairable, Counter())
    size = totals.total()
    if size == 0:
        return math.nan
    # disagreement seen within units against disagreement among all votes thrown together
    seen = sum(sum(unit[a] * (unit.total() - unit[a]) for a in unit) / (unit.total() - 1) for unit in pairable) / size
    expected = sum(totals[a] * (size - totals[a]) for a in totals) / (size * (size - 1))
    return math.nan if expected == 0 else 1 - seen / expected


def _row(act: str, pair: str, units: list[dict[str, str]], both: list[tuple[str, str]] | None) -> dict[str, object]:
    pairs = both if both is not None else [two for votes in units for two in combinations(votes.values(), 2)]
    alpha = krippendorff_alpha([list(votes.values()) for votes in units])
    kappa = cohen_kappa(both) if both is not None else math.nan
    notes = []
    if len(units) < settings()["votes"]["small_n"]:
        notes.append(f"n = {len(units)}: terlalu sedikit untuk disimpulkan")
    if math.isnan(alpha):
        notes.append("semua putusan sama jenisnya: koefisien tidak terdefinisi")
    return {"butir": act, "pasangan": pair, "n": len(units), "sama_persen": 100 * percent(pairs), "kappa": kappa, "alpha": alpha,
            "catatan": "; ".join(notes)}  # fmt: skip


def _names(said: Iterable[Statement]) -> dict[str, str]:
    names: dict[str, str] = {}
    for statement in said:
        key = person(statement.who)
        names[key] = min(names.get(key, statement.who), statement.who)
    return names
