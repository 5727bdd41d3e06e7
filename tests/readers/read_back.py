"""What is read from files built in a test, as plain dicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from screening import readers
from screening.readers.ingest.assemble import Reading
from tests.readers.cases import Files, write


def reading(folder: Path, files: Files, **how: Any) -> Reading:
    """The files, read as one folder."""
    return readers.read([write(files, folder / "ekspor")], **how)


def acts(folder: Path, files: Files, **how: Any) -> list[dict[str, Any]]:
    """The activities as dicts without missing values."""
    table = reading(folder, files, **how).activities
    return [{key: value for key, value in row.items() if pd.notna(value)} for row in table.to_dict("records")]


def one(folder: Path, files: Files, **how: Any) -> dict[str, Any]:
    """The only activity."""
    (found,) = acts(folder, files, **how)
    return found


def picked(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Some columns of each row; missing ones are None."""
    return [tuple(row.get(name) for name in names) for row in rows]
