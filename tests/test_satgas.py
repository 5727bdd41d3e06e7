"""What the task force must give: the sheet for employees, the report to its patron, follow-up, and words that prejudge nobody."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from report_builder import build
from report_builder import context as report_context

from screening.cli.app import run as command
from screening.reports import monitoring, task_force
from screening.reports.socialisation import bans, sheet, spouse
from screening.reports.stages import coming, trends
from screening.reports.summary import by_activity, described
from screening.review.cases import case_draft, progress
from screening.review.follow_up_rules import read_rules
from screening.review.ledger import append, read
from screening.ruleset.load import load_ruleset

RULES = load_ruleset()
# Words that confess, accuse or punish; none of them may stand in anything people read.
PREJUDGING = re.compile(
    r"\bpengakuan|\bpelaku\b|tersangk|tersangka|terbukti bersalah|hukuman disiplin tingkat|tidak dengan hormat"
    r"|rujukan sanksi|disiplin tingkat (?:ringan|sedang|berat)|\btingkat (?:TINGGI|SEDANG|RENDAH)\b|\b(?:TINGGI|SEDANG|RENDAH)\b"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "hasil"
    assert command(["demo", "--out", str(folder)]) == 0
    return folder


def words_of(folder: Path) -> dict[str, str]:
    """Everything people read of a run, by file."""
    book = load_workbook(folder / "temuan.xlsx")
    cells = "\n".join(
        str(cell)
        for one in book.worksheets
        for row in one.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )
    texts = {"temuan.xlsx": cells}
    for path in [*folder.glob("*.csv"), *folder.glob("*.html"), *folder.glob("*.md")]:
        texts[path.name] = path.read_text(encoding="utf-8-sig")
    return texts


def test_no_output_confesses_accuses_or_punishes(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    person = pd.read_parquet(demo / "findings.parquet")["subject_id"].dropna().iloc[0]
    assert command(["report", "--run", str(demo), "--from", "2023-09-01", "--to", "2024-12-01"]) == 0
    assert command(["dossier", person, "--run", str(demo)]) == 0
    assert command(["sheet", "--out", str(demo / "lembar.html")]) == 0
    capsys.readouterr()
    assert command(["explain", person, "--run", str(demo)]) == 0
    texts = words_of(demo) | {"explain": capsys.readouterr().out}
    assert len([name for name in texts if name.startswith("berkas_K-")]) >= 1
    # What employees themselves wrote may hold any word; the programme's own words may not.
    written = pd.read_parquet(demo / "activities.parquet")[["text", "target_text", "media_text"]].stack().dropna()
    own = " ".join(str(one) for one in written)
    for name, text in texts.items():
        found = {hit.group() for hit in PREJUDGING.finditer(text)} - {hit.group() for hit in PREJUDGING.finditer(own)}
        assert not found, (name, found)


def test_every_output_adds_up_to_the_same_score(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = load_workbook(demo / "temuan.xlsx")["TELAAH"].iter_rows(values_only=True)
    head = next(rows)
    at = {name: head.index(name) for name in ("skor", "bobot_perbuatan", "kekuatan_bukti", "hasil", "id_temuan")}
    for row in rows:
        weight, proof, score = (row[at[name]] for name in ("bobot_perbuatan", "kekuatan_bukti", "skor"))
        limit = score - weight - proof
        assert weight > 0
        assert limit == 0 or row[at["hasil"]] == "perlu klarifikasi" or score in (40, 100)
        if row[at["hasil"]] == "perlu klarifikasi":
            assert score < 40
    finding = pd.read_parquet(demo / "findings.parquet").query("result == 'finding'").iloc[0]
    assert command(["explain", f"T-{finding['finding_id']}", "--run", str(demo)]) == 0
    told = capsys.readouterr().out
    sums = re.search(r"bobot perbuatan (-?\d+) \+ kekuatan bukti (-?\d+)(?: \+ batas (-?\d+))? = (\d+)", told)
    assert sums
    assert sum(int(one or 0) for one in sums.groups()[:3]) == int(sums.group(4)) == finding["score"]


# --- the sheet ------------------------------------------------------------------------------------------------------


def test_the_sheet_holds_every_ban_with_example_and_counterexample() -> None:
    made = bans(RULES.acts)
    main = {act.id for act in RULES.acts if act.role == "utama"}
    of_spouses = {act.id for act in RULES.acts if any(one.name == "hubungan_pasangan" for one in act.elements)}
    assert {code for ban in made for code in ban.codes} == main - of_spouses
    assert all(ban.example and ban.counterexample and ban.words for ban in made)
    assert not any("{" in text for ban in made for text in (ban.words, ban.example, ban.counterexample))


def test_the_sheet_tells_spouses_and_whom_to_ask_and_names_nobody() -> None:
    rules = spouse(RULES.acts)
    assert len(rules.allowed) == 3
    assert any("media sosial" in line for line in rules.banned)
    assert all("uti di luar tanggungan" in line for line in rules.required)
    page = sheet(RULES)
    for words in (
        *rules.allowed,
        *rules.banned,
        *rules.required,
        *task_force.neutrality(),
        *task_force.ask(["dki-jakarta"]),
    ):
        assert words in page
    names = {one.name for contest in RULES.contests.values() for one in contest.contestants.values()}
    assert not any(name in page for name in names if len(name) > 6)
    assert "sanksi" not in page.lower()


def test_a_province_without_a_task_force_gets_blanks_not_jakarta() -> None:
    other = load_ruleset(["purbalingga"])
    page = sheet(other)
    assert "Jakarta" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S).replace("SE Sekda DKI", "")
    assert task_force.force(["purbalingga"]).members == ()
    assert task_force.force(["purbalingga", "dki-jakarta"]).patron.startswith("Sekretaris Daerah")


# --- the report to the patron ---------------------------------------------------------------------------------------


def test_the_report_counts_activities_and_tells_both_results_apart() -> None:
    tables = build(500)
    told = described(queue_of(tables), tables.context)
    inside = told[told["day"].between("2023-11-28", "2024-02-10").fillna(False).astype(bool)]
    whole = by_activity(inside)["found"]
    text = monitoring(
        tables.activities, tables.findings, tables.manifest, tables.context, date(2023, 11, 28), date(2024, 2, 10)
    ).markdown
    assert f"{int(whole.sum())} aktivitas dengan temuan awal dan {int((~whole).sum())} yang perlu" in " ".join(
        text.split()
    )
    assert whole.size < len(inside)  # some activities have several assessments, so the two units differ


def queue_of(tables):  # type: ignore[no-untyped-def]
    from screening.reports.queue import queue

    return queue(tables.findings, tables.activities, tables.context)


def test_the_report_shows_the_task_force_and_answers_each_duty() -> None:
    tables = build(200)
    context = report_context(jurisdictions=("dki-jakarta",))
    made = monitoring(
        tables.activities, tables.findings, tables.manifest, context, date(2023, 1, 1), date(2024, 12, 31)
    )
    for role, office in task_force.force(["dki-jakarta"]).members:
        assert role in made.html
        assert office in made.html
        assert office in made.markdown
    assert len(task_force.duties()) == 6
    for text, part in task_force.duties():
        assert text in made.html
        assert part == "laporan ini" or part in made.html
    assert "Tanpa buku telaah" in made.markdown


def test_trends_compare_stages_per_week_and_stop_at_the_end() -> None:
    days = ["2024-01-01", "2024-01-02", "2024-01-10", "2024-01-11", "2024-01-12", "2024-01-13"]
    rows = pd.DataFrame(
        {"activity_id": [*"abcdef"], "contest": "k", "phase": ["pendaftaran"] * 2 + ["masa kampanye"] * 4, "day": days,
         "result": ["temuan"] * 5 + ["perlu klarifikasi"]}
    )  # fmt: skip
    phases = pd.DataFrame(
        [("k", "registration", "2024-01-01", "2024-01-07"), ("k", "campaign", "2024-01-08", "2024-02-04"),
         ("k", "quiet", "2024-02-05", "2024-02-07"), ("k", "voting", "2024-02-08", "2024-02-08")],
        columns=["contest", "phase", "start", "end"],
    )  # fmt: skip
    made = trends(rows, phases, {"k": "Kontes"}, date(2024, 1, 1), date(2024, 2, 6))
    assert [(one.stage, one.tally.findings, one.tally.clarifications, one.per_week, one.change) for one in made] == [
        ("pendaftaran", 2, 0, "2,0", "tahapan pertama"),
        ("masa kampanye", 3, 1, "1,0", "turun"),  # more in all, fewer per week
        ("masa tenang", 0, 0, "0,0", "turun"),
    ]
    assert trends(rows, phases, {}, date(2024, 1, 14), date(2024, 2, 6)) == []  # nothing of it in the period


def test_the_coming_stage_names_what_then_applies() -> None:
    acts = pd.DataFrame(
        [("KE", "etik", "A", "bakal_calon"), ("D", "disiplin", "A", "calon"), ("C", "luring", "C", "calon")],
        columns=["act_id", "summary", "observability", "statuses"],
    ).astype("str")
    context = report_context(acts=acts)
    contests = pd.Series(["pilpres-2024"])
    (line,) = coming(context, contests, {}, date(2023, 11, 20))
    assert "masa kampanye mulai 28 November 2023" in line
    assert "D (disiplin)" in line
    assert "KE" not in line
    assert "luring" not in line  # no export shows it
    assert "KE (etik)" in coming(context, contests, {}, date(2023, 10, 1))[0]
    assert coming(context, contests, {}, date(2020, 1, 1)) == []  # too far ahead
    assert coming(context, pd.Series(["lain"]), {}, date(2023, 11, 20)) == []  # nothing of this run


@pytest.mark.browser
@pytest.mark.parametrize("pack", ["dki-jakarta", "purbalingga"])
def test_the_sheet_is_one_page_of_paper(tmp_path: Path, pack: str) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no Chromium on this machine")
    (tmp_path / "lembar.html").write_text(sheet(load_ruleset([pack])), encoding="utf-8")
    paper = tmp_path / "lembar.pdf"
    words = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--print-to-pdf={paper}",
    ]
    subprocess.run([*words, (tmp_path / "lembar.html").as_uri()], check=True, capture_output=True, timeout=120)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper.read_bytes())) == 1


# --- follow-up ------------------------------------------------------------------------------------------------------


def test_recommendations_decisions_and_remedies_are_counted_by_case(tmp_path: Path) -> None:
    ledger = tmp_path / "buku.sqlite"
    rules = read_rules()

    def note(case_id: str, stage: str, on: str, event: str = "") -> None:
        append(ledger, [case_draft(case_id, stage, "petugas", "uji", on=on, event=event)])

    note("K-1", "rekomendasi", "2024-10-01", "rekomendasi-diterima")
    note("K-1", "rekomendasi", "2024-10-02", "rekomendasi-diterima")  # the same case twice is one case
    note("K-2", "rekomendasi", "2024-09-01", "rekomendasi-diterima")  # before the period
    note("K-1", "PPK", "2024-10-20", "keputusan-tidak-terbukti")
    note("K-1", "selesai", "2024-10-25", "pemulihan")
    told = progress(read(ledger), date(2024, 10, 1), date(2024, 10, 31), date(2024, 11, 1), rules)
    events = {words: (inside, ever) for words, inside, ever in told["events"]}
    meaning = {one.id: one.meaning for one in rules.events}
    assert events[meaning["rekomendasi-diterima"]] == (1, 2)
    assert events[meaning["keputusan-tidak-terbukti"]] == (1, 1)
    assert events[meaning["keputusan-terbukti"]] == (0, 0)
    assert events[meaning["pemulihan"]] == (1, 1)
    stages = {name: (inside, now) for name, inside, now in told["stages"]}
    assert stages["selesai"] == (1, 1)
    assert stages["rekomendasi"] == (1, 1)
    tables = build(60)
    period = (date(2024, 10, 1), date(2024, 10, 31))
    page = monitoring(tables.activities, tables.findings, tables.manifest, tables.context, *period, progress=told)
    for text in (page.html, page.markdown):
        assert meaning["pemulihan"] in text
        assert "K-1" not in text


def test_events_name_no_sanction_and_entries_without_one_stay_as_they_were() -> None:
    assert not any(PREJUDGING.search(one.meaning) or "sanksi" in one.meaning for one in read_rules().events)
    assert "event" not in case_draft("K-1", "telaah", "a", "b").body
