"""One program run as a user would run it: wall seconds, processor seconds, peak memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """`seconds` and `processor` in seconds, `memory` in MB (sum over the processes, highest moment), last line printed."""

    name: str
    seconds: float
    processor: float
    memory: float
    said: str

    def record(self) -> dict:
        return asdict(self)


def measure(name: str, *arguments: str, folder: Path, processors: int | None = None) -> Measured:
    """Run `python ARGUMENTS` once and wait, on so many of the processors (Linux; None: on all); raises RuntimeError with its
    last words when it fails."""
    allowed = set(sorted(os.sched_getaffinity(0))[:processors])
    log = folder / f"{name.replace(' ', '-').replace('/', '-')}.log"
    with log.open("w", encoding="utf-8") as out:
        start = time.perf_counter()
        program = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )
        watch = _Watch(program.pid)
        watch.start()
        _, status, used = os.wait4(program.pid, 0)
        seconds = time.perf_counter() - start
        watch.done.set()
        watch.join()
        program.returncode = os.waitstatus_to_exitcode(status)
    lines = log.read_text(encoding="utf-8", errors="replace").strip().split("\n")
    if program.returncode:
        raise RuntimeError(f"{name}: exit {program.returncode}\n" + "\n".join(lines[-15:]))
    peak = watch.peak or used.ru_maxrss * 1024  # the latter may still hold this program's own size from before exec
    return Measured(name, seconds, used.ru_utime + used.ru_stime, peak / 1e6, lines[-1])


class _Watch(threading.Thread):
    """Looks twenty times a second at how much memory a process and its descendants hold (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.05):
            self.peak = max(self.peak, sum(map(_resident, _family(self.pid))))


def _family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
