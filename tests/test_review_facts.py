"""The hashes of rules in a manifest: the same everywhere, changed by what matters and by nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from screening.review.facts import fact_hash, rule_facts
from screening.review.memory import changes
from screening.review.runs import ruleset_facts
from screening.ruleset import load_ruleset

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def ruleset():  # type: ignore[no-untyped-def]
    return load_ruleset()


def test_every_rule_file_act_and_contest_has_its_hash(ruleset, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    roster, lexicon = tmp_path / "pegawai.csv", tmp_path / "lokal.csv"
    roster.write_bytes(b"a,b\r\n1,2\r\n")
    lexicon.write_bytes(b"x\n")
    facts = rule_facts(ruleset, roster=roster, lexicons=[lexicon])
    assert set(facts["acts"]) == {act.id for act in ruleset.acts}
    assert set(facts["contests"]) == set(ruleset.contests)
    assert {"roster", "lexicons/lokal.csv", "data/risk.toml"} <= set(facts["files"])
    assert any(name.startswith("data/acts/dki-jakarta/") for name in facts["files"])
    roster.write_bytes(b"a,b\n1,2\n")
    assert rule_facts(ruleset, roster=roster, lexicons=[lexicon]) == facts


def test_the_manifest_part_is_understood_by_memory_and_compare(ruleset) -> None:  # type: ignore[no-untyped-def]
    then = ruleset_facts({"ruleset": rule_facts(ruleset)})
    now = dict(then)
    act = ruleset.acts[0]
    now[f"act:{act.id}"] = "lain"
    now[next(name for name in now if name.startswith("data/acts/dki-jakarta/"))] = "lain"
    assert [one.group for one in changes(then, now, {"act_id": act.id, "contest": "pilpres-2024"})] == ["rule"]
    assert changes(then, now, {"act_id": ruleset.acts[1].id, "contest": "pilpres-2024"}) == []


def test_a_lexicon_entry_concerns_its_own_contest_only_and_a_common_word_all(ruleset) -> None:  # type: ignore[no-untyped-def]
    then = ruleset_facts({"ruleset": rule_facts(ruleset)})
    assert {"lexicon:umum", "lexicon:pilpres-2024"} <= then.keys()
    finding = {"act_id": ruleset.acts[0].id, "contest": "pilpres-2024"}

    def groups(*changed: str) -> list[str]:
        return [one.group for one in changes(then, then | dict.fromkeys(changed, "lain"), finding)]

    assert groups("lexicons/lokal.csv", "lexicon:pilkada-banten-2024") == []
    assert groups("lexicons/pilpres-2024.csv", "lexicon:pilpres-2024") == ["lexicon"]
    assert groups("lexicons/words/ambang.csv", "lexicon:umum") == ["lexicon"]
    nowhere = {"act_id": ruleset.acts[0].id, "contest": None}
    assert changes(then, then | {"lexicons/lokal.csv": "kosong"}, nowhere) == []
    assert [one.group for one in changes(then, then | {"lexicon:pilkada-banten-2024": "lain"}, nowhere)] == ["lexicon"]
    entry = ruleset.lexicon.entries[0]
    assert fact_hash(replace(entry, line=9, note="lain", example="lain")) == fact_hash(entry)
    assert fact_hash(replace(entry, term=entry.term + "x")) != fact_hash(entry)


def test_examples_and_remarks_are_not_part_of_a_rule_but_its_wording_is(ruleset) -> None:  # type: ignore[no-untyped-def]
    act = ruleset.acts[0]
    assert fact_hash(
        replace(act, examples=("lain",), counterexamples=(), note="catatan", file="lain.toml")
    ) == fact_hash(act)
    assert fact_hash(replace(act, wording=act.wording + "!")) != fact_hash(act)
    assert fact_hash(replace(act, kinds=act.kinds | {"uji"})) != fact_hash(act)


def test_hashes_do_not_depend_on_the_process() -> None:
    code = (
        "from screening.ruleset import load_ruleset; from screening.review.facts import rule_facts; import json\n"
        "print(json.dumps(rule_facts(load_ruleset()), sort_keys=True))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
