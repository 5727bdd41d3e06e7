"""The roster: who is in scope, which accounts are theirs, leave and a candidate spouse. Never required.

CSV (any dialect: `;`, `,`, TAB; UTF-8 with or without BOM, UTF-16, cp1252) or XLSX. Columns (Indonesian or English):
platform, actor, subject_id, employment, unit, region, spouse_contestant, leave_from, leave_to, account_control.
No cell is ever echoed in a message except from a closed list of allowed values: rosters hold NIP and names.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.contests import Contest
from screening.ruleset.resolve import UNKNOWN, names_index, resolve
from screening.ruleset.sheet import read_sheet

EMPLOYMENTS = ("pns", "pppk", "non_asn")
CONTROLS = ("confirmed", "likely", "unconfirmed", "not_theirs")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "platform": ("platform", "kanal", "media", "media sosial"),
    "actor": ("actor", "akun", "account", "username", "nama akun", "handle"),
    "subject_id": ("subject_id", "subjek", "id subjek", "id pegawai", "kode"),
    "employment": ("employment", "status pegawai", "status asn", "kepegawaian", "jenis pegawai"),
    "unit": ("unit", "unit kerja", "instansi", "skpd", "opd"),
    "region": ("region", "daerah", "wilayah"),
    "spouse_contestant": ("spouse_contestant", "pasangan calon", "suami istri calon", "pasangan peserta"),
    "leave_from": ("leave_from", "cuti mulai", "cltn mulai", "mulai cuti"),
    "leave_to": ("leave_to", "cuti selesai", "cltn selesai", "selesai cuti"),
    "account_control": ("account_control", "penguasaan akun", "status akun", "kepemilikan akun"),
}
_WORDS: Mapping[str, str] = {
    "asn": "pns", "p3k": "pppk", "non asn": "non_asn", "non-asn": "non_asn", "honorer": "non_asn", "ppnpn": "non_asn",
    "kontrak": "non_asn", "pjlp": "non_asn",
    "dipastikan": "confirmed", "pasti": "confirmed", "terkonfirmasi": "confirmed", "mungkin": "likely",
    "belum": "unconfirmed", "belum dipastikan": "unconfirmed", "lemah": "unconfirmed",
    "bukan miliknya": "not_theirs", "bukan milik": "not_theirs", "bukan": "not_theirs", "not theirs": "not_theirs",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One account of one employee."""

    subject_id: str
    employment: str = "pns"
    unit: str = ""
    region: str = ""
    spouse_contestant: str = ""
    leave_from: date | None = None
    leave_to: date | None = None
    account_control: str = "confirmed"

    def on_leave(self, day: date | None) -> bool | None:
        """True or False when the roster states leave; None when it says nothing or the day is unknown."""
        if self.leave_from is None or day is None:
            return None
        return self.leave_from <= day and (self.leave_to is None or day <= self.leave_to)


@dataclass(frozen=True)
class Roster:
    """Accounts by (platform, handle); platform "" stands for any platform."""

    people: Mapping[tuple[str, str], Person] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    def person(self, platform: str, actor: str) -> Person | None:
        """Whose account it is, or None when it is not on the roster."""
        handle = handle_form()(actor)
        return self.people.get((platform, handle)) or self.people.get(("", handle))


@lru_cache(maxsize=1)
def handle_form() -> Callable[[str], str]:
    """How handles compare: the accounts register's own rule, or a plain one while there is none."""
    try:
        from screening.ruleset.accounts import normalise_handle
    except ImportError:
        return _plain_handle
    return normalise_handle


def _plain_handle(handle: str) -> str:
    return handle.strip().rstrip("/").rsplit("/", 1)[-1].lstrip("@").casefold()


def read_roster(path: Path | None, contests: Mapping[str, Contest]) -> tuple[Roster | None, list[Problem]]:
    """The roster and every problem of the file at once; None when no file is given."""
    if path is None:
        return None, []
    rows, problems = read_sheet(path, COLUMNS, required=("actor",))
    index = names_index(contests)
    people: dict[tuple[str, str], Person] = {}
    warnings: list[Problem] = []
    normalise = handle_form()
    for line, row in rows:
        read = _Row(path.name, line, row, problems)
        handle = normalise(row.get("actor", ""))
        if not handle:
            read.problem("kolom akun kosong", "isi akun, atau hapus baris ini")
            continue
        spouse = row.get("spouse_contestant", "")
        named = resolve(spouse, contests, index) if spouse and spouse not in ("-", "tidak") else ""
        if named.startswith(UNKNOWN):
            warnings.append(
                Problem(path.name, line, "peserta pasangan tidak dikenal", "pakai id seperti pilpres-2024/1")
            )
        start, end = read.day("leave_from"), read.day("leave_to")
        if start and end and end < start:
            read.problem("cuti selesai sebelum mulai")
        key = (row.get("platform", "").strip().casefold(), handle)
        if key in people:
            read.problem("akun tercantum dua kali", "satukan barisnya")
        people[key] = Person(
            subject_id=row.get("subject_id", "") or f"akun-{len(people) + 1}",
            employment=read.word("employment", EMPLOYMENTS, "pns"),
            unit=sys.intern(row.get("unit", "")),
            region=sys.intern(row.get("region", "")),
            spouse_contestant=named,
            leave_from=start,
            leave_to=end,
            account_control=read.word("account_control", CONTROLS, "unconfirmed"),
        )
    return Roster(people, tuple(warnings)), problems


@dataclass(slots=True)
class _Row:
    file: str
    line: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def problem(self, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.file, self.line, what, remedy))

    def word(self, column: str, allowed: tuple[str, ...], default: str) -> str:
        given = self.cells.get(column, "").strip().casefold()
        if not given:
            return default
        if given in allowed:
            return given
        value = _WORDS.get(given, given.replace(" ", "_"))
        if value not in allowed:
            self.problem(f"nilai kolom {column} tidak dikenal", f"pakai salah satu dari: {', '.join(allowed)}")
            return default
        return value

    def day(self, column: str) -> date | None:
        given = self.cells.get(column, "").strip()
        if not given or given == "-":
            return None
        if given.replace(".", "", 1).isdigit() and 20000 < float(given) < 80000:
            return date(1899, 12, 30) + timedelta(days=int(float(given)))
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S"):
            try:
                return datetime.strptime(given, form).date()  # noqa: DTZ007 - a day on paper has no zone
            except ValueError:
                continue
        self.problem(f"tanggal pada kolom {column} tidak terbaca", "tulis YYYY-MM-DD atau DD/MM/YYYY")
        return None
