"""How the entries of the lexicon did in a run: what fires, what floods, what never fires, what overlaps and contradicts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from screening.ruleset.lexicon import Lexicon
from screening.tables import decode
from screening.text.wordlists import word_rows

ENTRY_COLUMNS = (
    "entry_id",
    "term",
    "kind",
    "signal",
    "contestant_id",
    "hits",
    "activities",
    "actors",
    "findings",
    "share",
    "flood",
)
OVERLAP_COLUMNS = ("entry_a", "entry_b", "places", "conflict")


@dataclass(frozen=True)
class Coverage:
    """`entries`: one row per entry (also those that never fired), most hits first; `overlaps`: pairs on the same characters.

    `share`: part of the run's findings whose reasons quote a hit of the entry. `flood`: more than its fair share of the
    findings or of the actors (thresholds with reasons in `lexicons/words/ambang.csv`). `conflict`: the two entries name
    different contestants of one contest.
    """

    entries: pd.DataFrame
    overlaps: pd.DataFrame

    @property
    def silent(self) -> pd.DataFrame:
        """Entries that never fired."""
        return self.entries[self.entries["hits"] == 0]

    @property
    def floods(self) -> pd.DataFrame:
        """Entries that fire suspiciously much."""
        return self.entries[self.entries["flood"]]


def coverage(lexicon: Lexicon, activities: pd.DataFrame, hits: pd.DataFrame, findings: pd.DataFrame) -> Coverage:
    """Coverage of the lexicon over one run's tables (ACTIVITIES or JUDGED, HITS, FINDINGS); all may be empty."""
    limits = {row["word"]: float(row["value"]) for row in word_rows("ambang")}
    known = {entry.entry_id: entry for entry in lexicon.entries}
    own = hits[hits["entry_id"].isin(list(known))]
    actors = activities.set_index("activity_id")["actor"]
    own = own.assign(actor=own["activity_id"].map(actors))
    grouped = own.groupby("entry_id")
    quoted = _quoted(own, findings)
    counted = pd.DataFrame(
        {
            "hits": grouped.size(), "activities": grouped["activity_id"].nunique(), "actors": grouped["actor"].nunique(),
            "findings": quoted.groupby("entry_id")["finding_id"].nunique(),
        }
    ).reindex(sorted(known)).fillna(0).astype("int64")  # fmt: skip
    total = max(int(findings["finding_id"].nunique()), 1)
    everyone = max(int(activities["actor"].nunique()), 1)
    share = counted["findings"] / total
    flood = (counted["findings"] >= limits["banjir_jumlah"]) & (
        (share > limits["banjir_porsi"]) | (counted["actors"] / everyone > limits["banjir_aktor"])
    )
    table = counted.assign(share=share.round(4), flood=flood).rename_axis("entry_id").reset_index()
    for name in ("term", "kind", "signal", "contestant_id"):
        table[name] = [getattr(known[entry], name) for entry in table["entry_id"]]
    table = table.sort_values(["hits", "entry_id"], ascending=[False, True], ignore_index=True)
    return Coverage(table[list(ENTRY_COLUMNS)], _overlaps(own))


def _quoted(own: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Which findings quote a place where an entry has a hit."""
    rows = [
        (finding, activity, reason.get("field"), reason.get("start"), reason.get("end"))
        for finding, activity, cell in zip(
            findings["finding_id"], findings["activity_id"], findings["reasons"], strict=True
        )
        for reason in decode(cell)
        if reason.get("quote") and reason.get("start") is not None
    ]
    quotes = pd.DataFrame(rows, columns=["finding_id", "activity_id", "field", "q_start", "q_end"])
    both = own[["entry_id", "activity_id", "field", "start", "end"]].merge(
        quotes.astype({"activity_id": "str", "field": "str"}), on=["activity_id", "field"]
    )
    inside = (both["start"] < both["q_end"]) & (both["q_start"] < both["end"])
    return both[inside]


def _overlaps(own: pd.DataFrame) -> pd.DataFrame:
    """Pairs of entries on exactly the same characters, how often, and whether they contradict each other."""
    place = ["activity_id", "field", "start", "end"]
    left = own[[*place, "entry_id", "contestant_id"]]
    pairs = left.merge(left, on=place, suffixes=("_a", "_b"))
    pairs = pairs[pairs["entry_id_a"] < pairs["entry_id_b"]]
    if pairs.empty:
        return pd.DataFrame(columns=list(OVERLAP_COLUMNS))
    contests = [pairs[f"contestant_id_{side}"].str.split("/").str[0] for side in "ab"]
    clash = (contests[0] == contests[1]) & (pairs["contestant_id_a"] != pairs["contestant_id_b"])
    told = pairs.assign(conflict=clash.fillna(False)).groupby(["entry_id_a", "entry_id_b"])
    table = told.agg(places=("start", "size"), conflict=("conflict", "any")).reset_index()
    table = table.rename(columns={"entry_id_a": "entry_a", "entry_id_b": "entry_b"})
    return table.sort_values(["conflict", "places", "entry_a"], ascending=[False, False, True], ignore_index=True)
