"""Agreement, the sample of unflagged rows, and labelled data for training."""

from __future__ import annotations

import math
import warnings
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_builder import build
from review_builder import VERDICTS, bring, decided, fill, handed, returned, run_folder

from screening.cli.desk import describe
from screening.review.agreement import agreement, cohen_kappa, krippendorff_alpha, percent
from screening.review.decisions import VOTE, Item, Statement, outcomes, statements
from screening.review.labels import COLUMNS, WARNING, labels
from screening.review.ledger import read
from screening.review.sample import draw, misses, wilson
from screening.review.status import status, status_text
from screening.tables import JUDGED

FOUND, CLEARED = VERDICTS[:2]

verdict_pairs = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@given(verdict_pairs)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = cohen_kappa_score(*zip(*pairs, strict=True))
    ours = cohen_kappa(pairs)
    assert (math.isnan(ours) and math.isnan(expected)) or ours == pytest.approx(expected)


def test_alpha_of_the_textbook_example() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: nominal, four observers, missing values.
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = [[str(vote) for vote in unit if vote] for unit in zip(*observers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


@given(verdict_pairs)
def test_alpha_agrees_with_its_definition_by_counting_pairs(pairs: list[tuple[str, str]]) -> None:
    votes = [vote for pair in pairs for vote in pair]
    seen = sum(a != b for a, b in pairs) / len(pairs)
    expected = sum(a != b for (n, a), (m, b) in product(enumerate(votes), repeat=2) if n != m) / (
        len(votes) * (len(votes) - 1)
    )
    ours = krippendorff_alpha(pairs)
    assert (math.isnan(ours) and expected == 0) or ours == pytest.approx(1 - seen / expected)


def test_full_agreement_is_one_and_nothing_is_not_a_number() -> None:
    pairs = [("a", "a"), ("b", "b")]
    assert (percent(pairs), cohen_kappa(pairs), krippendorff_alpha(pairs)) == (1, 1, 1)
    assert math.isnan(percent([]))
    assert math.isnan(cohen_kappa([]))
    assert math.isnan(krippendorff_alpha([["a"]]))


def vote(who: str, n: int, verdict: str, act: str = "D-02", **more: object) -> Statement:
    return Statement(VOTE, who, Item(f"a{n}", act, "v", 1), verdict, "D-02", "x", **more)  # type: ignore[arg-type]


def test_agreement_is_told_per_act_and_small_numbers_say_so() -> None:
    said = frozenset(
        vote(who, n, FOUND if n % 2 or who == "Ani" else CLEARED) for n in range(12) for who in ("Ani", "Budi")
    )
    said |= {vote("Ani", 20, FOUND, "D-06"), vote("Budi", 20, FOUND, "D-06"), vote("Ani", 30, FOUND, "D-08")}
    frame = agreement(said).set_index("butir")
    assert list(frame.index) == ["SEMUA BUTIR", "D-02", "D-06"]
    assert (frame.at["D-02", "n"], frame.at["D-02", "sama_persen"]) == (12, 50.0)
    assert frame.at["D-02", "catatan"] == ""
    assert "n = 1" in frame.at["D-06", "catatan"]
    assert math.isnan(frame.at["D-06", "kappa"])


def test_only_first_votes_count_for_agreement() -> None:
    first = vote("Budi", 1, CLEARED)
    said = frozenset({vote("Ani", 1, FOUND), first, vote("Budi", 1, FOUND, replaces=(first.id,))})
    assert agreement(said).at[0, "sama_persen"] == 0


def test_agreement_of_nobody_is_an_empty_table() -> None:
    assert len(agreement(frozenset())) == 0


def activities(counts: dict[tuple[str, str], int]) -> pd.DataFrame:
    rows = [
        {
            "activity_id": f"{platform}-{kind}-{n}",
            "platform": platform,
            "kind": kind,
            "result": "clear",
            "score": 0,
            "text": "x",
        }
        for (platform, kind), count in counts.items()
        for n in range(count)
    ]
    return JUDGED.build(rows)


STRATA = {("x", "post"): 70, ("x", "like"): 20, ("facebook", "post"): 9, ("tiktok", "comment"): 1}


@pytest.mark.parametrize(
    ("size", "shares"),
    [(0, {}), (1, {"x/post": 1}), (10, {"x/post": 6, "x/like": 2, "facebook/post": 1, "tiktok/comment": 1}),
     (500, {"x/post": 70, "x/like": 20, "facebook/post": 9, "tiktok/comment": 1})],
)  # fmt: skip
def test_the_sample_is_stratified(size: int, shares: dict[str, int]) -> None:
    drawn = draw(activities(STRATA), size, "benih")
    assert drawn["stratum"].value_counts().to_dict() == shares
    assert all(drawn.groupby("stratum")["drawn"].first().to_dict()[name] == count for name, count in shares.items())


def test_the_sample_depends_on_the_rows_and_the_run_only() -> None:
    table = activities(STRATA)
    ids = set(draw(table, 10, "benih")["activity_id"])
    assert set(draw(table.sample(frac=1, random_state=3), 10, "benih")["activity_id"]) == ids
    assert set(draw(table, 10, "lain")["activity_id"]) != ids
    sizes = [set(draw(table, size, "benih")["activity_id"]) for size in range(60)]
    assert all(smaller < larger for smaller, larger in pairwise(sizes))


def test_only_clear_activities_are_sampled() -> None:
    table = activities(STRATA)
    table.loc[table["platform"] == "x", "result"] = "out_of_scope"
    assert set(draw(table, 50, "benih")["platform"]) == {"facebook", "tiktok"}
    assert len(draw(JUDGED.empty(), 5, "benih")) == 0


def test_wilson_bounds() -> None:
    low, high = wilson(5, 50)
    assert (low, high) == (pytest.approx(0.0435, abs=5e-4), pytest.approx(0.2136, abs=5e-4))
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1


def test_a_blind_file_with_sample_does_not_tell_flagged_from_unflagged(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(80))
    ledger = tmp_path / "buku.sqlite"
    files = {who: handed(run, ledger, who, blind=True, sample=12, describe=describe(run)) for who in ("Ani", "Budi")}
    flagged = {row["id_aktivitas"] for row in run.rows}
    rows = files["Ani"]
    assert {row["id_aktivitas"] for row in files["Budi"]} == {row["id_aktivitas"] for row in rows}
    assert [row["id_temuan"] for row in files["Budi"]] != [row["id_temuan"] for row in rows]
    kinds = {True: set(), False: set()}  # which columns hold something
    for row in rows:
        kinds[row["id_aktivitas"] in flagged] |= {name for name, cell in row.items() if cell != ""}
        assert len(row["id_temuan"]) == len(run.rows[0]["id_temuan"])
        hidden = ("kode_perbuatan", "skor", "hasil", "kutipan", "sasaran", "alasan_utama")
        assert {row[name] for name in hidden} == {""}
    assert sum(row["id_aktivitas"] not in flagged for row in rows) == 12
    assert kinds[False] - kinds[True] == set()
    assert kinds[True] - kinds[False] <= {"konteks_induk", "tautan", "akun_sasaran"}
    assert len({row["id_aktivitas"] for row in rows}) == len(rows)


def test_a_blind_verdict_on_an_activity_counts_for_every_act_matched_with_it(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(160))
    ledger = tmp_path / "buku.sqlite"
    acts: dict[str, list[str]] = {}
    for row in run.rows:
        acts.setdefault(row["id_aktivitas"], []).append(row["kode_perbuatan"])
    several = {key: sorted(codes) for key, codes in acts.items() if len(codes) > 1}
    assert len(several) >= 2
    cleared, found = sorted(several)[:2]
    rows = {
        row["id_aktivitas"]: row for row in handed(run, ledger, "Ani", blind=True, sample=3, describe=describe(run))
    }
    answers = [fill(rows[cleared], CLEARED), fill(rows[found], FOUND, kode_perbuatan_koreksi=several[found][-1])]
    done = bring([returned(tmp_path / "t.csv", answers)], ledger)
    assert next(iter(done.books.values())).new == 2
    said = statements(read(ledger))
    assert sorted(one.item.act_id for one in said if one.item.activity_id == cleared) == several[cleared]
    assert [one.item.act_id for one in said if one.item.activity_id == found] == [several[found][-1]]
    assert next(iter(bring([tmp_path / "t.csv"], ledger).books.values())).same == 2
    assert statements(read(ledger)) == said


def test_what_is_found_in_the_sample_estimates_what_was_missed(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(80))
    ledger = tmp_path / "buku.sqlite"
    flagged = {row["id_aktivitas"] for row in run.rows}
    for who in ("Ani", "Budi"):
        rows = [
            row
            for row in handed(run, ledger, who, blind=True, sample=12, describe=describe(run))
            if row["id_aktivitas"] not in flagged
        ]
        rows.sort(key=lambda row: row["id_temuan"])
        filled = [
            fill(row, FOUND if n < 3 else CLEARED, kode_perbuatan_koreksi="BKD-D-02") for n, row in enumerate(rows)
        ]
        assert bring([returned(tmp_path / f"{who}.csv", filled)], ledger).refusals == []
    entries = read(ledger)
    from screening.review.register import register

    found = misses(register(entries).samples, outcomes(statements(entries)))
    assert found is not None
    assert (found.reviewed, found.found) == (12, 3)
    assert 0 < found.low < found.rate < found.high < 1
    one = status(entries, pd.Timestamp("2024-03-01").date())
    assert "perkiraan terlewat" in status_text(one, pd.Timestamp("2024-03-01").date())
    table = labels(entries, [run])
    assert set(table["asal"]) <= {"sampel"}


def test_labels_carry_provenance_and_leave_the_stance_to_people(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(60))
    ledger = tmp_path / "buku.sqlite"
    for who in ("Ani", "Budi"):
        decided(run, ledger, tmp_path, who, lambda n: (FOUND, CLEARED, "BUKAN ASN/SALAH IDENTITAS")[n % 3])
    table = labels(read(ledger), [run])
    assert list(table.columns) == list(COLUMNS)
    assert set(zip(table["relevan"], table["putusan"], strict=True)) == {("ya", FOUND), ("tidak", CLEARED)}
    assert set(table["label"]) == {""}
    assert set(table["suara"]) == {2}
    assert table["text"].notna().all()
    assert table["activity_id"].is_unique
    texts = run.activities.set_index("activity_id")["text"]
    assert all(texts[row.activity_id] == row.text for row in table.itertuples())
    assert not table.astype(str).apply(lambda column: column.str.contains("Budi")).any().any()
    assert "BIAS VERIFIKASI" in WARNING


def test_a_single_vote_labels_nothing(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", build(30))
    decided(run, tmp_path / "buku.sqlite", tmp_path, "Ani", lambda n: FOUND)
    assert len(labels(read(tmp_path / "buku.sqlite"), [run])) == 0
