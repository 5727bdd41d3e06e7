"""Commands about the lexicon: `lexicon import` and `audit coverage`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.options import Accounts, Jurisdictions, Lexicons, Roster, RunFolder, rules_of, there
from screening.whole import write_text

_SHOWN = 20
_COLUMNS = {
    "entry_id": "entri", "term": "kata", "hits": "petunjuk", "activities": "aktivitas", "actors": "akun", "findings": "temuan",
    "share": "porsi temuan",
}  # fmt: skip

Table = Annotated[Path, typer.Argument(metavar="BERKAS", help="Tabel calon: nama, partai, nomor, dapil (CSV/XLSX).")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="BERKAS", help="CSV yang ditulis; bawaan: BERKAS.leksikon.csv.")
]
ContestId = Annotated[str, typer.Option("--contest", metavar="ID", help="Kontes bila tabel tidak menyebutnya.")]


def add_to(app: typer.Typer, audit: typer.Typer) -> None:
    """Register these commands."""
    group = typer.Typer(help="Leksikon milik sendiri.", no_args_is_help=True)
    group.callback()(_group)
    group.command("import", no_args_is_help=True)(import_)
    app.add_typer(group, name="lexicon")
    audit.command(no_args_is_help=True)(coverage)


def _group() -> None:
    """Leksikon milik sendiri: mengubah tabel calon menjadi leksikon."""


def import_(table: Table, out: Out = None, contest: ContestId = "pileg-2024") -> None:
    """Mengubah tabel calon menjadi leksikon lokal; nama saja, betapapun langkanya, tidak pernah dihitung."""
    from screening.errors import RulesetError
    from screening.ruleset.candidates import import_candidates, write_candidates
    from screening.ruleset.elections import read_contests
    from screening.shipped import shipped

    there("BERKAS", table)
    contests, wrong = read_contests(shipped("data/elections"))
    entries, problems = import_candidates(table, contest, contests)
    for problem in problems:
        print(f"DILEWATI: {problem}")
    if not entries:
        raise RulesetError([*wrong, *problems])
    target = out or table.with_name(f"{table.stem}.leksikon.csv")
    write_text(target, write_candidates(entries))
    kinds = {
        word: sum(f"kelangkaan nama: {word}" in entry.note for entry in entries)
        for word in ("langka", "kurang umum", "umum")
    }
    told = ", ".join(f"{count} {word}" for word, count in kinds.items())
    print(f"{len(entries)} entri ditulis ke {target} (nama {told}). Pakai dengan --lexicon {target}.")


def coverage(
    run: RunFolder,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
) -> None:
    """Menunjukkan entri leksikon yang terlalu sering muncul, tidak pernah terkena, atau bertentangan dalam satu proses."""
    from screening.audit.coverage import coverage as counted
    from screening.cli.console import show_table
    from screening.folder import opened

    finished = opened(run)
    tables = [finished.table(name) for name in ("activities", "hits", "findings")]
    made = counted(rules_of(finished, jurisdiction, roster, accounts, lexicon).lexicon, *tables)
    shown = made.entries.loc[made.entries["hits"] > 0, list(_COLUMNS)].head(_SHOWN)
    rows = shown.assign(share=[f"{100 * share:.1f} %".replace(".", ",") for share in shown["share"]])
    show_table(
        "Entri yang paling sering terkena",
        [*_COLUMNS.values()],
        rows.to_numpy().tolist(),
        numbers=[*_COLUMNS.values()][2:],
    )
    for row in made.floods.itertuples():
        print(
            f"TERLALU SERING: {row.entry_id} ({row.term}) membawa {row.findings} temuan, porsi {row.share:.0%}; periksa syaratnya."
        )
    for pair in made.overlaps[made.overlaps["conflict"]].itertuples():
        print(f"BERTENTANGAN: {pair.entry_a} dan {pair.entry_b} pada huruf yang sama, {pair.places} kali.")
    print(
        f"{len(made.entries)} entri; {len(made.silent)} tidak pernah terkena; {len(made.floods)} terlalu sering muncul."
    )
