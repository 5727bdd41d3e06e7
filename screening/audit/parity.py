"""The swap test: exchanging all contestants of a contest must change nothing in result, score, points or provision.

Two rounds: every act, element by element, from made-up statements through the judge; and sentences through the whole pipeline.
The judge reads of a contestant nothing but kind and calendar of the contest, statuses, standing alone or not: of
groups alike in that, one is judged for all (`_look`). Texts differ by name, so sentences are about
everybody, people on lists included, across parties and regions' lists.
Contestants are compared on days on which the calendar gives them the same status (an inaugurated winner is no candidate
any more, an independent one collects support earlier: that is the law's difference, not the software's).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, NamedTuple
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
_PART = 20_000  # sentences screened at once
COLUMNS = ("contest", "day", "scenario", "contestant", "result", "score", "points", "acts")


Group = tuple[date, str, list[Contestant]]


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
    chosen = (
        list(contests) if contests is not None else [n for n, c in ruleset.contests.items() if len(c.contestants) > 1]
    )
    open_rules = replace(ruleset, roster=None)
    found = []
    known = _plain_names(ruleset)
    gaps: list[tuple[str, str]] = []
    looks: set[object] = set()
    listed: list[_Sentence] = []
    for name in chosen:
        contest = ruleset.contests[name]
        groups = list(_comparable(ruleset, contest))
        fresh = [one for one in groups if _look(contest, one) not in looks]
        looks.update(_look(contest, one) for one in fresh)
        if fresh:
            found.append(_judged(open_rules, contest, _some(fresh, table["listed"]["most"]), one_in))
        by_hand = [one for one in groups if not all(held.listed for held in one[2])]
        found.append(_screened(open_rules, list(_sentences(ruleset, contest, by_hand, one_in, table, known))))
        # Everybody on the latest day; a name says the same on another day, the judge's part of it is round one.
        by_list = [one for one in groups if one not in by_hand]
        last = max((one[0] for one in by_list), default=None)
        listed += _sentences(ruleset, contest, [one for one in by_list if one[0] == last], one_in, table, known)
        gaps += [
            (one.id, member) for one in contest.contestants.values() for member in _members(one)
            if not one.listed and (one.id, plain(member)) not in known
        ]  # fmt: skip
    if listed:
        found.append(_screened(open_rules, listed))
    made = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))
    told = made.groupby(["contest", "day", "group", "scenario"])[["result", "score", "points", "acts"]].nunique()
    uneven = told[(told > 1).any(axis=1)].reset_index()[["contest", "day", "group", "scenario"]]
    differences = made.merge(uneven, on=["contest", "day", "group", "scenario"])[list(COLUMNS)]
    return Parity(len(told), differences.sort_values(list(COLUMNS)[:4], ignore_index=True), tuple(gaps))


def _look(contest: Contest, group: Group) -> object:
    """All that the judge reads of contestants of equal standing on a day: groups with one look are judged alike whatever is
    said, so one of them is judged for all."""
    stage = next((one.phase for one in contest.phases if one.start <= group[0] <= one.end), "")
    first = group[2][0]
    return contest.kind, contest.timezone, bool(contest.covers), stage, group[1], bool(first.seat), first.listed


def _some(groups: Iterable[Group], most: int) -> list[Group]:
    """At most so many of a list, evenly spaced: its other contestants stand alike (`_look`)."""
    return [
        (day, held, group[:: max(len(group) // most, 1)][:most] if all(one.listed for one in group) else group)
        for day, held, group in groups
    ]


def _members(contestant: Contestant) -> tuple[str, ...]:
    return contestant.members or (contestant.name,)


def _plain_names(ruleset: Ruleset) -> set[tuple[str, str]]:
    """(contestant, plain name) of the entries that hold without further words beside them."""
    entries = getattr(ruleset.lexicon, "entries", ())
    return {(one.contestant_id, plain(one.term)) for one in entries if one.contestant_id and not one.requires}


def _comparable(ruleset: Ruleset, contest: Contest) -> Iterator[Group]:
    """Contestants of equal standing on a day of each weighed phase, in groups of two or more."""
    for stage in contest.phases:
        if stage.phase not in _WEIGHED:
            continue
        alike: dict[str, list[Contestant]] = {}
        for contestant in contest.contestants.values():
            held = status(ruleset.contests, contestant.id, stage.end)
            key = f"{held}{' perseorangan' if contestant.independent else ''}"
            alike.setdefault(key, []).append(contestant)
        yield from ((stage.end, held, group) for held, group in alike.items() if len(group) > 1)


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


class _Sentence(NamedTuple):
    """An activity and what it is compared by."""

    row: dict[str, Any]
    key: tuple[str, ...]


def _sentences(
    ruleset: Ruleset,
    contest: Contest,
    groups: Iterable[Group],
    one_in: int,
    table: Mapping[str, Any],
    known: set[tuple[str, str]],
) -> Iterator[_Sentence]:
    """Whole sentences about every contestant; about people on lists as posts only, since kinds differ in acts, not in names."""
    fields = [("text", text) for text in table["texts"]] + [("media_text", text) for text in table["media"]]
    fields = fields[::one_in]
    listed = [("text", text) for text in table["listed"]["texts"]]
    where = _number_place(ruleset, contest)
    for day, held, group in groups:
        place = where if number_counts(contest, day) else None
        by_list = all(one.listed for one in group)
        for field, template in listed if by_list else fields:
            for contestant in group:
                for member, words in _filled(template, contestant, place, known):
                    for kind in table["kinds"][:1] if by_list else table["kinds"]:
                        name = f"{contest.id}|{day}|{held}|{field}|{kind}|{template}|{contestant.id}|{member}"
                        row = {**_activity(name, contest, day, kind, frozenset({"is:public"})), field: words}
                        scenario = f"{kind}: {template} ({member})"
                        yield _Sentence(row, (name, contest.id, day.isoformat(), held, scenario, contestant.id))


def _screened(ruleset: Ruleset, sentences: Sequence[_Sentence]) -> pd.DataFrame:
    """Round two: sentences through the pipeline."""
    from screening.pipeline import screen

    parts = [sentences[at : at + _PART] for at in range(0, len(sentences), _PART)] or [sentences]
    made = []
    for part in parts:
        out = screen(ACTIVITIES.build([one.row for one in part]), ruleset)
        made.append(_told([one.key for one in part], out.findings, out.activities))
    return pd.concat(made, ignore_index=True)


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
