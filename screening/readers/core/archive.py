"""Walk the inputs: files, folders and ZIPs, mixed, lazily, without unpacking; every hazard becomes a clear outcome.

Hazards and facts: export-formats §12 (traversal, bombs, duplicates, symlinks, encryption, odd names, cut downloads).
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from screening.errors import UsageError
from screening.limits import limit
from screening.readers.core import tarred, zipped
from screening.readers.core.kinds_of_file import is_picture, way_out
from screening.readers.core.kinds_of_file import skipped as skipped_by_name
from screening.readers.core.results import BESIDE, LOCK, NOTE, is_being_built, is_result
from screening.readers.core.source import Guarded, Source, SourceError
from screening.readers.core.tarred import NAMES, Tarred, is_tar
from screening.readers.core.zipped import Archive, ArchiveError, is_workbook, is_zip

FOREIGN = {  # what a file that calls itself .zip may really be
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
}
PACKED = (".xz", ".gz", ".bz2")
_OPENERS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
}
_OLE = b"\xd0\xcf\x11\xe0"  # Office files before 2007, and locked ones since
TWO_GIB = 2_147_483_648


def sources(inputs: Iterable[Path | str]) -> Iterator[Source]:
    """Every file in the inputs, in one fixed order; unreadable ones carry `problem`, media and the like `skipped`.

    Raises UsageError when an input does not exist.
    """
    paths = [Path(item) for item in inputs]
    missing = [str(path) for path in paths if not os.path.lexists(path)]
    if missing:
        raise UsageError("\n".join(f"{path}: tidak ada berkas atau folder dengan nama ini." for path in missing))
    for path, label in zip(paths, _labels(paths), strict=True):
        if path.is_dir():
            yield from _tally(_folder(path, label))
        else:
            yield from _file(path, label, "")


def pictures(inputs: Iterable[Path | str]) -> Iterator[Source]:
    """Every picture in the inputs, as `sources` names its place, to be opened in place; those of a ZIP within a ZIP are left."""
    paths = [Path(item) for item in inputs]
    for path, label in zip(paths, _labels(paths), strict=True):
        if not path.is_dir():
            yield from _pictures(path, label, "")
            continue
        for folder, folders, files in os.walk(path, followlinks=False):
            folders.sort(key=_natural)
            here = Path(folder)
            if is_being_built(here) or is_result(here):
                folders.clear()
                continue
            for name in sorted(files, key=_natural):
                yield from _pictures(here / name, label, _inside(path, here / name))


def _pictures(path: Path, container: str, inside: str) -> Iterator[Source]:
    if (inside and path.is_symlink()) or not path.is_file():
        return
    whole = Source(container, inside, path.stat().st_size, lambda: path.open("rb"))
    if is_picture(whole.leaf):
        yield whole
    elif whole.suffix == ".zip":
        with contextlib.suppress(ArchiveError, OSError):  # told by `sources`
            yield from (member for member in Archive(whole).members() if is_picture(member.path) and not member.problem)


def _labels(paths: list[Path]) -> list[str]:
    """Names for reports: the last part of each path, with as many parents as make them differ."""
    absolute = [path.absolute() for path in paths]
    depth = 1
    while depth < max((len(path.parts) for path in absolute), default=1):
        names = ["/".join(path.parts[-depth:]) for path in absolute]
        if len(set(names)) == len(set(absolute)):
            break
        depth += 1
    names = ["/".join(part.strip("\\/") for part in path.parts[-depth:]) for path in absolute]
    return [unicodedata.normalize("NFC", name) for name in names]


def _folder(root: Path, label: str) -> Iterator[Source]:
    for folder, folders, files in os.walk(root, followlinks=False):
        folders.sort(key=_natural)
        here = Path(folder)
        if is_being_built(here):
            folders.clear()
            continue
        if is_result(here):
            folders.clear()
            yield Source(label, _inside(root, here), 0, _nothing, skipped=NOTE)
            continue
        for name in [name for name in folders if (here / name).is_symlink()]:
            yield _refused(label, _inside(root, here / name), "tautan simbolik ke folder; tidak diikuti.")
        for name in sorted(files, key=_natural):
            if name in BESIDE or (name.endswith(LOCK) and not (here / name).stat().st_size):
                continue
            yield from _file(here / name, label, _inside(root, here / name))
    _say_missing = _missing_parts(label, root)
    yield from _say_missing


def _inside(root: Path, path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def _natural(name: str) -> list[tuple[int, str]]:
    """posts_2 before posts_10."""
    return [(int(part) if part.isdigit() and len(part) < 19 else 0, part) for part in re.split(r"([0-9]+)", name)]


def _file(path: Path, container: str, inside: str) -> Iterator[Source]:
    """A file, or what an archive holds; each knows whether the file on disk has changed since."""
    before = _state(path)
    for source in _opened(path, container, inside):
        source.changed = partial(_differs, path, before)
        yield source


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino


def _differs(path: Path, before: tuple[int, ...] | None) -> bool:
    return _state(path) != before


def _opened(path: Path, container: str, inside: str) -> Iterator[Source]:
    try:
        state = path.lstat()
        if stat.S_ISLNK(state.st_mode) and inside:
            yield _refused(container, inside, "tautan simbolik; tidak diikuti.")
            return
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            yield _refused(container, inside, "bukan berkas biasa; tidak dibaca.")
            return
        whole = Source(container, inside, state.st_size, lambda: path.open("rb"))
        if skipped := skipped_by_name(inside or container):
            whole.skipped = skipped
            yield whole
            return
        start = whole.head(4096)
        if problem := _not_to_be_read(whole, start):
            whole.problem = problem
            whole.forget()
            yield whole
            return
    except OSError as error:
        yield _refused(container, inside, f"tidak dapat dibuka ({error.strerror or 'galat sistem'}).")
        return
    whole.forget()
    whole = unpacked(whole, start)
    if not whole.problem and _is_tar(whole, start):
        yield from _tar(whole)
    elif not is_workbook(start) and (is_zip(start) or whole.suffix == ".zip"):
        yield from _archive(whole, start)
    else:
        yield whole


def _not_to_be_read(whole: Source, start: bytes) -> str:
    """What to do with a document that is not read, judged by its content where its name alone may err."""
    if start.startswith(_OLE) and whole.suffix in (".xlsx", ".xlsm"):
        return "buku kerja terkunci kata sandi (atau .xls lama bernama .xlsx); buka di Excel, simpan ulang tanpa sandi."
    way = way_out(whole.suffix)
    if not way or (
        whole.suffix == ".xls" and not start.startswith(_OLE) and (is_workbook(start) or b"\x00" not in start)
    ):
        return ""
    return way


def _is_tar(whole: Source, start: bytes) -> bool:
    if is_tar(start):
        return True
    if whole.packed is None or not whole.leaf.lower().endswith((*NAMES[1:], ".gz", ".bz2", ".xz")):
        return False
    try:
        return is_tar(whole.head(512))
    except (SourceError, OSError):
        return whole.leaf.lower().endswith(NAMES)
    finally:
        whole.forget()


def _tar(whole: Source, depth: int = 0) -> Iterator[Source]:
    """The members of one TAR, or one row saying why it cannot be read."""
    try:
        members = list(Tarred(whole).members())
    except (ArchiveError, OSError) as error:
        told = str(error) if isinstance(error, ArchiveError) else "TAR tidak dapat dibaca; unduh ulang."
        yield _refused(whole.container, whole.path, told)
        return
    if not members:
        yield Source(whole.container, whole.path, whole.size, whole.opener, skipped="arsip kosong")
    yield from _tally(_read_members(members, depth))


def _archive(whole: Source, start: bytes, depth: int = 0) -> Iterator[Source]:
    """The members of one ZIP, or one row saying why it cannot be read."""
    if not is_zip(start):
        kind = next((name for magic, name in FOREIGN.items() if start.startswith(magic)), "")
        known = f"sebenarnya arsip {kind}" if kind else "bukan ZIP, atau rusak"
        yield _refused(whole.container, whole.path, f"{known}; ekstrak dahulu atau unduh ulang sebagai ZIP.")
        return
    archive = Archive(whole)
    try:
        members = list(archive.members())
    except ArchiveError as error:
        yield _refused(whole.container, whole.path, str(error) + _two_gib(whole.size))
        return
    if not members:
        yield Source(whole.container, whole.path, whole.size, whole.opener, skipped="arsip kosong")
    yield from _tally(_read_members(members, depth))


def _two_gib(size: int) -> str:
    return " Ukurannya tepat 2 GiB: tanda unduhan yang terputus." if size == TWO_GIB else ""


def _read_members(members: list[Source], depth: int) -> Iterator[Source]:
    for member in members:
        member.skipped = member.skipped or skipped_by_name(member.path)
        if member.problem or member.skipped or not member.leaf.lower().endswith((".zip", *NAMES)):
            yield _member(member)
        elif depth >= limit("archive", "depth"):
            member.problem = "arsip di dalam arsip di dalam arsip; keluarkan dahulu, lalu berikan sendiri."
            yield member
        else:
            yield from _nested(member, depth + 1)


def _member(member: Source) -> Source:
    if member.problem or member.skipped:
        return member
    try:
        if way_out(member.suffix) or member.suffix in (".xlsx", ".xlsm"):
            member.problem = _not_to_be_read(member, member.head(4096))
            member.forget()
        if member.problem or member.suffix not in PACKED:
            return member
        start = member.head(16)
    except SourceError as error:
        return _refused(member.container, member.path, str(error))
    member.forget()
    return unpacked(member, start)


def unpacked(whole: Source, start: bytes) -> Source:
    """A single compressed file (`.json.xz`, `.csv.gz`) read through its compression; archives of other kinds refused."""
    opener = next((opener for magic, opener in _OPENERS.items() if start.startswith(magic)), None)
    if opener is None or whole.suffix == ".zip":
        foreign = next((name for magic, name in FOREIGN.items() if start.startswith(magic)), "")
        if foreign and whole.suffix not in PACKED and whole.suffix != ".zip":
            return _refused(
                whole.container, whole.path, f"arsip {foreign}; ekstrak dahulu atau kemas ulang sebagai ZIP."
            )
        return whole
    packed, size = whole.opener, max(whole.size, 1)

    def open_packed() -> BinaryIO:
        below = packed()
        return io.BufferedReader(Guarded(opener(below), size, lambda read: None, below), 1 << 18)

    # The unpacked size is unknown: taken as large, so that nothing is held at once.
    return Source(whole.container, whole.path, whole.size * 8, open_packed, note=whole.note, packed=packed)


def _nested(member: Source, depth: int) -> Iterator[Source]:
    from screening.readers.core.zipped import spooled

    try:
        start = member.head(4096)
        if member.suffix != ".zip":
            yield from _tar(
                replace(unpacked(member, start), container=member.name, path="", note="arsip di dalam arsip"), depth
            )
            return
        inner = Source(member.name, "", member.size, lambda: spooled(member), note="arsip di dalam arsip")
        yield from _archive(inner, start, depth)
    except SourceError as error:
        yield _refused(member.container, member.path, str(error))


def _tally(items: Iterable[Source]) -> Iterator[Source]:
    """Skipped files are told as one row per container and reason: an export may hold 100,000 pictures."""
    skipped: Counter[tuple[str, str]] = Counter()
    for item in items:
        if item.skipped in ("media", "berkas sistem"):
            skipped[item.container, item.skipped] += item.count
        else:
            yield item
    for (container, why), number in skipped.items():
        yield Source(container, f"({why})", 0, _nothing, skipped=why, count=number)


def _nothing() -> BinaryIO:
    raise OSError


def _refused(container: str, path: str, problem: str) -> Source:
    return Source(container, path, 0, _nothing, problem=problem)


_PART = re.compile(r"^(.*?[-_ ])(\d{1,3})(\.zip)$", re.I)


def _missing_parts(label: str, root: Path) -> Iterator[Source]:
    """Numbers absent between the parts of one download (`takeout-…-001.zip`, `-003.zip`): the export is incomplete."""
    series: dict[tuple[Path, str], set[int]] = {}
    widths: dict[tuple[Path, str], int] = {}
    for path in root.rglob("*.[zZ][iI][pP]"):
        if match := _PART.match(path.name):
            key = (path.parent, match[1])
            series.setdefault(key, set()).add(int(match[2]))
            widths[key] = len(match[2])
    for (folder, stem), numbers in sorted(series.items()):
        for number in sorted(set(range(1, max(numbers))) - numbers) if len(numbers) > 1 else ():
            name = f"{stem}{number:0{widths[folder, stem]}d}.zip"
            yield _refused(label, _inside(root, folder / name), "bagian unduhan ini tidak ada; ekspor tidak lengkap.")


def close_all() -> None:
    """Close every archive that is still open."""
    zipped.close_all()
    tarred.close_all()
