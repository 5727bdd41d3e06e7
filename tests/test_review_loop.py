"""The whole loop: two decide apart, a third settles, the next run remembers, one matter opens again, the comparison says why."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from report_builder import Tables, build
from review_builder import FACTS, NOW, VERDICTS, bring, decided, fill, handed, returned, run_folder, with_findings

from screening.errors import UsageError
from screening.review.compare import compare, comparison_text
from screening.review.conflicts import hand_out_conflicts
from screening.review.decisions import outcomes, statements
from screening.review.issue import Order
from screening.review.ledger import head, read
from screening.review.memory import COLUMNS, carry_over
from screening.review.runs import ReviewRun, read_run
from screening.review.status import status, status_text
from screening.tables import FINDINGS, decode, encode

CLEARED = "BUKAN PELANGGARAN"


@dataclass
class Loop:
    folder: Path
    ledger: Path
    tables: Tables
    run: ReviewRun

    def memory(self, run: ReviewRun) -> pd.DataFrame:
        return carry_over(run.findings, read(self.ledger), run.facts).set_index("finding_id")

    def again(
        self,
        name: str = "run-2",
        tables: Tables | None = None,
        facts: Mapping[str, str] = FACTS,
        version: str = "aturan-2",
        **more: object,
    ) -> ReviewRun:
        return run_folder(self.folder / name, tables or self.tables, facts=facts, version=version, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Path]:
    tables, folder = build(50), tmp_path_factory.mktemp("proses") / "run-1"
    run_folder(folder, tables)
    return tables, folder


@pytest.fixture
def loop(tmp_path: Path, first: tuple[Tables, Path]) -> Loop:
    folder = Path(shutil.copytree(first[1], tmp_path / "run-1"))
    return Loop(tmp_path, tmp_path / "buku.sqlite", first[0], read_run(folder))


@pytest.fixture
def cleared(loop: Loop) -> Loop:
    """Both reviewers cleared everything."""
    for who in ("Ani", "Budi"):
        decided(loop.run, loop.ledger, loop.folder, who, lambda n: CLEARED)
    return loop


def adjudicate(loop: Loop, who: str, verdict: str) -> list[dict[str, object]]:
    rows = hand_out_conflicts(loop.ledger, [loop.run], Order(who, "petugas", now=NOW))
    done = bring(
        [returned(loop.folder / "konflik.csv", [fill(row, verdict, day="2024-03-01") for row in rows])], loop.ledger
    )
    assert done.refusals == []
    return rows


def test_the_full_loop(loop: Loop) -> None:
    decided(loop.run, loop.ledger, loop.folder, "Ani", lambda n: VERDICTS[n % 2])
    decided(loop.run, loop.ledger, loop.folder, "Budi", lambda n: VERDICTS[n % 3])
    before = outcomes(statements(read(loop.ledger)))
    differing = [item for item, one in before.items() if one.state == "berbeda"]
    assert 0 < len(differing) < len(before)

    with pytest.raises(UsageError, match="orang lain"):
        hand_out_conflicts(loop.ledger, [loop.run], Order("budi", "petugas", now=NOW))
    rows = adjudicate(loop, "Citra", CLEARED)
    assert len(rows) == len(differing)
    assert {row["suara_1_penelaah"] for row in rows} == {"Ani"}
    settled = outcomes(statements(read(loop.ledger)))
    assert {one.state for one in settled.values()} == {"sepakat", "penengah"}
    assert all(len(one.votes) == 2 for one in settled.values())

    # the next run judges the same content by the same rules: everything stays decided, nobody is asked again
    same = loop.again(version="aturan-1", run_id="proses-2")
    memory = loop.memory(same)
    queue = same.findings[same.findings["result"].isin(["finding", "needs_clarification"])]["finding_id"]
    assert set(memory.loc[queue, "memory"]) == {"tetap"}
    assert "penengah: Citra" in " ".join(memory["prior_reviewers"])
    assert handed(same, loop.ledger, "Ani") == []

    # one rule changes: only matters of that rule open again, and the memory says which rule
    acts = {f"BKD-{name}": "x" for name in ("KE-02", "KE-04", "D-02", "D-04", "D-06", "D-08")}
    ruled = loop.again(
        "run-3",
        version="aturan-3",
        facts=FACTS | {"data/acts/dki-jakarta/bkd.toml": "a2"},
        acts=acts | {"BKD-D-06": "y"},
    )
    first = loop.again(
        "run-1b", version="aturan-1", run_id="run-1-aturan-1", acts=acts
    )  # what run 1 recorded about its acts
    bring([], loop.ledger, runs=[first])
    memory = loop.memory(ruled)
    reopened = memory[memory["memory"] == "dibuka"]
    assert set(reopened["act_id"]) == {"BKD-D-06"}
    assert set(memory.loc[memory["memory"] == "tetap", "act_id"]) == set(memory.loc[queue, "act_id"]) - {"BKD-D-06"}
    assert set(reopened["reopened_because"]) == {"rule"}
    assert reopened["explanation"].str.contains("aturan berubah (act:BKD-D-06)", regex=False).all()
    waiting = handed(ruled, loop.ledger, "Ani")
    assert {row["kode_perbuatan"] for row in waiting} == {"BKD-D-06"}

    # and the comparison of the two runs explains it
    found = compare(first, ruled, read(loop.ledger))
    told = found.rows[found.rows["memory"] == "dibuka"]
    assert set(told["act_id"]) == {"BKD-D-06"}
    text = comparison_text(found)
    assert f"{len(told)} dibuka kembali" in text
    assert "act:BKD-D-06" in text

    # deciding anew does not overwrite: both decisions remain, the new one counts for the new rules
    done = bring([returned(loop.folder / "baru.csv", [fill(row, "TIDAK CUKUP BUKTI") for row in waiting])], loop.ledger)
    assert done.refusals == []
    after = outcomes(statements(read(loop.ledger)))
    assert all(after[item] == one for item, one in settled.items())
    assert len(after) == len(settled) + len(waiting)


def test_an_adjudication_by_one_of_the_two_is_refused_even_in_a_file_for_anyone(loop: Loop) -> None:
    decided(loop.run, loop.ledger, loop.folder, "Ani", lambda n: VERDICTS[0])
    decided(loop.run, loop.ledger, loop.folder, "Budi", lambda n: VERDICTS[1])
    rows = hand_out_conflicts(loop.ledger, [loop.run], Order("", "petugas", now=NOW))
    done = bring([returned(loop.folder / "k.csv", [fill(row, CLEARED, penelaah="Ani") for row in rows])], loop.ledger)
    assert "penengah" in done.refusals[0].cause
    assert not [entry for entry in read(loop.ledger) if entry.kind == "penengah"]


@pytest.mark.parametrize(
    ("changed", "group", "words"),
    [
        ({"lexicons/nama.csv": "l2"}, "lexicon", "leksikon berubah (lexicons/nama.csv)"),
        ({"lexicons/baru.csv": "n"}, "lexicon", "leksikon berubah (lexicons/baru.csv)"),
        ({"data/acts/dki-jakarta/bkd.toml": "a2"}, "rule", "aturan berubah (data/acts/dki-jakarta/bkd.toml)"),
        ({"data/elections/pemilu.toml": "e2"}, "contest", "kontes dan tahapan berubah"),
        ({"accounts": "k2"}, "accounts", "daftar akun berubah"),
    ],
)
def test_a_cleared_matter_opens_when_a_list_or_rule_changes_and_says_which(
    cleared: Loop, changed: dict[str, str], group: str, words: str
) -> None:
    memory = cleared.memory(cleared.again(facts=FACTS | changed))
    decided_ = memory[memory["prior_verdict"] == CLEARED]
    assert len(decided_) == len(cleared.run.rows)
    assert set(decided_["memory"]) == {"dibuka"}
    assert set(decided_["reopened_because"]) == {group}
    assert decided_["explanation"].str.contains(words, regex=False).all()
    assert decided_["explanation"].str.contains("petunjuk untuk temuan ini sama").all()


@pytest.mark.parametrize("changed", [{"data/risk.toml": "r2"}, {"roster": "p2"}, {"model": "m2"}])
def test_a_cleared_matter_stays_cleared_when_only_weights_or_untouched_things_change(
    cleared: Loop, changed: dict[str, str]
) -> None:
    version = "aturan-1" if "model" in changed else "aturan-2"  # the model is no part of the ruleset version
    memory = cleared.memory(cleared.again(facts=FACTS | changed, version=version))
    decided_ = memory[memory["prior_verdict"] == CLEARED]
    assert set(decided_["memory"]) == {"tetap"}
    assert decided_["explanation"].str.contains("berubah").all()


def test_a_cleared_matter_stays_cleared_when_the_score_alone_moves(cleared: Loop) -> None:
    def heavier(findings: pd.DataFrame) -> pd.DataFrame:
        return findings.assign(score=findings["score"] // 2, points=findings["points"] // 2)

    memory = cleared.memory(
        cleared.again(tables=with_findings(cleared.tables, heavier), facts=FACTS | {"data/risk.toml": "r2"})
    )
    assert set(memory.loc[memory["prior_verdict"] == CLEARED, "memory"]) == {"tetap"}


def test_new_evidence_from_the_model_opens_only_the_matter_it_touches(cleared: Loop) -> None:
    target = cleared.run.findings.query("result == 'finding'")["finding_id"].iloc[0]

    def noticed(findings: pd.DataFrame) -> pd.DataFrame:
        more = {
            "code": "stance_model",
            "text": "arah mendukung",
            "points": 1,
            "quote": "ayo",
            "field": "text",
            "start": 0,
            "end": 3,
            "group": "stance",
        }
        findings.loc[findings["finding_id"] == target, "reasons"] = encode(
            [*decode(findings.set_index("finding_id").at[target, "reasons"]), more]
        )
        return findings

    memory = cleared.memory(
        cleared.again(tables=with_findings(cleared.tables, noticed), facts=FACTS | {"model": "m2"}, version="aturan-1")
    )
    assert set(memory.index[memory["memory"] == "dibuka"]) == {target}
    assert memory.at[target, "reopened_because"] == "model"


def test_another_result_without_any_recorded_change_opens_the_matter(cleared: Loop) -> None:
    target = cleared.run.findings.query("result == 'finding'")["finding_id"].iloc[0]

    def other(findings: pd.DataFrame) -> pd.DataFrame:
        findings.loc[findings["finding_id"] == target, "phase"] = "quiet"
        return findings

    memory = cleared.memory(cleared.again(tables=with_findings(cleared.tables, other), version="aturan-1"))
    assert set(memory.index[memory["memory"] == "dibuka"]) == {target}
    assert memory.at[target, "round"] == 2
    assert "tanpa perubahan aturan yang tercatat" in memory.at[target, "explanation"]


def test_a_second_round_under_the_same_rules_is_voted_apart_from_the_first(cleared: Loop) -> None:
    target = cleared.run.findings.query("result == 'finding'")["finding_id"].iloc[0]

    def other(findings: pd.DataFrame) -> pd.DataFrame:
        findings.loc[findings["finding_id"] == target, "phase"] = "quiet"
        return findings

    second = cleared.again(tables=with_findings(cleared.tables, other), version="aturan-1", run_id="putaran-2")
    for n, who in enumerate(("Ani", "Budi")):
        rows = handed(second, cleared.ledger, who)
        assert [(row["id_temuan"], row["putaran"]) for row in rows] == [(f"T-{target}", 2)]
        assert cleared.memory(second).at[target, "memory"] == "dibuka", n
        assert (
            bring(
                [returned(cleared.folder / f"2-{who}.csv", [fill(row, VERDICTS[0]) for row in rows])], cleared.ledger
            ).refusals
            == []
        )
    memory = cleared.memory(second)
    assert (memory.at[target, "memory"], memory.at[target, "prior_verdict"], memory.at[target, "prior_round"]) == (
        "tetap",
        VERDICTS[0],
        "2",
    )


def test_changed_content_opens_the_matter_of_the_same_post(cleared: Loop) -> None:
    row = cleared.run.findings.query("result == 'finding'").iloc[0]

    def edited(findings: pd.DataFrame) -> pd.DataFrame:
        mine = findings["activity_id"] == row["activity_id"]
        findings.loc[mine, "activity_id"] = "baru" + row["activity_id"][4:]
        findings.loc[mine, "finding_id"] = ["baru" + key[4:] for key in findings.loc[mine, "finding_id"]]
        return findings

    tables = with_findings(cleared.tables, edited)
    activities = tables.activities.replace({"activity_id": {row["activity_id"]: "baru" + row["activity_id"][4:]}})
    from dataclasses import replace

    run = cleared.again(tables=replace(tables, activities=activities), version="aturan-1")
    memory = cleared.memory(run)
    opened = memory[memory["memory"] == "dibuka"]
    assert set(opened["activity_id"]) == {"baru" + row["activity_id"][4:]}
    assert set(opened["reopened_because"]) == {"content"}
    assert opened["prior_verdict"].eq(CLEARED).all()
    found = compare(cleared.run, run).rows
    assert set(found["change"]) == {"content"}


def test_without_recorded_facts_another_version_opens_everything_and_says_that_it_does_not_know(cleared: Loop) -> None:
    memory = cleared.memory(cleared.again(facts={}, software=""))
    decided_ = memory[memory["prior_verdict"] == CLEARED]
    assert set(decided_["reopened_because"]) == {"unknown"}
    assert decided_["explanation"].str.contains("aturan-1 → aturan-2").all()


def test_a_manifest_that_tells_only_the_programs_version_does_not_vouch_for_the_rules(tmp_path: Path) -> None:
    tables, ledger = build(30), tmp_path / "buku.sqlite"
    first = run_folder(tmp_path / "run-1", tables, facts={})
    for who in ("Ani", "Budi"):
        decided(first, ledger, tmp_path, who, lambda n: CLEARED)
    second = run_folder(tmp_path / "run-2", tables, version="aturan-2", facts={})
    memory = carry_over(second.findings, read(ledger), second.facts)
    assert set(memory.loc[memory["prior_verdict"] == CLEARED, "reopened_because"]) == {"unknown"}
    assert "rinciannya tidak ada dalam manifest" in comparison_text(compare(first, second))


def test_matters_that_lack_data_or_contradict_are_asked_again(loop: Loop) -> None:
    for who in ("Ani", "Budi"):
        decided(loop.run, loop.ledger, loop.folder, who, lambda n: VERDICTS[3] if n == 0 else CLEARED)
    rows = handed(loop.run, loop.ledger, "Ani")
    assert len(rows) == 1
    assert bring([returned(loop.folder / "t.csv", [fill(rows[0], VERDICTS[0])])], loop.ledger).notes != []
    assert len(handed(loop.run, loop.ledger, "Ani")) == 1
    bring([returned(loop.folder / "t2.csv", [fill(rows[0], VERDICTS[0])])], loop.ledger, correction="data sudah ada")
    assert handed(loop.run, loop.ledger, "Ani") == []


def test_unfinished_matters_are_shown_as_begun(loop: Loop) -> None:
    decided(loop.run, loop.ledger, loop.folder, "Ani", lambda n: CLEARED)
    memory = loop.memory(loop.again(version="aturan-1"))
    queue = [row["id_temuan"].removeprefix("T-") for row in loop.run.rows]
    assert set(memory.loc[queue, "memory"]) == {"terbuka"}
    assert "baru satu penelaah" in memory.loc[queue[0], "explanation"]
    assert set(memory.drop(queue)["memory"]) <= {"baru"}


def test_memory_is_a_table_of_its_own_and_works_on_nothing(cleared: Loop) -> None:
    assert list(carry_over(FINDINGS.empty(), read(cleared.ledger), FACTS).columns) == list(COLUMNS)
    fresh = carry_over(cleared.run.findings, (), FACTS)
    assert set(fresh["memory"]) == {"baru"}
    assert list(fresh["finding_id"]) == list(cleared.run.findings["finding_id"])
    assert not set(COLUMNS) & (set(FINDINGS.columns) - {"finding_id", "activity_id", "act_id"})


def test_status_counts_what_is_open_and_prints_the_hash(loop: Loop) -> None:
    rows = handed(loop.run, loop.ledger, "Ani")
    bring([returned(loop.folder / "sebagian.csv", [fill(row, CLEARED) for row in rows[:2]])], loop.ledger)
    entries = read(loop.ledger)
    one = status(entries, NOW.date())
    assert one.states == {"satu_suara": 2, "belum": len(rows) - 2}
    assert one.open_by == {"Ani": len(rows) - 2}
    text = status_text(one, NOW.date())
    assert head(entries) in text
    assert f"Ani: {len(rows) - 2} baris" in text


def test_a_second_export_leaves_out_what_was_answered_and_keeps_its_token(loop: Loop) -> None:
    first = handed(loop.run, loop.ledger, "Ani")
    assert handed(loop.run, loop.ledger, "Ani") == first
    bring([returned(loop.folder / "t.csv", [fill(first[0], CLEARED)])], loop.ledger)
    assert [row["id_temuan"] for row in handed(loop.run, loop.ledger, "Ani")] == [row["id_temuan"] for row in first[1:]]
    assert len(handed(loop.run, loop.ledger, "Ani", everything=True)) == len(first)


def test_nobody_sees_anothers_verdict_and_blind_files_show_no_score(loop: Loop) -> None:
    decided(loop.run, loop.ledger, loop.folder, "Ani", lambda n: CLEARED)
    for row in handed(loop.run, loop.ledger, "Budi"):
        assert "Ani" not in row.values()
        assert CLEARED not in row.values()
        assert (row["putusan"], row["catatan"], row["penelaah"]) == ("", "", "Budi")
        assert row["skor"] >= 0
    blind = handed(loop.run, loop.ledger, "Citra", blind=True)
    assert all(
        row[name] == ""
        for row in blind
        for name in ("skor", "prioritas_telaah", "bobot_perbuatan", "kekuatan_bukti", "hasil", "poin", "alasan_utama")
    )
    assert [row["id_temuan"] for row in blind] != [row["id_temuan"] for row in loop.run.rows]
    done = bring([returned(loop.folder / "buta.csv", [fill(row, CLEARED) for row in blind])], loop.ledger)
    assert done.refusals == []
    assert {one.state for one in outcomes(statements(read(loop.ledger))).values()} == {"sepakat"}


def test_a_file_cannot_be_handed_in_for_another(loop: Loop) -> None:
    mine = handed(loop.run, loop.ledger, "Ani")
    handed(loop.run, loop.ledger, "Budi")
    done = bring([returned(loop.folder / "t.csv", [fill(row, CLEARED, penelaah="Budi") for row in mine])], loop.ledger)
    assert {one.cause for one in done.refusals} == {"baris ini diberikan kepada penelaah lain (Ani)"}
    assert statements(read(loop.ledger)) == frozenset()


@pytest.mark.parametrize("name", ["", " . ", "a\nb", "x" * 81, "\ud83d"])
def test_a_name_that_cannot_stand_in_a_ledger_is_refused(loop: Loop, name: str) -> None:
    with pytest.raises(UsageError, match="Nama penelaah"):
        handed(loop.run, loop.ledger, name)


def test_a_person_who_recused_is_no_mediator(loop: Loop) -> None:
    """Who said that their interests conflict must not decide between the others either."""
    decided(loop.run, loop.ledger, loop.folder, "Ani", lambda n: VERDICTS[0])
    decided(loop.run, loop.ledger, loop.folder, "Budi", lambda n: VERDICTS[1])
    rows = [fill(row, VERDICTS[0], benturan_kepentingan="YA") for row in handed(loop.run, loop.ledger, "Dewi")]
    bring([returned(loop.folder / "dewi.csv", rows)], loop.ledger)
    assert {one.recused for one in outcomes(statements(read(loop.ledger))).values()} == {("Dewi",)}
    with pytest.raises(UsageError, match="orang lain"):
        hand_out_conflicts(loop.ledger, [loop.run], Order("dewi", "petugas", now=NOW))
    assert hand_out_conflicts(loop.ledger, [loop.run], Order("Citra", "petugas", now=NOW))


def test_rounds_are_counted_for_each_version_of_the_rules(cleared: Loop) -> None:
    """The first round under new rules is the first, however many there were under the old ones."""
    memory = cleared.memory(cleared.again(version="aturan-2", facts=FACTS | {"accounts": "k2"}))
    opened = memory[memory["memory"] == "dibuka"]
    assert len(opened)
    assert set(opened["prior_round"]) == {"1"}
    assert set(opened["round"]) == {1}
