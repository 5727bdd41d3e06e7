"""Flag rates per contest side, platform and unit, with small cells suppressed: even-handedness in use, not only in tests.

A rate says how often activities that concern somebody were flagged. It is about the tool, never about a person: cells of
fewer than `SMALL` activities are withheld, and no table crosses persons with contestants.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

SMALL = 10
COLUMNS = ("by", "value", "activities", "finding", "needs_clarification", "rate")


def flag_rates(
    judged: pd.DataFrame, hits: pd.DataFrame, units: Mapping[str, str] | None = None, smallest: int = SMALL
) -> pd.DataFrame:
    """COLUMNS for every contestant, platform, kind and (with `units`: subject -> unit) unit; small cells have no numbers.

    `activities` counts those with a hit that names or targets somebody; `rate` is the share with result finding.
    """
    named = hits.loc[hits["contestant_id"].notna(), ["activity_id", "contestant_id"]].drop_duplicates()
    seen = judged[judged["activity_id"].isin(named["activity_id"]) & (judged["result"] != "out_of_scope")]
    seen = seen[["activity_id", "platform", "kind", "subject_id", "result"]]
    views: dict[str, pd.DataFrame] = {
        "contestant": named.merge(seen, on="activity_id").rename(columns={"contestant_id": "value"}),
        "platform": seen.assign(value=seen["platform"]),
        "kind": seen.assign(value=seen["kind"]),
    }
    if units:
        views["unit"] = seen.assign(value=seen["subject_id"].map(units))
    tables = [_table(name, view, smallest) for name, view in views.items()]
    return pd.concat(tables, ignore_index=True)


def _table(by: str, view: pd.DataFrame, smallest: int) -> pd.DataFrame:
    told = view[["value"]].assign(
        activities=1, finding=view["result"] == "finding", needs_clarification=view["result"] == "needs_clarification"
    )
    sums = pd.DataFrame(told.groupby("value", sort=True).sum()).reset_index().assign(by=by)
    counts = sums.astype({"activities": "Int64", "finding": "Int64", "needs_clarification": "Int64"})
    counts["rate"] = (counts["finding"] / counts["activities"]).astype("Float64").round(4)
    small = counts["activities"] < smallest
    numbers = ["activities", "finding", "needs_clarification", "rate"]
    counts[numbers] = counts[numbers].mask(small)
    return counts.reindex(columns=list(COLUMNS))
