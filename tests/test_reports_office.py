"""LibreOffice opens temuan.csv and temuan.xlsx, saves them again, and every text is still the same."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from report_builder import Tables, build, write_reports_to
from sheet_payloads import PAYLOADS

from screening.reports.queue import queue
from screening.reports.rows import review_rows
from screening.sheets import COLUMNS, LISTS, fingerprint, unguard

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice tidak terpasang (apt-get install libreoffice-calc)"),
]
NAMES = [column.name for column in COLUMNS]
TEXTS = tuple(text for text in PAYLOADS if not re.search("[\ud800-\udfff]", text))
CSV_OUT = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(60, texts=TEXTS)


@pytest.fixture(scope="module")
def folder(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three reports in two profiles, and what LibreOffice makes of them in `out`."""
    place = tmp_path_factory.mktemp("kantor")
    write_reports_to(place, tables)
    (place / "standar").mkdir()
    write_reports_to(place / "standar", tables, csv="standar")
    shutil.copy(place / "standar" / "temuan.csv", place / "standar.csv")
    save(place, "temuan.xlsx", "xlsx:Calc MS Excel 2007 XML")
    save(place, "temuan.xlsx", f"{CSV_OUT},2")
    save(place, "temuan.csv", CSV_OUT, "CSV:59,34,76,1")
    save(place, "standar.csv", CSV_OUT, "CSV:44,34,76,1")
    return place


def save(place: Path, name: str, target: str, source: str = "") -> None:
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(place / 'profil').as_uri()}",
        "--headless",
        "--convert-to",
        target,
    ]
    command += [f"--infilter={source}"] if source else []
    subprocess.run(
        [*command, "--outdir", str(place / "out"), str(place / name)], check=True, capture_output=True, timeout=180
    )


def expected(tables: Tables) -> list[dict[str, str]]:
    rows = review_rows(queue(tables.findings, tables.activities, tables.context), tables.context)
    return [{name: str(row[name]) for name in NAMES} for row in rows]


def from_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: unguard(v) for k, v in row.items()} for row in csv.DictReader(file, delimiter=";")]


def from_xlsx(path: Path) -> list[dict[str, str]]:
    head, *rows = openpyxl.load_workbook(path)["TELAAH"].iter_rows(values_only=True)
    return [
        dict(zip(NAMES, ("" if v is None else unguard(str(v)) for v in row[: len(NAMES)]), strict=True))
        for row in rows
        if head[0] == "id_temuan" and row[0]
    ]


@pytest.mark.parametrize("name", ["temuan.csv", "standar.csv", "temuan-TELAAH.csv"])
def test_texts_are_identical_after_libreoffice_saved_them_as_csv(folder: Path, tables: Tables, name: str) -> None:
    rows = from_csv(folder / "out" / name)
    assert rows == expected(tables)
    assert all(fingerprint(row) == row["sidik_baris"] for row in rows)


def test_texts_are_identical_after_libreoffice_saved_the_workbook(folder: Path, tables: Tables) -> None:
    rows = from_xlsx(folder / "out" / "temuan.xlsx")
    assert rows == expected(tables)
    assert all(fingerprint(row) == row["sidik_baris"] for row in rows)


def test_drop_downs_locks_and_hidden_lists_survive(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "out" / "temuan.xlsx")
    sheet = book["TELAAH"]
    assert book["RUJUKAN"].sheet_state == "hidden"
    assert sheet.protection.sheet
    rules = {str(rule.formula1).replace("$", "") for rule in sheet.data_validations.dataValidation}
    area = next(rule for rule in rules if book["RUJUKAN"][rule.split("!")[1]][0][0].value == "LAYAK KLARIFIKASI")
    assert [cell.value for (cell,) in book["RUJUKAN"][area.split("!")[1]]] == list(LISTS["putusan"])
    assert not sheet.cell(2, NAMES.index("putusan") + 1).protection.locked
    assert sheet.cell(2, NAMES.index("teks_bukti") + 1).protection.locked


def test_libreoffice_found_no_formula(folder: Path) -> None:
    for sheet in openpyxl.load_workbook(folder / "out" / "temuan.xlsx"):
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
