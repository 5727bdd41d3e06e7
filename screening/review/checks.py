"""Is one returned row a complete decision by whom it was handed to? Every fault at once, evidence included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from screening.review.arrivals import Arrival, Row
from screening.review.decisions import ADJUDICATION, FOUND, NO_PROVISION, RECUSAL, VOTE, Statement, person
from screening.review.evidence import SERIAL, Fault, match_evidence
from screening.review.register import Issued, Register
from screening.review.settings import limit
from screening.sheets import LISTS, finding_key, unguard

DECISION = ("putusan", "kode_perbuatan_koreksi", "catatan")
CASE = ("tahap", "nomor_surat", "hasil_klarifikasi")
_TYPED = frozenset({*DECISION, *CASE, "penelaah", "tanggal_telaah", "benturan_kepentingan"})
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of spreadsheet day numbers (1900 system), a calendar day
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S")


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
    cells = {name: unguard(cell) for name, cell in row.cells.items()}
    recusing = _choice(cells.get("benturan_kepentingan", "")) == "YA"
    deciding = any(cells.get(name, "").strip() for name in DECISION)
    followed = any(cells.get(name, "").strip() for name in CASE)
    if not (deciding or recusing or followed):
        return Checked(blank=True)

    done = Checked()
    finding = finding_key(cells.get("id_temuan", ""))
    done.issued, faults = match_evidence(arrival, row, cells, finding, desk.register)
    faults = [*_shape(row), *faults]
    if deciding or recusing:
        done.statement, more = _statement(cells, done.issued, desk, recusing)
        faults += more
    if followed:
        done.case, more = _case(cells)
        faults += more
    done.refusals = [
        Refusal(
            arrival.path.name,
            row.number,
            one.column,
            finding[:40],
            mask(row.cells.get(one.column, "")),
            one.cause,
            one.remedy,
        )
        for one in faults
    ]
    if faults:
        done.statement, done.case = None, {}
    place = f"{arrival.path.name} baris {row.number}"
    if recusing and cells.get("putusan", "").strip():
        done.notes.append(f"{place}: benturan kepentingan YA, putusannya tidak dihitung")
    if len(cells.get("catatan", "")) >= limit("max_note"):
        done.notes.append(f"{place}: catatan terpotong pada {limit('max_note')} aksara oleh lembar kerja")
    return done


def read_day(text: str, today: date | None) -> tuple[str, str]:
    """A date cell as ISO text (with the time if given) and what is wrong with it; empty is allowed and stays empty.

    Day before month, as written in Indonesia; a two-digit year is refused because its order cannot be known.
    """
    text = text.strip().lstrip("'").strip()
    if not text:
        return "", ""
    found: datetime | None = None
    if SERIAL.fullmatch(text):
        found = _EPOCH + timedelta(days=int(text[:5]))
    for shape in _DAYS if found is None else ():
        try:
            found = datetime.strptime(text, shape)  # noqa: DTZ007 - a calendar day as a person wrote it
            break
        except ValueError:
            continue
    if found is None:
        return "", "tanggal tidak dapat dibaca"
    if today and found.date() > today + timedelta(days=1):
        return "", "tanggal di masa depan"
    clock = found.strftime("%H:%M")
    return found.date().isoformat() + (f" {clock}" if clock != "00:00" else ""), ""


def mask(value: str) -> str:
    """The beginning of a cell and its length: enough to find it, too little to leak it."""
    kept = re.sub(r"\d", "•", value[:4])
    return value if len(value) <= 2 else f"{kept}… ({len(value)} aksara)"


def _shape(row: Row) -> Iterator[Fault]:
    if row.surplus:
        cause = "baris punya lebih banyak sel daripada judul kolom"
        yield Fault("", cause, "kembalikan pemisah kolomnya; simpan ulang sebagai XLSX")
    for column in sorted(row.formulas & _TYPED):
        yield Fault(column, "sel berisi rumus", "ketik isinya sebagai teks")


def _statement(
    cells: dict[str, str], issued: Issued | None, desk: Desk, recusing: bool
) -> tuple[Statement | None, list[Fault]]:
    """The vote, recusal or adjudication in a row, and what is wrong with it."""
    who, note = _text(cells.get("penelaah", "")), cells.get("catatan", "").strip()
    faults = list(_identity(who, cells, issued, desk))
    day, wrong = read_day(cells.get("tanggal_telaah", ""), desk.today)
    if wrong:
        faults.append(Fault("tanggal_telaah", wrong, "tulis seperti 2024-01-31"))
    verdict = provision = ""
    if not recusing:
        verdict, provision = _choice(cells.get("putusan", "")), _provision(cells, desk)
        faults += _decision(verdict, provision, note, desk)
    if issued is None:
        return None, faults
    kind = RECUSAL if recusing else ADJUDICATION if issued.purpose == "penengah" else VOTE
    return Statement(kind, who, issued.item, verdict, provision, note, day, seen=issued.fingerprint), faults


def _identity(who: str, cells: dict[str, str], issued: Issued | None, desk: Desk) -> Iterator[Fault]:
    if not person(who):
        yield Fault("penelaah", "nama penelaah kosong", "isi nama atau kode penelaah")
        return
    if issued and issued.reviewer and person(issued.reviewer) != person(who):
        cause = f"baris ini diberikan kepada penelaah lain ({issued.reviewer})"
        yield Fault("penelaah", cause, "setiap penelaah memakai berkasnya sendiri")
    handed = desk.register.handed.get(issued.item, set()) if issued and not issued.reviewer else set()
    if handed and person(who) not in map(person, handed):
        cause = f"baris ini sudah dibagikan kepada {', '.join(sorted(handed))}"
        yield Fault(
            "penelaah", cause, "isi pada berkas telaah yang dibagikan; minta `screening review export` untuk nama baru"
        )
    if desk.reviewer and person(desk.reviewer) != person(who):
        cause = f"bukan penelaah yang menyerahkan berkas ini ({desk.reviewer})"
        yield Fault("penelaah", cause, "pisahkan berkas tiap penelaah")
    if person(who) == person(cells.get("id_subjek", "")):
        yield Fault(
            "penelaah", "penelaah adalah orang yang dinilai pada baris ini", "serahkan baris ini kepada orang lain"
        )


def _decision(verdict: str, provision: str, note: str, desk: Desk) -> Iterator[Fault]:
    column = "kode_perbuatan_koreksi"
    if verdict not in LISTS["putusan"]:
        cause = "putusan tidak dikenal" if verdict else "putusan kosong"
        yield Fault("putusan", cause, "pilih: " + "; ".join(LISTS["putusan"]))
    if not provision:
        remedy = f"isi kode butir, atau {NO_PROVISION} bila tidak ada butir yang cocok"
        yield Fault(column, "butir kosong: putusan tanpa butir ditolak", remedy)
    elif provision == NO_PROVISION and verdict == FOUND:
        yield Fault(column, f"{FOUND} memerlukan butir", "isi kode butir")
    elif provision != NO_PROVISION and desk.provisions is not None and provision not in desk.provisions:
        yield Fault(column, "kode butir tidak dikenal", "pilih kode dari daftar")
    if not any(character.isalpha() for character in note):
        yield Fault("catatan", "alasan kosong: putusan tanpa alasan ditolak", "tulis alasan dengan kalimat sendiri")


def _case(cells: dict[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """The cells about the case, with the stage as the list spells it."""
    typed = _choice(cells.get("tahap", "")).casefold()
    stage = next((name for name in LISTS["tahap"] if name.casefold() == typed), "")
    faults = []
    if not stage:
        faults.append(Fault("tahap", "tahap kasus kosong atau tidak dikenal", "pilih: " + ", ".join(LISTS["tahap"])))
    if not cells.get("id_kasus", "").strip():
        faults.append(Fault("id_kasus", "id kasus tidak ada dalam berkas ini", "catat dengan `screening review case`"))
    kept = {name: cells.get(name, "").strip() for name in ("id_kasus", "nomor_surat", "hasil_klarifikasi")}
    return {**kept, "tahap": stage, "penelaah": _text(cells.get("penelaah", ""))}, faults


def _text(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _provision(cells: dict[str, str], desk: Desk) -> str:
    """A provision code as the rules write it ("PP94-5n6"), whatever the case it was typed in."""
    text = _text(cells.get("kode_perbuatan_koreksi", "").lstrip("'"))
    if text.upper() == NO_PROVISION:
        return NO_PROVISION
    return next((code for code in desk.provisions or () if code.casefold() == text.casefold()), text)


def _choice(cell: str) -> str:
    """A cell filled from a list: case, doubled blanks and a leading apostrophe do not matter."""
    return _text(cell.lstrip("'")).upper()
