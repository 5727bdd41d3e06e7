"""The swap test: exchanging all contestants of a contest must change nothing in result, score, points or provision.

Two rounds: every act, element by element, from made-up statements through the judge; and sentences through the whole pipeline.
Contestants are compared on days on which the calendar gives them the same status (an inaugurated winner is no candidate
any more, an independent one collects support earlier: that is the law's difference, not the software's).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from screening.judge import judge
from screening.ruleset.acts import Act
from screening.ruleset.contests import Contest, Contestant, number_counts, status
from screening.ruleset.listed import region_words
from screening.ruleset.load import Ruleset
from screening.ruleset.resolve import plain
from screening.shipped import shipped
from screening.tables import ACTIVITIES, STATEMENTS

_PLACES = {
    "own": "text",
    "content": "target_text",
    "media": "media_text",
    "account": "target_account",
    "tagged": "tagged",
}
_CHANNELS = {"own": "own", "content": "content", "media": "picture", "account": "account", "tagged": "account"}
_ABOUT_NOBODY = ("context", "audience")  # groups of signals
_WEIGHED = ("registration", "campaign")
COLUMNS = ("contest", "day", "scenario", "contestant", "result", "score", "points", "acts")


@dataclass(frozen=True)
class Parity:
    """`differences`: rows of COLUMNS whose contestants are not treated alike (none, or the test has failed).

    `gaps`: (contestant, name) the lexicon knows only with further words beside it or not at all, such as a very common
    personal name: sentences with that name alone are not compared, the list says which.
    """

    checks: int
    differences: pd.DataFrame
    gaps: tuple[tuple[str, str], ...] = ()


def parity(ruleset: Ruleset, contests: Iterable[str] | None = None, one_in: int = 1) -> Parity:
    """Swap all contestants of each contest (default: all with two or more) in every `one_in`-th scenario of both rounds."""
    table = tomllib.loads(shipped("data/parity.toml").read_text(encoding="utf-8"))
    chosen = list(contests) if contests is not None else _chosen(ruleset, table["listed"])
    open_rules = replace(ruleset, roster=None)
    found = []
    known = _plain_names(ruleset)
    gaps: list[tuple[str, str]] = []
    for name in chosen:
        contest = ruleset.contests[name]
        groups = list(_comparable(ruleset, contest, table["listed"]["most"]))
        found += [_judged(open_rules, contest, groups, one_in), _screened(open_rules, contest, groups, one_in, table)]
        gaps += [
            (one.id, member) for one in contest.contestants.values() for member in _members(one)
            if not one.listed and (one.id, plain(member)) not in known
        ]  # fmt: skip
    made = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))
    told = made.groupby(["contest", "day", "group", "scenario"])[["result", "score", "points", "acts"]].nunique()
    uneven = told[(told > 1).any(axis=1)].reset_index()[["contest", "day", "group", "scenario"]]
    differences = made.merge(uneven, on=["contest", "day", "group", "scenario"])[list(COLUMNS)]
    return Parity(len(told), differences.sort_values(list(COLUMNS)[:4], ignore_index=True), tuple(gaps))


def _chosen(ruleset: Ruleset, listed: Mapping[str, Any]) -> list[str]:
    """All contests that are described by hand and those for seats, and some of the hundreds that only have a list."""
    several = {name: one for name, one in ruleset.contests.items() if len(one.contestants) > 1}
    by_list = {
        name for name, one in several.items()
        if one.kind == "regional" and all(held.listed for held in one.contestants.values())
    }  # fmt: skip
    some = set(sorted(by_list)[:: listed["one_in"]])
    return [name for name in several if name not in by_list or name in some]


def _members(contestant: Contestant) -> tuple[str, ...]:
    return contestant.members or (contestant.name,)


def _plain_names(ruleset: Ruleset) -> set[tuple[str, str]]:
    """(contestant, plain name) of the entries that hold without further words beside them."""
    entries = getattr(ruleset.lexicon, "entries", ())
    return {(one.contestant_id, plain(one.term)) for one in entries if one.contestant_id and not one.requires}


Group = tuple[date, str, list[Contestant]]


def _comparable(ruleset: Ruleset, contest: Contest, most: int) -> Iterator[Group]:
    """Contestants of equal standing on a day of each weighed phase, in groups of two or more; of lists at most so many."""
    for stage in contest.phases:
        if stage.phase not in _WEIGHED:
            continue
        alike: dict[str, list[Contestant]] = {}
        for contestant in contest.contestants.values():
            held = status(ruleset.contests, contestant.id, stage.end)
            key = f"{held}{' perseorangan' if contestant.independent else ''}"
            if contestant.seat:  # the party is said in every sentence, and a longer name puts it further from the verb
                key += f" {' '.join(contestant.parties)} {len(_bare(contestant.members[0]).split())} kata"
            alike.setdefault(key, []).append(contestant)
        several = [(held, group) for held, group in alike.items() if len(group) > 1]
        if all(one.seat for one in contest.contestants.values()):
            several = several[:: max(len(several) // most, 1)][:most]  # by status, party and length of names: dozens
        for held, group in several:
            listed = all(one.listed for one in group)
            yield stage.end, held, group[:: max(len(group) // most, 1)][:most] if listed else group


def _judged(ruleset: Ruleset, contest: Contest, groups: Iterable[Group], one_in: int) -> pd.DataFrame:
    """Round one: each act from each of its alternatives, by statements made up about every contestant."""
    rows: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    keys: list[tuple[str, ...]] = []
    scenes = [scene for act in ruleset.acts for scene in _alternatives(act)][::one_in]
    for day, held, group in groups:
        for number, (label, kind, atoms) in enumerate(scenes):
            for contestant in group:
                name = f"{day}|{held}|{number}|{contestant.id}"
                made = dict(_activity(name, contest, day, kind, atoms))
                rows.append(made)
                statements += _statements(name, atoms, contestant.id, contest.kind, ruleset)
                keys.append((name, contest.id, day.isoformat(), held, label, contestant.id))
    findings, judged = judge(ACTIVITIES.build(rows), STATEMENTS.build(statements), ruleset)
    return _told(keys, findings, judged)


def _alternatives(act: Act) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every alternative of every element, the other elements shown by their first; with each kind that suits."""
    firsts = [element.shown[0] for element in act.elements]
    for place, element in enumerate(act.elements):
        for option in (*element.shown, *element.hinted):
            atoms = frozenset().union(option, *(first for at, first in enumerate(firsts) if at != place))
            wanted = {atom[5:] for atom in atoms if atom.startswith("kind:")} or act.kinds
            for kind in sorted(wanted & act.kinds):
                yield f"{act.id}/{element.name}/{kind}/{' & '.join(sorted(option))}", kind, atoms


def _activity(name: str, contest: Contest, day: date, kind: str, atoms: frozenset[str]) -> Mapping[str, Any]:
    noon = datetime.combine(day, time(12), ZoneInfo(contest.timezone))
    seen = "public" if "is:public" in atoms else "private" if "is:private" in atoms else "unknown"
    thing = next((atom[7:] for atom in sorted(atoms) if atom.startswith("object:")), None)
    return {
        "activity_id": name, "platform": "instagram", "actor": "asn_uji", "kind": kind, "visibility": seen,
        "happened_at": pd.Timestamp(noon).tz_convert("UTC"), "time_basis": "exact_utc", "target_kind": thing,
        "source_file": "uji", "source_pointer": "1", "tagged": "asn_uji" if "is:tagged_by_other" in atoms else None,
    }  # fmt: skip


def _statements(
    name: str, atoms: frozenset[str], contestant: str, kind: str, ruleset: Ruleset
) -> Iterator[dict[str, Any]]:
    """Plain statements of the writer that supply the atoms, about the contestant where a statement can be about somebody."""
    named = {"own:party" if kind == "party" else "own:contestant"}
    for atom in sorted(atoms | named):
        place, _, signal = atom.partition(":")
        group = ruleset.signal_groups.get(signal)
        if place not in (*_PLACES, "any") or group is None:
            continue
        where = ("media" if group == "media" else "own") if place == "any" else place
        nobody = group in _ABOUT_NOBODY or signal == "contestants_unnamed"
        yield {
            "statement_id": f"{name}-{atom}", "activity_id": name, "field": _PLACES[where], "start": 0, "end": 3,
            "speaker": "other" if where == "content" else "self", "predicate": signal, "meant": "asserted",
            "toward": "" if nobody else contestant, "election": "", "channel": _CHANNELS[where], "strength": 0.9,
            "supported": False, "detector": "uji", "how": "exact", "entry_id": "uji", "quote": "uji", "quote_start": 0,
            "quote_end": 3,
        }  # fmt: skip


def _screened(
    ruleset: Ruleset, contest: Contest, groups: Iterable[Group], one_in: int, table: Mapping[str, Any]
) -> pd.DataFrame:
    """Round two: whole sentences about every contestant through the pipeline."""
    from screening.pipeline import screen

    known = _plain_names(ruleset)
    fields = [("text", text) for text in table["texts"]] + [("media_text", text) for text in table["media"]]
    fields = fields[::one_in]
    listed = [("text", text) for text in table["listed"]["texts"]]
    where = _number_place(ruleset, contest)
    rows, keys = [], []
    for day, held, group in groups:
        place = where if number_counts(contest, day) else None
        for field, template in listed if all(one.listed for one in group) else fields:
            for contestant in group:
                for member, words in _filled(template, contestant, place, known):
                    for kind in table["kinds"]:
                        name = f"{contest.id}|{day}|{held}|{field}|{kind}|{template}|{contestant.id}|{member}"
                        rows.append({**_activity(name, contest, day, kind, frozenset({"is:public"})), field: words})
                        keys.append(
                            (name, contest.id, day.isoformat(), held, f"{kind}: {template} ({member})", contestant.id)
                        )
    out = screen(ACTIVITIES.build(rows), ruleset)
    return _told(keys, out.findings, out.activities)


def _number_place(ruleset: Ruleset, contest: Contest) -> str | None:
    """What stands behind a ballot number so that it is one of this contest: a region's name, which two regions may share
    (then None, as for parties, whose numbers are no pairs': there is no such sentence, and none before the draw)."""
    if contest.kind != "regional":
        return None if contest.kind == "party" else ""
    name = region_words(contest.region)
    same = [
        one for one in ruleset.contests.values()
        if one.kind == "regional" and not one.covers and one.phases == contest.phases and region_words(one.region) == name
    ]  # fmt: skip
    return f" di {name}" if len(same) == 1 else None


def _filled(
    template: str, contestant: Contestant, where: str | None, known: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The template about one contestant: once per member the lexicon knows plainly, or once per pair or number (`where`: see
    `_number_place`)."""
    members = _members(contestant)
    if contestant.listed:
        for place, member in enumerate(members):
            words = template.format(nama=_bare(member), tempat=_place(contestant), nomor=contestant.number)
            yield f"anggota {place + 1}", words
        return
    plainly = [(contestant.id, plain(member)) in known for member in members]
    if "{nama}" in template:
        for place, member in enumerate(members):
            if plainly[place]:
                yield f"anggota {place + 1}", template.format(nama=member)
    elif "{nomor}" in template:
        if where is not None:
            yield "nomor", template.format(nomor=contestant.number) + where
    elif all(plainly):
        yield "pasangan", template.format(pasangan=" - ".join(members))


def _bare(member: str) -> str:
    return member.split(" (")[0]


def _place(contestant: Contestant) -> str:
    """What a listed contestant stands for, as people write it."""
    if not contestant.seat:
        return f"calon bupati {region_words(contestant.region)}"
    party = f"caleg partai {contestant.parties[0].upper()} dapil {contestant.district}" if contestant.parties else ""
    return party or "calon DPD"


def _told(keys: Sequence[tuple[str, ...]], findings: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """One row per scenario and contestant: what was said about it."""
    table = pd.DataFrame(keys, columns=["activity_id", "contest", "day", "group", "scenario", "contestant"])
    ordered = findings.sort_values(["activity_id", "act_id"])
    ordered = ordered.assign(told=ordered["act_id"] + "=" + ordered["result"] + ":" + ordered["points"].astype(str))
    told = ordered.groupby("activity_id")["told"].agg(" ".join)
    points = findings.groupby("activity_id")["points"].max()
    table = table.merge(judged[["activity_id", "result", "score"]], on="activity_id")
    return table.assign(
        acts=table["activity_id"].map(told).fillna(""),
        points=table["activity_id"].map(points).fillna(0).astype("int64"),
    ).drop(columns="activity_id")
