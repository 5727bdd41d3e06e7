"""What the operating system refuses, told in one line: which file, why, what to do. Never an error of ours, never a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

from screening.printable import one_line

_FULL = "ruang simpan penuh", "kosongkan ruang, lalu ulangi"
_WORDS = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: ("berkas melebihi batas sistem", "pilih tempat simpan lain"),
    errno.EROFS: ("tempat simpan hanya dapat dibaca", "pilih folder lain"),
    errno.ENOENT: ("tidak ada", "periksa nama berkas dan foldernya"),
    errno.ENOTDIR: ("bagian dari namanya bukan folder", "periksa nama foldernya"),
    errno.EISDIR: ("adalah folder, bukan berkas", "sebut nama berkasnya"),
    errno.EEXIST: ("sudah ada", "pilih nama lain"),
    errno.ENOTEMPTY: ("folder tidak kosong", "pilih nama lain"),
    errno.ENAMETOOLONG: ("namanya terlalu panjang", "pakai nama yang lebih pendek"),
    errno.EINVAL: ("namanya tidak dapat dipakai di sistem ini", "pakai nama lain"),
    errno.EMFILE: ("terlalu banyak berkas terbuka", "tutup program lain, lalu ulangi"),
    errno.EIO: ("media simpan tidak dapat dibaca atau ditulis", "periksa media simpannya, lalu ulangi"),
    errno.ELOOP: ("tautan simbolik tidak diikuti", "sebut berkas aslinya"),
}
_REFUSED = (
    "tidak boleh dibaca atau ditulis; mungkin terbuka di program lain",
    "tutup atau periksa haknya, lalu ulangi",
)
MEMORY = "GALAT: memori komputer habis; tutup program lain, pakai --workers 1, atau bagi masukannya, lalu ulangi."


def told(error: OSError) -> str:
    """The line for an error of the operating system."""
    name = error.filename if isinstance(error.filename, str | bytes) else None
    shown = (
        one_line(Path(name.decode(errors="surrogateescape") if isinstance(name, bytes) else name).name) if name else ""
    )
    if isinstance(error, PermissionError):
        what, remedy = _REFUSED
    else:
        code = error.errno if error.errno in _WORDS else _in_words(str(error))
        what, remedy = _WORDS.get(
            code or 0, (f"galat sistem ({one_line(error.strerror or type(error).__name__)})", "ulangi")
        )
    return f"GALAT: {shown + ': ' if shown else ''}{what}; {remedy}."


def cause(error: BaseException) -> OSError | None:
    """The error of the operating system behind one of a library, if there is one."""
    for one in (*error.args, error.__cause__, error.__context__):
        if isinstance(one, OSError):
            return one
    return None


def _in_words(message: str) -> int | None:
    """The number of an error that a library told only in words."""
    return errno.ENOSPC if "No space left" in message else errno.EFBIG if "File too large" in message else None
