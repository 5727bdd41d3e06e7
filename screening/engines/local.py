"""Parts on this machine: in this process, or in several. A worker that dies costs its part a second try, not the run."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from screening.engines import process
from screening.errors import ScreeningError

Item = TypeVar("Item")
Result = TypeVar("Result")
ATTEMPTS = 3
WAITING = 2  # items read ahead, so that no process waits while this one reads or keeps a result
AHEAD = 4  # how many times as many may be taken behind one that takes long: what is finished has to wait for it
_work: Callable | None = None


def map_parts(
    work: Callable[[Item], Result], items: Iterable[tuple[int, Item]], *, workers: int = 1
) -> Iterator[tuple[int, Result]]:
    """(number, work(item)) for each (number, item), in order of completion; few items are held at a time.

    With several workers `work` and the items must be picklable; processes are spawned, so this works alike on Windows,
    macOS and Linux. After the death of a worker the unfinished items are tried again in a new pool; an item that kills
    its worker `ATTEMPTS` times raises ScreeningError. An exception in `work` is raised here. If `work` has a `prepare`,
    it is called once in every process, before the first item.
    """
    with started(workers) as mapping:
        yield from mapping(work, items)


@contextmanager
def started(workers: int, get_ready: Callable[[], None] | None = None) -> Iterator[Callable[..., Iterator[Any]]]:
    """`map_parts` as a function of work and items, for one call; its processes start at once and call `get_ready` (a
    function of a module), so that they load what they need while the work is still being put together."""
    if workers <= 1:
        yield _one_by_one
        return
    pools = _Pools(workers, get_ready)
    try:
        yield pools.run
    finally:
        pools.close()


def _one_by_one(work: Callable[[Item], Result], items: Iterable[tuple[int, Item]]) -> Iterator[tuple[int, Result]]:
    _prepared(work)
    for number, item in items:
        yield number, work(item)


class _Pools:
    """One pool after another, until every item is done."""

    def __init__(self, workers: int, get_ready: Callable[[], None] | None) -> None:
        self.workers, self.get_ready = workers, get_ready
        self.work: bytes | None = None
        self.running: dict[Future, int] = {}
        self.held: dict[int, object] = {}
        self.tries: dict[int, int] = {}
        self.latest = 0
        self._renew()

    def _renew(self) -> None:
        """A new pool, whose processes start now and wait for their work."""
        context = get_context("spawn")
        self.orders = context.Queue()
        self.orders.cancel_join_thread()  # a process that has died takes no order any more
        self.pool = ProcessPoolExecutor(self.workers, context, _begin, (self.get_ready, self.orders))
        with suppress(BrokenProcessPool):  # told when the first item is handed over
            for _ in range(self.workers):
                self.pool.submit(_ready)
        if self.work is not None:
            self._tell(self.work)

    def _tell(self, work: bytes | None) -> None:
        for _ in range(self.workers):
            self.orders.put(work)

    def close(self) -> None:
        """End the processes, those that still wait for their work, too."""
        if self.work is None:
            self._tell(None)
        self.pool.shutdown(wait=True, cancel_futures=True)

    def run(self, work: Callable, items: Iterable[tuple[int, object]]) -> Iterator[tuple[int, object]]:
        self.work, source = pickle.dumps(work), iter(items)
        self._tell(self.work)
        while True:
            while self._wants_more() and (taken := next(source, None)) is not None:
                self.latest, self.held[taken[0]] = taken
                self._submit(self.latest)
            if not self.running:
                return
            done, _ = wait(self.running, return_when=FIRST_COMPLETED)
            yield from self._collect(done)

    def _wants_more(self) -> bool:
        many = self.workers + WAITING
        return len(self.held) < many and self.latest - min(self.held, default=self.latest) < AHEAD * many

    def _submit(self, number: int) -> None:
        try:
            self.running[self.pool.submit(_do, self.held[number])] = number
        except BrokenProcessPool:
            self._again(number)

    def _collect(self, done: Iterable[Future]) -> Iterator[tuple[int, object]]:
        for future in done:
            if future not in self.running:  # already handed to a new pool
                continue
            number = self.running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                self._again(number)
                continue
            del self.held[number]
            yield number, result

    def _again(self, number: int) -> None:
        """Everything unfinished goes to a new pool; nobody knows which item killed the worker, so all count a try."""
        missing = sorted({number, *self.running.values()})
        self.running.clear()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self._renew()
        for one in missing:
            self.tries[one] = self.tries.get(one, 0) + 1
            if self.tries[one] >= ATTEMPTS:
                raise ScreeningError(
                    f"Proses pembantu mati {ATTEMPTS} kali saat mengerjakan bagian {one}; kemungkinan memori habis."
                    " Lanjutkan dengan --resume --workers 1."
                )
        for one in missing:
            self._submit(one)


def _begin(get_ready: Callable[[], None] | None, orders: Any) -> None:
    global _work
    process.set_up()
    Thread(target=_end_with_parent, daemon=True).start()
    if get_ready is not None:
        get_ready()
    work = orders.get()
    if work is not None:
        _work = _prepared(pickle.loads(work))


def _prepared(work: Callable) -> Callable:
    getattr(work, "prepare", lambda: None)()
    return work


def _end_with_parent() -> None:
    """A killed run must not leave processes behind: they would wait for parts for ever. Only the parent keeps parts."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready() -> None:
    """Nothing to do: the process has started and has its work."""


def _do(item: object) -> object:
    assert _work is not None
    return _work(item)
