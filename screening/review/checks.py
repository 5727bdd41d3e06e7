"""Is one returned row what was handed out, by whom it was handed to, and a complete decision? Every fault at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from screening.review.arrivals import Arrival, Row
from screening.review.decisions import ADJUDICATION, FOUND, NO_PROVISION, RECUSAL, VOTE, Item, Statement, person
from screening.review.register import LOCKED, Issued, Register, cell_hash
from screening.review.settings import limit
from screening.sheets import LISTS, finding_key, fingerprint, unguard

DECISION = ("putusan", "kode_perbuatan_koreksi", "catatan")
CASE = ("tahap", "nomor_surat", "hasil_klarifikasi")
_DAMAGED = re.compile(r"^\s*'?-?\d+(?:[.,]\d+)?E\+?\d+\s*$", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet serial numbers (1900 system)


@dataclass(frozen=True)
class Refusal:
    """One fault of one row; `value` is masked."""

    file: str
    row: int
    column: str
    finding: str
    value: str
    cause: str
    remedy: str


@dataclass
class Checked:
    """A row after checking: its faults, and when there are none the statement and/or case cells it brings."""

    refusals: list[Refusal] = field(default_factory=list)
    statement: Statement | None = None
    issued: Issued | None = None
    case: dict[str, str] = field(default_factory=dict)
    blank: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """What the check knows: the register, who handed the file in ("" unknown), valid provisions, today's date."""

    register: Register
    today: date
    reviewer: str = ""
    provisions: frozenset[str] | None = None


def check_row(arrival: Arrival, row: Row, desk: Desk) -> Checked:
    """Judge one row."""
    done = Checked()
    cells = {name: unguard(cell) for name, cell in row.cells.items()}
    recusing = _choice(cells.get("benturan_kepentingan", "")) == "YA"
    deciding = any(cells.get(name, "").strip() for name in DECISION)
    case = {name: cells.get(name, "").strip() for name in CASE}
    if not deciding and not recusing and not any(case.values()):
        done.blank = True
        return done

    finding = finding_key(cells.get("id_temuan", ""))

    def refuse(column: str, cause: str, remedy: str) -> None:
        value = mask(row.cells.get(column, ""))
        done.refusals.append(Refusal(arrival.path.name, row.number, column, finding[:40], value, cause, remedy))

    for column, cause, remedy in [*_shape(row), *_evidence(arrival, row, cells, finding, desk, done)]:
        refuse(column, cause, remedy)
    if deciding or recusing:
        who = _text(cells.get("penelaah", ""))
        for column, cause, remedy in _identity(who, cells, done.issued, desk):
            refuse(column, cause, remedy)
        day, fault = read_day(cells.get("tanggal_telaah", ""), desk.today)
        if fault:
            refuse("tanggal_telaah", fault, "tulis seperti 2024-01-31")
        if recusing:
            verdict = provision = ""
            if cells.get("putusan", "").strip():
                done.notes.append(f"{arrival.path.name} baris {row.number}: benturan kepentingan YA, putusannya tidak dihitung")
        else:
            verdict, provision = _choice(cells.get("putusan", "")), _provision(cells.get("kode_perbuatan_koreksi", ""), desk)
            for column, cause, remedy in _decision(verdict, provision, cells.get("catatan", ""), desk):
                refuse(column, cause, remedy)
        if len(cells.get("catatan", "")) >= limit("max_note"):
            done.notes.append(f"{arrival.path.name} baris {row.number}: catatan terpotong pada {limit('max_note')} aksara oleh lembar kerja")
        if not done.refusals and done.issued:
            kind = RECUSAL if recusing else ADJUDICATION if done.issued.purpose == "penengah" else VOTE
            done.statement = Statement(kind, who, done.issued.item, verdict, provision, cells.get("catatan", "").strip(), day,
                                       seen=done.issued.fingerprint)  # fmt: skip
    if any(case.values()):
        stage = next((name for name in LISTS["tahap"] if name.casefold() == _choice(case["tahap"]).casefold()), "")
        if not stage:
            refuse("tahap", "tahap perkara kosong atau tidak dikenal", "pilih: " + ", ".join(LISTS["tahap"]))
        done.case = case | {"tahap": stage, "id_kasus": cells.get("id_kasus", ""), "penelaah": _text(cells.get("penelaah", ""))}
    return done


def read_day(text: str, today: date) -> tuple[str, str]:
    """A date cell as ISO text (with time if given) and what is wrong with it; empty is allowed and stays empty."""
    text = text.strip().lstrip("'").strip()
    if not text:
        return "", ""
    found: datetime | None = None
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):  # a spreadsheet's serial number
        found = datetime.combine(_EPOCH + timedelta(days=int(text[:5])), datetime.min.time())
    else:
        for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"):
            try:
                found = datetime.strptime(text, shape)  # noqa: DTZ007 - a calendar day as a person wrote it
                break
            except ValueError:
                continue
    if found is None:
        return "", "tanggal tidak dapat dibaca"
    if found.date() > today + timedelta(days=1):
        return "", "tanggal di masa depan"
    clock = found.strftime("%H:%M")
    return found.date().isoformat() + (f" {clock}" if clock != "00:00" else ""), ""


def mask(value: str) -> str:
    """The beginning of a cell and its length: enough to find it, too little to leak it."""
    kept = re.sub(r"\d", "•", value[:4])
    return value if len(value) <= 2 else f"{kept}… ({len(value)} aksara)"


Fault = tuple[str, str, str]


def _shape(row: Row) -> Iterator[Fault]:
    if row.surplus:
        yield "", "baris punya lebih banyak sel daripada judul kolom", "kembalikan pemisah kolomnya; simpan ulang sebagai XLSX"
    for column in sorted(row.formulas & {*DECISION, *CASE, "penelaah", "tanggal_telaah", "benturan_kepentingan"}):
        yield column, "sel berisi rumus", "ketik isinya sebagai teks"


def _evidence(arrival: Arrival, row: Row, cells: dict[str, str], finding: str, desk: Desk, done: Checked) -> Iterator[Fault]:
    """Faults of the locked cells; puts what the row is about into `done.issued`."""
    if not finding:
        yield "id_temuan", "id temuan kosong", "salin id dari berkas yang dikirim"
        return
    if _DAMAGED.match(row.cells.get("id_temuan", "")) or _DAMAGED.match(finding):
        yield "id_temuan", "id rusak: lembar kerja mengubahnya menjadi bilangan (E+…)", "isi putusan pada berkas asli, jangan mengubah format kolom"
        return
    shown = cells.get("sidik_baris", "").strip()
    issued = desk.register.by_print.get((finding, shown))
    if issued is None and shown and finding not in desk.register.ids():
        issued = _own_word(cells, finding)
        if issued is None:
            yield "sidik_baris", "baris ini belum terdaftar pada buku telaah", "impor dengan --run FOLDER dari proses yang menulisnya"
            return
    if issued is None:
        cause = "sidik baris kosong" if not shown else "sidik baris bukan milik baris ini: baris tertukar, diubah, atau dari proses lain"
        yield "sidik_baris", cause, "salin putusan ke berkas asli, atau impor dengan --run FOLDER dari proses yang menulisnya"
        return
    altered = list(_altered(row, cells, issued))
    for column in altered:
        yield column, "bukti atau data mesin berubah" + _why(arrival, row, column), "kembalikan isi kolom terkunci; putusan hanya di kolom penelaah"
    if not altered and set(LOCKED) <= cells.keys() and fingerprint(cells) != issued.fingerprint:
        yield "sidik_baris", "bukti atau data mesin berubah", "salin putusan ke berkas asli"
    done.issued = issued


def _altered(row: Row, cells: dict[str, str], issued: Issued) -> Iterator[str]:
    """Locked columns whose cell is not what went out; an apostrophe that a spreadsheet added is taken off."""
    for column in LOCKED:
        if column not in cells:
            continue  # the page's decisions and narrowed copies carry only some columns
        raw = row.cells[column]
        choices = (cells[column], raw, raw[1:] if raw[:1] == "'" else raw, unguard(raw[1:]) if raw[:1] == "'" else raw)
        fitting = next((text for text in choices if cell_hash(text) == issued.cells.get(column)), None)
        if fitting is None or column in row.formulas:
            yield column
        else:
            cells[column] = fitting


def _why(arrival: Arrival, row: Row, column: str) -> str:
    cell = row.cells[column]
    if _DAMAGED.match(cell):
        return ": bilangan dibulatkan lembar kerja (E+…)"
    if arrival.encoding == "cp1252":
        return ": berkas disimpan tanpa Unicode, aksara hilang; simpan sebagai “CSV UTF-8” atau XLSX"
    if len(cell) >= limit("max_note"):
        return f": teks terpotong pada {limit('max_note')} aksara"
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", cell.strip()):
        return ": tanggal menjadi nomor seri"
    if not cell:
        return ": sel dikosongkan"
    return ""


def _own_word(cells: dict[str, str], finding: str) -> Issued | None:
    """A full row of an unregistered run vouches for itself; None when it lacks columns or its own fingerprint fails."""
    own_print = re.fullmatch(r"sidik-[0-9a-f]{24}", cells["sidik_baris"].strip())  # a longer one was handed out by a ledger
    if not own_print or not set(LOCKED) <= cells.keys() or not cells["putaran"].strip().isdigit():
        return None
    item = Item(cells["id_aktivitas"], cells["kode_perbuatan"], cells["versi_aturan"], int(cells["putaran"]))
    hashes = {column: cell_hash(cells[column]) for column in LOCKED}
    return Issued(item, finding, cells["sidik_baris"].strip(), hashes)


def _identity(who: str, cells: dict[str, str], issued: Issued | None, desk: Desk) -> Iterator[Fault]:
    if not person(who):
        yield "penelaah", "nama penelaah kosong", "isi nama atau kode penelaah"
        return
    if issued and issued.reviewer and person(issued.reviewer) != person(who):
        yield "penelaah", f"baris ini diberikan kepada penelaah lain ({issued.reviewer})", "setiap penelaah memakai berkasnya sendiri"
    if desk.reviewer and person(desk.reviewer) != person(who):
        yield "penelaah", f"bukan penelaah yang menyerahkan berkas ini ({desk.reviewer})", "pisahkan berkas tiap penelaah"
    if person(who) == person(cells.get("id_subjek", "")):
        yield "penelaah", "penelaah adalah subjek baris ini", "serahkan baris ini kepada orang lain"


def _decision(verdict: str, provision: str, note: str, desk: Desk) -> Iterator[Fault]:
    allowed = LISTS["putusan"]
    if verdict not in allowed:
        cause = "putusan kosong" if not verdict else "putusan tidak dikenal"
        yield "putusan", cause, "pilih: " + "; ".join(allowed)
    if not provision:
        yield "kode_perbuatan_koreksi", "butir kosong: putusan tanpa butir ditolak", f"isi kode butir, atau {NO_PROVISION} bila tidak ada butir yang cocok"
    elif provision == NO_PROVISION:
        if verdict == FOUND:
            yield "kode_perbuatan_koreksi", f"{FOUND} memerlukan butir", "isi kode butir"
    elif desk.provisions is not None and provision not in desk.provisions:
        yield "kode_perbuatan_koreksi", "kode butir tidak dikenal", "pilih kode dari daftar"
    if not any(character.isalpha() for character in note):
        yield "catatan", "alasan kosong: putusan tanpa alasan ditolak", "tulis alasan dengan kalimat sendiri"


def _text(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _provision(cell: str, desk: Desk) -> str:
    """A provision code as the rules write it ("PP94-5n6"), whatever the case it was typed in."""
    text = _text(cell.lstrip("'"))
    if text.upper() == NO_PROVISION:
        return NO_PROVISION
    return next((code for code in desk.provisions or () if code.casefold() == text.casefold()), text)


def _choice(cell: str) -> str:
    """A cell filled from a list: case, doubled blanks and a leading apostrophe do not matter."""
    return _text(cell.lstrip("'")).upper()
