"""What was altered is noticed: parts, inputs, runs, ledgers, logs, reviewers; every byte and every kind of change."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from review_builder import bring, fill, handed, returned, run_folder

from screening import readers
from screening.cli.app import run as program
from screening.engines.store import PARTS, open_store
from screening.errors import IntegrityError, UsageError
from screening.review.decisions import person
from screening.review.ledger import Draft, append, read, seal_of
from screening.review.schema import SCHEMA

HEAD = "record_id,platform,actor,kind,happened_at,text\n"
ROWS = [
    f"r{n},instagram,asn_{n % 9:04d},post,2023-12-{10 + n % 18},Ayo coblos Prabowo Gibran nomor 2 hari ke {n}\n"
    for n in range(60)
]


def drafts(number: int, begin: int = 0) -> list[Draft]:
    return [Draft("uji", "Ani", "uji", {"n": n, "teks": f"catatan ke-{n}"}) for n in range(begin, begin + number)]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    append(tmp_path / "buku.sqlite", drafts(6))
    return tmp_path / "buku.sqlite"


# Parts of a run that is gone on with.


def test_a_part_that_was_altered_is_made_again(tmp_path: Path) -> None:
    import pyarrow as pa

    tables = {"findings": pa.table({"a": list(range(500))}), "hits": pa.table({"b": ["x"] * 500})}
    changes = {
        "emptied": lambda place: (place / "findings.arrow").write_bytes(b""),
        "a bit": lambda place: (place / "hits.arrow").write_bytes(_flipped((place / "hits.arrow").read_bytes(), 700)),
        "removed": lambda place: (place / "hits.arrow").unlink(),
        "mark": lambda place: (place / "sidik.json").write_text("{"),
        "no mark": lambda place: (place / "sidik.json").unlink(),
        "list": lambda place: (place / "sidik.json").write_text("[]"),
    }
    for name, change in changes.items():
        store = open_store(tmp_path / name / PARTS, {"software": "1"}, resume=False)
        store.write(0, "m", tables)
        store.write(1, "m", tables)
        assert store.has(0, "m"), name
        change(store.folder / "000000")
        again = open_store(tmp_path / name / PARTS, {"software": "1"}, resume=True)
        assert not again.has(0, "m"), name
        assert again.has(1, "m"), name
        with pytest.raises(IntegrityError, match="berkas masukan"):
            again.has(1, "n")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\x00\x01"])
def test_a_damaged_state_of_parts_is_told(tmp_path: Path, content: str) -> None:
    open_store(tmp_path / PARTS, {"software": "1"}, resume=False)
    (tmp_path / PARTS / "state.json").write_text(content, encoding="ascii")
    with pytest.raises(IntegrityError, match="tanpa --resume"):
        open_store(tmp_path / PARTS, {"software": "1"}, resume=True)


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


# Inputs that change while they are read.


@pytest.mark.parametrize("change", ["grown", "shrunk", "same size", "replaced", "gone"])
@pytest.mark.parametrize("packed", [False, True])
def test_an_input_that_changes_while_it_is_read_is_told(tmp_path: Path, change: str, packed: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "".join(ROWS), encoding="utf-8")
    if packed:
        import zipfile

        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.write(path, "a.csv")
        path.unlink()
        path = tmp_path / "a.zip"
    other = tmp_path / "b.csv"
    other.write_text(HEAD + ROWS[0].replace("r0", "z").replace("asn_0000", "asn_0099"), encoding="utf-8")
    content = path.read_bytes()
    found = readers.batches([path, other], rows=20, timezone="Asia/Jakarta", owner=None)
    parts = [next(found)]
    if change == "replaced":
        (tmp_path / "neu").write_bytes(content)
        os.replace(tmp_path / "neu", path)
    elif change == "gone":
        if os.name != "posix":
            pytest.skip("an open file stays in its place there")
        path.unlink()
    else:
        new = {"grown": content + b"\n", "shrunk": content, "same size": content}[change]
        path.write_bytes(new[:-1] if change == "shrunk" else new)
        os.utime(path, ns=(1, 1))
    parts += found
    files = pd.concat([part.files for part in parts]).set_index("source_file")
    name = "a.zip/a.csv" if packed else "a.csv"
    if not len(files[files.index == name]) or files.loc[name, "outcome"] == "error":
        assert files.loc[name, "warning"]
        return
    assert "berubah selagi dibaca" in files.loc[name, "warning"]
    assert not isinstance(files.loc["b.csv", "warning"], str)


def test_an_input_that_stays_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "".join(ROWS), encoding="utf-8")
    assert readers.read([tmp_path / "a.csv"]).files["warning"].isna().all()


# The ledger.


def _rewritten(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()


TRIGGER = "CREATE TRIGGER {} BEFORE {} ON entries BEGIN SELECT 1; END"
TAMPERED = {
    "a trigger that does nothing": ["DROP TRIGGER entries_no_update", TRIGGER.format("entries_no_update", "UPDATE")],
    "another that does nothing": ["DROP TRIGGER entries_no_delete", TRIGGER.format("entries_no_delete", "DELETE")],
    "an insert that passes": ["DROP TRIGGER entries_in_line", TRIGGER.format("entries_in_line", "INSERT")],
    "a trigger gone": ["DROP TRIGGER entries_no_update"],
    "a foreign trigger": ["CREATE TRIGGER asing AFTER INSERT ON entries BEGIN SELECT 1; END"],
    "a view replaced": ["DROP VIEW putusan_manusia", "CREATE VIEW putusan_manusia AS SELECT 1 AS penelaah"],
    "a view gone": ["DROP VIEW hasil_mesin"],
    "a foreign view": ["CREATE VIEW asing AS SELECT 1"],
    "an entry edited": ["DROP TRIGGER entries_no_update", "UPDATE entries SET who = 'Budi' WHERE seq = 2", SCHEMA[2]],
    "an entry removed": ["DROP TRIGGER entries_no_delete", "DELETE FROM entries WHERE seq = 2", SCHEMA[3]],
    "the tail cut": ["DROP TRIGGER entries_no_delete", "DELETE FROM entries WHERE seq = 6", SCHEMA[3]],
    "tail and counter cut": [
        "DROP TRIGGER entries_no_delete", "DELETE FROM entries WHERE seq = 6", SCHEMA[3], "UPDATE sqlite_sequence SET seq = 5",
    ],
    "two swapped": [
        "DROP TRIGGER entries_no_update", "UPDATE entries SET seq = 99 WHERE seq = 2", "UPDATE entries SET seq = 2 WHERE seq = 3",
        "UPDATE entries SET seq = 3 WHERE seq = 99", SCHEMA[2],
    ],
}  # fmt: skip


@pytest.mark.parametrize("statements", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_ledger_that_was_tampered_with_is_refused(ledger: Path, statements: list[str]) -> None:
    _rewritten(ledger, *statements)
    with pytest.raises(IntegrityError):
        read(ledger)
    with pytest.raises(IntegrityError):
        append(ledger, drafts(1, 50))
    assert program(["audit", "verify", "--ledger", str(ledger)]) == 5


def test_a_forged_ledger_is_told_by_the_hash_written_down_outside(
    ledger: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    noted = read(ledger)[-1].hash
    ledger.unlink()
    seal_of(ledger).unlink()
    append(ledger, drafts(5))  # by the program itself: a chain that is whole
    assert program(["audit", "verify", "--ledger", str(ledger)]) == 0
    assert program(["audit", "verify", "--ledger", str(ledger), "--anchor", noted[:16]]) == 5
    assert "berita acara" in capfd.readouterr().out


def test_a_missing_seal_is_told_everywhere(ledger: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    seal_of(ledger).unlink()
    for words in (
        ["review", "status"], ["review", "agreement"], ["audit", "verify"], ["review", "import", str(tmp_path / "tiada.csv")],
        ["review", "case", "K-1", "--stage", "klarifikasi", "--why", "uji"],
    ):  # fmt: skip
        (tmp_path / "tiada.csv").write_text("id_temuan;putusan\n", encoding="utf-8")
        program([*words, "--ledger", str(ledger)])
        assert ".segel tidak ada" in capfd.readouterr().err, words


def test_no_changed_byte_of_a_ledger_is_accepted(ledger: Path, tmp_path: Path) -> None:
    """400 places; a byte may be in a part of the file that holds nothing."""
    whole, entries = ledger.read_bytes(), read(ledger)
    chance = random.Random(20261201)
    noticed = 0
    for _ in range(400):
        content = bytearray(whole)
        content[chance.randrange(len(content))] = chance.randrange(256)
        ledger.write_bytes(bytes(content))
        try:
            assert read(ledger) == entries
        except (IntegrityError, UsageError):
            noticed += 1
    assert noticed > 40


def test_a_ledger_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening.review import ledger as module

    monkeypatch.setattr(module, "SCHEMA", (*SCHEMA[:3], "CREATE NONSENSE"))
    with pytest.raises(IntegrityError):
        append(tmp_path / "b", drafts(1))
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    (tmp_path / "b").write_bytes(b"")  # what an earlier version may have left
    assert read(tmp_path / "b") == ()
    assert len(append(tmp_path / "b", drafts(2))) == 2
    assert len(read(tmp_path / "b")) == 2


def test_a_full_disk_damages_no_ledger_and_is_told_as_such(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening.review import ledger as module

    class Full:
        def __init__(self, *_: object, **__: object) -> None: ...
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def close(self) -> None: ...

    monkeypatch.setattr(module.sqlite3, "connect", Full)
    with pytest.raises(OSError, match="disk full"):
        append(ledger, drafts(1, 70))


# Runs.


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("proses")
    (place / "a.csv").write_text(HEAD + "".join(ROWS), encoding="utf-8")
    assert program(["run", str(place / "a.csv"), "--out", str(place / "hasil")]) == 0
    return place / "hasil"


def test_a_run_tells_the_hash_for_the_minutes(
    finished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert program(["audit", "verify", str(finished)]) == 0
    digest = re.search(r"sidik hasil ([0-9a-f]{64})", capfd.readouterr().out)
    assert digest
    assert program(["audit", "verify", str(finished), "--anchor", digest[1][:12]]) == 0
    copy = tmp_path / "hasil"
    shutil.copytree(finished, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")  # the same facts, another file
    assert program(["audit", "verify", str(copy), "--anchor", digest[1]]) == 5
    assert program(["audit", "verify", str(copy), "--anchor", "abc"]) == 2


def test_every_altered_file_of_a_run_is_noticed(
    finished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = [path.name for path in finished.iterdir() if path.suffix == ".parquet"]
    assert len(names) > 5
    for name in names:
        copy = tmp_path / name / "hasil"
        shutil.copytree(finished, copy)
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(_flipped(content, len(content) // 2))
        assert program(["audit", "verify", str(copy)]) == 5
        assert name in capfd.readouterr().out
    (copy / "temuan.csv").write_text("diisi", encoding="utf-8")
    shutil.copy(finished / name, copy / name)
    assert program(["audit", "verify", str(copy)]) == 0
    assert "diisi atau ditambahkan orang: temuan.csv" in capfd.readouterr().out


# Reviewers.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ani", "Anі"),
        ("Ani", "ａｎｉ"),
        ("Budi S.", "budi s"),
        ("Dewi", "D\u200bewi"),
        ("Sri", "Ѕri"),
        ("José", "Jose"),
        ("Oka", "Οка"),
    ],
)
def test_names_that_look_alike_are_one_person(one: str, other: str) -> None:
    assert person(one) == person(other)


@pytest.mark.parametrize(("one", "other"), [("Ani", "Ana"), ("Budi 1", "Budi 2"), ("Dewi", "Devi"), ("王芳", "王芬")])
def test_names_that_differ_are_two_people(one: str, other: str) -> None:
    assert person(one) != person(other)


def test_who_was_not_handed_a_row_cannot_decide_it(tmp_path: Path) -> None:
    """The run's own table, filled in by anybody, decides nothing that was handed out by name."""
    run, book = run_folder(tmp_path / "run"), tmp_path / "b.sqlite"
    rows = handed(run, book, "Ani")
    own = [fill({**row, "penelaah": "Budi"}, "BUKAN PELANGGARAN") for row in run.rows]
    done = bring([returned(tmp_path / "temuan.csv", own)], book)
    assert len(rows) > 5
    assert sum(one.new for one in done.books.values()) == 0
    assert {one.cause for one in done.refusals} == {"baris ini sudah dibagikan kepada Ani"}
    hers = [fill({**row, "penelaah": "Anі"}, "BUKAN PELANGGARAN") for row in run.rows]  # the same person, oddly spelt
    again = bring([returned(tmp_path / "temuan2.csv", hers)], book)
    assert sum(one.new for one in again.books.values()) == len(run.rows)


# Rules and lexicons.

LEXICON = (
    "entry_id,term,kind,signal,contestant_id,contest,match,requires,barred_by,valid_from,valid_to,strength,certainty,source,"
    "example,counterexample,note\n"
)


def entry(number: int, term: str, kind: str = "alias", requires: str = "") -> str:
    about = f"{kind},contestant,pilpres-2024/1,pilpres-2024,token,{requires}"
    return f"uji-{number},{term},{about},,,,,verified,uji,{term} hadir,Rapat,\n"


@pytest.mark.parametrize("term", ["a", "pak", "dan", "yang", "ini itu", "di", "rapat", "kantor", "makan", "saya", "yg"])
@pytest.mark.parametrize("kind", ["alias", "name", "nickname"])
def test_an_everyday_word_as_a_name_is_refused(
    tmp_path: Path, term: str, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    from screening.ruleset.elections import read_contests
    from screening.ruleset.lexicon import everyday_names
    from screening.shipped import shipped

    (tmp_path / "pilpres-2024.csv").write_text(LEXICON + entry(1, term, kind), encoding="utf-8")
    contests = read_contests(shipped("data/elections"))[0]
    refused, _ = everyday_names([tmp_path], contests)
    assert [one.line for one in refused] == [2]
    with_context = LEXICON + entry(1, term, kind, "word:pemilu|coblos")
    (tmp_path / "pilpres-2024.csv").write_text(with_context, encoding="utf-8")
    assert everyday_names([tmp_path], contests) == ([], [])


def test_names_that_people_bear_are_only_told(tmp_path: Path) -> None:
    from screening.ruleset.elections import read_contests
    from screening.ruleset.lexicon import everyday_names
    from screening.shipped import shipped

    contests = read_contests(shipped("data/elections"))[0]
    (tmp_path / "a.csv").write_text(
        LEXICON + entry(1, "Budi") + entry(2, "Baswedan") + entry(3, "Relawan Rekaan Xyz"), encoding="utf-8"
    )
    refused, told = everyday_names([tmp_path], contests)
    assert not refused
    assert [one.line for one in told] == [2]


def test_a_poisoned_lexicon_ends_a_run(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(HEAD + ROWS[0], encoding="utf-8")
    (tmp_path / "racun.csv").write_text(LEXICON + entry(1, "yang"), encoding="utf-8")
    words = ["run", str(tmp_path / "a.csv"), "--out", str(tmp_path / "o"), "--lexicon", str(tmp_path / "racun.csv")]
    assert program(words) == 4
    assert "racun.csv:2: 'yang' kata sehari-hari" in capfd.readouterr().err
    (tmp_path / "racun.csv").write_text(LEXICON + entry(1, "x" * 20_000), encoding="utf-8")
    assert program(words) == 4
    told = capfd.readouterr().err
    assert "racun.csv:2" in told
    assert len(told) < 500


def test_rules_that_differ_from_the_release_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening import release
    from screening.cli import doctor

    for name in ("lexicons/a.csv", "data/model/model.json", "data/acts/x/b.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("satu\n", encoding="utf-8")
    monkeypatch.setattr(release, "shipped", lambda name: tmp_path / name)
    assert release.changed() is None
    assert "tidak tercatat" in doctor._released()
    release.write()
    assert release.changed() == []
    (tmp_path / "lexicons/a.csv").write_bytes(b"satu\r\n")  # as some systems write it
    assert release.changed() == []
    (tmp_path / "lexicons/a.csv").write_text("dua\n", encoding="utf-8")
    (tmp_path / "data/acts/x/c.toml").write_text("baru", encoding="utf-8")
    (tmp_path / "data/model/model.json").unlink()
    assert release.changed() == ["data/acts/x/c.toml", "data/model/model.json", "lexicons/a.csv"]
    assert "BERBEDA dari rilis" in doctor._released()
    (tmp_path / release.LIST).write_text("{", encoding="utf-8")
    assert release.changed() == [release.LIST]
