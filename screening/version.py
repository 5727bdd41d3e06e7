"""The version of this program."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """The installed version, or `checkout`."""
    try:
        return metadata.version("screening")
    except metadata.PackageNotFoundError:
        return "checkout"
