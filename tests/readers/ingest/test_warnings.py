"""What is lost as a whole is told by name, everywhere, and --strict makes it an error."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from screening import readers
from screening.cli.app import run
from screening.readers.core.reader import Claim, Counted, Note, Reader, Unread
from screening.readers.ingest import faulty, plan, registry
from screening.readers.ingest.inspect import inspect
from screening.readers.ingest.warnings import inert, left_alone, warnings
from tests.readers.table_cases import CANONICAL, canonical_csv

TWELVE = [f"catatan-{n:02d}.dat" for n in range(12)]


def twelve_and_one(folder: Path) -> Path:
    for number, name in enumerate(TWELVE):
        (folder / name).write_bytes(b"\x01\x02 tidak dikenal %d" % number)
    (folder / "baik.csv").write_bytes(canonical_csv(CANONICAL))
    return folder


def test_twelve_unknown_files_beside_a_good_one_are_all_named(tmp_path: Path) -> None:
    found = warnings(readers.read([twelve_and_one(tmp_path)]).files)
    assert len(found) == 1
    assert found[0].startswith("12 berkas tidak dikenal")
    assert all(name in found[0] for name in TWELVE)


def test_every_command_names_them_and_strict_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "masukan"
    folder.mkdir()
    twelve_and_one(folder)
    for number, arguments in enumerate((["read", str(folder), "--out", str(tmp_path / "a.parquet")], ["inspect", str(folder)],
                                        ["run", str(folder), "--out", str(tmp_path / "hasil")])):  # fmt: skip
        assert run(arguments) == 0, arguments
        told = "".join(capsys.readouterr())
        assert "PERINGATAN: 12 berkas tidak dikenal" in told, arguments
        assert all(name in told for name in TWELVE)
        again = [word.replace("hasil", f"hasil{number}") for word in arguments]
        assert run([*again, "--strict"]) == 1, arguments
        capsys.readouterr()
    page = (tmp_path / "hasil" / "laporan.html").read_text(encoding="utf-8")
    assert "12 berkas tidak dapat dibaca" in page  # under Kelengkapan
    assert all(name in page for name in TWELVE)
    assert json.loads((tmp_path / "hasil" / "manifest.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)


def locked_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("posts.json", "[]")
    content = bytearray(made.getvalue())
    content[6] |= 1  # encrypted, in the local header and in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("terkunci.zip", locked_zip(), "terkunci kata sandi"),
        ("rusak.zip", b"PK\x03\x04" + b"x" * 300, "rusak"),
        ("rusak.tgz", b"\x1f\x8b\x08\x00" + b"x" * 300, "unduh ulang"),
        ("terkunci.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E" * 600, "terkunci kata sandi"),
        ("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "simpan ulang"),
        ("ekspor.rar", b"Rar!\x1a\x07" + b"x" * 60, "RAR"),
        ("messages.html", b'<html><body><div class="page_wrap"><div class="page_body chat_page"><div class="history">x', "format JSON"),
        ("kosong.csv", b"", "kosong"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_by_name(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "baik.csv").write_bytes(canonical_csv(CANONICAL))
    read = readers.read([tmp_path])
    lines = warnings(read.files)
    assert len(lines) == 1
    assert name in lines[0]
    assert told in lines[0]
    assert any(name in line and told in line for line in inspect([tmp_path]).warnings)


def one(reader: Reader, monkeypatch: pytest.MonkeyPatch, path: Path, content: bytes) -> pd.Series:
    monkeypatch.setattr(plan, "READERS", (reader,))
    monkeypatch.setattr(registry, "READERS", (reader,))
    path.write_bytes(content)
    return readers.read([path]).files.iloc[0]


RECORDS = b'{"daftar": [{"a": 1}, {"a": 2}]}'


@pytest.mark.parametrize(
    ("content", "yields", "outcome", "told"),
    [
        (RECORDS, [], "error", "berisi data, tetapi tidak satu pun terbaca"),
        (RECORDS, [Note("pemilik tidak diketahui")], "error", "tidak satu pun terbaca"),
        (b'{"daftar": []}', [], "read", ""),
        (RECORDS, [Note("obrolan pribadi", explains=True)], "read", ""),
        (RECORDS, [Counted(2, "baris sistem")], "read", ""),
        (RECORDS, [Counted(0, "baris sistem")], "error", "tidak satu pun terbaca"),
        (RECORDS, [Unread("daftar", 2)], "read", "1 daftar tidak dibaca karena belum dikenal: daftar (2)"),
        (b"<html><body><div>Komentar Budi pada kiriman warga di kelurahan contoh hari Senin tanggal 14 Oktober 2024 pukul tujuh malam</div>", [], "error", "tidak satu pun terbaca"),
        (b"<html><body><div>Tidak ada data untuk bagian ini</div>", [], "read", ""),
    ],
)  # fmt: skip
def test_a_claimed_file_that_gives_nothing_must_explain_itself(
    content: bytes, yields: list[object], outcome: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader("contoh", lambda source: Claim(), read=lambda source, context: iter(yields), title="Contoh")  # type: ignore[arg-type,return-value]
    row = one(reader, monkeypatch, tmp_path / "a.json", content)
    assert row["outcome"] == outcome
    assert (told in row["warning"]) if told else pd.isna(row["warning"])


def test_a_list_that_nobody_reads_is_an_error_when_strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act = {"platform": "x", "kind": "post", "actor": "a", "text": "halo", "source_pointer": "/0"}
    reader = Reader(
        "contoh", lambda source: Claim(), read=lambda source, context: iter([dict(act), Unread("Baru/List", 7)])
    )
    row = one(reader, monkeypatch, tmp_path / "a.json", RECORDS)
    assert (row["outcome"], row["activities"]) == ("read", 1)
    assert run(["read", str(tmp_path / "a.json"), "--out", str(tmp_path / "a.parquet"), "--strict"]) == 1
    assert "dibaca hanya sebagian" in warnings(pd.DataFrame([row]))[0]


def broken(*_: object) -> object:
    raise KeyError("rahasia: isi kiriman")


@pytest.mark.parametrize("where", ["recognise", "read"])
def test_a_crash_of_ours_is_told_as_ours_and_shown_with_debug(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recognise = broken if where == "recognise" else (lambda source: Claim())
    reader = Reader("contoh", recognise, read=broken)  # type: ignore[arg-type]
    row = one(reader, monkeypatch, tmp_path / "a.dat", b"isi apa saja\x01")
    assert row["outcome"] == "error"
    assert "kesalahan program ini, bukan berkas Anda" in row["warning"]
    assert "KeyError" in row["warning"]
    assert "rahasia" not in row["warning"]
    monkeypatch.setattr(faulty, "STRICT", False)  # set back afterwards, whatever --debug does
    with pytest.raises(KeyError):
        run(["--debug", "read", str(tmp_path / "a.dat"), "--out", str(tmp_path / "x.parquet")])


def test_names_forge_no_lines_and_files_left_alone_are_told_by_reason() -> None:
    assert inert("a\nGALAT: palsu\x1b[2J") == "a\\u000aGALAT: palsu\\u001b[2J"
    table = pd.DataFrame(
        [
            {"source_file": f"iklan{n}.json", "outcome": "ignored", "read": 0, "note": "iklan", "warning": None}
            for n in range(5)
        ]
    )
    assert left_alone(table) == [
        "5 berkas tanpa aktivitas (iklan): iklan0.json, iklan1.json, iklan2.json, dan 2 lainnya"
    ]


def test_what_was_lost_as_a_whole_stands_beside_the_refused_rows(tmp_path: Path) -> None:
    folder = tmp_path / "masukan"
    folder.mkdir()
    twelve_and_one(folder)
    (folder / "terpotong.csv").write_bytes(canonical_csv(CANONICAL).replace(b"2024-10-03", b"31/02/2024"))
    assert run(["read", str(folder), "--out", str(tmp_path / "a.parquet")]) == 0
    assert run(["run", str(folder), "--out", str(tmp_path / "hasil")]) == 0
    for place in (tmp_path / "a.rejected.csv", tmp_path / "hasil" / "rejected.csv"):
        rows = pd.read_csv(place, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
        whole = rows[rows["letak"] == "seluruh berkas"]
        assert sorted(name.rpartition("/")[2] for name in whole["berkas"]) == TWELVE
        assert set(whole["sebab"]) == {"bentuknya tidak dikenal; tidak dibaca"}
        assert (rows["sebab"].str.contains("waktu tidak sah")).sum() == 1
