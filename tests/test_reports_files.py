"""temuan.csv and temuan.xlsx as files: golden bytes, inert cells, locks, lists, limits."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from report_builder import GOLDEN, Tables, build, golden_tables, write_reports_to
from sheet_payloads import PAYLOADS

from screening.reports import workbook
from screening.reports.queue import queue
from screening.reports.rows import review_rows
from screening.reports.workbook import BAND_COLOURS
from screening.sheets import COLUMNS, LISTS, fingerprint, unguard
from screening.sheets.guard import CELL_LIMIT

TEXTS = tuple(
    text for text in PAYLOADS if not re.search("[\ud800-\udfff]", text)
)  # tables are UTF-8: no lone surrogates
NAMES = [column.name for column in COLUMNS]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(200, texts=TEXTS)


@pytest.fixture(scope="module")
def folder(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("laporan")
    write_reports_to(place, tables)
    return place


def read_csv(path: Path, encoding: str = "utf-8-sig", separator: str = ";") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return [{k: unguard(v) for k, v in row.items()} for row in csv.DictReader(file, delimiter=separator)]


def read_xlsx(path: Path) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(path)["TELAAH"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, ("" if v is None else unguard(str(v)) for v in row), strict=True)) for row in rows]


def test_golden_csv(tmp_path: Path) -> None:
    """A change of any cell is seen in review; `python -m tests.report_builder` writes the file anew."""
    write_reports_to(tmp_path, golden_tables())
    assert (tmp_path / "temuan.csv").read_bytes() == GOLDEN.read_bytes()


def test_csv_and_workbook_say_the_same(folder: Path, tables: Tables) -> None:
    rows = review_rows(queue(tables.findings, tables.activities, tables.context), tables.context)
    expected = [{name: str(row[name]) for name in NAMES} for row in rows]
    assert read_csv(folder / "temuan.csv") == expected
    assert read_xlsx(folder / "temuan.xlsx") == expected


def test_every_payload_is_in_the_files_and_no_fingerprint_breaks(folder: Path) -> None:
    for rows in (read_csv(folder / "temuan.csv"), read_xlsx(folder / "temuan.xlsx")):
        assert {row["teks_bukti"] for row in rows} >= set(TEXTS)
        assert all(fingerprint(row) == row["sidik_baris"] for row in rows)


def test_the_other_profile(tmp_path: Path) -> None:
    write_reports_to(tmp_path, build(60), csv="standar")
    raw = (tmp_path / "temuan.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" not in raw
    assert list(read_csv(tmp_path / "temuan.csv", "utf-8", ",")[0]) == NAMES


def test_the_default_profile_is_that_of_indonesian_excel(folder: Path) -> None:
    raw = (folder / "temuan.csv").read_bytes()
    assert raw.startswith('\ufeff"id_temuan";"prioritas_telaah";"skor"'.encode())
    assert raw.endswith(b"\r\n")


def test_the_workbook_has_no_formula_link_macro_or_outside_part(folder: Path) -> None:
    with zipfile.ZipFile(folder / "temuan.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name in parts if re.search(r"vba|external|hyperlink|connection", name, re.IGNORECASE)]
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6
    assert not any("<f>" in text or "<f " in text or "<hyperlink" in text for text in sheets)
    assert not any('TargetMode="External"' in text for text in parts.values())


def test_the_workbook_is_ready_to_work_in(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "temuan.xlsx")
    assert book.sheetnames == ["PANDUAN", "TELAAH", "RINGKASAN", "PETA KERAWANAN", "KAMUS KOLOM", "RUJUKAN"]
    assert book["RUJUKAN"].sheet_state == "hidden"
    assert book.active.title == "TELAAH"
    sheet = book["TELAAH"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter
    for at, column in enumerate(COLUMNS, 1):
        assert sheet.cell(2, at).protection.locked is column.locked, column.name
        assert sheet.cell(1, at).protection.locked
    colours = {(row[1].value, row[1].fill.fgColor.rgb) for row in sheet.iter_rows(min_row=2)}
    assert colours == {(band, f"FF{fill[1:]}") for band, (fill, _) in BAND_COLOURS.items()}


def test_drop_downs_offer_the_hidden_lists(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "temuan.xlsx")
    sheet, lists = book["TELAAH"], book["RUJUKAN"]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column, *_ = str(rule.sqref).split(":")
        name = sheet[re.sub(r"\d", "", column) + "1"].value
        area = rule.formula1.removeprefix("RUJUKAN!").replace("$", "")
        offered[name] = [cell.value for (cell,) in lists[area]]
        assert str(rule.sqref).endswith(str(sheet.max_row))
    assert offered["putusan"] == list(LISTS["putusan"])
    assert offered["tahap"] == list(LISTS["tahap"])
    assert offered["kode_perbuatan_koreksi"] == [
        "TIDAK ADA",
        "BKD-D-02",
        "BKD-D-04",
        "BKD-D-06",
        "BKD-D-08",
        "BKD-KE-02",
        "BKD-KE-04",
    ]


def test_the_summary_sheet_reconciles(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "temuan.xlsx")["RINGKASAN"]
    values = {
        row[0].strip(): row[1] for row in sheet.iter_rows(max_row=16, values_only=True) if row[0] and row[1] is not None
    }
    assert values["Aktivitas dibaca"] == sum(values[k] for k in ("disaring", "duplikat", "ditolak", "di luar lingkup"))
    assert len(sheet._charts) == 8


def test_a_text_beyond_the_cell_limit_is_cut_and_says_so(tmp_path: Path) -> None:
    write_reports_to(tmp_path, build(0, texts=("=" + "panjang " * 10_000,)))
    for rows in (read_csv(tmp_path / "temuan.csv"), read_xlsx(tmp_path / "temuan.xlsx")):
        assert "DIPOTONG: 80001 karakter" in rows[0]["teks_bukti"]
        assert len(rows[0]["teks_bukti"]) <= CELL_LIMIT


def test_a_workbook_that_would_be_too_long_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.reports.write.number", lambda name: 5)
    write_reports_to(tmp_path, build(60))
    book = openpyxl.load_workbook(tmp_path / "temuan.xlsx")
    found = len(read_csv(tmp_path / "temuan.csv"))
    assert book["TELAAH"].max_row == 6
    assert book["PANDUAN"]["A3"].value == f"Buku ini memuat 5 baris teratas dari {found}; selebihnya ada di temuan.csv."


def test_no_findings_still_give_whole_files(tmp_path: Path) -> None:
    write_reports_to(tmp_path, build(0))
    assert read_csv(tmp_path / "temuan.csv") == []
    assert openpyxl.load_workbook(tmp_path / "temuan.xlsx")["TELAAH"].max_row == 1
    assert "Tidak ada temuan" in (tmp_path / "laporan.html").read_text("utf-8")


def test_the_same_tables_give_the_same_bytes_in_any_row_order(tmp_path: Path) -> None:
    from dataclasses import replace

    tables = build(120)
    mixed = replace(
        tables,
        activities=tables.activities.sample(frac=1, random_state=1),
        findings=tables.findings.sample(frac=1, random_state=2),
        hits=tables.hits.sample(frac=1, random_state=3),
        files=tables.files.sample(frac=1, random_state=4),
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write_reports_to(tmp_path / "a", tables)
    write_reports_to(tmp_path / "b", mixed)
    for name in ("temuan.csv", "temuan.xlsx", "laporan.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_details_that_are_fetched_a_few_at_a_time_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from screening.folder import DETAILS

    tables = build(120)
    monkeypatch.setattr("screening.reports.write.number", lambda name: 20)
    monkeypatch.setattr("screening.reports.write._SLICE", 7)
    details = tables.findings.set_index("finding_id")[list(DETAILS)]
    asked: list[int] = []

    def with_details(findings: pd.DataFrame) -> pd.DataFrame:
        asked.append(len(findings))
        return findings.join(details, on="finding_id")

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write_reports_to(tmp_path / "a", tables)
    bare = replace(tables, findings=tables.findings.drop(columns=list(DETAILS)))
    write_reports_to(tmp_path / "b", bare, with_details=with_details)
    assert asked[0] == 20
    assert set(asked[1:-1]) == {7}
    for name in ("temuan.csv", "temuan.xlsx", "laporan.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_failed_report_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("penuh")

    (tmp_path / "temuan.csv").write_text("lama", encoding="utf-8")
    monkeypatch.setattr("screening.reports.write.write_columns", fail)
    with pytest.raises(OSError, match="penuh"):
        write_reports_to(tmp_path, build(30))
    assert [path.name for path in tmp_path.iterdir()] == ["temuan.csv"]
    assert (tmp_path / "temuan.csv").read_text("utf-8") == "lama"


def test_what_fails_in_the_workbook_is_raised(tmp_path: Path) -> None:
    (tmp_path / "temuan.xlsx").mkdir()
    with pytest.raises(OSError, match="temuan"):
        write_reports_to(tmp_path, build(30))


def test_a_workbook_that_fails_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("penuh")

    monkeypatch.setattr("screening.reports.workbook.write_summary", fail)
    with pytest.raises(OSError, match="penuh"):
        write_reports_to(tmp_path, build(30))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="excel-xx"):
        write_reports_to(tmp_path, build(0), csv="excel-xx")


@pytest.mark.parametrize(("lines", "points"), [(1, 30), (2, 30), (3, 45), (14, 210), (40, 210)])
def test_rows_of_the_workbook_are_as_high_as_their_longest_cell_within_limits(lines: int, points: float) -> None:
    columns = {name: [""] for name, _ in workbook._WIDE}
    columns[workbook._WIDE[0][0]] = ["\n".join(["x"] * lines)]
    assert workbook._heights(columns) == [points]
