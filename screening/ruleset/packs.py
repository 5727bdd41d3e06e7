"""Jurisdiction packs read from `data/acts/<jurisdiction>/*.toml`, with every problem of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.acts import (
    EFFECTS,
    ROLES,
    SEVERITIES,
    TARGETS,
    Act,
    Document,
    Element,
    Exemption,
    Jurisdiction,
    parse,
)  # fmt: skip
from screening.ruleset.contests import KINDS as CONTEST_KINDS
from screening.ruleset.contests import PHASES, STATUSES
from screening.ruleset.datafile import DataFile, read_toml
from screening.tables import CATEGORIES, KINDS


@dataclass
class ActReading:
    """Everything read from `data/acts`, with every problem."""

    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def pack(self, names: Iterable[str]) -> tuple[Act, ...]:
        """The acts of the named jurisdictions and of all they extend, each once, the named ones first."""
        seen: dict[str, Act] = {}
        todo = list(names)
        done: set[str] = set()
        while todo:
            name = todo.pop(0)
            if name in done or name not in self.jurisdictions:
                continue
            done.add(name)
            seen |= {act.id: act for act in self.jurisdictions[name].acts if act.id not in seen}
            todo.extend(self.jurisdictions[name].extends)
        return tuple(seen.values())


_ACT_KEYS = (
    "id", "number", "category", "wording", "kinds", "statuses", "severity", "elements", "exceptions", "role", "target",
    "phases", "contest_kinds", "orphan", "unnamed", "blocked_by", "permits", "observability", "sanction", "note",
    "certainty", "source", "examples", "counterexamples",
)  # fmt: skip


_MANY: Mapping[str, tuple[str, ...]] = {
    "kinds": KINDS, "statuses": STATUSES, "phases": PHASES, "contest_kinds": CONTEST_KINDS,
}  # fmt: skip
_ONE: Mapping[str, tuple[tuple[str, ...], str | None]] = {
    "category": (CATEGORIES, None), "severity": (SEVERITIES, None), "role": (ROLES, "utama"),
    "target": (TARGETS, "contestant"),
}  # fmt: skip


def read_acts(folder: Path, signals: Iterable[str]) -> ActReading:
    """All jurisdictions under `folder` (one folder each), with the shared elements.toml and exceptions.toml."""
    reading = ActReading()
    known = set(signals)
    elements = _elements(reading, read_toml(folder / "elements.toml", "data/acts/elements.toml"), known)
    exemptions, sets = _exemptions(reading, read_toml(folder / "exceptions.toml", "data/acts/exceptions.toml"), known)
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        about = place / "jurisdiction.toml"
        shown = f"data/acts/{place.name}/jurisdiction.toml"
        own = read_toml(about, shown) if about.exists() else DataFile(shown, "", {})
        acts: list[Act] = []
        for path in sorted(place.glob("*.toml")):
            if path.name != "jurisdiction.toml":
                file = read_toml(path, f"data/acts/{place.name}/{path.name}")
                acts += _document(file, place.name, elements, exemptions, sets, known)
                reading.problems.extend(file.problems)
        for act_id in sorted({act.id for act in acts if [other.id for other in acts].count(act.id) > 1}):
            own.problem(f"butir ganda: {act_id}", act_id)
        reading.problems.extend(own.problems)
        reading.jurisdictions[place.name] = Jurisdiction(
            place.name, str(own.table.get("name", place.name)), tuple(own.table.get("extends", ())), tuple(acts)
        )
    for pack in reading.jurisdictions.values():
        for name in set(pack.extends) - set(reading.jurisdictions):
            reading.problems.append(
                Problem(f"data/acts/{pack.id}/jurisdiction.toml", 0, f"memperluas yurisdiksi yang tidak ada: {name}")
            )
    return reading


def _elements(reading: ActReading, file: DataFile, known: set[str]) -> dict[str, Element]:
    made = {}
    for name, row in file.table.get("elements", {}).items():
        file.unknown_keys(row, ("text", "shown", "hinted", "settle"), name)
        shown = parse(file, name, row.get("shown", ()), known)
        if not row.get("text") or not shown:
            file.problem(f"unsur {name} perlu text dan shown", name)
        hinted = parse(file, name, row.get("hinted", ()), known)
        if hinted and not row.get("settle"):
            file.problem(f"unsur {name} dapat tidak terbukti, maka perlu settle", name)
        made[name] = Element(name, str(row.get("text", "")), shown, hinted, str(row.get("settle", "")))
    reading.problems.extend(file.problems)
    return made


def _exemptions(
    reading: ActReading, file: DataFile, known: set[str]
) -> tuple[dict[str, Exemption], Mapping[str, list[str]]]:
    made = {}
    for name, row in file.table.get("exceptions", {}).items():
        file.unknown_keys(row, ("text", "when", "effect", "points", "but", "but_effect", "settle"), name)
        points = row.get("points", 0)
        if row.get("effect") not in EFFECTS or row.get("but_effect", "mitigate") not in EFFECTS:
            file.problem(f"pengecualian {name}: effect harus salah satu dari {', '.join(EFFECTS)}", name)
        if not isinstance(points, int) or points > 0:
            file.problem(f"pengecualian {name}: points harus bilangan bulat, nol atau kurang", name)
        made[name] = Exemption(
            name, str(row.get("text", "")), parse(file, name, row.get("when", ()), known),
            str(row.get("effect", "mitigate")), points, parse(file, name, row.get("but", ()), known),
            str(row.get("but_effect", "mitigate")), str(row.get("settle", "")),
        )  # fmt: skip
    sets = file.table.get("sets", {})
    for name, members in sets.items():
        for member in sorted(set(members) - set(made)):
            file.problem(f"himpunan {name}: pengecualian {member!r} tidak ada", member, name)
    reading.problems.extend(file.problems)
    return made, sets


def _document(
    file: DataFile, jurisdiction: str, elements: Mapping[str, Element], exemptions: Mapping[str, Exemption],
    sets: Mapping[str, list[str]], known: set[str],
) -> list[Act]:  # fmt: skip
    head = file.table.get("document", {})
    file.unknown_keys(head, ("id", "title", "valid_from", "valid_to", "certainty", "source", "note"), "document")
    if file.table and not (head.get("title") and head.get("source")):
        file.problem("document perlu title dan source", "document")
    document = Document(
        str(head.get("id", "")), str(head.get("title", "")), jurisdiction, head.get("valid_from"), head.get("valid_to"),
        str(head.get("certainty", "unverified")), str(head.get("source", "")),
    )  # fmt: skip
    acts = []
    for row in file.table.get("acts", ()):
        act_id = str(row.get("id", "?"))
        file.unknown_keys(row, _ACT_KEYS, act_id)
        for key, allowed in _MANY.items():
            for value in sorted(set(row.get(key, ())) - set(allowed)):
                file.problem(f"{act_id}: {key} tidak mengenal {value!r}", act_id)
        for key, (choices, default) in _ONE.items():
            if row.get(key, default) not in choices:
                file.problem(f"{act_id}: {key} harus salah satu dari {', '.join(choices)}", act_id)
        for key in ("number", "wording", "kinds", "elements", "source"):
            if not row.get(key):
                file.problem(f"{act_id}: {key} kosong", act_id)
        wanted = [name for entry in row.get("exceptions", ()) for name in sets.get(entry.removeprefix("set:"), [entry])]
        for kind, names, table in (("unsur", row.get("elements", ()), elements), ("pengecualian", wanted, exemptions)):
            for name in names:
                if name not in table:
                    file.problem(f"{act_id}: {kind} {name!r} tidak ada", act_id)
        acts.append(
            Act(
                id=act_id,
                document=document,
                provision=str(row.get("number", "")),
                category=str(row.get("category", "")),
                wording=str(row.get("wording", "")),
                kinds=frozenset(row.get("kinds", ())),
                statuses=frozenset(row.get("statuses", ())),
                severity=str(row.get("severity", "umum")),
                elements=tuple(elements[name] for name in row.get("elements", ()) if name in elements),
                exemptions=tuple(exemptions[name] for name in dict.fromkeys(wanted) if name in exemptions),
                role=str(row.get("role", "utama")),
                target=str(row.get("target", "contestant")),
                phases=frozenset(row.get("phases", ())),
                contest_kinds=frozenset(row.get("contest_kinds", ())),
                orphan=parse(file, act_id, row.get("orphan", ()), known),
                unnamed=parse(file, act_id, row.get("unnamed", ()), known),
                blocked_by=parse(file, act_id, row.get("blocked_by", ()), known),
                permits=tuple(row.get("permits", ())),
                observability=str(row.get("observability", "A")),
                sanction=str(row.get("sanction", "")),
                note=str(row.get("note", "")),
                certainty=str(row.get("certainty", document.certainty)),
                source=str(row.get("source", "")),
                examples=tuple(row.get("examples", ())),
                counterexamples=tuple(row.get("counterexamples", ())),
                file=file.name,
            )
        )
    return acts
