"""Fuzz the books: of a damaged table every line is a record read, a record rejected, or counted. Nothing else may happen.

`python -m tests.readers.fuzz_books [--cases 5000] [--seed 1]`. Lines are counted here, independently of the readers.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screening.readers.core.decoding import decoded
from screening.readers.core.delimited import dialect
from screening.readers.core.reader import Columns, Context, Counted, Note, Reader, Rejection, Unread
from screening.readers.core.source import SourceError
from screening.readers.ingest.plan import recognise
from tests.readers.cases import cases
from tests.readers.fuzz import bytes_changed, cells_swapped, source_of

ZONE = ZoneInfo("Asia/Jakarta")
_OWN_LINES = (
    "tweet-harvest",
    "linkedin",
    "takeout",
    "mastodon",
    "x-grailbird",
)  # platforms' CSV: their tests count for themselves
ODD_LINES = (
    b"", b"   ", b",,,,,", b";;;", b"x", b'{"zzz": 1}', b"\xff\xfe", b'{"a":' * 300, b"[" * 500, b"null", b'"',
)  # fmt: skip
_LINE = re.compile(r"^line (\d+)")


def quotes_opened(made: bytes, chance: random.Random) -> bytes:
    """Quotes put in at the beginning, the end or the middle of cells, where nobody closes them."""
    lines = made.split(b"\n")
    mark = max((b",", b";", b"\t"), key=made.count)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        cells = lines[at].split(mark)
        which = chance.randrange(len(cells))
        cells[which] = chance.choice(
            (b'"' + cells[which], cells[which] + b'"', cells[which][:2] + b'"' + cells[which][2:])
        )
        lines[at] = mark.join(cells)
    return b"\n".join(lines)


def lines_put_in(made: bytes, chance: random.Random) -> bytes:
    """Blank lines, lines of separators, lines of another table, lines that are no UTF-8."""
    lines = made.split(b"\n")
    for _ in range(chance.choice((1, 3, 9))):
        odd = chance.choice(ODD_LINES)
        lines.insert(chance.randrange(1, len(lines) + 1), odd)
    return b"\n".join(lines)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    bytes_changed, cells_swapped, quotes_opened, quotes_opened, lines_put_in, lines_put_in,
)  # fmt: skip


def tables() -> list[tuple[str, bytes]]:
    """Every CSV, JSONL and XLSX of the cases that is a table, made some rows longer."""
    found = []
    for files in cases().values():
        for path, made in files.items():
            if path.endswith((".csv", ".jsonl", ".ndjson", ".tsv")) and b"\x00" not in made:
                found.append((path, made))
    return found


def items_of(reader: Reader, source: Any, detail: Any) -> Iterator[Any]:
    context = Context(ZONE, "asn_0001", detail)
    yield from reader.tables(source, context, 50) if reader.tables else reader.read(source, context)  # type: ignore[misc]


def accounted(reader: Reader, items: Iterator[Any]) -> tuple[set[str], int]:
    """The pointers of all records, and how many lines were counted instead."""
    pointers: set[str] = set()
    counted = 0
    for item in items:
        if isinstance(item, Columns):
            pointers |= set(item.frame["source_pointer"]) | {rejection.pointer for rejection in item.rejected}
        elif isinstance(item, Counted):
            counted += item.number
        elif isinstance(item, Rejection):
            pointers.add(item.pointer)
        elif not isinstance(item, (Note, Unread)):
            pointers.add(item["source_pointer"])
    return pointers, counted


def check(path: str, made: bytes) -> str:
    """What is wrong with the books of a damaged file, or the empty string."""
    source = source_of(path, made)
    planned = recognise(source)
    if planned.outcome != "read" or planned.reader is None or planned.reader.name.startswith(_OWN_LINES):
        return ""  # the whole file is told by name
    reader = planned.reader
    delimited = dialect(source) if path.endswith((".csv", ".tsv")) else None
    try:
        pointers, counted = accounted(reader, items_of(reader, source, planned.claim.detail))
    except SourceError:
        return ""
    text = decoded(made)
    lines = text.split("\r" if delimited is not None and delimited.cr else "\n")
    total = len(lines) - (lines[-1] == "")
    if delimited is None:  # JSON lines: blank ones hold nothing
        if not all(_LINE.match(pointer) for pointer in pointers):
            return ""  # read as one JSON document
        filled = {number for number, line in enumerate(lines, start=1) if line.strip("\x00 \t\r\n\ufeff")}
        met = {int(_LINE.match(pointer)[1]) for pointer in pointers}  # type: ignore[index]
        missing = filled - met
        return f"baris {sorted(missing)[:5]} hilang" if len(missing) > counted else ""
    header = (1 + delimited.skip) if reader.tables else 0
    if len(pointers) + counted + header != total:
        return f"{total} baris, tetapi {len(pointers)} catatan + {counted} dihitung + {header} kepala"
    return ""


def workbook(chance: random.Random) -> tuple[bytes, int]:
    """A hand-made table as XLSX with odd rows, and how many of its rows hold anything."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[Any]] = [["Rekap"], ["No", "Nama", "Akun", "Platform", "Tanggal", "Jenis", "Isi", "Link"]]
    for number in range(chance.randrange(1, 12)):
        rows.append(
            [number, f"Pegawai {number}", f"@asn_{number:04d}", "Instagram", f"{number + 1}/10/2024",
             chance.choice(["Posting", "Like & Komentar", "NIHIL", "x"]), chance.choice(["halo", "", "nihil", None]),
             chance.choice(["https://instagram.com/p/1", "-", None])]
        )  # fmt: skip
    overflow = [None] * 6 + ["lanjutan"]
    odd: tuple[list[Any], ...] = (["Jumlah", 3], [], [None] * 8, ["Mengetahui,"], rows[1], overflow)
    for _ in range(chance.randrange(6)):
        rows.insert(chance.randrange(2, len(rows) + 1), list(chance.choice(odd)))
    for row in rows:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue(), sum(any(cell not in (None, "") for cell in row) for row in rows)


def check_workbook(made: bytes, rows: int) -> str:
    """What is wrong with the books of a workbook, or the empty string."""
    source = source_of("rekap.xlsx", made)
    planned = recognise(source)
    if planned.outcome != "read" or planned.reader is None:
        return ""
    blank = counted = 0
    pointers: set[str] = set()
    for item in items_of(planned.reader, source, planned.claim.detail):
        if isinstance(item, Counted):
            blank += item.number if item.what == "baris kosong" else 0
            counted += item.number
        elif isinstance(item, Rejection):
            pointers.add(item.pointer)
        elif not isinstance(item, (Note, Unread)):
            pointers.add(item["source_pointer"])
    met = len(pointers) + counted - blank
    # A cell of blanks or a dash is blank to the reader and not to us.
    return "" if rows - blank <= met <= rows else f"{rows} baris, tetapi {met} (kosong {blank})"


def fuzz(total: int, seed: int) -> int:
    """Run the cases; returns how many books are wrong."""
    files = tables()
    failures = 0
    for number in range(total):
        chance = random.Random(f"{seed}/{number}")
        if number % 10 == 9:
            made, rows = workbook(chance)
            path, wrong = "rekap.xlsx", check_workbook(made, rows)
        else:
            path, made = chance.choice(files)
            made = chance.choice(MUTATIONS)(made, chance)
            wrong = check(path, made) if made else ""
        if wrong:
            failures += 1
            kept = Path(tempfile.gettempdir()) / f"books-{zlib.crc32(made):08x}-{Path(path).name}"
            kept.write_bytes(made)
            print(f"GAGAL {path} benih {seed}/{number}: {wrong} -> {kept}", file=sys.stderr)
    print(f"{total} tabel rusak, {failures} dengan pembukuan yang tidak cocok")
    return failures


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    sys.exit(1 if fuzz(given.cases, given.seed) else 0)


if __name__ == "__main__":
    main()
