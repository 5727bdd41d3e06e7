"""A run folder encrypted for named recipients, in the age format (age-encryption.org/v1) by the library pyrage.

Optional extra `encrypt`. The plain ZIP stands in a temporary file without a name only while it is made.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from screening.errors import IntegrityError, UsageError

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a ZIP tells no times, so the same folder gives the same ZIP


def require() -> Any:
    """The library; UsageError that names the extra where it is not installed."""
    try:
        import pyrage
    except ImportError:
        raise UsageError("Penyandian perlu paket tambahan: pasang dengan `pip install screening[encrypt]`.") from None
    return pyrage


def recipients(words: list[str]) -> list[Any]:
    """Public keys (age1…), given as such or in files, one a line; UsageError for what is none."""
    pyrage = require()
    found = []
    for word in words:
        path = Path(word)
        lines = (
            [word]
            if word.startswith("age1")
            else path.read_text(encoding="utf-8").splitlines()
            if path.is_file()
            else []
        )
        keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if not keys:
            raise UsageError(f"--recipient {word}: bukan kunci umum age (age1…) dan bukan berkas yang memuatnya.")
        for one in keys:
            try:
                found.append(pyrage.x25519.Recipient.from_str(one))
            except Exception:
                raise UsageError(f"--recipient {word}: kunci umum age tidak sah.") from None
    return found


def sealed(folder: Path, to: list[Any], target: Path) -> Path:
    """The files of `folder` as an encrypted ZIP at `target`, which appears when whole; UsageError where it exists."""
    pyrage = require()
    if target.exists():
        raise UsageError(f"{target}: sudah ada; pilih nama lain dengan --out.")
    unfinished = target.with_name(f"{target.name}.tmp")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with tempfile.TemporaryFile() as plain, os.fdopen(handle, "wb") as out:
            with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as packed:
                for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                    entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
                    with packed.open(entry, "w", force_zip64=True) as place, path.open("rb") as source:
                        while block := source.read(1 << 20):
                            place.write(block)
            plain.seek(0)
            pyrage.encrypt_io(plain, out, to)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def unsealed(file: Path, identity: Path, target: Path) -> None:
    """The folder in an encrypted file, at `target` (new). UsageError for a wrong key, IntegrityError for a damaged file."""
    pyrage = require()
    if target.exists():
        raise UsageError(f"{target}: sudah ada; pilih nama folder lain.")
    if not file.is_file():
        raise UsageError(f"{file}: tidak ada.")
    lines = identity.read_text(encoding="utf-8").splitlines() if identity.is_file() else []
    try:
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except Exception:
        keys = []
    if not keys:
        raise UsageError(f"--identity {identity}: tidak memuat kunci pribadi age (AGE-SECRET-KEY-1…).")
    with tempfile.TemporaryFile() as plain:
        try:
            with file.open("rb") as source:
                pyrage.decrypt_io(source, plain, keys)
        except (pyrage.DecryptError, OSError) as error:
            if "matching" in str(error).lower():
                raise UsageError(f"{file}: tidak disandikan untuk kunci ini.") from None
            raise IntegrityError(f"{file}: rusak atau diubah; minta salinan lain.") from None
        plain.seek(0)
        with zipfile.ZipFile(plain) as packed:
            names = packed.namelist()
            if any(
                PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name for name in names
            ):
                raise IntegrityError(f"{file}: memuat nama berkas yang keluar dari foldernya.")
            target.mkdir(parents=True, mode=0o700)
            packed.extractall(target)
