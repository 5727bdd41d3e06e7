"""How a process that screens behaves: it looks rarely for cyclic garbage, and Arrow does not start threads of its own.

A run makes millions of small objects that live as long as it does, and nearly no cycles: examining them again and again costs
more than the work. Its own threads and processes share the processors already; Arrow's beside them cost system time.
"""

from __future__ import annotations

import gc


def set_up() -> None:
    """Both, from now on; a process that screens calls it when it starts."""
    import pyarrow as pa

    look_rarely()
    pa.set_cpu_count(1)


def look_rarely() -> None:
    """For cyclic garbage, from now on."""
    gc.set_threshold(200_000, 50, 1_000)


def keep() -> None:
    """What there is now stays to the end and is not looked at again."""
    look_rarely()
    gc.freeze()


def sweep() -> None:
    """Free what has become garbage since the last part; what is older is not looked at."""
    gc.collect(1)
