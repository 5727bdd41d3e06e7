"""The FINDINGS rows of one case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from screening.judge.elements import Fit
from screening.judge.evidence import NAMING, Part, Statement, proof_of
from screening.judge.score import limited
from screening.judge.standing import Standing
from screening.ruleset.acts import Expression, atoms_of
from screening.ruleset.load import Ruleset
from screening.ruleset.risk import WEIGHS, Risk
from screening.tables import UNSURE, encode

EMPLOYED = "kepegawaian_"  # code of the remark on what a reference means for the person's employment
# What people say they did is not seen being done.
_CLAIMED = "pernyataan_sendiri"
_DEED = "perbuatan nyata di luar jaringan; yang tampak baru pernyataan atau gambarannya"
_SETTLE_DEED = (
    "Tanyakan kepada yang bersangkutan dan saksi; cari bukti di luar media sosial (undangan, daftar hadir, foto asli)."
)
_NO_ROSTER = "tanpa daftar pegawai, pemilik akun dan status kepegawaiannya belum dipastikan"
_NOTHING = Statement("", "", "", "", "", "", "", "", 0, 0, 0.0, "")
_NAMED = Part("peserta", "menyebut atau menyasar peserta", 0, "peserta")


@dataclass(frozen=True)
class Draft:
    """A row but for the activity itself: all activities with the same evidence share it.

    `told` is each part of the score as JSON text that quotes nothing; `proven` are the parts to quote for, by their place;
    `mitigating` are (code, text, points).
    """

    standing: Standing | None
    cells: Mapping[str, Any]
    told: tuple[str, ...]
    proven: Mapping[int, Part]
    mitigating: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Case:
    """What the bench found about one activity: all fits, the rows to be (each with whom it is about and the statements about
    them), who stands where, and all statements."""

    fits: tuple[Fit, ...]
    drafts: tuple[tuple[Draft, str, tuple[Statement, ...]], ...]
    contestants: tuple[tuple[Standing | None, str], ...]
    statements: tuple[Statement, ...]


def draft(one: Fit, others: Sequence[str], control: str, ruleset: Ruleset, employment: str = "") -> Draft:
    """The row of a fit; `others`: the acts that fit, too; `employment`: of the person, where known."""
    parts, score, points = limited(one.parts, one.result, ruleset.risk)
    stand = one.standing
    cells = {
        "act_id": one.act.id,
        "document": one.act.document.title,
        "provision": one.act.provision,
        "category": one.act.category,
        "result": one.result,
        "score": score,
        "points": points,
        "band": ruleset.risk.band(score),
        "contest": (stand.contest or None) if stand is not None else None,
        "candidate_status": one.status or None,
        "phase": (stand.phase or None) if stand is not None else None,
        "alternatives": _alternatives(tuple(other for other in others if other != one.act.id)),
        "missing": _missing((*one.missing, *_deed(one))),
        "ruleset_version": ruleset.version,
    }
    mitigating = [(item.name, item.text, item.points) for item, _ in one.spoken]
    mitigating += [("akun_belum_dipastikan", _NO_ROSTER, 0)] if control == "no_roster" else []
    mitigating += [(part.code, part.text, part.points) for part in parts if part.group == "akun"]
    if employment in ruleset.references:
        mitigating.append((f"{EMPLOYED}{employment}", ruleset.references[employment], 0))
    proven = {at: part for at, part in enumerate(parts) if part.proof}
    return Draft(stand, cells, tuple(map(_unquoted, parts)), proven, tuple(mitigating))


def _deed(one: Fit) -> tuple[tuple[str, str, str], ...]:
    """The deed itself, where an export can carry words about it at most; never an element the judge weighs."""
    if one.result not in ("finding", "needs_clarification"):
        return ()
    if one.act.observability != "C" and all(part.code != _CLAIMED for part in one.parts):
        return ()
    told = (element.settle for element in one.act.elements if element.settle and _claims(element.shown))
    return (("perbuatan_nyata", _DEED, " ".join(dict.fromkeys((next(told, ""), _SETTLE_DEED))).strip()),)


def _claims(expression: Expression) -> bool:
    return any(atom.partition(":")[2].startswith("claim_") for atom in atoms_of(expression))


def rows_of(activity: Mapping[str, Any], case: Case, risk: Risk) -> Iterator[dict[str, Any]]:
    """One row per draft of the case."""
    for one, contestant, statements in case.drafts:
        named = [s for s in statements if contestant and s.toward == contestant and s.names and s.strength > 0]
        told, quotes = list(one.told), {}
        for at, part in one.proven.items():
            quoted = _quoted(part, statements, risk)
            told[at] = _told(part, quoted)
            quotes[part.code] = quoted.quote
        if named:
            told.insert(0, _told(_NAMED, max(named, key=lambda s: (s.predicate in NAMING, s.strength, -s.start))))
        yield {
            **one.cells,
            "finding_id": _digest(activity["activity_id"], one.cells["act_id"]),
            "activity_id": activity["activity_id"],
            "record_id": activity["record_id"],
            "subject_id": activity["subject_id"],
            "contestant": contestant or None,
            "mitigating": _mitigating(one.mitigating, tuple(quotes.get(code, "") for code, _, _ in one.mitigating)),
            "reasons": f"[{','.join(told)}]",
        }


def _quoted(part: Part, statements: Sequence[Statement], risk: Risk) -> Statement:
    """The statement that proves a part: of the first alternative that has one."""
    for option in part.proof:
        found = proof_of(option, statements, risk)
        if found is not None:
            return found
    return _NOTHING


# A run says the same few things again and again.
@lru_cache(maxsize=10_000)
def _alternatives(acts: tuple[str, ...]) -> str:
    return encode(acts)


@lru_cache(maxsize=10_000)
def _missing(elements: tuple[tuple[str, str, str], ...]) -> str:
    return encode([{"element": name, "text": text, "settle": settle} for name, text, settle in elements])


@lru_cache(maxsize=10_000)
def _mitigating(items: tuple[tuple[str, str, int], ...], quotes: tuple[str, ...]) -> str:
    """What speaks for the person, with the characters and the points it has in `reasons`; canonical JSON text."""
    listed = zip(items, quotes, strict=True)
    return encode(
        [{"code": code, "text": text, "points": points, "quote": quote} for (code, text, points), quote in listed]
    )


@lru_cache(maxsize=10_000)
def _unquoted(part: Part) -> str:
    return _told(part, _NOTHING)


def _told(part: Part, proof: Statement) -> str:
    """A part of a score with the statement and the characters that prove it, as `encode` would write the record."""
    text = part.text
    if proof.how == "model":
        if (proof.entry_id or "").endswith(UNSURE):
            text = f"memihak; mendukung atau menyerang belum pasti, lebih mungkin: {text}"
        text = f"{text} (menurut pengklasifikasi, peluang {proof.strength:.2f})".replace(".", ",")
    return (
        f'{{"code":{_text(part.code)},"end":{proof.end},"field":{_text(proof.field)},"group":{_text(part.group)},'
        f'"points":{part.points},"quote":{encode(proof.quote)},"start":{proof.start},'
        f'"statement":{encode(proof.statement_id)},"text":{encode(text)},"weighs":{_text(WEIGHS[part.group])}}}'
    )


@lru_cache(maxsize=10_000)
def _text(words: str) -> str:
    return encode(words)


def _digest(activity_id: str, act_id: str) -> str:
    return hashlib.sha256(f"{activity_id}\0{act_id}".encode()).hexdigest()[:20]
