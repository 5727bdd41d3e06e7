"""Listed candidates put into sentences: who stands where, spread over regions, seats, parties and rarities by fixed steps."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from screening.ruleset.contests import Contest, Contestant
from screening.ruleset.listed import COMMON, RARE, UNCOMMON, rarity, region_words

DATA = Path(__file__).parent / "data"
DAYS = {"regional": "2024-10-20", "seat": "2024-01-20"}
TIMES = {"regional": 4, "dpr": 3, "dpd": 3, "dprd": 3}  # how often each sentence is used, each time with somebody else
_STEP = 97  # prime: neighbours on a list are of one region and party
_TITLE = {"Kabupaten": "bupati", "Kota": "wali kota"}


class Said(NamedTuple):
    """A sentence, the day it is said on, and the candidate whose name is in it."""

    text: str
    day: str
    contestant: str
    name: str
    rarity: str


def plain(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def people(contests: Mapping[str, Contest]) -> dict[str, list[tuple[Contest, Contestant]]]:
    """Listed contestants by kind: regional, dpr, dpd, dprd; in an order that mixes regions and parties."""
    found: dict[str, list[tuple[Contest, Contestant]]] = {"regional": [], "dpr": [], "dpd": [], "dprd": []}
    for contest in contests.values():
        for one in contest.contestants.values():
            if one.listed:
                found[one.seat.lower() or "regional"].append((contest, one))
    return {kind: [some[i * _STEP % len(some)] for i in range(len(some))] for kind, some in found.items()}


def promotions(contests: Mapping[str, Contest]) -> Iterator[Said]:
    """Sentences that promote somebody on a list."""
    who = {kind: cycle(some) for kind, some in people(contests).items()}
    for turn in range(max(TIMES.values())):
        for row in rows("listed_promotions"):
            if turn < TIMES[row["kind"]]:
                contest, one = next(who[row["kind"]])
                yield _filled(row["text"], row["kind"], contest, one, turn)


def _filled(text: str, kind: str, contest: Contest, one: Contestant, turn: int) -> Said:
    name = plain(one.members[turn % len(one.members)])
    firsts = [plain(member).split()[0] for member in one.members]
    shown = name.lower() if turn % 4 == 3 else name
    words = text.format(
        nama=shown,
        NAMA=name.upper(),
        nomor=one.number,
        partai=one.parties[0].upper() if one.parties and len(one.parties[0]) < 5 else " ".join(one.parties).title(),
        dapil=one.district.split(" ")[-1],
        daerah=region_words(contest.region).title(),
        jabatan=_TITLE.get(contest.region.split()[0], "gubernur"),
        pasangan="-".join(firsts) if turn % 2 else " dan ".join(firsts),
        tagar="".join(firsts),
    )
    day = DAYS["regional" if kind == "regional" else "seat"]
    return Said(words, day, one.id, name, rarity(name))


def everyday(contests: Mapping[str, Contest], each: int = 300) -> Iterator[Said]:
    """Everyday sentences with the names of listed candidates: `each` of every rarity."""
    by_rarity: dict[str, list[tuple[str, str, str]]] = {RARE: [], UNCOMMON: [], COMMON: []}
    for kind, some in people(contests).items():
        for _, one in some:
            for member in one.members:
                day = DAYS["regional" if kind == "regional" else "seat"]
                by_rarity[rarity(plain(member))].append((plain(member), one.id, day))
    texts = [row["text"] for row in rows("listed_everyday")]
    for degree, some in by_rarity.items():
        for i in range(each):
            name, contestant, day = some[i * _STEP % len(some)]
            yield Said(texts[i % len(texts)].replace("{nama}", name), day, contestant, name, degree)
