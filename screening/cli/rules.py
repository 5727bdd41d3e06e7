"""Commands about the rules and the installation: check, explain, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.options import Accounts, Jurisdictions, Lexicons, Roster


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command()(check)
    app.command(no_args_is_help=True)(explain)
    app.command()(doctor)


def check(
    roster: Roster = None, accounts: Accounts = None, jurisdiction: Jurisdictions = None, lexicon: Lexicons = None
) -> None:
    """Memeriksa leksikon, butir, kontes, dan daftar pegawai: semua masalah dengan berkas dan barisnya."""
    raise NotImplementedError


def explain(
    finding: Annotated[str, typer.Argument(metavar="ID", help="Nomor temuan atau aktivitas.")],
    run: Annotated[Path, typer.Option("--run", metavar="FOLDER", help="Folder hasil.")],
) -> None:
    """Menjelaskan satu temuan: bukti, poin, dasar hukum, unsur yang belum terbukti, dan hal yang meringankan."""
    raise NotImplementedError


def doctor() -> None:
    """Menunjukkan versi, zona waktu, data, model, dan ruang cakram."""
    raise NotImplementedError
