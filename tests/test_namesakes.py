"""Private people who bear a contestant's name are nobody's campaign: no finding, and next to nothing to clarify."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from screening.pipeline import screen
from screening.ruleset import Ruleset, load_ruleset
from tests.lexicon_bench import activities

DATA = Path(__file__).parent / "data"
DAYS = ("2024-01-20", "2024-10-20")
MOST_CLARIFICATIONS = 0.02  # of the sentences that were not written for tuning


def _texts(name: str) -> list[str]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return load_ruleset()


def _results(texts: list[str], day: str, rules: Ruleset) -> pd.Series:
    return screen(activities(texts, day, actor="asn_0001"), rules).activities["result"]


def test_there_are_enough_and_none_twice() -> None:
    texts = _texts("namesakes") + _texts("namesakes_more")
    assert len(set(texts)) == len(texts) >= 430


@pytest.mark.parametrize("day", DAYS)
def test_no_private_namesake_is_a_finding(day: str, rules: Ruleset) -> None:
    texts = _texts("namesakes")
    results = _results(texts, day, rules)
    assert [text for text, result in zip(texts, results, strict=True) if result == "finding"] == []
    assert (results == "needs_clarification").mean() <= MOST_CLARIFICATIONS


@pytest.mark.parametrize("day", DAYS)
def test_namesakes_of_another_writer_are_no_findings_either(day: str, rules: Ruleset) -> None:
    texts = _texts("namesakes_more")
    results = _results(texts, day, rules)
    assert [text for text, result in zip(texts, results, strict=True) if result == "finding"] == []
    assert (results == "needs_clarification").mean() <= MOST_CLARIFICATIONS


def test_the_same_names_are_findings_where_a_side_is_taken(rules: Ruleset) -> None:
    """The test above can fail: names are not merely ignored."""
    for text, day in (
        ("bu airin paling pantas jadi gubernur, coblos", DAYS[1]),
        ("Kang Emil gubernurku, ayo menangkan", DAYS[1]),
        ("Jangan pilih samsul, tolak dinasti", DAYS[0]),
    ):
        assert _results([text], day, rules).tolist() == ["finding"], text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("printer kantor panas, gw nyetak 500 lembar selebaran Ganjar", True),
        ("ngisi kas relawan Anies sambil jualan sayur", True),
        ("printer kantor panas, gw nyetak 500 lembar tugas Ganjar", False),
        ("ngisi kas kelas Anies sambil jualan sayur", False),
    ],
)
def test_campaign_print_and_teams_are_a_contestants_whatever_else_is_told(
    text: str, named: bool, rules: Ruleset
) -> None:
    """A first name beside everyday words is somebody's neighbour, but no neighbour has leaflets or volunteers."""
    told = screen(activities([text], DAYS[0], actor="asn_0001"), rules).statements
    assert (told.loc[told["predicate"] == "contestant", "strength"] > 0).tolist() == [named]
