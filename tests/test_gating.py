"""Reading only the texts in which somebody was noticed loses nothing: no finding exists without a target, account or claim."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.generate import activities as generated
from screening.detectors import detect, worth_reading
from screening.judge import judge
from screening.pipeline import notice, screen
from screening.ruleset import Ruleset, load_ruleset
from screening.shipped import shipped
from screening.statements import bind
from screening.tables import ACTIVITIES
from screening.text import Vocabulary, documents


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return load_ruleset()


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Own corpus sentences (every sixth), partisan or not, and generated texts, on days of all phases."""
    chance, texts = random.Random(6), []
    for path in sorted(shipped("data/corpus").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            texts += [row["text"] for row in csv.DictReader(lines)]
    texts = texts[::6] + [row[5] or row[7] for chunk in generated(1_500, 9) for row in chunk]
    return ACTIVITIES.build(
        {
            "activity_id": f"{number:020x}", "platform": chance.choice(("instagram", "x")), "actor": "asn_0001",
            "kind": chance.choice(("post", "comment", "share")), "time_basis": "exact_utc", "visibility": "public",
            "happened_at": pd.Timestamp("2023-08-01", tz="UTC") + pd.Timedelta(hours=chance.randrange(12_000)),
            "text": text, "source_file": "uji.csv", "source_pointer": f"row {number}",
        }
        for number, text in enumerate(texts)
    )  # fmt: skip


def test_what_the_gate_turns_away_holds_no_hit(table: pd.DataFrame, tmp_path: Path) -> None:
    """Hits of all texts laid out and of those that pass the gate are the same, with a register of accounts, too."""
    register = tmp_path / "akun.csv"
    register.write_text(
        "platform,handle,contestant_id,role,valid_from,valid_to\nx,pasangan_uji,pilpres-2024/1,official,,\n", "utf-8"
    )
    ruleset = load_ruleset(accounts=register)
    odd = [
        "p r a b o w o hadir", "(g i b r a n)", "g,a,n,j,a,r", "desssyayutrisna", "prabowo2", "warga_4nies",
        "01 atau 02", "nomor 2 saja", "@Pasangan_Uji hebat", "#GanjarMahfud",
        "AniesMuhaimin\u00a0lagi", "saya\u2003mau daftar\nbakal calon", "4n13s", "☝️ anies", "☝️", "coblos\n2",
    ]  # fmt: skip
    every = pd.concat([_activities(odd), _on_accounts(), table.iloc[::2]], ignore_index=True)
    passed = worth_reading(every, ruleset, Vocabulary())
    assert passed[: len(odd)].tolist() == [text != "☝️" for text in odd]
    assert passed[len(odd) : len(odd) + 4].tolist() == [True, True, True, False]
    assert 0.05 < passed.mean() < 0.9
    pd.testing.assert_frame_equal(notice(every, ruleset)[0], detect(every, documents(every), ruleset))


NUMBER_TEXTS = (
    "{word} {number}", "{number} {word}", "{word} : - {number}", "{word}-{number}", "{number} -- jari {word}", "{number} jari",
    "salam {number} jari, {word}", "hari {word} tiba, {number} menang", "kabar {number} dan lagi {word}",
    "{number}, {number} {word}", "urut\n{number}", "kata {number} saja",
)  # fmt: skip


def test_numbers_are_noticed_wherever_the_word_stands_that_makes_them_ballot_numbers(ruleset: Ruleset) -> None:
    words = ["paslon", "no", "nomer", "coblos", "nyoblos", "partai", "tim", "pilpres", "pemilu", "jari", "rumah"]
    numbers = ["2", "02", "03", "04", "05", "1️⃣", "4️⃣", "dua", "lima", "17"]
    texts = [form.format(word=word, number=one) for form in NUMBER_TEXTS for word in words for one in numbers]
    every = _activities(list(dict.fromkeys(texts)))
    found = detect(every, documents(every), ruleset)
    pd.testing.assert_frame_equal(notice(every, ruleset)[0], found)
    assert 0.2 < found["activity_id"].nunique() / len(every) < 0.8
    passed = worth_reading(every, ruleset, Vocabulary())
    assert passed.mean() < 0.9
    shown = dict(zip(every["text"], every["activity_id"].isin(found["activity_id"]), strict=True))
    assert all(shown[text] for text in ("coblos : - 02", "2 jari", "salam dua jari, rumah"))
    # No contest has a fourth pair on that day; one that has must not depend on the word's place.
    assert dict(zip(every["text"], passed, strict=True))["hari pemilu tiba, 04 menang"]


def _activities(texts: list[str]) -> pd.DataFrame:
    return ACTIVITIES.build(
        {
            "activity_id": f"teks{number:016d}", "platform": "x", "actor": "asn_0001", "kind": "post", "text": text,
            "time_basis": "exact_utc", "visibility": "public", "happened_at": pd.Timestamp("2024-01-20", tz="UTC"),
            "source_file": "uji.csv", "source_pointer": f"row {number}",
        }
        for number, text in enumerate(texts)
    )  # fmt: skip


def _on_accounts() -> pd.DataFrame:
    """Three activities on a registered account, written in three ways, and one on another."""
    four = _activities(["mantap"] * 4).assign(kind="comment", target_kind="content")
    four["activity_id"] = [f"akun{number:016d}" for number in range(4)]
    four.loc[0, "target_account"], four.loc[1, "target_url"] = "@Pasangan_Uji", "https://x.com/pasangan_uji/status/1"
    four.loc[2, "tagged"], four.loc[3, "target_account"] = "warga_1, pasangan_uji", "warga_1"
    return ACTIVITIES.cast(four)


def test_gated_and_ungated_runs_give_the_same_findings(table: pd.DataFrame, ruleset: Ruleset) -> None:
    read = documents(table)
    everywhere = detect(table, read, ruleset, everything=True)
    gated = screen(table, ruleset)
    assert len(everywhere) > len(gated.hits)
    findings, judged = judge(table, bind(table, read, everywhere, ruleset), ruleset)
    pd.testing.assert_frame_equal(findings, gated.findings)
    pd.testing.assert_frame_equal(judged, gated.activities)
    assert len(findings) > 50


def test_what_is_remembered_from_earlier_parts_changes_nothing(table: pd.DataFrame, ruleset: Ruleset) -> None:
    """Warm, cold, and with a vocabulary so small that it is forgotten after every part."""
    parts = [table.iloc[start : start + 400].reset_index(drop=True) for start in range(0, 1_200, 400)]
    warm, forgetful = Vocabulary(), Vocabulary(limit=1)
    for part in parts:
        cold = screen(part, ruleset)
        for remembered in (warm, forgetful):
            again = screen(part, ruleset, remembered)
            pd.testing.assert_frame_equal(again.findings, cold.findings)
            pd.testing.assert_frame_equal(again.hits, cold.hits)
            pd.testing.assert_frame_equal(again.statements, cold.statements)
    assert len(forgetful) < len(warm)
