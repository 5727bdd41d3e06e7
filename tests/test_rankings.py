"""The order of work: of two acts the task force would take one up first, and the score says so; severity apart from proof."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from screening.judge.elements import RANK
from screening.pipeline import screen
from screening.reports import ReportContext
from screening.reports.queue import queue
from screening.ruleset.load import load_ruleset
from screening.tables import ACTIVITIES, decode
from tests.scenarios.scenes import HERE, activity, with_roster

PAIRS = tomllib.loads((Path(__file__).parent / "data" / "rankings.toml").read_text(encoding="utf-8"))["pair"]
_screened: dict = {}


def screened(case):
    """The outcome of one act; each is screened once."""
    key = repr(sorted(case.items(), key=lambda item: item[0]))
    if key not in _screened:
        rules = _screened.setdefault("rules", load_ruleset(accounts=HERE / "akun.csv"))
        given = {name: value for name, value in case.items() if name != "roster"}
        row = activity(**(given | {"at": case["at"] or None}))
        _screened[key] = screen(ACTIVITIES.build([row]), with_roster(rules, case.get("roster")))
    return _screened[key]


def place(case):
    """Where an act stands in the queue: the first of its rows; what is no case stands last."""
    out = screened(case)
    live = out.findings[out.findings["result"].isin(["finding", "needs_clarification"])].to_dict("records")
    return min(((RANK[row["result"]], -row["points"], -row["score"]) for row in live), default=(9, 0, 0))


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{at}-{pair['group']}" for at, pair in enumerate(PAIRS)])
def test_the_graver_act_is_taken_up_first(pair):
    above, below = place(pair["above"]), place(pair["below"])
    assert above[0] < 9, "the act to be taken up first is no case at all"
    assert above < below, pair["reason"]
    assert -above[2] >= -below[2], pair["reason"]  # what people see does not contradict the order


def test_there_are_enough_pairs_and_each_says_why():
    assert len(PAIRS) >= 40
    assert len({repr(pair) for pair in PAIRS}) == len(PAIRS)
    assert all(len(pair["reason"]) > 20 for pair in PAIRS)
    assert {pair["group"] for pair in PAIRS} == {
        "lima",
        "jabatan",
        "pangkat",
        "bobot",
        "bentuk",
        "klarifikasi",
        "bukti",
    }


def cells():
    for pair in PAIRS:
        for side in ("above", "below"):
            yield from screened(pair[side]).findings.to_dict("records")


def test_every_score_adds_up_from_weight_and_proof():
    seen = set()
    for row in cells():
        parts = decode(row["reasons"])
        assert sum(part["points"] for part in parts) == row["score"]
        by = {
            kind: sum(part["points"] for part in parts if part["weighs"] == kind)
            for kind in ("severity", "confidence", "limit")
        }
        assert sum(by.values()) == row["score"]
        if row["result"] in ("finding", "needs_clarification"):
            assert by["severity"] > 0
        seen |= {part["weighs"] for part in parts}
    assert seen == {"severity", "confidence", "limit"}


def test_what_needs_clarification_stays_below_every_finding():
    scores = {result: [row["score"] for row in cells() if row["result"] == result] for result in RANK}
    assert max(scores["needs_clarification"]) < min(scores["finding"])


def test_clarifications_wait_behind_findings_whatever_their_points():
    case = next(pair for pair in PAIRS if pair["group"] == "klarifikasi")
    out = screened(case["below"])
    rows = out.findings.iloc[[0, 0]].assign(
        finding_id=["a" * 20, "b" * 20], result=["needs_clarification", "finding"], points=[99, 41]
    )
    assert list(queue(rows, out.activities, ReportContext())["result"]) == ["finding", "needs_clarification"]


def test_an_act_to_which_no_stage_belongs_loses_nothing():
    rules = load_ruleset()
    assert {name for name, stage in rules.risk.phases.items() if stage.points} == {"quiet", "voting"}
    member = screened({"at": "2026-03-03 12:00", "text": "Saya resmi jadi pengurus Partai Golkar"})
    during = screened({"at": "2024-01-10 12:00", "text": "Saya resmi jadi pengurus Partai Golkar"})
    assert member.findings["points"].max() == during.findings["points"].max()


@pytest.mark.parametrize(
    ("position", "leads"),
    [
        ("Lurah Contoh", True), ("Plt. Lurah", True), ("Pj Bupati Contoh", True), ("Penjabat Sementara Wali Kota", True),
        ("KEPALA SUB BAGIAN UMUM", True), ("Sekretaris Kelurahan Contoh", True), ("Kasi Pemerintahan", True),
        ("Camat", True), ("Ajudan Camat", False), ("Staf Kelurahan", False), ("Sekretaris Pimpinan", False),
        ("Pengadministrasi Kepala Dinas", False), ("Guru Ahli Madya", False), ("Asisten Apoteker", False), ("", False),
        ("Kasir", False), ("Lurahan", False), ("Sopir Wali Kota", False),
    ],
)  # fmt: skip
def test_who_leads_is_read_from_the_beginning_of_the_position(position, leads):
    assert load_ruleset().risk.leading.holds(position) is leads
