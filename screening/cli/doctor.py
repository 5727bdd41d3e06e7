"""What `screening doctor` looks at: versions, clock and zones, data, model, disk. Returns text, changes nothing."""

from __future__ import annotations

import locale
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path


def report(folder: Path) -> str:
    """One line a fact, ending with what to do when something is wrong."""
    return "\n".join(f"{name:<16} {value}" for name, value in facts(folder))


def facts(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, value) pairs; a fault is told in the value, never raised."""
    from screening import manifest
    from screening.version import version

    yield "screening", version()
    yield "python", f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    yield "pustaka", ", ".join(f"{name} {number}" for name, number in manifest.libraries().items())
    yield "bahasa sistem", f"{locale.getlocale()[0] or 'tidak diatur'}; keluaran {sys.stdout.encoding}"
    yield "zona waktu", _zones()
    yield "aturan", _rules()
    yield "model", _model()
    yield "rilis", _released()
    free = shutil.disk_usage(folder).free / 2**30
    yield (
        "ruang simpan",
        f"{free:.1f} GiB bebas" + ("" if free > 2 else " — kosongkan ruang sebelum memproses ekspor besar"),
    )


def _zones() -> str:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        now = datetime.now(UTC)
        return ", ".join(f"{name} {now.astimezone(ZoneInfo(zone)):%H.%M}" for name, zone in _INDONESIA.items())
    except ZoneInfoNotFoundError:
        return "data zona waktu tidak ada — pasang paket tzdata"


def _rules() -> str:
    from screening.errors import RulesetError
    from screening.ruleset import load_ruleset

    try:
        ruleset = load_ruleset()
    except RulesetError as error:
        return f"{len(error.problems)} masalah — jalankan `screening check`"
    return f"versi {ruleset.version}; {len(ruleset.acts)} butir, {len(ruleset.contests)} kontes"


def _released() -> str:
    """Whether rules, lexicons and model are those of the release this program was packed as."""
    from screening.release import changed

    found = changed()
    if found is None:
        return "tidak tercatat (dijalankan dari kode sumber); bandingkan sidiknya sendiri"
    if not found:
        return "aturan, leksikon, dan model sama dengan rilis"
    shown = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
    return f"BERBEDA dari rilis: {shown} — pasang ulang, atau pastikan perubahannya memang disengaja"


def _model() -> str:
    from screening import classifier
    from screening.errors import ScreeningError

    try:
        return f"sha256 {classifier.load().sha256[:16]}"
    except (ScreeningError, OSError) as error:
        return f"tidak dapat dipakai ({type(error).__name__}) — jalankan `screening train`"


_INDONESIA = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
