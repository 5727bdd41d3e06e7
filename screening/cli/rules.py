"""Commands about the rules and the installation: check, explain, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.options import Accounts, Jurisdictions, Lexicons, Roster, RunFolder, load, rules_of

RULES_INVALID = 4


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(check)
    app.command(no_args_is_help=True)(explain)
    app.command()(doctor)


def check(
    roster: Roster = None, accounts: Accounts = None, jurisdiction: Jurisdictions = None, lexicon: Lexicons = None
) -> None:
    """Memeriksa leksikon, butir, kontes, dan daftar pegawai: semua masalah dengan berkas dan barisnya."""
    from screening.audit.examples import check_act_examples
    from screening.audit.lints import lints
    from screening.detectors.examples import check_examples

    ruleset = load(jurisdiction, roster, accounts, lexicon)
    for warning in ruleset.warnings:
        print(f"PERINGATAN: {warning}")
    problems = [*check_examples(ruleset), *check_act_examples(ruleset)]
    for problem in problems:
        print(problem)
    hints = lints(ruleset.lexicon.entries, ruleset.contests)
    if roster is None and accounts is None:  # who checks a list of theirs is not asked to mend the lexicon
        for hint in hints:
            print(f"SARAN: {hint}")
    if ruleset.roster is not None:
        people = ruleset.roster
        print(
            f"Daftar pegawai: {people.subjects()} pegawai dengan {len(people.people)} akun; {people.without_account} tanpa akun."
        )
    if len(ruleset.accounts):
        print(f"Daftar akun: {len(ruleset.accounts)} akun.")
    print(
        f"{len(ruleset.lexicon.entries)} entri leksikon, {len(ruleset.acts)} butir, {len(ruleset.contests)} kontes; "
        f"{len(problems)} masalah, {len(ruleset.warnings)} peringatan, {len(hints)} saran."
    )
    if problems:
        raise typer.Exit(RULES_INVALID)


def explain(
    identity: Annotated[
        str,
        typer.Argument(
            metavar="NOMOR", help="Nomor temuan (T-), aktivitas, kasus (K-), atau pegawai; awalannya cukup."
        ),
    ],
    run: RunFolder,
    jurisdiction: Jurisdictions = None,
) -> None:
    """Menjelaskan satu temuan: bukti, poin, dasar hukum, unsur yang belum terbukti, dan hal yang meringankan."""
    from screening.folder import opened
    from screening.judge.explain import explain as explained
    from screening.reports.lookup import chosen

    finished = opened(run)
    findings, activities = finished.table("findings"), finished.noticed("activities")
    wanted = chosen(identity, findings, activities)
    by_id = activities.drop_duplicates("activity_id").set_index("activity_id", drop=False)
    ruleset = rules_of(finished, jurisdiction)
    rows = ({str(name): value for name, value in row.items()} for row in wanted.to_dict("records"))
    print("\n\n".join(explained(row, by_id.loc[row["activity_id"]].to_dict(), ruleset).text for row in rows))


def doctor() -> None:
    """Menunjukkan versi, zona waktu, data, model, dan ruang penyimpanan."""
    from screening.cli.doctor import report

    print(report(Path.cwd()))
