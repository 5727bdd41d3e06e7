"""What the review commands share: who works, today's date, known provisions, how unflagged activities are described."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from screening.whole import whole

if TYPE_CHECKING:
    import pandas as pd

    from screening.reports.context import ReportContext
    from screening.review.issue import Describe
    from screening.review.runs import ReviewRun


def officer(name: str) -> str:
    """Who runs the command, for the ledger: the given name or the computer's user."""
    import getpass

    from screening.review.outgoing import check_name

    if name:
        check_name(name)
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "petugas"


def today() -> date:
    """The day in Jakarta, where periods are counted."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def existing(ledger: Path) -> Path:
    """The ledger's path; UsageError when there is neither ledger nor seal."""
    from screening.errors import UsageError
    from screening.review.ledger import seal_of

    if not ledger.exists() and not seal_of(ledger).exists():
        raise UsageError(f"{ledger}: buku telaah tidak ada; sebutkan letaknya dengan --ledger.")
    warn_unsealed(ledger)
    return ledger


def warn_unsealed(ledger: Path) -> None:
    """Tell on stderr that a ledger has lost its seal."""
    import sys

    from screening.review.ledger import seal_of, unsealed

    if unsealed(ledger):
        print(
            f"PERINGATAN: {seal_of(ledger).name} tidak ada, sehingga buku yang terpotong tidak terlihat; cocokkan dengan kode "
            "pengaman di berita acara (--anchor).",
            file=sys.stderr,
        )


def provisions(runs: Iterable[Path] = ()) -> frozenset[str]:
    """Codes of every act of every shipped jurisdiction and of those the runs were judged by: what a reviewer may name."""
    from screening import manifest
    from screening.ruleset.load import read_signals
    from screening.ruleset.packs import read_acts
    from screening.shipped import shipped

    signals = read_signals(shipped("data/signals.toml"))[0]
    reading = read_acts(shipped("data/acts"), signals)
    shipped_acts = {act.id for jurisdiction in reading.jurisdictions.values() for act in jurisdiction.acts}
    own = (manifest.read(folder).get("ruleset", {}).get("acts", {}) for folder in runs)
    return frozenset(shipped_acts.union(*own))


def describe(run: ReviewRun) -> Describe:
    """Review rows of plain activities, in the report's words but without any assessment."""
    from screening.reports.rows import review_rows

    blank = blank_queue(run)
    return lambda activities: review_rows(*blank(activities))


def blank_queue(run: ReviewRun) -> Callable[[pd.DataFrame], tuple[pd.DataFrame, ReportContext]]:
    """Turns plain activities into a queue as reports have it, one row each, with nothing assessed, and the context of its words."""
    from screening.cli.options import rules_of
    from screening.cli.privacy import shown
    from screening.errors import UsageError
    from screening.folder import Run
    from screening.reports.context import ReportContext
    from screening.reports.queue import queue
    from screening.tables import FINDINGS

    whole = Run(run.folder)
    if run.manifest and not whole.keeps_all:
        raise UsageError(
            f"{run.folder}: proses ini tidak menyimpan teks aktivitas tanpa temuan, jadi tidak dapat dijadikan sampel. Jalankan "
            "ulang `screening run` dengan --keep-all ke folder lain."
        )
    seen = shown(whole, rules_of(whole)) if "texts" in whole.options else None
    options = run.manifest.get("options")
    zone = options.get("timezone") if isinstance(options, dict) else None
    context = ReportContext(zone=str(zone or "Asia/Jakarta"))
    blank = dict.fromkeys(("act_id", "document", "provision", "category"), "") | dict.fromkeys(("score", "points"), 0)
    blank |= dict.fromkeys(("alternatives", "missing", "mitigating", "reasons"), "[]") | {
        "band": "low",
        "result": "finding",
    }

    def waiting(activities: pd.DataFrame) -> tuple[pd.DataFrame, ReportContext]:
        if seen is not None:
            activities = seen.of(activities, run.hits[run.hits["activity_id"].isin(activities["activity_id"])])
        keys = ("activity_id", "record_id", "subject_id")
        rows = [{**blank, **{key: row[key] for key in keys}, "finding_id": row["activity_id"], "ruleset_version": run.version}
                for row in activities.to_dict("records")]  # fmt: skip
        return queue(FINDINGS.build(rows), activities, context), context

    return waiting


def write(path: Path | None, frame: pd.DataFrame) -> None:
    """The table as a CSV for people, when a path is given."""
    from screening.sheets import EXCEL_ID, write_table

    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole([path]) as (place,):
            write_table(place, list(frame.columns), frame.itertuples(index=False), EXCEL_ID)
        print(f"Ditulis: {path}")
