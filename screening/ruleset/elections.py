"""Contests read from `data/elections/*.toml`: templates, regional contests, re-votes; every problem with file and line.

A file may name tables of candidates beside it (`[[tables]]`, see `ruleset/candidate_tables.py`): their contests follow a
template, and contests that stand in a TOML file take from the table only the ballot numbers they do not state themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from screening.errors import Problem
from screening.ruleset.candidate_tables import with_table
from screening.ruleset.contests import CERTAINTIES, KINDS, PHASES, STATUSES, Contest, Contestant, Phase, Status, zone
from screening.ruleset.datafile import DataFile, read_toml

_CONTEST_KEYS = (
    "id", "name", "kind", "region", "timezone", "number_from", "phases", "statuses", "contestants", "extends", "covers",
    "rerun", "independent", "dates_open",
)  # fmt: skip
_CONTESTANT_KEYS = (
    "id", "number", "name", "members", "labels", "parties", "region", "independent", "statuses", "source", "listed",
    "former",
)  # fmt: skip


@dataclass
class _Reading:
    contests: dict[str, Contest] = field(default_factory=dict)
    independent: dict[str, tuple[Status, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_contests(places: Path | Sequence[Path]) -> tuple[dict[str, Contest], list[Problem]]:
    """All contests of the places (folders of TOML files, or files) by id, and every problem found.

    The first place is the bundled one. Templates may stand in any file.
    """
    reading = _Reading()
    files: list[DataFile] = []
    folders: list[Path] = []
    for number, place in enumerate([places] if isinstance(places, Path) else places):
        shown = (place.name if place.is_dir() else place.parent.name) if number else "data/elections"
        paths = sorted(place.glob("*.toml")) if place.is_dir() else [place]
        if not paths:
            reading.problems.append(Problem(shown, 0, "tidak ada berkas kontes (*.toml)", "periksa --elections"))
        files += [read_toml(path, f"{shown}/{path.name}") for path in paths]
        folders += [path.parent for path in paths]
    rows = [(file, row) for file in files for row in _tables(file, "contests")]
    for wanted in (False, True):  # templates first, then those that extend them
        for file, row in rows:
            if bool(row.get("extends")) is wanted:
                try:
                    _add(reading, file, row)
                except (
                    AttributeError,
                    TypeError,
                    ValueError,
                    KeyError,
                ):  # a text where a table belongs, a table for a number
                    name = str(row.get("id", ""))
                    file.problem(f"kontes {name!r}: isinya bukan seperti yang diharapkan", name or "contests")
    for file, beside in zip(files, folders, strict=True):
        for table in _tables(file, "tables"):
            file.unknown_keys(table, ("file", "extends", "source", "note"), "tables")
            reading.contests |= with_table(
                beside / str(table.get("file", "")), table, reading.contests, reading.independent, file
            )
    for file in files:
        reading.problems.extend(file.problems)
    return reading.contests, reading.problems


def _tables(file: DataFile, name: str) -> list[Mapping[str, Any]]:
    """The `[[name]]` tables of a file; what stands there instead is a problem."""
    found = file.table.get(name, [])
    tables = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
    if not isinstance(found, list) or len(tables) < len(found):
        file.problem(f"{name}: harus berupa tabel [[{name}]]", name)
    return tables


def _add(reading: _Reading, file: DataFile, row: Mapping[str, Any]) -> None:
    contest_id = str(row.get("id", ""))
    if not contest_id or contest_id in reading.contests:
        file.problem(f"kontes tanpa id atau id ganda: {contest_id!r}", contest_id or "contests")
        return
    file.unknown_keys(row, _CONTEST_KEYS, contest_id)
    template = reading.contests.get(row.get("extends", ""))
    if row.get("extends") and template is None:
        file.problem(f"{contest_id}: templat {row['extends']!r} tidak ada", contest_id)
    phases = _steps(file, contest_id, row, "phases", Phase, PHASES) or (template.phases if template else ())
    statuses = _steps(file, contest_id, row, "statuses", Status, STATUSES) or (template.statuses if template else ())
    rerun = _steps(file, contest_id, row, "rerun", Phase, PHASES)
    if rerun:
        phases, statuses = _go_on(phases, statuses, rerun)
    independent = _steps(file, contest_id, row, "independent", Status, STATUSES)
    independent = independent or reading.independent.get(row.get("extends", ""), ())
    contest = Contest(
        id=contest_id,
        name=str(row.get("name", contest_id)),
        kind=str(row.get("kind", template.kind if template else "")),
        region=str(row.get("region", template.region if template else "")),
        timezone=str(row.get("timezone", template.timezone if template else "Asia/Jakarta")),
        phases=phases,
        statuses=statuses,
        number_from=row.get("number_from", template.number_from if template else None),
        covers=str(row.get("covers", "")),
        contestants={},
        file=file.name,
        dates_open=str(row.get("dates_open", "")),
    )
    _check(file, contest)
    contestants = {}
    for entry in row.get("contestants", ()):
        made = contestant_of(file, contest, entry, independent)
        if made.id in contestants:
            file.problem(f"peserta ganda: {made.id}", made.name)
        contestants[made.id] = made
    reading.contests[contest_id] = replace(contest, contestants=contestants)
    reading.independent[contest_id] = independent


def contestant_of(
    file: DataFile, contest: Contest, row: Mapping[str, Any], independent: tuple[Status, ...]
) -> Contestant:
    """The contestant a table of the file describes; what is wrong with it is told to the file."""
    name = str(row.get("name", ""))
    number = row.get("number")
    file.unknown_keys(row, _CONTESTANT_KEYS, name or contest.id)
    own = _steps(file, name, row, "statuses", Status, STATUSES)
    starts = {step.start for step in own}
    first = independent if row.get("independent") else ()
    timeline = [step for step in contest.statuses if step.start not in starts]
    made = Contestant(
        id=str(row.get("id", f"{contest.id}/{number}")),
        name=name,
        contest=contest.id,
        number=number,
        number_from=contest.number_from,
        members=tuple(row.get("members", ())),
        labels=tuple(row.get("labels", ())),
        parties=tuple(row.get("parties", ())),
        region=str(row.get("region", contest.region)),
        independent=bool(row.get("independent", False)),
        statuses=tuple(sorted((*timeline, *first, *own), key=lambda step: step.start)),
        source=str(row.get("source", "")),
        listed=bool(row.get("listed", False)),
        former=tuple((str(one["name"]), one["until"]) for one in row.get("former", ())),
    )
    if not name or not (isinstance(number, int) or row.get("id")):
        file.problem(f"{contest.id}: peserta tanpa nama, atau tanpa nomor dan id", name or contest.id)
    if not made.id.startswith(f"{contest.id}/"):
        file.problem(f"{made.id}: id peserta harus diawali {contest.id}/", made.id)
    return made


def _go_on(
    phases: tuple[Phase, ...], statuses: tuple[Status, ...], rerun: tuple[Phase, ...]
) -> tuple[tuple[Phase, ...], tuple[Status, ...]]:
    """A re-vote replaces what the template says from its first day on; the candidates stay candidates to its last."""
    over = Status("figure", rerun[-1].end + timedelta(days=1), rerun[-1].certainty, rerun[-1].source)
    kept = tuple(stage for stage in phases if stage.end < rerun[0].start)
    return (*kept, *rerun), (*(step for step in statuses if step.start < rerun[0].start), over)


def _steps(
    file: DataFile, owner: str, row: Mapping[str, Any], key: str, kind: type, allowed: tuple[str, ...]
) -> tuple[Any, ...]:
    made = []
    word = "phase" if kind is Phase else "status"
    fields = {word, "start", "certainty", "source", "note"} | ({"end"} if kind is Phase else set())
    for entry in row.get(key, ()):
        file.unknown_keys(entry, fields, f"{owner}.{key}")
        days = [entry.get(name) for name in ("start", "end") if name in fields]
        if entry.get(word) not in allowed or not all(type(day) is date for day in days):
            file.problem(f"{owner}: {key} perlu {word} yang dikenal dan tanggal (YYYY-MM-DD)", owner)
            continue
        if entry.get("certainty", "unverified") not in CERTAINTIES:
            file.problem(f"{owner}: certainty harus salah satu dari {', '.join(CERTAINTIES)}", owner)
        if not entry.get("source"):
            file.problem(f"{owner}: {key} {entry[word]} tanpa sumber", owner, remedy="isi source")
        made.append(kind(**{name: value for name, value in entry.items() if name in fields}))
    return tuple(made)


def _check(file: DataFile, contest: Contest) -> None:
    if contest.kind not in KINDS:
        file.problem(f"{contest.id}: kind harus salah satu dari {', '.join(KINDS)}", contest.id)
    if contest.dates_open and contest.phases:
        file.problem(f"{contest.id}: dates_open hanya untuk kontes yang belum bertanggal", contest.id)
    if not contest.dates_open and not (contest.phases and contest.statuses):
        file.problem(f"{contest.id}: perlu phases dan statuses", contest.id)
    try:
        zone(contest.timezone)
    except (KeyError, ValueError, OSError):
        file.problem(f"{contest.id}: zona waktu tidak dikenal: {contest.timezone}", contest.timezone)
    for before, after in zip(contest.phases, contest.phases[1:], strict=False):
        if after.start != before.end + timedelta(days=1) or before.end < before.start:
            file.problem(f"{contest.id}: tahapan {before.phase} dan {after.phase} tidak bersambung", contest.id)
    starts = [step.start for step in contest.statuses]
    if starts != sorted(set(starts)):
        file.problem(f"{contest.id}: status harus berurutan menurut tanggal", contest.id)
