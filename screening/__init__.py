"""Screening of exported ASN activity for election neutrality.

Readers normalise, detectors notice, acts judge, people decide. The public API:

    read(inputs)                 files, folders, ZIPs -> Reading(activities, rejected, files)
    load_ruleset(...)            lexicons, acts, contests, roster, accounts -> Ruleset
    screen(activities, ruleset)  -> Screened(activities, hits, statements, findings)
    trace(activity, ruleset)     one activity through every stage -> Trace; its `text` tells it in Indonesian
    explain(finding, ...)        one finding in plain Indonesian
    Run(folder)                  the tables of a finished run

Everything is imported when first used, so `import screening` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screening.folder import Run as Run
    from screening.judge.explain import explain as explain
    from screening.pipeline import screen as screen
    from screening.readers import read as read
    from screening.ruleset import load_ruleset as load_ruleset
    from screening.tracing.trace import trace as trace

_HOME = {
    "read": "screening.readers",
    "load_ruleset": "screening.ruleset",
    "screen": "screening.pipeline",
    "explain": "screening.judge.explain",
    "Run": "screening.folder",
    "trace": "screening.tracing",
}
__all__ = ["Run", "explain", "load_ruleset", "read", "screen", "trace"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'screening' has no attribute {name!r}")
