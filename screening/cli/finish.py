"""The end of a run: reports, manifest, and the summary people read in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.folder import ACCOUNTS, ACCUMULATION, ACTS, CONTESTS, LEXICON, REJECTED, ROSTER
from screening.tables import MARKED

if TYPE_CHECKING:
    import pandas as pd

    from screening.completeness import Completeness
    from screening.folder import Run
    from screening.reports.summary import Numbers
    from screening.ruleset import Ruleset
    from screening.run import Options
    from screening.sheets import Dialect

REJECTED_HEADERS = {"source_file": "berkas", "source_pointer": "letak", "reason": "sebab", "raw": "isi_disamarkan"}
# How often something was noticed for each subject, over what time; never about whom.
REPEATED_HEADERS = {
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
    elections: tuple[Path, ...] = ()
    acts: tuple[Path, ...] = ()
    roster_accounts: Path | None = None


def get_ready(ruleset: Ruleset, given: Given) -> dict[str, Any]:
    """What `finish` needs and can be made before anything is screened: the facts about the rules, and its modules."""
    from screening import completeness  # noqa: F401
    from screening.judge import accumulation  # noqa: F401
    from screening.reports import from_rules  # noqa: F401
    from screening.reports.write import get_ready as get_reports_ready
    from screening.review.facts import rule_facts
    from screening.ruleset.load import shipped_version

    get_reports_ready()
    facts = rule_facts(
        ruleset, given.roster, given.accounts, given.lexicons, given.elections, given.acts, given.roster_accounts
    )
    return {**facts, "data": shipped_version()}


@dataclass(frozen=True)
class Told:
    """What a finished run tells people: the books, the numbers of people, cases and assessments, and the gaps."""

    books: dict[str, int]
    results: dict[str, int]
    numbers: Numbers
    gaps: Completeness
    warnings: tuple[str, ...] = ()

    def as_json(self, folder: Path) -> dict[str, Any]:
        """The same for machines."""
        return {
            "folder": str(folder),
            "counts": self.books,
            "results": self.results,
            "numbers": asdict(self.numbers),
            "completeness": self.gaps.as_json(),
            "warnings": list(self.warnings),
        }


def finish(
    run: Run, ruleset: Ruleset, rule_facts: dict[str, Any], options: Options, given: Given, csv: str,
    step: Callable[[str], None] = lambda name: None,
) -> Told:  # fmt: skip
    """Write reports, what the run was made with, and last the manifest; returns what to tell people.

    `step` is told each phase of the work as it begins.
    """
    from screening import classifier, manifest
    from screening.cli.memory import remembered, with_pictures
    from screening.completeness import completeness
    from screening.folder import counts, results
    from screening.judge.accumulation import accumulation
    from screening.reports import write_reports
    from screening.reports.from_rules import context_of
    from screening.reports.summary import numbers
    from screening.sheets import PROFILES

    step("kelengkapan")
    found, files = results(run), run.table("files")
    books = counts(run, found)
    _keep_what_was_used(run, ruleset, given)
    gaps = completeness(run, ruleset, include_chats=options.include_chats)
    facts: dict[str, Any] = {
        "counts": books,
        "results": found,
        "files": [
            {"name": row.source_file, "sha256": _text(row.source_sha256), "outcome": row.outcome, "read": row.read}
            for row in files.itertuples()
        ],
        "ruleset": rule_facts,
        "model": {"sha256": classifier.load().sha256},
        "options": _options(ruleset, options, given, csv),
        "completeness": gaps.as_json(),
    }
    step("laporan")
    findings, activities = run.findings(), run.noticed("activities")
    context = remembered(context_of(ruleset, options.timezone), findings, given.ledger, facts)
    context = with_pictures(context, run)
    told = numbers(findings, activities)
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
        gaps=gaps.gaps,
    )
    _written(run.folder / ACCUMULATION, _repeated(accumulation(findings, activities, options.timezone)), PROFILES[csv])
    from screening.readers.ingest.warnings import with_lost_files

    refused = with_lost_files(run.table("rejected"), files)
    _written(run.folder / REJECTED, refused.rename(columns=REJECTED_HEADERS), PROFILES[csv])
    step("pemeriksaan")
    manifest.write(run.folder, facts)
    run.forget_parts()
    return Told(books, found, told, gaps, tuple(map(str, ruleset.warnings)))


def _keep_what_was_used(run: Run, ruleset: Ruleset, given: Given) -> None:
    """Roster and accounts (masked), and the user's own rules, into the run folder: later commands need nothing else."""
    from screening.ruleset.used import accounts_table, roster_table

    if ruleset.roster is not None:
        roster_table(ruleset.roster).to_parquet(run.folder / ROSTER, index=False, compression="zstd")
    if len(ruleset.accounts):
        accounts_table(ruleset.accounts).to_parquet(run.folder / ACCOUNTS, index=False, compression="zstd")
    for name, places, pattern in ((LEXICON, given.lexicons, "*.csv"), (CONTESTS, given.elections, "*.toml")):
        files = [file for path in places for file in (sorted(path.glob(pattern)) if path.is_dir() else [path])]
        for number, path in enumerate(files, 1):
            (run.folder / name.format(number=number)).write_bytes(path.read_bytes())
    for number, path in enumerate(given.acts, 1):
        _pack(path, run.folder / ACTS.format(number=number))


def _pack(folder: Path, target: Path) -> None:
    """A folder of acts as a ZIP that is the same for the same files (a ZIP as it is)."""
    import zipfile

    if not folder.is_dir():
        target.write_bytes(folder.read_bytes())
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            packed.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())


def _options(ruleset: Ruleset, options: Options, given: Given, csv: str) -> dict[str, Any]:
    """Every option that can change a byte of the outputs; files by name and hash, so that moving them changes nothing."""
    from screening.manifest import sha256
    from screening.ruleset.load import version_of

    def file(path: Path | None) -> dict[str, str] | None:
        return None if path is None else {"name": path.name, "sha256": "" if path.is_dir() else sha256(path)}

    return {
        "timezone": options.timezone,
        "include_chats": options.include_chats,
        "owner": options.owner,
        "jurisdictions": list(ruleset.jurisdictions),
        "roster": file(given.roster),
        "accounts": file(given.accounts),
        **({"roster_accounts": file(given.roster_accounts)} if given.roster_accounts else {}),
        "lexicons": [file(path) for path in given.lexicons],
        "elections": [{"name": path.name, "sha256": version_of([path])} for path in given.elections],
        "acts": [{"name": path.name, "sha256": version_of([path])} for path in given.acts],
        "ledger": given.ledger is not None,
        "csv": csv,
        **({"pictures": "masked" if options.pictures_masked else "shown"} if options.pictures else {}),
        **({"pictures_all": True} if options.pictures_all else {}),
    }


def _repeated(table: pd.DataFrame) -> pd.DataFrame:
    from screening.reports.labels import label

    words = {
        name: table[name].map({value: label(name, value) for value in table[name].dropna().unique()})
        for name in ("kind", "result")
    }
    return table.assign(**words).rename(columns=REPEATED_HEADERS)


def _text(value: Any) -> str | None:
    """A cell of text, None where it is missing: NaN is no JSON."""
    return value if isinstance(value, str) else None


def _written(path: Path, table: pd.DataFrame, dialect: Dialect) -> None:
    from screening.sheets import guarded, write_columns

    columns = [guarded(table[name].astype("object").where(table[name].notna(), "").tolist()) for name in table]
    write_columns(path, list(table.columns), [columns], dialect)
