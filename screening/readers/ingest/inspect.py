"""`screening inspect`: what was recognised, what to do, and a mapping proposed for tables nobody knows. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from screening.errors import UsageError
from screening.readers.core.archive import close_all
from screening.readers.ingest.plan import Planned, plan
from screening.readers.ingest.registry import FALLBACKS, READERS
from screening.readers.ingest.warnings import inert, warnings
from screening.readers.tables.mapping import mapping, shown
from screening.readers.tables.propose import Proposal, propose_mapping, save_profile, used_mapping
from screening.tables import decode

COLUMNS = ("berkas", "dikenali sebagai", "aktivitas", "ditolak", "yang perlu dilakukan")
_KINDS = {
    "post": "unggahan", "comment": "komentar", "share": "bagikan", "like": "suka", "follow": "ikuti", "join": "gabung",
    "bio": "profil",
}  # fmt: skip


@dataclass(frozen=True)
class Inspection:
    """The overview (one row per file, Indonesian columns), how the columns of tables are used, and proposed mappings for
    unknown tables, both by file; `saved` are the profiles written,
    `warnings` what was lost as a whole. `str()` gives all of it as people read it."""

    overview: pd.DataFrame
    mappings: dict[str, list[str]]
    proposals: dict[str, Proposal]
    saved: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [as_text(self.overview)]
        if self.mappings:
            lines = [f"{file}: {line}" for file, lines in self.mappings.items() for line in lines]
            parts.append("\n".join(["Pemetaan kolom:", *lines]))
        if not self.saved:
            parts += [
                f"Usulan pemetaan untuk {file}:\n{found.toml('usulan')}" for file, found in self.proposals.items()
            ]
        parts += [f"PERINGATAN: {line}" for line in self.warnings]
        parts += [f"Usulan pemetaan disimpan: {path}. Periksa, lalu taruh di antara masukan." for path in self.saved]
        return "\n\n".join(part.rstrip() for part in parts)


def inspect(
    inputs: Iterable[Path | str],
    *,
    timezone: str = "Asia/Jakarta",
    owner: str | None = None,
    save_profile: Path | None = None,
) -> Inspection:
    """Read everything, keep only the counts, and say per file what it is and what to do. Writes nothing, but with
    `save_profile` the proposed mappings (the second and further ones get a number); UsageError when a file is there."""
    from screening.readers.ingest.stream import stream

    inputs = list(inputs)
    files = [reading.files for reading in stream(inputs, timezone, owner, 100_000)]
    planned = plan(inputs)
    proposed = proposals(planned, recognised=save_profile is not None)
    saved = _saved(proposed, save_profile) if save_profile is not None else ()
    if save_profile is not None and not saved:
        raise UsageError(
            "--save-profile: tidak ada tabel buatan tangan dalam masukan, jadi tidak ada pemetaan untuk disimpan."
        )
    table = pd.concat(files, ignore_index=True)
    try:
        return Inspection(overview(table), mappings(planned), proposed, saved, tuple(warnings(table)))
    finally:
        close_all()


def _saved(proposed: dict[str, Proposal], path: Path) -> tuple[Path, ...]:
    paths = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, len(proposed) + 1))]
    there = [str(target) for target in paths[: len(proposed)] if target.exists()]
    if there:
        raise UsageError(f"{', '.join(there)}: berkas sudah ada; pilih nama lain.")
    return tuple(save_profile(proposal, target) for proposal, target in zip(proposed.values(), paths, strict=False))


def mappings(planned: Iterable[Planned]) -> dict[str, list[str]]:
    """How the columns of every recognised table are used, in words, by file."""
    found = {}
    for item in planned:
        if (
            item.outcome == "read"
            and item.reader is not None
            and (lines := shown(mapping(item.source, item.reader.name)))
        ):
            found[item.source.name] = lines
        item.source.forget()
    return found


def proposals(planned: Iterable[Planned], *, recognised: bool = False) -> dict[str, Proposal]:
    """A proposed mapping for every unknown file that is a table at all; with `recognised` also the one in use for every
    hand-made table, to be edited."""
    found, unknown = {}, set[str]()
    for item in planned:
        proposal = propose_mapping(item.source) if item.outcome == "unknown" else None
        if recognised and item.outcome == "read" and item.reader is not None and item.reader.name == "analyst":
            proposal = used_mapping(item.source)
        if proposal is not None:
            found[item.source.name] = proposal
            unknown |= {item.source.name} if item.outcome == "unknown" else set()
        item.source.forget()
    return dict(sorted(found.items(), key=lambda pair: pair[0] not in unknown))


def overview(files: pd.DataFrame) -> pd.DataFrame:
    """FILES as people read it: `COLUMNS`, one row per file."""
    titles = {reader.name: reader.shown for reader in (*READERS, *FALLBACKS)}
    rows = [
        {
            "berkas": inert(str(row.source_file)),
            "dikenali sebagai": titles.get(_text(row.reader), _text(row.reader)) or _unread(row.outcome),
            "aktivitas": _kinds(row),
            "ditolak": int(row.rejected),
            "yang perlu dilakukan": _advice(row),
        }
        for row in _rows(files)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def as_text(table: pd.DataFrame, width: int = 160) -> str:
    """The overview as aligned text; long names are cut in front, so that the file stays recognisable."""
    widest = max(24, (width - 60) // 2)
    cells = [list(table.columns), *([_cut(str(cell), widest) for cell in row] for row in table.itertuples(index=False))]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.columns))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "-" * min(width, len(lines[0]) + 8), *lines[1:]])


def _rows(files: pd.DataFrame) -> Iterable[Any]:
    return files.itertuples()


def _cut(cell: str, widest: int) -> str:
    return cell if len(cell) <= widest or " " in cell.strip()[:20] else "…" + cell[1 - widest :]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _unread(outcome: str) -> str:
    return {"unknown": "tidak dikenal", "ignored": "diabaikan", "error": "galat"}.get(outcome, "")


def _kinds(row: Any) -> str:
    kinds = decode(row.kinds) or {}
    told = [f"{number} {_KINDS[kind]}" for kind, number in kinds.items()]
    return ", ".join(told) or ("tidak ada" if row.outcome == "read" else "–")


def _advice(row: Any) -> str:
    note = _text(row.note)
    outcome, rejected = row.outcome, int(row.rejected)
    if outcome == "error":
        return note
    if outcome == "unknown":
        return "periksa bentuknya; bila sebuah tabel, simpan usulan pemetaan dengan --save-profile"
    if outcome == "ignored":
        return f"tidak perlu apa-apa: {note}"
    parts = [f"periksa {rejected} baris yang ditolak" if rejected else "", note]
    return "; ".join(part for part in parts if part) or "siap disaring"
