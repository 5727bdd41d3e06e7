"""What is kept with a lexicon, a model or a rule set is never another's, and never older than the files."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace

from screening.pipeline import screen
from screening.remembering import Remembering
from screening.ruleset import load, load_ruleset
from screening.ruleset.lexicon import compile_lexicon
from screening.ruleset.patterns import Step
from screening.tables import ACTIVITIES
from tests.scenarios.scenes import activity


@dataclass(frozen=True)
class Number(Remembering):
    value: int


def test_what_was_worked_out_stays_with_its_object():
    made = []
    one = Number(1)
    for _ in range(2):
        assert one.remembered("double", lambda: made.append(1) or one.value * 2) == 2
    assert made == [1]
    other = replace(one, value=5)
    assert other.remembered("double", lambda: other.value * 2) == 10
    assert one == Number(1)
    assert hash(one) == hash(Number(1))
    assert pickle.dumps(one) == pickle.dumps(Number(1))
    assert pickle.loads(pickle.dumps(one)).remembered("double", lambda: 0) == 0


def test_two_lexicons_do_not_mix():
    rules = load_ruleset()
    known = next(one for one in rules.lexicon.entries if one.term == "Prabowo" and not one.requires)
    name = replace(known, entry_id="uji", term="Zulbahrawan", sequences=((Step(("zulbahrawan",)),),))
    more = replace(rules, lexicon=compile_lexicon([*rules.lexicon.entries, name]))
    table = ACTIVITIES.build([activity(text="Ayo dukung dan coblos Zulbahrawan, menang!")])
    for ruleset, met in ((rules, False), (more, True), (rules, False)):
        assert ("uji" in set(screen(table, ruleset).hits["entry_id"])) == met


def test_rules_that_were_used_can_be_sent_to_workers():
    rules = load_ruleset()
    table = ACTIVITIES.build([activity(text="Ayo dukung dan coblos Prabowo, menang!")])
    found = screen(table, rules)
    assert screen(table, pickle.loads(pickle.dumps(rules))).findings.equals(found.findings)


def test_rules_are_read_again_when_a_file_has_changed(monkeypatch, tmp_path):
    kept = load.shipped

    def shipped(name):
        return tmp_path if name == "lexicons" else kept(name)

    assert load_ruleset().lexicon is load_ruleset().lexicon
    monkeypatch.setattr(load, "shipped", shipped)
    source = min(kept("lexicons").glob("*.csv"))
    for count in (2, 3):
        (tmp_path / "own.csv").write_text("".join(source.read_text("utf-8").splitlines(keepends=True)[:count]), "utf-8")
        own = [entry for entry in load_ruleset().lexicon.entries if entry.file == "own.csv"]
        assert len(own) == count - 1
