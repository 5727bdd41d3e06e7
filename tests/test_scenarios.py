"""Every reported case pattern: judged from hand-made hits, and found by the pipeline in several wordings."""

from __future__ import annotations

import tomllib

import pytest

from screening.judge import judge
from screening.pipeline import screen
from screening.ruleset.load import load_ruleset
from screening.tables import ACTIVITIES, FINDINGS, JUDGED, decode
from tests.scenarios.scenes import HERE, activity, cases, tables, with_roster

CASES = cases()


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset()


@pytest.mark.parametrize(("case", "wording"), [pair[1:] for pair in CASES], ids=[label for label, _, _ in CASES])
def test_a_reported_case_is_judged_as_it_was_reported(case, wording, ruleset):
    row = activity(**{key: value for key, value in wording.items() if key not in ("hits", "e2e")})
    findings, judged = judge(*tables(row, wording["hits"]), with_roster(ruleset, case.get("roster")))
    FINDINGS.check(findings)
    JUDGED.check(judged)
    assert judged["result"].tolist() == [case["result"]], findings[["act_id", "result", "missing"]].to_dict("records")
    rows = set(findings["act_id"])
    assert set(case["lead"]) <= rows
    named = rows.union(*(decode(cell) for cell in findings["alternatives"]))
    assert set(case.get("acts", ())) <= named


@pytest.fixture(scope="module")
def whole_ruleset():
    return load_ruleset(accounts=HERE / "akun.csv")


@pytest.mark.parametrize(("case", "wording"), [pair[1:] for pair in CASES], ids=[label for label, _, _ in CASES])
def test_a_reported_case_is_found_in_its_own_words(case, wording, whole_ruleset):
    row = activity(**{key: value for key, value in wording.items() if key not in ("hits", "e2e")})
    out = screen(ACTIVITIES.build([row]), with_roster(whole_ruleset, case.get("roster")))
    told = out.findings[["act_id", "result", "missing"]].to_dict("records")
    assert out.activities["result"].tolist() == [case["result"]], told
    rows = set(out.findings["act_id"])
    assert set(case["lead"]) <= rows, told
    assert set(case.get("acts", ())) <= rows.union(*(decode(cell) for cell in out.findings["alternatives"]))


INNOCENT = [
    (case, text)
    for case in tomllib.loads((HERE / "aman.toml").read_text(encoding="utf-8"))["case"]
    for text in case["texts"]
]


@pytest.mark.parametrize(("case", "text"), INNOCENT, ids=[f"{case['id']}-{n}" for n, (case, _) in enumerate(INNOCENT)])
def test_innocent_words_make_no_finding(case, text, whole_ruleset):
    rows = [
        activity(kind, kind=kind, at=case.get("at", "2024-01-10 09:00"), text=text)
        for kind in ("post", "comment", "share")
    ]
    out = screen(ACTIVITIES.build(rows), whole_ruleset)
    assert "finding" not in set(out.activities["result"]), out.findings[["act_id", "reasons"]].to_dict("records")
    if "result" in case:
        assert set(out.activities["result"]) == {case["result"]}, out.findings[["act_id", "missing"]].to_dict("records")


FURTHER = tomllib.loads((HERE / "tambahan.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize(
    "case", FURTHER, ids=[f"{n}-{case.get('text', case['kind'])[:40]}" for n, case in enumerate(FURTHER)]
)
def test_further_wordings(case, whole_ruleset):
    given = {key: value for key, value in case.items() if key not in ("result", "results", "lead", "roster", "undated")}
    row = activity(**given, **({"at": None} if case.get("undated") else {}))
    out = screen(ACTIVITIES.build([row]), with_roster(whole_ruleset, case.get("roster")))
    told = out.findings[["act_id", "result", "missing"]].to_dict("records")
    assert out.activities["result"][0] in case.get("results", [case.get("result")]), told
    assert set(case["lead"]) <= set(out.findings["act_id"]), told


def test_every_scenario_is_listed_in_the_documentation():
    page = (HERE.parent.parent / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for case in {case["id"]: case for _, case, _ in CASES}.values():
        assert f"| {case['id']} | {case['title']} | {case['result']} |" in page
