"""The command line: English command names, Indonesian help; one module per command group, thin over the public API."""

from __future__ import annotations


def main() -> None:
    """Run the program; exit codes as in the README."""
    import sys

    try:
        from screening.engines.process import look_rarely

        look_rarely()
        from screening.cli.app import run
    except KeyboardInterrupt:  # while the libraries are being loaded
        print("Dihentikan. Tidak ada hasil yang berubah.", file=sys.stderr)
        sys.exit(130)
    sys.exit(run())
