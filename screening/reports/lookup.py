"""How an id that people type or paste is understood: of a finding, an activity, a case or a person."""

from __future__ import annotations

import pandas as pd

from screening.errors import UsageError
from screening.privacy.masking import masked_numbers
from screening.reports.labels import mask_digits
from screening.reports.persons import person_keys
from screening.reports.rows import case_ids

_FEWEST = 4  # characters of an id's beginning that may stand for it


def chosen(key: str, findings: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """The findings an id means: of a finding (T-…), an activity (A-…), a case (K-…) or a subject; in any case of letters,
    its beginning is enough where that is clear. UsageError when nothing or more than one thing has it."""
    word = key.strip()
    prefix, bare = word[:2].upper(), word[2:].casefold() if word[:2].upper() in ("T-", "A-") else word.casefold()
    columns = {"T-": ["finding_id"], "A-": ["activity_id"]}.get(prefix, ["finding_id", "activity_id", "subject_id"])
    if prefix == "K-":
        values = [("case", case_ids(findings, activities))]
        bare = word.casefold()
    else:
        values = [(name, findings[name].astype("object").fillna("").tolist()) for name in columns]
        people = person_keys(
            activities.drop_duplicates("activity_id").set_index("activity_id").loc[findings["activity_id"]]
        )
        values += [("person", people.tolist())] if prefix not in ("T-", "A-") else []
    for _, cells in values:
        same = [str(cell).casefold() == bare for cell in cells]
        if any(same):
            return findings[same]
    if len(bare) >= _FEWEST:
        for _, cells in values:
            begun = [str(cell).casefold().startswith(bare) for cell in cells]
            named = {str(cell) for cell, yes in zip(cells, begun, strict=True) if yes}
            if len(named) == 1:
                return findings[begun]
            if named:
                raise UsageError(f"{masked_numbers(key)}: {len(named)} nomor berawal demikian; tulis lebih panjang.")
    raise UsageError(
        f"{masked_numbers(mask_digits(key))}: tidak ada temuan atau aktivitas dengan nomor itu. "
        "Lihat `screening list --run FOLDER`."
    )


def activities_of(key: str, activities: pd.DataFrame) -> list[str]:
    """The ids of the activities a key means as an activity's or a record's number; none when it is no such number.

    The beginning of an activity's number is enough when it says so (A-…). UsageError when that fits more than one.
    """
    word = key.strip()
    says = word[:2].upper() == "A-"
    bare = word[2:].casefold() if says else word.casefold()
    ids = activities["activity_id"].astype(str)
    mine = (ids.str.casefold() == bare) | (activities["record_id"] == word)
    if says and not mine.any() and len(bare) >= _FEWEST:
        mine = ids.str.casefold().str.startswith(bare)
        if mine.sum() > 1:
            raise UsageError(f"{key}: {int(mine.sum())} nomor berawal demikian; tulis lebih panjang.")
    return ids[mine.fillna(False).astype(bool)].tolist()
