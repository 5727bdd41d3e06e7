"""Run folders and filled-in review files for the tests of the reviewers' loop; all people are invented."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from report_builder import Tables, build, write_reports_to

from screening.review.exchange import Handing, Imported, import_files
from screening.review.issue import Order, hand_out
from screening.review.outgoing import stem_of, write_out
from screening.review.runs import ReviewRun, read_run
from screening.sheets import EXCEL_ID, cell_text, write_table
from screening.tables import FINDINGS, HITS, JUDGED

NOW = datetime(2024, 3, 1, 3, 0, tzinfo=UTC)
FACTS = {"data/acts/dki-jakarta/bkd.toml": "a1", "lexicons/nama.csv": "l1", "data/risk.toml": "r1", "roster": "p1"}
VERDICTS = ("LAYAK KLARIFIKASI", "BUKAN PELANGGARAN", "TIDAK CUKUP BUKTI", "PERLU DATA")
PROVISIONS = frozenset({"BKD-KE-02", "BKD-KE-04", "BKD-D-02", "BKD-D-04", "BKD-D-06", "BKD-D-08", "PP94-5n6"})


def run_folder(
    folder: Path, tables: Tables | None = None, *, version: str = "aturan-1", facts: Mapping[str, str] = FACTS, run_id: str = "",
    software: str = "0.1.0", **rules: Any,
) -> ReviewRun:  # fmt: skip
    """A run as `screening run` leaves it: reports, Parquet tables, manifest with output hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = tables or build(60)
    findings = tables.findings.assign(ruleset_version=version)
    tables = replace(tables, findings=FINDINGS.cast(findings))
    write_reports_to(folder, tables)
    for name, contract, frame in (
        ("activities", JUDGED, tables.activities), ("hits", HITS, tables.hits), ("findings", FINDINGS, tables.findings),
    ):  # fmt: skip
        contract.cast(frame).to_parquet(folder / f"{name}.parquet", index=False)
    outputs = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    manifest = {
        "run_id": run_id or f"{folder.name}-{version}", "software": {"screening": software}, "outputs": outputs,
        "ruleset": {"version": version, "files": dict(facts), **rules}, "options": {"timezone": "Asia/Jakarta"},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return read_run(folder)


def fill(
    row: dict[str, Any], verdict: str, *, note: str = "alasan penelaah", day: str = "2024-02-28", **cells: str
) -> dict[str, Any]:
    """A handed-out row with a decision in it."""
    provision = cell_text(row.get("kode_perbuatan")) or "TIDAK ADA"
    decision = {"putusan": verdict, "kode_perbuatan_koreksi": provision, "catatan": note, "tanggal_telaah": day}
    return {**row, **decision, **cells}


def handed(run: ReviewRun, ledger: Path, reviewer: str, **order: Any) -> list[dict[str, Any]]:
    """The rows given to a reviewer."""
    describe = order.pop("describe", None)
    return hand_out(run, ledger, Order(reviewer, "petugas", now=NOW, **order), describe).rows


def returned(path: Path, rows: list[dict[str, Any]], write: Callable[..., None] = write_table) -> Path:
    """The rows as the CSV that comes back."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["id_temuan", "putusan"]
    write(path, names, ([row.get(name, "") for name in names] for row in rows), EXCEL_ID)
    return path


def bring(paths: list[Path], ledger: Path, **handing: Any) -> Imported:
    """Import as the officer."""
    runs = handing.pop("runs", ())
    return import_files(paths, ledger, Handing("petugas", provisions=PROVISIONS, now=NOW, **handing), runs)


def workbook(folder: Path, reviewer: str, rows: list[dict[str, Any]]) -> Path:
    """The XLSX that is handed out, with the rows as they are now."""
    return write_out(folder, stem_of(reviewer), rows, sorted(PROVISIONS))[0]


def decided(
    run: ReviewRun, ledger: Path, folder: Path, reviewer: str, verdict: Callable[[int], str], day: str = "2024-02-28"
) -> Imported:
    """A reviewer who decides every row by its place."""
    rows = sorted(handed(run, ledger, reviewer), key=lambda row: row["id_temuan"])
    filled = [fill(row, verdict(n), day=day) for n, row in enumerate(rows)]
    return bring([returned(folder / f"{stem_of(reviewer)}-{run.run_id}.csv", filled)], ledger)


def with_findings(tables: Tables, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    """The same tables with changed findings."""
    return replace(tables, findings=FINDINGS.cast(change(tables.findings.copy())))
