"""`screening audit verify`: whether a run, a ledger and the log of use are what was written, each told on one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

INTEGRITY = 5

Runs = Annotated[list[Path] | None, typer.Argument(metavar="FOLDER...", help="Folder hasil; boleh beberapa.")]
Ledger = Annotated[Path | None, typer.Option("--ledger", metavar="BUKU", help="Buku telaah yang ikut diperiksa.")]
Log = Annotated[Path | None, typer.Option("--log", metavar="BERKAS", help="Catatan pemakaian yang ikut diperiksa.")]
Noted = Annotated[
    list[str] | None,
    typer.Option(
        "--anchor", metavar="SIDIK", help="Sidik dari berita acara (awalnya cukup); harus cocok. Boleh diulang."
    ),
]


def verify(run: Runs = None, ledger: Ledger = None, log: Log = None, anchor: Noted = None) -> None:
    """Memeriksa keutuhan hasil proses, buku telaah, dan catatan pemakaian; kode keluar 5 bila ada yang berubah."""
    from screening.errors import UsageError

    if not (run or ledger or log):
        raise UsageError("Sebut folder hasil, --ledger, atau --log yang diperiksa.")
    wanted = [one.strip().lower() for one in anchor or ()]
    if short := [one for one in wanted if len(one) < 8]:
        raise UsageError(f"--anchor {short[0]}: sekurangnya 8 aksara.")
    known: set[str] = set()
    sound = True
    for name, checked in _targets(run or [], ledger, log):
        sound &= _told(name, checked, known)
    for one in wanted:
        if not any(digest.startswith(one) for digest in known):
            print(f"BERUBAH  sidik {one[:16]} dari berita acara tidak ada pada yang diperiksa")
            sound = False
    if not sound:
        raise typer.Exit(INTEGRITY)


Checked = tuple[set[str], str]


def _targets(runs: list[Path], ledger: Path | None, log: Path | None) -> Iterator[tuple[Path, Callable[[], Checked]]]:
    for folder in runs:
        yield folder, partial(_run, folder)
    if ledger:
        yield ledger, partial(_ledger, ledger)
    if log:
        yield log, partial(_log, log)


def _told(name: Path, check: Callable[[], Checked], known: set[str]) -> bool:
    """Print what became of one target; whether it is whole. Its hashes are added to `known`."""
    from screening.errors import IntegrityError

    try:
        hashes, words = check()
    except IntegrityError as error:
        print(f"BERUBAH  {error}")
        return False
    known |= hashes
    print(f"UTUH     {name}: {words}")
    return True


def _run(folder: Path) -> Checked:
    from screening import manifest
    from screening.folder import opened
    from screening.publish import touched_by_people

    found = opened(folder)
    digest = manifest.sha256(found.folder / manifest.NAME)
    words = f"sidik hasil {digest}"
    if touched := touched_by_people(found.folder):
        words += f"; diisi atau ditambahkan orang: {', '.join(touched[:5])}{', …' if len(touched) > 5 else ''}"
    return {digest}, words


def _ledger(path: Path) -> Checked:
    from screening.cli.desk import existing
    from screening.review.ledger import head, read

    entries = read(existing(path))
    return {entry.hash for entry in entries}, f"{len(entries)} catatan, kode pengaman {head(entries)}"


def _log(path: Path) -> Checked:
    from screening.cli.options import there
    from screening.uselog import read

    there("--log", path)
    uses = read(path)
    return {use.hash for use in uses}, f"{len(uses)} baris, sidik {uses[-1].hash if uses else '-'}"
