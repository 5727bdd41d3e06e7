"""Circulars, posters and reports about neutrality are no campaign: whole, by paragraph and by line they make no finding."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from screening.pipeline import screen
from screening.ruleset.load import load_ruleset
from screening.tables import ACTIVITIES
from tests.scenarios.scenes import activity

DAYS = (
    "2023-10-20 09:00",
    "2024-01-10 09:00",
    "2024-10-10 09:00",
)  # before registration ends, campaign, regional campaign
NAMES = ("Anies Baswedan", "Prabowo Subianto", "Ganjar Pranowo")
RULES = load_ruleset()


def rows() -> list[dict[str, str]]:
    """Notices of our own wording; `fault` says what stands in the way of those that are findings today."""
    with (Path(__file__).parent / "data" / "notices.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def filled(text: str) -> list[str]:
    """A notice; one with an example about each of three contestants."""
    return list(dict.fromkeys(text.replace("{nama}", name) for name in NAMES))


def pieces(text: str) -> list[str]:
    """A text whole, by paragraph and by line, as people share it."""
    parts = [text, *re.split(r"\n\s*\n", text), *text.splitlines()]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def judged(parts: Iterable[str]) -> list[tuple[str, str, str]]:
    """(day, text, result) of every text as a post and shared, on each of the days."""
    texts = list(parts)
    scenes = [(day, kind, text) for day in DAYS for kind in ("post", "share") for text in texts]
    rows = [
        activity(f"a{n:05d}", text=text, kind=kind, at=day, visibility="public") for n, (day, kind, text) in enumerate(scenes)
    ]  # fmt: skip
    results = screen(ACTIVITIES.build(rows), RULES).activities["result"]
    return [(day[:10], text, result) for (day, _, text), result in zip(scenes, results, strict=True)]


NOTICES = [
    pytest.param(row["text"], marks=pytest.mark.xfail(strict=True, reason=row["fault"]) if row["fault"] else ())
    for row in rows()
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_about_neutrality_is_no_finding(notice: str) -> None:
    told = judged(part for text in filled(notice) for part in pieces(text))
    assert [one for one in told if one[2] == "finding"] == []


def test_few_notices_ask_people_to_look() -> None:
    """A line torn from its notice may look like an act; more than one in ten would flood the reviewers."""
    told = judged(part for row in rows() for text in filled(row["text"]) for part in pieces(text))
    assert len(told) > 400
    unclear = sorted({text for _, text, result in told if result == "needs_clarification"})
    assert len(unclear) <= len({text for _, text, _ in told}) / 10, unclear


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_source_documents_make_no_finding(number: str, shared: Path) -> None:
    source = next((shared / "reference" / "sources").glob(f"{number}_*.txt"))
    told = judged(pieces(source.read_text(encoding="utf-8")))
    assert [(day, text[:200]) for day, text, result in told if result == "finding"] == []
