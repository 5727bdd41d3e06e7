"""Signs are weighed (`statements/weighing.py`), and their weights are fitted on cases (`audit/weights.py`)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from screening import screen
from screening.audit import weights
from screening.errors import RulesetError
from screening.ruleset import Ruleset, load_ruleset
from screening.statements.weighing import _weights, odds, of_opinion, weighed
from screening.tables import ACTIVITIES

TEXTS = (
    "{} paling ngerti rakyat kecil, gaskeun sampai menang",
    "gimmick doang isinya, {} mending magang dulu",
    "Pak {} cerdas sekali orangnya, bagaimana menurut kalian?",
    "kata tetangga saya {} bakal menang, saya sih diam saja",
    "di rumahku dari opung sampe cucu satu hati sama {}",
)
THREE = ("Anies", "Prabowo", "Ganjar")


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return load_ruleset()


def activities(*texts: str, day: str = "2024-01-20") -> pd.DataFrame:
    fixed = {
        "platform": "x", "kind": "post", "time_basis": "exact_utc", "visibility": "public", "source_file": "a",
        "happened_at": pd.Timestamp(day, tz="UTC"),
    }  # fmt: skip
    return ACTIVITIES.build([
        {"activity_id": f"{at:04d}", "source_pointer": str(at), "text": text, **fixed} for at, text in enumerate(texts)
    ])  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_signs_are_the_same_whoever_is_named(text: str, rules: Ruleset) -> None:
    found = weights.collected(activities(*(text.format(name) for name in THREE)), rules)
    signs = [[held for _, held in one.opinions] + [held for _, held in one.names] for one in found.values()]
    assert len(signs) == 3
    assert signs[0]
    assert signs[0] == signs[1] == signs[2]


def test_no_sign_holds_a_word_of_the_text(rules: Ruleset) -> None:
    found = weights.collected(activities(*(text.format("Ganjar") for text in TEXTS)), rules)
    signs = {sign for one in found.values() for _, held in (*one.opinions, *one.names) for sign in held}
    assert signs
    assert not any(name.lower() in sign.lower() for sign in signs for name in THREE)


def test_all_numbers_lie_between_minus_one_and_one_and_a_bit(rules: Ruleset) -> None:
    found = weights.collected(activities(*(text.format("Ganjar") for text in TEXTS)), rules)
    values = [value for one in found.values() for _, held in (*one.opinions, *one.names) for value in held.values()]
    assert values
    assert max(map(abs, values)) < 1.5


@pytest.mark.parametrize("kind", ["opinion", "name"])
def test_shipped_weights_can_be_read_and_say_what_they_should(kind: str) -> None:
    held = _weights()[kind]
    assert "" in held
    assert all(math.isfinite(value) for value in held.values())
    assert held["likely"] > 0  # the classifier is believed


def test_what_is_quoted_or_said_by_courtesy_speaks_against_a_side() -> None:
    held = _weights()["opinion"]
    for meant in ("quoted", "courtesy"):
        assert held[f"meant:{meant}"] < held["meant:asserted"]


def test_a_sign_without_a_weight_says_nothing() -> None:
    known = {"": -1.0, "a": 2.0}
    assert weighed(known, {"a": 0.5, "never seen": 1.0}) == weighed(known, {"a": 0.5}) == 0.5
    assert of_opinion("", {}) == weighed(_weights()["opinion"], {})


def test_odds_keep_the_order_and_have_no_edge() -> None:
    values = [odds(p) for p in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert values == sorted(values)
    assert values[2] == 0.0
    assert all(map(math.isfinite, values))


def one_case(**cells: str) -> pd.DataFrame:
    row = {
        "record_id": "u-1", "platform": "x", "actor": "asn_0900", "kind": "post", "happened_at": "2024-01-20T10:00:00+07:00",
        "text": TEXTS[0].format("Ganjar"), "visibility": "public", "expected_result": "finding", "expected_contestant": "",
        "group": "plain_support",
    }  # fmt: skip
    return pd.DataFrame([{**row, **cells}])


PLAN = {"private_groups": ["namesake"], "least": 1, "regularisation": 1.0}


@pytest.mark.parametrize(
    ("cells", "rights"),
    [
        ({}, [True]),
        ({"expected_contestant": "pilpres-2024/3"}, [True]),
        ({"expected_contestant": "pilpres-2024/2"}, [False]),  # what is said of somebody else is no proof
        ({"expected_result": "clear"}, [False]),
        ({"expected_result": "clear|needs_clarification"}, []),  # where readers differ nothing is learnt
    ],
)
def test_a_case_teaches_what_its_result_says(cells: dict[str, str], rights: list[bool], rules: Ruleset) -> None:
    made = weights.case_examples(one_case(**cells), rules, None, PLAN)
    assert [one.right for one in made.opinions] == rights


def test_only_private_groups_teach_that_a_name_is_private(rules: Ruleset) -> None:
    text = "Pak Ganjar tukang las itu anaknya sekolah di sini, orangnya ramah sekali"
    private = one_case(text=text, expected_result="clear", group="namesake")
    other = one_case(text=text, expected_result="clear", group="question")
    assert [one.right for one in weights.case_examples(private, rules, None, PLAN).names] == [False]
    assert weights.case_examples(other, rules, None, PLAN).names == []


def test_weights_follow_the_examples_and_rare_signs_are_left_out() -> None:
    good = [weights.Example({"a": 1.0}, True, 1.0)] * 9 + [weights.Example({"a": 1.0, "once": 1.0}, True, 1.0)]
    bad = [weights.Example({"b": 1.0}, False, 1.0)] * 10
    held = weights.fit([*good, *bad], {**PLAN, "least": 2})
    assert held["a"] > 0 > held["b"]
    assert set(held) == {"", "a", "b"}
    assert held == weights.fit([*good, *bad], {**PLAN, "least": 2})


def test_a_file_of_cases_without_its_columns_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "salah.csv").write_text("text,kind\nhalo,post\n", encoding="utf-8")
    with pytest.raises(RulesetError) as told:
        weights.read_cases(tmp_path)
    assert "salah.csv" in str(told.value)
    assert "expected_result" in str(told.value)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (TEXTS[0].format("Ganjar"), "finding"),
        ("Nderek belasungkawa Pak Ganjar, ingkang sabar nggih.", "clear"),
        ("Kakak saya mengumpulkan warga untuk memenangkan Ganjar-Mahfud", "clear"),
        ("Saya menolak membagikan sembako Ganjar-Mahfud ke warga", "clear"),
    ],
)
def test_what_weighing_may_and_may_not_decide(text: str, result: str, rules: Ruleset) -> None:
    judged = screen(activities(text), rules).activities["result"].tolist()
    assert judged[0] == result or (result == "clear" and judged[0] == "needs_clarification")
