"""The same parts over a dask.distributed cluster: several machines, or several processes here (`screening[dask]`).

Every worker, also one that joins or is restarted later, gets the rules once; parts travel with their task, so a worker
that dies takes nothing with it. Machines need this program installed, not a shared disk: finished parts come back here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from screening.engines.local import AHEAD
from screening.errors import ScreeningError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
ATTEMPTS = 3
_GRAPH_WARNING = {"distributed.admin.large-graph-warning-threshold": "1GB"}  # parts of some ten MB are meant


def map_parts(
    work: Callable[[Item], Result], items: Iterable[tuple[int, Item]], *, workers: int = 1, scheduler: str | None = None
) -> Iterator[tuple[int, Result]]:
    """(number, work(item)) in order of completion, as `local.map_parts`, on the cluster at `scheduler` or a local one.

    Raises UsageError when dask is not installed or the scheduler does not answer, ScreeningError when a part loses its
    worker again and again.
    """
    try:
        import dask
        from distributed import as_completed
    except ImportError as error:
        raise UsageError("--engine dask memerlukan paket tambahan: pip install 'screening[dask]'.") from error

    name, source = f"screening-{uuid.uuid4().hex}", iter(items)
    with dask.config.set(_GRAPH_WARNING), _client(workers, scheduler) as client:
        client.register_plugin(_plugin(name, work), name=name)
        many = max(len(client.scheduler_info()["workers"]), 1) + 1
        running = as_completed(with_results=True, raise_errors=False)
        numbers: dict[Any, int] = {}
        latest = 0

        def wants_more() -> bool:
            return len(numbers) < many and latest - min(numbers.values(), default=latest) < AHEAD * many

        try:
            while True:
                while wants_more() and (taken := next(source, None)) is not None:
                    future = client.submit(_do, name, taken[1], retries=ATTEMPTS - 1, pure=False)
                    numbers[future] = latest = taken[0]
                    running.add(future)
                if not numbers:
                    return
                future, result = next(running)
                number = numbers.pop(future)
                if future.status != "finished":
                    raise _told(number, result)
                yield number, result
        finally:
            client.unregister_worker_plugin(name)


def _client(workers: int, scheduler: str | None) -> Any:
    from distributed import Client

    if scheduler is None:
        return Client(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)
    try:
        return Client(scheduler, timeout="20s")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--scheduler {scheduler}: tidak menjawab; periksa alamat, misalnya tcp://10.0.0.5:8786."
        ) from error


def _plugin(name: str, work: Callable) -> Any:
    from distributed import WorkerPlugin

    class Rules(WorkerPlugin):
        """Lays the work ready on every worker, now and when one starts later."""

        def setup(self, worker: Any) -> None:
            setattr(worker, name, work)

        def teardown(self, worker: Any) -> None:
            delattr(worker, name)

    return Rules()


def _do(name: str, item: Any) -> Any:
    from distributed import get_worker

    return getattr(get_worker(), name)(item)


def _told(number: int, result: Any) -> BaseException:
    from distributed import KilledWorker

    error = result[1] if isinstance(result, tuple) and len(result) > 1 else result
    if isinstance(error, BaseException) and not isinstance(error, KilledWorker):
        return error
    return ScreeningError(
        f"Bagian {number} berulang kali kehilangan pembantunya; kemungkinan memori habis. Lanjutkan dengan --resume."
    )
