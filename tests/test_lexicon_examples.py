"""The bundled lexicon tests itself, and a broken example is told."""

from __future__ import annotations

from dataclasses import replace

from screening.detectors.examples import check_examples
from screening.ruleset.lexicon import compile_lexicon
from tests.lexicon_bench import ruleset


def test_every_entry_is_found_in_its_example_and_not_in_its_counterexample() -> None:
    assert [str(problem) for problem in check_examples(ruleset(()))] == []


def test_wrong_examples_are_told_with_file_and_line() -> None:
    rules = ruleset()
    entry = next(e for e in rules.lexicon.entries if e.entry_id == "pilpres-2024-1-anies")
    broken = replace(entry, example="Tidak ada siapa pun.", counterexample="Anies di sini.")
    other = type(rules)(**{**vars(rules), "lexicon": compile_lexicon([broken])})
    told = check_examples(other)
    assert [(p.file, p.line) for p in told] == [(entry.file, entry.line)] * 2
    assert {"ditemukan dalam contoh lawan" in p.what for p in told} == {True, False}


def test_every_shipped_name_has_an_example_and_a_source() -> None:
    lacking = [e.entry_id for e in ruleset().lexicon.entries if not e.example or not e.source]
    assert lacking == []
