"""The program: its commands, and how errors and exit codes reach people."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from screening.cli import (
    audit,
    cases,
    faults,
    findings,
    follow,
    keys,
    lifecycle,
    model,
    own,
    review,
    rules,
    screen,
    template,
    terminal,
)
from screening.cli.usage import help_in_indonesian, told
from screening.errors import ScreeningError, UsageError

INTERRUPTED = 130
INTERNAL = 70

app = typer.Typer(
    name="screening",
    help="Menyaring ekspor aktivitas media sosial ASN untuk telaah netralitas. Hasilnya temuan awal, bukan putusan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from screening.version import version

        print(f"screening {version()}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Tampilkan versi program.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Tampilkan jejak kesalahan lengkap.")] = False,
) -> None:
    """Menyaring ekspor aktivitas media sosial ASN untuk telaah netralitas. Hasilnya temuan awal, bukan putusan."""
    if debug:
        from screening.readers.ingest import faulty

        faulty.STRICT = True


for group in (screen, own, rules, follow, findings, cases, model, audit, review, lifecycle, keys, template):
    group.add_to(app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; a traceback is shown only with --debug.

    What is printed is inert (`terminal`), and what is written belongs to its user only, where the system knows users.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    before = os.umask(0o077)
    try:
        with terminal.guarded(words):
            return _run(words)
    finally:
        os.umask(before)


def _run(words: list[str]) -> int:
    try:
        return int(_program().main(words, prog_name="screening", standalone_mode=False) or 0)
    except ScreeningError as error:
        print(f"GALAT: {error}", file=sys.stderr)
        _say_notes(error)
        return error.exit_code
    except (_Interrupted, KeyboardInterrupt, typer.Abort) as error:
        notes = getattr(error, "__notes__", None) or ("Tidak ada hasil yang berubah.",)
        print("\n".join(["Dihentikan.", *notes]), file=sys.stderr)
        return INTERRUPTED
    except (OSError, MemoryError) as error:
        if "--debug" in words:
            raise
        print(faults.told(error) if isinstance(error, OSError) else faults.MEMORY, file=sys.stderr)
        _say_notes(error)
        return UsageError.exit_code
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "show"):  # wrong usage, found by the option parser
            print(told(error), file=sys.stderr)
            return int(error.exit_code)
        if "--debug" in words:
            raise
        if (cause := faults.cause(error)) is not None:
            print(faults.told(cause), file=sys.stderr)
            _say_notes(error)
            return UsageError.exit_code
        # The message of an unexpected error may quote a post, so only its type is shown.
        print(f"GALAT internal: {type(error).__name__}. Ulangi dengan --debug untuk rinciannya.", file=sys.stderr)
        _say_notes(error)
        return INTERNAL


def _say_notes(error: BaseException) -> None:
    for note in getattr(error, "__notes__", ()):
        print(note, file=sys.stderr)


def _program() -> Any:
    program: Any = typer.main.get_command(app)
    help_in_indonesian(program)
    invoke = program.invoke

    def watched(context: Any) -> Any:
        try:
            return invoke(context)
        except KeyboardInterrupt as error:  # which the option parser would turn into a bare exit
            told = _Interrupted()
            for note in getattr(error, "__notes__", ()):
                told.add_note(note)
            raise told from None

    program.invoke = watched
    return program


class _Interrupted(Exception):
    """Somebody pressed Ctrl-C; its notes say how to go on."""
