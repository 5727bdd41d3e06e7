"""The roster: who is in scope, which accounts are theirs, employment, leave and candidacy by date. Never required.

Reads the personnel office's own table: CSV of any dialect or XLSX, one row per account (with a column Platform) or one row
per person (with a column per platform), title rows and merged cells included; `roster_columns` tells its headings. The key
of a person is a NIP, NIPPPK or NRK, an id of the office's own, else the name with unit, else the account alone; the key
becomes a pseudonym. No cell is ever echoed in a message except from a closed list of allowed values: rosters hold NIP and
names.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.contests import Contest
from screening.ruleset.resolve import UNKNOWN, names_index, resolve
from screening.ruleset.roster_accounts import OPTION, Apart, accounts_apart, persons
from screening.ruleset.roster_columns import (
    ACCOUNT,
    CONTROLS,
    EMPLOYMENTS,
    SHOWN,
    control_named,
    employment_named,
    heading_meaning,
    no_account,
    unneeded,
)
from screening.ruleset.roster_keys import (
    RoundedNumber,
    account_handles,
    names_platforms,
    person_key,
    phone_form,
    split_rank,
)
from screening.ruleset.sheet import find, headings
from screening.sheets.days import FORMS, read_day
from screening.sheets.opened import Line, Table

__all__ = ["CONTROLS", "EMPLOYMENTS", "Employment", "Period", "Person", "Roster", "handle_form", "read_roster"]

_SPAN = re.compile(r"\s*(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|–|—|\bto\b|\s-\s)\s*", re.IGNORECASE)
_NONE = frozenset({"", "-", "–", "tidak", "tidak ada", "nihil", "n/a"})


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None is open."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Employment:
    """What a person was employed as during a period."""

    kind: str
    period: Period = Period()


@dataclass(frozen=True, slots=True)
class Person:
    """One account of one employee.

    `employment` is what the person is when no date is known (the latest); `employments` tells it by date where the roster
    does. `candidate_contestant`: the person's own candidacy; `spouse_contestant`: that of wife or husband.
    """

    subject_id: str
    employment: str = "pns"
    unit: str = ""
    region: str = ""
    spouse_contestant: str = ""
    leave: tuple[Period, ...] = ()
    account_control: str = "confirmed"
    name: str = ""
    nip: str = ""
    position: str = ""
    rank: str = ""
    grade: str = ""
    agency: str = ""
    candidate_contestant: str = ""
    employments: tuple[Employment, ...] = ()

    @property
    def leave_from(self) -> date | None:
        """The first day of leave the roster states; None when it states none."""
        return min((one.start for one in self.leave if one.start), default=None)

    @property
    def leave_to(self) -> date | None:
        """The last day of the last leave; None when it is open or there is none."""
        ends = [one.end for one in self.leave]
        return None if None in ends else max((end for end in ends if end), default=None)

    def on_leave(self, day: date | None) -> bool | None:
        """True or False when the roster states leave; None when it says nothing or the day is unknown."""
        if not self.leave or day is None:
            return None
        return any(day in one for one in self.leave)

    def employed_on(self, day: date | None) -> str:
        """The employment on a day; before the first dated one a person was no ASN (`non_asn`)."""
        if day is None or not self.employments:
            return self.employment
        held = [one for one in self.employments if day in one.period]
        return held[-1].kind if held else "non_asn"


@dataclass(frozen=True)
class Roster:
    """Accounts by (platform, handle); platform "" stands for any platform. `unused`: headings nobody reads; `without_account`:
    people listed without any account (their activities can never be recognised)."""

    people: Mapping[tuple[str, str], Person] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()
    without_account: int = 0

    def person(self, platform: str, actor: str) -> Person | None:
        """Whose account it is, or None when it is not on the roster."""
        handle = handle_form()(actor)
        found = self.people.get((platform, handle)) or self.people.get(("", handle))
        if found is None and platform in ("whatsapp", "telegram") and (number := phone_form(actor)):
            found = self.people.get((platform, number)) or self.people.get(("", number))
        return found

    def subjects(self) -> int:
        """How many people have an account on the roster."""
        return len({person.subject_id for person in self.people.values()})


@lru_cache(maxsize=1)
def handle_form() -> Callable[[str], str]:
    """How handles compare: the accounts register's own rule."""
    from screening.ruleset.accounts import normalise_handle

    return normalise_handle


def read_roster(
    path: Path | None, contests: Mapping[str, Contest], accounts: Path | None = None
) -> tuple[Roster | None, list[Problem]]:
    """The roster and every problem of the file at once; None when no file is given.

    `accounts`: a file with the accounts of these people, where the roster itself is a register of persons only.
    """
    if path is None:
        return None, [Problem(OPTION, 0, "daftar pegawai belum diberikan", "beri juga --roster")] if accounts else []
    table, problems = find(path, heading_meaning, (ACCOUNT,), SHOWN)
    if table is None and not problems[0].line and not problems[0].what.startswith("kolom"):
        return Roster(), problems
    if table is None:  # no single column of accounts: one column per platform will do
        table = _wide(path) or (persons(path) if accounts is not None else None)
        if table is None:
            return Roster(), [_with_remedy(one) for one in problems] if persons(path) is not None else problems
        problems = []
    table = _with_others(table)
    index = names_index(contests)
    apart = None
    if accounts is not None:
        apart, found = accounts_apart(accounts, handle_form())
        problems += found
    reading = _Reading(path.name, table, contests, index, problems, apart)
    previous: Mapping[str, str] = {}
    for line in table.rows:
        previous = reading.take(line, previous)
    if apart is not None:
        reading.warnings += apart.unmet()
    return reading.roster(), problems


def _with_remedy(problem: Problem) -> Problem:
    """What a register of persons without accounts lacks, and the three ways out."""
    return replace(
        problem,
        what="daftar pegawai ini tidak memuat akun media sosial",
        remedy=f"beri berkas akun pegawai dengan {OPTION} (kolom NIP atau Nama, Platform, Akun), atau tambahkan kolom Akun IG, "
        f"Akun FB, … pada daftar ini, atau mulai dari `screening template roster`; {problem.remedy}",
    )


def _wide(path: Path) -> Table | None:
    from screening.sheets.opened import find_table

    def enough(names: set[str]) -> bool:
        accounts = sum(name.startswith("account:") for name in names)
        return accounts > 1 or (accounts == 1 and not names.isdisjoint(_CARRIED))

    return find_table(path, heading_meaning, enough)


def _with_others(table: Table) -> Table:
    """The table with columns nobody understood by their heading ("Lainnya (sebutkan)") whose cells all name a platform and an
    account."""
    found = {}
    for at in set(range(len(table.headings))) - {*table.columns}:
        cells = [line.cells[at].strip() for line in table.rows if at < len(line.cells)]
        filled = [text for text in cells if not no_account(text)]
        if filled and all(map(names_platforms, filled)):
            found[at] = f"account:{_SAID_THERE}"
    return replace(table, columns={**table.columns, **found}) if found else table


_SAID_THERE = "*"  # the platform stands in each cell
_CARRIED = ("nip", "subject_id", "name")  # empty in a row that goes on with the person above


@dataclass
class _Reading:
    """What is known while going down the rows."""

    file: str
    table: Table
    contests: Mapping[str, Contest]
    index: Mapping[str, set[str]]
    problems: list[Problem]
    apart: Apart | None = None
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    lonely: set[str] = field(default_factory=set)

    def take(self, line: Line, above: Mapping[str, str]) -> Mapping[str, str]:
        """One row: its accounts with their person; returns the cells the next row may go on with."""
        cells = self.table.cells(line)
        row = _Row(self.file, line.number, cells, self.problems)
        accounts = self._accounts(line, row)
        if accounts is None:
            return above
        if self.apart is not None:
            others, control = self.apart.of(cells)
            accounts = list(dict.fromkeys((*accounts, *others)))
            if control and not cells.get("account_control"):
                cells = row.cells = {**cells, "account_control": control}
        named = any(cells.get(name) for name in _CARRIED)
        if not named and any(above.get(name) for name in _CARRIED) and accounts:
            cells = {**above, **{name: text for name, text in cells.items() if text}}
            row.cells = cells
        elif not accounts:
            if named and not self._is_foot(cells):
                self.lonely.add(f"{line.number}")
                return cells
            if not named and ACCOUNT in self.table.columns.values() and any(cells.values()):
                row.problem("kolom akun kosong", "isi akun, atau hapus baris ini")
            return above
        person = self._person(line, row, accounts)
        if person is None:
            return cells
        for key in accounts:
            self._add(key, person, row)
        return cells

    def _is_foot(self, cells: Mapping[str, str]) -> bool:
        """Whether a row below the list is a sum or a signature, not a person."""
        return sum(1 for text in cells.values() if text) < 2

    def _accounts(self, line: Line, row: _Row) -> list[tuple[str, str]] | None:
        """(platform, handle) of every account in the row; None after a problem with a platform."""
        found: list[tuple[str, str]] = []
        columns = self.table.columns
        named = row.platforms()
        if named is None:
            return None
        for at, name in columns.items():
            if name != ACCOUNT and not name.startswith("account:"):
                continue
            text = line.cells[at].strip() if at < len(line.cells) else ""
            if no_account(text):
                continue
            if name == ACCOUNT:
                found += account_handles(text, named, handle_form())
            else:
                there = name.partition(":")[2]
                found += account_handles(text, () if there == _SAID_THERE else (there,), handle_form())
        return list(dict.fromkeys(found))

    def _person(self, line: Line, row: _Row, accounts: Sequence[tuple[str, str]]) -> Person | None:
        rounded = any(self.table.columns.get(at) in ("nip", "subject_id") for at in line.rounded)
        try:
            key, nip = person_key(row.cells, rounded)
        except RoundedNumber:
            row.problem(
                "NIP dibulatkan oleh Excel sehingga angka terakhirnya hilang",
                "ubah kolom NIP menjadi Teks (Format Sel), lalu isi ulang NIP dari sumber aslinya; jangan ketik angka nol",
            )
            return None
        rank, grade = split_rank(row.text("rank"), row.text("grade"))
        agency = row.text("agency")
        employments = row.employments()
        return Person(
            subject_id=key or f"akun-{len(self.people) + 1}",
            employment=employments[-1].kind if employments else row.employment("employment"),
            unit=sys.intern(row.text("unit") or agency),
            region=sys.intern(row.text("region")),
            spouse_contestant=self._contestant(row, "spouse_contestant", "peserta pasangan tidak dikenal"),
            leave=row.leave(self.table.every(line, "leave_from"), self.table.every(line, "leave_to")),
            account_control=row.control(),
            name=row.text("name"),
            nip=nip,
            position=row.text("position"),
            rank=rank,
            grade=grade,
            agency=sys.intern(agency),
            candidate_contestant=self._contestant(row, "candidate_contestant", "peserta pencalonan tidak dikenal"),
            employments=employments,
        )

    def _contestant(self, row: _Row, column: str, what: str) -> str:
        text = row.text(column)
        if text.casefold() in _NONE:
            return ""
        named = resolve(text, self.contests, self.index)
        if named.startswith(UNKNOWN):
            self.warnings.append(Problem(self.file, row.line, what, "pakai id seperti pilpres-2024/1"))
        return named

    def _add(self, key: tuple[str, str], person: Person, row: _Row) -> None:
        """One account; a second row of the same person adds employment and leave, one of another person is a problem."""
        before = self.people.get(key)
        if before is None:
            self.people[key] = person
        elif before.subject_id != person.subject_id:
            row.problem("akun yang sama tercantum untuk dua pegawai", "pastikan pemiliknya, lalu hapus yang keliru")
        elif before == person or not (person.leave or person.employments):
            row.problem("akun tercantum dua kali", "satukan barisnya")
        else:
            self.people[key] = _joined(before, person)

    def roster(self) -> Roster:
        """All accounts; what one row says of a person's leave and employment holds for all accounts of that person."""
        leave: dict[str, dict[Period, None]] = {}
        for one in self.people.values():
            leave.setdefault(one.subject_id, {}).update(dict.fromkeys(one.leave))
        people = {
            key: one if tuple(leave[one.subject_id]) == one.leave else _with_leave(one, tuple(leave[one.subject_id]))
            for key, one in self.people.items()
        }
        for subject, kinds in _contradicting(people).items():
            self.warnings.append(
                Problem(self.file, 0, f"satu pegawai ({subject}) tercantum dengan status berbeda: {', '.join(kinds)}",
                        "beri tanggal mulai tiap status")
            )  # fmt: skip
        if self.lonely:
            self.warnings.append(
                Problem(self.file, 0, f"{len(self.lonely)} pegawai tanpa akun; aktivitasnya tidak dapat dikenali",
                        "lengkapi akunnya bila ada")
            )  # fmt: skip
        unused = tuple(text for text in self.table.unused if not unneeded(text))
        if unused:
            self.warnings.append(Problem(self.file, self.table.line, f"kolom tidak dipakai: {headings(unused)}", ""))
        return Roster(people, tuple(self.warnings), unused, len(self.lonely))


def _contradicting(people: Mapping[tuple[str, str], Person]) -> dict[str, list[str]]:
    kinds: dict[str, set[str]] = {}
    for one in people.values():
        if not one.employments:
            kinds.setdefault(one.subject_id, set()).add(one.employment)
    return {subject: sorted(found) for subject, found in kinds.items() if len(found) > 1}


def _joined(one: Person, other: Person) -> Person:

    employments = tuple(sorted({*one.employments, *other.employments}, key=lambda held: held.period.start or date.min))
    leave = tuple(dict.fromkeys((*one.leave, *other.leave)))
    latest = employments[-1].kind if employments else one.employment
    return replace(one, employments=employments, leave=leave, employment=latest)


def _with_leave(one: Person, leave: tuple[Period, ...]) -> Person:

    return replace(one, leave=leave)


@dataclass(slots=True)
class _Row:
    file: str
    line: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def problem(self, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, self.line, what, remedy))

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return " ".join(cell.split()) if cell else ""

    def platforms(self) -> tuple[str, ...] | None:
        from screening.ruleset.platforms import LISTED, platforms_named

        named = platforms_named(self.text("platform"))
        if named is None:
            self.problem("platform tidak dikenal", f"tulis salah satu: {LISTED}")
        return named

    def stated(self, column: str, read: Callable[[str], str | None], silent: str, problem: str, remedy: str) -> str:
        """What a cell says, read by `read`; `silent` where it says nothing or, as a problem, nothing that is known."""
        given = self.text(column)
        if not given or given == "-":
            return silent
        found = read(given)
        if found is None:
            self.problem(problem, remedy)
        return found or silent

    def employment(self, column: str) -> str:
        return self.stated(
            column, employment_named, "pns", "isi kolom Status ASN tidak dikenal",
            "tulis PNS, CPNS, PPPK, atau Non-ASN (honorer, PJLP, kontrak, …)",
        )  # fmt: skip

    def employments(self) -> tuple[Employment, ...]:
        """Employment by date: since when the stated one holds, and what was before, where the row tells."""
        start, end = self.day("employment_from"), self.day("employment_to")
        before = self.text("employment_before")
        if start is None and end is None:
            return ()
        if start and end and end < start:
            self.problem("status kepegawaian berakhir sebelum mulai", "periksa kedua tanggalnya")
        held = [Employment(self.employment("employment"), Period(start, end))]
        if before and before != "-" and start is not None:
            kind = employment_named(before)
            if kind is None:
                self.problem("isi kolom Status Sebelumnya tidak dikenal", "tulis PNS, CPNS, PPPK, atau Non-ASN")
            held.insert(0, Employment(kind or "non_asn", Period(None, start - timedelta(days=1))))
        return tuple(held)

    def control(self) -> str:
        return self.stated(
            "account_control", control_named, "unconfirmed", "isi kolom Status Akun tidak dikenal",
            "tulis pasti, mungkin, belum dipastikan, atau bukan miliknya",
        )  # fmt: skip

    def leave(self, starts: Sequence[str], ends: Sequence[str]) -> tuple[Period, ...]:
        """All leaves of the row: pairs of columns, several dates in a cell, or spans ("1/9/2024 s.d. 23/11/2024")."""
        first = [part for text in starts for part in re.split(r"[;\n]", text) if part.strip()]
        last = [part for text in ends for part in re.split(r"[;\n]", text) if part.strip()]
        found = []
        for at, text in enumerate(first):
            if text.strip().casefold() in _NONE:
                continue
            pieces = [piece for piece in _SPAN.split(text) if piece.strip()]
            start = self._day(pieces[0] if len(pieces) == 2 else text, "Cuti Mulai")
            given = pieces[1] if len(pieces) == 2 else last[at] if at < len(last) else ""
            end = self._day(given, "Cuti Selesai") if given.strip().casefold() not in _NONE else None
            if start and end and end < start:
                self.problem("cuti selesai sebelum mulai")
            if start:
                found.append(Period(start, end))
        return tuple(found)

    def day(self, column: str) -> date | None:
        text = self.text(column)
        return None if text.casefold() in _NONE else self._day(text, "Status Mulai")

    def _day(self, text: str, title: str) -> date | None:
        found = read_day(text)
        if found is None:
            self.problem(f"tanggal pada kolom {title} tidak terbaca", f"tulis seperti {FORMS}")
        return found
