"""Files for people: names, and one table as XLSX and CSV."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from screening.errors import UsageError
from screening.review.decisions import person
from screening.review.settings import settings
from screening.sheets import COLUMNS, EXCEL_ID, Dialect, write_table
from screening.whole import whole


def write_out(
    folder: Path,
    stem: str,
    rows: Sequence[dict[str, Any]],
    acts: Sequence[str],
    *,
    dialect: Dialect = EXCEL_ID,
    force: bool = False,
) -> list[Path]:
    """`<stem>.xlsx` and `<stem>.csv` in a folder (made when missing).

    Raises UsageError when one is there already and not `force`: it may hold decisions that were never imported.
    """
    from screening.review.worksheets import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    paths = free_paths(folder, stem, force=force)
    guide = settings()["guide"]["lines"]
    extra = [name for name in (rows[0] if rows else {}) if name.startswith("suara_")]
    names = [column.name for column in COLUMNS] + extra
    try:
        with whole(paths) as (book, sheet):
            write_workbook(book, rows, acts, guide, extra)
            write_table(sheet, names, ([row.get(name, "") for name in names] for row in rows), dialect)
    except PermissionError as error:
        raise UsageError(f"{folder}: tidak dapat ditulis; tutup dahulu berkasnya di lembar kerja.") from error
    return paths


def free_paths(folder: Path, stem: str, *, force: bool) -> list[Path]:
    """The two files of a stem; raises UsageError when one exists and may not be replaced."""
    paths = [folder / f"{stem}.xlsx", folder / f"{stem}.csv"]
    if not force and (there := [path.name for path in paths if path.exists()]):
        raise UsageError(
            f"{folder}: {', '.join(there)} sudah ada dan mungkin berisi putusan yang belum diimpor. "
            "Pilih --out lain, atau --force untuk menimpanya."
        )
    return paths


def stem_of(reviewer: str) -> str:
    """`telaah_<reviewer>` as a file name that every system takes; names that lose letters keep a short hash."""
    stem = re.sub(r"[^\w-]+", "_", reviewer, flags=re.ASCII).strip("_")[:60]
    if not reviewer.isascii() or not stem:
        stem = f"{stem}_{hashlib.sha256(person(reviewer).encode()).hexdigest()[:6]}".strip("_")
    return f"telaah_{stem}"


def check_name(name: str) -> None:
    """Raise UsageError for a name that cannot stand in a ledger."""
    if (
        not person(name)
        or len(name) > 80
        or not name.isprintable()
        or any("\ud800" <= letter <= "\udfff" for letter in name)
    ):
        raise UsageError("Nama penelaah kosong atau memuat tanda yang tidak dapat dicatat; pakai nama atau kode biasa.")
