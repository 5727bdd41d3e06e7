"""The command line: English command names, Indonesian help; one module per command group, thin over the public API."""

from __future__ import annotations


def main() -> None:
    """Run the program; exit codes as in the README."""
    import sys

    from screening.engines.process import look_rarely

    look_rarely()
    from screening.cli.app import run

    sys.exit(run())
