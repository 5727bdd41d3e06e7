"""Hand out work: one file per reviewer without anybody else's verdict.

Every handed-out row carries its fingerprint plus a token of its file, so that a row can be traced to the person it was
given to. What has been decided and still stands is left out and counted.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.review.decisions import NO_ACT, OPEN_VERDICT, Item, outcomes, person, statements
from screening.review.ledger import Draft, Entry, append
from screening.review.memory import carry_over
from screening.review.outgoing import check_name
from screening.review.register import ISSUE, LOCKED, record_runs, row_facts
from screening.review.runs import ReviewRun
from screening.review.sample import draw, shuffled
from screening.sheets import COLUMNS, finding_key, sheet_id

# Turns activities into review rows (dicts by column name) without any assessment; `screening.reports` has the real one.
Describe = Callable[[pd.DataFrame], list[dict[str, Any]]]
SCORES = ("prioritas_telaah", "skor", "bobot_perbuatan", "kekuatan_bukti", "hasil", "alasan_utama", "poin")
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
    entries = record_runs(ledger, [run], order.by, order.now)
    done = HandedOut()
    chosen = _queue(run, entries, order, done)
    samples = draw(run.activities, order.sample, run.run_id) if order.sample else None
    if samples is not None and describe is not None:
        done.sampled = len(samples)
        chosen = _with_sample(run, chosen, samples, describe, order)
    if order.blind:
        chosen = shuffled([row | dict.fromkeys(SCORES, "") for row in chosen], f"{run.run_id}|{person(order.reviewer)}")
    done.rows = stamp(ledger, entries, run, order, chosen)
    return done


def _queue(run: ReviewRun, entries: tuple[Entry, ...], order: Order, done: HandedOut) -> list[dict[str, Any]]:
    """The run's review rows that still need this person, in the report's order."""
    memory = {one["finding_id"]: one for one in carry_over(run.findings, entries, run.facts).to_dict("records")}
    answered = _answered(entries)
    chosen = []
    for row in map(typed, run.rows):
        earlier = memory.get(finding_key(row["id_temuan"]))
        if earlier:
            row["putaran"] = max(earlier["round"], row["putaran"])
        if earlier and earlier["memory"] == "tetap" and not order.everything:
            done.standing += 1
            continue
        if person(order.reviewer) in answered.get(item_of(row), set()) and not order.everything:
            done.own += 1
            continue
        chosen.append(row)
    return chosen


def _answered(entries: tuple[Entry, ...]) -> dict[Item, set[str]]:
    """Who need not be asked again about what: not those who contradict themselves, nor anyone while data were lacking."""
    return {
        item: {person(who) for who in (*one.votes, *one.recused)}
        for item, one in outcomes(statements(entries)).items()
        if one.verdict != OPEN_VERDICT
    }


def _with_sample(
    run: ReviewRun, chosen: list[dict[str, Any]], samples: pd.DataFrame, describe: Describe, order: Order
) -> list[dict[str, Any]]:  # fmt: skip
    """Queue and sample together; blind, both are described alike, one row per activity, so that none stands out."""
    strata = dict(zip(samples["activity_id"], zip(samples["stratum"], samples["total"], strict=True), strict=True))
    sampled = []
    for row in describe(samples):
        item = Item(row["id_aktivitas"], NO_ACT, run.version, 1)
        name, total = strata[item.activity_id]
        own = {"hasil": "sampel acak", "id_temuan": sheet_id(sample_id(item)), "_item": item}
        sampled.append(bare(row, run.version) | own | {"_sample": {"stratum": name, "total": int(total)}})
    if not order.blind:
        return chosen + sampled
    acts: dict[str, list[dict[str, Any]]] = {}
    for row in chosen:
        acts.setdefault(row["id_aktivitas"], []).append(row)
    plain = []
    for row in describe(run.activities[run.activities["activity_id"].isin(list(acts))]):
        strongest, *others = acts[row["id_aktivitas"]]
        key = {"id_temuan": strongest["id_temuan"], "putaran": strongest["putaran"], "_item": item_of(strongest)}
        covers = [[other["kode_perbuatan"], other["putaran"]] for other in others]
        plain.append(bare(row, run.version) | key | {"_covers": covers})
    return plain + sampled


def bare(row: dict[str, Any], version: str) -> dict[str, Any]:
    """A described row without any of the machine's assessment."""
    return {**row, **dict.fromkeys((*SCORES, *_ASSESSMENT), ""), "putaran": 1, "versi_aturan": version}


def stamp(
    ledger: Path, entries: tuple[Entry, ...], run: ReviewRun, order: Order, rows: Iterable[dict[str, Any]], purpose: str = "telaah"
) -> list[dict[str, Any]]:  # fmt: skip
    """Record the rows as handed out and stamp them; the same rows for the same person keep their token."""
    full, items = [], []
    for row in rows:
        names = [column.name for column in COLUMNS] + [name for name in row if name.startswith("suara_")]
        cells = {name: row.get(name, "") for name in names}
        facts = row_facts(cells, row.get("_item") or item_of(row))
        facts |= {name[1:]: row[name] for name in ("_sample", "_covers") if row.get(name)}
        full.append(cells)
        items.append(facts)
    body = {"run_id": run.run_id, "ruleset_version": run.version, "columns": list(LOCKED), "items": items,
            "reviewer": order.reviewer, "purpose": purpose, "blind": order.blind}  # fmt: skip
    earlier = (entry.body for entry in entries if entry.kind == ISSUE)
    token = next(
        (old["token"] for old in earlier if {**old, "token": ""} == {**body, "token": ""}), secrets.token_hex(4)
    )
    anyone = "penengah" if purpose == "penengah" else "siapa pun"
    why = f"berkas {purpose} untuk {order.reviewer or anyone}"
    append(ledger, [Draft(ISSUE, order.by, why, {**body, "token": token})], at=order.now)
    return [
        {**cells, "sidik_baris": f"{facts['print']}-{token}", "penelaah": order.reviewer}
        for cells, facts in zip(full, items, strict=True)
    ]


def typed(row: dict[str, Any]) -> dict[str, Any]:
    """Cells of the run's own file: numbers as numbers, decision cells empty again."""
    numbers = {name: int(row[name]) for name in _NUMBERS if str(row.get(name, "")).lstrip("-").isdigit()}
    return {**row, **numbers}


def item_of(row: dict[str, Any]) -> Item:
    return Item(str(row["id_aktivitas"]), str(row["kode_perbuatan"]), str(row["versi_aturan"]), int(row["putaran"]))


def matter(item: Item) -> tuple[str, str, str]:
    """An item whatever its round: the run's own file has the first."""
    return item.activity_id, item.act_id, item.ruleset_version


def sample_id(item: Item) -> str:
    return hashlib.sha256(f"{item.activity_id}|{item.ruleset_version}|sampel".encode()).hexdigest()[:20]
