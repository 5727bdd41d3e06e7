"""The ledger only grows, and whoever edits, deletes, reorders or cuts it is found out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.errors import IntegrityError, UsageError
from screening.review.ledger import GENESIS, Draft, append, head, read, seal_of


def vote(n: int, who: str = "Ani") -> Draft:
    return Draft("putusan", who, "uji", {"verdict": f"V{n}", "activity_id": f"a{n}"})


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "buku.sqlite"
    append(path, [vote(n) for n in range(5)])
    return path


def tamper(path: Path, *statements: str) -> None:
    """What someone with an SQLite tool could do: drop the guards, change rows, put the guards back."""
    with closing(sqlite3.connect(path)) as base:
        guards = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            base.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            base.execute(statement)
        for _, sql in guards:
            base.execute(sql)
        base.commit()


def test_a_missing_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert read(tmp_path / "tidak-ada.sqlite") == ()
    assert head(()) == GENESIS


def test_entries_come_back_as_written_with_who_when_and_why(ledger: Path) -> None:
    first = read(ledger)[0]
    assert (first.kind, first.who, first.why, first.body["verdict"]) == ("putusan", "Ani", "uji", "V0")
    assert first.at.endswith("+00:00")


def test_the_same_statement_twice_is_one_entry_whenever_and_whyever_it_is_recorded(ledger: Path) -> None:
    before = head(read(ledger))
    again = Draft("putusan", "Ani", "alasan lain", {"activity_id": "a3", "verdict": "V3"})
    assert append(ledger, [again, again]) == ()
    assert head(read(ledger)) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET who = 'Budi' WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 5",
        "INSERT OR REPLACE INTO entries SELECT 2, at, 'Budi', kind, why, body, id || 'x', prev, hash || 'x' "
        "FROM entries WHERE seq = 2",
        "INSERT OR REPLACE INTO entries SELECT 6, at, 'Budi', kind, why, body, id, hash, 'y' FROM entries WHERE seq = 5",
        "REPLACE INTO entries SELECT seq, at, 'Budi', kind, why, body, id, prev, hash FROM entries WHERE seq = 5",
        "INSERT INTO entries SELECT 9, at, who, kind, why, body, 'x', prev, 'y' FROM entries WHERE seq = 5",
        "INSERT INTO entries SELECT 6, at, who, kind, why, body, 'x', prev, 'y' FROM entries WHERE seq = 5",
    ],
)
def test_the_database_itself_refuses_changes(ledger: Path, statement: str) -> None:
    with closing(sqlite3.connect(ledger)) as base, pytest.raises(sqlite3.IntegrityError):
        base.execute(statement)
    assert len(read(ledger)) == 5


TAMPERINGS = {
    "edited body": ["UPDATE entries SET body = replace(body, 'V2', 'V9') WHERE seq = 3"],
    "edited name": ["UPDATE entries SET who = 'Budi' WHERE seq = 1"],
    "edited time": ["UPDATE entries SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 1"],
    "edited reason": ["UPDATE entries SET why = 'lain' WHERE seq = 4"],
    "deleted in the middle": ["DELETE FROM entries WHERE seq = 3"],
    "deleted in the middle with its counter": [
        "DELETE FROM entries WHERE seq = 3",
        "UPDATE sqlite_sequence SET seq = 4",
    ],
    "deleted and renumbered": ["DELETE FROM entries WHERE seq = 3", "UPDATE entries SET seq = seq - 1 WHERE seq > 3"],
    "first one deleted": ["DELETE FROM entries WHERE seq = 1"],
    "reordered": [
        "UPDATE entries SET seq = 99 WHERE seq = 2",
        "UPDATE entries SET seq = 2 WHERE seq = 3",
        "UPDATE entries SET seq = 3 WHERE seq = 99",
    ],
    "truncated": ["DELETE FROM entries WHERE seq = 5"],
    "truncated with its counter": ["DELETE FROM entries WHERE seq = 5", "UPDATE sqlite_sequence SET seq = 4"],
    "everything gone": ["DELETE FROM entries", "UPDATE sqlite_sequence SET seq = 0"],
}


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_found(ledger: Path, statements: list[str]) -> None:
    tamper(ledger, *statements)
    with pytest.raises(IntegrityError):
        read(ledger)
    with pytest.raises(IntegrityError):
        append(ledger, [vote(9)])


def test_a_cut_tail_with_a_forged_seal_is_found_by_the_hash_written_down_outside(ledger: Path) -> None:
    anchor = head(read(ledger))
    fourth = read(ledger)[3].hash
    tamper(ledger, "DELETE FROM entries WHERE seq = 5", "UPDATE sqlite_sequence SET seq = 4")
    seal_of(ledger).write_text(f"4 {fourth} 2024-01-01\n", encoding="utf-8")
    assert len(read(ledger)) == 4  # the chain alone cannot know
    with pytest.raises(IntegrityError, match="dicatat di luar"):
        read(ledger, anchor=anchor)


def test_an_anchor_stays_valid_while_the_ledger_grows(ledger: Path) -> None:
    anchor = head(read(ledger))
    append(ledger, [vote(9)])
    assert len(read(ledger, anchor=anchor)) == 6


def test_dropped_guards_are_found(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as base:
        base.execute("DROP TRIGGER entries_no_update")
    with pytest.raises(IntegrityError, match="pemicu"):
        read(ledger)


def test_a_vanished_ledger_is_not_silently_begun_again(ledger: Path) -> None:
    ledger.unlink()
    for action in (lambda: read(ledger), lambda: append(ledger, [vote(1)])):
        with pytest.raises(IntegrityError, match="segel"):
            action()


@pytest.mark.parametrize("content", [b"bukan basis data" * 100, b"x"], ids=["text", "one byte"])
def test_a_foreign_file_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catatan.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="bukan buku telaah"):
        read(path)


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lain.sqlite"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE lain (x)")
        base.commit()
    before = path.read_bytes()
    with pytest.raises(UsageError, match="bukan buku telaah"):
        append(path, [vote(1)])
    assert path.read_bytes() == before


def test_nothing_is_written_when_one_of_the_drafts_fails(ledger: Path) -> None:
    with pytest.raises(TypeError):
        append(ledger, [vote(7), Draft("putusan", "Ani", "uji", {"x": object()})])
    assert len(read(ledger)) == 5


def test_no_file_stays_open_or_locked(ledger: Path) -> None:
    read(ledger)
    append(ledger, [vote(8)])
    assert sorted(path.name for path in ledger.parent.iterdir()) == ["buku.sqlite", "buku.sqlite.segel"]
    moved = ledger.rename(ledger.with_name("pindah.sqlite"))  # Windows refuses this while anything holds the file
    assert len(read(moved)) == 6


def test_a_busy_ledger_says_so(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(
        "screening.review.ledger.sqlite3.connect", lambda path, **_: connect(path, timeout=0, isolation_level=None)
    )
    with closing(connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UsageError, match="sedang dipakai"):
            append(ledger, [vote(9)])


def test_two_processes_appending_do_not_lose_anything(ledger: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from screening.review.ledger import Draft, append\n"
        "for n in range(10): append(Path(sys.argv[1]), [Draft('putusan', sys.argv[2], 'uji', {'n': n})])"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(ledger), who]) for who in ("Budi", "Citra")]
    assert [one.wait(60) for one in running] == [0, 0]
    assert len(read(ledger)) == 25


def test_human_statements_and_machine_results_never_share_a_column(ledger: Path) -> None:
    def columns(view: str) -> set[str]:
        with closing(sqlite3.connect(ledger)) as base:
            return {row[1] for row in base.execute(f"PRAGMA table_info({view})")}

    keys = {"seq", "at", "activity_id", "act_id", "ruleset_version"}
    assert columns("putusan_manusia") & columns("hasil_mesin") == keys


@settings(max_examples=20)
@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers() | st.none(), max_size=3), max_size=8
    )
)
def test_any_content_survives_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.mktemp("buku") / "buku.sqlite"
    append(path, [Draft("putusan", "Ani", "uji", body) for body in bodies])
    found = [entry.body for entry in read(path)]
    unique: list[dict[str, object]] = []
    for body in bodies:
        if body not in unique:
            unique.append(body)
    assert found == unique


def test_a_lone_surrogate_of_a_post_can_be_recorded(tmp_path: Path) -> None:
    path = tmp_path / "buku.sqlite"
    append(path, [Draft("putusan", "Ani", "uji", {"note": "a\ud83db"})])
    assert read(path)[0].body["note"] == "a\ud83db"


def test_the_ledger_is_not_readable_by_others(ledger: Path) -> None:
    if sys.platform != "win32":
        assert ledger.stat().st_mode & 0o077 == 0


def test_a_cut_tail_is_found_by_the_last_line_of_the_seal_even_when_the_counter_was_set_back(ledger: Path) -> None:
    append(ledger, [vote(n) for n in range(5, 8)])
    assert len(seal_of(ledger).read_text(encoding="utf-8").splitlines()) == 2
    tamper(ledger, "DELETE FROM entries WHERE seq > 5", "UPDATE sqlite_sequence SET seq = 5 WHERE name = 'entries'")
    with pytest.raises(IntegrityError, match="segel"):
        read(ledger)
