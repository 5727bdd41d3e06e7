"""Accounts of employees in a file of their own, beside a register of persons that has no column for them.

Offices often keep both apart: the register of personnel has NIP, name and unit, and somebody else collects who uses which
account. Rows meet by the NIP, NIPPPK, NRK or id of the office's own, else by the name where nobody else bears it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.platforms import LISTED, platforms_named
from screening.ruleset.roster_columns import ACCOUNT, SHOWN, heading_meaning, no_account
from screening.ruleset.roster_keys import RoundedNumber, account_handles, person_key
from screening.ruleset.sheet import find
from screening.sheets.opened import Table, find_table

KEYS = ("nip", "subject_id", "name")
Handle = tuple[str, str]  # platform ("" for any), handle
OPTION = "--roster-accounts"


@dataclass
class Apart:
    """Accounts by person, and what is said of whose they are. `met`: the keys that a row of the register asked for."""

    file: str
    accounts: dict[str, list[Handle]] = field(default_factory=dict)
    control: dict[str, str] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def of(self, cells: Mapping[str, str]) -> tuple[list[Handle], str]:
        """The accounts of the person in a row of the register, and the cell that says how sure they are."""
        found: dict[Handle, None] = {}
        control = ""
        for key in _keys(cells):
            if key in self.accounts:
                self.met.add(key)
                found |= dict.fromkeys(self.accounts[key])
                control = control or self.control.get(key, "")
        return list(found), control

    def unmet(self) -> list[Problem]:
        """A warning about accounts of people who are not in the register."""
        number = len(self.accounts.keys() - self.met)
        what = f"{number} orang dengan akun tidak ada pada daftar pegawai; akunnya tidak dipakai"
        return [Problem(self.file, 0, what, "samakan NIP atau nama pada kedua berkas")] if number else []


def persons(path: Path) -> Table | None:
    """The table of a register of persons without any account; None where not even a person can be told."""
    return find_table(path, heading_meaning, lambda names: len(names) > 1 and not names.isdisjoint(KEYS))


def accounts_apart(path: Path, normalise: Callable[[str], str]) -> tuple[Apart, list[Problem]]:
    """The accounts in a file of their own, by person, and every problem."""
    apart = Apart(path.name)
    table, problems = find(path, heading_meaning, (), SHOWN)
    if table is not None and ACCOUNT not in table.columns.values():
        wide = any(name.startswith("account:") for name in table.columns.values())
        table, problems = (table, []) if wide else find(path, heading_meaning, (ACCOUNT,), SHOWN)
    if table is None:
        return apart, problems
    if KEYS and {*table.columns.values()}.isdisjoint(KEYS):
        what = "kolom NIP, NRK, atau Nama tidak ditemukan: tidak jelas milik siapa akunnya"
        return apart, [Problem(path.name, table.line, what, "tambahkan kolom NIP seperti pada daftar pegawai")]
    for line in table.rows:
        cells = table.cells(line)
        try:
            keys = _keys(cells, any(table.columns.get(at) in KEYS[:2] for at in line.rounded))
        except RoundedNumber:
            problems.append(
                Problem(
                    path.name, line.number, "NIP dibulatkan oleh Excel", "ubah kolom NIP menjadi Teks, lalu isi ulang"
                )
            )
            continue
        named = platforms_named(cells.get("platform", ""))
        if named is None:
            problems.append(Problem(path.name, line.number, "platform tidak dikenal", f"tulis salah satu: {LISTED}"))
            continue
        found: list[Handle] = []
        for at, name in table.columns.items():
            text = line.cells[at].strip() if at < len(line.cells) else ""
            if (name == ACCOUNT or name.startswith("account:")) and not no_account(text):
                there = named if name == ACCOUNT else (name.partition(":")[2],)
                found += account_handles(text, there, normalise)
        if found and not keys:
            problems.append(
                Problem(path.name, line.number, "akun tanpa NIP atau nama", "isi pemiliknya, atau hapus barisnya")
            )
        if found and keys:
            apart.accounts.setdefault(keys[0], []).extend(found)
            if cells.get("account_control"):
                apart.control[keys[0]] = cells["account_control"]
    return apart, problems


def _keys(cells: Mapping[str, str], rounded: bool = False) -> list[str]:
    """How a person may be known in both files: by number or id, then by name."""
    key, _ = person_key(cells, rounded)
    name = " ".join(cells.get("name", "").casefold().split())
    numbered = key and (cells.get("nip") or cells.get("subject_id"))
    return [*([key] if numbered else []), *([f"nama|{name}"] if name else [])]
