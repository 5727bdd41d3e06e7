"""The word lists of statements: every word has an example in which it takes effect and a counterexample in which it does not."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from screening import statements
from screening.audit import word_examples as examples
from screening.ruleset import load_ruleset
from screening.shipped import shipped
from screening.statements.words import BIT, CLASSES, FILES, Limits, Row, rows, word_classes
from screening.text import words
from screening.text.slang import standard


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset()


def found(monkeypatch, ruleset, *given):
    """What is said of some rows of `penutur`, in place of the shipped lists."""
    made = tuple(Row("statements/penutur.csv", 2 + at, *one) for at, one in enumerate(given))
    monkeypatch.setattr(examples, "rows", lambda name: made if name == "penutur" else ())
    return [str(problem) for problem in examples.check_words(ruleset)]


def test_every_shipped_word_takes_effect_where_it_should(ruleset):
    assert examples.check_words(ruleset) == []


GOOD = "Kemarin {kata} ikut kampanye {peserta}."
BAD = "Saya pilih {peserta}, {kata} belum tahu."


def test_a_word_that_does_what_its_class_says_is_no_problem(monkeypatch, ruleset):
    assert found(monkeypatch, ruleset, (("paman", "tanteku"), "kin", GOOD, BAD)) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((("paman",), "kin", "", BAD), "example kosong"),
        ((("paman",), "kin", GOOD, ""), "counterexample kosong"),
        ((("paman",), "kin", "Kemarin hujan.", BAD), "example tanpa {kata}"),
        ((("paman",), "saudara", GOOD, BAD), "kelas tidak dikenal"),
        ((("paman", "paman"), "kin", GOOD, BAD), "juga ada pada baris"),
        (((), "kin", GOOD, BAD), "baris tanpa kata"),
        ((("paman",), "kin", BAD, BAD), "tidak berpengaruh dalam contoh:"),
        ((("paman",), "kin", GOOD, GOOD), "berpengaruh dalam contoh lawan"),
        ((("paman",), "kin", GOOD, "Kue {kata} enak."), "berpengaruh dalam contoh lawan"),
        ((("paman",), "official", GOOD, BAD), "tidak berpengaruh dalam contoh:"),
    ],
)
def test_a_faulty_row_is_named_with_its_line(monkeypatch, ruleset, row, said):
    problems = found(monkeypatch, ruleset, row)
    assert problems
    assert all(one.startswith("statements/penutur.csv:2:") for one in problems)
    assert any(said in one for one in problems), problems


def test_only_the_word_that_fails_is_named(monkeypatch, ruleset):
    (problem,) = found(monkeypatch, ruleset, (("paman", "lemari"), "kin", GOOD, BAD), (("kursi",), "kin", GOOD, BAD))[
        :1
    ]
    assert "'kursi'" in problem or "'lemari'" in problem
    assert "paman" not in problem


def test_the_same_word_twice_in_a_class_is_named(monkeypatch, ruleset):
    problems = found(monkeypatch, ruleset, (("paman",), "kin", GOOD, BAD), (("paman",), "kin", GOOD, BAD))
    assert any("juga ada pada baris 2" in one for one in problems)


def test_an_example_may_be_a_picture_or_an_account(monkeypatch, ruleset):
    row = Row(
        "statements/makna.csv", 2, ("berfoto",), "posing", "gambar: Tiga orang {kata} poster {peserta}.",
        "{peserta} datang. Adik {kata} payung.",
    )  # fmt: skip
    monkeypatch.setattr(examples, "rows", lambda name: (row,) if name == "makna" else ())
    assert examples.check_words(ruleset) == []


def test_words_of_a_row_have_its_class():
    classes = word_classes()
    for file in FILES:
        for row in rows(file):
            assert row.cls in CLASSES[file]
            for word in row.words:
                if len(read := words(word)) == 1:
                    assert classes.single[read[0]] & BIT[row.cls], word
                else:
                    forms = [standard(form) for form in read]
                    behind = dict(classes.series[forms[0]][forms[1]])
                    assert behind[tuple(forms[1:])] & BIT[row.cls], word


def test_a_word_with_a_stretched_letter_is_found_as_texts_are_read():
    assert word_classes().single["pk"] & BIT["people"]  # "pppk" in a text loses its repeated letter


def test_every_short_list_and_every_limit_is_asked_for_and_has_its_reason():
    with (shipped("lexicons") / "statements" / "daftar.csv").open(encoding="utf-8", newline="") as lines:
        lists = list(csv.DictReader(lines))
    limits = tomllib.loads(shipped("data/statements.toml").read_text(encoding="utf-8"))
    limits.pop("schema")
    source = "".join(path.read_text(encoding="utf-8") for path in Path(statements.__file__).parent.glob("*.py"))
    for row in lists:
        assert row["words"], row
        assert row["reason"], row
        assert f'"{row["list"]}"' in source, row["list"]
    assert len({row["list"] for row in lists}) == len(lists)
    assert set(limits) == set(Limits.__annotations__)
    for name, row in limits.items():
        assert row["reason"], name
        assert source.count(f'["{name}"]') > 0, name
