"""A run folder appears whole or not at all: built beside its place, renamed once when its manifest is written.

`hasil.proses` is where `hasil` is being built (and where an interrupted run can be gone on with); `hasil.kunci` keeps two runs
from building the same folder. An earlier result moves away in the same moment; if anybody has changed or added a file in
it, it is kept under a name with date and time. Killed at any moment, the old or the new result is there, never a mixture:
`recover` finishes a rename that was broken off.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from screening import manifest
from screening.engines.store import PARTS
from screening.errors import ScreeningError, UsageError
from screening.readers.core.results import LOCK, WORK

OLD = ".lama"  # behind the folder's name, as WORK and LOCK


@dataclass
class Building:
    """A folder being built: `work` is where, `out` where it will be; `notes` say what else happened, for people."""

    out: Path
    work: Path
    notes: list[str] = field(default_factory=list)


@contextmanager
def building(out: Path, *, overwrite: bool = False, resume: bool = False) -> Iterator[Building]:
    """Build a run folder: the body writes into `work` and its manifest last; then the folder is put in its place.

    Raises UsageError where something stands in the way: a finished run without `overwrite`, a folder of other files, another
    run. When the body fails nothing is left, unless finished parts make it worth going on: that is noted on the error.
    """
    out = Path(os.path.abspath(out))
    recover(out)
    _check(out, overwrite)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _check(out, overwrite)  # another run may have finished meanwhile
        made = Building(out, _beside(out, WORK))
        if not resume:
            _empty(made.work)
        made.work.mkdir(exist_ok=True)
        if planted := [path.name for path in made.work.rglob("*") if path.is_symlink()]:
            raise UsageError(f"{made.work}: berisi tautan simbolik ({planted[0]}), tidak diikuti; hapus dahulu.")
        try:
            yield made
        except BaseException as error:
            if _worth_keeping(made.work, error, resume):
                error.add_note("Bagian yang selesai disimpan. Lanjutkan dengan perintah yang sama ditambah --resume.")
            else:
                shutil.rmtree(made.work, ignore_errors=True)
            raise
        _put_in_place(made)


def recover(out: Path) -> None:
    """Finish what a kill broke off between two renames: a complete new folder goes where no folder stands."""
    out = Path(os.path.abspath(out))
    work, old = _beside(out, WORK), _beside(out, OLD)
    if not out.exists() and _is_complete(work):
        with suppress(OSError):
            os.replace(work, out)
    if out.exists() and (out / manifest.NAME).is_file() and old.exists():
        shutil.rmtree(old, ignore_errors=True)


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(out.name + ending)


def _is_complete(work: Path) -> bool:
    unfinished = (work / PARTS, work / f"{PARTS}.old")
    return (work / manifest.NAME).is_file() and not any(path.exists() for path in unfinished)


def _check(out: Path, overwrite: bool) -> None:
    for place in (out, _beside(out, WORK), _beside(out, LOCK)):
        if place.is_symlink():
            raise UsageError(f"{place}: tautan simbolik, tidak diikuti; hapus tautannya atau sebut folder aslinya.")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: bukan folder.")
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / manifest.NAME).is_file():
        if _is_ours(out):
            return
        raise UsageError(f"{out}: folder sudah berisi berkas lain; pilih folder kosong atau nama baru.")
    if not overwrite:
        raise UsageError(
            f"{out}: sudah berisi hasil proses. Pakai nama folder lain untuk --out, atau --overwrite untuk menggantinya "
            "(berkas yang sudah Anda isi tetap disimpan)."
        )


def _is_ours(folder: Path) -> bool:
    """Whether a folder holds nothing but what an earlier version left behind in a failed run."""
    return (folder / PARTS).exists() and all(
        path.name == PARTS or path.suffix in (".parquet", ".tmp") for path in folder.iterdir()
    )


def _empty(work: Path) -> None:
    """Remove what an earlier run left in the place where folders are built; UsageError when it is not from this program."""
    if not work.exists():
        return
    names = {path.name for path in work.iterdir()}
    unfinished = {name for name in names if name.endswith((".parquet", ".tmp"))}
    if names - unfinished and not names & {PARTS, f"{PARTS}.old", manifest.NAME}:
        raise UsageError(f"{work}: berisi berkas yang bukan dari program ini; pindahkan dahulu.")
    shutil.rmtree(work, ignore_errors=True)


def _worth_keeping(work: Path, error: BaseException, resume: bool) -> bool:
    """Whether going on later would save work: parts are finished, and the fault is not one of inputs or options."""
    if isinstance(error, ScreeningError) and not resume:
        return False
    return any(path.is_dir() and path.suffix != ".tmp" for path in (work / PARTS).glob("[0-9]*"))


def _put_in_place(made: Building) -> None:
    out = made.out
    if not made.work.exists() and _is_complete(
        out
    ):  # somebody who opened the folder this very moment has finished the rename
        return
    if not out.exists():
        os.replace(made.work, out)
        return
    touched = touched_by_people(out)
    aside = _free_name(out.parent, f"{out.name}-lama") if touched else None
    old = out.with_name(aside) if aside else _beside(out, OLD)
    if not aside:
        shutil.rmtree(old, ignore_errors=True)
    try:
        os.replace(out, old)
    except OSError:  # on Windows a workbook that is open keeps its folder in its place
        if sys.platform != "win32" and not isinstance(sys.exc_info()[1], PermissionError):
            raise
        made.out = out.with_name(_free_name(out.parent, f"{out.name}-baru"))
        os.replace(made.work, made.out)
        made.notes.append(
            f"{out.name} sedang dipakai program lain (mungkin temuan.xlsx terbuka), jadi tidak diganti. "
            f"Hasil baru ada di {made.out.name}."
        )
        return
    os.replace(made.work, out)
    if aside:
        made.notes.append(
            f"Hasil lama berisi berkas yang sudah diubah atau ditambahkan orang ({', '.join(touched[:5])}"
            f"{', …' if len(touched) > 5 else ''}); seluruhnya dipindahkan ke {old.name}."
        )
    else:
        shutil.rmtree(old, ignore_errors=True)


def touched_by_people(folder: Path) -> list[str]:
    """Names in a finished run folder that the run did not write, or not so: filled workbooks, case files, notes."""
    try:
        outputs = manifest.read(folder).get("outputs", {})
        changed = manifest.altered(folder)
    except ScreeningError:
        return [path.name for path in sorted(folder.iterdir()) if path.name != PARTS]
    added = [
        path.name for path in folder.iterdir() if path.name not in outputs and path.name not in (manifest.NAME, PARTS)
    ]
    return sorted({*(name for name in changed if (folder / name).exists()), *added})


def _free_name(parent: Path, stem: str) -> str:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - the clock people see
    names = (f"{stem}-{stamp}{f'-{number}' if number else ''}" for number in range(1000))
    return next(name for name in names if not (parent / name).exists())


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """A lock that the system gives back when the process ends, however it ends."""
    path = _beside(out, LOCK)
    with path.open("a+b") as stream:
        if not lock(stream) or not _is_still(path, stream):
            raise UsageError(
                f"{out}: proses lain sedang menulis ke folder ini; tunggu sampai selesai atau pilih folder lain."
            )
        try:
            yield
        finally:
            if sys.platform != "win32":  # while it is held: nobody can have locked it meanwhile
                path.unlink(missing_ok=True)
            unlock(stream)
    if sys.platform == "win32":  # an open file stays where it is, so another run keeps the one it has opened
        with suppress(OSError):
            path.unlink()


def _is_still(path: Path, stream: IO[bytes]) -> bool:
    """Whether the locked file is the one that stands there: a run that just ended may have removed it."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except OSError:
        return False


def lock(stream: IO[bytes]) -> bool:
    """Lock an open file without waiting; whether that was possible."""
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def unlock(stream: IO[bytes]) -> None:
    """Give back what `lock` gave."""
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_UN)
