"""The parts folder of a run: finished parts, each whole or absent, and what they were made from."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from screening.errors import IntegrityError

if TYPE_CHECKING:
    import pyarrow as pa

    from screening.readers import Reading

PARTS = ".parts"  # folder of the parts within that of the run
_STATE, _MARK = "state.json", "sidik.json"
_LEARNT = "+"
_READ = "dibaca"  # in a part's mark: the hash over what was read for it, beside those of its files
_WORDS = {
    "software": "versi program", "ruleset": "aturan, leksikon, model, daftar pegawai, atau daftar akun",
    "options": "pilihan perintah", "inputs": "berkas masukan",
}  # fmt: skip


@dataclass(frozen=True)
class Store:
    """Finished parts below `folder`, one folder each; a part is written beside its place and renamed when complete."""

    folder: Path

    def has(self, number: int, mark: str, *, completing: bool = True) -> bool:
        """Whether the part is finished; IntegrityError when it was made from other activities than those of `mark`.

        One that differs only in what later files told of it is made again, unless `completing` is false: in the first pass
        over the inputs that is not known yet, and the part stands until the second.
        """
        place = self._place(number)
        if not place.exists():
            return False
        known = _hashes(place)
        if known is None or any(not _is(place / name, digest) for name, digest in known.items() if name != _READ):
            shutil.rmtree(place)  # altered or damaged since: it is made again from the inputs
            return False
        (was, was_learnt), (now, learnt) = _taken_apart(known[_READ]), _taken_apart(mark)
        if was != now:
            raise IntegrityError(_changed([_WORDS["inputs"]]))
        if not completing or was_learnt == learnt:
            return True
        shutil.rmtree(place)
        return False

    def write(self, number: int, reading_mark: str, tables: Mapping[str, pa.Table]) -> None:
        """Keep what screening made of a part as plain Arrow IPC files, which merging reads as memory maps. What was read for
        it is not kept: a resumed run reads its inputs anyway, and `mark_of` compares."""
        unfinished = self.folder / f"{number:06d}.tmp"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        for name, content in tables.items():
            _write_table(unfinished / f"{name}.arrow", content)
        made = {path.name: _sha256(path) for path in sorted(unfinished.iterdir())}
        _write_synced(unfinished / _MARK, json.dumps({_READ: reading_mark, **made}).encode("ascii"))
        os.replace(unfinished, self._place(number))

    def piece(self, name: str, number: int) -> Path:
        """The file of one table of a finished part."""
        return self._place(number) / f"{name}.arrow"

    def remove(self) -> None:
        """Forget all parts; a kill in the middle leaves nothing that looks finished."""
        gone = self.folder.with_name(f"{self.folder.name}.old")
        shutil.rmtree(gone, ignore_errors=True)
        if self.folder.exists():
            os.replace(self.folder, gone)
            shutil.rmtree(gone, ignore_errors=True)

    def _place(self, number: int) -> Path:
        return self.folder / f"{number:06d}"


def open_store(folder: Path, state: Mapping[str, Any], *, resume: bool) -> Store:
    """The store in `folder`: an empty one, or with `resume` the one that is there if it was made from the same `state`.

    Raises IntegrityError that names what has changed since.
    """
    store = Store(folder)
    known = folder / _STATE
    text = json.dumps(state, sort_keys=True, indent=1)
    if resume and known.exists():
        try:
            before, now = json.loads(known.read_text(encoding="ascii")), json.loads(text)
            changed = [words for key, words in _WORDS.items() if before.get(key) != now.get(key)]
        except (ValueError, AttributeError) as error:
            raise IntegrityError(f"{known}: rusak; mulai dari awal tanpa --resume.") from error
        if changed:
            raise IntegrityError(_changed(changed))
        return store
    store.remove()
    folder.mkdir(parents=True)
    unfinished = folder / f"{_STATE}.tmp"
    _write_synced(unfinished, text.encode("ascii"))
    os.replace(unfinished, known)
    return store


def inputs_of(inputs: list[Path]) -> list[list[Any]]:
    """Name and size of every input file, as far as can be seen without reading them."""
    found = []
    for place in inputs:
        files = sorted(_files(place)) if place.is_dir() else [place]
        found += [[path.as_posix(), path.stat().st_size if path.exists() else -1] for path in files]
    return found


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, without those of runs: the one being built may lie among its own inputs."""
    from screening.readers.core.results import BESIDE, LOCK, is_being_built, is_result

    for here, folders, files in os.walk(folder):
        if is_being_built(Path(here)) or is_result(Path(here)):
            folders.clear()
            continue
        yield from (Path(here) / name for name in files if not name.endswith(LOCK) and name not in BESIDE)


def mark_of(reading: Reading) -> str:
    """A hash over what was read for one part: ids and places of its rows, and the files they are from; behind a sign, what
    it learnt from files behind it."""
    import numpy as np
    import pandas as pd

    from screening.text.skim import utf8

    digest = hashlib.sha256()
    pictured = [reading.activities["picture_text"]] if "picture_text" in reading.activities else []
    for column in (
        *pictured,
        reading.activities["activity_id"],
        reading.activities["source_pointer"],
        pd.Series(reading.activities["source_sha256"].unique()),
        reading.rejected["source_pointer"],
        reading.files["source_sha256"],
    ):
        texts = utf8(column)
        digest.update(np.diff(texts.offsets).tobytes())
        digest.update(texts.data[texts.offsets[0] : texts.offsets[-1]].data)
    return digest.hexdigest() + (_LEARNT + reading.learnt if reading.learnt else "")


def _taken_apart(mark: str) -> tuple[str, str]:
    """What was read, and what it learnt from files behind it."""
    read, _, learnt = mark.partition(_LEARNT)
    return read, learnt


def _hashes(place: Path) -> dict[str, str] | None:
    """What a part says of itself: the hash of what was read for it and of each of its files; None where it is damaged."""
    try:
        found = json.loads((place / _MARK).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    whole = isinstance(found, dict) and _READ in found and all(isinstance(one, str) for one in found.values())
    return found if whole else None


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and _sha256(path) == digest


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _changed(what: list[str]) -> str:
    return (
        f"Proses yang terhenti tidak dapat dilanjutkan: {', '.join(what)} sudah berubah sejak proses itu dimulai."
        " Kembalikan seperti semula, atau mulai dari awal tanpa --resume."
    )


def _write_table(path: Path, table: pa.Table) -> None:
    import pyarrow as pa

    with _synced(path) as out, pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table)


def _write_synced(path: Path, content: bytes) -> None:
    with _synced(path) as out:
        out.write(content)


@contextmanager
def _synced(path: Path) -> Iterator[BinaryIO]:
    """A file handed to the disk when written, so that a renamed folder never holds an empty one after a power cut."""
    with path.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
