"""Hand out work: one file per reviewer without anybody else's verdict, and the file of conflicts for a third person.

Every handed-out row carries its fingerprint plus a token of its file, so that a row can be traced to the person it was
given to. What has been decided and still stands is left out and counted.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.review.decisions import NO_ACT, Item, Outcome, outcomes, person, statements
from screening.review.ledger import Draft, Entry, append, read
from screening.review.memory import carry_over
from screening.review.register import ISSUE, LOCKED, register, register_run, row_facts
from screening.review.runs import ReviewRun
from screening.review.sample import draw, shuffled
from screening.review.settings import settings
from screening.sheets import COLUMNS, EXCEL_ID, Dialect, finding_key, sheet_id, write_table

# Turns activities into review rows (dicts by column name) without any assessment; `screening.reports` has the real one.
Describe = Callable[[pd.DataFrame], list[dict[str, Any]]]
SCORES = ("tingkat", "skor", "hasil", "alasan_utama", "poin")
_ASSESSMENT = ("kutipan", *(column.name for column in COLUMNS if column.group == "penilaian"))
_NUMBERS = tuple(column.name for column in COLUMNS if column.kind == "number")


@dataclass(frozen=True)
class Order:
    """What to hand out: to whom, by whom, blind (no score, order of no meaning), with how many unflagged rows."""

    reviewer: str
    by: str
    blind: bool = False
    sample: int = 0
    everything: bool = False
    now: datetime | None = None


@dataclass
class HandedOut:
    """The account of an export."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    standing: int = 0
    own: int = 0
    sampled: int = 0


def hand_out(run: ReviewRun, ledger: Path, order: Order, describe: Describe | None = None) -> HandedOut:
    """The rows for one reviewer; the ledger records the run and what was handed out. Raises UsageError for a bad name."""
    check_name(order.reviewer)
    if order.sample and describe is None:
        raise UsageError("Sampel aktivitas tanpa temuan memerlukan activities.parquet dan penyusun barisnya.")
    append(ledger, [register_run(run, order.by)], at=order.now)
    entries = read(ledger)
    done = HandedOut()
    chosen = _queue(run, entries, order, done)
    samples = draw(run.activities, order.sample, run.run_id) if order.sample else None
    if samples is not None and describe is not None:
        done.sampled = len(samples)
        chosen = _with_sample(run, chosen, samples, describe, order)
    if order.blind:
        chosen = shuffled([row | dict.fromkeys(SCORES, "") for row in chosen], f"{run.run_id}|{person(order.reviewer)}")
    done.rows = _issue(ledger, entries, run, order, chosen)
    return done


def hand_out_conflicts(
    ledger: Path, runs: Sequence[ReviewRun], order: Order, describe: Describe | None = None
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows on which reviewers differ, with every vote, for a third person (`order.reviewer`; "" anyone but the voters).

    Evidence comes from the runs; raises UsageError when the named person voted on all of them or evidence is not given.
    """
    if order.reviewer:
        check_name(order.reviewer)
    entries = read(ledger)
    differing = [one for one in outcomes(statements(entries)).values() if one.state == "berbeda"]
    free = [one for one in differing if person(order.reviewer) not in {person(who) for who in (*one.votes, *one.recused)}]
    if differing and not free:
        raise UsageError(f"{order.reviewer}: sudah memutus atau mengundurkan diri pada semua baris ini; penengah harus orang lain.")
    rows = {_matter(_item(row)): row for run in runs for row in map(_typed, run.rows)}
    rows |= _sampled_rows([one.item for one in free if one.item.act_id == NO_ACT], runs, describe)
    lacking = sorted({one.item.ruleset_version for one in free if _matter(one.item) not in rows})
    if lacking:
        raise UsageError(f"Bukti untuk versi aturan {', '.join(lacking)} tidak ada; sertakan --run FOLDER dari proses itu.")
    out = [{**rows[_matter(one.item)], "putaran": one.item.round, "_item": one.item, **_votes(one)} for one in free]
    return _issue(ledger, entries, runs[0], order, out, purpose="penengah") if out else []


def _sampled_rows(items: list[Item], runs: Sequence[ReviewRun], describe: Describe | None) -> dict[Any, dict[str, Any]]:
    found: dict[Any, dict[str, Any]] = {}
    for run in runs if items and describe else ():
        wanted = {item.activity_id: item for item in items if item.ruleset_version == run.version}
        for row in describe(run.activities[run.activities["activity_id"].isin(list(wanted))]) if describe else ():
            item = wanted[row["id_aktivitas"]]
            found[_matter(item)] = _bare(row, run.version) | {"id_temuan": sheet_id(_sample_id(item))}
    return found


def write_out(folder: Path, stem: str, rows: Sequence[dict[str, Any]], acts: Sequence[str], dialect: Dialect = EXCEL_ID) -> list[Path]:
    """`<stem>.xlsx` and `<stem>.csv` in a folder (made when missing)."""
    from screening.review.worksheets import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{stem}.xlsx", folder / f"{stem}.csv"]
    guide = settings()["guide"]["lines"]
    extra = [name for name in (rows[0] if rows else {}) if name.startswith("suara_")]
    write_workbook(paths[0], rows, acts, guide, extra)
    names = [column.name for column in COLUMNS] + extra
    write_table(paths[1], names, ([row.get(name, "") for name in names] for row in rows), dialect)
    return paths


def stem_of(reviewer: str) -> str:
    """`telaah_<reviewer>` as a file name that every system takes."""
    return "telaah_" + (re.sub(r"[^\w-]+", "_", reviewer, flags=re.ASCII).strip("_")[:60] or "penelaah")


def check_name(name: str) -> None:
    """Raise UsageError for a name that cannot stand in a ledger."""
    if not person(name) or len(name) > 80 or not name.isprintable() or any("\ud800" <= letter <= "\udfff" for letter in name):
        raise UsageError("Nama penelaah kosong atau memuat tanda yang tidak dapat dicatat; pakai nama atau kode biasa.")


def _queue(run: ReviewRun, entries: tuple[Entry, ...], order: Order, done: HandedOut) -> list[dict[str, Any]]:
    """The run's review rows that still need this person, in the report's order."""
    memory = carry_over(run.findings, entries, run.facts).set_index("finding_id")
    spoken: dict[Item, set[str]] = {}
    for statement in statements(entries):
        spoken.setdefault(statement.item, set()).add(person(statement.who))
    chosen = []
    for row in map(_typed, run.rows):
        finding = finding_key(row["id_temuan"])
        if finding in memory.index:
            row["putaran"] = max(int(memory.at[finding, "round"]), row["putaran"])
            if memory.at[finding, "memory"] == "tetap" and not order.everything:
                done.standing += 1
                continue
        if person(order.reviewer) in spoken.get(_item(row), set()) and not order.everything:
            done.own += 1
            continue
        chosen.append(row)
    return chosen


def _with_sample(
    run: ReviewRun, chosen: list[dict[str, Any]], samples: pd.DataFrame, describe: Describe, order: Order
) -> list[dict[str, Any]]:  # fmt: skip
    """Queue and sample together; blind, both are described alike, one row per activity, so that none stands out."""
    facts = samples.set_index("activity_id")[["stratum", "drawn", "total"]].to_dict("index")
    sampled = []
    for row in describe(samples):
        item = Item(row["id_aktivitas"], NO_ACT, run.version, 1)
        stratum = {"stratum": facts[item.activity_id]["stratum"], "total": int(facts[item.activity_id]["total"])}
        sampled.append(_bare(row, run.version) | {"hasil": "sampel acak", "id_temuan": sheet_id(_sample_id(item)), "_item": item, "_sample": stratum})
    if not order.blind:
        return chosen + sampled
    strongest = {row["id_aktivitas"]: row for row in reversed(chosen)}
    plain = []
    for row in describe(run.activities[run.activities["activity_id"].isin(list(strongest))]):
        own = strongest[row["id_aktivitas"]]
        plain.append(_bare(row, run.version) | {"id_temuan": own["id_temuan"], "putaran": own["putaran"], "_item": _item(own)})
    return plain + sampled


def _bare(row: dict[str, Any], version: str) -> dict[str, Any]:
    """A described row without any of the machine's assessment."""
    return {**row, **dict.fromkeys((*SCORES, *_ASSESSMENT), ""), "putaran": 1, "versi_aturan": version}


def _issue(
    ledger: Path, entries: tuple[Entry, ...], run: ReviewRun, order: Order, rows: Iterable[dict[str, Any]], purpose: str = "telaah"
) -> list[dict[str, Any]]:  # fmt: skip
    """Record the rows as handed out and stamp them; the same rows for the same person keep their token."""
    full, items = [], []
    for row in rows:
        cells = {name: row.get(name, "") for name in [column.name for column in COLUMNS] + [n for n in row if n.startswith("suara_")]}
        facts = row_facts(cells, row.get("_item") or _item(row)) | ({"sample": row["_sample"]} if "_sample" in row else {})
        full.append(cells)
        items.append(facts)
    body = {"run_id": run.run_id, "ruleset_version": run.version, "columns": list(LOCKED), "items": items,
            "reviewer": order.reviewer, "purpose": purpose, "blind": order.blind}  # fmt: skip
    earlier = (entry.body for entry in entries if entry.kind == ISSUE)
    token = next((old["token"] for old in earlier if {**old, "token": ""} == {**body, "token": ""}), secrets.token_hex(4))
    append(ledger, [Draft(ISSUE, order.by, f"berkas {purpose} untuk {order.reviewer or 'penengah'}", {**body, "token": token})], at=order.now)
    return [
        {**cells, "sidik_baris": f"{facts['print']}-{token}", "penelaah": order.reviewer}
        for cells, facts in zip(full, items, strict=True)
    ]


def _votes(one: Outcome) -> dict[str, str]:
    cells = {}
    for n, who in enumerate(sorted(one.votes), 1):
        vote = one.votes[who]
        cells |= {f"suara_{n}_penelaah": who, f"suara_{n}_putusan": vote.verdict, f"suara_{n}_butir": vote.provision, f"suara_{n}_alasan": vote.note}
    return cells


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Cells of the run's own file: numbers as numbers, decision cells empty again."""
    numbers = {name: int(row[name]) for name in _NUMBERS if str(row.get(name, "")).lstrip("-").isdigit()}
    return {**row, **numbers}


def _item(row: dict[str, Any]) -> Item:
    return Item(str(row["id_aktivitas"]), str(row["kode_perbuatan"]), str(row["versi_aturan"]), int(row["putaran"]))


def _matter(item: Item) -> tuple[str, str, str]:
    """An item whatever its round: the run's own file has the first."""
    return item.activity_id, item.act_id, item.ruleset_version


def _sample_id(item: Item) -> str:
    return hashlib.sha256(f"{item.activity_id}|{item.ruleset_version}|sampel".encode()).hexdigest()[:20]


def known_acts(entries: Iterable[Entry]) -> list[str]:
    """Act codes that the ledger has seen, for the list of provisions when the rules are not at hand."""
    return sorted(register(entries).provisions)
