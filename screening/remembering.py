"""What others work out about a frozen object once and need again for every table: kept with it, gone with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any


class Remembering:
    """A frozen object that holds what follows from it alone. No part of its value: `dataclasses.replace` and a pickle leave it
    behind, for it can be worked out anew."""

    @cached_property
    def _worked_out(self) -> dict[Any, Any]:
        return {}

    def remembered(self, key: Any, make: Callable[[], Any]) -> Any:
        """What is kept under a key; made when it is first asked for."""
        known = self._worked_out
        if key not in known:
            known[key] = make()
        return known[key]

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_worked_out"}
