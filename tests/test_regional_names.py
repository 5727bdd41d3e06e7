"""People of the large regional contests of 2024, by the names, nicknames and regions people write, in many voices; and
private people of the same names, who are nobody's campaign."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from screening.audit.parity import parity
from screening.pipeline import screen
from screening.ruleset import Ruleset, load_ruleset
from screening.ruleset.listed import listed_entries, region_names, region_words
from screening.ruleset.patterns import listed_sequences, name_words
from screening.shipped import shipped
from screening.text.wordlists import word_rows
from tests.lexicon_bench import activities, contestants

DATA = Path(__file__).parent / "data"
DAY = "2024-10-20"
NAMED = 0.98  # of the sentences that promote or attack somebody: the right person is named, nobody else
SHOWN = 0.88  # of them: findings (119 of 133 when written; 4 more are clarifications)
CLARIFIED = 0.03  # of everyday sentences
GOVERNORS = (
    "jawa-barat", "jawa-tengah", "sumatera-utara", "sulawesi-selatan", "sumatera-selatan", "lampung", "bali",
    "kalimantan-timur", "nusa-tenggara-timur",
)  # fmt: skip
CITIES = ("kota-bandung", "kota-semarang", "surabaya", "medan", "makassar")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return load_ruleset()


def test_promotions_and_attacks_name_the_right_people(rules: Ruleset) -> None:
    rows = _rows("regional_promotions")
    assert len(rows) >= 130
    out = screen(activities([row["text"] for row in rows], DAY, actor="asn_0001"), rules)
    hits = out.hits[out.hits["contestant_id"].fillna("").str.startswith("pilkada-")]
    wrong = []
    for at, row in enumerate(rows):
        named = set(hits.loc[hits["activity_id"] == f"a{at}", "contestant_id"])
        if named != set(row["contestants"].split("|")):
            wrong.append((row["text"], named))
    assert len(wrong) <= (1 - NAMED) * len(rows), wrong
    results = out.activities["result"].tolist()
    assert results.count("finding") >= SHOWN * len(rows), [
        row["text"] for row, result in zip(rows, results, strict=True) if result != "finding"
    ]


@pytest.mark.parametrize("jurisdiction", ["dki-jakarta", "nasional"])
def test_private_people_of_these_names_are_nobodys_campaign(jurisdiction: str) -> None:
    texts = [row["text"] for row in _rows("regional_everyday")]
    assert len(texts) >= 100
    out = screen(activities(texts, DAY, actor="asn_0001"), load_ruleset(jurisdictions=(jurisdiction,)))
    results = out.activities["result"].tolist()
    assert [text for text, result in zip(texts, results, strict=True) if result == "finding"] == []
    assert results.count("needs_clarification") <= CLARIFIED * len(texts)


def test_contests_by_hand_have_the_pairs_of_the_list(rules: Ruleset) -> None:
    """Same contest, same numbers, the same people, nobody twice."""
    with (shipped("data/elections") / "pilkada-2024-pasangan.csv").open(encoding="utf-8", newline="") as lines:
        table = [row for row in csv.DictReader(lines) if row["entry"] == "pair"]
    for name in (*GOVERNORS, *CITIES):
        contest = rules.contests[f"pilkada-{name}-2024"]
        pairs = {int(row["number"]): row for row in table if row["contest"] == contest.id}
        assert {one.number for one in contest.contestants.values()} == set(pairs)
        assert not any(one.listed for one in contest.contestants.values())
        assert contest.province == next(iter(pairs.values()))["province"]
        for one in contest.contestants.values():
            for member, listed in zip(
                one.members, (pairs[one.number]["head"], pairs[one.number]["running_mate"]), strict=True
            ):
                known = set(name_words(listed))
                assert {word for word in name_words(member) if word in known}, (member, listed)
    assert rules.contests["pilkada-bali-2024"].timezone == "Asia/Makassar"


def test_short_forms_of_regions_belong_to_regions(rules: Ruleset) -> None:
    regions = {region_words(one.region) for one in rules.contests.values() if one.kind == "regional" and not one.covers}
    rows = word_rows("singkatan_wilayah")
    assert [row["word"] for row in rows if row["region"] not in regions] == []
    assert [row["word"] for row in rows if row["word"] in regions] == []
    assert all(row["reason"] for row in rows)
    assert len({row["word"] for row in rows}) == len(rows)
    assert region_names("Provinsi Jawa Tengah") == ("jawa tengah", "jateng")


@pytest.mark.parametrize(
    ("text", "contestant"),
    [
        ("Dukung Epyardi Asda pimpin Sumbar", "pilkada-sumatera-barat-2024/2"),
        ("ayo pilih Yulius Selvanus untuk Sulut", "pilkada-sulawesi-utara-2024/1"),
        ("coblos nomor 3 Sulut", "pilkada-sulawesi-utara-2024/3"),
        ("gaskeun Mahyeldi Vasko Ruseimy", "pilkada-sumatera-barat-2024/1"),
        ("pilihan kami Muhidin dan Hasnuryadi Sulaiman", "pilkada-kalimantan-selatan-2024/1"),
        ("coblos nomor 2 Jateng", "pilkada-jawa-tengah-2024/2"),
    ],
)
def test_lists_know_short_forms_and_whole_pairs(text: str, contestant: str) -> None:
    assert contestants(text, DAY) == {contestant}


@pytest.mark.parametrize("day", ["2023-06-01", "2025-09-01"])
def test_words_of_choosing_count_only_while_the_contest_goes_on(day: str) -> None:
    assert contestants("Dukung Epyardi Asda pimpin Sumbar", day) == set()


def test_a_region_far_from_the_name_says_nothing() -> None:
    between = " lalu kami makan siang bersama keluarga besar di rumah nenek sambil bercerita panjang lebar" * 3
    assert contestants(f"Dukung Epyardi Asda{between} di Sumbar", DAY) == set()


def test_a_whole_pair_is_found_with_and_without_initials() -> None:
    forms = {
        tuple(step.keys[0] for step in sequence) for sequence in listed_sequences("Tonny S. Junus + M. Fadhil Rahmi")
    }
    assert {len(form) for form in forms} == {5, 6}
    assert all(form[0] == "tonny" and form[-1] == "rahmi" for form in forms)


def test_contests_by_hand_leave_no_entries_of_the_list(rules: Ruleset) -> None:
    ids = {f"pilkada-{name}-2024" for name in (*GOVERNORS, *CITIES)}
    assert not [entry for entry in listed_entries(rules.contests.values()) if entry.contest in ids]


def test_contestants_of_a_contest_are_treated_alike(rules: Ruleset) -> None:
    """A sample; `screening audit parity` compares all of them."""
    found = parity(rules, ["pilkada-kota-semarang-2024", "pilkada-jawa-barat-2024"], one_in=5)
    assert found.checks > 500
    assert found.differences.empty, found.differences.to_string()
