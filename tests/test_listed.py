"""Candidates on lists: complete, found where they are promoted, and nobody's evidence where their names stand alone."""

from __future__ import annotations

from collections import Counter

import pytest

from screening.pipeline import screen
from screening.ruleset import Ruleset, load_ruleset
from screening.ruleset.candidates import import_candidates, plain_name, write_candidates
from screening.ruleset.conditions import cell_of, parse_conditions
from screening.ruleset.contests import undated
from screening.ruleset.entries import LISTED
from screening.ruleset.lexicon import layer_of
from screening.ruleset.listed import COMMON, RARE, UNCOMMON, parts_counted, rarity
from screening.text.wordlists import word_rows
from tests.lexicon_bench import activities, hits
from tests.listed_people import Said, everyday, people, plain, promotions, rows

FOUND = 0.98  # of the sentences that promote somebody on a list
CLARIFIED = 0.03  # of everyday sentences with the same names
SENTENCES = 60  # differently built ones, at least


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return load_ruleset()


def _results(said: list[Said], rules: Ruleset) -> list[str]:
    posts = activities([one.text for one in said], [one.day for one in said], actor="asn_0001")
    return screen(posts, rules).activities["result"].tolist()


def test_every_contest_and_every_candidate_is_there(rules: Ruleset) -> None:
    regional = [one for name, one in rules.contests.items() if name.startswith("pilkada-") and name.endswith("-2024")]
    regional = [one for one in regional if not one.covers]
    assert len(regional) == 545
    kinds = Counter("governor" if one.region.split()[0] not in ("Kabupaten", "Kota") else "regency" for one in regional)
    assert kinds == {"governor": 37, "regency": 508}
    # 1,557 pairs of the table, and one that a ruling added to an election with a single pair (Empat Lawang).
    assert sum(len(one.contestants) for one in regional) == 1558
    seats = Counter(one.seat for one in rules.contests["pileg-2024"].contestants.values())
    assert seats == {"DPD": 25, "DPR": 373, "DPRD": 1818}


def test_zones_differ_by_province(rules: Ruleset) -> None:
    zones = {rules.contests[f"pilkada-{name}-2024"].timezone for name in ("bogor", "denpasar", "kota-jayapura")}
    assert zones == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


def test_promotions_of_listed_candidates_are_found(rules: Ruleset) -> None:
    said = list(promotions(rules.contests))
    assert len(said) >= 300
    assert len(rows("listed_promotions")) >= SENTENCES
    parties = {
        p for one in said for p in rules.contests[one.contestant.split("/")[0]].contestants[one.contestant].parties
    }
    assert len(parties) == 18
    assert len({one.contestant.split("/")[0] for one in said}) > 100
    missed = [one.text for one, result in zip(said, _results(said, rules), strict=True) if result != "finding"]
    assert len(missed) <= (1 - FOUND) * len(said), missed


def test_everyday_sentences_with_their_names_are_nobodys_campaign(rules: Ruleset) -> None:
    said = list(everyday(rules.contests))
    assert Counter(one.rarity for one in said) == {RARE: 300, UNCOMMON: 300, COMMON: 300}
    assert len(rows("listed_everyday")) >= SENTENCES
    results = _results(said, rules)
    assert [one.text for one, result in zip(said, results, strict=True) if result == "finding"] == []
    assert results.count("needs_clarification") <= CLARIFIED * len(said)


# Sentences of another voice, written before their writer saw a rule, each with its own candidate. At first sight 90 of the 162
# promotions were findings (11 more to be clarified), 4 named somebody of another region, and 1 of 150 everyday sentences was a
# finding. Every second one ("tuned") was then looked at; the others ("measured") were only counted. Bounds: a little below what
# was counted afterwards (67 and 68 of 81).
LATER = {"tuned": 0.80, "measured": 0.80}


@pytest.mark.parametrize("split", sorted(LATER))
def test_promotions_written_later_are_found_and_name_the_right_one(split: str, rules: Ruleset) -> None:
    said = [row for row in rows("listed_later") if (row["split"], row["kind"]) == (split, "promotion")]
    screened = screen(activities([one["text"] for one in said], [one["day"] for one in said], actor="asn_0001"), rules)
    found = screened.findings[screened.findings["result"] == "finding"]
    contests = ("pileg-", "pilkada-")  # a party or an act without anybody may be named beside
    named = found[found["contestant"].str.startswith(contests, na=False)].groupby("activity_id")["contestant"].agg(set)
    meant = dict(zip(screened.activities["activity_id"], (one["contestant"] for one in said), strict=True))
    assert [(meant[one], who) for one, who in named.items() if who != {meant[one]}] == []
    results = screened.activities["result"].tolist()
    missed = [one["text"] for one, result in zip(said, results, strict=True) if result != "finding"]
    print(f"{split}: {len(said) - len(missed)} of {len(said)} promotions are findings")
    assert len(said) == 81
    assert len(missed) <= (1 - LATER[split]) * len(said), missed


@pytest.mark.parametrize("split", sorted(LATER))
def test_everyday_sentences_written_later_are_nobodys_campaign(split: str, rules: Ruleset) -> None:
    said = [
        Said(row["text"], row["day"], "", "", "")
        for row in rows("listed_later")
        if (row["split"], row["kind"]) == (split, "everyday")
    ]
    results = _results(said, rules)
    assert len(said) == 75
    assert [one.text for one, result in zip(said, results, strict=True) if result == "finding"] == []
    assert results.count("needs_clarification") <= CLARIFIED * len(said)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Roni Imran pilihan hati, Gorut maju. Nomor 1", {"pilkada-gorontalo-utara-2024/1"}),
        ("Pak bupati kami hebat, coblos nomor 1", set()),
        ("Ferryandi calon bupati Bima nomor 2, coblos", set()),  # one of Indragiri Hilir
        ("Melky Pangemanan calon bupati Minut, coblos", {"pilkada-minahasa-utara-2024/1"}),
    ],
)
def test_short_forms_and_other_regencies(text: str, who: set[str]) -> None:
    """Short forms of regions and rare names count; a number beside a regent's office is no governor's, a name beside another
    regency is somebody else's."""
    found = hits([text], "2024-10-20")
    assert set(found.loc[found["signal"] == "contestant", "contestant_id"]) == who


@pytest.mark.parametrize(
    "text", ["{nama}", "Saya dukung {nama}!", "Hidup {nama}", "{nama} memang terbaik, bangga sekali"]
)
def test_a_name_alone_is_no_evidence_however_rare(text: str, rules: Ruleset) -> None:
    """Without office, party, district, number or a word of the campaign."""
    everybody = people(rules.contests)
    names = [plain(one.members[0]) for kind in everybody for _, one in everybody[kind][:12]]
    assert RARE in {rarity(name) for name in names}
    for day in ("2024-01-20", "2024-10-20"):
        said = [Said(text.replace("{nama}", name), day, "", name, "") for name in names]
        assert set(_results(said, rules)) == {"clear"}


def test_of_two_with_one_name_the_party_tells_which() -> None:
    def meant(text: str) -> set[str]:
        found = hits([text], "2024-01-20")
        return {one for one in found["contestant_id"].dropna() if one.startswith("pileg-2024/")}

    assert meant("Coblos Purwanto caleg Gerindra dapil 8 nomor 1") == {"pileg-2024/dki-jakarta-8-dprd-gerindra-1"}
    assert meant("Coblos Purwanto caleg partai NasDem dapil 8 nomor 11") == {"pileg-2024/dki-jakarta-8-dprd-nasdem-11"}
    assert meant("Coblos Purwanto, caleg kita") == set()


def test_numbers_follow_the_region_that_is_named() -> None:
    def meant(text: str) -> set[str]:
        found = hits([text], "2024-10-20")
        return set(found.loc[found["signal"] == "contestant", "contestant_id"])

    assert meant("paslon nomor 2 Depok mantap") == {"pilkada-depok-2024/2"}
    assert meant("coblos nomor 1 pilbup Bandung Barat") == {"pilkada-bandung-barat-2024/1"}
    assert meant("coblos nomor 2 ya") == {"pilkada-jakarta-2024/2"}


@pytest.mark.parametrize("text", ["caleg partai Buruh nomor 2, coblos ya", "Pilih Fahira Idris DPD nomor urut 2"])
def test_the_number_of_a_seat_is_no_pairs(text: str) -> None:
    found = hits([text], "2024-01-20")
    assert not found["contestant_id"].dropna().str.startswith("pilpres").any()


def test_who_was_replaced_stood_until_the_ruling(rules: Ruleset) -> None:
    text = "Ayo coblos {}, calon wali kota Palopo nomor urut 4"

    def meant(name: str, day: str) -> set[str]:
        found = hits([text.format(name)], day)
        return set(found.loc[found["surface"] == name, "contestant_id"])

    assert meant("Trisal Tahir", "2024-10-20") == {"pilkada-palopo-2024/4"}
    assert meant("Trisal Tahir", "2025-05-01") == set()
    assert meant("Akhmad Syarifuddin", "2025-05-01") == {"pilkada-palopo-2024/4"}


def test_the_table_of_name_parts_is_measured_on_the_lists(rules: Ruleset) -> None:
    """Counted again from the shipped tables; members of contests described by hand are in the tables, too."""
    table = {row["word"]: int(row["persons"]) for row in word_rows("nama_calon")}
    listed = [one for contest in rules.contests.values() for one in contest.contestants.values() if one.listed]
    counted = parts_counted([name for one in listed for name in one.members])
    assert all(abs(table.get(part, 0) - number) <= 0.1 * number + 3 for part, number in counted.items() if number > 9)
    assert table["muhammad"] > table["sri"] > 20


def test_an_import_follows_the_same_rules_and_checks_as_a_run(tmp_path, rules: Ruleset) -> None:  # type: ignore[no-untyped-def]
    table = tmp_path / "calon.csv"
    table.write_text(
        "Nama;Partai;No Urut;Dapil;Kontes\nH. Zebulon Waromi, S.H.;PSI;3;Bogor 2;\nSiti Aminah;PKB;1;Bogor 1;\n"
        "Budi Contoh;PKS;2;Bogor 1;pilkada-tidak-ada\n",
        encoding="utf-8",
    )
    entries, problems = import_candidates(table, contests=rules.contests)
    assert [(one.line, "pilkada-tidak-ada" in one.what) for one in problems] == [(4, True)]
    assert {layer_of(entry) for entry in entries} == {"listed"}
    assert all(parse_conditions(cell_of(entry.requires)) == entry.requires for entry in entries)
    (tmp_path / "lokal.csv").write_text(write_candidates(entries), encoding="utf-8")
    own = load_ruleset(lexicons=[tmp_path / "lokal.csv"])
    said = [
        Said("Ayo coblos Zebulon Waromi caleg PSI dapil Bogor 2", "2024-01-20", "", "", ""),
        Said("Zebulon Waromi menang lomba", "2024-01-20", "", "", ""),
    ]
    assert _results(said, own) == ["finding", "clear"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Drs. H. BUDI SANTOSO, M.Si.", "BUDI SANTOSO"),
        ("dr.Hj. MAYA HASMITA, Sp.O.G.", "MAYA HASMITA"),
        ("Brigjen. Pol. (Purn). H. RAJA HARYONO, S.H.", "RAJA HARYONO"),
        ("AGUSTINA H. (TINA TOON)", "AGUSTINA H (TINA TOON)"),
        ("L I R A B I C A", "L I R A B I C A"),
    ],
)
def test_titles_go_and_nicknames_stay(written: str, name: str) -> None:
    assert plain_name(written) == name


def test_every_listed_entry_asks_for_something(rules: Ruleset) -> None:
    listed = [entry for entry in rules.lexicon.entries if entry.kind == LISTED]
    assert len(listed) > 6500
    assert all(layer_of(entry) == "listed" for entry in listed)
    assert len({entry.strength for entry in listed}) == 1  # no candidate's supporters weigh more because of a name


def test_elections_without_dates_warn_and_judge_nobody(rules: Ruleset) -> None:
    assert {"pilpres-2029", "pileg-2029", "pilkada-2031"} <= {
        name for name, one in rules.contests.items() if one.dates_open
    }
    assert len(undated(rules.contests)) == sum(bool(one.dates_open) for one in rules.contests.values())
    said = [Said("Ayo dukung Ganjar Pranowo jadi presiden 2029, coblos", "2028-12-01", "", "", "")]
    assert "finding" not in _results(said, rules)
