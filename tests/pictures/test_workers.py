"""A picture may kill, hang or upset its worker: the next one is read all the same. Readings are kept without telling anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from screening.pictures import workers
from screening.pictures.cache import Cache
from screening.pictures.workers import CRASHED, SLOW, Worker
from tests.pictures.workers_at_work import fragile


def test_a_crash_costs_one_picture() -> None:
    with Worker(fragile) as worker:
        assert worker.read(b"satu")["lines"][0][0] == "satu"
        assert worker.read(b"mati") == {"refused": CRASHED}
        assert worker.read(b"galat") == {"refused": "gambar tidak dapat dibaca (ValueError)"}
        assert worker.read(b"dua")["lines"][0][0] == "dua"


def test_a_hang_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "limit", lambda name: {"seconds": 5, "pictures_per_worker": 9}[name])
    with Worker(fragile, seconds=1) as worker:
        assert worker.read(b"satu")["lines"][0][0] == "satu"
        assert worker.read(b"macet") == {"refused": SLOW}
        assert worker.read(b"dua")["lines"][0][0] == "dua"


def test_a_worker_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "limit", lambda name: {"seconds": 60, "pictures_per_worker": 2}[name])
    with Worker(fragile) as worker:
        ids = [worker.read(b"x")["pid"] for _ in range(5)]
    assert ids[0] == ids[1] != ids[2] == ids[3] != ids[4]


def test_the_cache_tells_nothing_without_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "simpan.sqlite"
    kept = {
        "lines": [["RAHASIA SEKALI", 0.9, [0, 0, 1, 1]]],
        "codes": [],
        "taken": "2024-11-01",
        "small": b"\xff\xd8rahasia",
    }
    cache = Cache(path, "mesin")
    cache.put(b"bytes gambar", kept)
    assert cache.get(b"bytes gambar") == kept
    assert cache.get(b"bytes lain") is None
    cache.close()
    assert b"RAHASIA" not in path.read_bytes()
    assert b"2024-11-01" not in path.read_bytes()
    other = Cache(path, "mesin lain")
    assert other.get(b"bytes gambar") is None
    other.close()


def test_a_damaged_cache_is_none(tmp_path: Path) -> None:
    path = tmp_path / "simpan.sqlite"
    path.write_bytes(b"bukan basis data" * 100)
    cache = Cache(path, "mesin")
    assert cache.get(b"x") is None
    cache.put(b"x", {"lines": []})
    cache.close()
    with sqlite3.connect(path) as held:
        held.execute("UPDATE readings SET content = x'00ff00'")
    held.close()
    again = Cache(path, "mesin")
    assert again.get(b"x") is None
    again.close()
