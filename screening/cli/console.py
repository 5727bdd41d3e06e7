"""What people see in the terminal: tables that fit its width, phases with their true progress, notes. Machines get JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from screening.cli.terminal import plain
from screening.printable import in_json, one_line

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from screening.completeness import Gap
    from screening.run import Progress

PHASES = ("membaca dan menyaring", "kelengkapan", "laporan", "pemeriksaan")
_PAGE, _WIDE = 120, 100  # characters
_EVERY = 10.0  # seconds between two lines of progress where nobody sees a bar


def thousands(value: int | float) -> str:
    """A whole number with Indonesian thousands points."""
    return f"{int(value):,}".replace(",", ".")


def duration(seconds: float) -> str:
    """`45 detik`, `3 menit`, `2 jam 5 menit`."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} detik"
    minutes = round(seconds / 60)
    return f"{minutes} menit" if minutes < 60 else f"{minutes // 60} jam {minutes % 60} menit"


def show_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    numbers: Sequence[str] = (),
    keys: Sequence[str] = (),
    spare: Sequence[str] = (),
) -> None:
    """A table as wide as the terminal; long cells go on in the next line, `keys` are never broken, and `spare` columns are
    left out where it is narrow."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Into a file or pipe goes a page's width, not a guess at a window.
    console = Console(
        file=plain(sys.stdout), highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _PAGE
    )
    left_out = {at for at, name in enumerate(columns) if name in spare and console.width < _WIDE}
    table = Table(
        title=Text(one_line(title)) if title else None,
        box=box.SIMPLE_HEAD,
        title_justify="left",
        expand=False,
        pad_edge=False,
        collapse_padding=True,
    )
    for at, name in enumerate(columns):
        if at not in left_out:
            table.add_column(
                one_line(name), justify="right" if name in numbers else "left", overflow="fold", no_wrap=name in keys
            )
    for row in rows:
        table.add_row(*(Text(one_line(str(cell))) for at, cell in enumerate(row) if at not in left_out))
    with suppress(UnicodeEncodeError):
        console.print(table)


def show_json(value: Any) -> None:
    """One JSON document on stdout."""
    print(in_json(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)))


def show_gaps(gaps: Sequence[Gap]) -> None:
    """The block Kelengkapan: warnings, then remarks, with single cases indented."""
    print("Kelengkapan:")
    for gap in gaps:
        mark = "PERINGATAN" if gap.level == "peringatan" else "keterangan"
        print(f"  {mark}: {one_line(gap.what)}" + (f" — {gap.remedy}" if gap.remedy else ""))
        if gap.level != "peringatan":
            continue
        for case in gap.cases[:5]:
            print(f"      {one_line(case)}")
        if len(gap.cases) > 5:
            print(f"      … dan {len(gap.cases) - 5} lainnya (lihat laporan.html)")
    if not gaps:
        print("  tidak ada yang hilang atau terlewat")


class Phases:
    """The phases of a run on stderr: a bar where somebody looks, a line now and then where not.

    A context. `reading` takes the progress of the batch; `step` begins one of the later PHASES. Reading is told by the share of
    bytes read; the bar is full only when the last phase is done.
    """

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.bar: Bar | None = None
        self.last = 0.0

    def __enter__(self) -> Phases:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (
                TextColumn("[{task.fields[number]}/4] {task.description}"),
                BarColumn(),
                TextColumn("{task.fields[told]}"),
            )
            self.bar = Progress(*columns, console=Console(file=plain(sys.stderr)), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(PHASES[0], total=1.0, number=1, told="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def reading(self, progress: Progress) -> None:
        """How far reading and screening are."""
        rate = progress.rows / progress.seconds if progress.seconds > 0 else 0
        left = "" if progress.left is None or progress.share >= 1 else f", sisa sekitar {duration(progress.left)}"
        told = f"{thousands(progress.rows)} aktivitas dibaca, {thousands(rate)} per detik{left}"
        if self.bar is not None:
            self.bar.update(self.task, completed=progress.share, told=told)
        elif not self.quiet and time.monotonic() - self.last > _EVERY:
            # The first line comes only when a run is not over at once.
            if self.last:
                print(f"[1/4] {PHASES[0]}: {told}", file=sys.stderr, flush=True)
            self.last = time.monotonic()

    def step(self, name: str) -> None:
        """A later phase begins; its length is not known beforehand, and nothing pretends to know it."""
        if self.bar is not None:
            number = PHASES.index(name) + 1
            self.bar.update(self.task, description=name, number=number, total=None, told="")
