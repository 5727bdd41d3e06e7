"""The socialisation sheet: one page for employees, made from the acts: what is banned, an example, what is no breach."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from screening.reports import task_force
from screening.reports.html import render

if TYPE_CHECKING:
    from screening.ruleset.acts import Act
    from screening.ruleset.load import Ruleset

_SPOUSE, _LEAVE = "hubungan_pasangan", "tanpa_cuti"
_NAMES = {"{contestant}": "[nama calon]", "{party}": "[nama partai]", "{nama}": "[nama calon]"}
_BOTH = "bakal calon atau calon"
_DESIGNATED = re.compile(r" (?:sebelum|sesudah|setelah) penetapan(?: peserta)?")


class Ban(NamedTuple):
    """Acts of one kind, whichever status the contestant has: in words, with their codes, an example and a counterexample."""

    words: str
    codes: tuple[str, ...]
    example: str
    counterexample: str


class Spouse(NamedTuple):
    """What wife or husband of a contestant may, may not and must do."""

    allowed: tuple[str, ...]
    banned: tuple[str, ...]
    required: tuple[str, ...]


def sheet(ruleset: Ruleset) -> str:
    """The sheet of a ruleset's acts as one HTML page of A4; it names nobody and no sanction."""
    return render(
        "lembar.html.j2",
        styles=("halaman.css", "lembar.css"),
        bans=bans(ruleset.acts),
        spouse=spouse(ruleset.acts),
        neutrality=task_force.neutrality(),
        ask=task_force.ask(ruleset.jurisdictions),
        force=task_force.force(ruleset.jurisdictions),
        documents=sorted({act.document.title for act in ruleset.acts if act.role == "utama"}),
        version=ruleset.version,
    )


def bans(acts: Iterable[Act]) -> list[Ban]:
    """The acts that make findings, those of one kind together (an act is the same before and after candidates are designated)."""
    kinds: dict[str, list[Act]] = {}
    for act in acts:
        if act.role == "utama" and all(element.name != _SPOUSE for element in act.elements):
            kinds.setdefault(act.elements[0].name, []).append(act)
    return [_ban(kind, own) for kind, own in kinds.items()]


def spouse(acts: Iterable[Act]) -> Spouse:
    """The rules for a wife or husband of a contestant."""
    own = [act for act in acts if any(element.name == _SPOUSE for element in act.elements)]
    must = [act for act in own if act.role == "pendamping" and any(element.name == _LEAVE for element in act.elements)]
    return Spouse(
        tuple(_bare(act.wording, "Boleh ") for act in own if act.role == "izin"),
        tuple(act.wording for act in own if act.role != "izin" and act not in must),
        tuple(_bare(act.wording, "Wajib ") for act in must),
    )


def _bare(words: str, opening: str) -> str:
    """Without the word that stands above its column anyway."""
    rest = words.removeprefix(opening)
    return rest[:1].upper() + rest[1:]


def _ban(kind: str, acts: list[Act]) -> Ban:
    words = acts[0].wording
    if len(acts) > 1:  # the same act before and after candidates are designated
        words = _DESIGNATED.sub("", words)
    if {"bakal_calon", "calon"} <= frozenset().union(*(act.statuses for act in acts)) and _BOTH not in words:
        words = words.replace("bakal calon", _BOTH, 1)
    example, counterexample = task_force.sample(kind)
    return Ban(
        words,
        tuple(act.id for act in acts),
        _first((one for act in acts for one in act.examples), example),
        _first((one for act in acts for one in act.counterexamples), counterexample),
    )


def _first(texts: Iterable[str], otherwise: str) -> str:
    told = next(iter(texts), otherwise)
    for mark, words in _NAMES.items():
        told = told.replace(mark, words)
    return told
