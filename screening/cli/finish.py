"""The end of a run: reports, manifest, and the summary people read in the terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.tables import MARKED

if TYPE_CHECKING:
    import pandas as pd

    from screening.folder import Run
    from screening.ruleset import Ruleset
    from screening.run import Options
    from screening.sheets import Dialect

# Headers of akumulasi.csv: how often something was noticed for each subject, over what time; never about whom.
ACCUMULATION = {
    "subject_id": "id_subjek", "act_id": "kode_perbuatan", "kind": "jenis_tindakan", "result": "hasil",
    "activities": "jumlah_aktivitas", "days": "jumlah_hari", "first": "pertama", "last": "terakhir", "span_days": "rentang_hari",
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """The files a run was given besides exports."""

    roster: Path | None = None
    accounts: Path | None = None
    lexicons: tuple[Path, ...] = ()
    ledger: Path | None = None


def get_ready(ruleset: Ruleset, given: Given) -> dict[str, Any]:
    """What `finish` needs and can be made before anything is screened: the facts about the rules, and its modules."""
    from screening.judge import accumulation  # noqa: F401
    from screening.reports import from_rules  # noqa: F401
    from screening.reports.write import get_ready as get_reports_ready
    from screening.review.facts import rule_facts

    get_reports_ready()
    return rule_facts(ruleset, given.roster, given.accounts, given.lexicons)


def finish(
    run: Run, ruleset: Ruleset, rule_facts: dict[str, Any], options: Options, given: Given, csv: str
) -> dict[str, int]:
    """Write the reports and the manifest of a run, print where they lie, and return the reconciled counts."""
    from screening import classifier
    from screening.cli.memory import remembered
    from screening.folder import counts, results
    from screening.judge.accumulation import accumulation
    from screening.reports import manifest, write_reports
    from screening.reports.from_rules import context_of
    from screening.sheets import PROFILES, STANDARD

    found, files = results(run), run.table("files")
    books = counts(run, found)
    facts: dict[str, Any] = {
        "counts": books,
        "results": found,
        "files": [
            {"name": row.source_file, "sha256": _text(row.source_sha256), "outcome": row.outcome, "read": row.read}
            for row in files.itertuples()
        ],
        "ruleset": rule_facts,
        "model": {"sha256": classifier.load().sha256},
        "options": {"timezone": options.timezone, "include_chats": options.include_chats},
    }
    findings, activities = run.findings(), run.noticed("activities")
    context = remembered(context_of(ruleset, options.timezone), findings, given.ledger, facts)
    write_reports(
        run.folder,
        activities,
        run.noticed("hits", MARKED),
        findings,
        files,
        {**manifest.identity(facts), **facts},
        context,
        csv=csv,
        results=found,
        with_details=run.with_details,
    )
    repeated = accumulation(findings, activities, options.timezone)
    _written(run.folder / "akumulasi.csv", repeated.rename(columns=ACCUMULATION), PROFILES[csv])
    _written(run.folder / "rejected.csv", run.table("rejected"), STANDARD)
    manifest.write(run.folder, facts)
    run.forget_parts()
    for warning in ruleset.warnings:
        print(f"PERINGATAN: {warning}", file=sys.stderr)
    print(_summary(books, facts["results"], run.folder))
    return books


def _text(value: Any) -> str | None:
    """A cell of text, None where it is missing: NaN is no JSON."""
    return value if isinstance(value, str) else None


def _written(path: Path, table: pd.DataFrame, dialect: Dialect) -> None:
    from screening.sheets import guarded, write_columns

    columns = [guarded(table[name].astype("object").where(table[name].notna(), "").tolist()) for name in table]
    write_columns(path, list(table.columns), [columns], dialect)


def _summary(books: dict[str, int], results: dict[str, int], folder: Path) -> str:
    from screening.judge.explain import RESULTS

    lines = [
        f"{books['read']} baris dibaca = {books['screened']} disaring + {books['duplicate']} ganda"
        f" + {books['rejected']} ditolak + {books['out_of_scope']} di luar lingkup",
        *(f"  {results.get(name, 0):>7} {words}" for name, words in RESULTS.items()),
        "Temuan awal adalah bahan telaah, bukan putusan.",
        f"Laporan: {(folder / 'laporan.html').resolve()}",
    ]
    return "\n".join(lines)
