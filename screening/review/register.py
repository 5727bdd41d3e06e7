"""What the ledger knows about rows that went out: registered runs (`daftar`) and files handed to people (`kirim`).

The ledger holds no evidence text: of every row only its fingerprint, four hex digits per locked cell (to point at the cell
that was altered), hashes that link it to later runs, and the machine's result as its own field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from screening.review.decisions import NO_ACT, Item
from screening.review.ledger import Draft, Entry, append, read
from screening.review.runs import ReviewRun, basis
from screening.sheets import cell_text, columns_where, finding_key, fingerprint

REGISTER, ISSUE = "daftar", "kirim"
LOCKED = tuple(name for name in columns_where(locked=True) if name != "sidik_baris")


@dataclass(frozen=True)
class Issued:
    """One row that is out: what it is about, the fingerprint it must still have, and to whom it was given ("" anyone)."""

    item: Item
    finding_id: str
    fingerprint: str
    cells: Mapping[str, str]
    reviewer: str = ""
    purpose: str = "telaah"
    run_id: str = ""
    covers: tuple[Item, ...] = ()  # other acts of the same activity, when the row shows the activity as a whole


@dataclass
class Register:
    """Look-ups over a ledger's `daftar` and `kirim` entries."""

    by_print: dict[tuple[str, str], Issued] = field(default_factory=dict)  # (finding id, sidik_baris as in the file)
    machine: dict[Item, dict[str, Any]] = field(default_factory=dict)  # what runs said, the latest run last
    basis: dict[tuple[str, str], str] = field(default_factory=dict)  # (run, finding id) -> hash of what it rests on
    facts: dict[str, dict[str, str]] = field(default_factory=dict)  # run -> rule file or other fact -> hash
    samples: dict[Item, dict[str, Any]] = field(default_factory=dict)  # unflagged rows handed out, with their stratum
    handed: dict[Item, set[str]] = field(default_factory=dict)  # to whom an item was given by name
    provisions: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(
        default_factory=dict
    )  # number of a case -> the one it has now (new key, owner found since)
    _seen: dict[tuple[Item, str], Issued] = field(default_factory=dict)

    def current(self) -> dict[tuple[str, str], Item]:
        """The latest registered item of every activity and act: older rule versions of it no longer wait for anyone."""
        return {(item.activity_id, item.act_id): item for item in self.machine}

    def by_seen(self, item: Item, fingerprint: str) -> Issued | None:
        """The row a statement was about, as it was handed out."""
        return self._seen.get((item, fingerprint))


def register(entries: Iterable[Entry]) -> Register:
    """The register of a ledger."""
    entries = tuple(entries)
    found = Register()
    for entry in entries:
        if entry.kind not in (REGISTER, ISSUE):
            continue
        body = entry.body
        token = body.get("token", "")
        for row in body["items"]:
            version = row.get("ruleset_version", body["ruleset_version"])
            item = Item(row["activity_id"], row["act_id"], version, int(row["round"]))
            cells = dict(zip(body["columns"], _cut(row["cells"]), strict=True))
            shown = f"{row['print']}-{token}" if token else row["print"]
            others = tuple(Item(item.activity_id, act, version, int(number)) for act, number in row.get("covers", ()))
            issued = Issued(
                item,
                row["finding_id"],
                row["print"],
                cells,
                body.get("reviewer", ""),
                body.get("purpose", "telaah"),
                body["run_id"],
                others,
            )
            found.by_print[row["finding_id"], shown] = issued
            found.ids.add(row["finding_id"])
            if issued.reviewer:
                for one in (item, *others):
                    found.handed.setdefault(one, set()).add(issued.reviewer)
            found._seen |= {(one, row["print"]): issued for one in (item, *others)}
            if row["act_id"] != NO_ACT:
                found.provisions.add(row["act_id"])
            if "sample" in row:
                found.samples[item] = {**row["sample"], "run_id": body["run_id"]}
            if entry.kind == REGISTER:
                first = found.machine.pop(item, {}).get("first_seen", entry.at)
                found.machine[item] = {**row, "run_id": body["run_id"], "first_seen": first}
                found.basis[body["run_id"], row["finding_id"]] = row["basis"]
        if entry.kind == REGISTER:
            found.facts[body["run_id"]] = dict(body["facts"])
    found.renamed = _renamed([entry for entry in entries if entry.kind == REGISTER])
    for facts in found.machine.values():
        if number := found.renamed.get(facts.get("case_id", "")):
            facts["case_id"] = number
    return found


def _renamed(registered: Sequence[Entry]) -> dict[str, str]:
    """Cases that go on under another number: their findings came again with it, all with the same one, and the old number never
    came again. So a case survives another key of the pseudonyms."""
    latest: dict[tuple[str, str], str] = {}
    last: dict[str, int] = {}
    after: dict[str, set[str]] = {}
    for entry in registered:
        for row in entry.body["items"]:
            matter, case = (row["activity_id"], row["act_id"]), row.get("case_id", "")
            if (before := latest.get(matter)) and case and before != case:
                after.setdefault(before, set()).add(case)
            latest[matter], last[case] = case, entry.seq
    one = {old: next(iter(new)) for old, new in after.items() if len(new) == 1 and last[old] < last[next(iter(new))]}
    found = {}
    for old in one:
        now, seen = one[old], {old}
        while now in one and now not in seen:
            seen.add(now)
            now = one[now]
        found[old] = now
    return found


def record_runs(ledger: Path, runs: Iterable[ReviewRun], by: str, at: datetime | None = None) -> tuple[Entry, ...]:
    """Register what is not yet registered (by whomever) and return the ledger's entries."""
    entries = read(ledger)
    known = [entry.body for entry in entries if entry.kind == REGISTER]
    drafts = [draft for run in runs if (draft := register_run(run, by)).body not in known]
    return entries + append(ledger, drafts, at=at) if drafts or not entries else entries


def register_run(run: ReviewRun, by: str) -> Draft:
    """The `daftar` entry of a run: its queue rows and the hashes of the rules it was judged by."""
    findings = {row["finding_id"]: row for row in run.findings.to_dict("records")}
    items = []
    for row in run.rows:
        key = finding_key(row["id_temuan"])
        finding = findings.get(key, {})
        items.append({
            **row_facts(row), "result": cell_text(finding.get("result")), "basis": basis(finding) if finding else "",
            "record": record_key(finding.get("subject_id"), finding.get("record_id")), "subject": row["id_subjek"],
            "case_id": row["id_kasus"], "known_on": row["waktu_diketahui"][:10],
        })  # fmt: skip
    body = {
        "run_id": run.run_id,
        "ruleset_version": run.version,
        "facts": run.facts,
        "columns": list(LOCKED),
        "items": items,
    }
    return Draft(REGISTER, by, f"proses {run.run_id} didaftarkan", body)


def row_facts(row: Mapping[str, Any], item: Item | None = None) -> dict[str, Any]:
    """How one review row is remembered: key, fingerprint, four hex digits per locked cell."""
    item = item or Item(row["id_aktivitas"], row["kode_perbuatan"], row["versi_aturan"], int(row["putaran"]))
    return {
        "finding_id": finding_key(cell_text(row["id_temuan"])), "activity_id": item.activity_id, "act_id": item.act_id,
        "ruleset_version": item.ruleset_version, "round": item.round, "print": fingerprint(row),
        "cells": "".join(cell_hash(row.get(name)) for name in LOCKED),
    }  # fmt: skip


def cell_hash(value: Any) -> str:
    """Four hex digits of a cell's text: enough to name the altered column; the fingerprint is what proves it."""
    text = cell_text(value).replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def record_key(subject_id: Any, record_id: Any) -> str:
    """Links two versions of one post: hash of the subject and the platform's own id; "" without id."""
    text = cell_text(record_id)
    if not text:
        return ""
    return hashlib.sha256(f"{cell_text(subject_id)}|{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _cut(cells: str) -> list[str]:
    return [cells[at : at + 4] for at in range(0, len(cells), 4)]
