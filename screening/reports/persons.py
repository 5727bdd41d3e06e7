"""Who a person is in reports: the subject of the roster, else the account alone. A missing key is never a value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from screening.sheets import cell_text


def person_key(subject_id: Any, platform: Any, actor: Any) -> str:
    """One key per person: the subject, else platform and account; never one key for all that nobody knows."""
    return cell_text(subject_id) or f"{cell_text(platform)}|{cell_text(actor)}"


def person_keys(rows: pd.DataFrame) -> pd.Series:
    """`person_key` of rows with subject_id, platform and actor."""
    account = rows["platform"].fillna("").astype("object") + "|" + rows["actor"].fillna("").astype("object")
    return rows["subject_id"].astype("object").where(rows["subject_id"].notna() & (rows["subject_id"] != ""), account)
