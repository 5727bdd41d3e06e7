"""What comes back from reviewers: every dialect is read, every damage is refused with row and cause, nothing is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from report_builder import build
from review_builder import NOW, PROVISIONS, bring, fill, handed, returned, run_folder, workbook
from sheet_payloads import PAYLOADS

from screening.review.arrivals import read_file
from screening.review.checks import read_day
from screening.review.decisions import outcomes, statements
from screening.review.exchange import write_refusals
from screening.review.ledger import read
from screening.review.runs import ReviewRun
from screening.sheets import guard


@dataclass
class Office:
    """One run handed to Ani."""

    folder: Path
    run: ReviewRun
    ledger: Path
    rows: list[dict[str, Any]]

    def take(self, *rows: dict[str, Any], name: str = "telaah_Ani.csv", **handing: Any) -> Any:
        return bring([returned(self.folder / name, list(rows))], self.ledger, **handing)

    def said(self) -> int:
        return len(statements(read(self.ledger)))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> ReviewRun:
    return run_folder(tmp_path_factory.mktemp("proses") / "run", build(40))


@pytest.fixture
def office(tmp_path: Path, source: ReviewRun) -> Office:
    ledger = tmp_path / "buku.sqlite"
    return Office(tmp_path, source, ledger, handed(source, ledger, "Ani"))


def causes(done: Any) -> str:
    return " | ".join(f"{one.column}: {one.cause}" for one in done.refusals)


def cells_of(rows: list[dict[str, Any]]) -> list[list[str]]:
    header = list(rows[0])
    return [header, *([guard(str(row[name])) for name in header] for row in rows)]


def as_csv(lines: list[list[str]], separator: str, line_end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(lines)
    return out.getvalue()


DIALECTS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "excel-id": lambda lines: as_csv(lines, ";").encode("utf-8-sig"),
    "standard": lambda lines: as_csv(lines, ",", "\n").encode(),
    "tab": lambda lines: as_csv(lines, "\t").encode("utf-8-sig"),
    "pipe": lambda lines: as_csv(lines, "|").encode(),
    "utf-16 of Excel's Unicode text": lambda lines: as_csv(lines, "\t").encode("utf-16"),
    "utf-16-be without BOM": lambda lines: as_csv(lines, ";").encode("utf-16-be"),
    "sep line": lambda lines: b"sep=;\r\n" + as_csv(lines, ";").encode(),
    "titles above": lambda lines: as_csv([["Berkas telaah"], [], *lines], ";").encode(),
    "columns reversed": lambda lines: as_csv([line[::-1] for line in lines], ";").encode(),
    "own columns": lambda lines: as_csv([["No", *lines[0], "warna"], *(["1", *x, "merah"] for x in lines[1:])], ";").encode(),
    "header in capitals": lambda lines: as_csv([[name.upper() for name in lines[0]], *lines[1:]], ";").encode(),
    "empty lines": lambda lines: as_csv([lines[0], [], *lines[1:], ["", ""], []], ";").encode(),
}  # fmt: skip


@pytest.mark.parametrize("write", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_brings_the_same_decisions(office: Office, write: Callable[[list[list[str]]], bytes]) -> None:
    path = office.folder / "kembali.csv"
    path.write_bytes(
        write(cells_of([fill(row, "BUKAN PELANGGARAN", note="tidak; memihak,\nsama sekali") for row in office.rows]))
    )
    done = bring([path], office.ledger)
    assert causes(done) == ""
    assert done.books[str(path)].new == len(office.rows) == office.said()
    assert {one.note for one in statements(read(office.ledger))} == {"tidak; memihak,\nsama sekali"}


def test_a_file_saved_without_unicode_is_read_and_only_damaged_rows_are_refused(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(0, texts=("hidup 02 👍 ayo", "dukung penuh pak")))
    ledger = tmp_path / "buku.sqlite"
    rows = [fill(row, "BUKAN PELANGGARAN") for row in handed(run, ledger, "Ani")]
    path = tmp_path / "ansi.csv"
    path.write_bytes(as_csv(cells_of(rows), ";").encode("cp1252", errors="replace"))
    done = bring([path], ledger)
    assert read_file(path).encoding == "cp1252"
    damaged = [n for n, row in enumerate(rows, 2) if "👍" in str(row["teks_bukti"])]
    told = {one.row: one.cause for one in done.refusals if one.column == "teks_bukti"}
    assert sorted(told) == damaged
    assert "CSV UTF-8" in told[damaged[0]]
    assert done.books[str(path)].balanced


def test_cp1252_text_that_lost_nothing_is_accepted(office: Office) -> None:
    rows = [fill(office.rows[0], "BUKAN PELANGGARAN", note="bukan – é")]
    ascii_row = {name: cell for name, cell in rows[0].items() if str(cell).isascii() or name == "catatan"}
    path = office.folder / "ansi.csv"
    path.write_bytes(as_csv(cells_of([ascii_row]), ";").encode("cp1252"))
    done = bring([path], office.ledger)
    assert read_file(path).encoding == "cp1252"
    assert causes(done) == ""
    assert next(iter(statements(read(office.ledger)))).note == "bukan – é"


def test_importing_twice_changes_nothing(office: Office) -> None:
    rows = [fill(row, "BUKAN PELANGGARAN") for row in office.rows]
    office.take(*rows)
    before = read(office.ledger)
    done = office.take(*rows, name="lagi.csv")
    assert read(office.ledger) == before
    assert next(iter(done.books.values())).same == len(rows)


def test_blank_rows_are_not_yet_decided(office: Office) -> None:
    done = office.take(*office.rows)
    assert next(iter(done.books.values())).blank == len(office.rows)
    assert done.refusals == []


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown verdict": ({"putusan": "BERSALAH"}, "putusan: putusan tidak dikenal"),
    "no verdict": ({"putusan": ""}, "putusan: putusan kosong"),
    "no reason": ({"catatan": " "}, "catatan: alasan kosong"),
    "a reason of signs": ({"catatan": "… - 12"}, "catatan: alasan kosong"),
    "no provision": ({"kode_perbuatan_koreksi": ""}, "kode_perbuatan_koreksi: butir kosong"),
    "unknown provision": ({"kode_perbuatan_koreksi": "BKD-D-99"}, "kode_perbuatan_koreksi: kode butir tidak dikenal"),
    "worth clarifying without provision": (
        {"putusan": "LAYAK KLARIFIKASI", "kode_perbuatan_koreksi": "TIDAK ADA"}, "LAYAK KLARIFIKASI memerlukan butir",
    ),
    "no name": ({"penelaah": ""}, "penelaah: nama penelaah kosong"),
    "another's row": ({"penelaah": "Budi"}, "diberikan kepada penelaah lain (Ani)"),
    "future date": ({"tanggal_telaah": "2031-01-01"}, "tanggal_telaah: tanggal di masa depan"),
    "unreadable date": ({"tanggal_telaah": "02/03/24"}, "tanggal_telaah: tanggal tidak dapat dibaca"),
    "altered evidence": ({"teks_bukti": "teks lain sama sekali"}, "teks_bukti: bukti atau data mesin berubah"),
    "altered act": ({"kode_perbuatan": "BKD-KE-99"}, "kode_perbuatan: bukti atau data mesin berubah"),
    "altered score": ({"skor": 1}, "skor: bukti atau data mesin berubah"),
    "emptied evidence": ({"peristiwa": ""}, "peristiwa: bukti atau data mesin berubah: sel dikosongkan"),
    "rounded record id": ({"id_rekaman": "1,70000000000000E+18"}, "id_rekaman: bukti atau data mesin berubah: bilangan dibulatkan"),
    "serial date in evidence": (
        {"waktu_kejadian": "45321"}, "waktu_kejadian: bukti atau data mesin berubah: tanggal menjadi nomor seri",
    ),
    "cut evidence": ({"teks_bukti": "x" * 32_767}, "teks_bukti: bukti atau data mesin berubah: teks terpotong"),
    "damaged id": ({"id_temuan": "1,98501E+17"}, "id_temuan: id rusak"),
    "damaged id with a point": ({"id_temuan": "1.98501012010011e+17"}, "id_temuan: id rusak"),
    "no id": ({"id_temuan": ""}, "id_temuan: id temuan kosong"),
    "no fingerprint": ({"sidik_baris": ""}, "sidik_baris: sidik baris kosong"),
    "forged fingerprint": ({"sidik_baris": "sidik-" + "0" * 24}, "sidik_baris: sidik baris bukan milik baris ini"),
    "unknown id": ({"id_temuan": "T-" + "f" * 20}, "sidik_baris: baris ini belum terdaftar"),
    "unknown stage": ({"tahap": "sidang"}, "tahap: tahap kasus kosong atau tidak dikenal"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "cause"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_row_is_refused_with_its_number_and_cause_and_the_others_count(
    office: Office, cells: dict[str, Any], cause: str
) -> None:
    good, bad = fill(office.rows[0], "BUKAN PELANGGARAN"), {**fill(office.rows[1], "BUKAN PELANGGARAN"), **cells}
    done = office.take(good, bad)
    assert cause in causes(done)
    assert {one.row for one in done.refusals} == {3}
    assert office.said() == 1
    books = next(iter(done.books.values()))
    assert (books.new, books.refused, books.balanced) == (1, 1, True)


def test_an_id_that_only_looks_like_a_rounded_number_is_an_id(tmp_path: Path) -> None:
    key = "7222818380e457020734"
    tables = build(20)
    first = tables.findings.query("result == 'finding'").index[0]
    tables.findings.loc[first, "finding_id"] = key
    run = run_folder(tmp_path / "run", tables)
    rows = [row for row in handed(run, tmp_path / "buku.sqlite", "Ani") if row["id_temuan"] == f"T-{key}"]
    done = bring(
        [returned(tmp_path / "t.csv", [fill(row, "BUKAN PELANGGARAN") for row in rows])], tmp_path / "buku.sqlite"
    )
    assert (len(rows), done.refusals) == (1, [])
    bare = [fill(row, "BUKAN PELANGGARAN", day="2024-02-29") | {"id_temuan": key} for row in rows]
    lines = cells_of(bare)
    lines[1][lines[0].index("id_temuan")] = key  # a person dropped the prefix
    (tmp_path / "u.csv").write_text(as_csv(lines, ";"), encoding="utf-8", newline="")
    assert bring([tmp_path / "u.csv"], tmp_path / "buku.sqlite").refusals == []


def test_every_fault_of_a_row_is_told_at_once(office: Office) -> None:
    done = office.take({**fill(office.rows[0], "?", note=""), "penelaah": "", "teks_bukti": "lain"})
    assert {one.column for one in done.refusals} >= {"putusan", "catatan", "penelaah", "teks_bukti"}


def test_evidence_and_fingerprint_altered_together_are_refused(office: Office) -> None:
    from screening.sheets import fingerprint

    row = {**fill(office.rows[0], "BUKAN PELANGGARAN"), "teks_bukti": "teks yang dipalsukan"}
    token = row["sidik_baris"].rsplit("-", 1)[1]
    forged = [row | {"sidik_baris": fingerprint(row)}, row | {"sidik_baris": f"{fingerprint(row)}-{token}"}]
    for one in forged:
        done = office.take(one)
        assert done.refusals
    assert office.said() == 0


def test_two_rows_swapped_keys_are_refused(office: Office) -> None:
    one, two = (fill(row, "BUKAN PELANGGARAN") for row in office.rows[:2])
    done = office.take(one | {"id_temuan": two["id_temuan"]}, two | {"id_temuan": one["id_temuan"]})
    assert "baris tertukar" in causes(done)
    assert office.said() == 0


def test_the_refusal_file_masks_what_was_in_the_cell(office: Office) -> None:
    done = office.take({**fill(office.rows[0], "BUKAN PELANGGARAN"), "teks_bukti": "rahasia 198501012010011001"})
    path = office.folder / "ditolak.csv"
    write_refusals(path, done.refusals)
    text = path.read_text(encoding="utf-8-sig")
    assert "telaah_Ani.csv" in text
    assert "rahasia" not in text
    assert "1985" not in text


TOLERATED: dict[str, dict[str, Any]] = {
    "lower case": {"putusan": "bukan pelanggaran"},
    "blanks": {"putusan": "  BUKAN   PELANGGARAN "},
    "apostrophe before a choice": {"putusan": "'BUKAN PELANGGARAN"},
    "provision in lower case": {"kode_perbuatan_koreksi": "bkd-d-02"},
    "provision with a small letter": {"kode_perbuatan_koreksi": "PP94-5N6"},
    "no provision fits": {"kode_perbuatan_koreksi": "tidak ada"},
    "serial date": {"tanggal_telaah": "45350"},
    "serial date with decimals": {"tanggal_telaah": "45350,5"},
    "Indonesian date": {"tanggal_telaah": "28/02/2024"},
    "no date": {"tanggal_telaah": ""},
    "name in another spelling": {"penelaah": " ANI "},
    "evidence with an added apostrophe": {"peristiwa": None},
    "fingerprint with blanks": {"sidik_baris": None},
}


@pytest.mark.parametrize("cells", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_spreadsheets_and_people_add_is_tolerated(office: Office, cells: dict[str, Any]) -> None:
    row = fill(office.rows[0], "BUKAN PELANGGARAN")
    added = {"peristiwa": "'" + row["peristiwa"], "sidik_baris": f" {row['sidik_baris']} "}
    lines = cells_of([row | {name: added[name] if value is None else value for name, value in cells.items()}])
    for name, value in cells.items():  # as the spreadsheet left it, not as we would write it
        lines[1][lines[0].index(name)] = added[name] if value is None else value
    path = office.folder / "kembali.csv"
    path.write_text(as_csv(lines, ";"), encoding="utf-8-sig", newline="")
    done = bring([path], office.ledger)
    assert causes(done) == ""
    assert office.said() == 1


def test_a_note_cut_by_the_spreadsheet_is_kept_and_told(office: Office) -> None:
    done = office.take(fill(office.rows[0], "BUKAN PELANGGARAN", note="x" * 32_767))
    assert office.said() == 1
    assert "catatan terpotong" in " ".join(done.notes)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024-01-31", "2024-01-31"), ("31/01/2024", "2024-01-31"), ("31-01-2024", "2024-01-31"), ("'2024-01-31", "2024-01-31"),
     ("45322", "2024-01-31"), ("2024-01-31 14:05", "2024-01-31 14:05"), ("2024-01-31 00:00:00", "2024-01-31"), ("", "")],
)  # fmt: skip
def test_dates_as_people_and_spreadsheets_write_them(text: str, day: str) -> None:
    assert read_day(text, NOW.date()) == (day, "")


def test_one_file_may_not_hold_two_reviewers(office: Office, source: ReviewRun) -> None:
    plain = [
        fill(row, "BUKAN PELANGGARAN") | {"penelaah": who}
        for row, who in zip(source.rows, ("Dewi", "Eko"), strict=False)
    ]
    book = office.folder / "belum-dibagikan.sqlite"
    done = bring([returned(office.folder / "temuan.csv", plain)], book, runs=[source])
    assert "berkas memuat 2 penelaah" in causes(done)
    assert not statements(read(book))
    done = bring([office.folder / "temuan.csv"], book, reviewer="dewi", runs=[source])
    assert "bukan penelaah yang menyerahkan berkas ini" in causes(done)
    assert len(statements(read(book))) == 1


def test_nobody_reviews_himself(office: Office, source: ReviewRun) -> None:
    row = source.rows[0]
    done = bring(
        [returned(office.folder / "t.csv", [fill(row, "BUKAN PELANGGARAN") | {"penelaah": row["id_subjek"].upper()}])],
        office.ledger,
    )
    assert "penelaah adalah orang yang dinilai" in causes(done)


def test_the_same_row_twice_with_two_verdicts_counts_for_neither(office: Office) -> None:
    row = office.rows[0]
    done = office.take(fill(row, "BUKAN PELANGGARAN"), fill(row, "TIDAK CUKUP BUKTI"))
    assert "baris kembar" in causes(done)
    assert office.said() == 0
    done = office.take(fill(row, "BUKAN PELANGGARAN"), fill(row, "BUKAN PELANGGARAN"))
    assert next(iter(done.books.values())).same == 1
    assert office.said() == 1


def test_recusal_is_recorded_and_its_verdict_not_counted(office: Office) -> None:
    done = office.take(fill(office.rows[0], "BUKAN PELANGGARAN", benturan_kepentingan="YA"))
    one = next(iter(outcomes(statements(read(office.ledger))).values()))
    assert (one.state, one.recused, dict(one.votes)) == ("belum", ("Ani",), {})
    assert "tidak dihitung" in " ".join(done.notes)


def test_a_changed_mind_with_a_later_date_stands_and_the_history_is_kept(office: Office) -> None:
    office.take(fill(office.rows[0], "BUKAN PELANGGARAN", day="2024-02-20"))
    done = office.take(fill(office.rows[0], "TIDAK CUKUP BUKTI", day="2024-02-21"))
    assert next(iter(done.books.values())).changed == 1
    one = next(iter(outcomes(statements(read(office.ledger))).values()))
    assert [vote.verdict for vote in one.votes.values()] == ["TIDAK CUKUP BUKTI"]
    assert office.said() == 2


def test_a_changed_mind_on_the_same_day_is_never_silent_and_a_correction_settles_it(office: Office) -> None:
    office.take(fill(office.rows[0], "BUKAN PELANGGARAN"))
    done = office.take(fill(office.rows[0], "TIDAK CUKUP BUKTI"))
    assert "bertentangan" in " ".join(done.notes)
    assert next(iter(outcomes(statements(read(office.ledger))).values())).state == "bertentangan"
    for _ in range(2):  # also idempotent
        office.take(fill(office.rows[0], "TIDAK CUKUP BUKTI"), correction="salah pilih")
    one = next(iter(outcomes(statements(read(office.ledger))).values()))
    assert [vote.verdict for vote in one.votes.values()] == ["TIDAK CUKUP BUKTI"]
    assert office.said() == 3
    assert "salah pilih" in read(office.ledger)[-1].why


PAGE = ("id_temuan", "putaran", "sidik_baris", "kode_perbuatan", "versi_aturan", "putusan", "kode_perbuatan_koreksi", "catatan",
        "penelaah", "tanggal_telaah", "benturan_kepentingan")  # fmt: skip


def test_the_pages_decisions_are_matched_with_the_registered_run(tmp_path: Path, source: ReviewRun) -> None:
    rows = [
        {name: fill(row, "TIDAK CUKUP BUKTI", penelaah="Fajar").get(name, "") for name in PAGE}
        for row in source.rows[:3]
    ]
    path = returned(tmp_path / "putusan.csv", rows)
    unknown = bring([path], tmp_path / "kosong.sqlite")
    assert "--run" in unknown.refusals[0].remedy
    done = bring([path], tmp_path / "buku.sqlite", runs=[source])
    assert causes(done) == ""
    assert next(iter(done.books.values())).new == 3


def test_the_runs_own_workbook_can_be_filled_in_too(tmp_path: Path, source: ReviewRun) -> None:
    from openpyxl import load_workbook

    book = load_workbook(source.folder / "temuan.xlsx")
    sheet = book["TELAAH"]
    names = [cell.value for cell in sheet[1]]
    for line in (2, 4):
        act = sheet.cell(line, names.index("kode_perbuatan") + 1).value
        answer = {"putusan": "LAYAK KLARIFIKASI", "kode_perbuatan_koreksi": act, "catatan": "jelas", "penelaah": "Hadi"}
        for name, value in answer.items():
            sheet.cell(line, names.index(name) + 1).value = value
    book.save(tmp_path / "temuan.xlsx")
    done = bring([tmp_path / "temuan.xlsx"], tmp_path / "buku.sqlite", runs=[source])
    assert causes(done) == ""
    assert next(iter(done.books.values())).new == 2


def test_the_columns_of_the_page_are_the_ones_tested_here() -> None:
    from screening import reports

    script = (Path(reports.__file__).parent / "templates" / "laporan.js").read_text(encoding="utf-8")
    declared = script.split("DECISION_COLUMNS = [", 1)[1].split("]", 1)[0]
    assert tuple(part.strip().strip('"') for part in declared.split(",")) == PAGE


def test_a_full_row_of_an_unregistered_run_vouches_for_itself_but_not_when_altered(
    tmp_path: Path, source: ReviewRun
) -> None:
    good, bad = (fill(row, "BUKAN PELANGGARAN", penelaah="Gita") for row in source.rows[:2])
    done = bring([returned(tmp_path / "t.csv", [good, bad | {"teks_bukti": "lain"}])], tmp_path / "buku.sqlite")
    assert (next(iter(done.books.values())).new, [one.row for one in done.refusals]) == (1, [3])


BROKEN: dict[str, tuple[bytes, str]] = {
    "unclosed quote": (b'id_temuan;putusan;catatan\r\nT-1;"BUKAN;x\r\nT-2;x;y\r\n', "tanda kutip"),
    "no header": (b"a;b\r\n1;2\r\n", "tidak ada kolom id_temuan"),
    "a column twice": (b"id_temuan;putusan;Putusan\r\n", "kolom tertulis dua kali: putusan"),
    "a million columns": (b";".join([b"x"] * 4000) + b"\r\n", "terlalu banyak kolom"),
    "broken utf-16": (b"\xff\xfea", "rusak pada bita"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "format Excel lama"),
    "a zip that is no workbook": (b"PK\x03\x04" + b"\0" * 50, "XLSX rusak"),
    "nothing": (b"", "tidak ada kolom id_temuan"),
}


@pytest.mark.parametrize(("content", "cause"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_one_refusal_and_the_others_are_imported(office: Office, content: bytes, cause: str) -> None:
    (office.folder / "rusak.csv").write_bytes(content)
    good = returned(office.folder / "baik.csv", [fill(office.rows[0], "BUKAN PELANGGARAN")])
    done = bring([office.folder / "rusak.csv", good], office.ledger)
    assert cause in causes(done)
    assert len(done.refusals) == 1
    assert office.said() == 1


def test_evidence_is_identical_after_the_round_trip_through_csv_and_xlsx(tmp_path: Path) -> None:
    texts = tuple(
        text for text in PAYLOADS if "\ud83d" not in text
    )  # Arrow text holds no lone surrogate; see the next test
    run = run_folder(tmp_path / "run", build(0, texts=texts))
    ledger = tmp_path / "buku.sqlite"
    rows = [
        fill(row, "BUKAN PELANGGARAN", note=f"x {row['teks_bukti']}"[:200].strip())
        for row in handed(run, ledger, "Ani")
    ]
    shown = {row["teks_bukti"].replace("\r\n", "\n").replace("\r", "\n") for row in rows}
    assert shown >= {text.replace("\r\n", "\n").replace("\r", "\n") for text in texts}
    for path in (returned(tmp_path / "kembali.csv", rows), workbook(tmp_path, "Ani", rows)):
        done = bring([path], ledger)
        assert causes(done) == ""
        books = done.books[str(path)]
        assert books.new + books.same == len(rows)
    notes = {one.note for one in statements(read(ledger))}
    assert notes == {row["catatan"] for row in rows}


def test_payloads_in_a_reviewers_own_words_come_back_as_typed(office: Office) -> None:
    notes = [f"{text}alasan".strip() for text in PAYLOADS if "\r" not in text][: len(office.rows)]
    rows = [fill(row, "BUKAN PELANGGARAN", note=note) for row, note in zip(office.rows, notes, strict=False)]
    assert causes(bring([workbook(office.folder, "Ani", rows)], office.ledger)) == ""
    assert {one.note for one in statements(read(office.ledger))} == set(notes)


def test_formulas_in_a_workbook_are_not_computed_but_refused(office: Office) -> None:
    from openpyxl import load_workbook

    path = workbook(office.folder, "Ani", [fill(row, "BUKAN PELANGGARAN") for row in office.rows[:3]])
    book = load_workbook(path)
    sheet = book["TELAAH"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("catatan") + 1).value = '=CONCAT("a","b")'
    sheet.cell(3, names.index("unit_kerja") + 1).value = "=A1"
    book.save(path)
    done = bring([path], office.ledger)
    assert {(one.row, one.column) for one in done.refusals} == {(2, "catatan"), (3, "unit_kerja")}
    assert "rumus" in causes(done)


def test_evidence_that_became_a_live_formula_is_refused_even_with_the_same_characters(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    run = run_folder(tmp_path / "run", build(0, texts=("=1+1",)))
    ledger = tmp_path / "buku.sqlite"
    path = workbook(tmp_path, "Ani", [fill(row, "BUKAN PELANGGARAN") for row in handed(run, ledger, "Ani")])
    book = load_workbook(path)
    sheet = book["TELAAH"]
    cell = sheet.cell(2, [one.value for one in sheet[1]].index("teks_bukti") + 1)
    assert cell.value == "'=1+1"
    cell.value = "=1+1"
    book.save(path)
    assert "teks_bukti: bukti atau data mesin berubah: sel berisi rumus" in causes(bring([path], ledger))


def test_true_dates_numbers_and_moved_sheets_of_a_workbook_are_understood(office: Office) -> None:
    from datetime import datetime

    from openpyxl import load_workbook

    path = workbook(office.folder, "Ani", [fill(row, "BUKAN PELANGGARAN") for row in office.rows[:2]])
    book = load_workbook(path)
    sheet = book["TELAAH"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("tanggal_telaah") + 1).value = datetime(2024, 2, 27)  # noqa: DTZ001
    sheet.cell(3, names.index("putaran") + 1).value = 1.0
    sheet.insert_rows(1, 2)
    sheet.title = "Lembar1"
    book.move_sheet("Lembar1", 2)
    book.save(path)
    done = bring([path], office.ledger)
    assert causes(done) == ""
    assert {one.decided_on for one in statements(read(office.ledger))} == {"2024-02-27", "2024-02-28"}


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": b"<Types/>", **members}.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("members", "cause"),
    [({"xl/vbaProject.bin": b"x"}, "berisi makro"), ({"xl/externalLinks/externalLink1.xml": b"x"}, "tautan ke berkas lain"),
     ({"xl/worksheets/sheet1.xml": b"\0" * 60_000_000}, "tidak wajar besar"), ({"xl/workbook.xml": b"<x"}, "tidak dapat dibaca")],
    ids=["macro", "external link", "bomb", "broken xml"],
)  # fmt: skip
def test_hostile_workbooks_are_refused(office: Office, members: dict[str, bytes], cause: str) -> None:
    done = bring([zipped(office.folder / "jahat.xlsx", members)], office.ledger)
    assert cause in causes(done)


def test_an_entity_bomb_is_refused(office: Office) -> None:
    from zipfile import ZipFile

    good = workbook(office.folder, "Ani", office.rows[:1])
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = office.folder / "bom.xlsx"
    with ZipFile(good) as source_, ZipFile(path, "w") as target:
        for name in source_.namelist():
            content = source_.read(name)
            if name.endswith("sharedStrings.xml"):
                content = bomb + content[content.index(b"<sst") :].replace(b"<t>", b"<t>&b;", 1)
            target.writestr(name, content)
    done = bring([path], office.ledger)
    assert "tidak dapat dibaca" in causes(done)


def test_the_handed_out_workbook_has_no_formula_link_or_macro_and_locks_the_evidence(office: Office) -> None:
    import zipfile

    from openpyxl import load_workbook

    path = workbook(
        office.folder, "Ani", [row | {"teks_bukti": '=HYPERLINK("http://contoh.invalid")'} for row in office.rows[:2]]
    )
    sheet = load_workbook(path)["TELAAH"]
    assert sheet.protection.sheet
    assert all(cell.data_type != "f" and cell.hyperlink is None for line in sheet.iter_rows() for cell in line)
    locked = {cell.value: sheet.cell(2, at).protection.locked for at, cell in enumerate(sheet[1], 1)}
    assert locked["teks_bukti"]
    assert not locked["putusan"]
    with_lists = {str(rule.sqref).split(":")[0].rstrip("0123456789") for rule in sheet.data_validations.dataValidation}
    assert len(with_lists) == 5
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]


def test_provisions_are_those_of_the_builder() -> None:
    assert "BKD-D-02" in PROVISIONS


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "sep.csv"
    path.write_bytes(b"sep=;\r\nid_temuan;putusan\r\nT-1;x\r\n\r\nT-2;y\r\n")  # Excel does not show the sep line
    assert [row.number for row in read_file(path).rows] == [2, 4]
    path.write_bytes(b'Judul;\r\nid_temuan;putusan\r\nT-1;"dua\r\nbaris"\r\nT-2;y\r\n')
    assert [row.number for row in read_file(path).rows] == [3, 4]


@pytest.mark.parametrize(
    ("ahead", "cause"), [(0, ""), (1, ""), (2, "tanggal di masa depan"), (30, "tanggal di masa depan")]
)
def test_a_date_may_lie_a_day_ahead_of_the_desk_and_no_more(ahead: int, cause: str) -> None:
    """In Jayapura it is already tomorrow; the day after tomorrow is a slip of the pen."""
    day = NOW.date() + timedelta(days=ahead)
    assert read_day(day.isoformat(), NOW.date()) == ("" if cause else day.isoformat(), cause)
