"""Commands of the reviewers' loop: review export, import, status, agreement, conflicts; `follow_up` adds the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screening.cli import desk
from screening.cli.options import there

if TYPE_CHECKING:
    import pandas as pd

Ledger = Annotated[Path, typer.Option("--ledger", metavar="BUKU", help="Buku telaah (SQLite); dibuat bila belum ada.")]
Force = Annotated[bool, typer.Option("--force", help="Timpa berkas yang sudah ada.")]
Runs = Annotated[list[Path] | None, typer.Option("--run", metavar="FOLDER", help="Folder hasil; boleh diulang.")]
By = Annotated[
    str, typer.Option("--by", metavar="NAMA", help="Petugas yang menjalankan; bawaan: nama pengguna komputer.")
]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="BERKAS", help="Tulis juga sebagai CSV.")]
BOOK = Path("buku-telaah.sqlite")

app = typer.Typer(
    name="review", no_args_is_help=True, rich_markup_mode=None,
    help="Telaah oleh orang: membagi berkas, menerima putusan, kesepakatan, perbedaan, dan tindak lanjut kasus.",
)  # fmt: skip


def add_to(program: typer.Typer) -> None:
    """Register the group `review` and the command `compare`."""
    from screening.cli import follow_up, serve  # noqa: F401 - importing it puts its commands into the group

    program.add_typer(app, name="review")
    follow_up.add_to(program)


@app.command("export", no_args_is_help=True)
def hand_out(
    run: Annotated[Path, typer.Option("--run", metavar="FOLDER", help="Folder hasil yang ditelaah.")],
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="NAMA", help="Nama atau kode penelaah.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Folder untuk telaah_<nama>.xlsx dan .csv.")
    ] = Path("."),
    ledger: Ledger = BOOK,
    blind: Annotated[
        bool, typer.Option("--blind", help="Tanpa skor, prioritas, dan alasan mesin; urutan diacak tetap.")
    ] = False,
    sample: Annotated[
        int,
        typer.Option(
            "--sample-unflagged",
            metavar="N",
            min=0,
            help="Campurkan N aktivitas tanpa temuan untuk mengukur yang terlewat.",
        ),
    ] = 0,
    everything: Annotated[bool, typer.Option("--all", help="Sertakan juga yang sudah diputus.")] = False,
    force: Force = False,
    by: By = "",
) -> None:
    """Membuat berkas telaah untuk satu penelaah, tanpa putusan penelaah lain."""
    from screening.review.issue import Order, hand_out
    from screening.review.outgoing import free_paths, stem_of, write_out
    from screening.review.runs import read_run

    free_paths(out, stem_of(reviewer), force=force)
    desk.warn_unsealed(ledger)
    source = read_run(run)
    done = hand_out(
        source,
        ledger,
        Order(reviewer, desk.officer(by), blind, sample, everything),
        desk.describe(source) if sample else None,
    )
    paths = write_out(out, stem_of(reviewer), done.rows, sorted(desk.provisions([run])), force=force)
    print(
        f"{len(done.rows)} baris untuk {reviewer} ({done.sampled} di antaranya sampel acak): {paths[0]} dan {paths[1].name}"
    )
    if done.standing:
        print(f"{done.standing} baris tidak diikutkan: putusan sebelumnya tetap berlaku (--all untuk menyertakannya).")
    if done.own:
        print(f"{done.own} baris tidak diikutkan: sudah dijawab {reviewer}.")
    if sample and not blind:
        print("PERINGATAN: tanpa --blind, sampel dapat dikenali; perkiraan yang terlewat kurang dapat dipercaya.")


@app.command("import", no_args_is_help=True)
def take_in(
    files: Annotated[
        list[Path], typer.Argument(metavar="BERKAS...", help="CSV atau XLSX dari penelaah; juga CSV dari laporan.html.")
    ],
    ledger: Ledger = BOOK,
    run: Runs = None,
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAMA", help="Tolak baris yang bukan dari orang ini.")
    ] = "",
    correction: Annotated[
        str,
        typer.Option("--correction", metavar="ALASAN", help="Gantikan putusan lama orang yang sama; riwayat disimpan."),
    ] = "",
    rejected: Annotated[
        Path, typer.Option("--rejected", metavar="BERKAS", help="Tempat menulis baris yang ditolak.")
    ] = Path("ditolak.csv"),
    strict: Annotated[bool, typer.Option("--strict", help="Keluar dengan kode 1 bila ada baris yang ditolak.")] = False,
    by: By = "",
) -> None:
    """Menerima putusan penelaah ke buku telaah; baris yang buktinya berubah atau putusannya tidak lengkap ditolak."""
    from screening.review.exchange import Handing, import_files, write_refusals
    from screening.review.runs import read_run

    for given in files:
        there("BERKAS", given)
    desk.warn_unsealed(ledger)
    handing = Handing(desk.officer(by), reviewer, correction, desk.provisions(run or ()))
    done = import_files(files, ledger, handing, [read_run(folder) for folder in run or ()])
    for path, books in done.books.items():
        print(
            f"{path}: {books.rows} baris = {books.new} putusan baru + {books.changed} berubah + {books.same} sudah tercatat"
            f" + {books.case_only} hanya catatan kasus + {books.blank} belum diisi + {books.refused} ditolak"
        )
    for note in done.notes:
        print(f"CATATAN: {note}")
    if done.refusals:
        write_refusals(rejected, done.refusals)
        for refusal in done.refusals[:10]:
            where = f"{refusal.file} baris {refusal.row}" if refusal.row else refusal.file
            print(
                f"DITOLAK: {where}{', kolom ' + refusal.column if refusal.column else ''}: {refusal.cause} — {refusal.remedy}"
            )
        print(f"{len(done.refusals)} masalah ditulis ke {rejected}")
    print(f"Kode pengaman buku telaah (salin ke berita acara): {done.head}")
    if strict and done.refusals:
        raise typer.Exit(1)


@app.command()
def status(
    ledger: Ledger = BOOK,
    anchor: Annotated[
        str, typer.Option("--anchor", metavar="SIDIK", help="Sidik yang dicatat di luar; harus ada dalam buku.")
    ] = "",
) -> None:
    """Menunjukkan yang belum selesai, yang terlambat, dan memeriksa keutuhan buku telaah."""
    from screening.review.follow_up_rules import rules_beside
    from screening.review.ledger import read
    from screening.review.status import status, status_text

    day = desk.today()
    print(status_text(status(read(desk.existing(ledger), anchor=anchor), day, rules_beside(ledger)), day))


@app.command()
def agreement(ledger: Ledger = BOOK, out: OutFile = None) -> None:
    """Menghitung kesepakatan penelaah: persen, kappa Cohen, alfa Krippendorff, per butir."""
    from screening.review.agreement import agreement
    from screening.review.decisions import statements
    from screening.review.ledger import read

    frame = agreement(statements(read(desk.existing(ledger))))
    if frame.empty:
        print("Belum ada baris yang diputus dua penelaah.")
        return
    for row in frame.to_dict("records"):
        figures = [
            f"{row['sama_persen']:.1f} %",
            *(f"{name} {row[name]:.2f}" if row[name] == row[name] else f"{name} –" for name in ("kappa", "alpha")),
        ]
        note = f" — {row['catatan']}" if row["catatan"] else ""
        print(f"{row['butir']}, {row['pasangan']}: n = {row['n']}, sama {', '.join(figures).replace('.', ',')}{note}")
    desk.write(out, frame)


@app.command(no_args_is_help=True)
def conflicts(
    run: Annotated[
        list[Path], typer.Option("--run", metavar="FOLDER", help="Folder hasil yang memuat buktinya; boleh diulang.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Folder untuk konflik.csv dan konflik.xlsx.")
    ] = Path("."),
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAMA", help="Penengah; harus bukan salah satu penelaahnya.")
    ] = "",
    ledger: Ledger = BOOK,
    force: Force = False,
    by: By = "",
) -> None:
    """Menulis baris yang diputus berbeda, untuk diputus orang ketiga."""
    from screening.review.conflicts import hand_out_conflicts
    from screening.review.issue import Order
    from screening.review.outgoing import write_out
    from screening.review.runs import read_run

    desk.existing(ledger)
    sources = [read_run(folder) for folder in run]

    def describe(activities: pd.DataFrame) -> list[dict[str, Any]]:
        return desk.describe(sources[0])(activities)

    rows = hand_out_conflicts(ledger, sources, Order(reviewer, desk.officer(by)), describe)
    if not rows:
        print("Tidak ada perbedaan yang menunggu penengah.")
        return
    paths = write_out(out, "konflik", rows, sorted(desk.provisions(run)), force=force)
    print(f"{len(rows)} baris menunggu penengah: {paths[1]} dan {paths[0].name}")
