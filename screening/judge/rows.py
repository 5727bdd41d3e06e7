"""The FINDINGS rows of one case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from screening.judge.bench import Case
from screening.judge.elements import Fit
from screening.judge.score import Scale, limited, reasons
from screening.ruleset.load import Ruleset
from screening.tables import encode

_NO_ROSTER = "tanpa daftar pegawai, pemilik akun dan status kepegawaiannya belum dipastikan"


def rows_of(activity: Mapping[str, Any], case: Case, ruleset: Ruleset) -> Iterator[dict[str, Any]]:
    """One row per chosen act."""
    others = [one.act.id for one in case.fits if one.result != "clear" and one.act.role != "izin"]
    for one in case.chosen:
        yield _row(activity, one, case, others, ruleset)


def other_rule(activity: Mapping[str, Any], case: Case, ruleset: Ruleset) -> Iterator[dict[str, Any]]:
    """Staff who are no civil servants: the table does not apply, the act with role non_asn does."""
    live = [one for one in case.fits if one.result != "clear" and one.act.role != "izin"]
    rule = next((act for act in ruleset.acts if act.role == "non_asn"), None)
    if live and rule is not None:
        moved = Fit(rule, live[0].standing, live[0].evidence, live[0].status, "out_of_scope", (), ())
        yield _row(activity, Scale(ruleset.risk).weighed(moved, case.control), case, (), ruleset)


def _row(activity: Mapping[str, Any], one: Fit, case: Case, others: Sequence[str], ruleset: Ruleset) -> dict[str, Any]:
    parts, score, points = limited(one.parts, one.result)
    contestant = case.contestants.get(one.standing, "")
    named = next((hit for hit in case.hits if contestant and hit.contestant == contestant), None)
    records = reasons(parts, case.hits, named)
    stand = one.standing
    return {
        "finding_id": _digest(activity["activity_id"], one.act.id),
        "activity_id": activity["activity_id"],
        "record_id": activity["record_id"],
        "subject_id": activity["subject_id"],
        "act_id": one.act.id,
        "document": one.act.document.title,
        "provision": one.act.provision,
        "category": one.act.category,
        "result": one.result,
        "score": score,
        "points": points,
        "band": ruleset.risk.band(score),
        "contest": (stand.contest or None) if stand is not None else None,
        "contestant": contestant or None,
        "candidate_status": one.status or None,
        "phase": (stand.phase or None) if stand is not None else None,
        "alternatives": _alternatives(tuple(other for other in others if other != one.act.id)),
        "missing": _missing(one.missing),
        "mitigating": _mitigating(one, records, case),
        "reasons": f"[{','.join(map(_told, records))}]",
        "ruleset_version": ruleset.version,
    }


# A run says the same few things again and again.
@lru_cache(maxsize=10_000)
def _alternatives(acts: tuple[str, ...]) -> str:
    return encode(acts)


@lru_cache(maxsize=10_000)
def _missing(elements: tuple[tuple[str, str, str], ...]) -> str:
    return encode([{"element": name, "text": text, "settle": settle} for name, text, settle in elements])


def _mitigating(one: Fit, records: Sequence[Mapping[str, Any]], case: Case) -> str:
    """What speaks for the person, with the characters and the points it has in `reasons`; canonical JSON text."""
    quoted = {record["code"]: record["quote"] for record in records}
    listed = [
        {"code": item.name, "text": item.text, "points": item.points, "quote": quoted.get(item.name, "")}
        for item, _ in one.spoken
    ]
    if case.control == "no_roster":
        listed.append({"code": "akun_belum_dipastikan", "text": _NO_ROSTER, "points": 0, "quote": ""})
    for record in records:
        if record["group"] == "akun":
            listed.append({"code": record["code"], "text": record["text"], "points": record["points"], "quote": ""})
    return encode(listed) if listed else "[]"


def _told(record: Mapping[str, Any]) -> str:
    """`encode(record)`; most parts of most rows have no characters to quote and are the same text."""
    if record["quote"] or record["field"]:
        return encode(record)
    return _unquoted(record["code"], record["text"], record["points"], record["group"])


@lru_cache(maxsize=10_000)
def _unquoted(code: str, text: str, points: int, group: str) -> str:
    return encode(
        {"code": code, "text": text, "points": points, "group": group, "quote": "", "field": "", "start": 0, "end": 0}
    )


def _digest(activity_id: str, act_id: str) -> str:
    return hashlib.sha256(f"{activity_id}\0{act_id}".encode()).hexdigest()[:20]
