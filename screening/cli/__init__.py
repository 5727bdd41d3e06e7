"""The command line: English command names, Indonesian help; one module per command group, thin over the public API."""

from __future__ import annotations


def main() -> None:
    """Run the program; exit codes as in the README."""
    from screening.cli.app import run

    run()
