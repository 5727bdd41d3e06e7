"""How the columns of a recognised table are used, for `screening inspect`."""

from __future__ import annotations

from screening.readers.core.headers import header_row, names
from screening.readers.core.source import Source, SourceError
from screening.readers.core.tabular import beginnings
from screening.readers.tables.analyst_header import LEAST, header_of, score
from screening.readers.tables.columnar import NAMES
from screening.readers.tables.profile import Profile, shipped_profiles

SHOWN = {
    "actor": "akun",
    "fallback_actor": "nama",
    "platform": "platform",
    "happened_at": "tanggal",
    "clock": "jam",
    "text": "isi",
    "target_url": "tautan",
    "target_account": "akun sasaran",
    "target_text": "isi sasaran",
    "target_kind": "jenis sasaran",
    "kind": "jenis aktivitas",
    "media_text": "keterangan gambar",
    "tagged": "akun yang ditandai",
    "visibility": "keterlihatan",
    "record_id": "nomor rekaman",
    "own_url": "tautan sendiri",
    "subject_id": "id pegawai",
    "description": "kata-kata pemantau (tidak dinilai)",
    "remarks": "catatan (tidak dibaca)",
    "evidence": "bukti",
}
Mapping = dict[str, list[tuple[str, str]]]


def mapping(source: Source, reader: str) -> Mapping:
    """Per sheet ("" for a file without sheets) the pairs (header as written, canonical column or ""); empty when the
    file is no table."""
    try:
        sheets = beginnings(source)
    except SourceError:
        return {}
    found: Mapping = {}
    for title, rows in sheets:
        for row in rows:
            columns = _columns(names(row), reader)
            if columns:
                found[title] = [
                    (str(cell).strip(), columns.get(at, "")) for at, cell in enumerate(row) if str(cell or "").strip()
                ]
                break
    return found


def _columns(header: list[str], reader: str) -> dict[int, str]:
    """Index -> canonical column, when the row is this reader's header."""
    if reader == "analyst":
        at = header_row([header], score, LEAST)
        return {} if at is None else {at: column for at, column, _ in header_of(header).plan if column != "ignored"}
    if reader == "canonical":
        plain = {name.replace("_", " "): name for name in NAMES}
        return {at: plain[name] for at, name in enumerate(header) if name in plain}
    profile = next((profile for profile in shipped_profiles() if profile.name == reader), None)
    return {} if profile is None or not profile.fits(header) else _of_profile(header, profile)


def _of_profile(header: list[str], profile: Profile) -> dict[int, str]:
    used = {name: column for column, headers in profile.columns.items() for name in headers}
    used |= {name: column for rule in profile.kinds for column, headers in rule.columns.items() for name in headers}
    used |= {name: "kind" for rule in profile.kinds for name in rule.when if name not in used}
    return {at: used[name] for at, name in enumerate(header) if name in used}


def shown(found: Mapping) -> list[str]:
    """The mapping in words, one line per sheet."""
    lines = []
    for title, pairs in found.items():
        used = "; ".join(f"{header} → {SHOWN.get(column, column)}" for header, column in pairs if column)
        unused = ", ".join(header for header, column in pairs if not column)
        lines.append((f"[{title}] " if title else "") + used + (f" | tidak dipakai: {unused}" if unused else ""))
    return lines
