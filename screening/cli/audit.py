"""Commands that audit the tool itself: even-handedness, flag rates (coverage: `words`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli import verify, words
from screening.cli.options import Jurisdictions, RunFolder, load

if TYPE_CHECKING:
    import pandas as pd

RULES_INVALID = 4
SHOWN = 20  # rows printed of a long table; one difference is already too many

app = typer.Typer(
    help="Memeriksa keadilan antarpeserta dan cakupan leksikon.", no_args_is_help=True, rich_markup_mode=None
)
_RATES = {
    "by": "menurut", "value": "nilai", "activities": "aktivitas", "finding": "temuan",
    "needs_clarification": "perlu klarifikasi", "rate": "porsi temuan",
}  # fmt: skip
OutFile = Annotated[Path | None, typer.Option("--out", metavar="BERKAS", help="Tulis tabel lengkapnya sebagai CSV.")]


def add_to(program: typer.Typer) -> None:
    """Register the group `audit`, and with it the commands about the lexicon."""
    words.add_to(program, app)
    app.command(no_args_is_help=True)(verify.verify)
    program.add_typer(app, name="audit")


@app.command()
def parity(jurisdiction: Jurisdictions = None) -> None:
    """Menukar semua peserta pada tiap butir dan templat; perbedaan hasil, skor, atau poin harus 0."""
    from screening.audit.parity import parity as swapped

    outcome = swapped(load(jurisdiction, None, None, None))
    if len(outcome.differences):
        print(outcome.differences.head(SHOWN).to_string(index=False), file=sys.stderr)
    for contestant, name in outcome.gaps:
        print(f"TIDAK DIBANDINGKAN: {contestant} dengan nama {name} saja (leksikon mensyaratkan konteks)")
    print(f"{outcome.checks} perbandingan, {len(outcome.differences)} perbedaan.")
    if len(outcome.differences):
        raise typer.Exit(RULES_INVALID)


@app.command(no_args_is_help=True)
def rates(run: RunFolder, out: OutFile = None) -> None:
    """Menghitung porsi temuan menurut peserta, platform, dan jenis aktivitas; sel kecil disamarkan."""
    from screening.audit.rates import flag_rates
    from screening.folder import opened

    finished = opened(run)
    roster = finished.roster()
    units = {person.subject_id: person.unit for person in roster.people.values() if person.unit} if roster else None
    rates_ = flag_rates(finished.table("activities"), finished.table("hits"), units)
    by = rates_["by"].map({"contestant": "peserta", "platform": "platform", "kind": "jenis", "unit": "unit"})
    table = rates_.assign(by=by, value=[_word(*pair) for pair in zip(rates_["by"], rates_["value"], strict=True)])
    _show(table, out)


def _word(by: str, value: str) -> str:
    from screening.reports.labels import label

    return label(by, value) if by in ("platform", "kind") else value


def _show(table: pd.DataFrame, out: Path | None) -> None:
    from screening.cli.console import show_table

    table = table.rename(columns=_RATES)
    shown = table.head(SHOWN).astype("object").where(table.head(SHOWN).notna(), "disamarkan")
    show_table("Porsi temuan", list(table.columns), shown.to_numpy().tolist(), numbers=[*_RATES.values()][2:])
    if out is not None:
        from screening.sheets import STANDARD, write_table

        write_table(out, list(table.columns), table.fillna("").to_numpy().tolist(), STANDARD)
        print(out.resolve())
