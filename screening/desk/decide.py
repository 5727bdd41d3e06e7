"""From a filled-in form to the ledger: fields of a draft, rows with a verdict each, and the one door that files go through too.

A case is decided once, with one verdict and one reason; what the ledger holds are rows, an activity and a provision each. A ticked
provision is worth clarifying; what was left unticked gets the verdict the reviewer chose for it, never one the program chose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from screening.desk.book import MEDIATOR, Book, Worker
from screening.desk.settings import word
from screening.review.arrivals import Arrival, Row
from screening.review.conflicts import hand_out_conflicts
from screening.review.decisions import FOUND, NO_PROVISION
from screening.review.exchange import ZONE, Handing, Imported, take_in
from screening.review.issue import Describe, Order, stamp
from screening.review.settings import limit
from screening.sheets import LISTS, guard

COLUMNS = (
    "id_temuan", "sidik_baris", "id_subjek", "putusan", "kode_perbuatan_koreksi", "catatan", "penelaah", "tanggal_telaah",
    "benturan_kepentingan",
)  # fmt: skip
VERDICTS = tuple(LISTS["putusan"])
REST = tuple(one for one in VERDICTS if one != FOUND)
RECUSALS = ("unit", "kerabat", "selisih", "lain")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a form: the field it is about, as the page names it, and what to do."""

    field: str
    text: str


@dataclass(frozen=True)
class Decided:
    """A row of the review file with what was decided about it."""

    row: Mapping[str, Any]
    verdict: str
    provision: str
    note: str


def fields(pairs: Iterable[tuple[str, str]], before: Mapping[str, Any], deeds: Iterable[str]) -> dict[str, Any]:
    """What a form says, over what a draft held before: only the deeds that stood on that page (`pada`) change."""
    held = dict.fromkeys(("putusan", "sisa", "alasan", "koreksi"), "") | dict(before)
    known, own = {*deeds}, dict(held.get("deeds", {}))
    pairs = [*pairs]
    for name, value in pairs:
        if name == "pada" and value in known:
            own[value] = {"butir": [], "lain": "", "putusan": "", "alasan": ""}
    for name, value in pairs:
        kind, _, deed = name.partition(":")
        if not deed and kind in ("putusan", "sisa", "alasan", "koreksi"):
            held[kind] = value.replace("\r\n", "\n")[: limit("max_note")]
        elif deed in own and kind == "butir":
            own[deed] = {**own[deed], "butir": sorted({*own[deed]["butir"], value[:80]})}
        elif deed in own and kind in ("lain", "khusus", "sebab"):
            key = {"lain": "lain", "khusus": "putusan", "sebab": "alasan"}[kind]
            own[deed] = {**own[deed], key: value.replace("\r\n", "\n")[: limit("max_note")]}
    kept = {deed: said for deed, said in own.items() if any(said.values())}
    return {**{name: value for name, value in held.items() if name != "deeds"}, "deeds": kept}


def spoken(rows: Sequence[Mapping[str, Any]], said: Mapping[str, Any]) -> tuple[list[Decided], list[Fault]]:
    """What a form decides about these rows (those wanted from the person), or everything that is wrong with it."""
    verdict, note = said.get("putusan", ""), said.get("alasan", "").strip()
    rest, faults, decided = said.get("sisa", ""), [], []
    deeds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        deeds.setdefault(row["id_aktivitas"], []).append(row)
    own = {deed: said.get("deeds", {}).get(deed, {}) for deed in deeds}
    shared = [deed for deed in deeds if not own[deed].get("putusan")]
    if shared and verdict not in VERDICTS:
        faults.append(Fault("putusan", word("faults", "verdict")))
    if shared and not _letters(note):
        faults.append(Fault("alasan", word("faults", "reason")))
    left = False
    for deed, group in deeds.items():
        chosen = own[deed].get("putusan", "") or verdict
        why = own[deed].get("alasan", "").strip() if own[deed].get("putusan") else note
        if own[deed].get("putusan"):
            if chosen not in VERDICTS:
                faults.append(Fault(f"khusus:{deed}", word("faults", "verdict")))
            if not _letters(why):
                faults.append(Fault(f"sebab:{deed}", word("faults", "reason_deed")))
        ticked = {*own[deed].get("butir", ())}
        other = own[deed].get("lain", "")
        free = [row for row in group if row["kode_perbuatan"] not in ticked]
        if other and not free:
            faults.append(Fault(f"lain:{deed}", word("faults", "other_full")))
        if own[deed].get("putusan") == FOUND and not ticked and not other:
            faults.append(Fault(f"butir:{deed}", word("faults", "tick_deed")))
        for row in group:
            code = row["kode_perbuatan"]
            here = code if code in ticked else other if other and free and row is free[0] else ""
            if chosen == FOUND and not here:
                left = True
                decided.append(Decided(row, rest, NO_PROVISION, why))
            else:
                decided.append(Decided(row, chosen, here or NO_PROVISION, why))
    if left and rest not in REST:
        faults.append(Fault("sisa", word("faults", "rest")))
    if verdict == FOUND and shared and not any(one.verdict == FOUND for one in decided):
        faults.append(Fault("putusan", word("faults", "tick")))
    return ([] if faults else decided), faults


def said_before(rows: Sequence[Mapping[str, Any]], book: Book, worker: Worker) -> dict[str, Any]:
    """The form as it would be for what this person has said already, to correct it."""
    deeds: dict[str, dict[str, Any]] = {}
    verdicts: dict[str, int] = {}
    notes: dict[str, int] = {}
    rest = ""
    for row in rows:
        one = book.own(worker, row)
        if one is None or not one.verdict:
            continue
        deed = deeds.setdefault(row["id_aktivitas"], {"butir": [], "lain": "", "putusan": "", "alasan": ""})
        if one.verdict == FOUND or one.provision != NO_PROVISION:
            if one.provision == row["kode_perbuatan"]:
                deed["butir"] = sorted({*deed["butir"], one.provision})
            else:
                deed["lain"] = one.provision
        verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
        notes[one.note] = notes.get(one.note, 0) + 1
    main = FOUND if FOUND in verdicts else max(verdicts, key=lambda name: verdicts[name], default="")
    if main == FOUND:
        rest = max((name for name in verdicts if name != FOUND), key=lambda name: verdicts[name], default="")
    return {"putusan": main, "sisa": rest, "alasan": max(notes, key=lambda text: notes[text], default=""), "koreksi": "",
            "deeds": deeds}  # fmt: skip


def ready(
    book: Book, worker: Worker, rows: Sequence[Mapping[str, Any]], now: datetime, describe: Describe | None = None
) -> None:
    """See to it that these rows are out: a mediator gets those in dispute by name; rows of a later round, which the run itself does
    not have, go out for anyone, so that taking one shuts nobody else out."""
    lacking = [dict(row) for row in rows if book.issued(worker, row) is None]
    if not lacking:
        return
    order = Order(worker.name, book.by, now=now)
    if worker.role == MEDIATOR:
        hand_out_conflicts(book.path, [book.material.run], order, describe)
    else:
        stamp(book.path, book.entries, book.material.run, replace(order, reviewer=""), lacking)
    book.follow()


def hand_in(
    book: Book, worker: Worker, decided: Sequence[Decided], day: str, provisions: frozenset[str], now: datetime,
    correction: str = "",
) -> Imported:  # fmt: skip
    """Bring decisions to the ledger, all of them or none; `day` as a person writes it in the review file."""
    cells = [
        _cells(book, worker, one.row, day)
        | {"putusan": one.verdict, "kode_perbuatan_koreksi": one.provision, "catatan": one.note}
        for one in decided
    ]
    return _bring(book, worker, cells, provisions, now, correction)


def withdraw(
    book: Book, worker: Worker, rows: Sequence[Mapping[str, Any]], why: str, day: str, provisions: frozenset[str], now: datetime
) -> Imported:  # fmt: skip
    """Record that this person has a conflict of interest in these rows."""
    cells = [_cells(book, worker, row, day) | {"benturan_kepentingan": "YA", "catatan": why} for row in rows]
    return _bring(book, worker, cells, provisions, now)


def moment(now: Callable[[], datetime]) -> str:
    """The time of a decision as the review file has it."""
    return now().astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _bring(
    book: Book, worker: Worker, cells: Sequence[Mapping[str, str]], provisions: frozenset[str], now: datetime, correction: str = ""
) -> Imported:  # fmt: skip
    lines = tuple(Row(n, {name: str(guard(cell.get(name, ""))) for name in COLUMNS}) for n, cell in enumerate(cells, 2))
    handing = Handing(book.by, worker.name, correction, provisions, now)
    done = take_in([Arrival(Path("meja"), COLUMNS, lines, "utf-8")], book.path, handing, all_or_nothing=True)
    book.follow()
    return done


def _cells(book: Book, worker: Worker, row: Mapping[str, Any], day: str) -> dict[str, str]:
    found = book.issued(worker, row)
    own = {"penelaah": worker.name, "tanggal_telaah": day, "sidik_baris": found[1] if found else ""}
    return {name: str(row.get(name, "")) for name in ("id_temuan", "id_subjek")} | own


def _letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
