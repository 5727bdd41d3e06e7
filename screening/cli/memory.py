"""Where the two siblings meet: what the ledger remembers, put into the words the reports ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from screening.folder import Run
    from screening.reports import ReportContext
    from screening.reports.shown import Shown


def remembered(
    context: ReportContext, findings: pd.DataFrame, ledger: Path | None, manifest: Mapping[str, Any]
) -> ReportContext:
    """The context with earlier decisions, days known, due days and open cases of a ledger; unchanged without one."""
    if ledger is None:
        return context
    from screening.cli.desk import existing, today
    from screening.review.cases import cases, follow_up, known_and_due
    from screening.review.follow_up_rules import rules_beside
    from screening.review.ledger import read
    from screening.review.memory import carry_over
    from screening.review.runs import ruleset_facts

    entries = read(existing(ledger))
    waiting = findings[findings["result"].isin(("finding", "needs_clarification"))]
    rules = rules_beside(ledger)
    known, deadlines = known_and_due(waiting["finding_id"], entries, today(), rules)
    return replace(
        context,
        prior=carry_over(waiting, entries, ruleset_facts(manifest)),
        known=known,
        deadlines=deadlines,
        follow_up=follow_up(cases(entries, rules), today()),
    )


def with_pictures(context: ReportContext, run: Run, seen: Shown) -> ReportContext:
    """The context with the pictures of the run's findings as they may be seen; unchanged where none were read."""
    table, small = run.pictures()
    if not len(table):
        return context
    from screening.reports.pictured import pictures_of

    noticed = run.noticed("activities", ["activity_id"])["activity_id"]
    return replace(context, pictures=pictures_of(seen.pictures(table[table["activity_id"].isin(noticed)]), small))


def progress(
    ledger: Path | None, start: date, end: date
) -> tuple[dict[str, list[tuple[str, int, int]]] | None, list[tuple[str, str]]]:
    """What the ledger tells of cases in a period (None without one), and who is competent at its end: (name, stage)."""
    from screening.review.follow_up_rules import read_rules, rules_beside

    rules = rules_beside(ledger) if ledger is not None else read_rules()
    competent = [(one.name, one.stage) for one in rules.recipients_on(end)]
    if ledger is None:
        return None, competent
    from screening.cli.desk import existing, today
    from screening.review.cases import progress as told
    from screening.review.ledger import read

    return told(read(existing(ledger)), start, end, today(), rules), competent


def decisions(findings: pd.DataFrame, ledger: Path | None) -> pd.DataFrame | None:
    """The reviewers' conclusions about these findings (any round and rule version), for the case file; None without ledger."""
    if ledger is None:
        return None
    import pandas as pd

    from screening.cli.desk import existing
    from screening.reports.dossier import DECISION_COLUMNS
    from screening.review.decisions import statements
    from screening.review.ledger import read

    numbers = dict(
        zip(zip(findings["activity_id"], findings["act_id"], strict=True), findings["finding_id"], strict=True)
    )
    rows = [
        (numbers[one.item.activity_id, one.item.act_id], one.who, one.verdict, one.provision, one.note, one.decided_on)
        for one in sorted(statements(read(existing(ledger))), key=lambda one: (one.decided_on, one.who, one.id))
        if (one.item.activity_id, one.item.act_id) in numbers
    ]
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS)).astype("str")
