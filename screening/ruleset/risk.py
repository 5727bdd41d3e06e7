"""The numbers of the score, read from data/risk.toml; every number there stands with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screening.errors import Problem
from screening.ruleset.acts import SEVERITIES, Expression, parse
from screening.ruleset.contests import PHASES
from screening.ruleset.datafile import DataFile, read_toml
from screening.tables import KINDS


@dataclass(frozen=True)
class Points:
    """A whole number of points and why."""

    points: int
    reason: str


@dataclass(frozen=True)
class EvidenceRule:
    """Points of one kind of evidence; within a `group` only the strongest counts."""

    group: str
    code: str
    text: str
    when: Expression
    points: int
    model_points: int
    weak_points: int


@dataclass(frozen=True)
class Risk:
    """data/risk.toml as read."""

    high: int
    medium: int
    thresholds: Mapping[str, float]
    time: Mapping[str, float]
    severity: Mapping[str, Points]
    kinds: Mapping[str, Points]
    phases: Mapping[str, Points]
    missing: Mapping[str, Points]
    control: Mapping[str, Points]
    evidence: tuple[EvidenceRule, ...]

    def band(self, score: int) -> str:
        """high, medium or low."""
        return "high" if score >= self.high else "medium" if score >= self.medium else "low"


_TABLES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "severity": ((*SEVERITIES, "pendamping"), 1),
    "kinds": (KINDS, 1),
    "phases": (PHASES, 1),
    "missing": (("default",), -1),
    "control": (("likely",), -1),
}


def read_risk(path: Path, signals: Iterable[str]) -> tuple[Risk, list[Problem]]:
    """The risk table and every problem of the file."""
    file = read_toml(path, "data/risk.toml")
    tables = {name: _points(file, name, wanted, sign) for name, (wanted, sign) in _TABLES.items()}
    bands = file.table.get("bands", {})
    if not 0 < bands.get("medium", 0) < bands.get("high", 0) <= 100:
        file.problem("bands: perlu 0 < medium < high <= 100", "bands")
    for section, keys in (
        ("thresholds", ("hint", "model", "model_hint", "missing_spread")),
        ("time", ("naive_before_hours", "naive_after_hours", "near_days")),
    ):
        for key in keys:
            if not isinstance(file.table.get(section, {}).get(key), int | float):
                file.problem(f"{section}.{key} harus angka", key, section)
    known = set(signals)
    evidence = tuple(_rule(file, row, known) for row in file.table.get("evidence", ()))
    risk = Risk(
        int(bands.get("high", 0)), int(bands.get("medium", 0)), file.table.get("thresholds", {}),
        file.table.get("time", {}), evidence=evidence, **tables,
    )  # fmt: skip
    return risk, file.problems


def _points(file: DataFile, name: str, wanted: Iterable[str], sign: int) -> dict[str, Points]:
    made = {}
    rows: Mapping[str, Any] = file.table.get(name, {})
    for key in wanted:
        if key not in rows:
            file.problem(f"{name}.{key} tidak ada", name)
    for key, row in rows.items():
        points, reason = row.get("points"), row.get("reason")
        if not isinstance(points, int) or points * sign < 0 or not reason:
            file.problem(f"{name}.{key}: perlu points (bilangan bulat, {'≥' if sign > 0 else '≤'} 0) dan reason", key)
        made[key] = Points(points if isinstance(points, int) else 0, str(reason))
    return made


def _rule(file: DataFile, row: Mapping[str, Any], known: set[str]) -> EvidenceRule:
    code = str(row.get("code", "?"))
    file.unknown_keys(row, ("group", "code", "text", "when", "points", "model_points", "weak_points"), code)
    full = row.get("points", 0)
    weak = row.get("weak_points", 0)
    model = row.get("model_points", full)
    if not all(isinstance(value, int) for value in (full, weak, model)) or not 0 <= weak <= model <= full:
        file.problem(f"bukti {code}: perlu 0 <= weak_points <= model_points <= points (bilangan bulat)", code)
    if not row.get("group") or not row.get("text"):
        file.problem(f"bukti {code}: perlu group dan text", code)
    when = parse(file, code, row.get("when", ()), known)
    return EvidenceRule(str(row.get("group")), code, str(row.get("text")), when, full, model, weak)
