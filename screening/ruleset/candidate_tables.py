"""Tables of candidates beside the election files: `data/elections/*.csv`, named by a TOML file with their template and source.

Pairs: `contest, region, province, number, entry, head, running_mate` (`entry` = pair or empty_column; nobody stands for an
empty column). Legislative candidates: `contest, seat, district, party, number, name`; their ids are
`<contest>/<district>-<seat>-<party>-<number>`. Names are plain, a nickname behind them in brackets. How they are looked for
in texts: `ruleset/listed.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from screening.ruleset.contests import Contest, Contestant, Status
from screening.ruleset.datafile import DataFile
from screening.shipped import shipped

PAIRS = ("contest", "region", "province", "number", "entry", "head", "running_mate")
SEATS = ("contest", "seat", "district", "party", "number", "name")
_NICKNAME = re.compile(r"\s*\(([^)]*)\)")
# What a regional contest is called, by the first word of its region; anything else is a province.
_OFFICES = {"Kabupaten": "Bupati dan Wakil Bupati", "Kota": "Wali Kota dan Wakil Wali Kota"}
_GOVERNOR = "Gubernur dan Wakil Gubernur"


def with_table(
    path: Path,
    table: Mapping[str, Any],
    contests: Mapping[str, Contest],
    independent: Mapping[str, tuple[Status, ...]],
    file: DataFile,
) -> dict[str, Contest]:
    """The contests of a table, new ones and those of `contests` already; problems are told to the file that names it.

    `independent`: what somebody without a party is earlier than the others, by contest.
    """
    rows = _rows(path, file)
    template = contests.get(str(table.get("extends", "")))
    if rows and template is None:
        file.problem(f"{path.name}: templat {table.get('extends')!r} tidak ada", path.name)
    if not table.get("source"):
        file.problem(f"{path.name}: tabel tanpa sumber", path.name, remedy="isi source")
    if not rows or template is None:
        return {}
    by_contest: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_contest.setdefault(row["contest"], []).append(row)
    source = str(table.get("source", ""))
    made: dict[str, Contest] = {}
    for contest_id, some in by_contest.items():
        contest = contests.get(contest_id) or _regional(contest_id, some[0], template, f"data/elections/{path.name}")
        if "province" in some[0]:
            contest = replace(contest, province=some[0]["province"])
        added = (
            _seats(contest, some, source, independent.get(contest.id, ()))
            if "seat" in some[0]
            else _pairs(contest, some, source)
        )
        made[contest_id] = replace(contest, contestants={**added, **contest.contestants})
    return made


def _rows(path: Path, file: DataFile) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except OSError:
        file.problem(f"tabel {path.name} tidak ada", path.name)
        return []
    if tuple(reader.fieldnames or ()) not in (PAIRS, SEATS):
        file.problem(f"{path.name}: kolom harus {', '.join(PAIRS)} atau {', '.join(SEATS)}", path.name)
        return []
    for line, row in enumerate(rows, 2):
        if not row["number"].isdigit() or not row["contest"]:
            file.problem(f"{path.name}:{line}: perlu kontes dan nomor urut", path.name)
    return [row for row in rows if row["number"].isdigit() and row["contest"]]


def _regional(contest_id: str, row: Mapping[str, str], template: Contest, file: str) -> Contest:
    office = _OFFICES.get(row["region"].split(" ")[0], _GOVERNOR)
    year = contest_id.rsplit("-", 1)[-1]
    return replace(
        template,
        id=contest_id,
        name=f"Pemilihan {office} {row['region']} {year}",
        region=row["region"],
        timezone=_zones().get(row["province"], template.timezone),
        covers="",
        contestants={},
        file=file,
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Province -> time zone (`data/elections/zona-waktu.csv`)."""
    with (shipped("data/elections") / "zona-waktu.csv").open(encoding="utf-8", newline="") as lines:
        return {row["province"]: row["timezone"] for row in csv.DictReader(lines)}


def _pairs(contest: Contest, rows: Iterable[Mapping[str, str]], source: str) -> dict[str, Contestant]:
    """The pairs of a contest whose numbers the contest does not state itself."""
    stated = {one.number for one in contest.contestants.values()}
    made = {}
    for row in rows:
        number = int(row["number"])
        if row["entry"] != "pair" or number in stated:
            continue
        members = tuple(name for name in (row["head"], row["running_mate"]) if name)
        one = Contestant(
            id=f"{contest.id}/{number}",
            name=" – ".join(_NICKNAME.sub("", name) for name in members),
            contest=contest.id,
            number=number,
            number_from=contest.number_from,
            members=members,
            region=contest.region,
            statuses=contest.statuses,
            source=source,
            listed=True,
        )
        made[one.id] = one
    return made


def _seats(
    contest: Contest, rows: Iterable[Mapping[str, str]], source: str, independent: tuple[Status, ...]
) -> dict[str, Contestant]:
    """Candidates for seats. Those for the DPD stand by themselves, whatever the list says: they have no party."""
    alone = tuple(sorted((*contest.statuses, *independent), key=lambda step: step.start))
    made = {}
    for row in rows:
        party, number = row["party"], int(row["number"])
        place = "-".join(part for part in (row["district"], row["seat"], party, row["number"]) if part)
        told = f"{row['seat']} {row['district']}, " + (f"{party} nomor {number}" if party else f"nomor {number}")
        one = Contestant(
            id=f"{contest.id}/{_slug(place)}",
            name=f"{_NICKNAME.sub('', row['name'])} ({told})",
            contest=contest.id,
            number=number,
            number_from=contest.number_from,
            members=(row["name"],),
            parties=(party.lower(),) if party else (),
            region=row["district"],
            independent=not party,
            statuses=contest.statuses if party else alone,
            source=source,
            listed=True,
            seat=row["seat"],
            district=row["district"],
        )
        made[one.id] = one
    return made


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
