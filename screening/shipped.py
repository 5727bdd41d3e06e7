"""Where the bundled data lies: the checkout when run from one, the copy inside the wheel otherwise."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(relative: str) -> Path:
    """Absolute path of a bundled file or folder, named as in the checkout ("lexicons", "data/acts", …)."""
    installed = _PACKAGE / "_shipped" / relative
    return installed if installed.exists() else _PACKAGE.parent / relative
