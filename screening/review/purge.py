"""A ledger without what has to be forgotten: written anew, chained anew, with one entry that says how much went and from what.

A chain cannot lose an entry unseen, and what is hidden from views only would still be there. So the ledger is rewritten whole: the
entries that stay keep their place, time, person and words; the last one (`pemusnahan`) holds the numbers, the reason and the hashes
of the chain before, so that a hash written down earlier is still recognised. No word of what went stands in it.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screening.review.cases import KIND as CASE
from screening.review.decisions import KINDS
from screening.review.ledger import _COLUMNS as COLUMNS
from screening.review.ledger import GENESIS, Draft, Entry, canonical, head, read, seal_of
from screening.review.ledger import _digest as digest
from screening.review.register import ISSUE, REGISTER
from screening.review.schema import SCHEMA

PURGE = "pemusnahan"


def without(entries: Iterable[Entry], activities: set[str]) -> tuple[list[Entry | Draft], Counter[str]]:
    """What stays of a ledger without these activities (drafts where an entry lost some of its rows), and how many rows went, by
    kind. Cases go with the last of their activities."""
    entries = tuple(entries)
    rows = [row for entry in entries if entry.kind == REGISTER for row in entry.body["items"]]
    staying = {row.get("case_id", "") for row in rows if row["activity_id"] not in activities}
    gone = {row.get("case_id", "") for row in rows if row["activity_id"] in activities} - staying
    kept: list[Entry | Draft] = []
    lost: Counter[str] = Counter()
    for entry in entries:
        if entry.kind in (REGISTER, ISSUE):
            items = [row for row in entry.body["items"] if row["activity_id"] not in activities]
            lost[entry.kind] += len(entry.body["items"]) - len(items)
            if len(items) < len(entry.body["items"]):
                if items:
                    kept.append(Draft(entry.kind, entry.who, entry.why, {**entry.body, "items": items}))
                continue
        elif (entry.kind in KINDS and entry.body["activity_id"] in activities) or (
            entry.kind == CASE and entry.body["case_id"] in gone
        ):
            lost[entry.kind] += 1
            continue
        kept.append(entry)
    return kept, +lost


def handed_to(entries: Iterable[Entry], activities: set[str]) -> list[str]:
    """To whom rows about these activities were handed out: copies this program cannot reach."""
    issued = (entry for entry in entries if entry.kind == ISSUE)
    return sorted(
        {
            entry.body["reviewer"]
            for entry in issued
            if any(row["activity_id"] in activities for row in entry.body["items"])
        }
        - {""}
    )


def purge(path: Path, activities: set[str], by: str, why: str, *, now: datetime | None = None) -> Counter[str]:
    """Rewrite the ledger without these activities; how many rows went, by kind. Nothing is written when there are none.

    Raises IntegrityError where the ledger was altered.
    """
    entries = read(path)
    kept, lost = without(entries, activities)
    if not lost:
        return lost
    body = {"why": why, "rows": dict(lost), "before": [entry.hash for entry in entries]}
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    times = {id(one): one.at for one in kept if isinstance(one, Entry)}
    unfinished = path.with_name(f"{path.name}.baru")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    seq, prev, last = 0, GENESIS, moment
    rows: list[tuple[Any, ...]] = []
    known: set[str] = set()
    for one in (*kept, Draft(PURGE, by, why, body)):
        if one.id in known:  # two lists that differed only in what went are one now
            continue
        known.add(one.id)
        seq += 1
        last = times.get(id(one), moment)
        parts = (seq, last, one.who, one.kind, one.why, canonical(one.body), one.id, prev)
        prev = digest(*parts)
        rows.append((*parts, prev))
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA:
            base.execute(statement)
        base.executemany(f"INSERT INTO entries ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", rows)
        base.execute("COMMIT")
    os.replace(unfinished, path)
    seal = seal_of(path)
    sealing = seal.with_name(f"{seal.name}.baru")
    sealing.write_text(f"{seq} {prev} {last}\n", encoding="utf-8", newline="\n")
    os.replace(sealing, seal)
    assert head(read(path)) == prev
    return lost
