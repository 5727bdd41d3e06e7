"""In which order statements arrive, and through how many ledgers, makes no difference to what they come to."""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_builder import build
from review_builder import VERDICTS, bring, fill, handed, returned, run_folder

from screening.review.decisions import (
    ADJUDICATION,
    RECUSAL,
    VOTE,
    Item,
    Outcome,
    Statement,
    merge,
    outcome,
    outcomes,
    person,
    standing,
    statements,
)
from screening.review.ledger import append, read

ITEMS = [Item("a1", "D-02", "v1", 1), Item("a1", "D-06", "v1", 1), Item("a2", "D-02", "v2", 2)]
PEOPLE = ("Ani", "ani ", "Budi", "Citra", "Dewi")

plain = st.builds(
    Statement,
    kind=st.sampled_from([VOTE, VOTE, VOTE, RECUSAL, ADJUDICATION]),
    who=st.sampled_from(PEOPLE),
    item=st.sampled_from(ITEMS),
    verdict=st.sampled_from(VERDICTS),
    provision=st.sampled_from(["D-02", "D-06"]),
    note=st.sampled_from(["x", "y"]),
    decided_on=st.sampled_from(["", "2024-02-01", "2024-02-02"]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Statement]:
    """Statements, some of which replace earlier ones of the same person about the same item."""
    said = draw(st.lists(plain, max_size=12))
    for one in draw(st.lists(plain, max_size=4)):
        old = [other.id for other in said if other.item == one.item and person(other.who) == person(one.who)]
        from dataclasses import replace

        said.append(replace(one, replaces=tuple(sorted(draw(st.sets(st.sampled_from(old))) if old else ()))))
    return said


@given(histories(), st.lists(st.integers(0, 2), min_size=20, max_size=20), st.randoms())
def test_merging_is_commutative_associative_and_idempotent(
    said: list[Statement], places: list[int], order: Random
) -> None:
    parts = [frozenset(one for one, place in zip(said, places, strict=False) if place == n) for n in range(3)]
    whole = outcomes(frozenset(said))
    assert (
        outcomes(merge(merge(parts[0], parts[1]), parts[2]))
        == outcomes(merge(parts[0], merge(parts[1], parts[2])))
        == whole
    )
    for one in permutations(parts):
        assert outcomes(merge(*one)) == whole
    assert outcomes(reduce(merge, [frozenset(said), *parts, frozenset(said)])) == whole
    shuffled = list(said)
    order.shuffle(shuffled)
    assert outcomes(shuffled) == whole


@settings(max_examples=20)
@given(histories(), st.randoms())
def test_ledgers_written_in_any_order_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, said: list[Statement], order
) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("buku")
    shuffled = list(said)
    order.shuffle(shuffled)
    for name, own in (("satu", said), ("dua", shuffled)):
        append(folder / name, [one.draft("uji") for one in own])
    one, two = (outcomes(statements(read(folder / name))) for name in ("satu", "dua"))
    assert one == two


@given(histories())
def test_more_statements_never_remove_one(said: list[Statement]) -> None:
    for n in range(len(said)):
        assert frozenset(said[:n]) <= frozenset(said[: n + 1])
        for item, one in outcomes(said[: n + 1]).items():
            assert set(one.votes) | set(one.recused) | set(one.contradicting) <= {s.who for s in said if s.item == item}


def test_files_imported_in_any_order_lead_to_the_same_outcomes(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(30))
    base = tmp_path / "buku.sqlite"
    files = []
    for n, who in enumerate(("Ani", "Budi", "Citra")):
        rows = [fill(row, VERDICTS[(n * at) % 3]) for at, row in enumerate(handed(run, base, who))]
        files.append(returned(tmp_path / f"{who}.csv", rows))
    again = [fill(row, "TIDAK CUKUP BUKTI", day="2024-02-29") for row in handed(run, base, "Ani")[:3]]
    files.append(returned(tmp_path / "Ani-2.csv", again))
    found = []
    for n, order in enumerate(permutations(files)):
        if n % 5:
            continue
        copy = tmp_path / f"{n}.sqlite"
        copy.write_bytes(base.read_bytes())
        for path in order:
            assert bring([path], copy).refusals == []
        found.append(outcomes(statements(read(copy))))
    assert all(one == found[0] for one in found)
    assert len(found) == 5


def said(
    kind: str, who: str, verdict: str = "", provision: str = "D-02", day: str = "2024-02-01", **more: object
) -> Statement:
    return Statement(kind, who, ITEMS[0], verdict, provision, "x", day, **more)  # type: ignore[arg-type]


FOUND, CLEARED, LACKING, DATA = VERDICTS[0], VERDICTS[1], VERDICTS[2], VERDICTS[3]
CASES: dict[str, tuple[list[Statement], str, str]] = {
    "nobody": ([], "belum", ""),
    "one": ([said(VOTE, "Ani", CLEARED)], "satu_suara", ""),
    "one person twice is one vote": ([said(VOTE, "Ani", CLEARED), said(VOTE, "ANI", CLEARED, day="")], "satu_suara", ""),
    "two agree": ([said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", CLEARED)], "sepakat", CLEARED),
    "provision of a cleared matter does not divide": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", CLEARED, "D-06")], "sepakat", CLEARED,
    ),
    "provision of a found matter divides": ([said(VOTE, "Ani", FOUND), said(VOTE, "Budi", FOUND, "D-06")], "berbeda", ""),
    "two differ": ([said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", FOUND)], "berbeda", ""),
    "a third decides": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", FOUND), said(ADJUDICATION, "Citra", LACKING)], "penengah", LACKING,
    ),
    "a voter cannot adjudicate": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", FOUND), said(ADJUDICATION, "budi.", FOUND)], "berbeda", "",
    ),
    "a recused person cannot adjudicate": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", FOUND), said(ADJUDICATION, "Citra", FOUND), said(RECUSAL, "Citra")],
        "berbeda", "",
    ),
    "two adjudicators who differ decide nothing": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", FOUND), said(ADJUDICATION, "Citra", FOUND),
         said(ADJUDICATION, "Dewi", CLEARED)],
        "berbeda", "",
    ),
    "an adjudication without conflict changes nothing": (
        [said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", CLEARED), said(ADJUDICATION, "Citra", FOUND)], "sepakat", CLEARED,
    ),
    "a recused vote does not count": (
        [said(VOTE, "Ani", CLEARED), said(RECUSAL, "Ani", day="2024-01-01"), said(VOTE, "Budi", CLEARED)], "satu_suara", "",
    ),
    "a later date stands": (
        [said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED, day="2024-02-02"), said(VOTE, "Budi", CLEARED)], "sepakat", CLEARED,
    ),
    "a later time of the same day stands": (
        [said(VOTE, "Ani", FOUND, day="2024-02-01 08:00"), said(VOTE, "Ani", CLEARED, day="2024-02-01 09:00"),
         said(VOTE, "Budi", CLEARED)],
        "sepakat", CLEARED,
    ),
    "a time against a bare day of the same date contradicts": (
        [said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED, day="2024-02-01 09:00"), said(VOTE, "Budi", CLEARED)],
        "bertentangan", "",
    ),
    "the same day contradicts": (
        [said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", CLEARED)], "bertentangan", "",
    ),
    "no date contradicts": (
        [said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED, day=""), said(VOTE, "Budi", CLEARED)], "bertentangan", "",
    ),
    "replaced": (
        [said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED, replaces=(said(VOTE, "Ani", FOUND).id,)),
         said(VOTE, "Budi", CLEARED)],
        "sepakat", CLEARED,
    ),
    "three, one differs": ([said(VOTE, "Ani", CLEARED), said(VOTE, "Budi", CLEARED), said(VOTE, "Dewi", FOUND)], "berbeda", ""),
}  # fmt: skip


@pytest.mark.parametrize(("history", "state", "verdict"), CASES.values(), ids=CASES.keys())
def test_where_an_item_stands(history: list[Statement], state: str, verdict: str) -> None:
    one = outcome(ITEMS[0], history)
    assert (one.state, one.verdict) == (state, verdict)
    assert one.settled == bool(verdict)


def test_asking_for_data_settles_nothing() -> None:
    one = outcome(ITEMS[0], [said(VOTE, "Ani", DATA), said(VOTE, "Budi", DATA)])
    assert (one.state, one.verdict, one.settled) == ("sepakat", DATA, False)


def test_both_votes_and_the_adjudication_stay_in_the_record() -> None:
    one = outcome(ITEMS[0], CASES["a third decides"][0])
    assert {name: vote.verdict for name, vote in one.votes.items()} == {"Ani": CLEARED, "Budi": FOUND}
    assert one.adjudication is not None
    assert one.adjudication.who == "Citra"


@pytest.mark.parametrize(
    ("one", "other"), [("Budi S.", "budi s"), ("Ａｎｉ", "Ani"), ("Ani  Ayu", "ani-ayu"), ("É", "e")]
)
def test_one_person_in_two_spellings(one: str, other: str) -> None:
    assert person(one) == person(other)


def test_only_the_last_statements_stand() -> None:
    old, new = said(VOTE, "Ani", FOUND), said(VOTE, "Ani", CLEARED, day="2024-02-02")
    assert standing([old, new]) == [new]
    assert isinstance(outcome(ITEMS[0], [old]), Outcome)
