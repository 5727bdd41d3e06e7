"""Overlapping downloads in a run of many parts: the same tables as when everything is read at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from screening import readers
from screening.engines import local
from screening.errors import IntegrityError
from screening.readers.ingest import later as module
from screening.readers.ingest.later import Later
from screening.ruleset import Ruleset, load_ruleset
from screening.run import Options, Progress, run

HEAD = "record_id,platform,kind,actor,happened_at,text,target_url,media_text\n"
MANY, ROWS = 90, 20
TABLES = ("activities", "hits", "statements", "findings", "rejected", "files")


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return load_ruleset()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Two downloads of one person; the later one alone knows what was seen in acts 31 to 35."""
    folder = tmp_path / "unduhan"
    folder.mkdir()
    rows = [f",instagram,post,asn_0001,2024-10-02T08:{n // 60:02d}:{n % 60:02d}Z,halo {n},," for n in range(1, MANY)]
    (folder / "a.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    told = [f"{row}coblos nomor 2" if 30 < n <= 35 else row for n, row in enumerate(rows, 1)]
    (folder / "b.csv").write_text(HEAD + "".join(f"{row}\n" for row in told), encoding="utf-8")
    return folder


def _tables(out: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(out / f"{name}.parquet") for name in TABLES}


def _same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(one[name], other[name])


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that were screened, in their order."""
    done: list[int] = []
    plain = local._one_by_one

    def watched(work, items) -> Iterator:
        for number, tables in plain(work, items):
            done.append(number)
            yield number, tables

    monkeypatch.setattr(local, "_one_by_one", watched)
    return done


def test_a_run_in_parts_merges_downloads_as_a_run_in_one(
    tmp_path: Path, downloads: Path, ruleset: Ruleset, judged: list[int]
) -> None:
    run([downloads], tmp_path / "satu", ruleset, Options(rows=10_000))
    assert judged == [0]
    judged.clear()
    run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS))
    whole, parts = _tables(tmp_path / "satu"), _tables(tmp_path / "bagian")
    _same(whole, parts)
    assert (parts["activities"]["media_text"] == "coblos nomor 2").sum() == 5
    assert not parts["files"]["note"].str.contains("bagian yang sudah dinilai", na=False).any()
    once = [number for number in set(judged) if judged.count(number) == 1]
    twice = [number for number in set(judged) if judged.count(number) == 2]
    assert len(twice) == 1, "only the part that learnt something is judged again"
    assert len(once) > 3


def test_downloads_that_say_the_same_judge_no_part_again(
    tmp_path: Path, downloads: Path, ruleset: Ruleset, judged: list[int]
) -> None:
    (downloads / "b.csv").write_bytes((downloads / "a.csv").read_bytes().replace(b"\n", b"\r\n"))
    run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS))
    assert len(judged) == len(set(judged)) > 3


@pytest.mark.parametrize("stop_in", [1, 2])
def test_a_run_stopped_in_either_pass_goes_on_to_the_same(
    tmp_path: Path, downloads: Path, ruleset: Ruleset, stop_in: int
) -> None:
    run([downloads], tmp_path / "satu", ruleset, Options(rows=10_000))
    passes, before = [0], [-1]

    def stop(progress: Progress) -> None:
        passes[0] += progress.rows <= before[0] or before[0] < 0
        before[0] = progress.rows
        if passes[0] == stop_in and progress.rows >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS, progress=stop))
    run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS, resume=True))
    _same(_tables(tmp_path / "satu"), _tables(tmp_path / "bagian"))


def test_what_there_is_no_room_for_is_counted_and_told(
    tmp_path: Path, downloads: Path, ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = module.limit
    monkeypatch.setattr(module, "limit", lambda section, name: 32 if section == "completing" else plain(section, name))
    run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS))
    found = _tables(tmp_path / "bagian")
    assert (found["activities"]["media_text"] == "coblos nomor 2").sum() == 2
    (told,) = found["files"]["note"][found["files"]["note"].str.contains("bagian yang sudah dinilai", na=False)]
    assert f"{MANY - 1 - 32} di antaranya" in told


def test_pieces_of_a_second_pass_are_those_of_a_whole_reading(downloads: Path) -> None:
    later = Later()
    first = list(readers.batches([downloads], rows=ROWS, later=later))
    assert later.wanted
    later.fill()
    second = list(readers.batches([downloads], rows=ROWS, later=later))
    assert not later.wanted
    assert [len(piece.activities) for piece in first] == [len(piece.activities) for piece in second]
    assert [bool(piece.learnt) for piece in second].count(True) == 1
    whole = readers.read([downloads])
    pd.testing.assert_frame_equal(
        pd.concat([piece.activities for piece in second], ignore_index=True), whole.activities
    )


def test_resuming_with_other_activities_is_still_refused(tmp_path: Path, downloads: Path, ruleset: Ruleset) -> None:
    run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS))
    path = downloads / "a.csv"
    path.write_bytes(path.read_bytes().replace(b"halo 1,", b"hola 1,"))
    with pytest.raises(IntegrityError):
        run([downloads], tmp_path / "bagian", ruleset, Options(rows=ROWS, resume=True))
