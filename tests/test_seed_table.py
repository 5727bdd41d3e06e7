"""Every row of the seed documents comes out as the document says; the documentation shows the same rows."""

from __future__ import annotations

import pytest

from screening.judge.explain import explain
from screening.pipeline import screen
from screening.review.follow_up_rules import read_rules
from screening.ruleset.load import load_ruleset
from screening.tables import ACTIVITIES, decode
from tests.scenarios.benih import PAGE, given, page, rows
from tests.scenarios.scenes import HERE, activity, with_roster

ROWS = [(row, one) for row in rows() for one in row["as"]]
RULES = {name: load_ruleset([name], accounts=HERE / "akun.csv") for name in ("dki-jakarta", "purbalingga")}


@pytest.mark.parametrize(("row", "one"), ROWS, ids=[f"{row['id']}-{row['as'].index(one) + 1}" for row, one in ROWS])
def test_a_row_of_the_seed_documents_works(row, one):
    rules = with_roster(RULES[row.get("jurisdiction", "dki-jakarta")], one.get("roster"))
    out = screen(ACTIVITIES.build([activity(**given(one))]), rules)
    told = [(act, result) for act, result in zip(out.findings["act_id"], out.findings["result"], strict=True)]
    live = {act for act, result in told if result != "clear"}
    assert out.activities["result"][0] in one["result"], told
    named = live.union(*(decode(cell) for cell in out.findings["alternatives"]))
    assert set(one.get("acts", ())) <= live, told
    assert set(one.get("named", ())) <= named, told
    assert named.isdisjoint(one.get("never", ())), told


def test_the_documentation_shows_the_rows_as_they_are():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_what_neutrality_means_is_said_in_six_words():
    packs = RULES["dki-jakarta"].packs
    assert packs["dki-jakarta"].neutrality == (
        "tidak memihak", "bebas konflik kepentingan", "bebas intervensi", "adil", "objektif", "bebas pengaruh",
    )  # fmt: skip
    assert all(pack.neutrality_source for pack in packs.values() if pack.neutrality)


def test_the_moral_sanction_of_purbalingga_says_what_is_unverified():
    assert "belum terverifikasi" in RULES["purbalingga"].act("PBG-1").sanction


@pytest.mark.parametrize(
    ("employment", "words"), [("pppk", "PP 49/2018 Pasal 52"), ("non_asn", "SE Menteri PANRB 1/2023")]
)
def test_other_staff_are_told_which_law_holds_for_them(employment, words):
    rules = with_roster(RULES["dki-jakarta"], {"employment": employment})
    out = screen(ACTIVITIES.build([activity(text="Coblos Ganjar Pranowo ya semua!")]), rules)
    finding = out.findings.to_dict("records")[0]
    assert words in " ".join(item["text"] for item in decode(finding["mitigating"]))
    assert words in explain(finding, None, rules).text


def test_recipients_follow_the_day():
    rules = read_rules()
    from datetime import date

    assert "KASN" in {one.id for one in rules.recipients_on(date(2024, 1, 10))}
    assert "KASN" not in {one.id for one in rules.recipients_on(date(2026, 11, 30))}
