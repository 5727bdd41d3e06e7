"""The review file's rows: the queue in the columns of `sheets/columns.toml`, the same for CSV, XLSX and the page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from screening.reports import labels, sentences
from screening.reports.context import ReportContext
from screening.sheets import COLUMNS, cell_text, fingerprint, sheet_id, shorten
from screening.tables import decode


def review_rows(queue: pd.DataFrame, context: ReportContext) -> list[dict[str, Any]]:
    """One dict per queue row with every review column: text unguarded (writers guard), numbers int, decisions empty."""
    acts = context.act_table().to_dict("index")
    subjects = context.subject_table().to_dict("index")
    names = context.contestant_names()
    return [
        _row(row, acts.get(row["act_id"], {}), subjects.get(row["subject_id"], {}), names, context)
        for row in queue.to_dict("records")
    ]


def case_id(subject_id: Any, contest: Any) -> str:
    """One case is one subject in one contest; the id reveals neither."""
    key = f"{cell_text(subject_id)}|{cell_text(contest)}"
    return "K-" + hashlib.sha256(key.encode()).hexdigest()[:10]


def subject_label(subject_id: Any, person: Mapping[str, Any]) -> str:
    """The masked name with the pseudonymous id (same initials stay apart), or a word that says there is none."""
    known = [part for part in (labels.mask_name(person.get("name")), labels.mask_digits(subject_id)) if part]
    return " · ".join(known) or "subjek tidak dikenal"


def law_text(row: Mapping[str, Any], act: Mapping[str, Any]) -> str:
    """Document and provision as a person cites them."""
    document = act.get("title") or row["document"]
    return f"{cell_text(document) or row['document']}, {row['provision']}"


def _row(
    row: Mapping[Any, Any],
    act: Mapping[Any, Any],
    person: Mapping[Any, Any],
    names: Mapping[str, str],
    context: ReportContext,
) -> dict[str, Any]:
    who = subject_label(row["subject_id"], person)
    cells: dict[str, Any] = {
        "id_temuan": sheet_id(row["finding_id"]),
        "tingkat": labels.label("band", row["band"]),
        "skor": int(row["score"]),
        "hasil": labels.label("result", row["result"]),
        "nama_tersamar": who,
        "unit_kerja": person.get("unit"),
        "peristiwa": sentences.event(row, who, context.zone),
        "teks_bukti": row["text"],
        "kutipan": sentences.quotes(row["reasons"]),
        "konteks_induk": sentences.context_text(row),
        "sasaran": names.get(row["contestant"], row["contestant"]),
        "status_sasaran": labels.label("status", row["candidate_status"]),
        "tahapan_pemilu": labels.label("phase", row["phase"]),
        "kode_perbuatan": row["act_id"],
        "perbuatan": act.get("summary"),
        "dasar_hukum": law_text(row, act),
        "kategori": labels.label("category", row["category"]),
        "alasan_utama": sentences.main_reasons(row["reasons"]),
        "belum_terbukti": sentences.missing_text(row["missing"]),
        "faktor_meringankan": sentences.mitigating_text(row["mitigating"]),
        "butir_lain": " · ".join(decode(row["alternatives"])),
        "tenggat": labels.day_text(row["deadline"]),
        "id_kasus": case_id(row["subject_id"], row["contest"]),
        "id_subjek": labels.mask_digits(row["subject_id"]),
        "nip_tersamar": labels.mask_nip(person.get("nip")),
        "jabatan": person.get("position"),
        "golongan": person.get("grade"),
        "instansi": person.get("agency"),
        "status_asn": person.get("asn_status"),
        "keyakinan_identitas": person.get("identity"),
        "platform": labels.label("platform", row["platform"]),
        "akun": row["actor"],
        "jenis_tindakan": labels.label("kind", row["kind"]),
        "waktu_kejadian": labels.moment(row["happened_at"], row["time_basis"], context.zone),
        "waktu_diketahui": _known(row["known"]),
        "akun_sasaran": row["target_account"],
        "tautan": row["target_url"],
        "poin": int(row["points"]),
        "id_rekaman": row["record_id"],
        "sha256_bukti": row["source_sha256"],
        "berkas_sumber": f"{cell_text(row['source_file'])} · {cell_text(row['source_pointer'])}",
        "id_aktivitas": row["activity_id"],
        "versi_aturan": row["ruleset_version"],
        "putaran": context.round,
    }
    full = {column.name: _fit(cells.get(column.name)) for column in COLUMNS}
    return full | {"sidik_baris": fingerprint(full)}


def _known(value: Any) -> str:
    day = labels.day_text(value)
    return f"{day} (tanggal)" if day else ""


def _fit(value: Any) -> Any:
    return value if isinstance(value, int) else shorten(cell_text(value))
