"""What a person who was handed rows blind may see of them: the same rows, without what the machine made of them.

The ledger holds no evidence, only which rows went out. They are put together again from the run, and shown only where their
fingerprint is that of the row that was handed out. Flagged activities and a sample of others look alike: one row an activity, no
provision, no mark in the text, no picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from screening.desk.material import Material
from screening.reports.context import ReportContext
from screening.reports.rows import review_rows
from screening.review.decisions import Item
from screening.review.issue import SCORES, bare
from screening.review.runs import ReviewRun
from screening.sheets import fingerprint, sheet_id

Blank = Callable[[pd.DataFrame], tuple[pd.DataFrame, ReportContext]]


def blinded_by(blank_of: Callable[[ReviewRun], Blank]) -> Callable[[Material, Sequence[Mapping[str, Any]]], Material]:
    """How `Book` makes blind material; `blank_of` a run turns its activities into a queue without any assessment."""

    def made(material: Material, bodies: Sequence[Mapping[str, Any]]) -> Material:
        items = {item["finding_id"]: item for body in bodies for item in body["items"]}  # the latest hand-out counts
        own = _scoreless(material, items)
        alike = {key: item for key, item in items.items() if key not in own}
        if not alike:
            return replace(material, given=[*own.values()], blind=True)
        ids = {item["activity_id"] for item in alike.values()}
        activities = material.run.activities
        queue, context = blank_of(material.run)(activities[activities["activity_id"].isin(ids)])
        described = {row["id_aktivitas"]: row for row in review_rows(queue, context)}
        rows = []
        for key, item in alike.items():
            row = (
                bare(described[item["activity_id"]], item["ruleset_version"])
                if item["activity_id"] in described
                else {}
            )
            row |= {"id_temuan": sheet_id(key), "putaran": item["round"]} | dict.fromkeys(SCORES, "")
            if fingerprint(row) == item["print"]:
                rows.append(_shown(row, item))
        number = {row["id_aktivitas"]: row["id_temuan"].removeprefix("T-") for row in rows}
        queue = queue[queue["activity_id"].isin(number)]
        queue = queue.assign(finding_id=[number[one] for one in queue["activity_id"]])
        words = replace(material.context, pictures={})
        return replace(material, waiting=queue, hits=material.hits.head(0), context=words, given=rows, blind=True)

    return made


def _scoreless(material: Material, items: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows that were handed out as they are but for score, result and reasons."""
    found = {}
    for row in material.rows:
        key = row["id_temuan"].removeprefix("T-")
        if (item := items.get(key)) is None:
            continue
        hidden = {**row, **dict.fromkeys(SCORES, ""), "putaran": item["round"]}
        if fingerprint(hidden) == item["print"]:
            found[key] = _shown(hidden, item)
    return found


def _shown(row: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    first = Item(item["activity_id"], item["act_id"], item["ruleset_version"], int(item["round"]))
    covers = (
        Item(first.activity_id, act, first.ruleset_version, int(number)) for act, number in item.get("covers", ())
    )
    return {**row, "skor": 0, "_items": (first, *covers)}
