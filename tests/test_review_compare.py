"""Two runs side by side: every change has its derived reason, and what nothing explains is called so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from report_builder import Tables, build
from review_builder import FACTS, run_folder, with_findings

from screening.review.compare import COLUMNS, compare, comparison_text
from screening.tables import FINDINGS, HITS, JUDGED, decode, encode

TABLES = build(40)
ROW = TABLES.findings.query("result == 'finding'").iloc[0]
MINE = ROW["activity_id"]


def drop(tables: Tables) -> Tables:
    return with_findings(tables, lambda findings: findings[findings["activity_id"] != MINE])


def without_activity(tables: Tables) -> Tables:
    return replace(drop(tables), activities=tables.activities[tables.activities["activity_id"] != MINE])


def without_hits(tables: Tables) -> Tables:
    return replace(drop(tables), hits=tables.hits[tables.hits["activity_id"] != MINE])


def by_model(tables: Tables) -> Tables:
    hits = tables.hits.copy()
    hits.loc[hits["activity_id"] == MINE, "how"] = "model"
    return replace(rescored(tables), hits=hits)


def rescored(tables: Tables) -> Tables:
    def change(findings: pd.DataFrame) -> pd.DataFrame:
        for at in findings.index[findings["activity_id"] == MINE]:
            parts = decode(findings.at[at, "reasons"])
            parts[0]["points"] -= 7
            findings.at[at, "reasons"] = encode(parts)
            findings.loc[at, ["score", "points"]] = findings.loc[at, ["score", "points"]] - 7
        return findings

    return with_findings(tables, change)


def restaged(tables: Tables) -> Tables:
    def change(findings: pd.DataFrame) -> pd.DataFrame:
        findings.loc[findings["activity_id"] == MINE, ["phase", "result"]] = ["quiet", "needs_clarification"]
        return findings

    return with_findings(tables, change)


# what changed in the findings, which facts changed, expected change and reason, words of the detail
CHANGES: dict[str, tuple[Callable[[Tables], Tables], dict[str, str], str, str, str]] = {
    "gone with the input": (without_activity, {}, "gone", "input", "tidak ada lagi dalam masukan"),
    "gone with a lexicon entry": (without_hits, {"lexicons/nama.csv": "l2"}, "gone", "lexicon", "petunjuk hilang: uji"),
    "gone with a rule": (drop, {"data/acts/dki-jakarta/bkd.toml": "a2"}, "gone", "rule", "aturan berubah"),
    "gone with the roster": (drop, {"roster": "p2"}, "gone", "roster", "daftar pegawai berubah"),
    "gone with the program": (drop, {"software": "9.9"}, "gone", "software", "perangkat lunak berubah"),
    "gone for no reason": (drop, {}, "gone", "unexplained", ""),
    "rescored by weights": (
        rescored, {"data/risk.toml": "r2", "lexicons/nama.csv": "l2"}, "score", "score", "berat_butir 30 → 23 poin",
    ),
    "rescored by the model": (by_model, {"model": "m2", "lexicons/nama.csv": "l2"}, "score", "model", "model berubah"),
    "rescored for no reason": (rescored, {}, "score", "unexplained", "berat_butir 30 → 23 poin"),
    "another result by another calendar": (
        restaged, {"data/elections/pemilu.toml": "e2", "data/acts/dki-jakarta/bkd.toml": "a2"}, "result", "contest", "kontes",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "facts", "kind", "why", "detail"), CHANGES.values(), ids=CHANGES.keys())
def test_every_change_has_its_reason(
    tmp_path: Path, change: Any, facts: dict[str, str], kind: str, why: str, detail: str
) -> None:
    software = facts.pop("software", "0.1.0") if "software" in facts else "0.1.0"
    before = run_folder(tmp_path / "a", TABLES)
    after = run_folder(tmp_path / "b", change(TABLES), version="aturan-2", facts=FACTS | facts, software=software)
    found = compare(before, after)
    assert list(found.rows.columns) == list(COLUMNS)
    assert set(found.rows["activity_id"]) == {MINE}
    assert set(zip(found.rows["change"], found.rows["why"], strict=True)) == {(kind, why)}
    assert found.rows["detail"].str.contains(detail, regex=False).all()
    assert found.same == len(before.rows) - len(found.rows)
    text = comparison_text(found)
    assert ("PERHATIAN" in text) == (why == "unexplained")
    mirrored = compare(after, before)
    assert set(mirrored.rows["change"]) == {"new" if kind == "gone" else kind}


def test_a_run_equals_itself(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "a", TABLES)
    found = compare(run, run)
    assert len(found.rows) == 0
    assert found.same == len(run.rows)
    assert "tidak ada yang tercatat" in comparison_text(found)


def test_empty_runs_compare(tmp_path: Path) -> None:
    empty = replace(TABLES, activities=JUDGED.empty(), hits=HITS.empty(), findings=FINDINGS.empty())
    a, b = run_folder(tmp_path / "a", empty), run_folder(tmp_path / "b", TABLES)
    assert set(compare(a, b).rows["why"]) == {"input"}
    assert set(compare(b, a).rows["change"]) == {"gone"}
    assert len(compare(a, a).rows) == 0


def test_an_altered_run_is_refused(tmp_path: Path) -> None:
    from screening.errors import IntegrityError

    run = run_folder(tmp_path / "a", TABLES)
    with (run.folder / "findings.parquet").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(IntegrityError, match=r"manifest\.json"):
        compare(run, run)
