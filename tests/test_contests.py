"""Dated phases and statuses, and the boundary days on which the provision changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from screening.judge import judge
from screening.ruleset.contests import contest_of, number_counts, phase, status
from screening.ruleset.elections import read_contests
from screening.ruleset.load import load_ruleset
from screening.shipped import shipped
from screening.tables import decode
from tests.scenarios.scenes import activity, tables

PAIR = "pilpres-2024/1"
JAKARTA = "pilkada-jakarta-2024/1"


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset()


@pytest.fixture(scope="module")
def contests(ruleset):
    return ruleset.contests


@pytest.mark.parametrize(
    ("contestant", "day", "held", "stage"),
    [
        (PAIR, "2023-10-18", "figure", "pre"),
        (PAIR, "2023-11-12", "bakal_calon", "registration"),
        (PAIR, "2023-11-13", "calon", "designated"),
        (PAIR, "2023-11-28", "calon", "campaign"),
        (PAIR, "2024-02-11", "calon", "quiet"),
        (PAIR, "2024-02-14", "calon", "voting"),
        (PAIR, "2024-02-15", "calon", "after"),
        (PAIR, "2024-10-20", "figure", ""),
        ("pilpres-2024/2", "2024-10-20", "elected", ""),
        (JAKARTA, "2024-09-21", "bakal_calon", "registration"),
        (JAKARTA, "2024-09-22", "calon", "designated"),
        (JAKARTA, "2024-09-24", "calon", "designated"),
        (JAKARTA, "2024-09-25", "calon", "campaign"),
        (JAKARTA, "2024-11-24", "calon", "quiet"),
        ("pilkada-jakarta-2024/2", "2024-05-06", "bakal_calon", "pre"),  # independent: collects support earlier
        ("pilkada-jakarta-2024/3", "2025-02-20", "elected", ""),
        ("pilkada-bogor-2024/1", "2024-10-01", "calon", "campaign"),  # covered by the template
        ("pilkada-bogor-2024/1", "2025-03-01", "figure", ""),
        ("pilkada-siak-2024/1", "2025-03-01", "calon", "designated"),  # alive again, only there
        ("pilkada-siak-2024/1", "2025-04-22", "figure", ""),
        ("pilkada-pangkalpinang-2025/3", "2025-08-01", "calon", "campaign"),
        ("pilkada-jakarta-2017/1", "2017-03-04", "figure", "designated"),  # out after the first round
        ("pilpres-2019/1", "2019-10-20", "elected", ""),
        ("parpol-2024/pkb", "2026-01-01", "party", ""),
        ("pileg-2024/dprd-jakarta-1", "2023-11-03", "calon", "designated"),
        ("tak-ada-2024/1", "2024-01-01", "", None),
    ],
)
def test_status_and_phase_on_a_day(contests, contestant, day, held, stage):
    on = date.fromisoformat(day)
    contest = contest_of(contests, contestant)
    assert status(contests, contestant, on) == held
    assert (phase(contest, on) if contest else None) == stage


def test_numbers_count_from_the_draw_only(contests):
    assert not number_counts(contests["pilpres-2024"], date(2023, 11, 13))
    assert number_counts(contests["pilpres-2024"], date(2023, 11, 14))
    assert not number_counts(contests["pilkada-jakarta-2024"], date(2024, 9, 22))


def test_the_day_is_local_to_the_contest(contests):
    moment = datetime(2023, 11, 12, 23, 30, tzinfo=UTC)
    assert contests["pilpres-2024"].day(moment) == date(2023, 11, 13)
    assert contests["pilkada-papua-2024"].day(datetime(2025, 8, 5, 15, 30, tzinfo=UTC)) == date(2025, 8, 6)


def test_every_contest_required_is_there_with_a_source_for_each_date(contests):
    wanted = {"pilpres-2024", "parpol-2024", "pileg-2024", "pilkada-jakarta-2024", "pilpres-2019", "pilkada-jakarta-2017",
              "pilkada-jatim-2024", "pilkada-banten-2024", "pilkada-2024", "pilkada-bangka-2025"}  # fmt: skip
    assert wanted <= set(contests)
    assert len(contests["parpol-2024"].contestants) == 24
    assert all(step.source for contest in contests.values() for step in (*contest.phases, *contest.statuses))


def test_a_faulty_election_file_lists_every_problem_with_its_line(tmp_path):
    (tmp_path / "salah.toml").write_text(
        '[[contests]]\nid = "x-2024"\nkind = "presiden"\ntimezone = "Asia/Jakata"\nnama = "x"\n'
        'phases = [{ phase = "kampanye", start = 2024-01-01, end = 2024-01-02, source = "s" }]\n',
        encoding="utf-8",
    )
    _, problems = read_contests(tmp_path)
    told = [str(problem) for problem in problems]
    assert len(told) >= 5
    assert any(line.startswith("data/elections/salah.toml:5:") and "nama" in line for line in told)
    assert any("zona waktu" in line for line in told)


def test_broken_toml_names_the_line(tmp_path):
    (tmp_path / "rusak.toml").write_text('id = "x"\n[[contests]\n', encoding="utf-8")
    contests, problems = read_contests(tmp_path)
    assert not contests
    assert [problem.line for problem in problems] == [2]


def test_bundled_elections_have_no_problem():
    assert read_contests(shipped("data/elections"))[1] == []


def verdict(ruleset, at, contestant=PAIR, **given):
    row = activity(at=at, kind="comment", text="dukung terus", **given)
    findings, judged = judge(*tables(row, [f"own:contestant@{contestant}", "own:support"]), ruleset)
    missing = {item["element"] for cell in findings["missing"] for item in decode(cell)}
    return judged["result"][0], set(findings["act_id"]), missing


@pytest.mark.parametrize(
    ("at", "result", "acts"),
    [
        ("2023-11-12 12:00", "finding", {"BKD-KE-02"}),
        ("2023-11-12 23:59", "finding", {"BKD-KE-02"}),
        ("2023-11-13 00:00", "finding", {"BKD-D-02"}),
        ("2023-11-14 08:00", "finding", {"BKD-D-02"}),
        ("2023-11-12T16:59:59Z", "finding", {"BKD-KE-02"}),
        ("2023-11-12T23:30:00Z", "finding", {"BKD-D-02"}),  # 06:30 on the 13th in Jakarta
        ("2024-02-12 08:00", "finding", {"BKD-D-02"}),
        ("2024-02-14 08:00", "finding", {"BKD-D-02"}),
        ("2024-10-19 08:00", "finding", {"BKD-D-02"}),
        ("2024-10-20 08:00", "clear", set()),
        ("2022-06-13 08:00", "clear", set()),
    ],
)
def test_the_presidential_boundary_days(ruleset, at, result, acts):
    assert verdict(ruleset, at)[:2] == (result, acts)


@pytest.mark.parametrize(
    ("at", "acts"),
    [
        ("2024-09-21 20:00", {"BKD-KE-02"}), ("2024-09-22 06:00", {"BKD-D-02"}), ("2024-09-23 06:00", {"BKD-D-02"}),
        ("2024-09-24 06:00", {"BKD-D-02"}), ("2024-11-25 06:00", {"BKD-D-02"}), ("2024-11-27 06:00", {"BKD-D-02"}),
    ],
)  # fmt: skip
def test_the_regional_boundary_days(ruleset, at, acts):
    assert verdict(ruleset, at, JAKARTA)[:2] == ("finding", acts)


def test_before_registration_the_status_is_a_missing_element(ruleset):
    result, acts, missing = verdict(ruleset, "2023-09-01 08:00")
    assert (result, "BKD-KE-02" in acts, "status" in missing) == ("needs_clarification", True, True)


def test_an_unknown_date_is_never_judged_automatically(ruleset):
    result, acts, missing = verdict(ruleset, None)
    assert result == "needs_clarification"
    assert {"BKD-KE-02", "BKD-D-02"} <= acts
    assert "waktu" in missing


@pytest.mark.parametrize(
    ("at", "basis", "sure"),
    [
        ("2023-11-12 00:00", "date_only", False),
        ("2023-11-13 00:00", "date_only", False),
        ("2023-11-15 00:00", "date_only", True),
        ("2023-11-10 00:00", "date_only", True),
        ("2023-11-12 10:00", "local_naive", True),
        ("2023-11-12 20:00", "local_naive", False),  # in UTC this would be the 13th in Jakarta
        ("2023-11-13 01:00", "local_naive", False),  # in eastern time this would still be the 12th
        ("2023-11-13 12:00", "local_naive", True),
        ("2023-11-28 00:00", "date_only", True),  # the campaign begins, but the status does not change
    ],
)
def test_an_uncertain_time_matters_only_near_a_boundary(ruleset, at, basis, sure):
    result, _, missing = verdict(ruleset, at, time_basis=basis)
    assert (result == "finding") is sure
    assert ("waktu" in missing) is not sure


def test_a_rerun_lives_only_in_its_region(ruleset):
    assert verdict(ruleset, "2025-03-10 08:00", "pilkada-siak-2024/1")[0] == "finding"
    assert verdict(ruleset, "2025-03-10 08:00", "pilkada-bogor-2024/1")[0] == "clear"


def test_a_contestant_of_no_known_contest_lacks_the_status(ruleset):
    result, _, missing = verdict(ruleset, "2024-01-10 08:00", "tidak-dikenal/entah-siapa")
    assert (result, "status" in missing) == ("needs_clarification", True)


def test_a_circular_not_yet_in_force_is_a_missing_element(ruleset):
    result, _, missing = verdict(ruleset, "2019-03-01 08:00", "pilpres-2019/1")
    assert (result, "keberlakuan" in missing) == ("needs_clarification", True)
