"""Fixtures for every test: the founders' shared folder where it exists, and modest property-test settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# The suite is repeatable (the same examples every time); `HYPOTHESIS_PROFILE=thorough` searches for new ones.
settings.register_profile(
    "suite", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def shared_folder() -> Path | None:
    """The reference folder beside the project, also when tests run in a worktree of it; None elsewhere."""
    for place in (ROOT.parent / "shared", ROOT.parent.parent / "shared"):
        if (place / "DESIGN.md").exists():
            return place
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared reference folder; tests that use it skip where it is absent."""
    place = shared_folder()
    if place is None:
        pytest.skip("folder ../shared tidak ada; uji ini memakainya")
    return place
