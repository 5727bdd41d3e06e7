"""Commands that read exports: demo, run, read, inspect."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.options import Accounts, Inputs, Jurisdictions, Ledger, Lexicons, Owner, Roster, Timezone, load

if TYPE_CHECKING:
    import pandas as pd

    from screening.ruleset import Ruleset
    from screening.run import Progress

Strict = Annotated[
    bool,
    typer.Option("--strict", help="Keluar dengan kode 1 bila ada baris yang ditolak atau berkas yang tidak terbaca."),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder hasil.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (demo, run, read, inspect):
        app.command(no_args_is_help=command is not demo)(command)


def demo(out: Out = Path("hasil-demo")) -> None:
    """Menyaring contoh ekspor bawaan (semua orang di dalamnya rekaan) dan menunjukkan letak laporannya."""
    from screening.shipped import shipped

    sample = shipped("data/sample")
    run(
        [sample / "exports"],
        out,
        roster=sample / "daftar-pegawai.csv",
        accounts=sample / "akun-kampanye.csv",
        include_chats=True,
    )


def run(
    inputs: Inputs,
    out: Out,
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    ledger: Ledger = None,
    include_chats: Annotated[
        bool, typer.Option("--include-chats", help="Ikut menyaring percakapan grup yang diserahkan sebagai bukti.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Melanjutkan proses yang terhenti.")] = False,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help="Banyaknya proses pembantu.")] = 1,
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="MESIN", help="local, atau dask untuk beberapa komputer (paket tambahan)."),
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ALAMAT", help="Alamat penjadwal dask, misalnya tcp://10.0.0.5:8786."),
    ] = None,
    strict: Strict = False,
    csv: Annotated[str, typer.Option("--csv", help="Bentuk temuan.csv: excel-id atau standard.")] = "excel-id",
    owner: Owner = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Menyaring ekspor dan menulis temuan.csv, temuan.xlsx, laporan.html beserta tabel mesin."""
    from screening.cli.finish import Given, finish, get_ready
    from screening.engines import process
    from screening.errors import UsageError
    from screening.run import Options
    from screening.run import run as screen
    from screening.sheets import PROFILES

    if csv not in PROFILES:
        raise UsageError(f"--csv {csv}: pilih {' atau '.join(PROFILES)}.")
    process.set_up()
    given = Given(roster, accounts, tuple(lexicon or ()), ledger)
    rules = cache(lambda: load(jurisdiction, roster, accounts, lexicon))
    facts = cache(lambda: get_ready(rules(), given))
    options = Options(
        timezone=timezone, owner=owner, include_chats=include_chats, resume=resume, workers=workers, engine=engine,
        scheduler=scheduler, progress=_progress,
    )  # fmt: skip

    def begin() -> Ruleset:
        """The rules, and what the end needs besides: there is time while the first part is read."""
        facts()
        return rules()

    finished = screen(inputs, out, begin, options)
    counts = finish(finished, rules(), facts(), options, given, csv)
    told = _warned(finished.table("files"))
    if strict and (counts["rejected"] or told):
        raise typer.Exit(1)


def read(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="Tabel Parquet yang ditulis.")],
    strict: Strict = False,
    owner: Owner = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Hanya menormalkan ekspor menjadi satu tabel aktivitas; baris yang ditolak ditulis di sebelahnya."""
    from screening import readers
    from screening.errors import NoReadableInput
    from screening.sheets import STANDARD, write_table

    reading = readers.read(inputs, timezone=timezone, owner=owner)
    told = _warned(reading.files)
    if not (reading.files["outcome"] == "read").any():
        raise NoReadableInput("Tidak ada ekspor yang dapat dibaca. Jalankan `screening inspect` untuk rinciannya.")
    out.parent.mkdir(parents=True, exist_ok=True)
    reading.activities.to_parquet(out, index=False, compression="zstd")
    rejected = out.with_name(f"{out.stem}.rejected.csv")
    write_table(rejected, list(reading.rejected.columns), reading.rejected.fillna("").to_numpy().tolist(), STANDARD)
    print(f"{len(reading.activities)} aktivitas: {out}")
    print(f"{len(reading.rejected)} baris ditolak: {rejected}")
    if strict and (len(reading.rejected) or told):
        raise typer.Exit(1)


def _warned(files: pd.DataFrame) -> bool:
    """Tell on stderr which files were lost as a whole; whether there were any."""
    from screening.readers.ingest.warnings import warnings

    lines = warnings(files)
    for line in lines:
        print(f"PERINGATAN: {line}", file=sys.stderr)
    return bool(lines)


def inspect(
    inputs: Inputs,
    save_profile: Annotated[
        Path | None,
        typer.Option(
            "--save-profile", metavar="BERKAS", help="Simpan usulan pemetaan kolom untuk tabel yang belum dikenal."
        ),
    ] = None,
    strict: Strict = False,
    owner: Owner = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Menunjukkan apa yang dikenali, pemetaan kolom, dan apa yang ditolak; tidak menulis hasil."""
    from screening.readers.ingest.inspect import inspect as look

    found = look(inputs, timezone=timezone, owner=owner, save_profile=save_profile)
    print(found)
    if strict and (found.warnings or found.overview["ditolak"].any()):
        raise typer.Exit(1)


def _progress(progress: Progress) -> None:
    """One line on stderr that is written over, only where somebody is looking."""
    if not sys.stderr.isatty():
        return
    rate = progress.rows / progress.seconds if progress.seconds > 0 else 0
    left = "" if progress.left is None else f", sisa sekitar {duration(progress.left)}"
    line = f"{progress.rows} aktivitas ({progress.share:.0%}), {rate:.0f} per detik{left}"
    print(f"\r{line:<78}", end="\n" if progress.share >= 1 else "", file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """`45 detik`, `3 menit`, `2 jam 5 menit`."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} detik"
    minutes = round(seconds / 60)
    return f"{minutes} menit" if minutes < 60 else f"{minutes // 60} jam {minutes % 60} menit"
