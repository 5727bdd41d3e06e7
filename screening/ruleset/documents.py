"""One document of a pack: its head and its acts, and the official texts an office keeps of its documents.

An act may name another one it `carries` (a local circular repeating the national table): then it says only what is its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import Path as Packed

from screening.errors import Problem
from screening.ruleset.acts import (
    ROLES,
    SEVERITIES,
    TARGETS,
    Act,
    Document,
    Element,
    Exemption,
    OfficialText,
    Scene,
    parse,
)
from screening.ruleset.contests import KINDS as CONTEST_KINDS
from screening.ruleset.contests import PHASES, STATUSES
from screening.ruleset.datafile import DataFile
from screening.ruleset.roster_columns import EMPLOYMENTS
from screening.tables import CATEGORIES, KINDS

_HEAD_KEYS = (
    "id", "title", "valid_from", "valid_to", "until", "table", "binds", "certainty", "source", "note", "holds_on",
    "not_on",
)  # fmt: skip
_ACT_KEYS = (
    "id", "number", "category", "wording", "kinds", "statuses", "severity", "elements", "exceptions", "role", "target",
    "phases", "contest_kinds", "orphan", "unnamed", "blocked_by", "permits", "observability", "sanction", "note",
    "certainty", "source", "examples", "counterexamples", "scenes", "doubtful_statuses", "binds", "carries",
)  # fmt: skip
_OWN = ("id", "number", "source", "carries")  # what an act never takes from the one it carries
_MANY: Mapping[str, tuple[str, ...]] = {
    "kinds": KINDS, "statuses": STATUSES, "doubtful_statuses": STATUSES, "phases": PHASES, "contest_kinds": CONTEST_KINDS,
    "binds": EMPLOYMENTS,
}  # fmt: skip
_ONE: Mapping[str, tuple[tuple[str, ...], str | None]] = {
    "category": (CATEGORIES, None), "severity": (SEVERITIES, None), "role": (ROLES, "utama"),
    "target": (TARGETS, "contestant"),
}  # fmt: skip
SCENE_RESULTS = ("finding", "needs_clarification", "none")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass
class Shared:
    """What all documents draw on: known signals, elements, exceptions and their sets."""

    known: set[str]
    elements: dict[str, Element] = field(default_factory=dict)
    exemptions: dict[str, Exemption] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)


def acts_of(
    file: DataFile, jurisdiction: str, shared: Shared, rows: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, OfficialText], warnings: list[Problem],
) -> list[Act]:  # fmt: skip
    """The acts of one document. `rows`: every act that may be carried, as written; `warnings` collects what may be meant."""
    head = file.table.get("document", {})
    document = _document(file, jurisdiction, head, texts, warnings)
    acts = []
    for row in file.table.get("acts", ()):
        act_id = str(row.get("id", "?"))
        file.unknown_keys(row, _ACT_KEYS, act_id)
        whole = _whole(file, act_id, row, rows)
        _check(file, act_id, whole)
        acts.append(_act(file, document, act_id, {"binds": head.get("binds", ()), **whole}, shared))
    return acts


def _document(
    file: DataFile,
    jurisdiction: str,
    head: Mapping[str, Any],
    texts: Mapping[str, OfficialText],
    warnings: list[Problem],
) -> Document:
    file.unknown_keys(head, _HEAD_KEYS, "document")
    if file.table and not (head.get("title") and head.get("source")):
        file.problem("document perlu title dan source", "document")
    for key in ("valid_from", "valid_to"):
        if head.get(key) is not None and type(head[key]) is not date:
            file.problem(f"document: {key} harus tanggal (YYYY-MM-DD)", key)
    start, end = head.get("valid_from"), head.get("valid_to")
    if type(start) is date and type(end) is date and end < start:
        file.problem("document: valid_to sebelum valid_from", "valid_to")
    if head and start is None:
        warnings.append(
            Problem(file.name, file.line("document"), "dokumen tanpa valid_from", "isi tanggal mulai berlaku")
        )
    if head and end is None and not head.get("until"):
        remedy = "isi valid_to, atau until dengan alasannya (misalnya sampai dicabut)"
        warnings.append(Problem(file.name, file.line("document"), "dokumen tanpa akhir masa berlaku", remedy))
    document_id = str(head.get("id", ""))
    return Document(
        document_id, str(head.get("title", "")), jurisdiction, start if type(start) is date else None,
        end if type(end) is date else None, str(head.get("certainty", "unverified")), str(head.get("source", "")),
        str(head.get("until", "")), head.get("table") is True, str(head.get("note", "")), texts.get(document_id),
        tuple((day, holds) for key, holds in (("holds_on", True), ("not_on", False)) for day in head.get(key, ())),
    )  # fmt: skip


def _whole(
    file: DataFile, act_id: str, row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The row with what it takes from the act it carries."""
    carried = row.get("carries")
    if not carried:
        return row
    if carried not in rows:
        file.problem(f"{act_id}: memuat butir yang tidak ada: {carried}", str(carried), act_id)
        return row
    return {**{key: value for key, value in rows[carried].items() if key not in _OWN}, **row}


def _check(file: DataFile, act_id: str, row: Mapping[str, Any]) -> None:
    for key, allowed in _MANY.items():
        for value in sorted(set(row.get(key, ())) - set(allowed)):
            file.problem(f"{act_id}: {key} tidak mengenal {value!r}", act_id)
    for key, (choices, default) in _ONE.items():
        if row.get(key, default) not in choices:
            file.problem(f"{act_id}: {key} harus salah satu dari {', '.join(choices)}", act_id)
    for key in ("number", "wording", "kinds", "elements", "source"):
        if not row.get(key):
            file.problem(f"{act_id}: {key} kosong", act_id)


def _act(file: DataFile, document: Document, act_id: str, row: Mapping[str, Any], shared: Shared) -> Act:
    sets = shared.sets
    wanted = [name for entry in row.get("exceptions", ()) for name in sets.get(entry.removeprefix("set:"), [entry])]
    of_kinds: tuple[tuple[str, Any, Mapping[str, object]], ...] = (
        ("unsur", row.get("elements", ()), shared.elements), ("pengecualian", wanted, shared.exemptions),
    )  # fmt: skip
    for kind, names, table in of_kinds:
        for name in names:
            if name not in table:
                file.problem(f"{act_id}: {kind} {name!r} tidak ada", act_id)
    known = shared.known
    return Act(
        id=act_id,
        document=document,
        provision=str(row.get("number", "")),
        category=str(row.get("category", "")),
        wording=str(row.get("wording", "")),
        kinds=frozenset(row.get("kinds", ())),
        statuses=frozenset(row.get("statuses", ())),
        severity=str(row.get("severity", "umum")),
        elements=tuple(shared.elements[name] for name in row.get("elements", ()) if name in shared.elements),
        exemptions=tuple(shared.exemptions[name] for name in dict.fromkeys(wanted) if name in shared.exemptions),
        role=str(row.get("role", "utama")),
        target=str(row.get("target", "contestant")),
        phases=frozenset(row.get("phases", ())),
        contest_kinds=frozenset(row.get("contest_kinds", ())),
        orphan=parse(file, act_id, row.get("orphan", ()), known),
        unnamed=parse(file, act_id, row.get("unnamed", ()), known),
        blocked_by=parse(file, act_id, row.get("blocked_by", ()), known),
        permits=tuple(row.get("permits", ())),
        observability=str(row.get("observability", "A")),
        sanction=str(row.get("sanction", "")),
        note=str(row.get("note", "")),
        certainty=str(row.get("certainty", document.certainty)),
        source=str(row.get("source", "")),
        examples=tuple(row.get("examples", ())),
        counterexamples=tuple(row.get("counterexamples", ())),
        scenes=tuple(_scenes(file, act_id, row.get("scenes", ()))),
        file=file.name,
        doubtful=frozenset(row.get("doubtful_statuses", ())),
        binds=frozenset(row.get("binds", ())),
        carries=str(row.get("carries", "")),
    )


def _scenes(file: DataFile, act_id: str, rows: Any) -> Iterator[Scene]:
    names = [one.name for one in fields(Scene)]
    allowed: Mapping[str, tuple[str, ...]] = {
        "result": SCENE_RESULTS, "kind": KINDS, "status": STATUSES, "phase": (*PHASES, ""), "contest": CONTEST_KINDS,
        "leave": ("", "yes", "no"),
    }  # fmt: skip
    for row in rows:
        file.unknown_keys(row, names, f"{act_id}.scenes")
        row = {**row, "status": tuple(row.get("status", ("calon",)))}
        for key, values in allowed.items():
            given = row.get(key, values[0])
            for value in given if key == "status" else (given,):
                if value not in values:
                    file.problem(f"{act_id}: contoh dengan {key} {value!r} tidak dikenal", act_id)
        if "result" not in row:
            file.problem(f"{act_id}: contoh tanpa result", act_id)
            continue
        yield Scene(**{key: value for key, value in row.items() if key in names})


def official_texts(problems: list[Problem], file: DataFile, folder: Path | Packed) -> dict[str, OfficialText]:
    """The official texts named in a `naskah.toml` (document id -> file, sha256, read_on), each held against its file.

    A file that is not there, or whose bytes are others than those read, is a problem: the acts were taken from another text.
    """
    made: dict[str, OfficialText] = {}
    for name, row in file.table.get("naskah", {}).items():
        file.unknown_keys(row, ("file", "sha256", "read_on"), name)
        if not row.get("file"):
            continue  # a slot nobody has filled yet
        text = OfficialText(str(row["file"]), str(row.get("sha256", "")).lower(), row.get("read_on"))
        place = folder / text.file
        if type(text.read_on) is not date or not _SHA256.fullmatch(text.sha256):
            file.problem(f"naskah {name} perlu file, sha256 (64 angka heksadesimal), dan read_on (tanggal)", name)
        elif not place.is_file():
            file.problem(f"naskah {name}: berkas tidak ditemukan", name)
        elif hashlib.sha256(place.read_bytes()).hexdigest() != text.sha256:
            file.problem(
                f"naskah {name}: isi berkas berubah sejak dibaca", name,
                remedy="bandingkan naskahnya dengan butir, lalu perbarui sha256 dan read_on",
            )  # fmt: skip
        made[name] = text
    problems.extend(file.problems)
    return made
