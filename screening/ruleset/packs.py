"""Jurisdiction packs read from folders of `<jurisdiction>/*.toml`, with every problem of every file.

The bundled folder `data/acts` comes first; folders of the user's own add jurisdictions, documents, elements and exceptions.
A pack extends `nasional`, which holds the joint decree's table, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile
from zipfile import Path as Packed

from screening.errors import Problem
from screening.ruleset.acts import EFFECTS, Act, Element, Exemption, Jurisdiction, OfficialText, parse
from screening.ruleset.datafile import DataFile, read_toml
from screening.ruleset.documents import Shared, acts_of, official_texts

NATIONAL = "nasional"
Folder = Path | Packed
_ABOUT_KEYS = ("schema", "name", "extends", "neutrality", "neutrality_source")
_SHARED = ("elements.toml", "exceptions.toml", "references.toml", "naskah.toml")


@dataclass
class ActReading:
    """Everything read from the folders, with every problem; `references`: what holds for a kind of employment."""

    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)

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

    def without_table(self) -> list[Problem]:
        """A warning for every jurisdiction whose pack does not hold the table of violations: it would find next to nothing."""
        return [
            Problem(
                f"{name}/jurisdiction.toml", 0, f"yurisdiksi {name} tidak memuat tabel pelanggaran SKB",
                'tulis extends = ["nasional"], atau hapus baris extends',
            )
            for name in self.jurisdictions
            if not any(act.document.table for act in self.pack([name]))
        ]  # fmt: skip


@dataclass
class _Pack:
    """The documents of one jurisdiction, from all folders."""

    about: DataFile
    documents: list[DataFile] = field(default_factory=list)


def read_acts(folders: Path | Sequence[Path], signals: Iterable[str]) -> ActReading:
    """All jurisdictions under the folders (one folder each), with the shared elements.toml and exceptions.toml.

    The first folder is the bundled one; problems name its files as `data/acts/…`, those of others by their folder's name.
    """
    places: list[Folder] = [_opened(one) for one in ([folders] if isinstance(folders, Path) else folders)]
    reading = ActReading()
    known = set(signals)
    shared = Shared(known)
    texts: dict[str, OfficialText] = {}
    packs: dict[str, _Pack] = {}
    for number, folder in enumerate(places):
        shown = folder.name if number else "data/acts"
        if not folder.is_dir():
            reading.problems.append(Problem(shown, 0, "bukan folder butir", "periksa --acts"))
            continue
        files = {name: folder / name for name in _SHARED if not number or (folder / name).is_file()}
        if "elements.toml" in files:
            shared.elements |= _elements(reading, read_toml(files["elements.toml"], f"{shown}/elements.toml"), known)
        if "exceptions.toml" in files:
            file = read_toml(files["exceptions.toml"], f"{shown}/exceptions.toml")
            _exemptions(reading, file, known, shared)
        if "references.toml" in files and files["references.toml"].is_file():
            reading.references |= _references(reading, read_toml(files["references.toml"], f"{shown}/references.toml"))
        if "naskah.toml" in files and files["naskah.toml"].is_file():
            texts |= official_texts(reading.problems, read_toml(files["naskah.toml"], f"{shown}/naskah.toml"), folder)
        _collect(reading, folder, shown, packs)
    _make(reading, packs, shared, texts)
    return reading


def _opened(place: Path) -> Folder:
    """A folder as it is; a ZIP of one (as a run keeps it) as a folder to read from."""
    try:
        return Packed(place) if place.is_file() and is_zipfile(place) else place
    except (OSError, BadZipFile):
        return place


def _toml_files(folder: Folder) -> list[Folder]:
    return sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)


def _collect(reading: ActReading, folder: Folder, shown: str, packs: dict[str, _Pack]) -> None:
    """The files of one folder, by jurisdiction."""
    for stray in (path.name for path in _toml_files(folder) if path.name not in _SHARED):
        what = f"dokumen {stray} tidak berada dalam folder yurisdiksi"
        reading.problems.append(Problem(f"{shown}/{stray}", 0, what, "pindahkan ke folder/<yurisdiksi>/"))
    for place in sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda one: one.name):
        about = place / "jurisdiction.toml"
        name = f"{shown}/{place.name}/jurisdiction.toml"
        if place.name not in packs or about.exists():
            own = read_toml(about, name) if about.exists() else DataFile(name, "", {})
            packs.setdefault(place.name, _Pack(own)).about = own
        packs[place.name].documents += [
            read_toml(path, f"{shown}/{place.name}/{path.name}")
            for path in _toml_files(place)
            if path.name != "jurisdiction.toml"
        ]


def _make(reading: ActReading, packs: Mapping[str, _Pack], shared: Shared, texts: Mapping[str, OfficialText]) -> None:
    """The jurisdictions of the packs; every act is at hand for those that carry it."""
    rows: dict[str, Mapping[str, Any]] = {}
    for one in packs.values():
        for file in one.documents:
            rows |= {str(row.get("id")): row for row in file.table.get("acts", ()) if not row.get("carries")}
    for name, one in packs.items():
        acts: list[Act] = []
        for file in one.documents:
            acts += acts_of(file, name, shared, rows, texts, reading.warnings)
            reading.problems.extend(file.problems)
        ids = [act.id for act in acts]
        own = one.about
        own.unknown_keys(own.table, _ABOUT_KEYS, "jurisdiction")
        for act_id in sorted({act_id for act_id in ids if ids.count(act_id) > 1}):
            own.problem(f"butir ganda: {act_id}", act_id)
        reading.problems.extend(own.problems)
        extends = own.table.get("extends", () if name == NATIONAL else (NATIONAL,))
        reading.jurisdictions[name] = Jurisdiction(
            name, str(own.table.get("name", name)), tuple(extends), tuple(acts),
            tuple(own.table.get("neutrality", ())), str(own.table.get("neutrality_source", "")),
        )  # fmt: skip
    for pack in reading.jurisdictions.values():
        for missing in sorted(set(pack.extends) - set(reading.jurisdictions)):
            reading.problems.append(
                Problem(packs[pack.id].about.name, 0, f"memperluas yurisdiksi yang tidak ada: {missing}")
            )
    told = {act.document.id for pack in reading.jurisdictions.values() for act in pack.acts}
    for text_of in sorted(set(texts) - told):
        reading.problems.append(Problem("naskah.toml", 0, f"naskah untuk dokumen yang tidak ada: {text_of}"))


def _references(reading: ActReading, file: DataFile) -> dict[str, str]:
    made = {}
    for kind, row in file.table.get("employment", {}).items():
        file.unknown_keys(row, ("text", "source"), kind)
        if not (row.get("text") and row.get("source")):
            file.problem(f"rujukan {kind} perlu text dan source", kind)
        made[kind] = str(row.get("text", ""))
    reading.problems.extend(file.problems)
    return made


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


def _exemptions(reading: ActReading, file: DataFile, known: set[str], shared: Shared) -> None:
    """The exceptions and sets of one file, added to those known."""
    for name, row in file.table.get("exceptions", {}).items():
        file.unknown_keys(row, ("text", "when", "effect", "points", "but", "but_effect", "settle"), name)
        points = row.get("points", 0)
        if row.get("effect") not in EFFECTS or row.get("but_effect", "mitigate") not in EFFECTS:
            file.problem(f"pengecualian {name}: effect harus salah satu dari {', '.join(EFFECTS)}", name)
        if not isinstance(points, int) or points > 0:
            file.problem(f"pengecualian {name}: points harus bilangan bulat, nol atau kurang", name)
        shared.exemptions[name] = Exemption(
            name, str(row.get("text", "")), parse(file, name, row.get("when", ()), known),
            str(row.get("effect", "mitigate")), points, parse(file, name, row.get("but", ()), known),
            str(row.get("but_effect", "mitigate")), str(row.get("settle", "")),
        )  # fmt: skip
    shared.sets |= file.table.get("sets", {})
    for name, members in shared.sets.items():
        for member in sorted(set(members) - set(shared.exemptions)):
            file.problem(f"himpunan {name}: pengecualian {member!r} tidak ada", member, name)
    reading.problems.extend(file.problems)
