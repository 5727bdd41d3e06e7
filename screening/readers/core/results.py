"""Folders this program wrote itself, finished or not: they may lie among the exports and are never read as such."""

from __future__ import annotations

from pathlib import Path

NOTE = "folder hasil proses penyaringan, bukan ekspor"
# Endings of the folder a run is built in, and of the file that keeps two runs from one folder.
WORK, LOCK = ".proses", ".kunci"
# What lies beside run folders: the key of the pseudonyms and the log of use. They come and go and are not even told.
BESIDE = frozenset({"kunci-samaran.key", "catatan-pemakaian.log"})


def is_result(folder: Path) -> bool:
    """Whether a folder is a run's, finished (its manifest beside its findings) or being built (its parts)."""
    finished = (folder / "manifest.json").is_file() and (folder / "findings.parquet").is_file()
    return finished or (folder / ".parts").is_dir()


def is_being_built(folder: Path) -> bool:
    """Whether a folder is the place where a run is built: it changes while it is looked at, so it is not even told."""
    return folder.name.endswith(WORK) and (is_result(folder) or not any(folder.iterdir()))
