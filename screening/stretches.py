"""Long texts are read in stretches, so that what reading costs grows with their length and not with its square.

A stretch is a row of its own while names are looked for and statements are bound; hits and statements then go back to the
activity, at their place in the whole text. Shorter texts, all but one in thousands, are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow.compute as pc

from screening.limits import limit
from screening.tables import FIELDS, texts

_ENDS = ("\n", ". ", "! ", "? ", " ")  # where a stretch may end, the best first
_SPLIT = ("text", "target_text", "media_text", "picture_text")
# What is looked at with every stretch of another field: whose content it is, and who the post above names.
_BESIDE = {"text": ("target_text", "media_text")}
_HIT_ORDER = ["activity_id", "field", "start", "end", "signal", "entry_id", "contestant_id", "detector"]


@dataclass(frozen=True)
class Stretches:
    """`rows`: the activities, of which every long text is cut; the further stretches stand behind them. `home`: for the id of
    each further stretch the activity's id, the field and the characters before it; `long`: ids of activities that have any."""

    rows: pd.DataFrame
    home: dict[str, tuple[str, str, int]]
    long: frozenset[str]

    def at_home(self, table: pd.DataFrame, places: tuple[str, ...]) -> pd.DataFrame:
        """HITS or STATEMENTS of `rows` as those of the activities; `places`: the columns that count characters."""
        if not self.home or not len(table):
            return table
        found = [self.home.get(one) for one in table["activity_id"]]
        own = [one is None or field == one[1] for one, field in zip(found, table["field"], strict=True)]
        kept = table[own].reset_index(drop=True)
        found = [one for one, mine in zip(found, own, strict=True) if mine]
        ids = [known if one is None else one[0] for one, known in zip(found, kept["activity_id"], strict=True)]
        before = pd.Series([one[2] if one else 0 for one in found], dtype="int64")
        return kept.assign(activity_id=pd.Series(ids, dtype="str"), **{name: kept[name] + before for name in places})

    def hits(self, hits: pd.DataFrame) -> pd.DataFrame:
        """HITS of the activities, in their order."""
        if not self.home:
            return hits
        return self.at_home(hits, ("start", "end")).sort_values(_HIT_ORDER, kind="stable", ignore_index=True)

    def statements(self, statements: pd.DataFrame) -> pd.DataFrame:
        """STATEMENTS of the activities, those of one activity together and numbered anew."""
        if not self.home:
            return statements
        found = self.at_home(statements, ("start", "end", "quote_start", "quote_end"))
        found = found.sort_values("activity_id", kind="stable", ignore_index=True)
        number = found.groupby("activity_id", sort=False).cumcount().astype("str")
        named = (found["activity_id"] + "-" + number).astype("str")
        return found.assign(statement_id=named.where(found["activity_id"].isin(self.long), found["statement_id"]))


def stretched(activities: pd.DataFrame) -> Stretches:
    """ACTIVITIES with their long texts cut; the same table where none is long."""
    most = limit("written", "stretch")
    columns = [name for name in _SPLIT if name in activities]
    long = {name: _longer(activities[name], most) for name in columns}
    rows, home = [], {}
    first: dict[str, pd.Series] = {}
    for name, at in long.items():
        if not len(at):
            continue
        first[name] = activities[name].copy()
        for row in at:
            pieces = cut(activities[name].iloc[row], most)
            first[name].iloc[row] = pieces[0]
            before, identity = len(pieces[0]), activities["activity_id"].iloc[row]
            for number, piece in enumerate(pieces[1:], start=1):
                key = f"{identity}\x1f{name}\x1f{number:06d}"
                home[key] = (identity, name, before)
                rows.append((row, key, name, piece))
                before += len(piece)
    if not rows:
        return Stretches(activities, {}, frozenset())
    head = activities.assign(**first)
    more = head.iloc[[row for row, *_ in rows]].reset_index(drop=True)
    more["activity_id"] = pd.Series([key for _, key, *_ in rows], dtype="str")
    for field in (name for name in FIELDS if name in activities):
        beside = [
            piece if field == name else value if field in _BESIDE.get(name, ()) or field not in _SPLIT else None
            for (_, _, name, piece), value in zip(rows, more[field], strict=True)
        ]
        more[field] = pd.Series(beside, dtype="str")
    return Stretches(
        pd.concat([head, more], ignore_index=True), home, frozenset(identity for identity, _, _ in home.values())
    )


def _longer(column: pd.Series, most: int) -> list[int]:
    lengths = pc.fill_null(pc.utf8_length(texts(column)), 0)
    return pc.indices_nonzero(pc.greater(lengths, most)).to_pylist()


def cut(text: str, most: int) -> list[str]:
    """A text in pieces of at most `most` characters that join to it; each ends where a line, a sentence or a word does, if
    one does in its last tenth."""
    pieces, at = [], 0
    back = limit("written", "look_back")
    while len(text) - at > most:
        end = at + most
        for mark in _ENDS:
            place = text.rfind(mark, end - back, end)
            if place >= 0:
                end = place + len(mark)
                break
        pieces.append(text[at:end])
        at = end
    return [*pieces, text[at:]]


def within_budget(hits: pd.DataFrame, home: Mapping[str, tuple[str, str, int]]) -> pd.DataFrame:
    """HITS without those that come behind the first so many of a text (`written.hits`), counted over its stretches (`home`)."""
    most = limit("written", "hits")
    if len(hits) <= most:
        return hits
    whose = hits["activity_id"].map(lambda one: home[one][0] if one in home else one)
    number = hits.groupby([whose, hits["field"]], sort=False).cumcount()
    return hits if number.max() < most else hits[number < most].reset_index(drop=True)
