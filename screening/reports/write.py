"""One run's tables become its three reports for people: temuan.csv, temuan.xlsx, laporan.html."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.labels import number
from screening.reports.queue import opened, queue
from screening.reports.rows import review_rows
from screening.reports.summary import by_month, counts, described, month_words, tally
from screening.reports.vulnerability import grids, vulnerability
from screening.sheets import COLUMNS, PROFILES, write_table

_SLICE = 5_000
_WORTH_A_PROCESS = 5_000  # rows: a process takes about a second to start
_TALLIES = ("band", "result", "phase", "act", "platform", "unit", "contestant")


def write_reports(
    folder: Path,
    activities: pd.DataFrame,
    hits: pd.DataFrame,
    findings: pd.DataFrame,
    files: pd.DataFrame,
    manifest: Mapping[str, Any],
    context: ReportContext,
    *,
    csv: str = "excel-id",
    results: Mapping[str, int] | None = None,
    workers: int = 1,
    with_details: Callable[[pd.DataFrame], pd.DataFrame] = lambda findings: findings,
) -> tuple[Path, Path, Path]:
    """Write the three reports into `folder` (existing) and return their paths; each file appears whole or not at all.

    `activities` JUDGED and `hits` HITS (all, or only those of activities with finding rows, with `results` counting all),
    `findings` FINDINGS, `files` FILES; `csv` names a profile of `sheets.PROFILES`.
    `findings` may lack `missing`, `mitigating` and `reasons` if `with_details` adds them to any rows of it: then they never
    lie in memory all at once. With several `workers` and many rows the workbook is written by a process of its own.
    Raises KeyError for an unknown profile. Same tables, same bytes.
    """
    from screening.reports.page import render_page

    profile = PROFILES[csv]
    waiting = queue(findings, activities, context)
    most = max(number("sheet_rows"), number("page_findings"))
    shown = opened(with_details(waiting.head(most)))
    rows = review_rows(shown, context)
    words = described(waiting, context)
    totals = counts(activities, files, results)
    acts = {str(code): str(text) for code, text in context.act_table()["summary"].dropna().items()}
    tallies = {name: tally(words, name) for name in _TALLIES} | {"month": month_words(by_month(words))}
    places, tables = vulnerability(words), grids(words)
    paths = (folder / "temuan.csv", folder / "temuan.xlsx", folder / "laporan.html")

    names = [column.name for column in COLUMNS]
    book = partial(_write_book, paths[1], rows[: number("sheet_rows")], acts, totals, tallies, places, tables)
    with _beside(book, workers > 1 and len(rows) >= _WORTH_A_PROCESS) as write_book:
        with _whole(paths[0]) as part:
            every = chain(rows, _further(waiting.iloc[most:], context, with_details))
            write_table(part, names, ([row[name] for name in names] for row in every), profile)
        write_book()
        with _whole(paths[2]) as part:
            page = render_page(shown, rows, words, hits, totals, files, manifest, context, places, tables)
            part.write_text(page, encoding="utf-8", newline="\n")
    return paths


def _further(
    waiting: pd.DataFrame, context: ReportContext, with_details: Callable[[pd.DataFrame], pd.DataFrame]
) -> Iterator[dict[str, Any]]:
    """Review rows beyond what page and workbook show, a slice at a time: a long queue never lies in memory as rows."""
    for low in range(0, len(waiting), _SLICE):
        yield from review_rows(opened(with_details(waiting.iloc[low : low + _SLICE])), context)


def _write_book(path: Path, *content: Any) -> None:
    from screening.reports.workbook import write_workbook

    with _whole(path) as part:
        write_workbook(part, *content)


@contextmanager
def _beside(work: Callable[[], None], apart: bool) -> Iterator[Callable[[], object]]:
    """How `work` is done: by the call of what this gives, or `apart` in a process of its own from now on, at the latest
    at the end; its errors are raised here. A process that dies costs a second try, not the report."""
    if not apart:
        yield work
        return
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        done = pool.submit(work)
        yield lambda: None
        try:
            done.result()
        except BrokenProcessPool:
            work()


class _whole:
    """A file written beside its place and moved there when complete, so that a crash leaves no half report."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f"{path.stem}.part{path.suffix}")

    def __enter__(self) -> Path:
        return self.part

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            os.replace(self.part, self.path)
        else:
            self.part.unlink(missing_ok=True)
