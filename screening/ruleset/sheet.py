"""Small tables of the ruleset (roster, accounts, candidates) as rows of text, with line numbers and messages people can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from screening.errors import Problem
from screening.sheets.opened import Meaning, Table, UnreadableTable, find_table, first_headings, fold, words_of

Rows = list[tuple[int, dict[str, str]]]
_SHOWN = 12  # headings named in a message


def read_sheet(path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> tuple[Rows, list[Problem]]:
    """(line, {column: text}) of every non-empty row, under canonical names; unknown columns are left out."""
    known = words_of(columns)
    table, problems = find(path, lambda heading: known.get(fold(heading)), required, columns)
    if table is None:
        return [], problems
    return [(row.number, table.cells(row)) for row in table.rows], []


def find(
    path: Path, meaning: Meaning, required: Sequence[str], accepted: Mapping[str, Sequence[str]]
) -> tuple[Table | None, list[Problem]]:
    """The table with all `required` columns, or one problem that names the headings found and those accepted."""
    try:
        table = find_table(path, meaning, lambda names: all(name in names for name in required))
        if table is not None:
            return table, []
        nearest = find_table(path, meaning, lambda names: len(names) > 1)
        found = [text for text in (nearest.headings if nearest else first_headings(path)) if text]
    except UnreadableTable as error:
        return None, [Problem(path.name, 0, error.what, error.remedy)]
    if not found:
        return None, [Problem(path.name, 0, "berkas kosong", "isi judul kolom dan barisnya")]
    have = {*nearest.columns.values()} if nearest else set()
    lacking = [name for name in required if name not in have]
    return None, [
        Problem(
            path.name,
            nearest.line if nearest else 0,
            "; ".join(lacking_column(name, accepted) for name in lacking),
            f"judul dalam berkas: {headings(found)}",
        )
    ]


def lacking_column(name: str, accepted: Mapping[str, Sequence[str]]) -> str:
    """`kolom Akun tidak ditemukan (judul yang dikenal: …)`; the first accepted form is the one shown to people."""
    forms = [form for form in accepted.get(name, ()) if form.isascii()] or [name]
    title = forms[0][:1].upper() + forms[0][1:]
    return f"kolom {title} tidak ditemukan (judul yang dikenal: {', '.join(forms[:8])})"


def headings(found: Sequence[str]) -> str:
    """Headings of a file for a message; they are no private cells, but long ones are cut."""
    shown = [text[:40] for text in found[:_SHOWN]]
    return ", ".join(shown) + (f", … ({len(found)} kolom)" if len(found) > _SHOWN else "")
