"""The editor's two tables: how entries did in a run, and what a careful eye would notice in the files."""

from __future__ import annotations

from dataclasses import replace

from screening.audit.coverage import ENTRY_COLUMNS, OVERLAP_COLUMNS, coverage
from screening.audit.lints import lints
from screening.detectors import detect
from screening.tables import FINDINGS, HITS, encode
from screening.text import documents
from tests.lexicon_bench import activities, ruleset


def entry(name: str):  # type: ignore[no-untyped-def]
    return next(e for e in ruleset().lexicon.entries if e.entry_id == name)


def test_a_run_without_rows_shows_every_entry_as_silent() -> None:
    made = coverage(ruleset().lexicon, activities([], []), HITS.empty(), FINDINGS.empty())
    assert tuple(made.entries.columns) == ENTRY_COLUMNS
    assert tuple(made.overlaps.columns) == OVERLAP_COLUMNS
    assert len(made.silent) == len(ruleset().lexicon)
    assert made.floods.empty


def test_hits_actors_and_the_share_of_findings_are_counted() -> None:
    posts = activities(["Ayo dukung Prabowo"] * 30 + ["Anies hadir"], "2024-01-10")
    posts = posts.assign(actor=[f"asn_{i:04d}" for i in range(31)]).astype({"actor": "str"})
    hits = detect(posts, documents(posts), ruleset())
    reasons = encode([{"quote": "Prabowo", "field": "text", "start": 11, "end": 18, "points": 1}])
    findings = FINDINGS.build(
        {"finding_id": f"f{i}", "activity_id": f"a{i}", "reasons": reasons, "score": 0, "points": 0} for i in range(30)
    )
    made = coverage(ruleset().lexicon, posts, hits, findings)
    row = made.entries.set_index("entry_id").loc["pilpres-2024-2-prabowo"]
    assert (row["hits"], row["actors"], row["findings"], row["share"], row["flood"]) == (30, 30, 30, 1.0, True)
    assert "pilpres-2024-1-anies" not in set(made.floods["entry_id"])


def test_overlaps_of_two_contestants_are_conflicts() -> None:
    hits = HITS.build(
        {
            "activity_id": "a0", "field": "text", "signal": "contestant", "entry_id": name, "contestant_id": who,
            "surface": "x", "start": 0, "end": 1, "strength": 1.0, "detector": "names", "how": "exact",
        }
        for name, who in (("pilpres-2024-1-anies", "pilpres-2024/1"), ("pilpres-2024-2-prabowo", "pilpres-2024/2"))
    )  # fmt: skip
    made = coverage(ruleset().lexicon, activities(["x"], "2024-01-10"), hits, FINDINGS.empty())
    assert made.overlaps["conflict"].tolist() == [True]


def told(*entries) -> list[str]:  # type: ignore[no-untyped-def]
    return [p.what for p in lints(entries, {})]


def test_duplicates_shadows_and_foreign_names_are_noticed() -> None:
    anies = entry("pilpres-2024-1-anies")
    assert any("sama dengan" in what for what in told(anies, replace(anies, entry_id="b")))
    assert any(
        "peserta lain" in what for what in told(anies, replace(anies, entry_id="b", contestant_id="pilpres-2024/2"))
    )
    ganjar = entry("pilpres-2024-3-ganjar")
    assert any("membayangi" in what for what in told(ganjar, replace(ganjar, entry_id="b", requires=())))


def test_ordinary_words_without_context_and_missing_examples_are_noticed() -> None:
    ganjar = entry("pilpres-2024-3-ganjar")
    assert any("tanpa syarat" in what for what in told(replace(ganjar, requires=())))
    assert any("tanpa contoh" in what for what in told(replace(ganjar, example="")))
    assert any("contoh lawan" in what for what in told(replace(ganjar, counterexample="")))


def test_contestants_described_unequally_are_noticed() -> None:
    rules = ruleset()
    kept = [e for e in rules.lexicon.entries if not (e.contestant_id == "pilpres-2024/3" and e.kind == "hashtag")]
    assert any("pilpres-2024/3: tidak punya" in p.what and "hashtag" in p.what for p in lints(kept, rules.contests))


def test_the_bundled_lexicon_has_no_duplicates_and_no_bare_ambiguous_names() -> None:
    rules = ruleset()
    wrong = [p for p in lints(rules.lexicon.entries, rules.contests) if p.line]
    assert [str(p) for p in wrong if "contoh" not in p.what] == []
