"""Many activities with 5 % damaged records of twenty kinds, and the books that a run must give: what is counted exactly.

`python -m tests.bulk FOLDER [--rows 1000000] [--form csv|jsonl]` makes the file, screens it and compares; one line a form.
Everybody in it is invented.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

COLUMNS = ("record_id", "platform", "actor", "kind", "happened_at", "text")
EVERY = 20  # one of so many records is damaged
SAID = "Ayo coblos Prabowo Gibran nomor 2 hari ke-{}"


def good(number: int) -> dict[str, str]:
    """A record that must be screened under its own text."""
    text = SAID.format(number) if number % 50 == 0 else f"Rapat dinas nomor urut surat {number}"
    day = f"2023-12-{1 + number % 28:02d}T{number % 24:02d}:{number % 60:02d}:00+07:00"
    return dict(zip(COLUMNS, (f"r{number}", "instagram", f"asn_{number % 997:04d}", "post", day, text), strict=True))


def _with(**cells: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda row: {**row, **cells}


# Damage that a record of any form can have: (name, what becomes of it, whether it is rejected). What is not rejected keeps its row.
CELLS: list[tuple[str, Callable[[dict[str, str]], dict[str, str]], bool]] = [
    ("unknown kind", _with(kind="zzz"), True),
    ("kind of control signs", _with(kind="\x1b[2J"), True),
    ("kind too long", _with(kind="post" * 500), True),
    ("kind as a number", _with(kind="7"), True),
    ("kind as a formula", _with(kind="=1+1"), True),
    ("kind turned around", _with(kind="\u202etsop"), True),
    ("no kind", _with(kind=""), True),
    ("impossible day", _with(happened_at="31/02/2024"), True),
    ("day in words", _with(happened_at="kemarin"), False),
    ("day as a huge number", _with(happened_at="9" * 30), True),
    ("unknown platform", _with(platform="zzz"), False),
]
LINES: dict[str, list[tuple[str, Callable[[int], bytes], int]]] = {
    # (name, the bytes of the line, how many rejected records it is)
    "csv": [
        ("too few cells", lambda n: b"x,instagram", 1),
        ("too many cells", lambda n: b"x,instagram,asn_0001,post,2023-12-01,teks,lebih,lagi", 1),
        ("one word", lambda n: b"rusak", 1),
        ("semicolons", lambda n: b"x;instagram;asn_0001;post;2023-12-01;teks", 1),
        ("binary", lambda n: b"\x01\x02\xfe\xff", 1),
        ("broken UTF-8", lambda n: b"\xff\xfe\xfd,zz", 1),
        ("JSON", lambda n: b"{rusak}", 1),
        ("markup", lambda n: b"<tr><td>rusak</td></tr>", 1),
        ("kind missing", lambda n: f"k{n},instagram,asn_0001,,2023-12-01,teks {n}".encode(), 1),
    ],
    "jsonl": [
        ("cut off", lambda n: b'{"record_id": "x", "kind": "po', 1),
        ("nested 500 deep", lambda n: b'{"a":' * 500 + b"1" + b"}" * 500, 1),
        ("none of our columns", lambda n: b'{"zzz": 1}', 1),
        ("a list", lambda n: b"[1, 2, 3]", 1),
        ("a number", lambda n: b"17", 1),
        ("null", lambda n: b"null", 1),
        ("a word", lambda n: b"rusak", 1),
        ("binary", lambda n: b"\x01\x02\xfe\xff", 1),
        ("two records", lambda n: b'{"zzz": 1}{"zzz": 2}', 1),
    ],
}


def lines(rows: int, form: str) -> Iterator[tuple[bytes, int | None]]:
    """Each line of the file with the number of its record when it is to be screened, None when it is to be rejected."""
    chance, kinds = random.Random(20261201), len(CELLS) + len(LINES[form])
    for number in range(rows):
        if number % EVERY:
            yield _line(good(number), form), number
            continue
        which = (number // EVERY) % kinds if number < kinds * EVERY else chance.randrange(kinds)
        if which < len(CELLS):
            _, change, rejected = CELLS[which]
            yield _line(change(good(number)), form), None if rejected else number
        else:
            yield LINES[form][which - len(CELLS)][1](number), None


def _line(row: dict[str, str], form: str) -> bytes:
    return (json.dumps(row) if form == "jsonl" else ",".join(row.values())).encode()


def write(path: Path, rows: int, form: str) -> tuple[set[int], set[int]]:
    """The file; numbers of the records to be screened, and file lines of those to be rejected."""
    kept, refused = set(), set()
    with path.open("wb") as out:
        at = 1
        if form == "csv":
            out.write(",".join(COLUMNS).encode() + b"\n")
            at = 2
        for content, number in lines(rows, form):
            out.write(content + b"\n")
            if number is None:
                refused.add(at)
            else:
                kept.add(number)
            at += 1
    return kept, refused


def compare(folder: Path, kept: set[int], refused: set[int], form: str) -> list[str]:
    """What differs between a run and what it must be; nothing when all is exact."""
    activities = pd.read_parquet(folder / "activities.parquet", columns=["record_id", "source_pointer"])
    rejected = pd.read_parquet(folder / "rejected.parquet", columns=["source_pointer"])
    wrong = []
    screened = activities["record_id"].tolist()
    if len(screened) != len(kept) or set(screened) != {f"r{number}" for number in kept}:
        wrong.append(f"{form}: {len(screened)} disaring, seharusnya {len(kept)}")
    told = rejected["source_pointer"].str.extract(r"(\d+)$")[0].astype(int).tolist()
    if sorted(told) != sorted(refused):
        lost, more = sorted(refused - set(told)), sorted(set(told) - refused)
        wrong.append(f"{form}: {len(told)} ditolak, seharusnya {len(refused)}; kurang {lost[:5]}, lebih {more[:5]}")
    begin = 2 if form == "csv" else 1
    places = activities["source_pointer"].str.extract(r"(\d+)$")[0].astype(int) - begin
    numbers = activities["record_id"].str[1:].astype(int)
    if (places != numbers).any():
        wrong.append(f"{form}: {int((places != numbers).sum())} aktivitas menunjuk baris lain")
    return wrong


def main() -> None:
    """Make, screen, compare, tell."""
    from screening.cli.app import run

    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--form", choices=[*LINES], action="append")
    chosen = given.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for form in chosen.form or [*LINES]:
        path, out = chosen.folder / f"banyak.{form}", chosen.folder / f"hasil-{form}"
        kept, refused = write(path, chosen.rows, form)
        start = time.monotonic()
        code = run(["run", str(path), "--out", str(out), "--overwrite"])
        wrong = compare(out, kept, refused, form)
        print(
            f"{form}: kode {code}, {len(kept)} baik, {len(refused)} ditolak, {time.monotonic() - start:.0f} s; {wrong or 'tepat'}"
        )
        if wrong or code:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
