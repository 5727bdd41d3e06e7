"""The ledger of decisions (`buku telaah`): one SQLite table that only grows, every entry chained to the one before.

An entry is (seq, at, who, kind, why, body, id, prev, hash): `at` UTC, `body` canonical JSON, `id` a hash of kind, who and
body (the same statement twice is one entry), `hash` over everything and the previous hash. Triggers refuse update, delete
and an insert out of line; `read` recomputes the whole chain. What a chain alone cannot show, a cut-off tail, is seen from
SQLite's own counter, from the seal file beside the ledger, and from a hash written down elsewhere (`anchor`).

Human statements and machine results never share a column: see the views `putusan_manusia` and `hasil_mesin`.
Connections live only inside one call, so that no lock and no open file is left behind (Windows).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from screening.errors import IntegrityError, UsageError
from screening.printable import one_line
from screening.review.schema import APPLICATION_ID, SCHEMA, made, plain

GENESIS = "0" * 64
_LARGE = 100_000  # characters of an entry from which it is worth remembering
_COLUMNS = "seq, at, who, kind, why, body, id, prev, hash"


@dataclass(frozen=True)
class Draft:
    """Something to be recorded: `who` says or did it, `kind` what it is, `why` the reason for recording it now."""

    kind: str
    who: str
    why: str
    body: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What makes two statements the same: kind, who and content; not when or why they were recorded."""
        return hashlib.sha256(canonical([self.kind, self.who, self.body]).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Entry(Draft):
    """A recorded draft with its place in the chain."""

    seq: int
    at: str
    entry_id: str
    prev: str
    hash: str


def canonical(value: Any) -> str:
    """JSON text with sorted keys and pure ASCII, so that also a lone surrogate of a post can be stored and hashed."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def head(entries: tuple[Entry, ...]) -> str:
    """The last hash: write it down outside (minutes, letter) to prove later that nothing was cut off."""
    return entries[-1].hash if entries else GENESIS


def read(path: Path, *, anchor: str = "") -> tuple[Entry, ...]:
    """Every entry, verified; none when the file does not exist. `anchor`: a hash that must occur in the chain.

    Raises IntegrityError (exit 5) when an entry was edited, removed, reordered or cut off, UsageError when the file is no
    ledger.
    """
    if not path.exists() or not path.stat().st_size:
        if anchor or seal_of(path).exists():
            raise IntegrityError(f"{path}: buku telaah tidak ada, padahal segelnya ada. Kembalikan dari cadangan.")
        return ()
    with _connect(path) as base:
        return _verified(base, path, anchor)


def append(path: Path, drafts: Iterable[Draft], *, at: datetime | None = None) -> tuple[Entry, ...]:
    """Record what is not yet recorded and return the new entries; the chain is verified first, all or nothing."""
    drafts = list(drafts)
    new = not path.exists()
    if new and seal_of(path).exists():
        raise IntegrityError(f"{path}: buku telaah tidak ada, padahal segelnya ada. Kembalikan dari cadangan.")
    path.parent.mkdir(parents=True, exist_ok=True)
    if new:
        _create(path)
    with _connect(path) as base:
        base.execute("BEGIN IMMEDIATE")
        if not _tables(base):  # an empty file that was there
            for statement in SCHEMA:
                base.execute(statement)
        entries = _verified(base, path, "")
        added = _chain(drafts, entries, at or datetime.now(UTC))
        base.executemany(f"INSERT INTO entries ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", map(_values, added))
        base.execute("COMMIT")
    if added:
        seal = seal_of(path)
        with seal.open("a", encoding="utf-8", newline="\n") as out:
            out.write(f"{added[-1].seq} {added[-1].hash} {added[-1].at}\n")
        with suppress(OSError):
            seal.chmod(0o600)
    return added


def _create(path: Path) -> None:
    """An empty ledger, whole or not at all; another process may have been first."""
    unfinished = path.with_name(f"{path.name}.baru-{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with _connect(unfinished) as base:
            for statement in ("BEGIN", *SCHEMA, "COMMIT"):
                base.execute(statement)
        with suppress(OSError):
            unfinished.chmod(0o600)
        with suppress(FileExistsError):
            if sys.platform == "win32":
                os.rename(unfinished, path)
            else:
                os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def seal_of(path: Path) -> Path:
    """The text file beside the ledger that repeats its last hash after every change."""
    return path.with_name(path.name + ".segel")


def _chain(drafts: list[Draft], entries: tuple[Entry, ...], at: datetime) -> tuple[Entry, ...]:
    known = {entry.entry_id for entry in entries}
    seq, prev = len(entries), head(entries)
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    added: list[Entry] = []
    for draft in drafts:
        if draft.id in known:
            continue
        known.add(draft.id)
        seq += 1
        body = json.loads(canonical(draft.body))
        digest = _digest(seq, moment, draft.who, draft.kind, draft.why, canonical(body), draft.id, prev)
        added.append(Entry(draft.kind, draft.who, draft.why, body, seq, moment, draft.id, prev, digest))
        prev = digest
    return tuple(added)


def _digest(*parts: Any) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def _values(entry: Entry) -> tuple[Any, ...]:
    body = canonical(entry.body)
    return entry.seq, entry.at, entry.who, entry.kind, entry.why, body, entry.entry_id, entry.prev, entry.hash


@contextmanager
def _connect(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as base:
            yield base
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise UsageError(f"{path}: buku telaah sedang dipakai proses lain; ulangi sebentar lagi.") from error
        if "not a database" in str(error):
            raise UsageError(f"{path}: bukan buku telaah.") from error
        if "disk is full" in str(error):
            raise OSError(errno.ENOSPC, "disk full", str(path)) from error
        if "unable to open" in str(error) or "readonly" in str(error):
            raise PermissionError(errno.EACCES, "permission denied", str(path)) from error
        if "disk I/O" in str(error):
            raise OSError(errno.EIO, "I/O error", str(path)) from error
        raise IntegrityError(f"{path}: buku telaah rusak atau terkunci pemicunya ({error}).") from error


def _tables(base: sqlite3.Connection) -> set[str]:
    return {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _verified(base: sqlite3.Connection, path: Path, anchor: str) -> tuple[Entry, ...]:
    try:
        return _entries(base, path, anchor)
    except (UnicodeError, ValueError, TypeError) as error:  # a byte of a text was changed
        raise IntegrityError(f"{path}: buku telaah rusak; kembalikan dari cadangan.") from error


def _entries(base: sqlite3.Connection, path: Path, anchor: str) -> tuple[Entry, ...]:
    if base.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or "entries" not in _tables(base):
        raise UsageError(f"{path}: bukan buku telaah.")
    _as_made(base, path)
    entries: list[Entry] = []
    prev = GENESIS
    for row in base.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY seq"):
        seq, _, _, _, _, body, _, before, digest = row
        if seq != len(entries) + 1 or before != prev:
            raise IntegrityError(
                f"{path}: rantai putus pada catatan {len(entries) + 1}: ada yang dihapus atau ditukar."
            )
        entry = _large_entry(*row) if len(body) > _LARGE else _entry(*row)
        if entry is None:
            raise IntegrityError(f"{path}: catatan {seq} berubah setelah ditulis.")
        entries.append(entry)
        prev = digest
    _not_cut(base, path, entries, anchor)
    return tuple(entries)


def _entry(
    seq: int, at: str, who: str, kind: str, why: str, body: str, key: str, before: str, digest: str
) -> Entry | None:
    """A row as an entry; None where its hashes are not those of its words."""
    if digest != _digest(seq, at, who, kind, why, body, key, before):
        return None
    entry = Entry(kind, who, why, json.loads(body), seq, at, key, before, digest)
    return entry if entry.id == key else None


# A registered run is one entry of megabytes. The same words give the same answer, so a program that stays open asks once.
_large_entry = lru_cache(maxsize=8)(_entry)


def _as_made(base: sqlite3.Connection, path: Path) -> None:
    """Triggers and views are those of the program, to the letter: one of the same name may do nothing."""
    rows = base.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    found, wanted = {(kind, name): plain(sql or "") for kind, name, sql in rows}, made()
    if missing := sorted(name for kind, name in wanted.keys() - found.keys()):
        raise IntegrityError(f"{path}: pemicu pelindung atau tampilan hilang: {', '.join(missing)}.")
    if other := sorted(name for (kind, name), sql in found.items() if wanted.get((kind, name)) != sql):
        raise IntegrityError(f"{path}: pemicu atau tampilan diganti atau ditambahkan: {one_line(', '.join(other))}.")


def unsealed(path: Path) -> bool:
    """Whether a ledger stands there without its seal: then a cut-off tail can only be told by a hash written down outside."""
    return path.exists() and path.stat().st_size > 0 and not seal_of(path).exists()


def _not_cut(base: sqlite3.Connection, path: Path, entries: list[Entry], anchor: str) -> None:
    counter = base.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entries'").fetchone()
    if (counter[0] if counter else 0) != len(entries):
        raise IntegrityError(
            f"{path}: catatan terakhir hilang: pernah ada {counter[0] if counter else 0}, kini {len(entries)}."
        )
    hashes = {entry.hash for entry in entries}
    for (
        entry
    ) in entries:  # a ledger that was rewritten to forget something still knows what was written down of it before
        hashes.update(entry.body.get("before", ()) if entry.kind == "pemusnahan" else ())
    if anchor and not any(known.startswith(anchor.lower()) for known in hashes):
        raise IntegrityError(
            f"{path}: sidik {anchor[:16]} yang dicatat di luar tidak ada di buku ini: ekornya terpotong atau bukunya lain."
        )
    seal = seal_of(path)
    lines = seal.read_text(encoding="utf-8", errors="replace").split("\n") if seal.exists() else []
    sealed = [line.split()[1] for line in lines if len(line.split()) == 3]
    if sealed and sealed[-1] not in hashes:
        raise IntegrityError(f"{path}: tidak cocok dengan {seal.name}: ekornya terpotong atau bukunya diganti.")
