"""A batch: read, screen part by part, keep finished parts, then write the run folder and its manifest.

A part is written to a temporary folder and renamed when complete, so a killed run can go on (`resume`) and gives the
same bytes as an undisturbed one. Machine tables are Parquet; what people open comes from `screening.reports`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from screening.errors import NoReadableInput, UsageError
from screening.tables import FILES, FINDINGS, HITS, JUDGED, REJECTED, Contract

if TYPE_CHECKING:
    from screening.readers import Reading
    from screening.ruleset import Ruleset

CHATS = ("whatsapp", "telegram")
TABLES: dict[str, Contract] = {
    "activities": JUDGED, "hits": HITS, "findings": FINDINGS, "rejected": REJECTED, "files": FILES,
}  # fmt: skip
Screen = Callable[[pd.DataFrame], dict[str, pd.DataFrame]]


@dataclass(frozen=True)
class Options:
    """What a run may be told besides inputs and rules."""

    timezone: str = "Asia/Jakarta"
    include_chats: bool = False
    resume: bool = False
    rows: int = 50_000
    progress: Callable[[int], None] = lambda rows: None


@dataclass(frozen=True)
class Run:
    """A finished run folder; tables are read when asked for."""

    folder: Path

    def table(self, name: str) -> pd.DataFrame:
        """One of activities, hits, findings, rejected, files with its contract's types."""
        return pd.read_parquet(self.folder / f"{name}.parquet")


def run(inputs: Iterable[Path], out: Path, ruleset: Ruleset, options: Options) -> Run:
    """Screen `inputs` into the folder `out`; raises NoReadableInput when no file holds an activity."""
    from screening import readers

    if options.include_chats and ruleset.roster is None:
        raise UsageError(
            "Percakapan grup hanya disaring bila disertai daftar pegawai: tambahkan --roster, atau hapus --include-chats."
        )
    parts = _parts_folder(out, options.resume)
    batches = readers.batches(inputs, timezone=options.timezone, rows=options.rows)
    for number, reading in enumerate(batches):
        part = parts / f"{number:06d}"
        if not part.exists():
            _write_part(part, _screen(reading, ruleset, options))
        options.progress(len(reading.activities))
    _assemble(parts, out)
    finished = Run(out)
    files = finished.table("files")
    if not (files["outcome"] == "read").any():
        raise NoReadableInput(_unreadable(files))
    return finished


def _screen(reading: Reading, ruleset: Ruleset, options: Options) -> dict[str, pd.DataFrame]:
    """The tables of one part; chat messages are set aside unless they were handed over as evidence."""
    from screening.pipeline import screen

    chats = reading.activities["platform"].isin(CHATS) & (not options.include_chats)
    screened = screen(reading.activities[~chats].reset_index(drop=True), ruleset)
    aside = reading.activities[chats].assign(result="out_of_scope", score=0)
    activities = (
        pd.concat([screened.activities, JUDGED.cast(aside)], ignore_index=True) if chats.any() else screened.activities
    )
    return {
        "activities": activities,
        "hits": screened.hits,
        "findings": screened.findings,
        "rejected": reading.rejected,
        "files": reading.files,
    }


def _parts_folder(out: Path, resume: bool) -> Path:
    parts = out / ".parts"
    if out.exists() and any(out.iterdir()) and not resume and not (out / "manifest.json").exists():
        raise UsageError(f"{out}: folder sudah berisi berkas lain; pilih folder kosong atau gunakan --resume.")
    if parts.exists() and not resume:
        shutil.rmtree(parts)
    parts.mkdir(parents=True, exist_ok=True)
    return parts


def _write_part(part: Path, tables: dict[str, pd.DataFrame]) -> None:
    unfinished = part.with_suffix(".tmp")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir()
    for name, contract in TABLES.items():
        contract.cast(tables[name]).to_parquet(unfinished / f"{name}.parquet", index=False, compression="zstd")
    unfinished.rename(part)


def _assemble(parts: Path, out: Path) -> None:
    """Join the parts into the run's tables; findings in one fixed order, everything else in reading order."""
    finished = sorted(path for path in parts.iterdir() if path.suffix != ".tmp")
    for name, contract in TABLES.items():
        pieces = [path / f"{name}.parquet" for path in finished]
        if name == "findings":
            table = pd.concat([contract.empty(), *map(pd.read_parquet, pieces)], ignore_index=True)
            table = table.sort_values(["points", "finding_id"], ascending=[False, True], ignore_index=True)
            contract.cast(table).to_parquet(out / "findings.parquet", index=False, compression="zstd")
        else:
            _join(pieces, out / f"{name}.parquet", contract)
    shutil.rmtree(parts)


def _join(pieces: list[Path], target: Path, contract: Contract) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.Schema.from_pandas(contract.empty(), preserve_index=False)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for piece in pieces:
            writer.write_table(pq.read_table(piece).cast(schema))


def _unreadable(files: pd.DataFrame) -> str:
    lines = (f"{row.source_file}: {row.note}" for row in files.itertuples())
    return "\n".join(["Tidak ada ekspor yang dapat dibaca.", *lines])


def counts(run: Run) -> dict[str, int]:
    """read = screened + duplicate + rejected + out_of_scope; raises AssertionError when the books do not balance."""
    files, results = run.table("files"), run.table("activities")["result"]
    out_of_scope = int((results == "out_of_scope").sum())
    books = {
        "read": int(files["read"].sum()),
        "screened": len(results) - out_of_scope,
        "duplicate": int(files["duplicate"].sum()),
        "rejected": int(files["rejected"].sum()),
        "out_of_scope": out_of_scope,
    }
    assert books["read"] == sum(value for name, value in books.items() if name != "read"), books
    return books


def parts_of(frame: pd.DataFrame, rows: int) -> Iterator[pd.DataFrame]:
    """The frame cut into pieces of at most `rows` rows."""
    for start in range(0, max(len(frame), 1), rows):
        yield frame.iloc[start : start + rows].reset_index(drop=True)
