"""The program: its commands, and how errors and exit codes reach people."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from screening.cli import audit, cases, follow, model, review, rules, screen
from screening.errors import ScreeningError

INTERRUPTED = 130
INTERNAL = 70

app = typer.Typer(
    name="screening",
    help="Menyaring ekspor aktivitas media sosial ASN untuk telaah netralitas. Hasilnya temuan awal, bukan putusan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def main_options(
    debug: Annotated[bool, typer.Option("--debug", help="Tampilkan jejak kesalahan lengkap.")] = False,
) -> None:
    """Menyaring ekspor aktivitas media sosial ASN untuk telaah netralitas. Hasilnya temuan awal, bukan putusan."""
    if debug:
        from screening.readers.ingest import faulty

        faulty.STRICT = True


for group in (screen, rules, follow, cases, model, audit, review):
    group.add_to(app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; a traceback is shown only with --debug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may not be UTF-8: a post must never stop the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return int(typer.main.get_command(app).main(words, prog_name="screening", standalone_mode=False) or 0)
    except ScreeningError as error:
        print(f"GALAT: {error}", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print("Dihentikan. Lanjutkan dengan --resume.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "show"):  # wrong usage, found by the option parser
            error.show()
            return int(error.exit_code)
        if "--debug" in words:
            raise
        # The message of an unexpected error may quote a post, so only its type is shown.
        print(f"GALAT internal: {type(error).__name__}. Ulangi dengan --debug untuk rinciannya.", file=sys.stderr)
        return INTERNAL
