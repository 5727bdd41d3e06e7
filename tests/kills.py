"""SIGKILL at random moments of whatever changes something: import, report, ledger; nothing lost, doubled or mixed afterwards.

`python -m tests.kills FOLDER [--times 200] [--what import|report|ledger]`. Runs are killed by `benchmarks.kill` and
tests/office/test_office_safety.py (SCREENING_KILLS). POSIX only.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).resolve().parent
_LEDGER = """
import sys
from pathlib import Path
from screening.review.ledger import Draft, append
print("mulai", flush=True)
for n in range(40):
    append(Path(sys.argv[1]), [Draft("uji", "Ani", "uji", {"n": n, "m": m}) for m in range(3)])
"""
_PROGRAM = "print('mulai', flush=True)\nimport sys\nfrom screening.cli.app import run\nsys.exit(run(sys.argv[1:]))"


def killed(words: list[str], moment: float) -> bool:
    """Start Python with these words and kill it so long after it says that it has begun; whether it was still alive."""
    program = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=TESTS.parent
    )
    assert program.stdout is not None
    program.stdout.readline()
    time.sleep(moment)
    alive = program.poll() is None
    program.kill()
    program.communicate()
    return alive


def once(words: list[str]) -> float:
    """Seconds that the words take undisturbed, from the moment they say that they have begun."""
    program = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TESTS.parent
    )
    assert program.stdout is not None
    program.stdout.readline()
    start = time.monotonic()
    _, said = program.communicate()
    if program.returncode:
        raise RuntimeError(said.decode("utf-8", "replace"))
    return time.monotonic() - start


def ledger(folder: Path, times: int, chance: random.Random) -> tuple[int, int]:
    """Groups of three entries are added again and again; (kills that met a living process, entries in the end)."""
    from screening.review.ledger import read

    lasts = once(["-c", _LEDGER, str(folder / "probe.sqlite")])
    alive = 0
    for number in range(times):
        book = folder / f"buku-{number % 10}.sqlite"
        if number < 10:
            book.unlink(missing_ok=True)
        before = len(read(book))
        alive += killed(["-c", _LEDGER, str(book)], chance.uniform(0, lasts))
        entries = read(book)
        assert len(entries) >= before, (number, before, len(entries))
        assert len(entries) % 3 == 0, (number, len(entries))
        assert len({entry.entry_id for entry in entries}) == len(entries), number
    return alive, len(read(folder / "buku-0.sqlite"))


def imports(folder: Path, times: int, chance: random.Random) -> tuple[int, int]:
    """A filled file is imported, killed, and imported again: the ledger holds all or nothing, and in the end each row once."""
    sys.path.insert(0, str(TESTS))
    from review_builder import fill, handed, returned, run_folder

    from screening.review.decisions import statements
    from screening.review.ledger import read

    run, book = run_folder(folder / "run"), folder / "buku.sqlite"
    rows = [fill(row, "BUKAN PELANGGARAN") for row in handed(run, book, "Ani")]
    path = returned(folder / "kembali.csv", rows)
    whole, seal = book.read_bytes(), book.with_name(book.name + ".segel").read_bytes()
    words = [
        "-c",
        _PROGRAM,
        "review",
        "import",
        str(path),
        "--ledger",
        str(book),
        "--by",
        "petugas",
        "--rejected",
        str(folder / "d.csv"),
    ]
    lasts, all_of_them = once(words), len(rows)
    assert len(statements(read(book))) == all_of_them
    alive = 0
    for number in range(times):
        book.write_bytes(whole)
        book.with_name(book.name + ".segel").write_bytes(seal)
        for more in ("-journal", "-wal", "-shm"):
            book.with_name(book.name + more).unlink(missing_ok=True)
        alive += killed(words, chance.uniform(0.3 * lasts, lasts))
        said = len(statements(read(book)))
        assert said in (0, all_of_them), (number, said)
        if number % 20 == 0:
            once(words)
            assert len(statements(read(book))) == all_of_them, number
    once(words)
    return alive, len(statements(read(book)))


def reports(folder: Path, times: int, chance: random.Random) -> tuple[int, int]:
    """`report` and `dossier` write beside and move: what stands there is whole, and the run itself is as it was."""
    from screening.cli.app import run as program
    from screening.folder import opened

    table = "record_id,platform,actor,kind,happened_at,text\n" + "".join(
        f"r{n},instagram,asn_{n % 9:04d},post,2023-12-{10 + n % 18},Ayo coblos Prabowo Gibran nomor 2 hari {n}\n"
        for n in range(300)
    )
    (folder / "a.csv").write_text(table, encoding="utf-8")
    assert program(["run", str(folder / "a.csv"), "--out", str(folder / "hasil"), "--overwrite"]) == 0
    out = folder / "laporan"
    words = [
        "-c",
        _PROGRAM,
        "report",
        "--run",
        str(folder / "hasil"),
        "--from",
        "2023-12-01",
        "--to",
        "2023-12-31",
        "--out",
        str(out),
    ]
    lasts = once(words)
    good = {path.name: path.read_bytes() for path in out.iterdir()}
    alive = 0
    for number in range(times):
        if number % 2:
            shutil.rmtree(out)
        alive += killed(words, chance.uniform(0.3 * lasts, lasts))
        for path in out.iterdir() if out.exists() else ():
            assert ".part" in path.name or len(path.read_bytes()) == len(good[path.name]), (number, path.name)
        opened(folder / "hasil")
    once(words)
    assert {path.name for path in out.iterdir()} == good.keys()
    return alive, len(good)


KINDS: dict[str, Callable[[Path, int, random.Random], tuple[int, int]]] = {
    "import": imports, "report": reports, "ledger": ledger,
}  # fmt: skip


def main() -> None:
    """Kill, look, tell."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--times", type=int, default=200)
    given.add_argument("--what", choices=[*KINDS], action="append")
    chosen = given.parse_args()
    for what in chosen.what or [*KINDS]:
        place = chosen.folder / what
        place.mkdir(parents=True, exist_ok=True)
        alive, left = KINDS[what](place, chosen.times, random.Random(20261201))
        print(f"{what}: {chosen.times} SIGKILL, {alive} mengenai proses yang hidup, {left} utuh di akhir", flush=True)


if __name__ == "__main__":
    main()
