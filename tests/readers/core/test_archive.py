"""ZIP and file dangers: each gives a clear outcome, none a silent gap (export-formats §12)."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from screening import readers
from screening.errors import UsageError
from screening.readers.core.archive import sources
from tests.readers.fuzz import bytes_changed
from tests.readers.table_cases import CANONICAL, canonical_csv, canonical_xlsx

GOOD = canonical_csv(CANONICAL)


def zipped(members: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def files_of(path: Path) -> pd.DataFrame:
    return readers.read([path]).files.set_index("source_file")


def put(tmp_path: Path, content: bytes, name: str = "a.zip") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "name", ["../../x.csv", "/abs/x.csv", "C:\\x.csv", "..\\..\\x.csv", "\\\\server\\share\\x.csv", "a/../../x.csv"]
)
def test_a_name_that_leaves_the_archive_is_refused_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    files = files_of(put(tmp_path, zipped([(name, GOOD), ("ok.csv", GOOD)])))
    assert sorted(files["outcome"]) == ["error", "read"]
    assert "jalur keluar" in files.loc[files["outcome"] == "error", "note"].iloc[0]
    assert files.loc["a.zip/ok.csv", "activities"] == 5


def test_members_with_one_name_are_all_read_and_told(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped([("x.csv", GOOD), ("x.csv", canonical_csv([{**CANONICAL[0], "text": "lain"}]))])
    files = files_of(put(tmp_path, content))
    assert list(files["activities"]) == [5, 1]
    assert files["note"].str.contains("nama ganda").all()


def test_names_that_differ_in_case_only_are_both_read(tmp_path: Path) -> None:
    files = files_of(put(tmp_path, zipped([("X.csv", GOOD), ("x.csv", GOOD)])))
    assert list(files["activities"]) == [5, 0]
    assert list(files["duplicate"]) == [0, 5]


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("x.csv")
    link.external_attr = 0o120777 << 16
    files = files_of(put(tmp_path, zipped([(link, b"/etc/passwd")])))
    assert files.loc["a.zip/x.csv", "outcome"] == "error"


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="tautan simbolik perlu hak khusus")
def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, GOOD, "luar.csv")
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "x.csv").symlink_to(tmp_path / "luar.csv")
    (folder / "d").symlink_to(tmp_path)
    assert set(files_of(folder)["outcome"]) == {"error"}


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped([("x.csv", GOOD)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "kata sandi" in files_of(put(tmp_path, bytes(content)))["note"].iloc[0]


def test_an_unsupported_method_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped([("x.csv", GOOD)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 10 : at + 12] = struct.pack("<H", 9)
    assert "metode kompresi 9" in files_of(put(tmp_path, bytes(content)))["note"].iloc[0]


def test_an_archive_in_an_archive_is_read_once_deep_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped([("x.csv", GOOD)])
    content = zipped([("dalam.zip", inner), ("dua.zip", zipped([("dalam.zip", inner)])), ("kosong.zip", zipped([]))])
    files = files_of(put(tmp_path, content))
    assert files.loc["a.zip/dalam.zip/x.csv", "activities"] == 5
    assert files.loc["a.zip/dua.zip/dalam.zip", "outcome"] == "error"
    assert files.loc["a.zip/kosong.zip", "outcome"] == "ignored"


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    files = files_of(put(tmp_path, zipped([("x.json", b" " * 60_000_000), ("ok.csv", GOOD)])))
    assert "bom" in files.loc["a.zip/x.json", "note"]
    assert files.loc["a.zip/ok.csv", "activities"] == 5


def test_a_bomb_whose_header_lies_is_stopped_while_reading(tmp_path: Path) -> None:
    bomb = b'{"platform":"x","kind":"post","actor":"a","text":"b"}\n' + b" " * 60_000_000
    content = bytearray(zipped([("x.jsonl", bomb)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    files = files_of(put(tmp_path, bytes(content)))
    assert list(files["outcome"]) == ["error"]


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    content = bytearray(zipped([("x.csv", GOOD), ("y.csv", GOOD)]))
    at = content.rindex(b"PK\x01\x02")
    content[at + 42 : at + 46] = struct.pack("<I", 0)
    assert "bertumpuk" in " ".join(files_of(put(tmp_path, bytes(content)))["note"])


def test_a_wrong_checksum_is_an_error_of_that_file_only(tmp_path: Path) -> None:
    content = bytearray(zipped([("x.csv", GOOD), ("ok.csv", canonical_csv(CANONICAL[:1]))], zipfile.ZIP_STORED))
    content[content.index(b"asn_0201")] ^= 1
    files = files_of(put(tmp_path, bytes(content)))
    assert files.loc["a.zip/x.csv", "outcome"] == "error"
    assert "CRC" in files.loc["a.zip/x.csv", "note"]
    assert files.loc["a.zip/ok.csv", "outcome"] == "read"


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_a_cut_download_says_so(cut: int, tmp_path: Path) -> None:
    files = files_of(put(tmp_path, zipped([("x.csv", GOOD)])[:cut]))
    assert list(files["outcome"]) == ["error"]
    assert "unduh ulang" in files["note"].iloc[0]


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07", "RAR"), (b"\x1f\x8b\x08", "gzip"), (b"GIF8", "ZIP")],
)
def test_a_zip_that_is_none_says_what_it_is(start: bytes, kind: str, tmp_path: Path) -> None:
    assert kind in files_of(put(tmp_path, start + b"\0" * 600))["note"].iloc[0]


def test_missing_parts_of_a_download_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "unduhan"
    folder.mkdir()
    for number in (1, 3):
        put(folder, zipped([(f"{number}.csv", GOOD)]), f"takeout-20241101T000000Z-00{number}.zip")
    files = files_of(folder)
    assert "tidak lengkap" in files.loc["unduhan/takeout-20241101T000000Z-002.zip", "note"]


def test_media_and_system_files_are_told_as_one_row_each(tmp_path: Path) -> None:
    members = [(f"media/{n}.jpg", b"x") for n in range(40)] + [
        ("__MACOSX/._x.csv", b"x"),
        ("x/.DS_Store", b"x"),
        ("x/y.csv", GOOD),
    ]
    files = files_of(put(tmp_path, zipped(members)))  # type: ignore[arg-type]
    assert files.loc["a.zip/(media)", "note"] == "40 media dilewati"
    assert files.loc["a.zip/(berkas sistem)", "note"].startswith("2 ")
    assert len(files) == 3


def test_backslash_names_and_boms_are_normalised(tmp_path: Path) -> None:
    files = files_of(put(tmp_path, zipped([("x\\y\\z.csv", b"\xef\xbb\xbf" + GOOD)])))
    assert files.loc["a.zip/x/y/z.csv", "activities"] == 5


def test_an_input_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tiada\.csv"):
        list(sources([tmp_path / "tiada.csv"]))


def test_an_empty_file_and_binary_noise_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    put(folder, b"", "kosong.csv")
    put(folder, bytes(range(256)) * 40, "biner.csv")
    files = files_of(folder)
    assert files.loc["f/kosong.csv", "note"] == "berkas kosong"
    assert files.loc["f/biner.csv", "outcome"] == "unknown"


def test_a_folder_without_exports_gives_no_rows_and_no_error(tmp_path: Path) -> None:
    read = readers.read([tmp_path])
    assert len(read.activities) == len(read.files) == 0


@pytest.mark.parametrize("cut", [100, 2000])
def test_a_damaged_workbook_says_so(cut: int, tmp_path: Path) -> None:
    files = files_of(put(tmp_path, canonical_xlsx(CANONICAL)[:cut], "a.xlsx"))
    assert list(files["outcome"]) != ["read"]


def test_two_inputs_of_one_name_keep_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        put(tmp_path / name, GOOD, "x.csv")
    files = readers.read([tmp_path / "a" / "x.csv", tmp_path / "b" / "x.csv"]).files
    assert list(files["source_file"]) == ["a/x.csv", "b/x.csv"]
    assert list(files["duplicate"]) == [0, 5]


def test_a_name_in_utf8_without_the_flag_is_read_as_utf8(tmp_path: Path) -> None:
    content = bytearray(zipped([("kiriman’s é.csv", GOOD)]))
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flags = content.index(start) + at
        content[flags : flags + 2] = struct.pack("<H", struct.unpack("<H", content[flags : flags + 2])[0] & ~0x800)
    assert list(files_of(put(tmp_path, bytes(content))).index) == ["a.zip/kiriman’s é.csv"]


def test_damaged_archives_never_stop_the_reading(tmp_path: Path) -> None:
    inner = zipped([("d.csv", GOOD)])
    whole = zipped([("a.csv", GOOD), ("b/c.jsonl", b'{"platform":"x"}\n'), ("dalam.zip", inner), ("f.jpg", b"x")])
    chance = random.Random(3)
    for _ in range(150):
        files = files_of(put(tmp_path, bytes_changed(whole, chance)))
        assert (files["read"] == files["activities"] + files["duplicate"] + files["rejected"]).all()
        assert len(files)
