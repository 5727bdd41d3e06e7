"""The dask engine gives the bytes of the local one, also when a worker is killed."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.generate import write
from screening.errors import UsageError
from screening.ruleset import load_ruleset
from screening.run import Options, run

pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def _dies_once(item: tuple[str, int]) -> int:
    folder, number = item
    mark = Path(folder) / f"{number}.died"
    if number == 1 and not mark.exists():
        mark.touch()
        os._exit(9)
    return number * 10


def test_a_killed_worker_is_survived(tmp_path: Path) -> None:
    from screening.engines import dask

    items = [(number, (str(tmp_path), number)) for number in range(5)]
    assert dict(dask.map_parts(_dies_once, items, workers=2)) == {number: number * 10 for number in range(5)}
    assert (tmp_path / "1.died").exists()


def test_a_fault_in_the_work_is_raised(tmp_path: Path) -> None:
    from screening.engines import dask

    with pytest.raises(ZeroDivisionError):
        list(dask.map_parts(lambda item: 1 // item, [(0, 0)], workers=1))


def test_findings_are_those_of_the_local_engine(tmp_path: Path) -> None:
    write(tmp_path / "in", 3_000, 0, 3)
    place = tmp_path / "in"
    ruleset = load_ruleset(roster=place / "roster.csv", accounts=place / "accounts.csv")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run([place / "activities.csv"], tmp_path / "dask", ruleset, Options(rows=1_000, engine="dask", workers=2))
    run([place / "activities.csv"], tmp_path / "local", ruleset, Options(rows=1_000))
    for name in ("activities", "hits", "findings"):
        assert (tmp_path / "dask" / f"{name}.parquet").read_bytes() == (
            tmp_path / "local" / f"{name}.parquet"
        ).read_bytes()
    assert len(pd.read_parquet(tmp_path / "local" / "findings.parquet"))


def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    from screening.engines import dask

    def refuses(*given: object, **more: object) -> None:
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refuses)
    with pytest.raises(UsageError, match="--scheduler"):
        list(dask.map_parts(len, [(0, "a")], scheduler="tcp://127.0.0.1:1"))
