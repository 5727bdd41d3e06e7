"""Every reader with files of many megabytes, whole and damaged: no more than 10 seconds and 1.5 GB for 10 MB.

`python -m tests.readers.fuzz_large [--bytes 10000000] [--reader NAME]`. A case is made long by repeating its records; each
reader runs in a process of its own, whose processor time and peak memory count (a busy machine changes neither). Unix only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from screening.readers.core.archive import sources
from screening.readers.ingest.plan import recognise
from screening.readers.ingest.registry import FALLBACKS, READERS
from tests.readers.cases import cases, write
from tests.readers.fuzz import bytes_changed, run

SECONDS, MEGABYTES = 10.0, 1_500
_FILES = 2  # of each reader
PACKED = (".xlsx", ".parquet", ".car")


def long_one(path: str, made: bytes, size: int) -> bytes:
    """The file with its records repeated until it is about as long as wanted."""
    start = next((at for at, byte in enumerate(made) if byte in b"{["), -1)
    if path.endswith((".json", ".js")) and start >= 0:
        try:
            value = json.loads(made[start:].decode().rstrip("; \n"))
        except ValueError:
            return made
        longest = max(_lists(value), key=len, default=None)
        if longest:
            longest *= max(1, size // max(len(made), 1))
        return made[:start] + json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    if path.endswith((".html", ".htm")):
        head, mark, rest = made.rpartition(b'role="main"') if b'role="main"' in made else made.partition(b"<body")
        opening, _, inside = rest.partition(b">")
        inner = inside.rpartition(b"</body>")[0] or inside
        inner = inner.removesuffix(b"</main>").removesuffix(b"</div>")
        return head + mark + opening + b">" + inner * max(1, size // max(len(inner), 1)) + b"</body></html>"
    lines = made.splitlines(keepends=True)
    first, others = (lines[:1], lines[1:]) if len(lines) > 1 else ([], lines)
    others = [line if line.endswith(b"\n") else line + b"\n" for line in others]
    return b"".join(first) + b"".join(others) * max(1, size // max(len(b"".join(others)), 1))


def _lists(value: Any) -> list[list[Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, list) else []
    return found + [each for item in inner for each in _lists(item)]


def all_seeds() -> dict[str, list[tuple[str, bytes]]]:
    """The files of all cases by the reader that claims them."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, files in cases().items():
            for source in sources([write(files, Path(folder) / name)]):
                reader = recognise(source).reader
                if reader is not None and not source.path.endswith(PACKED):
                    with source.open() as stream:
                        found.setdefault(reader.name, []).append((source.path, stream.read()))
    return found


def measure(name: str, files: list[tuple[str, bytes]], size: int, answers: Any) -> None:
    """The worst time and the peak memory of one reader over its files, whole, damaged and cut."""
    import resource

    reader = next(each for each in (*READERS, *FALLBACKS) if each.name == name)
    chance, worst, longest, acts = random.Random(name), 0.0, 0, 0
    for path, made in files[:_FILES]:
        long = long_one(path, made, size)
        longest = max(longest, len(long))
        for content in (long, bytes_changed(long, chance)):
            begun = time.process_time()
            tables = run(reader, path, content)
            worst = max(worst, time.process_time() - begun)
            acts = max(acts, 0 if tables[0] is None else len(tables[0]))
    answers.put((worst, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, longest, acts))


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bytes", type=int, default=10_000_000)
    options.add_argument("--reader", default="")
    given = options.parse_args()
    context = multiprocessing.get_context("spawn")
    over, files = 0, all_seeds()
    for reader in (*READERS, *FALLBACKS):
        if given.reader not in ("", reader.name) or reader.name not in files:
            continue
        answers = context.Queue()
        child = context.Process(target=measure, args=(reader.name, files[reader.name], given.bytes, answers))
        child.start()
        child.join()
        worst, peak, longest, acts = (0.0, 0, 0, 0) if child.exitcode else answers.get()
        bad = bool(child.exitcode) or worst > SECONDS * max(1, longest / 10_000_000) or peak > MEGABYTES
        over += bad
        print(
            f"{'LEBIH ' if bad else ''}{reader.name}: {longest / 1e6:.1f} MB, {acts} akt., {worst:.1f} dtk, {peak} MB",
            flush=True,
        )
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
