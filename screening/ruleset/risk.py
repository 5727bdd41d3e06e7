"""The numbers of the score, read from data/risk.toml; every number there stands with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from screening.errors import Problem
from screening.ruleset.acts import SEVERITIES, Expression, parse
from screening.ruleset.contests import PHASES
from screening.ruleset.datafile import DataFile, read_toml
from screening.tables import KINDS

# What the groups of the parts of a score tell of: how much an act weighs, how well it is shown, and the limits at the end.
WEIGHS: Mapping[str, str] = {
    **dict.fromkeys(("perbuatan", "sarana", "pengerahan", "jabatan", "khalayak", "jenis", "tahapan"), "severity"),
    **dict.fromkeys(("peserta", "bukti", "arah", "akun", "belum_terbukti", "meringankan"), "confidence"),
    **dict.fromkeys(("hasil", "skala"), "limit"),
}


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
class Leading:
    """How positions of those begin who lead or hold authority, after the words for an acting official."""

    acting: tuple[tuple[str, ...], ...] = ()
    positions: tuple[tuple[str, ...], ...] = ()

    def holds(self, position: str) -> bool:
        """Whether a position as the roster writes it is one of them ("Plt. Camat Contoh"); an adjutant's is not."""
        words = tuple(re.findall(r"[a-z]+", position.casefold()))
        for acting in self.acting:
            if words[: len(acting)] == acting:
                words = words[len(acting) :]
                break
        return any(words[: len(one)] == one for one in self.positions)


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
    limits: Mapping[str, Points] = field(default_factory=dict)
    leading: Leading = Leading()

    def band(self, score: int) -> str:
        """high, medium or low."""
        return "high" if score >= self.high else "medium" if score >= self.medium else "low"


_TABLES: Mapping[str, tuple[tuple[str, ...], int]] = {
    "severity": ((*SEVERITIES, "pendamping"), 1),
    "kinds": (KINDS, 1),
    "phases": (PHASES, 1),
    "missing": (("default", "klarifikasi"), -1),
    "control": (("likely",), -1),
    "limits": (("clarification_most", "finding_least"), 1),
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
    limits = tables["limits"]
    if len(limits) == 2 and not 0 < limits["clarification_most"].points < limits["finding_least"].points <= 100:
        file.problem("limits: perlu 0 < clarification_most < finding_least <= 100", "clarification_most")
    known = set(signals)
    evidence = tuple(_rule(file, row, known) for row in file.table.get("evidence", ()))
    risk = Risk(
        int(bands.get("high", 0)), int(bands.get("medium", 0)), file.table.get("thresholds", {}),
        file.table.get("time", {}), evidence=evidence, leading=_leading(file), **tables,
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


def _leading(file: DataFile) -> Leading:
    table: Mapping[str, Any] = file.table.get("leading", {})
    if not table.get("positions") or not table.get("reason"):
        file.problem("leading: perlu positions dan reason", "leading")
    # The longest first: "penjabat sementara" before "penjabat".
    acting, positions = (
        tuple(sorted((tuple(str(one).split()) for one in table.get(name, ())), key=len, reverse=True))
        for name in ("acting", "positions")
    )
    return Leading(acting, positions)


def _rule(file: DataFile, row: Mapping[str, Any], known: set[str]) -> EvidenceRule:
    code = str(row.get("code", "?"))
    file.unknown_keys(row, ("group", "code", "text", "when", "points", "model_points", "weak_points"), code)
    full = row.get("points", 0)
    weak = row.get("weak_points", 0)
    model = row.get("model_points", full)
    if not all(isinstance(value, int) for value in (full, weak, model)) or not 0 <= weak <= model <= full:
        file.problem(f"bukti {code}: perlu 0 <= weak_points <= model_points <= points (bilangan bulat)", code)
    if WEIGHS.get(str(row.get("group"))) not in ("severity", "confidence") or not row.get("text"):
        groups = ", ".join(name for name, what in WEIGHS.items() if what != "limit")
        file.problem(f"bukti {code}: perlu text dan group ({groups})", code)
    when = parse(file, code, row.get("when", ()), known)
    return EvidenceRule(str(row.get("group")), code, str(row.get("text")), when, full, model, weak)
