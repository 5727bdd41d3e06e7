"""The case file and the monitoring report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from report_builder import Tables, build

from screening.errors import UsageError
from screening.reports import dossier, dossiers, monitoring
from screening.reports.cases import case_rows
from screening.reports.dossier import DECISION_COLUMNS
from screening.reports.queue import queue
from screening.reports.rows import case_id, matter, review_rows
from screening.reports.summary import numbers
from screening.reports.task_force import rights


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(500)


def case(tables: Tables, key: str, decisions: pd.DataFrame | None = None) -> str:
    return dossier(key, tables.activities, tables.hits, tables.findings, tables.manifest, tables.context, decisions)


def waiting(tables: Tables) -> pd.DataFrame:
    return tables.findings[tables.findings["result"].isin(["finding", "needs_clarification"])]


def test_a_finding_is_found_with_and_without_the_prefix(tables: Tables) -> None:
    finding = waiting(tables)["finding_id"].iloc[0]
    assert case(tables, finding) == case(tables, f"T-{finding}") == case(tables, f" T-{finding} ")
    assert f"T-{finding}" in case(tables, finding)


def test_a_subject_s_file_holds_all_findings_in_order_of_time(tables: Tables) -> None:
    subject = waiting(tables)["subject_id"].value_counts().index[0]
    own = waiting(tables)[waiting(tables)["subject_id"] == subject]
    page = case(tables, subject)
    assert all(f"T-{finding}" in page for finding in own["finding_id"])
    others = waiting(tables)[waiting(tables)["subject_id"] != subject]
    assert not any(finding in page for finding in others["finding_id"])
    times = (
        tables.activities.set_index("activity_id")
        .loc[own["activity_id"].unique(), "happened_at"]
        .dropna()
        .sort_values()
    )
    places = [page.index(activity) for activity in times.index]
    assert places == sorted(places)


def test_a_case_id_opens_the_same_file_as_its_subject(tables: Tables) -> None:
    subject = waiting(tables)["subject_id"].iloc[0]
    assert case(tables, case_id(subject, "x", "siapa", "pilpres-2024")) == case(tables, subject)


def split(tables: Tables, other: str | None, status: str = "calon") -> tuple[Tables, str]:
    """The tables with one person's later findings in another contest (or none), and that person."""
    subject = waiting(tables)["subject_id"].value_counts().index[0]
    own = waiting(tables)[waiting(tables)["subject_id"] == subject].index
    rows = tables.findings.astype({"contest": "object", "candidate_status": "object"})
    rows.loc[own[1:], "contest"] = other
    rows.loc[own[1:], "candidate_status"] = status
    return replace(tables, findings=rows.astype({"contest": "str", "candidate_status": "str"})), subject


def test_a_person_with_two_contests_has_two_files_with_nothing_of_each_other(tables: Tables) -> None:
    two, subject = split(tables, "pilkada-jakarta-2024")
    made = dossiers(subject, two.activities, two.hits, two.findings, two.manifest, two.context)
    own = waiting(two)[waiting(two)["subject_id"] == subject]
    assert len(made) == 2
    for number, page in made.items():
        assert f"Berkas kasus {number}" in page
        assert not any(other in page for other in made if other != number)
        inside = {finding for finding in own["finding_id"] if f"T-{finding}" in page}
        rest = set(own["finding_id"]) - inside
        assert inside
        assert rest
        assert not any(finding in page for finding in rest)
        assert case(two, number) == case(two, f"T-{next(iter(inside))}") == page  # any number gives the whole case
    with pytest.raises(UsageError, match="satu berkas satu kasus"):
        case(two, subject)


def test_unrelated_matters_without_a_contest_are_no_one_case() -> None:
    assert matter(None, "BKD-D-05", None, "2022") == matter(None, "BKD-D-05", None, "2026")  # membership goes on
    assert matter(None, "BKD-D-05", None, "2024") != matter(None, "BKD-D-03a", "bakal_calon", "2024")
    assert matter(None, "BKD-D-02", "calon", "2023") != matter(None, "BKD-D-02", "calon", "2026")
    assert matter(None, "BKD-D-02", "calon", "2024") == matter(None, "BKD-D-08", "calon", "2024")
    assert matter("pilpres-2024", "BKD-D-02", "calon", "2023") == "pilpres-2024"


def test_the_number_of_cases_is_that_of_the_files(tables: Tables) -> None:
    two, _ = split(tables, None)
    rows = review_rows(queue(two.findings, two.activities, two.context), two.context)
    numbers_told = numbers(two.findings, two.activities)
    assert numbers_told.cases == len({row["id_kasus"] for row in rows}) == len(case_rows(rows))


def test_a_file_tells_rights_and_data_and_no_sanction(tables: Tables) -> None:
    page = case(tables, waiting(tables)["finding_id"].iloc[0])
    text = page.lower()
    for words in (
        "memberi klarifikasi",
        "membantah",
        "didampingi",
        "keberatan",
        "masa simpan",
        "uu 27/2022",
        "dipakai hanya",
    ):
        assert words in text
    for words in (
        "sanksi berat",
        "hukuman",
        "diberhentikan",
        "pemberhentian",
        "rujukan sanksi",
        "pengakuan",
        "pelaku ",
        "tersangk",
    ):
        assert words not in text
    assert page.index("Lampiran: ketentuan") > page.index("Kajian dan rekomendasi")  # provisions apart from the person


def test_every_right_tells_its_provision_or_that_none_is_verified(tables: Tables) -> None:
    page = case(tables, waiting(tables)["finding_id"].iloc[0])
    assert "PP 79/2021 Pasal 1 angka 4" in page
    told = rights()
    assert all(line.endswith(")") and "(dasar: " in line for line in told)
    assert any("dasar: belum diverifikasi" in line for line in told)
    assert all(line in page for line in told)


def test_missing_identity_is_named_and_the_person_can_answer(tables: Tables) -> None:
    people = tables.context.subjects.assign(position=pd.NA, grade=pd.NA, unit=pd.NA)
    page = case(
        replace(tables, context=replace(tables.context, subjects=people)), waiting(tables)["subject_id"].iloc[0]
    )
    assert page.count("KURANG") == 3
    for words in (
        "Jabatan",
        "Golongan/pangkat",
        "Unit kerja",
        "Klarifikasi yang bersangkutan",
        "Sanggahan",
        "Yang bersangkutan",
        "Saksi",
        "Tanggal diketahui",
        "SHA-256",
        "Butir lain",
        "Belum terbukti",
        "Hal yang meringankan yang bersangkutan",
    ):
        assert words in page


def test_an_unknown_person_still_gets_a_file(tables: Tables) -> None:
    nobody = replace(tables, context=replace(tables.context, subjects=tables.context.subjects.head(0)))
    assert case(nobody, waiting(tables)["subject_id"].iloc[0]).count("KURANG") == 8


def test_no_full_nip_or_name_in_the_file(tables: Tables) -> None:
    page = case(tables, waiting(tables)["subject_id"].iloc[0])
    assert "19850101" not in page
    assert "Contoh Pegawai" not in page


def test_both_reviewers_decisions_are_shown_and_free_slots_remain(tables: Tables) -> None:
    finding = waiting(tables)["finding_id"].iloc[0]
    rows = [(finding, "penelaah_a", "PERLU DATA", "BKD-D-02", "alasan <b>satu</b>", "2024-03-01")]
    page = case(tables, finding, pd.DataFrame(rows, columns=list(DECISION_COLUMNS)))
    assert "penelaah_a" in page
    assert "alasan &lt;b&gt;satu&lt;/b&gt;" in page
    assert "Penengah (bila berbeda)" in page
    assert "Penelaah 1</th>" not in page
    assert "Penelaah 1</th>" in case(tables, finding)


@pytest.mark.parametrize("key", ["tidak-ada", "T-", "K-0000000000", "198501012010011001"])
def test_an_unknown_key_is_a_user_s_error_without_its_digits(tables: Tables, key: str) -> None:
    with pytest.raises(UsageError, match="screening list") as error:
        case(tables, key)
    assert "198501012010011001" not in str(error.value)


def test_a_clear_finding_has_no_case_file(tables: Tables) -> None:
    clear = tables.findings[tables.findings["result"] == "clear"]["finding_id"].iloc[0]
    with pytest.raises(UsageError):
        case(tables, clear)


# --- monitoring -----------------------------------------------------------------------------------------------------


def watch(tables: Tables, start: date, end: date):  # type: ignore[no-untyped-def]
    return monitoring(tables.activities, tables.findings, tables.manifest, tables.context, start, end)


def test_adjacent_periods_cover_the_whole_once(tables: Tables) -> None:
    def total(start: date, end: date) -> int:
        line = next(line for line in watch(tables, start, end).markdown.splitlines() if line.startswith("| Jumlah"))
        return int(line.split("|")[2].replace(".", ""))

    dated = int(tables.activities["happened_at"].notna().sum())
    parts = total(date(2023, 1, 1), date(2023, 11, 12)) + total(date(2023, 11, 13), date(2025, 1, 1))
    assert parts == total(date(2023, 1, 1), date(2025, 1, 1)) == dated


def test_days_are_local_days(tables: Tables) -> None:
    when = pd.Series(pd.Timestamp("2023-11-12 17:30", tz="UTC"), index=tables.activities.index).astype(
        tables.activities["happened_at"].dtype
    )
    late = replace(tables, activities=tables.activities.assign(happened_at=when))
    assert f"| Jumlah | {len(late.activities)} | 0 |" in watch(late, date(2023, 11, 13), date(2023, 11, 13)).markdown
    assert f"| Jumlah | 0 | 0 |" in watch(late, date(2023, 11, 12), date(2023, 11, 12)).markdown  # noqa: F541


def test_the_report_names_no_person(tables: Tables) -> None:
    report = watch(tables, date(2023, 1, 1), date(2025, 1, 1))
    for page in (report.html, report.markdown):
        assert "asn_" not in page
        assert "@akun_" not in page
        assert "C*** P***" not in page


def test_stages_of_the_period_and_the_next_one(tables: Tables) -> None:
    text = watch(tables, date(2024, 2, 1), date(2024, 2, 12)).markdown
    assert "Berlangsung: Pemilihan Presiden 2024, masa kampanye (28 November 2023 – 10 Februari 2024)." in text
    assert "Berlangsung: Pemilihan Presiden 2024, masa tenang" in text
    assert "Berikutnya: Pemilihan Presiden 2024, pemungutan suara (14 Februari 2024)." in text


def test_small_numbers_are_withheld_in_the_report(tables: Tables) -> None:
    text = watch(tables, date(2024, 2, 11), date(2024, 2, 13)).markdown
    assert "disamarkan" in text


def test_an_empty_period_and_an_empty_run_are_ordinary() -> None:
    for tables in (build(0), build(30)):
        report = watch(tables, date(1999, 1, 1), date(1999, 1, 31))
        assert "| Jumlah | 0 | 0 |" in report.markdown
        assert "BUKAN PUTUSAN" in report.html


def test_a_period_the_wrong_way_round_is_refused(tables: Tables) -> None:
    with pytest.raises(UsageError, match="--from"):
        watch(tables, date(2024, 2, 2), date(2024, 2, 1))


def test_markdown_cells_cannot_be_broken(tables: Tables) -> None:
    people = tables.context.subjects.assign(unit="Unit | <script> `x`\nbaru")
    text = monitoring(
        tables.activities,
        tables.findings,
        tables.manifest,
        replace(tables.context, subjects=people),
        date(2023, 1, 1),
        date(2025, 1, 1),
    ).markdown
    assert "| Unit \\| \\<script\\> \\`x\\` baru |" in text
