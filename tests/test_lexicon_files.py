"""Lexicon files: every problem at once with file and line; the bundled ones promise what they show."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from screening.errors import RulesetError
from screening.ruleset.conditions import WHOLE, Atom, parse_conditions
from screening.ruleset.entries import COLUMNS, read_entries
from screening.ruleset.lexicon import compile_lexicon, load_lexicon, read_lexicon
from screening.ruleset.patterns import Step, pattern_sequences, term_sequences
from tests.lexicon_bench import hits, ruleset

HEAD = ",".join(COLUMNS)


def written(folder: Path, *rows: str, name: str = "uji.csv", head: str = HEAD) -> Path:
    (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return folder


def row(**cells: str) -> str:
    base = {"entry_id": "e1", "term": "Contoh", "kind": "name", "signal": "contestant", "certainty": "verified"}
    return ",".join('"' + {**base, **cells}.get(name, "") + '"' for name in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"kind": "nama"}, "kind 'nama' tidak dikenal"),
        ({"match": "fuzy"}, "match 'fuzy' tidak dikenal"),
        ({"signal": "contestan"}, "signal 'contestan' tidak ada"),
        ({"certainty": "maybe"}, "certainty 'maybe' tidak dikenal"),
        ({"term": ""}, "term kosong"),
        ({"valid_from": "1/2/2024"}, "valid_from '1/2/2024' bukan tanggal"),
        ({"strength": "2"}, "strength '2' harus"),
        ({"requires": "kata:a"}, "requires: syarat 'kata:a' tidak dikenal"),
        ({"requires": "word:"}, "tidak berisi nilai"),
        ({"barred_by": "case:kecil"}, "huruf harus salah satu"),
        ({"match": "pattern", "term": "ayo <3>"}, "tidak boleh berakhir"),
        ({"match": "pattern", "term": "?a ?b ?c ?d ?e"}, "paling banyak"),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_file_and_line(
    tmp_path: Path, cells: dict[str, str], expected: str
) -> None:
    _, problems = read_entries([written(tmp_path, row(), row(**{"entry_id": "e2", **cells})) / "uji.csv"])
    assert [(p.file, p.line) for p in problems] == [("uji.csv", 3)]
    assert expected in problems[0].what


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, row(kind="x", signal="y"), row(), row(), name="a.csv")
    written(tmp_path, "bukan", head="kolom,lain", name="b.csv")
    (tmp_path / "c.csv").write_bytes(b"\xff\xfe\x00rusak\xd8")
    with pytest.raises(RulesetError) as caught:
        load_lexicon([tmp_path])
    told = [(p.file, p.line) for p in caught.value.problems]
    assert told == [("a.csv", 2), ("a.csv", 2), ("a.csv", 4), ("b.csv", 1), ("c.csv", 0)]


def test_spreadsheet_habits_are_accepted(tmp_path: Path) -> None:
    text = "\ufeff" + HEAD.replace(",", ";") + "\r\n" + row().replace(",", ";") + "\r\n;;;\r\n"
    (tmp_path / "uji.csv").write_text(text, encoding="utf-8")
    entries, problems = read_entries([tmp_path / "uji.csv"])
    assert (len(entries), problems) == (1, [])


def test_unknown_contestants_are_problems(tmp_path: Path) -> None:
    written(
        tmp_path, row(contestant_id="pilpres-2024/9", contest="pilpres-2024"), row(entry_id="b", contest="pilkades")
    )
    _, problems = read_lexicon([tmp_path], ruleset().contests)
    assert [p.line for p in problems] == [2, 3]


def test_conditions_are_read_as_any_of_all_of() -> None:
    read = parse_conditions("word:partai|nomor urut@3; case:upper&word:01@doc;home")
    assert read == (
        (Atom("word", ("nomor urut", "partai"), 3),),
        (Atom("case", ("upper",), 8), Atom("word", ("01",), WHOLE)),
        (Atom("home", (), 8),),
    )


def test_patterns_have_alternatives_gaps_roots_optional_items_and_words_in_a_row() -> None:
    assert pattern_sequences("ayo <3> ~dukung|pilih") == ((Step(("ayo",)), Step(("pilih", "~dukung"), 3)),)
    assert len(pattern_sequences("a ?b c")) == 2
    assert pattern_sequences("quick_count") == ((Step(("quick",)), Step(("count",))),)
    assert "{pejorative}" in pattern_sequences("{contestant}|{party}")[0][0].keys


def test_names_of_several_words_are_also_known_written_as_one() -> None:
    assert term_sequences("Ridwan Kamil", "name")[1] == (Step(("ridwankamil",)),)
    assert term_sequences("#AMIN", "hashtag") == ((Step(("#amin",)),),)


def test_the_order_of_entries_makes_no_difference() -> None:
    texts = ["Ayo dukung Pr4b0w0-Gibran 02", "Relawan AMIN turun", "PKB dan PKS koalisi dukung Anies", "sat set Ganjar"]
    rules = ruleset()
    shuffled = list(rules.lexicon.entries)
    random.Random(5).shuffle(shuffled)
    other = type(rules)(**{**vars(rules), "lexicon": compile_lexicon(shuffled)})
    assert other.lexicon.version == rules.lexicon.version
    assert hits(texts, "2024-01-10", other).equals(hits(texts, "2024-01-10", rules))


def test_an_entry_more_never_removes_a_hit() -> None:
    rules = ruleset()
    extra = replace(rules.lexicon.entries[0], entry_id="zz", sequences=term_sequences("kucing", "name"), term="kucing")
    other = type(rules)(**{**vars(rules), "lexicon": compile_lexicon([*rules.lexicon.entries, extra])})
    texts = ["Ayo dukung Prabowo 02", "Relawan AMIN turun"]
    before, after = hits(texts, "2024-01-10", rules), hits(texts, "2024-01-10", other)
    assert set(before.itertuples(index=False, name=None)) <= set(after.itertuples(index=False, name=None))


def test_unverified_entries_carry_less_strength() -> None:
    by_id = {entry.entry_id: entry for entry in ruleset().lexicon.entries}
    assert by_id["pilpres-2024-2-tag-prabowogibran2024"].strength < by_id["pilpres-2024-1-tag-amin"].strength


def test_a_handle_is_shipped_only_as_a_name_in_texts_and_with_its_source_or_marked_unverified() -> None:
    """Accounts that everybody knows are read as names where people write them; none was made up, and none of them is
    registered as anybody's campaign account (that is what `--accounts` is for)."""
    handles = [entry for entry in ruleset().lexicon.entries if entry.term.startswith("@")]
    assert handles
    for entry in handles:
        assert entry.signal == "contestant", entry.entry_id
        assert entry.certainty == "unverified" or entry.source.startswith("https://"), entry.entry_id
        assert entry.contestant_id, entry.entry_id
