"""Golden files: what each case gives, as text a reviewer can read. `python -m tests.readers.golden` rewrites them."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from screening import readers
from screening.readers.ingest.assemble import Reading
from tests.readers.cases import Files, cases, write

FOLDER = Path(__file__).with_name("golden")


def result(files: Files, folder: Path) -> Reading:
    """What is read from the files as a folder named `ekspor`."""
    return readers.read([write(files, folder / "ekspor")])


def shown(reading: Reading) -> dict[str, Any]:
    """A Reading as plain values without hashes; missing columns are left out."""
    activities = reading.activities.drop(columns=["source_sha256"])
    activities["happened_at"] = activities["happened_at"].map(lambda t: t.isoformat() if pd.notna(t) else None)
    return {
        "activities": [_plain(row) for row in activities.to_dict("records")],
        "rejected": [_plain(row) for row in reading.rejected.to_dict("records")],
        "files": [_plain(row) for row in reading.files.drop(columns=["source_sha256"]).to_dict("records")],
    }


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if not (value is None or value != value)}


def text(files: Files, folder: Path) -> str:
    """The golden text of a case."""
    return json.dumps(shown(result(files, folder)), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the golden file of every case (or of the ones named); read the difference before committing it."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(cases())
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            (FOLDER / f"{name}.json").write_text(text(cases()[name], Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
