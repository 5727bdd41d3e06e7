"""The ledger as the desk sees it: read once, followed as it grows, and what one person may know of it.

Everything is worked out from entries (`review.decisions`); the desk keeps no opinion of its own. A reviewer learns what others said
about a row only after his own word about it stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from screening.desk.material import Material
from screening.review.agreement import agreement
from screening.review.cases import Case, cases
from screening.review.decisions import (
    KINDS,
    OPEN_VERDICT,
    RECUSAL,
    Item,
    Outcome,
    Statement,
    outcome,
    standing,
    statements,
)
from screening.review.decisions import person as _person
from screening.review.follow_up_rules import FollowUpRules, rules_beside
from screening.review.issue import item_of
from screening.review.ledger import Entry, head, read
from screening.review.memory import carry_over
from screening.review.register import ISSUE, REGISTER, Issued, Register, record_runs, register
from screening.sheets import finding_key

person = cache(_person)  # a few names, asked for with every row
REVIEWER, MEDIATOR, LEAD = "penelaah", "penengah", "ketua"
ROLES = (REVIEWER, MEDIATOR, LEAD)
OPEN = ("belum", "satu_suara", "bertentangan")
ENOUGH = ("sepakat", "penengah", "berbeda")


@dataclass(frozen=True)
class Worker:
    """Who sits at the desk, and as what."""

    name: str
    role: str

    @property
    def key(self) -> str:
        return person(self.name)


@dataclass
class Book:
    """One ledger and one run. `follow` before every use; nothing is written here.

    `blinded` makes the material of somebody who was handed rows blind, from the bodies of those entries.
    """

    path: Path
    material: Material
    by: str
    entries: tuple[Entry, ...] = ()
    known: Register = field(default_factory=Register)
    said: dict[Item, list[Statement]] = field(default_factory=dict)
    found: dict[Item, Outcome] = field(default_factory=dict)
    memory: dict[str, dict[str, Any]] = field(default_factory=dict)
    follow_up: dict[str, Case] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    blinded: Callable[[Material, Sequence[Mapping[str, Any]]], Material] | None = None
    _blind: dict[tuple[str, int], Material] = field(default_factory=dict)
    worked_out: dict[tuple[str, str], dict[str, Standing]] = field(default_factory=dict)
    _case_of: dict[tuple[str, str], str] = field(default_factory=dict)
    _blind_bodies: list[Mapping[str, Any]] = field(default_factory=list)
    _mark: tuple[int, int] = (0, 0)
    _agreement: pd.DataFrame | None = None
    _by_finding: tuple[int, dict[str, list[tuple[str, Issued]]]] = field(default_factory=lambda: (-1, {}))

    def open(self) -> None:
        """Register the run and read everything."""
        record_runs(self.path, [self.material.run], self.by)
        self.material.prepare()
        self._read()

    def follow(self) -> None:
        """See what was added since, by the desk itself or by a command."""
        if self._signature() == self._mark:
            return
        mark, entries = self._signature(), read(self.path)
        grown = [one.hash for one in entries[: len(self.entries)]] == [one.hash for one in self.entries]
        if not grown or any(one.kind == REGISTER for one in entries[len(self.entries) :]):
            self._read()
            return
        added, self.entries, self._mark = entries[len(self.entries) :], entries, mark
        self._issue([one for one in added if one.kind == ISSUE])
        touched = set()
        for statement in statements(one for one in added if one.kind in KINDS):
            self.said.setdefault(statement.item, []).append(statement)
            touched.add(statement.item)
        for item in touched:
            self.found[item] = outcome(item, self.said[item])
        if touched:
            self._agreement = None
        if any(one.kind not in (ISSUE, *KINDS) for one in added):
            self._cases()  # a vote moves no case to another stage
        if all(one.kind in KINDS for one in added):
            self._forget({(item.activity_id, item.act_id) for item in touched})
        else:
            self.worked_out.clear()

    def _read(self) -> None:
        self._mark = self._signature()
        self.entries = read(self.path)
        self.known = register(self.entries)
        self.said = {}
        for statement in statements(self.entries):
            self.said.setdefault(statement.item, []).append(statement)
        run = self.material.run
        told = carry_over(run.findings, self.entries, run.facts)
        self.memory = {
            one["finding_id"]: {str(name): cell for name, cell in one.items()} for one in told.to_dict("records")
        }
        for row in self.material.rows:
            if earlier := self.memory.get(finding_key(row["id_temuan"])):
                row["putaran"] = max(earlier["round"], row["putaran"])
            row["_items"] = (item_of(row),)
        self._case_of = {(row["id_aktivitas"], row["kode_perbuatan"]): row["id_kasus"] for row in self.material.rows}
        self._blind_bodies = [one.body for one in self.entries if one.kind == ISSUE and one.body["blind"]]
        self.worked_out.clear()
        self.found = {item: outcome(item, said) for item, said in self.said.items()}
        self.fresh = self._new_cases()
        self._agreement = None
        self._cases()

    def _forget(self, touched: set[tuple[str, str]]) -> None:
        """Cases with these matters are to be worked out anew; where they are shown blind their numbers are others."""
        cases = {self._case_of.get(one, "") for one in touched}
        for name, role in [*self.worked_out]:
            if self.of(Worker(name, role)) is not self.material:
                del self.worked_out[name, role]
                continue
            for case in cases:
                self.worked_out[name, role].pop(case, None)

    def _signature(self) -> tuple[int, int]:
        if not self.path.exists():
            return 0, 0
        told = self.path.stat()
        return told.st_mtime_ns, told.st_size

    def _issue(self, added: list[Entry]) -> None:
        """What further rows were handed out, without reading all that went before again."""
        new = register(added)
        self._blind_bodies += [one.body for one in added if one.body["blind"]]
        self.known.by_print |= new.by_print
        self.known.samples |= new.samples
        self.known.ids |= new.ids
        self.known.provisions |= new.provisions
        self.known._seen |= new._seen
        for item, people in new.handed.items():
            self.known.handed.setdefault(item, set()).update(people)

    def _cases(self) -> None:
        self.rules: FollowUpRules = rules_beside(self.path)
        self.follow_up = {one.case_id: one for one in cases(self.entries, self.rules)}

    def _new_cases(self) -> frozenset[str]:
        """Cases with a matter that no earlier run of this ledger had; none where there was no earlier run."""
        runs = [one.body for one in self.entries if one.kind == REGISTER]
        mine = self.material.run.run_id
        before = {
            (row["activity_id"], row["act_id"]) for body in runs if body["run_id"] != mine for row in body["items"]
        }
        rows = self.material.rows if before else []
        return frozenset(row["id_kasus"] for row in rows if (row["id_aktivitas"], row["kode_perbuatan"]) not in before)

    # What may be asked. A row that shows an activity as a whole stands for all items it covers.

    def of(self, worker: Worker) -> Material:
        """What this person works with: what was handed to him blind, else the run."""
        if worker.role != REVIEWER or self.blinded is None:
            return self.material
        run = self.material.run.run_id
        mine = [one for one in self._blind_bodies if one["run_id"] == run and person(one["reviewer"]) == worker.key]
        if not mine:
            return self.material
        key = worker.key, len(mine)
        if key not in self._blind:
            self._blind = {other: one for other, one in self._blind.items() if other[0] != worker.key}
            self._blind[key] = self.blinded(self.material, mine)
        return self._blind[key]

    def outcome(self, row: Mapping[str, Any]) -> Outcome:
        found = [self.found[item] for item in items_of(row) if item in self.found]
        return found[0] if found else Outcome(items_of(row)[0], "belum")

    def own(self, worker: Worker, row: Mapping[str, Any]) -> Statement | None:
        """The last word of this person about a row."""
        mine = [one for item in items_of(row) for one in self.said.get(item, ()) if person(one.who) == worker.key]
        if recused := [one for one in mine if one.kind == RECUSAL]:
            return recused[0]
        return standing(mine)[0] if mine else None

    def seen(self, worker: Worker, row: Mapping[str, Any]) -> tuple[Statement, ...]:
        """What others said about a row, as far as this person may know it."""
        own, state = self.own(worker, row), self.outcome(row).state
        if worker.role == REVIEWER:
            allowed = own is not None and own.kind != RECUSAL
        elif worker.role == MEDIATOR:
            allowed = state in ENOUGH and (own is None or own.kind != RECUSAL)
        else:
            allowed = state in ENOUGH
        if not allowed:
            return ()
        others: dict[str, list[Statement]] = {}
        for one in (one for item in items_of(row) for one in self.said.get(item, ())):
            if person(one.who) != worker.key and one.kind != RECUSAL:
                others.setdefault(person(one.who), []).append(one)
        return tuple(one for key in sorted(others) for one in standing(others[key])[:1])

    def may_decide(self, worker: Worker, row: Mapping[str, Any]) -> bool:
        """Whether a word of this person about this row is wanted now."""
        own, state = self.own(worker, row), self.outcome(row)
        if worker.role == MEDIATOR:
            voters = {person(who) for who in (*state.votes, *state.recused)}
            return state.state == "berbeda" and worker.key not in voters
        if worker.role != REVIEWER or own is not None:
            return False
        if handed := self.handed(row):
            return worker.key in handed
        return state.state in OPEN

    def handed(self, row: Mapping[str, Any]) -> set[str]:
        """To whom a row was handed by name (comparable names)."""
        return {person(who) for who in self.known.handed.get(items_of(row)[0], ())}

    def stands(self, row: Mapping[str, Any]) -> bool:
        """Whether an earlier decision about a row still holds."""
        return self.memory.get(finding_key(str(row["id_temuan"])), {}).get("memory") == "tetap"

    def issued(self, worker: Worker, row: Mapping[str, Any]) -> tuple[Issued, str] | None:
        """The row as it is out for this person, with its `sidik_baris`: handed to him by name, else to anyone."""
        wanted, item = "penengah" if worker.role == MEDIATOR else "telaah", items_of(row)[0]
        best = None
        for shown, one in self._prints().get(finding_key(str(row["id_temuan"])), ()):
            # The same finding may be out under other rules, in another round, or for somebody else.
            if one.purpose != wanted or one.item != item or person(one.reviewer) not in ("", worker.key):
                continue
            if best is None or one.reviewer:
                best = one, shown
        return best

    def _prints(self) -> dict[str, list[tuple[str, Issued]]]:
        if self._by_finding[0] != len(self.known.by_print):
            found: dict[str, list[tuple[str, Issued]]] = {}
            for (finding, shown), one in self.known.by_print.items():
                found.setdefault(finding, []).append((shown, one))
            self._by_finding = len(self.known.by_print), found
        return self._by_finding[1]

    def closed(self, case: str) -> bool:
        found = self.follow_up.get(case)
        return bool(found and found.closed)

    def due(self, case: str) -> date | None:
        found = self.follow_up.get(case)
        return found.due if found and not found.closed else None

    def agreement(self) -> pd.DataFrame:
        """How far reviewers agree, worked out once per change."""
        if self._agreement is None:
            self._agreement = agreement([one for said in self.said.values() for one in said])
        return self._agreement

    @property
    def head(self) -> str:
        return head(self.entries)


@dataclass(frozen=True)
class Standing:
    """Where a case is for one person: rows still wanted from him, answered by him, withdrawn from, and the whole case's states."""

    case: str
    wanted: int
    answered: int
    recused: int
    differing: int
    lacking: int
    settled: int
    rows: int
    unassigned: bool
    assigned: bool
    new: bool
    begun: bool
    closed: bool
    due: date | None

    @property
    def state(self) -> str:
        """One word for the queue: what this person has to do, or where the case is."""
        if self.closed:
            return "closed"
        if self.recused and not self.wanted:
            return "recused"
        if self.wanted:
            return "draft" if self.begun else "open"
        if self.settled == self.rows:
            return "settled"
        if self.differing:
            return "differing"
        if self.lacking:
            return "lacking"
        return "waiting" if self.answered else "others"


def standings(book: Book, worker: Worker, begun: Iterable[str] = ()) -> list[Standing]:
    """Every case of the run as it stands for this person, in the order of work."""
    begun, held = set(begun), book.worked_out.setdefault((worker.key, worker.role), {})
    cases = book.of(worker).cases
    held |= {case: _standing(book, worker, case) for case in cases if case not in held}
    return [replace(held[case], begun=True) if case in begun else held[case] for case in cases]


def items_of(row: Mapping[str, Any]) -> tuple[Item, ...]:
    """What a row is about; the first is its own, others those it covers."""
    found: tuple[Item, ...] = row.get("_items") or (item_of(dict(row)),)
    return found


def _standing(book: Book, worker: Worker, case: str) -> Standing:
    wanted = answered = recused = differing = lacking = settled = 0
    unassigned, assigned = False, False
    closed = book.closed(case)
    rows = book.of(worker).of_case[case]
    for row in rows:
        own, found, handed, stands = book.own(worker, row), book.outcome(row), book.handed(row), book.stands(row)
        state = found.state
        answered += own is not None and own.kind != RECUSAL
        recused += own is not None and own.kind == RECUSAL
        differing += state == "berbeda"
        lacking += found.verdict == OPEN_VERDICT
        settled += stands or found.settled
        unassigned |= not handed and state in OPEN and not stands
        assigned |= worker.key in handed
        wanted += not stands and not closed and book.may_decide(worker, row)
    return Standing(
        case, wanted, answered, recused, differing, lacking, settled, len(rows), unassigned, assigned, case in book.fresh,
        False, closed, book.due(case),
    )  # fmt: skip
