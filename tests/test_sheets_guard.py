"""Cells are inert in any spreadsheet and come back exactly."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_payloads import PAYLOADS

from screening.sheets import (
    EXCEL_ID,
    PROFILES,
    STANDARD,
    Dialect,
    cell_text,
    guard,
    guarded,
    shorten,
    unguard,
    write_columns,
    write_table,
)
from screening.sheets.guard import _MONTHS, CELL_LIMIT, _is_number

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from("=+-@'\t\r\n;,|\x00\u200b ＝－␦␀x_0041Da(!\ud83d\ufffe1/"), max_size=24),
    st.sampled_from(PAYLOADS),
)
DATES = (
    "jan", "januari", "january", "feb", "pebruari", "mar", "maret", "march", "april", "mei", "may", "jun", "juni", "june",
    "jul", "juli", "july", "agt", "agustus", "aug", "august", "sep", "sept", "september", "okt", "oktober", "oct", "october",
    "nov", "nop", "november", "des", "desember", "dec", "december", "am", "pm", "rp", "e",
)  # fmt: skip
INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"}


def first_visible(text: str) -> str:
    return next((c for c in text if unicodedata.category(c) not in INVISIBLE and c not in "\u3164\u2800\uffa0"), "")


def starts_a_formula(text: str) -> bool:
    """Written apart from the guard: what a spreadsheet takes for the beginning of a formula."""
    first = first_visible(text)
    return first != "" and (first in "=+-@−" or unicodedata.normalize("NFKC", first)[0] in "=+-@")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_every_payload_is_inert_and_comes_back(payload: str) -> None:
    cell = guard(payload)
    assert not starts_a_formula(cell)
    assert cell[:1] not in ("\t", "\n", "\r", "\x00")
    assert unguard(cell) == payload


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TEXTS)
def test_no_text_begins_a_formula_or_holds_what_xml_forbids(text: str) -> None:
    cell = guard(text)
    assert not starts_a_formula(cell)
    assert not any((c < " " and c not in "\t\n") or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff\x7f" for c in cell)


@given(TEXTS, TEXTS)
def test_two_texts_never_share_a_cell(one: str, other: str) -> None:
    assert (guard(one) == guard(other)) == (one == other)


@pytest.mark.parametrize(
    "text",
    [
        "02",
        "1e5",
        "1.234,56",
        "1/2",
        "2024-02-14",
        "mei 24",
        "12:30",
        "TRUE",
        "benar",
        "198501012010011001",
        "Rp 5.000",
    ],
)
def test_what_a_spreadsheet_would_convert_is_quoted(text: str) -> None:
    assert guard(text) == "'" + text


def test_what_xlsx_readers_take_for_an_escape_is_broken() -> None:
    assert guard("kode _x0041_ dan _x000d_") == "kode _␦x0041_ dan _␦x000d_"
    assert guard("a_x b_x12_") == "a_x b_x12_"


@pytest.mark.parametrize(
    "text", ["Halo, @budi apa kabar", "ayo - semangat", "a\n- butir satu\n- butir dua", "3 jari", "nomor 2"]
)
def test_ordinary_posts_are_left_as_they_are(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize("text", [p for p in PAYLOADS if p[:1] != "'"])
def test_an_apostrophe_that_a_spreadsheet_swallowed_does_no_harm(text: str) -> None:
    cell = guard(text)
    assert unguard(cell[1:] if cell[:1] == "'" else cell) == text


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("payload", [p for p in PAYLOADS if "cmd|" in p or "=1+1" in p])
@pytest.mark.parametrize("profile", [EXCEL_ID, STANDARD], ids=lambda p: p.name)
def test_opening_with_the_wrong_separator_runs_nothing(tmp_path: Path, profile, payload: str, separator: str) -> None:  # type: ignore[no-untyped-def]
    """A reader that cuts at every separator and line break, quotes or not, still finds no `=…` and no DDE call."""
    path = tmp_path / "a.csv"
    write_table(path, ["id", "teks", "akhir"], [["T-1", payload, "z"]], profile)
    for line in path.read_text(encoding=profile.encoding).splitlines():
        for cell in line.split(separator):
            bare = cell.strip().strip('"')
            formula = starts_a_formula(bare) and (bare.lstrip("\u200b")[:1] in "=＝﹦" or "(" in bare or "!" in bare)
            assert not formula, bare


@pytest.mark.parametrize("name", ["excel-id", "standar"])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_csv_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.getbasetemp() / f"{name}.csv"
    write_table(path, ["a", "b"], rows, PROFILES[name])
    with path.open(encoding=PROFILES[name].encoding, newline="") as file:
        read = list(csv.reader(file, delimiter=PROFILES[name].separator))
    assert [[unguard(cell) for cell in row] for row in read[1:]] == [list(row) for row in rows]


@pytest.mark.parametrize("word", DATES)
def test_a_date_in_words_stays_text(word: str) -> None:
    assert guard(f"1 {word} 2024") == f"'1 {word} 2024"
    assert guard(f"{word.upper()} 7") == f"'{word.upper()} 7"
    assert guard(f"1 {word} 2024 WIB") == f"1 {word} 2024 WIB"


@pytest.mark.parametrize("cut", [*",;|\t\n"])
def test_a_formula_behind_a_separator_is_broken(cut: str) -> None:
    assert guard(f"a{cut}=1") == f"a{cut}␦=1"


@given(st.lists(st.one_of(TEXTS, st.integers()), max_size=6))
def test_a_column_is_guarded_cell_by_cell(column: list[str | int]) -> None:
    assert guarded(column * 2) == [guard(cell) if isinstance(cell, str) else cell for cell in column * 2]


@given(
    st.lists(
        st.sampled_from([*"0159 .,:/-'WIBTxez#\n\u0131\u017f\u212a²٣", "mei", "SEPT", "september", "Rp", "am"]),
        max_size=8,
    )
)
def test_what_is_told_sooner_about_numbers_is_true(items: list[str]) -> None:
    cell = "".join(items)
    plain = re.compile(rf"(?=.*\d)(?:\d|[\s.,:/\\%()$€£¥'+-]|{_MONTHS})+", re.IGNORECASE)
    assert _is_number(cell) is (plain.fullmatch(cell) is not None)


@pytest.mark.parametrize("piece", [1, 3, 1000])
@pytest.mark.parametrize("profile", [EXCEL_ID, STANDARD], ids=lambda p: p.name)
def test_columns_give_the_bytes_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: Dialect, piece: int
) -> None:
    monkeypatch.setattr("screening.sheets.dialects.PIECE", piece)
    texts = [*PAYLOADS, "", 'a "b"', "a;b", "a,b", "tab\there", " x "]
    columns = [texts, [at % 5 - 2 for at in range(len(texts))], [*reversed(texts)]]
    write_table(tmp_path / "a.csv", ["a", "b;", "=c"], zip(*columns, strict=True), profile)
    parts = [[guarded(column[:40]) for column in columns], [guarded(column[40:]) for column in columns]]
    write_columns(tmp_path / "b.csv", ["a", "b;", "=c"], parts, profile)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    write_columns(tmp_path / "c.csv", ["a"], [[[]]], profile)
    assert (tmp_path / "c.csv").read_text(encoding=profile.encoding).strip().strip('"') == "a"


def test_profiles_look_as_promised(tmp_path: Path) -> None:
    rows = [["T-1", 87, 1.5, None], ["T-2", 5, 2.0, "a;b"]]
    write_table(tmp_path / "a.csv", ["id", "skor", "rata", "teks"], rows, EXCEL_ID)
    write_table(tmp_path / "b.csv", ["id", "skor", "rata", "teks"], rows, STANDARD)
    assert (tmp_path / "a.csv").read_bytes() == (
        b'\xef\xbb\xbf"id";"skor";"rata";"teks"\r\n"T-1";87;1,5;""\r\n"T-2";5;2;"a;b"\r\n'
    )
    assert (tmp_path / "b.csv").read_bytes() == b'id,skor,rata,teks\nT-1,87,1.5,\nT-2,5,2,"a;b"\n'


@pytest.mark.parametrize("text", ["x" * 40_000, "=" * 40_000, "👍" * 20_000, "a,=b" * 12_000, "\x00" * 33_000])
def test_a_cell_never_exceeds_the_limit_and_says_that_it_was_cut(text: str) -> None:
    short = shorten(text)
    assert "DIPOTONG" in short
    assert str(len(text)) in short
    assert len(guard(short).encode("utf-16-le", "surrogatepass")) // 2 <= CELL_LIMIT


def test_a_text_that_fits_is_not_cut() -> None:
    assert shorten("x" * CELL_LIMIT) == "x" * CELL_LIMIT


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (float("nan"), ""), (87, "87"), (87.0, "87"), (0.5, "0.5"), ("", "")]
)
def test_values_become_text(value: object, text: str) -> None:
    assert cell_text(value) == text
