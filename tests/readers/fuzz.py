"""Fuzz every reader of the registry: damaged bytes, cut files, swapped types. No crash, no hang, honest books.

`python -m tests.readers.fuzz [--cases 20000] [--seed 1] [--reader NAME]`; a failure prints reader, case and seed, and
leaves the bytes in a file, so that it can be run again.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import random
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from screening.readers.core.reader import Context, Counted, Note, Reader, Unread
from screening.readers.core.source import Source, SourceError
from screening.readers.ingest.pile import Pile, Tally
from screening.readers.ingest.plan import recognise
from screening.readers.ingest.registry import FALLBACKS, READERS
from screening.tables import ACTIVITIES, FILES, REJECTED
from tests.readers.cases import cases

ZONE = ZoneInfo("Asia/Jakarta")
SECONDS = 20  # a case takes milliseconds; on a busy machine, seconds
ODD = (
    None,
    True,
    0,
    -1,
    1e308,
    10**30,
    "",
    "0",
    " ",
    [],
    {},
    [[]],
    "\ud800",
    "\x00",
    "31/02/2024",
    "1,79E+18",
    "x" * 5000,
)
TOKENS = (b'"', b"\n", b"\r", b",", b";", b"\t", b"{", b"}", b"[", b"]", b"\x00", b"\xff", b"\xef\xbb\xbf", b"NaN", b"1e999",
          b"\\u0000", b"null", b"\xe2\x80\xae", b"-" * 40, b"[" * 300, b'{"a":' * 300, b"9" * 5000, b"'", b"=1+1")  # fmt: skip


class Hang(Exception):
    """A case ran longer than it may."""


def source_of(path: str, made: bytes) -> Source:
    """A file in memory."""
    return Source("ekspor", path, len(made), lambda: io.BytesIO(made))


def seeds(reader: Reader) -> list[tuple[str, bytes]]:
    """Files of all cases that this reader claims, unpacked to any depth the walker goes."""
    return _seeds().get(reader.name, [])


@lru_cache(maxsize=1)
def _seeds() -> dict[str, list[tuple[str, bytes]]]:
    """By the name of the reader that claims them, in the order of the cases."""
    from screening.readers.core.archive import sources
    from tests.readers.cases import write

    found: dict[str, list[tuple[str, bytes]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, files in cases().items():
            for source in sources([write(files, Path(folder) / name)]):
                claimed = recognise(source).reader
                if claimed is not None:
                    with source.open() as stream:
                        found.setdefault(claimed.name, []).append((source.path, stream.read()))
    return found


def bytes_changed(made: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, cut out, doubled or put in; or the end missing."""
    data = bytearray(made)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        way = chance.randrange(6)
        if way == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif way == 1:
            data[at:at] = chance.choice(TOKENS)
        elif way == 2:
            del data[at : at + chance.choice((1, 3, 30))]
        elif way == 3:
            data[at:at] = data[at : at + chance.choice((5, 50, 500))]
        elif way == 4:
            del data[at:]
        else:
            other = chance.randrange(len(data) + 1)
            data[at : at + 20], data[other : other + 20] = data[other : other + 20], data[at : at + 20]
    return bytes(data)


def types_swapped(made: bytes, chance: random.Random) -> bytes:
    """One or two values of a JSON document (or of its lines) replaced by something of another kind."""
    start = next((at for at, byte in enumerate(made) if byte in b"{["), -1)
    if start < 0 or (start and b"=" not in made[:start]):
        return bytes_changed(made, chance)
    try:
        values = [json.loads(made[start:].decode().rstrip("; \n"))]
        lines = False
    except ValueError:
        try:
            values, lines = [json.loads(line) for line in made.decode().split("\n") if line.strip()], True
        except ValueError:
            return bytes_changed(made, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        places = list(_places(values))
        holder, key = chance.choice(places)
        if chance.random() < 0.2 and isinstance(holder, dict):
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    texts = [json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace") for value in values]
    return b"\n".join(texts) if lines else made[:start] + texts[0]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(pairs):
        yield value, key
        yield from _places(item)


def cells_swapped(made: bytes, chance: random.Random) -> bytes:
    """Cells of a delimited text replaced, rows doubled or shortened."""
    lines = made.split(b"\n")
    mark = max((b",", b";", b"\t"), key=made.count)
    for _ in range(chance.choice((1, 2, 4))):
        at = chance.randrange(len(lines))
        cells = lines[at].split(mark)
        which = chance.randrange(len(cells))
        odd = chance.choice(ODD)
        cells[which] = str(odd if odd is not None else "").encode("utf-8", "replace")
        lines[at] = mark.join(cells if chance.random() < 0.7 else cells[:which])
        if chance.random() < 0.2:
            lines.insert(chance.randrange(len(lines)), lines[at])
    return b"\n".join(lines)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (bytes_changed, types_swapped, cells_swapped)


def run(reader: Reader, path: str, made: bytes) -> tuple[Any, Any, Any]:
    """Read damaged bytes with a reader that may or may not claim them; checks the books and the contracts' shape."""
    source = source_of(path, made)
    try:
        claim = reader.recognise(source)
    except SourceError:
        return None, None, None
    if claim is None or claim.ignored or not made:
        return None, None, None
    pile, tally = Pile(), Tally(source, reader.name)
    context = Context(ZONE, "asn_0001", claim.detail)
    try:
        if reader.owner is not None:
            reader.owner(source)
        found = reader.tables(source, context, 1000) if reader.tables else reader.read(source, context)  # type: ignore[misc]
        for item in found:
            if isinstance(item, (Note, Counted, Unread)):
                tally.remark(item)
            else:
                pile.add(tally, item)
    except SourceError:
        pass
    pile.close(tally)
    read = pile.reading()
    row = read.files.iloc[0]
    assert row["read"] == row["activities"] + row["duplicate"] + row["rejected"]
    assert row["activities"] == len(read.activities)
    assert row["rejected"] == len(read.rejected)
    return read.activities, read.rejected, read.files


def check(tables: tuple[Any, Any, Any]) -> None:
    """The full contracts (slow)."""
    if tables[0] is not None:
        for contract, table in zip((ACTIVITIES, REJECTED, FILES), tables, strict=True):
            contract.check(table)


def _alarm(*_: Any) -> None:
    raise Hang


def fuzz(total: int, seed: int, only: str = "") -> int:
    """Run the cases, spread evenly over the readers; returns the number of failures."""
    readers = [reader for reader in (*READERS, *FALLBACKS) if only in ("", reader.name)]
    failures = slowest = done = 0
    begun = time.monotonic()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _alarm)
    for reader in readers:
        files = seeds(reader)
        if not files:
            print(f"{reader.name}: tidak ada kasus", file=sys.stderr)
            continue
        for number in range(-(-total // len(readers))):
            chance = random.Random(f"{seed}/{reader.name}/{number}")
            path, made = chance.choice(files)
            packed = path.endswith((".xlsx", ".parquet"))
            mutate = bytes_changed if packed else chance.choice(MUTATIONS)
            damaged = mutate(made, chance)
            started = time.monotonic()
            try:
                if hasattr(signal, "SIGALRM"):
                    signal.alarm(SECONDS)
                tables = run(reader, path, damaged)
                if number % 50 == 0:
                    check(tables)
            except Exception as error:
                failures += 1
                kept = Path(tempfile.gettempdir()) / f"fuzz-{reader.name}-{zlib.crc32(damaged):08x}"
                kept.write_bytes(damaged)
                print(
                    f"GAGAL {reader.name} {path} benih {seed}/{number}: {type(error).__name__}: {error} -> {kept}",
                    file=sys.stderr,
                )
            finally:
                if hasattr(signal, "SIGALRM"):
                    signal.alarm(0)
            done += 1
            slowest = max(slowest, time.monotonic() - started)  # type: ignore[assignment]
    took = time.monotonic() - begun
    print(
        f"{done} kasus, {len(readers)} pembaca, {failures} gagal, terlama {slowest:.2f} dtk, seluruhnya {took:.0f} dtk"
    )
    return failures


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", default="")
    given = options.parse_args()
    sys.exit(1 if fuzz(given.cases, given.seed, given.reader) else 0)


if __name__ == "__main__":
    main()
