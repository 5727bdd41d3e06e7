"""The limits of `data/limits.toml`: what one file and one text may cost, each with its reason.

Whoever reads something of a stranger's asks here; what is over a limit is told with what was still read, and never ends a run.
"""

from __future__ import annotations

import tomllib
from functools import cache

from screening.shipped import shipped


@cache
def limit(section: str, name: str) -> int:
    """One number of `data/limits.toml`; its reason stands beside it as `<name>_why`. KeyError for what is not there."""
    return int(_limits()[section][name])


@cache
def _limits() -> dict:
    return tomllib.loads(shipped("data/limits.toml").read_text(encoding="utf-8"))
