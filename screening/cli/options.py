"""Options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from screening.ruleset import Ruleset

Inputs = Annotated[
    list[Path], typer.Argument(metavar="MASUKAN...", help="Berkas, folder, atau ZIP ekspor; boleh campur.")
]
Roster = Annotated[Path | None, typer.Option("--roster", metavar="BERKAS", help="Daftar pegawai (CSV/XLSX).")]
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
RunFolder = Annotated[Path, typer.Option("--run", metavar="FOLDER", exists=True, help="Folder hasil sebuah proses.")]


def load(
    jurisdictions: list[str] | None, roster: Path | None, accounts: Path | None, lexicons: list[Path] | None
) -> Ruleset:
    """The ruleset these options name; warnings go to stderr."""
    from screening.ruleset import load_ruleset

    return load_ruleset(
        jurisdictions=tuple(jurisdictions or ("dki-jakarta",)),
        roster=roster,
        accounts=accounts,
        lexicons=tuple(lexicons or ()),
    )
