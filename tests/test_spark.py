"""The Spark recipe of docs/scale.md gives the findings of the pipeline; runs only where pyspark is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.generate import write
from screening import readers
from screening.pipeline import screen
from screening.ruleset import load_ruleset
from screening.tables import ACTIVITIES, FINDINGS

pytest.importorskip("pyspark")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_map_in_pandas_gives_the_findings_of_the_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # Spark takes another Python until told which

    def findings(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        # A function inside a function travels to the workers as a whole; they cannot import this file.
        from screening.text import Vocabulary

        ruleset, known = load_ruleset(), Vocabulary()
        for frame in frames:
            frame["happened_at"] = frame["happened_at"].dt.tz_localize("UTC")  # Spark's times come without a zone
            yield screen(ACTIVITIES.cast(frame), ruleset, known).findings.astype(object)

    write(tmp_path, 2_000, 0, 5)
    activities = readers.read([tmp_path / "activities.csv"]).activities
    activities.to_parquet(tmp_path / "activities.parquet", index=False)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        schema = ", ".join(f"{n} {'long' if t == 'int64' else 'string'}" for n, t in FINDINGS.columns.items())
        found = spark.read.parquet(str(tmp_path / "activities.parquet")).mapInPandas(findings, schema).toPandas()
    finally:
        spark.stop()
    expected = screen(activities, load_ruleset()).findings
    assert sorted(found["finding_id"]) == sorted(expected["finding_id"])
