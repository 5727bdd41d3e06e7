"""Packs of acts: what a faulty file is told, what a new region costs, and the texts the acts carry."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from screening.errors import RulesetError
from screening.judge import judge
from screening.ruleset import load as load_module
from screening.ruleset.load import load_ruleset, read_signals
from screening.ruleset.packs import read_acts
from screening.ruleset.risk import read_risk
from screening.shipped import shipped
from screening.tables import decode
from tests.scenarios.scenes import activity, tables

SIGNALS, _, _ = read_signals(shipped("data/signals.toml"))
PACK = """\
schema = 1

[document]
id = "se-contoh"
title = "SE Wali Kota Contoh 1/2024"
valid_from = 2024-01-01
source = "naskah edaran"

[[acts]]
id = "CTH-1"
number = "Angka 1"
category = "larangan_umum"
wording = "Mendukung peserta di media sosial"
kinds = ["post", "comment", "share"]
statuses = ["bakal_calon", "calon"]
severity = "umum"
elements = ["kampanye"]
exceptions = ["set:teks"]
source = "naskah edaran"
"""


def packs(tmp_path):
    """A copy of the bundled packs to spoil."""
    folder = tmp_path / "acts"
    shutil.copytree(shipped("data/acts"), folder)
    return folder


def test_the_bundled_packs_and_risk_have_no_problem():
    assert read_acts(shipped("data/acts"), SIGNALS).problems == []
    assert read_risk(shipped("data/risk.toml"), SIGNALS)[1] == []


def test_a_region_adds_its_circular_in_one_file(tmp_path, monkeypatch):
    folder = packs(tmp_path)
    (folder / "kota-contoh").mkdir()
    (folder / "kota-contoh" / "se-contoh.toml").write_text(PACK, encoding="utf-8")
    real = load_module.shipped
    monkeypatch.setattr(load_module, "shipped", lambda name: folder if name == "data/acts" else real(name))
    ruleset = load_ruleset(["kota-contoh"])
    row = activity(text="dukung", at="2024-10-10 10:00")
    findings, _ = judge(*tables(row, ["own:contestant@pilkada-jakarta-2024/1", "own:support"]), ruleset)
    assert set(findings["act_id"]) == {"CTH-1", "SKB-D-02"}  # its own circular, and the table that holds everywhere
    assert "SE Wali Kota Contoh 1/2024" in findings["document"].tolist()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "CTH-1"\n', 'id = "CTH-1"\nunsur = 1\n', "kunci tidak dikenal: unsur"),
        ('elements = ["kampanye"]', 'elements = ["kampanya"]', "unsur 'kampanya' tidak ada"),
        ('["set:teks"]', '["set:teksi"]', "pengecualian 'set:teksi' tidak ada"),
        ('"larangan_umum"', '"larangan"', "category harus salah satu dari"),
        ('"post", "comment"', '"post", "komentar"', "kinds tidak mengenal 'komentar'"),
        ('["bakal_calon", "calon"]', '["kandidat"]', "statuses tidak mengenal 'kandidat'"),
        ('wording = "Mendukung peserta di media sosial"\n', "", "wording kosong"),
        ('severity = "umum"', 'severity = "umum"\norphan = ["own:dukung"]', "petunjuk atau fakta tidak dikenal"),
        ('title = "SE Wali Kota Contoh 1/2024"\n', "", "document perlu title dan source"),
    ],
)
def test_a_faulty_act_names_file_line_and_fault(tmp_path, old, new, words):
    assert old in PACK
    folder = packs(tmp_path)
    (folder / "kota-contoh").mkdir()
    (folder / "kota-contoh" / "se-contoh.toml").write_text(PACK.replace(old, new), encoding="utf-8")
    problems = read_acts(folder, SIGNALS).problems
    told = [problem for problem in problems if words in problem.what]
    assert told, [str(problem) for problem in problems]
    assert told[0].file == "data/acts/kota-contoh/se-contoh.toml"
    assert told[0].line > 0


def test_elements_exceptions_and_packs_are_checked_against_each_other(tmp_path):
    folder = packs(tmp_path)
    place = folder / "elements.toml"
    place.write_text(place.read_text(encoding="utf-8") + '\n[elements.kosong]\ntext = "x"\n', encoding="utf-8")
    place = folder / "exceptions.toml"
    place.write_text(
        place.read_text(encoding="utf-8")
        + '\n[exceptions.naik]\ntext = "x"\nwhen = ["own:negation"]\neffect = "add"\npoints = 5\n',
        encoding="utf-8",
    )
    (folder / "purbalingga" / "jurisdiction.toml").write_text('name = "P"\nextends = ["tak-ada"]\n', encoding="utf-8")
    told = "\n".join(str(problem) for problem in read_acts(folder, SIGNALS).problems)
    for words in (
        "unsur kosong perlu text dan shown",
        "effect harus salah satu dari",
        "nol atau kurang",
        "yang tidak ada: tak-ada",
    ):
        assert words in told


def test_risk_refuses_points_that_would_reward_less_evidence(tmp_path):
    text = shipped("data/risk.toml").read_text(encoding="utf-8")
    spoiled = tmp_path / "risk.toml"
    spoiled.write_text(
        text.replace("model_points = 15", "model_points = 30").replace("medium = 50", "medium = 80"), encoding="utf-8"
    )
    told = [problem.what for problem in read_risk(spoiled, SIGNALS)[1]]
    assert any("kata_sendiri" in words for words in told)
    assert any("medium < high" in words for words in told)


def test_an_unknown_jurisdiction_lists_those_there_are():
    with pytest.raises(RulesetError) as raised:
        load_ruleset(["atlantis"])
    assert "dki-jakarta, nasional, purbalingga" in str(raised.value)


def test_the_national_pack_alone_judges_by_the_table_and_names_the_statutes_beside_it():
    ruleset = load_ruleset(["nasional"])
    row = activity(text="ayo pilih", at="2024-01-10 10:00")
    findings, _ = judge(*tables(row, ["own:contestant@pilpres-2024/1", "own:solicitation"]), ruleset)
    assert set(findings["act_id"]) == {"SKB-D-02", "SKB-D-08"}
    assert {"PP94-5n6", "UU7-283"} <= set(decode(findings["alternatives"][0]))


def test_unverified_provisions_say_so():
    acts = {act.id: act for pack in load_ruleset().packs.values() for act in pack.acts}
    assert acts["BKD-D-10"].certainty == "unverified"
    assert acts["BKD-D-02"].certainty == "verified"
    assert acts["BKD-D-02"].document.certainty == "unverified"  # the circular's own date was never seen
    assert pd.Series([act.document.source for act in acts.values()]).str.len().gt(0).all()
