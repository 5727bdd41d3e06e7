"""Working days: public holidays and joint leave by decree, days off and periods of the office's own, what may still move."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from screening.errors import RulesetError
from screening.review.follow_up_rules import HOLIDAYS, read_holidays, read_rules, rules_beside
from screening.shipped import shipped

RULES = read_rules()


@pytest.mark.parametrize(
    ("year", "left"), [(2022, 246), (2023, 239), (2024, 238), (2025, 237), (2026, 240), (2027, 242)]
)
def test_as_many_working_days_are_left_in_a_year_as_the_decrees_leave(year, left):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    assert sum(day.year == year and day.weekday() < 5 and day not in RULES.holidays for day in days) == left


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2024, 2, 7), 3, date(2024, 2, 15)),  # 8, 9 (Isra Mikraj, joint leave) and 14 February (voting)
        (date(2024, 4, 5), 3, date(2024, 4, 18)),  # the whole week of Idulfitri 2024
        (date(2024, 11, 26), 1, date(2024, 11, 28)),  # voting day of the regional elections
        (date(2025, 8, 15), 1, date(2025, 8, 19)),  # 18 August, added on 7 August 2025
        (date(2026, 12, 23), 3, date(2026, 12, 30)),  # joint leave on 24, Christmas on 25
        (date(2023, 6, 27), 1, date(2023, 7, 3)),  # 28 and 30 June joint leave, 29 Iduladha
        (date(2022, 7, 8), 1, date(2022, 7, 11)),  # Iduladha was moved to Sunday the 10th
    ],
)
def test_periods_skip_holidays_and_joint_leave(start, days, last):
    assert RULES.after(start, days, "working") == last
    assert RULES.after(start, days, "calendar") == start + timedelta(days=days)


def test_a_due_date_says_when_it_may_still_move():
    sure = RULES.due("kajian", None, date(2026, 6, 2))
    assert sure[0] == date(2026, 6, 5)
    assert "bergeser" not in sure[1]
    assert "bergeser" in RULES.due("kajian", None, date(2027, 3, 5))[1]
    assert "2031" in RULES.due("kajian", None, date(2031, 3, 5))[1]
    assert "2028" in RULES.due("kajian", None, date(2027, 12, 29))[1]


def test_every_day_off_names_its_decree_and_only_feasts_still_to_be_fixed_are_unsure():
    problems = []
    days, unsure = read_holidays(shipped(HOLIDAYS), problems)
    assert problems == []
    assert len(days) == 155
    assert {day.year for day in unsure} == {2027}


OWN = """schema = 1
holidays = ["2026-06-22"]

[[period]]
stage = "klarifikasi"
days = 2
from = "stage"
count = "working"
text = "klarifikasi paling lama 2 hari kerja"
source = "keputusan satuan tugas"
status = "ditetapkan sendiri"

[[period]]
stage = "kajian"
days = 5
from = "stage"
count = "working"
text = "kajian paling lama 5 hari kerja"
source = "keputusan satuan tugas"
status = "ditetapkan sendiri"
"""


def test_an_office_sets_periods_and_days_off_beside_its_ledger(tmp_path):
    ledger = tmp_path / "telaah.jsonl"
    assert rules_beside(ledger).periods == RULES.periods
    (tmp_path / "tindak_lanjut.toml").write_text(OWN, encoding="utf-8")
    rules = rules_beside(ledger)
    assert rules.due("klarifikasi", None, date(2026, 6, 19)) == (
        date(2026, 6, 24),
        "klarifikasi paling lama 2 hari kerja",
    )
    assert rules.due("kajian", None, date(2026, 6, 8))[0] == date(2026, 6, 15)  # replaced: 5 days instead of 3
    assert rules.due("telaah", date(2026, 6, 8), None) == RULES.due("telaah", date(2026, 6, 8), None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [('stage = "kajian"', 'stage = "kajan"', "tahap tidak dikenal"), ("holidays =", "libur =", "kunci tidak dikenal"),
     ("days = 5", "days = 0", "bilangan bulat positif"), ("2026-06-22", "22-06-2026", "tanggal keliru")],
)  # fmt: skip
def test_faults_of_the_own_file_are_told(tmp_path, old, new, words):
    (tmp_path / "tindak_lanjut.toml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesetError) as raised:
        rules_beside(tmp_path / "telaah.jsonl")
    assert words in str(raised.value)
