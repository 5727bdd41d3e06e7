"""One test per row of the office's list of faults (A1–D13) that no other file of this folder holds; all input invented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from screening import manifest
from screening.cli.app import run
from screening.folder import Run
from screening.ruleset.roster import read_roster
from screening.shipped import shipped

SAMPLE = shipped("data/sample")
HEAD = "Tanggal;Akun;Platform;Jenis;Isi\n"
POST = "12/10/2024 10:00;{actor};{platform};Posting;Coblos nomor 3 Pramono - Rano ya gaes\n"
ROOT = Path(__file__).resolve().parents[2]


def screen(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture
def two_accounts(tmp_path: Path) -> Path:
    path = tmp_path / "d.csv"
    path.write_text(
        HEAD
        + POST.format(actor="andi.contoh", platform="Instagram")
        + POST.format(actor="asn_0102", platform="Instagram"),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def result(two_accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert screen("run", two_accounts, "--out", tmp_path / "h") == 0
    capsys.readouterr()
    return tmp_path / "h"


# A: silent loss of evidence
@pytest.mark.parametrize("words", ["IG", "Instagram", "insta", "IG, FB", ""])
def test_a1_platform_words_of_the_roster_match_the_data(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.csv").write_text(
        f"NIP;Nama;Unit Kerja;Status ASN;Platform;Akun\n19900101;Andi Contoh;Kel. A;PNS;{words};@andi.contoh\n",
        encoding="utf-8",
    )
    (tmp_path / "d.csv").write_text(HEAD + POST.format(actor="andi.contoh", platform="Instagram"), encoding="utf-8")
    assert screen("run", tmp_path / "d.csv", "--roster", tmp_path / "p.csv", "--out", tmp_path / "h") == 0
    assert "1 dari 1 pegawai pada daftar muncul dalam ekspor" in capsys.readouterr().out
    assert Run(tmp_path / "h").table("activities")["result"].tolist() != ["out_of_scope"]


def test_a1_accounts_nobody_listed_are_told_with_the_nearest_spelling(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.csv").write_text("Nama;Platform;Akun\nAndi;IG;@andi.contohh\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text(HEAD + POST.format(actor="andi.contoh", platform="Instagram"), encoding="utf-8")
    assert screen("run", tmp_path / "d.csv", "--roster", tmp_path / "p.csv", "--out", tmp_path / "h", "--strict") == 1
    shown = capsys.readouterr().out
    assert (
        "1 akun dalam ekspor tidak ada pada daftar pegawai (1 aktivitas di luar lingkup, lebih dari separuh)" in shown
    )
    assert "instagram andi.contohh" in shown
    page = (tmp_path / "h" / "laporan.html").read_text(encoding="utf-8")
    assert "tidak ada pada daftar pegawai" in page
    book = load_workbook(tmp_path / "h" / "temuan.xlsx")
    for name in ("PANDUAN", "RINGKASAN"):
        assert any("tidak ada pada daftar pegawai" in str(cell.value) for row in book[name].iter_rows() for cell in row)


def test_a2_rows_without_text_and_unused_columns_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(
        f"{day}/10/2024;@a{day};IG;unggahan;;Ini tulisan panjang di kolom yang tidak dikenal {day}\n"
        for day in range(1, 6)
    )
    (tmp_path / "d.csv").write_text("Tanggal;Akun;Platform;Jenis;Isi;Zxcvb\n" + rows, encoding="utf-8")
    assert screen("run", tmp_path / "d.csv", "--out", tmp_path / "h") == 0
    shown = capsys.readouterr().out
    assert "5 baris tabel tanpa teks" in shown
    assert "d.csv: 5 dari 5 baris" in shown
    assert "d.csv: Zxcvb" in shown


def test_a3_what_cannot_be_assessed_without_accounts_or_roster_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen("run", SAMPLE / "exports", "--out", tmp_path / "h", "--strict") == 1
    shown = capsys.readouterr().out
    assert re.search(r"tanpa daftar akun kampanye, \d+ suka, ikuti, atau bergabung", shown)
    assert "tanpa daftar pegawai" in shown
    assert re.search(r"\d+ pesan percakapan grup tidak disaring", shown)


# A4, A5: tests/readers/tables/test_headings.py


# B: wrong or unfair papers
def test_b1_people_nobody_knows_are_cases_of_their_own(
    result: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert screen("list", "--run", result, "--json") == 0
    cases = json.loads(capsys.readouterr().out)
    assert len(cases) == 2
    names = ("andi.contoh", "asn_0102")
    kept = pd.read_parquet(result / "samaran.parquet")
    called = dict(zip(kept["actor"], kept["pseudonym"], strict=True))
    assert {one["pegawai atau akun"] for one in cases} == {
        f"Akun {called[name]} di Instagram (pemilik belum dikenali)" for name in names
    }
    for one in cases:
        assert screen("dossier", one["nomor"].lower(), "--run", result, "--out", tmp_path / "b.html") == 0
        page = (tmp_path / "b.html").read_text(encoding="utf-8")
        other = next(name for name in names if called[name] not in one["pegawai atau akun"])
        assert called[other] not in page
        assert not any(name in page for name in names)


def test_b1_a_case_file_is_never_about_two_people(result: Path) -> None:
    from screening.errors import UsageError
    from screening.reports import ReportContext, dossier

    finished = Run(result)
    findings = finished.table("findings").assign(finding_id="sama")
    with pytest.raises(UsageError, match="lebih dari satu orang"):
        dossier("sama", finished.table("activities"), finished.table("hits"), findings, {}, ReportContext())


def test_b2_the_quoted_proof_of_a_mention_names_whom_it_proves(tmp_path: Path) -> None:
    from screening.ruleset import load_ruleset
    from screening.tables import decode

    assert screen("demo", "--out", tmp_path / "h") == 0
    groups = load_ruleset().signal_groups
    finished = Run(tmp_path / "h")
    hits = finished.table("hits")
    naming = hits[hits["signal"].map(groups).isin(("target", "account")) & hits["contestant_id"].notna()]
    seen = 0
    for row in finished.table("findings").to_dict("records"):
        own = naming[naming["activity_id"] == row["activity_id"]]
        for part in decode(row["reasons"]):
            if part["code"] == "peserta" and part["quote"]:
                there = own[
                    (own["field"] == part["field"]) & (own["start"] < part["end"]) & (own["end"] > part["start"])
                ]
                assert row["contestant"] in set(there["contestant_id"]), part["quote"]
                seen += 1
    assert seen > 50


# B3, B4: tests/office/test_office_folder.py, test_office_rosters.py
def test_b5_no_word_presumes_guilt(result: Path, tmp_path: Path) -> None:
    assert (
        screen(
            "dossier",
            Run(result).table("findings")["finding_id"].iloc[0],
            "--run",
            result,
            "--out",
            tmp_path / "b.html",
        )
        == 0
    )
    for path in (tmp_path / "b.html", result / "laporan.html", result / "temuan.csv"):
        text = path.read_text(encoding="utf-8-sig").casefold()
        for word in ("pelaku", "tersangkut", "berpihak pada subjek", "tersangka", "melanggar"):
            assert word not in text, (path.name, word)


def test_b6_a_chat_that_one_run_was_told_to_screen_is_told_as_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "run",
        SAMPLE / "exports",
        "--roster",
        SAMPLE / "daftar-pegawai.csv",
        "--accounts",
        SAMPLE / "akun-kampanye.csv",
        "--out",
    ]
    assert screen(*words, tmp_path / "a") == 0
    assert screen(*words, tmp_path / "b", "--include-chats") == 0
    capsys.readouterr()
    assert screen("compare", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "beda.csv") == 0
    assert "percakapan grup ikut disaring: tidak → ya" in capsys.readouterr().out
    rows = pd.read_csv(tmp_path / "beda.csv", sep=";", encoding="utf-8-sig")
    assert set(rows["sebab"]) == {"pilihan perintah"}
    assert rows["id_temuan"].str.startswith("T-").all()
    assert set(rows["perubahan"]) == {"temuan baru"}


def test_b7_read_writes_no_chat_that_was_not_handed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen("read", SAMPLE / "exports", "--out", tmp_path / "a.parquet") == 0
    assert "pesan percakapan grup tidak ditulis" in capsys.readouterr().out
    assert not pd.read_parquet(tmp_path / "a.parquet")["platform"].isin(("whatsapp", "telegram")).any()
    assert screen("read", SAMPLE / "exports", "--out", tmp_path / "b.parquet", "--include-chats") == 0
    assert pd.read_parquet(tmp_path / "b.parquet")["platform"].eq("whatsapp").any()


def test_b8_the_time_of_a_typed_table_is_not_a_devices(result: Path) -> None:
    text = (result / "temuan.csv").read_text(encoding="utf-8-sig")
    assert "perangkat)" not in text
    assert "2024-10-12 10:00 WIB (zona tidak disebut)" in text


def test_b9_classify_reads_workbooks_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["No", "Isi"])
    book.active.append([1, "Ayo coblos nomor 2"])
    book.save(tmp_path / "t.xlsx")
    assert screen("classify", tmp_path / "t.xlsx", "--text", "Isi", "--out", tmp_path / "k.csv") == 0
    assert len(pd.read_csv(tmp_path / "k.csv")) == 1
    assert screen("classify", tmp_path / "hilang.csv") == 2
    assert "tidak ditemukan" in capsys.readouterr().err


# C1, C3, C4: tests/office/test_office_safety.py; C2: tests/test_reports_browser.py


# D: blocks or misleads
@pytest.mark.parametrize("what", ["roster", "accounts", "table"])
def test_d1_a_template_is_written_and_reads_back(what: str, tmp_path: Path) -> None:
    path = tmp_path / "contoh.xlsx"
    assert screen("template", what, "--out", path) == 0
    assert screen("template", what, "--out", path) == 2  # what is filled in is not overwritten
    if what == "roster":
        roster, problems = read_roster(path, {})
        assert problems == []
        assert roster.unused == ()
        assert roster.subjects() == 2
        assert roster.person("instagram", "budi.dua").employments[0].kind == "non_asn"
    elif what == "accounts":
        assert screen("check", "--accounts", path) == 0
    else:
        assert screen("run", path, "--keep-all", "--out", tmp_path / "h") == 0
        found = Run(tmp_path / "h")
        assert len(found.table("activities")) == 2
        assert found.table("activities")["text"].notna().all()
    comments = [cell.comment for row in load_workbook(path).worksheets[0].iter_rows(max_row=1) for cell in row]
    assert all(comments)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--roster"),
        ("check", "--accounts"),
        ("run", ".", "--out", "h", "--roster"),
        ("review", "import"),
        ("lexicon", "import"),
    ],
)
def test_d2_a_missing_file_is_told_as_missing(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert screen(*words, "tidakada.xlsx") == 2
    told = capsys.readouterr().err
    assert "tidak ditemukan" in told
    assert "FileNotFoundError" not in told


@pytest.mark.parametrize(
    ("name", "start"), [("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK"), ("a.jsonl", b"{"), ("a.parquet", b"PAR1")]
)
def test_d5_read_writes_what_the_name_asks_for(name: str, start: bytes, two_accounts: Path, tmp_path: Path) -> None:
    assert screen("read", two_accounts, "--out", tmp_path / name) == 0
    assert (tmp_path / name).read_bytes().startswith(start)
    assert screen("read", two_accounts, "--out", tmp_path / "a.doc") == 2


def test_d6_progress_is_told_by_phase_and_is_full_only_at_the_end() -> None:
    from screening.cli.console import PHASES, Phases
    from screening.run import Progress

    class Bar:
        def __init__(self) -> None:
            self.seen: list[dict] = []

        def update(self, task: int, **told: object) -> None:
            self.seen.append(told)

        def stop(self) -> None: ...

    phases = Phases()
    bar = Bar()
    phases.bar, phases.task = bar, 0  # type: ignore[assignment]
    phases.reading(Progress(50_000, 1.0, 5.0))
    assert "50.000 aktivitas dibaca" in bar.seen[-1]["told"]
    assert "sisa" not in bar.seen[-1]["told"]
    for number, name in enumerate(PHASES[1:], 2):
        phases.step(name)
        assert (bar.seen[-1]["number"], bar.seen[-1]["total"]) == (number, None)


def test_d7_own_results_are_never_read_as_exports(
    two_accounts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(two_accounts.parent)
    assert screen("run", ".", "--out", "hasil") == 0
    assert screen("run", ".", "--out", "hasil2") == 0
    assert manifest.read(Path("hasil2"))["counts"]["read"] == 2
    assert screen("inspect", ".") == 0
    shown = capsys.readouterr().out
    assert "akumulasi.csv" not in shown
    assert "Usulan pemetaan" not in shown


ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Error|Missing|Show this|Try |Invalid|default|required|should be|does not)\b"
)


@pytest.mark.parametrize(
    "words",
    [("-h",), ("run", "-h"), ("review", "-h"), ("review", "export", "--help"), ("run",), ("run", "x"), ("rnu",), ("run", "--otu", "x"),
     ("run", "x", "--out", "y", "--workers", "dua"), ("report", "--run", "x", "--from", "kemarin", "--to", "01/09/2024"),
     ("list", "--run", "x", "--limit", "0"), ("template", "roster", "lebih"), ("run", "x", "--out"), (), ("audit", "rates", "--run", "x")],
)  # fmt: skip
def test_d8_all_words_are_indonesian(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert screen(*words) in (0, 2)
    shown = capsys.readouterr()
    text = shown.out + shown.err
    assert text.strip()
    assert not ENGLISH.search(text), text


@pytest.mark.parametrize(
    "day", ["01/09/2024", "1-9-2024", "1 September 2024", "1 Sep 2024", "2024-09-01", "Minggu, 1 September 2024"]
)
def test_d8_dates_as_people_write_them(day: str) -> None:
    from screening.cli.options import read_date

    assert read_date("--from", day).isoformat() == "2024-09-01"


def test_d8_tables_for_people_are_indonesian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen("demo", "--out", tmp_path / "h") == 0
    capsys.readouterr()
    for words in (("audit", "rates"), ("audit", "coverage")):
        assert screen(*words, "--run", tmp_path / "h") == 0
        shown = capsys.readouterr().out
        assert "<NA>" not in shown
        for word in ("activities", "entry_id", "findings", "value", "rate"):
            assert not re.search(rf"\b{word}\b", shown), word
    assert (tmp_path / "h" / "rejected.csv").read_text(encoding="utf-8-sig").startswith('"berkas";"letak";"sebab"')
    repeated = pd.read_csv(tmp_path / "h" / "akumulasi.csv", sep=";", encoding="utf-8-sig")
    assert set(repeated["hasil"]) <= {"temuan", "perlu klarifikasi"}
    assert not set(repeated["jenis_tindakan"]) & {"post", "comment", "like"}


def test_d9_results_and_lists_are_never_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"/hasil*/", "*.sqlite", "telaah_*.xlsx"} <= set(ignored)


def test_d10_version_help_and_ids_as_people_type_them(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen("--version") == 0
    assert capsys.readouterr().out.startswith("screening ")
    finding = Run(result).table("findings").iloc[0]
    assert screen("list", "--run", result, "--json", "--findings") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 4
    for key in (finding["finding_id"], f"t-{finding['finding_id'][:6].upper()}", f"A-{finding['activity_id']}"):
        assert screen("explain", key, "--run", result) == 0
        assert finding["act_id"] in capsys.readouterr().out
    assert screen("explain", "T-zzzzzz", "--run", result) == 2
    assert "screening list" in capsys.readouterr().err


def test_d11_a_report_of_nothing_is_an_error_that_names_the_span(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen("report", "--run", result, "--from", "01/01/2030", "--to", "31/12/2030") == 2
    assert "12/10/2024" in capsys.readouterr().err


def test_d12_one_name_one_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """People, cases, activities and assessments agree on terminal, page, workbook, CSV and JSON."""
    import csv

    assert screen("demo", "--out", tmp_path / "h") == 0
    shown = capsys.readouterr().out
    people, cases, activities, assessments = map(
        int, re.search(r"(\d+) pegawai · (\d+) kasus · (\d+) aktivitas · (\d+) penilaian", shown).groups()
    )
    with (tmp_path / "h" / "temuan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == assessments
    assert len({row["id_aktivitas"] for row in rows}) == activities
    assert len({row["id_kasus"] for row in rows}) == cases
    assert len({row["id_subjek"] or row["akun"] for row in rows}) == people
    sheet = load_workbook(tmp_path / "h" / "temuan.xlsx")["RINGKASAN"]
    told = {str(row[0]): row[1] for row in sheet.iter_rows(max_row=8, values_only=True) if row[0]}
    assert [
        next(value for name, value in told.items() if name.startswith(f"Untuk ditelaah: {word}"))
        for word in ("pegawai", "kasus", "aktivitas", "penilaian")
    ] == [people, cases, activities, assessments]
    page = (tmp_path / "h" / "laporan.html").read_text(encoding="utf-8")
    assert f"{people} pegawai · {cases} kasus · {activities} aktivitas · {assessments} penilaian" in page
    assert page.count('class="case-link') == cases
    assert screen("list", "--run", tmp_path / "h", "--json", "--limit", "1000") == 0
    assert len(json.loads(capsys.readouterr().out)) == cases


def test_the_page_begins_with_cases_and_says_whose_they_are(tmp_path: Path) -> None:
    assert screen("demo", "--out", tmp_path / "h") == 0
    page = (tmp_path / "h" / "laporan.html").read_text(encoding="utf-8")
    places = [page.index(f'id="{name}"') for name in ("kasus", "kelengkapan", "temuan", "ringkasan", "peta")]
    assert places == sorted(places)
    for words in ("Instansi:", "Masa peristiwa:", "Daftar pegawai:", "Dibuka atau dicetak:"):
        assert words in page[: places[0]]


def test_the_workbook_shows_twenty_columns_and_groups_the_rest(result: Path) -> None:
    sheet = load_workbook(result / "temuan.xlsx")["TELAAH"]
    from openpyxl.utils import get_column_letter

    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            assert dimension.outlineLevel == 1
            hidden |= set(range(dimension.min, dimension.max + 1))
    names = [sheet.cell(1, at).value for at in range(1, sheet.max_column + 1) if at not in hidden]
    assert len(names) <= 20
    assert {"putusan", "kode_perbuatan_koreksi", "catatan", "penelaah", "tanggal_telaah"} <= set(names)
    assert get_column_letter(1) not in {get_column_letter(at) for at in hidden}


def test_machines_get_one_json_document(two_accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen("run", two_accounts, "--out", tmp_path / "h", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["numbers"] == {"people": 2, "cases": 2, "activities": 2, "assessments": 4}
    assert told["counts"]["read"] == 2
    assert told["completeness"]
