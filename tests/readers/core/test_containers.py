"""TAR and .tgz, spreadsheets that are pages, bombs in workbooks: read in place, or told why not."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import openpyxl
import pytest

from screening import readers
from screening.readers.ingest.warnings import warnings
from tests.readers.table_cases import CANONICAL, canonical_csv

GOOD = canonical_csv(CANONICAL)


def tar(members: dict[str, bytes], mode: str = "w", special: tuple[tarfile.TarInfo, ...] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in special:
            archive.addfile(info)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.tar", "w"),
        ("a.tgz", "w:gz"),
        ("a.tar.gz", "w:gz"),
        ("a.tar.bz2", "w:bz2"),
        ("a.txz", "w:xz"),
        ("tanpa-akhiran", "w"),
    ],
)
def test_a_tar_of_any_kind_is_read_in_place(name: str, mode: str, tmp_path: Path) -> None:
    content = tar({"unduhan/tabel.csv": GOOD, "unduhan/foto.jpg": b"x"}, mode)
    (tmp_path / name).write_bytes(content)
    read = readers.read([tmp_path / name])
    assert len(read.activities) == len(CANONICAL)
    assert f"{name}/unduhan/tabel.csv" in set(read.files["source_file"])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"dalam/{name}" if "." in name else "dalam/a.tar", content)
    (tmp_path / "luar.zip").write_bytes(out.getvalue())
    assert len(readers.read([tmp_path / "luar.zip"]).activities) == len(CANONICAL)


def test_hazards_in_a_tar_are_told_one_by_one_and_cost_no_other(tmp_path: Path) -> None:
    link = tarfile.TarInfo("tautan.csv")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device = tarfile.TarInfo("alat")
    device.type = tarfile.CHRTYPE
    made = tar({"../keluar.csv": GOOD, "/akar.csv": GOOD, "baik.csv": GOOD}, special=(link, device))
    (tmp_path / "a.tar").write_bytes(made)
    read = readers.read([tmp_path / "a.tar"])
    assert len(read.activities) == len(CANONICAL)
    outcomes = dict(zip(read.files["source_file"].str.split("/", n=1).str[1], read.files["outcome"], strict=True))
    assert [outcomes[name] for name in ("../keluar.csv", "/akar.csv", "tautan.csv", "alat")] == ["error"] * 4


def test_a_tar_that_breaks_off_keeps_what_was_whole(tmp_path: Path) -> None:
    made = tar({"satu.csv": GOOD, "dua.csv": GOOD + b"x" * 5000})
    (tmp_path / "a.tar").write_bytes(made[: 512 + 1024 + 512 + 900])
    read = readers.read([tmp_path / "a.tar"])
    assert len(read.activities) == len(CANONICAL)
    assert warnings(read.files)


HTML = (
    "<html><head><style>td{color:red}</style></head><body><table border=1><tr><th>Akun</th><th>Tanggal</th><th>Isi</th></tr>"
    "<tr><td rowspan=2>@asn_0840</td><td>3/9/2024</td><td>Kerja bakti</td></tr><tr><td>4/9/2024</td><td>Senam &amp; jalan</td></tr></table>"
)
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:x"><Worksheet><Table>'
    "<Row><Cell><Data>Akun</Data></Cell><Cell><Data>Tanggal</Data></Cell><Cell><Data>Isi</Data></Cell></Row>"
    '<Row><Cell><Data>@asn_0840</Data></Cell><Cell ss:Index="3"><Data>Kerja bakti</Data></Cell></Row></Table></Worksheet></Workbook>'
)


@pytest.mark.parametrize(
    ("content", "texts"),
    [(HTML, ["Kerja bakti", "Senam & jalan"]), (XML, ["Kerja bakti"]), ("Akun\tTanggal\tIsi\n@asn_0840\t3/9/2024\tKerja bakti\n", ["Kerja bakti"])],
)  # fmt: skip
def test_an_xls_that_is_a_page_or_text_is_read(content: str, texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "rekap.xls").write_text(content, encoding="utf-8")
    read = readers.read([tmp_path])
    assert list(read.activities["text"]) == texts
    assert set(read.activities["actor"]) == {"@asn_0840"}


def book(rows: list[list[object]], damage: dict[str, bytes]) -> bytes:
    """A workbook whose sheet XML has pieces replaced."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    plain, out = io.BytesIO(), io.BytesIO()
    made.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                for old, new in damage.items():
                    assert old.encode() in content
                    content = content.replace(old.encode(), new)
            target.writestr(info.filename, content)
    return out.getvalue()


ROWS: list[list[object]] = [["Akun", "Tanggal", "Isi"], ["@asn_0841", "3/9/2024", "Kerja bakti"]]


@pytest.mark.parametrize(
    "damage",
    [
        {"</sheetData>": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'},
        {"</sheetData>": b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'},
        {'<dimension ref="A1:C2"': b'<dimension ref="A1:XFD1048576"'},
    ],
    ids=["far cell", "merged sheet", "said dimension"],
)
def test_a_sheet_that_says_it_is_endless_costs_what_it_holds(damage: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(ROWS, damage))
    read = readers.read([tmp_path])
    assert "Kerja bakti" in set(read.activities["text"])
