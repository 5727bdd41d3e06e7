"""Lexicon rows: read from `lexicons/*.csv`, checked all at once, every problem with file and line."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from screening.errors import Problem
from screening.limits import limit
from screening.ruleset.conditions import Alternatives, parse_conditions
from screening.ruleset.patterns import Sequence, pattern_sequences, term_sequences
from screening.shipped import shipped
from screening.text.wordlists import word_rows

COLUMNS = (
    "entry_id", "term", "kind", "signal", "contestant_id", "contest", "match", "requires", "barred_by", "valid_from",
    "valid_to", "strength", "certainty", "source", "example", "counterexample", "note",
)  # fmt: skip
KINDS = (
    "name", "alias", "nickname", "mock", "pair", "number", "slogan", "hashtag", "symbol", "gesture", "party", "team",
    "volunteer", "phrase", "unnamed", "listed",
)  # fmt: skip
LISTED = "listed"  # the name of a candidate on a list (`ruleset/listed.py`)
MATCHES = ("token", "exact", "fuzzy", "pattern", "symbol")
CERTAINTIES = ("verified", "unverified")
NAMING = ("name", "alias", "nickname", "mock", "pair", "hashtag", "slogan", "party", "team", "volunteer")


@dataclass(frozen=True)
class Entry:
    """One row of a lexicon, ready to be compiled; `strength` already weighs certainty."""

    entry_id: str
    term: str
    kind: str
    signal: str
    contestant_id: str | None
    contest: str | None
    match: str
    requires: Alternatives
    barred_by: Alternatives
    valid_from: date | None
    valid_to: date | None
    strength: float
    certainty: str
    source: str
    example: str
    counterexample: str
    note: str
    sequences: tuple[Sequence, ...]
    file: str
    line: int


@lru_cache(maxsize=1)
def signal_groups() -> dict[str, str]:
    """Signal -> group, from `data/signals.toml`."""
    tables = tomllib.loads(shipped("data/signals.toml").read_text(encoding="utf-8"))
    return {signal: group for group, signals in tables.items() if isinstance(signals, dict) for signal in signals}


@lru_cache(maxsize=1)
def strengths() -> dict[str, float]:
    """Weights of kinds, certainty and manner of matching, with their reasons in `lexicons/words/bobot.csv`."""
    return {row["word"]: float(row["strength"]) for row in word_rows("bobot")}


def lexicon_files(folders: Iterable[Path]) -> list[Path]:
    """The CSV files directly in the given folders, and files given by name, in a stable order."""
    found: list[Path] = []
    for folder in folders:
        found += sorted(folder.glob("*.csv")) if folder.is_dir() else [folder]
    return found


def read_entries(paths: Iterable[Path]) -> tuple[list[Entry], list[Problem]]:
    """All usable entries of the files and everything that is wrong with the others."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    places: dict[str, str] = {}
    for path in paths:
        for line, row in _rows(path, problems):
            if long := [name for name, cell in row.items() if len(cell) > limit("lexicon", "term_characters")]:
                what = f"{', '.join(long)}: lebih dari {limit('lexicon', 'term_characters')} aksara"
                problems.append(Problem(path.name, line, what, "pendekkan; satu baris untuk satu istilah"))
                continue
            entry = entry_of(path.name, line, row, problems)
            if entry is None:
                continue
            if entry.entry_id in places:
                what = f"entry_id '{entry.entry_id}' sudah dipakai di {places[entry.entry_id]}"
                problems.append(Problem(path.name, line, what, "beri id lain"))
                continue
            places[entry.entry_id] = f"{path.name}:{line}"
            entries.append(entry)
    return sorted(entries, key=lambda entry: entry.entry_id), problems


def _rows(path: Path, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    try:
        if path.stat().st_size > limit("lexicon", "bytes"):
            problems.append(
                Problem(path.name, 0, "terlalu besar untuk sebuah leksikon", "pecah menjadi beberapa berkas")
            )
            return []
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(
            Problem(path.name, 0, f"berkas tidak terbaca ({type(error).__name__})", "simpan sebagai CSV UTF-8")
        )
        return []
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=delimiter)
    missing = [name for name in ("entry_id", "term", "kind", "signal") if name not in (reader.fieldnames or [])]
    unknown = [name for name in (reader.fieldnames or []) if name not in COLUMNS]
    if missing or unknown:
        what = "; ".join(
            f"kolom {word}: {', '.join(map(str, names))}"
            for word, names in (("kurang", missing), ("tidak dikenal", unknown))
            if names
        )
        problems.append(Problem(path.name, 1, what, "lihat docs/lexicons.md"))
        return []
    found = []
    for row in _parsed(reader, path, problems):
        if any((value or "").strip() for key, value in row.items() if isinstance(key, str)):
            if None in row:
                problems.append(
                    Problem(
                        path.name, reader.line_num, "terlalu banyak kolom", "beri tanda kutip pada sel yang berisi koma"
                    )
                )
                continue
            found.append((reader.line_num, {name: (row.get(name) or "").strip() for name in COLUMNS}))
    return found


def _parsed(reader: csv.DictReader[str], path: Path, problems: list[Problem]) -> Iterator[dict[str, str]]:
    """The rows up to one that cannot be parsed."""
    try:
        yield from reader
    except csv.Error:
        problems.append(
            Problem(path.name, reader.line_num, "baris CSV tidak terbaca", "periksa tanda kutip dan panjang selnya")
        )


def entry_of(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> Entry | None:
    """The entry of one row (all of COLUMNS, as text); None when something is wrong with it, which `problems` is told."""
    wrong: list[str] = []
    for name in ("entry_id", "term"):
        if not row[name]:
            wrong.append(f"{name} kosong")
    match = row["match"] or "token"
    certainty = row["certainty"] or "unverified"
    for name, value, allowed in (
        ("kind", row["kind"], KINDS), ("match", match, MATCHES), ("certainty", certainty, CERTAINTIES),
    ):  # fmt: skip
        if value not in allowed:
            wrong.append(f"{name} '{value}' tidak dikenal; pilihan: {', '.join(allowed)}")
    if row["signal"] not in signal_groups():
        wrong.append(f"signal '{row['signal']}' tidak ada di data/signals.toml")
    dates = {name: _date(name, row[name], wrong) for name in ("valid_from", "valid_to")}
    requires, barred = (_conditions(name, row[name], wrong) for name in ("requires", "barred_by"))
    sequences = _sequences(row, match, wrong)
    strength = _strength(row, certainty, wrong)
    if wrong:
        problems += [Problem(file, line, what) for what in wrong]
        return None
    return Entry(
        row["entry_id"], row["term"], row["kind"], row["signal"], row["contestant_id"] or None, row["contest"] or None,
        match, requires, barred, dates["valid_from"], dates["valid_to"], strength, certainty, row["source"],
        row["example"], row["counterexample"], row["note"], sequences, file, line,
    )  # fmt: skip


def _date(name: str, cell: str, wrong: list[str]) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        wrong.append(f"{name} '{cell}' bukan tanggal TTTT-BB-HH")
        return None


def _conditions(name: str, cell: str, wrong: list[str]) -> Alternatives:
    try:
        return parse_conditions(cell)
    except ValueError as error:
        wrong.append(f"{name}: {error}")
        return ()


def _sequences(row: dict[str, str], match: str, wrong: list[str]) -> tuple[Sequence, ...]:
    try:
        return pattern_sequences(row["term"]) if match == "pattern" else term_sequences(row["term"], row["kind"])
    except ValueError as error:
        wrong.append(f"term: {error}")
        return ()


def _strength(row: dict[str, str], certainty: str, wrong: list[str]) -> float:
    weights = strengths()
    try:
        own = float(row["strength"].replace(",", ".")) if row["strength"] else weights.get(f"kind:{row['kind']}", 1.0)
    except ValueError:
        own = -1.0
    if not 0 < own <= 1:
        wrong.append(f"strength '{row['strength']}' harus di antara 0 dan 1")
    return round(own * weights.get(f"certainty:{certainty}", 1.0), 4)
