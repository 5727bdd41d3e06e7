"""A reviewer who works in LibreOffice: files saved there, in either format, import with identical texts."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from report_builder import build
from review_builder import bring, fill, handed, returned, run_folder, workbook
from sheet_payloads import PAYLOADS

from screening.review.decisions import outcomes, statements
from screening.review.ledger import read

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice tidak terpasang (apt-get install libreoffice-calc)"),
]
TEXTS = tuple(text for text in PAYLOADS if not re.search("[\ud800-\udfff]", text))
CSV_OUT = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false"
WAYS = {
    "xlsx saved again": ("telaah_Ani.xlsx", "xlsx:Calc MS Excel 2007 XML", (), "telaah_Ani.xlsx"),
    "xlsx saved as csv": ("telaah_Ani.xlsx", f"{CSV_OUT},2", (), "telaah_Ani-TELAAH.csv"),
    "csv with numbers detected": ("kembali.csv", CSV_OUT, ("--infilter=CSV:59,34,76,1,,0,false,true",), "kembali.csv"),
}


@dataclass
class Desk:
    folder: Path
    ledger: Path
    rows: list[dict[str, Any]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("kantor")
    run = run_folder(folder / "run", build(30, texts=TEXTS))
    ledger = folder / "buku.sqlite"
    rows = handed(run, ledger, "Ani")
    filled = [fill(row, "BUKAN PELANGGARAN", note=f"n {TEXTS[n % len(TEXTS)]}".strip()) for n, row in enumerate(rows)]
    workbook(folder, "Ani", filled)
    returned(folder / "kembali.csv", filled)
    return Desk(folder, ledger, filled)


def save(folder: Path, name: str, to: str, options: tuple[str, ...], out: Path) -> None:
    command = [str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profil').as_uri()}"]
    subprocess.run(
        [*command, *options, "--convert-to", to, "--outdir", str(out), str(folder / name)],
        check=True,
        timeout=120,
        capture_output=True,
    )


@pytest.mark.parametrize(("name", "to", "options", "saved"), WAYS.values(), ids=WAYS.keys())
def test_what_libreoffice_saved_imports_with_identical_texts(
    desk: Desk, tmp_path: Path, name: str, to: str, options: tuple[str, ...], saved: str
) -> None:
    ledger = tmp_path / "buku.sqlite"
    ledger.write_bytes(desk.ledger.read_bytes())
    save(desk.folder, name, to, options, tmp_path)
    done = bring([tmp_path / saved], ledger)
    assert [(one.row, one.column, one.cause) for one in done.refusals] == []
    said = statements(read(ledger))
    assert len(said) == len(desk.rows)
    assert {one.note for one in said} == {row["catatan"] for row in desk.rows}
    assert {one.decided_on for one in said} == {"2024-02-28"}
    assert {one.verdict for one in outcomes(said).values()} == {""}
