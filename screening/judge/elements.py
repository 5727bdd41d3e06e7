"""One act held against one activity: which elements are shown, which are missing, what speaks for the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from screening.judge.evidence import Evidence, Part, holds, kind_of
from screening.judge.standing import FACTS, Standing
from screening.ruleset.acts import Act, Exemption, Expression

RANK = {"finding": 0, "needs_clarification": 1, "clear": 2, "out_of_scope": 3}

SETTLE = {
    "waktu": (
        "waktu kejadian yang pasti",
        "Cari tanggal dan jam interaksi pada sumber asli; tanggal menentukan status peserta dan butir yang berlaku.",
    ),
    "status": (
        "status peserta pada tanggal itu",
        "Pastikan apakah tokoh itu sudah bakal calon atau calon, dalam kontes dan daerah mana, pada tanggal itu.",
    ),
    "peserta": (
        "peserta yang dimaksud",
        "Pastikan siapa peserta yang dimaksud; teks atau gambar tidak menyebutnya dengan jelas.",
    ),
    "akun": ("penguasaan akun", "Pastikan akun itu dikuasai pegawai: daftar pegawai menandainya belum dipastikan."),
    "pencalonan": (
        "kedudukan pegawai yang menurut daftar pegawai sendiri mencalonkan diri",
        "Periksa data kepegawaian pada tanggal itu: surat pengunduran diri atau pemberhentian, dan cuti di luar tanggungan negara.",
    ),
    "pasangan_calon": (
        "bahwa suami atau istri yang dimaksud adalah peserta yang tercatat pada daftar pegawai",
        "Pastikan kegiatan siapa yang dimaksud, dan periksa cuti di luar tanggungan negara pada tanggal itu.",
    ),
    "keberlakuan": (
        "aturan berlaku pada tanggal perbuatan",
        "Perbuatan terjadi di luar masa berlaku dokumen ini; cari aturan yang berlaku pada tanggal itu.",
    ),
    "imbauan": (
        "imbauan pencegahan, bukan butir pelanggaran",
        "Bahan pembinaan: ingatkan atau mintakan penjelasan; imbauan ini sendiri tidak mengenal pelanggaran.",
    ),
}


class Fit(NamedTuple):
    """How an act fits. `missing`: (element, text, settle); `spoken`: the exemptions that hold, with their effect."""

    act: Act
    standing: Standing | None
    evidence: Evidence
    status: str
    result: str
    missing: tuple[tuple[str, str, str], ...]
    spoken: tuple[tuple[Exemption, str], ...]
    parts: tuple[Part, ...] = ()
    points: int = 0  # of the parts, unclamped, whatever the result

    def cleared(self, exemption: Exemption) -> Fit:
        """The same fit removed by a permission or by the account not being the person's."""
        return self._replace(result="clear", spoken=(*self.spoken, (exemption, "clear")))


class Reach:
    """Tells which acts some evidence could fit, whoever stands where: nearly every act asks for something not noticed."""

    def __init__(self, acts: Iterable[Act]) -> None:
        numbers: dict[Expression, int] = {}
        self.known: dict[frozenset[str], tuple[Act, ...]] = {}
        self.acts: dict[str, list[tuple[Act, set[int]]]] = {}
        for act in acts:
            needs = {numbers.setdefault(one.shown + one.hinted, len(numbers)) for one in act.elements}
            for kind in act.kinds if act.role != "non_asn" else ():
                self.acts.setdefault(kind, []).append((act, needs))
        # Many acts ask for the same. An alternative is looked at only where its first atom was noticed.
        self.asked: dict[str, list[tuple[frozenset[str], int]]] = {}
        self.always = {number for expression, number in numbers.items() if holds(expression, FACTS)}
        for expression, number in numbers.items():
            for alternative in expression:
                rest = sorted(alternative - FACTS)
                if rest and number not in self.always:
                    self.asked.setdefault(rest[0], []).append((alternative - FACTS, number))

    def within(self, evidence: Evidence) -> tuple[Act, ...]:
        """The acts for this kind of activity whose every element is noticed, or may be a fact of a standing."""
        every = evidence.every
        if every not in self.known:
            met = set(self.always)
            for atom in self.asked.keys() & every:
                met.update([number for alternative, number in self.asked[atom] if alternative <= every])
            acts = self.acts.get(kind_of(evidence), ())
            self.known[every] = tuple([act for act, needs in acts if needs <= met])
        return self.known[every]


class Situation(NamedTuple):
    """What acts are held against: evidence at a standing (None: no contestant is in play), on a day, of an account.

    `stood`: the same evidence with the facts of the standing.
    """

    evidence: Evidence
    standing: Standing | None
    stood: Evidence
    day: date | None
    control: str


def fit(act: Act, status: str, at: Situation) -> Fit | None:
    """How `act` fits with the status that lets it (`status_for`); None when an element is absent.

    Where nobody is named, for acts that need no name only.
    """
    missing, stood = _unsettled(act, at), at.stood
    for element in act.elements:
        if holds(element.shown, stood.strong):
            continue
        if not holds(element.shown, stood.every) and not holds(element.hinted, stood.every):
            return None
        missing[element.name] = (element.text, element.settle or "Minta penjelasan dan bukti asli.")
    if act.role == "izin" and (missing or holds(act.blocked_by, stood.strong)):
        return None
    if at.day is not None and not act.document.in_force(at.day):
        missing["keberlakuan"] = SETTLE["keberlakuan"]
    if at.control == "unconfirmed":
        missing["akun"] = SETTLE["akun"]
    if status in act.doubtful:
        missing["status"] = SETTLE["status"]
    if act.severity == "imbauan" and act.role != "izin":
        missing["imbauan"] = SETTLE["imbauan"]
    spoken = tuple(_spoken(act, stood))
    effects = {effect for _, effect in spoken}
    doubts = [(item.name, item.text, item.settle) for item, effect in spoken if effect == "clarify"]
    listed = [(name, text, settle) for name, (text, settle) in missing.items()] + doubts
    result = "needs_clarification" if listed else "finding"
    return Fit(
        act, at.standing, stood, status,
        "clear" if "clear" in effects or act.role == "izin" else result, tuple(listed), spoken,
    )  # fmt: skip


def needs_no_name(act: Act, evidence: Evidence) -> bool:
    """True when the act can fit though nobody is named."""
    return "is:nameless" in evidence.every or holds(act.orphan, evidence.every)


def _unsettled(act: Act, at: Situation) -> dict[str, tuple[str, str]]:
    """What is uncertain about who stands for what."""
    standing = at.standing
    if standing is None:
        return {}
    missing = {name: SETTLE[name] for name in standing.uncertain}
    if not standing.named and not holds(act.unnamed, at.evidence.strong):
        missing["peserta"] = SETTLE["peserta"]
    return missing


def status_for(act: Act, standing: Standing | None) -> str | None:
    """The status that lets the act fit at a standing: "" when it needs none, None when it cannot fit."""
    if act.target != "contestant":
        return "" if standing is None else None
    if standing is None:
        return None
    if act.contest_kinds and standing.contest_kind and standing.contest_kind not in act.contest_kinds:
        return None
    stage = standing.phase or "after"  # a party outside every election: like after one
    if act.phases and stage not in act.phases and "waktu" not in standing.uncertain:
        return None
    covered = (*act.statuses, *act.doubtful)
    return next((held for held in standing.statuses if held in covered), None)


def _spoken(act: Act, evidence: Evidence) -> Iterator[tuple[Exemption, str]]:
    for item in act.exemptions:
        if not holds(item.when, evidence.every):
            continue
        if holds(item.when, evidence.strong):
            yield item, item.but_effect if holds(item.but, evidence.sure) else item.effect
        else:
            yield item, "mitigate"  # a mere hint speaks for the person, but settles nothing
