"""Delimited text by line: one bad quote or byte costs its own row, and rows are numbered as a spreadsheet numbers them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import readers
from screening.readers.core.delimited import OPEN, Dialect, dialect, head_rows, records, rows
from screening.readers.core.reader import Context, Counted
from screening.readers.tables import canonical_csv
from tests.readers.fuzz import source_of

HEADER = "record_id,platform,actor,kind,happened_at,text,visibility"


def row(number: int, text: str) -> str:
    return f"r{number},instagram,asn_{number:04d},post,2024-10-02,{text},public"


def table(texts: list[str], end: str = "\n") -> bytes:
    return end.join([HEADER, *(row(n, text) for n, text in enumerate(texts)), ""]).encode()


def read(made: bytes, tmp_path: Path, name: str = "a.csv") -> readers.Reading:
    (tmp_path / name).write_bytes(made)
    return readers.read([tmp_path / name])


@pytest.mark.parametrize("open_text", ['"terbuka', '"', '"a ""b', 'a",', '"x" y "z'])
@pytest.mark.parametrize("place", [0, 3, 19])
def test_an_open_quote_costs_its_own_row_at_most(open_text: str, place: int, tmp_path: Path) -> None:
    texts = [f"isi {n}" for n in range(20)]
    texts[place] = open_text
    found = read(table(texts), tmp_path)
    others = {text for n, text in enumerate(texts) if n != place}
    assert others <= set(found.activities["text"])
    assert found.files["read"].iloc[0] == 20
    assert len(found.activities) + len(found.rejected) == 20


def test_an_open_quote_before_quoted_rows_swallows_none(tmp_path: Path) -> None:
    texts = ["biasa", '"terbuka', *[f'"koma, di {n}"' for n in range(8)], '"dua\nbaris, ya"', "akhir"]
    found = read(table(texts), tmp_path)
    assert {*(f"koma, di {n}" for n in range(8)), "dua\nbaris, ya", "akhir", "biasa"} <= set(found.activities["text"])
    assert found.files["read"].iloc[0] == 12


def test_many_open_quotes_cost_only_their_rows(tmp_path: Path) -> None:
    texts = [f'"buka {n}' if n % 3 == 0 else f"isi {n}" for n in range(60)]
    found = read(table(texts), tmp_path)
    assert {text for n, text in enumerate(texts) if n % 3} <= set(found.activities["text"])
    assert "kutip" in found.files["note"].iloc[0]


def test_a_cell_over_several_lines_stays_one_row(tmp_path: Path) -> None:
    text = '"baris satu\n\nbaris ""tiga"", dengan koma\nempat"'
    found = read(table(["a", text, "b"]), tmp_path)
    assert 'baris satu\n\nbaris "tiga", dengan koma\nempat' in set(found.activities["text"])
    assert list(found.activities["source_pointer"]) == ["row 2", "row 3", "row 4"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    made = "\n".join(
        [HEADER, row(1, "satu"), "", "", row(2, "dua"), ",,,,,,", "r,x,a,salah,2024-10-02,t,public", row(3, "tiga"), ""]
    )
    for end in ("\n", "\r\n"):
        found = read(made.replace("\n", end).encode(), tmp_path)
        assert list(found.activities["source_pointer"]) == ["row 2", "row 5", "row 8"]
        assert list(found.rejected["source_pointer"]) == ["row 7"]


@pytest.mark.parametrize("bad", [b"\xff", b"\xe2\x80", b"\xc3", b"\x93kutip\x94"])
def test_a_byte_that_is_no_utf8_costs_its_own_cell(bad: bytes, tmp_path: Path) -> None:
    texts = [f"☝️ “penuh” ２ {n}" for n in range(300)]
    made = table(texts) + b"r,x,asn_9999,post,2024-10-02,buruk " + bad + b",public\n"
    found = read(made, tmp_path)
    assert set(texts) <= set(found.activities["text"])
    assert len(found.activities) == 301
    assert "baris berkas 302" in found.files["note"].iloc[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_the_same_rows(encoding: str, end: str, tmp_path: Path) -> None:
    made = table(["café “kutip”", "biasa"]).decode().replace("\n", end).encode(encoding)
    found = read(made, tmp_path)
    assert list(found.activities["text"]) == ["café “kutip”", "biasa"]


@pytest.mark.parametrize("damage", ["none", "stray", "blank", "wide", "multi", "swallow", "every"])
def test_a_large_file_through_arrow_gives_what_line_by_line_gives(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(damage)
    texts = [f"isi nomor {n} " + "kata " * 12 for n in range(15_000)]
    lines = [HEADER, *(row(n, text) for n, text in enumerate(texts))]
    for at in sorted(chance.sample(range(200, 14_000), 9)):
        if damage == "stray":
            lines[at] = lines[at].replace("isi", '"isi', 1)
        elif damage == "swallow":
            lines[at] = lines[at].replace("isi", '"isi', 1)
            lines[at + 2] = lines[at + 2].replace("kata ,", 'kata",', 1)
        elif damage == "blank":
            lines[at] += "\n"
        elif damage == "wide":
            lines[at] += ",lebih,lagi"
        elif damage == "multi":
            lines[at] = row(at, '"satu\n\ndua, ""tiga"""')
    if damage == "every":
        lines[1:] = [line.replace("isi", '"isi', 1) for line in lines[1:]]
    made = "\n".join([*lines, ""]).encode()
    assert len(made) > canonical_csv._SMALL
    quick = read(made, tmp_path)
    monkeypatch.setattr(canonical_csv, "_SMALL", 1 << 40)
    slow = read(made, tmp_path)
    for name in ("activities", "rejected"):
        drop = ["raw"] if name == "rejected" else []
        left, right = (getattr(each, name).drop(columns=drop) for each in (quick, slow))
        left, right = (each.sort_values("source_pointer", ignore_index=True) for each in (left, right))
        assert left.equals(right), name
    assert len(quick.activities) >= 15_000 - 30


CELLS = st.lists(st.lists(st.text("ab ,;\"\n'é", max_size=6), min_size=3, max_size=3), min_size=1, max_size=8)


@given(CELLS)
def test_what_a_proper_writer_writes_is_read_as_it_was(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["kol", "lom", "isi"], *cells])
    source = source_of("a.csv", out.getvalue().encode())
    assert [row for _, row in rows(source, Dialect("utf-8", ","))] == [["kol", "lom", "isi"], *cells]


@given(st.text('ab,"\n\r;', max_size=60))
def test_every_line_belongs_to_one_row(text: str) -> None:
    source = source_of("a.csv", text.encode())
    found = list(records(source, Dialect("utf-8", ",")))
    assert sum(record.lines for record in found) == text.count("\n") + (not text.endswith("\n") and bool(text))
    assert [record.number for record in found] == list(range(1, len(found) + 1))
    assert all(record.why in ("", OPEN) for record in found)


def test_old_mac_line_ends_are_seen_in_the_head() -> None:
    source = source_of("a.csv", b"Akun;Tanggal;Isi\r@asn_1;12/10/2024;halo\r")
    assert dialect(source) == Dialect("utf-8", ";", 0, True)
    assert head_rows(source) == [["Akun", "Tanggal", "Isi"], ["@asn_1", "12/10/2024", "halo"]]


def test_a_header_over_several_lines_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = table(["satu", "dua"]).replace(b"visibility", b'visibility,"catatan\npemeriksa"', 1)
    made = made.replace(b",public", b",public,x")
    for small in (1 << 20, 0):
        monkeypatch.setattr(canonical_csv, "_SMALL", small)
        found = read(made, tmp_path)
        assert list(found.activities["text"]) == ["satu", "dua"]
        assert list(found.activities["source_pointer"]) == ["row 2", "row 3"]
        items = canonical_csv.read_csv(source_of("a.csv", made), Context(ZoneInfo("Asia/Jakarta"), None, "csv"), 100)
        assert sum(item.number for item in items if isinstance(item, Counted)) == 1
