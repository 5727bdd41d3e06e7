"""Options that several commands share, declared once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from screening.folder import Run
    from screening.ruleset import Ruleset

Inputs = Annotated[
    list[Path], typer.Argument(metavar="MASUKAN...", help="Berkas, folder, atau ZIP ekspor; boleh campur.")
]
Roster = Annotated[Path | None, typer.Option("--roster", metavar="BERKAS", help="Daftar pegawai (CSV/XLSX).")]
RosterAccounts = Annotated[
    Path | None,
    typer.Option(
        "--roster-accounts", metavar="BERKAS",
        help="Akun pegawai (NIP atau Nama, Platform, Akun) bila daftar pegawai tidak memuatnya.",
    ),
]  # fmt: skip
Accounts = Annotated[
    Path | None,
    typer.Option("--accounts", metavar="BERKAS", help="Daftar akun peserta, tim, relawan, partai (CSV/XLSX)."),
]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", metavar="NAMA", help="Yurisdiksi; boleh diulang. Bawaan: dki-jakarta."),
]
Lexicons = Annotated[
    list[Path] | None, typer.Option("--lexicon", metavar="BERKAS", help="Leksikon tambahan (CSV); boleh diulang.")
]
Elections = Annotated[
    list[Path] | None,
    typer.Option("--elections", metavar="FOLDER", help="Kontes sendiri (TOML) di samping bawaan; boleh diulang."),
]
Acts = Annotated[
    list[Path] | None,
    typer.Option("--acts", metavar="FOLDER", help="Yurisdiksi dan edaran sendiri di samping bawaan; boleh diulang."),
]
Timezone = Annotated[
    str, typer.Option("--timezone", metavar="ZONA", help="Zona waktu untuk tanggal tanpa zona, misalnya Asia/Makassar.")
]

Ledger = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="BUKU", help="Buku telaah: putusan terdahulu dan tindak lanjut ikut ditampilkan."),
]
Owner = Annotated[
    str | None,
    typer.Option("--owner", metavar="AKUN", help="Akun pemilik unduhan yang tidak menyebut pemiliknya sendiri."),
]
RunFolder = Annotated[Path, typer.Option("--run", metavar="FOLDER", help="Folder hasil `screening run`.")]
Pictures = Annotated[
    bool, typer.Option("--pictures", help="Baca juga tulisan, kode QR, dan tanggal dalam gambar (paket tambahan).")
]
PictureCache = Annotated[
    Path | None,
    typer.Option(
        "--picture-cache",
        metavar="BERKAS",
        help="Simpanan bacaan gambar; bawaan: cache-gambar.sqlite di samping --out.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Tulis hasilnya sebagai JSON, untuk program lain.")]


def there(option: str, path: Path | None) -> None:
    """UsageError when a file that was named is not there; a wrong name is no invalid rule."""
    from screening.errors import UsageError

    if path is not None and not path.is_file():
        what = "ini folder, bukan berkas" if path.is_dir() else "berkas tidak ditemukan; periksa nama dan foldernya"
        raise UsageError(f"{option} {path}: {what}.")


def read_date(option: str, text: str) -> date:
    """The day an option names, as people write it; UsageError when it names none."""
    from screening.errors import UsageError
    from screening.sheets.days import FORMS, read_day

    day = read_day(text)
    if day is None:
        raise UsageError(f"{option} {text}: bukan tanggal; tulis seperti {FORMS}.")
    return day


def rules_of(
    run: Run,
    jurisdictions: list[str] | None = None,
    roster: Path | None = None,
    accounts: Path | None = None,
    lexicons: list[Path] | None = None,
) -> Ruleset:
    """The ruleset a finished run was judged by, from its folder alone: jurisdictions, roster (masked), accounts, lexicons.

    Options may repeat what the run was given; a different one is a UsageError. When the program's own data changed since,
    that is said on stderr.
    """
    from dataclasses import replace

    from screening.errors import UsageError
    from screening.manifest import sha256
    from screening.ruleset import load_ruleset
    from screening.ruleset.load import shipped_version

    kept = run.options
    if "jurisdictions" not in kept:  # written by an earlier version: the options are all there is
        by_options = load(jurisdictions, roster, accounts, lexicons)
        judged_by = run.manifest.get("ruleset", {}).get("version")
        if judged_by and judged_by != by_options.version:
            print(
                f"PERINGATAN: hasil ini dinilai dengan aturan {judged_by}, sedangkan aturan sekarang {by_options.version}.",
                file=sys.stderr,
            )
        return by_options
    different = []
    if jurisdictions and list(jurisdictions) != list(kept["jurisdictions"]):
        different.append("--jurisdiction")
    given: Sequence[Path | None]
    for option, given, known in (
        ("--roster", [roster], [kept["roster"]]),
        ("--accounts", [accounts], [kept["accounts"]]),
        ("--lexicon", lexicons or (None,), kept["lexicons"] or [None]),
    ):
        for path in given:
            if path is None or not path.is_dir():
                there(option, path)
        hashes = [None if path is None else "" if path.is_dir() else sha256(path) for path in given]
        if any(path is not None for path in given) and hashes != [one and one["sha256"] for one in known]:
            different.append(option)
    if different:
        raise UsageError(
            f"{', '.join(different)}: berbeda dari yang dipakai proses ini. Hapus pilihan itu (folder hasil menyimpan isinya "
            "sendiri), atau jalankan ulang `screening run`."
        )
    now = load_ruleset(
        jurisdictions=tuple(kept["jurisdictions"]), lexicons=run.lexicons(), elections=run.elections(), acts=run.acts()
    )
    judged_by = run.manifest["ruleset"]["version"]
    if run.manifest["ruleset"].get("data") not in (None, shipped_version()):
        print(
            f"PERINGATAN: data aturan program sudah berubah sejak proses ini (aturan {judged_by}); penjelasan memakai kata-kata "
            "aturan sekarang.",
            file=sys.stderr,
        )
    return replace(now, roster=run.roster(), accounts=run.accounts(), version=judged_by)


def there_beside(option: str, paths: Sequence[Path] | None) -> None:
    """UsageError when a folder or file of the user's own rules is not there."""
    for path in paths or ():
        if not path.is_dir():
            there(option, path)


def load(
    jurisdictions: list[str] | None,
    roster: Path | None,
    accounts: Path | None,
    lexicons: list[Path] | None,
    elections: list[Path] | None = None,
    acts: list[Path] | None = None,
    roster_accounts: Path | None = None,
) -> Ruleset:
    """The ruleset these options name; warnings go to stderr."""
    from screening.ruleset import load_ruleset

    there("--roster", roster)
    there("--accounts", accounts)
    there("--roster-accounts", roster_accounts)
    for option, paths in (("--lexicon", lexicons), ("--elections", elections), ("--acts", acts)):
        there_beside(option, paths)
    return load_ruleset(
        jurisdictions=tuple(jurisdictions or ("dki-jakarta",)),
        roster=roster,
        accounts=accounts,
        lexicons=tuple(lexicons or ()),
        elections=tuple(elections or ()),
        acts=tuple(acts or ()),
        roster_accounts=roster_accounts,
    )
