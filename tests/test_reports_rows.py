"""The queue, its order, its sentences and its counts."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_builder import Tables, build

from screening.reports import labels, sentences
from screening.reports.evidence import fields, pieces
from screening.reports.queue import queue
from screening.reports.reasons import main_reasons, quotes, reasons_of, shared
from screening.reports.rows import case_id, review_rows, subject_label
from screening.reports.summary import by_time, counts, described, tally
from screening.reports.vulnerability import grid, suppressed_tally, vulnerability
from screening.sheets import fingerprint
from screening.tables import FILES, FINDINGS, HITS, JUDGED, encode


@pytest.fixture(scope="module")
def tables() -> Tables:
    return build(400)


def waiting(tables: Tables) -> pd.DataFrame:
    return queue(tables.findings, tables.activities, tables.context)


def test_the_builder_keeps_the_contracts(tables: Tables) -> None:
    JUDGED.check(tables.activities)
    HITS.check(tables.hits)
    FINDINGS.check(tables.findings)
    FILES.check(tables.files)


def test_only_findings_and_matters_to_clarify_wait(tables: Tables) -> None:
    assert set(tables.findings["result"]) > {"finding", "needs_clarification"}
    assert set(waiting(tables)["result"]) == {"finding", "needs_clarification"}


def test_order_is_points_then_deadline_then_date_whatever_the_input_order(tables: Tables) -> None:
    ids = waiting(tables)["finding_id"]
    soon = {ids.iloc[-1]: date(2024, 3, 1), ids.iloc[5]: date(2024, 2, 1)}
    context = replace(tables.context, deadlines=soon)
    first = queue(tables.findings, tables.activities, context)
    mixed = queue(
        tables.findings.sample(frac=1, random_state=3), tables.activities.sample(frac=1, random_state=4), context
    )
    assert list(first["finding_id"]) == list(mixed["finding_id"])
    far = pd.Timestamp("2999-01-01")
    keys = [
        (
            row.result != "finding",
            -row.points,
            far if pd.isna(row.deadline) else row.deadline,
            far.tz_localize("UTC") if pd.isna(row.happened_at) else row.happened_at,
            row.finding_id,
        )
        for row in first.itertuples()
    ]
    assert keys == sorted(keys)


def test_equal_points_go_by_deadline_then_by_date(tables: Tables) -> None:
    level = tables.findings.assign(points=50)
    level = level[level["result"] == "finding"]
    ids = list(level["finding_id"])[:3]
    days = {ids[0]: date(2024, 3, 9), ids[1]: date(2024, 3, 1), ids[2]: date(2024, 3, 5)}
    ordered = queue(level, tables.activities, replace(tables.context, deadlines=days))
    assert list(ordered["finding_id"][:3]) == [ids[1], ids[2], ids[0]]
    assert ordered["happened_at"][3:].dropna().is_monotonic_increasing
    assert (
        ordered["happened_at"].isna().sum()
        == ordered["happened_at"].tail(ordered["happened_at"].isna().sum()).isna().sum()
    )


def test_unclamped_points_order_a_full_queue(tables: Tables) -> None:
    full = tables.findings[tables.findings["result"] == "finding"]
    full = full.assign(score=100, points=range(100, 100 + len(full)))
    assert queue(full, tables.activities, tables.context)["points"].is_monotonic_decreasing


def test_a_row_says_everything_in_words(tables: Tables) -> None:
    rows = review_rows(waiting(tables), tables.context)
    row = rows[0]
    assert row["prioritas_telaah"] in ("DIDAHULUKAN", "BERIKUTNYA", "KEMUDIAN")
    assert row["id_temuan"].startswith("T-")
    assert row["alasan_utama"].count("\n") <= 2
    assert re.fullmatch(r"1\) .+ \[\+\d+ poin\]", row["alasan_utama"].split("\n")[0])
    assert row["putusan"] == row["catatan"] == row["kode_perbuatan_koreksi"] == row["penelaah"] == ""
    assert all(row["sidik_baris"] == fingerprint(row) for row in rows)
    assert len({row["sidik_baris"] for row in rows}) == len(rows)


def test_no_number_of_a_person_reaches_the_rows(tables: Tables) -> None:
    context = replace(
        tables.context, subjects=tables.context.subjects.assign(subject_id=tables.context.subjects["nip"])
    )
    nips = dict(zip(tables.context.subjects["subject_id"], tables.context.subjects["nip"], strict=True))
    findings = tables.findings.assign(subject_id=tables.findings["subject_id"].map(nips))
    text = json.dumps(review_rows(queue(findings, tables.activities, context), context))
    assert not re.search(r"19850101\d{10}", text)
    assert "Contoh Pegawai" not in text


def test_missing_is_empty_and_unknown_time_says_so(tables: Tables) -> None:
    never = pd.Series(pd.NaT, index=tables.activities.index, dtype=tables.activities["happened_at"].dtype)
    timeless = tables.activities.assign(happened_at=never, time_basis="absent", text=pd.NA, target_account=pd.NA)
    row = review_rows(queue(tables.findings, timeless, tables.context), tables.context)[0]
    assert row["teks_bukti"] == row["waktu_kejadian"] == row["akun_sasaran"] == ""
    assert row["peristiwa"].endswith("waktu tidak diketahui.")


def test_a_bare_context_is_enough(tables: Tables) -> None:
    from screening.reports import ReportContext

    row = review_rows(waiting(tables), ReportContext())[0]
    assert row["kode_perbuatan"]
    assert row["perbuatan"] == row["unit_kerja"] == ""


def test_a_case_is_one_subject_in_one_contest() -> None:
    assert case_id("a", "x", "akun", "p") == case_id("a", "instagram", "lain", "p") != case_id("a", "x", "akun", "q")
    assert case_id(None, None, None, None).startswith("K-")


def test_accounts_without_an_owner_are_cases_of_their_own() -> None:
    own = {case_id(pd.NA, platform, actor, "p") for platform in ("x", "instagram") for actor in ("satu", "dua", None)}
    assert len(own) == 6
    assert (
        subject_label(pd.NA, None, "instagram", "andi.contoh")
        == "Akun andi.contoh di Instagram (pemilik belum dikenali)"
    )


def test_sentences() -> None:
    reasons = encode(
        [
            {"code": "a", "text": "menyebut peserta", "points": 5, "quote": "Anies"},
            {"code": "b", "text": "mengajak orang lain memilih", "points": 25, "quote": ""},
            {"code": "c", "text": "mungkin kutipan", "points": -10, "quote": ""},
            {"code": "d", "text": "d", "points": 5, "quote": ""},
            {"code": "e", "text": "e", "points": 5, "quote": ""},
            {"code": "batas_skala", "text": "skala", "points": 70, "quote": ""},
        ]
    )
    assert main_reasons(reasons).split("\n") == [
        "1) Mengajak orang lain memilih. [+25 poin]",
        "2) Menyebut peserta: “Anies”. [+5 poin]",
        "3) D. [+5 poin]",
    ]
    assert quotes(reasons) == "“Anies”"
    missing = encode([{"element": "date", "text": "tanggal tidak diketahui.", "settle": "tangkapan layar."}])
    assert sentences.missing_text(missing) == "Tanggal tidak diketahui. Langkah: tangkapan layar."
    assert main_reasons(encode([])) == sentences.missing_text("") == quotes(float("nan")) == ""


def test_moments_are_local_and_survive_a_spreadsheet() -> None:
    late = pd.Timestamp("2023-11-12 17:30", tz="UTC")
    assert labels.moment(late, "exact_utc", "Asia/Jakarta") == "2023-11-13 00:30 WIB"
    assert labels.moment(late, "exact_utc", "Asia/Jayapura") == "2023-11-13 02:30 WIT"
    assert labels.moment(late, "date_only", "Asia/Jakarta") == "2023-11-13 (hanya tanggal)"
    assert labels.moment(late, "absent", "Asia/Jakarta") == labels.moment(pd.NaT, "exact_utc", "Asia/Jakarta") == ""


def test_masking_leaks_no_length() -> None:
    assert labels.mask_name("Budi Santosa") == labels.mask_name("Bo S") == "B*** S***"
    assert labels.mask_nip("198501012010011234").endswith("•1234")
    assert labels.mask_digits("akun 198501012010011234") == "akun ••••••••1234"
    assert labels.mask_digits("tanggal 20240214") == "tanggal 20240214"


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90), st.integers(1, 2), st.text(max_size=3)), max_size=6),
)
def test_evidence_pieces_join_to_the_text(text: str, marks: list[tuple[int, int, int, str]]) -> None:
    parts = pieces(text, marks)
    assert "".join(part[0] for part in parts) == text
    valid = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    marked = sum(len(part[0]) for part in parts if len(part) > 1 and part[1])
    assert marked == len({at for mark in valid for at in range(mark[0], mark[1])})


_QUOTES = st.sampled_from(["", "ayo", '},{"code":"a"', '"},{"code":', "\\", "[{", "a\n“b”"])
_REASONS = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["peserta", "batas_skala", '"}]']),
        "text": _QUOTES,
        "points": st.integers(-9, 9),
        "quote": _QUOTES,
    },
    optional={"field": st.just("text"), "start": st.integers(0, 3), "end": st.integers(0, 3)},
)


@given(st.lists(st.one_of(st.just(float("nan")), st.just(""), st.lists(_REASONS, max_size=4)), max_size=5))
def test_shared_reasons_are_those_of_each_cell(drawn: list[Any]) -> None:
    cells = [encode(one) if isinstance(one, list) else one for one in drawn]
    found = shared([*cells, *cells])
    assert found == [reasons_of(cell) for cell in [*cells, *cells]]
    for one, reasons in zip(drawn, found, strict=False):
        parts = one if isinstance(one, list) else []
        assert [json.loads(reason.on_page) for reason in reasons] == [
            [part["text"] or part["code"], part["points"], part["quote"], ""] for part in parts
        ]
        assert [reason.sentence for reason in reasons] == [sentences.sentence(part) for part in parts]
    half = len(cells)
    assert all(
        a is b for one, other in zip(found[:half], found[half:], strict=True) for a, b in zip(one, other, strict=True)
    )


_STARTS = st.sampled_from([-5, 0, 3, 10, 12, 700, 710, 3_990, 4_190, 4_210])


@given(
    st.integers(0, 40) | st.integers(3_990, 4_300),
    st.lists(st.tuples(_STARTS, st.integers(0, 25), st.integers(1, 2), st.sampled_from(["", *"abc"])), max_size=8),
)
def test_each_piece_says_what_all_marks_on_it_mean(length: int, drawn: list[tuple[int, int, int, str]]) -> None:
    """Letter by letter: the words of its strongest kind, in the order of the marks."""
    text = "".join(chr(0x4E00 + at) for at in range(length))
    marks = [(start, start + long, kind, words) for start, long, kind, words in drawn]
    told = [(letter, *part[1:]) for part in pieces(text, marks) for letter in part[0] if letter >= "\u4e00"]
    assert [letter for letter, *_ in told] == sorted(letter for letter, *_ in told)
    assert len(told) == min(length, 4_000)
    for letter, *said in told:
        at = ord(letter) - 0x4E00
        here = [mark[2:] for mark in marks if 0 <= mark[0] <= at < mark[1] <= length]
        kind = max((kind for kind, _ in here), default=0)
        words = dict.fromkeys(words for own, words in here if own == kind and words)
        assert said == ([kind, "; ".join(words)] if here else [])


def test_a_quote_that_is_not_there_is_not_marked(tables: Tables) -> None:
    row = {
        "text": "dukung siapa saja",
        "reasons": encode(
            [
                {"code": "a", "text": "benar", "points": 1, "quote": "dukung", "field": "text", "start": 0, "end": 6},
                {"code": "b", "text": "salah", "points": 1, "quote": "dukung", "field": "text", "start": 7, "end": 12},
            ]
        ),
    } | dict.fromkeys(("target_text", "media_text", "target_account", "tagged"))
    shifted = ("a", "text", "support", "siapa", 8, 13)
    assert fields(row, [shifted], tables.context) == [
        ["Teks yang ditulis yang bersangkutan", [["dukung", 2, "benar"], [" siapa saja"]]]
    ]


def test_a_megabyte_full_of_marks_stays_quick() -> None:
    began = time.process_time()
    parts = pieces("dukung " * 150_000, [(at * 7, at * 7 + 6, 1, "x") for at in range(150_000)])
    assert time.process_time() - began < 3
    assert sum(len(part) > 1 and part[1] == 1 for part in parts) == pytest.approx(4000 / 7, abs=2)


def test_very_long_evidence_is_shown_around_the_first_mark() -> None:
    parts = pieces("x" * 50_000 + "Anies" + "y" * 50_000, [(50_000, 50_005, 2, "nama")])
    assert ["Anies", 2, "nama"] in parts
    assert sum(len(part[0]) for part in parts) < 5_000
    assert "tidak ditampilkan" in parts[0][0]


# --- counts ---------------------------------------------------------------------------------------------------------


def test_counts_reconcile_and_a_loss_is_noticed(tables: Tables) -> None:
    whole = counts(tables.activities, tables.files)
    assert whole.reconciles
    assert whole.read == whole.screened + whole.duplicate + whole.rejected + whole.out_of_scope
    assert whole.screened == whole.finding + whole.needs_clarification + whole.clear
    assert not counts(tables.activities.iloc[1:], tables.files).reconciles


def test_tallies_add_up_to_the_queue(tables: Tables) -> None:
    words = described(waiting(tables), tables.context)
    for column in ("act", "phase", "platform", "unit", "band", "result", "contestant"):
        told = tally(words, column)
        pairs = words.drop_duplicates("activity_id" if column == "band" else [column, "activity_id"])
        assert sum(one.total for one in told) == len(pairs)  # activities, not rows
    every = tally(words.assign(all="x"), "all")[0]
    whole = words.groupby("activity_id")["result"].agg(set)
    assert every.findings == sum("temuan" in results for results in whole)
    assert every.clarifications == sum("temuan" not in results for results in whole)
    rows, step = by_time(words)
    assert step == 7
    assert sum(n for _, n in rows) == words.loc[words["day"].notna(), "activity_id"].nunique()
    assert [one.name for one in tally(words, "band")] == ["DIDAHULUKAN", "BERIKUTNYA", "KEMUDIAN"]


def test_time_has_no_gaps_and_long_spans_go_by_month() -> None:
    days = pd.Series(["2023-01-31", "2024-12-01", None], dtype="str")
    words = pd.DataFrame({"day": days, "activity_id": ["a", "b", "c"], "result": "temuan"})
    rows, step = by_time(words)
    assert step == 0
    assert len(rows) == 24
    assert by_time(words.head(0)) == ([], 7)


def small(cells: list[tuple[str, str, int]]) -> pd.DataFrame:
    """A described queue with so many subjects per (phase, unit), one finding each."""
    rows = [
        {
            "finding_id": f"{p}{u}{n}",
            "activity_id": f"{p}{u}{n}",
            "subject_id": f"{p}{u}{n}",
            "phase": p,
            "unit": u,
            "act": "A",
            "platform": "X",
            "result": "temuan",
        }
        for p, u, many in cells
        for n in range(many)
    ]
    return pd.DataFrame(
        rows, columns=["finding_id", "activity_id", "subject_id", "phase", "unit", "act", "platform", "result"]
    )


def test_small_cells_are_withheld() -> None:
    places = vulnerability(small([("masa kampanye", "u1", 9), ("masa kampanye", "u2", 4), ("masa tenang", "u1", 3)]), 5)
    assert list(places.cells["unit"]) == ["u1"]
    assert (places.withheld, places.withheld_activities) == (2, 7)


def test_a_single_small_cell_cannot_be_calculated_from_a_sum() -> None:
    assert vulnerability(small([("masa kampanye", "u1", 9), ("masa tenang", "u1", 2)]), 5).withheld_activities is None
    assert suppressed_tally(small([("masa kampanye", "u1", 9), ("p", "u2", 8), ("q", "u3", 2)]), "unit", 5) == [
        ("u1", 9, 0),
        ("u2", None, None),
        ("u3", None, None),
    ]


def test_a_row_without_a_value_is_in_no_cell() -> None:
    rows = small([("masa kampanye", "u1", 9), ("masa tenang", "u1", 7)])
    lacking = rows.assign(phase=rows["phase"].mask(rows["phase"] == "masa tenang"))
    assert [*vulnerability(lacking, 5).cells["findings"]] == [9]
    assert [*grid(lacking, "unit", "phase", 5).columns] == ["masa kampanye"]


def test_many_findings_of_one_person_do_not_make_a_cell_safe() -> None:
    one = small([("masa kampanye", "u1", 20)]).assign(subject_id="asn_1")
    assert vulnerability(one, 5).cells.empty
    assert grid(one, "unit", "phase", 5).isna().all(axis=None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["masa kampanye", "masa tenang", "pendaftaran"]),
            st.sampled_from("abcd"),
            st.integers(1, 12),
        ),
        max_size=10,
        unique_by=lambda c: c[:2],
    )
)
def test_no_row_or_column_withholds_one_cell_alone_beside_shown_ones(cells: list[tuple[str, str, int]]) -> None:
    table = grid(small(cells), "unit", "phase", 5)
    for lines in (table, table.T):
        for _, line in lines.iterrows():
            shown = [value for value in line if not pd.isna(value) and value]
            assert not (line.isna().sum() == 1 and shown)
    few = {(unit, phase) for phase, unit, many in cells if many < 5}
    assert all(pd.isna(table.at[cell]) for cell in few)
