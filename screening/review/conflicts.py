"""What two people decided differently, handed to a third who was neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from screening.errors import UsageError
from screening.review.decisions import NO_ACT, Item, Outcome, outcomes, person, statements
from screening.review.issue import Describe, Order, bare, item_of, matter, sample_id, stamp, typed
from screening.review.ledger import read
from screening.review.outgoing import check_name
from screening.review.runs import ReviewRun
from screening.sheets import sheet_id


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
    free = [
        one for one in differing if person(order.reviewer) not in {person(who) for who in (*one.votes, *one.recused)}
    ]
    if differing and not free:
        raise UsageError(
            f"{order.reviewer}: sudah memutus atau mengundurkan diri pada semua baris ini; penengah harus orang lain."
        )
    rows = {matter(item_of(row)): row for run in runs for row in map(typed, run.rows)}
    rows |= _sampled_rows([one.item for one in free if one.item.act_id == NO_ACT], runs, describe)
    lacking = sorted({one.item.ruleset_version for one in free if matter(one.item) not in rows})
    if lacking:
        raise UsageError(
            f"Bukti untuk versi aturan {', '.join(lacking)} tidak ada; sertakan --run FOLDER dari proses itu."
        )
    out = [{**rows[matter(one.item)], "putaran": one.item.round, "_item": one.item, **_votes(one)} for one in free]
    return stamp(ledger, entries, runs[0], order, out, purpose="penengah") if out else []


def _sampled_rows(items: list[Item], runs: Sequence[ReviewRun], describe: Describe | None) -> dict[Any, dict[str, Any]]:
    found: dict[Any, dict[str, Any]] = {}
    for run in runs if items and describe else ():
        wanted = {item.activity_id: item for item in items if item.ruleset_version == run.version}
        for row in describe(run.activities[run.activities["activity_id"].isin(list(wanted))]) if describe else ():
            item = wanted[row["id_aktivitas"]]
            found[matter(item)] = bare(row, run.version) | {"id_temuan": sheet_id(sample_id(item))}
    return found


def _votes(one: Outcome) -> dict[str, str]:
    cells: dict[str, str] = {}
    for n, who in enumerate(sorted(one.votes), 1):
        vote = one.votes[who]
        told = {"penelaah": who, "putusan": vote.verdict, "butir": vote.provision, "alasan": vote.note}
        cells |= {f"suara_{n}_{name}": text for name, text in told.items()}
    return cells
