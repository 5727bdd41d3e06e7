"""The end of a run: reports, manifest, and the summary people read in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.folder import (
    ACCOUNTS,
    ACCUMULATION,
    ACTS,
    CONTESTS,
    IDENTITIES,
    KEPT_QUEUE,
    LEXICON,
    PSEUDONYMS,
    REJECTED,
    ROSTER,
)

if TYPE_CHECKING:
    import pandas as pd

    from screening.completeness import Completeness, Gap
    from screening.folder import Run
    from screening.privacy.known import Known
    from screening.reports.summary import Numbers
    from screening.ruleset import Ruleset
    from screening.ruleset.roster import Roster
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
    keep_all: bool = False
    identities: bool = False


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
    from screening.completeness import completeness
    from screening.folder import counts, results
    from screening.sheets import PROFILES

    step("kelengkapan")
    found, files = results(run), run.table("files")
    books = counts(run, found)
    identities = ruleset.roster
    if options.pseudonyms is not None and ruleset.roster is not None:
        ruleset = replace(ruleset, roster=options.pseudonyms.roster(ruleset.roster))
    _keep_what_was_used(run, ruleset, given)
    known = _known(run, ruleset, options, given)
    gaps = completeness(run, ruleset, include_chats=options.include_chats, account=_called(known, options))
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
    told = write_for_people(run, ruleset, facts, known, gaps.gaps, given.ledger)
    if given.identities:
        _write_identities(run, ruleset, identities, known, PROFILES[csv])
    if not given.keep_all:
        _drop_words(run, known, options)
    step("pemeriksaan")
    manifest.write(run.folder, facts)
    run.forget_parts()
    return Told(books, found, told, gaps, tuple(map(str, ruleset.warnings)))


def write_for_people(
    run: Run, ruleset: Ruleset, facts: Mapping[str, Any], known: Known, gaps: Sequence[Gap], ledger: Path | None
) -> Numbers:
    """Everything people open, from the machine tables of a run folder and the facts of its manifest."""
    from screening import manifest
    from screening.cli.memory import remembered, with_pictures
    from screening.judge.accumulation import accumulation
    from screening.readers.ingest.warnings import with_lost_files
    from screening.reports import write_reports
    from screening.reports.from_rules import context_of
    from screening.reports.shown import Shown, options_shown
    from screening.reports.summary import numbers
    from screening.sheets import PROFILES

    csv, zone = facts["options"]["csv"], facts["options"]["timezone"]
    seen = Shown(run, known)
    findings, activities = seen.findings, seen.activities
    context = remembered(context_of(ruleset, zone), findings, ledger, facts)
    files = seen.files(run.table("files"))
    write_reports(
        run.folder,
        activities,
        seen.hits,
        findings,
        files,
        {**manifest.identity(facts), **facts, "options": options_shown(facts["options"], known)},
        with_pictures(context, run, seen),
        csv=csv,
        results=facts["results"],
        with_details=seen.with_details,
        gaps=gaps,
    )
    _written(run.folder / ACCUMULATION, _repeated(accumulation(findings, activities, zone)), PROFILES[csv])
    refused = with_lost_files(seen.files(run.table("rejected")), files)
    _written(run.folder / REJECTED, refused.rename(columns=REJECTED_HEADERS), PROFILES[csv])
    return numbers(findings, activities)


def _known(run: Run, ruleset: Ruleset, options: Options, given: Given) -> Known:
    """Whose accounts may be read in what people open; the pseudonyms of the others are kept, so that later commands need no key."""
    import pandas as pd

    from screening.privacy.known import Known, accounts_of

    if options.pseudonyms is None:
        return Known(ruleset, None)
    columns = ["platform", "actor"]
    rows = run.table("activities", columns) if given.keep_all else run.noticed("activities", columns)
    others = accounts_of(rows.drop_duplicates().itertuples(index=False, name=None), Known(ruleset))
    names = {pair: options.pseudonyms.account(*pair) for pair in others}
    table = pd.DataFrame([(*pair, name) for pair, name in names.items()], columns=[*columns, "pseudonym"]).astype("str")
    table.to_parquet(run.folder / PSEUDONYMS, index=False, compression="zstd")
    return Known(ruleset, names)


def _called(known: Known, options: Options) -> Callable[[str, str], str]:
    """What an account of an activity is called, also one that is in nothing to be reviewed."""

    def called(platform: str, actor: str) -> str:
        from screening.privacy.known import HIDDEN

        name = str(known.account(platform, actor))
        return options.pseudonyms.account(platform, actor) if name == HIDDEN and options.pseudonyms else name

    return called


def _drop_words(run: Run, known: Known, options: Options) -> None:
    """The words of what nobody has to review, out of the run folder."""
    from screening.engines.dropping import drop_pictures, drop_words
    from screening.folder import PICTURES, PICTURES_SHOWN

    drop_words(run.folder, _called(known, options))
    drop_pictures(run.folder / PICTURES, run.folder / PICTURES_SHOWN, run.findings())


def _write_identities(run: Run, ruleset: Ruleset, roster: Roster | None, known: Known, dialect: Dialect) -> None:
    """Who is behind the pseudonyms of this run: a file of its own, for its owner only, to be kept apart."""
    import pandas as pd

    from screening.reports.labels import label

    noticed = run.noticed("activities", ["platform", "actor", "subject_id"]).drop_duplicates()
    people = roster.people if roster is not None else {}
    named = {key: (one.name, one.nip) for key, one in people.items()}
    called = (ruleset.roster.people if ruleset.roster is not None else {}).items()
    wanted = {*noticed["subject_id"].dropna()}
    rows = [
        (one.subject_id, *named[key], label("platform", key[0]), key[1])
        for key, one in called
        if one.subject_id in wanted
    ]
    others = (known.pseudonyms or {}).items()
    rows += [(name, "", "", label("platform", platform), actor) for (platform, actor), name in others]
    columns = ["id_subjek", "nama", "nip", "platform", "akun"]
    path = run.folder / IDENTITIES
    path.touch(0o600)
    _written(path, pd.DataFrame(sorted(rows), columns=columns).astype("str"), dialect)


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
        "key": options.pseudonyms.id if options.pseudonyms else None,
        "texts": "semua" if given.keep_all else KEPT_QUEUE,
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
