"""Pictures read in a process of their own, which may crash, hang or grow alone: the run goes on, the picture is told as unread."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from screening.pictures.limits import limit

CRASHED = "pekerja pembaca gambar berhenti pada gambar ini; gambar tidak dibaca"
SLOW = "gambar terlalu lama dibaca; dihentikan"


class Worker:
    """One process that reads one picture after another; replaced after a crash, a hang, and every so many pictures.

    `work` is a function of a module: bytes and whether to mask -> plain values (`recognising.recognised`). A context; the
    process starts with the first picture. Spawned, so it is alike on Windows, macOS and Linux.
    """

    def __init__(self, work: Callable[[bytes, bool], dict[str, Any]] | None = None, seconds: float = 0) -> None:
        self.work, self.seconds = work, seconds or limit("seconds")
        self._process: Any = None
        self._line: Connection | None = None
        self._done = 0

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def read(self, data: bytes, masked: bool = False) -> dict[str, Any]:
        """What `work` makes of the picture, or {"refused": why} where its process did not survive it."""
        if self._process is not None and (self._done >= limit("pictures_per_worker") or not self._process.is_alive()):
            self.stop()
        if self._process is None:
            self._start()
        assert self._line is not None
        try:
            self._line.send((data, masked))
            if not self._line.poll(self.seconds + (limit("seconds") if not self._done else 0)):
                self.stop()
                return {"refused": SLOW}
            self._done += 1
            answer = self._line.recv()
        except (EOFError, OSError):
            self.stop()
            return {"refused": CRASHED}
        return answer

    def _start(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.work), daemon=True)
        self._process.start()
        theirs.close()
        self._done = 0

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.join(0.5)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._process = self._line = None


def _serve(line: Connection, work: Callable[[bytes, bool], dict[str, Any]] | None) -> None:
    if work is None:
        from screening.pictures.recognising import recognised

        work = recognised
    while True:
        try:
            data, masked = line.recv()
        except (EOFError, OSError):  # nobody asks any more
            return
        try:
            answer = work(data, masked)
        except Exception as error:  # a fault in one picture is told and costs only that picture
            answer = {"refused": f"gambar tidak dapat dibaca ({type(error).__name__})"}
        line.send(answer)
