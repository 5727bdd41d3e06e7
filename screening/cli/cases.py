"""Commands that write more from a finished run: report (a period), dossier (one finding, case or subject)."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screening.cli.options import Accounts, Jurisdictions, Ledger, Lexicons, Roster, Timezone

if TYPE_CHECKING:
    from screening.folder import Run
    from screening.reports import ReportContext

RunFolder = Annotated[Path, typer.Option("--run", metavar="FOLDER", help="Folder hasil `screening run`.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command(no_args_is_help=True)(report)
    app.command(no_args_is_help=True)(dossier)


def report(
    run: RunFolder,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="TANGGAL", help="Hari pertama.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="TANGGAL", help="Hari terakhir.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Bawaan: folder hasil.")] = None,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    ledger: Ledger = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Menulis laporan pemantauan satu masa (HTML siap cetak dan Markdown), tanpa nama orang.

    Contoh: screening report --run hasil --from 2024-01-01 --to 2024-01-31 --roster pegawai.csv
    """
    from screening.cli.memory import remembered
    from screening.reports import monitoring

    finished, manifest = _finished(run)
    context = _context(manifest, jurisdiction, roster, accounts, lexicon, timezone)
    made = monitoring(
        finished.noticed("activities"), finished.table("findings"), manifest,
        remembered(context, finished.table("findings"), ledger, manifest), first.date(), last.date(),
        times=finished.table("activities", ["happened_at", "result"]),
    )  # fmt: skip
    place = out or run
    place.mkdir(parents=True, exist_ok=True)
    name = f"pemantauan_{first:%Y-%m-%d}_{last:%Y-%m-%d}"
    for suffix, text in ((".html", made.html), (".md", made.markdown)):
        (place / f"{name}{suffix}").write_text(text, encoding="utf-8", newline="\n")
        print((place / f"{name}{suffix}").resolve())


def dossier(
    key: Annotated[str, typer.Argument(metavar="ID", help="id_temuan, id_kasus, atau id_subjek.")],
    run: RunFolder,
    out: Annotated[Path | None, typer.Option("--out", metavar="BERKAS", help="Bawaan: di folder hasil.")] = None,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    ledger: Ledger = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Menulis berkas kasus satu temuan, kasus, atau subjek: kronologi, bukti, butir, yang kurang, ruang sanggahan.

    Contoh: screening dossier T-3066777f5020e678f0c1 --run hasil --roster pegawai.csv
    """
    from screening.cli.memory import decisions
    from screening.reports import dossier as case_file

    finished, manifest = _finished(run)
    page = case_file(
        key, finished.noticed("activities"), finished.noticed("hits"), finished.table("findings"), manifest,
        _context(manifest, jurisdiction, roster, accounts, lexicon, timezone),
        decisions=decisions(finished.table("findings"), ledger),
    )  # fmt: skip
    # The key may come from a spreadsheet cell: it names a file in the folder, never a path.
    target = out or run / f"berkas_{re.sub(r'[^A-Za-z0-9_-]+', '-', key.strip())[:80]}.html"
    target.write_text(page, encoding="utf-8", newline="\n")
    print(target.resolve())


def _finished(folder: Path) -> tuple[Run, dict[str, Any]]:
    from screening import manifest
    from screening.errors import UsageError
    from screening.folder import Run

    if not (folder / manifest.NAME).is_file():
        raise UsageError(f"{folder}: bukan folder hasil yang selesai (tidak ada manifest.json); sebut folder --out.")
    return Run(folder), manifest.read(folder)


def _context(
    manifest: Mapping[str, Any],
    jurisdictions: list[str] | None,
    roster: Path | None,
    accounts: Path | None,
    lexicons: list[Path] | None,
    zone: str,
) -> ReportContext:
    """The words for the report, from the rules as they are now; says so when the run was judged by others."""
    from screening.cli.options import load
    from screening.reports.from_rules import context_of

    ruleset = load(jurisdictions, roster, accounts, lexicons)
    judged_by = manifest.get("ruleset", {}).get("version")
    if judged_by and judged_by != ruleset.version:
        print(
            f"PERINGATAN: hasil ini dinilai dengan aturan {judged_by}, sedangkan aturan sekarang {ruleset.version}; "
            "sebut --jurisdiction, --roster, --accounts, dan --lexicon yang sama seperti waktu `screening run`.",
            file=sys.stderr,
        )
    return context_of(ruleset, zone)
