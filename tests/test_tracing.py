"""One activity through every stage: by text, from a run, flagged or not; the trace never says other than the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import screening
from screening.cli.app import run
from screening.folder import Run
from screening.pipeline import screen
from screening.ruleset.load import load_ruleset
from screening.shipped import shipped
from screening.statements.words import BIT
from screening.tables import ACTIVITIES, MEANINGS, SPEAKERS, STATEMENTS
from screening.tracing.weighed import class_names, sign_told
from screening.tracing.words import CHANNELS, FIELDS, why_not
from screening.tracing.words import MEANINGS as TOLD_MEANINGS
from screening.tracing.words import SPEAKERS as TOLD_SPEAKERS
from tests.scenarios.scenes import with_roster

RULES = load_ruleset()
NOON = pd.Timestamp("2024-01-10 12:00", tz="Asia/Jakarta").tz_convert("UTC")
ROWS = (
    "record_id,platform,actor,kind,happened_at,text\n"
    "r-nama,x,asn_0001,post,2024-01-05T10:00:00+07:00,Prabowo\n"
    "r-kerabat,x,asn_0001,post,2024-01-05T10:01:00+07:00,Kakak saya jadi koordinator relawan Ganjar\n"
    "r-dukung,x,asn_0002,post,2024-01-05T10:02:00+07:00,Ayo pilih Anies Baswedan\n"
    "r-pagi,x,asn_0003,post,2024-01-05T10:03:00+07:00,Selamat pagi semuanya\n"
)


def traced(text: str, **given: Any) -> screening.tracing.Trace:  # type: ignore[name-defined]
    return screening.trace({"text": text, "happened_at": NOON, **given}, RULES)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jejak")
    (folder / "a.csv").write_text(ROWS, encoding="utf-8")
    assert run(["run", str(folder / "a.csv"), "--out", str(folder / "hasil")]) == 0
    return folder / "hasil"


@pytest.mark.parametrize(
    "text",
    ["Ayo pilih Prabowo", "Saya tidak mendukung Prabowo", "Kata tetangga saya dia dukung Ganjar", "Pagi semua", "Anies",
     "Kakak saya tim sukses Ganjar. Saya pilih Anies Baswedan"],
)  # fmt: skip
def test_a_trace_ends_where_a_run_ends(text: str) -> None:
    one = traced(text)
    whole = screen(ACTIVITIES.build([dict(one.activity)]), RULES)
    assert (one.activity["result"], one.activity["score"]) == (
        whole.activities["result"][0],
        whole.activities["score"][0],
    )
    pd.testing.assert_frame_equal(one.statements[list(STATEMENTS.columns)], whole.statements)
    pd.testing.assert_frame_equal(one.hits, whole.hits)
    pd.testing.assert_frame_equal(one.findings, whole.findings)
    fits = {made.act.id for made in one.tried if made.result in ("finding", "needs_clarification")}
    assert set(one.findings["act_id"]) <= fits


def test_a_clause_keeps_its_words_and_a_line_break_parts_none() -> None:
    one = traced("Saya dukung\nPrabowo, tetangga saya dukung Anies")
    assert [clause.text for clause in one.clauses] == ["Saya dukung\nPrabowo", "tetangga saya dukung Anies"]
    assert one.clauses[0].words == ("saya", "dukung", "prabowo")


def test_what_another_did_is_told_as_another_s() -> None:
    one = traced("Kakak saya jadi koordinator relawan Ganjar")
    claim = one.statements[one.statements["predicate"] == "claim_team"].iloc[0]
    assert (claim["speaker"], claim["weight"], claim["why"]) == ("kin", 0, "perbuatan orang lain: kerabat")
    assert "Yang tidak dihitung: perbuatan orang lain: kerabat" in one.text


def test_a_bare_name_is_no_act_and_silence_is_told() -> None:
    assert "nama saja bukan perbuatan" in traced("Prabowo").text
    assert (
        "tidak ada peserta, partai, akun kampanye, atau pernyataan tentang perbuatan yang terlihat"
        in traced("Selamat pagi").text
    )
    assert screening.trace("Selamat pagi", RULES).activity["time_basis"] == "absent"


def test_the_parts_of_a_score_are_told_to_the_end() -> None:
    one = traced("Ayo pilih Prabowo", visibility="public")
    score = one.activity["score"]
    assert one.activity["result"] == "finding"
    assert f"→ {score:3d}" in one.text
    assert "BKD-D-02" in one.text


def test_an_act_that_does_not_fit_names_the_element_that_is_not_seen() -> None:
    one = traced("Saya dukung Prabowo")
    missing = {made.act.id: made.absent for made in one.tried if made.absent}
    assert any("tim ahli" in text for text in missing["BKD-D-10"])
    assert "tidak terlihat: " in one.text


@pytest.mark.parametrize(
    ("person", "row", "why"),
    [
        ({"account_control": "not_theirs"}, {"text": "Ayo pilih Prabowo"}, "akun tidak dikuasai pegawai"),
        (None, {"media_text": "penertiban baliho Prabowo, petugas berpose"}, "penertiban"),
    ],
)  # fmt: skip
def test_an_exception_that_cleared_an_act_is_named(
    person: dict[str, str] | None, row: dict[str, str], why: str
) -> None:
    rules = with_roster(RULES, person)
    one = screening.trace({"happened_at": NOON, "platform": "instagram", "actor": "asn_0001", **row}, rules)
    assert one.activity["result"] == "clear"
    cleared = [text for made in one.tried for text in made.cleared]
    assert any(why in text for text in cleared), cleared
    assert "gugur" in one.text


LEXICON = (
    "entry_id,term,kind,signal,contestant_id,contest,match,requires,barred_by,valid_from,valid_to,strength,certainty,source,"
    "example,counterexample,note\n"
    "uji-perlu,Kumbakarna,nickname,contestant,pilpres-2024/1,,token,word:capres|pilpres@4,,,,,verified,uji,,,\n"
    "uji-halang,Sentanu,nickname,contestant,pilpres-2024/1,,token,,word:tukang@3,,,,verified,uji,,,\n"
    "uji-lama,Wibisana,nickname,contestant,pilpres-2024/1,,token,,,,2023-01-01,,verified,uji,,,\n"
    "uji-baru,Gatotkaca,nickname,contestant,pilpres-2024/1,,token,,,2024-06-01,,,verified,uji,,,\n"
)


@pytest.mark.parametrize(
    ("name", "beside", "why"),
    [
        ("Kumbakarna", "", "perlu kata capres/pilpres dalam 4 kata"),
        ("Sentanu", "tukang kayu", "dihalangi kata tukang dalam 3 kata"),
        ("Wibisana", "", "hanya berlaku sampai 2023-01-01"),
        ("Gatotkaca", "", "baru berlaku 2024-06-01"),
    ],
)
def test_a_name_that_was_not_taken_says_which_condition_failed(
    name: str, beside: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "uji.csv"
    path.write_text(LEXICON, encoding="utf-8")
    rules = load_ruleset(lexicons=[path])
    one = screening.trace({"text": f"Tadi bertemu {name} {beside}".strip(), "happened_at": NOON}, rules)
    assert {gone.surface: gone.why for gone in one.refused} == {name: why}
    assert f"“{name}” (teks sendiri) tidak diambil: {why}" in one.text
    taken = screening.trace({"text": "capres Kumbakarna dan Sentanu", "happened_at": NOON}, rules)
    assert taken.refused == ()
    assert {"Kumbakarna", "Sentanu"} <= set(taken.hits["surface"])


def test_every_word_of_the_contract_has_an_indonesian_word() -> None:
    assert set(TOLD_MEANINGS) == set(MEANINGS)
    assert set(TOLD_SPEAKERS) == set(SPEAKERS)
    assert set(CHANNELS) == set(STATEMENTS.allowed["channel"])
    assert set(FIELDS) == set(STATEMENTS.allowed["field"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"election": "other"}, "pemilihan lain"),
        ({"toward": "all"}, "semua peserta"),
        ({"toward": "unresolved"}, "tidak terikat"),
        ({"predicate": "contestant"}, "nama orang biasa"),
        ({"predicate": "media_props"}, "berpose"),
        ({"how": "model"}, "terlalu sedikit kata"),
    ],
)
def test_a_strength_of_nothing_has_a_reason(given: dict[str, Any], words: str) -> None:
    plain = {
        "strength": 0.0, "election": "", "toward": "pilpres-2024/1", "predicate": "support", "how": "exact",
        "channel": "own", "meant": "asserted", "speaker": "self",
    }  # fmt: skip
    assert words in why_not(plain | given, 0)
    assert why_not(plain | {"strength": 0.9}, 3) == ""
    assert "disangkal" in why_not(plain | {"strength": 0.9, "meant": "denied"}, 0)
    assert "hanya petunjuk" in why_not(plain | {"strength": 0.9, "meant": "asked"}, 1)


def test_the_command_traces_a_text(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--text", "Ayo pilih Prabowo", "--date", "2024-01-10", "--kind", "comment", "--target-text", "Kampanye hari ini",
             "--visibility", "public", "--platform", "x"]  # fmt: skip
    assert run(["trace", *words]) == 0
    shown = capsys.readouterr().out
    assert [
        part for part in ("1. Teks", "2. Petunjuk", "3. Pernyataan", "4. Butir", "5. Hasil") if part not in shown
    ] == []
    assert "Jenis: komentar; waktu: 2024-01-10 (hanya tanggal)" in shown
    assert run(["trace", "--picture", "pose dua jari bersama Prabowo", "--date", "2024-01-10 08:00"]) == 0
    assert "keterangan gambar" in capsys.readouterr().out
    assert run(["trace", "--text", "Ayo pilih Prabowo"]) == 0
    assert "waktu: tidak diketahui" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "\n \n", "😀😀", "\udcff Prabowo", "\ud83d", "x" * 5_000])
def test_odd_texts_are_traced(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", "--text", text]) == 0
    assert "bukan temuan" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["--text", "x", "--kind", "lain"], ["--text", "x", "--platform", "lain"], ["--text", "x", "--visibility", "lain"],
     ["r-nama"], ["r-nama", "--text", "x"], ["--date", "2024-01-10"]],
)  # fmt: skip
def test_a_wrong_use_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trace", *words]) == 2
    assert "GALAT" in capsys.readouterr().err


def test_the_command_traces_an_activity_of_a_run(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = Run(finished).table("activities").set_index("record_id").loc["r-dukung"]
    finding = Run(finished).table("findings").iloc[0]
    for identity in ("r-dukung", row["activity_id"], f"A-{row['activity_id']}", f"T-{finding['finding_id']}"):
        assert run(["trace", identity, "--run", str(finished)]) == 0
        shown = capsys.readouterr()
        assert f"Aktivitas {row['activity_id']} — temuan awal, skor {row['score']}" in shown.out
        assert "PERINGATAN" not in shown.err
    assert run(["trace", "tidak-ada", "--run", str(finished)]) == 2


def test_a_trace_by_other_rules_says_that_the_run_said_otherwise(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "pegawai.csv"
    roster.write_text("subject_id,platform,account\nasn_0009,x,asn_0009\n", encoding="utf-8")
    assert run(["trace", "r-dukung", "--run", str(finished), "--roster", str(roster)]) == 0
    shown = capsys.readouterr()
    assert "di luar lingkup" in shown.out
    assert "PERINGATAN: proses itu mencatat finding" in shown.err


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("r-nama", "nama saja bukan perbuatan"),
        ("r-kerabat", "perbuatan orang lain: kerabat"),
        ("r-pagi", "tidak ada peserta, partai, akun kampanye, atau pernyataan tentang perbuatan yang terlihat"),
    ],
)
def test_a_clear_activity_is_explained(
    identity: str, words: str, finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Run(finished).table("activities").set_index("record_id").loc[identity]
    assert row["result"] == "clear"
    for name in (identity, row["activity_id"]):
        assert run(["explain", name, "--run", str(finished)]) == 0
        shown = capsys.readouterr().out
        assert "Mengapa bukan temuan" in shown
        assert words in shown


def test_an_id_that_is_not_there_is_told(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "tidak-ada", "--run", str(finished)]) == 2
    assert "tidak ada temuan atau aktivitas dengan nomor itu" in capsys.readouterr().err


def test_a_run_keeps_its_statements(finished: Path) -> None:
    table = STATEMENTS.check(Run(finished).statements)
    ids = set(Run(finished).table("activities")["activity_id"])
    assert set(table["activity_id"]) <= ids
    some = table["activity_id"].iloc[:1].tolist()
    few = Run(finished).of_activities("statements", some)
    pd.testing.assert_frame_equal(few, table[table["activity_id"].isin(some)].reset_index(drop=True))
    cited = {
        part["statement"]
        for cell in Run(finished).table("findings")["reasons"]
        for part in screening.tables.decode(cell)
    }
    assert cited - {""} <= set(table["statement_id"])


def test_what_was_weighed_is_told_with_its_signs_and_adds_up() -> None:
    one = screening.trace({"text": "Katanya Pak Prabowo hebat, tapi saya mah tetap Anies", "happened_at": NOON}, RULES)
    assert one.opinions
    assert "Yang ditimbang" in one.text
    for opinion in one.opinions:
        assert 0 < opinion.probability < 1
        assert list(opinion.signs) == sorted(opinion.signs, key=lambda row: -abs(row[1]))
        assert all(told and ":void" not in told for told, _ in opinion.signs)
    said = {round(row.strength, 4) for row in one.statements.itertuples() if row.how == "model" and row.strength}
    assert said & {round(opinion.probability, 4) for opinion in one.opinions}


def test_every_class_of_words_and_every_sign_has_an_indonesian_name() -> None:
    assert set(class_names()) == set(BIT)
    weights = json.loads(shipped("data/model/weighing.json").read_text(encoding="utf-8"))["weights"]
    told = {name: sign_told(name, RULES.signals) for part in weights.values() for name in part}
    assert [name for name, words in told.items() if words == name and name not in ("", "x")] == []
