"""Commands about what follows from decisions: review case, review labels; and compare."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from screening.cli import desk
from screening.cli.review import BOOK, By, Ledger, OutFile, app


def add_to(program: typer.Typer) -> None:
    """Register `compare` (importing this module has put the others into the group `review`)."""
    program.command(no_args_is_help=True)(compare)


@app.command(no_args_is_help=True)
def case(
    case_id: Annotated[str, typer.Argument(metavar="ID_KASUS", help="Nomor kasus, misalnya K-0123456789.")],
    stage: Annotated[
        str,
        typer.Option("--stage", metavar="TAHAP", help="telaah, klarifikasi, kajian, rekomendasi, PPK, atau selesai."),
    ],
    why: Annotated[str, typer.Option("--why", metavar="ALASAN", help="Mengapa kasus berpindah tahap.")],
    on: Annotated[
        str, typer.Option("--on", metavar="TANGGAL", help="Tanggal tahap ini dimulai; bawaan: hari ini.")
    ] = "",
    known: Annotated[
        str, typer.Option("--known", metavar="TANGGAL", help="Tanggal peristiwa diketahui satuan tugas.")
    ] = "",
    letter: Annotated[str, typer.Option("--letter", metavar="NOMOR", help="Nomor surat.")] = "",
    recipient: Annotated[
        str,
        typer.Option("--recipient", metavar="PENERIMA", help="BKN, Bawaslu, PPK, … yang berwenang pada tanggal itu."),
    ] = "",
    due: Annotated[
        str, typer.Option("--due", metavar="TANGGAL", help="Tenggat yang ditetapkan petugas, bila lain dari data.")
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEKS", help="Keterangan.")] = "",
    event: Annotated[
        str,
        typer.Option("--event", metavar="PERISTIWA", help="rekomendasi-diterima, keputusan-terbukti, pemulihan, …"),
    ] = "",
    ledger: Ledger = BOOK,
    by: By = "",
) -> None:
    """Mencatat tahap kasus: klarifikasi, kajian, rekomendasi, PPK, selesai; tenggat dihitung dari data."""
    from screening.errors import UsageError
    from screening.review.cases import case_draft, cases, check_case
    from screening.review.checks import read_day
    from screening.review.follow_up_rules import rules_beside
    from screening.review.ledger import append, read
    from screening.sheets.days import FORMS
    from screening.sheets.days import read_day as days_read

    days, faults = {}, []
    for option, text, today in (
        ("--on", on or desk.today().isoformat(), desk.today()),
        ("--known", known, desk.today()),
        ("--due", due, None),
    ):
        plain = days_read(text) if text else None
        days[option], fault = read_day(plain.isoformat() if plain else text, today)
        faults += [f"{option} {text}: {fault}; tulis seperti {FORMS}."] if fault else []
    if faults:
        raise UsageError("\n".join(faults))
    rules = rules_beside(ledger)
    stage = next((name for name in rules.stages if name.casefold() == stage.casefold()), stage)
    start = days["--on"][:10]
    check_case(case_id, stage, recipient, date.fromisoformat(start), read(desk.existing(ledger)), rules, event)
    draft = case_draft(case_id, stage, desk.officer(by), why, letter=letter, note=note, on=start, known_on=days["--known"][:10],
                       recipient=recipient, due=days["--due"][:10], event=event)  # fmt: skip
    append(ledger, [draft])
    now = next(one for one in cases(read(ledger), rules) if one.case_id == case_id)
    due_text = f"tenggat {now.due.isoformat()} ({now.why_due})" if now.due else now.why_due or "tanpa tenggat"
    print(f"{case_id}: tahap {now.stage} sejak {now.since.isoformat()}; {due_text}")


@app.command(no_args_is_help=True)
def labels(
    run: Annotated[
        list[Path], typer.Option("--run", metavar="FOLDER", help="Folder hasil yang memuat teksnya; boleh diulang.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="CSV calon data latih.")],
    ledger: Ledger = BOOK,
) -> None:
    """Mengekspor putusan yang selesai sebagai calon data latih beserta asal-usulnya; tidak melatih apa pun."""
    from screening.review.labels import WARNING, labels
    from screening.review.ledger import head, read
    from screening.review.runs import read_run

    entries = read(desk.existing(ledger))
    frame = labels(entries, [read_run(folder) for folder in run])
    desk.write(out, frame)
    note = out.with_name(f"{out.stem}.keterangan.txt")
    note.write_text(
        f"{WARNING}\n\nSumber: buku telaah {head(entries)}, {len(frame)} teks.\n", encoding="utf-8", newline="\n"
    )
    print(f"{len(frame)} teks berlabel; keterangan asal-usul: {note}")
    print(WARNING)


def compare(
    before: Annotated[Path, typer.Argument(metavar="PROSES_A", help="Folder hasil yang lebih dahulu.")],
    after: Annotated[Path, typer.Argument(metavar="PROSES_B", help="Folder hasil yang kemudian.")],
    ledger: Annotated[
        Path | None, typer.Option("--ledger", metavar="BUKU", help="Buku telaah, untuk putusan sebelumnya.")
    ] = None,
    out: OutFile = None,
) -> None:
    """Membandingkan dua proses: apa yang baru, hilang, atau berubah skor, dan apa sebabnya."""
    from screening.review.compare import compare, comparison_text, for_people
    from screening.review.ledger import read
    from screening.review.runs import read_run

    found = compare(read_run(before), read_run(after), read(desk.existing(ledger)) if ledger else ())
    print(comparison_text(found))
    desk.write(out, for_people(found))
