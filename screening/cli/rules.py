"""Commands about the rules and the installation: check, doctor."""

from __future__ import annotations

from pathlib import Path

import typer

from screening.cli.options import Accounts, Acts, Elections, Jurisdictions, Lexicons, Roster, RosterAccounts, load

RULES_INVALID = 4


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(check)
    app.command()(doctor)


def check(
    roster: Roster = None,
    roster_accounts: RosterAccounts = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    elections: Elections = None,
    acts: Acts = None,
) -> None:
    """Memeriksa leksikon, butir, kontes, dan daftar pegawai: semua masalah dengan berkas dan barisnya."""
    from screening.audit.examples import check_act_examples
    from screening.audit.lints import lints
    from screening.audit.word_examples import check_words
    from screening.detectors.examples import check_examples
    from screening.ruleset.contests import undated

    ruleset = load(jurisdiction, roster, accounts, lexicon, elections, acts, roster_accounts)
    warnings = [*ruleset.warnings, *undated(ruleset.contests)]
    for warning in warnings:
        print(f"PERINGATAN: {warning}")
    # Who checks a list of their own is not asked to mend the lexicon, nor to wait for its examples.
    lists_only = bool(roster or accounts) and not (lexicon or elections or acts)
    problems = [] if lists_only else [*check_examples(ruleset), *check_words(ruleset), *check_act_examples(ruleset)]
    for problem in problems:
        print(problem)
    hints = [] if lists_only else lints(ruleset.lexicon.entries, ruleset.contests)
    for hint in hints:
        print(f"SARAN: {hint}")
    if ruleset.roster is not None:
        people = ruleset.roster
        print(
            f"Daftar pegawai: {people.subjects()} pegawai dengan {len(people.people)} akun; {people.without_account} tanpa akun."
        )
    if len(ruleset.accounts):
        print(f"Daftar akun: {len(ruleset.accounts)} akun.")
    if lists_only:
        print("Contoh leksikon dan butir tidak dijalankan; untuk itu: screening check tanpa --roster dan --accounts.")
    print(
        f"{len(ruleset.lexicon.entries)} entri leksikon, {len(ruleset.acts)} butir, {len(ruleset.contests)} kontes; "
        f"{len(problems)} masalah, {len(warnings)} peringatan, {len(hints)} saran."
    )
    if problems:
        raise typer.Exit(RULES_INVALID)


def doctor() -> None:
    """Menunjukkan versi, zona waktu, data, model, dan ruang penyimpanan."""
    from screening.cli.doctor import report

    print(report(Path.cwd()))
