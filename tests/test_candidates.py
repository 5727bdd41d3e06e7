"""Importing candidates: a name alone never counts; what must stand beside it depends on how rare it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.ruleset.candidates import import_candidates, plain_name, write_candidates
from screening.ruleset.lexicon import read_lexicon
from screening.ruleset.listed import COMMON, RARE, UNCOMMON, rarity
from screening.shipped import shipped
from tests.lexicon_bench import hits, ruleset

TABLE = """Nama;Partai;No Urut;Dapil
Drs. H. Budi Santoso, M.Si.;PKB;1;Bogor 1
Zebulon Tanimbaruk Waromi, S.H.;PSI;3;Bogor 2
Siti Kolopita;NasDem;5;Bogor 2
Budi Santoso;PKS;4;Bogor 3
;PAN;9;Bogor 1
"""


@pytest.fixture
def local(tmp_path: Path):  # type: ignore[no-untyped-def]
    (tmp_path / "calon.csv").write_text(TABLE, encoding="utf-8")
    entries, problems = import_candidates(tmp_path / "calon.csv", contests=ruleset().contests)
    assert [(p.file, p.line) for p in problems] == [("calon.csv", 6)]
    (tmp_path / "leksikon.csv").write_text(write_candidates(entries), encoding="utf-8")
    rules = ruleset()
    lexicon, wrong = read_lexicon([shipped("lexicons"), tmp_path / "leksikon.csv"], rules.contests)
    assert wrong == []
    return type(rules)(**{**vars(rules), "lexicon": lexicon})


def named(text: str, rules) -> set[str]:  # type: ignore[no-untyped-def]
    found = hits([text], "2024-01-10", rules)
    return set(found.loc[found["signal"] == "contestant", "contestant_id"])


def test_titles_and_degrees_are_no_part_of_a_name() -> None:
    assert plain_name("Drs. H. Budi Santoso, M.Si.") == "Budi Santoso"
    assert plain_name("Dr. Ir. Waromi S.T.") == "Waromi"


def test_rarity_is_told_by_the_parts() -> None:
    assert rarity("Budi Santoso") == COMMON
    assert rarity("Siti Kolopita") == UNCOMMON
    assert rarity("Zebulon Tanimbaruk Waromi") == RARE


def test_a_rare_name_needs_any_word_of_the_contest(local) -> None:  # type: ignore[no-untyped-def]
    assert named("Zebulon Tanimbaruk Waromi hadir", local) == set()
    assert named("coblos Zebulon Tanimbaruk Waromi", local) == {"pileg-2024/bogor-2-psi-3"}


def test_a_common_name_never_counts_alone(local) -> None:  # type: ignore[no-untyped-def]
    assert named("Budi Santoso memimpin rapat evaluasi", local) == set()
    assert named("Coblos Budi Santoso ya", local) == set()
    assert named("Dukung Budi Santoso dari PKB", local) == {"pileg-2024/bogor-1-pkb-1"}
    assert named("Budi Santoso caleg dapil Bogor 3 nomor urut 4", local) == {"pileg-2024/bogor-3-pks-4"}


def test_a_less_common_name_needs_its_office_near(local) -> None:  # type: ignore[no-untyped-def]
    assert named("Siti Kolopita hadir", local) == set()
    assert named("Siti Kolopita caleg kita", local) == {"pileg-2024/bogor-2-nasdem-5"}
    far = "Siti Kolopita membawa kue lapis, keripik, pisang goreng, dan teh manis. Besok kata tetangga ada caleg lewat."
    assert named(far, local) == set()


def test_a_table_without_names_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    entries, problems = import_candidates(tmp_path / "x.csv")
    assert entries == []
    assert len(problems) == 1
