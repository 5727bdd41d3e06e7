"""Follow-up of cases: stages, letters, due dates from data, who is competent when, what is overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_builder import build
from review_builder import NOW, bring, decided, fill, handed, returned, run_folder

from screening.errors import RulesetError, UsageError
from screening.review.cases import Case, case_draft, cases, check_case, follow_up, known_and_due, overdue
from screening.review.follow_up_rules import FollowUpRules, read_rules
from screening.review.ledger import append, read
from screening.review.runs import ReviewRun

RULES = read_rules()
SEEN = date(2024, 3, 1)  # NOW in Jakarta


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> ReviewRun:
    return run_folder(tmp_path_factory.mktemp("proses") / "run", build(40))


@pytest.fixture
def ledger(tmp_path: Path, run: ReviewRun) -> Path:
    path = tmp_path / "buku.sqlite"
    bring([], path, runs=[run])
    return path


def move(ledger: Path, case_id: str, stage: str, on: str = "", **more: str) -> Case:
    append(ledger, [case_draft(case_id, stage, "petugas", "uji", on=on, **more)], at=NOW)
    return next(one for one in cases(read(ledger)) if one.case_id == case_id)


def any_case(run: ReviewRun) -> str:
    return run.rows[0]["id_kasus"]


def test_a_registered_matter_is_a_case_due_seven_days_after_it_became_known(ledger: Path, run: ReviewRun) -> None:
    found = cases(read(ledger))
    assert {one.case_id for one in found} == {row["id_kasus"] for row in run.rows}
    assert {(one.stage, one.known_on, one.due) for one in found} == {("telaah", SEEN, date(2024, 3, 8))}
    assert overdue(found, date(2024, 3, 8)) == []
    assert {one.late(date(2024, 3, 10)) for one in overdue(found, date(2024, 3, 10))} == {2}


def test_an_earlier_day_of_knowledge_moves_the_due_day(ledger: Path, run: ReviewRun) -> None:
    one = move(ledger, any_case(run), "telaah", known_on="2024-02-20")
    assert (one.known_on, one.due) == (date(2024, 2, 20), date(2024, 2, 27))


def test_study_takes_three_working_days_since_the_stage_began(ledger: Path, run: ReviewRun) -> None:
    one = move(ledger, any_case(run), "kajian", on="2024-03-07")  # a Thursday
    assert (one.since, one.due) == (date(2024, 3, 7), date(2024, 3, 14))  # 11 and 12 March: Nyepi and joint leave
    assert "3 hari kerja" in one.why_due


def test_a_stage_without_a_period_says_so_and_a_manual_due_day_counts(ledger: Path, run: ReviewRun) -> None:
    one = move(ledger, any_case(run), "klarifikasi", on="2024-03-04", letter="800/1/2024")
    assert one.due is None
    assert "belum diisi" in one.why_due
    one = move(ledger, any_case(run), "klarifikasi", on="2024-03-05", letter="800/2/2024", due="2024-03-11")
    assert (one.since, one.due, one.letters) == (date(2024, 3, 4), date(2024, 3, 11), ("800/1/2024", "800/2/2024"))
    one = move(ledger, any_case(run), "rekomendasi", on="2024-03-12")
    assert one.due is None  # the manual day was for the earlier stage


def test_a_closed_case_is_never_late(ledger: Path, run: ReviewRun) -> None:
    one = move(ledger, any_case(run), "selesai", on="2024-03-04")
    assert one.closed
    assert one.late(date(2030, 1, 1)) == 0
    assert any_case(run) not in set(follow_up(cases(read(ledger)), date(2030, 1, 1))["id_kasus"])


def test_a_cleared_case_no_longer_waits(tmp_path: Path, run: ReviewRun) -> None:
    ledger = tmp_path / "b.sqlite"
    for who in ("Ani", "Budi"):
        decided(run, ledger, tmp_path, who, lambda n: "BUKAN PELANGGARAN")
    assert cases(read(ledger)) == []
    changed = run_folder(
        tmp_path / "run-2", build(40), version="aturan-2", facts={"data/acts/dki-jakarta/bkd.toml": "a2"}
    )
    bring([], ledger, runs=[changed])
    assert len(cases(read(ledger))) == len({row["id_kasus"] for row in run.rows})


def test_the_report_gets_known_and_due_days_and_the_follow_up_table(ledger: Path, run: ReviewRun) -> None:
    row = run.rows[0]
    move(ledger, row["id_kasus"], "kajian", on="2024-03-07", letter="800/1/2024")
    ids = [r["id_temuan"].removeprefix("T-") for r in run.rows]
    known, due = known_and_due([*ids, "belum-pernah-dilihat"], read(ledger), date(2024, 3, 20))
    assert known[ids[0]] == SEEN
    assert due[ids[0]] == date(2024, 3, 14)
    assert (known["belum-pernah-dilihat"], due["belum-pernah-dilihat"]) == (date(2024, 3, 20), date(2024, 3, 27))
    table = follow_up(cases(read(ledger)), date(2024, 3, 20)).set_index("id_kasus")
    assert list(table.loc[row["id_kasus"], ["stage", "due"]]) == ["kajian", "2024-03-14"]
    assert "terlambat 6 hari" in table.at[row["id_kasus"], "note"]
    assert "800/1/2024" in table.at[row["id_kasus"], "note"]


def test_case_cells_of_a_review_file_are_recorded_once(ledger: Path, tmp_path: Path, run: ReviewRun) -> None:
    rows = handed(run, ledger, "Ani")
    told = {"tahap": "Klarifikasi", "nomor_surat": "800/7/2024", "hasil_klarifikasi": "akun diretas"}
    both = fill(rows[0], "PERLU DATA", **told)
    only = {**rows[1], **told}
    path = returned(tmp_path / "t.csv", [both, only])
    done = bring([path], ledger)
    books = done.books[str(path)]
    assert (books.new, books.case_only, done.refusals) == (1, 1, [])
    one = next(case for case in cases(read(ledger)) if case.case_id == rows[0]["id_kasus"])
    assert (one.stage, one.letters, one.note) == ("klarifikasi", ("800/7/2024",), "akun diretas")
    assert bring([path], ledger).books[str(path)].same == 2


def test_an_unknown_case_stage_or_recipient_is_refused_all_at_once(ledger: Path, run: ReviewRun) -> None:
    with pytest.raises(UsageError) as caught:
        check_case("K-0", "sidang", "KASN", date(2024, 10, 1), read(ledger), RULES)
    assert all(word in str(caught.value) for word in ("K-0", "sidang", "KASN"))
    check_case(any_case(run), "rekomendasi", "BKN", date(2024, 10, 1), read(ledger), RULES)
    check_case(any_case(run), "rekomendasi", "KASN", date(2024, 9, 3), read(ledger), RULES)
    with pytest.raises(UsageError, match="BKN tidak berwenang"):
        check_case(any_case(run), "rekomendasi", "BKN", date(2024, 9, 3), read(ledger), RULES)


def test_every_period_and_recipient_names_its_source_and_certainty() -> None:
    assert all(one.source and one.status and one.text for one in RULES.periods)
    assert all(one.source and one.status for one in RULES.recipients)


def test_recipients_change_with_the_law() -> None:
    inside = {"Atasan", "Diskominfo", "Inspektorat", "BKD", "Sekda"}  # of the province, whatever the law says outside
    assert {one.id for one in RULES.recipients_on(date(2024, 9, 3))} - inside == {"KASN", "Bawaslu", "PPK"}
    assert {one.id for one in RULES.recipients_on(date(2024, 9, 4))} - inside == {"BKN", "Bawaslu", "PPK"}
    assert inside <= {one.id for one in RULES.recipients_on(date(2026, 11, 30))}


def test_holidays_are_no_working_days() -> None:
    rules = FollowUpRules((), frozenset(), (), (), frozenset({date(2024, 3, 11), date(2024, 3, 12)}), "Asia/Jakarta")
    assert rules.after(date(2024, 3, 7), 3, "working") == date(2024, 3, 14)
    assert rules.after(date(2024, 3, 7), 3, "calendar") == date(2024, 3, 10)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 30))
def test_working_days_end_on_a_working_day_and_are_never_shorter(start: date, days: int) -> None:
    end = RULES.after(start, days, "working")
    worked = [
        day for day in map(date.fromordinal, range(start.toordinal() + 1, end.toordinal() + 1))
        if day.weekday() < 5 and day not in RULES.holidays
    ]  # fmt: skip
    assert (worked[-1], len(worked)) == (end, days)


def test_a_broken_rule_file_tells_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(
        'holidays = ["besok"]\n[[stage]]\nname = "telaah"\n[[period]]\nstage = "sidang"\ndays = -1\nfrom = "x"\ncount = "y"\n'
        '[[recipient]]\nid = "X"\nfor = "telaah"\nvalid_from = "kapan-kapan"\n',
        encoding="utf-8",
    )
    with pytest.raises(RulesetError) as caught:
        read_rules(path)
    assert len(caught.value.problems) >= 7


def test_days_are_counted_in_jakarta(tmp_path: Path, run: ReviewRun) -> None:
    ledger = tmp_path / "b.sqlite"
    from screening.review.register import record_runs

    record_runs(ledger, [run], "petugas", datetime(2024, 2, 29, 18, 0, tzinfo=UTC))  # already 1 March in Jakarta
    assert {one.known_on for one in cases(read(ledger))} == {SEEN}
