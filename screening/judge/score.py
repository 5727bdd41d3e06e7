"""The score of a fit as signed whole points; the parts always add up to it.

Every part belongs to the weight of the act or to the strength of its proof (`ruleset.risk.WEIGHS`), so that a grave act
little shown and a light one plainly shown can be told apart. Within a group of evidence only the strongest counts. What
needs clarification stays below every finding. Nothing here knows which contestant it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from screening.judge.elements import Fit
from screening.judge.evidence import Evidence, Part, holds, kind_of
from screening.ruleset.acts import atoms_of
from screening.ruleset.risk import EvidenceRule, Points, Risk

FULL = 100


@dataclass
class Scale:
    """The risk table at work; remembers what each evidence weighs, as far as the table asks for it."""

    risk: Risk
    asked: frozenset[str] = field(init=False)
    seen: dict[Evidence, list[Part]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked = frozenset().union(*(atoms_of(rule.when) for rule in self.risk.evidence))

    def weighed(self, fit: Fit, control: str) -> Fit:
        """The same fit with all its parts, before the limits of the scale."""
        key = Evidence(*(atoms & self.asked for atoms in fit.evidence))
        if key not in self.seen:
            self.seen[key] = _evidence(key, self.risk.evidence)
        parts = _parts(fit, self.seen[key], self.risk, control)
        return Fit(*fit[:-2], parts, sum([part.points for part in parts]))


def _parts(fit: Fit, evidence: Sequence[Part], risk: Risk, control: str) -> tuple[Part, ...]:
    severity = risk.severity["pendamping" if fit.act.role == "pendamping" else fit.act.severity]
    kind = kind_of(fit.evidence)
    parts = [Part("perbuatan", f"{fit.act.wording} ({severity.reason})", severity.points, "perbuatan")]
    parts += evidence
    parts.append(Part(f"jenis_{kind}", risk.kinds[kind].reason, risk.kinds[kind].points, "jenis"))
    stage = fit.standing.phase if fit.standing is not None else ""
    if stage and risk.phases[stage].points:
        parts.append(Part(f"tahapan_{stage}", risk.phases[stage].reason, risk.phases[stage].points, "tahapan"))
    if control in risk.control:
        parts.append(Part("akun_mungkin", risk.control[control].reason, risk.control[control].points, "akun"))
    if fit.result == "needs_clarification":
        whole = risk.missing["klarifikasi"]
        parts.append(Part("perlu_klarifikasi", whole.reason, whole.points, "belum_terbukti"))
    spoken = {item.name for item, _ in fit.spoken}
    for name, text, _ in fit.missing:
        if name not in spoken:
            lost: Points = risk.missing.get(name, risk.missing["default"])
            parts.append(Part(f"belum_terbukti_{name}", f"belum terbukti: {text}", lost.points, "belum_terbukti"))
    for item, _ in fit.spoken:
        parts.append(Part(item.name, item.text, item.points, "meringankan", item.when))
    return tuple(parts)


def _evidence(evidence: Evidence, rules: Sequence[EvidenceRule]) -> list[Part]:
    best: dict[str, Part] = {}
    for rule in rules:
        if not holds(rule.when, evidence.every):
            continue
        for atoms, points in (
            (evidence.sure, rule.points), (evidence.strong, rule.model_points), (evidence.every, rule.weak_points),
        ):  # fmt: skip
            if holds(rule.when, atoms):
                proof = tuple(alternative for alternative in rule.when if alternative <= atoms)
                if rule.group not in best or points > best[rule.group].points:
                    best[rule.group] = Part(rule.code, rule.text, points, rule.group, proof)
                break
    return [part for part in best.values() if part.points]


def limited(parts: Sequence[Part], result: str, risk: Risk) -> tuple[tuple[Part, ...], int, int]:
    """(parts that sum to the score, score 0–100, unclamped points). What is no case scores nothing, visibly."""
    points = sum(part.points for part in parts)
    if result in ("clear", "out_of_scope"):
        why = "tidak memenuhi butir karena pengecualian" if result == "clear" else "di luar lingkup"
        return (*parts, Part("tidak_terpenuhi", why, -points, "hasil")), 0, 0
    least, most = (risk.limits[name] for name in ("finding_least", "clarification_most"))
    low, high = (least.points, FULL) if result == "finding" else (0, most.points)
    score = max(low, min(high, points))
    if score == points:
        return tuple(parts), score, points
    if score in (0, FULL):
        limit = Part("batas_skala", "batas skala 0–100", score - points, "skala")
    else:
        code, text = ("batas_temuan", least.reason) if result == "finding" else ("batas_klarifikasi", most.reason)
        limit = Part(code, text, score - points, "hasil")
    return (*parts, limit), score, points
