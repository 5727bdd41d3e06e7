"""How often Python looks for cyclic garbage. A run makes millions of small objects that live as long as it does, and nearly
no cycles: examining them again and again costs more than the work."""

from __future__ import annotations

import gc


def look_rarely() -> None:
    """From now on; a process calls it when it starts."""
    gc.set_threshold(200_000, 50, 1_000)


def keep() -> None:
    """What there is now stays to the end and is not looked at again."""
    look_rarely()
    gc.freeze()


def sweep() -> None:
    """Free what has become garbage since the last part; what is older is not looked at."""
    gc.collect(1)
