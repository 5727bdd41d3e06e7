"""All measurements in one sitting, on one set of generated data.

python -m benchmarks [FOLDER] [--rows 200000] [--entries 2000] [--peers analyst,spacy,floor] [--workers 1,2] [--once]
    [--start] [--profile]
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import screening
from benchmarks.generate import write, write_lexicon
from benchmarks.measure import Measured, measure

PEERS = {"analyst": "benchmarks.analyst", "spacy": "benchmarks.spacy_peer"}


def data(folder: Path, rows: int, entries: int, seed: int) -> Path:
    """The generated data, kept for the next time."""
    place = folder / f"data-{rows}-{seed}"
    if not (place / "lexicon.csv").exists():
        print(f"generating {rows} activities …", file=sys.stderr)
        write(place, rows, entries, seed)
    write_lexicon(place / "lexicon.csv", entries, seed)
    return place


def ours(place: Path, out: Path, name: str = "screening", workers: int = 1, processors: int | None = None) -> Measured:
    import shutil

    shutil.rmtree(out, ignore_errors=True)
    given = [f"--{kind}={place / kind}.csv" for kind in ("roster", "accounts", "lexicon")]
    arguments = [
        "-m",
        "screening",
        "run",
        str(place / "activities.csv"),
        "--out",
        str(out),
        *given,
        f"--workers={workers}",
    ]
    return measure(name, *arguments, folder=place, processors=processors)


def compare(place: Path, peers: list[str], workers: list[int], *, again: bool = True) -> list[Measured]:
    """Ours before, between and after the peers: how far these differ tells how far the machine can be trusted."""
    out = place / "out"
    found = [ours(place, out)]
    for peer in peers:
        if again and len(found) > 1:
            found.append(ours(place, out))
        if peer == "floor":
            found += [measure("floor", "-m", "benchmarks.floor", str(place), folder=place) for _ in range(2)]
        elif peer == "spacy" and find_spec("spacy") is None:
            print('spacy is not installed: pip install -e ".[bench]"', file=sys.stderr)
        else:
            measure(f"{peer} training", "-m", PEERS[peer], "train", str(place), folder=place)
            found.append(measure(peer, "-m", PEERS[peer], "run", str(place), folder=place))
    for number in workers:
        if number > 1:
            # One worker keeps more than one processor busy: what a second worker with a second processor brings is told
            # against one worker that has one.
            found.append(ours(place, out, "screening on one processor", processors=1))
            found.append(ours(place, out, f"screening, {number} workers on {number} processors", number, number))
            found.append(side_by_side(place, number))
    return [*found, ours(place, out)] if again else found


def side_by_side(place: Path, number: int) -> Measured:
    """So many runs of one worker each at once: what the machine's processors give when nothing is shared or handed over."""
    with ThreadPoolExecutor(number) as threads:
        runs = list(threads.map(lambda n: ours(place, place / f"copy-{n}", f"copy {n}"), range(number)))
    seconds = max(run.seconds for run in runs)
    return Measured(
        f"{number} runs at once", seconds, sum(run.processor for run in runs), sum(run.memory for run in runs), ""
    )


def start_up(place: Path) -> list[Measured]:
    """The time to the first sign of life, and a small run, against importing pandas alone."""
    small = place / "small"
    write(small, 1_000, 0, 7)
    found = []
    for _ in range(3):
        found.append(measure("import pandas", "-c", "import pandas", folder=place))
        found.append(measure("screening --help", "-m", "screening", "--help", folder=place))
        found.append(ours(small, small / "out", "1,000 activities"))
    best: dict[str, Measured] = {}
    for one in found:
        best[one.name] = min(one, best.get(one.name, one), key=lambda m: m.seconds)
    return list(best.values())


def table(found: list[Measured], rows: int) -> str:
    own = median(m.seconds for m in found if m.name == found[0].name)
    lines = ["| program | s | processor s | per s | peak MB | time / ours |", "|---|---|---|---|---|---|"]
    for m in found:
        per_second = f"{rows / m.seconds:,.0f} | {m.memory:,.0f}"
        lines.append(f"| {m.name} | {m.seconds:.2f} | {m.processor:.2f} | {per_second} | {m.seconds / own:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(tempfile.gettempdir()) / "screening-bench")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--entries", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peers", default="floor,spacy,analyst", help="comma-separated; empty for none")
    parser.add_argument("--workers", default="2", help="comma-separated numbers of workers to try besides one")
    parser.add_argument("--start", action="store_true", help="only the start-up times")
    parser.add_argument("--profile", action="store_true", help="only our run, and where its time goes")
    parser.add_argument("--once", action="store_true", help="ours only once, not before and after the others")
    given = parser.parse_args()
    # Bytecode is part of an installed program; whether this shell keeps it must not matter.
    compileall.compile_dir(Path(screening.__file__).parent, quiet=1)
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.start:
        print(table(start_up(given.folder), 1_000))
        return
    place = data(given.folder, given.rows, given.entries, given.seed)
    if given.profile:
        profile(place)
        return
    load = os.getloadavg()
    workers = [int(n) for n in given.workers.split(",") if n]
    found = compare(place, [p for p in given.peers.split(",") if p], workers, again=not given.once)
    print(
        f"{given.rows:,} activities, {given.entries:,} entries, {(place / 'activities.csv').stat().st_size / 1e6:.0f} MB"
    )
    print(f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"load before {load[0]:.1f}, after {os.getloadavg()[0]:.1f}\n")
    print(table(found, given.rows))
    (place / f"results-{given.entries}.json").write_text(
        json.dumps([m.record() for m in found], indent=1), encoding="utf-8"
    )


def profile(place: Path) -> None:
    """Our run in this process under the profiler."""
    import cProfile
    import pstats

    from screening.cli.app import run

    given = [f"--{kind}={place / kind}.csv" for kind in ("roster", "accounts", "lexicon")]
    profiler = cProfile.Profile()
    profiler.enable()
    run(["run", str(place / "activities.csv"), "--out", str(place / "profiled"), *given])
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats("screening", 45)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
