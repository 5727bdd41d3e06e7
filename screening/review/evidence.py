"""Is the evidence of a returned row what went out? Points at every altered cell, tolerates what spreadsheets add."""

from __future__ import annotations

import re
from dataclasses import dataclass

from screening.review.arrivals import Arrival, Row
from screening.review.decisions import Item
from screening.review.register import LOCKED, Issued, Register, cell_hash
from screening.review.settings import limit
from screening.sheets import fingerprint, sheet_id, unguard

SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")  # a date as a spreadsheet's day number
_ROUNDED = re.compile(r"^\s*'?-?\d+(?:[.,]\d+)?E\+?\d+\s*$", re.IGNORECASE)
_OWN_PRINT = re.compile(r"sidik-[0-9a-f]{24}")  # a longer one was stamped by a ledger
_ALTERED = "bukti atau data mesin berubah"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell and how to mend it."""

    column: str
    cause: str
    remedy: str


def match_evidence(
    arrival: Arrival, row: Row, cells: dict[str, str], finding: str, known: Register
) -> tuple[Issued | None, list[Fault]]:
    """What the row is about, and every fault of its locked cells.

    `cells` (unguarded) are corrected in place where a spreadsheet only added an apostrophe.
    """
    issued, fault = _issued(row, cells, finding, known)
    if issued is None:
        return None, [fault]
    cells["id_temuan"] = sheet_id(finding)  # found by its key, so a dropped prefix is no alteration
    altered = list(_altered(row, cells, issued))
    faults = [
        Fault(name, _ALTERED + _why(arrival, row, name), "kembalikan isi kolom terkunci; isi hanya kolom penelaah")
        for name in altered
    ]
    if not altered and set(LOCKED) <= cells.keys() and fingerprint(cells) != issued.fingerprint:
        faults.append(Fault("sidik_baris", _ALTERED, "salin putusan ke berkas asli"))
    return issued, faults


def _issued(row: Row, cells: dict[str, str], finding: str, known: Register) -> tuple[Issued | None, Fault]:
    with_run = "impor dengan --run FOLDER dari proses yang menulisnya"
    if not finding:
        return None, Fault("id_temuan", "id temuan kosong", "salin id dari berkas yang dikirim")
    if finding not in known.ids and _ROUNDED.match(row.cells.get("id_temuan", "")):  # "7e12" may also be a true hash
        cause = "id rusak: lembar kerja mengubahnya menjadi bilangan (E+…)"
        return None, Fault("id_temuan", cause, "isi putusan pada berkas asli, jangan mengubah format kolom")
    shown = cells.get("sidik_baris", "").strip()
    if not shown:
        return None, Fault("sidik_baris", "sidik baris kosong", "salin putusan ke berkas asli")
    issued = known.by_print.get((finding, shown))
    if issued is None and finding not in known.ids:
        issued = _own_word(cells, finding, shown)
        return issued, Fault("sidik_baris", "baris ini belum terdaftar pada buku telaah", with_run)
    cause = "sidik baris bukan milik baris ini: baris tertukar, diubah, atau dari proses lain"
    return issued, Fault("sidik_baris", cause, f"salin putusan ke berkas asli, atau {with_run}")


def _altered(row: Row, cells: dict[str, str], issued: Issued) -> list[str]:
    """Locked columns whose cell is not what went out; the page's decisions and narrowed copies carry only some."""
    names = []
    for column in LOCKED:
        if column not in cells:
            continue
        raw = row.cells[column]
        choices = [cells[column], raw, *([raw[1:], unguard(raw[1:])] if raw[:1] == "'" else [])]
        fitting = next((text for text in choices if cell_hash(text) == issued.cells.get(column)), None)
        if fitting is None or column in row.formulas:
            names.append(column)
        else:
            cells[column] = fitting
    return names


def _why(arrival: Arrival, row: Row, column: str) -> str:
    cell = row.cells[column].lstrip("'")
    if column in row.formulas:
        return ": sel berisi rumus"
    if _ROUNDED.match(cell):
        return ": bilangan dibulatkan lembar kerja (E+…)"
    if arrival.encoding == "cp1252":
        return ": berkas disimpan tanpa Unicode, aksara hilang; simpan sebagai “CSV UTF-8” atau XLSX"
    if len(cell) >= limit("max_note"):
        return f": teks terpotong pada {limit('max_note')} aksara"
    if SERIAL.fullmatch(cell.strip()):
        return ": tanggal menjadi nomor seri"
    return "" if cell else ": sel dikosongkan"


def _own_word(cells: dict[str, str], finding: str, shown: str) -> Issued | None:
    """A full row of an unregistered run vouches for itself; None when it lacks columns or was stamped by a ledger."""
    if not _OWN_PRINT.fullmatch(shown) or not set(LOCKED) <= cells.keys() or not cells["putaran"].strip().isdigit():
        return None
    item = Item(cells["id_aktivitas"], cells["kode_perbuatan"], cells["versi_aturan"], int(cells["putaran"]))
    return Issued(item, finding, shown, {column: cell_hash(cells[column]) for column in LOCKED})
