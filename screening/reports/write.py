"""One run's tables become its three reports for people: temuan.csv, temuan.xlsx, laporan.html."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from screening.completeness import Gap
from screening.folder import FINDINGS_CSV, PAGE, WORKBOOK
from screening.reports.context import ReportContext
from screening.reports.labels import number
from screening.reports.queue import opened, queue
from screening.reports.rows import Review, review
from screening.reports.summary import by_month, counts, described, month_words, numbers, tally
from screening.reports.vulnerability import grids, vulnerability
from screening.sheets import COLUMNS, PROFILES, write_columns
from screening.sheets.dialects import BUFFER
from screening.whole import whole

_SLICE = 5_000
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
    with_details: Callable[[pd.DataFrame], pd.DataFrame] = lambda findings: findings,
    gaps: Sequence[Gap] = (),
) -> tuple[Path, Path, Path]:
    """Write the three reports into `folder` (existing) and return their paths; they appear when all are complete.

    `activities` JUDGED and `hits` HITS (all, or only those of activities with finding rows, with `results` counting all),
    `findings` FINDINGS, `files` FILES; `csv` names a profile of `sheets.PROFILES`.
    `gaps`: what the run could not see (`completeness`).
    `findings` may lack `missing`, `mitigating` and `reasons` if `with_details` adds them to any rows of it: then they never
    lie in memory all at once.
    Raises KeyError for an unknown profile. Same tables, same bytes.
    """
    from screening.reports.page import page_pieces
    from screening.reports.workbook import write_workbook

    profile = PROFILES[csv]
    waiting = queue(findings, activities, context)
    most = max(number("sheet_rows"), number("page_findings"))
    shown = opened(with_details(waiting.head(most)))
    rows = review(shown, context)
    words = described(waiting, context)
    totals = counts(activities, files, results, numbers(findings, activities))
    acts = {str(code): str(text) for code, text in context.act_table()["summary"].dropna().items()}
    tallies = {name: tally(words, name) for name in _TALLIES} | {"month": month_words(by_month(words))}
    places, tables = vulnerability(words), grids(words)
    paths = (folder / FINDINGS_CSV, folder / WORKBOOK, folder / PAGE)

    names = [column.name for column in COLUMNS]
    with whole(paths) as (sheet, book, page):
        write_workbook(
            book, rows.first(number("sheet_rows")), acts, totals, tallies, places, tables, gaps, context.pictures
        )
        every = chain([rows], _further(waiting.iloc[most:], context, with_details))
        write_columns(sheet, names, ([one.cells[name] for name in names] for one in every), profile)
        with page.open("w", BUFFER, encoding="utf-8", newline="\n") as out:
            out.writelines(
                page_pieces(shown, rows.columns, words, hits, totals, files, manifest, context, places, tables, gaps)
            )
    return paths


def get_ready() -> None:
    """Load what `write_reports` otherwise loads when it comes to it: a caller may have time for that before."""
    import xlsxwriter  # noqa: F401

    from screening.reports import page, workbook  # noqa: F401
    from screening.reports.html import template

    template(page.TEMPLATE)


def _further(
    waiting: pd.DataFrame, context: ReportContext, with_details: Callable[[pd.DataFrame], pd.DataFrame]
) -> Iterator[Review]:
    """Review rows beyond what page and workbook show, a slice at a time: a long queue never lies in memory as rows."""
    for low in range(0, len(waiting), _SLICE):
        yield review(opened(with_details(waiting.iloc[low : low + _SLICE])), context)
