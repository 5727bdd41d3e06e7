"""What the judge remembers or tells at once changes nothing: it is held against judging one activity after the other."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.judge import Bench
from screening.judge.evidence import Part, Statement, gather
from screening.judge.judging import _records, opens, read_statements
from screening.judge.owners import Accounts
from screening.judge.rows import _told, rows_of
from screening.judge.standing import Calendar, Moment
from screening.ruleset.contests import Phase
from screening.ruleset.load import load_ruleset
from screening.ruleset.risk import WEIGHS
from screening.ruleset.roster import EMPLOYMENTS, Period, Person, Roster
from screening.tables import ACTIVITIES, FINDINGS, STATEMENTS, encode
from tests.scenarios.scenes import activity, statements

RULES = load_ruleset()
PEOPLE = {
    ("instagram", "a"): Person("p1"),
    ("instagram", "b"): Person("p2", "non_asn"),
    ("", "c"): Person("p3", "pppk", account_control="likely"),
    ("x", "c"): Person("p4", account_control="not_theirs"),
    ("", "d"): Person("p5", account_control="unconfirmed", spouse_contestant="pilpres-2024/1"),
    ("", "e"): Person("p6", spouse_contestant="pilpres-2024/1", leave=(Period(date(2023, 12, 1), date(2024, 1, 15)),)),
}
STAFFED = replace(RULES, roster=Roster(PEOPLE))
BASE = {"kind": "comment", "target_kind": "content", "visibility": "public", "actor": "a"}
CONTEXTS = (  # each differs from the first in one thing
    {}, *({"actor": actor} for actor in ("@B", "c", "d.", "e", "f")), {"actor": "c", "platform": "x"},
    *({"kind": kind} for kind in ("post", "like", "follow", "bio")), {"platform": "whatsapp"}, {"target_kind": "group"},
    {"target_kind": None}, {"visibility": "private"}, {"visibility": "unknown"}, {"tagged": "@b; @A"}, {"tagged": "@b"},
    *({"at": f"{day} 10:00"} for day in ("2010-05-01", "2022-08-02", "2022-09-26", "2023-11-20", "2024-02-12")),
    {"at": "2024-09-30 10:00"}, {"at": "2025-06-01 10:00"},
    {"at": None}, {"at": "2024-02-14 00:00", "time_basis": "date_only"}, {"at": "2024-02-14 00:00"},
    {"at": "2024-02-13 23:00", "time_basis": "local_naive"}, {"at": "2023-12-31 10:00", "actor": "e"},
)  # fmt: skip
STRENGTHS = (0.0, 0.2, 0.3, 0.45, 0.5, 0.65, 0.8, 0.9)
NAME, APPEAL = "own:contestant@pilpres-2024/1", "own:solicitation"
WORDS = (  # (what, strength, how) of each statement
    *([(NAME, 0.9, "exact"), (APPEAL, strength, how)] for strength in STRENGTHS for how in ("exact", "model")),
    *([(NAME, strength, "exact"), (APPEAL, 0.9, "exact")] for strength in STRENGTHS),
    *([(NAME, 0.9, "exact"), (APPEAL, 0.9, "exact"), ("own:news_style", one, "exact")] for one in STRENGTHS),
    *(
        [(NAME, 0.9, "exact"), (APPEAL, 0.9, "exact"), ("own:news_style", one, "exact"), ("own:news_style", other, "folded")]
        for one, other in ((0.2, 0.2), (0.3, 0.3), (0.2, 0.45), (0.45, 0.45))
    ),
    *(
        [(f"own:contestant@{one}", 0.9, "exact"), (APPEAL, 0.9, "exact")]
        for one in ("pilpres-2024/2", "pilkada-jakarta-2024/2", "parpol-2024/psi", "pilkada-entah-2024/1")
    ),
    [(NAME, 0.9, "exact"), ("own:contestant@pilpres-2024/2", 0.9, "exact"), ("own:counter_solicitation", 0.9, "exact")],
    [(NAME, 0.9, "exact"), ("own:claim_self_candidate", 0.9, "exact")], [("own:claim_self_candidate", 0.9, "exact")],
    [("own:claim_self_candidate", 0.2, "exact")], [("own:contestants_unnamed", 0.9, "exact"), (APPEAL, 0.9, "exact")],
    [("account:account_team@pilpres-2024/1", 0.9, "exact")], [("account:account_team", 0.9, "exact")],
    [("content:contestant@pilpres-2024/1", 0.9, "exact"), ("content:solicitation", 0.9, "exact")],
    [("media:media_candidate@pilpres-2024/1", 0.9, "exact"), ("own:support", 0.7, "model")],
    *(
        [(NAME, 0.9, "exact"), (APPEAL, 0.9, "exact"), (f"own:{marker}", 0.9, "exact")]
        for marker in ("quotation", "negation", "courtesy", "coercion")
    ),
)  # fmt: skip
MANNERS = ("asserted", "wished", "denied", "refused", "coerced", "past", "conditional", "asked", "courtesy", "reported")


def noted(name, words, meant="asserted"):
    """STATEMENTS of one activity, one behind the other; what is said about somebody is meant so."""
    row = {"activity_id": name}
    made = statements(row, [what for what, _, _ in words])
    return [
        one | {
            "statement_id": f"{name}-{at}", "quote_start": 5 * at, "quote_end": 5 * (at + 1), "strength": strength, "how": how,
            "meant": meant if one["predicate"] in ("support", "solicitation", "counter_solicitation") else "asserted",
        }
        for at, (one, (_, strength, how)) in enumerate(zip(made, words, strict=True))
    ]  # fmt: skip


def pieced(table):
    """The same table as Arrow holds it after tables were joined: in pieces."""
    half = len(table) // 2
    return pd.concat([table[:half], table[half:]], ignore_index=True)


def seen_by(bench, activities, said):
    """What a bench is shown of tables: records, statements and persons."""
    by_id = {one: some for one, some in read_statements(said, bench).items() if opens(some, bench)}
    chosen = np.flatnonzero(activities["activity_id"].isin(list(by_id)))
    owners = bench.accounts.owners(activities)
    for record, at in zip(_records(activities, chosen), chosen, strict=True):
        yield record, by_id[record["activity_id"]], owners.people[owners.of[at]]


@pytest.mark.parametrize("ruleset", [RULES, STAFFED], ids=["without roster", "with roster"])
def test_a_bench_that_remembers_judges_like_new_ones(ruleset):
    scenes = [(BASE | context, words, "asserted") for words in WORDS for context in CONTEXTS]
    scenes += [(BASE, words, meant) for words in WORDS for meant in MANNERS]
    activities = pieced(ACTIVITIES.build(activity(f"a{at}", **context) for at, (context, *_) in enumerate(scenes)))
    said = pieced(STATEMENTS.build(one for at, (_, *words) in enumerate(scenes) for one in noted(f"a{at}", *words)))
    bench = Bench(ruleset)
    results = set()
    for record, told, person in seen_by(bench, activities, said):
        rows = list(rows_of(record, bench.case(record, told, person), ruleset.risk))
        assert rows == list(rows_of(record, Bench(ruleset).case(record, told, person), ruleset.risk)), record
        results.update(row["result"] for row in rows)
    assert results == {"finding", "needs_clarification", "clear"} | ({"out_of_scope"} if ruleset.roster else set())
    assert len(bench.memo) < len(scenes) / 2


def test_statements_that_look_the_same_are_gathered_alike():
    bench, chance = Bench(RULES), random.Random(1)
    signals = (
        "own:news_style",
        "content:news_style",
        APPEAL,
        "media:media_candidate",
        "account:account_team",
        "own:team",
    )
    one_of = [
        (f"{signal}{contestant}", strength, how)
        for signal in signals for contestant in ("", "@pilpres-2024/1") for strength in (*STRENGTHS, 0.6)
        for how in ("exact", "model")
    ]  # fmt: skip
    names = [("own:contestant@pilpres-2024/1", 0.9, "exact")] * 40
    scenes = [(chance.choices(one_of + names, k=chance.randint(1, 3)), chance.choice(MANNERS)) for _ in range(6_000)]
    table = STATEMENTS.build(one for at, words in enumerate(scenes) for one in noted(f"a{at}", *words))
    gathered: dict = {}
    for said in read_statements(table, bench).values():
        seen = gather(said, RULES.risk, bench.cues)
        assert gathered.setdefault(tuple(one.look for one in said), seen) == seen
    assert len(gathered) < 4_500


handles = st.sampled_from(("a", "A", "@a", "a.", "instagram.com/a", "@ @a", "b", "B", "@ @b", "c", "", "tidak", None))
places = st.sampled_from(("instagram", "x", ""))


@settings(max_examples=100)
@given(
    st.dictionaries(st.tuples(places, handles.filter(bool)), st.sampled_from(EMPLOYMENTS), max_size=6),
    st.lists(st.tuples(places.filter(bool), handles), max_size=8),
)
def test_owners_told_at_once_are_those_of_the_roster(listed, seen):
    people = {key: Person("/".join(key), employment) for key, employment in listed.items()}
    roster = Roster(people)
    table = pieced(pd.DataFrame(seen, columns=["platform", "actor"]).astype("str"))
    owners = Accounts(roster).owners(table)
    expected = [None if actor is None else roster.person(platform, actor) for platform, actor in seen]
    assert [owners.people[at] for at in owners.of] == expected
    assert owners.inside().tolist() == [one is not None and one.employment != "non_asn" for one in expected]
    given_ids = pieced(pd.Series([f"id{at}" if at % 2 else None for at in range(len(seen))], dtype="str"))
    subjects = owners.subjects(given_ids).astype(object)
    kept = given_ids.astype(object).where(given_ids.notna(), None)
    assert subjects.where(subjects.notna(), None).tolist() == [
        kept[at] if one is None else one.subject_id for at, one in enumerate(expected)
    ]


@given(st.text(), st.text(), st.integers(-99, 99), st.sampled_from(sorted(WEIGHS)), st.text(), st.integers(0, 999))
def test_parts_are_told_in_canonical_json(code, text, points, group, quote, start):
    proof = Statement(
        group, "text", "support", "self", "asserted", "", "own", quote, start, start + len(quote), 0.9, "exact"
    )
    record = {
        "code": code, "text": text, "points": points, "group": group, "quote": quote, "field": "text", "start": start,
        "end": start + len(quote), "statement": group, "weighs": WEIGHS[group],
    }  # fmt: skip
    assert _told(Part(code, text, points, group), proof) == encode(record)


@pytest.mark.parametrize("cells", [["a", None, "é"], [None, None], [1, "a"], ["a", np.nan], [], ["a", pd.NA]])
def test_columns_of_text_are_built_as_pandas_would(cells):
    rows = [{"contest": cell, "score": 1, "points": 2} for cell in cells]
    plain = pd.DataFrame({name: [row.get(name) for row in rows] for name in FINDINGS.columns})
    pd.testing.assert_frame_equal(FINDINGS.build(rows), plain.astype(dict(FINDINGS.columns)))


def test_the_calendar_turns_on_the_day_after_an_end():
    """In the data every phase but the last begins where another ends; here nothing does."""
    contest = replace(
        RULES.contests["pilpres-2024"], statuses=(), contestants={},
        phases=(Phase("campaign", date(2024, 1, 10), date(2024, 1, 20)), Phase("voting", date(2024, 2, 14), date.max)),
    )  # fmt: skip
    document = replace(RULES.acts[0].document, valid_from=date(2024, 3, 1), valid_to=date(2024, 3, 31))
    calendar = Calendar({"pilpres-2024": contest}, [document], RULES.risk)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(120)]
    noons = [datetime(day.year, day.month, day.day, 5, tzinfo=UTC) for day in days]
    stretches = [calendar.stretch(Moment(noon, "exact_utc")) for noon in noons]
    turns = [day for day, one, before in zip(days[1:], stretches[1:], stretches, strict=False) if one != before]
    assert turns == [date(2024, 1, 10), date(2024, 1, 21), date(2024, 2, 14), date(2024, 3, 1), date(2024, 4, 1)]
