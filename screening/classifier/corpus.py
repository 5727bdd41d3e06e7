"""The texts the model learns from: authored CSV files, and local labelled files added with their provenance."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from screening.classifier.model import LABELS
from screening.errors import Problem, RulesetError
from screening.shipped import shipped

COLUMNS = ("text", "label", "contest", "target", "style", "batch", "why")
PARENT = "parent"  # the post a comment stands under; only in files that hold comments


@dataclass(frozen=True)
class Corpus:
    """`examples`: COLUMNS, `parent` ("" where the text stands alone), `author` (the group left out together) and `source`;
    `files`: name -> sha256 and rows."""

    examples: pd.DataFrame
    files: dict[str, dict[str, object]]


def read_corpus(folder: Path | None = None, added: Sequence[Path] = ()) -> Corpus:
    """Every `*.csv` of the corpus folder and the added files, in a fixed order, equal texts once.

    Added files need the columns `text` and `label`. RulesetError lists every wrong line of every file.
    """
    folder = shipped("data/corpus") if folder is None else folder
    problems: list[Problem] = []
    rows: list[dict[str, str]] = []
    files: dict[str, dict[str, object]] = {}
    for path in [*sorted(folder.glob("*.csv")), *added]:
        local = path in added
        found = _read(path, COLUMNS[:2] if local else COLUMNS, problems)
        for row in found:
            batch = row.get("batch") or path.stem
            author = f"lokal:{path.stem}" if local else batch.split("-")[0]
            rows.append(
                {
                    **{name: row.get(name) or "" for name in (*COLUMNS, PARENT)},
                    "batch": batch,
                    "author": author,
                    "source": path.name,
                }
            )
        data = path.read_bytes() if path.exists() else b""
        files[path.name] = {"sha256": hashlib.sha256(data).hexdigest(), "rows": len(found), "local": local}
    if problems:
        raise RulesetError(problems)
    frame = pd.DataFrame(rows, columns=[*COLUMNS, PARENT, "author", "source"]).astype("str")
    frame = frame.sort_values(["source", "batch", "text", PARENT, "label"], kind="stable").drop_duplicates(
        ["text", PARENT], ignore_index=True
    )
    return Corpus(frame, files)


def _read(path: Path, columns: Sequence[str], problems: list[Problem]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                problems.append(Problem(path.name, 1, f"kolom tidak ada: {', '.join(missing)}", "tambahkan kolomnya"))
                return []
            rows = []
            for row in reader:
                if row["label"] not in LABELS:
                    problems.append(
                        Problem(path.name, reader.line_num, "label tidak dikenal", f"pilih: {', '.join(LABELS)}")
                    )
                elif (row["text"] or "").strip():
                    rows.append(row)
                else:
                    problems.append(Problem(path.name, reader.line_num, "teks kosong", "isi atau hapus barisnya"))
            return rows
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem(path.name, 0, "berkas tidak dapat dibaca sebagai CSV UTF-8", "periksa letak dan penyandiannya")
        )
        return []
