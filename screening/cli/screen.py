"""Commands that read exports: demo, run, read, inspect."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.console import show_json, thousands
from screening.cli.options import (
    Accounts,
    Acts,
    Elections,
    Inputs,
    Json,
    Jurisdictions,
    Ledger,
    Lexicons,
    Owner,
    PictureCache,
    Pictures,
    Roster,
    RosterAccounts,
    Timezone,
    load,
    there,
    there_beside,
)
from screening.cli.privacy import By, KeyFile, Place, place_of

if TYPE_CHECKING:
    import pandas as pd

    from screening.cli.finish import Given, Told
    from screening.folder import Run
    from screening.readers import Reading
    from screening.readers.ingest.inspect import Inspection
    from screening.ruleset import Ruleset
    from screening.run import Options

Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Keluar dengan kode 1 bila ada peringatan kelengkapan atau baris yang ditolak.",
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder hasil.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (demo, run, read, inspect):
        app.command(no_args_is_help=command is not demo)(command)


def demo(out: Out = Path("hasil-demo")) -> None:
    """Menyaring contoh ekspor bawaan (semua orang di dalamnya rekaan) dan menunjukkan letak laporannya."""
    from screening.cli.finish import Given
    from screening.run import Options
    from screening.shipped import shipped

    sample = shipped("data/sample")
    given = Given(sample / "daftar-pegawai.csv", sample / "akun-kampanye.csv", keep_all=True)
    _screen([sample / "exports"], out, given, Options(include_chats=True), Place(None), overwrite=True)


def run(
    inputs: Inputs,
    out: Out,
    roster: Roster = None,
    roster_accounts: RosterAccounts = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    elections: Elections = None,
    acts: Acts = None,
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
    csv: Annotated[
        str, typer.Option("--csv", metavar="BENTUK", help="Bentuk temuan.csv: excel-id atau standar.")
    ] = "excel-id",
    owner: Owner = None,
    timezone: Timezone = "Asia/Jakarta",
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Ganti hasil di --out; berkas yang sudah diisi orang dipindahkan, tidak dihapus.",
        ),
    ] = False,
    key: KeyFile = None,
    identities: Annotated[
        bool,
        typer.Option(
            "--identities",
            help="Tulis juga identitas.csv: siapa di balik nomor samaran; dicatat dalam catatan pemakaian.",
        ),
    ] = False,
    keep_all: Annotated[
        bool,
        typer.Option(
            "--keep-all", help="Simpan juga teks aktivitas yang tidak perlu ditelaah; bawaan: tidak disimpan."
        ),
    ] = False,
    pictures: Pictures = False,
    pictures_masked: Annotated[
        bool, typer.Option("--pictures-masked", help="Samarkan gambar kecil di laporan, kecuali tulisan yang dibaca.")
    ] = False,
    pictures_all: Annotated[
        bool,
        typer.Option(
            "--pictures-all",
            help="Baca gambar semua akun dan semua hari; bawaan: hanya pegawai pada daftar, pada hari-hari sebuah kontes berjalan.",
        ),
    ] = False,
    picture_cache: PictureCache = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Menyaring ekspor dan menulis temuan.csv, temuan.xlsx, laporan.html beserta tabel mesin."""
    from screening.cli.finish import Given
    from screening.errors import UsageError
    from screening.run import Options
    from screening.sheets import PROFILES

    if csv not in PROFILES:
        raise UsageError(f"--csv {csv}: pilih excel-id atau standar.")
    there("--roster", roster)
    there("--roster-accounts", roster_accounts)
    there("--accounts", accounts)
    for option, paths in (("--lexicon", lexicon), ("--elections", elections), ("--acts", acts)):
        there_beside(option, paths)
    cache_file = ready_for_pictures(pictures or pictures_masked or pictures_all, picture_cache, out)
    own = (tuple(lexicon or ()), ledger, tuple(elections or ()), tuple(acts or ()))
    given = Given(roster, accounts, *own, roster_accounts, keep_all=keep_all, identities=identities)
    options = Options(
        timezone=timezone, owner=owner, include_chats=include_chats, resume=resume, workers=workers, engine=engine,
        scheduler=scheduler, pictures=cache_file is not None, picture_cache=cache_file, pictures_masked=pictures_masked,
        pictures_all=pictures_all,
    )  # fmt: skip
    _screen(
        inputs, out, given, options, place_of(key, out, ledger, by), jurisdictions=jurisdiction, csv=csv,
        overwrite=overwrite, strict=strict, as_json=as_json,
    )  # fmt: skip


def _screen(
    inputs: list[Path],
    out: Path,
    given: Given,
    options: Options,
    place: Place,
    *,
    jurisdictions: list[str] | None = None,
    csv: str = "excel-id",
    overwrite: bool = False,
    strict: bool = False,
    as_json: bool = False,
) -> None:
    """A run from its inputs to the last line in the terminal and in the log of use."""
    from screening import publish
    from screening.cli.console import Phases
    from screening.cli.finish import finish, get_ready
    from screening.engines import process
    from screening.privacy.masking import masked_numbers
    from screening.run import run as screen

    process.set_up()
    place.check()
    rules = cache(
        lambda: load(
            jurisdictions,
            given.roster,
            given.accounts,
            [*given.lexicons],
            [*given.elections],
            [*given.acts],
            given.roster_accounts,
        )
    )
    facts = cache(lambda: get_ready(rules(), given))
    phases = Phases(quiet=as_json)

    def begin() -> Ruleset:
        """The rules, and what the end needs besides: there is time while the first part is read."""
        facts()
        return rules()

    with (
        place.pseudonyms() as pseudonyms,
        publish.building(out, overwrite=overwrite, resume=options.resume) as made,
        phases,
    ):
        options = replace(options, progress=phases.reading, pseudonyms=pseudonyms)
        finished = screen(inputs, made.work, begin, options)
        lost = [masked_numbers(line) for line in _lost(finished.table("files"))]
        told = finish(finished, rules(), facts(), options, given, csv, phases.step)
    from screening.folder import Run

    _log(place, Run(made.out), given)
    if as_json:
        show_json({**told.as_json(made.out), "notes": made.notes})
    else:
        _tell(told, made.out, [*made.notes, *lost])
    if strict and (told.gaps.warnings or lost):
        raise typer.Exit(1)


def _log(place: Place, run: Run, given: Given) -> None:
    """Who ran what on which inputs with which versions, and whether identities were written."""
    from screening.cli.privacy import about
    from screening.privacy.masking import masked_numbers

    said = run.manifest
    place.logged(
        "run",
        {
            **about(run),
            "out": masked_numbers(run.folder.name),
            "inputs": [[masked_numbers(one["name"]), one["sha256"]] for one in said["files"]],
            "software": said["software"],
            "ruleset": said["ruleset"]["version"],
            "model": said["model"]["sha256"],
            "counts": said["counts"],
            "identities": given.identities,
            "keep_all": given.keep_all,
        },
    )


def _show_inspection(found: Inspection) -> None:
    """What was recognised as a table that fits, then what to do, file by file, then how columns are used."""
    from screening.cli.console import show_table
    from screening.printable import one_line

    table = found.overview
    *columns, todo = table.columns
    show_table("", columns, table[columns].to_numpy().tolist(), numbers=("ditolak",))
    print("Yang perlu dilakukan:")
    for file, words in zip(table["berkas"], table[todo], strict=True):
        print(f"  {one_line(str(file))}: {one_line(str(words))}")
    for file, lines in found.mappings.items():
        for line in lines:
            print(f"Pemetaan kolom {one_line(file)}: {one_line(line)}")
    if not found.saved:
        for file, proposal in found.proposals.items():
            print(
                f"\nUsulan pemetaan untuk {one_line(file)} (simpan dengan --save-profile):\n{proposal.toml('usulan')}"
            )
    for line in found.warnings:
        print(f"PERINGATAN: {one_line(line)}", file=sys.stderr)
    for path in found.saved:
        print(f"Pemetaan disimpan: {path}. Periksa, ubah seperlunya, lalu taruh di antara masukan.")


def _tell(told: Told, folder: Path, notes: Sequence[str]) -> None:
    """The end of a run for people: people first, then activities, then what could not be seen, then where it lies."""
    from screening import manifest
    from screening.cli.console import show_gaps
    from screening.folder import PAGE
    from screening.judge.explain import RESULTS
    from screening.printable import one_line

    books, results = told.books, told.results
    for warning in told.warnings:
        print(f"PERINGATAN: {warning}", file=sys.stderr)
    for note in notes:
        print(f"PERINGATAN: {one_line(note)}", file=sys.stderr)
    print(f"Untuk ditelaah: {told.numbers}")
    print(
        f"{thousands(books['read'])} aktivitas dibaca = {thousands(books['screened'])} disaring + "
        f"{thousands(books['duplicate'])} duplikat + {thousands(books['rejected'])} ditolak + "
        f"{thousands(books['out_of_scope'])} di luar lingkup"
    )
    for name, words in RESULTS.items():
        print(f"  {thousands(results.get(name, 0)):>9} aktivitas: {words}")
    show_gaps(told.gaps.gaps)
    print("Temuan awal adalah bahan telaah, bukan putusan.")
    if (folder / manifest.NAME).is_file():
        print(f"Sidik hasil (salin ke berita acara): {manifest.sha256(folder / manifest.NAME)}")
    print(f"Laporan: {(folder / PAGE).resolve()}")


def read(
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option("--out", metavar="BERKAS", help="Tabel yang ditulis: .parquet, .csv, .xlsx, atau .jsonl.")
    ],
    include_chats: Annotated[
        bool, typer.Option("--include-chats", help="Ikut menulis pesan percakapan grup yang diserahkan sebagai bukti.")
    ] = False,
    strict: Strict = False,
    owner: Owner = None,
    timezone: Timezone = "Asia/Jakarta",
    pictures: Pictures = False,
    picture_cache: PictureCache = None,
) -> None:
    """Hanya menormalkan ekspor menjadi satu tabel aktivitas; baris yang ditolak ditulis di sebelahnya."""
    from screening import readers
    from screening.cli.finish import REJECTED_HEADERS
    from screening.cli.tables import check_form, write
    from screening.engines.part import CHATS
    from screening.errors import NoReadableInput
    from screening.readers.ingest.warnings import with_lost_files
    from screening.sheets import EXCEL_ID, write_table
    from screening.whole import whole

    check_form(out)
    cache_file = ready_for_pictures(pictures, picture_cache, out)
    reading = readers.read(inputs, timezone=timezone, owner=owner, pictures=pictures)
    if cache_file is not None:
        reading = _with_pictures(reading, inputs, cache_file, include_chats, out)
    told = _warned(reading.files)
    if not (reading.files["outcome"] == "read").any():
        raise NoReadableInput("Tidak ada ekspor yang dapat dibaca. Jalankan `screening inspect` untuk rinciannya.")
    out.parent.mkdir(parents=True, exist_ok=True)
    chats = reading.activities["platform"].isin(CHATS) & (not include_chats)
    write(reading.activities[~chats].reset_index(drop=True), out)
    rejected = out.with_name(f"{out.stem}.rejected.csv")
    refused = with_lost_files(reading.rejected, reading.files)
    heading = [REJECTED_HEADERS[name] for name in refused.columns]
    with whole([rejected]) as (place,):
        write_table(place, heading, refused.fillna("").to_numpy().tolist(), EXCEL_ID)
    print(f"{thousands(len(reading.activities) - int(chats.sum()))} aktivitas: {out}")
    if chats.any():
        print(
            f"{thousands(int(chats.sum()))} pesan percakapan grup tidak ditulis; tambahkan --include-chats bila itu bukti"
        )
    print(f"{len(reading.rejected)} baris ditolak: {rejected}")
    if strict and (len(reading.rejected) or told):
        raise typer.Exit(1)


def ready_for_pictures(wanted: bool, cache: Path | None, out: Path) -> Path | None:
    """Where readings of pictures are kept; None where no picture is to be read. UsageError without the extra."""
    if not wanted:
        return None
    from screening.pictures import CACHE, require

    require()
    return cache or out.absolute().parent / CACHE


def _with_pictures(reading: Reading, inputs: Inputs, cache: Path, include_chats: bool, out: Path) -> Reading:
    """The reading with the words of its pictures; where they stand is written beside the table."""
    from screening.engines.part import CHATS
    from screening.pictures import Pictures as Stage

    cache.parent.mkdir(parents=True, exist_ok=True)
    with Stage(inputs, cache) as stage:
        read = stage.read_into(reading, () if include_chats else CHATS)
        stage.table().to_parquet(out.with_name(f"{out.stem}.pictures.parquet"), index=False)
    return read


def _warned(files: pd.DataFrame) -> bool:
    """Tell on stderr which files were lost as a whole; whether there were any."""
    from screening.printable import one_line
    from screening.readers.ingest.warnings import left_alone

    for line in left_alone(files):
        print(one_line(line), file=sys.stderr)
    lines = _lost(files)
    for line in lines:
        print(f"PERINGATAN: {one_line(line)}", file=sys.stderr)
    return bool(lines)


def _lost(files: pd.DataFrame) -> list[str]:
    from screening.readers.ingest.warnings import warnings

    return warnings(files)


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
    _show_inspection(found)
    if strict and (found.warnings or found.overview["ditolak"].any()):
        raise typer.Exit(1)
