"""Rows filled into a finished workbook give the very bytes XlsxWriter gives when it writes every cell."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from sheet_payloads import PAYLOADS

from screening.reports.filling import PLACE, Rows, pack
from screening.reports.filling import filled as _filled
from screening.sheets import guard, guarded

LOOKS = ("TINGGI", "SEDANG")
TEXTS = (
    *PAYLOADS,
    "",
    "a & b",
    "<b>",
    "<r>tebal</r>",
    "</si>",
    ' "x" ',
    " depan",
    "baris\ndua\n",
    "👍",
    "_x0041_",
    "judul",
    "lain",
)


def book(package: BytesIO) -> tuple[Any, list[Any], dict[str, list[Any]]]:
    """A workbook with texts before and after the rows' sheet; the styles of a row by its look."""
    made = xlsxwriter.Workbook(package, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    # A fixed date, or the second at which each is made would be part of the bytes.
    made.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - the file format knows no zone
    sheets = [made.add_worksheet(name) for name in ("depan", "isi", "belakang")]
    plain, number = made.add_format({"locked": True}), made.add_format({"align": "center"})
    looks = {
        name: [plain, made.add_format({"bold": True, "indent": at}), number, plain] for at, name in enumerate(LOOKS)
    }
    for at, text in enumerate(("judul", "a & b", "depan saja")):
        sheets[0].write_string(at, 0, text)
    for at, text in enumerate(("teks", "judul", "angka", "teks lagi")):
        sheets[1].write_string(0, at, text)
    return made, sheets, looks


def close(made: Any, sheets: list[Any]) -> None:
    for at, text in enumerate(("lain", "judul", "belakang saja", "SEDANG", "belakang saja")):
        sheets[2].write_string(at, 0, text)
    made.close()


def written(rows: list[tuple[str, str, int, str]]) -> bytes:
    package = BytesIO()
    made, sheets, looks = book(package)
    for line, row in enumerate(rows, 1):
        sheets[1].set_row(line, 30 + 15 * (line % 3))
        for at, (value, style) in enumerate(zip(row, looks[row[1]], strict=True)):
            if isinstance(value, int):
                sheets[1].write_number(line, at, value, style)
            elif value:
                sheets[1].write_string(line, at, guard(value), style)
            else:
                sheets[1].write_blank(line, at, None, style)
    close(made, sheets)
    return package.getvalue()


def filled(rows: list[tuple[str, str, int, str]], path: Path) -> bytes:
    package = BytesIO()
    made, sheets, looks = book(package)
    patterns: dict[str, int] = {}
    for line, row in enumerate(rows, 1):
        if row[1] not in patterns:
            patterns[row[1]] = line
            for at, style in enumerate(looks[row[1]]):
                sheets[1].write_blank(line, at, None, style)
    sheets[1].write_string(1, 0, PLACE, looks[rows[0][1]][0])
    sheets[1].write_blank(len(rows), 3, None, looks[rows[0][1]][3])
    close(made, sheets)
    heights = [30.0 + 15 * (line % 3) for line in range(1, len(rows) + 1)]
    columns = [guarded(column) for column in zip(*rows, strict=True)]
    pack(path, _filled(package, 2, Rows([patterns[row[1]] for row in rows], heights, columns)))
    return path.read_bytes()


@pytest.mark.parametrize("piece", [7, 1000])
@pytest.mark.parametrize("many", [1, 2, 17, 90])
def test_filled_rows_are_the_bytes_of_written_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, piece: int
) -> None:
    monkeypatch.setattr("screening.reports.filling.PIECE", piece)
    texts = [text for text in TEXTS if not text.startswith("<r>")]  # which XlsxWriter takes for markup of its own
    rows = [
        (texts[at % len(texts)], LOOKS[at % 5 == 3], at - 40, texts[(at * 7 + 3) % len(texts)]) for at in range(many)
    ]
    assert filled(rows, tmp_path / "a.xlsx") == written(rows)


def test_filled_rows_come_back_from_a_reader(tmp_path: Path) -> None:
    rows = [(text, LOOKS[at % 2], at, text[::-1]) for at, text in enumerate(TEXTS)]
    filled(rows, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["isi"]
    read = [tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == [tuple(guard(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
