"""Tables that people open in a spreadsheet: inert cells, the two CSV profiles, the columns of the review file.

Shared by `reports` (which writes them) and `review` (which reads them back); knows neither.
"""

from __future__ import annotations

from screening.sheets.columns import (
    COLUMNS,
    LISTS,
    Column,
    columns_where,
    finding_key,
    fingerprint,
    fingerprints,
    sheet_id,
)
from screening.sheets.dialects import EXCEL_ID, PROFILES, STANDARD, Dialect, cell_text, write_columns, write_table
from screening.sheets.guard import guard, guarded, shorten, unguard

__all__ = [
    "COLUMNS",
    "EXCEL_ID",
    "LISTS",
    "PROFILES",
    "STANDARD",
    "Column",
    "Dialect",
    "cell_text",
    "columns_where",
    "finding_key",
    "fingerprint",
    "fingerprints",
    "guard",
    "guarded",
    "sheet_id",
    "shorten",
    "unguard",
    "write_columns",
    "write_table",
]
