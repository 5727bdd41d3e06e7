"""Small tables people write by hand (CSV of any dialect, XLSX) as rows of text, with line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from screening.errors import Problem

Rows = list[tuple[int, dict[str, str]]]


def read_sheet(path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> tuple[Rows, list[Problem]]:
    """(line, {column: text}) of every non-empty row, under canonical names; unknown columns are left out."""
    try:
        table = _xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        return [], [
            Problem(path.name, 0, f"berkas tidak dapat dibaca ({type(error).__name__})", "simpan sebagai CSV atau XLSX")
        ]
    filled = [(line, cells) for line, cells in table if any(cell.strip() for cell in cells)]
    if not filled:
        return [], [Problem(path.name, 0, "berkas kosong", "isi judul kolom dan barisnya")]
    heading, *body = filled
    wanted = {_plain(form): name for name, forms in columns.items() for form in (name, *forms)}
    places = {position: wanted[_plain(cell)] for position, cell in enumerate(heading[1]) if _plain(cell) in wanted}
    lacking = [name for name in required if name not in places.values()]
    if lacking:
        return [], [Problem(path.name, heading[0], f"kolom tidak ada: {', '.join(lacking)}", "periksa judul kolom")]
    rows = [(line, {places[at]: cell.strip() for at, cell in enumerate(cells) if at in places}) for line, cells in body]
    return rows, []


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _csv(path: Path) -> list[tuple[int, list[str]]]:
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    separator = max(";,\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, start = [], 1
    for cells in reader:
        rows.append((start, cells))
        start = reader.line_num + 1
    return rows


def _xlsx(path: Path) -> list[tuple[int, list[str]]]:
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except zipfile.BadZipFile as error:
        raise ValueError("not a workbook") from error
    try:
        sheet = book.worksheets[0]
        return [
            (number, ["" if cell is None else str(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        ]
    finally:
        book.close()
