"""The task force as data (`data/satgas.toml`): who stands in it, its duties, what persons and employees must be told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from screening.shipped import shipped

FILE = "data/satgas.toml"


@dataclass(frozen=True)
class Force:
    """A task force: its name, and (role, office) of its members; without an entry blanks to fill in by hand."""

    name: str
    members: tuple[tuple[str, str], ...]
    source: str = ""

    @property
    def patron(self) -> str:
        """To whom it reports; "" when unknown."""
        return next((office for role, office in self.members if role == "Pembina"), "")

    @property
    def head(self) -> str:
        """Who signs for it."""
        return next((office for role, office in self.members if role == "Ketua"), "")


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads(shipped(FILE).read_text(encoding="utf-8"))


def force(jurisdictions: Iterable[str]) -> Force:
    """The task force of the first of these jurisdictions that has one."""
    known = {row["jurisdiction"]: row for row in _content()["force"]}
    for name in jurisdictions:
        if name in known:
            row = known[name]
            members = tuple((str(one["role"]), str(one["office"])) for one in row["member"])
            return Force(str(row["name"]), members, str(row["source"]))
    return Force("Satuan tugas netralitas ASN", ())


def duties() -> list[tuple[str, str]]:
    """The six duties with the part of the report that answers each."""
    return [(str(row["text"]), str(row["part"])) for row in _content()["duty"]]


def neutrality() -> list[str]:
    """What neutrality means, in six words."""
    return list(_content()["neutrality"]["words"])


def rights() -> list[str]:
    """The rights of a person a case file is about, each with its provision or that none is verified."""
    return [f"{row['text']} (dasar: {row['basis'] or 'belum diverifikasi'})" for row in _content()["rights"]]


def data_notice() -> list[str]:
    """Purpose, retention and access of the personal data in a case file."""
    table = _content()["data"]
    return [str(table[name]) for name in ("purpose", "retention", "access")]


def ask(jurisdictions: Iterable[str]) -> list[str]:
    """Whom an employee asks before acting."""
    here = {"", *jurisdictions}
    return [str(row["text"]) for row in _content()["ask"] if row["jurisdiction"] in here]


def sample(element: str) -> tuple[str, str]:
    """Example and counterexample of acts of a kind that have none in words; empty texts without an entry."""
    row: Mapping[str, Any] = next((one for one in _content()["sample"] if one["element"] == element), {})
    return str(row.get("example", "")), str(row.get("counterexample", ""))
