"""Commands that write more than a run does: report (a period), dossier (one file per case), sheet (for employees)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.options import (
    Accounts,
    Jurisdictions,
    Ledger,
    Lexicons,
    Roster,
    RunFolder,
    Timezone,
    read_date,
    rules_of,
)
from screening.cli.privacy import By, Identities, KeyFile, about, meant, place_of, shown
from screening.whole import write_text

if TYPE_CHECKING:
    from screening.folder import Run
    from screening.reports import ReportContext


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command(no_args_is_help=True)(report)
    app.command(no_args_is_help=True)(dossier)
    app.command()(sheet)


def report(
    run: RunFolder,
    first: Annotated[str, typer.Option("--from", metavar="TANGGAL", help="Hari pertama, misalnya 01/09/2024.")],
    last: Annotated[str, typer.Option("--to", metavar="TANGGAL", help="Hari terakhir.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Bawaan: folder hasil.")] = None,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    ledger: Ledger = None,
    timezone: Timezone = "",
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menulis laporan pemantauan satu masa (HTML siap cetak dan Markdown), tanpa nama orang.

    Contoh: screening report --run hasil --from 01/09/2024 --to 30/11/2024
    """
    from screening.cli.memory import progress, remembered
    from screening.errors import UsageError
    from screening.folder import opened
    from screening.reports import monitoring

    start, end = read_date("--from", first), read_date("--to", last)
    finished = opened(run)
    context = _context(finished, jurisdiction, roster, accounts, lexicon, timezone)
    done, recipients = progress(ledger, start, end)
    seen = shown(finished, rules_of(finished, jurisdiction, roster, accounts, lexicon))
    made = monitoring(
        seen.activities, seen.detailed(finished.table("findings")), finished.manifest,
        remembered(context, finished.table("findings"), ledger, finished.manifest), start, end,
        times=finished.table("activities", ["happened_at", "result"]), progress=done, recipients=recipients,
    )  # fmt: skip
    if not made.activities:
        span = _span(finished)
        raise UsageError(f"Tidak ada aktivitas bertanggal antara {start} dan {end}; {span}")
    place = out or run
    place.mkdir(parents=True, exist_ok=True)
    name = f"pemantauan_{start:%Y-%m-%d}_{end:%Y-%m-%d}"
    for suffix, text in ((".html", made.html), (".md", made.markdown)):
        write_text(place / f"{name}{suffix}", text)
        print((place / f"{name}{suffix}").resolve())
    place_of(key, finished.folder, by=by).logged("report", {**about(finished), "from": f"{start}", "to": f"{end}"})


def dossier(
    number: Annotated[
        str, typer.Argument(metavar="NOMOR", help="Nomor temuan (T-), kasus (K-), atau pegawai; awalannya cukup.")
    ],
    run: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="TEMPAT", help="Berkas, atau folder bila kasusnya beberapa; bawaan: folder hasil."
        ),
    ] = None,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    ledger: Ledger = None,
    timezone: Timezone = "",
    identities: Identities = False,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menulis berkas kasus, satu berkas per kasus: kronologi, bukti, butir, yang kurang, hak, ruang sanggahan.

    NOMOR pegawai dengan beberapa kasus menghasilkan beberapa berkas; --out lalu menyebut folder.

    Contoh: screening dossier K-0123456789 --run hasil
    """
    from screening.cli.memory import decisions, with_pictures
    from screening.folder import opened
    from screening.reports import dossiers

    finished = opened(run)
    context = _context(finished, jurisdiction, roster, accounts, lexicon, timezone)
    seen = shown(finished, rules_of(finished, jurisdiction, roster, accounts, lexicon), identities)
    findings = seen.detailed(finished.table("findings"))
    pages = dossiers(
        meant(number, finished, key), seen.activities, seen.hits, findings, finished.manifest,
        with_pictures(context, finished, seen),
        decisions=decisions(findings, ledger),
    )  # fmt: skip
    folder = out if out and (out.is_dir() or len(pages) > 1) else None if out else run
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    facts = {**about(finished), "cases": [*pages], "identities": identities}
    place_of(key, finished.folder, by=by).logged("dossier", facts)
    for case, page in pages.items():
        target = folder / f"berkas_{case}.html" if folder else out
        assert target is not None
        write_text(target, page)
        print(target.resolve())


def sheet(
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="Halaman HTML satu lembar A4.")] = Path(
        "lembar-sosialisasi.html"
    ),
    jurisdiction: Jurisdictions = None,
) -> None:
    """Menulis lembar sosialisasi satu halaman dari butir-butir aturan: larangan, contoh, aturan pasangan, tempat bertanya.

    Contoh: screening sheet --out lembar.html
    """
    from screening.cli.options import load
    from screening.reports.socialisation import sheet as made

    out.parent.mkdir(parents=True, exist_ok=True)
    write_text(out, made(load(jurisdiction, None, None, None)))
    print(out.resolve())


def _span(run: Run) -> str:
    days = run.table("activities", ["happened_at"])["happened_at"].dropna().dt.tz_convert(run.timezone).dt.date
    if days.empty:
        return "tidak ada aktivitas bertanggal dalam proses ini."
    return f"aktivitas dalam proses ini bertanggal {days.min():%d/%m/%Y} sampai {days.max():%d/%m/%Y}."


def _context(
    run: Run,
    jurisdictions: list[str] | None,
    roster: Path | None,
    accounts: Path | None,
    lexicons: list[Path] | None,
    zone: str,
) -> ReportContext:
    """The words for the report, from what the run folder keeps; a differing option is a UsageError."""
    from screening.errors import UsageError
    from screening.reports.from_rules import context_of

    if zone and zone != run.timezone:
        raise UsageError(f"--timezone {zone}: proses ini memakai {run.timezone}; hapus pilihan itu.")
    return context_of(rules_of(run, jurisdictions, roster, accounts, lexicons), run.timezone)
