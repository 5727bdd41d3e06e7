"""How often something was noticed for each subject, by act and kind of activity: a table of its own, never in a score.

It counts acts over time. It never says which contestant anything was about: no leaning profile can be read from it.
"""

from __future__ import annotations

import pandas as pd

COLUMNS = (
    "subject_id", "act_id", "kind", "result", "activities", "days", "first", "last", "span_days",
)  # fmt: skip


def accumulation(findings: pd.DataFrame, activities: pd.DataFrame, timezone: str = "Asia/Jakarta") -> pd.DataFrame:
    """One row per subject (or account, when no subject is known), act, kind and result, from FINDINGS and JUDGED.

    `activities` and `days` are counts, `first` and `last` local dates (text), `span_days` the days between them.
    """
    queue = findings[findings["result"].isin(["finding", "needs_clarification"])]
    if not len(queue):
        return pd.DataFrame(
            {name: pd.Series(dtype="int64" if name in ("activities", "days") else "str") for name in COLUMNS}
        )
    acts = activities[["activity_id", "subject_id", "platform", "actor", "kind", "happened_at"]].drop_duplicates(
        "activity_id"
    )
    found = queue[["activity_id", "act_id", "result"]].copy()
    about = acts.set_index("activity_id").loc[found["activity_id"]]
    account = about["platform"].fillna("") + "|" + about["actor"].fillna("tidak diketahui")
    found["subject_id"] = about["subject_id"].fillna(account).to_numpy()
    found["kind"] = about["kind"].to_numpy()
    found["day"] = about["happened_at"].dt.tz_convert(timezone).dt.tz_localize(None).dt.normalize().to_numpy()
    grouped = found.groupby(["subject_id", "act_id", "kind", "result"], sort=True)
    table = grouped.agg(
        activities=("activity_id", "nunique"), days=("day", "nunique"), first=("day", "min"), last=("day", "max")
    ).reset_index()
    table["span_days"] = (table["last"] - table["first"]).dt.days.astype("Int64")
    for name in ("first", "last"):
        table[name] = table[name].map({day: day.date().isoformat() for day in table[name].dropna().unique()})
    return table[list(COLUMNS)]
