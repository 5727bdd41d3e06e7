"""The review file's rows: the queue in the columns of `sheets/columns.toml`, the same for CSV, XLSX and the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from screening.reports import labels, sentences
from screening.reports.context import ReportContext
from screening.reports.persons import person_key
from screening.reports.queue import plain
from screening.reports.reasons import main_reasons, quotes, subtotal
from screening.sheets import COLUMNS, cell_text, fingerprints, guarded, sheet_id, shorten
from screening.sheets.guard import CELL_LIMIT
from screening.tables import decode

Columns = dict[str, list[Any]]

NOBODY = "Akun tidak tercatat dalam ekspor"
_NAMES = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True)
class Review:
    """The review file twice: its columns as they are, and guarded, as the cells of CSV and workbook."""

    columns: Columns
    cells: Columns

    def first(self, rows: int) -> Review:
        """The same with the first rows only."""
        tables = ({name: values[:rows] for name, values in table.items()} for table in (self.columns, self.cells))
        return Review(*tables)

    def __len__(self) -> int:
        return len(self.columns["id_temuan"])


def review(queue: pd.DataFrame, context: ReportContext) -> Review:
    """The review file of these queue rows."""
    columns = review_columns(queue, context)
    return Review(columns, {name: guarded(values) for name, values in columns.items()})


def review_rows(queue: pd.DataFrame, context: ReportContext) -> list[dict[str, Any]]:
    """`review_columns` as one dict per row."""
    columns = review_columns(queue, context)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def review_columns(queue: pd.DataFrame, context: ReportContext) -> Columns:
    """Every review column of these queue rows: text unguarded (writers guard), numbers int, decisions empty."""
    got = {str(name): plain(queue[name]) for name in queue}
    when = labels.moments(queue["happened_at"], got["time_basis"], context.zone)
    cells = _cells(got, when, context) | {"id_kasus": _each(
        case_id, got["subject_id"], got["platform"], got["actor"], matters(queue)
    )}  # fmt: skip
    empty = [""] * len(queue)
    columns = {name: _fitted(cells[name]) if name in cells else empty for name in _NAMES}
    columns["sidik_baris"] = fingerprints(columns)
    return columns


def matter(contest: Any, act_id: Any, status: Any, day: Any) -> str:
    """What a case is about: the contest; where there is none the act itself, if it asks for no contestant (membership of a
    party goes on over the years), else the year, so that unrelated matters never share one case and its due date."""
    if cell_text(contest):
        return cell_text(contest)
    return f"{cell_text(act_id) if not cell_text(status) else ''}|{'' if not cell_text(status) else cell_text(day)[:4]}"


def matters(rows: pd.DataFrame) -> list[str]:
    """`matter` of rows of FINDINGS with the `happened_at` of their activities."""
    years = rows["happened_at"].dt.tz_convert("Asia/Jakarta").dt.strftime("%Y")
    cells = (plain(rows[name]) for name in ("contest", "act_id", "candidate_status"))
    return _each(matter, *cells, plain(years))


def case_ids(findings: pd.DataFrame, activities: pd.DataFrame) -> list[str]:
    """`case_id` of each of these FINDINGS, with the ACTIVITIES they are about."""
    about = activities.drop_duplicates("activity_id").set_index("activity_id").loc[plain(findings["activity_id"])]
    dated = findings.assign(happened_at=about["happened_at"].array)
    people = (plain(about[name]) for name in ("subject_id", "platform", "actor"))
    return _each(case_id, *people, matters(dated))


def case_id(subject_id: Any, platform: Any, actor: Any, matter: Any) -> str:
    """One case is one person in one contest (else one `matter`); the id reveals neither. Whose account nobody knows is a
    person of its own."""
    key = f"{person_key(subject_id, platform, actor)}|{cell_text(matter)}"
    return "K-" + hashlib.sha256(key.encode()).hexdigest()[:10]


def subject_label(subject_id: Any, name: Any, platform: Any, actor: Any) -> str:
    """The masked name with the pseudonymous id (same initials stay apart); without owner the account, and that it is so."""
    known = [part for part in (labels.mask_name(name), labels.mask_digits(subject_id)) if part]
    if known:
        return " · ".join(known)
    account = labels.mask_digits(actor)
    return f"Akun {account} di {labels.label('platform', platform)} (pemilik belum dikenali)" if account else NOBODY


def law_text(row: Mapping[Any, Any], act: Mapping[Any, Any]) -> str:
    """Document and provision as a person cites them."""
    document = act.get("title") or row["document"]
    return f"{cell_text(document) or row['document']}, {row['provision']}"


def _cells(got: Mapping[str, list[Any]], when: list[str], context: ReportContext) -> dict[str, list[Any]]:
    """The review columns that are filled, from the columns of the queue."""
    acts = context.act_table().to_dict("index")
    people = context.subject_table()
    wanted = {*got["subject_id"]}
    people = people.loc[[one in wanted for one in plain(people.index)]]
    names = context.contestant_names()

    def person(name: str) -> list[Any]:
        known = dict(zip(plain(people.index), plain(people[name]), strict=True))
        return [*map(known.get, got["subject_id"])]

    def words(group: str, name: str) -> list[str]:
        return _each(lambda value: labels.label(group, value), got[name])

    who = _each(subject_label, got["subject_id"], person("name"), got["platform"], got["actor"])
    return {
        "id_temuan": [sheet_id(key) for key in got["finding_id"]],
        "prioritas_telaah": words("band", "band"),
        "skor": got["score"],
        "hasil": words("result", "result"),
        "nama_tersamar": who,
        "unit_kerja": person("unit"),
        "peristiwa": [*map(sentences.event, who, got["kind"], got["target_account"], got["platform"], when)],
        "teks_bukti": got["text"],
        "kutipan": [*map(quotes, got["reasons"])],
        "konteks_induk": _each(sentences.context_text, *(got[name] for name in sentences.CONTEXT)),
        "sasaran": _each(lambda contestant: names.get(contestant, contestant), got["contestant"]),
        "status_sasaran": words("status", "candidate_status"),
        "tahapan_pemilu": words("phase", "phase"),
        "kode_perbuatan": got["act_id"],
        "perbuatan": _each(lambda act: acts.get(act, {}).get("summary"), got["act_id"]),
        "dasar_hukum": _each(
            lambda act, document, provision: law_text(
                {"document": document, "provision": provision}, acts.get(act, {})
            ),
            *(got[name] for name in ("act_id", "document", "provision")),
        ),
        "kategori": words("category", "category"),
        "alasan_utama": [*map(main_reasons, got["reasons"])],
        "belum_terbukti": _each(sentences.missing_text, got["missing"]),
        "faktor_meringankan": _each(sentences.mitigating_text, got["mitigating"]),
        "butir_lain": _each(lambda cell: " · ".join(decode(cell)), got["alternatives"]),
        "tenggat": _each(labels.day_text, got["deadline"]),
        "id_subjek": _each(labels.mask_digits, got["subject_id"]),
        "nip_tersamar": _each(labels.mask_nip, person("nip")),
        "jabatan": person("position"),
        "golongan": _each(_rank, person("rank"), person("grade")),
        "instansi": person("agency"),
        "status_asn": person("asn_status"),
        "keyakinan_identitas": person("identity"),
        "platform": words("platform", "platform"),
        "akun": got["actor"],
        "jenis_tindakan": words("kind", "kind"),
        "waktu_kejadian": when,
        "waktu_diketahui": _each(_known, got["known"]),
        "akun_sasaran": got["target_account"],
        "tautan": got["target_url"],
        "poin": got["points"],
        "bobot_perbuatan": [subtotal(cell, "severity") for cell in got["reasons"]],
        "kekuatan_bukti": [subtotal(cell, "confidence") for cell in got["reasons"]],
        "id_rekaman": got["record_id"],
        "sha256_bukti": got["source_sha256"],
        "berkas_sumber": _each(_source, got["source_file"], got["source_pointer"]),
        "id_aktivitas": got["activity_id"],
        "versi_aturan": got["ruleset_version"],
        "putaran": [context.round] * len(who),
    }


def _each(words: Callable[..., Any], *columns: list[Any]) -> list[Any]:
    """`words` of every row's values; the same values, of which most columns have few, are put into words once."""
    rows = columns[0] if len(columns) == 1 else [*zip(*columns, strict=True)]
    if len(columns) == 1:
        known = {value: words(value) for value in dict.fromkeys(rows)}
    else:
        known = {values: words(*values) for values in dict.fromkeys(rows)}
    return [*map(known.__getitem__, rows)]


def _rank(rank: Any, grade: Any) -> str:
    return ", ".join(text for text in (cell_text(rank), cell_text(grade)) if text)


def _known(value: Any) -> str:
    day = labels.day_text(value)
    return f"{day} (tanggal)" if day else ""


def _source(file: Any, pointer: Any) -> str:
    return f"{cell_text(file)} · {cell_text(pointer)}"


def _fitted(values: list[Any]) -> list[Any]:
    """A column with texts that fit a cell, and whole numbers; most are so already."""
    if {*map(type, values)} == {str} and max(map(len, values)) * 2 < CELL_LIMIT:
        return values
    return _each(_fit, values)


def _fit(value: Any) -> Any:
    if value.__class__ is str:
        return shorten(value)
    return value if isinstance(value, int) else shorten(cell_text(value))
