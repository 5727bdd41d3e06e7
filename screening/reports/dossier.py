"""The case file (berkas kasus): one case, one person in one contest, as printable HTML for clarification and study.

It gathers what is known, says what is missing or speaks for the person, and leaves room for the person's own words. It
names no guilt and no sanction for anyone; names and numbers stay masked, the full identity is filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.reports import labels, sentences, task_force
from screening.reports.cases import NO_CONTEST
from screening.reports.context import ReportContext
from screening.reports.evidence import Hit, fields, hits_of
from screening.reports.html import render
from screening.reports.lookup import chosen
from screening.reports.page import manifest_hash
from screening.reports.persons import person_keys
from screening.reports.queue import QUEUE_RESULTS, queue
from screening.reports.rows import case_ids, law_text, review_rows
from screening.sheets import cell_text, finding_key
from screening.tables import decode

NOT_ASKED = "tidak disyaratkan butir ini"
UNDATED = "tidak diketahui"
DECISION_COLUMNS = ("finding_id", "reviewer", "decision", "provision", "note", "decided_at")
_IDENTITY = {
    "name": "Nama lengkap",
    "nip": "NIP",
    "position": "Jabatan",
    "grade": "Golongan/pangkat",
    "unit": "Unit kerja",
    "agency": "Instansi",
    "asn_status": "Status ASN",
    "identity": "Keyakinan kepemilikan akun",
}


def dossier(
    key: str,
    activities: pd.DataFrame,
    hits: pd.DataFrame,
    findings: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    decisions: pd.DataFrame | None = None,
) -> str:
    """The one case file of `dossiers`; UsageError naming them where the key means several cases."""
    made = dossiers(key, activities, hits, findings, manifest, context, decisions)
    if len(made) > 1:
        raise UsageError(f"{len(made)} kasus, satu berkas satu kasus; sebut salah satu: {', '.join(made)}.")
    return next(iter(made.values()))


def dossiers(
    key: str,
    activities: pd.DataFrame,
    hits: pd.DataFrame,
    findings: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    decisions: pd.DataFrame | None = None,
) -> dict[str, str]:
    """Case number -> its file as one HTML page, one per case, each with all that belongs to that case and nothing else.

    `key`: an id of a finding, an activity, a case (`K-…`) or a person, as `lookup.chosen` takes it. `decisions` (optional):
    the reviewers' conclusions with the columns of `DECISION_COLUMNS`, in the order made. Raises UsageError when nothing in
    the queue has that key, or more than one person: a case file is never about two people.
    """
    queued = findings[findings["result"].isin(QUEUE_RESULTS)]
    wanted = chosen(key, queued, activities)
    about = activities.drop_duplicates("activity_id").set_index("activity_id").loc[[*wanted["activity_id"]]]
    if person_keys(about).nunique() > 1:
        raise UsageError("Nomor itu menyangkut lebih dari satu orang; sebut nomor kasus (K-…) satu orang saja.")
    cases = pd.Series(case_ids(queued, activities), queued.index)
    numbers = dict.fromkeys(cases[wanted.index])
    return {
        number: _page(number, queued[cases == number], activities, hits, manifest, context, decisions)
        for number in numbers
    }


def _page(
    number: str,
    findings: pd.DataFrame,
    activities: pd.DataFrame,
    hits: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    decisions: pd.DataFrame | None,
) -> str:
    waiting = queue(findings, activities, context)
    rows = review_rows(waiting, context)
    noticed = hits_of(hits, waiting["activity_id"])
    subject = waiting["subject_id"].iloc[0]
    people = context.subject_table()
    person = people.loc[subject].to_dict() if subject in people.index else {}
    made = pd.DataFrame(columns=list(DECISION_COLUMNS)) if decisions is None else decisions
    events = [
        _event(group, rows, noticed, context)
        for _, group in waiting.sort_values(["happened_at", "finding_id"], na_position="last").groupby(
            "activity_id", sort=False
        )
    ]
    contests = {context.contest_names().get(one, one) for one in waiting["contest"].dropna()}
    return render(
        "berkas.html.j2",
        styles=("halaman.css", "berkas.css", *(("gambar.css",) if context.pictures else ())),
        who=rows[0]["nama_tersamar"],
        case=number,
        contests=sorted(contests) or [NO_CONTEST],
        identity=identity(person),
        events=events,
        ids=[row["id_temuan"] for row in rows],
        limits=labels.limits(),
        decisions=made[made["finding_id"].isin(waiting["finding_id"])].to_dict("records"),
        manifest_hash=manifest_hash(manifest),
        run=str(manifest.get("run_id") or manifest_hash(manifest)[:12]),
        known=sorted({row["waktu_diketahui"] for row in rows} - {""}),
        due=sorted({row["tenggat"] for row in rows} - {""}),
        rules=sorted({row["versi_aturan"] for row in rows}),
        law=_law(waiting, context),
        rights=task_force.rights(),
        data=task_force.data_notice(),
        signs=task_force.force(context.jurisdictions).head,
    )


def _law(waiting: pd.DataFrame, context: ReportContext) -> list[tuple[str, str, str]]:
    """The provisions cited, apart from the person: code, document and provision, where the text was read."""
    acts = context.act_table().to_dict("index")
    cited = waiting.drop_duplicates("act_id").sort_values("act_id").to_dict("records")
    return [
        (
            str(row["act_id"]),
            law_text(row, acts.get(row["act_id"], {})),
            cell_text(acts.get(row["act_id"], {}).get("source")),
        )
        for row in cited
    ]


def identity(person: Mapping[Any, Any]) -> list[dict[str, str]]:
    """Each item of the identity, masked where it names a person, and whether it is there."""
    shown = {
        **person,
        "grade": ", ".join(one for one in (cell_text(person.get("rank")), cell_text(person.get("grade"))) if one),
    }
    shown |= {"name": labels.mask_name(person.get("name")), "nip": labels.mask_nip(person.get("nip"))}
    return [{"label": words, "value": cell_text(shown.get(key))} for key, words in _IDENTITY.items()]


def _event(
    group: pd.DataFrame, rows: list[dict[str, Any]], noticed: Mapping[str, list[Hit]], context: ReportContext
) -> dict[str, Any]:
    first = group.iloc[0].to_dict()
    acts = context.act_table().to_dict("index")
    source = {row["id_aktivitas"]: row for row in rows}[first["activity_id"]]
    return {
        "row": source,
        "clock": labels.label("time_basis", first["time_basis"]),
        "raw_time": cell_text(first["time_raw"]),
        "visibility": labels.label("visibility", first["visibility"]),
        "fields": fields(first, noticed.get(first["activity_id"], []), context),
        "pictures": [one.words() for one in context.pictures.get(first["activity_id"], ())],
        "acts": [_act(finding, acts, context) for finding in group.to_dict("records")],
    }


def _act(finding: Mapping[Any, Any], acts: Mapping[Any, Mapping[Any, Any]], context: ReportContext) -> dict[str, Any]:
    act = acts.get(finding["act_id"], {})
    return {
        "id": "T-" + finding_key(finding["finding_id"]),
        "code": finding["act_id"],
        "summary": cell_text(act.get("summary")),
        "law": law_text(finding, act),
        "category": labels.label("category", finding["category"]),
        "target": context.contestant_names().get(finding["contestant"], cell_text(finding["contestant"])),
        "status": labels.label("status", finding["candidate_status"]) or NOT_ASKED,
        "phase": labels.label("phase", finding["phase"]) or (UNDATED if cell_text(finding["contest"]) else NOT_ASKED),
        "result": labels.label("result", finding["result"]),
        "score": finding["score"],
        "parts": _parts(decode(finding["reasons"])),
        "missing": sentences.missing_text(finding["missing"]).splitlines() if decode(finding["missing"]) else [],
        "mitigating": [sentences.sentence(part) for part in decode(finding["mitigating"])],
        "alternatives": [
            (code, cell_text(acts.get(code, {}).get("summary"))) for code in decode(finding["alternatives"])
        ],
    }


def _parts(reasons: list[Mapping[str, Any]]) -> list[tuple[str, list[tuple[str, str]], int]]:
    """The parts of a score by what they tell of, each group with its sum: weight of the act, strength of proof, limits."""
    order = [*labels.words("weighs"), ""]
    groups: dict[str, list[Mapping[str, Any]]] = {name: [] for name in order}
    for part in reasons:
        if part.get("points") or part.get("code") == "perbuatan":
            groups[str(part.get("weighs") or "")].append(part)
    return [
        (
            labels.label("weighs", name),
            [(sentences.plain(part), sentences.signed(part.get("points", 0))) for part in own],
            sum(part.get("points", 0) for part in own),
        )
        for name, own in groups.items()
        if own
    ]
