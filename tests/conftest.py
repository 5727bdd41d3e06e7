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


# Files whose tests together need more than two seconds; the fast run (`make test-fast`) does not even read them.
LONG = frozenset((ROOT / "tests/long.txt").read_text(encoding="utf-8").split())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fast", action="store_true", help="leave out the files of tests/long.txt and tests marked as slow"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files that are left out for what they cost; None leaves the choice to others."""
    fast = config.getoption("--fast") and collection_path.is_relative_to(ROOT)
    return True if fast and collection_path.relative_to(ROOT).as_posix() in LONG else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--fast"):
        long = {item for item in items if any(item.get_closest_marker(name) for name in ("slow", "browser", "office"))}
        config.hook.pytest_deselected(items=sorted(long, key=lambda item: item.nodeid))
        items[:] = [item for item in items if item not in long]


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
