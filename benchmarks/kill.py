"""Kill a run at random moments, resume it, and compare its outputs byte by byte with those of an undisturbed run.

python -m benchmarks.kill FOLDER [--rows 40000] [--times 20] [--workers 1] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.generate import write

PART = 2_000  # rows: many parts, so that a kill falls between and within them


def screen(place: Path, out: Path, workers: int, resume: bool) -> None:
    """What `screening run` does, with small parts."""
    from screening.cli.finish import Given, finish, get_ready
    from screening.ruleset import load_ruleset
    from screening.run import Options, run

    given = Given(place / "roster.csv", place / "accounts.csv", (place / "lexicon.csv",))
    ruleset = load_ruleset(roster=given.roster, accounts=given.accounts, lexicons=given.lexicons)
    options = Options(rows=PART, workers=workers, resume=resume)
    finished = run([place / "activities.csv"], out, ruleset, options)
    finish(finished, ruleset, get_ready(ruleset, given), options, given, "excel-id")


def outputs(out: Path) -> dict[str, bytes]:
    """Every output's bytes; of the manifest all but when it was written."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    manifest = json.loads(found["manifest.json"])
    found["manifest.json"] = json.dumps({k: v for k, v in manifest.items() if not k.startswith("created")}).encode()
    return found


def start(place: Path, out: Path, workers: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "benchmarks.kill", str(place), "--out", str(out), "--workers", str(workers)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(program: subprocess.Popen) -> None:
    _, said = program.communicate()
    if program.returncode:
        raise RuntimeError(said.decode("utf-8", "replace"))


def disturbed(place: Path, out: Path, workers: int, moments: list[float]) -> int:
    """A run killed after each of the `moments` (seconds after it began or went on) and then left alone; parts kept in all."""
    shutil.rmtree(out, ignore_errors=True)
    kept = 0
    for moment in moments:
        program = start(place, out, workers)
        try:
            program.wait(moment)
        except subprocess.TimeoutExpired:
            program.kill()
        program.communicate(timeout=60)  # ends when its worker processes have ended, too
        kept += len(list(out.glob(".parts/[0-9]*")))
    finished(start(place, out, workers))
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.out is not None:
        screen(given.folder, given.out, given.workers, resume=True)
        return
    place, chance = given.folder / f"kill-{given.rows}", random.Random(given.seed)
    write(place, given.rows, 0, given.seed)
    calm = place / "calm"
    shutil.rmtree(calm, ignore_errors=True)
    began = time.perf_counter()
    finished(start(place, calm, given.workers))
    whole = time.perf_counter() - began
    expected, same = outputs(calm), 0
    for time_ in range(given.times):
        moment = chance.uniform(0.05, 1.05) * whole
        kept = disturbed(place, place / "killed", given.workers, [moment])
        equal = outputs(place / "killed") == expected
        same += equal
        print(
            f"{time_ + 1}: killed after {moment:.1f} s of {whole:.1f} s, {kept} parts kept, {'identical' if equal else 'DIFFERENT'}"
        )
    print(f"{same} of {given.times} identical")
    sys.exit(same != given.times)


if __name__ == "__main__":
    main()
