"""Budgets of files and texts (`data/limits.toml`): what is over one is told with what was read, and ends no run."""

from __future__ import annotations

import cProfile
import json
import tomllib
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from screening import readers
from screening.limits import limit
from screening.pipeline import screen
from screening.ruleset import load_ruleset
from screening.sheets.opened import UnreadableTable, open_grids
from screening.shipped import shipped
from screening.stretches import cut, stretched, within_budget
from screening.tables import ACTIVITIES

FACTS = {"platform": "instagram", "actor": "asn_0101", "kind": "post", "happened_at": "2023-12-20T10:00:00+07:00"}
CALL = "Ayo coblos Prabowo Gibran nomor 2. "


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset()


def posts(*texts: str) -> pd.DataFrame:
    rows = [
        {
            "activity_id": f"a{number}", "text": text, "platform": "instagram", "actor": "asn_0101", "kind": "post",
            "happened_at": pd.Timestamp("2023-12-20", tz="UTC"), "time_basis": "exact_utc", "visibility": "public",
            "source_file": "-", "source_pointer": str(number),
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return ACTIVITIES.build(rows)


def record(name: str, text: str) -> str:
    return json.dumps({"record_id": name, "text": text, **FACTS}, ensure_ascii=False) + "\n"


def test_every_limit_has_a_reason() -> None:
    found = tomllib.loads(shipped("data/limits.toml").read_text(encoding="utf-8"))
    for section, values in found.items():
        for name in values if isinstance(values, dict) else ():
            assert name.endswith("_why") or len(values[f"{name}_why"]) > 20, f"{section}.{name}"


@pytest.mark.parametrize(
    "text", ["kata " * 3000, "x" * 9001, "satu.\n" * 2000, "ｐｒａｂｏｗｏ　" * 900, "a\U0001f600" * 5000, ""]
)
def test_stretches_join_to_the_text(text: str) -> None:
    pieces = cut(text, 4000)
    assert "".join(pieces) == text
    assert all(len(piece) <= 4000 for piece in pieces)
    assert all(pieces) or text == ""


def test_a_short_table_is_not_touched() -> None:
    table = posts("Rapat pagi.", "x" * limit("written", "stretch"))
    assert stretched(table).rows is table


def test_hits_of_stretches_stand_at_their_place_in_the_whole_text(ruleset) -> None:
    filler = "Rapat dinas pagi ini membahas anggaran tahun depan. " * 400
    text = filler + CALL + filler + CALL
    made = screen(posts(text, "Rapat pagi.", CALL), ruleset)
    assert set(made.hits["activity_id"]) == {"a0", "a2"}
    assert not made.hits["activity_id"].str.contains("\x1f").any()
    own = made.hits[(made.hits["activity_id"] == "a0") & (made.hits["field"] == "text") & (made.hits["how"] != "model")]
    assert len(own) > 4
    for one in own.itertuples():
        assert text[one.start : one.end] == one.surface
    assert own["start"].min() >= len(filler)
    assert own["start"].max() > 2 * len(filler)
    said = made.statements
    assert said["statement_id"].is_unique
    for one in said[said["activity_id"] == "a0"].itertuples():
        assert text[one.quote_start : one.quote_end] == one.quote or one.how == "model"
    assert (made.activities["result"] == "finding").tolist() == [True, False, True]


def test_only_so_many_hits_of_a_text_are_weighed() -> None:
    hits = pd.DataFrame({"activity_id": ["a"] * 1200 + ["b"] * 3, "field": "text", "start": range(1203)})
    kept = within_budget(hits, {})
    assert kept["activity_id"].value_counts().to_dict() == {"a": limit("written", "hits"), "b": 3}
    home = {f"a\x1ftext\x1f{n}": ("a", "text", n) for n in range(1200)}
    spread = hits.assign(activity_id=[*home, "b", "b", "b"])
    assert len(within_budget(spread, home)) == limit("written", "hits") + 3


@pytest.mark.parametrize(
    "unit", [CALL, "ｐｒａｂｏｗｏ　", "prabowo", "✌️", "#Prabowo2024 ", "p r a b o w o ", "02 ", "\u202eprabowo "]
)
def test_work_grows_no_faster_than_the_text(ruleset, unit: str) -> None:
    """Counted in calls of Python functions, because clocks of busy machines lie."""

    def calls(length: int) -> int:
        table = posts((unit * (length // len(unit) + 1))[:length])
        counter = cProfile.Profile(builtins=False)
        counter.runcall(screen, table, ruleset)
        return sum(one.callcount + one.reccallcount for one in counter.getstats())

    calls(2_000)
    small, large = calls(16_000), calls(64_000)
    assert large < 6 * small + 100_000


def test_a_text_over_budget_is_screened_at_its_beginning_and_told(tmp_path: Path) -> None:
    most = limit("written", "characters")
    (tmp_path / "a.jsonl").write_text(
        record("a", "Rapat pagi.") + record("b", CALL * (most // 10)) + record("c", "x" * most), encoding="utf-8"
    )
    found = readers.read([tmp_path / "a.jsonl"])
    assert found.activities["text"].str.len().tolist() == [11, most, most]
    file = found.files.iloc[0]
    assert (file["read"], file["activities"], file["rejected"]) == (3, 3, 0)
    assert file["warning"].startswith("1 rekaman memuat teks lebih dari 131.072 aksara")
    assert "line 2" in file["warning"]


def test_reading_a_file_may_take_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from screening.readers.core.reader import Context, Reader
    from screening.readers.core.source import Source
    from screening.readers.ingest import stream
    from screening.readers.ingest.pile import Pile, Tally
    from screening.readers.ingest.plan import Planned

    def rows(source, context):
        for number in range(50):
            yield {"kind": "post", "platform": "x", "actor": "asn_0101", "text": f"Rapat {number}"}

    source = Source("a.bin", "", 4, lambda: io.BytesIO(b"data"))
    item, tally, pile = Planned(source, reader=Reader("uji", lambda _: None, rows)), Tally(source), Pile()
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr(stream.time, "monotonic", lambda: next(clock))
    for _ in stream._read(item, tally, Context(stream.zone_of("Asia/Jakarta")), pile, 10):
        pass
    pile.close(tally)
    found = pile.reading()
    assert 0 < len(found.activities) < 20
    assert "terlalu lama" in found.files.iloc[0]["warning"]
    assert found.files.iloc[0]["read"] == len(found.activities) + len(found.rejected)


def workbook(path: Path, *cells: tuple[str, str], merged: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    for place, value in cells:
        sheet[place] = value
    book.save(path)
    if merged:  # the library would make every cell of the range
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = "xl/worksheets/sheet1.xml"
        ranges = f'</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'.encode()
        members[name] = members[name].replace(b"</sheetData>", ranges)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
    return path


def test_a_far_cell_and_a_huge_merge_cost_what_they_hold(tmp_path: Path) -> None:
    far = open_grids(workbook(tmp_path / "far.xlsx", ("A1", "Nama"), ("A2", "Pegawai Satu"), ("XFD1048576", "x")))[0]
    assert [line.cells[0] for line in far.lines[:2]] == ["Nama", "Pegawai Satu"]
    assert len(far.lines) < 2000
    assert max(len(line.cells) for line in far.lines) <= limit("small_table", "columns")
    merged = open_grids(workbook(tmp_path / "merged.xlsx", ("A1", "Nama"), ("A2", "Satu"), merged="A1:XFD1048576"))[0]
    assert [line.cells[0] for line in merged.lines] == ["Nama", "Satu"]
    assert not merged.across


def test_merged_cells_of_a_small_table_still_fill_their_rows(tmp_path: Path) -> None:
    found = open_grids(workbook(tmp_path / "m.xlsx", ("A1", "Unit"), ("A2", "Dinas"), ("B3", "x"), merged="A2:A3"))[0]
    assert [line.cells[0] for line in found.lines] == ["Unit", "Dinas", "Dinas"]
    across = open_grids(workbook(tmp_path / "n.xlsx", ("A1", "Akun"), ("A2", "x"), ("B2", "y"), merged="A1:B1"))[0]
    assert across.across == {1: frozenset({1})}


def test_a_small_table_with_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening.sheets import opened

    path = workbook(tmp_path / "a.xlsx", *((f"A{n}", str(n)) for n in range(1, 30)))
    monkeypatch.setattr(opened, "limit", lambda section, name: 10 if name == "cells" else limit(section, name))
    with pytest.raises(UnreadableTable, match="terlalu besar"):
        open_grids(path)
    monkeypatch.setattr(opened, "limit", lambda section, name: 10 if name == "bytes" else limit(section, name))
    with pytest.raises(UnreadableTable, match="terlalu besar"):
        open_grids(path)


def test_a_bomb_is_no_small_table(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 64_000_000)
    with pytest.raises(UnreadableTable, match="tidak wajar"):
        open_grids(path)
