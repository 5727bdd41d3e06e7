"""Which test holds which fault that a new user met in the first trial (A1 to D13); each must still exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = {
    "A1 platform words of the roster": ("office/test_office_rows.py", "test_a1_platform_words_of_the_roster_match_the_data"),
    "A2 text and link columns": ("readers/tables/test_headings.py", "test_an_offices_recap_keeps_text_and_link"),
    "A3 without accounts or roster": ("office/test_office_rows.py", "test_a3_what_cannot_be_assessed_without_accounts_or_roster_is_told"),
    "A4 profile of a recognised table": ("readers/tables/test_headings.py", "test_save_profile_writes_the_mapping_of_a_recognised_table_too"),
    "A5 personnel list among the inputs": ("readers/tables/test_headings.py", "test_a_personnel_list_among_the_inputs_is_no_table_of_posts"),
    "B1 people nobody knows": ("office/test_office_rows.py", "test_b1_people_nobody_knows_are_cases_of_their_own"),
    "B2 proof of a mention": ("office/test_office_rows.py", "test_b2_the_quoted_proof_of_a_mention_names_whom_it_proves"),
    "B3 papers agree with the run": ("office/test_office_folder.py", "test_every_paper_of_the_run_agrees_with_it_from_the_folder_alone"),
    "B4 persons hold together": ("office/test_office_rosters.py", "test_the_same_nip_on_two_rows_is_one_person_in_any_spelling"),
    "B4 a rounded NIP": ("office/test_office_rosters.py", "test_a_rounded_nip_is_refused_with_the_remedy"),
    "B5 no word presumes guilt": ("office/test_office_rows.py", "test_b5_no_word_presumes_guilt"),
    "B6 the cause of a change": ("office/test_office_rows.py", "test_b6_a_chat_that_one_run_was_told_to_screen_is_told_as_an_option"),
    "B7 chats behind the gate": ("office/test_office_rows.py", "test_b7_read_writes_no_chat_that_was_not_handed_over"),
    "B8 times of typed tables": ("office/test_office_rows.py", "test_b8_the_time_of_a_typed_table_is_not_a_devices"),
    "B9 classify": ("office/test_office_rows.py", "test_b9_classify_reads_workbooks_and_says_what_is_missing"),
    "C1 a finished folder": ("office/test_office_safety.py", "test_a_finished_folder_is_refused_and_stays_as_it_is"),
    "C1 a filled workbook": ("office/test_office_safety.py", "test_a_filled_workbook_is_moved_aside_with_its_whole_folder"),
    "C2 what is typed in the page": ("test_reports_browser.py", "test_what_is_typed_is_kept_while_it_is_typed"),
    "C3 a failed run": ("office/test_office_safety.py", "test_a_run_that_fails_leaves_nothing_and_the_retry_works"),
    "C4 Ctrl-C": ("office/test_office_safety.py", "test_ctrl_c_says_how_to_go_on_and_the_run_goes_on"),
    "D1 templates and columns": ("office/test_office_rows.py", "test_d1_a_template_is_written_and_reads_back"),
    "D2 missing files": ("office/test_office_rows.py", "test_d2_a_missing_file_is_told_as_missing"),
    "D3 the readme": ("office/test_office_index.py", "test_d3_the_readme_begins_with_an_office_pc"),
    "D4 strict JSON": ("office/test_office_safety.py", "test_the_manifest_is_strict_json_and_says_how_the_run_was_made"),
    "D5 the name tells the form": ("office/test_office_rows.py", "test_d5_read_writes_what_the_name_asks_for"),
    "D6 progress": ("office/test_office_rows.py", "test_d6_progress_is_told_by_phase_and_is_full_only_at_the_end"),
    "D7 own results": ("office/test_office_rows.py", "test_d7_own_results_are_never_read_as_exports"),
    "D8 Indonesian": ("office/test_office_rows.py", "test_d8_all_words_are_indonesian"),
    "D9 what git ignores": ("office/test_office_rows.py", "test_d9_results_and_lists_are_never_committed"),
    "D10 version, help, ids": ("office/test_office_rows.py", "test_d10_version_help_and_ids_as_people_type_them"),
    "D11 an empty period": ("office/test_office_rows.py", "test_d11_a_report_of_nothing_is_an_error_that_names_the_span"),
    "D12 one name, one number": ("office/test_office_rows.py", "test_d12_one_name_one_number"),
}  # fmt: skip


@pytest.mark.parametrize("row", [*ROWS])
def test_every_row_has_its_test(row: str) -> None:
    file, name = ROWS[row]
    assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.M), row


def test_d3_the_readme_begins_with_an_office_pc() -> None:
    text = (ROOT / "README.id.md").read_text(encoding="utf-8")
    first = text[: text.index("## Dari berkas sendiri")]
    assert "Python 3.11" in first
    block = re.search(r"```bat\n(.*?)```", first, re.S)
    assert block is not None
    lines = block[1].strip().splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("py -m venv ")
    assert "constraints.txt" in lines[1]
    assert lines[2].endswith(r"\screening demo")
    assert "[dev]" not in first
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    demo = re.search(r"^demo: (\S+)\n", make, re.M)
    assert demo is not None
    assert demo[1] == "$(BIN)/.usable"  # what users need; tools of developers come with `env` alone
    usable = make[make.index("$(BIN)/.usable:") :].split("\n\n")[0]
    assert "[dev]" not in usable
    assert "--quiet" not in usable
