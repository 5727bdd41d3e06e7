"""The review queue: findings and matters to clarify, joined with their activities, in the order of work."""

from __future__ import annotations

from typing import Any

import pandas as pd

from screening.reports.context import ReportContext
from screening.reports.reasons import shared
from screening.tables import aimed

QUEUE_RESULTS = ("finding", "needs_clarification")
_EVENT = (
    "platform",
    "actor",
    "kind",
    "happened_at",
    "time_basis",
    "time_raw",
    "text",
    "target_account",
    "target_text",
    "target_url",
    "target_kind",
    "media_text",
    "tagged",
    "visibility",
    "source_file",
    "source_sha256",
    "source_pointer",
)


def queue(findings: pd.DataFrame, activities: pd.DataFrame, context: ReportContext) -> pd.DataFrame:
    """FINDINGS of the queue with the columns of their activity, `day` (local date as text) and `deadline`.

    Order: findings before what needs clarification, unclamped points (highest first), deadline (earliest first, none last),
    date of the event (earliest first, unknown last), then id, so that the order never depends on the input's. Only queue
    rows are ever touched.
    """
    wanted = findings[findings["result"].isin(QUEUE_RESULTS)]
    ids = {*plain(wanted["activity_id"])}
    # Nobody wrote *in* the account that a poster's code leads to; the code stands beside its picture.
    activities = aimed(activities)
    events = activities.loc[[one in ids for one in plain(activities["activity_id"])], ["activity_id", *_EVENT]]
    if "picture_text" in activities:
        events = events.assign(picture_text=activities["picture_text"].loc[events.index])
    else:
        events = events.assign(picture_text=pd.Series(None, events.index, dtype="str"))
    rows = wanted.merge(events.drop_duplicates("activity_id"), on="activity_id", how="left")
    local = rows["happened_at"].dt.tz_convert(context.zone)
    rows = rows.assign(
        day=local.dt.strftime("%Y-%m-%d").astype("str"),
        deadline=_dates(rows["finding_id"], context.deadlines),
        known=_dates(rows["finding_id"], context.known),
        open=rows["result"] != QUEUE_RESULTS[0],
    )
    ordered = rows.sort_values(
        ["open", "points", "deadline", "happened_at", "finding_id"],
        ascending=[True, False, True, True, True],
        na_position="last",
    )
    return ordered.drop(columns="open").reset_index(drop=True)


def opened(queue: pd.DataFrame) -> pd.DataFrame:
    """The same rows with `reasons` decoded, once for all who read them; equal reasons are one object."""
    return queue.assign(reasons=pd.Series(shared(plain(queue["reasons"])), queue.index, dtype="object"))


def plain(column: pd.Series | pd.Index) -> list[Any]:
    """The values of a column as Python's own, at once: asking a text column for one after the other takes long."""
    return column.to_numpy(dtype="object").tolist()


def _dates(ids: pd.Series, days: object) -> pd.Series:
    return pd.to_datetime(ids.map(dict(days)).astype("object"))  # type: ignore[call-overload]
